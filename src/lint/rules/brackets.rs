//! Text that was meant as a link or as a list item, and is none for Markdown.

use std::ops::Range;

use super::{Page, Remark};
use crate::{
    lint::{
        Rule,
        links::{Form, Link},
    },
    read::{Block, BlockKind},
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    for block in &page.document.blocks {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Cell) {
            check_brackets(page, block, remarks);
        }
    }
    for link in page.real_links() {
        check_bullet(page, link, remarks);
    }
}

/// Looks behind every pair of brackets that is still text.
fn check_brackets(page: &Page<'_>, block: &Block, remarks: &mut Vec<Remark>) {
    let mut open = Vec::new();
    for at in block.range.clone() {
        let byte = page.text.as_bytes()[at];
        if !matches!(byte, b'[' | b']') || !page.is_plain(at..at + 1) || page.text[..at].ends_with('\\') {
            continue;
        }
        if byte == b'[' {
            open.push(at);
        } else if let Some(start) = open.pop() {
            let brackets = Brackets { page, start, end: at + 1, limit: block.range.end };
            remarks.extend(brackets.remark());
        }
    }
}

/// A pair of brackets in plain text.
struct Brackets<'p, 'a> {
    page: &'p Page<'a>,
    start: usize,
    /// One past the closing bracket.
    end: usize,
    /// Where the block ends.
    limit: usize,
}

impl Brackets<'_, '_> {
    fn remark(&self) -> Option<Remark> {
        let rest = &self.page.text[self.end..self.limit];
        match rest.chars().next()? {
            '(' => self.address(),
            '（' => self.full_width(),
            '[' => self.label(),
            c if c.is_whitespace() => self.gap(),
            _ => None,
        }
    }

    /// `[text](address` or `[text](ad dress)`.
    fn address(&self) -> Option<Remark> {
        let from = self.end + 1;
        if let Some(remark) = self.link_in_brackets(from) {
            return Some(remark);
        }
        let line_end = self.line_end(from);
        let written = &self.page.text[from..line_end];
        if !is_address(written) {
            return None;
        }
        let Some(close) = self.closing(from, line_end) else {
            let address = written.trim_end();
            let end = from + address.len();
            let remark = Remark::new(Rule::UnclosedLink, self.start..end, "this link has no closing bracket");
            let is_sure = !address.contains(char::is_whitespace) && self.page.is_plain(from..end);
            return Some(if is_sure { remark.replace(self.page.text, end..end, ")") } else { remark });
        };
        let address = &self.page.text[from..close];
        address.trim().contains(char::is_whitespace).then(|| {
            let message = format!("the address {:?} contains a blank", short(address));
            Remark::new(Rule::BlankInAddress, self.start..close + 1, message)
        })
    }

    /// `[text]([address](address))`: the inner link is the only one.
    fn link_in_brackets(&self, from: usize) -> Option<Remark> {
        let links = &self.page.links;
        let inner = &links.get(links.partition_point(|link| link.range.start < from))?;
        let end = inner.range.end;
        let is_closed = self.page.text[end..].starts_with(')') && self.page.is_plain(end..end + 1);
        if inner.range.start != from || inner.form != Form::Inline || !is_closed || inner.is_image {
            return None;
        }
        let message = "a link inside the brackets of an address";
        let remark = Remark::new(Rule::BracketsInAddress, self.start..end + 1, message);
        let is_sure = inner.text == inner.target;
        Some(if is_sure { remark.replace(self.page.text, inner.range.clone(), &inner.target) } else { remark })
    }

    /// `[text]（address）`.
    fn full_width(&self) -> Option<Remark> {
        let from = self.end + '（'.len_utf8();
        let line_end = self.line_end(from);
        let written = &self.page.text[from..line_end];
        let close = from + written.find(['）', ')'])?;
        let address = &self.page.text[from..close];
        if !is_address(address) || address.contains(char::is_whitespace) {
            return None;
        }
        let end = close + self.page.text[close..].chars().next().map_or(1, char::len_utf8);
        let message = "full-width brackets around the address";
        let new = format!("({address})");
        Some(Remark::new(Rule::FullWidthBrackets, self.start..end, message).replace(
            self.page.text,
            self.end..end,
            &new,
        ))
    }

    /// `[text] (address)`.
    fn gap(&self) -> Option<Remark> {
        let rest = &self.page.text[self.end..self.limit];
        let gap = rest.len() - rest.trim_start().len();
        let from = self.end + gap + 1;
        if gap > 4 || !rest[gap..].starts_with('(') || !self.is_name() {
            return None;
        }
        let close = self.closing(from, self.line_end(from))?;
        let address = &self.page.text[from..close];
        if !is_address(address) || address.contains(char::is_whitespace) {
            return None;
        }
        let remark =
            Remark::new(Rule::GapInLink, self.start..close + 1, "a blank stands between the text and its address");
        let is_sure = rest[..gap].chars().all(|c| matches!(c, ' ' | '\t'));
        Some(if is_sure { remark.replace(self.page.text, self.end..self.end + gap, "") } else { remark })
    }

    /// `[text][label]` without a definition.
    fn label(&self) -> Option<Remark> {
        let is_apart = !self.page.text[..self.start]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | ')' | '_' | '['));
        let from = self.end + 1;
        let close = from + self.page.text[from..self.line_end(from)].find(']')?;
        let label = self.page.text[from..close].trim();
        let follows = self.page.text[close + 1..].chars().next();
        // In a list without definitions, brackets behind brackets may be meant as they are: `[2019][MICCAI, Workshop]`.
        let is_word = !label.contains(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')));
        let may_be_label = is_word || !self.page.document.definitions.is_empty();
        let is_label = label.is_empty()
            || label.chars().any(char::is_alphanumeric) && !label.starts_with(['^', '[', '!']) && may_be_label;
        if !is_apart || !is_label || matches!(follows, Some('[' | '(')) || !self.is_name() {
            return None;
        }
        let label = if label.is_empty() { self.text().trim() } else { label };
        let message = format!("the label {label:?} is not defined");
        Some(Remark::new(Rule::UndefinedReference, self.start..close + 1, message))
    }

    fn text(&self) -> &str {
        &self.page.text[self.start + 1..self.end - 1]
    }

    /// Whether letters stand in the brackets, and not only a number or a mark: `[1]`, `[*]`.
    fn is_name(&self) -> bool {
        self.text().contains(char::is_alphabetic)
    }

    /// The end of the line, or what is too far away to belong to the brackets.
    fn line_end(&self, from: usize) -> usize {
        const FAR: usize = 2000;
        let rest = &self.page.text[from..self.limit];
        let end = rest.char_indices().enumerate().find(|(n, (_, c))| *n == FAR || matches!(c, '\n' | '\r'));
        from + end.map_or(rest.len(), |(_, (at, _))| at)
    }

    /// The plain bracket that closes what was opened before.
    fn closing(&self, from: usize, end: usize) -> Option<usize> {
        let mut depth = 0;
        for at in from..end {
            match self.page.text.as_bytes()[at] {
                b'(' | b')' if !self.page.is_plain(at..at + 1) => {}
                b'(' => depth += 1,
                b')' if depth == 0 => return Some(at),
                b')' => depth -= 1,
                _ => {}
            }
        }
        None
    }
}

fn is_address(text: &str) -> bool {
    let lower = text.trim_start().get(..8).unwrap_or(text).to_ascii_lowercase();
    ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start))
}

fn short(text: &str) -> &str {
    text.char_indices().nth(60).map_or(text, |(end, _)| &text[..end])
}

/// `-[text](address)` at the beginning of a line.
fn check_bullet(page: &Page<'_>, link: &Link, remarks: &mut Vec<Remark>) {
    let line = page.line(page.line_of(link.range.start));
    let before = &page.text[line.start..link.range.start];
    let written = before.trim_start();
    let mark = written.trim_end_matches("**");
    let start = line.start + (before.len() - written.len());
    let is_mark = matches!(mark, "-" | "*" | "+") || is_number(mark);
    if is_mark && link.form != Form::Bare && page.is_plain(start..start + mark.len()) {
        let message = format!("no blank behind {mark:?}");
        let end = start + mark.len();
        let range: Range<usize> = start..end;
        remarks.push(Remark::new(Rule::BulletWithoutBlank, range, message).replace(page.text, end..end, " "));
    }
}

fn is_number(mark: &str) -> bool {
    let digits = mark.trim_end_matches(['.', ')']);
    mark.len() == digits.len() + 1 && (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}
