use std::collections::BTreeMap;

use super::stop::Stop;
use crate::explore::{Answer, Because, Findings, Item, Member, Overview, Page};

/// All that agents can learn of the graph: the one thing that this room needs to be given.
///
/// Calls may take long and run on threads of their own, several at once. A thing is named by the caller in any way that
/// persons name it: IRI, identifier, address, name or a part of its title. Text from lists is handed over as it is;
/// cleaning and cutting it is done here.
///
/// Rationale: a trait though there is one store. The tests and the example have another, and so no test of the protocol
/// needs a graph.
pub trait Knowledge: Send + Sync + 'static {
    /// Finds things by words.
    ///
    /// # Errors
    ///
    /// If the words or the kind make no sense.
    fn search(&self, search: &Search, stop: &Stop) -> Result<Findings, Refused>;

    /// What is known of one thing, and who says so.
    ///
    /// # Errors
    ///
    /// If nothing or more than one thing is named so.
    fn describe(&self, thing: &str, stop: &Stop) -> Result<Page, Refused>;

    /// The tools that implement a paper or a version of it.
    ///
    /// # Errors
    ///
    /// If nothing or more than one thing is named so, or it is no paper.
    fn tools_of(&self, paper: &str, stop: &Stop) -> Result<Ties, Refused>;

    /// The papers that a tool implements.
    ///
    /// # Errors
    ///
    /// If nothing or more than one thing is named so, or it is no tool.
    fn papers_of(&self, tool: &str, stop: &Stop) -> Result<Ties, Refused>;

    /// The shortest way through the graph from one thing to another.
    ///
    /// # Errors
    ///
    /// If nothing or more than one thing is named so. That there is no way is no error.
    fn path(&self, from: &str, to: &str, stop: &Stop) -> Result<Route, Refused>;

    /// The named questions, by name. They do not change while the program runs.
    fn questions(&self) -> Vec<QuestionCard>;

    /// Asks a named question.
    ///
    /// # Errors
    ///
    /// If there is no such question, or a value makes no sense for its parameter.
    fn ask(
        &self,
        question: &str,
        values: &BTreeMap<String, String>,
        window: Window,
        stop: &Stop,
    ) -> Result<Rows, Refused>;

    /// Runs a query that reads: SELECT, ASK, CONSTRUCT or DESCRIBE. Remote services and updates are refused.
    ///
    /// # Errors
    ///
    /// If the query is wrong (with the place in the message), or takes more than it may.
    fn sparql(&self, query: &str, window: Window, stop: &Stop) -> Result<Outcome, Refused>;

    /// How much of what there is.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    fn overview(&self) -> Result<Overview, Refused>;

    /// The words that queries are written with.
    fn vocabulary(&self) -> Vocabulary;

    /// The ontology in Turtle.
    fn ontology(&self) -> String;
}

/// Words to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// The words.
    pub text: String,
    /// Only things of this kind: `paper`, `tool` …
    pub kind: Option<String>,
    /// Which hits.
    pub window: Window,
}

/// Which rows or hits of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// How many to leave out at the start.
    pub offset: usize,
    /// How many at most.
    pub limit: usize,
}

/// Things that are tied to one in one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Ties {
    /// The thing that was meant.
    pub of: Item,
    /// What it is tied to, with evidence, confidence and the lines that say so.
    pub members: Vec<Member>,
}

/// A way through the graph; without steps, where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where it begins.
    pub from: Item,
    /// Where it ends.
    pub to: Item,
    /// From the one next to `from` to `to`.
    pub steps: Vec<Step>,
    /// What else is to be said, such as that the other way round there is one.
    pub note: Option<String>,
}

/// One step from a thing to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// In words, read from the thing before to this one: `cites`, `is cited by`, `implements` …
    pub relation: String,
    /// What it leads to.
    pub item: Item,
    /// Why this is believed.
    pub because: Vec<Because>,
}

/// The rows of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Those of the window; its `is_cut` tells that there are more after them.
    pub answer: Answer,
    /// How many there are in all, where that is known.
    pub total: Option<usize>,
}

/// What came of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Of SELECT.
    Rows(Rows),
    /// Of ASK.
    Truth(bool),
    /// Of CONSTRUCT and DESCRIBE: triples in N-Triples or Turtle, one statement a line where that can be.
    Triples(String),
}

/// A named question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionCard {
    /// Its name, with hyphens.
    pub name: String,
    /// The question in words.
    pub text: String,
    /// What it asks for.
    pub parameters: Vec<ParameterCard>,
    /// The query.
    pub sparql: String,
}

/// What a question asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterCard {
    /// Its name.
    pub name: String,
    /// What its value is.
    pub kind: ParameterKind,
    /// Whether the question makes sense without it.
    pub is_optional: bool,
    /// What it means.
    pub description: String,
}

/// What the value of a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// A thing, named in any way.
    Thing,
    /// A text.
    Text,
    /// A whole number.
    Number,
}

/// The words that queries are written with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// Prefixes and what they stand for.
    pub prefixes: Vec<(String, String)>,
    /// The classes that things of the graph have.
    pub classes: Vec<Word>,
    /// The properties that they have.
    pub properties: Vec<Word>,
}

/// A class or a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// With its prefix: `schema:ScholarlyArticle`.
    pub name: String,
    /// What it means, in one line.
    pub meaning: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// Nothing is called so.
    #[error("nothing in the graph is known as {0:?}")]
    NotFound(String),
    /// Several things are.
    #[error("{0:?} may mean several things")]
    Ambiguous(String, Vec<Item>),
    /// What was asked makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// It takes more time, memory or rows than it may.
    #[error("{0}")]
    Limit(String),
    /// The graph cannot be read.
    #[error("{0}")]
    Failed(String),
}
