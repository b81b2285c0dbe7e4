//! The graph for agents: the [Model Context Protocol](https://modelcontextprotocol.io/) over standard streams and HTTP.
//!
//! What goes in is a [`Knowledge`], all that this room knows of the graph; out come tools, resources and prompts. Each named
//! question is a tool of its own. Answers are short, twice: lines for a model to read, and the same as JSON with a
//! schema; both keep to a budget and say how to get more. Texts of lists are data of strangers: they are cleaned, cut
//! and quoted. What a caller can mend is told in a result, never as an error of the protocol.
//!
//! The owner of `rmcp`. Knows neither the store nor HTTP servers: [`http_service`] is mounted by the room `serve`.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # async fn run(knowledge: Arc<dyn amml_graph::agent::Knowledge>) -> Result<(), amml_graph::agent::AgentError> {
//! amml_graph::agent::stdio(knowledge).await
//! # }
//! ```

mod calls;
mod clean;
mod guide;
mod knowledge;
mod profile;
mod prompts;
mod questions;
mod reply;
mod resources;
mod server;
mod shapes;
mod stop;
mod table;
mod tools;
mod transport;

#[cfg(test)]
mod tests;

pub use knowledge::{
    Knowledge, Outcome, ParameterCard, ParameterKind, QuestionCard, Refused, Route, Rows, Search, Step, Ties,
    Vocabulary, Window, Word,
};
pub use server::Server;
pub use stop::Stop;
pub use transport::{AgentError, HttpService, http_service, stdio};
