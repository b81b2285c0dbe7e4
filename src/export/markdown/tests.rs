use super::*;
use crate::{
    extract::extract,
    map::{Minter, quads_by_source},
    model::{SourceInfo, SourceKind},
    read::Source,
    resolve::resolve,
    store::{Graph, NamedGraph},
};

fn written(sources: &[(&str, &str)]) -> String {
    let source = |(key, text): &(&str, &str)| extract(&Source::new(SourceInfo::new(*key, SourceKind::List), text));
    let catalog = resolve(sources.iter().map(source).collect());
    let mut graph = Graph::in_memory();
    graph.replace(quads_by_source(&catalog, &Minter::default(), |name, walk| NamedGraph::collect(name, walk))).unwrap();
    let scan = graph.scan().unwrap();
    let mut bytes = Vec::new();
    markdown(&scan, &Network::of(&scan), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A list comes out as expected, and the result as itself.
fn check(list: &str, expected: &str) {
    let first = written(&[("list", list)]);
    assert_eq!(first, expected);
    assert_eq!(written(&[("list", &first)]), expected, "read again");
}

#[test]
fn a_paper_has_its_tools_beside_it() {
    check(
        "# Maps\n## 1. 细胞 Cells\n### 1.1 Papers\n- [Maps of cells in tissue](https://doi.org/10.1000/maps), Ann Roe, Bo Doe. \
         Nature, 2020. [code](https://github.com/roe/cellmap)\n",
        "# Maps\n\n## 1 Cells 细胞\n\n### 1.1 Papers\n\n\
         - [Maps of cells in tissue](https://doi.org/10.1000/maps)\n  - Authors: Ann Roe, Bo Doe\n  - Venue: Nature\n  \
         - Year: 2020\n  - Paper: doi:10.1000/maps\n  - Code: [cellmap](https://github.com/roe/cellmap)\n\
         - [cellmap](https://github.com/roe/cellmap)\n",
    );
}

#[test]
fn several_lists_have_a_heading_each() {
    let text = written(&[
        ("a", "# One\n## Tools\n- [cellmap](https://github.com/roe/cellmap)\n"),
        ("b", "# Two\n## Tools\n- [cellmap](https://github.com/roe/cellmap)\n"),
    ]);
    assert!(
        text.starts_with("# List\n\n## One\n\n### Tools\n\n- [cellmap]")
            && text.contains("\n\n## Two\n\n### Tools\n\n- "),
        "{text}"
    );
}

#[test]
fn marks_stand_for_themselves() {
    for (plain, expected) in [
        ("# a *b* _c_ `d` [e] <f> & | ~g", "\\# a \\*b\\* \\_c\\_ \\`d\\` \\[e\\] \\<f\\> \\& \\| \\~g"),
        ("1. a", "1\\. a"),
        ("- a\nb\u{1}", "\\- a b"),
    ] {
        assert_eq!(text::escape(plain), expected);
    }
    assert_eq!(text::link("a]", "https://x.org/(b) c"), "[a\\]](<https://x.org/(b)%20c>)");
}
