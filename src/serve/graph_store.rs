//! The [SPARQL 1.1 Graph Store HTTP Protocol](https://www.w3.org/TR/sparql11-http-rdf-update/): whole graphs to read and,
//! where writing is allowed, to put, add to and remove.
//!
//! `?default` is the graph in which updates without a `GRAPH` write (`graph/default`), and not the union that queries see.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest as _, Multipart, State as Shared},
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
};
use oxrdf::{GraphName, NamedNode, Quad, QuadRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use sha2::{Digest as _, Sha256};

use super::{
    access,
    formats::{self, GRAPHS},
    linked::{broken, status},
    negotiate::choose,
    problem::Problem,
    request::{self, Parts},
    sparql,
    state::State,
};
use crate::{
    export::serialized,
    store::{Graph, NamedGraph, StoreError},
};

/// A graph as a request names it.
struct Target {
    name: NamedNode,
    /// Whether it is the default graph, which is always there.
    is_default: bool,
    /// Whether the request left it to the server to name it.
    is_new: bool,
}

/// Reads or changes a graph.
pub(super) async fn endpoint(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    match run(&state, request).await {
        Ok(response) => response,
        Err(problem) => problem.text(),
    }
}

async fn run(state: &Arc<State>, request: Request<Body>) -> Result<Response<Body>, Problem> {
    let parts = Parts::of(&request);
    match parts.method {
        Method::OPTIONS => Ok(sparql::options("GET, HEAD, PUT, POST, DELETE, OPTIONS")),
        Method::GET | Method::HEAD => read(state, &parts).await,
        Method::PUT | Method::POST | Method::DELETE => {
            access::may_write(state, &parts)?;
            write(state, &parts, request).await
        }
        _ => Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, "a graph is read, put, added to or deleted", "use GET")
            .with("allow", "GET, HEAD, PUT, POST, DELETE, OPTIONS")),
    }
}

async fn read(state: &Arc<State>, parts: &Parts) -> Result<Response<Body>, Problem> {
    let target = target(state, parts)?;
    let format = choose(parts.accept().as_deref(), &GRAPHS).ok_or_else(|| {
        Problem::new(StatusCode::NOT_ACCEPTABLE, "the graph is not given in that form", "ask for text/turtle")
    })?;
    let world = state.world();
    let read = tokio::task::spawn_blocking(move || {
        let triples: Result<Vec<Triple>, StoreError> =
            world.atlas.graph().graph(target.name.as_ref()).map(|quad| quad.map(Triple::from)).collect();
        let triples = triples?;
        if triples.is_empty() && !target.is_default {
            return Err(Problem::not_found(format!("there is no graph {}", target.name)));
        }
        Ok(serialized(&triples, format))
    });
    let bytes = read.await.map_err(|_| broken())??;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(formats::type_of_graph(format)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

async fn write(state: &Arc<State>, parts: &Parts, request: Request<Body>) -> Result<Response<Body>, Problem> {
    let target = target(state, parts)?;
    let mut quads = Vec::new();
    if parts.method != Method::DELETE {
        for (content_type, bytes) in bodies(state, parts, request).await? {
            quads.extend(parsed(&content_type, &bytes, &target.name)?);
        }
    }
    let method = parts.method.clone();
    let address = parts.address();
    let shared = Arc::clone(state);
    let done = tokio::task::spawn_blocking(move || {
        let (name, is_default) = (target.name.clone(), target.is_default);
        let was_there = shared.write(move |graph| change(graph, &name, &method, &quads))?;
        Ok::<_, Problem>((was_there || is_default, target))
    });
    let (was_there, target): (bool, Target) = done.await.map_err(|_| broken())??;
    match (was_there, parts.method == Method::DELETE) {
        (false, true) => Err(Problem::not_found(format!("there is no graph {}", target.name))),
        (false, false) => Ok(created(&target, &address)),
        (true, _) => Ok(status(StatusCode::NO_CONTENT)),
    }
}

/// Puts, adds or removes, and says whether the graph was there before.
fn change(graph: &mut Graph, name: &NamedNode, method: &Method, quads: &[Quad]) -> Result<bool, StoreError> {
    let before: Result<Vec<Quad>, StoreError> = graph.graph(name.as_ref()).collect();
    let before = before?;
    let was_there = !before.is_empty();
    let kept = if *method == Method::POST { before.as_slice() } else { &[] };
    let all = kept.iter().chain(quads).map(Quad::as_ref);
    graph.replace(vec![NamedGraph::collect(name, |sink| all.for_each(|quad: QuadRef<'_>| sink(quad)))])?;
    Ok(was_there)
}

fn created(target: &Target, address: &str) -> Response<Body> {
    let mut response = status(StatusCode::CREATED);
    let location = if target.is_new { target.name.as_str() } else { address };
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The graph that a request means: `?graph=IRI`, `?default`, or the address itself; and for what is added without either a
/// name of its own.
fn target(state: &State, parts: &Parts) -> Result<Target, Problem> {
    let form = parts.form()?;
    let hint = "name one graph: ?graph=IRI or ?default";
    let is_direct = parts.uri.path().trim_end_matches('/') != "/store";
    let mut graphs = form.all("graph");
    let named = |iri: &str| {
        NamedNode::new(iri).map_err(|_| Problem::bad(format!("the graph is not an absolute IRI: {iri}"), hint))
    };
    match (graphs.next(), form.get("default"), is_direct) {
        (Some(iri), None, false) if graphs.next().is_none() => {
            Ok(Target { name: named(iri)?, is_default: false, is_new: false })
        }
        (None, Some(_), false) => {
            let name = NamedNode::new_unchecked(state.world().default_graph());
            Ok(Target { name, is_default: true, is_new: false })
        }
        (None, None, true) => Ok(Target { name: named(&parts.address())?, is_default: false, is_new: false }),
        (None, None, false) if parts.method == Method::POST => {
            let name = format!("{}/{}", parts.address().trim_end_matches('/'), unused(state, parts));
            Ok(Target { name: named(&name)?, is_default: false, is_new: true })
        }
        _ => Err(Problem::bad("the request does not name one graph", hint)),
    }
}

/// A name that no graph has yet.
fn unused(state: &State, parts: &Parts) -> String {
    let n_graphs = state.world().graph_names().len();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_nanos();
    let digest = Sha256::digest(format!("{now} {n_graphs} {}", parts.address()));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The bodies of a request with their types: one, or the parts of a form with files.
async fn bodies(state: &State, parts: &Parts, request: Request<Body>) -> Result<Vec<(String, Bytes)>, Problem> {
    let content_type = parts.header(header::CONTENT_TYPE).unwrap_or_default();
    let largest = state.options.largest_body;
    if !content_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        let bytes = request::body(&parts.headers, request.into_body(), largest).await?;
        return Ok(vec![(content_type, bytes)]);
    }
    // Read whole first, so that the limits of size and time hold for it, too.
    let (head, body) = request.into_parts();
    let bytes = request::body(&head.headers, body, largest).await?;
    let unreadable = |_| Problem::bad("the form with files cannot be read", "send one graph as the body");
    let whole = Request::from_parts(head, Body::from(bytes));
    let mut form = Multipart::from_request(whole, &())
        .await
        .map_err(|_| Problem::bad("the form with files has no boundary", "send one graph as the body"))?;
    let mut found = Vec::new();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let content_type = field.content_type().unwrap_or_default().to_owned();
        found.push((content_type, field.bytes().await.map_err(unreadable)?));
    }
    Ok(found)
}

/// The triples of a body, its relative IRIs taken as relative to the graph.
fn parsed(content_type: &str, bytes: &[u8], name: &NamedNode) -> Result<Vec<Quad>, Problem> {
    let format =
        formats::graph_of_type(content_type).filter(|format| !matches!(format, RdfFormat::NQuads | RdfFormat::TriG));
    let Some(format) = format else {
        let what = format!("a graph of the type {content_type:?} is not taken");
        let hint = "send text/turtle, application/n-triples, application/rdf+xml or application/ld+json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what, hint));
    };
    let parser = RdfParser::from_format(format)
        .with_default_graph(GraphName::from(name.clone()))
        .rename_blank_nodes()
        .without_named_graphs();
    let parser = parser
        .with_base_iri(name.as_str())
        .map_err(|error| Problem::bad(error.to_string(), "name the graph by an IRI"))?;
    let quads: Result<Vec<Quad>, _> = parser.for_slice(bytes).collect();
    quads.map_err(|error| {
        Problem::bad(format!("the graph cannot be read: {error}"), "nothing was changed; mend it and send it again")
    })
}
