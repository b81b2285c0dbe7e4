use std::collections::BTreeMap;

use oxrdf::{NamedNodeRef, Quad, Term};

use crate::{
    map::vocab,
    model::{Scope, SourceInfo, SourceKind},
    read::Source,
    store::{Graph, StoreError},
};

/// The sources that a store was built from, with their texts: what a new build resolves together with its own.
///
/// # Errors
///
/// If the store cannot be read.
pub fn sources(graph: &Graph) -> Result<Vec<Source>, StoreError> {
    let mut found: BTreeMap<(SourceKind, String), Source> = BTreeMap::new();
    for quad in graph.matching(None, Some(vocab::IDENTIFIER), None) {
        let Quad { subject, object, .. } = quad?;
        let (oxrdf::NamedOrBlankNode::NamedNode(iri), Term::Literal(key)) = (subject, object) else { continue };
        let is_a = |class: NamedNodeRef<'_>| {
            graph.matching(Some(iri.as_ref()), Some(vocab::TYPE), Some(class.into())).next().is_some()
        };
        let kind = if is_a(vocab::FACT_TABLE) {
            SourceKind::Facts
        } else if is_a(vocab::DECISION_FILE) {
            SourceKind::Decisions
        } else if is_a(vocab::BIBLIOGRAPHY) {
            SourceKind::Bibliography
        } else if is_a(vocab::REGISTRY) {
            SourceKind::Registry
        } else if is_a(vocab::SERVICE) {
            SourceKind::Service
        } else if is_a(vocab::LINK_REPORT) {
            SourceKind::Links
        } else {
            SourceKind::List
        };
        let scope = if one(graph, iri.as_ref(), vocab::SCOPE)?.is_some() { Scope::Known } else { Scope::All };
        let address = one(graph, iri.as_ref(), vocab::URL)?.and_then(|url| url.parse().ok());
        let Some(text) = one(graph, iri.as_ref(), vocab::TEXT)? else { continue };
        let info = SourceInfo { address, scope, ..SourceInfo::new(key.value(), kind) };
        found.insert((kind, key.value().to_owned()), Source::new(info, &text));
    }
    Ok(found.into_values().collect())
}

fn one(graph: &Graph, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>) -> Result<Option<String>, StoreError> {
    let Some(quad) = graph.matching(Some(subject), Some(predicate), None).next().transpose()? else { return Ok(None) };
    Ok(match quad.object {
        Term::NamedNode(node) => Some(node.into_string()),
        Term::Literal(literal) => Some(literal.value().to_owned()),
        Term::BlankNode(_) => None,
    })
}
