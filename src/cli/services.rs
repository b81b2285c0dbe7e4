use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use serde::Deserialize;

use super::{
    failure::{Hinted, Usage},
    network::variable,
};
use crate::{
    enrich::{Access, Served, Service, links::ARCHIVE, service::all},
    id::WebUrl,
    net::{Manners, Token},
};

/// Which services to ask.
#[derive(Debug, clap::Args)]
pub(super) struct ServiceArgs {
    /// The services to ask, with commas between them; without it, all that need no key or have one
    #[arg(long, value_delimiter = ',', value_name = "NAME")]
    service: Vec<String>,
    /// How long one call may take, with its answer
    #[arg(long, default_value_t = 20, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    call_limit: u64,
}

/// How often a call is made before it is given up. What fails is asked again in the next run.
const TRIES: u32 = 3;

/// The services that are asked, and what is needed to reach them.
pub(super) struct Reach {
    pub(super) served: Vec<Served>,
    /// Hosts, with their ports, that the user named: they may be in the local network.
    pub(super) trusted: Vec<String>,
    pub(super) contact: Option<String>,
}

impl Reach {
    pub(super) fn names(&self) -> BTreeSet<&'static str> {
        self.served.iter().map(|served| served.service.name()).collect()
    }
}

/// A configuration file: a contact address, and a table for each service.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Config {
    contact: Option<String>,
    #[serde(flatten)]
    services: BTreeMap<String, ServiceConfig>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ServiceConfig {
    base: Option<String>,
    key: Option<String>,
}

/// Finds out how the services that are wanted can be reached. With other work to do, none is asked unless it is named.
pub(super) fn reach(args: &ServiceArgs, config: Option<&Path>, has_other_work: bool) -> anyhow::Result<Reach> {
    let config = Config::load(config)?;
    config.check_names()?;
    let contact = variable("AMML_MAILTO").or_else(|| config.contact.clone());
    let mut reach = Reach { served: Vec::new(), trusted: Vec::new(), contact };
    for service in wanted(args, has_other_work)? {
        let of_service = config.services.get(service.name()).cloned().unwrap_or_default();
        let base_variable = format!("AMML_{}_BASE", service.name().to_uppercase().replace(['-', '.'], "_"));
        let other = variable(&base_variable).or(of_service.base);
        let base: WebUrl = other
            .as_deref()
            .unwrap_or(service.base())
            .trim_end_matches('/')
            .parse()
            .with_context(|| format!("{base_variable} is no web address"))?;
        let key = service.keys().iter().find_map(|name| variable(name)).or(of_service.key);
        let key = key.as_deref().and_then(Token::new);
        if service.needs_key() && key.is_none() && args.service.is_empty() {
            continue;
        }
        let time_limit = Duration::from_secs(args.call_limit);
        let manners = Manners { time_limit, tries: TRIES, ..service.manners(key.is_some()) };
        let manners = if other.is_some() && is_own(&base) { unhurried(&manners) } else { manners };
        if other.is_some() {
            reach.trusted.push(authority(&base));
        }
        let access = Access { base, key, contact: reach.contact.clone() };
        reach.served.push(Served { service, access, manners });
    }
    Ok(reach)
}

/// Where the archive is that has copies of web pages; and, if the user put it elsewhere, its host.
pub(super) fn archive(config: Option<&Path>) -> anyhow::Result<(WebUrl, Vec<String>)> {
    let of_config = Config::load(config)?.services.remove("wayback").and_then(|service| service.base);
    let other = variable("AMML_WAYBACK_BASE").or(of_config);
    let base: WebUrl = other.as_deref().unwrap_or(ARCHIVE).parse().context("AMML_WAYBACK_BASE is no web address")?;
    let trusted = other.iter().map(|_| authority(&base)).collect();
    Ok((base, trusted))
}

fn wanted(args: &ServiceArgs, has_other_work: bool) -> anyhow::Result<Vec<&'static dyn Service>> {
    if args.service.is_empty() {
        return Ok(if has_other_work { Vec::new() } else { all() });
    }
    let known = all();
    let names = || known.iter().map(|service| service.name()).collect::<Vec<_>>().join(", ");
    for name in &args.service {
        if !known.iter().any(|service| service.name() == name) {
            return Err(Usage::new(format!("no service is called {name:?}"), format!("use {}", names())).into());
        }
    }
    Ok(known.into_iter().filter(|service| args.service.iter().any(|name| name == service.name())).collect())
}

/// Host and port of an address, as they stand in it.
fn authority(base: &WebUrl) -> String {
    let rest = base.as_ref().split_once("://").map_or(base.as_ref(), |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default().to_owned()
}

/// Whether a server is on this machine: one's own needs no manners.
pub(super) fn is_own(base: &WebUrl) -> bool {
    matches!(base.host(), "localhost" | "127.0.0.1" | "[::1]")
}

fn unhurried(manners: &Manners) -> Manners {
    Manners { pause_between: Duration::ZERO, open_per_host: manners.open_per_host.max(16), ..manners.clone() }
}

impl Config {
    /// A misspelled name must not be passed over in silence.
    fn check_names(&self) -> anyhow::Result<()> {
        let known: Vec<&str> = all().iter().map(|service| service.name()).chain(["wayback"]).collect();
        match self.services.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) => {
                let message = format!("the configuration file has a table for {name:?}, which is no service");
                Err(Hinted::new(message, format!("use {}", known.join(", "))).into())
            }
            None => Ok(()),
        }
    }

    /// The named file, or the usual one if there is one.
    fn load(path: Option<&Path>) -> anyhow::Result<Self> {
        let (path, is_named) = match path.map(Path::to_owned).or_else(usual) {
            Some(usual) => (usual, path.is_some()),
            None => return Ok(Self::default()),
        };
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound && !is_named => return Ok(Self::default()),
            Err(cause) => return Err(cause).with_context(|| format!("cannot read {}", path.display())),
        };
        // The cause would show the line, and a key may stand in it.
        toml::from_str(&text).map_err(|cause| {
            let line = cause.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
            let message = format!("{}:{line} is not what a configuration file has", path.display());
            Hinted::new(message, "write contact = \"…\", and [crossref] with base = \"…\" or key = \"…\" below it")
                .into()
        })
    }
}

fn usual() -> Option<PathBuf> {
    let of_user = || Some(PathBuf::from(variable("HOME")?).join(".config"));
    let folder = variable("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute()).or_else(of_user)?;
    Some(folder.join("amml-graph").join("config.toml"))
}
