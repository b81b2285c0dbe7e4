//! What each source says of each thing, put together from all its entries about it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    people::People,
    things::{Grouping, MentionId},
    venues::Venues,
};
use crate::{
    id::RepoSlug,
    model::{Citation, Extraction, Kind, Label, Mention, PartialDate, Record, Thing, ThingIndex, normalise},
};

pub(super) fn of_source(
    source: usize,
    extraction: &Extraction,
    things: &[Thing],
    grouping: &Grouping,
    venues: &Venues,
    people: &People,
) -> Vec<Record> {
    let mut said: BTreeMap<ThingIndex, Vec<(usize, &Mention)>> = BTreeMap::new();
    for (at, entry) in extraction.entries.iter().enumerate() {
        for (mention_at, mention) in entry.mentions.iter().enumerate() {
            let thing = grouping.thing_of(MentionId { source, entry: at, mention: mention_at });
            said.entry(thing).or_default().push((at, mention));
        }
    }
    let record = |(thing, said): (ThingIndex, Vec<(usize, &Mention)>)| {
        let kind = things[thing].kind.kind;
        let mut record = record(thing, kind, &said, extraction);
        // The citation that says most; the others say the same of the same paper.
        let citation = said.iter().map(|(_, mention)| &mention.citation).max_by_key(|citation| n_fields(citation));
        if let Some(citation) = citation {
            record.authors = people.authors(thing, &citation.authors);
            record.et_al = citation.et_al;
            record.venue = citation.venue.as_deref().and_then(|name| venues.find(name));
            record.date = citation.date.or_else(|| PartialDate::new(citation.year?, None, None));
            record.volume.clone_from(&citation.volume);
            record.issue.clone_from(&citation.issue);
            record.pages.clone_from(&citation.pages);
        }
        record
    };
    said.into_iter().map(record).collect()
}

fn n_fields(citation: &Citation) -> usize {
    let parts = [
        citation.venue.is_some(),
        citation.year.is_some(),
        citation.volume.is_some(),
        citation.issue.is_some(),
        citation.pages.is_some(),
    ];
    citation.authors.len() + parts.into_iter().filter(|part| *part).count()
}

fn record(thing: ThingIndex, kind: Kind, said: &[(usize, &Mention)], extraction: &Extraction) -> Record {
    let mut names: BTreeSet<Label> = BTreeSet::new();
    let mut descriptions = BTreeSet::new();
    let mut record = Record {
        thing,
        entries: said.iter().map(|(entry, _)| *entry).collect::<BTreeSet<_>>().into_iter().collect(),
        name: said
            .iter()
            .map(|(_, mention)| *mention)
            .filter_map(|mention| called(mention, kind))
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, label)| label),
        other_names: BTreeSet::new(),
        descriptions: BTreeSet::new(),
        links: BTreeSet::new(),
        ids: crate::id::Identifiers::default(),
        authors: Vec::new(),
        et_al: false,
        venue: None,
        date: None,
        volume: None,
        issue: None,
        pages: None,
        topics: BTreeSet::new(),
        attributes: BTreeSet::new(),
    };
    for (entry, mention) in said {
        record.topics.extend(extraction.entries[*entry].topic);
        if let Some(details) = &mention.details {
            record.topics.extend(&details.topics);
            record.attributes.extend(details.attributes.iter().cloned());
        }
        record.ids.fill_from(mention.ids.clone());
        record.links.extend(mention.links.iter().map(|link| (link.role, link.url.clone(), link.text.clone())));
        names.insert(mention.title.clone());
        names.extend(mention.name.clone().map(plain));
        descriptions.extend(mention.description.clone());
        if kind != Kind::Paper {
            descriptions.extend(long_title(mention));
            let repository = mention.url().filter(|url| RepoSlug::is_root(url)).and_then(RepoSlug::from_url);
            names.extend(repository.map(|slug| plain(slug.name().to_owned())));
        }
    }
    let called = record.name.as_ref().map(|name| normalise(&name.text)).unwrap_or_default();
    let is_same = |label: &Label| record.name.as_ref().is_some_and(|name| name.text == label.text);
    // A name that differs in nothing but letter case is worth keeping only if a curator wrote it.
    names.retain(|label| {
        !label.text.is_empty()
            && !is_same(label)
            && (label.language.is_some()
                || normalise(&label.text) != called
                || said.iter().any(|(_, mention)| mention.title.text == label.text))
    });
    record.other_names = names;
    record.descriptions = descriptions;
    record
}

/// What a mention calls its thing, and how good a name that is.
fn called(mention: &Mention, kind: Kind) -> Option<(usize, Label)> {
    let short = mention.name.clone().filter(|_| kind != Kind::Paper).map(|name| (2, plain(name)));
    short.or_else(|| (!mention.title.text.is_empty()).then(|| (1, mention.title.clone())))
}

/// The part of the title that explains the name.
fn long_title(mention: &Mention) -> Option<Label> {
    let name = mention.name.as_deref()?;
    let rest = mention
        .title
        .text
        .strip_prefix(name)?
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–'))
        .trim();
    (!rest.is_empty()).then(|| Label { text: rest.to_owned(), language: mention.title.language })
}

fn plain(text: String) -> Label {
    Label { text, language: None }
}
