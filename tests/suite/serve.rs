//! The store over HTTP. What programs that are not ours think of it is in `tests/foreign/serve`.

use crate::{harness::Place, served::Served};

const PAPER: &str = "/paper/doi/10.1038/s41467-018-07931-2";
const TOKEN: &str = "Authorization: Bearer of-nobody-else";

fn served() -> (Place, Served) {
    let place = Place::built();
    let server = Served::start(&place, &[]);
    (place, server)
}

fn writable() -> (Place, Served) {
    let place = Place::built();
    let token = place.write("token", "of-nobody-else\n");
    let server = Served::start(&place, &["--writable", "--token-file", token.to_str().unwrap()]);
    (place, server)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// How many rows a query has, by the endpoint.
fn count(server: &Served, pattern: &str) -> String {
    let query = encoded(&format!("SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"));
    let answered = server.get_as(&format!("/sparql?query={query}"), "text/csv");
    answered.body.lines().nth(1).unwrap_or_default().to_owned()
}

#[test]
fn queries_come_in_three_ways_and_answers_in_four_forms() {
    let (_place, server) = served();
    let query = "SELECT ?s WHERE { ?s <https://w3id.org/amml-graph/ontology#implements> ?o } LIMIT 2";
    let address = format!("/sparql?query={}", encoded(query));
    for (accept, begins) in [
        ("application/sparql-results+json", "{\"head\""),
        ("application/sparql-results+xml", "<?xml"),
        ("text/csv", "s\r\nhttps://"),
        ("text/tab-separated-values", "?s\n<https://"),
    ] {
        let answered = server.get_as(&address, accept);
        assert!(answered.body.starts_with(begins), "{accept}: {answered:?}");
        assert!(
            answered.header("content-type").unwrap().starts_with(accept) && answered.header("vary") == Some("Accept")
        );
    }
    assert_eq!(server.get_as(&address, "image/png").status, 406);
    let direct = server.ask("POST", "/sparql", &["Content-Type: application/sparql-query", "Accept: text/csv"], query);
    let form = format!("query={}", encoded(query));
    let form =
        server.ask("POST", "/sparql", &["Content-Type: application/x-www-form-urlencoded", "Accept: text/csv"], &form);
    assert_eq!((direct.status, &direct.body), (200, &form.body));
    let graph = format!("/sparql?query={}", encoded("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"));
    assert_eq!(server.get_as(&graph, "application/n-triples").body.lines().count(), 3);
    for (target, status) in
        [("/sparql?query=SELEC", 400), ("/sparql?query=", 400), ("/sparql?query=ASK{}&query=ASK{}", 400)]
    {
        assert_eq!(server.get(target).status, status, "{target}");
    }
    assert_eq!(server.ask("PUT", "/sparql", &[], "").status, 405);
    assert_eq!(server.ask("POST", "/sparql", &["Content-Type: text/plain"], "ASK {}").status, 415);
}

#[test]
fn an_answer_that_is_stopped_is_not_taken_for_a_whole_one() {
    let place = Place::built();
    let server = Served::start(&place, &["--query-timeout", "1", "--max-rows", "20000"]);
    let before = format!("/sparql?query={}", encoded("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"));
    assert_eq!(server.get(&before).status, 503);
    let among = format!("/sparql?query={}", encoded("SELECT * { ?a ?b ?c . ?d ?e ?f }"));
    let answered = server.get(&among);
    assert!(answered.status == 200 && !answered.is_whole, "{} {}", answered.status, answered.is_whole);
    // The server has not suffered.
    assert_eq!(server.get("/api/overview").status, 200);
}

#[test]
fn iris_lead_to_pages_and_to_data() {
    let (_place, server) = served();
    let id = format!("/id{PAPER}");
    let to_page = server.page(&id);
    assert_eq!((to_page.status, to_page.header("location")), (303, Some(format!("/page{PAPER}").as_str())));
    let to_data = server.get_as(&id, "text/turtle");
    assert_eq!((to_data.status, to_data.header("location")), (303, Some(format!("/data{PAPER}").as_str())));
    let data = server.get_as(&format!("/data{PAPER}"), "application/n-triples");
    assert!(
        data.body.contains(&format!("<https://w3id.org/amml-graph/id{PAPER}> <http://purl.org/ontology/bibo/doi>"))
    );
    let tag = format!("If-None-Match: {}", data.header("etag").unwrap());
    let again = server.ask("GET", &format!("/data{PAPER}"), &[&tag, "Accept: application/n-triples"], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(server.page("/id/paper/doi/10.1/none").status, 404);
    assert_eq!(server.get("/id/%FF").status, 400);
    let void = server.get_as("/.well-known/void", "application/n-triples");
    let n_triples = count(&server, "?s ?p ?o");
    assert!(
        void.body.contains(&format!("<http://rdfs.org/ns/void#triples> \"{n_triples}\"")),
        "{n_triples}: {}",
        void.body
    );
}

#[test]
fn a_weaker_name_leads_to_the_thing() {
    let place = Place::new();
    place.write("a.md", "# A\n\n- [A method for cells](https://arxiv.org/abs/1812.08434)\n");
    place.write("b.md", "# B\n\n- [A method for cells](https://doi.org/10.1000/xyz) arXiv:1812.08434\n");
    place.ok(&["build", "a.md", "b.md"]);
    let server = Served::start(&place, &[]);
    let alias = place.rows(&["-e", "SELECT ?a ?b { ?a <http://www.w3.org/2002/07/owl#sameAs> ?b }"]);
    let (thing, weaker) = alias[0].split_once(',').unwrap();
    let path = |iri: &str| iri.strip_prefix("https://w3id.org/amml-graph").unwrap().to_owned();
    let moved = server.page(&path(weaker));
    assert_eq!((moved.status, moved.header("location")), (301, Some(path(thing).as_str())), "{moved:?}");
}

#[test]
fn pages_speak_two_languages_and_need_no_script() {
    let (_place, server) = served();
    let english = server.page(&format!("/page{PAPER}"));
    assert_eq!(english.header("content-language"), Some("en"));
    for needed in ["Single-cell RNA-seq denoising", "DCA", "DenseAI/awesome-medical-machine-learning", "Eraslan"] {
        assert!(english.body.contains(needed), "{needed}");
    }
    let chinese =
        server.ask("GET", &format!("/page{PAPER}"), &["Accept: text/html", "Accept-Language: zh-CN,zh;q=0.9"], "");
    assert!(chinese.body.contains("<html lang=\"zh") && chinese.body.contains("论文"));
    let chosen = server.page("/?lang=zh");
    assert!(chosen.header("set-cookie").unwrap().starts_with("lang=zh;") && chosen.body.contains("<html lang=\"zh"));
    let kept = server.ask("GET", "/", &["Accept: text/html", "Cookie: lang=zh"], "");
    assert!(kept.body.contains("<html lang=\"zh"));
    for target in [
        "/",
        "/search?q=cells",
        "/questions",
        "/questions/papers-by-year",
        "/sparql",
        "/pictures",
        "/about",
        "/ontology",
    ] {
        let page = server.page(target);
        assert_eq!(page.status, 200, "{target}");
        assert!(!page.body.contains(" style=") && !page.body.contains("<script>"), "{target}");
        assert!(page.header("content-security-policy").unwrap().contains("script-src 'self'"));
    }
}

#[test]
fn every_page_that_a_page_leads_to_is_there() {
    let (_place, server) = served();
    let mut open = vec!["/".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(target) = open.pop() {
        if seen.len() > 400 || !seen.insert(target.clone()) {
            continue;
        }
        let page = server.page(&target);
        let is_fine = matches!(page.status, 200 | 301 | 303);
        assert!(is_fine, "{target}: {} {}", page.status, page.body.lines().next().unwrap_or_default());
        let is_html = page.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if !is_html || target.starts_with("/pictures/") {
            continue;
        }
        for link in page.body.split("href=").skip(1) {
            let link = link.trim_start_matches(['"', '\'']);
            let link = link
                .split(['"', '\'', ' ', '>', '#'])
                .next()
                .unwrap_or_default()
                .replace("&amp;", "&")
                .replace("&#38;", "&");
            // Pictures and files take long, and there are few of them: others look at those.
            let is_slow = link.contains(".svg") || link.starts_with("/download") || link.contains("lang=");
            if link.starts_with('/') && !is_slow {
                open.push(link);
            }
        }
    }
    assert!(seen.len() > 200, "{}", seen.len());
}

#[test]
fn programs_search_describe_and_ask() {
    let (_place, server) = served();
    let found = server.get("/api/search?q=deep+count+autoencodr&kind=paper").json();
    assert!(found["hits"][0]["item"]["iri"].as_str().unwrap().ends_with(PAPER), "{found}");
    let suggested = server.get("/api/suggest?q=deep+cou").json();
    assert!(suggested["suggestions"][0]["href"].as_str().unwrap().starts_with("/page/"), "{suggested}");
    let thing = server.get("/api/things?iri=DCA").json();
    assert_eq!(thing["thing"]["kind"], "tool");
    let around = server.get("/api/graph?iri=DCA").json();
    assert!(around["nodes"].as_array().unwrap().len() > 2 && around["nodes"][0]["href"].is_string(), "{around}");
    let path = server.get("/api/path?from=DCA&to=scVI").json();
    assert!(path["steps"].as_array().unwrap().len() > 2, "{path}");
    let answer = server.get("/api/questions/tools-of-paper?paper=deep+count+autoencoder").json();
    assert_eq!(answer["rows"][0][0]["text"], "DCA", "{answer}");
    let csv = server.get("/api/questions/tools-of-paper?paper=deep+count+autoencoder&format=csv");
    assert!(csv.body.starts_with("tool,"), "{}", csv.body);
    for (target, status) in [
        ("/api/questions/tools-of-paper", 400),
        ("/api/questions/tools-of-paper?paper=no+such+thing", 404),
        ("/api/questions/tools-of-paper?paper=x&papr=y", 400),
        ("/api/questions/none", 404),
        ("/api/search?limit=0", 400),
        ("/api/graph?iri=DCA&depth=9", 400),
        ("/api/none", 404),
    ] {
        let answered = server.get(target);
        assert_eq!(answered.status, status, "{target}");
        assert_eq!(answered.json()["status"], status, "{target}");
    }
}

#[test]
fn each_question_is_a_command_a_path_a_form_and_is_described() {
    let (place, server) = served();
    let described = server.get("/api/openapi.json").json();
    let listed = place.ok(&["query", "--list"]);
    let names: Vec<&str> = listed.lines().filter(|line| !line.starts_with(' ')).collect();
    assert!(names.len() > 20);
    for name in names {
        let path = format!("/api/questions/{name}");
        assert!(described["paths"][&path]["get"]["summary"].is_string(), "{path}");
        assert_eq!(server.page(&format!("/questions/{name}")).status, 200, "{name}");
    }
}

#[test]
fn nobody_writes_without_the_token() {
    let (_place, server) = served();
    let update = "INSERT DATA { <urn:a> <urn:p> 1 }";
    let content = "Content-Type: application/sparql-update";
    assert_eq!(server.ask("POST", "/sparql", &[content, TOKEN], update).status, 403);
    assert_eq!(
        server.ask("PUT", "/store?graph=urn:g", &["Content-Type: text/turtle", TOKEN], "<urn:a> <urn:p> 1 .").status,
        403
    );
    let (_place, server) = writable();
    let refused = server.ask("POST", "/sparql", &[content], update);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer")));
    assert_eq!(server.ask("POST", "/sparql", &[content, "Authorization: Bearer of-somebody"], update).status, 401);
    let elsewhere = ["Origin: https://evil.example", content, TOKEN];
    assert_eq!(server.ask("POST", "/sparql", &elsewhere, update).status, 403);
    assert_eq!(count(&server, "<urn:a> ?p ?o"), "0");
}

#[test]
fn who_has_the_token_writes_and_it_stays() {
    let (place, server) = writable();
    let content = "Content-Type: application/sparql-update";
    assert_eq!(server.ask("POST", "/sparql", &[content, TOKEN], "INSERT DATA { <urn:a> <urn:p> 1 }").status, 204);
    assert_eq!(count(&server, "<urn:a> ?p ?o"), "1");
    assert_eq!(count(&server, "GRAPH <https://w3id.org/amml-graph/graph/default> { ?s ?p ?o }"), "1");
    let turtle = ["Content-Type: text/turtle", TOKEN];
    assert_eq!(server.ask("PUT", "/store?graph=urn:g", &turtle, "<urn:b> <urn:p> 1, 2 .").status, 201);
    assert_eq!(server.ask("POST", "/store?graph=urn:g", &turtle, "<urn:b> <urn:p> 3 .").status, 204);
    assert_eq!(server.get_as("/store?graph=urn:g", "application/n-triples").body.lines().count(), 3);
    assert_eq!(server.ask("PUT", "/store?graph=urn:g", &turtle, "<urn:b> <urn:p").status, 400);
    assert_eq!(server.get_as("/store?default", "application/n-triples").body.lines().count(), 1);
    assert_eq!(server.ask("POST", "/sparql", &[content, TOKEN], "LOAD <http://127.0.0.1:9/x>").status, 403);
    drop(server);
    assert_eq!(place.rows(&["-e", "SELECT ?o { <urn:b> <urn:p> ?o }"]).len(), 3);
    let server = Served::start(&place, &[]);
    assert_eq!(count(&server, "<urn:a> ?p ?o"), "1");
}

#[test]
fn the_server_answers_to_its_own_names_only() {
    let (_place, server) = served();
    for target in ["/", "/sparql", "/assets/style.css", "/api/overview", "/mcp"] {
        assert_eq!(server.ask("GET", target, &["Host: evil.example"], "").status, 421, "{target}");
    }
    assert_eq!(
        server.send(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status,
        421
    );
    assert_eq!(server.send(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    let port = server.address.rsplit(':').next().unwrap();
    for host in [format!("localhost:{port}"), format!("[::1]:{port}"), "LOCALHOST".to_owned()] {
        assert_eq!(server.ask("GET", "/", &[&format!("Host: {host}")], "").status, 200, "{host}");
    }
}

#[test]
fn hostile_requests_get_short_answers() {
    let (_place, server) = served();
    for target in [
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/Cargo.toml",
        "/assets/..%5c..%5cCargo.toml",
        "/assets/%00",
        "//etc/passwd",
    ] {
        let answered = server.get(target);
        assert!(
            matches!(answered.status, 400 | 404) && !answered.body.contains("[package]"),
            "{target}: {}",
            answered.status
        );
    }
    let split = server.get("/?lang=en%0d%0aX-Evil:+1");
    assert_eq!(split.header("x-evil"), None);
    let large = format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        1_u64 << 40
    );
    assert_eq!(server.send(large.as_bytes()).status, 413);
    for method in ["TRACE", "PROPFIND", "PATCH"] {
        assert_eq!(server.ask(method, "/", &[], "").status, 405, "{method}");
    }
    let deep = format!("SELECT * {{ {}{} }}", "{".repeat(20_000), "}".repeat(20_000));
    let deep = server.ask("POST", "/sparql", &["Content-Type: application/sparql-query"], &deep);
    assert!(matches!(deep.status, 200 | 400), "{}", deep.status);
    let deep = format!("SELECT * {{ FILTER({}1{}) }}", "(".repeat(20_000), ")".repeat(20_000));
    let deep = server.ask("POST", "/sparql", &["Content-Type: application/sparql-query"], &deep);
    assert!(matches!(deep.status, 200 | 400), "{}", deep.status);
    assert_eq!(server.get("/api/overview").status, 200);
}

#[test]
fn what_a_list_says_stays_text() {
    let place = Place::new();
    let hostile = "# <script>alert(1)</script>\n\n## \"><img src=x onerror=alert(2)>\n\n\
        - [<script>alert(3)</script> cells \" onload=x](https://example.org/a?\"><script>alert(4)</script>) - <b onclick=alert(5)>x</b>\n\
        - [A tool](javascript:alert(6)) {{7*7}} \u{202e}abc\n";
    place.write("evil.md", hostile);
    place.ok(&["build", "evil.md"]);
    let server = Served::start(&place, &[]);
    let things = place.rows(&["-e", "SELECT DISTINCT ?s { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?n }"]);
    assert!(!things.is_empty());
    let targets = things.iter().map(|iri| format!("/page?iri={}", encoded(iri)));
    for target in
        targets.chain(["/".to_owned(), "/search?q=%3Cscript%3E".to_owned(), "/questions/other-text".to_owned()])
    {
        let page = server.page(&target);
        assert_eq!(page.status, 200, "{target}");
        for forbidden in ["<script>alert", "<img src=x", "<b onclick", "href=\"javascript:"] {
            assert!(!page.body.contains(forbidden), "{target} has {forbidden}");
        }
    }
}

#[test]
fn pictures_and_files_can_be_had() {
    let (_place, server) = served();
    let picture = server.get("/pictures/tools.svg?theme=dark");
    assert!(picture.status == 200 && picture.body.contains("<svg"), "{}", picture.status);
    for (format, begins) in
        [("bibtex", "@"), ("csv", "id,"), ("nq", "<"), ("graphml", "<?xml"), ("dot", "digraph"), ("markdown", "#")]
    {
        let file = server.get(&format!("/download?format={format}"));
        assert!(file.status == 200 && file.is_whole, "{format}: {}", file.status);
        assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
        let start: String = file.body.trim_start().chars().take(20).collect();
        assert!(start.starts_with(begins) || start.contains(begins), "{format}: {start}");
    }
    assert_eq!(server.get("/download?format=exe").status, 400);
    assert_eq!(server.get("/pictures/none.svg").status, 404);
}

#[test]
fn an_agent_asks_over_http() {
    let (_place, server) = served();
    let call = |method: &str, parameters: &str| {
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":{parameters}}}");
        let headers = [
            "Content-Type: application/json",
            "Accept: application/json, text/event-stream",
            "MCP-Protocol-Version: 2025-06-18",
        ];
        server.ask("POST", "/mcp", &headers, &body).json()
    };
    let tools = call("tools/list", "{}");
    let names: Vec<&str> =
        tools["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"tools_of_paper") && names.contains(&"question_papers_by_year"), "{names:?}");
    let said = call("tools/call", "{\"name\":\"tools_of_paper\",\"arguments\":{\"paper\":\"deep count autoencoder\"}}");
    let text = said["result"]["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("DCA") && text.contains("seed-links:3") && text.contains("https://w3id.org/"), "{text}");
}

#[test]
fn an_agent_asks_over_standard_streams() {
    let place = Place::built();
    let lines = [
        r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
        r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"deep count autoencoder"}}}"#,
    ];
    let ran = place.run_with(&["mcp"], &[], &(lines.join("\n") + "\n"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.lines().all(|line| line.starts_with("{\"jsonrpc\"")), "{}", ran.stdout);
    assert!(ran.stdout.contains("10.1038/s41467-018-07931-2"), "{}", ran.stdout);
}

#[test]
fn texts_are_searched_and_the_index_follows_the_store() {
    let place = Place::built();
    let first = |text: &str| place.ok(&["search", text, "-n", "1"]).lines().next().unwrap_or_default().to_owned();
    assert!(first("scVI").contains("scVI"));
    assert!(first("deep cuont autoencoder").contains("deep count autoencoder"), "{}", first("deep cuont autoencoder"));
    assert!(first("单细胞").contains("Single-Cell") || first("单细胞").contains("单细胞"), "{}", first("单细胞"));
    assert!(place.path("amml.store/amml.search").is_dir());
    place.write("more.md", "# More\n\n- [Zebrafinch: songs as graphs](https://github.com/a/zebrafinch)\n");
    place.ok(&["build", "more.md"]);
    assert!(first("zebrafinch songs").contains("Zebrafinch"), "{}", first("zebrafinch songs"));
}

#[test]
fn a_site_is_plain_files_and_its_links_hold() {
    let place = Place::new();
    place.write("cells.md", "# Cells\n\n## Tools\n\n- [dca](https://github.com/theislab/dca) - denoises\n- [A paper on cells](https://doi.org/10.1000/x) Li, A. Nature 1, 2 (2019).\n");
    place.ok(&["build", "cells.md"]);
    place.ok(&["export", "--format", "site", "-o", "out"]);
    let root = place.path("out");
    let mut open = vec![root.join("index.html"), root.join("zh/index.html")];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(file) = open.pop() {
        if !seen.insert(file.clone()) {
            continue;
        }
        assert!(file.is_file(), "{} is missing", file.display());
        if file.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let page = std::fs::read_to_string(&file).unwrap();
        for link in page.split("href=").chain(page.split("src=")).skip(1) {
            let link =
                link.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '>', '#', '?']).next().unwrap_or_default();
            if link.is_empty() || link.contains("://") || link.contains('<') || !link.contains('.') {
                continue;
            }
            let mut target = file.parent().unwrap().to_owned();
            for part in link.split('/') {
                match part {
                    ".." => assert!(target.pop() && target.starts_with(&root), "{link} in {}", file.display()),
                    "." => {}
                    part => target.push(part),
                }
            }
            open.push(target);
        }
    }
    assert!(seen.len() > 60, "{}", seen.len());
    let again = place.path("again");
    place.ok(&["export", "--format", "site", "-o", again.to_str().unwrap()]);
    for file in seen {
        let other = again.join(file.strip_prefix(&root).unwrap());
        assert!(std::fs::read(&file).unwrap() == std::fs::read(&other).unwrap(), "{}", file.display());
    }
}
