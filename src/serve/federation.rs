//! Other endpoints that queries may ask: those of the hosts that were allowed, and no others.

use std::time::Duration;

use crate::{
    id::WebUrl,
    net::{Client, Heard, Lane, Manners, Options, Request},
    store::{ServiceError, Services},
};

/// Asks the endpoints of some hosts.
pub(super) struct Federation {
    /// `example.org`, `127.0.0.1:8080`.
    hosts: Vec<String>,
    /// How long an endpoint may take: no longer than the query.
    time: Duration,
}

/// How many bytes an endpoint may answer.
const LARGEST: usize = 8 << 20;

impl Federation {
    pub(super) fn new(hosts: &[String], time: Duration) -> Self {
        Self { hosts: hosts.to_vec(), time }
    }

    fn may_ask(&self, endpoint: &str) -> bool {
        let bare = |rest: &str| rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let host = match (endpoint.strip_prefix("https://"), endpoint.strip_prefix("http://")) {
            (Some(rest), _) => bare(rest).trim_end_matches(":443").to_owned(),
            (None, Some(rest)) => bare(rest).trim_end_matches(":80").to_owned(),
            (None, None) => return false,
        };
        // With its port, where it is not the usual one: another port is another service.
        self.hosts.iter().any(|name| name.eq_ignore_ascii_case(&host))
    }

    /// Goes nowhere but to the endpoint itself.
    fn manners(&self) -> Manners {
        Manners { tries: 1, most_redirects: 0, time_limit: self.time, largest: LARGEST, ..Manners::default() }
    }
}

impl Services for Federation {
    fn ask(&self, endpoint: &str, sparql: &str) -> Result<Vec<u8>, ServiceError> {
        let endpoint = endpoint.to_owned();
        if !self.may_ask(&endpoint) {
            return Err(ServiceError::Refused { endpoint });
        }
        let joint = if endpoint.contains('?') { '&' } else { '?' };
        let query = percent_encoding::utf8_percent_encode(sparql, percent_encoding::NON_ALPHANUMERIC);
        let Ok(url) = format!("{endpoint}{joint}query={query}").parse::<WebUrl>() else {
            return Err(ServiceError::Refused { endpoint });
        };
        let request = Request::get(url).accepting("application/sparql-results+json");
        let lane = Lane { name: endpoint.clone(), manners: self.manners(), requests: [((), request)].into() };
        let mut answer = None;
        // A client of its own for each query: one that was told off once asks that host no more.
        let client =
            Client::new(Options { trusted: self.hosts.clone(), manners: self.manners(), ..Options::default() });
        client.ask_all(vec![lane], &mut |_, (), heard| {
            answer = Some(heard);
            Vec::new()
        });
        let reason = match answer {
            Some(Heard::Found(answer)) => return Ok(answer.body),
            Some(Heard::Refused { status, .. }) => format!("it refused with status {status}"),
            Some(Heard::Failed(failure)) => failure.to_string(),
            Some(Heard::Absent) | None => "there is nothing at that address".to_owned(),
        };
        Err(ServiceError::Silent { endpoint, reason })
    }
}
