//! Shortest paths.

use std::collections::VecDeque;

use super::csr::Csr;

/// Finds a shortest path along the edges, with both ends; none if there is no path or no such node.
///
/// Of paths of the same length it is that with the smaller number where they first part.
#[must_use]
pub fn shortest_path(graph: &Csr, from: u32, to: u32) -> Option<Vec<u32>> {
    if from.max(to) as usize >= graph.n_nodes() {
        return None;
    }
    // Rows are sorted, so nodes of one distance are reached in the order of the smallest paths to them.
    const NONE: u32 = u32::MAX;
    let mut came_from = vec![NONE; graph.n_nodes()];
    came_from[from as usize] = from;
    let mut waiting = VecDeque::from([from]);
    while came_from[to as usize] == NONE {
        let node = waiting.pop_front()?;
        for neighbor in graph.row(node) {
            if came_from[*neighbor as usize] == NONE {
                came_from[*neighbor as usize] = node;
                waiting.push_back(*neighbor);
            }
        }
    }
    let before = |node: &u32| (*node != from).then(|| came_from[*node as usize]);
    let mut path: Vec<u32> = std::iter::successors(Some(to), before).collect();
    path.reverse();
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::super::csr::tests::random_graphs;
    use super::*;

    /// All simple paths of the fewest nodes, smallest first.
    fn smallest(graph: &Csr, path: &mut Vec<u32>, to: u32, length: usize) -> Option<Vec<u32>> {
        let last = *path.last()?;
        if path.len() == length {
            return (last == to).then(|| path.clone());
        }
        graph.row(last).iter().find_map(|next| {
            path.push(*next);
            let found = smallest(graph, path, to, length);
            path.pop();
            found
        })
    }

    #[test]
    fn the_smallest_of_the_shortest() {
        for graph in random_graphs(150).filter(|graph| graph.n_nodes() <= 7) {
            for (from, to) in graph.nodes().flat_map(|from| graph.nodes().map(move |to| (from, to))) {
                let expected = (1..=7).find_map(|length| smallest(&graph, &mut vec![from], to, length));
                assert_eq!(shortest_path(&graph, from, to), expected);
            }
        }
    }

    #[test]
    fn unknown_nodes_have_no_path() {
        let graph = Csr::from_edges(2, &[(0, 1)]);
        assert_eq!(shortest_path(&graph, 1, 0), None);
        assert_eq!(shortest_path(&graph, 0, 2), None);
        assert_eq!(shortest_path(&Csr::from_edges(0, &[]), 0, 0), None);
        assert_eq!(shortest_path(&graph, 0, 0), Some(vec![0]));
    }
}
