//! How deep each node sits in the graph.

use super::csr::Csr;

/// Finds the core number of each node: the greatest k so that the node belongs to a part of the graph in which all nodes
/// have k neighbors or more.
///
/// Takes an undirected graph as [`Csr::symmetric`] makes it. Batagelj, Zaversnik 2003, "An O(m) algorithm for cores
/// decomposition of networks".
#[must_use]
pub fn core_numbers(symmetric: &Csr) -> Vec<u32> {
    let mut degrees = symmetric.degrees();
    let mut peeling = Peeling::new(&degrees);
    for at in 0..peeling.nodes.len() {
        let node = peeling.nodes[at];
        let degree = degrees[node as usize];
        for neighbor in symmetric.row(node) {
            let of_neighbor = degrees[*neighbor as usize];
            if of_neighbor > degree {
                peeling.move_down(*neighbor, of_neighbor);
                degrees[*neighbor as usize] -= 1;
            }
        }
    }
    degrees
}

/// All nodes sorted by how many neighbors they still have.
struct Peeling {
    nodes: Vec<u32>,
    /// Where in `nodes` each node is.
    places: Vec<usize>,
    /// Where in `nodes` those of each degree begin.
    starts: Vec<usize>,
}

impl Peeling {
    fn new(degrees: &[u32]) -> Self {
        let most = degrees.iter().copied().max().unwrap_or(0) as usize;
        let (nodes, starts) = super::components::grouped(degrees, most + 1);
        let mut places = vec![0; nodes.len()];
        for (place, node) in nodes.iter().enumerate() {
            places[*node as usize] = place;
        }
        Self { nodes, places, starts }
    }

    /// Makes a node the last of those with one neighbor less.
    fn move_down(&mut self, node: u32, degree: u32) {
        let start = &mut self.starts[degree as usize];
        let (place, first) = (self.places[node as usize], self.nodes[*start]);
        self.nodes.swap(place, *start);
        self.places[first as usize] = place;
        self.places[node as usize] = *start;
        *start += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::csr::tests::random_graphs;
    use super::*;

    /// Takes away nodes with fewer than k neighbors until none is left that has.
    fn by_definition(graph: &Csr) -> Vec<u32> {
        let mut numbers = vec![0; graph.n_nodes()];
        for k in 1..20 {
            let mut is_in = vec![true; graph.n_nodes()];
            for _ in graph.nodes() {
                for node in graph.nodes() {
                    let degree = graph.row(node).iter().filter(|neighbor| is_in[**neighbor as usize]).count();
                    is_in[node as usize] &= degree >= k;
                }
            }
            let core = numbers.iter_mut().zip(is_in).filter(|(_, is_in)| *is_in);
            core.for_each(|(number, _)| *number = u32::try_from(k).expect("small"));
        }
        numbers
    }

    #[test]
    fn as_defined() {
        for graph in random_graphs(300) {
            let symmetric = graph.symmetric();
            assert_eq!(core_numbers(&symmetric), by_definition(&symmetric));
        }
    }

    #[test]
    fn a_triangle_with_a_tail() {
        let graph = Csr::from_edges(6, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)]).symmetric();
        assert_eq!(core_numbers(&graph), [2, 2, 2, 1, 1, 0]);
        assert!(core_numbers(&Csr::from_edges(0, &[])).is_empty());
    }
}
