//! The blocks of a README: headings, paragraphs, items, rows, code.

use super::inline::{Labels, label_key};

/// A piece of a README that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    /// Its text with markup, in one line unless it is code.
    pub(super) markup: String,
}

/// What sort of block it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A heading with its level; what only looks like one has the level 7.
    Heading(u8),
    Paragraph,
    Item,
    Row,
    Code,
}

/// The level of a line that only looks like a heading.
pub(super) const LOOKS_LIKE_HEADING: u8 = 7;

/// More lines than these belong to no record of BibTeX, and to no heading of HTML.
const MOST_LINES_OF_RECORD: usize = 80;
const MOST_LINES_OF_HEADING: usize = 8;

/// Takes a text apart.
pub(super) fn blocks(text: &str) -> (Vec<Block>, Labels) {
    let text = without_comments(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut reader = Reader { lines: &lines, at: 0, blocks: Vec::new(), labels: Labels::new(), open: None };
    while reader.at < lines.len() {
        let n_lines = reader.take();
        reader.at += n_lines.max(1);
    }
    reader.close();
    (reader.blocks, reader.labels)
}

fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        // One that does not end is none.
        let Some((_, after)) = after.split_once("-->") else {
            rest = after;
            break;
        };
        rest = after;
    }
    kept.push_str(rest);
    kept
}

struct Reader<'t> {
    lines: &'t [&'t str],
    at: usize,
    blocks: Vec<Block>,
    labels: Labels,
    /// The block that the next line may belong to.
    open: Option<Block>,
}

impl Reader<'_> {
    /// Takes what begins at this line, and gives how many lines it has.
    fn take(&mut self) -> usize {
        let raw = self.lines[self.at];
        let line = raw.trim().trim_start_matches('>').trim();
        if line.is_empty() {
            self.close();
            return 1;
        }
        if let Some(n_lines) = self.code(line).or_else(|| self.record(line)).or_else(|| self.heading(line)) {
            return n_lines;
        }
        if let Some(n_lines) = self.label(line) {
            return n_lines;
        }
        if line.starts_with('|') && line.matches('|').count() > 2 {
            self.push(BlockKind::Row, line);
        } else if let Some(item) = item(line) {
            self.close();
            self.open = Some(Block { kind: BlockKind::Item, markup: item.to_owned() });
        } else {
            let line = line.strip_prefix("| ").unwrap_or(line);
            let block = self.open.get_or_insert(Block { kind: BlockKind::Paragraph, markup: String::new() });
            if !block.markup.is_empty() {
                block.markup.push(' ');
            }
            block.markup.push_str(line);
        }
        1
    }

    fn close(&mut self) {
        self.blocks.extend(self.open.take());
    }

    fn push(&mut self, kind: BlockKind, markup: impl Into<String>) {
        self.close();
        self.blocks.push(Block { kind, markup: markup.into() });
    }

    /// A block between fences.
    fn code(&mut self, line: &str) -> Option<usize> {
        let fence = ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence))?;
        // ```` ```x``` ```` in one line is no fence.
        if line.trim_matches(['`', '~']).contains(fence) || line.len() > 6 && line.ends_with(fence) {
            return None;
        }
        let inside = &self.lines[self.at + 1..];
        let is_end = |line: &&str| line.trim().trim_start_matches('>').trim().starts_with(fence);
        let length = inside.iter().position(is_end).unwrap_or(inside.len());
        let code = inside[..length].join("\n");
        self.push(BlockKind::Code, code);
        Some(length + 2)
    }

    /// A record of BibTeX without fences.
    fn record(&mut self, line: &str) -> Option<usize> {
        let (kind, _) = line.strip_prefix('@')?.split_once('{')?;
        if kind.is_empty() || !kind.trim().bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return None;
        }
        let mut depth = 0_i64;
        let ahead = self.lines[self.at..].iter().take(MOST_LINES_OF_RECORD);
        let end = ahead.into_iter().position(|line| {
            let count = |c: char| i64::try_from(line.matches(c).count()).unwrap_or(0);
            depth += count('{') - count('}');
            depth <= 0
        })?;
        let code = self.lines[self.at..=self.at + end].join("\n");
        self.push(BlockKind::Code, code);
        Some(end + 1)
    }

    fn heading(&mut self, line: &str) -> Option<usize> {
        let n_marks = line.len() - line.trim_start_matches('#').len();
        if (1..=6).contains(&n_marks) && !line[n_marks..].trim().is_empty() {
            let text = line[n_marks..].trim().trim_end_matches('#').trim();
            self.push(BlockKind::Heading(u8::try_from(n_marks).unwrap_or(6)), text);
            return Some(1);
        }
        self.underline(line).or_else(|| self.tagged_heading(line)).or_else(|| self.emphasized(line))
    }

    /// A line of marks under a line of text makes it a heading; elsewhere it parts.
    fn underline(&mut self, line: &str) -> Option<usize> {
        let mark = line.chars().next().filter(|mark| "=-~^\"*+".contains(*mark))?;
        if line.len() < 3 || !line.chars().all(|c| c == mark) {
            return None;
        }
        let is_under_text = self.at > 0 && !self.lines[self.at - 1].trim().is_empty();
        match self.open.take() {
            Some(Block { kind: BlockKind::Paragraph, markup }) if is_under_text && markup.chars().count() <= 150 => {
                let level = match mark {
                    '=' => 1,
                    '-' => 2,
                    _ => 3,
                };
                self.push(BlockKind::Heading(level), markup);
            }
            other => self.blocks.extend(other),
        }
        Some(1)
    }

    /// `<h2 align="center">…</h2>`, in one line or in several.
    fn tagged_heading(&mut self, line: &str) -> Option<usize> {
        let lower = line.to_ascii_lowercase();
        let level = lower.strip_prefix("<h")?.bytes().next().filter(u8::is_ascii_digit)? - b'0';
        let end_tag = format!("</h{level}");
        let ahead = self.lines[self.at..].iter().take(MOST_LINES_OF_HEADING);
        let end = ahead.into_iter().position(|line| line.to_ascii_lowercase().contains(&end_tag))?;
        let text = self.lines[self.at..=self.at + end].join(" ");
        self.push(BlockKind::Heading(level), text.trim());
        Some(end + 1)
    }

    /// A short line in bold type that stands alone.
    fn emphasized(&mut self, line: &str) -> Option<usize> {
        if self.open.is_some() || line.len() > 80 {
            return None;
        }
        let marks = [("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>")];
        let line = line.trim_end_matches(':');
        let inner = marks.iter().find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close));
        let text = inner.filter(|inner| !inner.contains("**") && !inner.contains("]("))?.to_owned();
        self.push(BlockKind::Heading(LOOKS_LIKE_HEADING), text);
        Some(1)
    }

    /// `[label]: address`, `.. _label: address`, `.. |label| image:: address` with its target below.
    fn label(&mut self, line: &str) -> Option<usize> {
        if let Some((label, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")) {
            let target = target.split_whitespace().next()?.to_owned();
            self.labels.insert(label_key(label), target);
            return Some(1);
        }
        let directive = line.strip_prefix(".. ")?;
        if let Some((label, target)) = directive.strip_prefix('_').and_then(|rest| rest.split_once(": ")) {
            self.labels.insert(label_key(label.trim_matches('`')), target.trim().to_owned());
            return Some(1);
        }
        let options = self.lines[self.at + 1..].iter().take_while(|line| line.trim_start().starts_with(':'));
        let target = options.clone().find_map(|line| line.trim_start().strip_prefix(":target:"));
        let label = directive.find(" image::").map(|end| directive[..end].trim());
        match (label, target, directive.starts_with("image::")) {
            (Some(label), Some(target), _) => {
                self.labels.insert(label_key(label), target.trim().to_owned());
            }
            (None, Some(target), true) => {
                let picture = format!("[![]()]({})", target.trim());
                self.push(BlockKind::Paragraph, picture);
            }
            _ => {}
        }
        Some(1 + options.count())
    }
}

/// The text of an item of a list.
fn item(line: &str) -> Option<&str> {
    if let Some(rest) = ["- ", "* ", "+ ", "• "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(rest.trim_start());
    }
    if line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<li")) {
        return Some(line);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let n_digits = line.len() - rest.len();
    let rest = rest.strip_prefix(['.', ')']).filter(|_| (1..=3).contains(&n_digits))?;
    rest.starts_with(' ').then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_markdown_and_of_restructured_text() {
        let text = "Tool\n====\n\nA line\nand more\n- one\n  goes on\n- two\n\n## Two ##\n```r\n# no heading\n```\n\
                    @article{x,\n  title = {A}\n}\n**Citation:**\n<h3>\nThree</h3>\n| a | b |\n<!-- # gone\n-->\n---\n1. item\n\
                    .. |DOI| image:: https://e.org/b.svg\n   :target: https://e.org/x\n.. _Name: https://e.org/n\n[p]: https://e.org/p\n";
        let (found, labels) = blocks(text);
        let shown: Vec<String> = found.iter().map(|block| format!("{:?} {}", block.kind, block.markup)).collect();
        let expected = [
            "Heading(1) Tool",
            "Paragraph A line and more",
            "Item one goes on",
            "Item two",
            "Heading(2) Two",
            "Code # no heading",
            "Code @article{x,\n  title = {A}\n}",
            "Heading(7) Citation:",
            "Heading(3) <h3> Three</h3>",
            "Row | a | b |",
            "Item item",
        ];
        assert_eq!(shown, expected);
        let mut labels: Vec<(String, String)> = labels.into_iter().collect();
        labels.sort();
        let pair = |label: &str, target: &str| (label.to_owned(), target.to_owned());
        assert_eq!(
            labels,
            [pair("name", "https://e.org/n"), pair("p", "https://e.org/p"), pair("|doi|", "https://e.org/x")]
        );
    }

    #[test]
    fn what_does_not_end_is_no_harm() {
        for text in ["```", "@article{", "<h1>", "<!-- x", "\n\n", "[a]:", ".. image::", "=====", "é", "<li", "1."] {
            let _ = blocks(text);
        }
        assert_eq!(blocks("<!-- x\ny").0.len(), 1);
    }
}
