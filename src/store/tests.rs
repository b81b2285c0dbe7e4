use oxigraph::store::Store;
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};

use super::*;

fn quad(object: &str) -> Quad {
    let name = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
    Quad::new(name("s"), name("p"), Literal::from(object), name("g"))
}

fn graph_name() -> NamedNode {
    NamedNode::new_unchecked("http://example.org/g")
}

fn named_graph(quads: &[Quad]) -> NamedGraph {
    NamedGraph::collect(&graph_name(), |sink| quads.iter().for_each(|quad| sink(quad.as_ref())))
}

/// A graph with a quad for each of these texts.
fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> NamedGraph {
    named_graph(&texts.into_iter().map(quad).collect::<Vec<_>>())
}

fn objects(graph: &Graph) -> Vec<String> {
    let mut found: Vec<String> =
        graph.matching(None, None, None).map(|quad| quad.unwrap().object.to_string()).collect();
    found.sort();
    found
}

/// What the store in a folder holds by its copy, which must be what it holds without.
fn objects_in(path: &Path) -> Vec<String> {
    let quick = all_answers(&Graph::open(path, Access::Read).unwrap());
    let copy = path.join("amml.snapshot");
    std::fs::rename(&copy, path.join("amml.aside")).unwrap();
    assert_eq!(quick, all_answers(&Graph::open(path, Access::Read).unwrap()));
    std::fs::rename(path.join("amml.aside"), copy).unwrap();
    objects(&Graph::open(path, Access::Read).unwrap())
}

#[test]
fn a_graph_is_replaced_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let mut graph = Graph::open(&path, Access::Write).unwrap();
    let first = graph.replace(vec![texts(["a", "b"])]).unwrap();
    assert_eq!(first, Change { added: 2, removed: 0 });
    let second = graph.replace(vec![texts(["b", "c", "c"])]).unwrap();
    assert_eq!(second, Change { added: 1, removed: 1 });
    assert_eq!(objects(&graph), ["\"b\"", "\"c\""]);
    drop(graph);
    assert_eq!(objects_in(&path), ["\"b\"", "\"c\""]);
}

/// Few quads by a transaction, added ones by the bulk loader, many by a new database: each writes the same.
#[test]
fn it_makes_no_difference_in_which_way_a_change_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let numbers: Vec<String> = (0..300).map(|number| number.to_string()).collect();
    let slice = |from: usize, to: usize| texts(numbers[from..to].iter().map(String::as_str));
    let states = [(0, 100), (0, 200), (1, 201), (150, 300), (0, 0), (0, 300)];
    let mut before = 0..0;
    for (from, to) in states {
        let change = Graph::open(&path, Access::Write).unwrap().replace(vec![slice(from, to)]).unwrap();
        let n_kept = to.min(before.end).saturating_sub(from.max(before.start));
        assert_eq!(change, Change { added: to - from - n_kept, removed: before.len() - n_kept });
        assert_eq!(objects_in(&path).len(), to - from);
        before = from..to;
    }
}

#[test]
fn a_triple_stays_as_long_as_one_graph_states_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let named = |name: &str, texts: &[&str]| {
        let name = NamedNode::new_unchecked(format!("http://example.org/{name}"));
        NamedGraph::collect(&name, |sink| texts.iter().for_each(|text| sink(quad(text).as_ref())))
    };
    let mut graph = Graph::open(&path, Access::Write).unwrap();
    graph.replace(vec![named("g", &["a", "b"]), named("h", &["b", "c"])]).unwrap();
    assert_eq!(objects_in_both(graph, &path), ["\"a\"", "\"b\"", "\"c\""]);
    let mut graph = Graph::open(&path, Access::Write).unwrap();
    let change = graph.replace(vec![named("h", &[])]).unwrap();
    assert_eq!(change, Change { added: 0, removed: 2 });
    assert_eq!(objects_in_both(graph, &path), ["\"a\"", "\"b\""]);
}

fn objects_in_both(graph: Graph, path: &Path) -> Vec<String> {
    let found = objects(&graph);
    drop(graph);
    assert_eq!(found, objects_in(path));
    found
}

#[test]
fn nothing_is_written_where_nothing_differs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let files = || {
        let entries = std::fs::read_dir(&path).unwrap().map(Result::unwrap);
        let mut files: Vec<_> =
            entries.map(|entry| (entry.file_name(), entry.metadata().unwrap().modified())).collect();
        files.sort_by(|(name, _), (other, _)| name.cmp(other));
        files.into_iter().map(|(name, time)| (name, time.unwrap())).collect::<Vec<_>>()
    };
    Graph::open(&path, Access::Write).unwrap().replace(vec![texts(["a"])]).unwrap();
    let before = files();
    let change = Graph::open(&path, Access::Write).unwrap().replace(vec![texts(["a"])]).unwrap();
    assert_eq!(change, Change::default());
    assert_eq!(files(), before);
}

/// A new database that is to take the place of the old one is the store from the moment it is complete.
#[test]
fn a_kill_while_databases_are_exchanged_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("store"), folder.path().join("other"));
    for (path, text) in [(&path, "old"), (&other, "new")] {
        Graph::open(path, Access::Write).unwrap().replace(vec![texts([text])]).unwrap();
    }
    std::fs::write(path.join("build.log"), "not ours").unwrap();
    std::fs::create_dir(path.join("amml.part")).unwrap();
    std::fs::write(path.join("amml.part/CURRENT"), "a part").unwrap();
    std::fs::write(path.join("bulk-1.sst"), "left by the bulk loader").unwrap();
    assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()), ["\"old\""]);
    std::fs::rename(&other, path.join("amml.ready")).unwrap();
    std::fs::remove_file(path.join("CURRENT")).unwrap();
    assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()), ["\"new\""]);
    drop(Graph::open(&path, Access::Write).unwrap());
    assert_eq!(objects_in(&path), ["\"new\""]);
    assert!(path.join("build.log").exists() && !path.join("bulk-1.sst").exists());
    assert!(!path.join("amml.part").exists() && !path.join("amml.ready").exists());
}

#[test]
fn parameters_are_bound_and_never_pasted() {
    let mut graph = Graph::in_memory();
    graph.replace(vec![texts(["\" } DROP ALL #", "b"])]).unwrap();
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
    Graph::open(&path, Access::Write).unwrap().replace(vec![texts(["a"])]).unwrap();
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
    let tagged = Quad { object: Literal::new_language_tagged_literal_unchecked("c\u{e9}", "fr").into(), ..quad("") };
    let number = Quad { object: Literal::from(12).into(), ..quad("") };
    let node = Quad { object: graph_name().into(), ..quad("") };
    let quads = [quad("a"), quad("b"), quad(""), tagged, number, node];
    Graph::open(&path, Access::Write).unwrap().replace(vec![named_graph(&quads)]).unwrap();
    assert_eq!(objects_in(&path).len(), 6);
}

#[test]
fn the_quick_copy_is_not_used_once_anything_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    Graph::open(&path, Access::Write).unwrap().replace(vec![texts(["a"])]).unwrap();
    // Another program writes to the database and knows nothing of our copy.
    let other = Store::open(&path).unwrap();
    other.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad("z") }).unwrap();
    other.insert(&Quad { graph_name: NamedNode::new_unchecked("http://example.org/h").into(), ..quad("y") }).unwrap();
    other.flush().unwrap();
    drop(other);
    assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()), ["\"a\"", "\"z\""]);
    // A damaged copy is no copy.
    let whole = std::fs::read(path.join("amml.snapshot")).unwrap();
    let promising = [&whole[..24], &[0xff; 8]].concat();
    for content in [&b"ammlsnp2"[..], b"", b"nonsense", &whole[..whole.len() - 4], &promising] {
        std::fs::write(path.join("amml.snapshot"), content).unwrap();
        assert_eq!(objects(&Graph::open(&path, Access::Read).unwrap()).len(), 2);
    }
    // The next replacement keeps the other graph, and makes the default graph the union again.
    let change = Graph::open(&path, Access::Write).unwrap().replace(vec![texts(["b"])]).unwrap();
    assert_eq!(change, Change { added: 1, removed: 1 });
    assert_eq!(objects_in(&path), ["\"b\"", "\"y\""]);
}

#[test]
fn subjects_come_go_and_change() {
    let quad = |subject: &str, predicate: &str, object: &str| {
        let name = |name: &str| NamedNode::new_unchecked(format!("http://example.org/{name}"));
        Quad::new(name(subject), name(predicate), Literal::from(object), name("g"))
    };
    let property = NamedNode::new_unchecked("http://example.org/from");
    let change = |before: &[Quad], after: &[Quad]| {
        let mut graph = Graph::in_memory();
        graph.replace(vec![named_graph(before)]).unwrap();
        let is_counted = |subject: &str| !subject.ends_with("statement");
        let (_, change) = graph.replace_counting(vec![named_graph(after)], property.as_ref(), &is_counted).unwrap();
        (change.added, change.removed, change.changed)
    };
    let a = [quad("a", "from", "L1"), quad("a", "url", "one")];
    let moved = [quad("a", "from", "L2"), quad("a", "url", "one")];
    let renamed = [quad("a", "from", "L1"), quad("a", "url", "two")];
    let with_b = [&a[..], &[quad("b", "from", "L2"), quad("list", "url", "x")]].concat();
    let reasoned = [&a[..], &[quad("statement", "from", "L1")]].concat();
    assert_eq!(change(&[], &a), (1, 0, 0));
    assert_eq!(change(&a, &a), (0, 0, 0));
    assert_eq!(change(&a, &[]), (0, 1, 0));
    assert_eq!(change(&a, &moved), (0, 0, 0), "an entry that moved changes nothing");
    assert_eq!(change(&a, &renamed), (0, 0, 1));
    assert_eq!(change(&a, &with_b), (1, 0, 0));
    assert_eq!(change(&with_b, &renamed), (0, 1, 1));
    assert_eq!(change(&a, &reasoned), (0, 0, 0));
}
