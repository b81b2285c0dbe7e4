//! The program: parses the arguments and runs the command.

use std::process::ExitCode;

use amml_graph::cli::{self, Cli};
use clap::Parser as _;

fn main() -> ExitCode {
    cli::run(&Cli::parse())
}
