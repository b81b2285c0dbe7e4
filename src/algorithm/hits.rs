//! Hubs and authorities.

use rayon::prelude::*;

use super::csr::{Csr, even_ranges};

/// What [`hits`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// How well each node points to authorities; together they are 1.
    pub hubs: Vec<f64>,
    /// How well hubs point to each node; together they are 1.
    pub authorities: Vec<f64>,
    /// How many steps were made.
    pub iterations: usize,
    /// How much the last step changed the hubs, added up.
    pub residual: f64,
}

/// Finds hubs and authorities (Kleinberg 1999), scaled as networkx does: each kind adds up to 1.
///
/// The steps end when one changes the hubs by no more than the tolerance, added up, or after `max_iterations`. Where no
/// two nodes are joined, all are alike.
#[must_use]
pub fn hits(graph: &Csr, tolerance: f64, max_iterations: usize) -> Hits {
    let n_nodes = graph.n_nodes();
    let incoming = graph.reversed();
    let mut hubs = vec![1.0 / n_nodes.max(1) as f64; n_nodes];
    let mut authorities = hubs.clone();
    let (mut iterations, mut residual) = (0, 0.0);
    if graph.n_edges() == 0 {
        return Hits { hubs, authorities, iterations, residual };
    }
    let mut next = vec![0.0; n_nodes];
    while iterations < max_iterations {
        pull(&incoming, &hubs, &mut authorities);
        pull(graph, &authorities, &mut next);
        std::mem::swap(&mut hubs, &mut next);
        residual = hubs.iter().zip(&next).map(|(new, old)| (new - old).abs()).sum();
        iterations += 1;
        if residual <= tolerance {
            break;
        }
    }
    // So that the two belong together: the authorities are one half step behind.
    pull(&incoming, &hubs, &mut authorities);
    Hits { hubs, authorities, iterations, residual }
}

/// Gives each node the sum of what its neighbors have, and scales all to add up to 1.
fn pull(graph: &Csr, from: &[f64], to: &mut [f64]) {
    let sum_of = |node: u32| graph.row(node).iter().map(|neighbor| from[*neighbor as usize]).sum::<f64>();
    let mut rest = &mut *to;
    let mut parts = Vec::new();
    for range in even_ranges(graph.n_nodes()) {
        let (own, others) = rest.split_at_mut(range.len());
        parts.push((range, own));
        rest = others;
    }
    // Each sum is made by one thread, and those of the parts are added in order: the same on any number of threads.
    let sums: Vec<f64> = parts
        .into_par_iter()
        .map(|(range, own)| {
            own.iter_mut().zip(range).for_each(|(sum, node)| *sum = sum_of(node));
            own.iter().sum::<f64>()
        })
        .collect();
    let sum: f64 = sums.iter().sum();
    if sum > 0.0 {
        to.iter_mut().for_each(|score| *score /= sum);
    }
}

#[cfg(test)]
mod tests {
    use super::super::csr::tests::random_graphs;
    use super::*;

    #[test]
    fn the_paper_cited_by_good_surveys_is_the_authority() {
        let found = hits(&Csr::from_edges(5, &[(0, 2), (0, 3), (1, 2), (1, 3), (4, 3)]), 1e-12, 1000);
        assert!(found.authorities[3] > found.authorities[2] && found.authorities[2] > 0.0);
        assert_eq!((found.authorities[0], found.hubs[2]), (0.0, 0.0));
        assert!((found.hubs[0] - found.hubs[1]).abs() < 1e-12 && found.hubs[0] > found.hubs[4]);
    }

    #[test]
    fn a_fixed_point_that_adds_up_to_one() {
        for graph in random_graphs(200).filter(|graph| graph.n_edges() > 0) {
            let found = hits(&graph, 1e-13, 20_000);
            assert!((found.hubs.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            let mut authorities = vec![0.0; graph.n_nodes()];
            for (from, to) in graph.edges() {
                authorities[to as usize] += found.hubs[from as usize];
            }
            let sum: f64 = authorities.iter().sum();
            for (found, expected) in found.authorities.iter().zip(authorities) {
                assert!((found - expected / sum).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn without_edges_all_are_alike() {
        let found = hits(&Csr::from_edges(4, &[]), 1e-9, 10);
        assert_eq!((found.hubs, found.authorities, found.iterations), (vec![0.25; 4], vec![0.25; 4], 0));
        assert!(hits(&Csr::from_edges(0, &[]), f64::NAN, 10).hubs.is_empty());
    }
}
