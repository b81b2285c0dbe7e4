//! What readers of one thing should see, too.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Claim, Report, pairs::ancestors, subnet::real};
use crate::{
    algorithm::Csr,
    map::vocab,
    network::{Network, Relation},
};

/// How much each reason counts: all are from 0 to 1 before.
const WEIGHTS: [f64; 5] = [1.0, 0.8, 0.6, 0.6, 0.3];

/// What two things have in common.
#[derive(Debug, Clone, Default)]
struct Common {
    cited_together: Vec<u32>,
    references: Vec<u32>,
    authors: Vec<u32>,
    works: Vec<u32>,
    topics: Vec<u32>,
}

/// Finds what is most like a thing, with the reasons: works that cite both, references, authors, works that tools implement,
/// and topics in common. Each counts by its share (Salton's cosine), topics the more the fewer things stand under them.
#[must_use]
pub fn similar(network: &Network, thing: u32) -> Report {
    let relations = Relations::of(network);
    let own = network.versions(thing);
    let mut found: BTreeMap<u32, Common> = BTreeMap::new();
    for at in &own {
        relations.collect(*at, &mut found);
    }
    found.retain(|other, _| {
        !own.contains(other) && !matches!(network.nodes[*other as usize].kind, "topic" | "person" | "organization")
    });
    let mut scored: Vec<(f64, u32, Common)> = found
        .into_iter()
        .map(|(other, common)| (relations.score(&own, other, &common), other, common.distinct()))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let row = |(score, other, common): &(f64, u32, Common)| {
        vec![
            Cell::Real((score * 1000.0).round() / 1000.0),
            Cell::Text(network.nodes[*other as usize].kind.to_owned()),
            Cell::name(network, *other),
            Cell::Text(common.words(network)),
            Cell::Node(*other),
        ]
    };
    let claim = |(score, other, _): &(f64, u32, Common)| Claim::Pair {
        node: thing,
        predicate: vocab::SIMILAR_TO,
        other: *other,
        value: Cell::Real(*score),
    };
    Report {
        name: "similar".to_owned(),
        method: format!(
            "what {:?} has in common with others: citing works {}, references {}, authors {}, implemented works {}, topics {}",
            network.nodes[thing as usize].label, WEIGHTS[0], WEIGHTS[1], WEIGHTS[2], WEIGHTS[3], WEIGHTS[4]
        ),
        parameters: vec![("thing", network.nodes[thing as usize].iri.to_string())],
        columns: vec!["score", "kind", "name", "why", "node"],
        rows: scored.iter().map(row).collect(),
        claims: scored.iter().map(claim).collect(),
        notes: Vec::new(),
    }
}

/// Relations in both directions.
struct Relations {
    cites: Both,
    author: Both,
    implements: Both,
    topic: Both,
}

/// From and to.
struct Both {
    to: Csr,
    from: Csr,
}

impl Both {
    fn of(n_nodes: usize, pairs: &[(u32, u32)]) -> Self {
        let to = Csr::from_edges(n_nodes, pairs);
        Self { from: to.reversed(), to }
    }
}

impl Relations {
    fn of(network: &Network) -> Self {
        let n_nodes = network.nodes.len();
        let pairs = |relation: Relation| network.pairs(relation).collect::<Vec<_>>();
        // A topic with subtopics says little; what stands under one of them does not stand under it.
        let broad: BTreeSet<u32> = ancestors(network).into_values().flatten().collect();
        let topics: Vec<(u32, u32)> =
            network.pairs(Relation::Topic).filter(|(_, topic)| !broad.contains(topic)).collect();
        Self {
            cites: Both::of(n_nodes, &pairs(Relation::Cites)),
            author: Both::of(n_nodes, &pairs(Relation::Author)),
            implements: Both::of(n_nodes, &pairs(Relation::Implements)),
            topic: Both::of(n_nodes, &topics),
        }
    }

    /// Adds what a thing has in common with all others.
    fn collect(&self, at: u32, found: &mut BTreeMap<u32, Common>) {
        let mut add = |shared: &[u32], others: &Csr, list: fn(&mut Common) -> &mut Vec<u32>| {
            for shared in shared {
                for other in others.row(*shared).iter().filter(|other| **other != at) {
                    list(found.entry(*other).or_default()).push(*shared);
                }
            }
        };
        add(self.cites.from.row(at), &self.cites.to, |common| &mut common.cited_together);
        add(self.cites.to.row(at), &self.cites.from, |common| &mut common.references);
        add(self.author.to.row(at), &self.author.from, |common| &mut common.authors);
        add(self.implements.to.row(at), &self.implements.from, |common| &mut common.works);
        add(self.topic.to.row(at), &self.topic.from, |common| &mut common.topics);
    }

    fn score(&self, own: &BTreeSet<u32>, other: u32, common: &Common) -> f64 {
        let size = |csr: &Csr| own.iter().map(|at| csr.row(*at).len()).sum::<usize>();
        let share = |shared: &[u32], csr: &Csr| cosine(distinct(shared).len(), size(csr), csr.row(other).len());
        // Two things under a topic of two are nearer to each other than two under a topic of a hundred.
        let topics =
            distinct(&common.topics).into_iter().map(|topic| 1.0 / real(self.topic.from.row(topic).len()).ln_1p());
        let parts = [
            share(&common.cited_together, &self.cites.from),
            share(&common.references, &self.cites.to),
            share(&common.authors, &self.author.to),
            share(&common.works, &self.implements.to),
            topics.sum::<f64>().min(1.0),
        ];
        parts.iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum()
    }
}

impl Common {
    /// Each of them once.
    fn distinct(self) -> Self {
        Self {
            cited_together: distinct(&self.cited_together),
            references: distinct(&self.references),
            authors: distinct(&self.authors),
            works: distinct(&self.works),
            topics: distinct(&self.topics),
        }
    }

    /// The reasons in words.
    fn words(&self, network: &Network) -> String {
        let names = |nodes: &[u32]| {
            let shown: Vec<_> = nodes.iter().take(3).map(|at| network.nodes[*at as usize].caption()).collect();
            let more = nodes.len().saturating_sub(3);
            shown.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
        };
        let reasons = [
            (&self.cited_together, "cited together by"),
            (&self.references, "both cite"),
            (&self.authors, "both by"),
            (&self.works, "both implement"),
            (&self.topics, "both under"),
        ];
        let said: Vec<String> = reasons
            .iter()
            .filter(|(nodes, _)| !nodes.is_empty())
            .map(|(nodes, words)| format!("{words} {}", names(nodes)))
            .collect();
        said.join("; ")
    }
}

fn distinct(nodes: &[u32]) -> Vec<u32> {
    let mut nodes = nodes.to_vec();
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

fn cosine(n_common: usize, n_own: usize, n_other: usize) -> f64 {
    let product = real(n_own) * real(n_other);
    if product > 0.0 { (real(n_common) / product.sqrt()).min(1.0) } else { 0.0 }
}
