//! Asking the graph: the named questions, things by any of their names, tables of results.
//!
//! A question is a file in `queries/`: SPARQL with a header that states it in words and declares its parameters. The
//! files are embedded in the binary. [`find`] knows a thing by IRI, identifier, address, name or a part of its title.

mod card;
mod find;
mod question;
mod sources;
mod table;

pub use card::{Card, CardOrigin, Reason, reasons};
pub use find::{Found, find, find_kind};
pub use question::{Parameter, ParameterKind, Question, QuestionError, named, questions, value};
pub use sources::sources;
pub use table::{OutputError, OutputFormat, Shown, write};
