use std::collections::VecDeque;

use petgraph::{graph::NodeIndex, graph::UnGraph, visit::Bfs};

use super::{Network, Relation};

/// Which part of a network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only what stands under this topic or one of its subtopics, with its authors, venues and lists: an IRI.
    pub topic: Option<String>,
    /// Only what few relations lead to from this thing, and how many at most: an IRI.
    pub around: Option<(String, usize)>,
}

impl Network {
    /// The part that a selection means. A place or a topic that is not there selects nothing.
    #[must_use]
    pub fn select(&self, selection: &Selection) -> Self {
        let network = match &selection.topic {
            Some(topic) => self.under_topic(topic),
            None => self.clone(),
        };
        match &selection.around {
            Some((center, depth)) => network.around(center, *depth),
            None => network,
        }
    }

    /// What stands under a topic, and what that is directly tied to: authors, venues, lists, the topics above.
    fn under_topic(&self, topic: &str) -> Self {
        let mut is_below = vec![false; self.nodes.len()];
        let mut queue: VecDeque<u32> = self.find(topic).into_iter().collect();
        let mut below = vec![Vec::new(); self.nodes.len()];
        self.pairs(Relation::Broader).for_each(|(narrow, broad)| below[broad as usize].push(narrow));
        while let Some(topic) = queue.pop_front() {
            if !std::mem::replace(&mut is_below[topic as usize], true) {
                queue.extend(&below[topic as usize]);
            }
        }
        let mut is_kept = is_below.clone();
        let things: Vec<u32> = self
            .pairs(Relation::Topic)
            .filter(|(_, topic)| is_below[*topic as usize])
            .map(|(thing, _)| thing)
            .collect();
        things.iter().for_each(|thing| is_kept[*thing as usize] = true);
        let is_thing = is_kept.clone();
        for relation in [Relation::Author, Relation::Venue, Relation::Listed] {
            for (thing, other) in self.pairs(relation).filter(|(thing, _)| is_thing[*thing as usize]) {
                is_kept[other as usize] |= !is_thing[thing as usize] || self.nodes[other as usize].kind != "topic";
            }
        }
        self.keep(|at, _| is_kept[at as usize])
    }

    /// What at most `depth` relations lead to from the center. Being in the same list, journal or topic is no nearness.
    fn around(&self, center: &str, depth: usize) -> Self {
        let Some(start) = self.find(center) else { return self.keep(|_, _| false) };
        let is_near = |relation: Relation| {
            !matches!(relation, Relation::Listed | Relation::Venue | Relation::Topic | Relation::Broader)
        };
        let kind = self.nodes[start as usize].kind;
        let is_hub = matches!(kind, "topic" | "journal" | "conference" | "list");
        let ties = self
            .edges
            .iter()
            .filter(|edge| is_near(edge.relation) || is_hub && (edge.from == start || edge.to == start));
        let mut graph: UnGraph<(), (), u32> = UnGraph::with_capacity(self.nodes.len(), self.edges.len());
        self.nodes.iter().for_each(|_| drop(graph.add_node(())));
        ties.for_each(|edge| drop(graph.add_edge(edge.from.into(), edge.to.into(), ())));
        let mut distance = vec![usize::MAX; self.nodes.len()];
        distance[start as usize] = 0;
        let mut walk = Bfs::new(&graph, NodeIndex::from(start));
        while let Some(at) = walk.next(&graph) {
            let next = distance[at.index()] + 1;
            for neighbor in graph.neighbors(at) {
                distance[neighbor.index()] = distance[neighbor.index()].min(next);
            }
        }
        let is_close = |at: u32| distance[at as usize] <= depth;
        // The topics of what is near say where it stands.
        let mut is_kept: Vec<bool> = (0..).zip(&self.nodes).map(|(at, _)| is_close(at)).collect();
        for (thing, topic) in self.pairs(Relation::Topic).filter(|(thing, _)| is_close(*thing)) {
            is_kept[topic as usize] |= is_close(thing);
        }
        self.keep(|at, _| is_kept[at as usize])
    }
}
