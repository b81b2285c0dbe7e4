use super::{Part, Sought, encode};

/// The addresses of a server, all below its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerLinks {
    /// What the IRIs of the graph begin with; it ends with `/` or `#`.
    pub base: String,
}

impl ServerLinks {
    /// An address of a thing: below `folder` if its IRI is below the base, else with the IRI in the query. Dots that a
    /// browser would resolve, and marks that would end the path, make an IRI one of the others.
    pub(super) fn of(&self, folder: &str, iri: &str) -> String {
        let local = iri.strip_prefix(&self.base).and_then(|local| local.strip_prefix("id/"));
        let is_plain = |local: &&str| {
            !local.is_empty() && !local.contains(['?', '#']) && !local.split('/').any(|part| matches!(part, "." | ".."))
        };
        match local.filter(is_plain) {
            Some(local) => format!("/{folder}/{}", encode::iri_path(local)),
            None => encode::query(&format!("/{folder}"), [("iri", Some(iri))]),
        }
    }

    /// The quads of a named graph.
    pub(super) fn named_graph(&self, graph: &str) -> Option<String> {
        let local = graph.strip_prefix(&self.base)?.strip_prefix("graph/")?;
        (!local.split('/').any(|part| matches!(part, "" | "." | "..")))
            .then(|| format!("/graph/{}", encode::iri_path(local)))
    }

    pub(super) fn found(&self, sought: &Sought<'_>) -> String {
        let year = sought.year.map(|year| year.to_string());
        let from = (sought.from > 0).then(|| sought.from.to_string());
        let query = (!sought.query.is_empty()).then_some(sought.query);
        let pairs = [
            ("q", query),
            ("kind", sought.kind),
            ("topic", sought.topic),
            ("year", year.as_deref()),
            ("from", from.as_deref()),
        ];
        encode::query("/search", pairs)
    }

    pub(super) fn part(path: &str, part: Part<'_>, pairs: &[(&str, &str)]) -> String {
        let own = [("topic", part.topic), ("iri", part.around)];
        encode::query(path, pairs.iter().map(|(name, text)| (*name, Some(*text))).chain(own))
    }

    /// The same path and query with another language.
    pub(super) fn in_language(path: &str, language: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        // Two slashes would lead to another host.
        let mut address = format!("/{}?", path.trim_start_matches(['/', '\\']));
        for pair in query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=") && *pair != "lang") {
            address.push_str(pair);
            address.push('&');
        }
        address.push_str("lang=");
        address.push_str(language);
        address
    }
}
