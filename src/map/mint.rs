use std::fmt::Write as _;

use crate::model::{Catalog, Identity, Kind, SourceInfo, SourceKind, Thing, short_hash};

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

    pub(super) fn person(&self, slug: &str) -> String {
        self.path("id/person/name/", slug)
    }

    pub(super) fn venue(&self, slug: &str) -> String {
        self.path("id/venue/", slug)
    }

    pub(super) fn source(&self, source: &SourceInfo) -> String {
        let folder = match source.kind {
            SourceKind::List => "id/list/",
            SourceKind::Facts => "id/facts/",
            SourceKind::Decisions => "id/",
        };
        self.path(folder, &source.key)
    }

    pub(super) fn topics(&self, source: &SourceInfo) -> String {
        self.path("id/topic/", &source.key)
    }

    pub(super) fn topic(&self, source: &SourceInfo, path: &str) -> String {
        let mut iri = self.topics(source);
        push(&mut iri, "/", path);
        iri
    }

    pub(super) fn entry(&self, source: &SourceInfo, first_line: u32) -> String {
        if source.kind == SourceKind::Decisions {
            return format!("{}id/decision/L{first_line}", self.base);
        }
        format!("{}/L{first_line}", self.path("id/entry/", &source.key))
    }

    pub(super) fn statement(&self, parts: &str) -> String {
        format!(
            "{}id/statement/{}{}",
            self.base,
            short_hash(parts),
            short_hash(&parts.chars().rev().collect::<String>())
        )
    }

    pub(super) fn is_statement(&self, iri: &str) -> bool {
        iri.strip_prefix(&self.base).is_some_and(|name| name.starts_with("id/statement/"))
    }

    /// The named graph of a source.
    #[must_use]
    pub fn graph(&self, source: &SourceInfo) -> String {
        let folder = match source.kind {
            SourceKind::List => "graph/list/",
            SourceKind::Facts => "graph/facts/",
            SourceKind::Decisions => "graph/",
        };
        self.path(folder, &source.key)
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
    for character in name.chars() {
        let is_plain = character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(character);
        if is_plain || !character.is_ascii() && character.is_alphanumeric() {
            iri.push(character);
            continue;
        }
        let mut buffer = [0; 4];
        for byte in character.encode_utf8(&mut buffer).bytes() {
            write!(iri, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
}

/// The IRIs of all things, persons and venues of a catalog.
pub(super) struct Minted {
    pub(super) things: Vec<String>,
    pub(super) persons: Vec<String>,
    pub(super) venues: Vec<String>,
}

impl Minted {
    pub(super) fn of(catalog: &Catalog, minter: &Minter) -> Self {
        Self {
            things: catalog.things.iter().map(|thing| minter.thing(thing)).collect(),
            persons: catalog.persons.iter().map(|person| minter.person(&person.slug)).collect(),
            venues: catalog.venues.iter().map(|venue| minter.venue(&venue.slug)).collect(),
        }
    }
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
