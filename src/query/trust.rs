//! Whom to believe where sources differ: which of their words is shown first. Nothing is overwritten.

use oxrdf::{GraphName, NamedNodeRef, Quad, Term};

use super::card::display;
use crate::{
    map::vocab,
    model::{SourceKind, normalise, trust},
    store::{Graph, StoreError},
};

/// The place of a named graph in the order of trust; 0 is the first.
#[must_use]
pub fn graph_trust(graph: &str) -> usize {
    let (folder, key) = folder_and_key(graph);
    let kind = match folder {
        "list" => SourceKind::List,
        "facts" => SourceKind::Facts,
        "enrich" => SourceKind::Service,
        // What was computed says nothing that a source says better.
        "analysis" => return usize::MAX,
        _ => SourceKind::Decisions,
    };
    trust(kind, key)
}

/// What to call the source of a named graph: `crossref`, `owner/list`.
#[must_use]
pub fn source_name(graph: &str) -> &str {
    folder_and_key(graph).1
}

/// The folder of a named graph and the key of its source. The base of the IRIs may end with a `graph/` of its own.
fn folder_and_key(graph: &str) -> (&str, &str) {
    let folders = ["list", "facts", "enrich", "analysis"];
    let found = folders.iter().filter_map(|folder| graph.find(&format!("graph/{folder}/"))).min();
    let name = found.map(|at| &graph[at + "graph/".len()..]);
    name.and_then(|name| name.split_once('/')).unwrap_or_else(|| ("", graph.rsplit('/').next().unwrap_or(graph)))
}

/// A value, and the sources that give it or one that says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) value: String,
    rank: usize,
    sources: Vec<String>,
}

/// What sources say of a property that has one value, the most trusted first; values that say the same are one.
pub(super) fn said(
    graph: &Graph,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<Said>, StoreError> {
    let mut found: Vec<Said> = Vec::new();
    for quad in graph.stated(subject, predicate) {
        let Quad { object, graph_name: GraphName::NamedNode(name), .. } = quad? else { continue };
        let value = display(graph, &object)?;
        found.push(Said {
            value,
            rank: graph_trust(name.as_str()),
            sources: vec![source_name(name.as_str()).to_owned()],
        });
    }
    found.sort_by(|a, b| (a.rank, &a.value, &a.sources).cmp(&(b.rank, &b.value, &b.sources)));
    let mut different: Vec<Said> = Vec::new();
    for said in found {
        let is_date = predicate == vocab::DATE_PUBLISHED;
        match different.iter_mut().find(|other| is_same(&other.value, &said.value, is_date)) {
            Some(other) => other.sources.extend(said.sources),
            None => different.push(said),
        }
    }
    Ok(different)
}

/// The texts that the most trusted of the sources give that give any, in order.
pub(super) fn best(
    graph: &Graph,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Vec<String>, StoreError> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for quad in graph.stated(subject, predicate) {
        let Quad { object, graph_name: GraphName::NamedNode(name), .. } = quad? else { continue };
        let text = match object {
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        found.push((graph_trust(name.as_str()), text));
    }
    found.sort_unstable();
    found.dedup();
    let first = found.first().map(|(rank, _)| *rank);
    Ok(found.into_iter().take_while(|(rank, _)| Some(*rank) == first).map(|(_, text)| text).collect())
}

/// Whether two values say the same: but for letter case and marks, or as dates of which one is more precise.
fn is_same(a: &str, b: &str, is_date: bool) -> bool {
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    normalise(a) == normalise(b) || is_date && (begins(a, b) || begins(b, a))
}

/// The values to show: one alone as it is, several with who says so.
pub(super) fn shown(said: &[Said]) -> Vec<String> {
    match said {
        [one] => vec![one.value.clone()],
        several => several.iter().map(|said| format!("{} ({})", said.value, said.sources.join(", "))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graph_has_the_trust_of_its_source() {
        for base in ["https://w3id.org/amml-graph/", "http://x.org/graph/", "http://x.org/g#"] {
            let graph = |name: &str| format!("{base}graph/{name}");
            assert_eq!(source_name(&graph("enrich/crossref")), "crossref");
            assert_eq!(source_name(&graph("list/owner/graph/list/a")), "owner/graph/list/a");
            assert_eq!(source_name(&graph("decisions")), "decisions");
            let ranks = ["decisions", "list/a", "facts/a", "enrich/crossref", "enrich/openalex", "enrich/links"];
            assert!(ranks.map(|name| graph_trust(&graph(name))).is_sorted_by(|a, b| a < b), "{base}");
        }
    }
}
