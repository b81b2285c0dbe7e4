//! Writes a network and its store in every format, with a note of what must be found in them.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    time::Instant,
};

use amml_graph::{
    export::{Bibliography, Exchange, Table, TableFormat, markdown, rdf},
    network::{Column, ColumnType, Network},
    store::Graph,
};
use oxrdfio::{JsonLdProfileSet, RdfFormat};
use serde_json::json;

/// Writes all files and `expected.json` into a folder.
pub(crate) fn network(folder: &Path, network: &Network, graph: &Graph) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder can be made");
    println!("{}: {} nodes, {} edges", folder.display(), network.nodes.len(), network.edges.len());
    for format in Exchange::ALL {
        timed(folder, &format!("network.{}", format.name()), |out| format.write(network, out));
    }
    for format in TableFormat::ALL {
        for table in Table::ALL {
            let name = format!("{}-{}.{}", format.name(), table.name(), format.ending());
            timed(folder, &name, |out| format.write(network, table, out));
        }
    }
    let scan = graph.scan().expect("a store in memory can be read");
    let works = Network::of(&scan);
    let mut n_works = 0;
    for form in Bibliography::ALL {
        timed(folder, &format!("works.{}", form.name()), |out| {
            n_works = form.write(&scan, &works, out)?;
            Ok(())
        });
    }
    timed(folder, "list.md", |out| markdown(&scan, &works, out));
    let formats = [
        ("nq", RdfFormat::NQuads),
        ("nt", RdfFormat::NTriples),
        ("ttl", RdfFormat::Turtle),
        ("trig", RdfFormat::TriG),
        ("rdf", RdfFormat::RdfXml),
        ("jsonld", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
    ];
    for (name, format) in formats {
        timed(folder, &format!("graph.{name}"), |mut out| rdf(graph, format, &mut out).map_err(io::Error::other));
    }
    let expected = json!({
        "network": expected(network),
        "works": n_works,
        "titles": titles(&works),
        "quads": scan.quads().len(),
        "triples": scan.triples().len(),
    });
    fs::write(folder.join("expected.json"), expected.to_string()).expect("a file can be written");
    folder.to_owned()
}

/// What papers are called; of one that has no title the label is made of its identifier.
fn titles(works: &Network) -> Vec<&str> {
    let is_made = |label: &str| ["doi:", "arXiv:", "https://"].iter().any(|start| label.starts_with(start));
    let papers = works.nodes.iter().filter(|node| node.kind == "paper");
    papers.map(|node| &*node.label).filter(|label| !is_made(label)).collect()
}

/// What there is of a network, counted by itself and not by what writes it.
fn expected(network: &Network) -> serde_json::Value {
    let mut n_values = 2 * network.nodes.len();
    let mut fields = vec!["label", "kind"];
    let n_years = network.nodes.iter().filter(|node| node.year().is_some()).count();
    if n_years > 0 {
        fields.push("year");
        n_values += n_years;
    }
    let mut integers = vec!["year"];
    for column in Column::ALL {
        let count = network.nodes.iter().filter(|node| node.get(*column).is_some()).count();
        n_values += count;
        fields.extend((count > 0).then_some(column.name()));
        integers.extend((column.kind() == ColumnType::Integer).then_some(column.name()));
    }
    let has = |is: &dyn Fn(&amml_graph::network::Why) -> bool| {
        network.edges.iter().filter(|edge| is(network.why(edge))).count()
    };
    let (n_evidence, n_grades) = (has(&|why| !why.evidence.is_empty()), has(&|why| why.grade.is_some()));
    let mut edge_fields = vec!["relation", "predicate", "weight"];
    edge_fields.extend((n_evidence > 0).then_some("evidence"));
    edge_fields.extend((n_grades > 0).then_some("grade"));
    // A few of many are enough to see that titles survive.
    let step = network.nodes.len().div_ceil(1000).max(1);
    let labels = network.nodes.iter().step_by(step).map(|node| (node.iri.to_string(), json!(node.label)));
    json!({
        "nodes": network.nodes.len(),
        "edges": network.edges.len(),
        "node_fields": fields,
        "node_values": n_values,
        "integers": integers,
        "edge_fields": edge_fields,
        "edge_values": 3 * network.edges.len() + n_evidence + n_grades,
        "labels": labels.collect::<serde_json::Map<_, _>>(),
    })
}

/// Writes a file and says how long it took, and how much more memory than before.
fn timed(folder: &Path, name: &str, write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) {
    let path = folder.join(name);
    let mut file = File::create(&path).expect("a file can be made");
    let before = forget_peak();
    let start = Instant::now();
    write(&mut file).unwrap_or_else(|error| panic!("{name} cannot be written: {error}"));
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = fs::metadata(&path).map_or(0, |file| file.len()) / 1_000_000;
    if megabytes > 0 {
        let speed = f64::from(u32::try_from(megabytes).unwrap_or(u32::MAX)) / seconds;
        let peak = peak().saturating_sub(before) / 1000;
        println!("  {name}: {megabytes} MB in {seconds:.2} s, {speed:.0} MB/s, {peak} MB more memory");
    }
}

/// The most memory that was used so far, in kB; nothing where the system does not say.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Begins to count anew.
fn forget_peak() -> u64 {
    let _ = fs::write("/proc/self/clear_refs", "5");
    peak()
}
