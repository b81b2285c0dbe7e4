use std::{collections::BTreeMap, io::Write as _, time::Instant};

use anyhow::Context as _;
use rayon::prelude::*;

use super::{Place, failure::Hinted, output};
use crate::{
    extract::extract,
    lint,
    map::{self, Minter},
    model::{Catalog, Extraction, Relation},
    query,
    read::{self, Source},
    resolve::resolve,
    store::{Change, NamedGraph},
};

/// Read lists into the store
///
/// With no SOURCE, reads the list that the program carries in itself, awesome-medical-machine-learning, and the facts
/// known of its papers. A source that is read again replaces what it said before; all others stay.
///
/// Example: amml-graph build README.md
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Markdown files, folders of them, tables of facts (.tsv), or - for standard input
    sources: Vec<String>,
    /// The base of all IRIs
    #[arg(long, default_value = "https://w3id.org/amml-graph/", value_name = "IRI")]
    base: String,
    /// Print every notice with its line, on standard error
    #[arg(long)]
    notices: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let start = Instant::now();
    let minter = Minter::new(&args.base).with_context(|| format!("the base {:?} is no absolute IRI", args.base))?;
    let sources = load(args)?;
    let extractions = drop_empty(sources.par_iter().map(extract).collect())?;
    let mut graph = place.write()?;
    let others = query::sources(&graph).context("cannot read the sources of the store")?;
    let others = others.into_iter().filter(|other| {
        sources.iter().all(|source| (source.info.kind, &source.info.key) != (other.info.kind, &other.info.key))
    });
    let others: Vec<Extraction> = others.collect::<Vec<Source>>().par_iter().map(extract).collect();
    if args.notices {
        print_notices(&extractions);
    }
    let catalog = resolve(extractions.into_iter().chain(others).collect());
    let graphs = map::quads_by_source(&catalog, &minter, |name, write| NamedGraph::collect(name, write));
    let n_quads = graphs.iter().map(NamedGraph::len).sum();
    let change = graph.replace(graphs).context("cannot build")?;
    print_summary(&catalog, n_quads, change, start)?;
    Ok(())
}

fn load(args: &Args) -> anyhow::Result<Vec<Source>> {
    if args.sources.is_empty() {
        return Ok(read::embedded());
    }
    let mut sources: BTreeMap<String, (String, Source)> = BTreeMap::new();
    for argument in &args.sources {
        for source in read::load(argument)? {
            let key = source.info.key.to_string();
            if let Some((other, _)) = sources.insert(key.clone(), (argument.clone(), source)) {
                let hint = "rename one of the files: the name of a file is the name of the list";
                return Err(Hinted::new(format!("{other} and {argument} are both called {key}"), hint).into());
            }
        }
    }
    Ok(sources.into_values().map(|(_, source)| source).collect())
}

/// A source that says nothing is a mistake, and must not wipe out what it said before. One among many is left out.
fn drop_empty(extractions: Vec<Extraction>) -> anyhow::Result<Vec<Extraction>> {
    let (kept, empty): (Vec<_>, Vec<_>) =
        extractions.into_iter().partition(|extraction| !extraction.entries.is_empty() || !extraction.claims.is_empty());
    let complaint = |extraction: &Extraction| {
        let what = if extraction.text.trim().is_empty() { "is empty" } else { "has no entries" };
        format!("{} {what}", extraction.source.key)
    };
    if kept.is_empty() {
        let hint = "an entry is a list item that names a thing and links it, such as - [name](https://…); the store was not changed";
        return Err(Hinted::new(empty.iter().map(complaint).collect::<Vec<_>>().join(", "), hint).into());
    }
    empty.iter().for_each(|extraction| eprintln!("warning: left out: {}", complaint(extraction)));
    Ok(kept)
}

fn print_notices(extractions: &[Extraction]) {
    for extraction in extractions {
        for notice in &extraction.notices {
            let text: String = notice.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect();
            eprintln!("{}:{}: {}: {text}", extraction.source.key, notice.lines, notice.code.word());
            eprintln!("    {}", lint::explain(notice.code));
        }
    }
}

fn print_summary(catalog: &Catalog, n_quads: usize, change: Change, start: Instant) -> anyhow::Result<()> {
    let mut out = output::stdout();
    for source in &catalog.sources {
        let extraction = &source.extraction;
        let n_facts = extraction.entries.len() + extraction.claims.len();
        let what = if extraction.claims.is_empty() { "entries" } else { "facts" };
        writeln!(
            out,
            "{}: {n_facts} {what}, {} topics, {} notices",
            extraction.source.key,
            extraction.topics.len(),
            extraction.notices.len()
        )?;
    }
    for (kind, count) in catalog.count_by_kind() {
        writeln!(out, "{count:>8} {}", plural(kind.word(), count))?;
    }
    writeln!(out, "{:>8} persons", catalog.persons.len())?;
    let mut pairs: Vec<(usize, usize)> = catalog
        .sources
        .iter()
        .flat_map(|source| &source.links)
        .filter(|link| link.relation == Relation::Implements)
        .map(|link| (link.subject, link.object))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    writeln!(out, "{:>8} links from tools to papers", pairs.len())?;
    writeln!(out, "{n_quads:>8} quads (+{} −{})", change.added, change.removed)?;
    let n_notices: usize = catalog.sources.iter().map(|source| source.extraction.notices.len()).sum();
    if n_notices > 0 {
        writeln!(out, "{n_notices:>8} notices, see: amml-graph query notices")?;
    }
    out.flush()?;
    eprintln!("built in {} ms", start.elapsed().as_millis());
    Ok(())
}

fn plural(word: &str, count: usize) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
