//! Real lists that may lie beside the checkout (`../shared/lists`); without them these tests say that they were skipped.

use std::{fs, path::PathBuf};

use amml_graph::{
    extract::extract,
    model::{Extraction, Mention, SourceInfo, SourceKind},
    net::{Client, Connectivity, Options},
    read::{self, Remote, Source, SourceSpec},
};

use crate::harness::project;

fn lists() -> Option<PathBuf> {
    let folder = project("../shared/lists");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there are no lists in ../shared/lists");
    None
}

fn read_as(key: &str, path: &std::path::Path) -> Extraction {
    let info = SourceInfo::new(key, SourceKind::List);
    extract(&Source::new(info, &fs::read_to_string(path).unwrap()))
}

#[test]
fn the_embedded_list_is_the_original_to_the_byte() {
    let Some(folder) = lists() else { return };
    let original = fs::read(folder.join("DenseAI__awesome-medical-machine-learning.md")).unwrap();
    assert!(original == fs::read(project("data/awesome-medical-machine-learning.md")).unwrap());
}

/// The same list with reference links, with collapsed ones, with underlined headings and other line ends.
#[test]
fn variants_say_the_same_as_their_originals() {
    let Some(folder) = lists() else { return };
    for (original, variant) in [
        ("hsiaoyi0504__awesome-cheminformatics", "hsiaoyi0504__awesome-cheminformatics.reflinks"),
        ("danielecook__Awesome-Bioinformatics", "danielecook__Awesome-Bioinformatics.collapsed-reflinks"),
        ("kakoni__awesome-healthcare", "kakoni__awesome-healthcare.setext-crlf"),
    ] {
        let first = read_as(original, &folder.join(format!("{original}.md")));
        let second = read_as(original, &folder.join(format!("variants/{variant}.md")));
        let mentions = |extraction: &Extraction| {
            extraction.entries.iter().map(|entry| entry.mentions.clone()).collect::<Vec<Vec<Mention>>>()
        };
        let topics =
            |extraction: &Extraction| extraction.topics.iter().map(|topic| topic.path.clone()).collect::<Vec<_>>();
        assert!(first.entries.len() > 100, "{original}: {}", first.entries.len());
        assert_eq!(topics(&first), topics(&second), "{original}");
        assert_eq!(mentions(&first), mentions(&second), "{original}");
    }
}

#[test]
fn every_list_is_read_without_a_panic_and_most_have_entries() {
    let Some(folder) = lists() else { return };
    let client = Client::new(Options { connectivity: Connectivity::Offline, ..Options::default() });
    let remote = Remote { client: &client, github: read::GITHUB_RAW.parse().unwrap() };
    let sources = read::load(&[SourceSpec::Path(folder)], &remote).remove(0).unwrap();
    let extractions: Vec<Extraction> = sources.iter().map(extract).collect();
    let n_entries: usize = extractions.iter().map(|extraction| extraction.entries.len()).sum();
    println!("{} lists, {n_entries} entries", extractions.len());
    assert!(n_entries > 6_000, "{n_entries}");
}
