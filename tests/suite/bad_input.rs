//! Every failure names the thing and the remedy, has the right exit status, and leaves the store as it was.

use crate::harness::Place;

/// Runs a command that must fail, and leave the store alone.
fn check(place: &Place, arguments: &[&str], status: i32, message: &str, hint: &str) {
    let ran = place.run(arguments);
    assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
    assert!(ran.stderr.contains(message) && ran.stderr.contains(hint), "{arguments:?}: {}", ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "", "data is for answers only");
}

#[test]
fn sources_that_say_nothing() {
    let place = Place::built();
    let before = place.quads();
    place.write("empty.md", "");
    place.write("prose.md", "# Title\n\nOnly words here.\n");
    place.write("binary.md", [0x7f, b'E', b'L', b'F', 0, 0, 1, 2]);
    place.write("bad.tsv", "a\tb\n1\t2\n");
    std::fs::create_dir(place.path("folder")).unwrap();
    check(&place, &["build", "empty.md"], 1, "empty.md is empty", "hint: an entry is a list item");
    check(&place, &["build", "prose.md"], 1, "prose.md has no entries", "the store was not changed");
    check(&place, &["build", "binary.md"], 1, "binary.md is a binary file", "give a Markdown file");
    check(&place, &["build", "none.md"], 1, "cannot read none.md", "check the name");
    check(&place, &["build", "folder"], 1, "the folder folder has no Markdown file", "give a folder with .md files");
    check(&place, &["build", "bad.tsv"], 1, "bad.tsv has no entries", "hint");
    check(&place, &["build", "*.txt"], 1, "no file matches *.txt", "** for any folders");
    check(&place, &["build", "a[.md"], 1, "a[.md is neither a file nor a pattern", "check the name");
    check(
        &place,
        &["build", "github:owner"],
        2,
        "\"github:owner\" is not a repository, such as github:owner/repo",
        "--help",
    );
    check(&place, &["build", "ftp://example.org/x.md"], 2, "use http, https or github:", "--help");
    check(&place, &["build", "--follow", "empty.md"], 2, "a source stands before --follow", "--help");
    check(&place, &["build", "--base", "no iri"], 1, "is no absolute IRI", "");
    assert_eq!(place.quads(), before);
}

#[test]
fn odd_but_readable_sources() {
    let place = Place::new();
    let mut latin1 = b"- [caf\xe9](https://github.com/a/cafe)\n".to_vec();
    latin1.extend(b"- [b](https://github.com/a/b)\n");
    place.write("latin1.md", latin1);
    place.ok(&["build", "latin1.md"]);
    assert!(place.rows(&["notices", "-p", "code=invalid-utf8"]).len() == 1);
    let deep: String =
        (0..1000).map(|depth| format!("{}- [x{depth}](https://github.com/a/x{depth})\n", "  ".repeat(depth))).collect();
    place.write("deep.md", deep);
    assert!(place.ok(&["build", "deep.md"]).contains("deep: 1000 entries"));
    let long = "- [a](https://github.com/a/b) ".to_owned() + &"Roe A, ".repeat(1_500_000);
    assert!(long.len() > 10_000_000);
    place.write("long.md", long);
    assert!(place.ok(&["build", "long.md"]).contains("long: 1 entries"));
}

#[test]
fn stores_that_are_none() {
    let place = Place::new();
    place.write("file", "text");
    place.write("folder/notes.txt", "text");
    check(&place, &["--store", "file", "build"], 1, "file is a file, not a store", "give another place");
    check(&place, &["--store", "folder", "build"], 1, "folder is a folder of something else", "give another place");
    check(&place, &["--store", "none", "stats"], 1, "there is no store at none", "amml-graph build");
    check(&place, &["--store", "http://localhost/sparql", "stats"], 1, "is an address", "");
    assert!(!place.path("none").exists() && !place.path("amml.store").exists());
    assert_eq!(std::fs::read_to_string(place.path("file")).unwrap(), "text");
}

#[test]
fn a_store_of_another_version_and_a_damaged_one() {
    let place = Place::built();
    place.write("amml.store/amml.lock", "amml-graph store 2\n");
    check(&place, &["stats"], 1, "has the format amml-graph store 2", "build again");
    check(&place, &["build"], 1, "has the format amml-graph store 2", "build again");
    place.write("amml.store/amml.lock", "amml-graph store 1\n");
    place.write("amml.store/CURRENT", "nonsense\n");
    check(&place, &["stats"], 1, "cannot open the store", "remove the folder and build again");
}

#[test]
fn a_second_writer_waits_and_then_says_so() {
    let place = Place::built();
    let file = std::fs::File::open(place.path("amml.store/amml.lock")).unwrap();
    file.lock().unwrap();
    check(&place, &["build"], 1, "is in use by another process", "wait until the other process is done");
    check(&place, &["stats"], 1, "is in use by another process", "wait until the other process is done");
    drop(file);
    place.ok(&["build"]);
}

#[test]
fn queries_that_cannot_run() {
    let place = Place::built();
    place.write("broken.rq", "# Which?\nSELECT * { ?s ");
    check(&place, &["query", "-e", "SELECT * { ?s ?p }"], 1, "not valid SPARQL: error at 1:19", "sparql11-query");
    check(&place, &["query", "broken.rq"], 1, "cannot run broken.rq", "sparql11-query");
    check(&place, &["query", "tools-of-paper"], 2, "needs a value for paper", "--param paper=");
    check(&place, &["query", "tools-of-paper", "-p", "other=x"], 2, "has no parameter other", "--list tools-of-paper");
    check(
        &place,
        &["query", "tools-of-paper", "-p", "paper=no such thing"],
        1,
        "nothing in the store is known as \"no such thing\"",
        "DOI",
    );
    check(&place, &["query", "tools-of-paper", "-p", "paper=deep"], 1, "\"deep\" may mean", "the IRI");
    check(&place, &["query", "papers-by-venue", "-p", "year=soon"], 2, "\"soon\" is not a whole number", "year=2019");
    check(&place, &["query", "-e", "ASK {}", "-p", "x=1"], 2, "no variable ?x", "without its question mark");
    check(&place, &["query", "-e", "ASK {}", "-p", "x"], 2, "NAME=VALUE", "");
    check(&place, &["query", "nothing"], 2, "neither a question nor a file", "query --list");
    check(&place, &["query"], 2, "there is no query", "query --list");
    check(&place, &["query", "-e", "ASK {}", "-f", "ttl"], 2, "a table cannot be written as Turtle", "rows can be");
    check(&place, &["show", "no such thing"], 1, "nothing in the store is known as", "DOI");
    check(&place, &["tools", "scVI"], 1, "no paper in the store is known as \"scVI\"", "a part of its title");
    check(&place, &["export", "-f", "docx"], 2, "there is no format docx", "use dot");
    check(&place, &["export", "--topic", "none"], 1, "no topic in the store", "topic-tree");
    check(&place, &["export", "-o", "no/such/folder/x.dot"], 1, "cannot write no/such/folder/x.dot", "");
    check(&place, &["frobnicate"], 2, "frobnicate", "--help");
}

#[test]
fn a_picture_without_graphviz() {
    let place = Place::built();
    let ran = place.run_with(&["export", "-f", "png"], &[("PATH", "/nowhere")], "");
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("dot (Graphviz) is not installed") && ran.stderr.contains("--dot"), "{}", ran.stderr);
    let ran = place.run_with(&["export", "-f", "svg"], &[("PATH", "/nowhere")], "");
    assert_eq!(ran.status, 0, "the program draws that itself: {}", ran.stderr);
}

/// A disk without room, as a small file system of its own; where none can be made, says so.
#[test]
fn a_disk_without_room() {
    use std::process::Command;
    let place = Place::new();
    std::fs::create_dir(place.path("disk")).unwrap();
    let disk = place.path("disk");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"])
        .arg(&disk)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        println!("skipped: no small file system can be mounted here");
        return;
    }
    let many: String =
        (0..20_000).map(|n| format!("- [tool {n}](https://github.com/a/r{n}) - text about it\n")).collect();
    place.write("many.md", many);
    place.write("few.md", "- [a](https://github.com/a/b)\n");
    let store = disk.join("store");
    let store = store.to_str().unwrap();
    let first = place.run(&["--store", store, "build", "few.md"]);
    let before = place.run(&["--store", store, "export", "-f", "nq"]).stdout;
    let ran = place.run(&["--store", store, "build", "many.md"]);
    let after = place.run(&["--store", store, "export", "-f", "nq"]).stdout;
    let _ = Command::new("umount").arg(&disk).output();
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert_eq!(ran.status, 1, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stderr.contains("hint:") && !ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert!(!before.is_empty() && before == after, "the store is not as it was");
}
