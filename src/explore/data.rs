//! The parts of a page.

use serde::Serialize;

/// A thing as it is named on other pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its IRI.
    pub iri: String,
    /// The word for its kind: `paper`, `tool`, `person`, `topic`; `thing` where it is none of these.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// What it is called in Chinese, where that is another name: topics have one.
    pub name_zh: Option<String>,
    /// The year in which it was published.
    pub year: Option<i32>,
    /// What became of it, where that must be seen wherever it is named: `retracted`, `withdrawn`, `archived`.
    pub status: Option<String>,
}

/// All that a page about one thing shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// The thing.
    pub thing: Item,
    /// Further names and spellings.
    pub names: Vec<Text>,
    /// What it is, in the words of each source.
    pub descriptions: Vec<Value>,
    /// What became of it.
    pub statuses: Vec<Value>,
    /// Identifiers, dates, addresses and the like, in the order in which to show them.
    pub facts: Vec<Fact>,
    /// What it is tied to, the most telling ties first.
    pub relations: Vec<Relation>,
    /// How many works are of each year: of topics, persons, venues, lists.
    pub years: Vec<(i32, usize)>,
    /// The lists that name it.
    pub consensus: Consensus,
    /// The entries and records that it rests on.
    pub origins: Vec<Origin>,
    /// Of a list: what its curator should look at.
    pub notices: Vec<Notice>,
}

/// A text with its language, where that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// A BCP 47 tag.
    pub language: Option<String>,
}

/// A property with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// A fixed word for the property.
    pub key: &'static str,
    /// The values, the most trusted first.
    pub values: Vec<Value>,
    /// Whether the values exclude one another: the sources disagree.
    pub is_disputed: bool,
}

/// A value, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The text.
    pub text: String,
    /// The language of the text, where it is known.
    pub language: Option<String>,
    /// Where it leads.
    pub link: Option<Link>,
    /// Who says so, the most trusted first.
    pub sources: Vec<Source>,
}

/// Where a value leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Link {
    /// To another thing of the graph: an IRI.
    Thing(String),
    /// To an address in the web, `http` or `https`.
    Address(String),
}

/// A named graph that says something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The IRI of the graph.
    pub graph: String,
    /// What to call it: `crossref`, `owner/list`.
    pub name: String,
}

/// Other things that this one is tied to in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// A fixed word for the tie.
    pub key: &'static str,
    /// The other things, or some of them.
    pub members: Vec<Member>,
    /// How many there are.
    pub total: usize,
    /// The place of the first member among all.
    pub offset: usize,
}

/// Another thing, and why it is tied to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The other thing.
    pub item: Item,
    /// How close a tool is to a paper: `official`, `community`, `use`.
    pub grade: Option<String>,
    /// Works in common, of co-authors; things below, of topics.
    pub count: Option<usize>,
    /// Why it is believed; empty where a source states the tie itself and no more is known.
    pub because: Vec<Because>,
}

/// A statement about a tie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Because {
    /// The fixed word for the evidence: `same-entry-link`, `registry`.
    pub evidence: String,
    /// From 0 to 1.
    pub confidence: Option<String>,
    /// The entries and records that it rests on.
    pub origins: Vec<Origin>,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Origin {
    /// The key of the source: `owner/list`.
    pub source: String,
    /// The first and the last line, from 1; 0 where there are no lines.
    pub lines: (u32, u32),
    /// The address at which the lines can be read, where it is known.
    pub address: Option<String>,
    /// The rules by which it was read.
    pub rules: Vec<String>,
    /// Its Markdown, or what a record says of itself.
    pub text: String,
    /// The IRI of the entry or record.
    pub iri: String,
}

/// Which lists name a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Consensus {
    /// The lists.
    pub lists: Vec<Naming>,
    /// How many there are when translations, forks and files of one repository count once.
    pub n_independent: usize,
}

/// A list that names a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Naming {
    /// The list.
    pub list: Item,
    /// The topics under which the thing stands there.
    pub topics: Vec<String>,
    /// The key of the list that it counts with, if it does not speak for itself.
    pub counts_with: Option<String>,
}

/// What a curator should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The name of the rule.
    pub code: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong there.
    pub text: String,
    /// The address at which the line can be read, where it is known.
    pub address: Option<String>,
}
