//! The main path through a citation network.

use super::{
    components::{StrongOrder, grouped, strong_order},
    csr::Csr,
};

/// The path through which most other paths run.
#[derive(Debug, Clone, PartialEq)]
pub struct MainPath {
    /// Its nodes, from one that no other cites (in the graph from citing to cited) to one that cites none.
    pub nodes: Vec<u32>,
    /// Its edges, each with the decimal logarithm of the number of paths through it.
    pub steps: Vec<(u32, u32, f64)>,
}

/// Finds the main path: that from a start to an end with the greatest sum of traversal counts (search path count, SPC).
///
/// Batagelj 2003, "Efficient algorithms for citation network analysis"; the path is the global one of Liu, Lu 2012. Edges
/// inside a strong component do not count, so that there are no cycles. Of equal sums the smaller node number wins. A
/// graph without edges between components has no main path.
#[must_use]
pub fn main_path(graph: &Csr) -> MainPath {
    let counts = PathCounts::new(graph);
    const NONE: u32 = u32::MAX;
    let mut best = vec![0.0; graph.n_nodes()];
    let mut next = vec![NONE; graph.n_nodes()];
    for node in &counts.nodes {
        for neighbor in counts.outgoing(*node) {
            let sum = counts.share(*node, neighbor) + best[neighbor as usize];
            let is_better = next[*node as usize] == NONE || sum > best[*node as usize];
            if is_better {
                (best[*node as usize], next[*node as usize]) = (sum, neighbor);
            }
        }
    }
    let is_start = |node: &u32| next[*node as usize] != NONE && counts.is_start[*node as usize];
    let greater = |a: u32, b: u32| if best[b as usize] > best[a as usize] { b } else { a };
    let first = graph.nodes().filter(is_start).reduce(greater);
    let after = |node: &u32| Some(next[*node as usize]).filter(|next| *next != NONE);
    let nodes: Vec<u32> = std::iter::successors(first, after).collect();
    let steps = nodes.windows(2).map(|ends| (ends[0], ends[1], counts.through(ends[0], ends[1]).log10())).collect();
    MainPath { nodes, steps }
}

/// Counts for each edge the paths from a start to an end that run through it, in the order of [`Csr::edges`], as decimal
/// logarithms: there may be more of them than an `f64` can hold.
///
/// Edges inside a strong component lie on no such path: negative infinity.
#[must_use]
pub fn traversal_counts(graph: &Csr) -> Vec<f64> {
    let counts = PathCounts::new(graph);
    let through = |(from, to): (u32, u32)| {
        if counts.is_inside(from, to) { f64::NEG_INFINITY } else { counts.through(from, to).log10() }
    };
    graph.edges().map(through).collect()
}

/// How many paths lead from the starts to each node, and from each node to the ends.
struct PathCounts<'g> {
    graph: &'g Csr,
    component: Vec<u32>,
    /// In such an order that edges lead to earlier nodes.
    nodes: Vec<u32>,
    into: Vec<Count>,
    onward: Vec<Count>,
    is_start: Vec<bool>,
    all: Count,
}

impl<'g> PathCounts<'g> {
    fn new(graph: &'g Csr) -> Self {
        let StrongOrder { of: component, count } = strong_order(graph);
        let (nodes, _) = grouped(&component, count);
        let n_nodes = graph.n_nodes();
        let mut counts = Self {
            graph,
            component,
            nodes,
            into: vec![Count::ZERO; n_nodes],
            onward: vec![Count::ZERO; n_nodes],
            is_start: vec![false; n_nodes],
            all: Count::ZERO,
        };
        counts.count();
        counts
    }

    fn count(&mut self) {
        for node in &self.nodes {
            let onward = self.outgoing(*node).map(|next| self.onward[next as usize]).reduce(Count::plus);
            self.onward[*node as usize] = onward.unwrap_or(Count::ONE);
        }
        for node in self.nodes.iter().rev() {
            let at = *node as usize;
            if self.into[at] == Count::ZERO {
                self.into[at] = Count::ONE;
                self.is_start[at] = true;
                self.all = self.all.plus(self.onward[at]);
            }
            let into = self.into[at];
            for next in
                self.graph.row(*node).iter().filter(|next| self.component[**next as usize] != self.component[at])
            {
                self.into[*next as usize] = self.into[*next as usize].plus(into);
            }
        }
    }

    fn is_inside(&self, from: u32, to: u32) -> bool {
        self.component[from as usize] == self.component[to as usize]
    }

    fn outgoing(&self, node: u32) -> impl Iterator<Item = u32> {
        self.graph.row(node).iter().copied().filter(move |next| !self.is_inside(node, *next))
    }

    fn through(&self, from: u32, to: u32) -> Count {
        self.into[from as usize].times(self.onward[to as usize])
    }

    /// The share of all paths that run through an edge. Sums of shares are compared like sums of counts, and do not
    /// overflow.
    fn share(&self, from: u32, to: u32) -> f64 {
        self.through(from, to).divided_by(self.all)
    }
}

/// A positive number that may be far greater than an `f64` can hold: `value * 2^(512 * scale)`, `value` below `2^512`.
/// Whole numbers below `2^53` are exact.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Count {
    value: f64,
    scale: i32,
}

/// 2^512 and 2^-512.
const UNIT: f64 = f64::from_bits((1023 + 512) << 52);
const PART: f64 = f64::from_bits((1023 - 512) << 52);

impl Count {
    const ZERO: Self = Self { value: 0.0, scale: 0 };
    const ONE: Self = Self { value: 1.0, scale: 0 };

    fn scaled(value: f64, scale: i32) -> Self {
        if value >= UNIT { Self { value: value * PART, scale: scale + 1 } } else { Self { value, scale } }
    }

    fn plus(self, other: Self) -> Self {
        let (large, small) = if self.scale >= other.scale { (self, other) } else { (other, self) };
        let addend = match large.scale - small.scale {
            0 => small.value,
            1 => small.value * PART,
            _ => 0.0,
        };
        Self::scaled(large.value + addend, large.scale)
    }

    fn times(self, other: Self) -> Self {
        // Below 2^1024, so finite.
        Self::scaled(self.value * other.value, self.scale + other.scale)
    }

    fn divided_by(self, other: Self) -> f64 {
        let ratio = self.value / other.value;
        match self.scale - other.scale {
            0 => ratio,
            -1 => ratio * PART,
            1 => ratio * UNIT,
            _ => 0.0,
        }
    }

    fn log10(self) -> f64 {
        self.value.log10() + f64::from(self.scale) * 512.0 * std::f64::consts::LOG10_2
    }
}

#[cfg(test)]
mod tests {
    use super::super::csr::tests::random_graphs;
    use super::*;

    /// All paths from starts to ends along edges between components.
    fn all_paths(graph: &Csr) -> Vec<Vec<u32>> {
        let order = strong_order(graph);
        let is_between = |from: u32, to: u32| order.of[from as usize] != order.of[to as usize];
        let is_entered = |node: u32| graph.edges().any(|(from, to)| to == node && is_between(from, to));
        let mut open: Vec<Vec<u32>> = graph.nodes().filter(|node| !is_entered(*node)).map(|node| vec![node]).collect();
        let mut done = Vec::new();
        while let Some(path) = open.pop() {
            let last = path[path.len() - 1];
            let next: Vec<u32> = graph.row(last).iter().copied().filter(|next| is_between(last, *next)).collect();
            if next.is_empty() {
                done.push(path);
                continue;
            }
            open.extend(next.into_iter().map(|next| [path.as_slice(), &[next]].concat()));
        }
        done
    }

    fn uses(path: &[u32], edge: (u32, u32)) -> bool {
        path.windows(2).any(|ends| (ends[0], ends[1]) == edge)
    }

    #[test]
    fn as_counted_path_by_path() {
        for graph in random_graphs(300) {
            let paths = all_paths(&graph);
            let count = |edge| paths.iter().filter(|path| uses(path, edge)).count() as f64;
            for (edge, found) in graph.edges().zip(traversal_counts(&graph)) {
                assert!((found - count(edge).log10()).abs() < 1e-9 || found == count(edge).log10());
            }
            let sum = |path: &[u32]| path.windows(2).map(|ends| count((ends[0], ends[1]))).sum::<f64>();
            let best = paths.iter().map(|path| sum(path)).fold(0.0, f64::max);
            let found = main_path(&graph);
            assert_eq!(sum(&found.nodes), best, "{found:?} in {graph:?}");
            assert!(best == 0.0 && found.nodes.is_empty() || paths.contains(&found.nodes));
        }
    }

    #[test]
    fn equal_paths_go_by_the_smaller_number() {
        let graph = Csr::from_edges(6, &[(5, 3), (5, 2), (3, 0), (2, 0), (4, 3), (4, 2)]);
        let found = main_path(&graph);
        assert_eq!(found.nodes, [4, 2, 0]);
        assert_eq!(found.steps, [(4, 2, 0.0), (2, 0, 2_f64.log10())]);
    }

    #[test]
    fn a_long_ladder_overflows_nothing() {
        let n_nodes = 1_000_000;
        let edges: Vec<(u32, u32)> = (2..n_nodes).flat_map(|node| [(node, node - 1), (node, node - 2)]).collect();
        let graph = Csr::from_edges(n_nodes as usize, &edges);
        let counts = traversal_counts(&graph);
        assert!(counts.iter().all(|count| count.is_finite()) && counts[counts.len() / 2] > 100_000.0);
        let found = main_path(&graph);
        assert_eq!((found.nodes[0], found.nodes.len()), (n_nodes - 1, found.steps.len() + 1));
        assert!(found.nodes.len() > 900_000);
    }

    #[test]
    fn without_edges_between_components_there_is_none() {
        for graph in [Csr::from_edges(0, &[]), Csr::from_edges(3, &[]), Csr::from_edges(2, &[(0, 1), (1, 0), (0, 0)])] {
            assert_eq!(main_path(&graph), MainPath { nodes: Vec::new(), steps: Vec::new() });
        }
    }
}
