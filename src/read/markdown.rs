use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::model::Lines;

/// A Markdown text as a flat list of blocks, each with its parent. Flat, so that depth costs no stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'a> {
    /// The text.
    pub text: &'a str,
    /// The blocks in the order of the text; a block stands before its children.
    pub blocks: Vec<Block>,
    /// The definitions of reference links that count, in the order of the text: of several with one label the first.
    pub definitions: Vec<Definition>,
    pieces: Vec<Piece<'a>>,
    line_starts: Vec<u32>,
}

/// A definition that reference links name: `[label]: address`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its label as written.
    pub label: String,
    /// The address.
    pub url: String,
    /// Where it begins and ends in the text, in bytes.
    pub range: std::ops::Range<usize>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The block around it.
    pub parent: Option<usize>,
    /// One past its last descendant.
    pub end: usize,
    /// Its lines, without blank ones at the end.
    pub lines: Lines,
    /// Where it begins and ends in the text, in bytes.
    pub range: std::ops::Range<usize>,
    pieces: std::ops::Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with its level.
    Heading(u8),
    /// A paragraph, also the text of a list item that Markdown gives no paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// A block of code.
    Code,
    /// A block of HTML.
    Html,
    /// A table.
    Table,
    /// A row of a table; whether it is the header.
    Row(bool),
    /// A cell of a row.
    Cell,
}

/// A piece of inline content, with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What it is.
    pub inline: Inline<'a>,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// Inline content. What has content of its own is a start and an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// Text between backticks.
    Code(Cow<'a, str>),
    /// A piece of HTML.
    Html(Cow<'a, str>),
    /// The end of a line that is none for Markdown.
    SoftBreak,
    /// The end of a line.
    HardBreak,
    /// A link to an address begins.
    LinkStart(Cow<'a, str>),
    /// It ends.
    LinkEnd,
    /// A picture at an address begins; its content is the text in its place.
    ImageStart(Cow<'a, str>),
    /// It ends.
    ImageEnd,
    /// Strong emphasis begins.
    StrongStart,
    /// It ends.
    StrongEnd,
    /// Emphasis begins.
    EmphasisStart,
    /// It ends.
    EmphasisEnd,
}

impl<'a> Document<'a> {
    /// The inline content of a heading, a paragraph or a cell.
    #[must_use]
    pub fn pieces(&self, block: &Block) -> &[Piece<'a>] {
        &self.pieces[block.pieces.clone()]
    }

    /// The line of a place in the text, from 1.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> u32 {
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// The text of some lines, without blanks around it.
    #[must_use]
    pub fn text_of(&self, lines: Lines) -> &'a str {
        let start = |line: u32| {
            let at = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
            self.line_starts.get(at).map_or(self.text.len(), |start| usize::try_from(*start).unwrap_or(usize::MAX))
        };
        self.text.get(start(lines.first)..start(lines.last.saturating_add(1))).unwrap_or_default().trim()
    }

    /// The indices of a block's children.
    pub fn children(&self, parent: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.blocks[parent].end;
        let mut next = parent + 1;
        std::iter::from_fn(move || {
            let child = Some(next).filter(|next| *next < end)?;
            next = self.blocks[child].end;
            Some(child)
        })
    }
}

/// Cuts a Markdown text (CommonMark with the tables of GitHub) into blocks.
#[must_use]
pub fn parse(text: &str) -> Document<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    let line_starts = std::iter::once(0).chain(newlines).map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
    let parser = Parser::new_ext(text, options);
    let document = Document {
        text,
        blocks: Vec::new(),
        definitions: definitions(&parser),
        pieces: Vec::with_capacity(text.len() / 24),
        line_starts,
    };
    let mut builder = Builder { document, open: Vec::new(), paragraph: None, hidden: 0 };
    for (event, range) in parser.into_offset_iter() {
        builder.take(event, range);
    }
    builder.document
}

fn definitions(parser: &Parser<'_>) -> Vec<Definition> {
    let all = parser.reference_definitions().iter();
    let mut found: Vec<Definition> = all
        .map(|(label, definition)| Definition {
            label: label.to_owned(),
            url: definition.dest.to_string(),
            range: definition.span.clone(),
        })
        .collect();
    found.sort_by_key(|definition| definition.range.start);
    found
}

struct Builder<'a> {
    document: Document<'a>,
    /// The blocks that have begun and not ended.
    open: Vec<usize>,
    /// The block that takes inline content now.
    paragraph: Option<usize>,
    /// Inside front matter, which is not content.
    hidden: u32,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, range: std::ops::Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.inline(Inline::Text(cow(text)), range),
            Event::Code(text) => self.inline(Inline::Code(cow(text)), range),
            Event::Html(text) | Event::InlineHtml(text) => self.inline(Inline::Html(cow(text)), range),
            Event::SoftBreak => self.inline(Inline::SoftBreak, range),
            Event::HardBreak => self.inline(Inline::HardBreak, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: std::ops::Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.open_text(BlockKind::Heading(level_number(level)), range),
            Tag::Paragraph => self.open_text(BlockKind::Paragraph, range),
            Tag::CodeBlock(_) => self.open_text(BlockKind::Code, range),
            Tag::HtmlBlock => self.open_text(BlockKind::Html, range),
            Tag::TableCell => self.open_text(BlockKind::Cell, range),
            Tag::List(_) => self.open(BlockKind::List, range),
            Tag::Item => self.open(BlockKind::Item, range),
            Tag::BlockQuote(_) => self.open(BlockKind::Quote, range),
            Tag::Table(_) => self.open(BlockKind::Table, range),
            Tag::TableHead => self.open(BlockKind::Row(true), range),
            Tag::TableRow => self.open(BlockKind::Row(false), range),
            Tag::Link { dest_url, .. } => self.inline(Inline::LinkStart(cow(dest_url)), range),
            Tag::Image { dest_url, .. } => self.inline(Inline::ImageStart(cow(dest_url)), range),
            Tag::Strong => self.inline(Inline::StrongStart, range),
            Tag::Emphasis => self.inline(Inline::EmphasisStart, range),
            Tag::MetadataBlock(_) => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: std::ops::Range<usize>) {
        match tag {
            TagEnd::Link => self.inline(Inline::LinkEnd, range),
            TagEnd::Image => self.inline(Inline::ImageEnd, range),
            TagEnd::Strong => self.inline(Inline::StrongEnd, range),
            TagEnd::Emphasis => self.inline(Inline::EmphasisEnd, range),
            TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::TableCell
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow => self.close(),
            _ => {}
        }
    }

    fn open(&mut self, kind: BlockKind, range: std::ops::Range<usize>) {
        self.close_implied();
        let n_pieces = self.document.pieces.len();
        // The range of an item may begin with the blanks before it, and even with the line before.
        let written = self.document.text.get(range.clone()).unwrap_or_default();
        let range = range.start + (written.len() - written.trim_start().len())..range.end;
        let block = Block {
            kind,
            parent: self.open.last().copied(),
            end: 0,
            lines: self.lines(&range),
            range,
            pieces: n_pieces..n_pieces,
        };
        self.open.push(self.document.blocks.len());
        self.document.blocks.push(block);
    }

    fn open_text(&mut self, kind: BlockKind, range: std::ops::Range<usize>) {
        self.open(kind, range);
        self.paragraph = self.open.last().copied();
    }

    fn close(&mut self) {
        self.close_implied();
        self.paragraph = None;
        if let Some(block) = self.open.pop() {
            self.document.blocks[block].end = self.document.blocks.len();
        }
    }

    /// Ends the paragraph that the text of a tight list item was given.
    fn close_implied(&mut self) {
        let Some(block) = self.paragraph.take() else { return };
        if self.open.last() != Some(&block) {
            self.document.blocks[block].end = block + 1;
        }
    }

    fn inline(&mut self, inline: Inline<'a>, range: std::ops::Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        let block = match self.paragraph {
            Some(block) => block,
            None => self.imply_paragraph(&range),
        };
        self.document.pieces.push(Piece { inline, start: range.start, end: range.end });
        let lines_last = self.lines(&range).last;
        let n_pieces = self.document.pieces.len();
        let block = &mut self.document.blocks[block];
        block.pieces.end = n_pieces;
        block.range.end = block.range.end.max(range.end);
        block.lines.last = block.lines.last.max(lines_last);
    }

    fn imply_paragraph(&mut self, range: &std::ops::Range<usize>) -> usize {
        let at = self.document.blocks.len();
        let n_pieces = self.document.pieces.len();
        self.document.blocks.push(Block {
            kind: BlockKind::Paragraph,
            parent: self.open.last().copied(),
            end: at + 1,
            lines: self.lines(range),
            range: range.clone(),
            pieces: n_pieces..n_pieces,
        });
        self.paragraph = Some(at);
        at
    }

    fn lines(&self, range: &std::ops::Range<usize>) -> Lines {
        let written = self.document.text.get(range.clone()).unwrap_or_default().trim_end();
        let last = range.start + written.len().saturating_sub(1);
        Lines { first: self.document.line_of(range.start), last: self.document.line_of(last) }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}

fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows each block as its kind, lines and text, indented by its depth.
    fn check(text: &str, expected: &[&str]) {
        let document = parse(text);
        let shown: Vec<String> = document
            .blocks
            .iter()
            .map(|block| {
                let depth = std::iter::successors(block.parent, |parent| document.blocks[*parent].parent).count();
                let text: String = document
                    .pieces(block)
                    .iter()
                    .map(|piece| match &piece.inline {
                        Inline::Text(text) | Inline::Code(text) | Inline::Html(text) => text.to_string(),
                        Inline::LinkStart(url) => format!("<{url}>"),
                        Inline::SoftBreak | Inline::HardBreak => "/".to_owned(),
                        _ => String::new(),
                    })
                    .collect();
                format!("{}{:?} {} {text}", " ".repeat(depth), block.kind, block.lines).trim_end().to_owned()
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn text_of_a_tight_item_is_a_paragraph_with_its_lazy_lines() {
        check(
            "- [A](http://a)\nZhou J. Nature\n  - b\n",
            &[
                "List 1-3",
                " Item 1-3",
                "  Paragraph 1-2 <http://a>A/Zhou J. Nature",
                "  List 3",
                "   Item 3",
                "    Paragraph 3 b",
            ],
        );
    }

    #[test]
    fn a_heading_indented_into_an_item_is_a_block_of_it() {
        check(
            "- a\n    ##### 2.1 B\n    - c\n",
            &[
                "List 1-3",
                " Item 1-3",
                "  Paragraph 1 a",
                "  Heading(5) 2 2.1 B",
                "  List 3",
                "   Item 3",
                "    Paragraph 3 c",
            ],
        );
    }

    #[test]
    fn tables_have_rows_and_cells() {
        check(
            "|a|b|\n|-|-|\n|1|[2](http://x)|\n",
            &[
                "Table 1-3",
                " Row(true) 1",
                "  Cell 1 a",
                "  Cell 1 b",
                " Row(false) 3",
                "  Cell 3 1",
                "  Cell 3 <http://x>2",
            ],
        );
    }

    #[test]
    fn definitions_are_known_by_their_labels() {
        let document = parse("[b]: http://b\n\n- [A][a]\n\n[a]: <http://a>\n[b]: http://c\n");
        let found: Vec<(&str, &str)> = document
            .definitions
            .iter()
            .map(|definition| (definition.label.as_str(), definition.url.as_str()))
            .collect();
        assert_eq!(found, [("b", "http://b"), ("a", "http://a")]);
    }

    #[test]
    fn depth_costs_no_stack() {
        let deep: String = (0..5000).map(|depth| format!("{}- x\n", "  ".repeat(depth % 1000))).collect();
        assert!(parse(&deep).blocks.len() > 1000);
    }
}
