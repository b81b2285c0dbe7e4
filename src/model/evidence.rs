/// How sure we are of what was inferred, from 0 to 1, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// From hundredths; more than a hundred is a hundred.
    #[must_use]
    pub const fn percent(hundredths: u8) -> Self {
        Self(if hundredths > 100 { 100 } else { hundredths })
    }

    /// The hundredths.
    #[must_use]
    pub const fn hundredths(self) -> u8 {
        self.0
    }
}

impl std::fmt::Display for Confidence {
    /// Writes a plain decimal, as `xsd:decimal` wants it: `0.95`, `1.0`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            100 => f.write_str("1.0"),
            tens if tens % 10 == 0 => write!(f, "0.{}", tens / 10),
            hundredths => write!(f, "0.{hundredths:02}"),
        }
    }
}

/// Why something was inferred. The word is what the graph keeps (`amml:evidence`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The paper's own entry links the repository, or the tool's entry links the paper.
    SameEntryLink,
    /// A repository is followed by the citation of its paper, in one entry.
    CitationOfRepository,
    /// Tool and paper have the same distinctive name.
    SameName,
    /// The tool's title and the paper's title say the same.
    TitleMatch,
    /// The owner of the repository is an author of the paper, and both stand in the same topic.
    OwnerIsAuthor,
    /// The title matches in part, and the owner of the repository is an author.
    TitleAndOwner,
    /// A preprint is linked and a journal is cited, in one entry.
    PreprintLinkWithJournalCitation,
    /// Two papers without a common identifier have the same title.
    SameTitle,
    /// Their titles differ in nothing but a short name before the colon.
    TitleWithoutName,
    /// Their titles differ in nothing but an article, a plural, a blank or a slip of the pen.
    SimilarTitle,
    /// Two things have the same address under different names.
    SameAddress,
    /// Two tools have the same name, and a link in common.
    SameNameAndLink,
    /// Two tools have the same name and the same host, which is called like them.
    SameNameAndHost,
    /// Two tools have the same name and the same paper.
    SameNameAndPaper,
    /// Two topics have the same label.
    SameLabel,
    /// Their labels differ in nothing but the plural.
    SingularAndPlural,
    /// A heading of some list has both labels, in two languages.
    BilingualHeading,
    /// Two topics, or two lists, hold mostly the same things.
    CommonEntries,
    /// Two lists are files of one repository.
    SameRepository,
    /// Two mentions of a person share co-authors.
    SharedCoauthors,
    /// The address says what kind of thing it is.
    KindByAddress,
    /// The heading above says what kind of thing it is.
    KindByTopic,
    /// The title says what kind of thing it is.
    KindByTitle,
    /// A citation stands in the entry.
    KindByCitation,
    /// Its description says what kind of thing it is.
    KindByDescription,
    /// The labels of its links say what kind of thing it is.
    KindByLinks,
    /// Most entries under the same heading are of this kind.
    KindBySiblings,
    /// Nothing says what it is: a page to read.
    KindByDefault,
    /// A person read it in the named source.
    Curated,
    /// A registry states it.
    Registry,
    /// A service was asked for the title, and what it found agrees in title, year and authors.
    TitleSearch,
    /// Two authors have the same ORCID iD.
    SameOrcid,
    /// The repository's own file for citation names the paper.
    CitationFile,
    /// The repository's own page names the paper.
    ReadmeNamesPaper,
    /// The repository's description or homepage is the paper's address.
    DescriptionNamesPaper,
    /// The paper's abstract or record names the repository.
    PaperNamesRepository,
    /// The repository names the paper, and the paper the repository.
    BothWays,
    /// A service states it.
    Service,
    /// A person decided it.
    Decision,
}

impl Evidence {
    /// Every case, for the vocabulary and the documentation.
    pub const ALL: [Self; 39] = [
        Self::SameEntryLink,
        Self::CitationOfRepository,
        Self::SameName,
        Self::TitleMatch,
        Self::OwnerIsAuthor,
        Self::TitleAndOwner,
        Self::PreprintLinkWithJournalCitation,
        Self::SameTitle,
        Self::TitleWithoutName,
        Self::SimilarTitle,
        Self::SameAddress,
        Self::SameNameAndLink,
        Self::SameNameAndHost,
        Self::SameNameAndPaper,
        Self::SameLabel,
        Self::SingularAndPlural,
        Self::BilingualHeading,
        Self::CommonEntries,
        Self::SameRepository,
        Self::SharedCoauthors,
        Self::KindByAddress,
        Self::KindByTopic,
        Self::KindByTitle,
        Self::KindByCitation,
        Self::KindByDescription,
        Self::KindByLinks,
        Self::KindBySiblings,
        Self::KindByDefault,
        Self::Curated,
        Self::Registry,
        Self::TitleSearch,
        Self::SameOrcid,
        Self::CitationFile,
        Self::ReadmeNamesPaper,
        Self::DescriptionNamesPaper,
        Self::PaperNamesRepository,
        Self::BothWays,
        Self::Service,
        Self::Decision,
    ];

    /// The fixed word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SameEntryLink => "same-entry-link",
            Self::CitationOfRepository => "citation-of-repository",
            Self::SameName => "same-name",
            Self::TitleMatch => "title-match",
            Self::OwnerIsAuthor => "owner-is-author",
            Self::TitleAndOwner => "title-and-owner",
            Self::PreprintLinkWithJournalCitation => "preprint-link-with-journal-citation",
            Self::SameTitle => "same-title",
            Self::TitleWithoutName => "title-without-name",
            Self::SimilarTitle => "similar-title",
            Self::SameAddress => "same-address",
            Self::SameNameAndLink => "same-name-and-link",
            Self::SameNameAndHost => "same-name-and-host",
            Self::SameNameAndPaper => "same-name-and-paper",
            Self::SameLabel => "same-label",
            Self::SingularAndPlural => "singular-and-plural",
            Self::BilingualHeading => "bilingual-heading",
            Self::CommonEntries => "common-entries",
            Self::SameRepository => "same-repository",
            Self::SharedCoauthors => "shared-coauthors",
            Self::KindByAddress => "kind-by-address",
            Self::KindByTopic => "kind-by-topic",
            Self::KindByTitle => "kind-by-title",
            Self::KindByCitation => "kind-by-citation",
            Self::KindByDescription => "kind-by-description",
            Self::KindByLinks => "kind-by-links",
            Self::KindBySiblings => "kind-by-siblings",
            Self::KindByDefault => "kind-by-default",
            Self::Curated => "curated",
            Self::Registry => "registry",
            Self::TitleSearch => "title-search",
            Self::SameOrcid => "same-orcid",
            Self::CitationFile => "citation-file",
            Self::ReadmeNamesPaper => "readme-names-paper",
            Self::DescriptionNamesPaper => "description-names-paper",
            Self::PaperNamesRepository => "paper-names-repository",
            Self::BothWays => "both-ways",
            Self::Service => "service",
            Self::Decision => "decision",
        }
    }
}
