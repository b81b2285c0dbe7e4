//! The edges that no longer path replaces.

use rayon::prelude::*;

use super::{
    components::strong_order,
    csr::{Csr, even_ranges},
};

/// Up to this product of nodes and edges all shortcuts are found, above it only those of two or three steps.
const MOST_WORK: u64 = 2_000_000_000;

/// Leaves out shortcuts: edges from one strong component to another that a longer path of such edges replaces.
///
/// Of a graph without cycles this is its transitive reduction (Aho, Garey, Ullman 1972). Edges inside a strong component are
/// kept, and no path makes use of them.
///
/// # Bound
///
/// Where nodes times edges are more than 2·10^9, only edges that a path of two or three steps replaces are left out. What
/// is left then still joins the same nodes, but may have more edges than it needs. The work is bounded by the walks of
/// three steps from each node.
#[must_use]
pub fn transitive_reduction(graph: &Csr) -> Csr {
    reduce(graph, graph.n_nodes() as u64 * graph.n_edges() as u64 <= MOST_WORK)
}

fn reduce(graph: &Csr, is_exact: bool) -> Csr {
    let component = strong_order(graph).of;
    let parts: Vec<(Vec<u32>, Vec<usize>)> = even_ranges(graph.n_nodes())
        .into_par_iter()
        .map_init(
            || Reducer::new(graph, &component),
            |reducer, range| {
                let (mut kept, mut ends) = (Vec::new(), Vec::new());
                for node in range {
                    reducer.mark(node, is_exact);
                    kept.extend(graph.row(node).iter().filter(|next| !reducer.is_shortcut(node, **next)));
                    ends.push(kept.len());
                }
                (kept, ends)
            },
        )
        .collect();
    let (mut offsets, mut targets) = (vec![0], Vec::new());
    for (kept, ends) in parts {
        let before = targets.len();
        offsets.extend(ends.into_iter().map(|end| end + before));
        targets.extend_from_slice(&kept);
    }
    Csr { offsets, targets }
}

/// Finds what is reached from a node in two steps or more.
struct Reducer<'g> {
    graph: &'g Csr,
    component: &'g [u32],
    /// The last node from which each node was reached in two steps or more, counted from 1; 0 for none.
    reached_from: Vec<u32>,
    waiting: Vec<(u32, u32)>,
}

impl<'g> Reducer<'g> {
    fn new(graph: &'g Csr, component: &'g [u32]) -> Self {
        Self { graph, component, reached_from: vec![0; graph.n_nodes()], waiting: Vec::new() }
    }

    fn outgoing(&self, node: u32) -> impl Iterator<Item = u32> + use<'g> {
        let (graph, component) = (self.graph, self.component);
        let own = component[node as usize];
        graph.row(node).iter().copied().filter(move |next| component[*next as usize] != own)
    }

    fn is_shortcut(&self, node: u32, next: u32) -> bool {
        let is_inside = self.component[node as usize] == self.component[next as usize];
        !is_inside && self.reached_from[next as usize] == node + 1
    }

    /// Marks what is reached in two steps or more, or just in two or three.
    fn mark(&mut self, node: u32, is_exact: bool) {
        // Nothing that lies behind the last of the neighbors leads to any of them.
        let Some(last) = self.outgoing(node).map(|next| self.component[next as usize]).min() else { return };
        if self.graph.degree(node) < 2 {
            return;
        }
        self.waiting.extend(self.outgoing(node).map(|next| (next, 1)));
        // First those at two steps, all of them, then those at three: in a queue that is a list.
        let mut at = 0;
        while let Some((next, n_steps)) = self.waiting.get(at).copied() {
            at += 1;
            for after in self.outgoing(next) {
                let is_new = self.component[after as usize] >= last && self.reached_from[after as usize] != node + 1;
                if is_new {
                    self.reached_from[after as usize] = node + 1;
                    if is_exact || n_steps < 2 {
                        self.waiting.push((after, n_steps + 1));
                    }
                }
            }
        }
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::csr::tests::random_graphs;
    use super::*;

    /// Whether there is a path of so many edges between components, at least two.
    fn is_replaced(graph: &Csr, component: &[u32], from: u32, to: u32, most: usize) -> bool {
        let step = |nodes: &Vec<u32>| {
            let next = nodes.iter().flat_map(|node| {
                let out = graph.row(*node).iter().copied();
                out.filter(|next| component[*next as usize] != component[*node as usize])
            });
            next.collect::<Vec<u32>>()
        };
        std::iter::successors(Some(vec![from]), |nodes| {
            let mut next = step(nodes);
            next.sort_unstable();
            next.dedup();
            Some(next)
        })
        .take(most + 1)
        .skip(2)
        .any(|nodes| nodes.contains(&to))
    }

    #[test]
    fn as_defined() {
        for graph in random_graphs(400) {
            let component = strong_order(&graph).of;
            for (is_exact, most) in [(true, graph.n_nodes()), (false, 3)] {
                let is_kept = |edge: &(u32, u32)| {
                    let is_inside = component[edge.0 as usize] == component[edge.1 as usize];
                    is_inside || !is_replaced(&graph, &component, edge.0, edge.1, most)
                };
                let expected: Vec<(u32, u32)> = graph.edges().filter(is_kept).collect();
                assert_eq!(reduce(&graph, is_exact).edges().collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn a_shortcut_of_four_steps_is_found_in_small_graphs_only() {
        let graph = Csr::from_edges(5, &[(4, 3), (3, 2), (2, 1), (1, 0), (4, 0), (3, 0)]);
        assert_eq!(transitive_reduction(&graph).edges().collect::<Vec<_>>(), [(1, 0), (2, 1), (3, 2), (4, 3)]);
        // That from 3 has three steps to replace it, that from 4 just the two by way of it.
        assert_eq!(reduce(&graph, false).n_edges(), 4);
        let chain = Csr::from_edges(5, &[(4, 3), (3, 2), (2, 1), (1, 0), (4, 0)]);
        assert_eq!((transitive_reduction(&chain).n_edges(), reduce(&chain, false).n_edges()), (4, 5));
        assert_eq!(transitive_reduction(&Csr::from_edges(0, &[])).n_nodes(), 0);
    }
}
