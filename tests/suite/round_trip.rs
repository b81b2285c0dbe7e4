//! Exports that `build` reads again: what is written of the graph of the embedded list comes back from an empty store.
//!
//! The figures are percentages of what there was before. Where they are no hundred, the floors say how much of it is
//! lost, and the comments why.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use amml_graph::{
    export::{Bibliography, markdown},
    extract::extract,
    map::{Minter, quads_by_source, vocab},
    model::{SourceInfo, SourceKind},
    network::{Column, Network, Relation},
    read::{self, Source},
    resolve::resolve,
    store::{Graph, NamedGraph, Scan},
};
use oxrdf::NamedNodeRef;

use crate::harness::project;

fn build(sources: &[Source]) -> Graph {
    let catalog = resolve(sources.iter().map(extract).collect());
    let mut graph = Graph::in_memory();
    graph.replace(quads_by_source(&catalog, &Minter::default(), |name, walk| NamedGraph::collect(name, walk))).unwrap();
    graph
}

fn bibliography(form: Bibliography, graph: &Graph) -> Graph {
    let scan = graph.scan().unwrap();
    let mut bytes = Vec::new();
    form.write(&scan, &Network::of(&scan), &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    build(&[Source::new(SourceInfo::new("back", SourceKind::Bibliography), &text)])
}

fn list(graph: &Graph) -> (Graph, String) {
    let scan = graph.scan().unwrap();
    let mut bytes = Vec::new();
    markdown(&scan, &Network::of(&scan), &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    (build(&[Source::new(SourceInfo::new("back", SourceKind::List), &text)]), text)
}

/// What is said, in kinds of statements that can be counted.
type Facts = BTreeMap<&'static str, BTreeSet<String>>;

/// What a graph says of the things of some kinds.
fn facts(graph: &Graph, kinds: &[&str]) -> Facts {
    let scan = graph.scan().unwrap();
    let network = Network::of(&scan);
    let mut facts = Facts::new();
    let is_thing = |node: &amml_graph::network::Node| {
        kinds.contains(&node.kind) && objects(&scan, &node.iri, vocab::WAS_DERIVED_FROM).next().is_some()
    };
    for node in network.nodes.iter().filter(|node| is_thing(node)) {
        let mut add = |what: &'static str, fact: String| {
            facts.entry(what).or_default().insert(fact);
        };
        let iri = &node.iri;
        add("iri", iri.to_string());
        add("kind", format!("{iri} {}", node.kind));
        add("title", format!("{iri} {}", node.label));
        let authors = authors(&scan, iri);
        if !authors.is_empty() {
            add("authors", format!("{iri} {}", authors.join("; ")));
        }
        let texts = [
            ("venue", vocab::IS_PART_OF),
            ("volume", vocab::VOLUME),
            ("issue", vocab::ISSUE),
            ("pages", vocab::PAGES),
            ("identifiers", vocab::DOI),
            ("identifiers", vocab::ARXIV_ID),
            ("identifiers", vocab::PMID),
            ("identifiers", vocab::PMCID),
            ("description", vocab::DESCRIPTION),
            ("et al.", vocab::AUTHORS_TRUNCATED),
        ];
        for (what, predicate) in texts {
            objects(&scan, iri, predicate).for_each(|text| add(what, format!("{iri} {text}")));
        }
        if let Some(year) = node.year() {
            add("year", format!("{iri} {year}"));
        }
        if let Some(url) = node.get(Column::Url) {
            add("address", format!("{iri} {url}"));
        }
    }
    for edge in &network.edges {
        let [from, to] = [edge.from, edge.to].map(|node| &network.nodes[node as usize]);
        let (what, fact) = match edge.relation {
            Relation::Implements => ("implements", format!("{} {}", from.iri, to.iri)),
            Relation::Topic if is_thing(from) => ("topic", format!("{} {}", from.iri, to.label)),
            _ => continue,
        };
        facts.entry(what).or_default().insert(fact);
    }
    for topic in network.nodes.iter().filter(|node| node.kind == "topic") {
        facts.entry("label of a topic").or_default().insert(topic.label.to_string());
    }
    facts
}

fn objects<'s>(scan: &'s Scan, iri: &str, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &'s str> {
    let predicate = scan.number(predicate);
    let rows = scan.number(NamedNodeRef::new_unchecked(iri)).map(|number| scan.about(number)).unwrap_or_default();
    rows.iter().filter(move |row| Some(row[1]) == predicate).map(|row| scan.text(row[2]))
}

/// The names of the longest list of authors.
fn authors(scan: &Scan, iri: &str) -> Vec<String> {
    let name = |person: u32| objects(scan, scan.text(person), vocab::NAME).min().unwrap_or_default().to_owned();
    let list =
        |head: &str| scan.number(NamedNodeRef::new_unchecked(head)).map(|head| scan.list(head)).unwrap_or_default();
    let lists = objects(scan, iri, vocab::AUTHOR_LIST).map(list);
    lists.max_by_key(Vec::len).unwrap_or_default().into_iter().map(name).collect()
}

/// How much of what was there is there again, in percent; what is lost is printed.
fn kept(before: &Facts, after: &Facts) -> BTreeMap<&'static str, f64> {
    let none = BTreeSet::new();
    let count = |facts: &BTreeSet<String>| f64::from(u32::try_from(facts.len()).unwrap());
    let mut kept = BTreeMap::new();
    for (what, before) in before {
        let after = after.get(what).unwrap_or(&none);
        let lost: Vec<&String> = before.difference(after).collect();
        let percent = 100.0 * (1.0 - f64::from(u32::try_from(lost.len()).unwrap()) / count(before));
        println!("  {what}: {percent:.1} % of {}, {} new", before.len(), after.difference(before).count());
        lost.iter().take(8).for_each(|fact| println!("    lost {fact}"));
        after.difference(before).take(if lost.is_empty() { 0 } else { 4 }).for_each(|fact| println!("    new  {fact}"));
        kept.insert(*what, percent);
    }
    kept
}

fn assert_floors(kept: &BTreeMap<&'static str, f64>, floors: &[(&str, f64)]) {
    for (what, floor) in floors {
        assert!(kept[what] >= *floor, "{what}: {} is less than {floor}", kept[what]);
    }
}

#[test]
fn bibliographies_come_back() {
    let before = build(&read::embedded());
    for form in Bibliography::ALL {
        println!("{}", form.name());
        let after = bibliography(form, &before);
        let kinds = ["paper", "book"];
        let kept = kept(&facts(&before, &kinds), &facts(&after, &kinds));
        // A full stop at the end of a title is not kept by whoever reads one.
        let floors = ["iri", "title", "authors", "venue", "year", "volume", "issue", "pages", "identifiers"];
        assert_floors(&kept, &floors.map(|what| (what, if what == "title" { 98.0 } else { 100.0 })));
    }
}

const KINDS: [&str; 12] = [
    "paper",
    "tool",
    "model",
    "dataset",
    "course",
    "competition",
    "organization",
    "list",
    "article",
    "book",
    "video",
    "person",
];

#[test]
fn a_list_comes_back() {
    let before = build(&read::embedded());
    let (after, text) = list(&before);
    if let Ok(path) = std::env::var("ROUND_TRIP_LIST") {
        fs::write(path, &text).unwrap();
    }
    let kept = kept(&facts(&before, &KINDS), &facts(&after, &KINDS));
    // One page stands in two places under two titles, of which a list back has one.
    let most = ["iri", "kind", "title", "topic", "address"];
    assert_floors(&kept, &most.map(|what| (what, 98.0)));
    let all = ["authors", "identifiers", "implements", "issue", "label of a topic", "pages", "venue", "volume", "year"];
    assert_floors(&kept, &all.map(|what| (what, 100.0)));
}

#[test]
fn real_lists_come_back() {
    let folder = project("../shared/lists");
    if !folder.is_dir() {
        println!("skipped: there are no lists in ../shared/lists");
        return;
    }
    let mut before = Facts::new();
    let mut after = Facts::new();
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"));
    paths.sort();
    for path in paths {
        let graph = build(&[source(&path)]);
        let (back, text) = list(&graph);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if let Ok(folder) = std::env::var("ROUND_TRIP_LISTS") {
            fs::write(Path::new(&folder).join(format!("{name}.md")), &text).unwrap();
        }
        for (facts, graph) in [(&mut before, &graph), (&mut after, &back)] {
            for (what, found) in self::facts(graph, &KINDS) {
                facts.entry(what).or_default().extend(found.into_iter().map(|fact| format!("{name}: {fact}")));
            }
        }
    }
    let kept = kept(&before, &after);
    // What two entries of one list say differently of a thing, a list back says once.
    let most = ["iri", "kind", "title", "authors", "et al.", "identifiers", "topic", "label of a topic"];
    assert_floors(&kept, &most.map(|what| (what, 98.0)));
    assert_floors(
        &kept,
        &[("implements", 97.0), ("volume", 97.0), ("year", 96.0), ("description", 96.0), ("venue", 95.0)],
    );
}

fn source(path: &Path) -> Source {
    Source::new(SourceInfo::new("list", SourceKind::List), &fs::read_to_string(path).unwrap())
}
