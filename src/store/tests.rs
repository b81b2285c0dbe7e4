use oxrdf::{Literal, NamedNode, Quad, Term};

use super::*;

fn quad(object: &str) -> Quad {
    let name = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
    Quad::new(name("s"), name("p"), Literal::from(object), name("g"))
}

fn graph_name() -> NamedNode {
    NamedNode::new_unchecked("http://example.org/g")
}

fn objects(graph: &Graph) -> Vec<String> {
    let mut found: Vec<String> =
        graph.matching(None, None, None).map(|quad| quad.unwrap().object.to_string()).collect();
    found.sort();
    found
}

#[test]
fn a_graph_is_replaced_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let graph = Graph::open(&path, Access::Write).unwrap();
    let first = graph.replace(&[(graph_name(), vec![quad("a"), quad("b")])]).unwrap();
    assert_eq!(first, Change { added: vec![quad("a"), quad("b")], removed: vec![] });
    let second = graph.replace(&[(graph_name(), vec![quad("b"), quad("c")])]).unwrap();
    assert_eq!(second, Change { added: vec![quad("c")], removed: vec![quad("a")] });
    drop(graph);
    assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()), ["\"b\"", "\"c\""]);
}

#[test]
fn parameters_are_bound_and_never_pasted() {
    let graph = Graph::in_memory();
    graph.replace(&[(graph_name(), vec![quad("\" } DROP ALL #"), quad("b")])]).unwrap();
    let parameters = [("o".to_owned(), Term::from(Literal::from("\" } DROP ALL #")))];
    let Answer::Rows { rows, .. } = graph.query("SELECT ?s ?o { ?s ?p ?o }", &parameters).unwrap() else { panic!() };
    assert_eq!(rows.count(), 1);
    assert!(matches!(
        graph.query("ASK { ?s ?p ?o }", &[("other".to_owned(), Term::from(Literal::from("x")))]),
        Err(StoreError::NoSuchVariable { .. })
    ));
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "text").unwrap();
    assert!(matches!(Graph::open(&file, Access::Write), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Graph::open(folder.path(), Access::Write), Err(StoreError::NotAStore { .. })));
    assert!(matches!(Graph::open(&folder.path().join("none"), Access::Read), Err(StoreError::Missing { .. })));
    assert!(!folder.path().join("none").exists());
}

#[test]
fn a_store_of_another_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    drop(Graph::open(&path, Access::Write).unwrap());
    std::fs::write(path.join("amml.lock"), "amml-graph store 99\n").unwrap();
    for access in [Access::Read, Access::Write] {
        assert!(matches!(Graph::open(&path, access), Err(StoreError::OtherVersion { .. })));
    }
}

/// Everything that can be asked of a store, as text.
fn all_answers(graph: &Graph) -> Vec<String> {
    let mut answers = objects(graph);
    answers.extend(graph.quads().map(|quad| quad.unwrap().to_string()));
    let name = NamedNode::new_unchecked("http://example.org/p");
    answers.extend(graph.matching(None, Some(name.as_ref()), None).map(|quad| quad.unwrap().to_string()));
    for sparql in [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <http://example.org/g> { ?s ?p \"a\" } }",
        "SELECT (CONCAT(?o, '!') AS ?x) { ?s <http://example.org/p> ?o FILTER(?o != 'b') }",
        "SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?s ?p 'none' } BIND('none' AS ?made) OPTIONAL { ?t ?p ?made } }",
    ] {
        let Answer::Rows { rows, .. } = graph.query(sparql, &[]).unwrap() else { panic!() };
        answers.extend(rows.map(|row| format!("{sparql} {:?}", row.unwrap())));
    }
    answers.sort();
    answers
}

#[test]
fn the_quick_copy_answers_as_the_database_does() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let graph = Graph::open(&path, Access::Write).unwrap();
    let tagged = Quad { object: Literal::new_language_tagged_literal_unchecked("c\u{e9}", "fr").into(), ..quad("") };
    let number = Quad { object: Literal::from(12).into(), ..quad("") };
    let node = Quad { object: graph_name().into(), ..quad("") };
    graph.replace(&[(graph_name(), vec![quad("a"), quad("b"), quad(""), tagged, number, node])]).unwrap();
    graph.finish().unwrap();
    let quick = all_answers(&Graph::open(&path, Access::Read).unwrap());
    std::fs::remove_file(path.join("amml.snapshot")).unwrap();
    assert_eq!(quick, all_answers(&Graph::open(&path, Access::Read).unwrap()));
    assert!(quick.len() > 20);
}

#[test]
fn the_quick_copy_is_not_used_once_anything_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let graph = Graph::open(&path, Access::Write).unwrap();
    graph.replace(&[(graph_name(), vec![quad("a")])]).unwrap();
    graph.finish().unwrap();
    // Another program writes to the database and knows nothing of our copy.
    let other = Store::open(&path).unwrap();
    other.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad("z") }).unwrap();
    other.flush().unwrap();
    drop(other);
    assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()), ["\"a\"", "\"z\""]);
    // A damaged copy is no copy.
    for content in [&b"ammlsnp1"[..], b"", b"nonsense"] {
        std::fs::write(path.join("amml.snapshot"), content).unwrap();
        assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()).len(), 2);
    }
}
