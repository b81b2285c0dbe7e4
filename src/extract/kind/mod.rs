//! What kind of thing an entry is about, from the strongest evidence there is.
//!
//! An address that only papers, repositories or packages have is as good as a statement. A citation is, too. Words in
//! the title and in the heading above are guesses, and so is what most entries under the same heading are.
//!
//! - `words`: which kind the words of a heading, a title, a description name.
//! - `address`: which kind an address alone shows.

mod address;
mod words;

use std::collections::BTreeMap;

use super::entry::RawEntry;
use crate::{
    id::RepoSlug,
    model::{Confidence, Evidence, Kind, KindGuess, LinkRole, Topic},
};
pub(super) use address::kind_of_address;
use words::{is_about_data, is_awesome, is_event, kind_of_description, kind_of_list, kind_of_title, kind_of_topic};
pub(super) use words::{names_things, of_heading, of_words, stated};

const CERTAIN: Confidence = Confidence::percent(100);

/// Finds the kind of every entry. Those that nothing speaks for take the kind of their siblings.
pub(super) fn settle(entries: &[RawEntry], topics: &[Topic], list_title: Option<&str>) -> Vec<KindGuess> {
    let by_topic: Vec<Option<Kind>> = topics.iter().map(kind_of_topic).collect();
    let of_list = list_title.and_then(kind_of_list);
    let is_about_data: Vec<bool> =
        topics.iter().map(|topic| topic.labels.iter().any(|label| is_about_data(&label.text))).collect();
    let of_software = topics_of_software(entries, topics.len());
    let guess = |entry: &RawEntry| {
        let is_kept = |at: usize| !(is_about_data[at] && entry.topic.is_some_and(|topic| of_software[topic]));
        let topic = nearest(entry.topic, topics, &by_topic).filter(|(at, _)| is_kept(*at));
        let is_weak = topic.is_some_and(|(at, _)| is_about_data[at]);
        Clues { is_weak, ..Clues::of(entry, topic.map(|(_, kind)| kind), of_list) }.guess()
    };
    let guesses: Vec<Option<KindGuess>> = entries.iter().map(guess).collect();
    let mut siblings: BTreeMap<Option<usize>, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for (entry, guess) in entries.iter().zip(&guesses) {
        if let Some(guess) = guess {
            siblings.entry(entry.topic).or_default().add(guess.kind);
            all.add(guess.kind);
        }
    }
    let settled = |entry: &RawEntry| {
        let near = siblings.get(&entry.topic).and_then(|tally| tally.majority(2, 3));
        by_siblings(entry, near.or_else(|| all.majority(1, 2)))
    };
    entries.iter().zip(guesses).map(|(entry, guess)| guess.unwrap_or_else(|| settled(entry))).collect()
}

/// The topics whose entries are mostly code: under `Databases` they are not data.
fn topics_of_software(entries: &[RawEntry], n_topics: usize) -> Vec<bool> {
    let mut counts = vec![(0_usize, 0_usize); n_topics];
    for entry in entries {
        let Some(count) = entry.topic.and_then(|topic| counts.get_mut(topic)) else { continue };
        count.0 += usize::from(entry.url.as_ref().and_then(kind_of_address) == Some(Kind::Tool));
        count.1 += 1;
    }
    counts.into_iter().map(|(software, all)| 2 * software >= all && software > 0).collect()
}

/// How many things of each kind there are.
#[derive(Default)]
struct Tally(BTreeMap<Kind, usize>);

impl Tally {
    fn add(&mut self, kind: Kind) {
        *self.0.entry(kind).or_default() += 1;
    }

    /// The kind that has at least a part of all.
    fn majority(&self, part: usize, whole: usize) -> Option<Kind> {
        let total: usize = self.0.values().sum();
        self.0.iter().find(|(_, count)| **count >= 2 && **count * whole >= total * part).map(|(kind, _)| *kind)
    }
}

/// A name is what its siblings are; a sentence is a page to read.
fn by_siblings(entry: &RawEntry, majority: Option<Kind>) -> KindGuess {
    let is_named = is_name(entry.title());
    match majority.filter(|kind| *kind != Kind::Paper && (is_named || !kind.is_software())) {
        Some(kind) => KindGuess { kind, evidence: Evidence::KindBySiblings, confidence: Confidence::percent(60) },
        None => {
            let kind = if is_named && entry.url.is_some() { Kind::Tool } else { Kind::Article };
            KindGuess { kind, evidence: Evidence::KindByDefault, confidence: Confidence::percent(40) }
        }
    }
}

/// All that speaks for the kind of one entry.
struct Clues<'e> {
    entry: &'e RawEntry,
    /// The title is a name, and no sentence.
    is_named: bool,
    /// The kind that the head of the column, or else the heading, names.
    heading: Option<Kind>,
    /// The heading speaks of data, which may mean software for it.
    is_weak: bool,
    /// The kind that the title of the list names.
    list: Option<Kind>,
    title: Option<Kind>,
    description: Option<Kind>,
}

impl<'e> Clues<'e> {
    fn of(entry: &'e RawEntry, topic: Option<Kind>, list: Option<Kind>) -> Self {
        Self {
            entry,
            is_named: is_name(entry.title()),
            heading: entry.kind.or(topic),
            is_weak: false,
            list,
            title: kind_of_title(entry.title()).map(|kind| {
                let is_data = entry.kind == Some(Kind::Dataset);
                if kind == Kind::Competition && is_data { Kind::Dataset } else { kind }
            }),
            description: kind_of_description(&entry.description),
        }
    }

    fn guess(&self) -> Option<KindGuess> {
        if let Some(kind) = self.entry.stated {
            return Some(KindGuess { kind, evidence: Evidence::KindByTopic, confidence: Confidence::percent(95) });
        }
        let by_address = self.entry.url.as_ref().and_then(kind_of_address);
        if let Some(kind) = by_address {
            return Some(self.refine(kind));
        }
        let guess = |kind: Kind, evidence: Evidence, percent: u8| KindGuess {
            kind,
            evidence,
            confidence: Confidence::percent(percent),
        };
        if self.title == Some(Kind::Competition) && self.entry.kind.is_none() {
            return Some(guess(Kind::Competition, Evidence::KindByTitle, 80));
        }
        if self.heading.or(self.list) == Some(Kind::Dataset) && self.entry.url.is_none() && self.has(&[LinkRole::Data])
        {
            return Some(guess(Kind::Dataset, Evidence::KindByTopic, 75));
        }
        let named = self.heading.filter(|kind| self.is_named && *kind != Kind::Paper);
        if let Some(kind) = named.filter(|kind| !kind.is_software() || self.entry.kind.is_some()) {
            return Some(guess(kind, Evidence::KindByTopic, 85));
        }
        let is_of_works = !self.is_weak
            && matches!(self.heading, Some(Kind::Book | Kind::Dataset | Kind::Competition | Kind::Course));
        let is_of_another = self.is_named
            && (self.entry.is_cited_apart
                || self.leads_to_software()
                    && self.entry.citation.authors.is_empty()
                    && self.entry.citation.venue.is_none());
        if self.is_cited() && !is_of_works && !is_of_another {
            return Some(guess(Kind::Paper, Evidence::KindByCitation, 95));
        }
        let title = self.title.map(|kind| guess(kind, Evidence::KindByTitle, 80));
        let heading = self.heading.map(|kind| guess(kind, Evidence::KindByTopic, 80));
        let description = self.description.map(|kind| guess(kind, Evidence::KindByDescription, 70));
        let list = self
            .list
            .filter(|kind| self.is_named == (*kind != Kind::Paper))
            .map(|kind| guess(kind, Evidence::KindByTopic, 60));
        title
            .or_else(|| self.by_links())
            .or(description.filter(|_| heading.is_none()))
            .or(heading)
            .or(description)
            .or(list)
    }

    /// Authors with a place or an identifier, or a place with its year.
    fn is_cited(&self) -> bool {
        let citation = &self.entry.citation;
        !citation.authors.is_empty()
            && (citation.venue.is_some() || citation.year.is_some() || !citation.ids.is_empty())
            || citation.venue.is_some() && citation.year.is_some()
            || !citation.ids.is_empty() && self.entry.url.is_none()
    }

    fn has(&self, roles: &[LinkRole]) -> bool {
        self.entry.links.iter().any(|link| roles.contains(&link.role))
    }

    fn leads_to_software(&self) -> bool {
        self.has(&[LinkRole::Code, LinkRole::Package, LinkRole::Weights])
    }

    /// What the labelled links of an entry without an address of its own say: a sentence with a paper's link is a paper, a
    /// name with a repository a tool.
    fn by_links(&self) -> Option<KindGuess> {
        if self.entry.url.is_some() {
            let is_software =
                self.is_named && self.leads_to_software() && !matches!(self.heading.or(self.list), Some(Kind::Dataset));
            return is_software.then(|| KindGuess {
                kind: Kind::Tool,
                evidence: Evidence::KindByLinks,
                confidence: Confidence::percent(75),
            });
        }
        let has_paper = self.has(&[LinkRole::Paper, LinkRole::Pdf]);
        let software = if self.heading == Some(Kind::Model) || self.heading.is_none() && self.list == Some(Kind::Model)
        {
            Kind::Model
        } else {
            Kind::Tool
        };
        let kind = match self.heading.or(self.list) {
            Some(Kind::Dataset) => Kind::Dataset,
            Some(kind) if self.is_named && kind.is_software() => kind,
            _ if has_paper && !(self.is_named && is_coined(self.entry.title())) => Kind::Paper,
            _ if self.has(&[LinkRole::Data]) && !self.has(&[LinkRole::Package, LinkRole::Weights]) => Kind::Dataset,
            _ if self.leads_to_software() => software,
            _ if has_paper && self.heading != Some(Kind::Paper) && self.list != Some(Kind::Paper) => software,
            _ if has_paper => Kind::Paper,
            _ if self.has(&[LinkRole::Data]) => Kind::Dataset,
            _ => return None,
        };
        Some(KindGuess { kind, evidence: Evidence::KindByLinks, confidence: Confidence::percent(75) })
    }

    /// A repository may hold a list, a dataset, a course, a model: the title, the heading and the description say so.
    fn refine(&self, kind: Kind) -> KindGuess {
        let sure = KindGuess { kind, evidence: Evidence::KindByAddress, confidence: CERTAIN };
        let guess = |kind: Kind, evidence: Evidence, percent: u8| KindGuess {
            kind,
            evidence,
            confidence: Confidence::percent(percent),
        };
        if kind == Kind::Paper
            && self.is_named
            && self.heading.is_some_and(|kind| kind != Kind::Paper)
            && self.entry.kind.is_some()
        {
            return guess(self.heading.unwrap_or(kind), Evidence::KindByTopic, 75);
        }
        if is_event(self.entry.title()) && self.entry.kind.is_none() && kind != Kind::Paper {
            return guess(Kind::Competition, Evidence::KindByTitle, 75);
        }
        let is_product = |kind: Kind| matches!(kind, Kind::Dataset | Kind::Tool | Kind::Model);
        if let Some(product) =
            self.heading.filter(|heading| kind == Kind::Paper && is_product(*heading) && !self.is_weak)
            && is_coined(self.entry.title())
            && self.entry.title().split(' ').count() == 1
        {
            return guess(product, Evidence::KindByTopic, 70);
        }
        if kind == Kind::Competition && self.heading.or(self.list) == Some(Kind::Dataset) {
            return guess(Kind::Dataset, Evidence::KindByTopic, 70);
        }
        if kind != Kind::Tool {
            return sure;
        }
        let slug = self.entry.url.as_ref().and_then(RepoSlug::from_url);
        if self.title == Some(Kind::List) || slug.is_some_and(|slug| is_awesome(slug.name())) {
            return guess(Kind::List, Evidence::KindByTitle, 90);
        }
        let holds = |kind: &Kind| {
            matches!(
                kind,
                Kind::Dataset | Kind::Course | Kind::Competition | Kind::Book | Kind::List | Kind::Model | Kind::Paper
            )
        };
        if let Some(kind) =
            self.heading.filter(|_| !self.is_weak).filter(holds).filter(|kind| *kind != Kind::Paper || !self.is_named)
        {
            return guess(kind, Evidence::KindByTopic, 75);
        }
        if self.description == Some(Kind::Tool) {
            return sure;
        }
        let held = self
            .title
            .or(self.description)
            .filter(|kind| matches!(kind, Kind::Dataset | Kind::Course | Kind::Book | Kind::List));
        if let Some(kind) = held {
            return guess(kind, Evidence::KindByDescription, 70);
        }
        let list = self.list.filter(|kind| self.heading.is_none() && matches!(kind, Kind::Dataset | Kind::Model));
        list.map_or(sure, |kind| guess(kind, Evidence::KindByTopic, 60))
    }
}

/// Whether a name is coined for one thing: one or two words, or one that is written as no ordinary word is.
pub(super) fn is_coined(name: &str) -> bool {
    let is_odd = |word: &str| word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    let is_short = |part: &str| part.split_whitespace().count() <= 2;
    name.split('/').flat_map(|part| part.split(" and ")).all(is_short) || name.split_whitespace().any(is_odd)
}

/// Whether a title is a name, and not a sentence: few words, and none of those that join sentences.
pub(super) fn is_name(title: &str) -> bool {
    const JOINING: [&str; 14] =
        ["a", "an", "the", "for", "with", "using", "via", "by", "from", "in", "on", "towards", "based", "of"];
    const MOST_WORDS: usize = 4;
    const MOST_HAN: usize = 12;
    let words: Vec<&str> = title.split_whitespace().collect();
    let is_joined = words.len() > 2 && words.iter().any(|word| JOINING.contains(&word.to_ascii_lowercase().as_str()));
    let n_han = title.chars().filter(|c| crate::model::is_han(*c)).count();
    words.len() <= MOST_WORDS && !is_joined && n_han <= MOST_HAN && !title.contains(": ")
}

/// The kind that the innermost heading names, else the one above it.
fn nearest(topic: Option<usize>, topics: &[Topic], by_topic: &[Option<Kind>]) -> Option<(usize, Kind)> {
    std::iter::successors(topic, |at| topics[*at].parent).find_map(|at| by_topic[at].map(|kind| (at, kind)))
}
