//! Registries of tools and bibliographies: what `build` makes of each form, and what can be asked of it.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::{
    harness::{Place, project},
    server::{Reply, Server},
};

const RECORD: &str = r#"{"biotoolsID":"cellmap","name":"cellmap","homepage":"https://github.com/roe/cellmap","credit":[{"name":"Ann Roe","email":"ann@example.org","orcidid":"0000-0002-1825-0097"}],"publication":[{"doi":"10.1000/maps","type":["Primary"],"metadata":{"title":"cellmap: maps of cells","authors":[{"name":"Roe A."}]}},{"doi":"10.1000/bench","type":["Benchmarking study"]}]}"#;

const LINKS: &str = "SELECT ?g ?tool ?paper ?evidence ?confidence {
  GRAPH ?g { ?s rdf:predicate amml:implements ; rdf:subject ?tool ; rdf:object ?paper ; amml:evidence ?evidence ; amml:confidence ?confidence }
} ORDER BY ?tool ?paper";

const PREFIXES: &str = "PREFIX amml: <https://w3id.org/amml-graph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX schema: <http://schema.org/> ";

fn ask(place: &Place, query: &str) -> Vec<String> {
    let rows = place.rows(&["-e", &format!("{PREFIXES}{query}")]);
    rows.iter().map(|row| row.replace("https://w3id.org/amml-graph/", "")).collect()
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_registry_links_its_tools_to_their_papers_however_it_is_wrapped() {
    let expected = ["graph/enrich/bio.tools,id/tool/github/roe/cellmap,id/paper/doi/10.1000/maps,registry,0.97"];
    let check = |name: &str, bytes: &[u8]| {
        let place = Place::new();
        place.write(name, bytes);
        let printed = place.ok(&["build", name]);
        assert!(printed.starts_with("bio.tools: 1 records"), "{name}: {printed}");
        assert_eq!(ask(&place, LINKS), expected, "{name}");
        assert!(!place.quads().contains("ann@example.org"), "{name}: a mail box is nobody's business");
    };
    check("any.json", RECORD.as_bytes());
    check("any.jsonl", format!("{RECORD}\n").as_bytes());
    check("array.json", format!("\u{feff}[\r\n{RECORD}\r\n]").as_bytes());
    check("page.json", format!("{{\"count\": 1, \"next\": null, \"list\": [{RECORD}]}}").as_bytes());
    check("packed.json.gz", &packed(RECORD));
    check("without-ending", RECORD.as_bytes());
    let place = Place::new();
    place.write("records/a.biotools.json", RECORD);
    let other = RECORD.replace("cellmap", "cellnet").replace("10.1000/", "10.1000/n");
    place.write("records/b.biotools.json", &other);
    assert!(place.ok(&["build", "records"]).starts_with("bio.tools: 2 records"));
    let before = place.quads();
    let printed = place.ok(&["build", "records/a.biotools.json", "records/b.biotools.json"]);
    assert!(printed.starts_with("bio.tools: 2 records"), "{printed}");
    assert_eq!(place.quads(), before);
}

#[test]
fn a_registry_meets_a_list_and_the_store_keeps_it_for_the_next_build() {
    let place = Place::new();
    place.write("list.md", "# Cells\n- [cellmap](https://github.com/Roe/CellMap) - maps cells\n");
    place.write("tables/tools.tsv", "Tool\tPlatform\tCode\tDescription\tLicense\tAdded\tUpdated\ncellmap\tR\thttps://x.example.org\tMaps\tMIT\tNA\tNA\n");
    place.write("tables/doi-idx.tsv", "Tool\tDOI\ncellmap\t10.1000/maps\n");
    place.write("tables/repositories.tsv", "Tool\tGitHub\ncellmap\troe/cellmap\n");
    place.write("links.json", r#"[{"paper_title":"Maps","paper_arxiv_id":"2001.00001","repo_url":"https://github.com/roe/cellmap","is_official":true}]"#);
    place.ok(&["build", "tables/doi-idx.tsv"]);
    place.ok(&["build", "links.json"]);
    let printed = place.ok(&["build", "list.md"]);
    for source in ["list: 1 entries", "scrna-tools: 1 records", "papers-with-code: 1 records"] {
        assert!(printed.contains(source), "{printed}");
    }
    assert_eq!(
        ask(&place, LINKS),
        [
            "graph/enrich/papers-with-code,id/tool/github/roe/cellmap,id/paper/arxiv/2001.00001,registry,0.85",
            "graph/enrich/scrna-tools,id/tool/github/roe/cellmap,id/paper/doi/10.1000/maps,registry,0.92",
        ]
    );
    assert!(place.ok(&["tools", "10.1000/maps"]).contains("cellmap"));
}

#[test]
fn a_bibliography_gives_papers_authors_and_venues() {
    let expected = ["id/paper/doi/10.1000/maps,Maps of cells,Roe"];
    let check = |name: &str, text: &str| {
        let place = Place::new();
        place.write(name, text);
        assert!(place.ok(&["build", name]).starts_with("refs: 1 entries"), "{name}");
        let found = ask(
            &place,
            "SELECT ?paper ?title ?family { GRAPH <https://w3id.org/amml-graph/graph/list/refs> {
               ?paper a schema:ScholarlyArticle ; schema:name ?title ; schema:author ?person . ?person schema:familyName ?family } }",
        );
        assert_eq!(found, expected, "{name}");
    };
    check(
        "refs.bib",
        "@article{a, title = {Maps of {C}ells}, author = {Roe, Ann}, doi = {10.1000/MAPS}, year = 2020}"
            .replace("{C}", "c")
            .as_str(),
    );
    check("refs.ris", "TY  - JOUR\nTI  - Maps of cells\nAU  - Roe, Ann\nDO  - 10.1000/maps\nER  - \n");
    check(
        "refs.json",
        r#"[{"id":"a","type":"article-journal","title":"Maps of cells","author":[{"family":"Roe","given":"Ann"}],"DOI":"10.1000/maps"}]"#,
    );
    check(
        "refs.json",
        r#"{"config":{},"items":[{"itemType":"journalArticle","title":"Maps of cells","creators":[{"creatorType":"author","lastName":"Roe","firstName":"Ann"}],"DOI":"10.1000/maps"}]}"#,
    );
}

#[test]
fn sources_of_one_file_come_from_addresses_too() {
    let dump = packed(&format!("[{RECORD}]"));
    let server = Server::new(move |asked, _| match asked.path.as_str() {
        "/dump.json.gz" => Reply::ok(&dump),
        "/api/t/?format=json" => {
            Reply::ok(format!("{{\"list\": [{RECORD}]}}")).with("Content-Type", "application/json")
        }
        "/lists/refs.bib" => Reply::ok("@book{a, title = {Maps}}"),
        _ => Reply::ok("{\"message\": \"none\"}"),
    });
    let place = Place::new();
    let build = |path: &str| place.run(&["build", &format!("{}{path}", server.address)]);
    assert!(build("/dump.json.gz").stdout.starts_with("bio.tools: 1 records"));
    assert!(build("/api/t/?format=json").stdout.contains("bio.tools: 1 records"));
    assert!(build("/lists/refs.bib").stdout.contains("127.0.0.1/lists/refs: 1 entries"));
    let ran = build("/other.json");
    assert!(ran.status == 1 && ran.stderr.contains("/other.json is neither a bibliography"), "{}", ran.stderr);
}

#[test]
fn what_is_no_bibliography_and_no_registry_is_told() {
    let place = Place::built();
    let before = place.quads();
    for (name, bytes, message) in [
        (
            "other.json",
            b"{\"a\": 1}".to_vec(),
            "other.json is neither a bibliography (CSL-JSON, Zotero) nor a registry",
        ),
        ("none.bib", b"Only prose.".to_vec(), "none.bib has no entries"),
        ("empty.ris", Vec::new(), "empty.ris is empty"),
        ("cut.json.gz", packed(RECORD)[..40].to_vec(), "cannot read"),
    ] {
        place.write(name, bytes);
        let ran = place.run(&["build", name]);
        assert!(
            ran.status == 1 && ran.stderr.contains(message) && ran.stderr.contains("hint: "),
            "{name}: {}",
            ran.stderr
        );
    }
    assert_eq!(place.quads(), before);
}

/// The first list and scRNA-tools: a tool that both know has the papers of the registry.
#[test]
fn tools_of_the_list_have_the_papers_that_the_registry_gives_them() {
    let folder = project("../shared/data/scrna-tools");
    if !folder.is_dir() {
        println!("skipped: there is no registry in ../shared/data");
        return;
    }
    let place = Place::built();
    let listed = ask(
        &place,
        "SELECT DISTINCT ?tool { GRAPH ?g { ?tool a schema:SoftwareApplication } FILTER(CONTAINS(STR(?g), 'graph/list/')) }",
    );
    place.ok(&["build", folder.to_str().unwrap()]);
    let links = ask(&place, LINKS);
    let table = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let (repositories, papers) = (table("repositories.tsv"), table("doi-idx.tsv"));
    let mut n_known = 0;
    for row in repositories.lines().skip(1) {
        let (tool, repository) = (row.split('\t').next().unwrap(), row.rsplit('\t').next().unwrap().to_lowercase());
        let iri = format!("id/tool/github/{repository}");
        if !listed.contains(&iri) {
            continue;
        }
        n_known += 1;
        let of_tool = papers.lines().filter_map(|row| row.split_once('\t')).filter(|(of, _)| *of == tool);
        for id in of_tool.map(|(_, id)| id.to_lowercase()) {
            let paper = if id.starts_with("arxiv/") { format!("id/paper/{id}") } else { format!("id/paper/doi/{id}") };
            let start = format!("graph/enrich/scrna-tools,{iri},{paper},registry,");
            assert!(links.iter().any(|link| link.starts_with(&start)), "{start}");
            println!("{tool}: {id}");
        }
    }
    println!("{n_known} tools of the list are in the registry");
    assert!(n_known >= 5, "{n_known}");
}
