//! Linked data: the IRIs of the graph answer under this server.
//!
//! `/id/…` is a thing, which cannot be sent: it redirects (303) to a page or to data about it
//! ([Cool URIs](https://www.w3.org/TR/cooluris/)), and where it is a weaker name of another thing, to that one.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::State as Shared,
    http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header},
};
use oxrdf::{GraphNameRef, NamedNode, Triple};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{
    formats::{self, GRAPHS},
    negotiate::choose,
    problem::Problem,
    request::Parts,
    state::State,
};
use crate::{
    export::{described, serialized_graph},
    map::ONTOLOGY,
    store::StoreError,
};

/// What cannot stand in a path as it is. A `%` is kept as what it is in an IRI.
const IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|');
/// What cannot stand in a parameter as it is.
const IN_PARAMETERS: &AsciiSet = &IN_PATHS.add(b'%').add(b'&').add(b'+').add(b'=').add(b'\'');

/// The address of the page, or of the data, of a thing.
pub(super) fn address_of(kind: &str, base: &str, iri: &str) -> String {
    match iri.strip_prefix(base).and_then(|path| path.strip_prefix("id/")) {
        // A path that begins or goes on with an empty or a dotted part would not arrive as it was sent.
        Some(path) if !path.split('/').any(|part| matches!(part, "" | "." | "..")) && !path.contains(['?', '#']) => {
            format!("/{kind}/{}", utf8_percent_encode(path, IN_PATHS))
        }
        _ => format!("/{kind}?iri={}", utf8_percent_encode(iri, IN_PARAMETERS)),
    }
}

/// The IRI that a path below `/id/`, `/page/` or `/data/`, or the parameter `iri`, means.
pub(super) fn iri_of(kind: &str, base: &str, parts: &Parts) -> Result<String, Problem> {
    let form = parts.form()?;
    let given = match parts
        .uri
        .path()
        .strip_prefix(kind)
        .and_then(|rest| rest.strip_prefix('/'))
        .filter(|path| !path.is_empty())
    {
        // As it stands in IRIs: decoded only where a client had to encode.
        Some(path) => format!("{base}id/{}", unescaped(path)?),
        None => form.filled("iri").ok_or_else(|| Problem::bad("no thing is named", "name it: ?iri=…"))?.to_owned(),
    };
    NamedNode::new(&given)
        .map(NamedNode::into_string)
        .map_err(|_| Problem::bad(format!("not an IRI: {given}"), "write it in full, as it stands in the graph"))
}

/// A path as it stands in an IRI of the graph: IRIs have letters of all scripts as they are, and `%` only before what has a
/// meaning of its own.
fn unescaped(path: &str) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let digits = others.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if !byte.is_ascii() => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    let hint = "encode it as UTF-8, and then with percent signs";
    String::from_utf8(bytes).map_err(|_| Problem::bad("the address is not in UTF-8", hint))
}

/// A thing: leads on to what can be sent.
pub(super) async fn thing(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    lead(&state, &Parts::of(&request)).unwrap_or_else(|problem| problem.text())
}

fn lead(state: &State, parts: &Parts) -> Result<Response<Body>, Problem> {
    let world = state.world();
    let base = world.atlas.base();
    let iri = iri_of("/id", base, parts)?;
    if world.atlas.network().find(&iri).is_none()
        && let Some(thing) = world.atlas.alias_of(&iri)?
    {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &address_of("id", base, &thing)));
    }
    if world.atlas.graph().matching(Some(node(&iri)?.as_ref()), None, None).next().is_none() {
        return Err(Problem::not_found(format!("nothing is known of {iri}")));
    }
    let kind = if formats::wants_page(parts.accept().as_deref()) { "page" } else { "data" };
    let mut response = redirect(StatusCode::SEE_OTHER, &address_of(kind, base, &iri));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// What is known of a thing, as RDF.
pub(super) async fn data(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    let result = tokio::task::spawn_blocking(move || {
        let world = state.world();
        let iri = iri_of("/data", world.atlas.base(), &parts)?;
        let page = address_of("page", world.atlas.base(), &iri);
        graph(
            &parts,
            &world.stamp,
            &format!("<{page}>; rel=\"alternate\"; type=\"text/html\", <{}>; rel=\"describes\"", header_safe(&iri)),
            || {
                let triples = described(world.atlas.graph(), &iri)?;
                if triples.is_empty() {
                    Err(Problem::not_found(format!("nothing is known of {iri}")))
                } else {
                    Ok(triples)
                }
            },
        )
    });
    result.await.unwrap_or_else(|_| Err(broken())).unwrap_or_else(|problem| problem.text())
}

/// A named graph, as RDF.
pub(super) async fn named_graph(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    let result = tokio::task::spawn_blocking(move || {
        let world = state.world();
        let path = unescaped(parts.uri.path())?;
        let iri = format!("{}{}", world.atlas.base(), path.trim_start_matches('/'));
        let name = node(&iri)?;
        let links = format!("<{}>; rel=\"describes\"", header_safe(&iri));
        named(&parts, &world.stamp, &links, name.as_ref().into(), || {
            let triples: Result<Vec<Triple>, StoreError> =
                world.atlas.graph().graph(name.as_ref()).map(|quad| quad.map(Triple::from)).collect();
            let triples = triples?;
            if triples.is_empty() { Err(Problem::not_found(format!("there is no graph {iri}"))) } else { Ok(triples) }
        })
    });
    result.await.unwrap_or_else(|_| Err(broken())).unwrap_or_else(|problem| problem.text())
}

/// The vocabulary, as RDF.
pub(super) fn ontology(state: &State, parts: &Parts) -> Result<Response<Body>, Problem> {
    graph(parts, &state.world().stamp, "<https://w3id.org/amml-graph/ontology>; rel=\"describes\"", || {
        let parser = oxrdfio::RdfParser::from_format(oxrdfio::RdfFormat::Turtle).for_slice(ONTOLOGY.as_bytes());
        let triples: Result<Vec<Triple>, _> = parser.map(|quad| quad.map(Triple::from)).collect();
        triples.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "report it"))
    })
}

/// Triples in the format that the client wants, unless it has them already.
pub(super) fn graph(
    parts: &Parts,
    stamp: &str,
    links: &str,
    triples: impl FnOnce() -> Result<Vec<Triple>, Problem>,
) -> Result<Response<Body>, Problem> {
    named(parts, stamp, links, GraphNameRef::DefaultGraph, triples)
}

/// The same of a named graph.
fn named(
    parts: &Parts,
    stamp: &str,
    links: &str,
    name: GraphNameRef<'_>,
    triples: impl FnOnce() -> Result<Vec<Triple>, Problem>,
) -> Result<Response<Body>, Problem> {
    let form = parts.form()?;
    let format = match form.filled("format") {
        Some(name) => formats::graph_named(name).ok_or_else(|| {
            Problem::bad(format!("no format is called {name:?}"), "there are ttl, nt, rdfxml, jsonld, trig and nq")
        })?,
        None => choose(parts.accept().as_deref(), &GRAPHS).ok_or_else(|| {
            Problem::new(StatusCode::NOT_ACCEPTABLE, "the data are not given in that form", "ask for text/turtle")
        })?,
    };
    let content_type = formats::type_of_graph(format);
    let tag = format!("W/\"{stamp}-{}\"", content_type.split([';', '/']).nth(1).unwrap_or_default());
    let mut response = match is_known(parts, &tag) {
        true => status(StatusCode::NOT_MODIFIED),
        false => {
            let mut response = Response::new(Body::from(serialized_graph(name, &triples()?, format)));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
            response
        }
    };
    let headers = response.headers_mut();
    if let Some(name) = form.filled("format") {
        name_file(headers, name);
    }
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    for (name, value) in [(header::ETAG, tag.as_str()), (header::LINK, links)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    if let Ok(location) = HeaderValue::from_str(parts.uri.path_and_query().map_or("/", |path| path.as_str())) {
        headers.insert(header::CONTENT_LOCATION, location);
    }
    Ok(response)
}

/// Says that the answer is a file to keep: whoever names a format wants one.
pub(super) fn name_file(headers: &mut HeaderMap, format: &str) {
    const ENDINGS: [(&str, &str); 10] = [
        ("bibtex", "bib"),
        ("csl-json", "json"),
        ("cytoscape", "cyjs"),
        ("markdown", "md"),
        ("rdfxml", "rdf"),
        ("rdf+xml", "rdf"),
        ("turtle", "ttl"),
        ("ntriples", "nt"),
        ("nquads", "nq"),
        ("json-ld", "jsonld"),
    ];
    let ending = ENDINGS.iter().find(|(name, _)| *name == format).map_or(format, |(_, ending)| *ending);
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"amml-graph.{ending}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
}

/// Whether the client has what the tag means ([RFC 9110, 13.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2)).
pub(super) fn is_known(parts: &Parts, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    parts
        .header(header::IF_NONE_MATCH)
        .is_some_and(|known| known.split(',').any(|known| known.trim() == "*" || bare(known) == bare(tag)))
}

pub(super) fn redirect(code: StatusCode, to: &str) -> Response<Body> {
    let mut response = status(code);
    if let Ok(location) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    // What is one thing today may be two tomorrow.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

pub(super) fn status(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = code;
    response
}

fn node(iri: &str) -> Result<NamedNode, Problem> {
    NamedNode::new(iri).map_err(|_| Problem::bad(format!("not an IRI: {iri}"), "write it in full"))
}

/// An IRI as a header can carry it.
fn header_safe(iri: &str) -> String {
    const IN_HEADERS: &AsciiSet = &CONTROLS.add(b'>').add(b'"');
    utf8_percent_encode(iri, IN_HEADERS).to_string()
}

pub(super) fn broken() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the work broke off", "try again")
}
