//! Throughput of read → extract → resolve → map and of the store, and how time grows with the input.
//!
//! ```text
//! cargo bench --bench throughput              # everything: some minutes, and some gigabytes for 16 times the lists
//! cargo bench --bench throughput -- store     # only the store
//! ```
//!
//! The input is the embedded list and, where they are beside the checkout (`../shared/lists`), real lists of other styles.
//! Growth is measured on that text once, four and sixteen times over, with titles and names made different, so that the
//! copies are other things and not duplicates.

#![expect(clippy::unwrap_used, reason = "a benchmark may fail loudly")]

use std::{fs, hint::black_box, path::Path};

use amml_graph::{
    extract::extract,
    map::{self, Minter},
    model::{Extraction, SourceInfo, SourceKind},
    net::{Client, Options},
    read::{self, Remote, Source, SourceSpec},
    resolve::resolve,
    store::{Access, Graph, NamedGraph},
};
use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use rayon::prelude::*;

fn main() {
    let sources = lists();
    let n_entries: usize = sources.iter().map(|source| extract(source).entries.len()).sum();
    println!("{} lists, {} bytes, {n_entries} entries", sources.len(), n_bytes(&sources));
    divan::main();
}

fn lists() -> Vec<Source> {
    let mut sources: Vec<Source> =
        read::embedded().into_iter().filter(|source| source.info.kind == SourceKind::List).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/lists");
    match fs::read_dir(&folder) {
        Ok(files) => {
            let mut paths: Vec<_> = files.flatten().map(|file| file.path()).collect();
            paths.sort();
            let lists = paths
                .iter()
                .filter(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"));
            let client = Client::new(Options::default());
            let remote = Remote { client: &client, github: read::GITHUB_RAW.parse().unwrap() };
            let specs: Vec<SourceSpec> = lists.cloned().map(SourceSpec::Path).collect();
            sources.extend(read::load(&specs, &remote).into_iter().flat_map(Result::unwrap));
        }
        Err(_) => println!("skipped the lists in ../shared/lists: they are not beside this checkout"),
    }
    sources
}

fn n_bytes(sources: &[Source]) -> usize {
    sources.iter().map(|source| source.text.len()).sum()
}

/// The lists `times` over; every copy is about other things.
fn copies(sources: &[Source], times: usize) -> Vec<Source> {
    let copy = |n: usize, source: &Source| {
        let key = format!("{}-{n}", source.info.key);
        let info = SourceInfo { key: key.as_str().into(), ..source.info.clone() };
        let text = source
            .text
            .replace("](http", &format!(" {n}](http"))
            .replace(".com/", &format!(".com/{n}"))
            .replace("10.", &format!("10.{n}0"));
        Source::new(info, if n == 0 { &source.text } else { &text })
    };
    (0..times).flat_map(|n| sources.iter().map(move |source| copy(n, source))).collect()
}

fn pipeline(sources: &[Source]) -> usize {
    let extractions: Vec<Extraction> = sources.par_iter().map(extract).collect();
    let catalog = resolve(extractions);
    let counts = map::quads_by_source(&catalog, &Minter::default(), |_, run| {
        let mut count = 0;
        run(&mut |quad| {
            black_box(quad);
            count += 1;
        });
        count
    });
    counts.into_iter().sum()
}

#[divan::bench(sample_count = 10)]
fn extraction_alone(bencher: Bencher<'_, '_>) {
    let sources = lists();
    let n_entries: usize = sources.iter().map(|source| extract(source).entries.len()).sum();
    bencher
        .counter(ItemsCount::new(n_entries))
        .counter(BytesCount::new(n_bytes(&sources)))
        .bench(|| sources.par_iter().map(|source| extract(source).entries.len()).sum::<usize>());
}

#[divan::bench(args = [1, 4, 16], sample_count = 5)]
fn read_extract_resolve_map(bencher: Bencher<'_, '_>, times: usize) {
    let sources = copies(&lists(), times);
    let n_entries: usize = sources.par_iter().map(|source| extract(source).entries.len()).sum();
    bencher
        .counter(ItemsCount::new(n_entries))
        .counter(BytesCount::new(n_bytes(&sources)))
        .bench(|| pipeline(&sources));
}

#[divan::bench(sample_count = 10)]
fn resolution_alone(bencher: Bencher<'_, '_>) {
    let extractions: Vec<Extraction> = lists().iter().map(extract).collect();
    let n_entries: usize = extractions.iter().map(|extraction| extraction.entries.len()).sum();
    bencher.counter(ItemsCount::new(n_entries)).with_inputs(|| extractions.clone()).bench_values(resolve);
}

/// The named graphs of sources.
fn graphs(sources: &[Source]) -> Vec<NamedGraph> {
    let catalog = resolve(sources.par_iter().map(extract).collect());
    map::quads_by_source(&catalog, &Minter::default(), |name, write| NamedGraph::collect(name, write))
}

fn n_quads(sources: &[Source]) -> ItemsCount {
    ItemsCount::new(graphs(sources).iter().map(NamedGraph::len).sum::<usize>())
}

fn replace(folder: &Path, graphs: Vec<NamedGraph>) {
    Graph::open(folder, Access::Write).unwrap().replace(graphs).unwrap();
}

#[divan::bench(args = [1, 4, 16], sample_count = 3)]
fn store_first_time(bencher: Bencher<'_, '_>, times: usize) {
    let sources = copies(&lists(), times);
    let input = || (tempfile::tempdir().unwrap(), graphs(&sources));
    bencher.counter(n_quads(&sources)).with_inputs(input).bench_local_values(|(folder, graphs)| {
        replace(folder.path(), graphs);
        folder
    });
}

#[divan::bench(args = [1, 4, 16], sample_count = 3)]
fn store_unchanged(bencher: Bencher<'_, '_>, times: usize) {
    let sources = copies(&lists(), times);
    let folder = tempfile::tempdir().unwrap();
    replace(folder.path(), graphs(&sources));
    let input = || graphs(&sources);
    bencher.counter(n_quads(&sources)).with_inputs(input).bench_local_values(|graphs| replace(folder.path(), graphs));
}

/// One list gets a line at its top, which moves all others down, and loses it the next time.
#[divan::bench(args = [1, 4, 16], sample_count = 4)]
fn store_one_list_changed(bencher: Bencher<'_, '_>, times: usize) {
    let mut sources = copies(&lists(), times);
    let mut texts = [sources[0].text.to_string(), format!("\n{}", sources[0].text)];
    let folder = tempfile::tempdir().unwrap();
    replace(folder.path(), graphs(&sources));
    let n_quads = n_quads(&sources);
    let input = || {
        texts.reverse();
        sources[0] = Source::new(sources[0].info.clone(), &texts[0]);
        graphs(&sources)
    };
    bencher.counter(n_quads).with_inputs(input).bench_local_values(|graphs| replace(folder.path(), graphs));
}
