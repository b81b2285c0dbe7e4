//! What petgraph asks of a graph, so that its algorithms run on a [`Csr`] as it is.

use std::{iter::Copied, ops::Range, slice::Iter};

use petgraph::{
    Directed, Direction,
    visit::{
        EdgeCount, GraphBase, GraphProp, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
        NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
    },
};

use super::csr::{Csr, number};

/// Which nodes a walk of petgraph's over a [`Csr`] has seen.
#[derive(Debug, Clone, Default)]
pub struct Seen(Vec<bool>);

impl VisitMap<u32> for Seen {
    fn visit(&mut self, node: u32) -> bool {
        !std::mem::replace(&mut self.0[node as usize], true)
    }

    fn is_visited(&self, node: &u32) -> bool {
        self.0[*node as usize]
    }

    fn unvisit(&mut self, node: u32) -> bool {
        std::mem::replace(&mut self.0[node as usize], false)
    }
}

impl GraphBase for Csr {
    type EdgeId = (u32, u32);
    type NodeId = u32;
}

impl GraphProp for Csr {
    type EdgeType = Directed;
}

impl Visitable for Csr {
    type Map = Seen;

    fn visit_map(&self) -> Seen {
        Seen(vec![false; self.n_nodes()])
    }

    fn reset_map(&self, map: &mut Seen) {
        map.0.clear();
        map.0.resize(self.n_nodes(), false);
    }
}

impl NodeCount for Csr {
    fn node_count(&self) -> usize {
        self.n_nodes()
    }
}

impl EdgeCount for Csr {
    fn edge_count(&self) -> usize {
        self.n_edges()
    }
}

impl NodeIndexable for Csr {
    fn node_bound(&self) -> usize {
        self.n_nodes()
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, at: usize) -> u32 {
        number(at)
    }
}

impl NodeCompactIndexable for Csr {}

impl<'g> IntoNeighbors for &'g Csr {
    type Neighbors = Copied<Iter<'g, u32>>;

    fn neighbors(self, node: u32) -> Self::Neighbors {
        self.row(node).iter().copied()
    }
}

impl IntoNodeIdentifiers for &Csr {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        self.nodes()
    }
}

/// A graph and the same graph reversed, for those algorithms of petgraph that walk edges in both directions.
#[derive(Debug, Clone, Copy)]
pub struct BothWays<'g> {
    /// The graph.
    pub forward: &'g Csr,
    /// What [`Csr::reversed`] makes of it.
    pub reversed: &'g Csr,
}

impl GraphBase for BothWays<'_> {
    type EdgeId = (u32, u32);
    type NodeId = u32;
}

impl petgraph::visit::GraphRef for BothWays<'_> {}

impl GraphProp for BothWays<'_> {
    type EdgeType = Directed;
}

impl Visitable for BothWays<'_> {
    type Map = Seen;

    fn visit_map(&self) -> Seen {
        self.forward.visit_map()
    }

    fn reset_map(&self, map: &mut Seen) {
        self.forward.reset_map(map);
    }
}

impl NodeCount for BothWays<'_> {
    fn node_count(&self) -> usize {
        self.forward.n_nodes()
    }
}

impl NodeIndexable for BothWays<'_> {
    fn node_bound(&self) -> usize {
        self.forward.n_nodes()
    }

    fn to_index(&self, node: u32) -> usize {
        node as usize
    }

    fn from_index(&self, at: usize) -> u32 {
        number(at)
    }
}

impl NodeCompactIndexable for BothWays<'_> {}

impl<'g> IntoNeighbors for BothWays<'g> {
    type Neighbors = Copied<Iter<'g, u32>>;

    fn neighbors(self, node: u32) -> Self::Neighbors {
        self.forward.neighbors(node)
    }
}

impl<'g> IntoNeighborsDirected for BothWays<'g> {
    type NeighborsDirected = Copied<Iter<'g, u32>>;

    fn neighbors_directed(self, node: u32, direction: Direction) -> Self::NeighborsDirected {
        match direction {
            Direction::Outgoing => self.forward.neighbors(node),
            Direction::Incoming => self.reversed.neighbors(node),
        }
    }
}

impl IntoNodeIdentifiers for BothWays<'_> {
    type NodeIdentifiers = Range<u32>;

    fn node_identifiers(self) -> Range<u32> {
        self.forward.nodes()
    }
}

#[cfg(test)]
mod tests {
    use petgraph::{
        algo::{is_cyclic_directed, toposort},
        visit::{Bfs, Walker},
    };

    use super::*;

    #[test]
    fn petgraph_walks_and_sorts() {
        let graph = Csr::from_edges(5, &[(4, 2), (2, 0), (4, 0), (3, 1)]);
        assert_eq!(Bfs::new(&graph, 4).iter(&graph).collect::<Vec<_>>(), [4, 0, 2]);
        let both = BothWays { forward: &graph, reversed: &graph.reversed() };
        let order = toposort(both, None).expect("no cycle");
        let place = |node| order.iter().position(|other| *other == node);
        assert!(graph.edges().all(|(from, to)| place(from) < place(to)));
        assert!(!is_cyclic_directed(&graph));
        assert!(is_cyclic_directed(&Csr::from_edges(2, &[(0, 1), (1, 0)])));
    }
}
