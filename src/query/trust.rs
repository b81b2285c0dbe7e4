//! Whom to believe where sources differ: which of their words is shown first. Nothing is overwritten.

use oxrdf::{GraphName, NamedNodeRef, Quad, Term};

use super::card::display;
use crate::{
    model::{SourceKind, normalise, trust},
    store::{Graph, StoreError},
};

/// The place of a named graph in the order of trust; 0 is the first.
fn rank(graph: &str) -> usize {
    let (folder, key) =
        graph.split_once("/graph/").map_or((graph, ""), |(_, name)| name.split_once('/').unwrap_or((name, "")));
    let kind = match folder {
        "list" => SourceKind::List,
        "facts" => SourceKind::Facts,
        "enrich" => SourceKind::Service,
        _ => SourceKind::Decisions,
    };
    trust(kind, key)
}

/// What to call the source of a named graph: `crossref`, `owner/list`.
fn source_of(graph: &str) -> &str {
    let name = graph.split_once("/graph/").map_or(graph, |(_, name)| name);
    name.split_once('/').map_or(name, |(_, name)| name)
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
        found.push(Said { value, rank: rank(name.as_str()), sources: vec![source_of(name.as_str()).to_owned()] });
    }
    found.sort_by(|a, b| (a.rank, &a.value, &a.sources).cmp(&(b.rank, &b.value, &b.sources)));
    let mut different: Vec<Said> = Vec::new();
    for said in found {
        match different.iter_mut().find(|other| is_same(&other.value, &said.value)) {
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
        found.push((rank(name.as_str()), text));
    }
    found.sort_unstable();
    found.dedup();
    let first = found.first().map(|(rank, _)| *rank);
    Ok(found.into_iter().take_while(|(rank, _)| Some(*rank) == first).map(|(_, text)| text).collect())
}

/// Whether two values say the same: but for letter case and marks, or as dates of which one is more precise.
fn is_same(a: &str, b: &str) -> bool {
    let is_date = |text: &str| text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_date(a) && is_date(b) {
        return a.starts_with(b) || b.starts_with(a);
    }
    normalise(a) == normalise(b)
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
    fn curators_come_before_services() {
        let graph = |name: &str| format!("https://w3id.org/amml-graph/graph/{name}");
        let names = ["decisions", "list/o/graph/r", "facts/f", "enrich/crossref", "enrich/openalex", "enrich/other"];
        let ranks = names.map(|name| rank(&graph(name)));
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
        assert_eq!(names.map(|name| source_of(&graph(name)).to_owned())[1..4], ["o/graph/r", "f", "crossref"]);
    }

    #[test]
    fn values_that_say_the_same_are_one() {
        assert!(is_same("Deep Maps.", "deep maps") && is_same("2019", "2019-04-01"));
        assert!(!is_same("2019", "2020-04-01") && !is_same("5", "51"));
    }
}
