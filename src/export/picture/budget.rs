//! No more nodes than can be read: those that matter most, and what belongs to them.

use std::{cmp::Ordering, collections::BTreeMap};

use super::{ViewKind, choose::Candidates};
use crate::network::{Edge, Network};

/// Which nodes are drawn.
pub(super) fn within(network: &Network, kind: ViewKind, candidates: &Candidates, most: usize) -> Vec<bool> {
    let is_anchor = |at: &u32| {
        let node = &network.nodes[*at as usize];
        candidates.is_candidate[*at as usize]
            && match kind {
                ViewKind::Tools => matches!(node.kind, "tool" | "model"),
                ViewKind::Authors => matches!(node.kind, "person" | "organization"),
                _ => true,
            }
    };
    let mut order: Vec<u32> = (0..).take(network.nodes.len()).filter(is_anchor).collect();
    let importance = importance(network.nodes.len(), kind, candidates);
    order.sort_by(|a, b| importance[*b as usize].total_cmp(&importance[*a as usize]).then(a.cmp(b)));
    let n_nodes = network.nodes.len();
    let all = drawn(n_nodes, kind, &candidates.edges, &order);
    if count(&all) <= most {
        return all;
    }
    let edges = match kind {
        ViewKind::Authors => foremost_works(candidates),
        _ => candidates.edges.iter().map(|edge| (*edge, true)).collect(),
    };
    let drawn_with = |n_anchors: usize| drawn_of(n_nodes, kind, &edges, &order[..n_anchors]);
    // More anchors never draw less, so the greatest number that fits is found by halving.
    let (mut low, mut high) = (0, order.len());
    while low < high {
        let middle = usize::midpoint(low, high + 1);
        if count(&drawn_with(middle)) <= most { low = middle } else { high = middle - 1 }
    }
    drawn_with(low)
}

fn count(is_drawn: &[bool]) -> usize {
    is_drawn.iter().filter(|is_drawn| **is_drawn).count()
}

/// So many works of an author are drawn that tie no two authors.
const WORKS_OF_AUTHOR: usize = 3;

/// The edges from works to authors, and whether the work is one of the author's foremost.
fn foremost_works(candidates: &Candidates) -> Vec<(Edge, bool)> {
    let mut of_author: BTreeMap<u32, Vec<Edge>> = BTreeMap::new();
    candidates.edges.iter().for_each(|edge| of_author.entry(edge.to).or_default().push(*edge));
    let weight = |edge: &Edge| candidates.weights[edge.from as usize];
    let mut edges = Vec::with_capacity(candidates.edges.len());
    for (_, mut works) in of_author {
        works.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
        edges.extend(works.into_iter().enumerate().map(|(at, edge)| (edge, at < WORKS_OF_AUTHOR)));
    }
    edges
}

/// What comes first: what is tied to others before what is not. Of authors those who tie works together; then whole works,
/// one after the other, since some of the authors of each of many would say nothing.
fn importance(n_nodes: usize, kind: ViewKind, candidates: &Candidates) -> Vec<Importance> {
    let mut degree = vec![0_u32; n_nodes];
    candidates.edges.iter().flat_map(|edge| [edge.from, edge.to]).for_each(|end| degree[end as usize] += 1);
    let weight = |at: usize| candidates.weights[at];
    let mut importance: Vec<Importance> =
        (0..n_nodes).map(|at| Importance { ties: degree[at].min(1), weight: weight(at), work: 0 }).collect();
    if kind == ViewKind::Authors {
        for (at, own) in importance.iter_mut().enumerate() {
            own.ties = if degree[at] > 1 { degree[at] } else { 1 };
        }
        for edge in candidates.edges.iter().filter(|edge| degree[edge.to as usize] == 1) {
            // Of a work with fewer authors more can be shown.
            let of_work = f64::from(degree[edge.from as usize]);
            importance[edge.to as usize] =
                Importance { ties: 1, weight: weight(edge.from as usize) - 2.0 * of_work, work: edge.from };
        }
    }
    importance
}

/// How much a node matters for what is drawn.
#[derive(Debug, Clone, Copy)]
struct Importance {
    ties: u32,
    weight: f64,
    work: u32,
}

impl Importance {
    fn total_cmp(&self, other: &Self) -> Ordering {
        let by_weight = || self.weight.total_cmp(&other.weight);
        self.ties.cmp(&other.ties).then_with(by_weight).then_with(|| other.work.cmp(&self.work))
    }
}

fn drawn(n_nodes: usize, kind: ViewKind, edges: &[Edge], anchors: &[u32]) -> Vec<bool> {
    let edges: Vec<(Edge, bool)> = edges.iter().map(|edge| (*edge, true)).collect();
    drawn_of(n_nodes, kind, &edges, anchors)
}

/// The anchors with what is drawn because of them: beside a tool its papers, beside an author the foremost works and those
/// that tie two authors; of papers that cite one another only those that are not alone.
fn drawn_of(n_nodes: usize, kind: ViewKind, edges: &[(Edge, bool)], anchors: &[u32]) -> Vec<bool> {
    let mut is_anchor = vec![false; n_nodes];
    anchors.iter().for_each(|anchor| is_anchor[*anchor as usize] = true);
    let is = |at: u32| is_anchor[at as usize];
    let mut n_anchors = vec![0_u32; n_nodes];
    edges.iter().filter(|(edge, _)| is(edge.to)).for_each(|(edge, _)| n_anchors[edge.from as usize] += 1);
    let mut is_drawn = if kind == ViewKind::Citations { vec![false; n_nodes] } else { is_anchor.clone() };
    for (edge, is_foremost) in edges {
        let draws = match kind {
            ViewKind::Tools => is(edge.from) || is(edge.to),
            ViewKind::Authors => is(edge.to) && (*is_foremost || n_anchors[edge.from as usize] > 1),
            ViewKind::Citations => is(edge.from) && is(edge.to),
            ViewKind::Topics | ViewKind::All => false,
        };
        if draws {
            is_drawn[edge.from as usize] = true;
            is_drawn[edge.to as usize] = true;
        }
    }
    is_drawn
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Network;

    fn check(table: &str, most: usize, expected: &[&str]) {
        let network = Network::from_table(table).unwrap();
        let candidates = Candidates::of(&network, ViewKind::Citations, &vec![false; network.nodes.len()]);
        let drawn = within(&network, ViewKind::Citations, &candidates, most);
        let names: Vec<&str> =
            network.nodes.iter().zip(drawn).filter(|(_, is_drawn)| *is_drawn).map(|(node, _)| &*node.iri).collect();
        assert_eq!(names, expected, "{table:?}");
    }

    #[test]
    fn what_is_cited_most_comes_first_and_nothing_stands_alone() {
        check("b\ta\nc\ta\nd\ta\nx\ty\n", 9, &["a", "b", "c", "d", "x", "y"]);
        check("b\ta\nc\tb\nd\ta\nx\ty\n", 2, &["a", "b"]);
        check("b\ta\n", 1, &[]);
    }
}
