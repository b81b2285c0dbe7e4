//! Single properties, and who says so.

use std::collections::BTreeSet;

use oxrdf::{GraphName, Literal, NamedNodeRef, Quad, Term};

use super::{Atlas, Fact, Item, Link, Source, Text, Value};
use crate::{
    map::vocab,
    model::normalise,
    query::{graph_trust, source_name},
    store::StoreError,
};

/// Properties with the fixed words for them, in the order in which to show them.
const FACTS: [(NamedNodeRef<'static>, &str); 33] = [
    (vocab::DATE_PUBLISHED, "published"),
    (vocab::IS_PART_OF, "venue"),
    (vocab::VOLUME, "volume"),
    (vocab::ISSUE, "issue"),
    (vocab::PAGES, "pages"),
    (vocab::DOI, "doi"),
    (vocab::ARXIV_ID, "arxiv"),
    (vocab::BIORXIV_ID, "biorxiv"),
    (vocab::PMCID, "pmcid"),
    (vocab::PMID, "pmid"),
    (vocab::ORCID, "orcid"),
    (vocab::FAMILY_NAME, "family-name"),
    (vocab::GIVEN_NAME, "given-name"),
    (vocab::NOTATION, "number"),
    (vocab::URL, "url"),
    (vocab::CODE_REPOSITORY, "repository"),
    (vocab::MOVED_TO, "moved-to"),
    (vocab::SAME_AS, "link"),
    (vocab::WORK_TRANSLATION, "translation"),
    (vocab::IN_LANGUAGE, "in-language"),
    (vocab::LICENSE, "license"),
    (vocab::PROGRAMMING_LANGUAGE, "language"),
    (vocab::SOFTWARE_VERSION, "version"),
    (vocab::DATE_MODIFIED, "modified"),
    (vocab::STARS, "stars"),
    (vocab::CITATION_COUNT, "citation-count"),
    (vocab::PAGE_RANK, "page-rank"),
    (vocab::KEYWORDS, "keywords"),
    (vocab::CORRECTION, "see"),
    (vocab::LINK_STATE, "link-state"),
    (vocab::ARCHIVED_AT, "archived-at"),
    (vocab::ABSTRACT, "abstract"),
    (vocab::TEXT, "text"),
];

/// Properties that a thing has one of: values that differ exclude one another.
const SINGLE: [&str; 6] = ["published", "venue", "volume", "issue", "pages", "title"];

/// Texts longer than this, in characters, are cut on pages: the text of a list is a whole file.
const LONGEST: usize = 20_000;

impl Atlas {
    /// The facts of a thing.
    pub(super) fn facts(&self, thing: NamedNodeRef<'_>, kind: &str) -> Result<Vec<Fact>, StoreError> {
        let mut facts = Vec::new();
        // The title is the name on the page; as a fact it is of interest only where it is disputed.
        let titles = if kind == "topic" { Vec::new() } else { self.said(thing, vocab::NAME)? };
        if titles.len() > 1 && matches!(kind, "paper" | "dataset" | "book") {
            facts.push(Fact { key: "title", values: titles, is_disputed: true });
        }
        for (property, key) in FACTS {
            // The text of a source is the file that it was read from.
            if key == "text" && kind != "thing" {
                continue;
            }
            let values = self.said(thing, property)?;
            let is_disputed = values.len() > 1 && SINGLE.contains(&key);
            // The venue stands among the ties; as a fact it is of interest only where it is disputed.
            if !values.is_empty() && (key != "venue" || is_disputed) {
                facts.push(Fact { key, values, is_disputed });
            }
        }
        Ok(facts)
    }

    /// The further names of a thing.
    pub(super) fn names(&self, iri: &str, thing: &Item) -> Result<Vec<Text>, StoreError> {
        let mut names = BTreeSet::new();
        for property in [vocab::NAME, vocab::ALTERNATE_NAME, vocab::PREF_LABEL] {
            names.extend(self.texts(iri, property)?);
        }
        let mut seen = BTreeSet::from([normalise(&thing.name)]);
        if thing.kind == "topic" {
            // Topics are shown with their numbers.
            let shown = std::iter::once(&thing.name).chain(&thing.name_zh);
            seen.extend(shown.map(|name| normalise(name.split_once(' ').map_or(name, |(_, bare)| bare))));
        }
        Ok(names.into_iter().filter(|name| seen.insert(normalise(&name.text))).collect())
    }

    /// The values of a property with who says so, the most trusted first. Values that say the same are one.
    pub(super) fn said(&self, thing: NamedNodeRef<'_>, property: NamedNodeRef<'_>) -> Result<Vec<Value>, StoreError> {
        let mut stated: Vec<(usize, Source, Term)> = Vec::new();
        for quad in self.graph().stated(thing, property) {
            let Quad { object, graph_name: GraphName::NamedNode(graph), .. } = quad? else { continue };
            let source = Source { name: source_name(graph.as_str()).to_owned(), graph: graph.into_string() };
            stated.push((graph_trust(&source.graph), source, object));
        }
        stated.sort_by_cached_key(|(rank, source, term)| (*rank, source.clone(), term.to_string()));
        let is_date = property == vocab::DATE_PUBLISHED;
        let mut values: Vec<Value> = Vec::new();
        for (_, source, term) in stated {
            let Some(mut value) = self.value(&term) else { continue };
            match values.iter_mut().find(|other| is_same(other, &value, is_date)) {
                // A date that is more precise says more.
                Some(other) => {
                    if is_date && value.text.len() > other.text.len() {
                        std::mem::swap(&mut other.text, &mut value.text);
                    }
                    if !other.sources.contains(&source) {
                        other.sources.push(source);
                    }
                }
                None => values.push(Value { sources: vec![source], ..value }),
            }
        }
        Ok(values)
    }

    /// A term as a value, without who says so.
    fn value(&self, term: &Term) -> Option<Value> {
        let value = |text: String, language: Option<&str>, link| Value {
            text,
            language: language.map(str::to_owned),
            link,
            sources: Vec::new(),
        };
        match term {
            Term::NamedNode(node) => {
                let link = self.link(node.as_str());
                let text = match &link {
                    Some(Link::Thing(iri)) => self.item_of(iri).name,
                    _ => node.as_str().to_owned(),
                };
                Some(value(text, None, link))
            }
            Term::Literal(literal) => Some(value(cut(literal), literal.language(), None)),
            Term::BlankNode(_) => None,
        }
    }

    /// Where an IRI leads: to a thing of the graph, or into the web.
    #[must_use]
    pub fn link(&self, iri: &str) -> Option<Link> {
        if iri.starts_with(self.base()) || self.network().find(iri).is_some() {
            return Some(Link::Thing(iri.to_owned()));
        }
        let is_address = iri.starts_with("http://") || iri.starts_with("https://");
        is_address.then(|| Link::Address(iri.to_owned()))
    }
}

fn cut(literal: &Literal) -> String {
    match literal.value().char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &literal.value()[..at]),
        None => literal.value().to_owned(),
    }
}

/// Whether two values say the same: but for letter case and marks, or as dates of which one is more precise.
fn is_same(a: &Value, b: &Value, is_date: bool) -> bool {
    if a.link.is_some() || b.link.is_some() {
        return a.link == b.link;
    }
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'));
    normalise(&a.text) == normalise(&b.text) || is_date && (begins(&a.text, &b.text) || begins(&b.text, &a.text))
}
