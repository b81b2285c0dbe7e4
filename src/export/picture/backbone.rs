//! Fewer edges where there are too many to be told apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    algorithm::{Csr, transitive_reduction},
    network::{Edge, Relation},
};

/// With more edges than this for each node, lines can no longer be followed.
const MOST_PER_NODE: usize = 2;
/// So many citations of a paper are kept in the densest networks.
const KEPT: usize = 2;

/// The edges to draw, and in words what was left out: only citations, of which a paper may have any number.
pub(super) fn backbone(n_nodes: usize, edges: Vec<Edge>, weights: &[f64]) -> (Vec<Edge>, Option<String>) {
    let (mut citations, others): (Vec<Edge>, Vec<Edge>) =
        edges.into_iter().partition(|edge| edge.relation == Relation::Cites);
    let n_papers = citations.iter().flat_map(|edge| [edge.from, edge.to]).collect::<BTreeSet<_>>().len();
    let is_dense = |citations: &[Edge]| citations.len() > MOST_PER_NODE * n_papers;
    let (mut n_implied, mut n_weak) = (0, 0);
    if is_dense(&citations) {
        let pairs: Vec<(u32, u32)> = citations.iter().map(|edge| (edge.from, edge.to)).collect();
        let reduced: BTreeSet<(u32, u32)> = transitive_reduction(&Csr::from_edges(n_nodes, &pairs)).edges().collect();
        n_implied = citations.len();
        citations.retain(|edge| reduced.contains(&(edge.from, edge.to)));
        n_implied -= citations.len();
    }
    if is_dense(&citations) {
        let kept = strongest(&citations, weights);
        n_weak = citations.len() - kept.len();
        citations = kept;
    }
    let mut edges = [citations, others].concat();
    edges.sort_unstable();
    (edges, words(n_implied, n_weak))
}

/// Of each paper the citations of the works that matter most.
fn strongest(edges: &[Edge], weights: &[f64]) -> Vec<Edge> {
    let mut by_source: BTreeMap<u32, Vec<Edge>> = BTreeMap::new();
    edges.iter().for_each(|edge| by_source.entry(edge.from).or_default().push(*edge));
    let mut kept = Vec::new();
    for mut of_source in by_source.into_values() {
        let weight = |edge: &Edge| weights.get(edge.to as usize).copied().unwrap_or(0.0);
        of_source.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
        kept.extend(of_source.into_iter().take(KEPT));
    }
    kept.sort_unstable();
    kept
}

fn words(n_implied: usize, n_weak: usize) -> Option<String> {
    let implied = (n_implied > 0).then(|| format!("{n_implied} citations that a chain of others implies"));
    let weak = (n_weak > 0).then(|| format!("{n_weak} to works of less weight"));
    let parts: Vec<String> = implied.into_iter().chain(weak).collect();
    (!parts.is_empty()).then(|| format!("Not drawn, to keep the lines apart: {}", parts.join(", and ")))
}
