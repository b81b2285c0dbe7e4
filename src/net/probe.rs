use std::{collections::HashMap, error::Error, time::SystemTime};

use futures_util::{StreamExt as _, stream};
use tokio::{
    sync::{OnceCell, Semaphore},
    task::yield_now,
    time::sleep,
};

use super::{
    Client, Manners, Method, Request,
    address::Address,
    door::{Door, MOST_AT_ONCE},
    host::Chosen,
    reach::{self, NameError},
    retry,
    send::{Fault, Message},
};
use crate::id::WebUrl;

/// How a link fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Whether something is there.
    pub outcome: Outcome,
    /// The address after all redirects.
    pub url: WebUrl,
    /// Whether there were redirects, and all of them say that they hold for good (301, 308).
    pub is_moved_for_good: bool,
    /// What the last address answers; `None` if it does not.
    pub status: Option<u16>,
}

/// Whether something is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is.
    Alive,
    /// It is not: 404, 410, or no such host.
    Gone,
    /// That cannot be told, and why in a word: `blocked`, `rate-limited`, `timed-out`, `unreachable`, `server-error`,
    /// `redirects`, `not-public`, `given-up`.
    Unclear(&'static str),
}

/// How many links that begin at one host are followed at once: while one is asked there, the others may be elsewhere.
const MOST_PER_HOST: usize = 4;

impl Client {
    /// Says of each address whether something is there. `heard` is called on the calling thread for each of them as it
    /// is known, with its place among the addresses.
    ///
    /// A host is asked for one address at a time, many hosts at once. Only the head of an answer is read, and nothing is
    /// kept. There are no second tries, but for one when a connection breaks off.
    pub fn probe_all(&self, urls: &[WebUrl], manners: &Manners, heard: &mut dyn FnMut(usize, Probe)) {
        let Ok(door) = self.door(Chosen::ByData) else {
            for (at, url) in urls.iter().enumerate() {
                heard(at, Trail::new(url).end(Outcome::Unclear("unreachable")));
            }
            return;
        };
        let manners = Manners { open_per_host: 1, ..manners.clone() };
        let prober = Prober { door, manners: &manners, open: Semaphore::new(MOST_AT_ONCE), names: OnceCell::new() };
        let prober = &prober;
        let hosts = stream::iter(by_host(urls)).map(|places| {
            let probes = stream::iter(places).map(move |at| async move { (at, prober.probe(&urls[at]).await) });
            Box::pin(probes.buffer_unordered(MOST_PER_HOST))
        });
        let mut probes = hosts.flatten_unordered(MOST_AT_ONCE);
        while let Some((at, probe)) = door.wait(async { (yield_now().await, probes.next().await).1 }) {
            heard(at, probe);
        }
    }
}

/// The places of the addresses of each host, and first the hosts with the most, as they take longest.
fn by_host(urls: &[WebUrl]) -> Vec<Vec<usize>> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut hosts: Vec<Vec<usize>> = Vec::new();
    for (at, url) in urls.iter().enumerate() {
        let authority = Address::new(url.clone()).map(|address| address.authority()).unwrap_or_default();
        let number = *numbers.entry(authority).or_insert(hosts.len());
        if number == hosts.len() {
            hosts.push(Vec::new());
        }
        hosts[number].push(at);
    }
    hosts.sort_by_key(|places| std::cmp::Reverse(places.len()));
    hosts
}

struct Prober<'a> {
    door: &'a Door,
    manners: &'a Manners,
    open: Semaphore,
    /// Whether names can be resolved at all.
    names: OnceCell<bool>,
}

/// Where a probe has come.
struct Trail {
    url: WebUrl,
    n_moves: usize,
    n_moves_for_good: usize,
    status: Option<u16>,
}

/// What a host does when it is asked.
enum Knock {
    Status(u16),
    Redirect(u16, String),
    Fault(Fault),
    GivenUp,
}

impl Prober<'_> {
    async fn probe(&self, url: &WebUrl) -> Probe {
        let mut trail = Trail::new(url);
        let outcome = self.door.in_time(url, self.follow(&mut trail)).await;
        trail.end(outcome.unwrap_or(Outcome::Unclear("given-up")))
    }

    async fn follow(&self, trail: &mut Trail) -> Outcome {
        let Ok(mut at) = Address::new(trail.url.clone()) else { return Outcome::Unclear("unreachable") };
        let (mut method, mut has_failed) = (Method::Head, false);
        loop {
            match self.knock(&at, &method).await {
                Knock::GivenUp => return Outcome::Unclear("given-up"),
                Knock::Redirect(status, target) => {
                    trail.status = Some(status);
                    let next = at.step_anywhere(&target).filter(|_| trail.n_moves < self.manners.most_redirects);
                    let Some(next) = next else { return Outcome::Unclear("redirects") };
                    trail.step(status, &next.url);
                    at = next;
                }
                // Some servers do not know HEAD, or do not like it.
                Knock::Status(400 | 403 | 404 | 405 | 501) if method == Method::Head => method = Method::Get,
                Knock::Status(status) => {
                    trail.status = Some(status);
                    return outcome(status);
                }
                Knock::Fault(Fault::Passing(cause)) if !has_failed && !is_without_connection(&cause) => {
                    (method, has_failed) = (Method::Get, true);
                    sleep(self.manners.first_pause).await;
                }
                Knock::Fault(fault) => {
                    return self.fault(&at, &fault).await;
                }
            }
        }
    }

    async fn knock(&self, at: &Address, method: &Method) -> Knock {
        let host = self.door.hosts.of(&at.authority());
        let Some(permit) = host.enter(self.manners, Chosen::ByData).await else { return Knock::GivenUp };
        let _open = self.open.acquire().await.expect("nobody closes it");
        let request = Request::get(at.url.clone());
        let time_limit = self.manners.time_limit;
        let chosen = Chosen::ByData;
        let message = Message { at, method, request: &request, is_home: false, validators: None, chosen, time_limit };
        let response = match self.door.sender.send(&message).await {
            Ok(response) => response,
            Err(fault) => return Knock::Fault(fault),
        };
        drop(permit);
        let status = response.status();
        let target = Address::target(response.headers());
        let wait = retry::asked_wait(status.as_u16(), response.headers(), SystemTime::now());
        match wait.filter(|_| matches!(status.as_u16(), 403 | 429 | 503)) {
            Some(wait) if wait > self.manners.longest_wait => host.give_up(),
            Some(wait) => host.rest(wait),
            None if status.is_server_error() => host.fails(),
            None => host.works(),
        }
        match target {
            Some(target) if status.is_redirection() => Knock::Redirect(status.as_u16(), target),
            _ => Knock::Status(status.as_u16()),
        }
    }

    async fn fault(&self, at: &Address, fault: &Fault) -> Outcome {
        let is_no_name =
            |cause: &(dyn Error + 'static)| matches!(reach::name_error(cause), Some(NameError::NoSuchName(_)));
        match fault {
            Fault::NotPublic => return Outcome::Unclear("not-public"),
            Fault::Lasting(cause) if is_no_name(cause.as_ref()) && self.knows_names().await => return Outcome::Gone,
            _ => self.door.hosts.of(&at.authority()).fails(),
        }
        match fault {
            Fault::Passing(cause) if cause.is_timeout() => Outcome::Unclear("timed-out"),
            _ => Outcome::Unclear("unreachable"),
        }
    }

    /// Whether names are resolved here at all: where nobody knows this one, no other says anything.
    async fn knows_names(&self) -> bool {
        *self.names.get_or_init(|| async { reach::addresses("example.org").await.is_ok() }).await
    }
}

impl Trail {
    fn new(url: &WebUrl) -> Self {
        Self { url: url.clone(), n_moves: 0, n_moves_for_good: 0, status: None }
    }

    fn step(&mut self, status: u16, next: &WebUrl) {
        (self.url, self.status) = (next.clone(), None);
        self.n_moves += 1;
        self.n_moves_for_good += usize::from(matches!(status, 301 | 308));
    }

    fn end(self, outcome: Outcome) -> Probe {
        let is_moved_for_good = self.n_moves > 0 && self.n_moves_for_good == self.n_moves;
        Probe { outcome, url: self.url, is_moved_for_good, status: self.status }
    }
}

/// Whether a host did not even take the connection in time: asking it again would take as long again.
fn is_without_connection(cause: &reqwest::Error) -> bool {
    cause.is_timeout() && cause.is_connect()
}

fn outcome(status: u16) -> Outcome {
    match status {
        200..300 => Outcome::Alive,
        404 | 410 => Outcome::Gone,
        429 => Outcome::Unclear("rate-limited"),
        300..400 => Outcome::Unclear("redirects"),
        500..600 => Outcome::Unclear("server-error"),
        // Also statuses of their own: LinkedIn says 999.
        _ => Outcome::Unclear("blocked"),
    }
}
