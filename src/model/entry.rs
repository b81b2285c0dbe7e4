use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    About, Attribute, Citation, Confidence, Decision, Evidence, Grade, Kind, LinkCheck, Notice, VenueKind, WorkRef,
};
use crate::id::{Forge, Identifiers, RepoSlug, WebUrl};

/// First and last line in the file, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lines {
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

impl std::fmt::Display for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}-{}", self.first, self.last) }
    }
}

/// Where a statement stands: in which source, on which lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The key of the source.
    pub source: Arc<str>,
    /// The lines in it.
    pub lines: Lines,
}

/// What sort of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A Markdown list.
    List,
    /// A bibliography: BibTeX, RIS, CSL-JSON.
    Bibliography,
    /// A table of facts about works and tools, each row with the place where it was read.
    Facts,
    /// A registry of tools with their papers.
    Registry,
    /// What a service said when it was asked, one dossier on each line.
    Service,
    /// What persons decided of things; there is one such source at most.
    Decisions,
    /// How links fared when they were checked, one check on each line; there is one such source at most.
    Links,
}

/// What of a source is taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All that it says.
    #[default]
    All,
    /// What it says of things that other sources name.
    Known,
}

/// What identifies a source and says where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInfo {
    /// `owner/repo`, with the path of a file in it that is not its README; host and path; or a file's name.
    pub key: Arc<str>,
    /// List or facts.
    pub kind: SourceKind,
    /// Where it can be found: an address.
    pub address: Option<WebUrl>,
    /// What it calls itself.
    pub title: Option<String>,
    /// What of it is taken in.
    pub scope: Scope,
}

impl SourceInfo {
    /// A source of which no more is known than its key and its kind, all of which is taken in.
    #[must_use]
    pub fn new(key: impl Into<Arc<str>>, kind: SourceKind) -> Self {
        Self { key: key.into(), kind, address: None, title: None, scope: Scope::All }
    }

    /// The address that relative links of the text are resolved against: of a repository, where its files are shown.
    #[must_use]
    pub fn base(&self) -> Option<WebUrl> {
        let address = self.address.as_ref()?;
        let Some(slug) = RepoSlug::from_url(address) else { return address.join(".") };
        let (files, pages) = match slug.forge {
            Forge::GitHub => ("/blob/HEAD/", "/blob/"),
            Forge::GitLab => ("/-/blob/HEAD/", "/-/blob/"),
            Forge::Bitbucket => ("/src/HEAD/", "/src/"),
        };
        if address.path().contains(pages) {
            return address.join(".");
        }
        let shown = address.as_ref().trim_end_matches('/');
        let below =
            if shown.contains("/tree/") { shown.replacen("/tree/", pages, 1) + "/" } else { shown.to_owned() + files };
        below.parse().ok()
    }

    /// Where a link of the text leads, as the page shows it on which the text stands: in a repository `/docs` is a folder
    /// of the repository, not of the host.
    #[must_use]
    pub fn resolve(&self, link: &str) -> Option<WebUrl> {
        let Some(base) = self.base() else { return link.parse().ok() };
        let is_from_top = link.starts_with('/') && !link.starts_with("//");
        let Some(slug) = RepoSlug::from_url(&base).filter(|_| is_from_top) else { return base.join(link) };
        // The branch is the last segment that belongs to no file.
        let n_segments = if slug.forge == Forge::GitLab { 6 } else { 5 };
        let top: Vec<&str> = base.path().split('/').take(n_segments).collect();
        base.join(&format!("{}{link}", top.join("/")))
    }
}

/// A language that a text was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English
    En,
    /// Chinese
    Zh,
    /// Japanese
    Ja,
    /// Korean
    Ko,
}

impl Language {
    /// The [BCP 47](https://www.rfc-editor.org/info/bcp47) tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Ja => "ja",
            Self::Ko => "ko",
        }
    }
}

/// A text with its language, where that is certain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The text.
    pub text: String,
    /// Its language.
    pub language: Option<Language>,
}

/// A heading of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Where the heading stands.
    pub lines: Lines,
    /// The number in front of it: `2.3`.
    pub number: Option<String>,
    /// Its text, in one or more languages.
    pub labels: Vec<Label>,
    /// The topic above it, an index into the same list of topics.
    pub parent: Option<usize>,
    /// The path of slugs that names it within the list.
    pub path: String,
    /// Its own IRI, where it is a term of a vocabulary and not a heading.
    pub iri: Option<WebUrl>,
}

/// What a link leads to, seen from the thing that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkRole {
    /// The thing itself.
    Main,
    /// A page of the paper.
    Paper,
    /// Source code.
    Code,
    /// Data.
    Data,
    /// The text as PDF.
    Pdf,
    /// The same in another language.
    Translation,
    /// The project's page.
    Project,
    /// Something to try in the browser.
    Demo,
    /// Weights of a trained model.
    Weights,
    /// A film.
    Video,
    /// Slides or a poster.
    Slides,
    /// Documentation.
    Documentation,
    /// A page in a package registry.
    Package,
    /// A small picture of a state: stars, build, licence.
    Badge,
    /// Anything else.
    Other,
}

impl LinkRole {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Paper => "paper",
            Self::Code => "code",
            Self::Data => "data",
            Self::Pdf => "pdf",
            Self::Translation => "translation",
            Self::Project => "project",
            Self::Demo => "demo",
            Self::Weights => "weights",
            Self::Video => "video",
            Self::Slides => "slides",
            Self::Documentation => "documentation",
            Self::Package => "package",
            Self::Badge => "badge",
            Self::Other => "other",
        }
    }
}

/// A link as it stands in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLink {
    /// What it leads to.
    pub role: LinkRole,
    /// Where it leads.
    pub url: WebUrl,
    /// Its text.
    pub text: Label,
}

/// How the kind of a mention was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindGuess {
    /// The kind.
    pub kind: Kind,
    /// What said so.
    pub evidence: Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// A rule by which a part of an entry was read; the graph keeps its word (`amml:rule`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The first link is the title.
    LinkedTitle,
    /// Bold or plain text before the first link or separator is the title.
    PlainTitle,
    /// A short name stands before a colon in the title, or is the repository's name at its beginning.
    NameInTitle,
    /// Authors, venue, year or pages were read as a citation.
    Citation,
    /// The DOI was read in the text.
    DoiInText,
    /// An identifier was read in an address.
    IdentifierInAddress,
    /// A link got its role from the word before it or from its text.
    LabelledLink,
    /// What follows the title is its description.
    Description,
    /// The year, or venue and year, are those of the heading above.
    PlaceOfHeading,
    /// It stands in a field of its own, in a structured source.
    Field,
}

impl Rule {
    /// The fixed word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LinkedTitle => "linked-title",
            Self::PlainTitle => "plain-title",
            Self::NameInTitle => "name-in-title",
            Self::Citation => "citation",
            Self::DoiInText => "doi-in-text",
            Self::IdentifierInAddress => "identifier-in-address",
            Self::LabelledLink => "labelled-link",
            Self::Description => "description",
            Self::PlaceOfHeading => "place-of-heading",
            Self::Field => "field",
        }
    }
}

/// What an entry says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The kind and how it was found.
    pub kind: KindGuess,
    /// The title as written.
    pub title: Label,
    /// A short name, where the title has one.
    pub name: Option<String>,
    /// The description, where the entry has one.
    pub description: Option<Label>,
    /// Its links, the main one first.
    pub links: Vec<WrittenLink>,
    /// Its identifiers.
    pub ids: Identifiers,
    /// Authors, venue, year and so on.
    pub citation: Citation,
    /// What sort of venue the citation names.
    pub venue_kind: Option<VenueKind>,
    /// What only structured sources say.
    pub details: Option<Box<Details>>,
}

/// What only structured sources say of a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// What was asked about.
    pub about: Option<About>,
    /// What the service knows it by.
    pub own: Option<WorkRef>,
    /// Whether it is a work from outside the graph that cites or is cited.
    pub is_stub: bool,
    /// The topics that it is about: indices into the topics of the source.
    pub topics: Vec<usize>,
    /// All else that is known.
    pub attributes: BTreeSet<(Attribute, String)>,
    /// The works that it cites.
    pub cites: BTreeSet<WorkRef>,
    /// The works that cite it.
    pub cited_by: BTreeSet<WorkRef>,
}

impl Mention {
    /// The main link.
    #[must_use]
    pub fn url(&self) -> Option<&WebUrl> {
        self.links.iter().find(|link| link.role == LinkRole::Main).map(|link| &link.url)
    }
}

/// A relation between two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A tool implements or accompanies a paper.
    Implements,
    /// A preprint became an article.
    PreprintOf,
    /// A paper cites a paper.
    Cites,
    /// A tool uses another tool.
    Uses,
    /// A tool's documentation or a list speaks of another tool.
    Mentions,
    /// A tool refers to a paper that it does not implement.
    Refers,
}

/// A relation between two mentions of the same entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MentionRelation {
    /// Index of the first mention.
    pub subject: usize,
    /// The relation.
    pub relation: Relation,
    /// Index of the second mention.
    pub object: usize,
    /// Why.
    pub evidence: Evidence,
    /// How sure.
    pub confidence: Confidence,
    /// How close the two are, of a tool and a paper, where the source says so.
    pub grade: Option<Grade>,
}

/// One bullet of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub origin: Origin,
    /// Its place among the entries of its list, from 1.
    pub position: u32,
    /// The topic that it stands under: an index into the topics of the list.
    pub topic: Option<usize>,
    /// Its Markdown.
    pub text: String,
    /// What it speaks of; never empty, the main thing first.
    pub mentions: Vec<Mention>,
    /// What it says of two of them.
    pub relations: Vec<MentionRelation>,
    /// The rules by which it was read.
    pub rules: Vec<Rule>,
    /// Where and when it was said, if it was not read in a file: an address and a day.
    pub said: Option<(WebUrl, String)>,
}

/// A fact about two things, with the place where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Where it stands in the table.
    pub origin: Origin,
    /// The first thing.
    pub subject: WorkRef,
    /// The relation.
    pub relation: Relation,
    /// The second thing.
    pub object: WorkRef,
    /// `curated` or `registry`.
    pub evidence: Evidence,
    /// Where it was read.
    pub stated_in: String,
    /// What to look for there.
    pub quote: String,
}

/// All that was read from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extraction {
    /// Which source.
    pub source: SourceInfo,
    /// The whole text, so that nothing of it is lost.
    pub text: Arc<str>,
    /// Its topics, in the order of the text.
    pub topics: Vec<Topic>,
    /// Its entries, in the order of the text.
    pub entries: Vec<Entry>,
    /// Its claims, where it is a table of facts.
    pub claims: Vec<Claim>,
    /// Its decisions, where it is a file of them.
    pub decisions: Vec<Decision>,
    /// Its checks, where it is the report on links.
    pub checks: Vec<LinkCheck>,
    /// What looked wrong or was not understood.
    pub notices: Vec<Notice>,
}

impl Extraction {
    /// Of a source that says nothing, or of which the rest is yet to be filled in.
    #[must_use]
    pub fn of(source: SourceInfo, text: Arc<str>) -> Self {
        Self {
            source,
            text,
            topics: Vec::new(),
            entries: Vec::new(),
            claims: Vec::new(),
            decisions: Vec::new(),
            checks: Vec::new(),
            notices: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_lead_where_the_page_of_the_source_shows_them() {
        let resolve = |address: &str, link: &str| {
            let info = SourceInfo { address: address.parse().ok(), ..SourceInfo::new("x", SourceKind::List) };
            info.resolve(link).map(|url| url.to_string())
        };
        for (address, link, expected) in [
            ("https://github.com/o/r", "docs/x.md", "https://github.com/o/r/blob/HEAD/docs/x.md"),
            ("https://github.com/o/r/blob/main/docs/a.md", "../x.md", "https://github.com/o/r/blob/main/x.md"),
            ("https://github.com/o/r/blob/main/docs/a.md", "/x.md", "https://github.com/o/r/blob/main/x.md"),
            ("https://github.com/o/r/tree/v1/docs", "x.md", "https://github.com/o/r/blob/v1/docs/x.md"),
            ("https://gitlab.com/o/r", "x.md", "https://gitlab.com/o/r/-/blob/HEAD/x.md"),
            ("https://bitbucket.org/o/r", "/x.md", "https://bitbucket.org/o/r/src/HEAD/x.md"),
            ("https://example.org/lists/a.md", "b.md", "https://example.org/lists/b.md"),
            ("https://example.org/lists/a.md", "/b.md", "https://example.org/b.md"),
            ("https://github.com/o/r", "https://example.org/x", "https://example.org/x"),
        ] {
            assert_eq!(resolve(address, link).as_deref(), Some(expected), "{address} {link}");
        }
        assert_eq!(resolve("none", "x.md"), None);
    }
}
