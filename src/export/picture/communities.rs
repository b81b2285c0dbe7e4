//! Groups of nodes that hang together more than with others.

use crate::{
    algorithm::{Csr, LeidenOptions, Weighted, leiden},
    network::Edge,
};

/// The community of each node that is drawn; the largest is 0. Nodes that are tied to nothing have none.
pub(super) fn communities(n_nodes: usize, edges: &[Edge]) -> Vec<Option<u32>> {
    let pairs: Vec<(u32, u32)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let csr = Csr::from_edges(n_nodes, &pairs);
    let found = leiden(&Weighted::from(&csr), &LeidenOptions::default());
    let mut is_tied = vec![false; n_nodes];
    pairs.iter().flat_map(|(from, to)| [*from, *to]).for_each(|end| is_tied[end as usize] = true);
    found.of.into_iter().zip(is_tied).map(|(community, is_tied)| is_tied.then_some(community)).collect()
}
