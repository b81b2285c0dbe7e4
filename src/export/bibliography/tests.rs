use super::*;
use crate::{
    extract::extract,
    map::{Minter, quads_by_source},
    model::{SourceInfo, SourceKind},
    read::Source,
    resolve::resolve,
    store::{Graph, NamedGraph},
};

fn build(text: &str) -> Graph {
    let source = Source::new(SourceInfo::new("works", SourceKind::Bibliography), text);
    let catalog = resolve(vec![extract(&source)]);
    let mut graph = Graph::in_memory();
    graph.replace(quads_by_source(&catalog, &Minter::default(), |name, walk| NamedGraph::collect(name, walk))).unwrap();
    graph
}

fn written(form: Bibliography, graph: &Graph) -> String {
    let scan = graph.scan().unwrap();
    let mut bytes = Vec::new();
    form.write(&scan, &Network::of(&scan), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What is written of a work in each form comes back: writing once more gives the same text.
fn check(text: &str, expected: &[&str]) {
    let graph = build(text);
    for form in Bibliography::ALL {
        let first = written(form, &graph);
        let again = written(form, &build(&first));
        assert_eq!(first, again, "{}", form.name());
        if form == Bibliography::BibTex {
            expected.iter().for_each(|part| assert!(first.contains(part), "{part} is not in {first}"));
        }
    }
}

#[test]
fn an_article_comes_back() {
    check(
        "@article{k, title = {Maps of {scRNA} \\& 50\\% of $5 #1 cells}, author = {van der Roe, Ann and {The Atlas Group} and others},
         journal = {J. Maps & Cells}, year = 2020, month = apr, day = 5, volume = 3, number = 4, pages = {10--19},
         doi = {10.1000/a_b}, eprint = {2001.00001}, archiveprefix = {arXiv}, pmid = {123}, pmcid = {PMC456},
         url = {https://example.org/a_b?c=d&e=%20f}, abstract = {About it.}, keywords = {cells, maps}}",
        &[
            "@article{vanderroe2020maps,",
            "title = {Maps of {scRNA} \\& 50\\% of \\$5 \\#1 cells}",
            "author = {van der Roe, Ann and {The Atlas Group} and others}",
            "journal = {J. Maps \\& Cells}",
            "pages = {10--19}",
            "doi = {10.1000/a_b}",
            "url = {https://example.org/a_b?c=d&e=%20f}",
        ],
    );
}

#[test]
fn works_of_every_sort_come_back() {
    check(
        "@inproceedings{a, title={A paper of proceedings}, booktitle={Proceedings of the 3rd Workshop on X}, year=2019, author={Roe, A.}}
         @article{b, title={A preprint of theirs}, journal={arXiv}, eprint={2001.00002}, archiveprefix={arXiv}, year=2020}
         @book{c, title={A book of cells}, author={Roe, Ann}, year=2018}
         @software{d, title={cellmap}, url={https://github.com/roe/cellmap}, year=2021}
         @dataset{e, title={The data of cells}, doi={10.5281/zenodo.1}}
         @video{f, title={A film on cells}, url={https://youtu.be/x}}
         @online{g, title={A page on cells}, url={https://example.org/page}}
         @article{h, title={A paper without a place}, year=2001}
         @article{i, title={单细胞的测序}, author={李, 伟}, year=2002}
         @article{j, title={A paper elsewhere}, doi={10.1000/other}, year=2001}",
        &[
            "@inproceedings{roe2019paper,",
            "booktitle = {Proceedings of the 3rd Workshop on X}",
            "@book{",
            "@software{2021cellmap,",
            "@dataset{data,",
            "@video{",
            "@online{",
            "@article{2002,",
            "@article{2001paper-2,",
        ],
    );
}

#[test]
fn odd_characters_stand_for_themselves() {
    for (text, expected) in [
        ("a & b % c # d _ e $ f", "a \\& b \\% c \\# d \\_ e \\$ f"),
        ("x^2 ~ \\", "x\\textasciicircum{}2 \\textasciitilde{} \\textbackslash{}"),
        ("{a} b", "\\{a\\} b"),
        ("}a{", "\\textbraceright{}a\\textbraceleft{}"),
        ("-- ''", "-{}- '{}'"),
        (" a\n\tb\u{1} ", "a b"),
    ] {
        assert_eq!(latex::escape(text), expected);
    }
    assert_eq!(latex::title("scVI: the DNA, and Cells of 3D-maps"), "{scVI}: the {DNA}, and Cells of {3D-maps}");
}

#[test]
fn no_value_breaks_a_record() {
    let graph = build(
        "[{\"title\": \"a\\nER  - \\nTY  - JOUR\\nTI  - b\", \"DOI\": \"10.1000/x\", \"type\": \"article-journal\"}]",
    );
    let ris = written(Bibliography::Ris, &graph);
    assert_eq!(ris.matches("\r\nER  - \r\n").count(), 1, "{ris}");
    assert!(ris.contains("TI  - a ER - TY - JOUR TI - b\r\n"), "{ris}");
}
