//! A store with as many citations as are asked for.

use amml_graph::{
    map::vocab,
    store::{Graph, NamedGraph},
};
use oxrdf::{GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};

/// Papers with titles, years, authors and citations; each cites ten others on average, at random but always the same.
pub(crate) fn graph(n_edges: usize) -> Graph {
    let n_papers = n_edges / 10;
    let name = NamedNode::new_unchecked("https://w3id.org/amml-graph/graph/list/large");
    let paper = |at: usize| format!("https://w3id.org/amml-graph/id/paper/doi/10.1000/large.{at:07}");
    let named = NamedGraph::collect(&name, |sink| {
        let mut state = 1_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap_or(0) % below
        };
        let mut write = |subject: &str, predicate: NamedNodeRef<'_>, object: TermRef<'_>| {
            let graph_name = GraphNameRef::NamedNode(name.as_ref());
            sink(QuadRef { subject: NamedNodeRef::new_unchecked(subject).into(), predicate, object, graph_name });
        };
        for at in 0..n_papers {
            let iri = paper(at);
            let title =
                format!("On the <{at}>th question & its \"answer\": 单细胞 measurements of cells in tissue {at}");
            write(&iri, vocab::TYPE, vocab::SCHOLARLY_ARTICLE.into());
            write(&iri, vocab::RDFS_LABEL, LiteralRef::new_simple_literal(&title).into());
            write(&iri, vocab::NAME, LiteralRef::new_simple_literal(&title).into());
            write(&iri, vocab::DOI, LiteralRef::new_simple_literal(&format!("10.1000/large.{at:07}")).into());
            let year = (1990 + at % 35).to_string();
            write(&iri, vocab::ISSUED, LiteralRef::new_typed_literal(&year, vocab::XSD_G_YEAR).into());
            write(&iri, vocab::WAS_DERIVED_FROM, NamedNodeRef::new_unchecked("https://example.org/entry").into());
            for _ in 0..10 {
                write(&iri, vocab::CITES, NamedNodeRef::new_unchecked(&paper(random(n_papers))).into());
            }
        }
    });
    let mut graph = Graph::in_memory();
    graph.replace(vec![named]).expect("a store in memory takes what it is given");
    graph
}
