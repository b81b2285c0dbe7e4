//! A request, as far as all that is served needs it.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode, Uri, header, request},
};
use tokio::time;

use super::{
    form::{Form, NotUtf8},
    problem::Problem,
};

/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request without its body.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
}

impl From<request::Parts> for Parts {
    fn from(parts: request::Parts) -> Self {
        Self { method: parts.method, uri: parts.uri, headers: parts.headers }
    }
}

impl Parts {
    pub(super) fn of(request: &Request<Body>) -> Self {
        Self { method: request.method().clone(), uri: request.uri().clone(), headers: request.headers().clone() }
    }

    /// A header, if it is text; several of one name as one.
    pub(super) fn header(&self, name: header::HeaderName) -> Option<String> {
        let values: Vec<&str> = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub(super) fn accept(&self) -> Option<String> {
        self.header(header::ACCEPT)
    }

    /// The parameters of the address.
    pub(super) fn form(&self) -> Result<Form, NotUtf8> {
        Form::parse(self.uri.query().unwrap_or_default().as_bytes())
    }

    /// The server as the client calls it: `http://127.0.0.1:7878`.
    pub(super) fn origin(&self) -> String {
        let named = self.uri.authority().map(|authority| authority.as_str().to_owned());
        let host = named.or_else(|| self.header(header::HOST)).unwrap_or_else(|| "localhost".to_owned());
        format!("http://{host}")
    }

    /// The address that was asked for, without its parameters.
    pub(super) fn address(&self) -> String {
        format!("{}{}", self.origin(), self.uri.path())
    }
}

/// All of a body, if it is no larger than that and comes in time.
pub(super) async fn body(headers: &HeaderMap, body: Body, largest: usize) -> Result<Bytes, Problem> {
    let encoding = headers.get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        let what = "a body that is packed is not taken";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what, "send it without Content-Encoding"));
    }
    let promised = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let too_large = || {
        let what = format!("the body is larger than {largest} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what, "send less at a time")
    };
    if promised.is_some_and(|length| length > largest) {
        return Err(too_large());
    }
    match time::timeout(PATIENCE, axum::body::to_bytes(body, largest)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "the body did not come in time", "send it again")),
    }
}
