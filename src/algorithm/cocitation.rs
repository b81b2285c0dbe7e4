//! Works cited together, and works that cite the same.

use rayon::prelude::*;

use super::csr::{Csr, even_ranges};

/// Two nodes and how many neighbors they share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The smaller number.
    pub first: u32,
    /// The greater number.
    pub second: u32,
    /// How many works cite both, or how many references they share.
    pub count: u32,
}

/// A row longer than this is not read for each of its nodes, if the threshold allows that.
const LONG_ROW: usize = 64;

/// Counts for each two cited works how many works cite both (Small 1973), and gives those with `at_least` that many,
/// sorted. Takes the graph from citing to cited works; 0 is read as 1.
///
/// Exact. The work is that of all pairs of references, less what cannot reach the threshold: works cited too seldom are
/// left out first, and of the lists in which a work is cited, the `at_least - 1` longest are looked into only for works that
/// share another one with it (prefix filtering: Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007).
#[must_use]
pub fn cocitation(citing: &Csr, at_least: u32) -> Vec<Pair> {
    pairs(citing, &citing.reversed(), at_least.max(1))
}

/// Counts for each two citing works how many references they share (bibliographic coupling, Kessler 1963), and gives
/// those with `at_least` that many, sorted. Takes the graph from citing to cited works; 0 is read as 1.
#[must_use]
pub fn coupling(citing: &Csr, at_least: u32) -> Vec<Pair> {
    pairs(&citing.reversed(), citing, at_least.max(1))
}

/// Pairs that occur together in at least so many rows, if `columns` says in which rows each occurs.
fn pairs(rows: &Csr, columns: &Csr, at_least: u32) -> Vec<Pair> {
    let filtered = without_rare(rows, columns, at_least);
    let rows = filtered.as_ref().unwrap_or(rows);
    let counter = Counter { rows, columns, at_least };
    let parts: Vec<Vec<Pair>> = even_ranges(columns.n_nodes())
        .into_par_iter()
        .map_init(
            || (vec![0; columns.n_nodes()], Vec::new()),
            |(counts, touched), range| {
                let mut found = Vec::new();
                range.for_each(|first| counter.count(first, counts, touched, &mut found));
                found
            },
        )
        .collect();
    parts.concat()
}

/// The rows without what occurs too seldom to be in a pair; none if that is little.
fn without_rare(rows: &Csr, columns: &Csr, at_least: u32) -> Option<Csr> {
    let is_common: Vec<bool> = columns.nodes().map(|node| columns.degree(node) >= at_least as usize).collect();
    let n_kept = rows.targets.iter().filter(|node| is_common[**node as usize]).count();
    if n_kept > rows.n_edges() / 10 * 9 {
        return None;
    }
    let mut targets = Vec::with_capacity(n_kept);
    let mut offsets = Vec::with_capacity(rows.offsets.len());
    offsets.push(0);
    for node in rows.nodes() {
        targets.extend(rows.row(node).iter().filter(|node| is_common[**node as usize]));
        offsets.push(targets.len());
    }
    Some(Csr { offsets, targets })
}

struct Counter<'g> {
    rows: &'g Csr,
    columns: &'g Csr,
    at_least: u32,
}

impl Counter<'_> {
    /// Adds the pairs of which this is the first. The counts are all 0 before and after.
    fn count(&self, first: u32, counts: &mut [u32], touched: &mut Vec<u32>, found: &mut Vec<Pair>) {
        let of_first = self.columns.row(first);
        if of_first.len() < self.at_least as usize {
            return;
        }
        let has_long = self.at_least > 1 && of_first.iter().any(|row| self.rows.degree(*row) > LONG_ROW);
        if has_long {
            self.count_shortest_first(first, counts, touched);
        } else {
            of_first.iter().for_each(|row| add_later(self.rows.row(*row), first, counts, touched));
        }
        touched.retain(|second| {
            let is_pair = counts[*second as usize] >= self.at_least;
            if !is_pair {
                counts[*second as usize] = 0;
            }
            is_pair
        });
        touched.sort_unstable();
        for second in touched.drain(..) {
            let count = std::mem::take(&mut counts[second as usize]);
            found.push(Pair { first, second, count });
        }
    }

    /// What does not occur in the shorter rows cannot reach the threshold in the longest ones alone.
    fn count_shortest_first(&self, first: u32, counts: &mut [u32], touched: &mut Vec<u32>) {
        let mut rows = self.columns.row(first).to_vec();
        rows.sort_unstable_by_key(|row| (self.rows.degree(*row), *row));
        let (short, long) = rows.split_at(rows.len() + 1 - self.at_least as usize);
        short.iter().for_each(|row| add_later(self.rows.row(*row), first, counts, touched));
        for row in long {
            let row = self.rows.row(*row);
            if touched.len() * row.len().ilog2() as usize > row.len() {
                for second in later(row, first) {
                    counts[*second as usize] += u32::from(counts[*second as usize] > 0);
                }
            } else {
                for second in touched.iter().filter(|second| row.binary_search(second).is_ok()) {
                    counts[*second as usize] += 1;
                }
            }
        }
    }
}

/// The nodes of a sorted row behind this one, from the end: the way there is never longer than what is wanted.
fn later(row: &[u32], first: u32) -> impl Iterator<Item = &u32> {
    row.iter().rev().take_while(move |second| **second > first)
}

fn add_later(row: &[u32], first: u32, counts: &mut [u32], touched: &mut Vec<u32>) {
    for second in later(row, first) {
        let count = &mut counts[*second as usize];
        if *count == 0 {
            touched.push(*second);
        }
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{csr::tests::random_graphs, random::Random};
    use super::*;

    fn by_definition(citing: &Csr, at_least: u32) -> Vec<Pair> {
        let mut counts = BTreeMap::new();
        for row in citing.nodes().map(|node| citing.row(node)) {
            for (at, first) in row.iter().enumerate() {
                row[at + 1..].iter().for_each(|second| *counts.entry((*first, *second)).or_insert(0) += 1);
            }
        }
        let enough = counts.into_iter().filter(|(_, count)| *count >= at_least);
        enough.map(|((first, second), count)| Pair { first, second, count }).collect()
    }

    /// Some works cite nearly everything.
    fn with_long_lists() -> Csr {
        let mut random = Random::of_part(4, 0);
        let mut edges = Vec::new();
        for citing in 0..300 {
            let n_references = if citing % 30 == 0 { 200 } else { 8 };
            edges.extend((0..n_references).map(|_| (citing, random.below(20) * random.below(15))));
        }
        Csr::from_edges(300, &edges)
    }

    #[test]
    fn as_defined() {
        for graph in random_graphs(150).chain([with_long_lists()]) {
            for at_least in 1..6 {
                assert_eq!(cocitation(&graph, at_least), by_definition(&graph, at_least));
                assert_eq!(coupling(&graph, at_least), by_definition(&graph.reversed(), at_least));
            }
            assert_eq!(cocitation(&graph, 0), cocitation(&graph, 1));
            assert!(cocitation(&graph, u32::MAX).is_empty());
        }
    }
}
