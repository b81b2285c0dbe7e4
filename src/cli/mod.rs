//! The command line: arguments, the wiring of the rooms, everything printed, the exit status.
//!
//! Data goes to standard output, talk to standard error. Each command is a file with its arguments, whose comments are
//! its help, and its `run`.

/// Says something on standard error. That nobody can hear it is no failure.
macro_rules! tell {
    ($($text:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($text)*);
    }};
}

mod analyze;
mod build;
mod decisions;
mod enrich;
mod enrich_links;
mod export;
mod failure;
mod file;
mod follow;
mod lint;
mod mcp;
mod network;
mod output;
mod pairs;
mod part;
mod progress;
mod query;
mod review;
mod search;
mod serve;
mod services;
mod show;
mod site;
mod stats;
mod why;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Parser, Subcommand};

use crate::store::{Access, Graph};

/// Turn awesome lists into a knowledge graph of papers, tools, datasets and authors
///
/// Reads curated Markdown lists, keeps what they say as RDF in an Oxigraph store on disk, and answers questions about it:
/// above all, which tools implement which papers. Exit status: 0 done, 1 failed, 2 wrong usage.
#[derive(Debug, Parser)]
#[command(name = "amml-graph", version, max_term_width = 100)]
pub struct Cli {
    /// The store: a folder
    #[arg(long, global = true, env = "AMML_STORE", default_value = "amml.store", value_name = "DIR")]
    store: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Enrich(enrich::Args),
    Query(query::Args),
    Show(show::Args),
    Tools(pairs::ToolsArgs),
    Papers(pairs::PapersArgs),
    Why(why::Args),
    Search(search::Args),
    Review(review::Args),
    Export(Box<export::Args>),
    Analyze(Box<analyze::Args>),
    Lint(lint::Args),
    Serve(Box<serve::Args>),
    Mcp(mcp::Args),
    Stats(stats::Args),
}

/// Runs the command and says how it ended.
#[must_use]
pub fn run(cli: &Cli) -> ExitCode {
    let store = Place(cli.store.clone());
    let result = match &cli.command {
        Command::Build(args) => build::run(args, &store),
        Command::Enrich(args) => enrich::run(args, &store),
        Command::Query(args) => query::run(args, &store),
        Command::Show(args) => show::run(args, &store),
        Command::Tools(args) => pairs::tools(args, &store),
        Command::Papers(args) => pairs::papers(args, &store),
        Command::Why(args) => why::run(args, &store),
        Command::Search(args) => search::run(args, &store),
        Command::Review(args) => review::run(args, &store),
        Command::Export(args) => export::run(args, &store),
        Command::Analyze(args) => analyze::run(args, &store),
        Command::Lint(args) => lint::run(args),
        Command::Serve(args) => serve::run(args, &store),
        Command::Mcp(args) => mcp::run(args, &store),
        Command::Stats(args) => stats::run(args, &store),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}

/// Where the store is.
struct Place(String);

impl Place {
    fn path(&self) -> anyhow::Result<PathBuf> {
        anyhow::ensure!(
            !self.0.contains("://"),
            "the store {} is an address, and this version works on folders only",
            self.0
        );
        Ok(PathBuf::from(&self.0))
    }

    /// Opens the store to read, hands it over, and leaves it without the cost of closing it.
    fn read<T>(&self, work: impl FnOnce(&Graph) -> anyhow::Result<T>) -> anyhow::Result<T> {
        let graph = Graph::open(&self.path()?, Access::Read)?;
        let result = work(&graph);
        graph.abandon();
        result
    }

    /// Opens the store to do something with it, which is named where that is impossible.
    fn write(&self, action: &'static str) -> anyhow::Result<Graph> {
        Graph::open(&self.path()?, Access::Write).with_context(|| format!("cannot {action}"))
    }
}
