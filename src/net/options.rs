use std::{path::PathBuf, time::Duration};

use super::{Day, Token};

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
    /// Where requests may go that the user did not name.
    pub reach: Reach,
    /// Services that the user named, such as `127.0.0.1:8080`: they may be anywhere.
    pub trusted: Vec<String>,
    /// How long it may ask, counted from the first request; after that everything fails.
    pub deadline: Option<Duration>,
}

/// Whether the network may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// It may.
    Online,
    /// Only the cache answers.
    Offline,
}

/// Where requests may go that the user did not name: addresses that stand in data, and those that servers redirect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses only, so that no list makes a computer ask its own neighbors.
    Public,
    /// Anywhere.
    Anywhere,
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
            reach: Reach::Public,
            trusted: Vec::new(),
            deadline: None,
        }
    }
}

impl Manners {
    /// Those towards a service that wants one request at a time: the pause between two, and that before the second try.
    #[must_use]
    pub fn serial(pause_between: Duration, first_pause: Duration) -> Self {
        Self { open_per_host: 1, pause_between, first_pause, ..Self::default() }
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
