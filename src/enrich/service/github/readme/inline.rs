//! The inline part of Markdown, reStructuredText and HTML: plain text, with the places of its links.

use std::{collections::HashMap, ops::Range};

/// A text without markup.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Inline {
    pub(super) text: String,
    /// In the order of the text.
    pub(super) links: Vec<Link>,
}

/// A link in a text.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// What of the text is linked; empty where it is a picture.
    pub(super) range: Range<usize>,
    pub(super) target: String,
    pub(super) is_picture: bool,
}

/// Where labels lead that stand apart from the text: `[label]: address`, `.. _label: address`. Of `|label|` in
/// reStructuredText, which is a picture, the label has its bars.
pub(super) type Labels = HashMap<String, String>;

/// Brackets and tags that are longer are text.
const LONGEST: usize = 800;
const DEEPEST: usize = 3;

impl Inline {
    /// Reads a text that has no labels.
    pub(in super::super) fn of(markup: &str) -> Self {
        Self::with(markup, &Labels::new())
    }

    pub(super) fn with(markup: &str, labels: &Labels) -> Self {
        let mut inline = Self::default();
        inline.read(markup, labels, 0);
        inline.links.sort_by_key(|link| (link.range.start, link.range.end));
        inline
    }

    fn read(&mut self, markup: &str, labels: &Labels, depth: usize) {
        let mut open_anchor: Option<(usize, String)> = None;
        let mut at = 0;
        while let Some(first) = markup[at..].chars().next() {
            let rest = &markup[at..];
            let taken = match first {
                '\\' => {
                    let next = rest[1..].chars().next().filter(char::is_ascii_punctuation);
                    self.text.extend(next);
                    1 + next.map_or(0, char::len_utf8)
                }
                '!' if rest.starts_with("![") => self.picture(rest),
                '[' => self.link(rest, labels, depth),
                '`' => self.quoted(rest, labels),
                '|' => self.substitution(rest, labels),
                '<' => self.tag(rest, &mut open_anchor),
                '*' => 1,
                '&' => self.entity(rest),
                'h' | 'H' | 'w' if is_address(rest, self.text.chars().next_back()) => self.bare_address(rest),
                character => {
                    self.text.push(if character.is_whitespace() { ' ' } else { character });
                    character.len_utf8()
                }
            };
            at += taken.max(1);
        }
    }

    fn add(&mut self, start: usize, target: &str, is_picture: bool) {
        let target = target.trim().trim_start_matches('<').trim_end_matches('>');
        if target.contains("://") || target.contains("10.") || target.starts_with("www.") || target.starts_with("//") {
            self.links.push(Link { range: start..self.text.len(), target: target.to_owned(), is_picture });
        }
    }

    /// `![text](address)` shows nothing.
    fn picture(&mut self, rest: &str) -> usize {
        let Some(end) = closing(&rest[1..], '[', ']').map(|end| end + 1) else { return self.literal(rest) };
        match rest[end..].chars().next() {
            Some('(') => end + closing(&rest[end..], '(', ')').unwrap_or(0),
            Some('[') => end + closing(&rest[end..], '[', ']').unwrap_or(0),
            _ => end,
        }
    }

    /// `[text](address "title")`, `[text][label]`, `[label]`.
    fn link(&mut self, rest: &str, labels: &Labels, depth: usize) -> usize {
        let Some(end) = closing(rest, '[', ']').filter(|_| depth < DEEPEST) else { return self.literal(rest) };
        let inner = &rest[1..end - 1];
        let known = |label: &str| labels.get(&label_key(label)).cloned();
        let (target, after) = match rest[end..].chars().next() {
            Some('(') => match closing(&rest[end..], '(', ')') {
                Some(length) => {
                    let inside = rest[end + 1..end + length - 1].trim();
                    (Some(inside.split_whitespace().next().unwrap_or_default().to_owned()), end + length)
                }
                None => (None, end),
            },
            Some('[') => match closing(&rest[end..], '[', ']') {
                Some(2) => (known(inner), end + 2),
                Some(length) => (known(&rest[end + 1..end + length - 1]), end + length),
                None => (known(inner), end),
            },
            _ => (known(inner), end),
        };
        let Some(target) = target else { return self.literal(rest) };
        let start = self.text.len();
        let n_links = self.links.len();
        self.read(inner, labels, depth + 1);
        // A link inside a link is the address that it shows.
        self.links.truncate(n_links);
        let is_picture = self.text[start..].trim().is_empty();
        self.add(start, &target, is_picture);
        after
    }

    /// `` `text <address>`_ `` and `` `label`_ `` of reStructuredText; otherwise code.
    fn quoted(&mut self, rest: &str, labels: &Labels) -> usize {
        let n_quotes = rest.len() - rest.trim_start_matches('`').len();
        let Some(length) = window(&rest[n_quotes..]).find('`') else { return n_quotes };
        let inner = &rest[n_quotes..n_quotes + length];
        let end = n_quotes + length + 1;
        let start = self.text.len();
        if !rest[end..].starts_with('_') {
            self.text.extend(inner.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
            return end;
        }
        let (text, target) = match inner.rsplit_once('<') {
            Some((text, address)) => (text.trim(), Some(address.trim_end_matches('>').to_owned())),
            None => (inner, labels.get(&label_key(inner)).cloned()),
        };
        self.text.push_str(text);
        if let Some(target) = target {
            self.add(start, &target, false);
        }
        end + rest[end..].len() - rest[end..].trim_start_matches('_').len()
    }

    /// `|label|` of reStructuredText.
    fn substitution(&mut self, rest: &str, labels: &Labels) -> usize {
        let label = window(&rest[1..]).find('|').map(|length| &rest[..length + 2]);
        match label.and_then(|label| Some((label, labels.get(&label_key(label))?))) {
            Some((label, target)) => {
                let start = self.text.len();
                self.add(start, target, true);
                label.len()
            }
            None => self.literal(rest),
        }
    }

    /// A tag of HTML, or `<https://…>`.
    fn tag(&mut self, rest: &str, open_anchor: &mut Option<(usize, String)>) -> usize {
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(length) = window(rest).find('>').filter(|_| is_tag) else { return self.literal(rest) };
        let tag = &rest[1..length];
        if tag.starts_with("http") && !tag.contains(' ') {
            let start = self.text.len();
            self.text.push_str(tag);
            self.add(start, tag, false);
            return length + 1;
        }
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').find(|part| !part.is_empty()).unwrap_or_default();
        match (name.to_ascii_lowercase().as_str(), tag.starts_with('/')) {
            ("a", false) => *open_anchor = attribute(tag, "href").map(|target| (self.text.len(), target)),
            ("a", true) => {
                if let Some((start, target)) = open_anchor.take() {
                    let is_picture = self.text[start..].trim().is_empty();
                    self.add(start, &target, is_picture);
                }
            }
            ("br" | "p" | "div" | "li" | "td" | "th" | "tr" | "ul" | "ol" | "center", _) => self.text.push(' '),
            _ => {}
        }
        length + 1
    }

    fn entity(&mut self, rest: &str) -> usize {
        let known = [("&amp;", "&"), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
        match known.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, text)) => {
                self.text.push_str(text);
                entity.len()
            }
            None => self.literal(rest),
        }
    }

    fn bare_address(&mut self, rest: &str) -> usize {
        let is_end = |c: char| c.is_whitespace() || c.is_control() || "<>\"'`|{}，。；、）（".contains(c);
        let address = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let mut end = address.len();
        loop {
            let cut = address[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
            let cut = match cut.chars().next_back() {
                Some(')') if cut.matches(')').count() > cut.matches('(').count() => &cut[..cut.len() - 1],
                Some(']') if cut.matches(']').count() > cut.matches('[').count() => &cut[..cut.len() - 1],
                _ => cut,
            };
            if cut.len() == end {
                break;
            }
            end = cut.len();
        }
        let start = self.text.len();
        self.text.push_str(&address[..end]);
        self.add(start, &address[..end], false);
        end
    }

    /// The first character is text.
    fn literal(&mut self, rest: &str) -> usize {
        let first = rest.chars().next().unwrap_or(' ');
        self.text.push(first);
        first.len_utf8()
    }
}

fn is_address(rest: &str, before: Option<char>) -> bool {
    let is_start = !before.is_some_and(|c| c.is_ascii_alphanumeric());
    let begins = |scheme: &str| rest.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    is_start && (begins("https://") || begins("http://") || begins("www."))
}

/// The form by which labels are compared.
pub(super) fn label_key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The beginning of a text, as far as a bracket may reach.
fn window(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// One past the bracket that closes the one with which the text begins.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, character) in window(text).char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == open => depth += 1,
            c if c == close => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + character.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).map(|(at, _)| at).find(|at| lower[..*at].ends_with(char::is_whitespace))?;
    let value = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(char::is_whitespace).next()?,
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, text: &str, links: &[(&str, &str)]) {
        let labels = [("our paper", "https://example.org/p"), ("|doi|", "https://doi.org/10.1000/x")];
        let labels = labels.map(|(label, target)| (label.to_owned(), target.to_owned())).into();
        let inline = Inline::with(markup, &labels);
        let found: Vec<(&str, &str)> =
            inline.links.iter().map(|link| (&inline.text[link.range.clone()], link.target.as_str())).collect();
        assert_eq!((inline.text.as_str(), found.as_slice()), (text, links), "{markup}");
    }

    #[test]
    fn links_of_all_sorts() {
        check("see [a *b*](https://e.org/x(1) \"t\").", "see a b.", &[("a b", "https://e.org/x(1)")]);
        check(
            "[Our Paper][], [it][our paper]",
            "Our Paper, it",
            &[("Our Paper", "https://example.org/p"), ("it", "https://example.org/p")],
        );
        check("[![DOI](https://e.org/b.svg)](https://doi.org/10.1000/x)", "", &[("", "https://doi.org/10.1000/x")]);
        check(
            "`text <https://e.org/x>`_ and `our paper`_",
            "text and our paper",
            &[("text", "https://e.org/x"), ("our paper", "https://example.org/p")],
        );
        check("|DOI| x | y", " x | y", &[("", "https://doi.org/10.1000/x")]);
        check("<a target=_blank href='https://e.org/x'><b>a</b></a><br>", "a ", &[("a", "https://e.org/x")]);
        check("(https://e.org/a_(b)).", "(https://e.org/a_(b)).", &[("https://e.org/a_(b)", "https://e.org/a_(b)")]);
        check("<https://e.org/x>", "https://e.org/x", &[("https://e.org/x", "https://e.org/x")]);
        check("[https://e.org/x](https://e.org/x)", "https://e.org/x", &[("https://e.org/x", "https://e.org/x")]);
    }

    #[test]
    fn what_is_no_markup_is_text() {
        check("a[1] < b & `c` &amp; 3 > 2 [x", "a[1] < b & c & 3 > 2 [x", &[]);
        check("![x](y) 中文，（a）", " 中文，（a）", &[]);
        for hostile in [
            "[".repeat(100_000),
            "<a".repeat(50_000),
            "`".repeat(9_999),
            "![](".repeat(30_000),
            "\\".into(),
            "é[é".into(),
        ] {
            let _ = Inline::of(&hostile);
        }
    }
}
