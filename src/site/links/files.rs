//! How the files of a static site are called.
//!
//! A name is made from the IRI alone, so that it is the same in every run and for everybody. It consists of small ASCII
//! letters, digits, `-` and `_`, which every host serves as it is and every file system holds: none of them ends with a
//! dot, is called `con`, or differs from another one in capitals only. What this loses of the IRI, the hash at the end tells
//! apart: 64 bits of its SHA-256.

use sha2::{Digest as _, Sha256};

/// The first page.
pub const HOME: &str = "index.html";
/// The page that searches in the browser.
pub const SEARCH: &str = "search.html";
/// The list of questions.
pub const QUESTIONS: &str = "questions/index.html";
/// The overview of pictures.
pub const PICTURES: &str = "pictures/index.html";
/// What is to be had, and how.
pub const ABOUT: &str = "about.html";
/// The terms of the ontology.
pub const ONTOLOGY: &str = "ontology.html";
/// The page for addresses that lead nowhere, as many hosts want it to be called.
pub const NOT_FOUND: &str = "404.html";

/// The longest part of a name before its hash.
const LONGEST: usize = 100;

/// The page of a thing: `page/paper/doi-10-1038-s41592-018-0229-2_1f0c….html`.
#[must_use]
pub fn thing(base: &str, iri: &str) -> String {
    format!("page/{}.html", stem(base, iri))
}

/// The RDF of a thing, beside its page.
#[must_use]
pub fn data(base: &str, iri: &str, format: &str) -> String {
    format!("page/{}.{}", stem(base, iri), slug(format))
}

/// A list of all things of a kind; long lists go on at `index/paper-2.html`.
#[must_use]
pub fn index(kind: &str, part: usize) -> String {
    match part {
        0 | 1 => format!("index/{}.html", slug(kind)),
        _ => format!("index/{}-{part}.html", slug(kind)),
    }
}

/// The answer to a question.
#[must_use]
pub fn question(name: &str) -> String {
    format!("questions/{}.html", slug(name))
}

/// The page that shows a picture.
#[must_use]
pub fn picture(view: &str) -> String {
    format!("pictures/{}.html", slug(view))
}

/// The picture itself, for a light or a dark page.
#[must_use]
pub fn image(view: &str, theme: &str) -> String {
    format!("pictures/{}-{}.svg", slug(view), slug(theme))
}

/// Folder and name without its ending. Things below the base are sorted by kind, the first part of their path.
fn stem(base: &str, iri: &str) -> String {
    let local = iri.strip_prefix(base).and_then(|local| local.strip_prefix("id/"));
    let (folder, name) = local
        .and_then(|local| local.split_once('/'))
        .unwrap_or_else(|| ("other", iri.trim_start_matches("https://").trim_start_matches("http://")));
    let is_word = !folder.is_empty() && folder.len() <= 20 && folder.bytes().all(|byte| byte.is_ascii_lowercase());
    // `con` and the like are no names of folders on Windows.
    let folder = if is_word && folder.len() > 3 { folder } else { "other" };
    let name = slug(name);
    let joint = if name.is_empty() { "" } else { "_" };
    format!("{folder}/{name}{joint}{}", hash(iri))
}

/// Small ASCII letters and digits with single hyphens between them, cut to the longest length.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in text.chars() {
        if slug.len() >= LONGEST {
            break;
        }
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
