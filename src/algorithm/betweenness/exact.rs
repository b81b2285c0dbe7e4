//! All shortest paths.

use rayon::prelude::*;

use super::super::csr::{Csr, number};

/// Into how many parts the sources are divided: always the same, so that sums are, too.
const N_PARTS: u32 = 16;

/// The exact scores.
pub(super) fn scores(symmetric: &Csr) -> Vec<f64> {
    let n_nodes = symmetric.n_nodes();
    let parts: Vec<Vec<f64>> = (0..N_PARTS)
        .into_par_iter()
        .map(|part| {
            let mut search = Search::new(symmetric);
            (part..number(n_nodes)).step_by(N_PARTS as usize).for_each(|source| search.add(source));
            search.sums
        })
        .collect();
    let mut scores = vec![0.0; n_nodes];
    for part in parts {
        scores.iter_mut().zip(part).for_each(|(score, sum)| *score += sum);
    }
    // Each pair was seen from both ends.
    let n_pairs = n_nodes.saturating_sub(1) as f64 * n_nodes.saturating_sub(2) as f64;
    scores.iter_mut().for_each(|score| *score /= n_pairs.max(1.0));
    scores
}

/// Paths from one source after the other.
struct Search<'g> {
    graph: &'g Csr,
    sums: Vec<f64>,
    distances: Vec<u32>,
    /// How many shortest paths lead to each node, divided by the scale of its level.
    n_paths: Vec<f64>,
    shares: Vec<f64>,
    /// The nodes reached, by distance.
    order: Vec<u32>,
}

const FAR: u32 = u32::MAX;
/// Where more shortest paths than this lead to a node, the counts are divided by it, or they could overflow.
const MANY: f64 = 1e140;

impl<'g> Search<'g> {
    fn new(graph: &'g Csr) -> Self {
        let n_nodes = graph.n_nodes();
        Self {
            graph,
            sums: vec![0.0; n_nodes],
            distances: vec![FAR; n_nodes],
            n_paths: vec![0.0; n_nodes],
            shares: vec![0.0; n_nodes],
            order: Vec::new(),
        }
    }

    fn add(&mut self, source: u32) {
        let levels = self.walk(source);
        for (range, scale) in levels.iter().rev() {
            for at in range.clone() {
                self.hand_back(self.order[at], *scale);
            }
        }
        for node in self.order.drain(..) {
            if node != source {
                self.sums[node as usize] += self.shares[node as usize];
            }
            self.distances[node as usize] = FAR;
            self.n_paths[node as usize] = 0.0;
            self.shares[node as usize] = 0.0;
        }
    }

    /// Counts the shortest paths; gives where in the order each level is, and by what its counts were divided.
    fn walk(&mut self, source: u32) -> Vec<(std::ops::Range<usize>, f64)> {
        self.distances[source as usize] = 0;
        self.n_paths[source as usize] = 1.0;
        self.order.push(source);
        let mut levels = Vec::new();
        let (mut start, mut scale, mut distance) = (0, 1.0, 0);
        while start < self.order.len() {
            let range = start..self.order.len();
            start = range.end;
            levels.push((range.clone(), scale));
            distance += 1;
            for at in range {
                self.step(self.order[at], distance);
            }
            let reached = &self.order[start..];
            let most = reached.iter().map(|node| self.n_paths[*node as usize]).fold(0.0, f64::max);
            scale = if most > MANY { MANY } else { 1.0 };
            if scale > 1.0 {
                reached.iter().for_each(|node| self.n_paths[*node as usize] /= scale);
            }
        }
        levels
    }

    fn step(&mut self, node: u32, distance: u32) {
        for neighbor in self.graph.row(node) {
            let at = *neighbor as usize;
            if self.distances[at] == FAR {
                self.distances[at] = distance;
                self.order.push(*neighbor);
            }
            if self.distances[at] == distance {
                self.n_paths[at] += self.n_paths[node as usize];
            }
        }
    }

    /// Hands the share of paths that end in or run through a node back to the nodes before it.
    fn hand_back(&mut self, node: u32, scale: f64) {
        let at = node as usize;
        let of_path = (1.0 + self.shares[at]) / self.n_paths[at] / scale;
        let before = self.distances[at].wrapping_sub(1);
        for neighbor in self.graph.row(node) {
            if self.distances[*neighbor as usize] == before {
                self.shares[*neighbor as usize] += self.n_paths[*neighbor as usize] * of_path;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::csr::tests::random_graphs;
    use super::*;

    fn distances(graph: &Csr, source: u32) -> Vec<Option<usize>> {
        let length = |to| super::super::super::paths::shortest_path(graph, source, to).map(|path| path.len() - 1);
        graph.nodes().map(length).collect()
    }

    /// How many shortest paths there are, from distances alone.
    fn count(graph: &Csr, all: &[Vec<Option<usize>>], from: u32, to: u32) -> f64 {
        if from == to {
            return 1.0;
        }
        let Some(distance) = all[from as usize][to as usize] else { return 0.0 };
        let before = graph.row(to).iter().filter(|node| all[from as usize][**node as usize] == Some(distance - 1));
        before.map(|node| count(graph, all, from, *node)).sum()
    }

    fn by_definition(graph: &Csr) -> Vec<f64> {
        let all: Vec<_> = graph.nodes().map(|source| distances(graph, source)).collect();
        let n_nodes = graph.n_nodes() as f64;
        let share = |node: u32, from: u32, to: u32| {
            let (Some(whole), Some(a), Some(b)) =
                (all[from as usize][to as usize], all[from as usize][node as usize], all[node as usize][to as usize])
            else {
                return 0.0;
            };
            let is_on_path = a + b == whole && node != from && node != to && from != to;
            let through =
                || count(graph, &all, from, node) * count(graph, &all, node, to) / count(graph, &all, from, to);
            if is_on_path { through() } else { 0.0 }
        };
        let sum = |node| {
            let pairs = graph.nodes().flat_map(|from| graph.nodes().map(move |to| (from, to)));
            pairs.map(|(from, to)| share(node, from, to)).sum::<f64>()
        };
        graph.nodes().map(|node| sum(node) / ((n_nodes - 1.0) * (n_nodes - 2.0)).max(1.0)).collect()
    }

    #[test]
    fn as_defined() {
        for graph in random_graphs(120).map(|graph| graph.symmetric()) {
            for (found, expected) in scores(&graph).into_iter().zip(by_definition(&graph)) {
                assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
            }
        }
    }

    #[test]
    fn the_middle_of_a_star_lies_between_all() {
        let star = Csr::from_edges(4, &[(0, 1), (0, 2), (0, 3)]).symmetric();
        assert_eq!(scores(&star), [1.0, 0.0, 0.0, 0.0]);
        assert!(scores(&Csr::from_edges(0, &[])).is_empty());
    }

    #[test]
    fn more_paths_than_a_number_can_hold_do_no_harm() {
        // Diamonds in a row: each doubles the number of paths, and each half of one takes half of them.
        let n_diamonds = 1200;
        let diamond =
            |at: u32| [(3 * at, 3 * at + 1), (3 * at, 3 * at + 2), (3 * at + 1, 3 * at + 3), (3 * at + 2, 3 * at + 3)];
        let edges: Vec<(u32, u32)> = (0..n_diamonds).flat_map(diamond).collect();
        let found = scores(&Csr::from_edges(3 * n_diamonds as usize + 1, &edges).symmetric());
        assert!(found.iter().all(|score| (0.0..=1.0).contains(score)));
        let middle = 3 * (n_diamonds / 2) as usize;
        assert!((found[middle + 1] - found[middle + 2]).abs() < 1e-9);
        assert!((found[middle] - 0.5).abs() < 0.01 && (found[middle + 1] - 0.25).abs() < 0.01);
    }
}
