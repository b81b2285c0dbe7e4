//! Turns the tree of a source into entries: what a curator says of papers, tools, datasets.
//!
//! # The ideas
//!
//! - **A heading is a topic wherever it stands** (`outline`): also indented into a list item. Its number gives the
//!   hierarchy where it has one, its `#`s where it has none.
//! - **An entry is a list item that names a thing and links it** (`entry`). The first link, or else the bold or plain
//!   text before the first link, is the title. What comes before and after is, in this order: links with a role
//!   (`label`), a citation (`citation`), a description.
//! - **One entry may speak of two things**: a repository with the citation of its paper, a paper with its
//!   repository, a preprint's address with a journal's citation.
//! - **The kind comes from the strongest evidence at hand** (`kind`): the address, a citation, the title, the heading
//!   above, the siblings. What is weaker than an address is marked as guessed.
//! - **Nothing is lost**: the text of an entry is kept as it is, and what could not be placed becomes a notice.
//!
//! Text comes in, an [`Extraction`] goes out; which entries speak of the same thing is for `resolve` to say.

pub(crate) mod citation;
mod compose;
mod decisions;
mod entry;
mod facts;
mod flat;
mod kind;
mod label;
mod language;
mod outline;

use crate::{
    model::{Entry, Extraction, Lines, Notice, NoticeCode, SourceKind, Topic},
    read::{self, Block, BlockKind, Document, Source},
};
use entry::RawEntry;
use flat::Flat;
use outline::{Outline, TopicTree};

/// Reads all that a source says.
#[must_use]
pub fn extract(source: &Source) -> Extraction {
    let mut extraction = match source.info.kind {
        SourceKind::List => extract_list(source),
        SourceKind::Facts => facts::extract(source),
        SourceKind::Decisions => decisions::extract(source),
    };
    extraction.notices.extend(source.notices.iter().cloned());
    extraction.notices.sort_by_key(|notice| (notice.lines, notice.code));
    extraction
}

fn extract_list(source: &Source) -> Extraction {
    let document = read::parse(&source.text);
    let outline = Outline::of(&document, source.info.address.as_ref());
    let mut walk = Walk {
        document: &document,
        source,
        outline: &outline,
        topic: None,
        is_content: true,
        entries: Vec::new(),
        topics: outline.topics.clone(),
        notices: Vec::new(),
    };
    walk.blocks();
    walk.into_extraction()
}

/// One pass over the blocks of a list.
struct Walk<'d, 's> {
    document: &'d Document<'s>,
    source: &'d Source,
    outline: &'d Outline,
    /// The topic of the last heading.
    topic: Option<usize>,
    /// Whether the last heading is about the subject, and not about the list itself.
    is_content: bool,
    entries: Vec<RawEntry>,
    topics: TopicTree,
    notices: Vec<Notice>,
}

impl Walk<'_, '_> {
    fn blocks(&mut self) {
        let document = self.document;
        // Topics that are list items without a link, with the block where their items end.
        let mut groups: Vec<(usize, Option<usize>)> = Vec::new();
        let mut at = 0;
        while at < document.blocks.len() {
            while let Some((_, topic)) = groups.pop_if(|(end, _)| *end <= at) {
                self.topic = topic;
            }
            let block = &document.blocks[at];
            match block.kind {
                BlockKind::Heading(_) => {
                    groups.clear();
                    self.heading(at);
                }
                BlockKind::Item if self.is_content => {
                    if let Some(topic) = self.item(at, block) {
                        groups.push((block.end, self.topic));
                        self.topic = Some(topic);
                    }
                }
                BlockKind::Paragraph | BlockKind::Cell | BlockKind::Html if self.is_content => {
                    self.loose_text(at, block);
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn heading(&mut self, at: usize) {
        let section = self.outline.section(at);
        self.topic = section.topic;
        self.is_content = section.is_content;
        let block = &self.document.blocks[at];
        if block.parent.is_some() && self.is_inside_item(block) {
            let text = Flat::of(self.document, block).text;
            self.notices.push(Notice { code: NoticeCode::HeadingInsideItem, lines: block.lines, text });
        }
    }

    fn is_inside_item(&self, block: &Block) -> bool {
        std::iter::successors(block.parent, |parent| self.document.blocks[*parent].parent)
            .any(|parent| self.document.blocks[parent].kind == BlockKind::Item)
    }

    /// Reads a list item: an entry, or a group, whose topic is returned.
    fn item(&mut self, at: usize, block: &Block) -> Option<usize> {
        let content = self.own_text(at);
        let (&first, others) = content.split_first()?;
        let mut flat = Flat::of(self.document, &self.document.blocks[first]);
        for other in others {
            flat.append(&Flat::of(self.document, &self.document.blocks[*other]));
        }
        if self.outline.is_contents(&flat) {
            return None;
        }
        let nested = self.document.children(at).find(|child| self.document.blocks[*child].kind == BlockKind::List);
        let is_short = flat.text.chars().count() <= 80 && !flat.text.trim().is_empty();
        if let Some(nested) = nested.filter(|_| !flat.has_address() && is_short) {
            if !self.is_list_of_details(nested) {
                return Some(self.group(block, &flat));
            }
            let text = self.markdown(block, content.last().copied());
            self.entries.extend(entry::read_bare(&flat, self.lines_of(&content, block), self.topic, &text));
            return None;
        }
        if self.attach_detail(block, &flat) {
            return None;
        }
        let lines = self.lines_of(&content, block);
        let text = self.markdown(block, content.last().copied());
        self.entry(&flat, lines, text);
        None
    }

    /// Whether the items of a list only add labelled links to the item above: `地址：…`, `Paper: …`.
    fn is_list_of_details(&self, list: usize) -> bool {
        let items = self.document.children(list);
        let texts = items.filter_map(|item| self.own_text(item).first().copied());
        let flats = texts.map(|text| Flat::of(self.document, &self.document.blocks[text]));
        let mut linked = flats.filter(Flat::has_address).peekable();
        linked.peek().is_some() && linked.all(|flat| entry::labelled_links(&flat).is_some())
    }

    /// The paragraphs that belong to the item itself.
    fn own_text(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for child in self.document.children(at) {
            match self.document.blocks[child].kind {
                BlockKind::Paragraph | BlockKind::Html => found.push(child),
                BlockKind::Quote | BlockKind::Code | BlockKind::Table => {}
                _ => break,
            }
        }
        found
    }

    fn lines_of(&self, content: &[usize], block: &Block) -> Lines {
        let last = content.iter().map(|at| self.document.blocks[*at].lines.last).max().unwrap_or(block.lines.first);
        Lines { first: block.lines.first, last }
    }

    fn markdown(&self, block: &Block, last: Option<usize>) -> String {
        let end = last.map_or(block.range.end, |last| self.document.blocks[last].range.end);
        self.document.text.get(block.range.start..end).unwrap_or_default().trim().to_owned()
    }

    fn group(&mut self, block: &Block, flat: &Flat) -> usize {
        let label = flat.text.trim().trim_end_matches([':', '：']).trim();
        let lines = Lines { first: block.lines.first, last: block.lines.first };
        self.topics.add(label, None, lines, self.topic)
    }

    /// A nested item that only adds labelled links to the entry above it: `- Code: [x](…)`, `- [Paper](…)`.
    fn attach_detail(&mut self, block: &Block, flat: &Flat) -> bool {
        let list = block.parent.and_then(|list| self.document.blocks[list].parent);
        let is_nested = list.is_some_and(|parent| self.document.blocks[parent].kind == BlockKind::Item);
        let Some(entry) = self.entries.last_mut().filter(|_| is_nested) else { return false };
        let Some(links) = entry::labelled_links(flat) else { return false };
        let text = self.document.text.get(block.range.clone()).unwrap_or_default().trim();
        entry.attach(links, block.lines.first, text);
        true
    }

    fn entry(&mut self, flat: &Flat, lines: Lines, text: String) {
        match entry::read(flat, lines, self.topic, &text) {
            Some(entry) => self.entries.push(entry),
            None if !text.is_empty() => self.notices.push(Notice { code: NoticeCode::NotAnEntry, lines, text }),
            None => {}
        }
    }

    /// Text outside list items: kept, and reported where it has links.
    fn loose_text(&mut self, at: usize, block: &Block) {
        let in_item = block.parent.is_some_and(|parent| self.document.blocks[parent].kind == BlockKind::Item);
        if in_item || self.topic.is_none() && self.entries.is_empty() {
            return;
        }
        let flat = Flat::of(self.document, &self.document.blocks[at]);
        if flat.has_address() && !self.outline.is_contents(&flat) {
            let text = self.document.text.get(block.range.clone()).unwrap_or_default().trim().to_owned();
            self.notices.push(Notice { code: NoticeCode::NotAnEntry, lines: block.lines, text });
        }
    }

    fn into_extraction(mut self) -> Extraction {
        let topics = self.topics.topics;
        let kinds = kind::settle(&self.entries, &topics);
        let key = &self.source.info.key;
        let mut entries = Vec::with_capacity(self.entries.len());
        for ((mut raw, kind), position) in self.entries.into_iter().zip(kinds).zip(1..) {
            self.notices.append(&mut raw.notices);
            entries.push(Entry { position, ..compose::compose(raw, kind, key) });
        }
        self.notices.extend(empty_topics(&topics, &entries));
        if entries.is_empty() {
            let text = "no list item names a thing and links it".to_owned();
            self.notices.push(Notice { code: NoticeCode::NoEntries, lines: Lines { first: 1, last: 1 }, text });
        }
        let mut info = self.source.info.clone();
        info.title = self.outline.title.clone();
        Extraction {
            source: info,
            text: self.source.text.clone(),
            topics,
            entries,
            claims: Vec::new(),
            decisions: Vec::new(),
            notices: self.notices,
        }
    }
}

fn empty_topics(topics: &[Topic], entries: &[Entry]) -> Vec<Notice> {
    let mut is_used = vec![false; topics.len()];
    for entry in entries {
        let mut topic = entry.topic;
        while let Some(at) = topic.filter(|at| !std::mem::replace(&mut is_used[*at], true)) {
            topic = topics[at].parent;
        }
    }
    let unused = topics.iter().zip(is_used).filter(|(_, is_used)| !is_used);
    unused
        .map(|(topic, _)| Notice {
            code: NoticeCode::EmptyTopic,
            lines: topic.lines,
            text: topic.labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" "),
        })
        .collect()
}

#[cfg(test)]
mod tests;
