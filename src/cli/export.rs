use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    time::Duration,
};

use anyhow::Context as _;
use clap::ValueEnum;
use oxrdf::NamedNode;

use super::{
    Place,
    failure::{Hinted, Usage},
    output,
};
use crate::{
    export::{self, Picture, Selection, View, ViewKind},
    query,
    store::Graph,
};

/// Write the graph as a picture or as RDF
///
/// Pictures are drawn by Graphviz; --dot writes its input and needs nothing else.
///
/// Example: amml-graph export --format svg --view tools -o tools.svg
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// dot, svg, png; ttl, nt, nq, trig, jsonld, rdfxml
    #[arg(short, long, default_value = "dot")]
    format: String,
    /// The same as --format dot
    #[arg(long, conflicts_with = "format")]
    dot: bool,
    /// What to draw
    #[arg(long, value_enum, default_value = "tools")]
    view: ViewName,
    /// Draw only what stands under this topic or its subtopics
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Draw only what is near this thing
    #[arg(long, value_name = "THING")]
    around: Option<String>,
    /// How many relations away from it
    #[arg(long, default_value_t = 1, requires = "around")]
    depth: usize,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ViewName {
    /// Tools beside the papers that they implement
    Tools,
    /// Things in their topics
    Topics,
    /// Authors and their papers
    Authors,
    /// Papers that cite one another, preprints and their articles
    Citations,
    /// Things in their topics with the relations among them
    All,
}

/// Graphviz gets this long for a picture.
const LIMIT: Duration = Duration::from_secs(60);

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let name = if args.dot { "dot" } else { args.format.as_str() };
    let picture = match name {
        "dot" => None,
        "svg" => Some(Picture::Svg),
        "png" => Some(Picture::Png),
        other => {
            let Some(format) = output::rdf_format(other) else {
                return Err(Usage::new(
                    format!("there is no format {other}"),
                    "use dot, svg, png, ttl, nt, nq, trig, jsonld or rdfxml",
                )
                .into());
            };
            return place.read(|graph| write(args, |out| Ok(export::rdf(graph, format, &mut &mut *out)?)));
        }
    };
    place.read(|graph| {
        let kind = args.view.kind();
        let view = View::read(graph, kind, &selection(args, graph)?)?;
        if view.nodes.is_empty() {
            tell!("there is nothing to draw in this view");
        }
        let dot = export::dot(&view, kind);
        match picture {
            None => write(args, |out| Ok(out.write_all(dot.as_bytes())?)),
            Some(picture) => {
                let drawn = export::render(&dot, picture, LIMIT)?;
                write(args, |out| Ok(out.write_all(&drawn)?))
            }
        }
    })
}

fn selection(args: &Args, graph: &Graph) -> anyhow::Result<Selection> {
    let topic = args.topic.as_deref().map(|text| one(graph, text, Some("topic"))).transpose()?;
    let around = args.around.as_deref().map(|text| one(graph, text, None)).transpose()?;
    Ok(Selection { topic, around: around.map(|center| (center, args.depth)) })
}

/// The one thing that a text means.
fn one(graph: &Graph, text: &str, kind: Option<&str>) -> anyhow::Result<NamedNode> {
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
            let names: Vec<String> =
                found.iter().take(5).map(|found| format!("{} <{}>", found.name, found.iri.as_str())).collect();
            Err(Hinted::new(format!("{text:?} may mean {}", names.join(", ")), "give more of the name, or the IRI")
                .into())
        }
    }
}

/// Writes to the file, which appears only when it is whole, or to standard output.
fn write(args: &Args, work: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let Some(path) = &args.output else {
        let mut out = output::stdout();
        work(&mut out)?;
        out.flush()?;
        return Ok(());
    };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let cannot = || format!("cannot write {}", path.display());
    let mut out = BufWriter::new(File::create(&part).with_context(cannot)?);
    let written = work(&mut out).and_then(|()| Ok(out.flush()?)).with_context(cannot);
    if written.is_err() {
        // What was written so far is of no use; that it cannot be removed either changes nothing.
        let _ = std::fs::remove_file(&part);
        return written;
    }
    std::fs::rename(&part, path).with_context(cannot)
}

impl ViewName {
    fn kind(self) -> ViewKind {
        match self {
            Self::Tools => ViewKind::Tools,
            Self::Topics => ViewKind::Topics,
            Self::Authors => ViewKind::Authors,
            Self::Citations => ViewKind::Citations,
            Self::All => ViewKind::All,
        }
    }
}
