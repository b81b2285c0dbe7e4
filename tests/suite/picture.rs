//! `export`: pictures that Graphviz accepts whatever stands in them, RDF that other readers accept.

use std::process::Command;

use oxrdfio::{RdfFormat, RdfParser};

use crate::harness::Place;

const ODD: &str = "# L\n## \"Quotes\" \\ 单细胞 <b>\n- [a \"b\" \\n \\ {c} <d> | e; f](https://github.com/a/odd)\n\
                   - [面向中文电子病历的命名实体识别任务评测](https://x.cn/评测)\n- [] [x](https://x.org)\n";

/// Graphviz reads the text and says it again.
fn accepted(dot: &str) -> bool {
    use std::io::Write as _;
    let child = Command::new("dot")
        .arg("-Tcanon")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("skipped: Graphviz is not installed");
        return true;
    };
    child.stdin.take().unwrap().write_all(dot.as_bytes()).unwrap();
    child.wait_with_output().unwrap().status.success()
}

#[test]
fn every_view_is_valid_dot_and_the_same_each_time() {
    let place = Place::built();
    for view in ["tools", "topics", "authors", "citations", "all"] {
        let dot = place.ok(&["export", "--dot", "--view", view]);
        assert!(accepted(&dot), "{view}");
        assert_eq!(dot, place.ok(&["export", "--format", "dot", "--view", view]));
    }
}

#[test]
fn any_text_can_be_drawn() {
    let place = Place::new();
    place.write("odd.md", ODD);
    place.ok(&["build", "odd.md"]);
    let dot = place.ok(&["export", "--dot", "--view", "topics"]);
    assert!(accepted(&dot));
    assert!(dot.contains(r#"a \"b\" \\n"#) && dot.contains("面向中文电子病历"), "{dot}");
}

#[test]
fn a_view_shows_what_it_promises() {
    let place = Place::built();
    let tools = place.ok(&["export", "--dot", "--view", "tools"]);
    assert!(
        tools.contains("label=\"scVI\"") && tools.contains("from the tool to the paper that it implements, inferred")
    );
    let topics = place.ok(&["export", "--dot", "--view", "topics"]);
    assert!(topics.contains("subgraph \"cluster ") && topics.contains("2.3 Single-Cell / 单细胞"));
    let citations = place.ok(&["export", "--dot", "--view", "citations"]);
    assert!(
        citations
            .contains("Graph Neural Networks: A Review of Methods and Applications cites Graph attention networks")
    );
    let one_topic = place.ok(&["export", "--dot", "--view", "topics", "--topic", "Epigenomes"]);
    assert!(one_topic.contains("reference human epigenomes") && !one_topic.contains("scVI"));
    let around = place.ok(&["export", "--dot", "--around", "DCA", "--depth", "1"]);
    assert!(around.contains("denoising") && !around.contains("cellassign"));
    let further = place.ok(&["export", "--dot", "--around", "DCA", "--depth", "2"]);
    assert!(further.len() > around.len());
}

#[test]
fn pictures_are_drawn_where_graphviz_is() {
    if Command::new("dot").arg("-V").output().is_err() {
        println!("skipped: Graphviz is not installed");
        return;
    }
    let place = Place::built();
    place.ok(&["export", "--format", "svg", "-o", "x.svg"]);
    assert!(std::fs::read_to_string(place.path("x.svg")).unwrap().contains("</svg>"));
    place.ok(&["export", "--format", "png", "--view", "topics", "-o", "x.png"]);
    assert!(std::fs::read(place.path("x.png")).unwrap().starts_with(b"\x89PNG"));
    assert!(!place.path("x.png.part").exists());
}

#[test]
fn every_rdf_format_says_the_same() {
    let place = Place::built();
    let count = |name: &str, format: RdfFormat| {
        let text = place.ok(&["export", "-f", name]);
        let mut triples: Vec<String> = RdfParser::from_format(format)
            .for_slice(text.as_bytes())
            .map(|quad| oxrdf_triple(&quad.unwrap()))
            .collect();
        triples.sort();
        triples.dedup();
        triples
    };
    let expected = count("nq", RdfFormat::NQuads);
    assert!(expected.len() > 3000);
    for (name, format) in [
        ("ttl", RdfFormat::Turtle),
        ("nt", RdfFormat::NTriples),
        ("trig", RdfFormat::TriG),
        ("rdfxml", RdfFormat::RdfXml),
        ("jsonld", RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() }),
    ] {
        assert_eq!(count(name, format), expected, "{name}");
    }
}

fn oxrdf_triple(quad: &oxrdf::Quad) -> String {
    format!("{} {} {}", quad.subject, quad.predicate, quad.object)
}

#[test]
fn without_graphviz_a_plain_picture_is_drawn_and_png_is_explained() {
    let place = Place::built();
    let nowhere = [("PATH", "/nonexistent")];
    let ran = place.run_with(&["export", "--format", "svg", "--view", "citations"], &nowhere, "");
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("dot (Graphviz) is not installed: the picture is laid out plainly"), "{}", ran.stderr);
    assert!(ran.stdout.contains("</svg>") && ran.stdout.contains("<a href=\"https://doi.org/"));
    let ran = place.run_with(&["export", "--format", "png"], &nowhere, "");
    assert_eq!((ran.status, ran.stderr.contains("--format svg, which needs nothing")), (1, true), "{}", ran.stderr);
}

#[test]
fn engines_themes_and_budgets_are_heeded() {
    let place = Place::built();
    if Command::new("dot").arg("-V").output().is_err() {
        println!("skipped: Graphviz is not installed");
        return;
    }
    for engine in ["dot", "neato", "fdp", "sfdp", "twopi", "circo", "osage"] {
        let svg = place.ok(&["export", "--format", "svg", "--view", "citations", "--engine", engine]);
        assert!(svg.contains("Graph attention networks"), "{engine}");
    }
    assert!(place.ok(&["export", "--dot", "--theme", "dark"]).contains("bgcolor=\"#16191d\""));
    let ran = place.run(&["export", "--dot", "--view", "topics", "--max-nodes", "5"]);
    assert!(ran.stderr.contains("5 of ") && ran.stdout.contains("(+"), "{}", ran.stderr);
    assert!(place.ok(&["export", "--dot", "--view", "citations", "--group"]).contains("subgraph \"cluster "));
    place.ok(&["export", "--format", "pdf", "-o", "x.pdf"]);
    assert!(std::fs::read(place.path("x.pdf")).unwrap().starts_with(b"%PDF"));
}
