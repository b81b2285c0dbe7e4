use std::{io::Write as _, time::SystemTime};

use anyhow::Context as _;
use clap::{Subcommand, ValueEnum};
use oxrdf::NamedNode;

use super::{
    Place,
    failure::Usage,
    output::{self, FormatName},
    part::{self, Part},
};
use crate::{
    algorithm::{BetweennessOptions, LeidenOptions, PageRankOptions},
    analyze::{self, Report, Subnet},
    map::Minter,
    net::Day,
    network::Network,
    query::{self, OutputFormat},
    store::{Graph, NamedGraph},
};

/// Ask about structure: rankings, communities, co-citation, paths, what is missing
///
/// Computes on the citations of the graph, or on the network that --on names; works that no edge touches are left out.
/// A table on a terminal ends after 30 rows, other formats have all. With --write the result goes into a named graph of its
/// own, graph/analysis/NAME, with the method, its parameters and the date, for queries to use.
///
/// Example: amml-graph analyze pagerank --write
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    analysis: Analysis,
    #[command(flatten)]
    part: Part,
    /// The network to compute on, for analyses that suit several; by default citations
    #[arg(long, value_enum, global = true, value_name = "NETWORK")]
    on: Option<On>,
    /// Where chance decides, it decides the same with the same seed
    #[arg(long, default_value_t = 1, global = true, value_name = "N")]
    seed: u64,
    /// No more rows than this; 0 for all
    #[arg(long, global = true, value_name = "N")]
    limit: Option<usize>,
    /// table, csv, tsv, json, xml
    #[arg(short, long, global = true)]
    format: Option<FormatName>,
    /// Write the result into the store, too
    #[arg(long, global = true)]
    write: bool,
    /// The base of all IRIs, for --write
    #[arg(long, global = true, value_name = "IRI", default_value = "https://w3id.org/amml-graph/")]
    base: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum On {
    /// Who cites whom
    Citations,
    /// Who has written with whom
    CoAuthors,
    /// All direct relations among things
    Relations,
}

#[derive(Debug, Subcommand)]
enum Analysis {
    /// Which works are cited by works that are cited themselves
    Pagerank {
        /// With this probability the next step follows a citation
        #[arg(long, default_value_t = 0.85, value_parser = damping)]
        damping: f64,
        /// Ends when the scores change by less than this in all
        #[arg(long, default_value_t = 1e-12, value_parser = positive)]
        tolerance: f64,
    },
    /// Which works are authorities, and which are good at naming them
    Hits {
        /// Ends when the scores change by less than this in all
        #[arg(long, default_value_t = 1e-12, value_parser = positive)]
        tolerance: f64,
    },
    /// How many cite a work, and how many it cites
    Degrees,
    /// How deep in the dense parts each work is
    Cores,
    /// What hangs together at all
    Components {
        /// Only what leads to one another in both directions
        #[arg(long)]
        strong: bool,
    },
    /// What hangs together more than with the rest
    Communities {
        /// Above 1 smaller ones, below 1 larger ones
        #[arg(long, default_value_t = 1.0, value_parser = positive)]
        resolution: f64,
    },
    /// Works that are cited together
    CoCitation {
        /// By at least so many
        #[arg(long, default_value_t = 2, value_name = "N")]
        at_least: u32,
    },
    /// Works that cite the same
    Coupling {
        /// At least so many
        #[arg(long, default_value_t = 2, value_name = "N")]
        at_least: u32,
    },
    /// On how many shortest ways between others a work lies
    Betweenness {
        #[command(flatten)]
        accuracy: Accuracy,
    },
    /// The shortest chain of citations from a work to one that it builds on
    Path {
        /// The work that cites
        from: String,
        /// The work that it builds on
        to: String,
    },
    /// The chain of citations that most ways through the literature pass
    MainPath,
    /// Who is central among those who write together, and who is a bridge
    CoAuthors {
        #[command(flatten)]
        accuracy: Accuracy,
    },
    /// Topics with things in common
    TopicOverlap {
        /// At least so many
        #[arg(long, default_value_t = 1, value_name = "N")]
        at_least: u32,
    },
    /// What readers of a thing should see, too, and why
    Similar {
        /// The thing
        thing: String,
    },
    /// Works that entries cite and that no list has
    Missing {
        /// Cited by at least so many entries
        #[arg(long, default_value_t = 3, value_name = "N")]
        at_least: usize,
        /// Only by entries under this topic or its subtopics
        #[arg(long, value_name = "TOPIC")]
        section: Option<String>,
    },
    /// Tools that nobody looks after, and living ones that may take their place
    Successors,
}

#[derive(Debug, clap::Args)]
struct Accuracy {
    /// Exact as long as nodes times edges are not more than this (by default 200 million); else sampled
    #[arg(long, value_name = "N")]
    exact_up_to: Option<usize>,
    /// How much a sampled score may be off, with a probability of nine in ten not to be; half as much takes four times as long
    #[arg(long, default_value_t = 0.01, value_parser = error_bound)]
    epsilon: f64,
}

/// Rows of a table on a terminal, unless told otherwise.
const ROWS: usize = 30;
const MOST_ROUNDS: usize = 10_000;

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let minter = Minter::new(&args.base).with_context(|| format!("the base {:?} is no absolute IRI", args.base))?;
    args.check()?;
    let day = Day::of(SystemTime::now());
    if !args.write {
        return args.part.with(place, |network, graph| print(args, report(args, network, graph, day)?, network));
    }
    // There must be something to analyse; to write would make a store where there is none.
    place.read(|_| Ok(()))?;
    let mut graph = place.write("write the analysis")?;
    let network = args.part.of(&graph)?;
    let report = report(args, &network, Some(&graph), day)?;
    let used = sources(&graph, &minter)?;
    let recorded = analyze::recorded(&report, &network, &minter, &day.to_string(), &used);
    let named = NamedGraph::collect(&recorded.name, |sink| recorded.quads.iter().for_each(|quad| sink(quad.as_ref())));
    let n_triples = named.len();
    // Before it is printed: whoever reads may have seen enough after the first line.
    graph.replace(vec![named]).context("cannot write the analysis")?;
    tell!("{n_triples} triples in <{}>", recorded.name.as_str());
    print(args, report, &network)
}

impl Args {
    /// Refuses what would be ignored.
    fn check(&self) -> Result<(), Usage> {
        let is_table = self.part.is_table();
        if self.write && is_table {
            return Err(Usage::new("a table has no store to write into", "leave --write away"));
        }
        if self.write && matches!(self.analysis, Analysis::Path { .. }) {
            return Err(Usage::new("a path between two works is nothing to write", "leave --write away"));
        }
        if self.on.is_some() && !self.analysis.suits_several() {
            return Err(Usage::new("this analysis suits one network only", "leave --on away"));
        }
        if is_table && (self.analysis.needs_things() || matches!(self.on, Some(On::CoAuthors | On::Relations))) {
            return Err(Usage::new("a table has nothing but citations", "build a store, and leave --edges away"));
        }
        if matches!(self.analysis, Analysis::Missing { .. }) && !self.part.is_whole() {
            let hint = "use --section TOPIC: only entries under it count";
            return Err(Usage::new("what is missing stands under no topic and near nothing", hint));
        }
        Ok(())
    }

    fn on(&self) -> On {
        self.on.unwrap_or(On::Citations)
    }
}

impl Analysis {
    /// Whether `--on` makes a difference.
    fn suits_several(&self) -> bool {
        match self {
            Self::Pagerank { .. }
            | Self::Hits { .. }
            | Self::Degrees
            | Self::Cores
            | Self::Components { .. }
            | Self::Communities { .. }
            | Self::Betweenness { .. } => true,
            Self::CoCitation { .. }
            | Self::Coupling { .. }
            | Self::Path { .. }
            | Self::MainPath
            | Self::CoAuthors { .. }
            | Self::TopicOverlap { .. }
            | Self::Similar { .. }
            | Self::Missing { .. }
            | Self::Successors => false,
        }
    }

    /// Whether it asks for more than citations.
    fn needs_things(&self) -> bool {
        matches!(self, Self::CoAuthors { .. } | Self::TopicOverlap { .. } | Self::Missing { .. } | Self::Successors)
    }
}

/// What an analysis finds, with the part that it is about among its parameters and in its name.
fn report(args: &Args, network: &Network, graph: Option<&Graph>, day: Day) -> anyhow::Result<Report> {
    let mut report = analysed(args, network, graph, day)?;
    if let Some(on) = args.on.filter(|on| *on != On::Citations) {
        report.name = format!("{}-on-{}", report.name, on.word());
        report.parameters.push(("on", on.word().to_owned()));
    }
    for (parameter, value) in args.part.parameters() {
        report.name = format!("{}-{parameter}-{value}", report.name);
        report.parameters.push((parameter, value));
    }
    Ok(report)
}

fn analysed(args: &Args, network: &Network, graph: Option<&Graph>, day: Day) -> anyhow::Result<Report> {
    let subnet = || match args.on() {
        On::Citations => Subnet::citations(network),
        On::CoAuthors => Subnet::co_authors(network),
        On::Relations => Subnet::relations(network),
    };
    let leiden = |resolution| LeidenOptions { resolution, seed: args.seed, ..LeidenOptions::default() };
    let find = |text: &str| part::find(network, graph, text);
    Ok(match &args.analysis {
        Analysis::Pagerank { damping, tolerance } => {
            let options = PageRankOptions { damping: *damping, tolerance: *tolerance, ..PageRankOptions::default() };
            analyze::page_rank(&subnet(), &options)
        }
        Analysis::Hits { tolerance } => analyze::hits(&subnet(), *tolerance, MOST_ROUNDS),
        Analysis::Degrees => analyze::degrees(&subnet()),
        Analysis::Cores => analyze::core_numbers(&subnet()),
        Analysis::Components { strong: false } => analyze::components(&subnet()),
        Analysis::Components { strong: true } => analyze::strong_components(&subnet()),
        Analysis::Communities { resolution } => analyze::communities(&subnet(), &leiden(*resolution)),
        Analysis::CoCitation { at_least } => analyze::co_citation(&Subnet::citations(network), *at_least),
        Analysis::Coupling { at_least } => analyze::bibliographic_coupling(&Subnet::citations(network), *at_least),
        Analysis::Betweenness { accuracy } => analyze::betweenness(&subnet(), &accuracy.options(args.seed)),
        Analysis::Path { from, to } => analyze::path(&Subnet::citations(network), find(from)?, find(to)?),
        Analysis::MainPath => analyze::main_path(&Subnet::citations(network)),
        Analysis::CoAuthors { accuracy } => {
            analyze::co_authors(&Subnet::co_authors(network), &accuracy.options(args.seed), &leiden(1.0))
        }
        Analysis::TopicOverlap { at_least } => analyze::topic_overlap(network, *at_least),
        Analysis::Similar { thing } => analyze::similar(network, find(thing)?),
        Analysis::Missing { at_least, section } => {
            let topic = section.as_deref().map(|section| topic(network, graph, section)).transpose()?;
            analyze::missing(network, topic, *at_least)
        }
        Analysis::Successors => analyze::successors(network, this_year(day)),
    })
}

fn topic(network: &Network, graph: Option<&Graph>, text: &str) -> anyhow::Result<u32> {
    let Some(graph) = graph else { return Err(Usage::new("a table has no topics", "leave --section away").into()) };
    let iri = part::one(graph, text, Some("topic"))?;
    network.find(iri.as_str()).with_context(|| format!("{text:?} is not in this part of the graph"))
}

pub(super) fn this_year(day: Day) -> i32 {
    day.to_string().get(..4).and_then(|year| year.parse().ok()).unwrap_or(1970)
}

/// The named graphs that an analysis uses: all but those of analyses.
fn sources(graph: &Graph, minter: &Minter) -> anyhow::Result<Vec<NamedNode>> {
    let scan = graph.scan()?;
    let mut names: Vec<u32> = scan.quads().iter().map(|quad| quad[3]).collect();
    names.sort_unstable();
    names.dedup();
    let mut names: Vec<NamedNode> =
        names.into_iter().filter_map(|name| scan.iri(name)).map(NamedNode::new_unchecked).collect();
    let analyses = minter.analysis("");
    names.retain(|name| !name.as_str().starts_with(&analyses));
    names.sort();
    Ok(names)
}

fn print(args: &Args, report: Report, network: &Network) -> anyhow::Result<()> {
    let format = output::format_or_default(args.format);
    tell!("{}", report.method);
    report.notes.iter().for_each(|note| tell!("{note}"));
    let n_rows = report.rows.len();
    let limit = match args.limit {
        Some(0) => usize::MAX,
        Some(limit) => limit,
        None if format == OutputFormat::Table => ROWS,
        None => usize::MAX,
    };
    let mut out = output::stdout();
    query::write(report.answer(network, limit), format, output::width(), &mut out)?;
    out.flush()?;
    if n_rows > limit {
        tell!("{limit} of {n_rows} rows; --limit 0 shows all");
    }
    Ok(())
}

impl Accuracy {
    fn options(&self, seed: u64) -> BetweennessOptions {
        let default = BetweennessOptions::default();
        let exact_up_to = self.exact_up_to.unwrap_or(default.exact_up_to);
        BetweennessOptions { exact_up_to, epsilon: self.epsilon, seed, ..default }
    }
}

impl On {
    fn word(self) -> &'static str {
        match self {
            Self::Citations => "citations",
            Self::CoAuthors => "co-authors",
            Self::Relations => "relations",
        }
    }
}

/// With more the scores would hardly depend on the citations' start, and take thousands of rounds.
fn damping(text: &str) -> Result<f64, String> {
    between(text, 0.0, 0.9999)
}

/// With less there would be more samples than memory.
fn error_bound(text: &str) -> Result<f64, String> {
    between(text, 0.001, 0.5)
}

fn between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "it is not a number".to_owned())?;
    if (least..=most).contains(&number) { Ok(number) } else { Err(format!("it must be between {least} and {most}")) }
}

fn positive(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "it is not a number".to_owned())?;
    if number > 0.0 && number.is_finite() { Ok(number) } else { Err("it must be greater than 0".to_owned()) }
}
