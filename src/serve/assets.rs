//! The files that pages load.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State as Shared},
    http::{HeaderValue, Request, Response, StatusCode, header},
};
use serde_json::json;

use super::{linked::is_known, problem::Problem, request::Parts, state::State};
use crate::{export::PREFIXES, site};

/// A file that pages load. With the hash in its address it never changes.
pub(super) async fn asset(
    Shared(_): Shared<Arc<State>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    let parts = Parts::of(&request);
    if name == "terms.json" {
        return terms();
    }
    let Some(asset) = site::asset(&name) else {
        return Problem::not_found(format!("there is no file {name}")).text();
    };
    let is_packed = parts.header(header::ACCEPT_ENCODING).is_some_and(|accepted| accepted.contains("gzip"));
    let packed = asset.gzip.filter(|_| is_packed);
    let mut response = match is_known(&parts, asset.etag) {
        true => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        }
        false => Response::new(Body::from(packed.unwrap_or(asset.bytes))),
    };
    let is_versioned = parts.uri.query().is_some_and(|query| query.contains("v="));
    let cache = if is_versioned { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::ETAG, HeaderValue::from_static(asset.etag));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// What the editor completes: prefixes, classes and properties.
fn terms() -> Response<Body> {
    let known = PREFIXES.into_iter().chain([("rdfs", "http://www.w3.org/2000/01/rdf-schema#")]);
    let prefixed = |iri: &str| {
        let (prefix, start) = known.clone().find(|(_, start)| iri.starts_with(start))?;
        Some(format!("{prefix}:{}", &iri[start.len()..]))
    };
    let term = |term: site::Term| {
        let name = prefixed(&term.iri)?;
        Some(json!({ "name": name, "comment": term.comment, "kind": term.kind }))
    };
    let terms: Vec<_> = site::terms().into_iter().filter_map(term).collect();
    let prefixes: serde_json::Map<_, _> = known.clone().map(|(prefix, iri)| (prefix.to_owned(), iri.into())).collect();
    let mut response = Response::new(Body::from(json!({ "prefixes": prefixes, "terms": terms }).to_string()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}
