use std::collections::{BTreeMap, BTreeSet, VecDeque};

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use petgraph::{graphmap::UnGraphMap, visit::Bfs};

use crate::{
    map::vocab,
    store::{Graph, StoreError},
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
    /// Papers that cite one another, and preprints with their articles.
    Citations,
    /// Things in their topics, with all relations among them but authorship.
    All,
}

/// Which part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only things under this topic or one of its subtopics.
    pub topic: Option<NamedNode>,
    /// Only things that few relations lead to from this one, and how many at most.
    pub around: Option<(NamedNode, usize)>,
}

/// A part of the graph, ready to be drawn. Everything in it is in a stable order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// What is shown, by IRI.
    pub nodes: BTreeMap<String, ViewNode>,
    /// How it hangs together.
    pub edges: BTreeSet<ViewEdge>,
    /// The topics around the nodes, by IRI.
    pub topics: BTreeMap<String, ViewTopic>,
}

/// A thing or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewNode {
    /// What it is called.
    pub label: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// Where it can be found.
    pub url: Option<String>,
    /// The year of a paper.
    pub year: Option<String>,
    /// The topic that it is drawn in.
    pub topic: Option<String>,
}

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ViewEdge {
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// The word for the relation.
    pub relation: &'static str,
    /// Whether an entry or a source states it, and it was not inferred.
    pub is_stated: bool,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewTopic {
    /// Its number and label.
    pub label: String,
    /// The topic above.
    pub parent: Option<String>,
    /// Its place in the list.
    pub line: u32,
}

const RELATIONS: [(NamedNodeRef<'static>, &str); 4] = [
    (vocab::IMPLEMENTS, "implements"),
    (vocab::CITES, "cites"),
    (vocab::PREPRINT_OF, "preprint of"),
    (vocab::USES_TOOL, "uses"),
];

impl View {
    /// Reads a view from a store.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn read(graph: &Graph, kind: ViewKind, selection: &Selection) -> Result<Self, StoreError> {
        let mut view = Self::default();
        view.read_topics(graph)?;
        view.read_things(graph)?;
        view.read_relations(graph)?;
        if kind == ViewKind::Authors {
            view.read_authors(graph)?;
        }
        view.mark_inferred(graph)?;
        if let Some(topic) = &selection.topic {
            view.keep_topic(topic.as_str());
        }
        match &selection.around {
            Some((center, depth)) => view.keep_around(center.as_str(), *depth),
            None => view.keep_kind(kind),
        }
        view.drop_empty_topics(kind);
        Ok(view)
    }

    fn read_topics(&mut self, graph: &Graph) -> Result<(), StoreError> {
        for (iri, class) in pairs(graph, vocab::TYPE)? {
            if class == vocab::CONCEPT.as_str() {
                self.topics.insert(iri, ViewTopic { label: String::new(), parent: None, line: 0 });
            }
        }
        for (predicate, separator) in [(vocab::NOTATION, " "), (vocab::PREF_LABEL, " / ")] {
            for (iri, text) in pairs(graph, predicate)? {
                let Some(topic) = self.topics.get_mut(&iri) else { continue };
                if !topic.label.is_empty() {
                    topic.label.push_str(
                        if topic.label.starts_with(|c: char| c.is_ascii_digit()) && !topic.label.contains(' ') {
                            " "
                        } else {
                            separator
                        },
                    );
                }
                topic.label.push_str(&text);
            }
        }
        for (iri, parent) in pairs(graph, vocab::BROADER)? {
            if let Some(topic) = self.topics.get_mut(&iri) {
                topic.parent = Some(parent);
            }
        }
        for (iri, line) in pairs(graph, vocab::FIRST_LINE)? {
            if let Some(topic) = self.topics.get_mut(&iri) {
                topic.line = line.parse().unwrap_or(0);
            }
        }
        Ok(())
    }

    fn read_things(&mut self, graph: &Graph) -> Result<(), StoreError> {
        let derived: BTreeSet<String> =
            pairs(graph, vocab::WAS_DERIVED_FROM)?.into_iter().map(|(iri, _)| iri).collect();
        for (class, kind) in vocab::KINDS {
            for quad in graph.matching(None, Some(vocab::TYPE), Some(class.into())) {
                let NamedOrBlankNode::NamedNode(iri) = quad?.subject else { continue };
                if derived.contains(iri.as_str()) {
                    let node = ViewNode { label: String::new(), kind, url: None, year: None, topic: None };
                    self.nodes.entry(iri.into_string()).or_insert(node);
                }
            }
        }
        self.read_labels(graph)?;
        for (iri, topic) in pairs(graph, vocab::SUBJECT)? {
            let is_known = self.topics.contains_key(&topic);
            if let Some(node) = self.nodes.get_mut(&iri).filter(|_| is_known) {
                node.topic.get_or_insert(topic);
            }
        }
        Ok(())
    }

    fn read_labels(&mut self, graph: &Graph) -> Result<(), StoreError> {
        let names = [vocab::RDFS_LABEL, vocab::NAME].map(|predicate| (predicate, ""));
        for (predicate, prefix) in names.into_iter().chain([(vocab::DOI, "doi:"), (vocab::ARXIV_ID, "arXiv:")]) {
            for (iri, text) in pairs(graph, predicate)? {
                if let Some(node) = self.nodes.get_mut(&iri).filter(|node| node.label.is_empty()) {
                    node.label = format!("{prefix}{text}");
                }
            }
        }
        for predicate in [vocab::URL, vocab::SAME_AS] {
            for (iri, url) in pairs(graph, predicate)? {
                if let Some(node) = self.nodes.get_mut(&iri) {
                    node.url.get_or_insert(url);
                }
            }
        }
        for (iri, date) in pairs(graph, vocab::ISSUED)? {
            if let Some(node) = self.nodes.get_mut(&iri) {
                node.year.get_or_insert_with(|| date.chars().take(4).collect());
            }
        }
        for (iri, node) in self.nodes.iter_mut().filter(|(_, node)| node.label.is_empty()) {
            node.label.clone_from(iri);
        }
        for (iri, status) in pairs(graph, vocab::CREATIVE_WORK_STATUS)? {
            let is_grave = crate::query::is_grave(&status);
            if let Some(node) = self.nodes.get_mut(&iri).filter(|node| is_grave && !node.label.ends_with(']')) {
                node.label = format!("{} [{status}]", node.label);
            }
        }
        Ok(())
    }

    fn read_relations(&mut self, graph: &Graph) -> Result<(), StoreError> {
        for (predicate, relation) in RELATIONS {
            for (from, to) in pairs(graph, predicate)? {
                if self.nodes.contains_key(&from) && self.nodes.contains_key(&to) {
                    self.edges.insert(ViewEdge { from, to, relation, is_stated: true });
                }
            }
        }
        Ok(())
    }

    fn read_authors(&mut self, graph: &Graph) -> Result<(), StoreError> {
        let names: BTreeMap<String, String> = pairs(graph, vocab::NAME)?.into_iter().collect();
        let is_copy = |edge: &&ViewEdge| {
            edge.relation == "preprint of" && self.nodes[&edge.to].label == self.nodes[&edge.from].label
        };
        let preprints: BTreeSet<String> = self.edges.iter().filter(is_copy).map(|edge| edge.from.clone()).collect();
        for (paper, person) in pairs(graph, vocab::AUTHOR)? {
            if preprints.contains(&paper) || !self.nodes.contains_key(&paper) {
                continue;
            }
            let label = names.get(&person).cloned().unwrap_or_else(|| person.clone());
            self.nodes.entry(person.clone()).or_insert(ViewNode {
                label,
                kind: "person",
                url: None,
                year: None,
                topic: None,
            });
            self.edges.insert(ViewEdge { from: person, to: paper, relation: "author", is_stated: true });
        }
        Ok(())
    }

    /// Relations for which there is no evidence but our own inference.
    fn mark_inferred(&mut self, graph: &Graph) -> Result<(), StoreError> {
        const INFERRED: [&str; 4] = ["same-name", "title-match", "title-and-owner", "owner-is-author"];
        let subjects: BTreeMap<String, String> = pairs(graph, vocab::RDF_SUBJECT)?.into_iter().collect();
        let objects: BTreeMap<String, String> = pairs(graph, vocab::RDF_OBJECT)?.into_iter().collect();
        let mut stated: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for (statement, evidence) in pairs(graph, vocab::EVIDENCE)? {
            let (Some(from), Some(to)) = (subjects.get(&statement), objects.get(&statement)) else { continue };
            *stated.entry((from, to)).or_default() |= !INFERRED.contains(&evidence.as_str());
        }
        let edges = std::mem::take(&mut self.edges);
        self.edges = edges
            .into_iter()
            .map(|edge| {
                let is_stated = stated.get(&(edge.from.as_str(), edge.to.as_str())).copied().unwrap_or(true);
                ViewEdge { is_stated, ..edge }
            })
            .collect();
        Ok(())
    }

    fn keep_topic(&mut self, topic: &str) {
        let mut below = BTreeSet::from([topic.to_owned()]);
        let mut queue = VecDeque::from([topic.to_owned()]);
        while let Some(above) = queue.pop_front() {
            for (iri, topic) in &self.topics {
                if topic.parent.as_deref() == Some(&above) && below.insert(iri.clone()) {
                    queue.push_back(iri.clone());
                }
            }
        }
        let things: BTreeSet<String> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.topic.as_ref().is_some_and(|topic| below.contains(topic)))
            .map(|(iri, _)| iri.clone())
            .collect();
        // Whoever wrote a paper of the topic belongs to it.
        let authors = self
            .edges
            .iter()
            .filter(|edge| edge.relation == "author" && things.contains(&edge.to))
            .map(|edge| edge.from.clone());
        let kept: BTreeSet<String> = things.iter().cloned().chain(authors).collect();
        self.keep(&kept);
    }

    /// The things that at most `depth` relations lead to from the center.
    fn keep_around(&mut self, center: &str, depth: usize) {
        let iris: Vec<&str> = self.nodes.keys().map(String::as_str).collect();
        let index = |iri: &str| iris.binary_search(&iri).ok();
        let mut network: UnGraphMap<usize, ()> = UnGraphMap::new();
        for edge in &self.edges {
            if let (Some(from), Some(to)) = (index(&edge.from), index(&edge.to)) {
                network.add_edge(from, to, ());
            }
        }
        let Some(start) = index(center) else { return self.keep(&BTreeSet::new()) };
        network.add_node(start);
        let mut distance = BTreeMap::from([(start, 0)]);
        let mut walk = Bfs::new(&network, start);
        while let Some(at) = walk.next(&network) {
            let next = distance[&at] + 1;
            for neighbor in network.neighbors(at) {
                distance.entry(neighbor).or_insert(next);
            }
        }
        let kept = distance.iter().filter(|(_, steps)| **steps <= depth).map(|(at, _)| iris[*at].to_owned()).collect();
        self.keep(&kept);
    }

    fn keep_kind(&mut self, kind: ViewKind) {
        let relations: &[&str] = match kind {
            ViewKind::Tools => &["implements"],
            ViewKind::Authors => &["author"],
            ViewKind::Citations => &["cites", "preprint of"],
            ViewKind::Topics => &[],
            ViewKind::All => &["implements", "cites", "preprint of", "uses"],
        };
        self.edges.retain(|edge| relations.contains(&edge.relation));
        let tied: BTreeSet<&String> = self.edges.iter().flat_map(|edge| [&edge.from, &edge.to]).collect();
        let is_shown = |iri: &String, node: &ViewNode| match kind {
            ViewKind::Tools => matches!(node.kind, "tool" | "model") || tied.contains(iri),
            ViewKind::Authors | ViewKind::Citations => tied.contains(iri),
            ViewKind::Topics => node.topic.is_some(),
            ViewKind::All => node.topic.is_some() || tied.contains(iri),
        };
        let kept = self.nodes.iter().filter(|(iri, node)| is_shown(iri, node)).map(|(iri, _)| iri.clone()).collect();
        self.keep(&kept);
    }

    fn keep(&mut self, iris: &BTreeSet<String>) {
        self.nodes.retain(|iri, _| iris.contains(iri));
        self.edges.retain(|edge| iris.contains(&edge.from) && iris.contains(&edge.to));
    }

    /// Topics that hold nothing here; all of them where topics are not drawn.
    fn drop_empty_topics(&mut self, kind: ViewKind) {
        if !matches!(kind, ViewKind::Topics | ViewKind::All) {
            self.topics.clear();
            return;
        }
        let mut used = BTreeSet::new();
        for node in self.nodes.values() {
            let mut topic = node.topic.clone();
            while let Some(iri) = topic.filter(|iri| used.insert(iri.clone())) {
                topic = self.topics.get(&iri).and_then(|topic| topic.parent.clone());
            }
        }
        self.topics.retain(|iri, _| used.contains(iri));
    }
}

/// Subject and object of all triples of a predicate, sorted.
fn pairs(graph: &Graph, predicate: NamedNodeRef<'_>) -> Result<Vec<(String, String)>, StoreError> {
    let mut found = Vec::new();
    for quad in graph.matching(None, Some(predicate), None) {
        let quad = quad?;
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
        let object = match quad.object {
            Term::NamedNode(node) => node.into_string(),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(_) => continue,
        };
        found.push((subject.into_string(), object));
    }
    found.sort();
    Ok(found)
}
