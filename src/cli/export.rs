use std::{
    borrow::Cow,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use clap::{
    ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{Place, failure::Usage, file, output, part::Part, site};
use crate::{
    export::{
        self, Bibliography, Coloring, Engine, Exchange, PictureFormat, RenderError, Table, TableFormat, Theme, View,
        ViewKind, ViewOptions,
    },
    network::Network,
};

/// Write the graph as a picture or in a format that other programs read
///
/// Pictures are laid out by Graphviz, and plainly by the program itself where Graphviz is not installed; --dot writes
/// Graphviz's input and needs nothing else. A picture shows no more than can be read (--max-nodes): what matters most, with
/// the number of what was left out.
///
/// RDF is always the whole graph. Networks, tables, bibliographies and the list are of what --view, --topic and --around
/// choose, and without these of everything; csv, neo4j and parquet write two files, nodes and edges, into the folder -o.
///
/// site is the explorer of `serve` as plain files in the folder -o, which any web server can serve.
///
/// Example: amml-graph export --format svg --view citations -o citations.svg
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// dot, svg, png, pdf; ttl, nt, nq, trig, jsonld, rdfxml; graphml, gexf, cytoscape, cx2; csv, neo4j, parquet; bibtex,
    /// ris, csl-json, markdown; site
    #[arg(short, long, default_value = "dot")]
    format: String,
    /// The same as --format dot
    #[arg(long, conflicts_with = "format")]
    dot: bool,
    /// What to draw; by default tools in a picture, all relations around a thing, citations from a table
    #[arg(long, value_enum)]
    view: Option<ViewName>,
    #[command(flatten)]
    part: Part,
    /// How many nodes there are at most, besides topics; by default in a picture as many as can be read, else all
    #[arg(long, value_name = "N")]
    max_nodes: Option<usize>,
    /// What the colors of a picture mean; by default topics, or communities where there are none
    #[arg(long, value_enum)]
    color: Option<ColorName>,
    /// Draw communities as boxes, with one line each way between any two of them
    #[arg(long)]
    group: bool,
    /// The program of Graphviz that places the nodes; by default the one that suits the view and its size
    #[arg(long, value_parser = engines())]
    engine: Option<Engine>,
    /// Light or dark ground; by default light
    #[arg(long, value_enum)]
    theme: Option<ThemeName>,
    /// How many seconds Graphviz may take; by default 60
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<u64>,
    /// Only the one of the two tables, into a file or to standard output
    #[arg(long, value_enum)]
    table: Option<TableName>,
    /// What a site is called
    #[arg(long, default_value = "amml-graph", value_name = "TEXT")]
    title: String,
    /// The file to write, or the folder for two tables or a site; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Graphviz gets this long for a picture.
const SECONDS: u64 = 60;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum TableName {
    /// A row for each node
    Nodes,
    /// A row for each edge
    Edges,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ViewName {
    /// Tools beside the papers that they implement
    Tools,
    /// Things in their topics
    Topics,
    /// Authors and their papers
    Authors,
    /// Papers that cite one another by year, preprints and their articles
    Citations,
    /// Things in their topics with the relations among them
    All,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorName {
    /// The topic
    Topic,
    /// What hangs together more than with others
    Community,
    /// Papers, tools, datasets
    Kind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ThemeName {
    /// Dark on white
    Light,
    /// Light on black
    Dark,
}

/// What is written.
enum Format {
    Dot,
    Picture(PictureFormat),
    Rdf(oxrdfio::RdfFormat),
    Network(Exchange),
    Tables(TableFormat),
    Bibliography(Bibliography),
    List,
}

impl Format {
    fn of(name: &str) -> Result<Self, Usage> {
        let plain = match name {
            "dot" => Some(Self::Dot),
            "markdown" => Some(Self::List),
            _ => None,
        };
        let picture = || PictureFormat::ALL.into_iter().find(|picture| picture.name() == name).map(Self::Picture);
        plain
            .or_else(picture)
            .or_else(|| output::rdf_format(name).map(Self::Rdf))
            .or_else(|| Exchange::named(name).map(Self::Network))
            .or_else(|| TableFormat::named(name).map(Self::Tables))
            .or_else(|| Bibliography::named(name).map(Self::Bibliography))
            .ok_or_else(|| {
                let hint = "use dot, svg, png, pdf; ttl, nt, nq, trig, jsonld, rdfxml; graphml, gexf, cytoscape, cx2; csv, \
                    neo4j, parquet; bibtex, ris, csl-json, markdown or site";
                Usage::new(format!("there is no format {name}"), hint)
            })
    }
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    if args.format == "site" && !args.dot {
        let hint = "name a folder with -o; a site is always of the whole store";
        let folder = args.output.as_deref().filter(|_| args.part.is_whole() && !args.part.is_table());
        return site::write(
            folder.ok_or_else(|| Usage::new("a site needs a folder of its own", hint))?,
            &args.title,
            place,
        );
    }
    let format = Format::of(if args.dot { "dot" } else { &args.format })?;
    args.check(&format)?;
    if let Format::Rdf(format) = format {
        return place.read(|graph| write(args, |out| Ok(export::rdf(graph, format, &mut &mut *out)?)));
    }
    args.part.with(place, |network, graph| match &format {
        Format::Network(exchange) => write(args, |out| Ok(exchange.write(&chosen(args, network), out)?)),
        Format::Tables(tables) => write_tables(args, *tables, &chosen(args, network)),
        Format::Bibliography(bibliography) => {
            let scan = graph.context("a table has no store")?.scan()?;
            write(args, |out| {
                let n_works = bibliography.write(&scan, &chosen(args, network), out)?;
                tell!("{n_works} works");
                Ok(())
            })
        }
        Format::List => {
            let scan = graph.context("a table has no store")?.scan()?;
            write(args, |out| Ok(export::markdown(&scan, &chosen(args, network), out)?))
        }
        Format::Dot | Format::Picture(_) | Format::Rdf(_) => draw(args, &format, network),
    })
}

impl Args {
    /// Refuses what would be ignored.
    fn check(&self, format: &Format) -> Result<(), Usage> {
        let says_works = matches!(format, Format::Rdf(_) | Format::Bibliography(_) | Format::List);
        if self.part.is_table() && says_works {
            let hint = "a picture, a network or tables can be written of it";
            return Err(Usage::new("a table of citations says nothing of its works", hint));
        }
        let is_picture = matches!(format, Format::Dot | Format::Picture(_));
        let has_look = self.color.is_some() || self.group || self.engine.is_some() || self.theme.is_some();
        if has_look && !is_picture {
            return Err(Usage::new("--color, --group, --engine and --theme are for pictures", "leave them away"));
        }
        let is_part = !self.part.is_whole() || self.view.is_some() || self.max_nodes.is_some();
        if is_part && matches!(format, Format::Rdf(_)) {
            let hint =
                "leave --view, --topic, --around and --max-nodes away, or ask with: amml-graph query -e 'CONSTRUCT …'";
            return Err(Usage::new("RDF is always the whole graph", hint));
        }
        if self.max_nodes.is_some() && self.view.is_none() && !is_picture {
            return Err(Usage::new("so many nodes of which view?", "name it with --view"));
        }
        if self.table.is_some() && !matches!(format, Format::Tables(_)) {
            return Err(Usage::new("--table is for csv, neo4j and parquet", "leave it away"));
        }
        Ok(())
    }

    /// The view that suits where none is named.
    fn view(&self) -> ViewKind {
        match self.view {
            Some(view) => view.kind(),
            None if self.part.is_table() => ViewKind::Citations,
            None if self.part.is_around() => ViewKind::All,
            None => ViewKind::Tools,
        }
    }
}

/// What of the network is written: all of it, unless a view was named.
fn chosen<'n>(args: &Args, network: &'n Network) -> Cow<'n, Network> {
    match args.view {
        None => Cow::Borrowed(network),
        Some(view) => Cow::Owned(View::part(network, view.kind(), args.max_nodes)),
    }
}

fn write_tables(args: &Args, format: TableFormat, network: &Network) -> anyhow::Result<()> {
    let write_one = |table: Table, path: Option<&Path>| {
        file::write_to(path, Box::new(|out| Ok(format.write(network, table, out)?)))
    };
    match (args.table, &args.output) {
        (Some(table), path) => write_one(table.table(), path.as_deref()),
        (None, Some(folder)) => {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
            [Table::Nodes, Table::Edges].into_iter().try_for_each(|table| {
                write_one(table, Some(&folder.join(format!("{}.{}", table.name(), format.ending()))))
            })
        }
        (None, None) => {
            let hint = "name a folder with -o, or one of them with --table nodes or --table edges";
            Err(Usage::new(format!("{} is two tables, nodes and edges", format.name()), hint).into())
        }
    }
}

fn draw(args: &Args, format: &Format, network: &Network) -> anyhow::Result<()> {
    let options = ViewOptions {
        kind: args.view(),
        max_nodes: args.max_nodes,
        coloring: args.color.map(ColorName::coloring),
        is_grouped: args.group,
    };
    let view = View::of(network, &options);
    if view.nodes.is_empty() {
        tell!("there is nothing to draw in this view");
    }
    view.notes.iter().for_each(|note| tell!("{note}"));
    let theme = args.theme.map_or(Theme::Light, ThemeName::theme);
    let engine = args.engine.unwrap_or_else(|| Engine::of(&view));
    let dot = export::dot(&view, engine, theme);
    let Format::Picture(picture) = format else {
        return write(args, |out| Ok(out.write_all(dot.as_bytes())?));
    };
    let drawn = match export::render(&dot, engine, *picture, Duration::from_secs(args.time_limit.unwrap_or(SECONDS))) {
        Err(RenderError::NoGraphviz { engine }) if *picture == PictureFormat::Svg => {
            tell!("{engine} (Graphviz) is not installed: the picture is laid out plainly");
            export::plain_svg(&view, theme).into_bytes()
        }
        drawn => drawn?,
    };
    write(args, |out| Ok(out.write_all(&drawn)?))
}

fn write(args: &Args, work: impl FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<()>) -> anyhow::Result<()> {
    file::write_to(args.output.as_deref(), Box::new(work))
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

impl TableName {
    fn table(self) -> Table {
        match self {
            Self::Nodes => Table::Nodes,
            Self::Edges => Table::Edges,
        }
    }
}

impl ColorName {
    fn coloring(self) -> Coloring {
        match self {
            Self::Topic => Coloring::Topic,
            Self::Community => Coloring::Community,
            Self::Kind => Coloring::Kind,
        }
    }
}

impl ThemeName {
    fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::Light,
            Self::Dark => Theme::Dark,
        }
    }
}

/// The names of the engines, and what each means.
fn engines() -> impl TypedValueParser<Value = Engine> {
    PossibleValuesParser::new(Engine::ALL.map(Engine::name)).map(|name| {
        Engine::ALL.into_iter().find(|engine| engine.name() == name).expect("only these names are let through")
    })
}
