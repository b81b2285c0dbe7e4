//! What leaves, and by which way.

use std::{
    error::Error,
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::{
    RequestBuilder, Response,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH},
};

use super::{
    Failure, Method, Options, Reach, Request, Token,
    address::Address,
    cache::Validators,
    host::Chosen,
    reach::{self, NameError, Resolver},
    request::Place,
};
use crate::id::WebUrl;

/// How long it may take until there is a connection; a host that swallows everything costs no more.
const CONNECTING: Duration = Duration::from_secs(10);
/// How long a connection is kept for the next request: not so long that those to many hosts pile up.
const IDLE: Duration = Duration::from_secs(3);

pub(super) struct Sender {
    agent: String,
    open: OnceLock<reqwest::Client>,
    /// Connects to public addresses only.
    guarded: OnceLock<reqwest::Client>,
    tokens: Vec<(String, Token)>,
    reach: Reach,
    trusted: Vec<String>,
}

/// A request as it leaves for one address.
pub(super) struct Message<'a> {
    pub(super) at: &'a Address,
    pub(super) method: &'a Method,
    pub(super) request: &'a Request,
    /// Whether this is the host that the secrets of the request are for.
    pub(super) is_home: bool,
    pub(super) validators: Option<&'a Validators>,
    pub(super) chosen: Chosen,
    pub(super) time_limit: Duration,
}

/// Why there is no answer.
pub(super) enum Fault {
    /// The address is not public.
    NotPublic,
    /// Asking again would bring the same: no such name, nothing that can be sent.
    Lasting(Box<dyn Error + Send + Sync>),
    /// No connection, a broken one, or a slow one.
    Passing(reqwest::Error),
}

impl Sender {
    pub(super) fn new(options: &Options) -> Self {
        let contact = options.contact.as_ref().map_or_else(String::new, |address| format!("; mailto:{address}"));
        Self {
            agent: format!("amml-graph/{} (https://w3id.org/amml-graph/{contact})", env!("CARGO_PKG_VERSION")),
            open: OnceLock::new(),
            guarded: OnceLock::new(),
            tokens: options.tokens.clone(),
            reach: options.reach,
            trusted: options.trusted.clone(),
        }
    }

    /// Makes ready what is needed for such requests.
    pub(super) fn prepare(&self, chosen: Chosen) -> Result<(), Arc<dyn Error + Send + Sync>> {
        self.way(self.is_guarded(chosen)).map(|_| ()).map_err(|cause| Arc::new(cause) as _)
    }

    pub(super) async fn send(&self, message: &Message<'_>) -> Result<Response, Fault> {
        let Message { at, chosen, .. } = message;
        let is_guarded = self.is_guarded(*chosen) && !at.is_one_of(&self.trusted);
        if is_guarded && at.number().is_some_and(|number| !reach::is_public(number)) {
            return Err(Fault::NotPublic);
        }
        let client = self.way(is_guarded).map_err(Fault::from)?;
        self.fill(client, message).send().await.map_err(Fault::from)
    }

    fn is_guarded(&self, chosen: Chosen) -> bool {
        chosen == Chosen::ByData && self.reach == Reach::Public
    }

    fn way(&self, is_guarded: bool) -> Result<&reqwest::Client, reqwest::Error> {
        let way = if is_guarded { &self.guarded } else { &self.open };
        if let Some(client) = way.get() {
            return Ok(client);
        }
        // Fails where the process has a provider, and then that one is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(&self.agent)
            // Each step of a redirect is ours to judge: its host has limits and tokens of its own.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(CONNECTING)
            .pool_idle_timeout(IDLE)
            .dns_resolver(Resolver::new(is_guarded))
            .build()?;
        Ok(way.get_or_init(|| client))
    }

    fn fill(&self, client: &reqwest::Client, message: &Message<'_>) -> RequestBuilder {
        let Message { at, method, request, is_home, .. } = *message;
        let method_name = match method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Post { .. } => reqwest::Method::POST,
        };
        let whole = at.with(request.secrets(Place::Query).filter(|_| is_home));
        let mut filled = client.request(method_name, whole).timeout(message.time_limit);
        if let Method::Post { body, content_type } = method {
            filled = filled.header(CONTENT_TYPE, *content_type).body(body.clone());
        }
        if let Some(form) = request.accept {
            filled = filled.header(ACCEPT, form);
        }
        for (name, value) in &request.headers {
            filled = filled.header(*name, value);
        }
        for (name, secret) in request.secrets(Place::Header).filter(|_| is_home) {
            filled = with_secret(filled, name, secret);
        }
        if let Some(token) = self.token(at).filter(|_| !request.has_header("authorization")) {
            filled = with_secret(filled, AUTHORIZATION.as_str(), &format!("Bearer {}", token.secret()));
        }
        if let Some(Validators { etag, last_modified }) = message.validators {
            let conditions = [(IF_NONE_MATCH, etag), (IF_MODIFIED_SINCE, last_modified)];
            for (name, value) in conditions.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
                filled = filled.header(name, value);
            }
        }
        filled
    }

    /// The token for the host of an address, if nobody on the way can read it.
    fn token(&self, at: &Address) -> Option<&Token> {
        let is_for = |owner: &String| at.is_private() && owner.eq_ignore_ascii_case(at.url.host());
        self.tokens.iter().find(|(owner, _)| is_for(owner)).map(|(_, token)| token)
    }
}

/// A secret that no header can hold is not sent.
fn with_secret(request: RequestBuilder, name: &str, secret: &str) -> RequestBuilder {
    let Ok(mut value) = HeaderValue::try_from(secret) else { return request };
    value.set_sensitive(true);
    request.header(name, value)
}

impl Fault {
    pub(super) fn into_failure(self, url: &WebUrl) -> Failure {
        let url = url.clone();
        match self {
            Self::NotPublic => Failure::NotPublic { url },
            Self::Lasting(cause) => Failure::Unreachable { url, cause },
            Self::Passing(cause) => Failure::Unreachable { url, cause: Box::new(cause) },
        }
    }
}

impl From<reqwest::Error> for Fault {
    fn from(error: reqwest::Error) -> Self {
        let error = error.without_url();
        match reach::name_error(&error) {
            Some(NameError::NotPublic) => Self::NotPublic,
            Some(NameError::NoSuchName(_)) => Self::Lasting(Box::new(error)),
            _ if error.is_builder() => Self::Lasting(Box::new(error)),
            _ => Self::Passing(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_sent_where_others_can_read_it() {
        let tokens = vec![("example.org".to_owned(), Token::new("secret").unwrap())];
        let sender = Sender::new(&Options { tokens, ..Options::default() });
        let has_token = |url: &str| sender.token(&Address::new(url.parse().unwrap()).unwrap()).is_some();
        assert!(has_token("https://EXAMPLE.org/x"));
        assert!(!has_token("http://example.org/x") && !has_token("https://other.example.org/x"));
    }
}
