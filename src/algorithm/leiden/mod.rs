//! Communities by the Leiden algorithm, and how good they are.

mod aggregate;
mod level;
mod moves;
mod refine;

use rayon::prelude::*;

use self::{
    aggregate::aggregate,
    level::Level,
    moves::{Until, move_nodes},
    refine::refine,
};
use super::{components::Labels, csr::number, random::Random, weighted::Weighted};

/// How [`leiden`] is to work.
#[derive(Debug, Clone)]
pub struct LeidenOptions {
    /// The greater, the more and smaller communities. 1 is Newman's modularity.
    pub resolution: f64,
    /// Of the order in which nodes are looked at.
    pub seed: u64,
    /// The most rounds, each beginning with what the one before found.
    pub max_iterations: usize,
    /// How often small graphs are begun anew with another seed, at most; the best is kept.
    pub trials: usize,
}

impl Default for LeidenOptions {
    fn default() -> Self {
        Self { resolution: 1.0, seed: 1, max_iterations: 30, trials: 16 }
    }
}

/// What [`leiden`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of each node. The largest is 0; of those of one size that with the smallest node comes first.
    pub of: Vec<u32>,
    /// How many communities there are.
    pub count: usize,
    /// What [`modularity`] says of them.
    pub modularity: f64,
}

/// Graphs with more edges than this are not begun anew: there, one trial is as good as the next.
const MOST_EDGES_OF_TRIALS: usize = 60_000;
/// All trials together look at about so many edges, so that they take about as long on a graph of any size.
const EDGES_OF_TRIALS: usize = 200_000;
/// On those, a round that adds less modularity than this is the last: what more rounds add is little for their time.
const LEAST_GAIN: f64 = 1e-4;
/// On those, moves on one level that add less modularity than this show that its nodes are settled.
const LEAST_GAIN_OF_LEVEL: f64 = 2e-4;

/// Finds communities: parts of the graph with more weight inside than chance would put there, each of them connected.
///
/// The Leiden algorithm (Traag, Waltman, van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected
/// communities") for modularity with a resolution. The same graph, options and seed give the same communities on any
/// number of threads.
#[must_use]
pub fn leiden(graph: &Weighted, options: &LeidenOptions) -> Communities {
    let is_small = graph.n_edges() <= MOST_EDGES_OF_TRIALS;
    let most_trials = if is_small { EDGES_OF_TRIALS / graph.n_edges().max(1) } else { 1 };
    let n_trials = options.trials.min(most_trials).max(1);
    let resolution = if options.resolution.is_finite() { options.resolution.max(0.0) } else { 1.0 };
    let found: Vec<Communities> = (0..n_trials as u64)
        .into_par_iter()
        .map(|trial| {
            let mut search = Search { graph, resolution, random: Random::of_part(options.seed, trial), is_small };
            search.run(options.max_iterations.max(1))
        })
        .collect();
    // The first of the best.
    let best = found.into_iter().reduce(|best, other| if other.modularity > best.modularity { other } else { best });
    best.unwrap_or(Communities { of: Vec::new(), count: 0, modularity: 0.0 })
}

/// One trial.
struct Search<'g> {
    graph: &'g Weighted,
    resolution: f64,
    random: Random,
    /// Whether time is no matter.
    is_small: bool,
}

impl Search<'_> {
    fn run(&mut self, max_iterations: usize) -> Communities {
        let least_gain = if self.is_small { 1e-9 } else { LEAST_GAIN };
        let mut labels: Vec<u32> = self.graph.nodes().collect();
        let mut best = f64::NEG_INFINITY;
        for iteration in 0..max_iterations {
            let (next, modularity) = self.iterate(labels.clone(), iteration == 0);
            let gain = modularity - best;
            if gain > 0.0 {
                (labels, best) = (next, modularity);
            }
            if gain <= least_gain {
                break;
            }
        }
        let Labels { of, count } = Labels::by_size(labels, self.graph.n_nodes());
        let modularity = modularity(self.graph, &of, self.resolution);
        Communities { of, count, modularity }
    }

    /// Moves nodes, then groups of nodes, then groups of groups, until nothing moves; gives also the modularity.
    fn iterate(&mut self, mut labels: Vec<u32>, is_first: bool) -> (Vec<u32>, f64) {
        // The graph of the level above the first, and the node of it that each node has become.
        let mut above: Option<(Weighted, Vec<u32>)> = None;
        loop {
            let level = Level::of(above.as_ref().map_or(self.graph, |(graph, _)| graph));
            let until = if self.is_small || is_first || above.is_some() {
                Until::NoneMoves
            } else {
                Until::GainBelow(LEAST_GAIN_OF_LEVEL)
            };
            let (count, gain) = move_nodes(&level, &mut labels, self.resolution, until, &mut self.random);
            let parts = if self.is_small || gain >= LEAST_GAIN_OF_LEVEL {
                refine(&level, &labels, count, self.resolution, self.random.next())
            } else {
                // Parts between these nodes and whole communities would add as little, but whole communities may still
                // be merged.
                connected(level.graph, &labels)
            };
            if parts.count == level.graph.n_nodes() {
                break;
            }
            let (next, of_parts) = aggregate(&level, &parts, &labels);
            let of_nodes = above.map_or_else(|| parts.of.clone(), |(_, of_nodes)| through(&of_nodes, &parts.of));
            above = Some((next, of_nodes));
            labels = of_parts;
        }
        // The nodes of a level above are connected, so which communities are can be seen there.
        let graph = above.as_ref().map_or(self.graph, |(graph, _)| graph);
        let labels = connected(graph, &labels).of;
        let modularity = modularity(graph, &labels, self.resolution);
        (above.map_or_else(|| labels.clone(), |(_, of_nodes)| through(&of_nodes, &labels)), modularity)
    }
}

/// What has become of what each has become.
fn through(first: &[u32], second: &[u32]) -> Vec<u32> {
    first.iter().map(|at| second[*at as usize]).collect()
}

/// Computes the modularity of a partition (Newman, Girvan 2004; with a resolution: Reichardt, Bornholdt 2006): the share
/// of weight inside the parts less the resolution times what chance would put there.
///
/// Each node needs a label, of any value; a node without one is a part of its own. 0 if the graph has no edges.
#[must_use]
pub fn modularity(graph: &Weighted, of: &[u32], resolution: f64) -> f64 {
    let total = graph.total();
    if total == 0.0 {
        return 0.0;
    }
    let labels = dense(of, graph.n_nodes());
    let mut sums = vec![0.0; graph.n_nodes()];
    let mut inside = 0.0;
    for node in graph.nodes() {
        let own = labels[node as usize];
        sums[own as usize] += graph.strength(node);
        inside += 2.0 * graph.loops[node as usize];
        inside +=
            graph.row(node).filter(|(other, _)| labels[*other as usize] == own).map(|(_, weight)| weight).sum::<f64>();
    }
    let by_chance: f64 = sums.iter().map(|sum| (sum / total).powi(2)).sum();
    inside / total - resolution * by_chance
}

/// The labels as numbers below that of the nodes.
fn dense(of: &[u32], n_nodes: usize) -> Vec<u32> {
    let known = &of[..of.len().min(n_nodes)];
    if known.len() == n_nodes && known.iter().all(|label| (*label as usize) < n_nodes) {
        return known.to_vec();
    }
    let mut distinct = known.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let number_of = |label: &u32| number(distinct.binary_search(label).unwrap_or_default());
    let alone = number(distinct.len())..;
    known.iter().map(number_of).chain(alone).take(n_nodes).collect()
}

/// The connected pieces of each part. A part in pieces is better as its pieces, whatever the resolution.
fn connected(graph: &Weighted, labels: &[u32]) -> Labels {
    const NONE: u32 = u32::MAX;
    let mut of = vec![NONE; labels.len()];
    let mut count = 0;
    let mut waiting = Vec::new();
    for start in graph.nodes() {
        if of[start as usize] != NONE {
            continue;
        }
        of[start as usize] = count;
        waiting.push(start);
        while let Some(node) = waiting.pop() {
            for (other, _) in graph.row(node) {
                if of[other as usize] == NONE && labels[other as usize] == labels[node as usize] {
                    of[other as usize] = count;
                    waiting.push(other);
                }
            }
        }
        count += 1;
    }
    Labels::by_size(of, count as usize)
}

#[cfg(test)]
mod tests {
    use super::super::csr::{Csr, tests::random_graphs};
    use super::*;

    fn graph(n_nodes: usize, edges: &[(u32, u32)]) -> Weighted {
        Weighted::from(&Csr::from_edges(n_nodes, edges))
    }

    /// The greatest modularity of all partitions, by trying them.
    fn best_of_all(graph: &Weighted, labels: &mut Vec<u32>) -> f64 {
        if labels.len() == graph.n_nodes() {
            return modularity(graph, labels, 1.0);
        }
        let n_labels = labels.iter().max().map_or(0, |most| most + 1);
        let mut best = f64::NEG_INFINITY;
        for label in 0..=n_labels {
            labels.push(label);
            best = best.max(best_of_all(graph, labels));
            labels.pop();
        }
        best
    }

    #[test]
    fn two_triangles_joined_by_an_edge() {
        let graph = graph(7, &[(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)]);
        let found = leiden(&graph, &LeidenOptions::default());
        assert_eq!((found.of, found.count), (vec![0, 0, 0, 1, 1, 1, 2], 3));
        assert!((found.modularity - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
    }

    #[test]
    fn nearly_always_the_best_of_all_partitions() {
        let (mut n_graphs, mut n_best) = (0, 0);
        for directed in random_graphs(150).filter(|graph| graph.n_nodes() <= 8) {
            let graph = Weighted::from(&directed);
            let found = leiden(&graph, &LeidenOptions::default());
            let best = best_of_all(&graph, &mut Vec::new());
            assert!(found.modularity >= best - 0.05, "{} instead of {best}: {directed:?}", found.modularity);
            n_graphs += 1;
            n_best += usize::from(found.modularity >= best - 1e-9);
        }
        assert!(n_best * 100 >= n_graphs * 95, "{n_best} of {n_graphs}");
    }

    #[test]
    fn communities_are_connected_and_the_same_on_one_thread() {
        // The second is worked on in batches.
        for (n_nodes, n_edges, least) in [(3000, 6000, 0.55), (20_000, 210_000, 0.18)] {
            let graph = Weighted::from(&super::super::csr::tests::large(n_nodes, n_edges));
            let found = leiden(&graph, &LeidenOptions::default());
            assert_eq!(connected(&graph, &found.of), Labels { of: found.of.clone(), count: found.count });
            let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
            assert_eq!(alone.install(|| leiden(&graph, &LeidenOptions::default())), found);
            assert!(found.modularity > least, "{}", found.modularity);
        }
    }

    #[test]
    fn loops_weights_and_resolution_count() {
        let weighted = Weighted::from_edges(3, &[(0, 1, 2.0), (1, 2, 1.0), (0, 0, 1.0)]);
        // Strengths 4, 3, 1 of 8 in all; inside: 2 * 2 and the loop twice.
        let expected = 6.0 / 8.0 - 0.5 * ((7.0_f64 / 8.0).powi(2) + (1.0_f64 / 8.0).powi(2));
        assert!((modularity(&weighted, &[900, 900, 4], 0.5) - expected).abs() < 1e-12);
        let fine = leiden(&weighted, &LeidenOptions { resolution: 50.0, ..Default::default() });
        let coarse = leiden(&weighted, &LeidenOptions { resolution: 0.0, ..Default::default() });
        assert_eq!((fine.count, coarse.count), (3, 1));
    }

    #[test]
    fn strange_input_does_no_harm() {
        let empty = leiden(&graph(0, &[]), &LeidenOptions::default());
        assert_eq!((empty.count, empty.modularity), (0, 0.0));
        let options = LeidenOptions { resolution: f64::NAN, max_iterations: 0, trials: 0, ..Default::default() };
        assert_eq!(leiden(&graph(3, &[]), &options).of, [0, 1, 2]);
        assert_eq!(modularity(&graph(2, &[(0, 1)]), &[], 1.0), -0.5);
    }
}
