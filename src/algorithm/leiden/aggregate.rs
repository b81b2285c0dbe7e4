//! The graph whose nodes are the parts of another.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    super::{components::Labels, csr::even_ranges, weighted::Weighted},
    level::{Level, Tally},
};

/// Makes each part a node, joined to others as its nodes were, with what was inside as a loop; gives also the community
/// of each new node.
pub(super) fn aggregate(level: &Level, parts: &Labels, labels: &[u32]) -> (Weighted, Vec<u32>) {
    let (nodes, starts) = parts.members();
    let rows: Vec<Rows> = even_ranges(parts.count)
        .into_par_iter()
        .map_init(Tally::default, |tally, range| rows_of(level, &parts.of, &nodes, &starts, range, tally))
        .collect();
    let mut offsets = vec![0];
    let n_entries = rows.iter().map(|rows| rows.neighbors.len()).sum();
    let (mut neighbors, mut weights) = (Vec::with_capacity(n_entries), Vec::with_capacity(n_entries));
    let mut loops = Vec::with_capacity(parts.count);
    for part in rows {
        let before = neighbors.len();
        offsets.extend(part.ends.into_iter().map(|end| end + before));
        neighbors.extend_from_slice(&part.neighbors);
        weights.extend_from_slice(&part.weights);
        loops.extend_from_slice(&part.loops);
    }
    let of_parts = starts[..parts.count].iter().map(|start| labels[nodes[*start] as usize]).collect();
    (Weighted::from_parts(offsets, neighbors, weights, loops), of_parts)
}

#[derive(Default)]
struct Rows {
    ends: Vec<usize>,
    neighbors: Vec<u32>,
    weights: Vec<f64>,
    loops: Vec<f64>,
}

fn rows_of(level: &Level, of: &[u32], nodes: &[u32], starts: &[usize], range: Range<u32>, tally: &mut Tally) -> Rows {
    let mut rows = Rows::default();
    for part in range {
        let mut of_loops = 0.0;
        let members = &nodes[starts[part as usize]..starts[part as usize + 1]];
        let n_edges: usize = members.iter().map(|node| level.degree(*node)).sum();
        tally.begin(n_edges.min(of.len()));
        for node in members {
            of_loops += level.graph.loops[*node as usize];
            level.each(*node, |other, weight| tally.add(of[other as usize], weight));
        }
        let mut inside = 0.0;
        tally.drain(|other, weight| {
            if other == part {
                inside = weight;
            } else {
                rows.neighbors.push(other);
                rows.weights.push(weight);
            }
        });
        // Each edge inside was seen from both ends.
        rows.loops.push(of_loops + inside / 2.0);
        rows.ends.push(rows.neighbors.len());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_kept() {
        let graph =
            Weighted::from_edges(5, &[(0, 1, 1.0), (0, 3, 2.0), (1, 3, 3.0), (1, 4, 0.5), (2, 2, 7.0), (3, 4, 1.5)]);
        let parts = Labels { of: vec![0, 0, 1, 2, 2], count: 3 };
        let (aggregated, labels) = aggregate(&Level::of(&graph), &parts, &[5, 5, 5, 6, 6]);
        assert_eq!(aggregated, Weighted::from_edges(3, &[(0, 0, 1.0), (1, 1, 7.0), (2, 2, 1.5), (0, 2, 5.5)]));
        assert_eq!(labels, [5, 5, 6]);
        assert_eq!(aggregated.total(), graph.total());
    }
}
