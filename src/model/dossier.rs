use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Evidence, Kind, LinkRole, PersonName, Relation, VenueKind};
use crate::id::{ArxivId, Doi, IdError, Identifiers, Pmcid, Pmid, WebUrl};

/// What a service, a registry or a bibliography has on file about one thing, in fields. What it does not say is empty.
///
/// A dossier is what `enrich` brings home: one line of JSON in the source of its service. Readers of registries and
/// bibliographies make the same, so that all structured sources are taken in one way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dossier {
    /// What was asked about, where it is not known by an identifier of the dossier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The address at which it was read; none if it was read in a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<WebUrl>,
    /// The day on which it was said: `2026-11-22`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub as_of: String,
    /// Whether it is about a work that only cites, or is cited by, what is in the graph.
    #[serde(skip_serializing_if = "is_false")]
    pub is_stub: bool,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The title as text: no markup, no entities.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The short name of a tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is, in a sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its identifiers.
    #[serde(skip_serializing_if = "Identifiers::is_empty")]
    pub ids: Identifiers,
    /// What the service itself knows it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<WorkRef>,
    /// Its addresses, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(LinkRole, WebUrl)>,
    /// Its authors in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<PersonName>,
    /// Whether there are more authors.
    #[serde(skip_serializing_if = "is_false")]
    pub et_al: bool,
    /// Journal, conference or preprint server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    /// What sort of venue it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_kind: Option<VenueKind>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    /// The volume.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// The issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// First and last page with an ASCII hyphen, or the article number as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// The works that it cites.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub cites: BTreeSet<WorkRef>,
    /// The works that cite it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub cited_by: BTreeSet<WorkRef>,
    /// What it is about, in the words of a vocabulary.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub subjects: BTreeSet<SubjectTerm>,
    /// All else.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub attributes: BTreeSet<(Attribute, String)>,
    /// Other things that it names, and how they are related.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// A thing of the graph that was asked about by something else than its identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// How it was asked for.
    pub what: WorkRef,
    /// How sure it is that the answer is about it, in hundredths.
    pub percent: u8,
}

/// Another thing that a dossier names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// How the thing of the dossier is related to the other.
    pub relation: Relation,
    /// Whether it is the other way round: the other thing is the subject.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_inverse: bool,
    /// The other thing.
    pub other: Box<Dossier>,
    /// Why.
    pub evidence: Evidence,
    /// How sure, in hundredths.
    pub percent: u8,
    /// How close the two are, of a tool and a paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

/// How close a tool is to a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// The authors of the paper made it.
    Official,
    /// Others made it after the paper.
    Community,
    /// It only uses the paper, or names it.
    Use,
}

impl Grade {
    /// Every case, for the vocabulary.
    pub const ALL: [Self; 3] = [Self::Official, Self::Community, Self::Use];

    /// The fixed word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Community => "community",
            Self::Use => "use",
        }
    }
}

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SubjectTerm {
    /// Its label.
    pub label: String,
    /// Its IRI; none if the source names its categories by words only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iri: Option<WebUrl>,
}

/// What else can be known of a thing. The value is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attribute {
    /// How often it is cited, as the service counts.
    CitationCount,
    /// How many people have marked the repository.
    Stars,
    /// The licence, an SPDX identifier where there is one.
    License,
    /// The programming language.
    ProgrammingLanguage,
    /// The latest version.
    Version,
    /// The day of the last change: `2026-11-22`.
    Modified,
    /// What became of it: `retracted`, `corrected`, `expression-of-concern`, `archived`, `moved`, `withdrawn`.
    Status,
    /// The address of the notice that corrects or retracts it.
    Correction,
    /// The address to which it moved.
    MovedTo,
    /// The abstract.
    Abstract,
    /// A keyword in the words of the authors.
    Keyword,
    /// The same thing elsewhere: an IRI.
    SameAs,
}

impl Attribute {
    /// Every case.
    pub const ALL: [Self; 12] = [
        Self::CitationCount,
        Self::Stars,
        Self::License,
        Self::ProgrammingLanguage,
        Self::Version,
        Self::Modified,
        Self::Status,
        Self::Correction,
        Self::MovedTo,
        Self::Abstract,
        Self::Keyword,
        Self::SameAs,
    ];
}

/// A date as precise as it is known. Always a day that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// From its parts; what is no month or day is left out, with what is behind it. `None` if it is no year that something
    /// can have been published in.
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let n_days = |month| match month {
            2 => 28 + u8::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let month = month.filter(|month| (1..=12).contains(month));
        let day = day.filter(|day| month.is_some_and(|month| (1..=n_days(month)).contains(day)));
        (1450..2200).contains(&year).then_some(Self { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// Month and day, as far as they are known.
    #[must_use]
    pub fn month_and_day(self) -> (Option<u8>, Option<u8>) {
        (self.month, self.day)
    }
}

impl std::fmt::Display for PartialDate {
    /// Writes it as `2026`, `2026-11` or `2026-11-22`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.iter().chain(&self.day).try_for_each(|part| write!(f, "-{part:02}"))
    }
}

impl std::str::FromStr for PartialDate {
    type Err = IdError;

    /// Reads a date that begins as ISO 8601 does; what follows the day, such as a time, is not looked at.
    fn from_str(text: &str) -> Result<Self, IdError> {
        let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let mut parts = date.split(['-', '/']);
        let year = parts.next().filter(|year| year.len() == 4).and_then(|year| year.parse().ok());
        let mut part = || parts.next().and_then(|part| part.parse().ok());
        let date = year.and_then(|year| Self::new(year, part(), part()));
        date.ok_or_else(|| IdError::new(text, "a date"))
    }
}

impl TryFrom<String> for PartialDate {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

/// A work or a tool, as a source refers to it. Its text is `doi:…`, `arxiv:…`, `pmcid:…`, `pmid:…`, an address, `title:…`,
/// or what a service calls it behind the name of the service: `openalex:W2741809807`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum WorkRef {
    /// By DOI.
    Doi(Doi),
    /// By arXiv identifier.
    Arxiv(ArxivId),
    /// By PubMed Central identifier.
    Pmcid(Pmcid),
    /// By PubMed number.
    Pmid(Pmid),
    /// By its address.
    Url(WebUrl),
    /// By its comparable title (see [`super::normalise`]).
    Title(String),
    /// By what a service calls it: the service and its word, with a colon between them.
    Own(String),
}

impl WorkRef {
    /// All references that identifiers give.
    pub fn of_identifiers(ids: &Identifiers) -> impl Iterator<Item = Self> {
        let Identifiers { doi, arxiv, pmcid, pmid } = ids.clone();
        let all = [doi.map(Self::Doi), arxiv.map(Self::Arxiv), pmcid.map(Self::Pmcid), pmid.map(Self::Pmid)];
        all.into_iter().flatten()
    }
}

impl std::fmt::Display for WorkRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Doi(id) => write!(f, "doi:{id}"),
            Self::Arxiv(id) => write!(f, "arxiv:{id}"),
            Self::Pmcid(id) => write!(f, "pmcid:{id}"),
            Self::Pmid(id) => write!(f, "pmid:{id}"),
            Self::Url(url) => f.write_str(url.as_ref()),
            Self::Title(title) => write!(f, "title:{title}"),
            Self::Own(name) => f.write_str(name),
        }
    }
}

impl std::str::FromStr for WorkRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.contains("://") {
            return text.parse().map(Self::Url);
        }
        match text.split_once(':') {
            Some(("doi", id)) => id.parse().map(Self::Doi),
            Some(("arxiv", id)) => id.parse().map(Self::Arxiv),
            Some(("pmcid", id)) => id.parse().map(Self::Pmcid),
            Some(("pmid", id)) => id.parse().map(Self::Pmid),
            Some(("title", title)) => Ok(Self::Title(title.to_owned())),
            Some((service, name)) if !service.is_empty() && !name.is_empty() => Ok(Self::Own(text.to_owned())),
            _ => Err(IdError::new(text, "a reference to a work")),
        }
    }
}

impl TryFrom<String> for WorkRef {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<WorkRef> for String {
    fn from(work: WorkRef) -> Self {
        work.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_comes_back_from_its_line() {
        let related = Related {
            relation: Relation::Implements,
            is_inverse: true,
            other: Box::new(Dossier { kind: Kind::Tool, name: Some("x".into()), ..Dossier::default() }),
            evidence: Evidence::Registry,
            percent: 90,
            grade: Some(Grade::Official),
        };
        let dossier = Dossier {
            about: Some(About { what: WorkRef::Title("a b".into()), percent: 93 }),
            title: "A <b>\n\"quoted\" 标题".into(),
            ids: Identifiers { doi: "10.1000/X".parse().ok(), ..Identifiers::default() },
            date: PartialDate::new(2020, Some(4), None),
            cites: ["doi:10.1000/y", "openalex:W1", "https://example.org/a"].map(|text| text.parse().unwrap()).into(),
            related: vec![related],
            ..Dossier::default()
        };
        let line = serde_json::to_string(&dossier).unwrap();
        assert!(!line.contains('\n') && !line.contains("volume"), "{line}");
        assert_eq!(serde_json::from_str::<Dossier>(&line).unwrap(), dossier);
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        let read = |text: &str| text.parse::<PartialDate>().ok().map(|date| date.to_string());
        assert_eq!(read("2020-04-01T00:00:00Z").as_deref(), Some("2020-04-01"));
        assert_eq!(read("2020/4").as_deref(), Some("2020-04"));
        assert_eq!(read("2021-02-29").as_deref(), Some("2021-02"));
        assert_eq!(read("2021-13-01").as_deref(), Some("2021"));
        assert_eq!(read("20"), None);
        assert_eq!(read("0000-01-01"), None);
    }
}
