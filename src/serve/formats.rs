//! The formats in which tables and graphs are given and taken.

use oxrdfio::{JsonLdProfileSet, RdfFormat};
use sparesults::QueryResultsFormat;

use super::negotiate::{self, Offer};

/// Tables and truth values, the most useful first.
pub(super) const TABLES: [Offer<QueryResultsFormat>; 4] = [
    Offer {
        value: QueryResultsFormat::Json,
        types: &["application/sparql-results+json", "application/json", "text/json"],
    },
    Offer { value: QueryResultsFormat::Xml, types: &["application/sparql-results+xml", "application/xml", "text/xml"] },
    Offer { value: QueryResultsFormat::Csv, types: &["text/csv"] },
    Offer { value: QueryResultsFormat::Tsv, types: &["text/tab-separated-values"] },
];

/// Graphs.
pub(super) const GRAPHS: [Offer<RdfFormat>; 6] = [
    Offer {
        value: RdfFormat::Turtle,
        types: &[
            "text/turtle",
            "application/turtle",
            "application/x-turtle",
            "text/n3",
            "text/rdf+n3",
            "application/n3",
        ],
    },
    Offer { value: RdfFormat::NTriples, types: &["application/n-triples", "text/plain"] },
    Offer { value: RdfFormat::RdfXml, types: &["application/rdf+xml", "application/xml", "text/xml"] },
    Offer {
        value: RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        types: &["application/ld+json", "application/json", "application/x-json+ld"],
    },
    Offer { value: RdfFormat::TriG, types: &["application/trig", "application/x-trig"] },
    Offer { value: RdfFormat::NQuads, types: &["application/n-quads", "text/x-nquads"] },
];

/// The media type with which a table is sent.
pub(super) fn type_of_table(format: QueryResultsFormat) -> &'static str {
    match format {
        QueryResultsFormat::Xml => "application/sparql-results+xml",
        QueryResultsFormat::Csv => "text/csv; charset=utf-8",
        QueryResultsFormat::Tsv => "text/tab-separated-values; charset=utf-8",
        _ => "application/sparql-results+json",
    }
}

/// The media type with which a graph is sent.
pub(super) fn type_of_graph(format: RdfFormat) -> &'static str {
    match format {
        RdfFormat::Turtle => "text/turtle; charset=utf-8",
        RdfFormat::NTriples => "application/n-triples",
        RdfFormat::RdfXml => "application/rdf+xml",
        RdfFormat::TriG => "application/trig",
        RdfFormat::NQuads => "application/n-quads",
        _ => "application/ld+json",
    }
}

/// The format of a table that a short name means.
pub(super) fn table_named(name: &str) -> Option<QueryResultsFormat> {
    Some(match name {
        "json" => QueryResultsFormat::Json,
        "xml" => QueryResultsFormat::Xml,
        "csv" => QueryResultsFormat::Csv,
        "tsv" => QueryResultsFormat::Tsv,
        _ => return None,
    })
}

/// The format of a graph that a short name means.
pub(super) fn graph_named(name: &str) -> Option<RdfFormat> {
    Some(match name {
        "ttl" | "turtle" => RdfFormat::Turtle,
        "nt" | "ntriples" | "n-triples" => RdfFormat::NTriples,
        "rdfxml" | "rdf+xml" => RdfFormat::RdfXml,
        "jsonld" | "json-ld" => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        "trig" => RdfFormat::TriG,
        "nq" | "nquads" | "n-quads" => RdfFormat::NQuads,
        _ => return None,
    })
}

/// The format of a body of this media type.
pub(super) fn graph_of_type(content_type: &str) -> Option<RdfFormat> {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    // `text/plain` and `application/xml` name too many things to guess at.
    let is_vague = ["text/plain", "application/xml", "text/xml", "application/json"]
        .iter()
        .any(|vague| essence.eq_ignore_ascii_case(vague));
    let is_known = |offer: &&Offer<RdfFormat>| offer.types.iter().any(|name| essence.eq_ignore_ascii_case(name));
    GRAPHS.iter().find(is_known).filter(|_| !is_vague).map(|offer| offer.value)
}

/// Whether a browser asks, which wants a page and takes what programs want only if there is none.
pub(super) fn wants_page(accept: Option<&str>) -> bool {
    const ANY: &[&str] = &["text/turtle", "application/sparql-results+json", "application/n-triples"];
    let offers =
        [Offer { value: false, types: ANY }, Offer { value: true, types: &["text/html", "application/xhtml+xml"] }];
    negotiate::choose(accept, &offers) == Some(true)
}
