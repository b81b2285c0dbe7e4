//! `enrich --links`: takes the links of the lists, has them looked at, and makes the report that goes into the store.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    path::Path,
    time::Duration,
};

use anyhow::Context as _;

use super::{
    network::{NetworkArgs, variable},
    output,
    progress::Bars,
    services,
};
use crate::{
    enrich::links::{Archive, LinkInquiry},
    extract::extract,
    id::WebUrl,
    model::{Extraction, LinkCheck, LinkState, PartialDate, SourceInfo, SourceKind},
    net::{Client, Manners, Reach},
    read::Source,
};

/// Which links are looked at, and how.
#[derive(Debug, clap::Args)]
pub(super) struct LinkArgs {
    /// Check every link of the lists: alive, gone, or unclear, where that cannot be told. Without --service, no service is asked
    /// then but the Wayback Machine, for copies of what is gone. A check counts for 7 days, or as many as --refresh says
    #[arg(long)]
    pub(super) links: bool,
    /// How long a link may take to answer
    #[arg(long, default_value_t = 20, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    link_timeout: u64,
}

/// What the check of links needs of the command.
pub(super) struct Context<'a> {
    pub(super) network: &'a NetworkArgs,
    pub(super) refresh: Option<u32>,
    pub(super) minutes: Option<u64>,
    pub(super) config: Option<&'a Path>,
    pub(super) contact: Option<&'a str>,
    pub(super) is_plan: bool,
}

/// For how many days a check counts.
const REFRESH_AFTER: u32 = 7;

/// The key of the report.
const KEY: &str = "links";

/// Checks the links of the lists among what was read, and puts the new report in the place of the last one. With --plan,
/// it only says what it would do.
pub(super) fn check(args: &LinkArgs, context: &Context<'_>, base: &mut Vec<Extraction>) -> anyhow::Result<()> {
    if !args.links {
        return Ok(());
    }
    let client = prober(context);
    let today: PartialDate = client.today().to_string().parse().context("cannot write the day of the checks")?;
    let last = base.iter().filter(|extraction| extraction.source.kind == SourceKind::Links);
    let last: Vec<LinkCheck> = last.flat_map(|extraction| extraction.checks.iter().cloned()).collect();
    let refresh = context.refresh.unwrap_or(REFRESH_AFTER);
    let mut inquiry = LinkInquiry::new(&client, today, addresses(base), last, refresh);
    let manners = manners(args.link_timeout);
    if context.is_plan {
        return print_plan(&inquiry, &manners);
    }
    let n_open = inquiry.n_open();
    let (archive_client, base_of_archive, pace) = archive(context)?;
    let archive = Archive { client: &archive_client, base: base_of_archive, manners: pace };
    let mut bars = Bars::new();
    inquiry.probe(&manners, &mut |progress| bars.show(progress));
    inquiry.find_copies(&archive, &mut |progress| bars.show(progress));
    bars.finish();
    for (why, count) in inquiry.failures() {
        tell!("warning: links: {count} times: {why}");
    }
    let n_addresses = inquiry.n_addresses();
    let checks = inquiry.into_checks();
    print_report(&checks, n_open, n_addresses - checks.len())?;
    base.retain(|extraction| extraction.source.kind != SourceKind::Links);
    base.push(extract(&report(&checks)));
    Ok(())
}

/// The addresses of what the lists and bibliographies speak of, without their fragments.
fn addresses(base: &[Extraction]) -> BTreeSet<WebUrl> {
    let is_list = |kind| matches!(kind, SourceKind::List | SourceKind::Bibliography);
    let lists = base.iter().filter(|extraction| is_list(extraction.source.kind));
    let mentions = lists.flat_map(|list| &list.entries).flat_map(|entry| &entry.mentions);
    let bare = |url: &WebUrl| -> Option<WebUrl> {
        let text = url.as_ref().split('#').next().filter(|text| text.starts_with("http"))?;
        text.parse().ok()
    };
    mentions.flat_map(|mention| &mention.links).filter_map(|link| bare(&link.url)).collect()
}

/// The checks as a source: one on each line.
fn report(checks: &[LinkCheck]) -> Source {
    let line = |check: &LinkCheck| serde_json::to_string(check).expect("a check has no keys but text") + "\n";
    let text: String = checks.iter().map(line).collect();
    Source::new(SourceInfo::new(KEY, SourceKind::Links), &text)
}

/// Whether links may lead to this machine and its neighbors: for tests only.
fn allows_local() -> bool {
    variable("AMML_ALLOW_LOCAL").is_some_and(|value| value == "1")
}

/// Who asks for addresses that stand in lists: without tokens, and not those services that the user put elsewhere.
fn prober(context: &Context<'_>) -> Client {
    let reach = if allows_local() { Reach::Anywhere } else { Reach::Public };
    context.network.client_for_links(reach, context.contact, context.minutes)
}

fn manners(seconds: u64) -> Manners {
    // One's own test server needs no rest.
    let pause_between = if allows_local() { Duration::ZERO } else { Duration::from_secs(1) };
    Manners {
        open_per_host: 1,
        pause_between,
        time_limit: Duration::from_secs(seconds),
        // An article behind a DOI is often five steps away.
        most_redirects: 10,
        ..Manners::default()
    }
}

fn archive(context: &Context<'_>) -> anyhow::Result<(Client, WebUrl, Manners)> {
    let (base, trusted) = services::archive(context.config)?;
    let pace = Manners { open_per_host: 1, pause_between: Duration::from_secs(1), ..Manners::default() };
    let is_own = !trusted.is_empty() && services::is_own(&base);
    let pace = if is_own { Manners { pause_between: Duration::ZERO, ..pace } } else { pace };
    let reach = services::Reach { served: Vec::new(), trusted, contact: context.contact.map(str::to_owned) };
    Ok((context.network.client_for(&reach, context.minutes), base, pace))
}

fn print_plan(inquiry: &LinkInquiry<'_>, manners: &Manners) -> anyhow::Result<()> {
    let hosts = inquiry.open_hosts();
    let most = hosts.values().max().copied().unwrap_or_default();
    let time = manners.pause_between * u32::try_from(most).unwrap_or(u32::MAX);
    let mut out = output::stdout();
    writeln!(
        out,
        "links: {} addresses, {} to be checked on {} hosts, {} s at least",
        inquiry.n_addresses(),
        inquiry.n_open(),
        hosts.len(),
        time.as_secs()
    )?;
    Ok(out.flush()?)
}

fn print_report(checks: &[LinkCheck], n_open: usize, n_unknown: usize) -> anyhow::Result<()> {
    let count = |is_counted: &dyn Fn(&LinkCheck) -> bool| checks.iter().filter(|check| is_counted(check)).count();
    let mut out = output::stdout();
    writeln!(out, "{:<18}{:>10}", "links", checks.len())?;
    for state in LinkState::ALL {
        writeln!(out, "  {:<16}{:>10}", state.word(), count(&|check| check.state == state))?;
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for check in checks.iter().filter(|check| check.state == state) {
            check.why.iter().for_each(|why| *reasons.entry(why.word()).or_default() += 1);
        }
        for (why, count) in reasons {
            writeln!(out, "    {why:<14}{count:>10}")?;
        }
    }
    writeln!(out, "  {:<16}{:>10}", "moved", count(&|check| check.moved_to.is_some()))?;
    writeln!(out, "  {:<16}{:>10}", "archived copies", count(&|check| check.archived_at.is_some()))?;
    writeln!(out, "  {:<16}{n_open:>10}", "checked now")?;
    if n_unknown > 0 {
        writeln!(out, "  {:<16}{n_unknown:>10}", "never checked")?;
    }
    Ok(out.flush()?)
}
