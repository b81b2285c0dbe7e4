//! An entry of the feed of arXiv
//! ([details](https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned)).

use roxmltree::Node;

use super::{
    super::{facts, name::name_of},
    ARXIV, ATOM,
};
use crate::{
    enrich::{
        code,
        text::{paragraphs, plain},
    },
    id::{ArxivId, Identifiers},
    model::{Attribute, Dossier, Kind, PersonName, SubjectTerm, VenueKind},
};

/// The dossier of an entry, under the identifier that was asked for; none if it has no title.
pub(super) fn read(entry: Node<'_, '_>, asked: &ArxivId) -> Option<Dossier> {
    let title = Some(plain(&of_atom(entry, "title"))).filter(|title| !title.is_empty())?;
    let summary = paragraphs(&of_atom(entry, "summary"));
    let comment = plain(&of_arxiv(entry, "comment"));
    let mut dossier = Dossier {
        kind: Kind::Paper,
        ids: Identifiers { arxiv: Some(asked.clone()), ..Identifiers::default() },
        authors: authors(entry),
        venue: Some("arXiv".to_owned()),
        venue_kind: Some(VenueKind::PreprintServer),
        date: of_atom(entry, "published").parse().ok(),
        subjects: entry.children().filter_map(category).collect(),
        ..Dossier::default()
    };
    if is_withdrawn(&summary) || is_withdrawn(&comment) {
        facts::add(&mut dossier.attributes, Attribute::Status, "withdrawn");
    }
    dossier.related.extend(article(entry).map(|ids| facts::preprint(&title, ids, false, 95)));
    dossier.related.extend(code::of_paper(&title, &format!("{summary}\n\n{comment}")));
    facts::add(&mut dossier.attributes, Attribute::Abstract, summary);
    Some(Dossier { title, ..dossier })
}

/// What arXiv calls the preprint of an entry: the address of its page ends with the identifier and the version.
pub(super) fn identifier(entry: Node<'_, '_>) -> Option<ArxivId> {
    let address = of_atom(entry, "id");
    address.trim().split_once("/abs/")?.1.parse().ok()
}

/// The text of an element of an entry.
pub(super) fn of_atom(entry: Node<'_, '_>, name: &str) -> String {
    text_of(entry, ATOM, name)
}

fn of_arxiv(entry: Node<'_, '_>, name: &str) -> String {
    text_of(entry, ARXIV, name)
}

fn text_of(parent: Node<'_, '_>, space: &str, name: &str) -> String {
    let element = parent.children().find(|node| node.has_tag_name((space, name)));
    let texts = element.into_iter().flat_map(|element| element.descendants());
    texts.filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// The authors. What has no letter only parts the names of a collaboration from its members: `:`.
fn authors(entry: Node<'_, '_>) -> Vec<PersonName> {
    let names = entry.children().filter(|node| node.has_tag_name((ATOM, "author")));
    let names = names.map(|author| name_of(&of_atom(author, "name")));
    names.filter(|name| name.family.chars().any(char::is_alphabetic)).collect()
}

/// The article that the preprint became. Of several DOIs nobody knows which it is.
fn article(entry: Node<'_, '_>) -> Option<Identifiers> {
    let text = of_arxiv(entry, "doi");
    let mut dois = text.split_whitespace();
    let ids = facts::identifiers_of(dois.next()?);
    let is_article = ids.doi.as_ref().is_some_and(|doi| !doi.is_preprint() && !doi.is_deposit());
    (is_article && dois.next().is_none()).then_some(ids)
}

/// A category of arXiv: `cs.LG`. Those of other schemes, `68T05`, are left out.
fn category(node: Node<'_, '_>) -> Option<SubjectTerm> {
    let term = node.attribute("term").filter(|_| node.has_tag_name((ATOM, "category")))?.trim();
    let (archive, class) = term.split_once('.').unwrap_or((term, "X"));
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let is_own = is_word(archive) && is_word(class) && archive.chars().all(|c| !c.is_uppercase());
    is_own.then(|| SubjectTerm { label: term.to_owned(), iri: None })
}

/// Whether authors or arXiv took the preprint back; they say so where the abstract or the comment begins.
fn is_withdrawn(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "this paper has been withdrawn",
        "this article has been withdrawn",
        "this submission has been withdrawn",
        "this paper is withdrawn",
        "the paper has been withdrawn",
        "paper withdrawn",
        "withdrawn",
    ];
    let text = text.to_ascii_lowercase();
    WORDS.iter().any(|words| text.starts_with(words))
}
