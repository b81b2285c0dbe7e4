use std::{
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::services::Reach;
use crate::{
    id::WebUrl,
    net::{self, Client, Connectivity, Day, Options, Token},
    read,
};

/// How a command uses the network.
#[derive(Debug, clap::Args)]
pub(super) struct NetworkArgs {
    /// Do not use the network: read again what was fetched before
    #[arg(long)]
    offline: bool,
    /// Where to keep what was fetched; without it, $XDG_CACHE_HOME/amml-graph or ~/.cache/amml-graph
    #[arg(long, env = "AMML_CACHE", value_name = "DIR")]
    cache: Option<PathBuf>,
    /// The server of GitHub's raw files
    #[arg(long, env = "AMML_GITHUB_MIRROR", default_value = read::GITHUB_RAW, value_name = "URL")]
    pub(super) mirror: WebUrl,
}

impl NetworkArgs {
    pub(super) fn client(&self) -> Client {
        Client::new(self.options())
    }

    /// A client for services: what they answer is kept in any case, if need be where the system keeps what is for a while.
    pub(super) fn client_for(&self, reach: &Reach, minutes: Option<u64>) -> Client {
        let options = self.options();
        let cache = options.cache.clone().unwrap_or_else(|| std::env::temp_dir().join("amml-graph"));
        Client::new(Options {
            cache: Some(cache),
            contact: reach.contact.clone(),
            trusted: reach.trusted.clone(),
            deadline: minutes.map(|minutes| Duration::from_secs(60 * minutes)),
            ..options
        })
    }

    /// A client for addresses that stand in data: it has no tokens, and trusts nobody.
    pub(super) fn client_for_links(&self, reach: net::Reach, contact: Option<&str>, minutes: Option<u64>) -> Client {
        let options = self.options();
        let cache = options.cache.clone().unwrap_or_else(|| std::env::temp_dir().join("amml-graph"));
        Client::new(Options {
            cache: Some(cache),
            contact: contact.map(str::to_owned),
            tokens: Vec::new(),
            reach,
            deadline: minutes.map(|minutes| Duration::from_secs(60 * minutes)),
            ..options
        })
    }

    fn options(&self) -> Options {
        let github = variable("GITHUB_TOKEN").and_then(|secret| Token::new(&secret));
        let hosts = ["raw.githubusercontent.com", "api.github.com"];
        let tokens = hosts.into_iter().filter_map(|host| Some((host.to_owned(), github.clone()?)));
        Options {
            connectivity: if self.offline { Connectivity::Offline } else { Connectivity::Online },
            cache: self.cache.clone().filter(|path| !path.as_os_str().is_empty()).or_else(usual_cache),
            today: today(),
            contact: variable("AMML_MAILTO"),
            tokens: tokens.collect(),
            ..Options::default()
        }
    }
}

/// The folder for caches of the [XDG base directories](https://specifications.freedesktop.org/basedir-spec/latest/).
fn usual_cache() -> Option<PathBuf> {
    let of_user = || Some(PathBuf::from(variable("HOME")?).join(".cache"));
    let folder = variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute()).or_else(of_user);
    Some(folder?.join("amml-graph"))
}

/// The day, or the one that [SOURCE_DATE_EPOCH](https://reproducible-builds.org/specs/source-date-epoch/) asks for.
pub(super) fn today() -> Day {
    let given = variable("SOURCE_DATE_EPOCH").and_then(|seconds| seconds.parse().ok());
    Day::of(given.map_or_else(SystemTime::now, |seconds| UNIX_EPOCH + Duration::from_secs(seconds)))
}

pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
