//! Collects every address of a page with its place.

use std::ops::Range;

use super::{Page, html};
use crate::{
    id::WebUrl,
    read::{Inline, Piece},
};

/// How an address is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `[text](address)`
    Inline,
    /// `[text][label]`; the address is that of the definition.
    Reference,
    /// `[label]: address`
    Definition,
    /// `<address>`
    Angle,
    /// An address that stands bare in the text.
    Bare,
    /// The `href` of an HTML element.
    Html,
}

/// An address and the link around it.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) form: Form,
    /// The whole of it.
    pub(super) range: Range<usize>,
    /// The address as written; of a reference the whole link.
    pub(super) address: Range<usize>,
    /// The address as Markdown understands it.
    pub(super) target: String,
    /// The text that the reader sees.
    pub(super) text: String,
    /// A picture.
    pub(super) is_image: bool,
    /// Has a picture in its text.
    pub(super) has_image: bool,
    url: Option<WebUrl>,
}

impl Link {
    fn new(form: Form, range: Range<usize>, address: Range<usize>, target: &str) -> Self {
        Self {
            form,
            range,
            address,
            target: target.to_owned(),
            text: String::new(),
            is_image: false,
            has_image: false,
            url: target.parse().ok(),
        }
    }

    /// The address as a web address, if it is one.
    pub(super) fn url(&self) -> Option<&WebUrl> {
        self.url.as_ref()
    }
}

/// All addresses of the page, in the order of the text.
pub(super) fn collect(page: &Page<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for block in &page.document.blocks {
        collect_pieces(page.text, page.document.pieces(block), &mut links);
    }
    for definition in &page.document.definitions {
        let written = &page.text[definition.range.clone()];
        if let Some(at) = written.find("]:").map(|at| definition.range.start + at + 2) {
            let address = destination(page.text, at, definition.range.end);
            links.push(Link::new(Form::Definition, definition.range.clone(), address, &definition.url));
        }
    }
    for part in page.html() {
        for address in html::attributes(page.text, part, "href") {
            let target = page.text[address.clone()].replace("&amp;", "&");
            links.push(Link::new(Form::Html, address.clone(), address, target.trim()));
        }
    }
    collect_bare(page, &mut links);
    links.sort_by_key(|link| link.range.start);
    links
}

/// A link that has begun.
struct Open {
    start: usize,
    target: String,
    text: String,
    /// Where its content ends, as far as it was seen.
    inner_end: usize,
    has_image: bool,
    is_image: bool,
}

fn collect_pieces(text: &str, pieces: &[Piece<'_>], links: &mut Vec<Link>) {
    let mut open: Vec<Open> = Vec::new();
    for piece in pieces {
        match &piece.inline {
            Inline::LinkStart(target) | Inline::ImageStart(target) => {
                let is_image = matches!(piece.inline, Inline::ImageStart(_));
                open.push(Open {
                    start: piece.start,
                    target: target.to_string(),
                    text: String::new(),
                    inner_end: piece.start + if is_image { 2 } else { 1 },
                    has_image: false,
                    is_image,
                });
            }
            Inline::LinkEnd | Inline::ImageEnd => {
                let Some(done) = open.pop() else { continue };
                if let Some(around) = open.last_mut() {
                    around.inner_end = around.inner_end.max(piece.end);
                    around.has_image |= done.is_image;
                }
                links.push(finish(text, &done, piece.end));
            }
            other => {
                let Some(open) = open.last_mut() else { continue };
                open.inner_end = open.inner_end.max(piece.end);
                match other {
                    Inline::Text(text) | Inline::Code(text) => open.text.push_str(text),
                    Inline::SoftBreak | Inline::HardBreak => open.text.push(' '),
                    Inline::Html(html) => open.has_image |= html.contains("<img"),
                    _ => {}
                }
            }
        }
    }
}

fn finish(text: &str, open: &Open, end: usize) -> Link {
    let written = &text[open.start..end];
    let (form, address) = if written.starts_with('<') {
        (Form::Angle, open.start + 1..end.saturating_sub(1).max(open.start + 1))
    } else {
        let from = open.inner_end.min(end);
        match text[from..end].find("](").filter(|_| written.ends_with(')')) {
            Some(at) => (Form::Inline, destination(text, from + at + 2, end - 1)),
            None => (Form::Reference, open.start..end),
        }
    };
    let mut link = Link::new(form, open.start..end, address, &open.target);
    link.text = open.text.trim().to_owned();
    link.is_image = open.is_image;
    link.has_image = open.has_image;
    link
}

/// Where the address stands between two places: without blanks, angle brackets and the title behind it.
fn destination(text: &str, from: usize, end: usize) -> Range<usize> {
    let part = &text[from..end.max(from)];
    let start = from + (part.len() - part.trim_start().len());
    let rest = &text[start..end.max(start)];
    if let Some(inner) = rest.strip_prefix('<') {
        let length = inner.find('>').unwrap_or(inner.len());
        return start + 1..start + 1 + length;
    }
    start..start + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// Addresses in plain text, which code hosts make links of.
fn collect_bare(page: &Page<'_>, links: &mut Vec<Link>) {
    for (start, _) in page.text.match_indices("http") {
        let rest = &page.text[start..];
        let is_start = !page.text[..start]
            .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '=' | ':'))
            && (rest.starts_with("http://") || rest.starts_with("https://"));
        if !is_start || !page.is_plain(start..start + "http://".len()) {
            continue;
        }
        let is_end = |(at, c): (usize, char)| {
            c.is_whitespace()
                || matches!(c, '<' | '>' | '"' | '，' | '。' | '；' | '（' | '）' | '、' | '|' | '`' | ']')
                || !page.is_plain(start + at..start + at + c.len_utf8())
        };
        let end = rest.char_indices().find(|found| is_end(*found)).map_or(rest.len(), |(at, _)| at);
        let mut address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
        if !address.contains('(') {
            address = address.split(')').next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':']);
        }
        let range = start..start + address.len();
        links.push(Link::new(Form::Bare, range.clone(), range, address));
    }
}
