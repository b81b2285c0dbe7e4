//! How long the graph algorithms take, on networks made up here, and what they find; then the same of other libraries.
//!
//! `cargo bench --bench analysis [-- PAPERS..]`: networks of 10^5 papers with ten references each, or of those sizes.
//! `benches/peers.py` runs igraph, NetworKit, SciPy and networkx on the same networks where Python (`$PYTHON`, else
//! `python3`) has igraph or NetworKit. `$CITATIONS` may name a folder with more networks, `citing<TAB>cited` in `.tsv`.
#![expect(clippy::print_stdout, reason = "the figures are the purpose")]

use std::{
    env, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use amml_graph::algorithm::{
    BetweennessOptions, Csr, LeidenOptions, PageRankOptions, Weighted, betweenness, cocitation, components,
    core_numbers, cut_points, hits, leiden, main_path, page_rank, strong_components, transitive_reduction,
};

/// Kinds of networks that [`synthetic`] makes.
const KINDS: [&str; 4] = ["uniform", "preferential", "planted", "random"];
const REFERENCES: u32 = 10;

fn main() -> io::Result<()> {
    let sizes: Vec<u32> = env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![100_000] } else { sizes };
    let folder = env::temp_dir().join(format!("analysis-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    println!("{:<22} {:<22} {:>9}  result", "network", "kernel", "seconds");
    for (name, edges) in real() {
        files.push(measure(&folder, &name, &edges)?);
    }
    for n_papers in sizes {
        for kind in KINDS {
            files.push(measure(&folder, &format!("{kind}-{n_papers}"), &synthetic(kind, n_papers, REFERENCES, 1))?);
        }
    }
    run_peers(&files)?;
    fs::remove_dir_all(folder)
}

/// Makes up a citation network: papers are numbered by age, each with so many different references, or fewer where there
/// are no more papers.
///
/// - `uniform`: to any earlier paper alike.
/// - `preferential`: to an earlier paper, or one that an earlier paper cites, evenly.
/// - `planted`: of many fields, mostly to recent papers of the same field.
/// - `random`: to any paper, so that nearly all are in one cycle.
fn synthetic(kind: &str, n_papers: u32, references: u32, seed: u64) -> Vec<(u32, u32)> {
    let mut random = Random(seed);
    let mut cited_so_far = Vec::new();
    let mut edges: Vec<(u32, u32)> = Vec::with_capacity(n_papers as usize * references as usize);
    let n_fields = (n_papers / 500).max(2);
    let mut fields: Vec<Vec<u32>> = vec![Vec::new(); n_fields as usize];
    for paper in 0..n_papers {
        let start = edges.len();
        let field = &mut fields[random.below(n_fields) as usize];
        let wanted = if kind == "random" { references.min(n_papers - 1) } else { references.min(paper) };
        while edges.len() - start < wanted as usize {
            let cited = match kind {
                "random" => random.below(n_papers),
                "preferential" if random.below(2) == 0 && start > 0 => random.of(&cited_so_far),
                // The later of two, so that recent ones are more likely.
                "planted" if random.below(10) < 7 && field.len() > references as usize => {
                    random.of(field).max(random.of(field))
                }
                _ => random.below(paper),
            };
            if cited != paper && edges[start..].iter().all(|(_, other)| *other != cited) {
                edges.push((paper, cited));
            }
        }
        cited_so_far.extend(edges[start..].iter().map(|(_, cited)| *cited));
        field.push(paper);
    }
    edges
}

/// SplitMix64.
struct Random(u64);

impl Random {
    /// One of them; 0 if there are none.
    fn of(&mut self, items: &[u32]) -> u32 {
        let at = self.below(u32::try_from(items.len()).unwrap_or(u32::MAX));
        items.get(at as usize).copied().unwrap_or(0)
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((((mixed ^ (mixed >> 31)) >> 32) * u64::from(bound)) >> 32).unwrap_or(0)
    }
}

/// The networks in the folder `$CITATIONS`, their papers numbered in the order of their numbers there.
fn real() -> Vec<(String, Vec<(u32, u32)>)> {
    let Some(folder) = env::var_os("CITATIONS") else { return Vec::new() };
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    paths.sort();
    paths.iter().filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), read(path)?))).collect()
}

fn read(path: &Path) -> Option<Vec<(u32, u32)>> {
    let text = fs::read_to_string(path).ok()?;
    let pairs = text.lines().filter_map(|line| line.split_once('\t'));
    let edges: Vec<(u32, u32)> = pairs.filter_map(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?))).collect();
    let mut papers: Vec<u32> = edges.iter().flat_map(|(a, b)| [*a, *b]).collect();
    papers.sort_unstable();
    papers.dedup();
    let number = |paper: &u32| u32::try_from(papers.binary_search(paper).ok()?).ok();
    edges.iter().map(|(a, b)| Some((number(a)?, number(b)?))).collect()
}

/// Runs all kernels on a network; gives the file with its edges, as pairs of little-endian numbers.
fn measure(folder: &Path, name: &str, edges: &[(u32, u32)]) -> io::Result<PathBuf> {
    let n_nodes = edges.iter().map(|(a, b)| a.max(b) + 1).max().unwrap_or(0) as usize;
    let graph = row(name, "read", || Csr::from_edges(n_nodes, edges), |graph| format!("edges {}", graph.n_edges()));
    row(name, "reversed", || graph.reversed(), |graph| format!("edges {}", graph.n_edges()));
    let symmetric = row(name, "symmetric", || graph.symmetric(), |graph| format!("edges {}", graph.n_edges() / 2));
    let options = PageRankOptions::default();
    let ranking = row(
        name,
        "pagerank",
        || page_rank(&graph, &options),
        |found| format!("sweeps {} residual {:.1e} max {:.9}", found.iterations, found.residual, most(&found.scores)),
    );
    let scores = row(
        name,
        "hits",
        || hits(&graph, 1e-10, 1000),
        |found| format!("steps {} max {:.9}", found.iterations, most(&found.authorities)),
    );
    row(name, "components", || components(&graph), |found| format!("count {}", found.count));
    row(name, "strong components", || strong_components(&graph), |found| format!("count {}", found.count));
    let cores = row(
        name,
        "cores",
        || core_numbers(&symmetric),
        |found| format!("sum {}", found.iter().map(|core| u64::from(*core)).sum::<u64>()),
    );
    row(
        name,
        "cut points",
        || cut_points(&symmetric),
        |found| format!("points {} bridges {}", found.0.len(), found.1.len()),
    );
    row(
        name,
        "cocitation >= 5",
        || cocitation(&graph, 5),
        |found| format!("pairs {} sum {}", found.len(), found.iter().map(|pair| u64::from(pair.count)).sum::<u64>()),
    );
    row(name, "main path", || main_path(&graph), |found| format!("nodes {}", found.nodes.len()));
    row(name, "reduction", || transitive_reduction(&graph), |found| format!("edges {}", found.n_edges()));
    let between = row(
        name,
        "betweenness",
        || betweenness(&symmetric, &BetweennessOptions::default()),
        |found| {
            let samples = found.error.map_or(0, |error| error.samples);
            format!("samples {samples} max {:.9}", most(&found.scores))
        },
    );
    let weighted = row(name, "weighted", || Weighted::from(&graph), |found| format!("edges {}", found.n_edges()));
    row(
        name,
        "leiden",
        || leiden(&weighted, &LeidenOptions::default()),
        |found| format!("count {} modularity {:.5}", found.count, found.modularity),
    );
    let path = folder.join(format!("{name}.edges"));
    write(&path, edges.iter().flat_map(|(a, b)| [*a, *b]).map(u32::to_le_bytes))?;
    let exact = if between.error.is_none() { between.scores } else { Vec::new() };
    for (kind, values) in [("pagerank", ranking.scores), ("authorities", scores.authorities), ("betweenness", exact)] {
        write(&path.with_extension(kind), values.into_iter().map(f64::to_le_bytes))?;
    }
    write(&path.with_extension("cores"), cores.into_iter().map(u32::to_le_bytes))?;
    Ok(path)
}

fn write<const N: usize>(path: &Path, values: impl Iterator<Item = [u8; N]>) -> io::Result<()> {
    let mut file = io::BufWriter::new(fs::File::create(path)?);
    values.into_iter().try_for_each(|value| file.write_all(&value))?;
    file.flush()
}

fn most(scores: &[f64]) -> f64 {
    scores.iter().copied().fold(0.0, f64::max)
}

/// Prints the shortest of up to five runs: none is begun after four seconds.
fn row<T>(network: &str, kernel: &str, run: impl Fn() -> T, result: impl Fn(&T) -> String) -> T {
    let begin = Instant::now();
    let mut found = run();
    let mut best = begin.elapsed();
    for _ in 0..4 {
        if begin.elapsed() > Duration::from_secs(4) {
            break;
        }
        let start = Instant::now();
        found = run();
        best = best.min(start.elapsed());
    }
    println!("{network:<22} {kernel:<22} {:>9.4}  {}", best.as_secs_f64(), result(&found));
    found
}

/// Runs the other libraries on the files, if there are any.
fn run_peers(files: &[PathBuf]) -> io::Result<()> {
    let python = env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = |module: &str| {
        let status = Command::new(&python)
            .args(["-c", &format!("import {module}")])
            .stderr(std::process::Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !has("igraph") && !has("networkit") {
        println!("peers skipped: {python} can import neither igraph nor networkit");
        return Ok(());
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers.py");
    Command::new(&python).arg(script).args(files).status().map(drop)
}
