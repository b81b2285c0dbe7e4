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

use crate::model::{Citation, PersonName};
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

/// Reads a text that is said to be a list of authors, and whether it says that there are more.
pub(crate) fn authors(text: &str) -> (Vec<PersonName>, bool) {
    let (tokens, _) = token::tokenise(text);
    let start = starts::skip_lead(&tokens);
    let read = names::authors_at(text, &tokens, start);
    let is_rest = |token: &token::Token<'_>| token.is_blank() || matches!(token.kind, token::TokenKind::Mark(_));
    if let Some(authors) = read.filter(|authors| tokens[authors.end..].iter().all(is_rest)) {
        let et_al = authors.et_al;
        return (assemble::persons(text, &tokens, &authors), et_al);
    }
    let mut rest = text.trim().trim_end_matches(['.', ' ']);
    let mut et_al = false;
    for ending in ["et al", "等", "and many others", "and others", "and colleagues", "..."] {
        if let Some(before) = rest.strip_suffix(ending) {
            (rest, et_al) = (before, true);
        }
    }
    let parts = rest.split([',', ';', '、', '，', '；', '&', '\n']).flat_map(|part| part.split(" and ")).map(str::trim);
    (parts.filter_map(one_author).collect(), et_al)
}

/// Reads a text that is nothing but two or more names of persons.
pub(crate) fn names_alone(text: &str) -> Option<(Vec<PersonName>, bool)> {
    let (tokens, _) = token::tokenise(text);
    let authors = names::authors_at(text, &tokens, starts::skip_lead(&tokens))?;
    let is_all = tokens[authors.end..].iter().all(token::Token::is_blank);
    let is_list = authors.names.len() >= 2 || authors.et_al;
    (is_all && is_list).then(|| (assemble::persons(text, &tokens, &authors), authors.et_al))
}

/// Reads a text that is nothing but names: two or more, one with initials, or one with `et al.`
pub(crate) fn leading_names(text: &str) -> Option<(Vec<PersonName>, bool)> {
    let text = text.trim_end_matches([',', ':', ' ']);
    let has_initial = |name: &PersonName| name.given.split(['.', ' ']).any(|part| part.chars().count() == 1);
    names_alone(text).or_else(|| {
        let (tokens, _) = token::tokenise(text);
        let authors = names::authors_at(text, &tokens, starts::skip_lead(&tokens))?;
        let is_all = tokens[authors.end..].iter().all(token::Token::is_blank);
        let persons = assemble::persons(text, &tokens, &authors);
        let is_known = tokens[authors.start].has(lexicon::Traits::GIVEN);
        (is_all && (is_known || persons.iter().all(has_initial))).then_some((persons, authors.et_al))
    })
}

/// A name that no form of citations has: the last word is the family name.
fn one_author(text: &str) -> Option<PersonName> {
    const MOST_WORDS: usize = 6;
    let words: Vec<&str> = text.trim_start_matches("and ").split_whitespace().collect();
    let is_name =
        words.first()?.starts_with(|c: char| c.is_uppercase() || crate::model::is_han(c)) && words.len() <= MOST_WORDS;
    let (family, given) = words.split_last().filter(|_| is_name)?;
    Some(PersonName {
        family: (*family).to_owned(),
        given: given.join(" "),
        spelling: words.join(" "),
        ..PersonName::default()
    })
}

/// Reads a text that is said to name a venue, and the year in it.
pub(crate) fn venue(text: &str) -> (Option<String>, Option<u16>) {
    let text = text.trim().trim_end_matches(['.', ',', ' ']);
    let citation = parse(text);
    if citation.venue.is_some() {
        return (citation.venue, citation.year);
    }
    let (tokens, _) = token::tokenise(text);
    let year = citation.year.or_else(|| tokens.iter().find_map(token::Token::year));
    let Some(start) = tokens.iter().position(token::Token::is_word) else { return (None, year) };
    let is_date = |token: &&token::Token<'_>| {
        token.is_number()
            || token.is_blank()
            || token.has(lexicon::Traits::MONTH)
            || matches!(token.kind, token::TokenKind::Mark(_))
    };
    let end = tokens.len() - tokens[start..].iter().rev().take_while(is_date).count();
    let name = text.get(tokens[start].start..tokens[start..end].last().map_or(0, token::Token::end)).map(str::trim);
    (name.filter(|name| !name.is_empty()).map(str::to_owned), year)
}

#[cfg(test)]
mod tests;
