//! The one place where anything leaves for the network.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use reqwest::{
    Response, StatusCode,
    header::{
        AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
        RETRY_AFTER,
    },
};
use tokio::{
    runtime::Runtime,
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, sleep, sleep_until},
};

use super::{
    Failure, Manners, Options, Token,
    cache::Validators,
    retry::{self, Trouble, Verdict},
};
use crate::id::WebUrl;

pub(super) struct Door {
    http: reqwest::Client,
    pub(super) runtime: Runtime,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    tokens: Vec<(String, Token)>,
    manners: Manners,
}

/// What a server said, redirects and waits behind us.
pub(super) enum Reply {
    Body { url: WebUrl, body: Vec<u8>, content_type: Option<String>, validators: Validators },
    NotModified,
    Absent,
}

/// The requests to one host.
struct Host {
    open: Semaphore,
    /// When the next one may begin.
    next: Mutex<Instant>,
}

/// What one request came to.
enum Attempt {
    Reply(Reply),
    Redirect(String),
    Trouble(Trouble, Failure),
    Final(Failure),
}

impl Door {
    pub(super) fn open(options: &Options) -> Result<Self, Arc<dyn std::error::Error + Send + Sync>> {
        // Fails where the process has a provider, and then that one is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let contact = options.contact.as_ref().map_or_else(String::new, |address| format!("; mailto:{address}"));
        let agent = format!("amml-graph/{} (https://w3id.org/amml-graph/{contact})", env!("CARGO_PKG_VERSION"));
        let http = reqwest::Client::builder()
            .user_agent(agent)
            // Each step of a redirect is ours to judge: its host has limits and tokens of its own.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .timeout(options.manners.time_limit)
            .build()
            .map_err(|cause| Arc::new(cause) as Arc<_>)?;
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().build().map_err(|cause| Arc::new(cause) as Arc<_>)?;
        let tokens = options.tokens.clone();
        Ok(Self { http, runtime, hosts: Mutex::default(), tokens, manners: options.manners.clone() })
    }

    /// Asks for an address, follows redirects. The validators belong to the address that they were given by.
    pub(super) async fn fetch(&self, url: &WebUrl, known: Option<(&WebUrl, &Validators)>) -> Result<Reply, Failure> {
        let mut at = url.clone();
        for _ in 0..=self.manners.most_redirects {
            let validators = known.filter(|(given_by, _)| **given_by == at).map(|(_, validators)| validators);
            match self.ask(&at, validators).await? {
                Attempt::Redirect(target) => at = next_step(&at, &target)?,
                Attempt::Reply(reply) => return Ok(reply),
                Attempt::Trouble(_, failure) | Attempt::Final(failure) => return Err(failure),
            }
        }
        Err(Failure::TooManyRedirects { url: url.clone(), most: self.manners.most_redirects })
    }

    /// Asks one address until it answers or there is no hope.
    async fn ask(&self, url: &WebUrl, validators: Option<&Validators>) -> Result<Attempt, Failure> {
        let host = self.host(url);
        let mut n_tries = 0;
        loop {
            n_tries += 1;
            let permit = host.enter(self.manners.pause_between).await;
            let attempt = self.attempt(url, validators).await;
            drop(permit);
            let Attempt::Trouble(trouble, failure) = attempt else { return Ok(attempt) };
            match retry::judge(trouble, n_tries, &self.manners) {
                Verdict::Again(pause, true) => host.rest(pause),
                Verdict::Again(pause, false) => sleep(pause).await,
                Verdict::TooLong(wait) => {
                    let (seconds, longest) = (wait.as_secs(), self.manners.longest_wait.as_secs());
                    return Err(Failure::LongWait { url: url.clone(), seconds, longest });
                }
                Verdict::Final => return Err(failure),
            }
        }
    }

    async fn attempt(&self, url: &WebUrl, validators: Option<&Validators>) -> Attempt {
        let mut request = self.http.get(url.as_ref());
        if let Some(token) = self.token(url) {
            let mut value = reqwest::header::HeaderValue::try_from(format!("Bearer {}", token.secret()));
            if let Ok(value) = &mut value {
                value.set_sensitive(true);
                request = request.header(AUTHORIZATION, &*value);
            }
        }
        if let Some(Validators { etag, last_modified }) = validators {
            let conditions = [(IF_NONE_MATCH, etag), (IF_MODIFIED_SINCE, last_modified)];
            for (name, value) in conditions.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
                request = request.header(name, value);
            }
        }
        match request.send().await {
            Ok(response) => self.read(url, response, validators.is_some()).await,
            Err(cause) => broken(url, cause),
        }
    }

    async fn read(&self, url: &WebUrl, response: Response, is_conditional: bool) -> Attempt {
        let text = |name: HeaderName| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let status = response.status();
        let failure = Failure::Status { url: url.clone(), status: status.as_u16() };
        match status {
            StatusCode::NOT_MODIFIED if is_conditional => Attempt::Reply(Reply::NotModified),
            StatusCode::NOT_FOUND | StatusCode::GONE => Attempt::Reply(Reply::Absent),
            _ if status.is_redirection() => text(LOCATION).map_or(Attempt::Final(failure), Attempt::Redirect),
            _ if status.is_success() => {
                let (content_type, etag, last_modified) = (text(CONTENT_TYPE), text(ETAG), text(LAST_MODIFIED));
                let validators = Validators { etag, last_modified };
                match self.body(url, response).await {
                    Ok(body) => Attempt::Reply(Reply::Body { url: url.clone(), body, content_type, validators }),
                    Err(attempt) => attempt,
                }
            }
            _ => {
                let wait = text(RETRY_AFTER).and_then(|value| retry::retry_after(&value, SystemTime::now()));
                Attempt::Trouble(Trouble::Status(status.as_u16(), wait), failure)
            }
        }
    }

    /// The body, unpacked, as long as it is not too large.
    async fn body(&self, url: &WebUrl, mut response: Response) -> Result<Vec<u8>, Attempt> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|cause| broken(url, cause))? {
            if body.len() + chunk.len() > self.manners.largest {
                return Err(Attempt::Final(Failure::TooLarge { url: url.clone(), limit: self.manners.largest }));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// The token for the host of an address, if nobody on the way can read it.
    fn token(&self, url: &WebUrl) -> Option<&Token> {
        let host = url.host();
        let is_private = url.as_ref().starts_with("https:") || matches!(host, "localhost" | "127.0.0.1");
        self.tokens.iter().find(|(owner, _)| is_private && owner.eq_ignore_ascii_case(host)).map(|(_, token)| token)
    }

    fn host(&self, url: &WebUrl) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let new =
            || Arc::new(Host { open: Semaphore::new(self.manners.open_per_host), next: Mutex::new(Instant::now()) });
        Arc::clone(hosts.entry(url.host().to_ascii_lowercase()).or_insert_with(new))
    }
}

impl Host {
    /// Waits until one more request may go to the host.
    async fn enter(&self, pause_between: Duration) -> SemaphorePermit<'_> {
        let permit = self.open.acquire().await.expect("nobody closes it");
        while let Some(moment) = self.moment(pause_between) {
            sleep_until(moment).await;
        }
        permit
    }

    /// When to look again whether a request may begin; `None` if it may now, and the next one a pause later.
    fn moment(&self, pause_between: Duration) -> Option<Instant> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if now < *next {
            return Some(*next);
        }
        *next = now + pause_between;
        None
    }

    /// Leaves the host alone for a while.
    fn rest(&self, wait: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(Instant::now() + wait);
    }
}

fn broken(url: &WebUrl, cause: reqwest::Error) -> Attempt {
    let is_final = cause.is_builder();
    let failure = Failure::Unreachable { url: url.clone(), cause: Box::new(cause.without_url()) };
    if is_final { Attempt::Final(failure) } else { Attempt::Trouble(Trouble::Broken, failure) }
}

/// Where a redirect leads: never from a private connection to an open one.
fn next_step(from: &WebUrl, target: &str) -> Result<WebUrl, Failure> {
    let is_https = |url: &WebUrl| url.as_ref().starts_with("https:");
    let is_allowed = |url: &WebUrl| is_https(url) || url.as_ref().starts_with("http:") && !is_https(from);
    let bad = || Failure::BadRedirect { url: from.clone(), target: target.to_owned() };
    from.join(target).filter(is_allowed).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_a_private_connection_for_an_open_one() {
        let step = |from: &str, target: &str| next_step(&from.parse().unwrap(), target).map(|url| url.to_string()).ok();
        assert_eq!(step("http://a.org/x/y", "../z").as_deref(), Some("http://a.org/z"));
        assert_eq!(step("http://a.org/", "https://b.org/").as_deref(), Some("https://b.org/"));
        assert_eq!(step("https://a.org/", "//b.org/").as_deref(), Some("https://b.org/"));
        for target in ["http://a.org/", "ftp://a.org/", "file:///etc/passwd", "data:text/plain,x"] {
            assert_eq!(step("https://a.org/", target), None, "{target}");
        }
    }

    #[test]
    fn a_token_is_not_sent_where_others_can_read_it() {
        let tokens = vec![("example.org".to_owned(), Token::new("secret").unwrap())];
        let door = Door::open(&Options { tokens, ..Options::default() }).unwrap();
        let has_token = |url: &str| door.token(&url.parse().unwrap()).is_some();
        assert!(has_token("https://EXAMPLE.org/x"));
        assert!(!has_token("http://example.org/x") && !has_token("https://other.example.org/x"));
    }
}
