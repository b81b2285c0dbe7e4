use crate::{
    extract::extract,
    map::{Minter, quads},
    read,
    resolve::resolve,
    store::{Graph, NamedGraph},
};
use oxrdf::{NamedNode, Quad};

use super::*;

/// A store with what is read in a list.
fn atlas(list: &str) -> Atlas {
    let source = read::decode("cells.md".as_ref(), list.into()).unwrap();
    let catalog = resolve(vec![extract(&source)]);
    let mut all: Vec<Quad> = Vec::new();
    quads(&catalog, &Minter::default(), &mut |quad| all.push(quad.into_owned()));
    let mut graph = Graph::in_memory();
    let name = NamedNode::new_unchecked("https://w3id.org/amml-graph/graph/list/cells");
    graph.replace(vec![NamedGraph::collect(&name, |sink| all.iter().for_each(|quad| sink(quad.as_ref())))]).unwrap();
    Atlas::new(graph, 2026).unwrap()
}

const LIST: &str = "\
# Cells

## Denoising

- [DCA: Deep count autoencoder](https://github.com/theislab/dca)
- [Single-cell RNA-seq denoising using a deep count autoencoder](https://doi.org/10.1038/s41467-018-07931-2) Gökcen Eraslan, \
Lukas M. Simon. Nat Commun 10, 390 (2019). Code: [dca](https://github.com/theislab/dca)
- [Another paper on counts](https://doi.org/10.1038/s41467-018-07932-1) Gökcen Eraslan, Lukas M. Simon, Fabian J. Theis. Nat \
Commun 11, 1 (2020).
";

const PAPER: &str = "https://w3id.org/amml-graph/id/paper/doi/10.1038/s41467-018-07931-2";
const TOOL: &str = "https://w3id.org/amml-graph/id/tool/github/theislab/dca";

fn keys(page: &Page) -> Vec<(&'static str, usize)> {
    page.relations.iter().map(|relation| (relation.key, relation.total)).collect()
}

#[test]
fn a_paper_has_its_tools_with_grounds_before_all_else() {
    let atlas = atlas(LIST);
    let page = atlas.page(PAPER, None).unwrap().unwrap();
    assert_eq!((page.thing.kind, page.thing.year), ("paper", Some(2019)));
    assert_eq!(keys(&page)[0], ("implemented-by", 1));
    let tool = &page.relations[0].members[0];
    assert_eq!(tool.item.iri, TOOL);
    assert!(!tool.because.is_empty() && tool.because[0].confidence.is_some(), "{tool:?}");
    assert!(tool.because.iter().any(|because| because.origins.iter().any(|origin| origin.lines.0 == 6)), "{tool:?}");
    let authors = page.relations.iter().find(|relation| relation.key == "authors").unwrap();
    let names: Vec<&str> = authors.members.iter().map(|member| member.item.name.as_str()).collect();
    assert!(names[0].contains("Eraslan") && names[1].contains("Simon"), "{names:?}");
    let doi = page.facts.iter().find(|fact| fact.key == "doi").unwrap();
    assert_eq!(doi.values[0].text, "10.1038/s41467-018-07931-2");
    assert_eq!(doi.values[0].sources[0].name, "cells");
}

#[test]
fn persons_have_co_authors_and_topics_have_years() {
    let atlas = atlas(LIST);
    let person =
        atlas.network().nodes.iter().find(|node| node.kind == "person" && node.label.contains("Eraslan")).unwrap();
    let page = atlas.page(&person.iri, None).unwrap().unwrap();
    assert!(keys(&page).contains(&("wrote", 2)) && keys(&page).contains(&("co-authors", 2)), "{:?}", keys(&page));
    assert_eq!(page.years, [(2019, 1), (2020, 1)]);
    let topic = atlas.network().nodes.iter().find(|node| node.kind == "topic" && &*node.label == "Denoising").unwrap();
    let page = atlas.page(&topic.iri, None).unwrap().unwrap();
    assert_eq!(page.years, [(2019, 1), (2020, 1)]);
    assert!(keys(&page).contains(&("holds", 3)), "{:?}", keys(&page));
}

#[test]
fn a_section_goes_on_from_a_place() {
    let entries: String =
        (0..30).map(|at| format!("- [tool{at:02}](https://github.com/a/tool{at:02}) - does {at}\n")).collect();
    let atlas = atlas(&format!("# X\n\n## Tools\n\n{entries}"));
    let topic = atlas.network().nodes.iter().find(|node| node.kind == "topic" && &*node.label == "Tools").unwrap();
    let holds = |from| {
        let page = atlas.page(&topic.iri, from).unwrap().unwrap();
        page.relations.into_iter().find(|relation| relation.key == "holds").unwrap()
    };
    let (first, next) = (holds(None), holds(Some(("holds", 12))));
    assert_eq!((first.total, first.offset, first.members.len()), (30, 0, 12));
    assert_eq!((next.offset, next.members.len()), (12, 12));
    assert_eq!(next.members[0].item.name, "tool12");
    assert!(holds(Some(("holds", 1000))).members.is_empty());
}

#[test]
fn what_lies_around_and_what_leads_from_one_to_another() {
    let atlas = atlas(LIST);
    let around = atlas.around(PAPER, 1, 40).unwrap();
    assert_eq!(around.nodes[0].iri, PAPER);
    assert!(around.edges.iter().any(|line| line.relation == "implements"));
    assert!(atlas.around(PAPER, 1, 2).unwrap().n_left_out > 0);
    let other = "https://w3id.org/amml-graph/id/paper/doi/10.1038/s41467-018-07932-1";
    let steps: Vec<(Option<&str>, bool)> =
        atlas.path(TOOL, other).iter().map(|step| (step.relation, step.is_backward)).collect();
    assert_eq!(steps, [(None, false), (Some("implements"), false), (Some("author"), false), (Some("author"), true)]);
    assert_eq!(atlas.path(TOOL, TOOL).len(), 1);
    assert!(atlas.path(TOOL, "urn:none").is_empty());
}

#[test]
fn a_list_is_told_what_to_look_at() {
    let atlas = atlas("# X\n\n-[a](https://github.com/a/a)\n- [b](https://github.com/b/b)\n");
    let list = atlas.network().nodes.iter().find(|node| node.kind == "list").unwrap();
    let page = atlas.page(&list.iri, None).unwrap().unwrap();
    assert!(
        page.notices.iter().any(|notice| notice.code == "bullet-without-blank" && notice.line == 3),
        "{:?}",
        page.notices
    );
}

#[test]
fn what_is_not_there_has_no_page() {
    let atlas = atlas(LIST);
    for iri in ["https://w3id.org/amml-graph/id/paper/doi/10.1/none", "not an iri", "", "urn:x"] {
        assert!(atlas.page(iri, None).unwrap().is_none(), "{iri}");
    }
}
