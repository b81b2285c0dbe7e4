//! How questions are put: which title is worth a search, and the addresses of requests.

use crate::{
    id::{Doi, WebUrl},
    model::{Kind, WorkRef, is_han, normalise},
};

use super::{Access, Ask, Question, Wanted};

/// What to ask about a work.
pub(super) fn about(wanted: &Wanted, work: WorkRef) -> Question {
    Question { about: wanted.what.clone(), ask: Ask::Work(work) }
}

/// The search for the title of a paper that has no identifier. A short title finds too many.
pub(super) fn titled(wanted: &Wanted) -> Option<Question> {
    const FEWEST_WORDS: usize = 4;
    const FEWEST_HAN: usize = 8;
    let n_words = normalise(&wanted.title).split(' ').filter(|word| !word.is_empty()).count();
    let n_han = wanted.title.chars().filter(|c| is_han(*c)).count();
    let is_worth = n_words >= FEWEST_WORDS || n_han >= FEWEST_HAN;
    let is_wanted = wanted.kind == Kind::Paper && wanted.ids.is_empty() && is_worth;
    let ask = Ask::Title(wanted.title.clone(), wanted.families.first().cloned(), wanted.year);
    is_wanted.then(|| Question { about: wanted.what.clone(), ask })
}

/// An address below that of the service. What comes from outside must be encoded in it.
pub(super) fn address(access: &Access, below: &str) -> WebUrl {
    let base = access.base.as_ref().trim_end_matches('/');
    format!("{base}{below}").parse().unwrap_or_else(|_| access.base.clone())
}

/// A text as part of a query or as one segment of a path
/// ([RFC 3986, section 2](https://www.rfc-editor.org/rfc/rfc3986#section-2)).
pub(super) fn encode(text: &str) -> String {
    encode_but(text, "-._~")
}

/// A text as several segments of a path: its slashes stay.
pub(super) fn encode_path(text: &str) -> String {
    encode_but(text, "-._~/:")
}

fn encode_but(text: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 16);
    for byte in text.bytes() {
        let character = char::from(byte);
        if byte.is_ascii_alphanumeric() || (byte.is_ascii() && kept.contains(character)) {
            encoded.push(character);
        } else {
            use std::fmt::Write as _;
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Whether a DOI has a character by which the filters of services part their values.
pub(super) fn must_go_alone(doi: &Doi) -> bool {
    doi.as_ref().contains([',', '|'])
}

/// The DOIs that questions are about; the one of arXiv for an arXiv identifier.
pub(super) fn dois(questions: &[Question]) -> impl Iterator<Item = Doi> {
    questions.iter().filter_map(|question| if let Ask::Work(work) = &question.ask { doi_of(work) } else { None })
}

/// The DOI of a work, which is that of arXiv for an arXiv identifier
/// ([arXiv help](https://info.arxiv.org/help/doi.html)).
pub(super) fn doi_of(work: &WorkRef) -> Option<Doi> {
    match work {
        WorkRef::Doi(doi) => Some(doi.clone()),
        WorkRef::Arxiv(id) => format!("10.48550/arxiv.{id}").parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Identifiers;

    #[test]
    fn only_long_titles_without_identifiers_are_searched() {
        let wanted = |title: &str, kind| Wanted {
            kind,
            what: WorkRef::Title(normalise(title)),
            ids: Identifiers::default(),
            title: title.into(),
            families: vec!["Zhou".into(), "Yu".into()],
            year: Some(2020),
            repository: None,
        };
        let ask = |title| titled(&wanted(title, Kind::Paper)).map(|question| question.ask);
        let title = "Graph networks: a review";
        assert_eq!(ask(title), Some(Ask::Title(title.into(), Some("Zhou".into()), Some(2020))));
        assert!(ask("基于深度学习的医学影像").is_some());
        assert!(ask("Graph networks reviewed").is_none() && ask("深度学习").is_none() && ask("").is_none());
        assert!(titled(&wanted(title, Kind::Tool)).is_none());
        let ids = Identifiers { pmid: "1".parse().ok(), ..Identifiers::default() };
        assert!(titled(&Wanted { ids, ..wanted(title, Kind::Paper) }).is_none());
    }

    #[test]
    fn nothing_from_outside_changes_an_address() {
        let base = "http://127.0.0.1:80/v1/".parse().unwrap();
        let access = Access { base, key: None, contact: None };
        let address = address(&access, &format!("/works/{}", encode("10.1/a;b<c>?#&%/../é")));
        assert_eq!(address.as_ref(), "http://127.0.0.1:80/v1/works/10.1%2Fa%3Bb%3Cc%3E%3F%23%26%25%2F..%2F%C3%A9");
        assert_eq!(encode_path("doi:10.1/a b"), "doi:10.1/a%20b");
    }
}
