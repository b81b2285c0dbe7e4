/// How sure we are of what was inferred, from 0 to 1, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u8);

impl Confidence {
    /// From hundredths; more than a hundred is a hundred.
    #[must_use]
    pub const fn percent(hundredths: u8) -> Self {
        Self(if hundredths > 100 { 100 } else { hundredths })
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Two papers of different identifiers have the same title, and one is a preprint.
    SameTitle,
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
}

impl Evidence {
    /// Every case, for the vocabulary and the documentation.
    pub const ALL: [Self; 19] = [
        Self::SameEntryLink,
        Self::CitationOfRepository,
        Self::SameName,
        Self::TitleMatch,
        Self::OwnerIsAuthor,
        Self::TitleAndOwner,
        Self::PreprintLinkWithJournalCitation,
        Self::SameTitle,
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
        }
    }
}
