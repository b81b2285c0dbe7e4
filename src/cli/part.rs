//! Which part of which network a command is about.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use oxrdf::NamedNode;

use super::{Place, failure::Hinted};
use crate::{
    network::{Network, Selection},
    query::{self, Found},
    store::Graph,
};

#[derive(Debug, clap::Args)]
pub(super) struct Part {
    /// Only what stands under this topic or its subtopics
    #[arg(long, global = true, value_name = "TOPIC")]
    topic: Option<String>,
    /// Only what is near this thing
    #[arg(long, global = true, value_name = "THING")]
    around: Option<String>,
    /// How many relations away from it
    #[arg(long, global = true, default_value_t = 1, requires = "around", value_name = "N")]
    depth: usize,
    /// A table of citations instead of the store: who cites and who is cited on each line, between tabs or commas; - for
    /// standard input
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "topic")]
    edges: Option<PathBuf>,
}

impl Part {
    /// Whether the network comes from a table.
    pub(super) fn is_table(&self) -> bool {
        self.edges.is_some()
    }

    /// Whether it is what is near a thing.
    pub(super) fn is_around(&self) -> bool {
        self.around.is_some()
    }

    /// Whether all of it is meant.
    pub(super) fn is_whole(&self) -> bool {
        self.topic.is_none() && self.around.is_none()
    }

    /// What part it is, for the record.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let topic = self.topic.as_ref().map(|topic| ("topic", topic.clone()));
        let around = self.around.as_ref().map(|thing| ("around", format!("{thing} {}", self.depth)));
        topic.into_iter().chain(around).collect()
    }

    /// Reads the network, and gives it with the store, if that is where it comes from.
    pub(super) fn with<T>(
        &self,
        place: &Place,
        work: impl FnOnce(&Network, Option<&Graph>) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        match &self.edges {
            Some(path) => work(&self.select(table(path)?, None)?, None),
            None => place.read(|graph| work(&self.of(graph)?, Some(graph))),
        }
    }

    /// Reads the network from a store.
    pub(super) fn of(&self, graph: &Graph) -> anyhow::Result<Network> {
        let network = Network::read(graph).context("cannot read the network")?;
        self.select(network, Some(graph))
    }

    fn select(&self, network: Network, graph: Option<&Graph>) -> anyhow::Result<Network> {
        if self.is_whole() {
            return Ok(network);
        }
        let iri = |text: &str, kind: Option<&str>| match graph {
            Some(graph) => Ok(one(graph, text, kind)?.into_string()),
            None => node(&network, text).map(|at| network.nodes[at as usize].iri.to_string()),
        };
        let topic = self.topic.as_deref().map(|text| iri(text, Some("topic"))).transpose()?;
        let around = self.around.as_deref().map(|text| iri(text, None)).transpose()?;
        Ok(network.select(&Selection { topic, around: around.map(|center| (center, self.depth)) }))
    }
}

fn table(path: &Path) -> anyhow::Result<Network> {
    let cannot = || format!("cannot read the table {}", path.display());
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text).with_context(cannot)?;
    } else {
        text = std::fs::read_to_string(path).with_context(cannot)?;
    }
    Network::from_table(&text).with_context(cannot)
}

/// The node of a network that was read from a table.
fn node(network: &Network, text: &str) -> anyhow::Result<u32> {
    network
        .find(text)
        .ok_or_else(|| Hinted::new(format!("the table has no {text:?}"), "write it as it stands in the table").into())
}

/// The one node that a text means.
pub(super) fn find(network: &Network, graph: Option<&Graph>, text: &str) -> anyhow::Result<u32> {
    let Some(graph) = graph else { return node(network, text) };
    let iri = one(graph, text, None)?;
    network.find(iri.as_str()).ok_or_else(|| {
        Hinted::new(format!("{text:?} is not in this part of the graph"), "give a thing that is, or all of the graph")
            .into()
    })
}

/// The one thing that a text means.
pub(super) fn one(graph: &Graph, text: &str, kind: Option<&str>) -> anyhow::Result<NamedNode> {
    let mut found = match kind {
        Some(kind) => query::find_kind(graph, text, kind)?,
        None => query::find(graph, text)?,
    };
    let what = kind.unwrap_or("thing");
    match found.len() {
        1 => Ok(found.remove(0).iri),
        0 => Err(Hinted::new(
            format!("no {what} in the store is known as {text:?}"),
            "see the topics with: amml-graph query topic-tree",
        )
        .into()),
        _ => {
            let name = |found: &Found| format!("{} <{}>", found.name, found.iri.as_str());
            let names: Vec<String> = found.iter().take(5).map(name).collect();
            Err(Hinted::new(format!("{text:?} may mean {}", names.join(", ")), "give more of the name, or the IRI")
                .into())
        }
    }
}
