//! [arXiv](https://info.arxiv.org/help/api/user-manual.html): its preprints, with the articles that they became.

mod entry;
#[cfg(test)]
mod tests;

use std::time::Duration;

use roxmltree::{Document, Node, ParsingOptions};

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    asking::{about, address, encode_path},
};
use crate::{
    id::ArxivId,
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request},
};

/// arXiv.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arxiv;

const NAME: &str = "arxiv";
const ATOM: &str = "http://www.w3.org/2005/Atom";
const ARXIV: &str = "http://arxiv.org/schemas/atom";

impl Service for Arxiv {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://export.arxiv.org/api"
    }

    /// One request in three seconds, over one connection
    /// ([terms of use](https://info.arxiv.org/help/api/tou.html)).
    fn manners(&self, _has_key: bool) -> Manners {
        Manners::serial(Duration::from_secs(3), Duration::from_secs(10))
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let arxiv = wanted.ids.arxiv.clone().filter(|_| wanted.kind == Kind::Paper);
        arxiv.map(|id| about(wanted, WorkRef::Arxiv(id))).into_iter().collect()
    }

    fn most_at_once(&self, ask: &Ask) -> usize {
        if matches!(ask, Ask::Work(_)) { 50 } else { 1 }
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let ids: Vec<String> = questions.iter().filter_map(arxiv_of).map(|id| encode_path(&bare(id))).collect();
        // Without a number it shows no more than ten.
        let below = format!("/query?id_list={}&start=0&max_results={}", ids.join(","), ids.len());
        Request::get(address(access, &below)).accepting("application/atom+xml")
    }

    /// Each entry is put into a feed of its own, in which the same names are declared.
    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let text = text(body)?;
        let document = parse(text)?;
        let entries = entries(&document, body)?;
        let own = |question: &Question| entry_of(question, &entries).map(|entry| feed_of(text, entry));
        Ok(questions.iter().map(own).collect())
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let document = parse(text(body)?)?;
        let entries = entries(&document, body)?;
        let (Some(entry), Some(asked)) = (entry_of(question, &entries), arxiv_of(question)) else {
            return Ok(Vec::new());
        };
        Ok(entry::read(entry, asked).into_iter().collect())
    }
}

fn arxiv_of(question: &Question) -> Option<&ArxivId> {
    match &question.ask {
        Ask::Work(WorkRef::Arxiv(id)) => Some(id),
        _ => None,
    }
}

/// An identifier without its subject class, which is no part of it: `math/0309136` for `math.GT/0309136`.
fn bare(id: &ArxivId) -> String {
    match id.as_ref().split_once('/') {
        Some((archive, number)) => format!("{}/{number}", archive.split('.').next().unwrap_or_default()),
        None => id.to_string(),
    }
}

fn text(body: &[u8]) -> Result<&str, Unreadable> {
    let text = std::str::from_utf8(body).map_err(|_| Unreadable::new(NAME, "it is no text", body))?;
    Ok(text.trim_start_matches('\u{FEFF}').trim_start())
}

/// Reads XML; a document that declares entities of its own is refused.
fn parse(text: &str) -> Result<Document<'_>, Unreadable> {
    /// Fifty entries have fewer, also with a thousand authors each.
    const MOST_NODES: u32 = 1_000_000;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options);
    document.map_err(|cause| Unreadable::new(NAME, format!("it is no XML: {cause}"), text.as_bytes()))
}

/// The entries of a feed. An error is an entry as well.
fn entries<'a, 'i>(document: &'a Document<'i>, body: &[u8]) -> Result<Vec<Node<'a, 'i>>, Unreadable> {
    let root = document.root_element();
    if !root.has_tag_name((ATOM, "feed")) {
        return Err(Unreadable::new(NAME, "it is no feed", body));
    }
    let entries: Vec<Node<'a, 'i>> = root.children().filter(|node| node.has_tag_name((ATOM, "entry"))).collect();
    let error = entries.iter().find(|entry| entry::of_atom(**entry, "id").contains("/api/errors"));
    match error {
        Some(entry) => Err(Unreadable::new(NAME, entry::of_atom(*entry, "summary"), body)),
        None => Ok(entries),
    }
}

fn entry_of<'a, 'i>(question: &Question, entries: &[Node<'a, 'i>]) -> Option<Node<'a, 'i>> {
    let asked = bare(arxiv_of(question)?);
    entries.iter().find(|entry| entry::identifier(**entry).is_some_and(|id| bare(&id) == asked)).copied()
}

/// A feed with one entry of another.
fn feed_of(text: &str, entry: Node<'_, '_>) -> Vec<u8> {
    let declared = entry.namespaces().map(|space| {
        let uri = space.uri().replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        match space.name() {
            Some("xml") => String::new(),
            Some(name) => format!(" xmlns:{name}=\"{uri}\""),
            None => format!(" xmlns=\"{uri}\""),
        }
    });
    let declared: String = declared.collect();
    // Atom need not be what has no prefix.
    let feed = entry.lookup_prefix(ATOM).map_or_else(|| "feed".to_owned(), |prefix| format!("{prefix}:feed"));
    format!("<{feed}{declared}>{}</{feed}>", &text[entry.range()]).into_bytes()
}
