//! The [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/).

mod answer;
mod description;
mod request;
mod update;

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State as Shared,
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
};

pub(super) use self::answer::write_table;
use self::request::Operation;
use super::{formats, pages, problem::Problem, request::Parts, state::State};

/// Queries, updates, the service's description of itself, and for browsers a page to write queries on.
pub(super) async fn endpoint(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    let is_page = parts.method != Method::POST
        && formats::wants_page(parts.accept().as_deref())
        && parts.form().is_ok_and(|form| form.get("format").is_none());
    if is_page {
        return pages::sparql(&state, &parts).await;
    }
    if parts.method == Method::OPTIONS {
        return options("GET, HEAD, POST, OPTIONS");
    }
    match run(&state, request).await {
        Ok(response) => response,
        Err(problem) => problem.text(),
    }
}

async fn run(state: &Arc<State>, request: Request<Body>) -> Result<Response<Body>, Problem> {
    let (parts, body) = request.into_parts();
    let parts = Parts::from(parts);
    match request::read(state, &parts, body).await? {
        Operation::Describe => description::respond(state, &parts),
        Operation::Query(query) => answer::respond(state, &parts, query).await,
        Operation::Update(update) => update::respond(state, update).await,
    }
}

/// Which methods there are.
pub(super) fn options(allowed: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    response
}

/// What is asked for in a way that is not served.
fn not_allowed() -> Problem {
    let what = "queries come by GET or POST, updates by POST";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, what, "see https://www.w3.org/TR/sparql11-protocol/")
        .with("allow", "GET, HEAD, POST, OPTIONS")
}
