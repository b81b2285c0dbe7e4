//! A directed graph as two arrays: compressed sparse rows.

use std::ops::Range;

use rayon::prelude::*;

/// A directed graph without parallel edges: for each node, numbered from 0, the sorted nodes that its edges lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csr {
    /// Where the row of each node begins, and behind the last, where it ends.
    pub(super) offsets: Vec<usize>,
    pub(super) targets: Vec<u32>,
}

/// With more nodes than this the places to write to no longer fit into the fast cache, and edges are first put into groups
/// of nodes that do.
const NODES_OF_GROUP: usize = 1 << 12;

/// A place of a list as a number of a node. There are no more nodes than numbers: [`Csr::from_edges`] sees to that.
pub(super) fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Csr {
    /// The graph with that many nodes and these edges, each from the first to the second.
    ///
    /// Edges given more than once are kept once, loops are kept, and edges of nodes that are not there are left out.
    /// Work and memory are linear in nodes and edges but for the sorting inside each row.
    #[must_use]
    pub fn from_edges(n_nodes: usize, edges: &[(u32, u32)]) -> Self {
        let n_nodes = n_nodes.min(u32::MAX as usize);
        let is_inside = |node: u32| (node as usize) < n_nodes;
        let known = || edges.iter().copied().filter(|(from, to)| is_inside(*from) && is_inside(*to));
        let mut offsets = ends_of(n_nodes, known().map(|(from, _)| from));
        let mut targets = vec![0; *offsets.last().unwrap_or(&0)];
        // Shifted by one place while it is filled: the start of each row moves to its end, which is the start of the next.
        offsets.insert(0, 0);
        offsets.pop();
        for (from, to) in known() {
            let place = &mut offsets[from as usize + 1];
            targets[*place] = to;
            *place += 1;
        }
        Self::sorted(offsets, targets)
    }

    /// The graph with these rows, which may be unsorted and hold a node more than once.
    fn sorted(mut offsets: Vec<usize>, mut targets: Vec<u32>) -> Self {
        let n_nodes = offsets.len() - 1;
        let mut kept = 0;
        for node in 0..n_nodes {
            let range = std::mem::replace(&mut offsets[node], kept)..offsets[node + 1];
            let is_ready = targets[range.clone()].is_sorted_by(|a, b| a < b);
            if !is_ready {
                targets[range.clone()].sort_unstable();
            }
            if is_ready && kept == range.start {
                kept = range.end;
                continue;
            }
            let first = kept;
            for at in range {
                let target = targets[at];
                if kept == first || targets[kept - 1] != target {
                    targets[kept] = target;
                    kept += 1;
                }
            }
        }
        offsets[n_nodes] = kept;
        targets.truncate(kept);
        Self { offsets, targets }
    }

    /// How many nodes there are.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.offsets.len() - 1
    }

    /// How many edges there are.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.targets.len()
    }

    /// The numbers of the nodes.
    #[must_use]
    pub fn nodes(&self) -> Range<u32> {
        0..number(self.n_nodes())
    }

    /// The nodes that edges lead to from this one, sorted; none if there is no such node.
    #[must_use]
    pub fn row(&self, node: u32) -> &[u32] {
        &self.targets[self.range(node)]
    }

    /// Which edges, counted in the order of [`Csr::edges`], are those of a node.
    pub(super) fn range(&self, node: u32) -> Range<usize> {
        let node = node as usize;
        if node < self.n_nodes() { self.offsets[node]..self.offsets[node + 1] } else { 0..0 }
    }

    /// How many edges lead from the node; 0 if there is no such node.
    #[must_use]
    pub fn degree(&self, node: u32) -> usize {
        self.range(node).len()
    }

    /// How many edges lead from each node.
    #[must_use]
    pub fn degrees(&self) -> Vec<u32> {
        self.offsets.windows(2).map(|ends| number(ends[1] - ends[0])).collect()
    }

    /// All edges, sorted.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32)> {
        self.nodes().flat_map(|from| self.row(from).iter().map(move |to| (from, *to)))
    }

    /// Whether there is such an edge.
    #[must_use]
    pub fn has_edge(&self, from: u32, to: u32) -> bool {
        self.row(from).binary_search(&to).is_ok()
    }

    /// The part of a graph between these nodes, which are numbered anew as `number_of` says; it gives none for others.
    pub(super) fn inside(graph: &Self, members: &[u32], number_of: impl Fn(u32) -> Option<u32>) -> Self {
        if members.len() == graph.n_nodes() {
            return graph.clone();
        }
        let (mut offsets, mut targets) = (Vec::with_capacity(members.len() + 1), Vec::new());
        offsets.push(0);
        for node in members {
            targets.extend(graph.row(*node).iter().filter_map(|neighbor| number_of(*neighbor)));
            offsets.push(targets.len());
        }
        Self { offsets, targets }
    }

    /// The graph with all edges turned round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let n_nodes = self.n_nodes();
        if n_nodes <= NODES_OF_GROUP {
            return self.reversed_in_one();
        }
        let n_groups = n_nodes.div_ceil(NODES_OF_GROUP);
        let grouped = self.grouped_by_target(n_groups);
        let mut targets = vec![0; self.n_edges()];
        let mut rest = targets.as_mut_slice();
        let mut groups = Vec::with_capacity(n_groups);
        for group in 0..n_groups {
            let edges = &grouped.0[grouped.1[group]..grouped.1[group + 1]];
            let (own, others) = rest.split_at_mut(edges.len());
            groups.push((group, edges, own));
            rest = others;
        }
        let ends: Vec<Vec<usize>> = groups
            .into_par_iter()
            .map(|(group, edges, targets)| {
                let first = group * NODES_OF_GROUP;
                let mut ends = reverse_group(edges, first, NODES_OF_GROUP.min(n_nodes - first), targets);
                ends.iter_mut().for_each(|end| *end += grouped.1[group]);
                ends
            })
            .collect();
        let offsets = std::iter::once(0).chain(ends.into_iter().flatten()).collect();
        Self { offsets, targets }
    }

    fn reversed_in_one(&self) -> Self {
        let edges: Vec<(u32, u32)> = self.edges().collect();
        let mut targets = vec![0; edges.len()];
        let ends = reverse_group(&edges, 0, self.n_nodes(), &mut targets);
        Self { offsets: std::iter::once(0).chain(ends).collect(), targets }
    }

    /// All edges by groups of neighboring targets, in each group as before, and where each group begins.
    fn grouped_by_target(&self, n_groups: usize) -> (Vec<(u32, u32)>, Vec<usize>) {
        let group_of = |target: u32| target as usize / NODES_OF_GROUP;
        let mut places = vec![0; n_groups + 1];
        for target in &self.targets {
            places[group_of(*target) + 1] += 1;
        }
        add_up(&mut places);
        let starts = places.clone();
        let mut grouped = vec![(0, 0); self.n_edges()];
        for (from, to) in self.edges() {
            let place = &mut places[group_of(to)];
            grouped[*place] = (from, to);
            *place += 1;
        }
        (grouped, starts)
    }

    /// The undirected graph: each node with all nodes that it has an edge to or from, without itself.
    #[must_use]
    pub fn symmetric(&self) -> Self {
        self.symmetric_with(&self.reversed())
    }

    /// As [`Csr::symmetric`], if the reversed graph is at hand.
    #[must_use]
    pub fn symmetric_with(&self, reversed: &Self) -> Self {
        let ranges = even_ranges(self.n_nodes());
        let parts: Vec<(Vec<u32>, Vec<usize>)> = ranges
            .into_par_iter()
            .map(|range| {
                let (mut targets, mut ends) = (Vec::new(), Vec::with_capacity(range.len()));
                for node in range {
                    unite_rows(self.row(node), reversed.row(node), node, &mut targets);
                    ends.push(targets.len());
                }
                (targets, ends)
            })
            .collect();
        let mut offsets = Vec::with_capacity(self.n_nodes() + 1);
        offsets.push(0);
        let mut targets = Vec::with_capacity(parts.iter().map(|(targets, _)| targets.len()).sum());
        for (part, ends) in parts {
            let before = targets.len();
            offsets.extend(ends.into_iter().map(|end| end + before));
            targets.extend_from_slice(&part);
        }
        Self { offsets, targets }
    }
}

/// Numbers of nodes in parts to be worked on in parallel: always the same parts, on any number of threads.
pub(super) fn even_ranges(n_nodes: usize) -> Vec<Range<u32>> {
    const N_PARTS: usize = 64;
    let size = n_nodes.div_ceil(N_PARTS).max(256);
    (0..n_nodes).step_by(size).map(|start| number(start)..number((start + size).min(n_nodes))).collect()
}

/// The running sums of counts.
pub(super) fn add_up(counts: &mut [usize]) {
    let mut sum = 0;
    for count in counts {
        sum += *count;
        *count = sum;
    }
}

/// For each node, where its items begin when all are sorted by node, and behind the last, how many there are.
fn ends_of(n_nodes: usize, nodes: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut counts = vec![0; n_nodes + 1];
    for node in nodes {
        counts[node as usize + 1] += 1;
    }
    add_up(&mut counts);
    counts
}

/// Writes the sources of the edges in the order of their targets, and gives where those of each target end.
fn reverse_group(edges: &[(u32, u32)], first: usize, n_nodes: usize, sources: &mut [u32]) -> Vec<usize> {
    let mut places = ends_of(n_nodes, edges.iter().map(|(_, to)| number(*to as usize - first)));
    for (from, to) in edges {
        let place = &mut places[*to as usize - first];
        sources[*place] = *from;
        *place += 1;
    }
    places.pop();
    places
}

/// Adds the nodes that are in one of two sorted rows, but not the node itself.
fn unite_rows(mut a: &[u32], mut b: &[u32], node: u32, united: &mut Vec<u32>) {
    loop {
        let next = match (a, b) {
            ([x, ..], [y, ..]) => *x.min(y),
            ([x, ..], []) | ([], [x, ..]) => *x,
            ([], []) => return,
        };
        a = if a.first() == Some(&next) { &a[1..] } else { a };
        b = if b.first() == Some(&next) { &b[1..] } else { b };
        if next != node {
            united.push(next);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Small random graphs of all densities, some of them without cycles.
    pub(in super::super) fn random_graphs(count: u64) -> impl Iterator<Item = Csr> {
        (0..count).map(|seed| {
            let mut random = super::super::random::Random::of_part(seed, 0);
            let n_nodes = 1 + random.below(14);
            let n_edges = random.below(3 * n_nodes);
            let edges: Vec<(u32, u32)> = (0..n_edges).map(|_| (random.below(n_nodes), random.below(n_nodes))).collect();
            let acyclic: Vec<(u32, u32)> = edges.iter().filter(|(from, to)| from > to).copied().collect();
            Csr::from_edges(n_nodes as usize, if seed % 3 == 0 { &acyclic } else { &edges })
        })
    }

    /// A large graph, for the ways that only those take.
    pub(in super::super) fn large(n_nodes: u32, n_edges: u32) -> Csr {
        let mut random = super::super::random::Random::of_part(5, 0);
        let edges: Vec<(u32, u32)> = (0..n_edges).map(|_| (random.below(n_nodes), random.below(n_nodes))).collect();
        Csr::from_edges(n_nodes as usize, &edges)
    }

    #[test]
    fn rows_are_sorted_without_duplicates_and_unknown_nodes() {
        let graph = Csr::from_edges(3, &[(2, 1), (0, 2), (0, 0), (2, 1), (0, 1), (3, 0), (1, 7)]);
        assert_eq!(graph.edges().collect::<Vec<_>>(), [(0, 0), (0, 1), (0, 2), (2, 1)]);
        assert_eq!((graph.n_nodes(), graph.n_edges(), graph.degrees()), (3, 4, vec![3, 0, 1]));
        assert!(graph.row(1).is_empty() && graph.row(9).is_empty());
        assert!(graph.has_edge(2, 1) && !graph.has_edge(1, 2));
    }

    #[test]
    fn reversing_turns_every_edge_round() {
        for graph in random_graphs(200).chain([large(3 * 4096 + 5, 40_000)]) {
            let mut turned: Vec<(u32, u32)> = graph.edges().map(|(from, to)| (to, from)).collect();
            turned.sort_unstable();
            assert_eq!(graph.reversed().edges().collect::<Vec<_>>(), turned);
            assert_eq!(graph.reversed().reversed(), graph);
        }
    }

    #[test]
    fn the_undirected_graph_has_both_directions_and_no_loops() {
        for graph in random_graphs(200).chain([large(5000, 20_000)]) {
            let both = graph.edges().chain(graph.reversed().edges().collect::<Vec<_>>());
            let mut expected: Vec<(u32, u32)> = both.filter(|(from, to)| from != to).collect();
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(graph.symmetric().edges().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn a_graph_without_nodes_is_a_graph() {
        let graph = Csr::from_edges(0, &[(0, 0)]);
        assert_eq!((graph.n_nodes(), graph.n_edges()), (0, 0));
        assert_eq!(graph.reversed(), graph);
        assert_eq!(graph.symmetric(), graph);
    }
}
