//! Which nodes lie between others.

mod exact;
mod sampled;

use super::csr::Csr;

/// How [`betweenness`] is to work.
#[derive(Debug, Clone)]
pub struct BetweennessOptions {
    /// Up to this product of nodes and edges the scores are exact; above it they are estimated.
    pub exact_up_to: usize,
    /// How far an estimated score may be from the exact one.
    pub epsilon: f64,
    /// How likely it may be that any score at all is further away than that.
    pub delta: f64,
    /// Of the samples.
    pub seed: u64,
}

impl Default for BetweennessOptions {
    fn default() -> Self {
        Self { exact_up_to: 200_000_000, epsilon: 0.01, delta: 0.1, seed: 1 }
    }
}

/// What [`betweenness`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Betweenness {
    /// The score of each node, from 0 to 1.
    pub scores: Vec<f64>,
    /// How good estimated scores are; none if they are exact.
    pub error: Option<SamplingError>,
}

/// With the probability `1 - delta`, all scores are within `epsilon` of the exact ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SamplingError {
    /// The greatest difference.
    pub epsilon: f64,
    /// The probability that some score differs more.
    pub delta: f64,
    /// How many shortest paths were drawn.
    pub samples: usize,
}

/// Finds for each node which share of the shortest paths between two others run through it, as networkx does with
/// `normalized=True`: the mean over all pairs of other nodes.
///
/// Takes an undirected graph as [`Csr::symmetric`] makes it. Small graphs are computed exactly (Brandes 2001, "A faster
/// algorithm for betweenness centrality"), large ones from a sample of shortest paths that is large enough for the error
/// asked for (Riondato, Kornaropoulos 2016, "Fast approximation of betweenness centrality through sampling").
#[must_use]
pub fn betweenness(symmetric: &Csr, options: &BetweennessOptions) -> Betweenness {
    let work = symmetric.n_nodes().saturating_mul(symmetric.n_edges() / 2);
    if work <= options.exact_up_to || symmetric.n_nodes() < 3 {
        return Betweenness { scores: exact::scores(symmetric), error: None };
    }
    sampled::betweenness(symmetric, options)
}
