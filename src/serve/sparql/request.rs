//! What a request asks for ([SPARQL 1.1 Protocol, 2.1 and 2.2](https://www.w3.org/TR/sparql11-protocol/#query-operation)).

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use oxrdf::NamedNode;

use super::not_allowed;
use crate::serve::{
    access,
    form::Form,
    problem::Problem,
    request::{self, Parts},
    state::State,
};

/// What a request asks for.
pub(super) enum Operation {
    /// What the service can do.
    Describe,
    /// An answer.
    Query(Query),
    /// A change.
    Update(Update),
}

/// A query with the graphs that it is about, where the request names them.
pub(super) struct Query {
    pub(super) sparql: String,
    pub(super) default_graphs: Vec<NamedNode>,
    pub(super) named_graphs: Vec<NamedNode>,
    /// A short name of the format, for people who write addresses.
    pub(super) format: Option<String>,
}

/// An update with the graphs that it reads, where the request names them.
pub(super) struct Update {
    pub(super) sparql: String,
    pub(super) using_graphs: Vec<NamedNode>,
    pub(super) using_named_graphs: Vec<NamedNode>,
    /// What relative IRIs are relative to.
    pub(super) base: String,
}

/// Which of the two a body holds.
enum Content {
    Form,
    Query,
    Update,
}

/// Reads a request. Whoever wants to change something must show that it may before anything is read.
pub(super) async fn read(state: &State, parts: &Parts, body: Body) -> Result<Operation, Problem> {
    let in_address = parts.form()?;
    match parts.method {
        Method::GET | Method::HEAD => {
            if in_address.get("update").is_some() {
                return Err(Problem::bad("an update comes by POST", "see https://www.w3.org/TR/sparql11-protocol/"));
            }
            if in_address.get("query").is_none() {
                return Ok(Operation::Describe);
            }
            query(&in_address)
        }
        Method::POST => {
            let content = content(parts)?;
            if matches!(content, Content::Update) {
                access::may_write(state, parts)?;
            }
            let bytes = request::body(&parts.headers, body, state.options.largest_body).await?;
            match content {
                Content::Form => {
                    let form = in_address.and(Form::parse(&bytes)?);
                    match (form.get("query"), form.get("update")) {
                        (Some(_), Some(_)) => Err(Problem::bad("a query and an update in one", "send one of them")),
                        (None, Some(_)) => {
                            access::may_write(state, parts)?;
                            update(&form, parts)
                        }
                        _ => query(&form),
                    }
                }
                Content::Query => query(&in_address.and(direct("query", &bytes)?)),
                Content::Update => update(&in_address.and(direct("update", &bytes)?), parts),
            }
        }
        _ => Err(not_allowed()),
    }
}

fn content(parts: &Parts) -> Result<Content, Problem> {
    let given = parts.header(header::CONTENT_TYPE).unwrap_or_default();
    let mut pieces = given.split(';').map(str::trim);
    let essence = pieces.next().unwrap_or_default().to_ascii_lowercase();
    let charset = pieces.find_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        name.eq_ignore_ascii_case("charset").then(|| value.trim_matches('"').to_ascii_lowercase())
    });
    let refused = |what: String, hint: &str| Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what, hint));
    if charset.as_deref().is_some_and(|charset| charset != "utf-8" && charset != "utf8") {
        return refused("the body is not in UTF-8".to_owned(), "send it in UTF-8");
    }
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Ok(Content::Form),
        "application/sparql-query" => Ok(Content::Query),
        "application/sparql-update" => Ok(Content::Update),
        _ => refused(
            format!("a body of the type {essence:?} is not taken"),
            "send application/sparql-query, application/sparql-update or application/x-www-form-urlencoded",
        ),
    }
}

/// A body that is the query or the update itself, as if it came in a form.
fn direct(name: &str, bytes: &[u8]) -> Result<Form, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|_| Problem::bad("the body is not in UTF-8", "send it in UTF-8"))?;
    Ok(Form::of(name, text))
}

fn query(form: &Form) -> Result<Operation, Problem> {
    Ok(Operation::Query(Query {
        sparql: one(form, "query")?,
        default_graphs: graphs(form, "default-graph-uri")?,
        named_graphs: graphs(form, "named-graph-uri")?,
        format: form.get("format").map(str::to_owned),
    }))
}

fn update(form: &Form, parts: &Parts) -> Result<Operation, Problem> {
    Ok(Operation::Update(Update {
        sparql: one(form, "update")?,
        using_graphs: graphs(form, "using-graph-uri")?,
        using_named_graphs: graphs(form, "using-named-graph-uri")?,
        base: parts.address(),
    }))
}

/// The one value of a parameter.
fn one(form: &Form, name: &str) -> Result<String, Problem> {
    let mut values = form.all(name);
    match (values.next(), values.next()) {
        (Some(value), None) if !value.trim().is_empty() => Ok(value.to_owned()),
        (Some(_), Some(_)) => Err(Problem::bad(format!("there is more than one {name}"), "send one at a time")),
        _ => Err(Problem::bad(format!("there is no {name}"), format!("send it as the parameter {name}"))),
    }
}

fn graphs(form: &Form, name: &str) -> Result<Vec<NamedNode>, Problem> {
    let node = |iri: &str| {
        NamedNode::new(iri)
            .map_err(|_| Problem::bad(format!("{name} is not an absolute IRI: {iri}"), "write it in full"))
    };
    form.all(name).map(node).collect()
}
