//! The room at its door: lists in, things and links out.

use super::*;
use crate::{
    extract::extract,
    model::{Identity, Kind, SourceInfo, SourceKind},
    read::Source,
};

fn list(key: &str, text: &str) -> Extraction {
    let kind = if text.starts_with("subject\t") { SourceKind::Facts } else { SourceKind::List };
    extract(&Source::new(SourceInfo { key: key.into(), kind, address: None, title: None }, text))
}

/// Shows the links of the catalog as `name relation name (evidence)`.
fn links(catalog: &Catalog) -> Vec<String> {
    let name = |thing: usize| {
        let records = catalog.sources.iter().flat_map(|source| &source.records);
        let named = records.filter(|record| record.thing == thing).find_map(|record| record.name.as_ref());
        named.map_or_else(|| format!("{:?}", catalog.things[thing].identity), |label| label.text.clone())
    };
    let mut shown: Vec<String> = catalog
        .sources
        .iter()
        .flat_map(|source| &source.links)
        .map(|link| {
            format!("{} {:?} {} ({})", name(link.subject), link.relation, name(link.object), link.evidence.word())
        })
        .collect();
    shown.sort();
    shown
}

fn check_links(text: &str, expected: &[&str]) {
    assert_eq!(links(&resolve(vec![list("l", text)])), expected);
}

fn things(catalog: &Catalog, kind: Kind) -> usize {
    catalog.things.iter().filter(|thing| thing.kind.kind == kind).count()
}

#[test]
fn duplicate_entries_are_one_thing_with_two_entries() {
    let entry = "- [On maps](https://www.nature.com/articles/nature14248) Roe A. Nature, 2015, 518: 317-330.\n";
    let catalog = resolve(vec![list("l", &entry.repeat(2))]);
    assert_eq!(things(&catalog, Kind::Paper), 1);
    assert_eq!(catalog.sources[0].records[0].entries, [0, 1]);
}

#[test]
fn lists_meet_in_the_same_identifier_repository_or_title() {
    let a = "- [Mapping all cells of it](https://doi.org/10.1000/x)\n- [cell](https://github.com/A/Cell)\n- [CellSite](http://www.x.org/site/)\n";
    let b = "- [Mapping all cells of it](https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456)\n- [Cell](https://github.com/a/cell.git)\n- [CellSite](https://x.org/site)\n";
    let catalog = resolve(vec![list("a", a), list("b", b)]);
    assert_eq!(catalog.things.len(), 3, "{:?}", catalog.things);
    assert!(
        catalog.things.iter().any(|thing| matches!(&thing.identity, Identity::Doi(doi) if doi.as_ref() == "10.1000/x"))
    );
}

#[test]
fn papers_of_one_title_with_different_identifiers_stay_apart() {
    let catalog = resolve(vec![list(
        "l",
        "- [Deep maps of all cells](https://doi.org/10.1000/x)\n- [Deep maps of all cells](https://doi.org/10.1000/y)\n",
    )]);
    assert_eq!(things(&catalog, Kind::Paper), 2);
}

#[test]
fn a_preprint_and_the_article_of_the_same_title_are_one_work() {
    check_links(
        "- [Deep maps of all cells](https://www.biorxiv.org/content/10.1101/365007v1)\n- [Deep maps of all cells](https://doi.org/10.1000/y)\n",
        &["Deep maps of all cells PreprintOf Deep maps of all cells (same-title)"],
    );
}

#[test]
fn a_preprint_becomes_one_article() {
    let text = "- [Deep maps of all cells](https://www.biorxiv.org/content/10.1101/365007v1) Roe A, Poe B. Nature, 2019, 5: 1-9.\n";
    let facts = "subject\trelation\tobject\tevidence_source\tquote_key\n10.1101/365007\tpreprint_of\t10.1000/y\tr database/x.tsv\tq\n";
    let catalog = resolve(vec![list("l", text), list("f", facts)]);
    assert_eq!(things(&catalog, Kind::Paper), 2);
    let article = catalog
        .things
        .iter()
        .find(|thing| matches!(&thing.identity, Identity::Doi(doi) if doi.as_ref() == "10.1000/y"))
        .unwrap();
    assert!(article.aliases.contains(&Identity::Title("deep maps of all cells".into())));
}

#[test]
fn tools_are_linked_by_a_name_that_only_they_have() {
    check_links(
        "- [CellMap: deep maps of cells](https://doi.org/10.1000/x)\n- [cellmap: another description](https://github.com/a/cellmap)\n",
        &["cellmap Implements CellMap: deep maps of cells (same-name)"],
    );
    check_links(
        "- [CellMap: deep maps of cells](https://doi.org/10.1000/x)\n- [cellmap](https://github.com/a/cellmap)\n- [CellMap](https://github.com/b/cellmap)\n",
        &[],
    );
}

#[test]
fn tools_are_linked_by_their_title_and_by_the_owner() {
    let others = "- [Clustering single-cell RNA-seq data with a deep model](https://doi.org/10.1000/1)\n\
                  - [Imputing single-cell RNA-seq data with deep learning](https://doi.org/10.1000/2)\n\
                  - [Reading the genome of cancer cells](https://doi.org/10.1000/3)\n";
    check_links(
        &format!(
            "{others}- [Denoising of single-cell RNA-seq by a count autoencoder](https://doi.org/10.1000/4)\n- [CA: Count autoencoder for denoising scRNA-seq data](https://github.com/x/ca)\n"
        ),
        &["CA Implements Denoising of single-cell RNA-seq by a count autoencoder (title-match)"],
    );
    check_links(
        &format!(
            "{others}## T\n- [A unified view of predictions](https://doi.org/10.1000/5) Lundberg S M, Lee S I. Nature, 2017, 4: 5-6.\n- [expl: A game for any model](https://github.com/slundberg/expl)\n"
        ),
        &["expl Implements A unified view of predictions (owner-is-author)"],
    );
}

#[test]
fn two_methods_for_one_purpose_are_not_taken_for_one() {
    check_links(
        "- [Clustering single-cell RNA-seq data with a model-based approach](https://doi.org/10.1000/1)\n\
         - [Deep learning enables clustering in single-cell RNA-seq analysis](https://doi.org/10.1000/2)\n\
         - [Imputing single-cell RNA-seq data with graphs](https://doi.org/10.1000/3)\n\
         - [scCluster for single cell RNA-seq data](https://github.com/x/scCluster)\n\
         - [scFill: deep imputation for single-cell RNA-seq data](https://github.com/y/scFill)\n",
        &[],
    );
}

fn persons(text: &str) -> Vec<String> {
    let catalog = resolve(vec![list("l", text)]);
    let mut slugs: Vec<String> = catalog.persons.iter().map(|person| person.name.clone()).collect();
    slugs.sort();
    slugs
}

#[test]
fn persons_merge_only_with_a_rare_pair_of_names() {
    let full = "- [On maps](https://doi.org/10.1000/1) Jiahua Rao, Huiying Zhao, Hua Chai\n- [On cells](https://doi.org/10.1000/2) Jiahua Rao, Huiying Zhao\n";
    assert_eq!(persons(full), ["Hua Chai", "Huiying Zhao", "Jiahua Rao"]);
    let initials = "- [On maps](https://doi.org/10.1000/1) Wang Y, Zhang L. Nature, 2019, 5: 1-9.\n- [On cells](https://doi.org/10.1000/2) Wang Y, Zhang L. Nature, 2018, 5: 1-9.\n";
    assert_eq!(persons(initials).len(), 4);
    let rare = "- [On maps](https://doi.org/10.1000/1) Zhou J, Theesfeld C L. Nature, 2019, 5: 1-9.\n- [On cells](https://doi.org/10.1000/2) Zhou, J., Park, C.Y., Theesfeld, C.L. Nature 5, 1–9 (2018).\n";
    assert_eq!(persons(rare), ["C. L. Theesfeld", "C. Y. Park", "J. Zhou"]);
    let apart = "- [On maps](https://doi.org/10.1000/1) Zhou J, Troyanskaya O G. Nature, 2019, 5: 1-9.\n- [On cells](https://doi.org/10.1000/2) Jie Zhou, Ganqu Cui\n";
    assert_eq!(persons(apart).len(), 4);
}

#[test]
fn common_names_and_names_of_one_list_do_not_merge() {
    let common = "- [On maps](https://doi.org/10.1000/1) Jing Zhang, Wei Wang, Ann Roe\n- [On cells](https://doi.org/10.1000/2) Jing Zhang, Wei Wang, Bob Poe\n";
    assert_eq!(persons(common).len(), 6);
    let alike = "- [On maps](https://doi.org/10.1000/1) Zhang J, Zhang J H, Li K, Zhang J. Nature, 2019, 5: 1-9.\n";
    let catalog = resolve(vec![list("l", alike)]);
    assert_eq!((catalog.persons.len(), catalog.sources[0].records[0].authors.len()), (4, 4));
}

#[test]
fn no_two_things_have_one_iri() {
    let catalog = resolve(vec![list(
        "l",
        "- [Deep learning](http://a.org/x.html) LeCun Y, Bengio Y. Nature, 2015, 521: 436-444.\n\
         - [Deep learning](http://b.org/y.html) Schmidhuber J, Roe A. Neural networks, 2015, 61: 85-117.\n\
         - **C++** [docs](https://x.org/cpp)\n- **C#** [docs](https://x.org/cs)\n",
    )]);
    let minter = crate::map::Minter::default();
    let iris: std::collections::BTreeSet<String> = catalog.things.iter().map(|thing| minter.thing(thing)).collect();
    assert_eq!((iris.len(), catalog.things.len()), (4, 4));
}

#[test]
fn a_version_link_stands_in_the_source_of_its_preprint() {
    let pair = "- [Deep maps of all cells](https://www.biorxiv.org/content/10.1101/365007v1)\n- [Deep maps of all cells](https://doi.org/10.1000/y)\n";
    let catalog = resolve(vec![list("z", pair), list("a", "- [cell](https://github.com/a/cell)\n")]);
    assert!(catalog.sources[0].links.is_empty());
    assert_eq!(catalog.sources[1].links[0].entries, [0]);
}

#[test]
fn namesakes_have_different_iris_and_every_spelling_is_kept() {
    let catalog = resolve(vec![list(
        "l",
        "- [On maps](https://doi.org/10.1000/1) Yuan, Y., Ju, Y.S. Nature 5, 1–9 (2018).\n- [On cells](https://doi.org/10.1000/2) Yuan Y, Bar-Joseph Z. Nature, 2019, 5: 1-9.\n",
    )]);
    let yuans: Vec<_> = catalog.persons.iter().filter(|person| person.family == "Yuan").collect();
    assert_eq!(yuans.len(), 2);
    assert!(yuans[0].slug != yuans[1].slug && yuans.iter().all(|person| person.slug.starts_with("y-yuan-")));
    assert!(yuans.iter().any(|person| person.spellings.contains("Yuan, Y.")));
}

#[test]
fn the_order_of_sources_does_not_matter() {
    let lists = || {
        vec![
            list("a", "- [CellMap: deep maps of cells](https://doi.org/10.1000/x) Ann Roe, Bob Poe\n"),
            list(
                "b",
                "- [cellmap](https://github.com/a/cellmap)\n- [CellMap: deep maps of cells](https://arxiv.org/abs/1812.08434) Ann Roe, Bob Poe\n",
            ),
        ]
    };
    let mut reversed = lists();
    reversed.reverse();
    assert_eq!(resolve(lists()), resolve(reversed));
}
