//! Nodes and edges without which the graph falls apart.

use super::csr::Csr;

/// Finds the cut points, nodes without which a component would fall apart, and the bridges, edges of that kind with the
/// smaller node first; both sorted.
///
/// Takes an undirected graph as [`Csr::symmetric`] makes it. Hopcroft, Tarjan 1973, with a stack of its own instead of
/// recursion.
#[must_use]
pub fn cut_points(symmetric: &Csr) -> (Vec<u32>, Vec<(u32, u32)>) {
    let n_nodes = symmetric.n_nodes();
    let mut walk = Walk {
        graph: symmetric,
        seen_at: vec![0; n_nodes],
        lowest: vec![0; n_nodes],
        time: 0,
        way: Vec::new(),
        is_cut: vec![false; n_nodes],
        bridges: Vec::new(),
    };
    for node in symmetric.nodes() {
        if walk.seen_at[node as usize] == 0 {
            walk.from(node);
        }
    }
    let points = symmetric.nodes().filter(|node| walk.is_cut[*node as usize]).collect();
    walk.bridges.sort_unstable();
    (points, walk.bridges)
}

/// A node on the way, and which of its neighbors comes next.
struct Step {
    node: u32,
    next: u32,
}

struct Walk<'g> {
    graph: &'g Csr,
    /// When each node was seen first, from 1.
    seen_at: Vec<u32>,
    /// The earliest node that those behind a node lead back to.
    lowest: Vec<u32>,
    time: u32,
    way: Vec<Step>,
    is_cut: Vec<bool>,
    bridges: Vec<(u32, u32)>,
}

impl Walk<'_> {
    fn enter(&mut self, node: u32) {
        self.time += 1;
        self.seen_at[node as usize] = self.time;
        self.lowest[node as usize] = self.time;
        self.way.push(Step { node, next: 0 });
    }

    fn from(&mut self, root: u32) {
        let mut n_branches = 0;
        self.enter(root);
        while let Some(step) = self.way.last_mut() {
            let node = step.node;
            let neighbor = self.graph.row(node).get(step.next as usize).copied();
            step.next += 1;
            match neighbor {
                Some(neighbor) if self.seen_at[neighbor as usize] == 0 => {
                    n_branches += u32::from(node == root);
                    self.enter(neighbor);
                }
                Some(neighbor) => self.meet(node, neighbor),
                None => self.leave(root),
            }
        }
        self.is_cut[root as usize] = n_branches > 1;
    }

    /// Notes an edge to a node seen before, unless it is the one we came by.
    fn meet(&mut self, node: u32, neighbor: u32) {
        let parent = self.way.len().checked_sub(2).map(|at| self.way[at].node);
        if parent != Some(neighbor) {
            let lowest = &mut self.lowest[node as usize];
            *lowest = (*lowest).min(self.seen_at[neighbor as usize]);
        }
    }

    fn leave(&mut self, root: u32) {
        let Some(Step { node, .. }) = self.way.pop() else { return };
        let Some(Step { node: parent, .. }) = self.way.last() else { return };
        let (lowest, of_parent) = (self.lowest[node as usize], self.seen_at[*parent as usize]);
        self.lowest[*parent as usize] = self.lowest[*parent as usize].min(lowest);
        if lowest >= of_parent && *parent != root {
            self.is_cut[*parent as usize] = true;
        }
        if lowest > of_parent {
            self.bridges.push((node.min(*parent), node.max(*parent)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{components::components, csr::tests::random_graphs};
    use super::*;

    fn without(graph: &Csr, is_kept: impl Fn(u32, u32) -> bool) -> usize {
        let edges: Vec<(u32, u32)> = graph.edges().filter(|(from, to)| is_kept(*from, *to)).collect();
        components(&Csr::from_edges(graph.n_nodes(), &edges)).count
    }

    #[test]
    fn taking_them_away_leaves_more_components() {
        for graph in random_graphs(300).map(|graph| graph.symmetric()) {
            let count = components(&graph).count;
            // A node taken away stays as a component of its own; one more than that is left of a cut point's.
            let is_cut = |node: &u32| {
                graph.degree(*node) > 0 && without(&graph, |from, to| from != *node && to != *node) > count + 1
            };
            let is_bridge = |edge: &(u32, u32)| {
                edge.0 < edge.1 && without(&graph, |from, to| (from.min(to), from.max(to)) != *edge) > count
            };
            let expected = (graph.nodes().filter(is_cut).collect(), graph.edges().filter(is_bridge).collect());
            assert_eq!(cut_points(&graph), expected);
        }
    }

    #[test]
    fn a_long_chain_needs_no_recursion() {
        let n_nodes = 1_000_000;
        let edges: Vec<(u32, u32)> = (1..n_nodes).map(|node| (node - 1, node)).collect();
        let (points, bridges) = cut_points(&Csr::from_edges(n_nodes as usize, &edges).symmetric());
        assert_eq!((points.len(), bridges.len()), (n_nodes as usize - 2, n_nodes as usize - 1));
    }
}
