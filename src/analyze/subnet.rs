use std::collections::BTreeMap;

use crate::{
    algorithm::Csr,
    network::{Network, Relation},
};

/// Of a work with more authors nobody knows who worked with whom.
const MOST_AUTHORS: usize = 500;

/// The part of a network that an analysis computes on, as compact arrays: nodes that no edge of it touches are not in it.
pub struct Subnet<'n> {
    /// The network that it was cut from.
    pub network: &'n Network,
    /// What it is made of, in words.
    pub what: &'static str,
    /// The numbers that its nodes have in the network, sorted.
    pub nodes: Vec<u32>,
    /// Its edges, by the places of nodes in `nodes`.
    pub edges: Csr,
    /// For undirected ones how many works each edge stands for, in the order of the edges; empty where each counts once.
    pub weights: Vec<f64>,
}

impl<'n> Subnet<'n> {
    /// Who cites whom: from the citing to the cited.
    #[must_use]
    pub fn citations(network: &'n Network) -> Self {
        Self::of(network, "citations", network.pairs(Relation::Cites).collect())
    }

    /// All direct relations among things: implements, cites, preprint of, uses, refers to.
    #[must_use]
    pub fn relations(network: &'n Network) -> Self {
        let relations = [Relation::Implements, Relation::Cites, Relation::PreprintOf, Relation::Uses, Relation::Refers];
        let among = network.edges.iter().filter(|edge| relations.contains(&edge.relation));
        Self::of(network, "relations among things", among.map(|edge| (edge.from, edge.to)).collect())
    }

    /// Who has written with whom, each pair in both directions, with the number of works. A preprint and its article of the
    /// same title are one work; one with more than 500 authors says little of any two of them, and is left out.
    #[must_use]
    pub fn co_authors(network: &'n Network) -> Self {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for authors in works(network).values().filter(|authors| authors.len() <= MOST_AUTHORS) {
            for (at, first) in authors.iter().enumerate() {
                pairs.extend(authors[at + 1..].iter().flat_map(|second| [(*first, *second), (*second, *first)]));
            }
        }
        pairs.sort_unstable();
        let weights = pairs.chunk_by(|a, b| a == b).map(|joint| real(joint.len())).collect();
        pairs.dedup();
        // Pairs in order are edges in order.
        Self { weights, ..Self::of(network, "co-authors", pairs) }
    }

    fn of(network: &'n Network, what: &'static str, pairs: Vec<(u32, u32)>) -> Self {
        let mut place = vec![u32::MAX; network.nodes.len()];
        for (from, to) in &pairs {
            place[*from as usize] = 0;
            place[*to as usize] = 0;
        }
        let mut nodes = Vec::new();
        for (at, place) in (0..).zip(&mut place) {
            if *place == 0 {
                *place = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
                nodes.push(at);
            }
        }
        let pairs: Vec<(u32, u32)> =
            pairs.into_iter().map(|(from, to)| (place[from as usize], place[to as usize])).collect();
        Self { network, what, edges: Csr::from_edges(nodes.len(), &pairs), nodes, weights: Vec::new() }
    }

    /// The place of a node of the network.
    #[must_use]
    pub fn place(&self, node: u32) -> Option<u32> {
        self.nodes.binary_search(&node).ok().and_then(|at| u32::try_from(at).ok())
    }

    /// The number in the network of a node at a place.
    pub(super) fn node(&self, place: u32) -> u32 {
        self.nodes[place as usize]
    }

    /// The edges with their weights.
    pub(super) fn weighted_edges(&self) -> Vec<(u32, u32, f64)> {
        let weights = self.weights.iter().copied().chain(std::iter::repeat(1.0));
        self.edges.edges().zip(weights).map(|((from, to), weight)| (from, to, weight)).collect()
    }
}

/// The authors of each work, sorted; of a preprint and its article with the same title only those of the article.
pub(super) fn works(network: &Network) -> BTreeMap<u32, Vec<u32>> {
    let copies = network.copies();
    let mut works: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (work, author) in network.pairs(Relation::Author).filter(|(work, _)| !copies.contains(work)) {
        works.entry(work).or_default().push(author);
    }
    works
}

/// A count as a number to calculate with.
pub(super) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
