//! `enrich --links` against servers on this machine, and what `lint --known` makes of it.

use std::{
    net::TcpListener,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant, UNIX_EPOCH},
};

use amml_graph::{
    enrich::links::LinkInquiry,
    extract::extract,
    id::WebUrl,
    map::{Minter, quads_by_source},
    model::{LinkCheck, LinkReason, LinkState, Scope, SourceInfo, SourceKind},
    net::{Client, Day, Manners, Options},
    query,
    read::Source,
    resolve::resolve,
    store::{Graph, NamedGraph},
};

use crate::{
    harness::{Place, Ran},
    server::{Reply, Server},
};

/// A list of links to a server.
fn list(server: &Server, paths: &[&str]) -> String {
    let entry = |path: &&str| {
        let name = path.trim_start_matches('/').replace('/', " ");
        format!("- [the {name} tool]({}{path}) - a reader of cells\n", server.address)
    };
    format!("# Cells\n\n{}", paths.iter().map(entry).collect::<String>())
}

/// A place with the graph of a list.
fn built(text: &str) -> Place {
    let place = Place::new();
    place.write("cells.md", text);
    place.ok(&["build", "cells.md"]);
    place
}

/// An archive that has nothing.
fn empty_archive() -> Server {
    Server::new(|_, _| Reply::ok("{\"archived_snapshots\":{}}"))
}

const DAY: u64 = 20_000;

fn environment(place: &Place, archive: &Server, day: u64) -> Vec<(&'static str, String)> {
    vec![
        ("AMML_ALLOW_LOCAL", "1".to_owned()),
        ("AMML_CACHE", place.path("cache").display().to_string()),
        ("AMML_WAYBACK_BASE", archive.address.clone()),
        ("SOURCE_DATE_EPOCH", (day * 86_400).to_string()),
    ]
}

/// Checks the links on a day.
fn checked(place: &Place, archive: &Server, day: u64, arguments: &[&str]) -> Ran {
    let environment = environment(place, archive, day);
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let arguments = [&["enrich", "--links", "--link-timeout", "1"], arguments].concat();
    let ran = place.run_with(&arguments, &environment, "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    ran
}

/// What the graph says of each address: path, state, reason, status, path of the new address.
fn told(place: &Place) -> Vec<String> {
    let rows = place.rows(&[
        "-e",
        "PREFIX amml: <https://w3id.org/amml-graph/ontology#>
         SELECT ?path ?state ?why ?status ?new WHERE {
           GRAPH <https://w3id.org/amml-graph/graph/enrich/links> { ?url amml:linkState ?state }
           OPTIONAL { ?url amml:linkReason ?why } OPTIONAL { ?url amml:httpStatus ?status } OPTIONAL { ?url amml:movedTo ?to }
           BIND(REPLACE(STR(?url), '^http://[^/]+', '') AS ?path) BIND(REPLACE(STR(?to), '^http://[^/]+', '') AS ?new)
         } ORDER BY ?path",
    ]);
    rows.iter().map(|row| row.replace(',', " ").trim_end().to_owned()).collect()
}

/// The history of the only address.
fn history(place: &Place) -> Vec<String> {
    place.rows(&[
        "-e",
        "PREFIX amml: <https://w3id.org/amml-graph/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
         SELECT ?day ?state WHERE { ?url amml:hasChange ?change . ?change dcterms:date ?day ; amml:changedTo ?state } ORDER BY ?day",
    ])
}

#[test]
fn each_link_is_in_one_of_three_states() {
    let server = Server::new(|asked, _| match (asked.path.as_str(), asked.method.as_str()) {
        ("/no-head", "HEAD") => Reply::status(405),
        ("/slow", _) => Reply { wait: Duration::from_millis(1300), ..Reply::ok("") },
        ("/old", _) => Reply::status(301).with("Location", "/old-too"),
        ("/old-too", _) => Reply::status(308).with("Location", "/new"),
        ("/for-now", _) => Reply::status(302).with("Location", "/new"),
        ("/mixed", _) => Reply::status(301).with("Location", "/for-now"),
        ("/door", _) => Reply::status(301).with("Location", "/users/login"),
        ("/team", _) => Reply::status(301).with("Location", "/"),
        ("/old-and-dead", _) => Reply::status(301).with("Location", "/404"),
        (path, _) => Reply::status(path.trim_start_matches('/').parse().unwrap_or(200)),
    });
    let paths = [
        "/alive",
        "/no-head",
        "/404",
        "/410",
        "/403",
        "/429",
        "/500",
        "/slow",
        "/old",
        "/for-now",
        "/mixed",
        "/door",
        "/team",
        "/old-and-dead",
        "/twice",
        "/twice#part",
    ];
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let place = built(&format!("{}- [the closed tool](http://{closed}/closed)\n", list(&server, &paths)));
    let archive = empty_archive();
    let ran = checked(&place, &archive, DAY, &[]);
    assert_eq!(
        told(&place),
        [
            "/403 unclear blocked 403",
            "/404 gone not-found 404",
            "/410 gone removed 410",
            "/429 unclear rate-limited 429",
            "/500 unclear server-error 500",
            "/alive alive  200",
            "/closed unclear unreachable",
            "/door alive  200",
            "/for-now alive  200",
            "/mixed alive  200",
            "/no-head alive  200",
            "/old alive  200 /new",
            "/old-and-dead gone not-found 404",
            "/slow unclear timed-out",
            "/team alive  200",
            "/twice alive  200",
        ]
    );
    for line in [
        "links                     16",
        "  alive                    8",
        "    rate-limited           1",
        "  moved                    1",
    ] {
        assert!(ran.stdout.lines().any(|printed| printed == line), "{line}\n{}", ran.stdout);
    }
    assert_eq!(server.paths().iter().filter(|path| *path == "/twice").count(), 1, "each address once");
    assert!(server.asked().iter().all(|asked| asked.header("authorization").is_none()));
    assert_eq!(archive.asked().len(), 3, "for what is gone only");
}

#[test]
fn no_list_makes_the_program_ask_its_neighbors() {
    let server = Server::new(|_, _| Reply::ok(""));
    let place = built(&list(&server, &["/a"]));
    let archive = empty_archive();
    let environment = environment(&place, &archive, DAY);
    let environment: Vec<(&str, &str)> = environment[1..].iter().map(|(name, value)| (*name, value.as_str())).collect();
    let ran = place.run_with(&["enrich", "--links"], &environment, "");
    assert_eq!((ran.status, told(&place)), (0, vec!["/a unclear not-public".to_owned()]), "{}", ran.stderr);
    assert!(server.asked().is_empty());

    let target = server.address.clone();
    let outside = Server::new(move |_, _| Reply::status(301).with("Location", format!("{target}/secret")));
    let options = Options { trusted: vec![outside.authority()], ..Options::default() };
    let checks = inquired(options, &[&format!("{}/a", outside.address)], Vec::new());
    assert_eq!((checks[0].state, checks[0].why), (LinkState::Unclear, Some(LinkReason::NotPublic)));
    assert_eq!((outside.asked().len(), server.asked().len()), (1, 0));
}

/// What is known of some addresses after they were probed.
fn inquired(options: Options, addresses: &[&str], last: Vec<LinkCheck>) -> Vec<LinkCheck> {
    let client = Client::new(Options { today: Day::of(UNIX_EPOCH + Duration::from_secs(DAY * 86_400)), ..options });
    let today = client.today().to_string().parse().unwrap();
    let addresses = addresses.iter().map(|address| address.parse::<WebUrl>().unwrap()).collect();
    let mut inquiry = LinkInquiry::new(&client, today, addresses, last, 7);
    let manners = Manners { pause_between: Duration::ZERO, first_pause: Duration::ZERO, ..Manners::default() };
    inquiry.probe(&manners, &mut |_| {});
    inquiry.into_checks()
}

#[test]
fn where_nobody_answers_what_was_known_stays() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let options = || Options { trusted: vec![closed.to_string()], ..Options::default() };
    let address = format!("http://{closed}/a");
    let line =
        format!(r#"{{"url":"{address}","state":"alive","as_of":"2020-01-01","history":[["2020-01-01","alive"]]}}"#);
    let last: LinkCheck = serde_json::from_str(&line).unwrap();
    assert_eq!(inquired(options(), &[&address], vec![last.clone()]), vec![last.clone()]);
    assert_eq!(inquired(options(), &[&address], Vec::new())[0].why, Some(LinkReason::Unreachable));
    let server = Server::new(|_, _| Reply::ok(""));
    let options = Options { trusted: vec![closed.to_string(), server.authority()], ..Options::default() };
    let checks = inquired(options, &[&address, &format!("{}/b", server.address)], vec![last]);
    let state = |address: &str| checks.iter().find(|check| check.url.as_ref() == address).unwrap().state;
    assert_eq!(state(&address), LinkState::Unclear, "another host answered, so the network is there");
}

#[test]
fn a_report_has_the_history_and_is_kept_until_links_are_checked_again() {
    let is_gone = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_gone);
    let server = Server::new(move |_, _| Reply::status(if seen.load(Ordering::SeqCst) { 404 } else { 200 }));
    let archive = Server::new(|_, _| {
        let url = "http://web.archive.org/web/20200101000000/http://example.org/a";
        Reply::ok(format!(
            "{{\"archived_snapshots\":{{\"closest\":{{\"available\":true,\"url\":\"{url}\",\"timestamp\":\"20200101000000\"}}}}}}"
        ))
    });
    let place = built(&list(&server, &["/a#top"]));
    checked(&place, &archive, DAY, &[]);
    checked(&place, &archive, DAY, &[]);
    checked(&place, &archive, DAY + 6, &[]);
    assert_eq!((server.asked().len(), history(&place)), (1, vec!["2024-10-04,alive".to_owned()]));
    is_gone.store(true, Ordering::SeqCst);
    checked(&place, &archive, DAY + 7, &[]);
    let changes = ["2024-10-04,alive", "2024-10-11,gone"];
    assert_eq!(history(&place), changes);
    checked(&place, &archive, DAY + 8, &["--refresh", "1"]);
    assert_eq!((server.asked().len(), history(&place)), (5, changes.map(str::to_owned).to_vec()));
    assert_eq!(archive.asked().len(), 1, "a copy is looked for once");
    let encoded = format!("/wayback/available?url=http%3A%2F%2F{}%2Fa", server.authority().replace(':', "%3A"));
    assert_eq!(archive.paths(), [encoded]);
    let copy = "https://web.archive.org/web/20200101000000/http://example.org/a";
    let expected = [format!("gone,{}/a,cells:3,2024-10-11,not-found,,{copy}", server.address)];
    assert_eq!(place.rows(&["dead-links"]), expected);
    assert_eq!(place.rows(&["dead-links", "-p", "state=moved"]), [""; 0]);

    // What was said stays when lists are read again, and goes with the next check.
    let before = place.quads();
    place.ok(&["build", "cells.md"]);
    assert_eq!(place.quads(), before);
    place.write("cells.md", list(&server, &["/b"]));
    place.ok(&["build", "cells.md"]);
    assert_eq!(told(&place), ["/a gone not-found 404"]);
    checked(&place, &archive, DAY + 8, &["--offline"]);
    assert_eq!((told(&place), server.asked().len()), (Vec::new(), 5));
    // The cache remembers.
    place.write("cells.md", list(&server, &["/a"]));
    place.ok(&["build", "cells.md"]);
    checked(&place, &archive, DAY + 9, &["--offline"]);
    assert_eq!(place.rows(&["dead-links"]), expected);
}

#[test]
fn a_run_that_was_killed_goes_on() {
    let server = Server::new(|_, _| Reply { wait: Duration::from_millis(40), ..Reply::ok("") });
    let paths: Vec<String> = (0..40).map(|n| format!("/{n}")).collect();
    let place = built(&list(&server, &paths.iter().map(String::as_str).collect::<Vec<_>>()));
    let archive = empty_archive();
    let mut child = Command::new(env!("CARGO_BIN_EXE_amml-graph"))
        .args(["enrich", "--links"])
        .current_dir(place.path("."))
        .envs(environment(&place, &archive, DAY))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    while server.asked().len() < 12 && began.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let n_before = server.asked().len();
    assert!((12..40).contains(&n_before), "{n_before}");
    assert_eq!(told(&place), [""; 0], "the store has the whole report or none");
    checked(&place, &archive, DAY, &[]);
    let n_again = server.asked().len() - 40;
    assert!(n_again <= 1, "{n_again} were asked twice");
    assert_eq!(told(&place).iter().filter(|line| line.contains("alive")).count(), 40);
}

#[test]
fn a_host_never_has_two_open_requests() {
    let server = || {
        let (open, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&most);
        let server = Server::new(move |asked, _| {
            most.fetch_max(open.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(10));
            open.fetch_sub(1, Ordering::SeqCst);
            if asked.method == "HEAD" { Reply::status(405) } else { Reply::ok("") }
        });
        (server, seen)
    };
    let servers = [server(), server(), server()];
    let paths: Vec<String> = (0..12).map(|n| format!("/{n}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let place = built(&servers.iter().map(|(server, _)| list(server, &paths)).collect::<String>());
    checked(&place, &empty_archive(), DAY, &[]);
    for (server, most) in &servers {
        assert_eq!((server.asked().len(), most.load(Ordering::SeqCst)), (24, 1));
    }
}

#[test]
fn what_the_archive_does_not_have_is_not_asked_for_every_day() {
    let server = Server::new(|_, _| Reply::status(410));
    let archive = Server::new(|asked, _| {
        if asked.path.ends_with("fails") { Reply::status(400) } else { Reply::ok("{\"archived_snapshots\":{}}") }
    });
    let place = built(&list(&server, &["/none", "/fails"]));
    let ran = checked(&place, &archive, DAY, &[]);
    assert!(ran.stderr.contains("warning: links: 1 times: wayback: refused with 400"), "{}", ran.stderr);
    checked(&place, &archive, DAY + 1, &[]);
    checked(&place, &archive, DAY + 30, &[]);
    let asked = |path: &str| archive.paths().iter().filter(|asked| asked.ends_with(path)).count();
    assert_eq!((asked("none"), asked("fails")), (2, 3));
    assert_eq!(place.rows(&["dead-links"]).len(), 2);
}

#[test]
fn a_plan_asks_nobody() {
    let server = Server::new(|_, _| Reply::ok(""));
    let place = built(&list(&server, &["/a", "/b"]));
    let planned = checked(&place, &empty_archive(), DAY, &["--plan"]).stdout;
    assert!(planned.contains("links: 2 addresses, 2 to be checked on 1 hosts"), "{planned}");
    assert!(server.asked().is_empty() && told(&place).is_empty());
}

#[test]
fn lint_tells_what_a_store_knows_of_links() {
    let server = Server::new(|asked, _| match asked.path.as_str() {
        "/old" => Reply::status(301).with("Location", "/new"),
        "/gone" => Reply::status(404),
        _ => Reply::ok(""),
    });
    let place = built(&list(&server, &["/alive", "/old", "/gone"]));
    checked(&place, &empty_archive(), DAY, &[]);
    let lint = |arguments: &[&str]| place.run(&[&["lint", "cells.md"], arguments].concat());
    let plain = lint(&[]);
    assert!(!plain.stdout.contains("-link"), "{}", plain.stdout);
    let ran = lint(&["--known", "amml.store"]);
    for line in [
        format!("cells.md:4:18: note: moved for good to {}/new [moved-link, fixable]", server.address),
        "cells.md:5:19: warning: gone since 2024-10-04 (not-found) [dead-link]".to_owned(),
    ] {
        assert!(ran.stdout.lines().any(|printed| printed == line), "{line}\n{}", ran.stdout);
    }
    let fixed = lint(&["--known", "amml.store", "--fix"]);
    let text = std::fs::read_to_string(place.path("cells.md")).unwrap();
    assert_eq!(text, list(&server, &["/alive", "/old", "/gone"]).replace("/old)", "/new)"));
    assert!(fixed.stdout.contains("dead-link") && !fixed.stdout.contains("moved-link"), "{}", fixed.stdout);
    let missing = lint(&["--known", "none"]);
    assert_eq!(missing.status, 1);
    assert!(missing.stderr.contains("there is no store at none"), "{}", missing.stderr);
}

#[test]
fn a_store_knows_what_services_say_of_repositories_and_papers() {
    let list = "# Cells\n\n- [old](https://github.com/A/old) - a reader of cells\n- [two](https://github.com/a/two) - a reader\n\
        - [On bad cells](https://doi.org/10.1000/bad) Roe A. Nature, 2015.\n";
    let github = r#"{"kind":"tool","name":"old","links":[["main","https://github.com/a/old"]],"attributes":[["status","moved"],["moved-to","https://github.com/b/new"]]}
{"kind":"tool","name":"two","links":[["main","https://github.com/a/two"]],"attributes":[["status","archived"]]}
"#;
    let crossref = r#"{"kind":"paper","title":"On bad cells","ids":{"doi":"10.1000/bad","arxiv":null,"pmcid":null,"pmid":null},"attributes":[["status","retracted"],["correction","https://doi.org/10.1000/notice"]]}
"#;
    let source =
        |key: &str, kind, scope, text: &str| Source::new(SourceInfo { scope, ..SourceInfo::new(key, kind) }, text);
    let sources = [
        source("cells", SourceKind::List, Scope::All, list),
        source("github", SourceKind::Service, Scope::Known, github),
        source("crossref", SourceKind::Service, Scope::Known, crossref),
    ];
    let catalog = resolve(sources.iter().map(extract).collect());
    let mut graph = Graph::in_memory();
    graph
        .replace(quads_by_source(&catalog, &Minter::default(), |name, write| NamedGraph::collect(name, write)))
        .unwrap();
    let known = query::known(&graph).unwrap();
    assert_eq!(known.repositories.keys().collect::<Vec<_>>(), ["github/a/old", "github/a/two"]);
    let old = &known.repositories["github/a/old"];
    assert_eq!((old.is_archived, old.moved_to.as_ref().map(AsRef::as_ref)), (false, Some("https://github.com/b/new")));
    let two = &known.repositories["github/a/two"];
    assert!(two.is_archived && two.moved_to.is_none());
    assert_eq!(known.retracted.len(), 1);
    let paper = &known.retracted[0];
    assert!(paper.ids.contains(&"doi:10.1000/bad".parse().unwrap()));
    assert_eq!((paper.status.as_str(), paper.sources.contains("crossref")), ("retracted", true));
    assert_eq!(paper.notice.as_ref().map(AsRef::as_ref), Some("https://doi.org/10.1000/notice"));
    assert!(paper.titles.contains("on bad cells"));
}
