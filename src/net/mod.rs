//! One polite HTTP client: asks for addresses, and keeps what it was told.
//!
//! [`Client::get`] and [`Client::get_all`] give a [`Lookup`]: what is there, that nothing is there, or why we do not know.
//! Behind them: an agent string with a contact address, a limit of open requests and a pace for each host, pauses before
//! a request is made again and the patience that `Retry-After` asks for, bounds on time, size and redirects, tokens that
//! go to their own host only, and a cache on disk. An answer that was kept is confirmed by the server (`304`), which
//! costs no more than a few bytes; what is absent is kept with its day, failures are not kept. Offline, the cache alone
//! answers.
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

mod cache;
mod day;
mod door;
mod request;
mod retry;
mod token;

use std::{
    io,
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures_util::{StreamExt as _, stream};

use crate::id::WebUrl;
use cache::{Cache, Kept, Validators};
pub use day::Day;
use door::{Door, Reply};
pub use request::{Method, Request};
pub use token::Token;

/// Asks for addresses.
pub struct Client {
    options: Options,
    cache: Option<Cache>,
    door: OnceLock<Result<Door, Arc<dyn std::error::Error + Send + Sync>>>,
}

/// How a client works.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether it may use the network.
    pub connectivity: Connectivity,
    /// The folder of the cache; it is made when there is something to keep.
    pub cache: Option<PathBuf>,
    /// The day that it is.
    pub today: Day,
    /// How many days an answer is taken from the cache without asking whether it still holds.
    pub fresh_days: u32,
    /// An e-mail address for whoever runs a server and has something to complain of.
    pub contact: Option<String>,
    /// Hosts, each with the token that it wants to see.
    pub tokens: Vec<(String, Token)>,
    /// What servers can expect of it.
    pub manners: Manners,
}

/// Whether the network may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// It may.
    Online,
    /// Only the cache answers.
    Offline,
}

/// What servers can expect of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// How many requests to one host may be open.
    pub open_per_host: usize,
    /// How much time lies between the beginnings of two requests to one host.
    pub pause_between: Duration,
    /// How often it asks before it gives up.
    pub tries: u32,
    /// The pause before the second try; the next ones are longer.
    pub first_pause: Duration,
    /// The longest wait that a server may ask for.
    pub longest_wait: Duration,
    /// How long one request may take, with its answer.
    pub time_limit: Duration,
    /// How many bytes an answer may have, unpacked.
    pub largest: usize,
    /// How many redirects are followed.
    pub most_redirects: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            connectivity: Connectivity::Online,
            cache: None,
            today: Day::of(std::time::UNIX_EPOCH),
            fresh_days: 0,
            contact: None,
            tokens: Vec::new(),
            manners: Manners::default(),
        }
    }
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            open_per_host: 4,
            pause_between: Duration::from_millis(50),
            tries: 4,
            first_pause: Duration::from_millis(500),
            longest_wait: Duration::from_secs(60),
            time_limit: Duration::from_secs(60),
            largest: 32 << 20,
            most_redirects: 5,
        }
    }
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

/// Why nothing is known of an address.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, a broken one, or a slow one.
    #[error("cannot reach {url}")]
    Unreachable {
        /// The address.
        url: WebUrl,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server answers that it will not or cannot answer.
    #[error("{url} answers with the status {status}")]
    Status {
        /// The address.
        url: WebUrl,
        /// The [status code](https://www.rfc-editor.org/rfc/rfc9110#section-15).
        status: u16,
    },
    /// The server asks to come back much later.
    #[error("{url} asks to wait {seconds} s, more than {longest} s")]
    LongWait {
        /// The address.
        url: WebUrl,
        /// The wait that it asks for.
        seconds: u64,
        /// The longest one that is heeded.
        longest: u64,
    },
    /// The answer does not end.
    #[error("the answer of {url} has more than {limit} bytes")]
    TooLarge {
        /// The address.
        url: WebUrl,
        /// The limit.
        limit: usize,
    },
    /// Redirects without an end.
    #[error("{url} redirects more than {most} times")]
    TooManyRedirects {
        /// The address.
        url: WebUrl,
        /// The limit.
        most: usize,
    },
    /// A redirect to what is no web address, or to one that is less safe.
    #[error("{url} redirects to {target:?}, which is not followed")]
    BadRedirect {
        /// The address.
        url: WebUrl,
        /// Where it leads.
        target: String,
    },
    /// Offline, and the cache has nothing.
    #[error("{url} is not in the cache")]
    NotKept {
        /// The address.
        url: WebUrl,
    },
    /// The answer cannot be kept.
    #[error("cannot write to the cache {path}")]
    Unkeepable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The client cannot work at all.
    #[error("cannot use the network")]
    NoClient {
        /// Why.
        #[source]
        cause: Arc<dyn std::error::Error + Send + Sync>,
    },
}

/// How many addresses are asked for at once, all hosts together.
const MOST_AT_ONCE: usize = 64;

impl Client {
    /// A client; nothing happens yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let cache = options.cache.clone().map(Cache::new);
        Self { options, cache, door: OnceLock::new() }
    }

    /// What is at an address.
    #[must_use]
    pub fn get(&self, url: &WebUrl) -> Lookup {
        self.get_all(std::slice::from_ref(url)).pop().expect("one address, one answer")
    }

    /// What is at each of the addresses, in their order. They are asked for at the same time, as far as manners allow.
    #[must_use]
    pub fn get_all(&self, urls: &[WebUrl]) -> Vec<Lookup> {
        let urls: Vec<WebUrl> = urls.iter().map(without_fragment).collect();
        let mut answers: Vec<Option<Lookup>> = urls.iter().map(|url| self.without_asking(url)).collect();
        let open: Vec<usize> = (0..urls.len()).filter(|at| answers[*at].is_none()).collect();
        let asked = if open.is_empty() { Vec::new() } else { self.ask_all(&urls, &open) };
        for (at, lookup) in asked {
            answers[at] = Some(lookup);
        }
        answers.into_iter().flatten().collect()
    }

    fn ask_all(&self, urls: &[WebUrl], open: &[usize]) -> Vec<(usize, Lookup)> {
        let door = match self.door.get_or_init(|| Door::open(&self.options)) {
            Ok(door) => door,
            Err(cause) => {
                let failed = || Lookup::Failed(Failure::NoClient { cause: Arc::clone(cause) });
                return open.iter().map(|at| (*at, failed())).collect();
            }
        };
        let requests = stream::iter(open).map(|at| async { (*at, self.ask(door, &urls[*at]).await) });
        door.runtime.block_on(requests.buffer_unordered(MOST_AT_ONCE).collect())
    }

    /// What the cache says, if there is no need to ask, or no way.
    fn without_asking(&self, url: &WebUrl) -> Option<Lookup> {
        let kept = self.kept(url);
        match self.options.connectivity {
            Connectivity::Offline => {
                Some(kept.map_or_else(|| Lookup::Failed(Failure::NotKept { url: url.clone() }), Kept::into_lookup))
            }
            Connectivity::Online => {
                let is_fresh = |kept: &Kept| self.options.today.since(kept.as_of) < self.options.fresh_days;
                kept.filter(is_fresh).map(Kept::into_lookup)
            }
        }
    }

    async fn ask(&self, door: &Door, url: &WebUrl) -> Lookup {
        let kept = self.kept(url);
        let known = kept.as_ref().and_then(|kept| Some((&kept.answer.as_ref()?.url, &kept.validators)));
        let reply = door.fetch(url, known).await;
        let as_of = self.options.today;
        let now = match (reply, kept) {
            (Err(failure), _) => return Lookup::Failed(failure),
            (Ok(Reply::NotModified), Some(kept)) if kept.as_of == as_of => return kept.into_lookup(),
            (Ok(Reply::NotModified), Some(mut kept)) => {
                kept.as_of = as_of;
                kept.answer.iter_mut().for_each(|answer| answer.as_of = as_of);
                kept
            }
            (Ok(Reply::Body { url, body, content_type, validators }), _) => {
                Kept { answer: Some(Answer { url, body, content_type, as_of }), as_of, validators }
            }
            (Ok(Reply::Absent | Reply::NotModified), _) => {
                Kept { answer: None, as_of, validators: Validators::default() }
            }
        };
        match self.cache.as_ref().map_or(Ok(()), |cache| cache.write(url, &now)) {
            Ok(()) => now.into_lookup(),
            Err((path, cause)) => Lookup::Failed(Failure::Unkeepable { path, cause }),
        }
    }

    fn kept(&self, url: &WebUrl) -> Option<Kept> {
        self.cache.as_ref()?.read(url)
    }
}

impl Kept {
    fn into_lookup(self) -> Lookup {
        self.answer.map_or(Lookup::Absent(self.as_of), Lookup::Found)
    }
}

/// A fragment is no concern of the server's.
fn without_fragment(url: &WebUrl) -> WebUrl {
    let bare = url.as_ref().split('#').next().unwrap_or_default();
    bare.parse().unwrap_or_else(|_| url.clone())
}
