//! What is shown of a thing, as plain data: the same for pages, programs and agents.
//!
//! An [`Atlas`] holds a store that is asked again and again: its graph, and the [`Network`](crate::network::Network) of its
//! things with an index of who points to whom. It gives a [`Page`] for a thing with all facts and ties, each with who says
//! so; an [`Overview`] of the whole; what lies [`around`](Atlas::around) a thing and what leads from one to another;
//! [`Answer`]s to questions with the things in them named. How that looks is for `site`, how it travels for `serve`.
//!
//! ```
//! use amml_graph::{explore::Atlas, store::Graph};
//!
//! let atlas = Atlas::new(Graph::in_memory(), 2026).unwrap();
//! assert!(atlas.page("https://w3id.org/amml-graph/id/tool/github/a/b", None).unwrap().is_none());
//! ```

mod answer;
mod around;
mod atlas;
mod data;
mod documents;
mod facts;
mod findings;
mod origins;
mod overview;
mod page;
mod path;
mod ties;

pub use answer::{Answer, AnswerError, Cell};
pub use around::{Dot, Line, Neighborhood};
pub use atlas::Atlas;
pub use data::{
    Because, Consensus, Fact, Item, Link, Member, Naming, Notice, Origin, Page, Relation, Source, Text, Value,
};
pub use findings::{Findings, Hit};
pub use overview::Overview;
pub use path::Step;

#[cfg(test)]
mod tests;
