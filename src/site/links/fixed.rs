use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::files;
use crate::site::Language;

/// What a static site has: the same for all of its pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StaticSite {
    /// What the IRIs of the graph begin with.
    pub base: String,
    /// The languages that pages are written in. The first one stands at the root, the other in a folder of its name.
    pub languages: Vec<Language>,
    /// The things that have a page.
    pub things: BTreeSet<String>,
    /// The questions whose answers are written.
    pub questions: BTreeSet<String>,
    /// The pictures that are written.
    pub pictures: BTreeSet<String>,
    /// The formats of RDF that are written beside each page: `ttl`, `jsonld`.
    pub data_formats: Vec<String>,
    /// The files with the whole graph, by format, as paths from the root of the site.
    pub downloads: BTreeMap<String, String>,
    /// Whether there is a page with the ontology.
    pub has_ontology: bool,
}

/// The addresses of a static site, relative to one of its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaticLinks {
    site: Arc<StaticSite>,
    language: Language,
    file: String,
}

impl StaticLinks {
    /// For the page that is written to `file` (see [`files`]) in the folder of the language.
    #[must_use]
    pub fn new(site: Arc<StaticSite>, language: Language, file: impl Into<String>) -> Self {
        Self { site, language, file: file.into() }
    }

    /// The path of this page from the root of the site.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}{}", self.folder(self.language), self.file)
    }

    pub(super) fn site(&self) -> &StaticSite {
        &self.site
    }

    /// A page in the same language.
    pub(super) fn to(&self, file: &str) -> String {
        format!("{}{file}", "../".repeat(self.file.matches('/').count()))
    }

    /// A file that all languages share.
    pub(super) fn to_root(&self, file: &str) -> String {
        let depth = self.file.matches('/').count() + self.folder(self.language).matches('/').count();
        format!("{}{file}", "../".repeat(depth))
    }

    pub(super) fn to_thing(&self, iri: &str) -> Option<String> {
        self.site.things.contains(iri).then(|| self.to(&files::thing(&self.site.base, iri)))
    }

    pub(super) fn in_language(&self, other: Language) -> Option<String> {
        self.site.languages.contains(&other).then(|| self.to_root(&format!("{}{}", self.folder(other), self.file)))
    }

    fn folder(&self, language: Language) -> String {
        match self.site.languages.first() {
            Some(first) if *first != language => format!("{}/", language.word()),
            _ => String::new(),
        }
    }
}
