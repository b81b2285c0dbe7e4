//! `build` from sources that are elsewhere, and what they lead to. A server on this machine stands for GitHub's.

use crate::{
    harness::{Place, Ran},
    server::{Reply, Server},
};

const LIST: &str = "# Cells\n## Tools\n- [cellmap](https://github.com/a/cellmap) - maps cells\n- [cellnet](https://github.com/a/cellnet)\n";

/// Builds with the server in the place of GitHub's.
fn build(place: &Place, server: &Server, arguments: &[&str]) -> Ran {
    let cache = place.path("cache");
    let environment = [("AMML_GITHUB_MIRROR", server.address.as_str()), ("AMML_CACHE", cache.to_str().unwrap())];
    place.run_with(&[&["build"], arguments].concat(), &environment, "")
}

fn sources(place: &Place) -> Vec<String> {
    let sparql = "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX schema: <http://schema.org/> \
        SELECT ?key ?url { ?s dcterms:identifier ?key OPTIONAL { ?s schema:url ?url } } ORDER BY ?key";
    place.rows(&["-e", sparql])
}

#[test]
fn a_repository_is_read_by_any_of_its_names_and_an_unchanged_one_is_not_sent_again() {
    let server = Server::of_files(&[("/o/cells/HEAD/readme.md", LIST), ("/o/cells/main/docs/a.md", LIST)]);
    let place = Place::new();
    let ran = build(&place, &server, &["github:o/cells"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("o/cells: 2 entries") && ran.stdout.contains("+2 −0 ~0 things"), "{}", ran.stdout);
    let before = place.quads();
    let ran = build(&place, &server, &["https://github.com/o/cells"]);
    assert!(ran.stdout.contains("(+0 −0), +0 −0 ~0 things"), "{}", ran.stdout);
    assert!(server.asked().last().unwrap().header("if-none-match").is_some());
    let asked = server.asked().len();
    assert_eq!(build(&place, &server, &["github:o/cells", "--offline"]).status, 0);
    assert_eq!((server.asked().len(), place.quads()), (asked, before));
    assert_eq!(build(&place, &server, &["https://github.com/o/cells/blob/main/docs/a.md"]).status, 0);
    assert_eq!(
        sources(&place),
        ["o/cells,https://github.com/o/cells", "o/cells/docs/a,https://github.com/o/cells/blob/main/docs/a.md"]
    );
}

#[test]
fn a_web_address_is_a_source() {
    let server = Server::of_files(&[("/lists/cells.md", LIST)]);
    let place = Place::new();
    let address = format!("{}/lists/cells.md", server.address);
    let ran = build(&place, &server, &[&address]);
    assert!(ran.stdout.starts_with("127.0.0.1/lists/cells: 2 entries"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(sources(&place), [format!("127.0.0.1/lists/cells,{address}")]);
}

#[test]
fn what_cannot_be_had_is_told_and_the_store_stays() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/o/rst/HEAD/README.rst" => Reply::ok("Title\n====="),
        "/page" => Reply::ok("<!DOCTYPE html><ul><li>text</ul>").with("Content-Type", "text/html"),
        "/busy.md" => Reply::status(429).with("Retry-After", "86400"),
        "/refused.md" => Reply::status(401),
        _ => Reply::status(404),
    });
    let place = Place::built();
    let before = place.quads();
    let check = |source: &str, message: &str, hint: &str| {
        let ran = build(&place, &server, &[&source.replace("SERVER", &server.address)]);
        assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(message) && ran.stderr.contains(hint), "{source}: {}", ran.stderr);
    };
    check("github:o/none", "there is nothing at github:o/none; looked at http", "for a private one set GITHUB_TOKEN");
    check("github:o/rst", "github:o/rst is a repository with a README in reStructuredText", "a Markdown file");
    check("SERVER/page", "/page is a web page (HTML)", "a Markdown file");
    check("SERVER/busy.md", "asks to wait 86400 s, more than 60 s", "try again after that time");
    check("SERVER/refused.md", "answers with the status 401", "GITHUB_TOKEN");
    let ran = build(&place, &server, &["github:o/never", "--offline"]);
    assert!(ran.status == 1 && ran.stderr.contains("is not in the cache"), "{}", ran.stderr);
    assert_eq!(place.quads(), before);
}

#[test]
fn followed_are_the_files_of_the_same_repository_and_on_demand_other_lists() {
    let root = "# Root\n- [one](https://github.com/a/one)\n- [Maps](docs/maps.md)\n- [Gone](gone.md)\n\
        - [Awesome nets](https://github.com/o/awesome-nets) - a curated list\n";
    let maps = "# Maps\n- [two](https://github.com/a/two)\n- [Deep](deep.md), [root](../README.md)\n";
    let deep = "# Deep\n- [three](https://github.com/a/three)\n";
    let server = Server::of_files(&[
        ("/o/r/HEAD/README.md", root),
        ("/o/r/HEAD/docs/maps.md", maps),
        ("/o/r/HEAD/docs/deep.md", deep),
        ("/o/awesome-nets/HEAD/README.md", "# Nets\n- [four](https://github.com/a/four)\n"),
    ]);
    let keys = |arguments: &[&str]| -> Vec<String> {
        let place = Place::new();
        let ran = build(&place, &server, &[&["github:o/r"], arguments].concat());
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        let is_told = ran.stderr.contains("warning: left out: there is nothing at github:o/r/gone.md");
        assert_eq!(is_told, !arguments.is_empty(), "{}", ran.stderr);
        assert!(!ran.stderr.contains("is called"), "{}", ran.stderr);
        sources(&place).into_iter().map(|row| row.split(',').next().unwrap().to_owned()).collect()
    };
    assert_eq!(keys(&[]), ["o/r"]);
    assert_eq!(keys(&["--follow"]), ["o/r", "o/r/docs/maps"]);
    assert_eq!(keys(&["--follow", "2"]), ["o/r", "o/r/docs/deep", "o/r/docs/maps"]);
    assert_eq!(keys(&["--follow=lists"]), ["o/awesome-nets", "o/r", "o/r/docs/maps"]);
}

#[test]
fn local_files_are_followed_and_known_by_their_repository() {
    let place = Place::new();
    place.write("r/.git/config", "[remote \"origin\"]\n\turl = git@github.com:o/r.git\n");
    place.write("r/README.md", "# Root\n- [one](https://github.com/a/one)\n- [Maps](docs/maps.md)\n");
    place.write("r/docs/maps.md", "# Maps\n- [two](https://github.com/a/two)\n");
    place.ok(&["build", "r/README.md", "--follow"]);
    assert_eq!(
        sources(&place),
        ["o/r,https://github.com/o/r", "o/r/docs/maps,https://github.com/o/r/blob/HEAD/docs/maps.md"]
    );
    let plain = Place::new();
    plain.write("lists/sub/owner__repo.md", LIST);
    plain.write("lists/b.md", "- [x](https://github.com/a/x)\n");
    plain.ok(&["build", "lists/**/*.md", "lists/b.md"]);
    assert_eq!(sources(&plain), ["b,", "owner__repo,"]);
}

#[test]
fn a_source_that_was_found_elsewhere_before_is_told() {
    let place = Place::new();
    for host in ["github.com", "gitlab.com"] {
        place.write(&format!("{host}/.git/config"), format!("[remote \"origin\"]\n\turl = https://{host}/o/r\n"));
        place.write(&format!("{host}/README.md"), LIST);
    }
    place.ok(&["build", "github.com"]);
    let ran = place.run(&["build", "gitlab.com"]);
    assert!(ran.stderr.contains("o/r was read from https://github.com/o/r before"), "{}", ran.stderr);
    place.write("cells.md", LIST);
    place.write("other/cells.md", "- [other](https://github.com/a/other)\n");
    assert!(!place.run(&["build", "cells.md"]).stderr.contains("warning"));
    place.write("cells.md", LIST.replace("cellnet", "cellnets"));
    assert!(!place.run(&["build", "cells.md"]).stderr.contains("warning"), "a list may change");
    let ran = place.run(&["build", "other/cells.md"]);
    assert!(ran.status == 0 && ran.stderr.contains("rename the file"), "{}", ran.stderr);
}
