//! `analyze`: that each analysis is reached, what it prints and where, and what `--write` leaves in the store.

use crate::harness::Place;

const TABLE: &str = "# citing\tcited\nb\ta\nc\ta\nc\tb\nd\tc\n";

#[test]
fn every_analysis_answers_on_the_embedded_list() {
    let place = Place::built();
    for analysis in [
        "pagerank",
        "hits",
        "degrees",
        "cores",
        "components",
        "communities",
        "co-citation --at-least 1",
        "coupling --at-least 1",
        "betweenness",
        "main-path",
        "co-authors",
        "similar scVI",
        "missing --at-least 1",
        "components --strong --on relations",
        "communities --on co-authors",
    ] {
        let arguments: Vec<&str> = std::iter::once("analyze").chain(analysis.split(' ')).collect();
        let printed = place.ok(&arguments);
        assert!(printed.lines().count() > 1, "{analysis}: {printed}");
        assert_eq!(printed, place.ok(&arguments), "{analysis} says the same each time");
    }
}

#[test]
fn chains_of_citations_lead_from_title_to_title() {
    let place = Place::built();
    let printed = place.ok(&["analyze", "path", "Current best practices in single", "DCA"]);
    let steps: Vec<&str> = printed.lines().skip(1).collect();
    assert_eq!(steps.len(), 2, "{printed}");
    assert!(steps[0].starts_with("0,2019,Current best practices") && steps[1].contains("deep count autoencoder"));
}

#[test]
fn a_table_is_analysed_without_a_store() {
    let place = Place::new();
    place.write("t.tsv", TABLE);
    let printed = place.ok(&["analyze", "pagerank", "--edges", "t.tsv"]);
    assert!(printed.starts_with("rank,score,year,name,node"), "{printed}");
    assert!(printed.lines().nth(1).unwrap().ends_with(",a,a"), "{printed}");
    let ran = place.run_with(&["analyze", "components", "--edges", "-", "--format", "json"], &[], TABLE);
    assert_eq!((ran.status, ran.stderr.contains("1 components")), (0, true), "{}", ran.stderr);
    let dot = place.ok(&["export", "--edges", "t.tsv", "--dot"]);
    assert!(dot.contains("Who cites whom: 4 papers"), "{dot}");
}

#[test]
fn what_is_written_is_found_by_queries_and_survives_a_build() {
    let place = Place::built();
    let before = place.quads();
    place.ok(&["analyze", "pagerank", "--write"]);
    place.ok(&["analyze", "co-citation", "--at-least", "1", "--write"]);
    place.ok(&["build"]);
    let graph = "https://w3id.org/amml-graph/graph/analysis/pagerank";
    let ranks = place.rows(&[
        "-e",
        &format!("SELECT ?s WHERE {{ GRAPH <{graph}> {{ ?s <https://w3id.org/amml-graph/ontology#pageRank> ?o }} }}"),
    ]);
    assert_eq!(ranks.len(), 10);
    let together =
        "PREFIX amml: <https://w3id.org/amml-graph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?n WHERE { ?s rdf:predicate amml:coCitedWith ; amml:strength ?n }";
    assert!(!place.rows(&["-e", together]).is_empty());
    let after = place.quads();
    let kept: Vec<&str> = after.lines().filter(|line| !line.contains("/graph/analysis/")).collect();
    assert_eq!(kept, before.lines().collect::<Vec<_>>());
    // The part that it is about is in its name: it is another result.
    place.ok(&["analyze", "pagerank", "--on", "co-authors", "--topic", "Epigenomes", "--write"]);
    let part = "https://w3id.org/amml-graph/graph/analysis/pagerank-on-co-authors-topic-Epigenomes";
    assert!(
        !place
            .rows(&["-e", &format!("SELECT ?s WHERE {{ GRAPH <{part}> {{ ?s ?p \"topic=Epigenomes\" }} }}")])
            .is_empty()
    );
    // Written again, it is replaced.
    place.ok(&["analyze", "pagerank", "--write"]);
    let kept: Vec<String> =
        place.quads().lines().filter(|line| !line.contains("on-co-authors")).map(str::to_owned).collect();
    assert_eq!(kept, after.lines().collect::<Vec<_>>());
}

#[test]
fn mistakes_are_explained() {
    let place = Place::built();
    place.write("one.tsv", "a\n");
    for (arguments, status, words) in [
        (&["analyze", "path", "scVI", "no such thing"][..], 1, "is known as \"no such thing\""),
        (&["analyze", "pagerank", "--damping", "2"], 2, "between 0 and 0.9999"),
        (&["analyze", "pagerank", "--write", "--store", "nowhere"], 1, "no store at nowhere"),
        (&["analyze", "path", "scVI", "DCA", "--write"], 2, "nothing to write"),
        (&["analyze", "main-path", "--on", "co-authors"], 2, "suits one network only"),
        (&["analyze", "missing", "--topic", "Single-Cell"], 2, "under no topic"),
        (&["analyze", "successors", "--edges", "one.tsv"], 2, "nothing but citations"),
        (&["export", "--format", "ttl", "--topic", "Single-Cell"], 2, "always the whole graph"),
        (&["export", "--format", "csv", "--theme", "dark"], 2, "are for pictures"),
        (&["analyze", "pagerank", "--edges", "none.tsv"], 1, "cannot read the table none.tsv"),
        (&["analyze", "pagerank", "--edges", "one.tsv"], 1, "line 1 does not have two columns"),
        (&["analyze", "pagerank", "--edges", "one.tsv", "--write"], 2, "no store to write into"),
        (&["analyze", "similar", "x", "--edges", "one.tsv"], 1, "line 1"),
        (&["export", "--format", "csv"], 2, "name a folder with -o"),
        (&["export", "--format", "nothing"], 2, "there is no format nothing"),
        (&["export", "--format", "bibtex", "--edges", "one.tsv"], 2, "says nothing of its works"),
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.status, status, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{arguments:?}: {}", ran.stderr);
    }
    assert!(!place.path("nowhere").exists());
}
