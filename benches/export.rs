//! How fast a graph with many citations is read out of its store and written in each format, and how much memory that takes.
//!
//! ```text
//! cargo bench --bench export [-- CITATIONS..]     # 10^6 citations, or so many
//! ```
//!
//! The graph is made up: each paper cites ten others, at random but always the same. Memory is the most that the process has
//! held so far, so it only grows from row to row; the first row says what the graph itself takes.

#![expect(clippy::print_stdout, reason = "the figures are the purpose")]

#[path = "../tests/interchange/large.rs"]
mod large;

use std::{
    env, fs,
    io::{self, Write},
    time::Instant,
};

use amml_graph::{
    algorithm::PageRankOptions,
    analyze::{Subnet, page_rank},
    export::{self, Bibliography, Engine, Exchange, Table, TableFormat, Theme, View, ViewKind, ViewOptions},
    network::Network,
};
use oxrdfio::{JsonLdProfileSet, RdfFormat};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sizes: Vec<usize> = env::args().filter_map(|argument| argument.parse().ok()).collect();
    for n_citations in if sizes.is_empty() { vec![1_000_000] } else { sizes } {
        println!("{n_citations} citations");
        println!("{:<22} {:>9} {:>9} {:>9} {:>11}", "step", "seconds", "MB", "MB/s", "peak MB");
        let graph = timed("make the graph", || Ok(large::graph(n_citations)))?;
        let scan = timed("scan", || Ok(graph.scan()?))?;
        let network = timed("network", || Ok(Network::of(&scan)))?;
        timed("pagerank", || Ok(page_rank(&Subnet::citations(&network), &PageRankOptions::default())))?;
        let view = timed("choose a picture", || Ok(View::of(&network, &ViewOptions::new(ViewKind::Citations))))?;
        written("dot", |out| Ok(out.write_all(export::dot(&view, Engine::of(&view), Theme::Light).as_bytes())?))?;
        for format in Exchange::ALL {
            written(format.name(), |out| Ok(format.write(&network, out)?))?;
        }
        for format in TableFormat::ALL {
            for table in [Table::Nodes, Table::Edges] {
                let name = format!("{} {}", format.name(), table.name());
                written(&name, |out| Ok(format.write(&network, table, out)?))?;
            }
        }
        for format in Bibliography::ALL {
            written(format.name(), |out| Ok(format.write(&scan, &network, out).map(drop)?))?;
        }
        written("markdown", |out| Ok(export::markdown(&scan, &network, out)?))?;
        for (name, format) in [
            ("nt", RdfFormat::NTriples),
            ("nq", RdfFormat::NQuads),
            ("ttl", RdfFormat::Turtle),
            ("rdfxml", RdfFormat::RdfXml),
            ("jsonld", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        ] {
            written(name, |mut out| Ok(export::rdf(&graph, format, &mut out)?))?;
        }
    }
    Ok(())
}

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn timed<T>(step: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let start = Instant::now();
    let made = work()?;
    println!("{step:<22} {:>9.3} {:>9} {:>9} {:>11}", start.elapsed().as_secs_f64(), "", "", peak());
    Ok(made)
}

fn written(step: &str, work: impl FnOnce(&mut Counter) -> Outcome<()>) -> Outcome<()> {
    let start = Instant::now();
    let mut out = Counter(0);
    work(&mut out)?;
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = f64::from(u32::try_from(out.0 / 1000)?) / 1000.0;
    println!("{step:<22} {seconds:>9.3} {megabytes:>9.1} {:>9.0} {:>11}", megabytes / seconds, peak());
    Ok(())
}

/// Counts what is written, and forgets it.
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most memory that the process has held, in megabytes, where the system says it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes / 1000).to_string())
}
