//! Asks scholarly services about things, and brings home dossiers.
//!
//! Each service has a pure half in `service`: what to ask about a thing, how the request looks, what an answer says. One
//! driver asks all of them, through the polite client of `net`.

mod code;
pub mod service;
mod text;
mod wanted;

pub use service::{Access, Ask, Question, Service, Unreadable};
pub use wanted::Wanted;
