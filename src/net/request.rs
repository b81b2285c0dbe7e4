use super::Token;
use crate::id::WebUrl;

/// A request that is not kept under its own address.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked.
    pub method: Method,
    /// Where.
    pub url: WebUrl,
    /// The form of the answer that is wanted.
    pub accept: Option<&'static str>,
    /// Other headers.
    pub headers: Vec<(&'static str, String)>,
    /// Secrets: whether in the query, the name, the secret.
    pub secrets: Vec<(bool, &'static str, Token)>,
}

/// What a request asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// What is there.
    Get,
    /// Whether something is there.
    Head,
    /// What a list of things is: reading, with the list in the body.
    Post {
        /// The body.
        body: Vec<u8>,
        /// What it is.
        content_type: &'static str,
    },
}

impl Request {
    /// Asks what is at an address.
    #[must_use]
    pub fn get(url: WebUrl) -> Self {
        Self { method: Method::Get, url, accept: None, headers: Vec::new(), secrets: Vec::new() }
    }

    /// Asks with a body of JSON.
    #[must_use]
    pub fn post_json(url: WebUrl, body: Vec<u8>) -> Self {
        Self { method: Method::Post { body, content_type: "application/json" }, ..Self::get(url) }
    }

    /// The same, with the form that is wanted.
    #[must_use]
    pub fn accepting(self, accept: &'static str) -> Self {
        Self { accept: Some(accept), ..self }
    }

    /// The same with another header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The same with a secret in a header.
    #[must_use]
    pub fn with_secret(mut self, name: &'static str, token: &Token) -> Self {
        self.secrets.push((false, name, token.clone()));
        self
    }

    /// The same with a secret in the query, which no message shows.
    #[must_use]
    pub fn secret_query(mut self, name: &'static str, token: &Token) -> Self {
        self.secrets.push((true, name, token.clone()));
        self
    }
}
