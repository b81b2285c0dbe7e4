use std::str::FromStr;

use super::{Kind, Lines, normalise};
use crate::id::{ArxivId, Doi, IdError, Identifiers, Pmcid, WebUrl};

/// What a person decided of things, once and for all builds. It wins over whatever the rules say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Where it stands in the file.
    pub lines: Lines,
    /// What was decided.
    pub ruling: Ruling,
    /// The text, with note, name and date.
    pub text: String,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// They are one thing, or topics that say the same.
    Same(Vec<Designation>),
    /// No two of them are one thing, or topics that say the same.
    Different(Vec<Designation>),
    /// It is of this kind.
    Kind(Designation, Kind),
    /// The tool, which comes first, implements the paper.
    Implements(Designation, Designation),
    /// The tool, which comes first, does not implement the paper.
    NotImplements(Designation, Designation),
}

impl Ruling {
    /// The things that it is about.
    #[must_use]
    pub fn designations(&self) -> Vec<&Designation> {
        match self {
            Self::Same(all) | Self::Different(all) => all.iter().collect(),
            Self::Kind(thing, _) => vec![thing],
            Self::Implements(tool, paper) | Self::NotImplements(tool, paper) => vec![tool, paper],
        }
    }
}

/// What a decision calls a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation {
    /// As written.
    pub text: String,
    /// The identifiers that the text is, or that its address contains.
    pub ids: Identifiers,
    /// The address that the text is.
    pub url: Option<WebUrl>,
    /// Where the address is an IRI of a graph: what stands in it behind `id/`, decoded, such as `paper/doi/10.1000/x`.
    pub iri: Option<String>,
    /// The comparable form of the title, where the text is nothing else.
    pub title: Option<String>,
}

impl FromStr for Designation {
    type Err = IdError;

    /// Reads an IRI, an address, a DOI, an arXiv or PubMed Central identifier; anything else is a title or a name.
    fn from_str(text: &str) -> Result<Self, IdError> {
        let text = text.trim();
        let url = text.contains("://").then(|| text.parse::<WebUrl>()).transpose()?;
        let iri = url.as_ref().and_then(|_| local_part(text));
        // The IRI of a paper ends with its DOI, and is none.
        let ids = match &url {
            Some(_) if iri.is_some() => Identifiers::default(),
            Some(url) => Identifiers::from_url(url),
            None => identifiers(text),
        };
        let is_title = url.is_none() && ids.is_empty();
        let title = is_title.then(|| normalise(text)).filter(|title| !title.is_empty());
        Ok(Self { text: text.to_owned(), ids, url, iri, title })
    }
}

fn identifiers(text: &str) -> Identifiers {
    let doi: Option<Doi> = text.parse().ok();
    let arxiv: Option<ArxivId> = text.parse().ok().filter(|_| doi.is_none());
    let pmcid: Option<Pmcid> = text.parse().ok().filter(|_| doi.is_none() && arxiv.is_none());
    Identifiers { doi, arxiv, pmcid, pmid: None }
}

/// What stands behind `id/` in an IRI of ours, whatever its base.
fn local_part(iri: &str) -> Option<String> {
    let starts = iri.match_indices("id/").map(|(at, found)| (at, at + found.len()));
    let is_folder = |word: &str| {
        matches!(word, "person" | "topic" | "entry") || Kind::ALL.into_iter().any(|kind| kind.word() == word)
    };
    let start = starts
        .filter(|(at, _)| iri[..*at].ends_with(['/', '#']))
        .map(|(_, end)| end)
        .find(|end| iri[*end..].split_once('/').is_some_and(|(word, rest)| is_folder(word) && !rest.is_empty()))?;
    Some(percent_decoded(&iri[start..]))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%').then(|| text_of(after.get(..2)?)).flatten();
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn text_of(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_designated_by_whatever_identifies_it() {
        let read = |text: &str| text.parse::<Designation>().unwrap();
        assert_eq!(read("10.1000/X").ids.doi.unwrap().as_ref(), "10.1000/x");
        assert_eq!(read("1812.08434").ids.arxiv.unwrap().as_ref(), "1812.08434");
        assert_eq!(read("https://doi.org/10.1000/x").ids.doi.unwrap().as_ref(), "10.1000/x");
        assert!(read("https://github.com/a/b").url.is_some());
        assert_eq!(read("Deep Maps: of cells").title.as_deref(), Some("deep maps of cells"));
        let iri = read("https://w3id.org/amml-graph/id/tool/url/%E5%8D%95-1a");
        assert_eq!((iri.iri.as_deref(), iri.ids.is_empty(), iri.title), (Some("tool/url/单-1a"), true, None));
        assert_eq!(read("http://x.org/g#id/paper/doi/10.1000/x").iri.as_deref(), Some("paper/doi/10.1000/x"));
        assert_eq!(read("http://x.org/id/7").iri, None);
        assert!("http://".parse::<Designation>().is_err());
    }
}
