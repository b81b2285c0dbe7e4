//! One polite HTTP client: asks for addresses, and keeps what it was told.
//!
//! Three doors lead out of it:
//!
//! - [`Client::get`] and [`Client::get_all`] give a [`Lookup`] of each address that the user named: what is there, that
//!   nothing is there, or why we do not know. Answers are kept on disk under their addresses. An answer that was kept is
//!   confirmed by the server (`304`), which costs no more than a few bytes; what is absent is kept with its day, failures
//!   are not kept. Offline, the cache alone answers.
//! - [`Client::ask_all`] runs [`Lane`]s of [`Request`]s to services, beside each other, and hands over each answer as it
//!   comes. The caller keeps what it likes under names of its own: [`Client::keep`], [`Client::kept`].
//! - [`Client::probe_all`] says of each link whether it is alive, and reads nothing.
//!
//! Behind them: an agent string with a contact address, a limit of open requests and a pace for each host, pauses before
//! a request is made again and the patience that `Retry-After` asks for, bounds on time, size and redirects, and tokens
//! that go to their own host only and are shown nowhere. A host that fails again and again, or asks to wait for long, is
//! given up for the run; after [`Options::deadline`] nobody is asked. Addresses that the user did not name must be public
//! ([`Reach`]): this is seen to when a name is resolved for a connection, so that no name and no redirect leads astray.
//! Behind a proxy it is the proxy that resolves names, and has to see to it.
//!
//! The client is asked from plain code and waits inside; it must not be called from asynchronous code. Nothing is opened,
//! made or read before the first request.
//!
//! ```
//! use amml_graph::net::{Client, Connectivity, Failure, Lookup, Options};
//!
//! let client = Client::new(Options { connectivity: Connectivity::Offline, ..Options::default() });
//! let url = "https://example.org/list.md".parse().unwrap();
//! assert!(matches!(client.get(&url), Lookup::Failed(Failure::NotKept { .. })));
//! ```

mod address;
mod cache;
mod day;
mod door;
mod failure;
mod host;
mod lanes;
mod options;
mod probe;
mod reach;
mod request;
mod retry;
mod send;
mod token;

use std::{
    error::Error,
    sync::{Arc, OnceLock},
};

use futures_util::{StreamExt as _, stream};

use crate::id::WebUrl;
pub use cache::Kept;
use cache::{Cache, Page};
pub use day::Day;
use door::{Call, Door, MOST_AT_ONCE, Reply};
pub use failure::Failure;
use host::Chosen;
pub use lanes::{Heard, Lane};
pub use options::{Connectivity, Manners, Options, Reach};
pub use probe::{Outcome, Probe};
pub use request::{Method, Request};
pub use token::Token;

/// Asks for addresses.
pub struct Client {
    options: Options,
    cache: Option<Cache>,
    door: OnceLock<Result<Door, Arc<dyn Error + Send + Sync>>>,
}

/// What is known of an address.
#[derive(Debug)]
pub enum Lookup {
    /// This is there.
    Found(Answer),
    /// Nothing was there on this day.
    Absent(Day),
    /// It is not known, and why.
    Failed(Failure),
}

/// What is at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The address after all redirects.
    pub url: WebUrl,
    /// The bytes.
    pub body: Vec<u8>,
    /// What the server takes them for.
    pub content_type: Option<String>,
    /// The day on which the server last said so.
    pub as_of: Day,
}

/// Why nobody can be asked.
enum Unasked {
    Offline,
    NoClient(Arc<dyn Error + Send + Sync>),
}

impl Client {
    /// A client; nothing happens yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let cache = options.cache.clone().map(Cache::new);
        Self { options, cache, door: OnceLock::new() }
    }

    /// Whether only the cache answers.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.options.connectivity == Connectivity::Offline
    }

    /// The day that it is.
    #[must_use]
    pub fn today(&self) -> Day {
        self.options.today
    }

    /// What is kept under a name of the caller's own choice, such as `crossref doi:10.1/x`, and since which day.
    ///
    /// Whether that is fresh enough is for the caller to say.
    #[must_use]
    pub fn kept(&self, name: &str) -> Option<Kept> {
        self.cache.as_ref()?.read_named(name)
    }

    /// Keeps something under a name of the caller's own choice; without a cache, nothing happens.
    pub fn keep(&self, name: &str, what: Kept) -> Result<(), Failure> {
        self.cache.as_ref().map_or(Ok(()), |cache| cache.write_named(name, what))
    }

    /// What is at an address that the user named.
    #[must_use]
    pub fn get(&self, url: &WebUrl) -> Lookup {
        self.get_all(std::slice::from_ref(url)).pop().expect("one address, one answer")
    }

    /// What is at each of the addresses that the user named, in their order. They are asked for at the same time, as
    /// far as manners allow.
    #[must_use]
    pub fn get_all(&self, urls: &[WebUrl]) -> Vec<Lookup> {
        let urls: Vec<WebUrl> = urls.iter().map(without_fragment).collect();
        let mut answers: Vec<Option<Lookup>> = urls.iter().map(|url| self.without_asking(url)).collect();
        let open: Vec<usize> = (0..urls.len()).filter(|at| answers[*at].is_none()).collect();
        let asked = if open.is_empty() { Vec::new() } else { self.get_open(&urls, &open) };
        for (at, lookup) in asked {
            answers[at] = Some(lookup);
        }
        answers.into_iter().flatten().collect()
    }

    fn get_open(&self, urls: &[WebUrl], open: &[usize]) -> Vec<(usize, Lookup)> {
        let door = match self.door(Chosen::ByUser) {
            Ok(door) => door,
            Err(unasked) => return open.iter().map(|at| (*at, Lookup::Failed(unasked.failure(&urls[*at])))).collect(),
        };
        let requests = stream::iter(open).map(|at| async { (*at, self.ask(door, &urls[*at]).await) });
        door.wait(requests.buffer_unordered(MOST_AT_ONCE).collect())
    }

    /// The way to the network, made ready for such addresses.
    fn door(&self, chosen: Chosen) -> Result<&Door, Unasked> {
        if self.is_offline() {
            return Err(Unasked::Offline);
        }
        let door = self.door.get_or_init(|| Door::open(&self.options)).as_ref();
        let door = door.map_err(|cause| Unasked::NoClient(Arc::clone(cause)))?;
        door.sender.prepare(chosen).map_err(Unasked::NoClient)?;
        Ok(door)
    }

    /// What the cache says, if there is no need to ask, or no way.
    fn without_asking(&self, url: &WebUrl) -> Option<Lookup> {
        let page = self.page(url);
        if self.is_offline() {
            return Some(page.map_or_else(|| Lookup::Failed(Unasked::Offline.failure(url)), Page::into_lookup));
        }
        let is_fresh = |page: &Page| self.today().since(page.kept.as_of) < self.options.fresh_days;
        page.filter(is_fresh).map(Page::into_lookup)
    }

    async fn ask(&self, door: &Door, url: &WebUrl) -> Lookup {
        let page = self.page(url);
        let known = page.as_ref().filter(|page| page.kept.body.is_some());
        let known = known.map(|page| (&page.kept.address, &page.validators));
        let request = Request::get(url.clone());
        let call = Call { request: &request, manners: &self.options.manners, chosen: Chosen::ByUser, known };
        let reply = door.fetch(&call).await;
        let as_of = self.today();
        let now = match (reply, page) {
            (Err(failure), _) => return Lookup::Failed(failure),
            (Ok(Reply::Refused { url, status, .. }), _) => return Lookup::Failed(Failure::Status { url, status }),
            (Ok(Reply::NotModified), Some(page)) if page.kept.as_of == as_of => return page.into_lookup(),
            (Ok(Reply::NotModified), Some(mut page)) => {
                page.kept.as_of = as_of;
                page
            }
            (Ok(Reply::Body { url, body, content_type, validators }), _) => {
                Page { kept: Kept { body: Some(body), as_of, address: url }, content_type, validators }
            }
            (Ok(Reply::Absent | Reply::NotModified), _) => Page::absent(url, as_of),
        };
        match self.cache.as_ref().map_or(Ok(()), |cache| cache.write_page(url, &now)) {
            Ok(()) => now.into_lookup(),
            Err(failure) => Lookup::Failed(failure),
        }
    }

    fn page(&self, url: &WebUrl) -> Option<Page> {
        self.cache.as_ref()?.read_page(url)
    }
}

impl Unasked {
    fn failure(&self, url: &WebUrl) -> Failure {
        match self {
            Self::Offline => Failure::NotKept { url: url.clone() },
            Self::NoClient(cause) => Failure::NoClient { cause: Arc::clone(cause) },
        }
    }
}

impl Page {
    fn into_lookup(self) -> Lookup {
        let Self { kept: Kept { body, as_of, address: url }, content_type, .. } = self;
        body.map_or(Lookup::Absent(as_of), |body| Lookup::Found(Answer { url, body, content_type, as_of }))
    }
}

/// A fragment is no concern of the server's.
fn without_fragment(url: &WebUrl) -> WebUrl {
    let bare = url.as_ref().split('#').next().unwrap_or_default();
    bare.parse().unwrap_or_else(|_| url.clone())
}
