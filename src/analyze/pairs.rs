//! What is alike because of what it shares.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::NamedNodeRef;

use super::{Cell, Claim, Report, Subnet, subnet::real};
use crate::{
    algorithm::{self, Pair},
    map::vocab,
    network::{Network, Relation},
};

/// Finds works that are cited together (Small, 1973), by at least so many.
#[must_use]
pub fn co_citation(subnet: &Subnet<'_>, at_least: u32) -> Report {
    let pairs = algorithm::cocitation(&subnet.edges, at_least);
    counted(subnet, ("co-citation", vocab::CO_CITED_WITH), "how many works cite both".to_owned(), pairs, at_least)
}

/// Finds works that cite the same (Kessler, 1963), at least so many.
#[must_use]
pub fn bibliographic_coupling(subnet: &Subnet<'_>, at_least: u32) -> Report {
    let pairs = algorithm::coupling(&subnet.edges, at_least);
    counted(subnet, ("coupling", vocab::COUPLED_WITH), "how many works both cite".to_owned(), pairs, at_least)
}

fn counted(
    subnet: &Subnet<'_>,
    (name, predicate): (&'static str, NamedNodeRef<'static>),
    method: String,
    mut pairs: Vec<Pair>,
    at_least: u32,
) -> Report {
    let network = subnet.network;
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.count), pair.first, pair.second));
    let row = |pair: &Pair| {
        let [first, second] = [pair.first, pair.second].map(|place| subnet.node(place));
        vec![
            Cell::Count(pair.count.into()),
            Cell::name(network, first),
            Cell::name(network, second),
            Cell::Node(first),
            Cell::Node(second),
        ]
    };
    let claim = |pair: &Pair| Claim::Pair {
        node: subnet.node(pair.first),
        predicate,
        other: subnet.node(pair.second),
        value: Cell::Count(pair.count.into()),
    };
    Report {
        name: name.to_owned(),
        method,
        parameters: vec![("at-least", at_least.to_string())],
        columns: vec!["count", "first", "second", "first_node", "second_node"],
        rows: pairs.iter().map(row).collect(),
        claims: pairs.iter().map(claim).collect(),
        notes: Vec::new(),
    }
}

/// Finds topics that have things in common, subtopics included; a topic and one below it always have, and are left out.
#[must_use]
pub fn topic_overlap(network: &Network, at_least: u32) -> Report {
    let above = ancestors(network);
    let mut members: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut topics_of: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (thing, topic) in network.pairs(Relation::Topic) {
        for topic in std::iter::once(topic).chain(above.get(&topic).into_iter().flatten().copied()) {
            members.entry(topic).or_default().insert(thing);
            topics_of.entry(thing).or_default().insert(topic);
        }
    }
    let is_above = |a: u32, b: u32| above.get(&b).is_some_and(|above| above.contains(&a));
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for topics in topics_of.values() {
        for first in topics {
            for second in
                topics.range(first + 1..).filter(|second| !is_above(*first, **second) && !is_above(**second, *first))
            {
                *shared.entry((*first, *second)).or_default() += 1;
            }
        }
    }
    let mut pairs: Vec<(u32, u32, u32, f64)> = shared
        .into_iter()
        .filter(|(_, count)| *count >= at_least)
        .map(|((first, second), count)| {
            let n_either = members[&first].len() + members[&second].len() - count as usize;
            (count, first, second, f64::from(count) / real(n_either))
        })
        .collect();
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then(b.3.total_cmp(&a.3)).then((a.1, a.2).cmp(&(b.1, b.2))));
    let row = |(count, first, second, jaccard): &(u32, u32, u32, f64)| {
        vec![
            Cell::Count((*count).into()),
            Cell::Real(*jaccard),
            Cell::name(network, *first),
            Cell::name(network, *second),
            Cell::Node(*first),
            Cell::Node(*second),
        ]
    };
    let claim = |(count, first, second, _): &(u32, u32, u32, f64)| Claim::Pair {
        node: *first,
        predicate: vocab::OVERLAPS_WITH,
        other: *second,
        value: Cell::Count((*count).into()),
    };
    Report {
        name: "topic-overlap".to_owned(),
        method: "how many things stand under both topics or topics below them; jaccard: their share of all that stand \
            under either"
            .to_owned(),
        parameters: vec![("at-least", at_least.to_string())],
        columns: vec!["count", "jaccard", "first", "second", "first_node", "second_node"],
        rows: pairs.iter().map(row).collect(),
        claims: pairs.iter().map(claim).collect(),
        notes: Vec::new(),
    }
}

/// For each topic all above it.
pub(super) fn ancestors(network: &Network) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut broader: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    network.pairs(Relation::Broader).for_each(|(narrow, broad)| broader.entry(narrow).or_default().push(broad));
    let mut above: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for topic in broader.keys() {
        let mut found = BTreeSet::new();
        let mut open = vec![*topic];
        while let Some(at) = open.pop() {
            open.extend(broader.get(&at).into_iter().flatten().filter(|broad| found.insert(**broad)));
        }
        found.remove(topic);
        above.insert(*topic, found);
    }
    above
}
