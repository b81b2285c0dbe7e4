//! Every export is opened by a program that is not ours, which must find what we wrote: as many nodes, edges and values, and
//! titles that come back letter by letter, whatever stands in them.
//!
//! `cargo test --release --test interchange` writes some fifty edges with the oddest titles, and the embedded list, in all
//! formats, and has `tests/foreign/check.py` read them; with `-- --large` also a million edges, with the time and the memory
//! that each format takes. `make interchange` does so with all readers in a virtual environment of Python. Readers that are
//! not installed are named as skipped. `PYTHON` says which Python to use.

mod hostile;
mod large;
mod written;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use amml_graph::{
    extract::extract,
    map::{Minter, quads_by_source},
    read,
    resolve::resolve,
    store::{Graph, NamedGraph},
};

fn main() -> ExitCode {
    let is_large = std::env::args().any(|argument| argument == "--large");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("interchange");
    let mut folders = vec![
        written::network(&folder.join("hostile"), &hostile::network(), &hostile::graph()),
        written::network(&folder.join("embedded"), &hostile::network_of(&embedded()), &embedded()),
    ];
    if is_large {
        let graph = large::graph(1_000_000);
        folders.push(written::network(&folder.join("large"), &hostile::network_of(&graph), &graph));
    }
    let are_good: Vec<bool> = folders.iter().map(check).collect();
    if are_good.contains(&false) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn embedded() -> Graph {
    let catalog = resolve(read::embedded().iter().map(extract).collect());
    let named = quads_by_source(&catalog, &Minter::default(), |name, walk| NamedGraph::collect(name, walk));
    let mut graph = Graph::in_memory();
    graph.replace(named).expect("a store in memory takes what it is given");
    graph
}

/// Has the foreign readers read a folder.
fn check(folder: &PathBuf) -> bool {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign/check.py");
    match Command::new(&python).arg(script).arg(folder).status() {
        Ok(status) => status.success(),
        Err(error) => {
            println!("skipped: {python} cannot be run: {error}");
            true
        }
    }
}
