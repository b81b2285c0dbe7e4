//! Reads reference strings: who wrote it, where and when it was published.
//!
//! People paste citations in every style there is, and often half of one. So this is not a set of patterns for
//! whole citations. The text is cut into tokens (`token`, `identifier`), each with what is known of its word
//! (`lexicon`). Then candidates are collected for the two parts that have a shape of their own: lists of names
//! (`names`, `person`) and places in a venue (`locator`: year, volume, issue, pages). A text that has neither is
//! no citation, and most descriptions are done here. Every list of names, and none, is one [`reading`], in which
//! what stands between names and place is parted into title and venue (`split`), each judged by its words
//! (`venue`). The reading with the best score is taken, if it is good enough to be a citation at all. What it
//! leaves over stays text ([`Citation::rest`]).
//!
//! The scores follow one rule: an invented author or venue costs more than a missed one.

mod assemble;
mod date;
mod identifier;
mod lexicon;
mod locator;
mod names;
mod person;
mod places;
mod reading;
mod run;
mod split;
mod starts;
mod token;
mod venue;

use crate::model::Citation;
pub(crate) use identifier::trim_address;
pub(crate) use venue::venue_kind;

/// Reads what a text says of where something was published. A text that is no citation comes back as `rest`.
pub(crate) fn parse(text: &str) -> Citation {
    let (tokens, ids) = token::tokenise(text);
    match reading::best(text, &tokens, &ids) {
        Some(reading) => reading.into_citation(text, &tokens, ids),
        None => Citation { rest: assemble::rest(text, &tokens, &[]), ids, ..Citation::default() },
    }
}

#[cfg(test)]
mod tests;
