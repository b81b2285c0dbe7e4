//! What programs ask for in JSON. `openapi` describes it.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State as Shared},
    http::{HeaderValue, Request, Response, StatusCode, header},
};
use serde_json::{Value, json};

use super::{
    answers::{self, Sought},
    form::Form,
    formats,
    linked::{address_of, broken},
    negotiate::choose,
    openapi,
    problem::Problem,
    request::Parts,
    state::State,
    stream::{Wanted, stream},
    world::World,
};
use crate::{
    explore::Item,
    query::{self, Parameter, ParameterKind, Question},
    store::{Answer, Request as Asked},
};

/// Hits, suggestions and rows that are given where nobody says how many.
const HITS: usize = 20;
const SUGGESTIONS: usize = 8;
const ROWS: usize = 1_000;
/// The most rows that can be asked for.
const MOST_ROWS: usize = 10_000;
/// The most nodes of a neighborhood, and the farthest that it goes.
const MOST_AROUND: usize = 40;
const FARTHEST: usize = 3;

/// Answers in JSON, in a thread where one may wait.
async fn answer(
    state: Arc<State>,
    request: Request<Body>,
    make: impl FnOnce(&World, &Form) -> Result<Value, Problem> + Send + 'static,
) -> Response<Body> {
    let parts = Parts::of(&request);
    let lookup = match state.lookup().await {
        Ok(lookup) => lookup,
        Err(problem) => return problem.json(),
    };
    let made = tokio::task::spawn_blocking(move || {
        let _lookup = lookup;
        make(&state.world(), &parts.form()?)
    });
    match made.await.unwrap_or_else(|_| Err(broken())) {
        Ok(value) => respond(&value),
        Err(problem) => problem.json(),
    }
}

fn respond(value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// An item with the address of its page.
fn with_address(world: &World, item: &Item) -> Value {
    json!({
        "iri": item.iri, "name": item.name, "name_zh": item.name_zh, "kind": item.kind, "year": item.year,
        "status": item.status, "href": address_of("page", world.atlas.base(), &item.iri),
    })
}

/// Full-text search.
pub(super) async fn search(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    answer(state, request, |world, form| {
        let findings = answers::findings(world, &Sought::of(form, HITS)?)?;
        serde_json::to_value(findings).map_err(|error| unwritten(&error))
    })
    .await
}

/// What a text that is not finished may become.
pub(super) async fn suggest(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    answer(state, request, |world, form| {
        let limit = within(form, "limit", SUGGESTIONS, 1, 50)?;
        let found = answers::suggestions(world, form.get("q").unwrap_or_default(), limit)?;
        Ok(json!({ "suggestions": found.iter().map(|item| with_address(world, item)).collect::<Vec<_>>() }))
    })
    .await
}

/// All that is known of a thing.
pub(super) async fn thing(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    answer(state, request, |world, form| {
        let iri = named(world, form, "iri")?;
        let page = world.atlas.page(&iri, None)?;
        let page = page.ok_or_else(|| Problem::not_found(format!("nothing is known of {iri}")))?;
        serde_json::to_value(page).map_err(|error| unwritten(&error))
    })
    .await
}

/// What lies around a thing.
pub(super) async fn around(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    answer(state, request, |world, form| {
        let depth = within(form, "depth", 1, 1, FARTHEST)?;
        let iri = named(world, form, "iri")?;
        let around = world.atlas.around(&iri, depth, MOST_AROUND * depth);
        let around = around.ok_or_else(|| Problem::not_found(format!("nothing is tied to {iri}")))?;
        let mut value = serde_json::to_value(&around).map_err(|error| unwritten(&error))?;
        for (at, node) in around.nodes.iter().enumerate() {
            value["nodes"][at]["href"] = address_of("page", world.atlas.base(), &node.iri).into();
        }
        Ok(value)
    })
    .await
}

/// What leads from one thing to another.
pub(super) async fn path(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    answer(state, request, |world, form| {
        let (from, to) = (named(world, form, "from")?, named(world, form, "to")?);
        Ok(json!({ "steps": serde_json::to_value(world.atlas.path(&from, &to)).map_err(|error| unwritten(&error))? }))
    })
    .await
}

/// The whole at a glance.
pub(super) async fn overview(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    answer(state, request, |world, _| serde_json::to_value(world.overview()).map_err(|error| unwritten(&error))).await
}

/// The description of all this.
pub(super) async fn description(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let origin = Parts::of(&request).origin();
    let title = state.options.title.clone();
    respond(&openapi::description(&title, &origin, &query::questions()))
}

/// The questions, with their parameters and queries.
pub(super) async fn questions() -> Response<Body> {
    let parameter = |parameter: &Parameter| {
        let kind = match parameter.kind {
            ParameterKind::Thing => "thing",
            ParameterKind::Text => "text",
            ParameterKind::Number => "number",
        };
        json!({
            "name": parameter.name, "kind": kind, "optional": parameter.is_optional, "description": parameter.description,
        })
    };
    let question = |question: &Question| {
        json!({
            "name": question.name, "text": question.text, "sparql": question.sparql,
            "parameters": question.parameters.iter().map(parameter).collect::<Vec<_>>(),
        })
    };
    respond(&json!({ "questions": query::questions().iter().map(question).collect::<Vec<_>>() }))
}

/// The answer to a question: in JSON with the things named, or in a format of SPARQL.
pub(super) async fn question(
    Shared(state): Shared<Arc<State>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    ask(&state, &name, &Parts::of(&request)).await.unwrap_or_else(|problem| problem.json())
}

/// Whether the plain form is wanted, or one of the formats of SPARQL.
const PLAIN: &[&str] = &["application/json"];

async fn ask(state: &Arc<State>, name: &str, parts: &Parts) -> Result<Response<Body>, Problem> {
    let form = parts.form()?;
    let question = query::named(name).ok_or_else(|| Problem::not_found(format!("there is no question {name}")))?;
    check(&question, &form)?;
    let limit = form.get("limit").map(|_| within(&form, "limit", ROWS, 1, MOST_ROWS)).transpose()?;
    let format = format(&form, parts)?;
    let turn = state.turn().await?;
    let world = state.world();
    let given = answers::given(&question, &form);
    let budget = turn.budget.clone();
    let most_rows = state.options.most_rows;
    let Some(format) = format else {
        let _wanted = Wanted(budget);
        let made = tokio::task::spawn_blocking(move || {
            let answer = world.atlas.answer(&question, &given, limit.unwrap_or(ROWS), turn.budget.clone())?;
            let mut value = serde_json::to_value(answer).map_err(|error| unwritten(&error))?;
            value["question"] = question.text.into();
            Ok(respond(&value))
        });
        return made.await.unwrap_or_else(|_| Err(broken()));
    };
    let content_type = formats::type_of_table(format);
    stream(content_type, budget.clone(), turn, move |out| {
        let parameters = question.bind(world.atlas.graph(), &given)?;
        let asked = Asked { sparql: &question.sparql, parameters: &parameters, budget, ..Asked::default() };
        let answer = world.atlas.graph().ask(&asked)?;
        // So many rows were asked for, or all of them, which more than may be would not be.
        let answer = limit.into_iter().fold(answer, Answer::first);
        super::sparql::write_table(answer, format, most_rows, out)
    })
    .await
}

/// The format of SPARQL that is wanted; `None` for the plain form.
fn format(form: &Form, parts: &Parts) -> Result<Option<sparesults::QueryResultsFormat>, Problem> {
    if let Some(name) = form.get("format") {
        let hint = "there are json, xml, csv and tsv; without, things are named";
        let unknown = || Problem::bad(format!("no format is called {name:?}"), hint);
        return formats::table_named(name).map(Some).ok_or_else(unknown);
    }
    let plain = super::negotiate::Offer { value: None, types: PLAIN };
    let others = formats::TABLES.map(|offer| super::negotiate::Offer { value: Some(offer.value), types: offer.types });
    let offers: Vec<_> = std::iter::once(plain).chain(others).collect();
    choose(parts.accept().as_deref(), &offers).ok_or_else(|| {
        Problem::new(StatusCode::NOT_ACCEPTABLE, "the answer is not given in that form", "ask for application/json")
    })
}

/// Refuses parameters that the question does not have: a slip in a name must not widen the answer.
fn check(question: &Question, form: &Form) -> Result<(), Problem> {
    let is_known = |name: &str| {
        ["format", "limit"].contains(&name) || question.parameters.iter().any(|parameter| parameter.name == name)
    };
    match form.pairs().iter().find(|(name, _)| !is_known(name)) {
        Some((name, _)) => Err(Problem::bad(
            format!("the question {} has no parameter {name}", question.name),
            "see /api/questions for the parameters of each",
        )),
        None => Ok(()),
    }
}

/// The thing that a parameter names: by IRI, identifier, address, name or a part of its title.
fn named(world: &World, form: &Form, parameter: &str) -> Result<String, Problem> {
    let text = form.filled(parameter).or_else(|| (parameter == "iri").then(|| form.filled("id")).flatten());
    let text = text.ok_or_else(|| Problem::bad(format!("there is no {parameter}"), "name a thing"))?;
    answers::thing(world, text)
}

/// A number within bounds.
fn within(form: &Form, name: &str, default: usize, least: usize, most: usize) -> Result<usize, Problem> {
    let number = form.get(name).map(answers::number).transpose()?.unwrap_or(default);
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(Problem::bad(format!("{name} is {number}"), format!("give {least} to {most}")))
}

fn unwritten(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "report it, with the address")
}
