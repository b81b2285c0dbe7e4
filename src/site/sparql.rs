use askama::Template;

use super::{
    Context, Limits, SiteError,
    answer::AnswerView,
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::{explore::Answer, query::Question};

/// The SPARQL page: a query, what came of it, and queries to begin with.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The query in the editor; empty at first.
    pub query: &'a str,
    /// What came of it.
    pub solution: &'a Solution,
    /// How long a query may take, and how many rows are shown.
    pub limits: Limits,
    /// The named questions, as examples.
    pub examples: &'a [Question],
}

/// What came of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Solution {
    /// It was not run.
    Unasked,
    /// Of SELECT: rows.
    Rows(Answer),
    /// Of ASK: whether it is so.
    Truth(bool),
    /// Of CONSTRUCT and DESCRIBE: RDF as text.
    Graph(String),
    /// The query has a mistake.
    Mistake {
        /// What is wrong.
        message: String,
        /// Line and column, from 1, where they are known.
        place: Option<(usize, usize)>,
    },
    /// It took too long or asked for too much.
    Failed(String),
}

#[derive(Template)]
#[template(path = "sparql.html")]
struct SparqlPage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    query: &'a str,
    limits: String,
    terms: String,
    solution: &'a Solution,
    answer: Option<AnswerView>,
    place: Option<String>,
    downloads: Vec<(String, String)>,
    examples: Vec<Example>,
}

struct Example {
    text: String,
    language: Option<&'static str>,
    href: String,
}

/// The page to write queries on.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn sparql(desk: &Desk<'_>, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let (answer, place) = match desk.solution {
        Solution::Rows(answer) => (Some(AnswerView::of(answer, context)), None),
        Solution::Mistake { place: Some((line, column)), .. } => (None, Some(w.line_and_column(*line, *column))),
        _ => (None, None),
    };
    let formats: &[&str] = match desk.solution {
        Solution::Rows(_) => &["csv", "tsv", "json", "xml"],
        Solution::Graph(_) => &["ttl", "nt", "jsonld"],
        _ => &[],
    };
    let download =
        |format: &&str| Some((w.format(format).into_owned(), context.links.sparql_result(desk.query, format)?));
    let page = SparqlPage {
        shell: Shell { is_kept: false, ..Shell::of_door(context, w.sparql, Door::Sparql).described(w.sparql_text) },
        w,
        query: desk.query,
        limits: w.limits(desk.limits.seconds, desk.limits.n_rows),
        terms: context.links.asset("terms.json"),
        solution: desk.solution,
        answer,
        place,
        downloads: formats.iter().filter_map(download).collect(),
        examples: desk.examples.iter().filter_map(|question| Example::of(question, context)).collect(),
    };
    written("sparql", &page)
}

impl Example {
    /// Questions that must be told something are no query by themselves.
    fn of(question: &Question, context: &Context) -> Option<Self> {
        if question.parameters.iter().any(|parameter| !parameter.is_optional) {
            return None;
        }
        let translated = context.words().question(&question.name);
        Some(Self {
            text: translated.map_or_else(|| question.text.clone(), str::to_owned),
            language: translated.is_none().then_some("en"),
            href: context.links.sparql(Some(&question.sparql))?,
        })
    }
}
