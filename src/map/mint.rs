use std::fmt::Write as _;

use crate::model::{
    Catalog, Entry, Extraction, Identity, Kind, Person, SourceInfo, SourceKind, Thing, Topic, short_hash,
};

/// Makes the IRIs of the graph: always the same for the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minter {
    base: String,
}

impl Default for Minter {
    fn default() -> Self {
        Self { base: "https://w3id.org/amml-graph/".to_owned() }
    }
}

impl Minter {
    /// Mints below another base, which ends with `/` or `#`; a missing `/` is added.
    ///
    /// # Errors
    ///
    /// If the base is no absolute IRI.
    pub fn new(base: &str) -> Result<Self, oxrdf::IriParseError> {
        oxrdf::NamedNode::new(base)?;
        let closing = if base.ends_with(['/', '#']) { "" } else { "/" };
        Ok(Self { base: format!("{base}{closing}") })
    }

    /// The base.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The IRI of a thing from its strongest identity.
    #[must_use]
    pub fn thing(&self, thing: &Thing) -> String {
        self.identity(thing.kind.kind, &thing.identity)
    }

    /// The IRI that an identity gives to a thing of a kind.
    #[must_use]
    pub fn identity(&self, kind: Kind, identity: &Identity) -> String {
        let mut iri = format!("{}id/{}/", self.base, kind.word());
        push(&mut iri, "", &identity.local_name());
        iri
    }

    pub(super) fn person(&self, person: &Person) -> String {
        match &person.orcid {
            Some(orcid) => self.path("id/person/orcid/", orcid.as_ref()),
            None if person.is_group => self.path("id/organization/name/", &person.slug),
            None => self.person_name(&person.slug),
        }
    }

    /// The IRI of a person of whom no more is known than the name.
    pub(super) fn person_name(&self, slug: &str) -> String {
        self.path("id/person/name/", slug)
    }

    pub(super) fn venue(&self, slug: &str) -> String {
        self.path("id/venue/", slug)
    }

    pub(super) fn source(&self, source: &SourceInfo) -> String {
        let folder = match source.kind {
            SourceKind::List | SourceKind::Bibliography => "id/list/",
            SourceKind::Facts => "id/facts/",
            SourceKind::Registry | SourceKind::Service | SourceKind::Links => "id/service/",
            SourceKind::Decisions => "id/",
        };
        self.path(folder, &source.key)
    }

    /// The name of the graph that an analysis is written into.
    #[must_use]
    pub fn analysis(&self, name: &str) -> String {
        self.path("graph/analysis/", name)
    }

    /// The IRI of a statement about a triple of a graph, from its parts.
    #[must_use]
    pub fn statement(&self, parts: &str) -> String {
        let backwards: String = parts.chars().rev().collect();
        [&self.base, "id/statement/", &short_hash(parts), &short_hash(&backwards)].concat()
    }

    /// Whether an IRI is that of a statement about a link or a kind, and not that of a thing.
    #[must_use]
    pub fn is_statement(&self, iri: &str) -> bool {
        iri.strip_prefix(&self.base).is_some_and(|name| name.starts_with("id/statement/"))
    }

    /// The named graph of a source.
    #[must_use]
    pub fn graph(&self, source: &SourceInfo) -> String {
        let folder = match source.kind {
            SourceKind::List | SourceKind::Bibliography => "graph/list/",
            SourceKind::Facts => "graph/facts/",
            SourceKind::Registry | SourceKind::Service | SourceKind::Links => "graph/enrich/",
            SourceKind::Decisions => "graph/",
        };
        self.path(folder, &source.key)
    }

    /// The IRI of a change in the state of a link.
    pub(super) fn link_change(&self, address: &str, day: &str) -> String {
        let backwards: String = address.chars().rev().collect();
        [&self.base, "id/link-change/", &short_hash(address), &short_hash(&backwards), "/", day].concat()
    }

    fn path(&self, folder: &str, name: &str) -> String {
        let mut iri = String::with_capacity(self.base.len() + folder.len() + name.len());
        iri.push_str(&self.base);
        push(&mut iri, folder, name);
        iri
    }
}

/// Appends a name, percent-encoding what an IRI's path cannot hold ([RFC 3987](https://www.rfc-editor.org/rfc/rfc3987)).
fn push(iri: &mut String, folder: &str, name: &str) {
    iri.push_str(folder);
    let mut rest = name;
    while let Some((at, other)) = rest.char_indices().find(|(_, character)| !is_plain(*character)) {
        let (plain, tail) = rest.split_at(at);
        let (encoded, tail) = tail.split_at(other.len_utf8());
        iri.push_str(plain);
        for byte in encoded.bytes() {
            write!(iri, "%{byte:02X}").expect("writing to a string does not fail");
        }
        rest = tail;
    }
    iri.push_str(rest);
}

fn is_plain(character: char) -> bool {
    match character {
        '!' | '$' | '&'..='/' | ':' | ';' | '=' | '@' | '_' | '~' => true,
        other => other.is_alphanumeric(),
    }
}

/// The IRIs of all things, persons and venues of a catalog.
pub(super) struct Minted {
    pub(super) things: Vec<String>,
    pub(super) persons: Vec<String>,
    pub(super) venues: Vec<String>,
    pub(super) sources: Vec<MintedSource>,
}

impl Minted {
    pub(super) fn of(catalog: &Catalog, minter: &Minter) -> Self {
        Self {
            things: catalog.things.iter().map(|thing| minter.thing(thing)).collect(),
            persons: catalog.persons.iter().map(|person| minter.person(person)).collect(),
            venues: catalog.venues.iter().map(|venue| minter.venue(&venue.slug)).collect(),
            sources: catalog.sources.iter().map(|source| MintedSource::of(&source.extraction, minter)).collect(),
        }
    }
}

/// The IRIs of a source, its topics and its entries.
pub(super) struct MintedSource {
    pub(super) source: String,
    pub(super) topic_scheme: String,
    pub(super) topics: Vec<String>,
    /// Those of the rows, if it is a table of facts; of the decisions, if it is a file of them.
    pub(super) entries: Vec<String>,
}

impl MintedSource {
    pub(super) fn of(extraction: &Extraction, minter: &Minter) -> Self {
        let topic_scheme = minter.path("id/topic/", &extraction.source.key);
        let topic = |topic: &Topic| {
            if let Some(iri) = &topic.iri {
                return iri.to_string();
            }
            let mut iri = String::with_capacity(topic_scheme.len() + 1 + topic.path.len());
            iri.push_str(&topic_scheme);
            push(&mut iri, "/", &topic.path);
            iri
        };
        let topics = extraction.topics.iter().map(topic).collect();
        let folder = match extraction.source.kind {
            SourceKind::Registry | SourceKind::Service => "id/record/",
            _ => "id/entry/",
        };
        let entry = minter.path(folder, &extraction.source.key);
        let entries = match extraction.source.kind {
            SourceKind::List
            | SourceKind::Bibliography
            | SourceKind::Registry
            | SourceKind::Service
            | SourceKind::Links => entry_iris(&entry, &extraction.entries),
            SourceKind::Facts => {
                extraction.claims.iter().map(|claim| format!("{entry}/L{}", claim.origin.lines.first)).collect()
            }
            SourceKind::Decisions => {
                let first_lines = extraction.decisions.iter().map(|decision| decision.lines.first);
                first_lines.map(|line| format!("{}id/decision/L{line}", minter.base)).collect()
            }
        };
        Self { source: minter.source(&extraction.source), topic_scheme, topics, entries }
    }
}

/// Two entries may begin on one line, as cells of a table do; the later ones get a number.
fn entry_iris(start: &str, entries: &[Entry]) -> Vec<String> {
    let mut last = (0, 0);
    let iri = |entry: &Entry| {
        let line = entry.origin.lines.first;
        last = if last.0 == line { (line, last.1 + 1) } else { (line, 1) };
        if last.1 == 1 { format!("{start}/L{line}") } else { format!("{start}/L{line}.{}", last.1) }
    };
    entries.iter().map(iri).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_identity_gives_an_iri() {
        let minter = Minter::default();
        let base = minter.base();
        for (kind, identity, expected) in [
            (
                Kind::Paper,
                Identity::Doi("10.1016/S0140-6736(19)32008-3".parse().unwrap()),
                "id/paper/doi/10.1016/s0140-6736(19)32008-3",
            ),
            (Kind::Paper, Identity::Arxiv("1812.08434".parse().unwrap()), "id/paper/arxiv/1812.08434"),
            (Kind::Tool, Identity::Repository("github/petarv-/gat".into()), "id/tool/github/petarv-/gat"),
            (
                Kind::Dataset,
                Identity::Address { key: "a.b/c d".into(), slug: "单-细胞".into() },
                "id/dataset/url/单-细胞-",
            ),
        ] {
            let iri = minter.identity(kind, &identity);
            assert!(iri.starts_with(&format!("{base}{expected}")), "{iri}");
            assert!(oxrdf::NamedNode::new(&iri).is_ok(), "{iri}");
        }
    }

    #[test]
    fn a_base_must_be_an_iri() {
        assert_eq!(Minter::new("http://example.org/x").unwrap().base(), "http://example.org/x/");
        assert!(Minter::new("not an iri").is_err());
    }
}
