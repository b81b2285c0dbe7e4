//! What a view is about: which nodes, which relations, and which of them matter most.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    algorithm::{Csr, PageRankOptions, page_rank},
    network::{Column, Edge, Network, Node, Relation},
};

/// What to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewKind {
    /// Tools beside the papers that they implement.
    Tools,
    /// Things in their topics.
    Topics,
    /// Authors and their papers.
    Authors,
    /// Papers that cite one another, and preprints with their articles, by year.
    Citations,
    /// Things in their topics, with all relations among them but authorship.
    All,
}

impl ViewKind {
    /// The kind that a word means: `tools`, `topics`, `authors`, `citations`, `all`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "tools" => Self::Tools,
            "topics" => Self::Topics,
            "authors" => Self::Authors,
            "citations" => Self::Citations,
            "all" => Self::All,
            _ => return None,
        })
    }

    /// The relations that are drawn.
    pub(super) fn relations(self) -> &'static [Relation] {
        match self {
            Self::Tools => &[Relation::Implements],
            Self::Authors => &[Relation::Author],
            Self::Citations => &[Relation::Cites, Relation::PreprintOf],
            Self::Topics => &[],
            Self::All => &[Relation::Implements, Relation::Cites, Relation::PreprintOf, Relation::Uses],
        }
    }

    /// Whether a thing may stand in the view, apart from its edges.
    fn admits(self, node: &Node) -> bool {
        let is_thing = !matches!(node.kind, "topic" | "person" | "journal" | "conference" | "list" | "organization");
        match self {
            Self::Tools => matches!(node.kind, "tool" | "model"),
            Self::Topics | Self::All => is_thing || node.kind == "list",
            Self::Authors | Self::Citations => false,
        }
    }

    /// What is drawn in the plural.
    pub(super) fn subject(self) -> &'static str {
        match self {
            Self::Tools => "Tools and the papers that they implement",
            Self::Topics => "What stands under which topic",
            Self::Authors => "Authors and their works",
            Self::Citations => "Who cites whom",
            Self::All => "Things in their topics, and how they hang together",
        }
    }
}

/// All that could be drawn.
pub(super) struct Candidates {
    /// For each node of the network, whether it could.
    pub(super) is_candidate: Vec<bool>,
    pub(super) edges: Vec<Edge>,
    /// For each node how much it matters: what is shown first, and larger.
    pub(super) weights: Vec<f64>,
    /// For a tool how many of its papers are left out, so that there is room for others.
    pub(super) more: BTreeMap<u32, usize>,
}

/// So many papers are drawn beside a tool, where there are too many in all.
const PAPERS_OF_TOOL: usize = 3;

impl Candidates {
    pub(super) fn of(network: &Network, kind: ViewKind, has_topic: &[bool]) -> Self {
        let copies = if kind == ViewKind::Authors { network.copies() } else { BTreeSet::new() };
        let versions: BTreeMap<u32, u32> =
            if kind == ViewKind::Tools { network.pairs(Relation::PreprintOf).collect() } else { BTreeMap::new() };
        let implemented: BTreeSet<(u32, u32)> = network.pairs(Relation::Implements).collect();
        // Where a tool implements an article, its preprint beside it would say the same again.
        let is_again =
            |edge: &&Edge| versions.get(&edge.to).is_some_and(|article| implemented.contains(&(edge.from, *article)));
        let is_drawn = |edge: &&Edge| kind.relations().contains(&edge.relation) && !copies.contains(&edge.from);
        let edges: Vec<Edge> = network
            .edges
            .iter()
            .filter(is_drawn)
            .filter(|edge| edge.from != edge.to && !is_again(edge))
            .copied()
            .collect();
        let mut is_candidate: Vec<bool> = network
            .nodes
            .iter()
            .zip(has_topic)
            .map(|(node, has_topic)| kind.admits(node) && (*has_topic || kind == ViewKind::Tools))
            .collect();
        for edge in &edges {
            is_candidate[edge.from as usize] = true;
            is_candidate[edge.to as usize] = true;
        }
        let weights = weights(network, kind, &edges);
        Self { is_candidate, edges, weights, more: BTreeMap::new() }
    }

    /// Leaves of each tool the foremost papers only.
    pub(super) fn thin_out(&mut self, network: &Network) {
        let mut of_tool: BTreeMap<u32, Vec<Edge>> = BTreeMap::new();
        self.edges.iter().for_each(|edge| of_tool.entry(edge.from).or_default().push(*edge));
        self.edges.clear();
        for (tool, mut edges) in of_tool {
            let weight = |edge: &Edge| self.weights[edge.to as usize];
            let year = |edge: &Edge| network.nodes[edge.to as usize].year().unwrap_or(i32::MAX);
            edges.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(year(a).cmp(&year(b))).then(a.cmp(b)));
            let n_left = edges.len().saturating_sub(PAPERS_OF_TOOL);
            if n_left > 0 {
                self.more.insert(tool, n_left);
            }
            self.edges.extend(edges.into_iter().take(PAPERS_OF_TOOL));
        }
        self.edges.sort_unstable();
    }
}

/// Citations rank papers; else what services count, in how many lists a thing stands, and how much is tied to it.
fn weights(network: &Network, kind: ViewKind, edges: &[Edge]) -> Vec<f64> {
    let n_nodes = network.nodes.len();
    if kind == ViewKind::Citations {
        let pairs: Vec<(u32, u32)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        return page_rank(&Csr::from_edges(n_nodes, &pairs), &PageRankOptions::default()).scores;
    }
    let is_tie = |edge: &&Edge| {
        matches!(edge.relation, Relation::Implements | Relation::Cites | Relation::PreprintOf | Relation::Uses)
            || kind == ViewKind::Authors && edge.relation == Relation::Author
    };
    let mut weights = vec![1.0; n_nodes];
    for edge in network.edges.iter().filter(is_tie) {
        weights[edge.from as usize] += 1.0;
        weights[edge.to as usize] += 1.0;
    }
    let mut n_lists = vec![0_u32; n_nodes];
    network.pairs(Relation::Listed).for_each(|(thing, _)| n_lists[thing as usize] += 1);
    for ((node, weight), n_lists) in network.nodes.iter().zip(&mut weights).zip(n_lists) {
        let count = |column| node.get(column).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0).max(0.0);
        *weight += count(Column::CitationCount).ln_1p()
            + count(Column::Stars).ln_1p()
            + 2.0 * f64::from(n_lists.saturating_sub(1));
    }
    weights
}
