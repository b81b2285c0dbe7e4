//! Splitting communities into parts that are well joined inside.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    super::{
        components::{Labels, grouped},
        csr::number,
        random::Random,
    },
    level::{Level, Tally},
};

/// Splits each community into parts: nodes well joined to their community are merged, one after the other, with the part
/// that gains most, if both it and they are well joined to the rest of the community.
///
/// The parts are numbered one community after the other, so that the next level has neighbors close together.
pub(super) fn refine(level: &Level, labels: &[u32], count: usize, resolution: f64, seed: u64) -> Labels {
    let (nodes, starts) = grouped(labels, count);
    let mut places = vec![0; nodes.len()];
    for (place, node) in nodes.iter().enumerate() {
        places[*node as usize] = number(place);
    }
    let by_chance = resolution / level.graph.total().max(f64::MIN_POSITIVE);
    let refiner = Refiner { level, places: &places, by_chance, seed };
    let refined: Vec<(Vec<u32>, usize)> = (0..count)
        .into_par_iter()
        .with_min_len((count / 256).max(1))
        .map_init(Scratch::default, |scratch, label| refiner.split(&nodes, starts[label]..starts[label + 1], scratch))
        .collect();
    let mut of = vec![0; nodes.len()];
    let mut before = 0;
    let mut at = nodes.iter();
    for (parts, count) in refined {
        for (part, node) in parts.into_iter().zip(at.by_ref()) {
            of[*node as usize] = number(before) + part;
        }
        before += count;
    }
    Labels { of, count: before }
}

struct Refiner<'g> {
    level: &'g Level<'g>,
    /// The place of each node when they are sorted by community.
    places: &'g [u32],
    by_chance: f64,
    seed: u64,
}

/// A part of a community under work.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    strength: f64,
    /// The weight that joins it to the rest of the community.
    cut: f64,
    n_nodes: u32,
}

#[derive(Default)]
struct Scratch {
    parts: Vec<Part>,
    of: Vec<u32>,
    order: Vec<u32>,
    /// The edges between members, by their places.
    ends: Vec<usize>,
    neighbors: Vec<(u32, f64)>,
    tally: Tally,
}

impl Refiner<'_> {
    /// Gives the part of each member, and how many parts there are.
    fn split(&self, nodes: &[u32], range: Range<usize>, scratch: &mut Scratch) -> (Vec<u32>, usize) {
        if range.len() == 1 {
            return (vec![0], 1);
        }
        self.begin(&nodes[range.clone()], number(range.start), scratch);
        let whole: f64 = scratch.parts.iter().map(|part| part.strength).sum();
        let Scratch { parts, of, order, ends, neighbors, tally } = scratch;
        let is_well_joined = |part: &Part| part.cut >= self.by_chance * part.strength * (whole - part.strength);
        for place in order.iter() {
            let own = of[*place as usize];
            let alone = parts[own as usize];
            if alone.n_nodes != 1 || !is_well_joined(&alone) {
                continue;
            }
            let row = &neighbors[ends[*place as usize]..ends[*place as usize + 1]];
            tally.begin(row.len());
            row.iter().for_each(|(other, weight)| tally.add(of[*other as usize], *weight));
            let mut best = (0.0, own, 0.0);
            tally.drain(|label, joined| {
                let part = &parts[label as usize];
                let gain = joined - self.by_chance * alone.strength * part.strength;
                if gain > best.0 && is_well_joined(part) {
                    best = (gain, label, joined);
                }
            });
            let (_, chosen, joined) = best;
            if chosen != own {
                let part = &mut parts[chosen as usize];
                part.strength += alone.strength;
                part.cut += alone.cut - 2.0 * joined;
                part.n_nodes += 1;
                parts[own as usize].n_nodes = 0;
                of[*place as usize] = chosen;
            }
        }
        number_parts(of)
    }

    /// Makes each member a part of its own.
    fn begin(&self, members: &[u32], first: u32, scratch: &mut Scratch) {
        let Scratch { parts, of, order, ends, neighbors, .. } = scratch;
        parts.clear();
        ends.clear();
        ends.push(0);
        let n_members = number(members.len());
        let mut n_neighbors = 0;
        for node in members {
            let most = n_neighbors + self.level.degree(*node) + 1;
            if neighbors.len() < most {
                neighbors.resize(2 * most, (0, 0.0));
            }
            let mut cut = 0.0;
            self.level.each(*node, |other, weight| {
                let place = self.places[other as usize].wrapping_sub(first);
                let is_inside = place < n_members;
                // Without a branch, as that would be hard to foresee.
                neighbors[n_neighbors] = (place, weight);
                n_neighbors += usize::from(is_inside);
                cut += if is_inside { weight } else { 0.0 };
            });
            ends.push(n_neighbors);
            parts.push(Part { strength: self.level.graph.strengths[*node as usize], cut, n_nodes: 1 });
        }
        of.clear();
        of.extend(0..number(members.len()));
        order.clone_from(of);
        Random::of_part(self.seed, u64::from(members[0])).shuffle(order);
    }
}

fn number_parts(of: &[u32]) -> (Vec<u32>, usize) {
    const NONE: u32 = u32::MAX;
    let mut numbers = vec![NONE; of.len()];
    let mut count = 0;
    let numbered = of.iter().map(|part| {
        let known = &mut numbers[*part as usize];
        if *known == NONE {
            *known = number(count);
            count += 1;
        }
        *known
    });
    (numbered.collect(), count)
}

#[cfg(test)]
mod tests {
    use super::super::super::weighted::Weighted;
    use super::*;

    #[test]
    fn pieces_of_a_community_that_nothing_joins_are_parted() {
        let graph = Weighted::from_edges(6, &[(0, 1, 1.0), (2, 3, 1.0), (4, 5, 1.0), (1, 4, 0.01)]);
        let parts = refine(&Level::of(&graph), &[0, 0, 0, 0, 1, 1], 2, 1.0, 9);
        assert_eq!(parts, Labels { of: vec![0, 0, 1, 1, 2, 2], count: 3 });
    }

    #[test]
    fn parts_never_reach_over_communities() {
        let mut random = Random::of_part(8, 0);
        let edges: Vec<(u32, u32, f64)> = (0..300).map(|_| (random.below(80), random.below(80), 1.0)).collect();
        let graph = Weighted::from_edges(80, &edges);
        let labels: Vec<u32> = (0..80).map(|_| random.below(4)).collect();
        let parts = refine(&Level::of(&graph), &labels, 4, 1.0, 1);
        assert!(parts.count > 4 && parts.count < 80);
        for (a, b) in (0..80).zip(1..80) {
            assert!(parts.of[a] != parts.of[b] || labels[a] == labels[b]);
        }
    }
}
