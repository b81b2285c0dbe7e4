//! At the door of the room: a network in, rows out.

use super::*;
use crate::{
    algorithm::{BetweennessOptions, LeidenOptions, PageRankOptions},
    extract::extract,
    map::{self, Minter},
    model::{SourceInfo, SourceKind},
    network::{Column, Edge, Network, Node, Relation, Why},
    read::Source,
    resolve::resolve,
    store::{Answer, Graph, NamedGraph},
};
use oxrdf::NamedNode;

/// Two groups of three that cite one another, with one citation between them.
const TWO_GROUPS: &str = "b,a\nc,a\nc,b\ne,d\nf,d\nf,e\nd,c\n";

fn table(text: &str) -> Network {
    Network::from_table(text).unwrap()
}

/// The network of a list, and of facts about it.
fn list(markdown: &str, citations: &str) -> (Graph, Network) {
    let list = Source::new(SourceInfo::new("a/list", SourceKind::List), markdown);
    let facts = format!("citing_doi\tcited_doi\tevidence_source\tquote_key\n{citations}");
    let facts = Source::new(SourceInfo::new("facts", SourceKind::Facts), &facts);
    let catalog = resolve(vec![extract(&list), extract(&facts)]);
    let graphs = map::quads_by_source(&catalog, &Minter::default(), |name, write| NamedGraph::collect(name, write));
    let mut graph = Graph::in_memory();
    graph.replace(graphs).unwrap();
    let network = Network::read(&graph).unwrap();
    (graph, network)
}

/// The rows as text, without the column of IRIs at the end.
fn rows(report: &Report, network: &Network) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Node(at) => network.nodes[*at as usize].label.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Real(number) => format!("{number:.3}"),
        Cell::Empty => "-".to_owned(),
    };
    report.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn what_is_cited_by_the_cited_ranks_first() {
    let network = table(TWO_GROUPS);
    let report = page_rank(&Subnet::citations(&network), &PageRankOptions::default());
    assert_eq!(rows(&report, &network)[0], "1|0.292|-|a|a");
    let total: f64 = report.rows.iter().map(|row| if let Cell::Real(score) = row[1] { score } else { 0.0 }).sum();
    assert!((total - 1.0).abs() < 1e-12, "{total}");
}

#[test]
fn degrees_cores_components_and_hits_are_those_of_the_table() {
    let network = table(TWO_GROUPS);
    let subnet = Subnet::citations(&network);
    assert_eq!(rows(&degrees(&subnet), &network)[0], "2|1|-|d|d");
    assert!(rows(&core_numbers(&subnet), &network).iter().all(|row| row.starts_with("2|")));
    assert_eq!(components(&subnet).notes, ["1 components"]);
    assert_eq!(strong_components(&subnet).notes, ["6 strong components"]);
    assert!(rows(&hits(&subnet, 1e-12, 1000), &network)[0].ends_with("|a|a"));
}

#[test]
fn communities_are_the_two_groups() {
    let network = table(TWO_GROUPS);
    let report = communities(&Subnet::citations(&network), &LeidenOptions::default());
    let mut groups: Vec<String> =
        rows(&report, &network).iter().map(|row| format!("{}{}", &row[..1], row.rsplit('|').next().unwrap())).collect();
    groups.sort();
    assert_eq!(groups, ["0a", "0b", "0c", "1d", "1e", "1f"]);
    assert_eq!(report.notes, ["2 communities, modularity 0.357143"]);
}

#[test]
fn works_are_cited_together_and_cite_the_same() {
    let network = table(TWO_GROUPS);
    let subnet = Subnet::citations(&network);
    assert_eq!(rows(&co_citation(&subnet, 1), &network), ["1|a|b|a|b", "1|d|e|d|e"]);
    assert_eq!(rows(&bibliographic_coupling(&subnet, 1), &network), ["1|b|c|b|c", "1|e|f|e|f"]);
    assert!(rows(&co_citation(&subnet, 2), &network).is_empty());
}

#[test]
fn the_only_way_between_groups_is_found_and_central() {
    let network = table(TWO_GROUPS);
    let subnet = Subnet::citations(&network);
    let [from, to] = ["f", "a"].map(|name| network.find(name).unwrap());
    assert_eq!(rows(&path(&subnet, from, to), &network), ["0|-|f|f", "1|-|d|d", "2|-|c|c", "3|-|a|a"]);
    let none = path(&subnet, to, from);
    assert!(none.rows.is_empty());
    assert_eq!(none.notes, ["no chain of citations leads from \"a\" to \"f\"; the other way round there is one"]);
    let central = rows(&betweenness(&subnet, &BetweennessOptions::default()), &network);
    assert!(central[0].starts_with("1|0.600|") && central[0].ends_with("|c|c"), "{central:?}");
    let main = rows(&main_path(&subnet), &network);
    let names: Vec<&str> = main.iter().map(|row| row.rsplit('|').next().unwrap()).collect();
    assert_eq!(names, ["f", "e", "d", "c", "b", "a"]);
}

const LIST: &str = "# List\n\n## Alpha\n\n\
    - [One paper about cells](https://doi.org/10.1000/one), Ann Bee, Cy Dee. Nature 2019.\n\
    - [Two paper about cells](https://doi.org/10.1000/two), Ann Bee, Cy Dee, Ed Eff. Nature 2020.\n\n## Beta\n\n\
    - [Three paper about cells](https://doi.org/10.1000/three), Gus Hay. Nature 2021.\n";
const CITATIONS: &str = "10.1000/two\t10.1000/gone\thttps://x.org\tq\n10.1000/one\t10.1000/gone\thttps://x.org\tq\n\
    10.1000/three\t10.1000/one\thttps://x.org\tq\n10.1000/three\t10.1000/two\thttps://x.org\tq\n";

#[test]
fn what_entries_cite_and_no_list_has_is_missing() {
    let (_, network) = list(LIST, CITATIONS);
    let all = rows(&missing(&network, None, 2), &network);
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].starts_with("2|-|doi:10.1000/gone|Alpha (2)|"), "{all:?}");
    let beta = (0..).zip(&network.nodes).find(|(_, node)| &*node.label == "Beta").map(|(at, _)| at);
    assert!(missing(&network, beta, 1).rows.is_empty(), "what an entry of Beta cites has an entry");
}

#[test]
fn what_is_alike_is_found_with_its_reasons() {
    let paper = |name: &str| Node { kind: "paper", ..tool(name, &[]) };
    let nodes = vec![
        Node { kind: "topic", ..tool("alpha", &[]) },
        Node { kind: "person", ..tool("ann", &[]) },
        paper("gone"),
        paper("one"),
        paper("three"),
        paper("two"),
    ];
    let edge = |(from, relation, to)| Edge { from, to, relation, why: 0 };
    let mut edges: Vec<Edge> = [
        (3, Relation::Cites, 2),
        (5, Relation::Cites, 2),
        (4, Relation::Cites, 3),
        (4, Relation::Cites, 5),
        (3, Relation::Author, 1),
        (5, Relation::Author, 1),
        (3, Relation::Topic, 0),
        (5, Relation::Topic, 0),
        (4, Relation::Topic, 0),
    ]
    .map(edge)
    .to_vec();
    edges.sort();
    let network = Network { nodes, edges, whys: vec![Why::stated()] };
    assert_eq!(
        rows(&similar(&network, 3), &network),
        [
            "2.616|paper|two|cited together by three; both cite gone; both by ann; both under alpha|two",
            "0.216|paper|three|both under alpha|three",
        ]
    );
}

#[test]
fn who_ties_works_together_is_a_bridge() {
    let person = |name: &str| Node { kind: "person", ..tool(name, &[]) };
    let work = |name: &str| Node { kind: "paper", ..tool(name, &[]) };
    let nodes = vec![person("ann"), person("bob"), person("cy"), work("first"), work("second")];
    let edge = |(from, to)| Edge { from, to, relation: Relation::Author, why: 0 };
    let network =
        Network { nodes, edges: [(3, 0), (3, 1), (4, 0), (4, 2)].map(edge).to_vec(), whys: vec![Why::stated()] };
    let report = co_authors(&Subnet::co_authors(&network), &BetweennessOptions::default(), &LeidenOptions::default());
    assert_eq!(rows(&report, &network)[0], "2|2|1.000|0|1|yes|ann|ann");
    assert_eq!(report.notes, ["3 persons, 1 communities, 1 bridges"]);
}

#[test]
fn topics_overlap_in_what_stands_under_both() {
    let twice = LIST.replace("## Beta\n", "## Beta\n\n- [One paper about cells](https://doi.org/10.1000/one)");
    let (_, network) = list(&twice, "10.1000/two\t10.1000/one\thttps://x.org\tq\n");
    assert_eq!(rows(&topic_overlap(&network, 1), &network), ["1|0.333|Alpha|Beta|Alpha|Beta"]);
}

#[test]
fn a_record_says_how_it_came_to_be_and_queries_can_use_it() {
    let (mut graph, network) = list(LIST, CITATIONS);
    let report = page_rank(&Subnet::citations(&network), &PageRankOptions::default());
    let used = [NamedNode::new_unchecked("https://w3id.org/amml-graph/graph/list/a/list")];
    let written = recorded(&report, &network, &Minter::default(), "2026-01-31", &used);
    assert_eq!(written.name.as_str(), "https://w3id.org/amml-graph/graph/analysis/pagerank");
    let named = NamedGraph::collect(&written.name, |sink| written.quads.iter().for_each(|quad| sink(quad.as_ref())));
    graph.replace(vec![named]).unwrap();
    let query = "PREFIX amml: <https://w3id.org/amml-graph/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX schema: <http://schema.org/> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?parameter WHERE { ?paper amml:pageRank ?rank ; schema:name ?name . FILTER(STRSTARTS(?name, \"One\"))
        <https://w3id.org/amml-graph/graph/analysis/pagerank> prov:wasGeneratedBy ?analysis .
        ?analysis a amml:Analysis ; amml:parameter ?parameter ; dcterms:date ?day ; prov:used ?graph }";
    let Answer::Rows { rows, .. } = graph.query(query, &[]).unwrap() else { panic!("rows were asked for") };
    assert_eq!(rows.count(), 2);
    assert_eq!(Network::read(&graph).unwrap().edges, network.edges, "what was computed is no part of the network");
}

/// A tool with what is known of its repository.
fn tool(iri: &str, values: &[(Column, &str)]) -> Node {
    let mut values: Vec<(Column, Box<str>)> = values.iter().map(|(column, text)| (*column, (*text).into())).collect();
    values.sort();
    Node { iri: iri.into(), kind: "tool", label: iri.into(), values }
}

#[test]
fn tools_that_nobody_looks_after_have_living_successors() {
    let repository = "https://github.com/a/new";
    let nodes = vec![
        tool("archived", &[(Column::Status, "archived")]),
        tool("dead", &[(Column::Modified, "2019-01-01")]),
        tool("living", &[(Column::Modified, "2025-06-01")]),
        tool("moved", &[(Column::MovedTo, repository)]),
        tool("new", &[(Column::Repository, repository), (Column::Modified, "2025-01-01")]),
        Node { kind: "paper", ..tool("paper", &[]) },
        tool("quiet", &[(Column::Modified, "2020-05-05")]),
        Node { kind: "topic", ..tool("topic", &[]) },
        tool("unknown", &[]),
        Node { kind: "paper", ..tool("younger", &[]) },
    ];
    let edge = |(from, relation, to): (u32, Relation, u32)| Edge { from, to, relation, why: 0 };
    let mut edges: Vec<Edge> = [
        (0, Relation::Implements, 5),
        (1, Relation::Implements, 5),
        (2, Relation::Implements, 5),
        (8, Relation::Implements, 5),
        (4, Relation::Implements, 9),
        (9, Relation::Cites, 5),
        (0, Relation::Topic, 7),
        (4, Relation::Topic, 7),
    ]
    .map(edge)
    .to_vec();
    edges.sort();
    let network = Network { nodes, edges, whys: vec![Why::stated()] };
    let report = successors(&network, 2026);
    let found: Vec<String> =
        rows(&report, &network).iter().map(|row| row.split('|').take(4).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(
        found,
        [
            "archived|archived|living|both implement paper",
            "archived|archived|new|its work younger cites paper",
            "dead|last changed in 2019|living|both implement paper",
            "moved|moved to https://github.com/a/new|new|it moved there",
        ]
    );
    assert_eq!(report.notes, ["the state of 6 of 7 tools is known; 1 that nobody looks after have no successor here"]);
}

#[test]
fn works_that_cite_themselves_change_nothing_but_their_own_rank() {
    let network = table(&format!("{TWO_GROUPS}a,a\n"));
    let subnet = Subnet::citations(&network);
    assert_eq!(components(&subnet).notes, ["1 components"]);
    assert!(rows(&page_rank(&subnet, &PageRankOptions::default()), &network)[0].ends_with("|a|a"));
    assert_eq!(rows(&co_citation(&subnet, 1), &network).len(), 2);
}

#[test]
fn nothing_at_all_is_no_failure() {
    let network = table("");
    let subnet = Subnet::citations(&network);
    assert!(page_rank(&subnet, &PageRankOptions::default()).rows.is_empty());
    assert!(hits(&subnet, 1e-9, 10).rows.is_empty());
    assert!(communities(&subnet, &LeidenOptions::default()).rows.is_empty());
    assert!(betweenness(&subnet, &BetweennessOptions::default()).rows.is_empty());
    assert!(main_path(&subnet).rows.is_empty());
    assert!(successors(&network, 2026).rows.is_empty());
}
