//! Inline content as one line of text, with the places of its links and its bold parts.

use std::{borrow::Cow, ops::Range};

use super::citation::trim_address;
use crate::read::{Block, Document, Inline};

/// The text of a block, with what is linked and what is bold in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    /// The text; the text of links stands in it, a line break is `\n`.
    pub(super) text: String,
    /// The links in their order.
    pub(super) links: Vec<FlatLink>,
    /// Bold parts.
    pub(super) strong: Vec<Range<usize>>,
    /// Code spans and emphasis, which curators use as tags.
    pub(super) tags: Vec<Range<usize>>,
}

/// A link in a flat text.
#[derive(Debug, Clone)]
pub(super) struct FlatLink {
    /// Where its text stands.
    pub(super) range: Range<usize>,
    /// The address as written.
    pub(super) url: String,
    /// A picture, or a link around nothing but a picture.
    pub(super) is_image: bool,
    /// The address itself is the text.
    pub(super) is_bare: bool,
}

impl Flat {
    pub(super) fn of(document: &Document<'_>, block: &Block) -> Self {
        let mut builder =
            Builder { flat: Self::default(), links: Vec::new(), strong: Vec::new(), emphasis: Vec::new(), images: 0 };
        for piece in document.pieces(block) {
            builder.take(&piece.inline);
        }
        builder.finish()
    }

    /// Adds the content of another block on a new line.
    pub(super) fn append(&mut self, other: &Self) {
        self.text.push('\n');
        let offset = self.text.len();
        self.text.push_str(&other.text);
        let moved = |range: &Range<usize>| range.start + offset..range.end + offset;
        self.links.extend(other.links.iter().map(|link| FlatLink { range: moved(&link.range), ..link.clone() }));
        self.strong.extend(other.strong.iter().map(moved));
        self.tags.extend(other.tags.iter().map(moved));
    }

    /// Whether anything in it leads somewhere.
    pub(super) fn has_address(&self) -> bool {
        self.links.iter().any(|link| !link.is_image)
    }

    /// The text of a link.
    pub(super) fn link_text(&self, link: &FlatLink) -> &str {
        self.text[link.range.clone()].trim()
    }
}

struct Builder {
    flat: Flat,
    /// Links that have begun: where, and their address.
    links: Vec<(usize, String, bool)>,
    strong: Vec<usize>,
    emphasis: Vec<usize>,
    images: usize,
}

impl Builder {
    fn take(&mut self, inline: &Inline<'_>) {
        let at = self.flat.text.len();
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(text) => {
                self.flat.text.push_str(text);
                self.flat.tags.push(at..self.flat.text.len());
            }
            Inline::SoftBreak | Inline::HardBreak => self.flat.text.push('\n'),
            Inline::Html(html) => self.html(html),
            Inline::LinkStart(url) => self.links.push((at, url.to_string(), false)),
            Inline::LinkEnd => self.end_link(),
            Inline::ImageStart(url) => {
                self.images += 1;
                if let Some((_, _, is_image)) = self.links.last_mut() {
                    *is_image = true;
                } else {
                    self.flat.links.push(FlatLink {
                        range: at..at,
                        url: url.to_string(),
                        is_image: true,
                        is_bare: false,
                    });
                }
            }
            Inline::ImageEnd => self.images = self.images.saturating_sub(1),
            Inline::StrongStart => self.strong.push(at),
            Inline::StrongEnd => {
                if let Some(start) = self.strong.pop().filter(|start| *start < at) {
                    self.flat.strong.push(start..at);
                }
            }
            Inline::EmphasisStart => self.emphasis.push(at),
            Inline::EmphasisEnd => {
                if let Some(start) = self.emphasis.pop().filter(|start| *start < at) {
                    self.flat.tags.push(start..at);
                }
            }
        }
    }

    fn end_link(&mut self) {
        let Some((start, url, is_image)) = self.links.pop() else { return };
        let end = self.flat.text.len();
        let is_image = is_image && self.flat.text[start..].trim().is_empty();
        let is_bare = self.flat.text[start..end].trim() == url;
        self.flat.links.push(FlatLink { range: start..end, url, is_image, is_bare });
    }

    /// Text; addresses that stand bare in it are links, too. The text in place of a picture is not content.
    fn text(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        let offset = self.flat.text.len();
        self.flat.text.push_str(text);
        if !self.links.is_empty() || !text.contains("://") {
            return;
        }
        let mut from = 0;
        while let Some(at) = text[from..].find("http").map(|at| from + at) {
            let rest = &text[at..];
            let is_address = rest.starts_with("http://") || rest.starts_with("https://");
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '，' | '。' | '；' | '）'))
                .unwrap_or(rest.len());
            let length = trim_address(&rest[..end]);
            if is_address && length > "https://".len() {
                let range = offset + at..offset + at + length;
                self.flat.links.push(FlatLink {
                    range,
                    url: rest[..length].to_owned(),
                    is_image: false,
                    is_bare: true,
                });
            }
            from = at + length.max(4);
        }
    }

    /// HTML in the text: what stands between tags is content, `<br>` ends a line, `<a href>` is a link.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((text, tail)) = rest.split_once('<') {
            self.text(text);
            let Some((tag, tail)) = tail.split_once('>') else { return };
            self.tag(tag);
            rest = tail;
        }
        self.text(rest);
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        match (name.to_ascii_lowercase().as_str(), tag.starts_with('/')) {
            ("br" | "p" | "li" | "summary" | "details", _) => self.flat.text.push('\n'),
            ("a", false) => {
                if let Some(url) = attribute(tag, "href") {
                    self.links.push((self.flat.text.len(), url.into_owned(), false));
                }
            }
            ("a", true) => self.end_link(),
            _ => {}
        }
    }

    fn finish(mut self) -> Flat {
        while !self.links.is_empty() {
            self.end_link();
        }
        self.flat.links.sort_by_key(|link| link.range.start);
        self.flat
    }
}

/// The value of an attribute of an HTML tag.
fn attribute<'h>(html: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let at = html.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = html.get(at + name.len() + 1..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split(|c: char| c.is_whitespace() || c == '>').next()?,
    };
    Some(if value.contains("&amp;") { Cow::Owned(value.replace("&amp;", "&")) } else { Cow::Borrowed(value) })
}
