use std::collections::HashMap;

use serde::Serialize;

use super::Atlas;
use crate::network::{Edge, Relation};

/// What lies around a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Neighborhood {
    /// The things, the one in the middle first.
    pub nodes: Vec<Dot>,
    /// The ties among them.
    pub edges: Vec<Line>,
    /// How many more things there are.
    pub n_left_out: usize,
}

/// A thing in a neighborhood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dot {
    /// Its IRI.
    pub iri: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// What it is called.
    pub label: String,
    /// The year in which it was published.
    pub year: Option<i32>,
    /// What became of it, where that must be seen.
    pub status: Option<String>,
}

/// A tie in a neighborhood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The place of the thing that it starts from.
    pub from: usize,
    /// The place of the thing that it leads to.
    pub to: usize,
    /// What it says.
    pub relation: &'static str,
    /// Whether a source states it, and it was not inferred from names and titles alone.
    pub is_stated: bool,
}

/// Ties in the order in which they tell of a thing.
const ORDER: [Relation; 11] = [
    Relation::Implements,
    Relation::PreprintOf,
    Relation::Uses,
    Relation::Refers,
    Relation::Cites,
    Relation::Author,
    Relation::Broader,
    Relation::Topic,
    Relation::Venue,
    Relation::CloseMatch,
    Relation::Listed,
];

impl Atlas {
    /// The things that at most `depth` ties lead to, so many at most; the most telling ties first, and of things that are
    /// tied alike those with the most ties.
    #[must_use]
    pub fn around(&self, iri: &str, depth: usize, most: usize) -> Option<Neighborhood> {
        let center = self.network().find(iri)?;
        let mut places: HashMap<u32, usize> = HashMap::from([(center, 0)]);
        let mut found = vec![center];
        let (mut begin, mut n_left_out) = (0, 0);
        for _ in 0..depth {
            let edge = begin..found.len();
            begin = found.len();
            for at in edge {
                for neighbor in self.neighbors(found[at]) {
                    if places.contains_key(&neighbor) {
                        continue;
                    }
                    if found.len() >= most {
                        n_left_out += 1;
                        continue;
                    }
                    places.insert(neighbor, found.len());
                    found.push(neighbor);
                }
            }
        }
        Some(Neighborhood {
            edges: self.lines(&found, &places),
            nodes: found.into_iter().map(|at| self.dot(at)).collect(),
            n_left_out,
        })
    }

    fn neighbors(&self, node: u32) -> Vec<u32> {
        let rank = |relation| ORDER.iter().position(|other| *other == relation).unwrap_or(ORDER.len());
        let out = self.from(node).iter().map(|edge| (edge, edge.to));
        let all = out.chain(self.to(node).map(|edge| (edge, edge.from)));
        let mut ranked: Vec<(usize, std::cmp::Reverse<usize>, u32)> =
            all.map(|(edge, other)| (rank(edge.relation), std::cmp::Reverse(self.degree(other)), other)).collect();
        ranked.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        ranked.into_iter().map(|(_, _, other)| other).filter(|other| seen.insert(*other)).collect()
    }

    fn degree(&self, node: u32) -> usize {
        self.from(node).len() + self.to(node).count()
    }

    fn lines(&self, found: &[u32], places: &HashMap<u32, usize>) -> Vec<Line> {
        let line = |edge: &Edge| {
            let (from, to) = (*places.get(&edge.from)?, *places.get(&edge.to)?);
            let is_stated = self.network().why(edge).is_stated;
            Some(Line { from, to, relation: edge.relation.word(), is_stated })
        };
        found.iter().flat_map(|at| self.from(*at)).filter_map(line).collect()
    }

    fn dot(&self, at: u32) -> Dot {
        let item = self.item(at);
        Dot { iri: item.iri, kind: item.kind, label: item.name, year: item.year, status: item.status }
    }
}
