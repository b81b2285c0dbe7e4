//! Decides which entries speak of the same thing, who is who, and which tool implements which paper.
//!
//! A wrong link is worse than a missing one, so every step errs on the side of keeping things apart, and everything
//! that it infers carries its [`Evidence`](crate::model::Evidence).
//!
//! - `things`: mentions with a common identifier are one thing; the rules for titles and addresses are there.
//! - `people`: persons merge only where two papers share rare enough pairs of names.
//! - `pairs`: tools are linked to papers by name, title and owner of the repository.
//! - `records`: what each source says of each thing.
//!
//! The result does not depend on the order of the sources or of the entries: what is chosen is always the smallest,
//! the longest or the most frequent, never the first.

mod pairs;
mod people;
mod records;
mod things;
mod venues;

use crate::model::{Catalog, EntryThings, Extraction, Link, MentionRelation, Relation, SourceRecord, ThingIndex};
use things::{Grouping, MentionId};

/// Puts together what all sources say.
#[must_use]
pub fn resolve(mut extractions: Vec<Extraction>) -> Catalog {
    extractions.sort_by(|a, b| (a.source.kind, &a.source.key).cmp(&(b.source.kind, &b.source.key)));
    let grouping = things::group(&extractions);
    let venues = venues::collect(&extractions);
    let works = works(&extractions, &grouping);
    let people = people::collect(&extractions, &grouping, &works);
    let mut catalog = Catalog {
        things: grouping.things.clone(),
        venues: venues.venues.clone(),
        persons: people.persons.clone(),
        sources: Vec::new(),
    };
    for (source, extraction) in extractions.into_iter().enumerate() {
        let records = records::of_source(source, &extraction, &grouping, &venues, &people);
        let entry_things = entry_things(source, &extraction, &grouping);
        let mut links = stated_links(source, &extraction, &grouping);
        links.extend(grouping.versions.iter().filter(|(of, _)| *of == source).map(|(_, link)| link.clone()));
        catalog.sources.push(SourceRecord { extraction, entry_things, records, links });
    }
    pairs::link(&mut catalog, &works);
    for source in &mut catalog.sources {
        source.links.sort();
        source.links.dedup();
    }
    catalog
}

/// For every thing the first of the versions of the same work: a preprint and its article are one work.
fn works(extractions: &[Extraction], grouping: &Grouping) -> Vec<ThingIndex> {
    let mut union = petgraph::unionfind::UnionFind::new(grouping.things.len());
    let stated =
        extractions.iter().enumerate().flat_map(|(source, extraction)| stated_links(source, extraction, grouping));
    for link in stated
        .chain(grouping.versions.iter().map(|(_, link)| link.clone()))
        .filter(|link| link.relation == Relation::PreprintOf)
    {
        union.union(link.subject, link.object);
    }
    let labels: Vec<usize> = union.into_labeling();
    let mut first = vec![usize::MAX; labels.len()];
    for (thing, label) in labels.iter().enumerate() {
        first[*label] = first[*label].min(thing);
    }
    labels.into_iter().map(|label| first[label]).collect()
}

fn entry_things(source: usize, extraction: &Extraction, grouping: &Grouping) -> Vec<EntryThings> {
    let thing = |entry, mention| grouping.thing_of(MentionId { source, entry, mention });
    let of_entry = |(entry, count): (usize, usize)| EntryThings {
        main: thing(entry, 0),
        others: (1..count).map(|mention| thing(entry, mention)).collect(),
    };
    extraction.entries.iter().map(|entry| entry.mentions.len()).enumerate().map(of_entry).collect()
}

/// What the source itself says of two things: in one entry, or in a row of a table of facts.
fn stated_links(source: usize, extraction: &Extraction, grouping: &Grouping) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, entry) in extraction.entries.iter().enumerate() {
        for MentionRelation { subject, relation, object, evidence, confidence } in entry.relations.iter().copied() {
            let thing = |mention| grouping.thing_of(MentionId { source, entry: at, mention });
            links.push(Link {
                subject: thing(subject),
                relation,
                object: thing(object),
                evidence,
                confidence,
                entries: vec![at],
            });
        }
    }
    for (at, claim) in extraction.claims.iter().enumerate() {
        let (subject, object) = grouping.claimed(source, at);
        let confidence = things::confidence_of(claim.evidence);
        links.push(Link {
            subject,
            relation: claim.relation,
            object,
            evidence: claim.evidence,
            confidence,
            entries: vec![at],
        });
    }
    links.retain(|link| link.subject != link.object);
    links
}

#[cfg(test)]
mod tests;
