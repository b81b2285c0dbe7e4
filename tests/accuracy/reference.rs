//! The references: what a reader found in a list.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// A list with the ranges of it that were read, and their entries.
pub(crate) struct Reference {
    pub(crate) list: String,
    pub(crate) half: String,
    pub(crate) ranges: Vec<(u32, u32)>,
    pub(crate) entries: Vec<Expected>,
}

#[derive(Deserialize)]
struct Head {
    list: String,
    half: String,
    ranges: Vec<(u32, u32)>,
}

/// What one entry says.
#[derive(Deserialize)]
pub(crate) struct Expected {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) kind: String,
    pub(crate) title: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) section: Vec<String>,
    pub(crate) links: Vec<(String, String)>,
    pub(crate) doi: Option<String>,
    pub(crate) arxiv: Option<String>,
    pub(crate) pmid: Option<String>,
    pub(crate) pmcid: Option<String>,
    pub(crate) authors: Vec<(String, String)>,
    pub(crate) et_al: bool,
    pub(crate) venue: Option<String>,
    pub(crate) year: Option<u16>,
    pub(crate) pairs: Vec<(String, String)>,
}

/// Every reference, in the order of the files' names.
pub(crate) fn all() -> Vec<Reference> {
    let folder = folder().join("references");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).expect("the references are there").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy")
}

fn read(path: &Path) -> Reference {
    let text = fs::read_to_string(path).expect("a reference is text");
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let named = |error: serde_json::Error| panic!("{}: {error}", path.display());
    let head: Head = serde_json::from_str(lines.next().unwrap_or_default()).unwrap_or_else(named);
    let entries = lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}: {line}", path.display())))
        .collect();
    Reference { list: head.list, half: head.half, ranges: head.ranges, entries }
}

impl Reference {
    /// The list itself; `None` if it is a real one and not here.
    pub(crate) fn text(&self) -> Option<String> {
        let path = match self.list.strip_prefix("shared/") {
            Some(name) => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/lists").join(name),
            None => folder().join(&self.list),
        };
        fs::read_to_string(path).ok()
    }
}
