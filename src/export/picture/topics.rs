//! Which topic a thing is drawn under, and how topics are nested.

use std::collections::BTreeMap;

use crate::network::{Column, Network, Relation};

/// The topics of a network.
pub(super) struct Topics {
    /// For each node the topic that it is drawn under.
    pub(super) of: Vec<Option<u32>>,
    /// For each topic the one above.
    pub(super) parent: BTreeMap<u32, u32>,
}

impl Topics {
    pub(super) fn of(network: &Network) -> Self {
        let parent = parents(network);
        let mut of: Vec<Option<u32>> = vec![None; network.nodes.len()];
        // Of several the most special, of a list before those of a vocabulary; then that whose IRI comes first.
        let order = |topic: u32| {
            let mut depth = 0;
            let mut above = topic;
            while let Some(next) = parent.get(&above).filter(|_| depth < 64) {
                above = *next;
                depth += 1;
            }
            let is_foreign = network.nodes[topic as usize].get(Column::Line).is_none();
            (is_foreign, std::cmp::Reverse(depth), topic)
        };
        for (thing, topic) in network.pairs(Relation::Topic) {
            let held = &mut of[thing as usize];
            if held.is_none_or(|held| order(topic) < order(held)) {
                *held = Some(topic);
            }
        }
        Self { of, parent }
    }

    /// The topics from the top down to the one that a node is drawn under.
    pub(super) fn path(&self, node: u32) -> Vec<u32> {
        let mut path: Vec<u32> = Vec::new();
        let mut topic = self.of[node as usize];
        while let Some(at) = topic.filter(|at| !path.contains(at)) {
            path.push(at);
            topic = self.parent.get(&at).copied();
        }
        path.reverse();
        path
    }
}

/// The topic above each; of several the first. In a circle none is above.
fn parents(network: &Network) -> BTreeMap<u32, u32> {
    let mut parent: BTreeMap<u32, u32> = BTreeMap::new();
    for (narrow, broad) in network.pairs(Relation::Broader) {
        let mut above = Some(broad);
        let mut is_circle = false;
        for _ in 0..64 {
            is_circle |= above == Some(narrow);
            above = above.and_then(|at| parent.get(&at)).copied();
        }
        if !is_circle {
            parent.entry(narrow).or_insert(broad);
        }
    }
    parent
}

/// Where a topic stands in its list.
pub(super) fn place(network: &Network, topic: u32) -> (i64, u32) {
    let line = network.nodes[topic as usize].get(Column::Line).and_then(|line| line.parse().ok());
    (line.unwrap_or(i64::MAX), topic)
}
