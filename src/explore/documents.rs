//! Things as the full-text index wants them, and what is told of them where they were found.

use super::{Atlas, Item};
use crate::{
    map::vocab,
    network::{Column, Relation},
    search::{Document, TopicRef},
};

/// How many authors of a work can be searched for: some have thousands.
const MOST_PEOPLE: usize = 50;
/// How many topics are named with a thing that was found.
const MOST_TOPICS: usize = 4;

impl Atlas {
    /// All things as documents of an index, in the order of their IRIs.
    pub fn documents(&self) -> impl Iterator<Item = Document> + '_ {
        (0..).zip(&self.network().nodes).map(|(at, _)| self.document(at))
    }

    fn document(&self, at: u32) -> Document {
        let node = self.node(at);
        let item = self.item(at);
        let (n_lists, n_cited) = self.weight(at);
        let n_ties = self.to(at).count().max(n_cited);
        let texts = |property| self.texts(&node.iri, property).unwrap_or_default().into_iter().map(|text| text.text);
        let mut names = vec![without_number(&item.name, node.get(Column::Notation)).to_owned()];
        names.extend(item.name_zh.iter().map(|name| without_number(name, node.get(Column::Notation)).to_owned()));
        names.extend(texts(vocab::NAME).filter(|name| *name != item.name));
        names.dedup();
        let description: Vec<String> =
            texts(vocab::DESCRIPTION).chain(texts(vocab::ABSTRACT)).chain(texts(vocab::KEYWORDS)).collect();
        let identifiers =
            [Column::Doi, Column::Arxiv, Column::Pmid, Column::Pmcid, Column::Orcid, Column::Repository, Column::Url];
        Document {
            iri: node.iri.to_string(),
            kind: node.kind.to_owned(),
            names,
            other_names: texts(vocab::ALTERNATE_NAME).collect(),
            description: description.join("\n"),
            people: self.people(at),
            identifiers: identifiers.iter().filter_map(|column| node.get(*column)).map(identifier).collect(),
            topics: self.topics_above(at),
            year: item.year,
            n_lists: u32::try_from(n_lists).unwrap_or(u32::MAX),
            n_mentions: u32::try_from(n_ties).unwrap_or(u32::MAX),
        }
    }

    fn people(&self, at: u32) -> Vec<String> {
        let authors = self.targets(at, Relation::Author);
        authors.into_iter().take(MOST_PEOPLE).map(|author| self.node(author).label.to_string()).collect()
    }

    /// The topics that a thing stands under, and those above them.
    fn topics_above(&self, at: u32) -> Vec<TopicRef> {
        let mut open = self.targets(at, Relation::Topic);
        if self.node(at).kind == "topic" {
            open.extend(self.targets(at, Relation::Broader));
        }
        let mut found: Vec<u32> = Vec::new();
        while let Some(topic) = open.pop() {
            if !found.contains(&topic) {
                found.push(topic);
                open.extend(self.targets(topic, Relation::Broader));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|topic| self.topic(topic)).collect()
    }

    fn topic(&self, at: u32) -> TopicRef {
        let item = self.item(at);
        let number = self.node(at).get(Column::Notation);
        let names = std::iter::once(&item.name).chain(&item.name_zh);
        TopicRef { iri: item.iri.clone(), names: names.map(|name| without_number(name, number).to_owned()).collect() }
    }

    /// A sentence about a thing: what it is, or else who wrote it and where it appeared.
    #[must_use]
    pub fn sentence(&self, at: u32) -> String {
        let node = self.node(at);
        if let Some(description) = node.get(Column::Description) {
            return description.to_owned();
        }
        let authors = self.targets(at, Relation::Author);
        let named: Vec<&str> = authors.iter().take(3).map(|author| &*self.node(*author).label).collect();
        let more = if authors.len() > named.len() { " …" } else { "" };
        let venue = self.targets(at, Relation::Venue).first().map(|venue| self.node(*venue).label.to_string());
        let parts = [(!named.is_empty()).then(|| named.join(", ") + more), venue];
        parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
    }

    /// Some of the topics that a thing stands under.
    #[must_use]
    pub fn topics(&self, at: u32) -> Vec<Item> {
        self.targets(at, Relation::Topic).into_iter().take(MOST_TOPICS).map(|topic| self.item(topic)).collect()
    }
}

/// The name of a topic without its number.
fn without_number<'n>(name: &'n str, number: Option<&str>) -> &'n str {
    number.and_then(|number| name.strip_prefix(number)).map_or(name, str::trim_start)
}

/// An address as people type it: without what all addresses have in common.
fn identifier(text: &str) -> String {
    let bare = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare).trim_end_matches('/');
    bare.strip_prefix("github.com/").unwrap_or(bare).to_owned()
}
