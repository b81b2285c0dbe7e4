//! What a view is about, without drawing it.

use super::{View, ViewKind, budget, choose::Candidates, topics::Topics};
use crate::network::{Network, Relation};

impl View {
    /// What a view is about as a network of its own, for other formats: all of it, or the foremost so many nodes,
    /// with the topics above them.
    #[must_use]
    pub fn part(network: &Network, kind: ViewKind, max_nodes: Option<usize>) -> Network {
        let has_topic: Vec<bool> = Topics::of(network).of.iter().map(Option::is_some).collect();
        let candidates = Candidates::of(network, kind, &has_topic);
        let mut is_kept = match max_nodes {
            Some(most) => budget::within(network, kind, &candidates, most),
            None => candidates.is_candidate.clone(),
        };
        let mut relations = kind.relations().to_vec();
        if matches!(kind, ViewKind::Topics | ViewKind::All) {
            relations.extend([Relation::Topic, Relation::Broader]);
            let of_kept = network.pairs(Relation::Topic).filter(|(thing, _)| is_kept[*thing as usize]);
            let mut open: Vec<u32> = of_kept.map(|(_, topic)| topic).collect();
            let broader: Vec<(u32, u32)> = network.pairs(Relation::Broader).collect();
            while let Some(topic) = open.pop() {
                if !std::mem::replace(&mut is_kept[topic as usize], true) {
                    let start = broader.partition_point(|(narrow, _)| *narrow < topic);
                    open.extend(
                        broader[start..].iter().take_while(|(narrow, _)| *narrow == topic).map(|(_, broad)| *broad),
                    );
                }
            }
        }
        network.keep(|at, _| is_kept[at as usize]).keep_edges(|edge| relations.contains(&edge.relation))
    }
}
