use std::{
    io::{self, BufWriter, IsTerminal, StdoutLock},
    str::FromStr,
};

use oxrdfio::{JsonLdProfileSet, RdfFormat};
use sparesults::QueryResultsFormat;

use crate::query::OutputFormat;

/// The names of the formats of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FormatName(pub(super) OutputFormat);

impl FromStr for FormatName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Ok(Self(match name {
            "table" => OutputFormat::Table,
            "csv" => OutputFormat::Results(QueryResultsFormat::Csv),
            "tsv" => OutputFormat::Results(QueryResultsFormat::Tsv),
            "json" => OutputFormat::Results(QueryResultsFormat::Json),
            "xml" => OutputFormat::Results(QueryResultsFormat::Xml),
            other => OutputFormat::Rdf(
                rdf_format(other)
                    .ok_or("use table, csv, tsv, json or xml; for graphs ttl, nt, nq, trig, jsonld or rdfxml")?,
            ),
        }))
    }
}

/// The RDF format of a name.
pub(super) fn rdf_format(name: &str) -> Option<RdfFormat> {
    Some(match name {
        "ttl" | "turtle" => RdfFormat::Turtle,
        "nt" => RdfFormat::NTriples,
        "nq" => RdfFormat::NQuads,
        "trig" => RdfFormat::TriG,
        "jsonld" => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        "rdfxml" => RdfFormat::RdfXml,
        _ => return None,
    })
}

/// A table on a terminal, CSV elsewhere, unless a format was named.
pub(super) fn format_or_default(given: Option<FormatName>) -> OutputFormat {
    let default =
        if io::stdout().is_terminal() { OutputFormat::Table } else { OutputFormat::Results(QueryResultsFormat::Csv) };
    given.map_or(default, |name| name.0)
}

/// The width of the terminal, of `$COLUMNS`, or what most screens have.
pub(super) fn width() -> usize {
    let of_terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let of_environment = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    of_terminal.or(of_environment).unwrap_or(140)
}

/// Standard output, written in large pieces.
pub(super) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}
