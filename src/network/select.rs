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

    /// For each node whether it is the topic, or a topic below it.
    #[must_use]
    pub fn below(&self, topic: u32) -> Vec<bool> {
        let mut narrower = vec![Vec::new(); self.nodes.len()];
        self.pairs(Relation::Broader).for_each(|(narrow, broad)| narrower[broad as usize].push(narrow));
        let mut is_below = vec![false; self.nodes.len()];
        let mut open = vec![topic];
        while let Some(topic) = open.pop() {
            if !std::mem::replace(&mut is_below[topic as usize], true) {
                open.extend(&narrower[topic as usize]);
            }
        }
        is_below
    }

    /// What stands under a topic, and what that is directly tied to: authors, venues, lists.
    fn under_topic(&self, topic: &str) -> Self {
        let Some(topic) = self.find(topic) else { return self.keep(|_, _| false) };
        let is_below = self.below(topic);
        let mut is_kept = is_below.clone();
        let things: Vec<u32> = self
            .pairs(Relation::Topic)
            .filter(|(_, topic)| is_below[*topic as usize])
            .map(|(thing, _)| thing)
            .collect();
        things.iter().for_each(|thing| is_kept[*thing as usize] = true);
        let is_thing = is_kept.clone();
        for relation in [Relation::Author, Relation::Venue, Relation::Listed] {
            self.pairs(relation)
                .filter(|(thing, _)| is_thing[*thing as usize])
                .for_each(|(_, other)| is_kept[other as usize] = true);
        }
        self.keep(|at, _| is_kept[at as usize])
    }

    /// What at most `depth` relations lead to from the center, with its authors and topics. To have these in common, or a
    /// list or a journal, is no nearness.
    fn around(&self, center: &str, depth: usize) -> Self {
        let Some(start) = self.find(center) else { return self.keep(|_, _| false) };
        let is_near = |relation: Relation| {
            matches!(
                relation,
                Relation::Implements | Relation::Cites | Relation::PreprintOf | Relation::Uses | Relation::Refers
            )
        };
        // What is no thing has none of these relations: around it is what it has.
        let kind = self.nodes[start as usize].kind;
        let is_hub = matches!(kind, "topic" | "journal" | "conference" | "list" | "person" | "organization");
        let ties = self
            .edges
            .iter()
            .filter(|edge| is_near(edge.relation) || is_hub && (edge.from == start || edge.to == start));
        let mut graph: UnGraph<(), (), u32> = UnGraph::with_capacity(self.nodes.len(), self.edges.len());
        for _ in &self.nodes {
            graph.add_node(());
        }
        for edge in ties {
            graph.add_edge(edge.from.into(), edge.to.into(), ());
        }
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
        let mut is_kept: Vec<bool> = (0..).zip(&self.nodes).map(|(at, _)| is_close(at)).collect();
        for relation in [Relation::Topic, Relation::Author] {
            self.pairs(relation)
                .filter(|(thing, _)| is_close(*thing))
                .for_each(|(_, other)| is_kept[other as usize] = true);
        }
        self.keep(|at, _| is_kept[at as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(network: &Network) -> Vec<&str> {
        network.nodes.iter().map(|node| &*node.iri).collect()
    }

    #[test]
    fn what_is_near_is_kept_to_the_given_depth() {
        let network = Network::from_table("a,b\nb,c\nd,c\nx,y\n").unwrap();
        let around = |depth| network.select(&Selection { topic: None, around: Some(("b".to_owned(), depth)) });
        assert_eq!(names(&around(0)), ["b"]);
        assert_eq!(names(&around(1)), ["a", "b", "c"]);
        assert_eq!(names(&around(2)), ["a", "b", "c", "d"]);
        assert_eq!(around(2).edges.len(), 3);
        assert!(names(&network.select(&Selection { topic: None, around: Some(("?".to_owned(), 1)) })).is_empty());
    }
}
