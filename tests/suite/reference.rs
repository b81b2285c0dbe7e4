//! The embedded list, field by field, against a reference that was made by reading it.
//!
//! `tests/data/seed-reference.jsonl` was written by hand from the list, before and apart from the code. Where the two
//! differ and both readings can be defended, the difference is listed here with its reason.

use std::{collections::BTreeSet, fs};

use amml_graph::{
    extract::extract,
    model::{Catalog, Citation, Entry, Evidence, Extraction, Kind, LinkRole, Relation, normalise},
    read,
    resolve::resolve,
};
use serde_json::Value;

use crate::harness::project;

/// Line and field of a difference that is meant.
const MEANT: [(u64, &str, &str); 3] = [
    (31, "venue", "`arXiv preprint arXiv:…` names the server arXiv"),
    (95, "kind", "a page of a wiki is a page to read; that it is a list only its content would tell"),
    (101, "kind", "the same page"),
];

fn reference() -> Vec<Value> {
    let text = fs::read_to_string(project("tests/data/seed-reference.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn list() -> Extraction {
    extract(&read::embedded()[0])
}

fn text<'v>(row: &'v Value, field: &str) -> &'v str {
    row[field].as_str().unwrap_or_default()
}

/// The fields in which an entry differs from the reference.
fn differences(row: &Value, entry: &Entry, extraction: &Extraction) -> Vec<String> {
    let main = &entry.mentions[0];
    let mut wrong = Vec::new();
    let mut check = |field: &str, wanted: String, found: String| {
        if wanted != found {
            wrong.push(format!("{field}: {wanted:?} {found:?}"));
        }
    };
    let topic = entry.topic.and_then(|topic| extraction.topics[topic].number.clone()).unwrap_or_default();
    check("last_line", row["last_line"].to_string(), entry.origin.lines.last.to_string());
    check("section", text(row, "section").into(), topic);
    check("kind", text(row, "kind").replace("organisation", "organization"), main.kind.kind.word().into());
    check("title", text(row, "title").into(), main.title.text.clone());
    check("name", text(row, "name").into(), main.name.clone().unwrap_or_default());
    let id = |pick: fn(&amml_graph::id::Identifiers) -> Option<String>| {
        let found: BTreeSet<String> = entry.mentions.iter().filter_map(|mention| pick(&mention.ids)).collect();
        found.into_iter().collect::<Vec<_>>().join(" ")
    };
    check("doi", text(row, "doi").into(), id(|ids| ids.doi.as_ref().map(ToString::to_string)));
    check("arxiv", text(row, "arxiv").into(), id(|ids| ids.arxiv.as_ref().map(ToString::to_string)));
    check("pmcid", text(row, "pmcid").into(), id(|ids| ids.pmcid.as_ref().map(ToString::to_string)));
    check("biorxiv", text(row, "biorxiv").into(), id(|ids| ids.biorxiv().map(str::to_owned)));
    let empty = Citation::default();
    let citation =
        entry.mentions.iter().map(|mention| &mention.citation).find(|citation| !citation.is_empty()).unwrap_or(&empty);
    let names = |pairs: Vec<(&str, &str)>| {
        pairs.into_iter().map(|(family, given)| format!("{family} {given}")).collect::<Vec<_>>().join("; ")
    };
    let wanted = row["authors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|author| (text(author, "family"), text(author, "given")))
        .collect();
    check(
        "authors",
        names(wanted),
        names(citation.authors.iter().map(|name| (name.family.as_str(), name.given.as_str())).collect()),
    );
    check("et_al", row["et_al"].to_string(), citation.et_al.to_string());
    check("venue", text(row, "venue").into(), citation.venue.clone().unwrap_or_default());
    check("year", row["year"].to_string(), citation.year.map_or("null".into(), |year| year.to_string()));
    check("volume", text(row, "volume").into(), citation.volume.clone().unwrap_or_default());
    check("issue", text(row, "issue").into(), citation.issue.clone().unwrap_or_default());
    check("pages", text(row, "pages").into(), citation.pages.clone().unwrap_or_default());
    for link in row["links"].as_array().unwrap() {
        let role = match text(link, "role") {
            "doi" => "paper",
            role => role,
        };
        let found = entry
            .mentions
            .iter()
            .flat_map(|mention| &mention.links)
            .any(|found| found.url.as_ref() == text(link, "url") && found.role.word() == role);
        check("link", text(link, "url").into(), if found { text(link, "url").into() } else { String::new() });
    }
    wrong
}

#[test]
fn every_field_of_every_entry() {
    let extraction = list();
    let rows = reference();
    let mut wrong = Vec::new();
    let lines: Vec<u64> = extraction.entries.iter().map(|entry| u64::from(entry.origin.lines.first)).collect();
    assert_eq!(lines, rows.iter().map(|row| row["first_line"].as_u64().unwrap()).collect::<Vec<_>>());
    for (row, entry) in rows.iter().zip(&extraction.entries) {
        let line = row["first_line"].as_u64().unwrap();
        let is_meant =
            |difference: &String| MEANT.iter().any(|(at, field, _)| *at == line && difference.starts_with(field));
        wrong.extend(
            differences(row, entry, &extraction)
                .into_iter()
                .filter(|difference| !is_meant(difference))
                .map(|difference| format!("{line} {difference}")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let n_authors: usize = rows.iter().map(|row| row["authors"].as_array().unwrap().len()).sum();
    assert_eq!((rows.len(), extraction.topics.len(), n_authors), (70, 15, 155));
}

/// A difference that is meant must still be one.
#[test]
fn the_meant_differences_are_still_there() {
    let extraction = list();
    for (line, field, _) in MEANT {
        let row = reference().into_iter().find(|row| row["first_line"] == line).unwrap();
        let entry = extraction.entries.iter().find(|entry| u64::from(entry.origin.lines.first) == line).unwrap();
        assert!(
            differences(&row, entry, &extraction).iter().any(|difference| difference.starts_with(field)),
            "{line} {field}"
        );
    }
}

/// Tool and paper of every link, by the tool's repository and the paper's lines.
fn pairs(catalog: &Catalog, evidence: impl Fn(Evidence) -> bool) -> BTreeSet<String> {
    let list = &catalog.sources[0];
    let lines = |thing| {
        let record = list.records.iter().find(|record| record.thing == thing)?;
        Some(
            record
                .entries
                .iter()
                .map(|entry| list.extraction.entries[*entry].origin.lines.first.to_string())
                .collect::<Vec<_>>()
                .join(","),
        )
    };
    let repository = |thing| {
        let record = list.records.iter().find(|record| record.thing == thing)?;
        let main = record.links.iter().find(|(role, ..)| *role == LinkRole::Main)?;
        Some(main.1.path().rsplit('/').next()?.to_owned())
    };
    let links = catalog.sources.iter().flat_map(|source| &source.links);
    links
        .filter(|link| link.relation == Relation::Implements && evidence(link.evidence))
        .filter_map(|link| Some(format!("{} {}", repository(link.subject)?, lines(link.object)?)))
        .collect()
}

#[test]
fn the_text_alone_supports_nine_pairs_and_no_other() {
    let catalog = resolve(vec![list()]);
    let expected = [
        "DCA 84",
        "DeepImpute 72,81",
        "DeepWAS 26",
        "DiffVAE 75",
        "GAT 31",
        "cellassign 70",
        "digitalDLSorter 85",
        "scRNAseq_Benchmark 76",
        "shap 35",
    ];
    let expected: BTreeSet<String> = expected.iter().map(|pair| pair.replace("DCA", "dca")).collect();
    assert_eq!(pairs(&catalog, |_| true), expected);
}

#[test]
fn the_facts_add_pairs_that_stay_distinguishable() {
    let catalog = resolve(read::embedded().iter().map(extract).collect());
    let stated = pairs(&catalog, |evidence| matches!(evidence, Evidence::Curated | Evidence::Registry));
    assert!(stated.contains("CNNC 79") && stated.contains("scDeepCluster 67,74"), "{stated:?}");
    let inferred = pairs(&catalog, |evidence| !matches!(evidence, Evidence::Curated | Evidence::Registry));
    assert_eq!(inferred.len(), 9, "{inferred:?}");
}

#[test]
fn persons_of_the_list_merge_only_where_it_is_safe() {
    let catalog = resolve(vec![list()]);
    let works = |name: &str| -> Vec<usize> {
        let persons: Vec<usize> = (0..catalog.persons.len()).filter(|at| catalog.persons[*at].name == name).collect();
        let papers = |person: usize| {
            let wrote = catalog.sources[0]
                .records
                .iter()
                .filter(|record| record.authors.iter().any(|author| author.person == person));
            wrote.map(|record| normalise(&record.name.as_ref().unwrap().text)).collect::<BTreeSet<_>>().len()
        };
        persons.into_iter().map(papers).collect()
    };
    assert_eq!(works("Jiahua Rao"), [2]);
    assert_eq!(works("Jie Zhou"), [1]);
    let mut zhous = works("J. Zhou");
    zhous.sort_unstable();
    assert_eq!(zhous, [1, 2], "J. Zhou with Theesfeld C L twice, and J. Zhou with Troyanskaya");
    assert_eq!(works("Y. Yuan"), [1, 1]);
    assert_eq!(catalog.things.iter().filter(|thing| thing.kind.kind == Kind::Paper).count(), 45);
}
