//! Moving single nodes to the communities of their neighbors.

use rayon::prelude::*;

use super::{
    super::{csr::number, random::Random},
    level::{Level, Tally},
};

/// A move must gain more than this share of a node's strength, or rounding could move nodes round in circles.
const LEAST_GAIN: f64 = 1e-9;
/// The wish to be alone.
const ALONE: u32 = u32::MAX;
/// Levels with fewer nodes are worked on one node after the other.
const NODES_OF_BATCHES: usize = 1 << 14;
/// Large levels are cut into at least so many batches: with larger ones too many wishes are out of date.
const LEAST_BATCHES: usize = 256;
const LARGEST_BATCH: usize = 1 << 12;
/// So many neighboring nodes of a large level are looked at in turn, as their rows lie side by side in memory. With many
/// more, the order is too little random: the communities of some seeds are much worse.
const BLOCK: usize = 4;
/// On a large level, the last moves of one node in so many are left to the next round.
const NODES_OF_LAST_MOVES: usize = 30;

/// When to end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Until {
    /// Hardly any node moves that has reason to.
    NoneMoves,
    /// Looking at all nodes again adds less modularity than this. A node may have reason to move though no neighbor has
    /// moved, as communities have grown.
    GainBelow(f64),
}

/// Moves nodes to where they fit best until none fits better elsewhere, and numbers the communities anew; gives how many
/// there are, and the modularity gained.
///
/// After a move, only the neighbors outside the new community are looked at again ("fast local moving"). Of large levels,
/// nodes are taken in batches: what each wishes is found in parallel, then the wishes are met one after the other if they
/// still gain. So the result is the same on any number of threads, and no move makes it worse.
pub(super) fn move_nodes(
    level: &Level,
    labels: &mut [u32],
    resolution: f64,
    until: Until,
    random: &mut Random,
) -> (usize, f64) {
    let n_nodes = level.graph.n_nodes();
    let is_large = n_nodes >= NODES_OF_BATCHES;
    let (block, batch) = if is_large { (BLOCK, (n_nodes / LEAST_BATCHES).min(LARGEST_BATCH)) } else { (1, 1) };
    let most_left = if is_large { n_nodes / NODES_OF_LAST_MOVES } else { 0 };
    let order = blocks_in_random_order(n_nodes, block, random);
    let mut mover = Mover::new(level, labels, resolution, batch);
    let mut before = 0.0;
    loop {
        if mover.move_waiting(&order, batch) > most_left {
            continue;
        }
        match until {
            Until::GainBelow(least) if mover.gain - before >= least => before = mover.gain,
            _ => break,
        }
        mover.is_waiting.fill(true);
    }
    let gain = mover.gain;
    (renumber(labels), gain)
}

fn blocks_in_random_order(n_nodes: usize, block: usize, random: &mut Random) -> Vec<u32> {
    let mut blocks: Vec<u32> = (0..number(n_nodes.div_ceil(block))).collect();
    random.shuffle(&mut blocks);
    let nodes_of = |at: u32| (at as usize * block..(at as usize * block + block).min(n_nodes)).map(number);
    blocks.into_iter().flat_map(nodes_of).collect()
}

struct Mover<'g> {
    level: &'g Level<'g>,
    labels: &'g mut [u32],
    /// Of each community, the strengths of its nodes added up.
    strengths: Vec<f64>,
    /// Communities without nodes.
    empty: Vec<u32>,
    /// Which nodes are to be looked at.
    is_waiting: Vec<bool>,
    /// The resolution divided by that weight.
    by_chance: f64,
    /// The modularity gained so far.
    gain: f64,
    /// The weight of all edges twice.
    total: f64,
    /// Those of a batch.
    wishes: Vec<u32>,
    /// One for each thread.
    tallies: Vec<Tally>,
}

impl<'g> Mover<'g> {
    fn new(level: &'g Level<'g>, labels: &'g mut [u32], resolution: f64, batch: usize) -> Self {
        let n_nodes = level.graph.n_nodes();
        let mut strengths = vec![0.0; n_nodes];
        let mut is_empty = vec![true; n_nodes];
        for (label, strength) in labels.iter().zip(&level.graph.strengths) {
            strengths[*label as usize] += strength;
            is_empty[*label as usize] = false;
        }
        let empty = (0..number(n_nodes)).rev().filter(|label| is_empty[*label as usize]).collect();
        let total = level.graph.total().max(f64::MIN_POSITIVE);
        let n_tallies = if batch > 1 { rayon::current_num_threads() } else { 1 };
        Self {
            level,
            labels,
            strengths,
            empty,
            is_waiting: vec![true; n_nodes],
            by_chance: resolution / total,
            gain: 0.0,
            total,
            wishes: vec![0; batch],
            tallies: (0..n_tallies).map(|_| Tally::default()).collect(),
        }
    }

    /// Looks at all nodes that wait; gives how many moved.
    fn move_waiting(&mut self, order: &[u32], batch: usize) -> usize {
        let waiting: Vec<u32> = order.iter().copied().filter(|node| self.is_waiting[*node as usize]).collect();
        let mut n_moved = 0;
        for nodes in waiting.chunks(batch) {
            self.wish(nodes);
            for (at, node) in nodes.iter().enumerate() {
                n_moved += usize::from(self.fulfill(*node, self.wishes[at]));
            }
        }
        n_moved
    }

    /// Finds what each of the nodes wishes, and takes them from those that wait.
    fn wish(&mut self, nodes: &[u32]) {
        nodes.iter().for_each(|node| self.is_waiting[*node as usize] = false);
        let (mut wishes, mut tallies) = (std::mem::take(&mut self.wishes), std::mem::take(&mut self.tallies));
        let find = |(nodes, wishes, tally): (&[u32], &mut [u32], &mut Tally)| {
            for (node, wish) in nodes.iter().zip(wishes) {
                *wish = self.best(*node, tally);
            }
        };
        if let [tally] = &mut tallies[..] {
            find((nodes, &mut wishes, tally));
        } else {
            let piece = nodes.len().div_ceil(tallies.len());
            (nodes.par_chunks(piece), wishes.par_chunks_mut(piece), &mut tallies).into_par_iter().for_each(find);
        }
        (self.wishes, self.tallies) = (wishes, tallies);
    }

    /// Gives the community where the node fits best.
    fn best(&self, node: u32, tally: &mut Tally) -> u32 {
        let own = self.labels[node as usize];
        let strength = self.level.graph.strengths[node as usize];
        let chance = self.by_chance * strength;
        tally.begin(self.level.degree(node));
        self.level.each(node, |other, weight| tally.add(self.labels[other as usize], weight));
        let stay = tally.of(own) - chance * (self.strengths[own as usize] - strength);
        let mut best = (stay + LEAST_GAIN * strength, own);
        tally.drain(|label, joined| {
            if label != own {
                let gain = joined - chance * self.strengths[label as usize];
                if gain > best.0 {
                    best = (gain, label);
                }
            }
        });
        // Alone it gains nothing, which is better than a loss.
        if best.1 == own && stay < -LEAST_GAIN * strength { ALONE } else { best.1 }
    }

    /// Moves the node if that still gains; says whether it did.
    fn fulfill(&mut self, node: u32, wish: u32) -> bool {
        let own = self.labels[node as usize];
        if wish == own {
            return false;
        }
        let strength = self.level.graph.strengths[node as usize];
        let (mut joined, mut joined_there) = (0.0, 0.0);
        self.level.each(node, |other, weight| {
            let label = self.labels[other as usize];
            joined += if label == own { weight } else { 0.0 };
            joined_there += if label == wish { weight } else { 0.0 };
        });
        let chance = self.by_chance * strength;
        let stay = joined - chance * (self.strengths[own as usize] - strength);
        let gain = self.strengths.get(wish as usize).map_or(0.0, |sum| joined_there - chance * sum);
        if gain <= stay + LEAST_GAIN * strength {
            self.is_waiting[node as usize] = true;
            return false;
        }
        let chosen = if wish == ALONE { self.empty.pop().unwrap_or(own) } else { wish };
        if chosen == own {
            return false;
        }
        self.gain += 2.0 * (gain - stay) / self.total;
        self.strengths[own as usize] -= strength;
        self.strengths[chosen as usize] += strength;
        self.labels[node as usize] = chosen;
        let Self { level, labels, is_waiting, .. } = self;
        level.each(node, |other, _| is_waiting[other as usize] |= labels[other as usize] != chosen);
        true
    }
}

/// Numbers labels from 0 in the order of their first nodes; gives how many there are.
fn renumber(labels: &mut [u32]) -> usize {
    const NONE: u32 = u32::MAX;
    let mut numbers = vec![NONE; labels.len()];
    let mut count = 0;
    for label in labels {
        let known = &mut numbers[*label as usize];
        if *known == NONE {
            *known = number(count);
            count += 1;
        }
        *label = *known;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{super::super::weighted::Weighted, *};

    #[test]
    fn moves_never_make_it_worse() {
        let mut random = Random::of_part(3, 0);
        let edges: Vec<(u32, u32, f64)> = (0..200).map(|_| (random.below(60), random.below(60), 1.0)).collect();
        let graph = Weighted::from_edges(60, &edges);
        let mut labels: Vec<u32> = (0..60).collect();
        let mut before = super::super::modularity(&graph, &labels, 1.0);
        for _ in 0..5 {
            let (count, gain) = move_nodes(&Level::of(&graph), &mut labels, 1.0, Until::NoneMoves, &mut random);
            let after = super::super::modularity(&graph, &labels, 1.0);
            assert!((after - before - gain).abs() < 1e-9 && gain >= 0.0 && count < 30);
            before = after;
        }
        assert!(before > 0.25, "{before}");
    }
}
