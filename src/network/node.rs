use oxrdf::NamedNodeRef;

use crate::map::vocab;

/// A thing, a person, a topic, a venue or a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its IRI; in a network that was read from a table, the text that stands there.
    pub iri: Box<str>,
    /// The word for its kind: `paper`, `tool`, `person`, `topic`.
    pub kind: &'static str,
    /// What it is called.
    pub label: Box<str>,
    /// What else is known, in the order of the columns, each at most once.
    pub values: Vec<(Column, Box<str>)>,
}

impl Node {
    /// The value of a column.
    #[must_use]
    pub fn get(&self, column: Column) -> Option<&str> {
        let at = self.values.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        Some(&self.values[at].1)
    }

    /// The year in which it was published.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.get(Column::Date)?.get(..4)?.parse().ok()
    }

    /// What became of it, where that must be shown wherever the thing is.
    #[must_use]
    pub fn grave_status(&self) -> Option<&str> {
        self.get(Column::Status)?.split(JOINT).find(|status| crate::query::is_grave(status))
    }
}

/// Between the values of a column that has several.
pub(super) const JOINT: &str = "; ";

/// Declares the columns with their names, types and properties.
macro_rules! columns {
    ($($(#[$doc:meta])* $case:ident = $name:literal, $kind:ident, $predicate:expr;)*) => {
        /// Something that may be known of a node.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column {
            $($(#[$doc])* $case,)*
        }

        impl Column {
            /// Every column, in order.
            pub const ALL: &[Self] = &[$(Self::$case,)*];

            /// Its name in tables.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$case => $name,)* }
            }

            /// What its values are.
            #[must_use]
            pub fn kind(self) -> ColumnType {
                match self { $(Self::$case => ColumnType::$kind,)* }
            }

            /// The property that it holds.
            #[must_use]
            pub fn predicate(self) -> NamedNodeRef<'static> {
                match self { $(Self::$case => $predicate,)* }
            }
        }
    };
}

columns! {
    /// DOI in lower case.
    Doi = "doi", Text, vocab::DOI;
    /// arXiv identifier without version.
    Arxiv = "arxiv", Text, vocab::ARXIV_ID;
    /// PubMed number.
    Pmid = "pmid", Text, vocab::PMID;
    /// PubMed Central identifier.
    Pmcid = "pmcid", Text, vocab::PMCID;
    /// ORCID iD.
    Orcid = "orcid", Text, vocab::ORCID;
    /// Date of publication, as precise as it is known.
    Date = "date", Text, vocab::ISSUED;
    /// Main address.
    Url = "url", Text, vocab::URL;
    /// Repository of a tool.
    Repository = "repository", Text, vocab::CODE_REPOSITORY;
    /// What it is, in a sentence or two.
    Description = "description", Text, vocab::DESCRIPTION;
    /// Licence.
    License = "license", Text, vocab::LICENSE;
    /// Programming language.
    ProgrammingLanguage = "programming_language", Text, vocab::PROGRAMMING_LANGUAGE;
    /// Day of the last change.
    Modified = "modified", Text, vocab::DATE_MODIFIED;
    /// How many people have marked the repository.
    Stars = "stars", Integer, vocab::STARS;
    /// How often it is cited, as a service counts.
    CitationCount = "citation_count", Integer, vocab::CITATION_COUNT;
    /// What became of it: `retracted`, `archived`.
    Status = "status", Text, vocab::CREATIVE_WORK_STATUS;
    /// Where it moved to.
    MovedTo = "moved_to", Text, vocab::MOVED_TO;
    /// Number of a topic in its list: `2.3`.
    Notation = "notation", Text, vocab::NOTATION;
    /// The line of a topic in its list.
    Line = "line", Integer, vocab::FIRST_LINE;
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
}
