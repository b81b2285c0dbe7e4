use super::Place;
use crate::{
    serve::{self, Options},
    store::{Access, Graph},
};

/// Answer an agent over standard input and output (Model Context Protocol)
///
/// The agent can search, have a thing described, ask which tools implement a paper and which papers a tool, find the way
/// from one thing to another, ask the named questions and run SPARQL that reads. With `serve`, the same is at /mcp.
///
/// Example, in the settings of an agent: {"command": "amml-graph", "args": ["mcp", "--store", "/path/to/amml.store"]}
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, place: &Place) -> anyhow::Result<()> {
    let graph = Graph::open(&place.path()?, Access::Read)?;
    serve::agents(graph, &Options::default())?;
    Ok(())
}
