//! How sure it is that a tool implements the papers that a registry ties to it: one registry is held against another.
//!
//! scRNA-tools and bio.tools are kept by different people. Of the tools that both know, by repository or package, or by name
//! and a paper in common, this counts for each rule of `extract::registry::grade` which of its pairs of tool and paper the other
//! registry confirms. A preprint confirms its article. What is not confirmed is not wrong for that: the other may not know the
//! paper yet; so the figures are lower bounds.
//!
//! `cargo test --release --test calibration` prints the table; with `-- --misses` also the pairs that are not confirmed.
//!
//! The registries lie beside the checkout (`../shared/data`); without them this says that it was skipped.

mod titles;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::ExitCode,
};

use amml_graph::{
    extract::extract,
    id::{Package, RepoSlug, WebUrl},
    model::{Extraction, Kind, LinkRole, Mention, Relation, WorkRef, normalise},
    net::{Client, Connectivity, Options},
    read::{self, Remote, SourceSpec},
};

/// Pairs that a rule takes for implementations must be confirmed in so many of a hundred cases, where there are enough.
const FLOOR: f64 = 0.9;

fn main() -> ExitCode {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let paths = [data.join("scrna-tools"), data.join("biotools/biotools.jsonl.gz")];
    if paths.iter().any(|path| !path.exists()) {
        println!("skipped: there are no registries in ../shared/data");
        return ExitCode::SUCCESS;
    }
    let extractions = paths.map(load);
    let articles = articles(&extractions);
    let [scrna, biotools] = extractions.each_ref().map(|extraction| Registry::of(extraction, &articles));
    println!(
        "{:<12} {:<8} {:<12} {:>8} {:>6} {:>10} {:>10} {:>6}",
        "registry", "known by", "relation", "percent", "pairs", "confirmed", "precision", "lower"
    );
    let shows_misses = std::env::args().any(|argument| argument == "--misses");
    let mut is_good = true;
    for (one, other) in [(&biotools, &scrna), (&scrna, &biotools)] {
        for ((how, relation, percent), count) in one.held_against(other) {
            let lower = count.lower_end();
            println!(
                "{:<12} {how:<8} {:<12} {percent:>8} {:>6} {:>10} {:>9.1}% {:>5.1}%",
                one.key,
                relation,
                count.n,
                count.n_confirmed,
                100.0 * count.precision(),
                100.0 * lower
            );
            if shows_misses {
                count.misses.iter().for_each(|miss| println!("    {miss}"));
            }
            // Newer tools and papers are not in the older registry; so only one direction can be asked for.
            let is_asked = one.key == "bio.tools" && relation == "Implements" && count.n >= 30;
            is_good &= !is_asked || count.precision() >= FLOOR;
        }
    }
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/lists");
    if is_good & titles::measure(&extractions, &lists) {
        return ExitCode::SUCCESS;
    }
    println!("a rule is right less often than {FLOOR}");
    ExitCode::FAILURE
}

fn load(path: PathBuf) -> Extraction {
    let client = Client::new(Options { connectivity: Connectivity::Offline, ..Options::default() });
    let remote = Remote { client: &client, github: read::GITHUB_RAW.parse().expect("it is an address") };
    let sources = read::load(&[SourceSpec::Path(path)], &remote).remove(0).expect("it can be read");
    extract(&sources[0])
}

/// The article that each preprint became.
fn articles(extractions: &[Extraction]) -> BTreeMap<WorkRef, WorkRef> {
    let mut articles = BTreeMap::new();
    for entry in extractions.iter().flat_map(|extraction| &extraction.entries) {
        for relation in entry.relations.iter().filter(|relation| relation.relation == Relation::PreprintOf) {
            let [preprint, article] = [relation.subject, relation.object].map(|at| works(&entry.mentions[at]).next());
            articles.extend(preprint.zip(article));
        }
    }
    articles
}

fn is_common(work: &WorkRef) -> bool {
    matches!(work, WorkRef::Doi(_) | WorkRef::Arxiv(_))
}

fn works(mention: &Mention) -> impl Iterator<Item = WorkRef> {
    WorkRef::of_identifiers(&mention.ids)
}

/// A tool with its papers, the preprints among them as their articles.
struct Tool {
    name: String,
    sites: BTreeSet<String>,
    ties: BTreeSet<(BTreeSet<WorkRef>, &'static str, u8)>,
}

struct Registry {
    key: String,
    tools: Vec<Tool>,
}

#[derive(Default)]
struct Count {
    n: usize,
    n_confirmed: usize,
    misses: Vec<String>,
}

impl Count {
    fn precision(&self) -> f64 {
        self.n_confirmed as f64 / self.n as f64
    }

    /// The lower end of Wilson's 95 % interval.
    fn lower_end(&self) -> f64 {
        let (n, p, z) = (self.n as f64, self.precision(), 1.96_f64);
        (p + z * z / (2.0 * n) - z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt()) / (1.0 + z * z / n)
    }
}

impl Registry {
    fn of(extraction: &Extraction, articles: &BTreeMap<WorkRef, WorkRef>) -> Self {
        let of_paper = |mention: &Mention| {
            works(mention).map(|work| articles.get(&work).cloned().unwrap_or(work)).collect::<BTreeSet<WorkRef>>()
        };
        let tools = extraction.entries.iter().filter(|entry| entry.mentions[0].kind.kind == Kind::Tool).map(|entry| {
            let ties = entry.relations.iter().filter(|relation| relation.subject == 0).map(|relation| {
                let word = if relation.relation == Relation::Implements { "Implements" } else { "Refers" };
                (of_paper(&entry.mentions[relation.object]), word, relation.confidence.hundredths())
            });
            let tool = &entry.mentions[0];
            let own = |role| matches!(role, LinkRole::Main | LinkRole::Code | LinkRole::Package);
            let sites = tool.links.iter().filter(|link| own(link.role)).filter_map(|link| site(&link.url));
            Tool {
                name: normalise(tool.name.as_deref().unwrap_or_default()),
                sites: sites.collect(),
                // Where only a PubMed number is given, scRNA-tools cannot know the paper by it.
                ties: ties.filter(|(works, ..)| works.iter().any(is_common)).collect(),
            }
        });
        Self { key: extraction.source.key.to_string(), tools: tools.collect() }
    }

    /// For each way to know a tool and each rule how many pairs there are, and how many the other registry confirms.
    fn held_against(&self, other: &Self) -> BTreeMap<(&'static str, &'static str, u8), Count> {
        let mut by_site: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let mut by_name: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (at, tool) in other.tools.iter().enumerate() {
            for site in &tool.sites {
                by_site.entry(site).or_default().insert(at);
            }
            by_name.entry(&tool.name).or_default().insert(at);
        }
        let mut counts: BTreeMap<_, Count> = BTreeMap::new();
        for tool in &self.tools {
            let known: BTreeSet<usize> =
                tool.sites.iter().filter_map(|site| by_site.get(site.as_str())).flatten().copied().collect();
            let named = by_name.get(tool.name.as_str()).into_iter().flatten().copied();
            let mut named = named.filter(|at| other.tools[*at].shares_paper(tool));
            let (how, at) = match (known.len(), known.first(), named.next()) {
                (1, Some(at), _) => ("address", *at),
                (0, _, Some(at)) => ("name", at),
                _ => continue,
            };
            let same = &other.tools[at];
            for (works, relation, percent) in tool.ties.iter().filter(|_| !same.ties.is_empty()) {
                let count = counts.entry((how, *relation, *percent)).or_default();
                let is_confirmed = same.has_paper(works);
                count.n += 1;
                count.n_confirmed += usize::from(is_confirmed);
                if !is_confirmed {
                    let works: Vec<String> = works.iter().map(ToString::to_string).collect();
                    count.misses.push(format!("{}: {}", tool.name, works.join(" ")));
                }
            }
        }
        counts
    }
}

impl Tool {
    fn has_paper(&self, works: &BTreeSet<WorkRef>) -> bool {
        self.ties.iter().any(|(own, ..)| !own.is_disjoint(works))
    }

    fn shares_paper(&self, other: &Self) -> bool {
        other.ties.iter().any(|(works, ..)| self.has_paper(works))
    }
}

fn site(url: &WebUrl) -> Option<String> {
    let repository = RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url)).map(|slug| slug.to_string());
    repository.or_else(|| Package::from_url(url).map(|package| package.to_string()))
}
