use std::{collections::BTreeSet, io::Write as _, path::PathBuf, time::Instant};

use anyhow::Context as _;

use super::{
    Place,
    enrich_links::{self, LinkArgs},
    network::NetworkArgs,
    output,
    progress::Bars,
    services::{self, ServiceArgs},
};
use crate::{
    enrich::{self, Inquiry, PlanLine, Report, Wishes},
    extract::extract,
    map::{self, Minter, vocab},
    model::{Catalog, Dossier, Extraction, Scope, SourceInfo, SourceKind, WorkRef},
    query,
    read::{Remote, Source, SourceSpec},
    resolve::resolve,
    store::{Change, NamedGraph, SubjectChange},
};

/// An answer gives identifiers that other services are asked for; after so many rounds it is enough.
const MOST_ROUNDS: usize = 4;

/// Fill in what services and registries know of the things in the store
///
/// Asks Crossref, DataCite, OpenAlex, Semantic Scholar, OpenCitations, Europe PMC, NCBI, arXiv, Hugging Face and GitHub about
/// the papers and tools of the store: identifiers, full lists of authors, venues, dates, retractions, citations, topics,
/// repositories. What each of them says goes into a graph of its own, graph/enrich/NAME; what the lists say stays as it is.
///
/// Every answer is kept in the cache. What was answered once is not asked again, a run that was broken off goes on where it
/// was, and with --offline the cache alone answers. A service that is down or refuses is reported, and the run goes on.
///
/// With --links, every link of the lists is checked, each host being asked for one at a time; what became of it, since when,
/// its new address and an archived copy go into graph/enrich/links. See then: query dead-links, lint --known.
///
/// Environment: AMML_MAILTO, an address for those whose servers are asked; keys: GITHUB_TOKEN, OPENALEX_API_KEY, S2_API_KEY,
/// NCBI_API_KEY, OPENCITATIONS_ACCESS_TOKEN; AMML_NAME_BASE, another server for the service NAME (AMML_CROSSREF_BASE,
/// AMML_WAYBACK_BASE). The same can stand in a configuration file. AMML_ALLOW_LOCAL=1 lets links lead to this machine and its
/// neighbors, for tests.
///
/// Example: amml-graph enrich --plan; amml-graph enrich --service crossref,openalex --depth 1
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Show what would be asked of whom, how long it takes and what it costs, and ask nothing
    #[arg(long)]
    plan: bool,
    #[command(flatten)]
    services: ServiceArgs,
    /// Read a registry or a bibliography, and take in what it says of things in the store: scRNA-tools, bio.tools, Papers with
    /// Code, BibTeX, RIS, CSL-JSON. Without --service, no service is asked then
    #[arg(long, value_name = "SOURCE")]
    registry: Vec<SourceSpec>,
    #[command(flatten)]
    links: LinkArgs,
    /// Take in works that cite, or are cited by, those in the store, one step far
    #[arg(long, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=1))]
    depth: u8,
    /// How many such works at most: those first that most works in the store cite or are cited by
    #[arg(long, default_value_t = 200, value_name = "N")]
    stubs: usize,
    /// Keep abstracts, too. Mind their licences before you hand them on
    #[arg(long)]
    abstracts: bool,
    /// Ask again for answers that are so many days old
    #[arg(long, value_name = "DAYS")]
    refresh: Option<u32>,
    /// Stop asking after so many minutes; the next run goes on
    #[arg(long, value_name = "MINUTES")]
    time_limit: Option<u64>,
    #[command(flatten)]
    network: NetworkArgs,
    /// The base of all IRIs
    #[arg(long, default_value = "https://w3id.org/amml-graph/", value_name = "IRI")]
    base: String,
    /// A configuration file, in TOML; without it, $XDG_CONFIG_HOME/amml-graph/config.toml or ~/.config/amml-graph/config.toml
    #[arg(long, env = "AMML_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let start = Instant::now();
    let minter = Minter::new(&args.base).with_context(|| format!("the base {:?} is no absolute IRI", args.base))?;
    let reach = services::reach(&args.services, args.config.as_deref(), !args.registry.is_empty() || args.links.links)?;
    let client = args.network.client_for(&reach, args.time_limit);
    // There must be something to enrich; to write would make a store where there is none.
    place.read(|_| Ok(()))?;
    let mut graph = place.write("enrich")?;
    let stored = query::sources(&graph).context("cannot read the sources of the store")?;
    let registries = load_registries(args, &client)?;
    let (others, before) = without_replaced(stored, &registries, &reach.names());
    let before: Vec<Extraction> = before.iter().map(extract).collect();
    let mut base: Vec<Extraction> = others.iter().chain(&registries).map(extract).collect();
    enrich_links::check(&args.links, &args.of_links(reach.contact.as_deref()), &mut base)?;
    let wishes = Wishes { abstracts: args.abstracts, refresh_after: args.refresh, absent_for: ABSENT_FOR };
    let mut inquiry = Inquiry::new(&client, reach.served, wishes);
    let mut catalog = resolve(base.clone());
    if args.plan {
        inquiry.add(&enrich::wanted(&catalog));
        return print_plan(&inquiry.plan());
    }
    let mut bars = Bars::new();
    let mut answers = Vec::new();
    for round in 0..MOST_ROUNDS {
        if inquiry.add(&enrich::wanted(&catalog)) > 0 {
            inquiry.ask(&mut |progress| bars.show(progress));
        }
        let dossiers = inquiry.dossiers();
        if round > 0 && dossiers == answers {
            break;
        }
        answers = dossiers;
        catalog = with_answers(&base, &answers, &before);
    }
    if args.depth > 0 {
        ask_neighbors(&mut inquiry, &catalog, &answers, args.stubs, &mut bars);
        answers = inquiry.dossiers();
        catalog = with_answers(&base, &answers, &before);
    }
    bars.finish();
    let graphs = map::quads_by_source(&catalog, &minter, |name, write| NamedGraph::collect(name, write));
    let is_thing = |iri: &str| !minter.is_statement(iri);
    let (change, things) =
        graph.replace_counting(graphs, vocab::WAS_DERIVED_FROM, &is_thing).context("cannot enrich")?;
    print_report(&inquiry.report(), change, things)?;
    tell!("enriched in {} ms", start.elapsed().as_millis());
    Ok(())
}

impl Args {
    fn of_links<'a>(&'a self, contact: Option<&'a str>) -> enrich_links::Context<'a> {
        enrich_links::Context {
            network: &self.network,
            refresh: self.refresh,
            minutes: self.time_limit,
            config: self.config.as_deref(),
            contact,
            is_plan: self.plan,
        }
    }
}

/// For how many days a service is not asked again for what it did not have.
const ABSENT_FOR: u32 = 30;

fn load_registries(args: &Args, client: &crate::net::Client) -> anyhow::Result<Vec<Source>> {
    let remote = Remote { client, github: args.network.mirror.clone() };
    let loaded = crate::read::load(&args.registry, &remote).into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    let known = |source: Source| Source { info: SourceInfo { scope: Scope::Known, ..source.info }, ..source };
    Ok(loaded.into_iter().map(known).collect())
}

/// The sources of the store, those apart that are asked again now. What a service said before follows from the cache; only
/// if it brings nothing at all, because the cache is gone and it cannot be reached, does that still count.
fn without_replaced(
    stored: Vec<Source>,
    registries: &[Source],
    services: &BTreeSet<&'static str>,
) -> (Vec<Source>, Vec<Source>) {
    let is_read_again = |source: &Source| {
        registries.iter().any(|other| (other.info.kind, &other.info.key) == (source.info.kind, &source.info.key))
    };
    let is_asked = |source: &Source| source.info.kind == SourceKind::Service && services.contains(&*source.info.key);
    let kept = stored.into_iter().filter(|source| !is_read_again(source));
    let (asked, others) = kept.partition(is_asked);
    (others, asked)
}

/// Everything resolved together with what services said.
fn with_answers(base: &[Extraction], answers: &[(&'static str, Vec<Dossier>)], before: &[Extraction]) -> Catalog {
    let said = answers.iter().filter_map(|(service, dossiers)| {
        let of_before = || before.iter().find(|extraction| *extraction.source.key == **service).cloned();
        if dossiers.is_empty() { of_before() } else { Some(extract(&source_of(service, dossiers))) }
    });
    resolve(base.iter().cloned().chain(said).collect())
}

/// What a service said as a source: a dossier on each line.
fn source_of(service: &str, dossiers: &[Dossier]) -> Source {
    let line = |dossier: &Dossier| serde_json::to_string(dossier).expect("a dossier has no keys but text") + "\n";
    let text: String = dossiers.iter().map(line).collect();
    Source::new(SourceInfo { scope: Scope::Known, ..SourceInfo::new(service, SourceKind::Service) }, &text)
}

fn ask_neighbors(
    inquiry: &mut Inquiry<'_>,
    catalog: &Catalog,
    answers: &[(&'static str, Vec<Dossier>)],
    most: usize,
    bars: &mut Bars,
) {
    let known: BTreeSet<WorkRef> =
        enrich::wanted(catalog).iter().flat_map(|wanted| WorkRef::of_identifiers(&wanted.ids)).collect();
    inquiry.add_neighbors(&enrich::neighbors(answers, &known, most));
    inquiry.ask(&mut |progress| bars.show(progress));
}

fn print_plan(plan: &[PlanLine]) -> anyhow::Result<()> {
    let mut out = output::stdout();
    writeln!(
        out,
        "{:<18}{:>10}{:>10}{:>10}{:>10}{:>10}  key",
        "service", "questions", "kept", "requests", "time", "cost"
    )?;
    for line in plan {
        writeln!(
            out,
            "{:<18}{:>10}{:>10}{:>10}{:>10}{:>10}  {}",
            line.service,
            line.n_questions,
            line.n_questions - line.n_open,
            line.n_requests,
            in_words(line.time),
            price(line.cost),
            key(line),
        )?;
    }
    let n_requests: usize = plan.iter().map(|line| line.n_requests).sum();
    let longest = plan.iter().map(|line| line.time).max().unwrap_or_default();
    let cost = plan.iter().map(|line| line.cost).sum();
    writeln!(out, "{n_requests} requests, {} at the limits of the services, {}", in_words(longest), price(cost))?;
    for line in plan.iter().filter(|line| line.free_per_day.is_some_and(|free| (free as usize) < line.n_requests)) {
        let free = line.free_per_day.unwrap_or_default();
        writeln!(
            out,
            "{}: {free} requests a day are free here; the rest is asked on another day or with a key",
            line.service
        )?;
    }
    writeln!(out, "What is found may lead to further questions; nothing was asked.")?;
    out.flush()?;
    Ok(())
}

fn key(line: &PlanLine) -> String {
    match (line.has_key, line.keys.first()) {
        (true, _) => "given".to_owned(),
        (false, Some(name)) if line.needs_key => format!("wanted: {name}"),
        (false, Some(name)) => format!("none ({name})"),
        (false, None) => "-".to_owned(),
    }
}

fn price(thousandths: u32) -> String {
    if thousandths == 0 { "free".to_owned() } else { format!("${:.2}", f64::from(thousandths) / 1000.0) }
}

fn in_words(time: std::time::Duration) -> String {
    match time.as_secs() {
        0 => "<1 s".to_owned(),
        seconds @ 1..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

fn print_report(reports: &[Report], change: Change, things: SubjectChange) -> anyhow::Result<()> {
    let mut out = output::stdout();
    if !reports.is_empty() {
        let heads = ["questions", "requests", "found", "absent", "failed"];
        writeln!(out, "{:<18}{}", "service", heads.map(|head| format!("{head:>10}")).concat())?;
    }
    for report in reports {
        let n_failed: usize = report.failures.values().sum();
        let Report { service, n_questions, n_requests, n_found, n_absent, .. } = report;
        writeln!(out, "{service:<18}{n_questions:>10}{n_requests:>10}{n_found:>10}{n_absent:>10}{n_failed:>10}")?;
    }
    let Change { added, removed } = change;
    let SubjectChange { added: new, removed: gone, changed } = things;
    writeln!(out, "quads +{added} −{removed}, things +{new} −{gone} ~{changed}")?;
    out.flush()?;
    for report in reports {
        for (why, count) in &report.failures {
            tell!("warning: {}: {count} without an answer: {why}", report.service);
        }
    }
    Ok(())
}
