//! Turns the tree of a source into entries: what a curator says of papers, tools, datasets.
//!
//! # The ideas
//!
//! People write entries in many forms, but say the same few things in all of them. So there is no reader for each form; the
//! text is cut into **units** (`walk`, `unit`), whatever sets them apart, and one reader (`entry`) reads every unit.
//!
//! - **A title stands out** (`shape`, `entry`): it is the link, the bold words or the plain words with which a text begins,
//!   behind marks, dates and tags; in a table it is the column that names things (`table`); below a label it is what the
//!   label calls the title.
//! - **A label says what its text is** (`label`): `Paper: …`, `[code](…)`, `作者：`, the head of a column, a badge, a field
//!   of BibTeX (`bibtex`). It means the same wherever it stands. A text that is nothing but labels has no title.
//! - **What has no title of its own belongs to the title above it**: the labelled items below an item, the labelled lines
//!   and the prose below a bold line, the table or the `<details>` below a heading. What has a title of its own is another
//!   entry. What leads nowhere and stands over titles names a group.
//! - **A heading is a topic wherever it stands** (`outline`): also indented into a list item, or written in HTML. Its number
//!   gives the hierarchy where it has one, its `#`s where it has none. A year or a venue in it is that of the papers below.
//! - **Repetition explains** (`habit`): several headings with nothing but labelled lines below them are entries; a row or a
//!   bold title that leads nowhere is an entry if the others of its form are; what nothing speaks for is of the kind of its
//!   siblings (`kind`).
//! - **One entry may speak of two things** (`compose`): a repository with the citation of its paper, a paper with its
//!   repository, a preprint's address with a journal's citation.
//! - **The kind comes from the strongest evidence at hand** (`kind`): the address, a citation, the title, the description,
//!   the labels, the heading, the siblings. What is weaker than an address is marked as guessed.
//! - **Nothing is lost** (`coverage`): every line that is not blank is in an entry, in a heading or in a notice, which says
//!   whether somebody should look at it.
//!
//! Structured sources are read otherwise, and all of them in one way: a registry, a bibliography, the answers of a service
//! are dossiers, which `dossier` turns into entries. The report on links (`checks`) has no entries: it is about addresses.
//!
//! Text comes in, an [`Extraction`] goes out; which entries speak of the same thing is for `resolve` to say.

mod bibliography;
mod bibtex;
mod checks;
pub(crate) mod citation;
mod compose;
mod coverage;
mod decisions;
mod dossier;
mod entry;
mod facts;
mod field;
mod flat;
mod habit;
mod json;
mod kind;
mod label;
mod language;
mod latex;
mod links;
mod markup;
mod outline;
mod registry;
mod shape;
mod table;
mod title;
mod title_text;
mod unit;
mod walk;

use crate::{
    model::{Entry, Extraction, Lines, Notice, NoticeCode, SourceInfo, SourceKind, Topic},
    read::{self, Source},
};
use habit::Habits;
use outline::Outline;
use walk::Walked;

/// Reads all that a source says.
#[must_use]
pub fn extract(source: &Source) -> Extraction {
    let mut extraction = match source.info.kind {
        SourceKind::List => extract_list(source),
        SourceKind::Bibliography => bibliography::extract(source),
        SourceKind::Facts => facts::extract(source),
        SourceKind::Registry => registry::extract(source),
        SourceKind::Service => dossier::of_service(source),
        SourceKind::Decisions => decisions::extract(source),
        SourceKind::Links => checks::extract(source),
    };
    extraction.notices.extend(source.notices.iter().cloned());
    extraction.notices.sort_by_key(|notice| (notice.lines, notice.code));
    extraction
}

fn extract_list(source: &Source) -> Extraction {
    let document = read::parse(&source.text);
    let habits = Habits::of(&document);
    let outline = Outline::of(&document, source.info.address.as_ref(), &habits);
    let Walked { units, topics, mut notices } = walk::walk(&document, &outline, &habits);
    let mut raw = Vec::with_capacity(units.len());
    for mut unit in habit::accept(units) {
        unit.resolve_links(&source.info);
        let text = document.text_of(unit.lines);
        match entry::read(&unit) {
            Some(mut entry) => {
                text.clone_into(&mut entry.text);
                raw.push(entry);
            }
            None => {
                let code = if unit.has_address() { NoticeCode::NotAnEntry } else { NoticeCode::Prose };
                notices.push(Notice { code, lines: unit.lines, text: text.to_owned() });
            }
        }
    }
    let topics = outline::prune(topics.topics, outline.topics.topics.len(), &mut raw);
    raw.iter_mut().for_each(|entry| entry.take_place_of_heading(&topics));
    let kinds = kind::settle(&raw, &topics, outline.title.as_deref());
    let mut entries = Vec::with_capacity(raw.len());
    for ((mut raw, kind), position) in raw.into_iter().zip(kinds).zip(1..) {
        notices.append(&mut raw.notices);
        entries.push(Entry { position, ..compose::compose(raw, kind, &source.info.key) });
    }
    notices.extend(coverage::uncovered(&document, &entries, &notices));
    notices.extend(empty_topics(&topics, &entries));
    if entries.is_empty() {
        let text = "nothing in it names a thing and links it".to_owned();
        notices.push(Notice { code: NoticeCode::NoEntries, lines: Lines { first: 1, last: 1 }, text });
    }
    let notices = coverage::merged(&document, notices);
    let info = SourceInfo { title: outline.title.clone(), ..source.info.clone() };
    Extraction { topics, entries, notices, ..Extraction::of(info, source.text.clone()) }
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
