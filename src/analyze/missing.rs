//! What entries of a list build on, and the list does not name.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Claim, Report};
use crate::{
    map::vocab,
    network::{Network, Relation},
};

/// Finds works that at least so many entries cite and that no list has: of all lists, or of what stands under a topic.
///
/// A work whose preprint or article has an entry is not missing.
#[must_use]
pub fn missing(network: &Network, topic: Option<u32>, at_least: usize) -> Report {
    let listed: BTreeSet<u32> = network.pairs(Relation::Listed).map(|(thing, _)| thing).collect();
    let mut versions: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (preprint, article) in network.pairs(Relation::PreprintOf) {
        versions.entry(preprint).or_default().push(article);
        versions.entry(article).or_default().push(preprint);
    }
    let below = topic.map(|topic| network.below(topic));
    let mut topics_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    network.pairs(Relation::Topic).for_each(|(thing, topic)| topics_of.entry(thing).or_default().push(topic));
    let is_within = |citing: u32| {
        let topics = topics_of.get(&citing);
        listed.contains(&citing)
            && below
                .as_ref()
                .is_none_or(|below| topics.is_some_and(|topics| topics.iter().any(|topic| below[*topic as usize])))
    };
    let mut cited_by: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (citing, cited) in network.pairs(Relation::Cites).filter(|(citing, _)| is_within(*citing)) {
        cited_by.entry(cited).or_default().push(citing);
    }
    let is_missing = |work: u32| {
        let others = versions.get(&work).into_iter().flatten();
        std::iter::once(&work).chain(others).all(|version| !listed.contains(version))
    };
    let mut found: Vec<(u32, Vec<u32>)> =
        cited_by.into_iter().filter(|(work, by)| by.len() >= at_least && is_missing(*work)).collect();
    found.sort_by_key(|(work, by)| (std::cmp::Reverse(by.len()), *work));
    let row = |(work, by): &(u32, Vec<u32>)| {
        vec![
            Cell::count(by.len()),
            Cell::year(network, *work),
            Cell::name(network, *work),
            Cell::Text(sections(network, by, &topics_of)),
            Cell::Text(names(network, by)),
            Cell::Node(*work),
        ]
    };
    let claim = |(work, by): &(u32, Vec<u32>)| Claim::Value {
        node: *work,
        predicate: vocab::MISSING_FROM_LISTS,
        value: Cell::count(by.len()),
    };
    let place =
        topic.map_or_else(|| "the lists".to_owned(), |topic| format!("{:?}", network.nodes[topic as usize].label));
    let notes = if network.pairs(Relation::Cites).next().is_none() {
        vec!["no citations are known: amml-graph enrich asks for them".to_owned()]
    } else {
        Vec::new()
    };
    Report {
        name: "missing".to_owned(),
        method: format!("works that entries of {place} cite and that no list has"),
        parameters: vec![("at-least", at_least.to_string())],
        columns: vec!["cited_by", "year", "name", "sections", "entries", "node"],
        rows: found.iter().map(row).collect(),
        claims: found.iter().map(claim).collect(),
        notes,
    }
}

/// Under which topics the citing entries stand, and how many under each.
fn sections(network: &Network, entries: &[u32], topics_of: &BTreeMap<u32, Vec<u32>>) -> String {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let topics = entries.iter().filter_map(|entry| topics_of.get(entry)).flatten();
    topics.for_each(|topic| *counts.entry(*topic).or_default() += 1);
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(topic, count)| (std::cmp::Reverse(*count), *topic));
    let shown =
        counts.iter().take(3).map(|(topic, count)| format!("{} ({count})", network.nodes[*topic as usize].label));
    shown.collect::<Vec<_>>().join("; ")
}

fn names(network: &Network, entries: &[u32]) -> String {
    let shown: Vec<_> = entries.iter().take(3).map(|entry| network.nodes[*entry as usize].caption()).collect();
    let more = entries.len().saturating_sub(3);
    shown.join("; ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}
