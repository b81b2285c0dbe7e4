use std::collections::{HashMap, VecDeque};

use serde::Serialize;

use super::{Atlas, Item};
use crate::network::{Edge, Relation};

/// A step of a way from one thing to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The thing that the step leads to.
    pub item: Item,
    /// The tie that it goes along; none for the first thing.
    pub relation: Option<&'static str>,
    /// Whether it goes against the direction of the tie.
    pub is_backward: bool,
}

/// What nearly everything has in common is taken only where nothing else leads there.
const LOOSE: [Relation; 4] = [Relation::Listed, Relation::Venue, Relation::Topic, Relation::Broader];

impl Atlas {
    /// A shortest way between two things, along ties in either direction; empty where there is none. Ways over common
    /// topics, venues and lists count only where there is no other.
    #[must_use]
    pub fn path(&self, from: &str, to: &str) -> Vec<Step> {
        let (Some(from), Some(to)) = (self.network().find(from), self.network().find(to)) else { return Vec::new() };
        let close = self.shortest(from, to, |relation| !LOOSE.contains(&relation));
        let edges = close.or_else(|| self.shortest(from, to, |_| true)).unwrap_or_default();
        if edges.is_empty() && from != to {
            return Vec::new();
        }
        let mut at = from;
        let mut steps = vec![Step { item: self.item(from), relation: None, is_backward: false }];
        for edge in edges {
            let is_backward = edge.from != at;
            at = if is_backward { edge.from } else { edge.to };
            steps.push(Step { item: self.item(at), relation: Some(edge.relation.word()), is_backward });
        }
        steps
    }

    /// Breadth first; the edges of the way in order.
    fn shortest(&self, from: u32, to: u32, is_open: impl Fn(Relation) -> bool) -> Option<Vec<Edge>> {
        let mut came: HashMap<u32, Option<Edge>> = HashMap::from([(from, None)]);
        let mut open = VecDeque::from([from]);
        while let Some(at) = open.pop_front() {
            if at == to {
                break;
            }
            for edge in self.from(at).iter().chain(self.to(at)).filter(|edge| is_open(edge.relation)) {
                let next = if edge.from == at { edge.to } else { edge.from };
                came.entry(next).or_insert_with(|| {
                    open.push_back(next);
                    Some(*edge)
                });
            }
        }
        let mut edges = Vec::new();
        let mut at = to;
        while let Some(edge) = *came.get(&at)? {
            at = if edge.from == at { edge.to } else { edge.from };
            edges.push(edge);
        }
        edges.reverse();
        Some(edges)
    }
}
