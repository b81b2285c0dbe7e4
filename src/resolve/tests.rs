//! The room at its door: lists in, things and links out.

use super::*;
use crate::{
    extract::extract,
    model::{Identity, Kind, Scope, SourceInfo, SourceKind},
    read::Source,
};

fn list(key: &str, text: &str) -> Extraction {
    let kind = match key {
        "decisions" => SourceKind::Decisions,
        _ if text.starts_with("subject\t") => SourceKind::Facts,
        _ => SourceKind::List,
    };
    extract(&Source::new(SourceInfo::new(key, kind), text))
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
            list("a", "## Cells\n- [CellMap: deep maps of cells](https://doi.org/10.1000/x) Ann Roe, Bob Poe\n"),
            list(
                "b",
                "## Cell\n- [cellmap](https://github.com/a/cellmap)\n- [CellMap: deep maps of cells](https://arxiv.org/abs/1812.08434) Ann Roe, Bob Poe\n",
            ),
            list(
                "c",
                "- [Deep maps of cells in time](https://x.org/1)\n- [Deep maps of cells in time](https://y.org/1)\n",
            ),
            list(
                "decisions",
                "[[different]]\nthings = [\"10.1000/x\", \"1812.08434\"]\n[[same]]\nthings = [\"https://x.org/1\", \"10.1000/x\"]\n",
            ),
        ]
    };
    let expected = resolve(lists());
    for at in 0..4 {
        let mut turned = lists();
        turned.rotate_left(at);
        assert_eq!(resolve(turned), expected);
    }
    let mut reversed = lists();
    reversed.reverse();
    assert_eq!(resolve(reversed), expected);
}

/// Shows the merges of the catalog as `thing = part (evidence confidence)`.
fn merges(catalog: &Catalog) -> Vec<String> {
    let shown = |merge: &crate::model::Merge| {
        let thing = catalog.things[merge.thing].identity.local_name();
        format!("{thing} = {} ({} {})", merge.part.local_name(), merge.evidence.word(), merge.confidence)
    };
    let mut shown: Vec<String> = catalog.sources.iter().flat_map(|source| &source.merges).map(shown).collect();
    shown.sort();
    shown
}

fn check_merges(lists: &[&str], expected: &[&str]) {
    let lists = lists.iter().zip('a'..).map(|(text, key)| list(&key.to_string(), text)).collect();
    let merges = merges(&resolve(lists));
    let matches = |(merge, expected): (&String, &&str)| {
        let (start, end) = expected.split_once('*').unwrap_or((expected, ""));
        merge.starts_with(start) && merge.ends_with(end)
    };
    assert!(merges.len() == expected.len() && merges.iter().zip(expected).all(matches), "{merges:#?}\n{expected:#?}");
}

#[test]
fn papers_merge_by_title_unless_something_contradicts() {
    let a = "- [Deep maps of all living cells](https://doi.org/10.1000/x) Ann Roe, Bob Poe\n";
    let same = "- [Deep Maps of all living cells.](https://x.org/1) Roe A, Poe B. Nature, 2019, 5: 1-9.\n";
    let unknown = "- [Deep maps of all living cells](https://x.org/1)\n";
    check_merges(&[a, unknown], &["doi/10.1000/x = url/*(same-title 0.9)"]);
    check_merges(&[a, same], &["doi/10.1000/x = title/*(same-title 0.97)"]);
    check_merges(&[a, &same.replace("Roe A, Poe B", "Doe E, Moe J")], &[]);
    let short =
        |authors: &str, host: &str| format!("- [Deep maps](https://{host}/1.pdf) {authors}. Nature, 2019, 5: 1-9.\n");
    check_merges(&[&short("Roe A, Poe B", "a.org"), &short("Roe A, Poe B", "b.org")], &["title/*(same-title 0.8)"]);
    check_merges(&[&short("Roe A, Poe B", "a.org"), &short("Doe E, Moe J", "b.org")], &[]);
}

#[test]
fn an_entry_joins_the_paper_of_its_title_with_which_it_shares_an_author() {
    let two = "- [Deep maps of all living cells](https://doi.org/10.1000/x) Ann Roe, Bob Poe\n\
               - [Deep maps of all living cells](https://doi.org/10.1000/y) Eve Doe, Jim Moe\n";
    let plain = "- [Deep maps of all living cells](https://x.org/1.pdf) Doe E, Moe J. Nature, 2019, 5: 1-9.\n";
    check_merges(&[two, plain], &["doi/10.1000/y = title/*(same-title 0.97)"]);
    check_merges(&[two, "- [Deep maps of all living cells](https://arxiv.org/abs/1812.08434)\n"], &[]);
}

#[test]
fn papers_merge_by_titles_that_differ_in_a_trifle() {
    let citation = "Roe A, Poe B. Nature, 2019, 5: 1-9.";
    let a = format!("- [CellMap: accurate maps of single cell images](https://doi.org/10.1000/x) {citation}\n");
    for (title, evidence) in [
        ("Accurate maps of single cell images", "title-without-name 0.94"),
        ("CellMap: accurate maps of single-cell image", "similar-title 0.94"),
        ("CellMap: The accurate maps of single-cell images", "similar-title 0.94"),
        ("CellMap: accurate maps of singlecell images", "similar-title 0.94"),
        ("CellMap: acurate maps of single cell images", "similar-title 0.94"),
    ] {
        let b = format!("- [{title}](https://x.org/1.pdf) {citation}\n");
        check_merges(&[&a, &b], &[&format!("doi/10.1000/x = title/*({evidence})")]);
    }
    for title in ["CellMap: accurate maps of single cell animals", "CellMap 2: accurate maps of single cell images"] {
        check_merges(&[&a, &format!("- [{title}](https://x.org/1.pdf) {citation}\n")], &[]);
    }
    // Two words that both occur elsewhere are two words.
    let words = "- [Content of maps](https://doi.org/10.1000/1)\n- [Context of maps](https://doi.org/10.1000/2)\n\
                 - [A content-aware model of single cell images](https://doi.org/10.1000/3) Ann Roe, Bob Poe\n\
                 - [A context-aware model of single cell images](https://x.org/1.pdf) Ann Roe, Bob Poe\n";
    check_merges(&[words], &[]);
}

#[test]
fn tools_merge_by_name_only_with_something_more() {
    let repository = "- [Scanmap](https://github.com/lab/scanmap) - maps of cells\n";
    check_merges(
        &[repository, "- [Scanmap](https://scanmap.org/) - maps of cells. [code](https://github.com/lab/Scanmap)\n"],
        &["github/lab/scanmap = url/scanmap-*(same-name-and-link 0.93)"],
    );
    check_merges(
        &[repository, "## Tools\n- [Scanmap](https://lab.github.io/scanmap/) - maps of cells\n"],
        &["github/lab/scanmap = url/scanmap-*(same-name-and-link 0.93)"],
    );
    let tools = |address: &str| format!("## Tools\n- [Scanmap]({address}) - a tool for maps of cells\n");
    check_merges(
        &[&tools("https://scanmap.org/"), &tools("http://docs.scanmap.org/en/latest/")],
        &["url/scanmap-*(same-name-and-host 0.9)"],
    );
    check_merges(&[&tools("https://scanmap.org/"), &tools("https://scanmap.org/python")], &[]);
    check_merges(&[repository, &tools("https://scanmap.org/")], &[]);
    check_merges(
        &[repository, "- [Scanmap](https://github.com/other/scanmap) - [docs](https://github.com/lab/scanmap)\n"],
        &[],
    );
}

/// What a list says of cells, and how a decision changes it.
fn decided(lists: &[(&str, &str)], decisions: &str) -> Catalog {
    let mut all: Vec<Extraction> = lists.iter().map(|(key, text)| list(key, text)).collect();
    all.push(list("decisions", decisions));
    assert_eq!(all.last().unwrap().notices, [], "{decisions}");
    resolve(all)
}

fn notices(catalog: &Catalog) -> Vec<String> {
    let of_decisions = catalog.sources.iter().filter(|source| source.extraction.source.kind == SourceKind::Decisions);
    let notices = of_decisions.flat_map(|source| &source.extraction.notices);
    notices.map(|notice| format!("{}:{}: {}", notice.lines, notice.code.word(), notice.text)).collect()
}

#[test]
fn what_is_decided_to_be_the_same_or_different_is_so() {
    let lists = [
        ("a", "- [Deep maps of all living cells](https://doi.org/10.1000/x)\n"),
        (
            "b",
            "- [Deep maps of all living cells](https://x.org/1.pdf) Roe A. Nature, 2019, 5: 1-9.\n- [Other maps of other cells](https://doi.org/10.1000/y)\n",
        ),
    ];
    let plain = decided(&lists, "");
    assert_eq!(things(&plain, Kind::Paper), 2);
    let apart = decided(&lists, "[[different]]\nthings = [\"10.1000/x\", \"https://x.org/1.pdf\"]\n");
    assert_eq!((things(&apart, Kind::Paper), notices(&apart)), (3, vec![]));
    // The IRIs that the merge names are as good as any other name.
    let part = &plain.sources.iter().flat_map(|source| &source.merges).next().unwrap().part;
    let iris = format!(
        "[[different]]\nthings = [\"https://w3id.org/amml-graph/id/paper/doi/10.1000/x\", \"https://w3id.org/amml-graph/id/paper/{}\"]\n",
        part.local_name()
    );
    assert_eq!(decided(&lists, &iris).things, apart.things);
    let same = decided(&lists, "[[same]]\nthings = [\"10.1000/x\", \"Other maps of other cells\"]\n");
    assert_eq!((things(&same, Kind::Paper), notices(&same)), (1, vec![]));
    assert!(merges(&same).iter().any(|merge| merge.contains("(decision 1.0)")), "{:?}", merges(&same));
    assert_eq!(decided(&lists, "# nothing\n").things, plain.things);
}

#[test]
fn papers_without_identifiers_are_told_apart_by_their_addresses() {
    let lists = [
        ("a", "- [Deep maps of all living cells](https://x.org/1.pdf) Roe A, Poe B. Nature, 2019, 5: 1-9.\n"),
        ("b", "- [Deep maps of all living cells](https://y.org/1.pdf) Roe A, Poe B. Nature, 2019, 5: 1-9.\n"),
        ("c", "- [Deep maps of all living cells](https://y.org/1.pdf) Roe A, Poe B. Nature, 2019, 5: 1-9.\n"),
    ];
    let plain = decided(&lists, "");
    assert_eq!((things(&plain, Kind::Paper), merges(&plain).len()), (1, 1));
    let merge = &plain.sources.iter().flat_map(|source| &source.merges).next().unwrap();
    let name = |local: String| format!("\"https://w3id.org/amml-graph/id/paper/{local}\"");
    let both = [name(plain.things[0].identity.local_name()), name(merge.part.local_name())].join(", ");
    let apart = decided(&lists, &format!("[[different]]\nthings = [{both}]\n"));
    assert_eq!((things(&apart, Kind::Paper), notices(&apart)), (2, vec![]));
    assert!(apart.things.iter().any(|thing| thing.identity == merge.part), "{:?}", apart.things);
}

#[test]
fn a_decision_stands_above_an_identifier() {
    let lists = [
        ("a", "- [Deep maps of all living cells](https://doi.org/10.1000/x)\n"),
        ("b", "- [A paper with a wrong address](https://doi.org/10.1000/x)\n"),
    ];
    assert_eq!(things(&decided(&lists, ""), Kind::Paper), 1);
    let apart = "[[different]]\nthings = [\"Deep maps of all living cells\", \"A paper with a wrong address\"]\n";
    let catalog = decided(&lists, apart);
    assert_eq!(things(&catalog, Kind::Paper), 2);
    let minter = crate::map::Minter::default();
    assert_ne!(minter.thing(&catalog.things[0]), minter.thing(&catalog.things[1]));
}

#[test]
fn kinds_and_links_are_as_decided() {
    let lists = [(
        "a",
        "- [CellMap: deep maps of cells](https://doi.org/10.1000/x)\n- [cellmap: another description](https://github.com/a/cellmap)\n\
         - [Other maps of other cells](https://doi.org/10.1000/y)\n",
    )];
    assert_eq!(links(&decided(&lists, "")), ["cellmap Implements CellMap: deep maps of cells (same-name)"]);
    let refused = "[[not-implements]]\ntool = \"https://github.com/A/CellMap\"\npaper = \"10.1000/x\"\n";
    assert_eq!(links(&decided(&lists, refused)), [""; 0]);
    let other = "[[implements]]\ntool = \"https://github.com/a/cellmap\"\npaper = \"Other maps of other cells\"\n";
    assert_eq!(links(&decided(&lists, other)), ["cellmap Implements Other maps of other cells (decision)"]);
    let kind = "[[kind]]\nthing = \"https://github.com/a/cellmap\"\nkind = \"dataset\"\n";
    let catalog = decided(&lists, kind);
    assert_eq!((things(&catalog, Kind::Dataset), things(&catalog, Kind::Tool), links(&catalog)), (1, 0, vec![]));
    // The IRI from before the decision still means it.
    let by_iri = kind.replace("github.com/a/cellmap", "w3id.org/amml-graph/id/tool/github/a/cellmap");
    assert_eq!(decided(&lists, &by_iri).things, catalog.things);
}

#[test]
fn a_decision_without_effect_is_reported_with_its_line() {
    let lists = [(
        "a",
        "- [Deep maps of all living cells](https://doi.org/10.1000/x)\n- [Other maps of other cells](https://doi.org/10.1000/y)\n",
    )];
    let decisions = "[[same]]\nthings = [\"10.1000/x\", \"10.9999/none\"]\n\
                     [[same]]\nthings = [\"10.1000/x\", \"10.1000/y\"]\n\
                     [[different]]\nthings = [\"10.1000/x\", \"10.1000/y\"]\n\
                     [[different]]\nthings = [\"10.1000/x\", \"Deep maps of all living cells\"]\n";
    let found = notices(&decided(&lists, decisions));
    let starts = [
        "1-2:unknown-thing: 10.9999/none",
        "3-4:vain-decision: another decision",
        "7-8:vain-decision: two of its things",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    assert!(found.iter().zip(starts).all(|(found, start)| found.starts_with(start)), "{found:#?}");
}

#[test]
fn persons_are_merged_and_told_apart_by_decision() {
    let lists = [(
        "a",
        "- [On maps](https://doi.org/10.1000/1) Jiahua Rao, Huiying Zhao\n- [On cells](https://doi.org/10.1000/2) Jiahua Rao, Huiying Zhao\n\
         - [On time](https://doi.org/10.1000/3) Jiahua Rao, Ann Roe\n",
    )];
    let names = |catalog: &Catalog| {
        let mut slugs: Vec<String> = catalog.persons.iter().map(|person| person.slug.clone()).collect();
        slugs.sort();
        slugs
    };
    let plain = decided(&lists, "");
    let raos =
        |catalog: &Catalog| names(catalog).into_iter().filter(|slug| slug.starts_with("jiahua")).collect::<Vec<_>>();
    assert_eq!(raos(&plain).len(), 2);
    let iri = |slug: &str| format!("\"https://w3id.org/amml-graph/id/person/name/{slug}\"");
    let both = raos(&plain).iter().map(|slug| iri(slug)).collect::<Vec<_>>().join(", ");
    let same = decided(&lists, &format!("[[same]]\nthings = [{both}]\n"));
    assert_eq!((raos(&same), notices(&same)), (vec!["jiahua-rao".to_owned()], vec![]));
    let merged: Vec<String> = plain.sources[0]
        .records
        .iter()
        .flat_map(|record| &record.authors)
        .filter_map(|author| author.merged.as_ref().map(|merged| merged.part.clone()))
        .filter(|part| part.starts_with("huiying"))
        .collect();
    let apart = format!("[[different]]\nthings = [{}, {}]\n", iri("huiying-zhao"), iri(&merged[0]));
    let apart = decided(&lists, &apart);
    assert_eq!(names(&apart).iter().filter(|slug| slug.starts_with("huiying")).count(), 2, "{:?}", names(&apart));
    assert!(names(&apart).contains(&merged[0]));
}

/// Shows the matches of topics as `path = path (evidence)`.
fn topics(lists: &[(&str, &str)]) -> Vec<String> {
    let catalog = resolve(lists.iter().map(|(key, text)| list(key, text)).collect());
    let path = |source: usize, topic: usize| catalog.sources[source].extraction.topics[topic].path.clone();
    let of_source = |(at, source): (usize, &SourceRecord)| {
        let shown = |found: &crate::model::TopicMatch| {
            format!("{} = {} ({})", path(found.other.0, found.other.1), path(at, found.topic), found.evidence.word())
        };
        source.matches.iter().map(shown).collect::<Vec<_>>()
    };
    let mut shown: Vec<String> = catalog.sources.iter().enumerate().flat_map(of_source).collect();
    shown.sort();
    shown
}

#[test]
fn topics_are_related_where_their_labels_say_the_same() {
    let entry = |n: u32| format!("- [tool {n}](https://github.com/a/t{n})\n");
    let one = |heading: &str, n: u32| format!("# L\n## {heading}\n{}", entry(n));
    let relate = |a: &str, b: &str| topics(&[("a", &one(a, 1)), ("b", &one(b, 2))]);
    assert_eq!(relate("Graph Databases", "graph databases"), ["graph-databases = graph-databases (same-label)"]);
    assert_eq!(relate("Variant callers", "Variant caller"), ["variant-callers = variant-caller (singular-and-plural)"]);
    assert_eq!(relate("Papers", "Papers"), [""; 0]);
    assert_eq!(relate("Graph Databases", "Graph Algorithms"), [""; 0]);
    let pairing = one("Gene expression / 基因表达", 3);
    assert_eq!(
        topics(&[("a", &one("Gene expression", 1)), ("b", &one("基因表达", 2)), ("c", &pairing)]),
        [
            "gene-expression = gene-expression (same-label)",
            "gene-expression = 基因表达 (bilingual-heading)",
            "基因表达 = gene-expression (same-label)",
        ]
    );
}

#[test]
fn topics_in_two_languages_are_related_by_what_they_hold() {
    let entries = |numbers: std::ops::Range<u32>| {
        numbers.map(|n| format!("- [tool{n}](https://github.com/a/t{n})\n")).collect::<String>()
    };
    let en = format!("# L\n## Workflow managers\n{}## Viewers\n{}", entries(0..5), entries(5..8));
    let zh = format!("# L\n## 流程管理\n{}## 可视化\n{}", entries(0..4), entries(10..14));
    assert_eq!(topics(&[("en", &en), ("zh", &zh)]), ["workflow-managers = 流程管理 (common-entries)"]);
}

#[test]
fn a_form_is_no_subject_unless_the_topics_above_match() {
    let text = |n: u32| format!("# L\n## Single cells\n### Papers\n- [tool {n}](https://github.com/a/t{n})\n");
    let found = topics(&[("a", &text(1)), ("b", &text(2))]);
    assert_eq!(
        found,
        ["single-cells = single-cells (same-label)", "single-cells/papers = single-cells/papers (same-label)"]
    );
}

#[test]
fn translations_and_forks_count_with_their_list() {
    let entries = |numbers: std::ops::Range<u32>| {
        numbers.map(|n| format!("- [tool{n}](https://github.com/a/t{n})\n")).collect::<String>()
    };
    let lists = [("a", entries(0..10)), ("b", entries(2..12)), ("c", entries(8..30)), ("d", entries(40..44))];
    let catalog = resolve(lists.iter().map(|(key, text)| list(key, text)).collect());
    let kin: Vec<Option<usize>> =
        catalog.sources.iter().map(|source| source.kinship.as_ref().map(|kinship| kinship.with)).collect();
    assert_eq!(kin, [None, Some(0), None, None]);
}

#[test]
fn what_one_entry_tells_apart_stays_apart() {
    let text = "- [Deep maps of all living cells](https://x.org/maps). <details><summary>Paper</summary>Roe A, Poe B. Deep maps of all living cells. Nature, 2019, 5: 1-9. https://doi.org/10.1000/x</details>\n";
    let catalog = resolve(vec![list("a", text)]);
    let entry = &catalog.sources[0].entry_things[0];
    assert!(entry.others.iter().all(|other| *other != entry.main), "{:?}", catalog.things);
}

/// What a service says, a dossier on each line.
fn service(key: &str, lines: &[&str]) -> Extraction {
    let info = SourceInfo { scope: Scope::Known, ..SourceInfo::new(key, SourceKind::Service) };
    extract(&Source::new(info, &lines.join("\n")))
}

const PAPER: &str = "- [Deep maps of all living cells](https://doi.org/10.1000/a) Roe J, Poe B, et al. Nature, 2019.\n";

#[test]
fn an_answer_joins_its_paper_and_one_about_nothing_known_is_left_out() {
    let about = r#"{"kind":"paper","title":"Deep maps of all living cells","ids":{"doi":"10.1000/a"}}"#;
    let other = r#"{"kind":"paper","title":"Another","ids":{"doi":"10.1000/other"}}"#;
    let catalog = resolve(vec![list("l", PAPER), service("crossref", &[about, other])]);
    assert_eq!(things(&catalog, Kind::Paper), 1);
    assert_eq!(catalog.sources[1].records.len(), 1);
}

#[test]
fn what_a_preprint_became_is_known_too_and_what_is_said_of_it() {
    let preprint = r#"{"kind":"paper","title":"Maps","ids":{"doi":"10.1101/2020.01.01.1"},"related":[{"relation":"preprint-of","other":{"kind":"paper","title":"Maps","ids":{"doi":"10.1000/b"}},"evidence":"service","percent":98}]}"#;
    let article = r#"{"kind":"paper","title":"Maps","ids":{"doi":"10.1000/b"},"venue":"Nature"}"#;
    let list = list("l", "- [Maps](https://doi.org/10.1101/2020.01.01.1) Roe J, Poe B. bioRxiv, 2020.\n");
    let catalog = resolve(vec![list, service("crossref", &[preprint]), service("openalex", &[article])]);
    assert_eq!(things(&catalog, Kind::Paper), 2);
    assert!(links(&catalog).contains(&"Maps PreprintOf Maps (service)".to_owned()), "{:?}", links(&catalog));
}

#[test]
fn a_stronger_identifier_becomes_the_identity_and_the_weaker_one_stays() {
    let record = r#"{"kind":"paper","title":"Maps of it","ids":{"doi":"10.1000/b","arxiv":"2001.00001"}}"#;
    let list = list("l", "- [Maps of it](https://arxiv.org/abs/2001.00001) Roe J, Poe B. arXiv, 2020.\n");
    let catalog = resolve(vec![list, service("semantic-scholar", &[record])]);
    assert_eq!(catalog.things.len(), 1);
    assert_eq!(catalog.things[0].identity.local_name(), "doi/10.1000/b");
    assert!(catalog.things[0].aliases.iter().any(|alias| alias.local_name() == "arxiv/2001.00001"));
}

#[test]
fn a_paper_that_was_found_by_its_title_gets_its_identifier_and_keeps_the_old_one() {
    let found = r#"{"about":{"what":"title:deep maps of all living cells","percent":92},"kind":"paper","title":"Deep maps of all living cells","ids":{"doi":"10.1000/a"}}"#;
    let list = list("l", "- Deep maps of all living cells. Roe J, Poe B. Nature, 2019. [PDF](https://x.org/a.pdf)\n");
    let catalog = resolve(vec![list, service("crossref", &[found])]);
    assert_eq!(things(&catalog, Kind::Paper), 1, "{:?}", catalog.things);
    let merge = catalog.sources.iter().flat_map(|source| &source.merges).next().unwrap();
    assert_eq!((merge.evidence, merge.confidence.hundredths()), (Evidence::TitleSearch, 92));
    assert!(matches!(merge.part, Identity::Title(_)), "{merge:?}");
}

#[test]
fn an_orcid_settles_who_is_who() {
    let record = |doi: &str, orcid: &str| {
        format!(
            r#"{{"kind":"paper","title":"T {doi}","ids":{{"doi":"{doi}"}},"authors":[{{"family":"Roe","given":"Jane","orcid":"{orcid}"}}]}}"#
        )
    };
    let texts = ["10.1000/a", "10.1000/b", "10.1000/c"]
        .map(|doi| format!("- [T {doi}](https://doi.org/{doi}) Roe J. Nature, 2019.\n"));
    let (one, other) = ("0000-0002-1825-0097", "0000-0001-5109-3700");
    let said = [record("10.1000/a", one), record("10.1000/b", one), record("10.1000/c", other)];
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let catalog = resolve(vec![list("l", &texts.concat()), service("crossref", &said)]);
    let orcids: Vec<Option<String>> =
        catalog.persons.iter().map(|person| person.orcid.as_ref().map(ToString::to_string)).collect();
    assert_eq!(orcids, [Some(one.to_owned()), Some(other.to_owned())]);
    let merged = catalog.sources.iter().flat_map(|source| &source.records).flat_map(|record| &record.authors);
    let merged: Vec<Evidence> = merged.filter_map(|author| Some(author.merged.as_ref()?.evidence)).collect();
    assert_eq!(merged, [Evidence::SameOrcid; 2]);
}

#[test]
fn citations_are_links_among_known_works_by_whatever_identifier() {
    let papers = "- [T a](https://doi.org/10.1000/a)\n- [T b](https://doi.org/10.1000/b)\n- [T c](https://arxiv.org/abs/2001.00001)\n";
    let a = r#"{"kind":"paper","title":"T a","ids":{"doi":"10.1000/a"},"cites":["openalex:W2","arxiv:2001.00001","doi:10.1000/unknown"]}"#;
    let b = r#"{"kind":"paper","title":"T b","ids":{"doi":"10.1000/b"},"own":"openalex:W2","cited_by":["doi:10.1000/a","arxiv:2001.00001"]}"#;
    let catalog = resolve(vec![list("l", papers), service("openalex", &[a, b])]);
    let expected = ["T a Cites T b (service)", "T a Cites T c (service)", "T c Cites T b (service)"];
    assert_eq!(links(&catalog), expected);
}

#[test]
fn a_stub_is_kept_while_something_known_cites_it() {
    let a = r#"{"kind":"paper","title":"Deep maps of all living cells","ids":{"doi":"10.1000/a"},"cites":["doi:10.1000/s"]}"#;
    let stub = r#"{"is_stub":true,"kind":"paper","title":"S","ids":{"doi":"10.1000/s"}}"#;
    let lost = r#"{"is_stub":true,"kind":"paper","title":"L","ids":{"doi":"10.1000/l"}}"#;
    let catalog = resolve(vec![list("l", PAPER), service("crossref", &[a, stub, lost])]);
    assert_eq!(things(&catalog, Kind::Paper), 2);
    assert_eq!(links(&catalog), ["Deep maps of all living cells Cites S (service)"]);
}

#[test]
fn a_repository_and_a_paper_that_name_each_other_are_linked_both_ways() {
    let lists = "- [T a](https://doi.org/10.1000/a)\n- [maps](https://github.com/o/maps)\n";
    let tool = r#"{"kind":"tool","name":"maps","links":[["main","https://github.com/o/maps"]],"related":[{"relation":"implements","other":{"kind":"paper","ids":{"doi":"10.1000/a"}},"evidence":"citation-file","percent":97,"grade":"official"}]}"#;
    let paper = r#"{"kind":"paper","title":"T a","ids":{"doi":"10.1000/a"},"related":[{"relation":"implements","is_inverse":true,"other":{"kind":"tool","links":[["main","https://github.com/o/maps"]]},"evidence":"paper-names-repository","percent":90}]}"#;
    let catalog = resolve(vec![list("l", lists), service("github", &[tool]), service("arxiv", &[paper])]);
    let expected = [
        "maps Implements T a (both-ways)",
        "maps Implements T a (both-ways)",
        "maps Implements T a (citation-file)",
        "maps Implements T a (paper-names-repository)",
    ];
    assert_eq!(links(&catalog), expected);
}
