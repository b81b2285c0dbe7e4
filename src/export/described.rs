//! What a graph says of one thing.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use oxrdf::{GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxrdfio::{RdfFormat, RdfSerializer};

use super::rdf::PREFIXES;
use crate::{
    map::vocab,
    store::{Graph, StoreError},
};

/// More triples than this that lead to a thing are left out: a topic may have thousands of things.
const MOST_INCOMING: usize = 1_000;

/// Triples in a format, with the prefixes of our graph.
#[must_use]
pub fn serialized(triples: &[Triple], format: RdfFormat) -> Vec<u8> {
    serialized_graph(GraphNameRef::DefaultGraph, triples, format)
}

/// The triples of a graph in a format, which says the name of the graph if it can.
#[must_use]
pub fn serialized_graph(name: GraphNameRef<'_>, triples: &[Triple], format: RdfFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A vector takes all that is written.
    let _ = write(name, triples, format, &mut bytes);
    bytes
}

fn write(name: GraphNameRef<'_>, triples: &[Triple], format: RdfFormat, out: &mut dyn Write) -> std::io::Result<()> {
    let name = if format.supports_datasets() { name } else { GraphNameRef::DefaultGraph };
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).expect("the prefixes are valid IRIs");
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples {
        writer.serialize_quad(triple.as_ref().in_graph(name))?;
    }
    writer.finish()?.flush()
}

/// What the store says of a thing, sorted: its own triples, those of its parts (`#…`), the statements about it, and what
/// leads to it. Nothing, where it is not known.
///
/// # Errors
///
/// If the store cannot be read.
pub fn described(graph: &Graph, iri: &str) -> Result<Vec<Triple>, StoreError> {
    let Ok(thing) = NamedNode::new(iri) else { return Ok(Vec::new()) };
    let mut triples = own(graph, &thing)?;
    if triples.is_empty() {
        return Ok(Vec::new());
    }
    for quad in graph.matching(None, None, Some(thing.as_ref().into())).take(MOST_INCOMING) {
        let quad = quad?;
        let is_of_statement = [vocab::RDF_SUBJECT, vocab::RDF_OBJECT].contains(&quad.predicate.as_ref());
        if let (true, NamedOrBlankNode::NamedNode(statement)) = (is_of_statement, &quad.subject) {
            for quad in graph.matching(Some(statement.as_ref()), None, None) {
                add(&mut triples, quad?);
            }
        }
        add(&mut triples, quad);
    }
    Ok(triples.into_values().collect())
}

/// The triples of a thing and of its parts.
fn own(graph: &Graph, thing: &NamedNode) -> Result<BTreeMap<String, Triple>, StoreError> {
    let part = format!("{}#", thing.as_str());
    let mut triples = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![thing.clone()];
    while let Some(subject) = open.pop() {
        if !seen.insert(subject.clone()) {
            continue;
        }
        for quad in graph.matching(Some(subject.as_ref()), None, None) {
            let quad = quad?;
            if let Term::NamedNode(object) = &quad.object
                && object.as_str().starts_with(&part)
            {
                open.push(object.clone());
            }
            add(&mut triples, quad);
        }
    }
    Ok(triples)
}

/// Adds a triple by its text, which sorts it: triples have no order of their own.
fn add(triples: &mut BTreeMap<String, Triple>, quad: Quad) {
    let triple = Triple::from(quad);
    triples.insert(triple.to_string(), triple);
}
