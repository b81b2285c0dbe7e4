//! What went wrong, said to people and to programs.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};

use crate::{
    explore::AnswerError,
    query::QuestionError,
    store::{Stopped, StoreError},
};

/// An answer that tells what went wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    /// What was wrong.
    pub(super) what: String,
    /// What to do about it.
    pub(super) hint: String,
    /// Things that may have been meant: IRI and name.
    pub(super) candidates: Vec<(String, String)>,
    /// Headers that belong to the status: `Allow`, `WWW-Authenticate`, `Retry-After`.
    pub(super) header: Option<(&'static str, &'static str)>,
}

impl Problem {
    pub(super) fn new(status: StatusCode, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { status, what: what.into(), hint: hint.into(), candidates: Vec::new(), header: None }
    }

    pub(super) fn bad(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, what, hint)
    }

    pub(super) fn not_found(what: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, what, "search for it, or see what there is on the first page")
    }

    pub(super) fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.header = Some((name, value));
        self
    }

    /// As plain text, for programs that speak SPARQL.
    pub(super) fn text(&self) -> Response<Body> {
        self.response("text/plain; charset=utf-8", format!("{}\n{}\n", self.what, self.hint))
    }

    /// As [problem details](https://www.rfc-editor.org/rfc/rfc9457), for programs that speak JSON.
    pub(super) fn json(&self) -> Response<Body> {
        let candidate = |(iri, name): &(String, String)| serde_json::json!({ "iri": iri, "name": name });
        let details = serde_json::json!({
            "title": self.status.canonical_reason().unwrap_or("problem"),
            "status": self.status.as_u16(),
            "detail": self.what,
            "hint": self.hint,
            "candidates": self.candidates.iter().map(candidate).collect::<Vec<_>>(),
        });
        self.response("application/problem+json", details.to_string())
    }

    /// With a body of the caller's.
    pub(super) fn response(&self, content_type: &'static str, body: String) -> Response<Body> {
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }
}

impl From<super::form::NotUtf8> for Problem {
    fn from(error: super::form::NotUtf8) -> Self {
        Self::bad(error.to_string(), "encode it as UTF-8, and then with percent signs")
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let what = told(&error);
        match error {
            StoreError::Syntax(_) | StoreError::NoSuchVariable { .. } => {
                Self::bad(what, "see https://www.w3.org/TR/sparql11-query/ and the examples under /questions")
            }
            StoreError::Excessive(_) => Self::bad(what, "write it simpler, or in several queries"),
            StoreError::TwoDatasets => Self::bad(what, "name the graphs in one place"),
            StoreError::LoadRefused { .. } => {
                Self::new(StatusCode::FORBIDDEN, what, "load it yourself, and send what you got to /store")
            }
            StoreError::ServiceRefused { .. } => Self::new(
                StatusCode::FORBIDDEN,
                what,
                "whoever runs the server can allow a host with --allow-service; or ask that endpoint yourself",
            ),
            StoreError::Stopped(Stopped::Time | Stopped::Memory) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, what, "ask for less: with a LIMIT, or with more conditions")
            }
            StoreError::Stopped(Stopped::Unwanted) => Self::new(StatusCode::SERVICE_UNAVAILABLE, what, "ask again"),
            StoreError::Evaluation(_) | StoreError::Update(_) => Self::bad(what, "change the query"),
            StoreError::ReadOnly => Self::read_only(),
            _ => Self::new(StatusCode::INTERNAL_SERVER_ERROR, what, "see what the server says on its terminal"),
        }
    }
}

impl Problem {
    pub(super) fn read_only() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "this server only answers, and changes nothing",
            "whoever runs it can allow changes with --writable",
        )
    }
}

impl From<QuestionError> for Problem {
    fn from(error: QuestionError) -> Self {
        let what = told(&error);
        match error {
            QuestionError::NothingFound { .. } => Self::not_found(what),
            QuestionError::Ambiguous { candidates, .. } => {
                let hint = "give the IRI of the one that is meant";
                let mut problem = Self::new(StatusCode::CONFLICT, what, hint);
                problem.candidates =
                    candidates.into_iter().take(20).map(|found| (found.iri.into_string(), found.name)).collect();
                problem
            }
            QuestionError::Store(error) => error.into(),
            _ => Self::bad(what, "see the parameters under /questions"),
        }
    }
}

impl From<AnswerError> for Problem {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::Question(error) => error.into(),
            AnswerError::Store(error) => error.into(),
        }
    }
}

/// An error with all its causes, in one line.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = String::new();
    for cause in std::iter::successors(Some(error), |error| error.source()) {
        let text = cause.to_string();
        if !told.ends_with(&text) {
            told = if told.is_empty() { text } else { format!("{told}: {text}") };
        }
    }
    told
}
