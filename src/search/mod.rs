//! Full text: which things go by these words, best first, and how many of each kind, topic and year.
//!
//! In go [`Document`]s, plain data about things in English, Chinese or both; out come IRIs. What a thing is, and what
//! is shown of it, the room does not know. An [`Index`] stands in a folder of its own with the stamp of the data it was
//! made from, or in memory. It is made as a whole and then only read.
//!
//! A search wants all words of the text and finds them by stem, without regard to case, accents, hyphens and spaces
//! within names. Words the index does not have are taken for mistyped, and if nothing has all words, most will do. Names
//! count more than people, topics and descriptions; a name or identifier typed in full comes first; what many lists
//! name goes before what fits as well. The text is never a query language, and only its first thousand characters
//! count.
//!
//! ```
//! # use amml_graph::search;
//! use search::{Document, Index, Request};
//!
//! let scanpy = Document { iri: "id:scanpy".into(), names: vec!["Scanpy".into()], ..Document::default() };
//! let index = Index::in_memory([scanpy])?;
//! let found = index.search(&Request { text: "scampy".into(), ..Request::default() })?;
//! assert_eq!(found.hits[0].iri, "id:scanpy");
//! # Ok::<(), search::SearchError>(())
//! ```
//!
//! # Rationale
//!
//! The words of the text are put into a query by hand and not by tantivy's parser, whose language has operators that
//! names contain (`C++`, `owner/repo`, `10.1038/…`), and whose fuzzy terms all count the same.

mod chinese;
mod collect;
mod dictionary;
mod document;
mod folder;
mod index;
mod plan;
mod query;
mod schema;
mod suggest;
#[cfg(test)]
mod tests;
mod tokens;
mod words;

use std::path::PathBuf;

pub use document::{Document, TopicRef};
pub use index::Index;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Words as a person types them. Without any, everything is found, what is best known first.
    pub text: String,
    /// Only things of this kind.
    pub kind: Option<String>,
    /// Only things under the topic with this IRI.
    pub topic: Option<String>,
    /// Only things of this year.
    pub year: Option<i32>,
    /// So many hits.
    pub limit: usize,
    /// After leaving out so many. Nobody can leaf beyond the first ten thousand.
    pub offset: usize,
}

impl Default for Request {
    fn default() -> Self {
        Self { text: String::new(), kind: None, topic: None, year: None, limit: 20, offset: 0 }
    }
}

/// A thing that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its IRI.
    pub iri: String,
    /// How well it fits; to be compared within one answer only. From 3,000 on it is called so.
    pub score: f32,
}

/// How the words of a text had to be taken for anything to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Each hit has all words.
    #[default]
    AllWords,
    /// Some words were taken for mistyped or not finished.
    Similar,
    /// Hits have most of the words; if nothing has, half of them, a third, or one.
    SomeWords,
}

/// What a search found. Hits and counts are for the same matches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best, in order; equals by IRI.
    pub hits: Vec<Hit>,
    /// How many things match in all.
    pub total: usize,
    /// How the words were taken.
    pub reading: Reading,
    /// How many matches there are of each kind, were there no restriction to a kind; most first.
    pub kinds: Vec<(String, usize)>,
    /// How many there are under each topic, were there no restriction to a topic; the hundred with most.
    pub topics: Vec<(String, usize)>,
    /// How many there are of each year, were there no restriction to a year; most first.
    pub years: Vec<(i32, usize)>,
}

/// Why an index cannot be made or asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A file or folder could not be written, renamed or removed.
    #[error("cannot write the search index {}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// The index could not be made.
    #[error("cannot make a search index")]
    Build(#[source] tantivy::TantivyError),
    /// The index could not be asked.
    #[error("cannot search")]
    Search(#[source] tantivy::TantivyError),
}
