//! Lists that are no independent witnesses of what they name.
//!
//! Files of one repository are by the same people. A translation or a fork names mostly the same things: where two lists
//! have at least two fifths of all that either names in common, and five things or more, one was made from the other, or
//! both from a third. Such lists count as one, under the smallest of their keys; which of them came first is not known.

use std::collections::HashMap;

use petgraph::unionfind::UnionFind;

use super::things::Grouping;
use crate::{
    id::RepoSlug,
    model::{Confidence, Evidence, Extraction, Kinship, SourceKind, ThingIndex},
};

/// A thing that more lists than this name says nothing of any two of them.
const MOST_LISTS: usize = 50;
/// So many things in common are no chance.
const FEWEST_COMMON: usize = 5;
/// How much of all that two lists name both must name, in hundredths.
const MOSTLY: usize = 40;

/// How many things the lists name, and how many any two of them name both.
pub(super) struct Shared {
    n_things: Vec<usize>,
    n_common: HashMap<(usize, usize), usize>,
}

impl Shared {
    pub(super) fn of(extractions: &[Extraction], grouping: &Grouping) -> Self {
        let mut n_things = vec![0; extractions.len()];
        let mut named: Vec<(ThingIndex, usize)> = Vec::new();
        for (source, extraction) in lists(extractions) {
            let mut things: Vec<ThingIndex> =
                (0..extraction.entries.len()).map(|entry| grouping.main_thing(source, entry)).collect();
            things.sort_unstable();
            things.dedup();
            n_things[source] = things.len();
            named.extend(things.into_iter().map(|thing| (thing, source)));
        }
        named.sort_unstable();
        let mut n_common: HashMap<(usize, usize), usize> = HashMap::new();
        for same in named.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=MOST_LISTS).contains(&same.len())) {
            for (position, (_, a)) in same.iter().enumerate() {
                for (_, b) in &same[position + 1..] {
                    *n_common.entry((*a, *b)).or_default() += 1;
                }
            }
        }
        Self { n_things, n_common }
    }

    /// How many things the two lists have in common.
    pub(super) fn n_common(&self, a: usize, b: usize) -> usize {
        self.n_common.get(&(a.min(b), a.max(b))).copied().unwrap_or(0)
    }

    /// How many things the list names.
    pub(super) fn n_things(&self, source: usize) -> usize {
        self.n_things[source]
    }
}

/// For each source the list that it counts with, if it is not the first of its kin.
pub(super) fn kinships(extractions: &[Extraction], shared: &Shared) -> Vec<Option<Kinship>> {
    let mut kin: Vec<(usize, usize, Evidence, Confidence)> = same_repository(extractions);
    kin.extend(common_entries(shared));
    let mut union = UnionFind::new(extractions.len());
    for (a, b, ..) in &kin {
        union.union(*a, *b);
    }
    let labels: Vec<usize> = union.into_labeling();
    let mut first = vec![usize::MAX; extractions.len()];
    for (source, label) in labels.iter().enumerate() {
        first[*label] = first[*label].min(source);
    }
    let mut kinships = vec![None; extractions.len()];
    for (source, (evidence, confidence)) in kin
        .into_iter()
        .flat_map(|(a, b, evidence, confidence)| [(a, (evidence, confidence)), (b, (evidence, confidence))])
    {
        let with = first[labels[source]];
        if with != source && kinships[source].is_none() {
            kinships[source] = Some(Kinship { with, evidence, confidence });
        }
    }
    kinships
}

fn lists(extractions: &[Extraction]) -> impl Iterator<Item = (usize, &Extraction)> {
    extractions.iter().enumerate().filter(|(_, extraction)| extraction.source.kind == SourceKind::List)
}

fn same_repository(extractions: &[Extraction]) -> Vec<(usize, usize, Evidence, Confidence)> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for (source, extraction) in lists(extractions) {
        let Some(repository) = extraction.source.address.as_ref().and_then(RepoSlug::from_url) else { continue };
        let before = *first.entry(repository.to_string()).or_insert(source);
        if before != source {
            found.push((before, source, Evidence::SameRepository, Confidence::percent(100)));
        }
    }
    found
}

fn common_entries(shared: &Shared) -> Vec<(usize, usize, Evidence, Confidence)> {
    let share = |(&(a, b), &common): (&(usize, usize), &usize)| {
        let hundredths = 100 * common / (shared.n_things[a] + shared.n_things[b] - common);
        let is_kin = common >= FEWEST_COMMON && hundredths >= MOSTLY;
        let confidence = Confidence::percent(u8::try_from(hundredths).unwrap_or(100));
        is_kin.then_some((a, b, Evidence::CommonEntries, confidence))
    };
    let mut found: Vec<_> = shared.n_common.iter().filter_map(share).collect();
    found.sort_unstable();
    found
}
