//! What the graph speaks of, as plain data: no RDF, no HTTP, no command line.
//!
//! # Glossary
//!
//! - **source**: a list, a bibliography, a registry, a table of facts, the answers of a service, with a key (`owner/repo` or the file's name) that never changes.
//! - **entry**: one bullet of a list: what a curator wrote about one thing, sometimes two. It has an [`Origin`].
//! - **mention**: what an entry says of one thing. The first mention of an entry is its main thing.
//! - **thing**: a paper, tool, dataset and so on, after entries that speak of the same one were put together.
//! - **record**: what one source says of one thing, put together from all its mentions there.
//! - **claim**: a fact about two things that a source states outside a list: this cites that.
//! - **dossier**: what a service, a registry or a bibliography has on file about one thing, in fields. It becomes an entry.
//! - **link**: a relation between two things, with the [`Evidence`] for it.
//! - **part**: mentions that an identifier holds together. A thing is one part, or several that a **merge** put together
//!   for another reason, which it names; so it can be taken back.
//! - **decision**: what a person said of things once and for all builds. It wins over every rule.
//! - **citation**: the bibliographic part of an entry: authors, venue, year, volume, issue, pages.
//! - **topic**: a heading of a list, in the hierarchy that the curator meant.
//! - **check**: how a link fared when it was last looked at, with its history.
//! - **notice**: a flaw in a list, or something that was not understood, with its line.
//!
//! Words that we avoid: *item* (an entry or a Markdown list item?), *resource* (anything), *node* (of the tree or
//! of the graph?), *reference* (a citation, a link or a Rust reference?).

mod catalog;
mod citation;
mod decision;
mod dossier;
mod entry;
mod evidence;
mod known;
mod link_check;
mod notice;
mod trust;
mod words;

pub use catalog::{
    Authorship, Catalog, EntryThings, Identity, Kinship, Link, Merge, MergedPerson, Person, Place, Record,
    SourceRecord, Thing, ThingIndex, TopicMatch, Venue, VenueIndex, VenueKind,
};
pub use citation::{Citation, PersonName};
pub use decision::{Decision, Designation, Ruling};
pub use dossier::{About, Attribute, Dossier, Grade, PartialDate, Related, SubjectTerm, WorkRef};
pub use entry::{
    Claim, Details, Entry, Extraction, KindGuess, Label, Language, Lines, LinkRole, Mention, MentionRelation, Origin,
    Relation, Rule, Scope, SourceInfo, SourceKind, Topic, WrittenLink,
};
pub use evidence::{Confidence, Evidence};
pub use known::{Known, KnownRepository, RetractedPaper};
pub use link_check::{LinkCheck, LinkReason, LinkState};
pub use notice::{Notice, NoticeCode};
pub use trust::trust;
pub use words::{is_han, normalise, short_hash, slug};

/// What sort of thing an entry is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An article, a preprint or a conference paper.
    #[default]
    Paper,
    /// Software, a package, a code repository, a web service.
    Tool,
    /// A trained model that can be had: weights, a language model.
    Model,
    /// A dataset or a database.
    Dataset,
    /// A course or a series of lectures.
    Course,
    /// A competition or a shared task.
    Competition,
    /// A laboratory, an institute, a company.
    Organization,
    /// Another list.
    List,
    /// A page to read: a blog post, a tutorial, a website.
    Article,
    /// A book.
    Book,
    /// A recorded talk or another film.
    Video,
    /// A person whom the list names for what they do, not as an author.
    Person,
}

impl Kind {
    /// All kinds, in the order in which summaries show them.
    pub const ALL: [Self; 12] = [
        Self::Paper,
        Self::Tool,
        Self::Model,
        Self::Dataset,
        Self::Course,
        Self::Competition,
        Self::Organization,
        Self::List,
        Self::Article,
        Self::Book,
        Self::Video,
        Self::Person,
    ];

    /// Whether it can implement a paper: a tool or a model.
    #[must_use]
    pub fn is_software(self) -> bool {
        matches!(self, Self::Tool | Self::Model)
    }

    /// The word for it, in an IRI and to a person.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Tool => "tool",
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Course => "course",
            Self::Competition => "competition",
            Self::Organization => "organization",
            Self::List => "list",
            Self::Article => "article",
            Self::Book => "book",
            Self::Video => "video",
            Self::Person => "person",
        }
    }
}
