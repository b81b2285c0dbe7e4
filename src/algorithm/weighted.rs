//! An undirected graph with weights.

use super::csr::{Csr, add_up, number};

/// An undirected graph with weighted edges: for each node, numbered from 0, its neighbors and how strongly they are
/// joined, and the weight of its loop.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighted {
    pub(super) offsets: Vec<usize>,
    pub(super) neighbors: Vec<u32>,
    pub(super) weights: Vec<f64>,
    /// The weight of the loop of each node.
    pub(super) loops: Vec<f64>,
    /// The sum of the weights of the edges of each node, where a loop counts twice.
    pub(super) strengths: Vec<f64>,
}

impl Weighted {
    /// The graph with that many nodes and these undirected edges.
    ///
    /// Weights of edges given more than once, in either direction, are added. Edges of nodes that are not there, and
    /// weights that are no positive finite numbers, are left out.
    #[must_use]
    pub fn from_edges(n_nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let n_nodes = n_nodes.min(u32::MAX as usize);
        let is_good =
            |(a, b, weight): &&(u32, u32, f64)| (*a.max(b) as usize) < n_nodes && *weight > 0.0 && weight.is_finite();
        let mut places = vec![0; n_nodes + 1];
        let mut loops = vec![0.0; n_nodes];
        for (a, b, weight) in edges.iter().filter(is_good) {
            if a == b {
                loops[*a as usize] += weight;
            } else {
                places[*a as usize + 1] += 1;
                places[*b as usize + 1] += 1;
            }
        }
        add_up(&mut places);
        let starts = places.clone();
        let mut entries = vec![(0, 0.0); starts[n_nodes]];
        for (a, b, weight) in edges.iter().filter(is_good).filter(|(a, b, _)| a != b) {
            for (from, to) in [(*a, *b), (*b, *a)] {
                let place = &mut places[from as usize];
                entries[*place] = (to, *weight);
                *place += 1;
            }
        }
        Self::from_rows(&starts, &mut entries, loops)
    }

    /// The graph with these rows, in which a neighbor may occur more than once.
    fn from_rows(starts: &[usize], entries: &mut [(u32, f64)], loops: Vec<f64>) -> Self {
        let mut offsets = vec![0];
        let mut neighbors: Vec<u32> = Vec::with_capacity(entries.len());
        let mut weights: Vec<f64> = Vec::with_capacity(entries.len());
        for range in starts.windows(2) {
            let row = &mut entries[range[0]..range[1]];
            // Also by weight, so that sums do not depend on the order in which edges were given.
            row.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            for same in row.chunk_by(|a, b| a.0 == b.0) {
                neighbors.push(same[0].0);
                weights.push(same.iter().map(|(_, weight)| weight).sum());
            }
            offsets.push(neighbors.len());
        }
        Self::from_parts(offsets, neighbors, weights, loops)
    }

    pub(super) fn from_parts(offsets: Vec<usize>, neighbors: Vec<u32>, weights: Vec<f64>, loops: Vec<f64>) -> Self {
        let sum_of = |ends: &[usize]| weights[ends[0]..ends[1]].iter().sum::<f64>();
        let strengths = offsets.windows(2).zip(&loops).map(|(ends, of_loop)| sum_of(ends) + 2.0 * of_loop).collect();
        Self { offsets, neighbors, weights, loops, strengths }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.loops.len()
    }

    /// How many edges there are, each counted once, without loops.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.neighbors.len() / 2
    }

    /// The numbers of the nodes.
    pub(super) fn nodes(&self) -> std::ops::Range<u32> {
        0..number(self.n_nodes())
    }

    /// The neighbors of a node with the weights of the edges to them; none if there is no such node.
    pub fn row(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + Clone {
        let node = node as usize;
        let range = if node < self.n_nodes() { self.offsets[node]..self.offsets[node + 1] } else { 0..0 };
        self.neighbors[range.clone()].iter().copied().zip(self.weights[range].iter().copied())
    }

    /// The sum of the weights of a node's edges, where a loop counts twice; 0 if there is no such node.
    #[must_use]
    pub fn strength(&self, node: u32) -> f64 {
        self.strengths.get(node as usize).copied().unwrap_or(0.0)
    }

    /// Twice the weight of all edges and loops.
    pub(super) fn total(&self) -> f64 {
        self.strengths.iter().sum()
    }
}

impl From<&Csr> for Weighted {
    /// Takes the edges of a directed graph as undirected, each pair of joined nodes with the weight 1, without loops.
    fn from(graph: &Csr) -> Self {
        let Csr { offsets, targets } = graph.symmetric();
        let weights = vec![1.0; targets.len()];
        let loops = vec![0.0; offsets.len() - 1];
        Self::from_parts(offsets, targets, weights, loops)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_added_up_in_both_directions() {
        let edges = [(0, 1, 1.0), (1, 0, 2.0), (2, 2, 4.0), (1, 2, 0.5), (1, 9, 1.0), (0, 2, f64::NAN), (0, 2, -1.0)];
        let graph = Weighted::from_edges(3, &edges);
        assert_eq!(graph.row(1).collect::<Vec<_>>(), [(0, 3.0), (2, 0.5)]);
        assert_eq!((graph.n_nodes(), graph.n_edges(), graph.strength(2)), (3, 2, 8.5));
        assert_eq!(graph.total(), 2.0 * 7.5);
        assert_eq!((graph.row(7).count(), graph.strength(7)), (0, 0.0));
    }

    #[test]
    fn of_a_directed_graph_each_pair_counts_once() {
        let graph = Weighted::from(&Csr::from_edges(3, &[(0, 1), (1, 0), (1, 1), (2, 1)]));
        assert_eq!(graph, Weighted::from_edges(3, &[(0, 1, 1.0), (1, 2, 1.0)]));
        assert_eq!(Weighted::from_edges(0, &[]).total(), 0.0);
    }
}
