use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock},
};

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{Item, Notice, Text};
use crate::{
    analyze::{self, Cell, Claim},
    map::{Minter, vocab},
    network::{Column, Edge, Network, Node, Relation},
    store::{Graph, Scan, StoreError},
};

/// A store that is asked again and again.
pub struct Atlas {
    graph: Graph,
    network: Network,
    /// The places of the edges in the order of what they lead to.
    incoming: Vec<u32>,
    /// For each node the place of its first edge; and the end.
    starts: Vec<u32>,
    /// For each node the place in `incoming` of the first edge that leads to it; and the end.
    ends: Vec<u32>,
    n_quads: usize,
    n_triples: usize,
    n_subjects: usize,
    base: String,
    this_year: i32,
    /// For each tool that nobody looks after what may take its place, and why; found when it is first asked for.
    successors: OnceLock<BTreeMap<u32, Vec<(u32, String)>>>,
    /// What curators should look at, of each list that was asked for.
    pub(super) notices: Mutex<BTreeMap<String, Vec<Notice>>>,
}

impl Atlas {
    /// Reads what is needed to answer quickly. `this_year` is the year to count back from where something has not changed for
    /// long.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn new(graph: Graph, this_year: i32) -> Result<Self, StoreError> {
        let scan = graph.scan()?;
        let network = Network::of(&scan);
        let n_nodes = network.nodes.len();
        let mut incoming: Vec<u32> = (0..).take(network.edges.len()).collect();
        incoming.sort_by_key(|at| {
            let edge = &network.edges[*at as usize];
            (edge.to, edge.relation, edge.from)
        });
        let starts = offsets(n_nodes, network.edges.iter().map(|edge| edge.from));
        let ends = offsets(n_nodes, network.edges.iter().map(|edge| edge.to));
        let base = base_of(&network);
        let n_subjects = scan.triples().chunk_by(|a, b| a[0] == b[0]).count();
        let (n_quads, n_triples) = (scan.quads().len(), scan.triples().len());
        let successors = OnceLock::new();
        Ok(Self {
            graph,
            network,
            incoming,
            starts,
            ends,
            n_quads,
            n_triples,
            n_subjects,
            base,
            this_year,
            successors,
            notices: Mutex::default(),
        })
    }

    /// The store.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Its things and their relations.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Everything at once.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn scan(&self) -> Result<Scan, StoreError> {
        self.graph.scan()
    }

    /// What the IRIs of things begin with, before `id/`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// How many quads the named graphs have.
    #[must_use]
    pub fn n_quads(&self) -> usize {
        self.n_quads
    }

    /// How many triples the union of all graphs has.
    #[must_use]
    pub fn n_triples(&self) -> usize {
        self.n_triples
    }

    /// How many subjects these have.
    #[must_use]
    pub fn n_subjects(&self) -> usize {
        self.n_subjects
    }

    /// The IRI of the thing for which another one stands (`owl:sameAs`), if it does.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn alias_of(&self, iri: &str) -> Result<Option<String>, StoreError> {
        let Ok(iri) = NamedNode::new(iri) else { return Ok(None) };
        let mut found = self.graph.matching(None, Some(vocab::OWL_SAME_AS), Some(iri.as_ref().into()));
        Ok(found.next().transpose()?.and_then(|quad| match quad.subject {
            NamedOrBlankNode::NamedNode(thing) if thing != iri => Some(thing.into_string()),
            _ => None,
        }))
    }

    /// The edges that start from a node, by what they lead to.
    pub(super) fn from(&self, node: u32) -> &[Edge] {
        let node = node as usize;
        &self.network.edges[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// The edges that lead to a node, by relation.
    pub(super) fn to(&self, node: u32) -> impl Iterator<Item = &Edge> + '_ {
        let node = node as usize;
        let places = &self.incoming[self.ends[node] as usize..self.ends[node + 1] as usize];
        places.iter().map(|at| &self.network.edges[*at as usize])
    }

    /// The nodes that a relation leads to.
    pub(super) fn targets(&self, node: u32, relation: Relation) -> Vec<u32> {
        self.from(node).iter().filter(|edge| edge.relation == relation).map(|edge| edge.to).collect()
    }

    /// The nodes that a relation leads from.
    pub(super) fn sources(&self, node: u32, relation: Relation) -> Vec<u32> {
        self.to(node).filter(|edge| edge.relation == relation).map(|edge| edge.from).collect()
    }

    /// What may take the place of a tool that nobody looks after, with the reasons in words.
    pub(super) fn successors(&self, tool: u32) -> &[(u32, String)] {
        let all = self.successors.get_or_init(|| {
            let mut all: BTreeMap<u32, Vec<(u32, String)>> = BTreeMap::new();
            for claim in analyze::successors(&self.network, self.this_year).claims {
                if let Claim::Pair { node, other, value: Cell::Text(reasons), .. } = claim {
                    all.entry(node).or_default().push((other, reasons));
                }
            }
            all
        });
        all.get(&tool).map_or(&[], Vec::as_slice)
    }

    pub(super) fn node(&self, at: u32) -> &Node {
        &self.network.nodes[at as usize]
    }

    /// A node as it is named on other pages.
    #[must_use]
    pub fn item(&self, at: u32) -> Item {
        let node = self.node(at);
        let (name, name_zh) = match node.kind {
            "topic" => self.topic_names(node),
            _ => (node.caption().into_owned(), None),
        };
        let status =
            node.grave_status().or_else(|| node.statuses().find(|status| matches!(*status, "archived" | "moved")));
        Item {
            iri: node.iri.to_string(),
            kind: node.kind,
            name,
            name_zh,
            year: node.year(),
            status: status.map(str::to_owned),
        }
    }

    /// The thing of an IRI as it is named on other pages; what is no node is called by its IRI.
    #[must_use]
    pub fn item_of(&self, iri: &str) -> Item {
        self.network.find(iri).map_or_else(
            || Item {
                iri: iri.to_owned(),
                kind: "thing",
                name: iri.strip_prefix(&self.base).unwrap_or(iri).to_owned(),
                name_zh: None,
                year: None,
                status: None,
            },
            |at| self.item(at),
        )
    }

    /// A topic's names with its number: in English, or whatever there is, and in Chinese.
    fn topic_names(&self, node: &Node) -> (String, Option<String>) {
        let labels = self.texts(&node.iri, vocab::PREF_LABEL).unwrap_or_default();
        let number = node.get(Column::Notation).map(|number| format!("{number} ")).unwrap_or_default();
        let named = |label: &Text| format!("{number}{}", label.text);
        let is_chinese = |label: &&Text| label.language.as_deref().is_some_and(|language| language.starts_with("zh"));
        let chinese = labels.iter().find(is_chinese).map(named);
        let other = labels.iter().find(|label| !is_chinese(label)).map(named);
        let name = other.clone().or_else(|| chinese.clone()).unwrap_or_else(|| node.label.to_string());
        (name, chinese.filter(|_| other.is_some()))
    }

    /// The texts of a property, sorted.
    pub(super) fn texts(&self, iri: &str, property: NamedNodeRef<'_>) -> Result<Vec<Text>, StoreError> {
        let Ok(node) = NamedNodeRef::new(iri) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for quad in self.graph.matching(Some(node), Some(property), None) {
            if let Term::Literal(literal) = quad?.object {
                let language = literal.language().map(str::to_owned);
                found.push(Text { text: literal.value().to_owned(), language });
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }
}

/// For each of so many nodes how many numbers are smaller, and at the end how many there are.
fn offsets(n_nodes: usize, numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut offsets = vec![0; n_nodes + 1];
    numbers.for_each(|number| offsets[number as usize + 1] += 1);
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    offsets
}

/// What the IRIs of sources begin with; without any, what they begin with by default.
fn base_of(network: &Network) -> String {
    let base = |node: &Node| {
        let at = node.iri.find(&format!("id/{}/", node.kind))?;
        Some(node.iri[..at].to_owned())
    };
    let lists = network.nodes.iter().filter(|node| node.kind == "list");
    let found = lists.chain(&network.nodes).find_map(base);
    found.unwrap_or_else(|| Minter::default().base().to_owned())
}
