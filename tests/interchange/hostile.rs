//! A network and a store with titles that break whoever forgets to escape them.

use amml_graph::{
    map::vocab,
    network::{Column, Edge, Network, Node, Relation, Why},
    store::{Graph, NamedGraph},
};
use oxrdf::{GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};

/// Titles, each of which has broken some program.
pub(crate) fn titles() -> Vec<String> {
    let mut titles: Vec<String> = [
        "\"Quoted\" & 'single' <script>alert(1)</script>",
        "one line\nanother\r\na third\twith a tab",
        "单细胞测序数据集：命名实体识别（第二版）",
        "control \u{1} \u{b} \u{1f} \u{7f} codes \u{fffe}",
        "]]> <!-- comment --> <?xml version=\"1.0\"?> &amp; &#0;",
        "a, b; c | d\te, \"f\"\"g\"",
        "=cmd|' /C calc'!A0",
        "  blanks around  ",
        "{braces} and }one{ \\ 100% $5 #1 a_b x^2 ~tilde",
        "*stars* _lines_ `code` [brackets](x) # 1. - +",
        "עברית ‏right to left, 👩‍🔬 and e\u{301}",
        "-- ``two'' --- dashes",
    ]
    .map(str::to_owned)
    .into();
    titles.push("long & \"longer\" 长 ".repeat(170));
    titles
}

/// Fifty edges of every relation, some of them between the same two nodes.
pub(crate) fn network() -> Network {
    let titles = titles();
    let node = |(at, label): (usize, &String)| Node {
        iri: format!("https://example.org/id/paper/{at:02}?a=1&b=\"<{at}>\"").into(),
        kind: ["paper", "tool", "person", "topic"][at % 4],
        label: label.as_str().into(),
        values: vec![
            (Column::Doi, format!("10.1000/{at}").into()),
            (Column::Date, format!("20{at:02}-0{}-01", at % 9 + 1).into()),
            (Column::Description, label.as_str().into()),
            (Column::Stars, (at * 1_000_000_007).to_string().into()),
        ],
    };
    let mut nodes: Vec<Node> = titles.iter().enumerate().map(node).collect();
    // One of which nothing is known.
    nodes.push(Node { iri: "https://example.org/z".into(), kind: "paper", label: "z".into(), values: Vec::new() });
    let whys = vec![
        Why::stated(),
        Why { percent: 92, evidence: "same-name; <registry>".into(), grade: Some("official".into()), is_stated: false },
    ];
    let n_nodes = u32::try_from(nodes.len()).expect("a few");
    let mut edges: Vec<Edge> = (0..50)
        .map(|at| {
            let relation = Relation::ALL[at as usize % Relation::ALL.len()];
            Edge { from: at % n_nodes, to: (at / 11 + 1) % n_nodes, relation, why: at % 2 }
        })
        .collect();
    edges.sort_unstable();
    Network { nodes, edges, whys }
}

/// A store of papers with such titles.
pub(crate) fn graph() -> Graph {
    let name = NamedNode::new_unchecked("https://w3id.org/amml-graph/graph/list/hostile");
    let id = |path: &str| format!("https://w3id.org/amml-graph/id/{path}");
    let named = NamedGraph::collect(&name, |sink| {
        let mut write = |subject: &str, predicate: NamedNodeRef<'_>, object: TermRef<'_>| {
            let graph_name = GraphNameRef::NamedNode(name.as_ref());
            sink(QuadRef { subject: NamedNodeRef::new_unchecked(subject).into(), predicate, object, graph_name });
        };
        let (person, venue) = (id("person/name/oneil"), id("venue/odd"));
        write(&person, vocab::TYPE, vocab::PERSON.into());
        write(&person, vocab::NAME, LiteralRef::new_simple_literal("Ann \"A.\" O'Neil & Sons").into());
        write(&person, vocab::FAMILY_NAME, LiteralRef::new_simple_literal("O'Neil & Sons").into());
        write(&person, vocab::GIVEN_NAME, LiteralRef::new_simple_literal("Ann \"A.\"").into());
        write(&venue, vocab::TYPE, vocab::PERIODICAL.into());
        write(&venue, vocab::NAME, LiteralRef::new_simple_literal("Journal of <Odd> & \"Old\" Titles").into());
        for (at, title) in titles().iter().enumerate() {
            let iri = id(&format!("paper/doi/10.1000/h.{at:02}"));
            let list = format!("{iri}#authors-1");
            write(&iri, vocab::TYPE, vocab::SCHOLARLY_ARTICLE.into());
            for predicate in [vocab::RDFS_LABEL, vocab::NAME, vocab::ABSTRACT, vocab::DESCRIPTION, vocab::KEYWORDS] {
                write(&iri, predicate, LiteralRef::new_simple_literal(title).into());
            }
            write(&iri, vocab::DOI, LiteralRef::new_simple_literal(&format!("10.1000/h.{at:02}")).into());
            write(&iri, vocab::ISSUED, LiteralRef::new_typed_literal("2020-04-01", vocab::XSD_DATE).into());
            write(&iri, vocab::IS_PART_OF, NamedNodeRef::new_unchecked(&venue).into());
            write(&iri, vocab::AUTHOR, NamedNodeRef::new_unchecked(&person).into());
            write(&iri, vocab::AUTHOR_LIST, NamedNodeRef::new_unchecked(&list).into());
            write(&list, vocab::FIRST, NamedNodeRef::new_unchecked(&person).into());
            write(&list, vocab::REST, vocab::NIL.into());
            write(&iri, vocab::WAS_DERIVED_FROM, NamedNodeRef::new_unchecked("https://example.org/entry").into());
        }
    });
    let mut graph = Graph::in_memory();
    graph.replace(vec![named]).expect("a store in memory takes what it is given");
    graph
}

pub(crate) fn network_of(graph: &Graph) -> Network {
    Network::read(graph).expect("a store in memory can be read")
}
