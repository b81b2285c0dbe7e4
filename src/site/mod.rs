//! Turns plain data into HTML pages, in English and Chinese, for a server or for a static site.
//!
//! Each page is one function: [`thing`], [`search`], [`question`] … takes what [`explore`](crate::explore) found and a
//! [`Context`] (language, addresses, title of the site) and gives the whole page as text. Templates are in `templates/`,
//! style and scripts in `assets/` ([`asset`]), all words in `words/`. Nothing here knows HTTP or the store.
//!
//! What holds for every page: text is escaped in one place, which also takes away characters that turn the writing around;
//! there is no inline script or style, so that a strict Content-Security-Policy can be sent; addresses are `http` or
//! `https`, or lead to this site; the page can be read without scripts, which only add.

mod about;
mod answer;
mod asset;
mod chart;
mod context;
mod escape;
mod failure;
mod graph;
mod home;
mod index;
mod item;
mod links;
mod ontology;
mod picture;
mod publish;
mod question;
mod search;
mod shell;
mod sparql;
#[cfg(test)]
mod tests;
mod thing;
mod words;

pub use about::{About, Limits, about};
pub use asset::{Asset, asset, assets};
pub use context::{Context, Language, UnknownLanguage};
pub use failure::{Failure, failure};
pub use graph::graph;
pub use home::home;
pub use index::{Index, index};
pub use links::{Links, Part, ServerLinks, StaticLinks, StaticSite, files};
pub use ontology::{Term, ontology, terms};
pub use picture::{VIEWS, picture, pictures};
pub use publish::{PublishError, Sink, publish};
pub use question::{Asking, Outcome, question, questions};
pub use search::{SEARCH_PAGE, search, static_search};
pub use sparql::{Desk, Solution, sparql};
pub use thing::{RELATION_PAGE, thing};

/// A page could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the page {page}")]
pub struct SiteError {
    /// Which template.
    page: &'static str,
    /// Why.
    #[source]
    source: askama::Error,
}

/// Fills in a template.
fn written(page: &'static str, template: &impl askama::Template) -> Result<String, SiteError> {
    template.render().map_err(|source| SiteError { page, source })
}
