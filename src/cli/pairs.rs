use std::io::Write as _;

use super::{
    Place,
    failure::Hinted,
    output::{self, FormatName},
};
use crate::{
    query::{self, Found, OutputFormat},
    store::Graph,
};

/// Show which tools implement a paper, with the evidence
///
/// The paper is found by IRI, DOI, arXiv or PubMed identifier, address, or a part of its title. Where several match, all
/// are answered, and standard error says which. A preprint and its article count as one.
///
/// Example: amml-graph tools "deep count autoencoder"
#[derive(Debug, clap::Args)]
pub(super) struct ToolsArgs {
    /// The paper
    paper: String,
    #[command(flatten)]
    shared: Shared,
}

/// Show which papers a tool implements, with the evidence
///
/// The tool is found by IRI, address, name, or a part of its title. Where several match, all are answered.
///
/// Example: amml-graph papers scVI
#[derive(Debug, clap::Args)]
pub(super) struct PapersArgs {
    /// The tool
    tool: String,
    #[command(flatten)]
    shared: Shared,
}

#[derive(Debug, clap::Args)]
struct Shared {
    /// Print also where each link comes from: source, lines, text
    #[arg(long)]
    why: bool,
    /// table, csv, tsv, json, xml
    #[arg(short, long)]
    format: Option<FormatName>,
}

/// One direction of the relation.
struct Direction {
    question: &'static str,
    parameter: &'static str,
    /// The kind that is asked for.
    kind: &'static str,
}

pub(super) fn tools(args: &ToolsArgs, place: &Place) -> anyhow::Result<()> {
    let direction = Direction { question: "tools-of-paper", parameter: "paper", kind: "paper" };
    place.read(|graph| answer(graph, &args.paper, &direction, &args.shared))
}

pub(super) fn papers(args: &PapersArgs, place: &Place) -> anyhow::Result<()> {
    let direction = Direction { question: "papers-of-tool", parameter: "tool", kind: "tool" };
    place.read(|graph| answer(graph, &args.tool, &direction, &args.shared))
}

fn answer(graph: &Graph, text: &str, direction: &Direction, shared: &Shared) -> anyhow::Result<()> {
    let kind = direction.kind;
    let found = query::find_kind(graph, text, kind)?;
    if found.is_empty() {
        let hint = format!("a {kind} is found by IRI, identifier, address, name, or a part of its title");
        return Err(Hinted::new(format!("no {kind} in the store is known as {text:?}"), hint).into());
    }
    if found.len() > 1 {
        tell!("{} {kind}s match {text:?}:", found.len());
        found.iter().for_each(|thing| tell!("  {} <{}>", thing.name, thing.iri.as_str()));
    }
    let format = output::format_or_default(shared.format);
    let question = query::named(direction.question).expect("the question is embedded");
    let mut out = output::stdout();
    for thing in &found {
        if format == OutputFormat::Table {
            writeln!(out, "{}", thing.name)?;
        }
        let answer = graph.query(&question.sparql, &[(direction.parameter.to_owned(), thing.iri.clone().into())])?;
        let shown = query::write(answer, format, output::width(), &mut out)?;
        if shown.rows == 0 {
            tell!("no known link for {} <{}>", thing.name, thing.iri.as_str());
        }
        if shared.why {
            why(graph, thing, direction, &mut out)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// The entries and facts behind each link.
fn why(graph: &Graph, thing: &Found, direction: &Direction, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    for reason in query::reasons(graph, thing.iri.as_ref(), direction.kind == "tool")? {
        writeln!(out, "  {}", reason.link)?;
        writeln!(out, "    {} (confidence {})", reason.evidence, reason.confidence)?;
        for origin in &reason.origins {
            writeln!(out, "    {origin}")?;
        }
    }
    Ok(())
}
