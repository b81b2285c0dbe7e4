//! The one place where anything leaves for the network.

use std::{
    error::Error,
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED},
};
use tokio::{
    runtime::Runtime,
    time::{Instant, sleep, timeout, timeout_at},
};

use super::{
    Failure, Manners, Method, Options, Request,
    address::Address,
    cache::Validators,
    host::{Chosen, Host, Hosts},
    retry::{self, Trouble, Verdict},
    send::{Fault, Message, Sender},
};
use crate::id::WebUrl;

/// How many requests may be open, all hosts together, where many hosts are asked.
pub(super) const MOST_AT_ONCE: usize = 64;

pub(super) struct Door {
    pub(super) sender: Sender,
    pub(super) hosts: Hosts,
    /// There until the door is closed.
    runtime: Option<Runtime>,
    deadline: Option<Duration>,
    began: OnceLock<Instant>,
}

/// A request and how it is made.
pub(super) struct Call<'a> {
    pub(super) request: &'a Request,
    pub(super) manners: &'a Manners,
    pub(super) chosen: Chosen,
    /// What is known already, and the address that gave it.
    pub(super) known: Option<(&'a WebUrl, &'a Validators)>,
}

/// What a server said, redirects and waits behind us.
pub(super) enum Reply {
    Body {
        url: WebUrl,
        body: Vec<u8>,
        content_type: Option<String>,
        validators: Validators,
    },
    NotModified,
    Absent,
    /// It will not answer, however often it is asked.
    Refused {
        url: WebUrl,
        status: u16,
        body_start: String,
    },
}

/// What one address said.
enum Said {
    Reply(Reply),
    Redirect(u16, String),
}

/// Why one request brought nothing.
enum Miss {
    /// It may pass; with the start of what the server says about it.
    Trouble(Trouble, Failure, String),
    Final(Failure),
}

impl Door {
    pub(super) fn open(options: &Options) -> Result<Self, Arc<dyn Error + Send + Sync>> {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().max_blocking_threads(MOST_AT_ONCE).build();
        let runtime = Some(runtime.map_err(|cause| Arc::new(cause) as Arc<_>)?);
        let (sender, deadline) = (Sender::new(options), options.deadline);
        Ok(Self { sender, hosts: Hosts::default(), runtime, deadline, began: OnceLock::new() })
    }

    /// Works until something is there.
    pub(super) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.as_ref().expect("the door is open").block_on(work)
    }

    /// Does something unless the time of the run is over, or until it is.
    pub(super) async fn in_time<T>(&self, url: &WebUrl, work: impl Future<Output = T>) -> Result<T, Failure> {
        let began = *self.began.get_or_init(Instant::now);
        let Some(end) = self.deadline.and_then(|time| began.checked_add(time)) else { return Ok(work.await) };
        let late = || Failure::OutOfTime { url: url.clone() };
        if end <= Instant::now() {
            return Err(late());
        }
        timeout_at(end, work).await.map_err(|_| late())
    }

    /// Asks for an address, follows redirects. The validators belong to the address that they were given by.
    pub(super) async fn fetch(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        self.in_time(&call.request.url, self.follow(call)).await?
    }

    async fn follow(&self, call: &Call<'_>) -> Result<Reply, Failure> {
        let Call { request, manners, chosen, known } = *call;
        let mut at = Address::new(request.url.clone())?;
        let (home, mut method) = (at.authority(), &request.method);
        for _ in 0..=manners.most_redirects {
            let validators = known.filter(|(given_by, _)| **given_by == at.url).map(|(_, validators)| validators);
            let is_home = at.is_private() && at.authority() == home;
            let time_limit = manners.time_limit;
            let message = Message { at: &at, method, request, is_home, validators, chosen, time_limit };
            match self.ask(&message, manners).await? {
                Said::Reply(reply) => return Ok(reply),
                Said::Redirect(status, target) => {
                    let target = request.without_secrets(&target);
                    let bad = || Failure::BadRedirect { url: at.url.clone(), target: request.censor(&target) };
                    let next = at.step(&target).ok_or_else(bad)?;
                    // Only this status asks to read elsewhere what came of the list.
                    if status == 303 && matches!(method, Method::Post { .. }) {
                        method = &Method::Get;
                    }
                    at = next;
                }
            }
        }
        Err(Failure::TooManyRedirects { url: request.url.clone(), most: manners.most_redirects })
    }

    /// Asks one address until it answers or there is no hope.
    async fn ask(&self, message: &Message<'_>, manners: &Manners) -> Result<Said, Failure> {
        let (url, authority) = (&message.at.url, message.at.authority());
        let host = self.hosts.of(&authority);
        let mut n_tries = 0;
        loop {
            n_tries += 1;
            let Some(permit) = host.enter(manners, message.chosen).await else {
                return Err(Failure::GivenUp { url: url.clone(), host: authority });
            };
            let said = self.attempt(message, manners.largest).await;
            drop(permit);
            let (trouble, failure, body_start) = match said {
                Err(Miss::Trouble(trouble, failure, body_start)) => (trouble, failure, body_start),
                Err(Miss::Final(failure)) => return Err(counted(&host, failure)),
                Ok(said) => {
                    host.works();
                    return Ok(said);
                }
            };
            match retry::judge(trouble, n_tries, manners) {
                Verdict::Again(pause, true) => host.rest(pause),
                Verdict::Again(pause, false) => sleep(pause).await,
                Verdict::TooLong(wait) => {
                    host.give_up();
                    let (seconds, longest) = (wait.as_secs(), manners.longest_wait.as_secs());
                    return Err(Failure::LongWait { url: url.clone(), seconds, longest });
                }
                Verdict::Final if let Trouble::Status(status @ 400..500, _) = trouble => {
                    host.works();
                    return Ok(Said::Reply(Reply::Refused { url: url.clone(), status, body_start }));
                }
                Verdict::Enough | Verdict::Final => return Err(counted(&host, failure)),
            }
        }
    }

    async fn attempt(&self, message: &Message<'_>, largest: usize) -> Result<Said, Miss> {
        let url = &message.at.url;
        let response = self.sender.send(message).await.map_err(|fault| missed(url, fault))?;
        let text = |name: HeaderName| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let (status, number) = (response.status(), response.status().as_u16());
        let failure = Failure::Status { url: url.clone(), status: number };
        match status {
            StatusCode::NOT_MODIFIED if message.validators.is_some() => Ok(Said::Reply(Reply::NotModified)),
            StatusCode::NOT_FOUND | StatusCode::GONE => {
                start(response).await;
                Ok(Said::Reply(Reply::Absent))
            }
            _ if status.is_redirection() => {
                let target = Address::target(response.headers()).ok_or(Miss::Final(failure))?;
                start(response).await;
                Ok(Said::Redirect(number, target))
            }
            _ if status.is_success() => {
                let content_type = text(CONTENT_TYPE);
                let validators = Validators { etag: text(ETAG), last_modified: text(LAST_MODIFIED) };
                let body = body(url, response, largest).await?;
                Ok(Said::Reply(Reply::Body { url: url.clone(), body, content_type, validators }))
            }
            _ => {
                let wait = retry::asked_wait(number, response.headers(), SystemTime::now());
                let body_start = message.request.censor(&start(response).await);
                let body_start = body_start.chars().take(SHOWN).collect();
                Err(Miss::Trouble(Trouble::Status(number, wait), failure, body_start))
            }
        }
    }
}

impl Drop for Door {
    /// Does not wait for names that are still looked for.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Counts a failure against the host, if it is the host's.
fn counted(host: &Host, failure: Failure) -> Failure {
    match failure {
        Failure::NotPublic { .. } => {}
        Failure::TooLarge { .. } => host.works(),
        _ => host.fails(),
    }
    failure
}

fn missed(url: &WebUrl, fault: Fault) -> Miss {
    let is_passing = matches!(fault, Fault::Passing(_));
    let failure = fault.into_failure(url);
    if is_passing { Miss::Trouble(Trouble::Broken, failure, String::new()) } else { Miss::Final(failure) }
}

/// The body, unpacked, as long as it is not too large.
async fn body(url: &WebUrl, mut response: Response, largest: usize) -> Result<Vec<u8>, Miss> {
    let too_large = || Miss::Final(Failure::TooLarge { url: url.clone(), limit: largest });
    if response.content_length().is_some_and(|length| usize::try_from(length).is_ok_and(|length| length > largest)) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|cause| missed(url, cause.into()))? {
        if body.len() + chunk.len() > largest {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// How many characters of what a server says about its refusal are told.
const SHOWN: usize = 500;

/// The start of a text that matters little. It is read to its end if that is near, as only then the connection can be
/// used again.
async fn start(mut response: Response) -> String {
    const NEAR: usize = 64 << 10;
    const SOON: Duration = Duration::from_secs(2);
    let mut start = Vec::new();
    let reading = async {
        while let Ok(Some(chunk)) = response.chunk().await {
            if start.len() + chunk.len() > NEAR {
                break;
            }
            start.extend_from_slice(&chunk);
        }
    };
    let _ = timeout(SOON, reading).await;
    String::from_utf8_lossy(&start).into_owned()
}
