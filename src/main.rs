//! The program: parses the arguments and runs the command.

use std::process::ExitCode;

use amml_graph::cli::{self, Cli};
use clap::Parser as _;

/// Counts the memory of each thread, which is how queries of strangers are kept within theirs.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cli::run(&Cli::parse())
}
