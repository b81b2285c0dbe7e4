use std::{io::Write as _, path::Path};

use anyhow::Context as _;
use oxrdf::Term;

use super::{
    Place,
    failure::Usage,
    output::{self, FormatName},
};
use crate::query::{self, Question};

/// Ask the graph: a named question, a file, or SPARQL text
///
/// Queries see the union of all named graphs as the default graph. Parameters are bound to the variables of the query, not
/// pasted into its text. Without --format, prints a table on a terminal and CSV elsewhere.
///
/// Example: amml-graph query papers-of-topic --param topic=Single-Cell
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The name of a question (see --list), or a file with a query
    #[arg(value_name = "NAME|FILE")]
    question: Option<String>,
    /// The query itself
    #[arg(short, long, value_name = "SPARQL", conflicts_with = "question")]
    expression: Option<String>,
    /// A value for a variable of the query
    #[arg(short, long = "param", value_name = "NAME=VALUE", value_parser = parse_parameter)]
    parameters: Vec<(String, String)>,
    /// table, csv, tsv, json, xml; for graphs ttl, nt, nq, trig, jsonld, rdfxml
    #[arg(short, long)]
    format: Option<FormatName>,
    /// List the named questions with their parameters
    #[arg(short, long, conflicts_with = "expression")]
    list: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    if args.list {
        return list(args.question.as_deref());
    }
    let question = question(args)?;
    let format = output::format_or_default(args.format);
    place.read(|graph| {
        let values: Vec<(String, Term)> = question.bind(graph, &args.parameters)?;
        let answer = graph.query(&question.sparql, &values).with_context(|| format!("cannot run {}", question.name))?;
        let mut out = output::stdout();
        query::write(answer, format, output::width(), &mut out)?;
        out.flush()?;
        Ok(())
    })
}

fn question(args: &Args) -> anyhow::Result<Question> {
    if let Some(sparql) = &args.expression {
        return Ok(Question {
            name: "the query".to_owned(),
            text: String::new(),
            parameters: Vec::new(),
            sparql: sparql.clone(),
        });
    }
    let Some(name) = &args.question else {
        return Err(Usage::new(
            "there is no query",
            "give the name of a question (amml-graph query --list), a file, or -e SPARQL",
        )
        .into());
    };
    if let Some(question) = query::named(name) {
        return Ok(question);
    }
    if !Path::new(name).exists() {
        let hint = "see the questions with: amml-graph query --list";
        return Err(Usage::new(format!("{name} is neither a question nor a file"), hint).into());
    }
    let sparql = std::fs::read_to_string(name).with_context(|| format!("cannot read the query {name}"))?;
    Ok(Question::parse(name, &sparql))
}

fn list(only: Option<&str>) -> anyhow::Result<()> {
    let mut out = output::stdout();
    for question in query::questions().iter().filter(|question| only.is_none_or(|name| question.name == name)) {
        writeln!(out, "{}", question.name)?;
        writeln!(out, "    {}", question.text)?;
        for parameter in &question.parameters {
            let optional = if parameter.is_optional { " (optional)" } else { "" };
            writeln!(out, "    --param {}=…  {}{optional}", parameter.name, parameter.description)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn parse_parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    Ok((name.trim_start_matches(['?', '$']).to_owned(), value.to_owned()))
}
