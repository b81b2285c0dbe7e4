//! Queries of strangers: stopped at their limits, whatever they do.

use std::time::{Duration, Instant};

use oxrdf::{Literal, NamedNode, Quad};

use super::*;

/// As in the program: without it no memory is counted.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn numbers(count: i64) -> Graph {
    let name = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
    let quads: Vec<Quad> = (0..count)
        .map(|number| Quad::new(name(&format!("s{number}")), name("p"), Literal::from(number), name("g")))
        .collect();
    let mut graph = Graph::in_memory();
    graph
        .replace(vec![NamedGraph::collect(&name("g"), |sink| quads.iter().for_each(|quad| sink(quad.as_ref())))])
        .unwrap();
    graph
}

/// How a query ends within a budget, and after how long.
fn ends(graph: &Graph, sparql: &str, budget: &Budget) -> (Result<usize, StoreError>, Duration) {
    let begin = Instant::now();
    let request = Request { sparql, budget: budget.clone(), ..Request::default() };
    let end = graph.ask(&request).and_then(|answer| match answer {
        Answer::Rows { rows, .. } => rows.map(|row| row.map(|_| 1)).sum(),
        Answer::Boolean(_) => Ok(1),
        Answer::Triples(triples) => triples.map(|triple| triple.map(|_| 1)).sum(),
    });
    (end, begin.elapsed())
}

/// Queries that would run for hours.
fn endless() -> Vec<(&'static str, String)> {
    let rows: String = (0..400).map(|number| format!("{number} ")).collect();
    let values: String = ["a", "b", "c", "d"].map(|name| format!("VALUES ?{name} {{ {rows} }} ")).concat();
    vec![
        ("a cross product", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }".to_owned()),
        ("a sorted cross product", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i".to_owned()),
        ("given rows, joined", format!("SELECT (COUNT(*) AS ?n) {{ {values} }}")),
        ("given rows, filtered", format!("SELECT * {{ {values} FILTER(?a + ?b + ?c + ?d < 0) }}")),
        ("given rows, optional", format!("SELECT (COUNT(*) AS ?n) {{ VALUES ?z {{ 1 }} OPTIONAL {{ {values} }} }}")),
        ("a truth", format!("ASK {{ {values} FILTER(?a + ?b + ?c + ?d < 0) }}")),
        (
            "optional products",
            "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f } OPTIONAL { ?g ?h ?i } OPTIONAL { ?j ?k ?l } }".to_owned(),
        ),
        (
            "products of subqueries",
            "SELECT (SUM(?n) AS ?m) { { SELECT ?a ?n { ?a ?b ?n } } { SELECT ?d { ?d ?e ?f } } { SELECT ?g { ?g ?h ?i } } \
             { SELECT ?j { ?j ?k ?l } } }"
                .to_owned(),
        ),
        ("grouped products", "SELECT ?a (MAX(?f) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a".to_owned()),
        ("distinct products", "SELECT DISTINCT ?b ?e { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }".to_owned()),
        ("what is not there", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i MINUS { ?a ?x ?y . ?d ?v ?w } }".to_owned()),
        ("paths", "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d }".to_owned()),
    ]
}

#[test]
fn what_runs_for_hours_is_stopped_in_time() {
    let graph = numbers(2_000);
    for (name, sparql) in endless() {
        let budget = Budget::new(Some(Duration::from_millis(200)), Some(1 << 30));
        let (end, time) = ends(&graph, &sparql, &budget);
        assert!(matches!(end, Err(StoreError::Stopped(Stopped::Time))), "{name}: {end:?}");
        // A hundred times as long as it may, since other tests run beside it; without an end it would be hours.
        assert!(time < Duration::from_secs(20), "{name}: {time:?}");
    }
}

#[test]
fn what_needs_too_much_memory_is_stopped() {
    let graph = numbers(2_000);
    let grown = |step: &str| {
        let steps: String =
            (0..40).map(|at| format!("BIND({} AS ?x{}) ", step.replace("?x", &format!("?x{at}")), at + 1)).collect();
        format!("SELECT (STRLEN(?x40) AS ?n) {{ BIND(\"0123456789\" AS ?x0) {steps} }}")
    };
    let in_memory = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i";
    let budget = Budget::new(Some(Duration::from_secs(60)), Some(64 << 20));
    let (end, _) = ends(&graph, in_memory, &budget);
    assert!(matches!(end, Err(StoreError::Stopped(Stopped::Memory))), "{end:?}");
    // A text that is too long is an error of the expression: the row is there, the value is not.
    for step in ["CONCAT(?x, ?x)", "REPLACE(?x, \".\", ?x)", "ENCODE_FOR_URI(CONCAT(?x, \"%\", ?x))"] {
        let budget = Budget::new(Some(Duration::from_secs(60)), Some(256 << 20));
        let (end, _) = ends(&graph, &grown(step), &budget);
        assert!(matches!(end, Ok(1) | Err(StoreError::Stopped(Stopped::Memory))), "{step}: {end:?}");
    }
}

#[test]
fn what_nobody_waits_for_is_stopped() {
    let graph = numbers(2_000);
    let budget = Budget::new(Some(Duration::from_secs(60)), None);
    let handle = budget.clone();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        handle.stop(Stopped::Unwanted);
    });
    let (end, _) = ends(&graph, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", &budget);
    stopper.join().unwrap();
    assert!(matches!(end, Err(StoreError::Stopped(Stopped::Unwanted))), "{end:?}");
}

#[test]
fn what_is_cheap_gives_the_same_with_a_budget() {
    let graph = numbers(50);
    let rows: String = (0..200).map(|number| format!("{number} ")).collect();
    let queries = [
        "SELECT ?s { ?s ?p ?o FILTER(?o < 10) }".to_owned(),
        format!("SELECT * {{ VALUES ?a {{ {rows} }} VALUES ?b {{ {rows} }} ?s ?p ?a FILTER(?b = 3) }}"),
        format!("SELECT * {{ VALUES ?o {{ {rows} }} OPTIONAL {{ VALUES ?b {{ {rows} }} ?s ?p ?o FILTER(?b = ?o) }} }}"),
        "SELECT (CONCAT(STR(?s), \"x\") AS ?t) (REPLACE(\"abc\", \"b\", STR(?o)) AS ?u) { ?s ?p ?o }".to_owned(),
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }".to_owned(),
    ];
    for sparql in queries {
        let (with, _) = ends(&graph, &sparql, &Budget::new(Some(Duration::from_secs(60)), Some(1 << 30)));
        let (without, _) = ends(&graph, &sparql, &Budget::unlimited());
        assert_eq!(with.unwrap(), without.unwrap(), "{sparql}");
    }
}

#[test]
fn other_endpoints_are_not_asked_for_strangers() {
    let budget = Budget::new(Some(Duration::from_secs(1)), None);
    for sparql in [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/sparql> { ?s ?p ?o } } }",
        "SELECT * { { SELECT * { SERVICE ?x { ?s ?p ?o } } } }",
    ] {
        let (end, _) = ends(&numbers(1), sparql, &budget);
        assert!(matches!(end, Err(StoreError::ServiceRefused { .. })), "{sparql}: {end:?}");
    }
}

#[test]
fn an_update_changes_all_or_nothing() {
    let mut graph = numbers(3);
    let default_graph = NamedNode::new_unchecked("http://example.org/default");
    let mut update = |sparql: &str| {
        let request = UpdateRequest {
            sparql,
            base: None,
            default_graph: &default_graph,
            using_graphs: Vec::new(),
            using_named_graphs: Vec::new(),
            budget: Budget::new(Some(Duration::from_secs(10)), None),
        };
        let changed = graph.update(&request);
        (changed, graph.matching(None, None, None).count(), graph.graph_names().unwrap().len())
    };
    let (changed, n_triples, n_graphs) = update("INSERT DATA { <urn:a> <urn:p> 1 }");
    assert_eq!((changed.unwrap(), n_triples, n_graphs), (Change { added: 1, removed: 0 }, 4, 2));
    // The union is seen, and what is inserted without a graph stands in the one that stands for the default graph.
    let (changed, n_triples, _) = update("INSERT { ?s <urn:seen> true } WHERE { ?s ?p 2 }");
    assert_eq!((changed.unwrap(), n_triples), (Change { added: 1, removed: 0 }, 5));
    let (changed, n_triples, _) = update("INSERT DATA { <urn:b> <urn:p> 1 } ; LOAD <http://127.0.0.1:9/x>");
    assert!(matches!(changed, Err(StoreError::LoadRefused { .. })) && n_triples == 5);
    let (changed, n_triples, n_graphs) = update("DROP GRAPH <http://example.org/g>");
    assert_eq!((changed.unwrap().removed, n_triples, n_graphs), (3, 2, 1));
    let (changed, n_triples, _) = update("INSERT DATA { <urn:b> <urn:p> 1 } ; INSERT DATA { GRAPH 1 {} }");
    assert!(matches!(changed, Err(StoreError::Syntax(_))) && n_triples == 2);
}
