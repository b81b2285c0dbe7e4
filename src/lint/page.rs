//! A list as the rules see it: its text to the byte, its blocks, links, headings and entries.

use std::ops::Range;

use super::{
    finding::Position,
    headings::{self, Headings},
    html,
    links::{self, Form, Link},
};
use crate::{
    extract::extract,
    model::{Entry, Extraction, Lines, Mention},
    read::{self, BlockKind, Document, Inline, Source},
};

/// A list and all that the rules ask of it.
pub(super) struct Page<'a> {
    /// The text with its own line ends, without a byte order mark. All ranges are places in it.
    pub(super) text: &'a str,
    pub(super) document: Document<'a>,
    pub(super) extraction: Extraction,
    /// All addresses in the order of the text.
    pub(super) links: Vec<Link>,
    pub(super) headings: Headings,
    /// HTML comments, and definitions that curators use as such.
    pub(super) comments: Vec<Range<usize>>,
    /// Which bytes are plain text for Markdown: no mark, no code, no HTML, no part of a link.
    plain: Vec<bool>,
    line_starts: Vec<usize>,
    code: Vec<Range<usize>>,
}

impl<'a> Page<'a> {
    pub(super) fn of(source: &Source, text: &'a str) -> Self {
        let document = read::parse(text);
        let code = document.blocks.iter().filter(|block| block.kind == BlockKind::Code);
        let mut page = Self {
            text,
            extraction: extract(source),
            links: Vec::new(),
            headings: Headings::default(),
            comments: Vec::new(),
            plain: vec![false; text.len()],
            line_starts: line_starts(text),
            code: code.map(|block| block.range.clone()).collect(),
            document,
        };
        page.comments = page.find_comments();
        page.mark_plain();
        page.links = links::collect(&page);
        page.headings = headings::collect(&page);
        page
    }

    /// Whether all of it is plain text.
    pub(super) fn is_plain(&self, range: Range<usize>) -> bool {
        self.plain.get(range).is_some_and(|bytes| bytes.iter().all(|is_plain| *is_plain))
    }

    pub(super) fn is_code(&self, offset: usize) -> bool {
        let after = self.code.partition_point(|code| code.start <= offset);
        self.code[..after].last().is_some_and(|code| offset < code.end)
    }

    /// The line of a place, from 1.
    pub(super) fn line_of(&self, offset: usize) -> u32 {
        u32::try_from(self.line_starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// A line, from 1, without its end.
    pub(super) fn line(&self, line: u32) -> Range<usize> {
        let at = (line as usize).clamp(1, self.line_starts.len()) - 1;
        let start = self.line_starts[at];
        let next = self.line_starts.get(at + 1).copied().unwrap_or(self.text.len());
        start..start + self.text[start..next].trim_end_matches(['\r', '\n']).len()
    }

    pub(super) fn n_lines(&self) -> u32 {
        u32::try_from(self.line_starts.len()).unwrap_or(u32::MAX)
    }

    /// Where a text stands in some lines; if it is not there as it is, the content of the first of them.
    pub(super) fn within(&self, lines: Lines, text: &str) -> Range<usize> {
        let whole = self.line(lines.first).start..self.line(lines.last).end.max(self.line(lines.first).end);
        let wanted = text.lines().next().unwrap_or_default().trim();
        if let Some(at) = self.text[whole].find(wanted).filter(|_| !wanted.is_empty()) {
            let start = self.line(lines.first).start + at;
            return start..start + wanted.len();
        }
        self.content(lines.first)
    }

    /// The line without the blanks around it.
    fn content(&self, line: u32) -> Range<usize> {
        let range = self.line(line);
        let text = &self.text[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    /// The addresses on the lines of an entry.
    pub(super) fn links_of(&self, entry: &Entry) -> &[Link] {
        let start = self.line(entry.origin.lines.first).start;
        let end = self.line(entry.origin.lines.last).end;
        let first = self.links.partition_point(|link| link.range.start < start);
        let last = self.links.partition_point(|link| link.range.start < end);
        &self.links[first..last.max(first)]
    }

    /// The link of a mention's title; else the line on which its entry begins.
    pub(super) fn place_of(&self, entry: &Entry, mention: &Mention) -> Range<usize> {
        let links = self.links_of(entry);
        let own = mention.url().and_then(|url| links.iter().find(|link| link.url() == Some(url)));
        own.map_or_else(|| self.content(entry.origin.lines.first), |link| link.range.clone())
    }

    fn mark_plain(&mut self) {
        for block in &self.document.blocks {
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Cell) {
                continue;
            }
            let mut open = 0_u32;
            for piece in self.document.pieces(block) {
                match piece.inline {
                    Inline::LinkStart(_) | Inline::ImageStart(_) => open += 1,
                    Inline::LinkEnd | Inline::ImageEnd => open = open.saturating_sub(1),
                    Inline::Text(_) if open == 0 => self.plain[piece.start..piece.end].fill(true),
                    _ => {}
                }
            }
        }
    }

    fn find_comments(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for block in &self.document.blocks {
            if block.kind == BlockKind::Html {
                found.extend(html::comments(self.text, block.range.clone()));
                continue;
            }
            let pieces = self.document.pieces(block).iter();
            let html = pieces.filter(|piece| matches!(&piece.inline, Inline::Html(html) if html.starts_with("<!--")));
            found.extend(html.map(|piece| piece.start..piece.end));
        }
        // `[//]: # (…)`: a definition that is only ever used as a comment, and may stand there many times.
        let lines = (1..=self.n_lines()).map(|line| self.content(line));
        found.extend(lines.filter(|line| self.text[line.clone()].starts_with("[//]: ") && !self.is_code(line.start)));
        found.sort_by_key(|comment| comment.start);
        found
    }

    /// The HTML of the page without its comments: whole blocks, and pieces in the text.
    pub(super) fn html(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for block in &self.document.blocks {
            if block.kind == BlockKind::Html {
                let mut at = block.range.start;
                for comment in html::comments(self.text, block.range.clone()) {
                    found.push(at..comment.start);
                    at = comment.end;
                }
                found.push(at..block.range.end.max(at));
                continue;
            }
            let pieces = self.document.pieces(block).iter();
            let html = pieces.filter(|piece| matches!(&piece.inline, Inline::Html(html) if !html.starts_with("<!--")));
            found.extend(html.map(|piece| piece.start..piece.end));
        }
        found
    }

    /// The addresses of links that a reader can follow.
    pub(super) fn real_links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.form != Form::Definition && !link.is_image)
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_end = |at: usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(|at| is_end(*at)).map(|at| at + 1)).collect()
}

/// Turns places in a text into lines and columns, in one pass when they come in order.
#[derive(Clone)]
pub(super) struct Ruler<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, offset: 0, position: Position { line: 1, column: 1 } }
    }

    pub(super) fn position(&mut self, offset: usize) -> Position {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        let bytes = self.text.as_bytes();
        for (at, character) in self.text[self.offset..offset].char_indices() {
            let next = bytes.get(self.offset + at + 1);
            if character == '\n' || character == '\r' && next != Some(&b'\n') {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.offset = offset;
        self.position
    }
}
