//! The whole way from a list to services and back, against a server on this machine.

use std::{
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crate::{
    harness::Place,
    server::{Asked, Reply, Server},
};

const N_PAPERS: usize = 12;

/// A list of papers, each with its DOI, and of a paper that has none.
fn list() -> String {
    let papers: String = (0..N_PAPERS)
        .map(|n| format!("- [Maps of all cells, part {n}](https://doi.org/10.5555/p{n}) Roe J, et al. Nature, 2019.\n"))
        .collect();
    format!(
        "# Maps\n\n{papers}- Deep counting of small and large cells. Roe J, Poe B. Nature, 2020. [PDF](https://example.org/deep.pdf)\n"
    )
}

/// What Crossref has of a paper: it cites the one before it.
fn record(n: usize) -> String {
    format!(
        r#"{{"DOI":"10.5555/P{n}","type":"journal-article","title":["Maps of all cells, part {n}"],"container-title":["Nature"],
        "issued":{{"date-parts":[[2019,4,{day}]]}},"volume":"5","is-referenced-by-count":{n},
        "author":[{{"given":"Jane","family":"Roe","ORCID":"http://orcid.org/0000-0002-1825-0097"}},{{"given":"Bo","family":"Poe"}}],
        "reference":[{{"DOI":"10.5555/p{before}"}},{{"DOI":"10.5555/outside"}}]}}"#,
        day = n + 1,
        before = n.wrapping_sub(1) % N_PAPERS,
    )
}

const FOUND_BY_TITLE: &str = r#"{"DOI":"10.5555/deep","type":"journal-article","title":["Deep Counting of Small and Large Cells"],
    "issued":{"date-parts":[[2020]]},"author":[{"given":"Jane","family":"Roe"},{"given":"Bo","family":"Poe"}]}"#;

/// Crossref as it answers.
fn crossref(asked: &Asked) -> Reply {
    let path = asked.path.replace("%2F", "/").replace("%3A", ":").replace("%2C", ",");
    let of_doi = |doi: &str| match doi.strip_prefix("10.5555/p").and_then(|number| number.parse().ok()) {
        Some(number) if number < N_PAPERS => Some(record(number)),
        _ => (doi == "10.5555/deep").then(|| FOUND_BY_TITLE.to_owned()),
    };
    let list = |items: Vec<String>| {
        Reply::ok(format!(
            r#"{{"status":"ok","message-type":"work-list","message":{{"items":[{}]}}}}"#,
            items.join(",")
        ))
    };
    if let Some(doi) = path.strip_prefix("/works/") {
        return match of_doi(doi.split('?').next().unwrap()) {
            Some(record) => Reply::ok(format!(r#"{{"status":"ok","message-type":"work","message":{record}}}"#)),
            None => Reply { body: b"Resource not found.".to_vec(), ..Reply::status(404) },
        };
    }
    if path.contains("query.bibliographic=") {
        return list(vec![record(3), FOUND_BY_TITLE.to_owned()]);
    }
    let dois = path.split(['?', '&']).find_map(|part| part.strip_prefix("filter="));
    list(dois.unwrap_or_default().split(',').filter_map(|part| of_doi(part.strip_prefix("doi:")?)).collect())
}

/// The environment in which Crossref is the server.
fn environment(server: &Server, place: &Place) -> [(String, String); 3] {
    [
        ("AMML_CROSSREF_BASE".to_owned(), server.address.clone()),
        ("AMML_CACHE".to_owned(), place.path("cache").display().to_string()),
        ("SOURCE_DATE_EPOCH".to_owned(), "1795305600".to_owned()),
    ]
}

fn enrich(place: &Place, server: &Server, arguments: &[&str]) -> crate::harness::Ran {
    let environment = environment(server, place);
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    place.run_with(&[&["enrich", "--service", "crossref"], arguments].concat(), &environment, "")
}

/// A store with the list.
fn built() -> Place {
    let place = Place::new();
    place.write("maps.md", list());
    place.ok(&["build", "maps.md"]);
    place
}

#[test]
fn what_a_service_says_stands_in_its_own_graph_and_the_list_is_as_it_was() {
    let place = built();
    let of_list = |place: &Place| -> Vec<String> {
        let quads = place.quads();
        let mut found: Vec<String> = quads
            .lines()
            .filter(|line| line.contains("<https://w3id.org/amml-graph/graph/list/maps>"))
            .map(str::to_owned)
            .collect();
        // What the list says, not what things are called.
        found.retain(|line| line.contains("#text>") || line.contains("/name>") || line.contains("datePublished"));
        found.sort();
        found
    };
    let before = of_list(&place);
    let server = Server::new(|asked, _| crossref(asked));
    let ran = enrich(&place, &server, &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let names = |lines: &[String]| lines.iter().filter(|line| line.contains("part 3")).count();
    assert_eq!(names(&of_list(&place)), names(&before));
    let ask = |query: &str| place.rows(&["-e", query]);
    let prefixes = "PREFIX s: <http://schema.org/> PREFIX cito: <http://purl.org/spar/cito/> PREFIX amml: <https://w3id.org/amml-graph/ontology#>";
    let crossref = "<https://w3id.org/amml-graph/graph/enrich/crossref>";
    let paper = "<https://w3id.org/amml-graph/id/paper/doi/10.5555/p3>";
    assert_eq!(
        ask(&format!("{prefixes} SELECT ?d WHERE {{ GRAPH {crossref} {{ {paper} s:datePublished ?d }} }}")),
        ["2019-04-04"]
    );
    assert_eq!(
        ask(&format!("{prefixes} SELECT ?o WHERE {{ GRAPH {crossref} {{ {paper} s:author/amml:orcid ?o }} }}")),
        ["0000-0002-1825-0097"]
    );
    assert_eq!(
        ask(&format!("{prefixes} SELECT ?o WHERE {{ GRAPH {crossref} {{ {paper} cito:cites ?o }} }}")),
        ["https://w3id.org/amml-graph/id/paper/doi/10.5555/p2"]
    );
    // Twelve of its papers cite the one before; nothing from outside came in.
    assert_eq!(ask(&format!("{prefixes} SELECT (COUNT(*) AS ?n) WHERE {{ ?a cito:cites ?b }}")), ["12"]);
    let said = ask(&format!(
        "PREFIX dct: <http://purl.org/dc/terms/> PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?when ?where WHERE {{ GRAPH {crossref} {{ {paper} prov:wasDerivedFrom/dct:date ?when ; prov:wasDerivedFrom/dct:source ?where }} }}"
    ));
    assert_eq!(said, ["2026-11-22,https://api.crossref.org/works/10.5555%2Fp3"]);
}

#[test]
fn a_paper_without_identifier_is_found_by_its_title_and_nothing_else_is_taken_for_it() {
    let place = built();
    let server = Server::new(|asked, _| crossref(asked));
    enrich(&place, &server, &[]);
    let shown = place.ok(&["show", "Deep counting of small and large cells"]);
    assert!(shown.contains("10.5555/deep"), "{shown}");
    let merges = place.rows(&["merges", "-p", "evidence=title-search"]);
    assert_eq!(merges.len(), 1, "{merges:?}");
    assert!(merges[0].contains("/id/paper/title/deep-counting-of-small-and-large-cells"), "{merges:?}");
}

#[test]
fn the_plan_asks_nothing_and_a_second_run_asks_nothing() {
    let place = built();
    let server = Server::new(|asked, _| crossref(asked));
    let plan = enrich(&place, &server, &["--plan"]).stdout;
    assert!(plan.contains("crossref") && plan.contains("13"), "{plan}");
    assert_eq!(server.asked().len(), 0);
    enrich(&place, &server, &[]);
    let n_asked = server.asked().len();
    assert!((1..=4).contains(&n_asked), "in batches: {:?}", server.paths());
    let quads = place.quads();
    let again = enrich(&place, &server, &[]);
    assert_eq!(server.asked().len(), n_asked, "{:?}", server.paths());
    assert!(again.stdout.contains("quads +0 −0"), "{}", again.stdout);
    enrich(&place, &server, &["--offline"]);
    assert_eq!(place.quads(), quads);
    // A new store from the same cache.
    let other = built();
    std::fs::rename(place.path("cache"), other.path("cache")).unwrap();
    enrich(&other, &server, &["--offline"]);
    assert_eq!(other.quads(), quads);
    // And the list read again keeps what was said of it.
    other.ok(&["build", "maps.md"]);
    assert_eq!(other.quads(), quads);
}

#[test]
fn works_from_outside_come_in_when_they_are_wanted() {
    let place = built();
    let server = Server::new(|asked, _| {
        let path = asked.path.replace("%2F", "/");
        if path.starts_with("/works/10.5555/outside") || path.contains("10.5555/outside") {
            let stub = r#"{"DOI":"10.5555/outside","type":"journal-article","title":["What all maps rest on"]}"#;
            return Reply::ok(format!(r#"{{"status":"ok","message-type":"work","message":{stub}}}"#));
        }
        crossref(asked)
    });
    enrich(&place, &server, &["--depth", "1", "--stubs", "5"]);
    let shown = place.ok(&["show", "10.5555/outside"]);
    assert!(shown.contains("What all maps rest on") && shown.contains("cited by"), "{shown}");
    enrich(&place, &server, &[]);
    assert_eq!(place.run(&["show", "10.5555/outside"]).status, 1, "it is not wanted any more");
}

/// Every way in which a service can fail ends in a report.
#[test]
fn no_fault_of_a_service_ends_the_run() {
    let plain = |status: u16| Reply { body: b"<html>sorry</html>".to_vec(), ..Reply::status(status) };
    type Fault = Box<dyn Fn(&Asked) -> Reply + Send + Sync>;
    let faults: Vec<(&str, Fault)> = vec![
        ("404", Box::new(move |_| plain(404))),
        ("429", Box::new(move |_| plain(429))),
        ("429 and come back much later", Box::new(move |_| plain(429).with("Retry-After", "86400"))),
        ("500", Box::new(move |_| plain(500))),
        ("cut", Box::new(|asked| Reply { cut_at: Some(20), ..crossref(asked) })),
        ("HTML", Box::new(move |_| plain(200))),
        ("redirects without an end", Box::new(|asked| Reply::status(302).with("Location", asked.path.clone()))),
        (
            "wrong charset",
            Box::new(|_| {
                Reply::ok(b"{\"message\":{\"title\":[\"\xff\xfe\"]}}")
                    .with("Content-Type", "application/json; charset=utf-16")
            }),
        ),
        ("nothing", Box::new(|_| Reply::ok(""))),
        ("null", Box::new(|_| Reply::ok("null"))),
        ("another form", Box::new(|_| Reply::ok(r#"{"message":{"items":{"DOI":7},"title":3,"author":"x","DOI":[]}}"#))),
        ("depth", Box::new(|_| Reply::ok("[".repeat(100_000)))),
    ];
    for (name, fault) in faults {
        let place = built();
        let server = Server::new(move |asked, _| fault(asked));
        let ran = enrich(&place, &server, &["--call-limit", "1"]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        assert!(ran.stdout.contains("crossref"), "{name}: {}", ran.stdout);
        if name != "404" {
            assert!(ran.stderr.contains("without an answer"), "{name}: {}\n{}", ran.stdout, ran.stderr);
        }
        assert!(!place.quads().contains("graph/enrich/crossref"), "{name}");
    }
}

#[test]
fn what_failed_is_asked_again_and_nothing_else() {
    let place = built();
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    let server = Server::new(move |asked, _| {
        let is_search = asked.path.contains("query.bibliographic");
        if is_search && down.load(Ordering::SeqCst) { Reply::status(503) } else { crossref(asked) }
    });
    let ran = enrich(&place, &server, &[]);
    assert!(ran.stderr.contains("1 without an answer"), "{}", ran.stderr);
    is_down.store(false, Ordering::SeqCst);
    let before = server.asked().len();
    enrich(&place, &server, &[]);
    let again: Vec<String> = server.paths().split_off(before);
    assert!(again.iter().all(|path| path.contains("query.bibliographic") || path.contains("deep")), "{again:?}");
    assert!(place.ok(&["show", "10.5555/deep"]).contains("Deep counting of small and large cells"));
}

/// A run that was killed goes on where it was, and ends as if it had not been.
#[test]
fn a_killed_run_goes_on() {
    let slow = || {
        Server::new(|asked, _| {
            // One at a time, so that there is something to kill.
            let is_batch = asked.path.contains("filter=");
            if is_batch { Reply::status(404) } else { Reply { wait: Duration::from_millis(15), ..crossref(asked) } }
        })
    };
    let whole = built();
    let server = slow();
    assert_eq!(enrich(&whole, &server, &[]).status, 0);
    let place = built();
    let server = slow();
    let environment = environment(&server, &place);
    for round in 0..10_u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_amml-graph"))
            .args(["enrich", "--service", "crossref"])
            .current_dir(place.path(""))
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(5 + 17 * round));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(enrich(&place, &server, &[]).status, 0);
    assert_eq!(place.quads(), whole.quads());
    let n_asked = server.asked().len();
    enrich(&place, &server, &[]);
    assert_eq!(server.asked().len(), n_asked, "the second run makes no call");
}

#[test]
fn keys_come_from_the_environment_or_a_file_and_are_shown_nowhere() {
    let place = built();
    let server = Server::new(|_, _| Reply { body: b"no".to_vec(), ..Reply::status(401) });
    let secret = "sesame-1234567890";
    place.write(
        "config.toml",
        format!("contact = \"ann@example.org\"\n[crossref]\nbase = \"{}\"\nkey = \"{secret}\"\n", server.address),
    );
    let cache = place.path("cache").display().to_string();
    let ran = place.run_with(
        &["enrich", "--service", "crossref", "--config", "config.toml"],
        &[("AMML_CACHE", &cache), ("HOME", "/nonexistent")],
        "",
    );
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let asked = server.asked();
    assert!(asked[0].head.iter().any(|line| line.contains(secret)), "{:?}", asked[0].head);
    assert!(asked[0].header("user-agent").unwrap().contains("mailto:ann@example.org"));
    assert!(!ran.stdout.contains(secret) && !ran.stderr.contains(secret));
    assert!(ran.stderr.contains("401"), "{}", ran.stderr);
    place.write("config.toml", format!("[crossref]\nkey = {secret}\n"));
    let ran = place.run(&["enrich", "--service", "crossref", "--config", "config.toml"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("config.toml:2") && !ran.stderr.contains(secret), "{}", ran.stderr);
}

#[test]
fn without_a_store_there_is_nothing_to_enrich() {
    let place = Place::new();
    let ran = place.run(&["enrich", "--plan"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("there is no store") && ran.stderr.contains("amml-graph build"), "{}", ran.stderr);
    assert!(!place.path("amml.store").exists());
}

#[test]
fn an_unknown_service_is_wrong_usage() {
    let place = built();
    let ran = place.run(&["enrich", "--service", "crosref"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("crosref") && ran.stderr.contains("crossref, "), "{}", ran.stderr);
}

/// What was once known is not lost because a service is down, or the cache is gone.
#[test]
fn what_was_said_before_counts_until_there_is_something_better() {
    let place = built();
    let is_down = Arc::new(AtomicBool::new(false));
    let down = Arc::clone(&is_down);
    let server =
        Server::new(move |asked, _| if down.load(Ordering::SeqCst) { Reply::status(500) } else { crossref(asked) });
    enrich(&place, &server, &[]);
    let quads = place.quads();
    is_down.store(true, Ordering::SeqCst);
    let ran = enrich(&place, &server, &["--refresh", "0"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stderr.contains("the answer that is kept counts"), "{}", ran.stderr);
    assert_eq!(place.quads(), quads);
    std::fs::remove_dir_all(place.path("cache")).unwrap();
    assert_eq!(enrich(&place, &server, &[]).status, 0);
    assert_eq!(place.quads(), quads);
}
