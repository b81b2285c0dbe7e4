//! Tags of HTML, JATS and MathML. What only looks like one, as in `p < 0.05` and `Vec<T>`, is text.

use std::collections::BTreeSet;

use super::PARAGRAPH;

/// The text without tags: a paragraph ends where a block tag stood, nothing is left where an inline tag stood.
pub(super) fn strip(markup: &str) -> String {
    if !markup.contains('<') {
        return markup.to_owned();
    }
    let last_math_end = ["/math>", ":math>"].iter().filter_map(|end| markup.rfind(end)).max().unwrap_or(0);
    let out = String::with_capacity(markup.len());
    let mut stripper = Stripper { markup, out, math: Vec::new(), in_math: 0, last_math_end, endless: BTreeSet::new() };
    stripper.run();
    stripper.out
}

/// What a tag does to the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Inline,
    Blank,
    Paragraph,
    /// What it holds is no text of the work, or the same once more.
    Hidden,
}

/// A tag: `<jats:p id="a">`, `</i>`, `<br/>`.
struct Tag<'m> {
    name: &'m str,
    effect: Effect,
    is_end: bool,
    is_alone: bool,
    len: usize,
}

struct Stripper<'m> {
    markup: &'m str,
    out: String,
    /// Of each open element of a formula: whether it is a fraction, and how many elements it holds so far.
    math: Vec<(bool, u32)>,
    in_math: usize,
    /// Where the last formula in MathML ends.
    last_math_end: usize,
    /// Hidden elements that have no end: none is looked for twice.
    endless: BTreeSet<&'m str>,
}

impl<'m> Stripper<'m> {
    fn run(&mut self) {
        let last_comment_end = self.markup.rfind("-->").unwrap_or(0);
        let last_data_end = self.markup.rfind("]]>").unwrap_or(0);
        let mut at = 0;
        while let Some(found) = self.markup[at..].find('<') {
            self.text(at, at + found);
            at += found;
            let rest = &self.markup[at..];
            at += if rest.starts_with("<!--") && at < last_comment_end {
                rest.find("-->").map_or(1, |end| end + 3)
            } else if rest.starts_with("<![CDATA[") && at < last_data_end {
                let end = rest.find("]]>").unwrap_or(9);
                self.out.push_str(&rest[9..end.max(9)]);
                end.max(9) + 3
            } else if let Some(tag) = read_tag(rest) {
                self.tag(&tag, at)
            } else {
                self.out.push('<');
                1
            };
        }
        self.text(at, self.markup.len());
    }

    /// In a formula, line breaks and blanks between the elements mean nothing.
    fn text(&mut self, from: usize, to: usize) {
        let text = &self.markup[from..to];
        self.out.push_str(if self.in_math > 0 { text.trim() } else { text });
    }

    /// Takes in a tag, and says how far to go on.
    fn tag(&mut self, tag: &Tag<'m>, at: usize) -> usize {
        match tag.effect {
            Effect::Paragraph => self.out.push(PARAGRAPH),
            Effect::Blank => self.out.push(' '),
            Effect::Inline => {}
            Effect::Hidden if tag.is_end || tag.is_alone => {}
            Effect::Hidden => return self.hidden(tag, at),
        }
        if local(tag.name) == "math" && !tag.is_alone {
            self.in_math = if tag.is_end { self.in_math.saturating_sub(1) } else { self.in_math + 1 };
            self.math.clear();
        } else if self.in_math > 0 {
            self.element_of_formula(tag);
        }
        tag.len
    }

    /// Puts the stroke between the two parts of a fraction.
    fn element_of_formula(&mut self, tag: &Tag<'m>) {
        if tag.is_end {
            self.math.pop();
            return;
        }
        if let Some((is_fraction, n_parts)) = self.math.last_mut() {
            *n_parts += 1;
            if *is_fraction && *n_parts == 2 {
                self.out.push('/');
            }
        }
        if !tag.is_alone {
            self.math.push((local(tag.name) == "mfrac", 0));
        }
    }

    /// The length of an element with all that it holds; of its tag alone if it has no end.
    fn hidden(&mut self, tag: &Tag<'m>, at: usize) -> usize {
        // The same formula as an image, as TeX and as MathML: TeX is only left out if MathML is there.
        let is_kept = local(tag.name) == "tex-math" && at >= self.last_math_end;
        if is_kept || self.endless.contains(tag.name) {
            return tag.len;
        }
        let end = format!("</{}>", tag.name);
        let Some(found) = self.markup[at + tag.len..].find(&end) else {
            self.endless.insert(tag.name);
            return tag.len;
        };
        tag.len + found + end.len()
    }
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// What a tag of this name does; `None` if there is no such tag, so that it is text.
fn effect_of(name: &str) -> Option<Effect> {
    const PREFIXES: [&str; 5] = ["jats:", "mml:", "m:", "xhtml:", "html:"];
    let prefix = name.len() - local(name).len();
    let is_prefixed = PREFIXES.contains(&&name[..prefix]);
    if prefix > 0 && !is_prefixed {
        return None;
    }
    Some(match name[prefix..].to_ascii_lowercase().as_str() {
        "p" | "sec" | "title" | "div" | "section" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li"
        | "list" | "list-item" | "table" | "tr" | "blockquote" | "disp-quote" | "abstract" | "body" | "html"
        | "head" | "header" | "footer" | "article" | "dl" | "dt" | "dd" | "hr" | "pre" => Effect::Paragraph,
        "br" | "break" | "td" | "th" | "disp-formula" | "mspace" | "img" | "graphic" | "inline-graphic" | "label" => {
            Effect::Blank
        }
        "script" | "style" | "annotation" | "annotation-xml" | "tex-math" => Effect::Hidden,
        "i" | "b" | "u" | "s" | "a" | "q" | "em" | "strong" | "sub" | "sup" | "inf" | "scp" | "sc" | "small"
        | "big" | "tt" | "code" | "span" | "font" | "cite" | "mark" | "del" | "ins" | "abbr" | "kbd" | "var"
        | "samp" | "bdi" | "italic" | "bold" | "underline" | "overline" | "monospace" | "roman" | "sans-serif"
        | "strike" | "ext-link" | "xref" | "uri" | "email" | "named-content" | "styled-content" | "inline-formula"
        | "alternatives" | "formula" | "emphasis" | "math" | "mi" | "mo" | "mn" | "ms" | "mtext" | "mrow" | "msub"
        | "msup" | "msubsup" | "munder" | "mover" | "munderover" | "mfrac" | "msqrt" | "mroot" | "mstyle"
        | "mfenced" | "mpadded" | "mphantom" | "menclose" | "merror" | "maction" | "mmultiscripts" | "mprescripts"
        | "none" | "mtable" | "mtr" | "mtd" | "semantics" => Effect::Inline,
        _ if is_prefixed => Effect::Inline,
        _ => return None,
    })
}

/// Reads a tag at the beginning of the text. Its attributes must have values: `a<b and c>d` is no tag.
fn read_tag(text: &str) -> Option<Tag<'_>> {
    let bytes = text.as_bytes();
    let is_end = bytes.get(1) == Some(&b'/');
    let start = 1 + usize::from(is_end);
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_');
    let name_end = start + bytes[start..].iter().take(40).take_while(|b| is_name(**b)).count();
    let name = &text[start..name_end];
    let effect = effect_of(name)?;
    let mut at = name_end;
    loop {
        let blanks = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        match *bytes.get(at + blanks)? {
            b'>' => return Some(Tag { name, effect, is_end, is_alone: false, len: at + blanks + 1 }),
            b'/' if bytes.get(at + blanks + 1) == Some(&b'>') => {
                return Some(Tag { name, effect, is_end, is_alone: true, len: at + blanks + 2 });
            }
            _ if blanks > 0 => at = attribute_end(bytes, at + blanks)?,
            _ => return None,
        }
    }
}

/// Where the attribute ends that begins here: `id="a"`, `id='a'`, `id=a`.
fn attribute_end(bytes: &[u8], start: usize) -> Option<usize> {
    /// No attribute of a service's markup is longer; an open quotation mark must not cost a look at the whole text.
    const LONGEST: usize = 2000;
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-' | b'_' | b'.');
    let equals = start + bytes[start..].iter().take(80).take_while(|b| is_name(**b)).count();
    if equals == start || bytes.get(equals) != Some(&b'=') {
        return None;
    }
    let value = &bytes[equals + 1..];
    let quote = *value.first()?;
    if matches!(quote, b'"' | b'\'') {
        let len = value[1..].iter().take(LONGEST).position(|b| *b == quote)?;
        return Some(equals + 1 + len + 2);
    }
    let is_bare = |b: u8| !b.is_ascii_whitespace() && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b'=');
    let len = value.iter().take(LONGEST).take_while(|b| is_bare(**b)).count();
    (len > 0).then_some(equals + 1 + len)
}
