use std::io::{self, Write};

use oxrdf::{GraphName, Quad};
use oxrdfio::{RdfFormat, RdfSerializer};

use crate::{
    map::vocab::AMML,
    store::{Graph, StoreError},
};

/// Why the graph cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum RdfError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output cannot be written.
    #[error("cannot write the graph")]
    Io(#[from] io::Error),
}

/// Prefixes of the formats that have them.
const PREFIXES: [(&str, &str); 11] = [
    ("amml", AMML),
    ("schema", "http://schema.org/"),
    ("bibo", "http://purl.org/ontology/bibo/"),
    ("fabio", "http://purl.org/spar/fabio/"),
    ("cito", "http://purl.org/spar/cito/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Writes the whole graph, sorted: with its named graphs where the format has them, else their union.
///
/// # Errors
///
/// If the store cannot be read or the output not written.
pub fn rdf(graph: &Graph, format: RdfFormat, out: &mut impl Write) -> Result<(), RdfError> {
    let has_graphs =
        matches!(format, RdfFormat::NQuads | RdfFormat::TriG) || matches!(format, RdfFormat::JsonLd { .. });
    let mut quads = graph.quads().collect::<Result<Vec<Quad>, _>>()?;
    if !has_graphs {
        quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
    }
    // By graph first, so that a format with graphs writes each once; the lines of N-Quads sort by themselves.
    let by_line = format == RdfFormat::NQuads;
    quads.sort_by_cached_key(|quad| {
        (if by_line { String::new() } else { quad.graph_name.to_string() }, quad.to_string())
    });
    quads.dedup();
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).expect("the prefixes are valid IRIs");
    }
    let mut writer = serializer.for_writer(out);
    for quad in &quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()?.flush()?;
    Ok(())
}
