use std::{io::Write, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use oxrdf::{Term, Triple, Variable};
use oxrdfio::{RdfFormat, RdfSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};

use super::request::Query;
use crate::{
    export::PREFIXES,
    serve::{
        formats::{self, GRAPHS, TABLES},
        negotiate::choose,
        problem::Problem,
        request::Parts,
        state::State,
        stream::stream,
    },
    store::{Answer, Form, Request, StoreError},
};

/// Answers a query in the format that the client wants.
pub(super) async fn respond(state: &Arc<State>, parts: &Parts, query: Query) -> Result<Response<Body>, Problem> {
    let mut response = answer(state, parts, query).await?;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

async fn answer(state: &Arc<State>, parts: &Parts, query: Query) -> Result<Response<Body>, Problem> {
    let base = parts.address();
    let accept = parts.accept();
    // Whether the client takes any of it is known before the query runs.
    match Form::of(&query.sparql, Some(&base))? {
        Form::Table => {
            let named = query.format.as_deref().and_then(formats::table_named);
            let format = named.or_else(|| choose(accept.as_deref(), &TABLES)).ok_or_else(|| unacceptable(true))?;
            run(state, query, base, formats::type_of_table(format), move |answer, limit, out| {
                write_table(answer, format, limit, out)
            })
            .await
        }
        Form::Triples => {
            let named = query.format.as_deref().and_then(formats::graph_named);
            let format = named.or_else(|| choose(accept.as_deref(), &GRAPHS)).ok_or_else(|| unacceptable(false))?;
            run(state, query, base, formats::type_of_graph(format), move |answer, limit, out| {
                write_graph(answer, format, limit, out)
            })
            .await
        }
    }
}

async fn run(
    state: &Arc<State>,
    query: Query,
    base: String,
    content_type: &'static str,
    write: impl FnOnce(Answer, usize, &mut dyn Write) -> Result<(), Problem> + Send + 'static,
) -> Result<Response<Body>, Problem> {
    let turn = state.turn().await?;
    let world = state.world();
    let limit = state.options.most_rows;
    let services = state.services();
    let budget = turn.budget.clone();
    stream(content_type, budget.clone(), turn, move |out| {
        let request = Request {
            sparql: &query.sparql,
            base: Some(&base),
            default_graphs: query.default_graphs,
            named_graphs: query.named_graphs,
            services,
            budget,
            ..Request::default()
        };
        write(world.atlas.graph().ask(&request)?, limit, out)
    })
    .await
}

pub(in crate::serve) fn write_table(
    answer: Answer,
    format: QueryResultsFormat,
    limit: usize,
    out: &mut dyn Write,
) -> Result<(), Problem> {
    let serializer = QueryResultsSerializer::from_format(format);
    match answer {
        Answer::Boolean(is_so) => {
            serializer.serialize_boolean_to_writer(out, is_so).map_err(|error| unwritten(&error))?;
        }
        Answer::Rows { variables, rows } => {
            let mut writer =
                serializer.serialize_solutions_to_writer(out, variables.clone()).map_err(|error| unwritten(&error))?;
            for row in within(rows, limit) {
                let row: Vec<Option<Term>> = row?;
                let bound = variables.iter().zip(&row).filter_map(|(name, term)| Some((name, term.as_ref()?)));
                writer
                    .serialize(bound.map(|(name, term): (&Variable, &Term)| (name, term)))
                    .map_err(|error| unwritten(&error))?;
            }
            writer.finish().map_err(|error| unwritten(&error))?;
        }
        Answer::Triples(_) => return Err(unacceptable(false)),
    }
    Ok(())
}

fn write_graph(answer: Answer, format: RdfFormat, limit: usize, out: &mut dyn Write) -> Result<(), Problem> {
    let Answer::Triples(triples) = answer else { return Err(unacceptable(true)) };
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).expect("the prefixes are valid IRIs");
    }
    let mut writer = serializer.for_writer(out);
    for triple in within(triples, limit) {
        let triple: Triple = triple?;
        writer.serialize_triple(&triple).map_err(|error| unwritten(&error))?;
    }
    writer.finish().map_err(|error| unwritten(&error))?;
    Ok(())
}

/// No more than so many; what would be one more is an error, since a part must not be taken for the whole.
fn within<T>(
    items: impl Iterator<Item = Result<T, StoreError>>,
    limit: usize,
) -> impl Iterator<Item = Result<T, Problem>> {
    items.enumerate().map(move |(at, item)| {
        if at < limit {
            return Ok(item?);
        }
        let what = format!("the answer has more than {limit} rows");
        Err(Problem::bad(
            what,
            "ask for less with LIMIT, and page with ORDER BY and OFFSET; or load the whole graph from /download",
        ))
    })
}

fn unacceptable(is_table: bool) -> Problem {
    let types: Vec<&str> = match is_table {
        true => TABLES.iter().map(|offer| offer.types[0]).collect(),
        false => GRAPHS.iter().map(|offer| offer.types[0]).collect(),
    };
    let mut problem = Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        "the answer is not given in that form",
        format!("there are {}", types.join(", ")),
    );
    problem.header = Some(("vary", "Accept"));
    problem
}

/// Whoever waited for the answer has gone: nobody hears this.
fn unwritten(error: &std::io::Error) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("cannot send the answer: {error}"), "ask again")
}
