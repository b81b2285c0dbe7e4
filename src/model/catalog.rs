use std::collections::BTreeSet;

use super::{
    Attribute, Confidence, Evidence, Extraction, Grade, Kind, KindGuess, Label, LinkRole, PartialDate, Relation,
    short_hash, slug,
};
use crate::id::{ArxivId, Doi, Identifiers, Orcid, Package, Pmcid, Pmid, RepoSlug, WebUrl};

/// The strongest identifier of a thing: what its IRI is made of. The order of the cases is their strength.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// A DOI.
    Doi(Doi),
    /// An arXiv identifier.
    Arxiv(ArxivId),
    /// A PubMed Central identifier.
    Pmcid(Pmcid),
    /// A PubMed number.
    Pmid(Pmid),
    /// A code repository, in lower case.
    Repository(String),
    /// A package in a registry, in lower case.
    Package(String),
    /// The normalised title: of a paper, which has many addresses.
    Title(String),
    /// The comparable form of the address, and the slug of what it is called.
    Address {
        /// The comparable form.
        key: String,
        /// A readable part for the IRI.
        slug: String,
    },
}

impl Identity {
    /// What tells it apart from all others of its kind, as text: the end of its IRI.
    #[must_use]
    pub fn local_name(&self) -> String {
        match self {
            Self::Doi(id) => format!("doi/{id}"),
            Self::Arxiv(id) => format!("arxiv/{id}"),
            Self::Pmcid(id) => format!("pmc/{id}"),
            Self::Pmid(id) => format!("pmid/{id}"),
            Self::Repository(path) | Self::Package(path) => path.clone(),
            Self::Title(title) => format!("title/{}-{}", slug(title), short_hash(title)),
            Self::Address { key, slug } => format!("url/{slug}-{}", short_hash(key)),
        }
    }
}

impl From<&RepoSlug> for Identity {
    fn from(slug: &RepoSlug) -> Self {
        Self::Repository(slug.to_string())
    }
}

impl From<&Package> for Identity {
    fn from(package: &Package) -> Self {
        Self::Package(package.to_string())
    }
}

/// A thing: what all entries about it have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// The strongest identifier.
    pub identity: Identity,
    /// Weaker identities that it would have without the stronger ones; they stay findable.
    pub aliases: BTreeSet<Identity>,
    /// Its kind, from the best evidence.
    pub kind: KindGuess,
}

/// Index of a thing in [`Catalog::things`].
pub type ThingIndex = usize;
/// Index of a venue in [`Catalog::venues`].
pub type VenueIndex = usize;

/// One author of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorship {
    /// Index of the person in [`Catalog::persons`].
    pub person: usize,
    /// Why, if the person was recognised from another paper.
    pub merged: Option<MergedPerson>,
    /// Whether the source gives the person's ORCID iD here.
    pub states_orcid: bool,
}

/// An author who was recognised as the author of another work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedPerson {
    /// The slug of the author of this one work, were they a person of their own.
    pub part: String,
    /// Why.
    pub evidence: Evidence,
    /// How sure.
    pub confidence: Confidence,
}

/// A person: one or more mentions that are safely the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What the IRI is made of.
    pub slug: String,
    /// The slug that the person has where there are namesakes. It never means anyone else.
    pub distinct_slug: String,
    /// The name for people to read.
    pub name: String,
    /// Family name.
    pub family: String,
    /// Given names or initials.
    pub given: String,
    /// Every other spelling seen.
    pub spellings: BTreeSet<String>,
    /// The ORCID iD.
    pub orcid: Option<Orcid>,
    /// Whether it is a group and no person.
    pub is_group: bool,
}

/// What sort of venue it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VenueKind {
    /// A journal or magazine.
    Periodical,
    /// A conference or its proceedings.
    Conference,
    /// A preprint server.
    PreprintServer,
}

/// A journal, conference or preprint server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// What the IRI is made of.
    pub slug: String,
    /// The spelling to show.
    pub name: String,
    /// Other spellings seen.
    pub spellings: BTreeSet<String>,
    /// Journal, conference or preprint server.
    pub kind: VenueKind,
}

/// What one source says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The thing.
    pub thing: ThingIndex,
    /// The entries that say so: indices into the entries of the source.
    pub entries: Vec<usize>,
    /// Short name or title: what it is called.
    pub name: Option<Label>,
    /// Its other names.
    pub other_names: BTreeSet<Label>,
    /// Long title of a tool, or what the entry says about the thing.
    pub descriptions: BTreeSet<Label>,
    /// Every link with its role.
    pub links: BTreeSet<(LinkRole, WebUrl, Label)>,
    /// The identifiers that this source gives.
    pub ids: Identifiers,
    /// The authors, in order.
    pub authors: Vec<Authorship>,
    /// Whether there are more.
    pub et_al: bool,
    /// Where it was published.
    pub venue: Option<VenueIndex>,
    /// When.
    pub date: Option<PartialDate>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// The pages or the article number.
    pub pages: Option<String>,
    /// Topics of the source under which it stands, or that it is about.
    pub topics: BTreeSet<usize>,
    /// All else that is known.
    pub attributes: BTreeSet<(Attribute, String)>,
}

/// A relation between two things, and why we believe it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The first thing.
    pub subject: ThingIndex,
    /// The relation.
    pub relation: Relation,
    /// The second thing.
    pub object: ThingIndex,
    /// Why.
    pub evidence: Evidence,
    /// How sure.
    pub confidence: Confidence,
    /// How close the two are, of a tool and a paper, where it is known.
    pub grade: Option<Grade>,
    /// The entries (or claims) of the source that support it.
    pub entries: Vec<usize>,
}

/// An entry, a claim, a decision or a topic: its source in [`Catalog::sources`], and its index there.
pub type Place = (usize, usize);

/// Two parts of one thing that no identifier holds together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// The thing.
    pub thing: ThingIndex,
    /// The kind of the other part.
    pub kind: Kind,
    /// What the other part would be known by, were it a thing of its own.
    pub part: Identity,
    /// Why.
    pub evidence: Evidence,
    /// How sure.
    pub confidence: Confidence,
    /// The entries or the decision that it rests on.
    pub grounds: Vec<Place>,
}

/// Two topics of two lists that say the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TopicMatch {
    /// The topic of this source.
    pub topic: usize,
    /// The topic of the other.
    pub other: Place,
    /// Why.
    pub evidence: Evidence,
    /// How sure.
    pub confidence: Confidence,
    /// The heading that has both labels, where one has.
    pub pairing: Option<Place>,
    /// Entries of this source that stand under both, or the decision.
    pub grounds: Vec<Place>,
}

/// A list that does not speak for itself alone: a translation, a fork, another file of the same repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinship {
    /// The source of the list that it counts with.
    pub with: usize,
    /// Why.
    pub evidence: Evidence,
    /// How sure.
    pub confidence: Confidence,
}

/// The things that an entry speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryThings {
    /// The main thing.
    pub main: ThingIndex,
    /// Others.
    pub others: Vec<ThingIndex>,
}

/// What one source contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// What was read from it.
    pub extraction: Extraction,
    /// The things of each entry, in the order of the entries.
    pub entry_things: Vec<EntryThings>,
    /// What it says of each thing.
    pub records: Vec<Record>,
    /// What it says, or lets us infer, of pairs of things.
    pub links: Vec<Link>,
    /// Parts of things that its entries were put together with.
    pub merges: Vec<Merge>,
    /// Topics of other sources that say the same as one of its own.
    pub matches: Vec<TopicMatch>,
    /// The list that it counts with.
    pub kinship: Option<Kinship>,
    /// For each decision the things that it names.
    pub decided: Vec<Vec<ThingIndex>>,
}

/// All things, and what each source says of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The sources, in the order of their keys.
    pub sources: Vec<SourceRecord>,
    /// The things.
    pub things: Vec<Thing>,
    /// The persons.
    pub persons: Vec<Person>,
    /// The venues.
    pub venues: Vec<Venue>,
}

impl Catalog {
    /// How many things there are of each kind that has any.
    #[must_use]
    pub fn count_by_kind(&self) -> Vec<(Kind, usize)> {
        let count = |kind| self.things.iter().filter(|thing| thing.kind.kind == kind).count();
        Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect()
    }
}
