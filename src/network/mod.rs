//! Things and their relations as compact arrays: what pictures, analyses and exports are made of.
//!
//! A [`Network`] is read from the store in one walk over its triples, in the order in which they stand, or from a plain
//! table of citations. Nodes are in the order of their IRIs, edges in that of their ends, so the same graph gives the same
//! network. A [`Selection`] cuts a part out of it. What to compute on it, `analyze` knows; how to write it, `export`.
//!
//! ```
//! use amml_graph::network::{Network, Relation};
//!
//! let network = Network::from_table("# citing\tcited\n1\t2\n3\t2\n").unwrap();
//! assert_eq!((network.nodes.len(), network.edges.len()), (3, 2));
//! assert_eq!(network.edges[0].relation, Relation::Cites);
//! ```

mod node;
mod read;
mod relation;
mod select;
mod table;

use std::collections::BTreeSet;

pub use node::{Column, ColumnType, Node};
pub use relation::{Edge, Relation, Why};
pub use select::Selection;
pub use table::TableError;

/// Things, persons, topics, venues and lists, and the relations among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// The nodes, sorted by IRI.
    pub nodes: Vec<Node>,
    /// The edges, sorted.
    pub edges: Vec<Edge>,
    /// What edges rest on; [`Edge::why`] is a place in it. The first is that a source states it.
    pub whys: Vec<Why>,
}

impl Network {
    /// The number of the node with an IRI.
    #[must_use]
    pub fn find(&self, iri: &str) -> Option<u32> {
        let at = self.nodes.binary_search_by(|node| (*node.iri).cmp(iri)).ok()?;
        Some(number(at))
    }

    /// What an edge rests on.
    #[must_use]
    pub fn why(&self, edge: &Edge) -> &Why {
        &self.whys[edge.why as usize]
    }

    /// The ends of the edges of a relation, sorted.
    pub fn pairs(&self, relation: Relation) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.edges.iter().filter(move |edge| edge.relation == relation).map(|edge| (edge.from, edge.to))
    }

    /// Preprints of an article of the same title: to count their authors would count them twice.
    #[must_use]
    pub fn copies(&self) -> BTreeSet<u32> {
        let label = |at: u32| &self.nodes[at as usize].label;
        let pairs = self.pairs(Relation::PreprintOf);
        pairs.filter(|(preprint, article)| label(*preprint) == label(*article)).map(|(preprint, _)| preprint).collect()
    }

    /// A thing, its preprints and articles, and of a tool the works that it implements with theirs, sorted.
    #[must_use]
    pub fn versions(&self, thing: u32) -> BTreeSet<u32> {
        let mut found = BTreeSet::from([thing]);
        let implemented = self.edges.iter().filter(|edge| edge.relation == Relation::Implements && edge.from == thing);
        found.extend(implemented.map(|edge| edge.to));
        loop {
            let before = found.len();
            for (preprint, article) in self.pairs(Relation::PreprintOf) {
                if found.contains(&preprint) || found.contains(&article) {
                    found.extend([preprint, article]);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// The nodes for which it is true, and the edges among them.
    #[must_use]
    pub fn keep(&self, is_kept: impl Fn(u32, &Node) -> bool) -> Self {
        let mut numbers = vec![None; self.nodes.len()];
        let mut nodes = Vec::new();
        for (at, node) in (0..).zip(&self.nodes) {
            if is_kept(at, node) {
                numbers[at as usize] = Some(number(nodes.len()));
                nodes.push(node.clone());
            }
        }
        let renumber = |edge: &Edge| {
            let (from, to) = (numbers[edge.from as usize]?, numbers[edge.to as usize]?);
            Some(Edge { from, to, ..*edge })
        };
        Self { edges: self.edges.iter().filter_map(renumber).collect(), nodes, whys: self.whys.clone() }
    }

    /// Without the edges for which it is false.
    #[must_use]
    pub fn keep_edges(mut self, is_kept: impl Fn(&Edge) -> bool) -> Self {
        self.edges.retain(is_kept);
        self
    }

    /// The nodes that an edge leads to or from.
    #[must_use]
    pub fn tied(&self) -> Vec<bool> {
        let mut tied = vec![false; self.nodes.len()];
        for edge in &self.edges {
            tied[edge.from as usize] = true;
            tied[edge.to as usize] = true;
        }
        tied
    }
}

/// More nodes than there are numbers do not fit into the memory of any machine.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
