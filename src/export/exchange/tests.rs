use super::*;
use crate::network::{Column, Edge, Node, Relation, Why};

/// Two nodes with two relations between them, one of them inferred.
fn network(label: &str) -> Network {
    let node = |iri: &str, values| Node { iri: iri.into(), kind: "tool", label: label.into(), values };
    let values = vec![(Column::Date, "2020-04".into()), (Column::Stars, "12".into()), (Column::Line, "x".into())];
    let edge = |relation, why| Edge { from: 0, to: 1, relation, why };
    let why = Why { percent: 92, evidence: "same-name".into(), grade: None, is_stated: false };
    Network {
        nodes: vec![node("x:a", values), node("x:b", Vec::new())],
        edges: vec![edge(Relation::Implements, 1), edge(Relation::Uses, 0)],
        whys: vec![Why::stated(), why],
    }
}

fn written(format: Exchange, label: &str) -> String {
    let mut bytes = Vec::new();
    format.write(&network(label), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn numbers_are_numbers_and_what_no_node_has_is_left_out() {
    let graphml = written(Exchange::GraphMl, "a");
    assert!(graphml.contains("<key id=\"n2\" for=\"node\" attr.name=\"year\" attr.type=\"long\"/>"), "{graphml}");
    assert!(graphml.contains("<data key=\"n2\">2020</data><data key=\"n3\">2020-04</data><data key=\"n4\">12</data>"));
    assert!(!graphml.contains("\"doi\"") && !graphml.contains("\"line\"") && !graphml.contains("\"grade\""));
    let cx2 = written(Exchange::Cx2, "a");
    assert!(cx2.contains("\"year\":2020,\"date\":\"2020-04\",\"stars\":12"), "{cx2}");
}

#[test]
fn edges_between_the_same_nodes_are_two() {
    let gexf = written(Exchange::Gexf, "a");
    assert!(gexf.contains(
        "<edge id=\"e0\" source=\"x:a\" target=\"x:b\" kind=\"implements\" label=\"implements\" weight=\"0.92\">"
    ));
    assert!(
        gexf.contains("<edge id=\"e1\" source=\"x:a\" target=\"x:b\" kind=\"uses\" label=\"uses\" weight=\"1.0\">")
    );
}

#[test]
fn any_text_can_be_a_title() {
    let title = "<a> & \"b\"\n\u{1}\u{ffff}é";
    let graphml = written(Exchange::GraphMl, title);
    assert!(graphml.contains("&lt;a&gt; &amp; &quot;b&quot;&#10;\u{fffd}\u{fffd}é<"), "{graphml}");
    assert!(
        roxmltree::Document::parse(&graphml).is_ok()
            && roxmltree::Document::parse(&written(Exchange::Gexf, title)).is_ok()
    );
    for format in [Exchange::Cytoscape, Exchange::Cx2] {
        let json = written(format, title);
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert!(read.to_string().contains(&serde_json::to_string(title).unwrap()), "{json}");
    }
}

#[test]
fn a_network_of_nothing_is_valid() {
    for format in Exchange::ALL {
        let mut bytes = Vec::new();
        format.write(&Network::default(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let is_valid =
            roxmltree::Document::parse(&text).is_ok() || serde_json::from_str::<serde_json::Value>(&text).is_ok();
        assert!(is_valid && Exchange::named(format.name()) == Some(format), "{text}");
    }
}
