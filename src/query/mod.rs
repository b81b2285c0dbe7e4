//! Asking the graph: the named questions, things by any of their names, tables of results.
//!
//! A question is a file in `queries/`: SPARQL with a header that states it in words and declares its parameters. The
//! files are embedded in the binary. [`find`] knows a thing by IRI, identifier, address, name or a part of its title.
//! [`known`] gives what curators want to hear of links, repositories and retracted papers.
//! [`Chain`] follows what is said of a thing to the lines that say it; [`doubts`] finds what a person had better look at.

mod card;
mod consensus;
mod find;
mod known;
mod question;
mod review;
mod sources;
mod table;
mod trust;
mod why;

pub use card::{Card, CardOrigin, Reason, is_grave, reasons};
pub use consensus::{Consensus, Naming};
pub use find::{Found, find, find_kind};
pub use known::known;
pub use question::{Parameter, ParameterKind, Question, QuestionError, named, questions, value};
pub use review::{Doubt, DoubtKind, doubts};
pub use sources::sources;
pub use table::{OutputError, OutputFormat, Shown, write};
pub use trust::{graph_trust, source_name};
pub use why::{Chain, Fact};
