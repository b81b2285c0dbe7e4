use std::borrow::Cow;

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

    /// What to call it before people: its label, or where that is only the IRI what else it is known by.
    #[must_use]
    pub fn caption(&self) -> Cow<'_, str> {
        if self.label != self.iri {
            return Cow::Borrowed(&self.label);
        }
        let address = || {
            let url = self.get(Column::Url)?;
            let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
            Some(Cow::Borrowed(bare.strip_prefix("www.").unwrap_or(bare)))
        };
        let pubmed = || self.get(Column::Pmid).map(|number| Cow::Owned(format!("PubMed {number}")));
        let id = self.get(Column::Pmcid).map(Cow::Borrowed);
        id.or_else(pubmed).or_else(address).unwrap_or(Cow::Borrowed(&self.label))
    }

    /// The year in which it was published; of a preprint whose date nobody gives, that in its arXiv identifier.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        match self.get(Column::Date) {
            Some(date) => date.get(..4)?.parse().ok(),
            None => year_of_arxiv(self.get(Column::Arxiv)?),
        }
    }

    /// What became of it: `retracted`, `archived`.
    pub fn statuses(&self) -> impl Iterator<Item = &str> {
        self.get(Column::Status).into_iter().flat_map(|statuses| statuses.split(JOINT))
    }

    /// What became of it, where that must be shown wherever the thing is.
    #[must_use]
    pub fn grave_status(&self) -> Option<&str> {
        self.statuses().find(|status| crate::query::is_grave(status))
    }
}

/// The year in which a preprint was handed in, which its [identifier](https://info.arxiv.org/help/arxiv_identifier.html)
/// begins with: `1812.08434`, `hep-th/9901001`.
fn year_of_arxiv(id: &str) -> Option<i32> {
    let number = id.rsplit('/').next()?;
    let year: i32 = number.get(..2)?.parse().ok()?;
    Some(if year > 90 { 1900 + year } else { 2000 + year })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_title_is_called_by_what_it_is_known_by() {
        let node = |values: &[(Column, &str)]| Node {
            iri: "https://w3id.org/x".into(),
            kind: "paper",
            label: "https://w3id.org/x".into(),
            values: values.iter().map(|(column, text)| (*column, (*text).into())).collect(),
        };
        assert_eq!(node(&[(Column::Pmid, "29412134"), (Column::Url, "https://x.org/a")]).caption(), "PubMed 29412134");
        assert_eq!(node(&[(Column::Url, "https://www.x.org/a")]).caption(), "x.org/a");
        assert_eq!(node(&[]).caption(), "https://w3id.org/x");
    }

    #[test]
    fn a_preprint_without_a_date_is_of_the_year_of_its_identifier() {
        assert_eq!(year_of_arxiv("1812.08434"), Some(2018));
        assert_eq!(year_of_arxiv("hep-th/9901001"), Some(1999));
        assert_eq!(year_of_arxiv("x"), None);
    }
}
