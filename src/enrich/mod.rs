//! Asks scholarly services about things, and brings home dossiers.
//!
//! Each service has a pure half in [`service`]: what to ask about a thing, how the request looks, what an answer says. An
//! [`Inquiry`] asks all of them at the same time, through the polite client of `net`, and keeps every answer by its question:
//! what was answered once is not asked again, however the questions are put together in requests, and a run that was
//! killed goes on where it was. What it asks depends on nothing but the things; what it gives, on nothing but the answers.
//!
//! - `wanted`: what is known of a thing that services are asked about.
//! - `plan`: how many requests that takes, how long, at what price.
//! - `inquiry`: the work, in rounds: an answer of one service gives the identifier that another one wants.
//! - `matching`: whether what was found by a title is what was meant.
//! - `text`, `code`: plain text from markup; repositories in running text.
//! - `links`: whether links are alive, and where a copy is of those that are not.
//!
//! It knows neither the store nor the graph: things come in, dossiers go out, and `extract` takes them in as one more source.

mod code;
mod grade;
mod inquiry;
pub mod links;
mod matching;
mod plan;
pub mod service;
mod text;
mod wanted;

pub use inquiry::{Inquiry, Progress, Report, Served, Wishes, neighbors};
pub use matching::choose;
pub use plan::PlanLine;
pub use service::{Access, Ask, Question, Service, Unreadable};
pub use wanted::{Wanted, wanted};
