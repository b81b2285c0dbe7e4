//! `query`, `show`, `tools`, `papers`, `stats`: the meaning of each question on the embedded list.

use crate::harness::Place;

/// Runs a question and checks how many rows it has, and that some are there.
fn check(place: &Place, arguments: &[&str], n_rows: usize, wanted: &[&str]) {
    let rows = place.rows(arguments);
    assert_eq!(rows.len(), n_rows, "{arguments:?}: {rows:#?}");
    for row in wanted {
        assert!(rows.iter().any(|found| found.contains(row)), "{arguments:?}: no {row}: {rows:#?}");
    }
}

#[test]
fn every_question_has_its_meaning() {
    let place = Place::built();
    let doi = "10.1038/s41467-018-07931-2";
    let check = |arguments: &[&str], n_rows, wanted: &[&str]| check(&place, arguments, n_rows, wanted);
    check(
        &["tools-of-paper", "-p", "paper=10.1038/s41467-018-07931-2"],
        4,
        &[
            "DCA,https://github.com/theislab/dca,title-match,0.85,DenseAI/awesome-medical-machine-learning:84",
            "DCA,https://github.com/theislab/dca,registry,0.95,seed-links:3",
        ],
    );
    check(&["papers-of-tool", "-p", "tool=https://github.com/theislab/dca"], 4, &[doi]);
    check(
        &["tools-and-papers"],
        16,
        &["scVI,doi:10.1038/s41592-018-0229-2,0.95,registry", "DeepWAS,DeepWAS: Multivariate"],
    );
    check(&["tools-and-papers", "-p", "evidence=same-name"], 3, &["digitalDLSorter"]);
    check(&["papers-of-topic", "-p", "topic=2.2"], 17, &["Pan-cancer analysis of whole genomes,2020", "prognosis"]);
    check(&["papers-of-topic", "-p", "topic=癌症预测"], 5, &["prognosis"]);
    check(&["papers-of-person", "-p", "person=Jiahua Rao"], 2, &["10.1101/807214", "10.1101/2020.02.05.935296"]);
    check(&["coauthors-of-person", "-p", "person=Jiahua Rao"], 7, &["Xiang Zhou,2", "Hua Chai,1"]);
    check(&["papers-without-tool"], 33, &["RNA sequencing: the teenage years"]);
    check(&["tools-without-paper"], 1, &["BioBombe"]);
    check(&["topic-tree"], 15, &["2,Genomics / 基因,45,16,2", "2.3.2,Single-Cell DataSet,0,0,2", "3.1.1"]);
    check(&["papers-by-year"], 6, &["2019,14", "2012,2"]);
    check(&["papers-by-venue"], 24, &["Nature,9", "bioRxiv,5"]);
    check(&["papers-by-venue", "-p", "year=2012"], 1, &["Nature,2"]);
    check(&["datasets"], 2, &["CellMarker,http://biocc.hrbmu.edu.cn/CellMarker/index.jsp", "HuRI"]);
    check(&["duplicate-entries"], 4, &["\"67, 74\"", "\"92, 99\"", "\"95, 101\""]);
    check(&["papers-without-metadata"], 10, &["A unified approach to interpreting model predictions,identifier"]);
    check(&["inferred", "-p", "evidence=owner-is-author"], 1, &["shap,implements,A unified approach"]);
    check(&["inferred", "-p", "evidence=shared-coauthors"], 7, &["Jiahua Rao"]);
    check(
        &["where-from", "-p", "thing=scVI"],
        5,
        &["DenseAI/awesome-medical-machine-learning,88,88,\"linked-title, name-in-title\""],
    );
    check(&["other-text", "-p", "code=prose"], 1, &["4,prose,收集生物、基因、医学人工智能相关资料"]);
    check(&["notices"], 6, &["87,heading-inside-item,2.3.1 Single-Cell Software", "15,empty-topic"]);
    check(&["citations"], 9, &["A Comprehensive Survey on Graph Neural Networks,Graph attention networks,curated"]);
    check(&["preprints"], 9, &["10.1101/365007,10.1073/pnas.1911536116,preprint-link-with-journal-citation,0.95"]);
    check(&["translations"], 2, &["RNA-seq 这十年,zh"]);
    check(&["authors"], 50, &["Jiahua Rao,2"]);
    check(&["consensus"], 0, &[]);
    check(&["retracted"], 0, &[]);
    check(&["disagreements"], 0, &[]);
    check(&["dead-links"], 0, &[]);
    check(
        &["merges", "-p", "evidence=shared-coauthors"],
        7,
        &["Jiahua Rao,https://w3id.org/amml-graph/id/person/name/"],
    );
    check(&["stats"], 18, &["papers,59", "organizations,1", "lists,1", "entries,70", "links from tools to papers,16"]);
}

/// A new question must come with a check of its meaning.
#[test]
fn every_question_is_checked() {
    let source = include_str!("ask.rs");
    for question in amml_graph::query::questions() {
        assert!(
            source.contains(&format!("check(&[\"{}\"", question.name))
                || source.contains(&format!("&[\"{}\", ", question.name)),
            "{} has no check",
            question.name
        );
    }
}

#[test]
fn answers_come_in_every_standard_format() {
    let place = Place::built();
    let ask = |format: &str| place.ok(&["query", "datasets", "-f", format]);
    assert!(ask("json").starts_with("{\"head\":{\"vars\":[\"dataset\""));
    assert!(ask("xml").contains("<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">"));
    assert!(ask("tsv").starts_with("?dataset\t?url"));
    assert!(ask("table").contains("───"));
    let construct = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3";
    for (format, sign) in
        [("ttl", " a "), ("nt", " ."), ("rdfxml", "<rdf:RDF"), ("jsonld", "@id"), ("nq", " ."), ("trig", " a ")]
    {
        let printed = place.ok(&["query", "-e", construct, "-f", format]);
        assert!(printed.contains(sign) || printed.contains("rdf-syntax-ns#type"), "{format}: {printed}");
    }
    assert_eq!(place.ok(&["query", "-e", "ASK {}", "-f", "table"]), "yes\n");
}

#[test]
fn a_parameter_takes_the_place_of_its_variable_everywhere() {
    let place = Place::built();
    let count = "SELECT (COUNT(*) AS ?n) WHERE { { SELECT ?s WHERE { ?s <http://schema.org/name> ?name } } FILTER(BOUND(?name) || true) }";
    assert_eq!(place.rows(&["-e", count, "-p", "name=scVI"]), ["1"]);
    let shown = "SELECT ?name WHERE { ?s <http://schema.org/name> ?name }";
    assert_eq!(place.rows(&["-e", shown, "-p", "name=scVI"]), ["scVI"]);
}

#[test]
fn a_triple_that_two_sources_state_counts_once() {
    let place = Place::new();
    place.write("a.md", "- [cell](https://github.com/a/cell)\n");
    place.write("b.md", "- [cell](https://github.com/a/cell)\n");
    place.ok(&["build", "a.md", "b.md"]);
    assert_eq!(place.rows(&["-e", "SELECT ?s WHERE { ?s <http://schema.org/name> \"cell\" }"]).len(), 1);
    assert_eq!(place.rows(&["-e", "SELECT ?g WHERE { GRAPH ?g { ?s <http://schema.org/name> \"cell\" } }"]).len(), 2);
}

#[test]
fn things_are_known_by_any_of_their_names() {
    let place = Place::built();
    for text in [
        "scVI",
        "SCVI",
        "https://github.com/YosefLab/scVI",
        "http://www.github.com/yoseflab/scvi/",
        "https://w3id.org/amml-graph/id/tool/github/yoseflab/scvi",
        "scDeep generative",
    ] {
        assert!(place.ok(&["show", text]).starts_with("scVI\ntool <"), "{text}");
    }
    for text in [
        "10.1038/s41467-018-07931-2",
        "https://doi.org/10.1038/S41467-018-07931-2",
        "denoising using a deep count autoencoder",
        "https://w3id.org/amml-graph/id/paper/title/single-cell-rna-seq-denoising-using-a-deep-count-autoencoder-f4d6be32",
    ] {
        assert!(place.ok(&["show", text]).starts_with("Single-cell RNA-seq denoising"), "{text}");
    }
    assert!(place.ok(&["show", "PMC4768299"]).contains("J. Zhou, O. G. Troyanskaya"));
    assert!(place.ok(&["show", "1812.08434"]).contains("Jie Zhou, Ganqu Cui"));
    assert!(place.ok(&["show", "2.3"]).contains("Single-Cell"));
    assert!(place.ok(&["show", "deep"]).starts_with("25 things match \"deep\""));
}

#[test]
fn an_answer_says_where_it_comes_from() {
    let place = Place::built();
    let shown = place.ok(&["show", "shap", "--why"]);
    for part in [
        "DenseAI/awesome-medical-machine-learning:36",
        "read by linked-title, name-in-title",
        "│ - [shap: A game theoretic approach",
        "owner-is-author (confidence 0.75)",
    ] {
        assert!(shown.contains(part), "no {part}: {shown}");
    }
    let tools = place.ok(&["tools", "deep count autoencoder", "--why", "-f", "table"]);
    assert!(tools.contains("read in theislab/dca README.md (6abd124): See our manuscript"), "{tools}");
    let papers = place.ok(&["papers", "scVI", "-f", "csv"]);
    assert!(papers.contains("10.1038/s41592-018-0229-2"), "{papers}");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let place = Place::built();
    let program = env!("CARGO_BIN_EXE_amml-graph");
    let script = format!("set -o pipefail; {program} export -f nq | head -n 1 >/dev/null");
    let status =
        std::process::Command::new("bash").args(["-c", &script]).current_dir(place.path(".")).status().unwrap();
    assert!(status.success());
}
