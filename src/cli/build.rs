use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    path::PathBuf,
    sync::Arc,
    time::Instant,
};

use anyhow::Context as _;
use oxrdf::NamedNode;
use rayon::prelude::*;

use super::{
    Place, decisions,
    failure::Hinted,
    follow::{Follow, follow},
    network::NetworkArgs,
    output,
};
use crate::{
    extract::extract,
    lint,
    map::{self, Minter, vocab},
    model::{Catalog, Extraction, Notice, Relation, SourceKind},
    query,
    read::{self, Remote, Source, SourceSpec},
    resolve::resolve,
    store::{Change, NamedGraph, SubjectChange},
};

/// Read lists, bibliographies and registries into the store
///
/// With no SOURCE, reads the list that the program carries in itself, awesome-medical-machine-learning, and the facts
/// known of its papers. A source that is read again replaces what it said before; all others stay.
///
/// What is fetched is kept; when it is asked for again and is unchanged, it is not sent again. Environment: GITHUB_TOKEN,
/// for private repositories; AMML_MAILTO, an address for those whose servers are asked; HTTPS_PROXY.
///
/// Decisions of persons, which things are the same or different, of what kind they are and which tool implements which
/// paper, are carried out in every build and kept in the store, until another file of them is given; an empty one takes
/// them back. With --decisions and no SOURCE, what is in the store is resolved again.
///
/// Example: amml-graph build README.md github:sindresorhus/awesome 'lists/**/*.md' --decisions decisions.toml
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Markdown files, folders of them, patterns, http(s) addresses, github:owner/repo[/path][@branch], or - for standard
    /// input; also tables of facts (.tsv), bibliographies (BibTeX, RIS, CSL-JSON, Zotero) and registries of tools (bio.tools,
    /// the folder of scRNA-tools, the links of Papers with Code), also packed with gzip
    sources: Vec<SourceSpec>,
    /// Read also the Markdown files of the same repository or folder that the lists link, N steps far; with `lists`, also
    /// the repositories of the lists that they name. At most 500
    #[arg(long, num_args = 0..=1, default_missing_value = "1", value_name = "N|lists")]
    follow: Vec<Follow>,
    #[command(flatten)]
    network: NetworkArgs,
    /// The base of all IRIs
    #[arg(long, default_value = "https://w3id.org/amml-graph/", value_name = "IRI")]
    base: String,
    /// A file of decisions, in TOML; it replaces the one in the store
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Print every notice with its line, on standard error
    #[arg(long)]
    notices: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let start = Instant::now();
    let minter = Minter::new(&args.base).with_context(|| format!("the base {:?} is no absolute IRI", args.base))?;
    let decisions = args.decisions.as_deref().map(decisions::load).transpose()?;
    let named = load(args)?;
    let mut graph = place.write("build")?;
    let mut others = query::sources(&graph).context("cannot read the sources of the store")?;
    let is_update = args.sources.is_empty() && decisions.is_some() && !others.is_empty();
    let sources = if is_update { Vec::new() } else { named };
    let extractions =
        if is_update { Vec::new() } else { drop_empty(&sources, sources.par_iter().map(extract).collect())? };
    let is_replaced = |other: &Source| {
        sources.iter().any(|source| is_read_again(other, source))
            || decisions.is_some() && other.info.kind == SourceKind::Decisions
    };
    others.retain(|other| !is_replaced(other));
    let others: Vec<Extraction> = others.par_iter().map(extract).collect();
    if args.notices {
        print_notices(&extractions);
    }
    let in_force = decisions.clone().filter(|extraction| !extraction.decisions.is_empty());
    let catalog = resolve(extractions.into_iter().chain(others).chain(in_force).collect());
    decisions::warn(&catalog, args.decisions.as_deref());
    let mut graphs = map::quads_by_source(&catalog, &minter, |name, write| NamedGraph::collect(name, write));
    if let Some(emptied) = decisions.filter(|extraction| extraction.decisions.is_empty()) {
        graphs.push(NamedGraph::collect(&NamedNode::new_unchecked(minter.graph(&emptied.source)), |_| ()));
    }
    let n_quads = graphs.iter().map(NamedGraph::len).sum();
    let is_thing = |iri: &str| !minter.is_statement(iri);
    let summary = Summary::of(&catalog);
    // Writing takes as much memory again; the catalog has been said by now.
    drop(catalog);
    let (change, things) =
        graph.replace_counting(graphs, vocab::WAS_DERIVED_FROM, &is_thing).context("cannot build")?;
    summary.print(n_quads, change, things, start)?;
    Ok(())
}

fn load(args: &Args) -> anyhow::Result<Vec<Source>> {
    let client = args.network.client();
    let remote = Remote { client: &client, github: args.network.mirror.clone() };
    let given = match args.sources.as_slice() {
        [] => read::embedded(),
        specs => {
            let loaded = read::load(specs, &remote).into_iter().collect::<Result<Vec<_>, _>>()?;
            distinct(read::joined(loaded.concat()))?
        }
    };
    Ok(follow(given, &args.follow, &remote))
}

/// The sources by their keys. One that was named twice is one; two under one name would replace each other.
fn distinct(sources: Vec<Source>) -> anyhow::Result<Vec<Source>> {
    let mut by_key: BTreeMap<Arc<str>, Source> = BTreeMap::new();
    for source in sources {
        if let Some(other) = by_key.get(&source.info.key).filter(|other| other.text != source.text) {
            let hint = "rename one of the files: the name of a file is the name of the list";
            let message = format!("{} and {} are both called {}", other.name(), source.name(), source.info.key);
            return Err(Hinted::new(message, hint).into());
        }
        by_key.insert(source.info.key.clone(), source);
    }
    Ok(by_key.into_values().collect())
}

/// Whether a source of the store is the one that was read now. If it seems to be another under the same name, that is told.
fn is_read_again(before: &Source, now: &Source) -> bool {
    let is_same = (before.info.kind, &before.info.key) == (now.info.kind, &now.info.key);
    if !is_same {
        return false;
    }
    let key = &now.info.key;
    match (&before.info.address, &now.info.address) {
        (Some(old), Some(new)) if old.key() != new.key() => {
            tell!("warning: {key} was read from {old} before, and is now replaced by {new}");
        }
        (None, None) if now.path.is_some() && now.info.kind == SourceKind::List && !has_line_of(before, now) => {
            tell!("warning: {key} shares no entry with the list of that name that it replaces: {}", now.name());
            tell!(
                "hint: if it is another list, rename the file, and read both again: a list is called by its file's name"
            );
        }
        _ => {}
    }
    true
}

/// Whether a line with a link stands in both. The store does not know where on a machine a file was, only what it said.
fn has_line_of(before: &Source, now: &Source) -> bool {
    let linked = |source: &'_ Source| -> BTreeSet<String> {
        source.text.lines().filter(|line| line.contains("://")).map(|line| line.trim().to_owned()).collect()
    };
    !linked(before).is_disjoint(&linked(now))
}

/// A source that says nothing is a mistake, and must not wipe out what it said before. One among many is left out.
fn drop_empty(sources: &[Source], extractions: Vec<Extraction>) -> anyhow::Result<Vec<Extraction>> {
    let is_empty = |extraction: &Extraction| extraction.entries.is_empty() && extraction.claims.is_empty();
    let mut complaints = Vec::new();
    for (source, _) in sources.iter().zip(&extractions).filter(|(_, extraction)| is_empty(extraction)) {
        let what = if source.text.trim().is_empty() { "is empty" } else { "has no entries" };
        complaints.push(format!("{} {what}", source.name()));
    }
    if complaints.len() == extractions.len() {
        let hint = "an entry is a list item that names a thing and links it, such as - [name](https://…), or a record of a \
            bibliography or a registry; the store was not changed";
        return Err(Hinted::new(complaints.join(", "), hint).into());
    }
    complaints.iter().for_each(|complaint| tell!("warning: left out: {complaint}"));
    Ok(extractions.into_iter().filter(|extraction| !is_empty(extraction)).collect())
}

fn print_notices(extractions: &[Extraction]) {
    for extraction in extractions {
        for notice in extraction.notices.iter().filter(|notice| !notice.code.is_expected()) {
            let text: String = notice.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect();
            tell!("{}:{}: {}: {text}", extraction.source.key, notice.lines, notice.code.word());
            tell!("    {}", lint::explain(notice.code));
        }
    }
}

/// What a build has read and found.
struct Summary {
    lines: String,
    n_notices: usize,
}

impl Summary {
    fn of(catalog: &Catalog) -> Self {
        let mut lines = String::new();
        for source in &catalog.sources {
            let extraction = &source.extraction;
            let n_facts = extraction.entries.len()
                + extraction.claims.len()
                + extraction.decisions.len()
                + extraction.checks.len();
            let what = match extraction.source.kind {
                SourceKind::List | SourceKind::Bibliography => "entries",
                SourceKind::Registry | SourceKind::Service => "records",
                SourceKind::Facts => "facts",
                SourceKind::Decisions => "decisions",
                SourceKind::Links => "checked",
            };
            lines += &format!(
                "{}: {n_facts} {what}, {} topics, {} notices\n",
                extraction.source.key,
                extraction.topics.len(),
                n_to_look_at(&extraction.notices)
            );
        }
        for (kind, count) in catalog.count_by_kind() {
            lines += &format!("{count:>8} {}\n", plural(kind.word(), count));
        }
        lines += &format!("{:>8} persons\n", catalog.persons.len());
        let links = catalog.sources.iter().flat_map(|source| &source.links);
        let pairs: BTreeSet<(usize, usize)> = links
            .filter(|link| link.relation == Relation::Implements)
            .map(|link| (link.subject, link.object))
            .collect();
        lines += &format!("{:>8} links from tools to papers\n", pairs.len());
        let n_notices = catalog.sources.iter().map(|source| n_to_look_at(&source.extraction.notices)).sum();
        Self { lines, n_notices }
    }

    fn print(&self, n_quads: usize, change: Change, things: SubjectChange, start: Instant) -> anyhow::Result<()> {
        let mut out = output::stdout();
        out.write_all(self.lines.as_bytes())?;
        let Change { added, removed } = change;
        let SubjectChange { added: new, removed: gone, changed } = things;
        writeln!(out, "{n_quads:>8} quads (+{added} −{removed}), +{new} −{gone} ~{changed} things")?;
        if self.n_notices > 0 {
            writeln!(out, "{:>8} notices, see: amml-graph query notices", self.n_notices)?;
        }
        out.flush()?;
        tell!("built in {} ms", start.elapsed().as_millis());
        Ok(())
    }
}

fn n_to_look_at(notices: &[Notice]) -> usize {
    notices.iter().filter(|notice| !notice.code.is_expected()).count()
}

fn plural(word: &str, count: usize) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
