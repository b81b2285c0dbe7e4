//! Decides which entries speak of the same thing, who is who, and which tool implements which paper.
//!
//! A wrong link is worse than a missing one, so every step errs on the side of keeping things apart, and everything
//! that it infers carries its [`Evidence`].
//!
//! - `decisions`: what persons decided; it stands above all rules.
//! - `things`: mentions with a common identifier are one thing; the rules for addresses are there, those for titles of
//!   papers in `titles`, those for names of tools in `names`. Each merge is kept, so that it can be taken back.
//! - `people`: persons merge only where two papers share rare enough pairs of names.
//! - `pairs`: tools are linked to papers by name, title and owner of the repository.
//! - `both_ways`: a repository and a paper that name each other.
//! - `topics`: topics of two lists that say the same, across languages, too.
//! - `lists`: lists that are no independent witnesses: translations, forks, files of one repository.
//! - `scope`: what of a service's answers concerns the things that others name.
//! - `citations`: who cites whom, as services say.
//! - `records`: what each source says of each thing.
//!
//! The result does not depend on the order of the sources or of the entries: what is chosen is always the smallest,
//! the longest or the most frequent, never the first.

mod both_ways;
mod citations;
mod decisions;
mod groups;
mod lists;
mod names;
mod nodes;
mod pairs;
mod parts;
mod people;
mod records;
mod scope;
mod things;
mod titles;
mod topics;
mod venues;

use std::collections::BTreeSet;

use crate::model::{
    Catalog, Confidence, EntryThings, Evidence, Extraction, Link, MentionRelation, Relation, Ruling, SourceKind,
    SourceRecord, ThingIndex,
};
use decisions::Decisions;
use lists::Shared;
use things::{Grouping, MentionId};

/// Puts together what all sources say.
#[must_use]
pub fn resolve(mut extractions: Vec<Extraction>) -> Catalog {
    extractions.sort_by(|a, b| (a.source.kind, &a.source.key).cmp(&(b.source.kind, &b.source.key)));
    scope::retain_known(&mut extractions);
    let (mut grouping, mut decisions) = things::group(&extractions);
    let venues = venues::collect(&extractions);
    let works = works(&extractions, &grouping);
    let people = people::collect(&extractions, &grouping, &works, &mut decisions);
    let shared = Shared::of(&extractions, &grouping);
    let topics = topics::relate(&extractions, &grouping, &shared, &mut decisions);
    let kinships = lists::kinships(&extractions, &shared);
    let mut rulings = Rulings::of(&decisions, &grouping, &works);
    let cited = citations::Works::of(&extractions, &grouping);
    let notices = decisions.into_notices();
    let mut versions = by_source(extractions.len(), std::mem::take(&mut grouping.versions)).into_iter();
    let mut merges = by_source(extractions.len(), std::mem::take(&mut grouping.merges)).into_iter();
    let mut topics = by_source(extractions.len(), topics).into_iter();
    let mut catalog = Catalog {
        things: std::mem::take(&mut grouping.things),
        venues: venues.venues.clone(),
        persons: people.persons.clone(),
        sources: Vec::with_capacity(extractions.len()),
    };
    for (source, (mut extraction, kinship)) in extractions.into_iter().zip(kinships).enumerate() {
        let records = records::of_source(source, &extraction, &catalog.things, &grouping, &venues, &people);
        let entry_things = entry_things(source, &extraction, &grouping);
        let mut links = stated_links(source, &extraction, &grouping);
        links.extend(versions.next().unwrap_or_default());
        links.extend(cited.links(source, &extraction, &grouping));
        links.retain(|link| !rulings.refuse(link, &works));
        let is_decisions = extraction.source.kind == SourceKind::Decisions;
        if is_decisions {
            links.extend(rulings.links.iter().cloned());
            extraction.notices.extend(notices.iter().cloned());
        }
        catalog.sources.push(SourceRecord {
            extraction,
            entry_things,
            records,
            links,
            merges: merges.next().unwrap_or_default(),
            matches: topics.next().unwrap_or_default(),
            kinship,
            decided: if is_decisions { std::mem::take(&mut rulings.things) } else { Vec::new() },
        });
    }
    pairs::link(&mut catalog, &works, &rulings);
    both_ways::link(&mut catalog, &works);
    for source in &mut catalog.sources {
        let links = std::mem::take(&mut source.links);
        source.links = if source.extraction.claims.is_empty() { coalesced(links) } else { sorted(links) };
    }
    catalog
}

fn sorted(mut links: Vec<Link>) -> Vec<Link> {
    links.sort();
    links.dedup();
    links
}

/// What several entries of a source say of two things for the same reason, as one link with the best confidence. Each row of
/// a table of facts stands for itself.
fn coalesced(links: Vec<Link>) -> Vec<Link> {
    let mut links = sorted(links);
    let what = |link: &Link| (link.subject, link.relation, link.object, link.evidence);
    links.dedup_by(|next, kept| {
        let is_same = what(next) == what(kept);
        if is_same {
            // They are sorted by confidence, and the last is the best.
            (kept.confidence, kept.grade) = (next.confidence, next.grade);
            kept.entries.append(&mut next.entries);
            kept.entries.sort_unstable();
            kept.entries.dedup();
        }
        is_same
    });
    links
}

fn by_source<T>(n_sources: usize, all: Vec<(usize, T)>) -> Vec<Vec<T>> {
    let mut sorted: Vec<Vec<T>> = (0..n_sources).map(|_| Vec::new()).collect();
    for (source, one) in all {
        sorted[source].push(one);
    }
    sorted
}

/// What was decided of tools and papers.
struct Rulings {
    /// Links that there are.
    links: Vec<Link>,
    /// Tools and works that there is no link between.
    refused: BTreeSet<(ThingIndex, ThingIndex)>,
    /// For each decision the things that it names.
    things: Vec<Vec<ThingIndex>>,
}

impl Rulings {
    fn of(decisions: &Decisions<'_>, grouping: &Grouping, works: &[ThingIndex]) -> Self {
        let all = |named: &Vec<Vec<ThingIndex>>| {
            named.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
        };
        let things = grouping.decided.iter().map(all).collect();
        let mut rulings = Self { links: Vec::new(), refused: BTreeSet::new(), things };
        for (at, decision) in decisions.all.iter().enumerate() {
            let is_link = match decision.ruling {
                Ruling::Implements(..) => true,
                Ruling::NotImplements(..) => false,
                _ => continue,
            };
            let [tools, papers] = [0, 1].map(|side| &grouping.decided[at][side]);
            for (&subject, &object) in tools.iter().flat_map(|tool| papers.iter().map(move |paper| (tool, paper))) {
                if !is_link {
                    rulings.refused.insert((subject, works[object]));
                } else if subject != object {
                    let (evidence, confidence) = (Evidence::Decision, Confidence::percent(100));
                    let relation = Relation::Implements;
                    let entries = vec![at];
                    rulings.links.push(Link { subject, relation, object, evidence, confidence, grade: None, entries });
                }
            }
        }
        rulings
    }

    fn refuse(&self, link: &Link, works: &[ThingIndex]) -> bool {
        link.relation == Relation::Implements && self.refused.contains(&(link.subject, works[link.object]))
    }
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
        for MentionRelation { subject, relation, object, evidence, confidence, grade } in
            entry.relations.iter().copied()
        {
            let thing = |mention| grouping.thing_of(MentionId { source, entry: at, mention });
            links.push(Link {
                subject: thing(subject),
                relation,
                object: thing(object),
                evidence,
                confidence,
                grade,
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
            grade: None,
            entries: vec![at],
        });
    }
    links.retain(|link| link.subject != link.object);
    links
}

#[cfg(test)]
mod tests;
