//! Makes the citation from the reading that was chosen; until then all parts are only spans of tokens.

use super::lexicon::Traits;
use super::locator::part_text;
use super::names::Authors;
use super::person::Name;
use super::reading::Reading;
use super::token::{Span, Token, TokenKind, slice};
use crate::id::Identifiers;
use crate::model::{Citation, PersonName};

impl Reading<'_> {
    /// The citation, with the text that no part took as its rest.
    pub(super) fn into_citation(self, text: &str, tokens: &[Token<'_>], ids: Identifiers) -> Citation {
        let mut used: Vec<Span> = Vec::with_capacity(5);
        used.extend(self.authors.as_ref().map(|authors| Span::new(authors.start, authors.end)));
        used.extend(self.title);
        used.extend(self.venue);
        used.extend([self.place, self.year].into_iter().flatten().map(|locator| Span::new(locator.start, locator.end)));
        let rest = rest(text, tokens, &used);
        let place = self.place.unwrap_or_default();
        let part = |span: Option<Span>| span.map(|span| part_text(tokens, span));
        let (names, et_al) =
            self.authors.map_or_else(Default::default, |authors| (persons(text, tokens, &authors), authors.et_al));
        Citation {
            authors: names,
            et_al,
            title: self.title.map(|span| in_one_line(slice(text, tokens, span))),
            venue: self.venue.map(|span| venue_name(text, tokens, span)),
            year: place.year.or_else(|| self.year.and_then(|year| year.year)),
            volume: part(place.volume),
            date: None,
            issue: part(place.issue),
            pages: part(place.pages),
            ids,
            rest,
        }
    }
}

pub(super) fn persons(text: &str, tokens: &[Token<'_>], authors: &Authors<'_>) -> Vec<PersonName> {
    let person = |name: &Name<'_>| PersonName {
        family: in_one_line(name.family),
        given: in_one_line(name.given),
        spelling: in_one_line(slice(text, tokens, Span::new(name.start, name.end)).trim_end_matches('等')),
        ..PersonName::default()
    };
    authors.names.iter().map(person).collect()
}

fn in_one_line(text: &str) -> String {
    if text.bytes().all(|byte| byte >= b' ') && !text.contains("  ") {
        return text.trim().to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of the venue as written, without what only leads to it; `arXiv preprint arXiv` is arXiv.
fn venue_name(text: &str, tokens: &[Token<'_>], span: Span) -> String {
    let first = tokens[span.start].text;
    let is_server = first.len() > 4 && first.to_ascii_lowercase().ends_with("rxiv");
    if is_server {
        return first.to_owned();
    }
    let mut name = in_one_line(slice(text, tokens, span));
    // The dot of an abbreviation belongs to it: `Nat. Commun.`
    let is_dotted = tokens.get(span.end).is_some_and(|dot| dot.is_mark('.') && !dot.spaced);
    if is_dotted && name.contains('.') {
        name.push('.');
    }
    name
}

/// The text of all tokens that no part took, but for punctuation, identifiers and the words that label them.
pub(super) fn rest(text: &str, tokens: &[Token<'_>], used: &[Span]) -> String {
    let is_used = |at: usize| {
        tokens[at].kind == TokenKind::Identifier || used.iter().any(|span| (span.start..span.end).contains(&at))
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = (at..tokens.len()).take_while(|at| !is_used(*at)).count();
        let left = &tokens[at..at + length];
        if left.iter().any(|token| !is_noise(token)) && !is_type_mark(left) {
            pieces.push(piece(slice(text, tokens, Span::new(at, at + length))));
        }
        at += length.max(1);
    }
    pieces.join(" ")
}

/// `[J].`, `[C]//`: the Chinese standard says so that it is an article, or a part of proceedings.
fn is_type_mark(tokens: &[Token<'_>]) -> bool {
    let is_letter = |token: &Token<'_>| token.has(Traits::INITIALS) && token.text.len() <= 2;
    tokens[0].is_mark('[') && tokens.iter().all(|token| token.is_blank() || is_letter(token))
}

fn piece(text: &str) -> String {
    let is_edge =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '/' | '-' | '–' | '—' | '：' | '，');
    let piece = text.trim_matches(is_edge).trim_start_matches(['.', ')', ']']);
    let is_closed = !piece.contains(['(', '[']);
    let piece = if is_closed { piece.trim_end_matches([')', ']']) } else { piece };
    in_one_line(piece.trim())
}

fn is_noise(token: &Token<'_>) -> bool {
    match token.kind {
        TokenKind::Word => [
            "doi",
            "pmid",
            "pmcid",
            "in",
            "arxiv",
            "preprint",
            "available",
            "from",
            "at",
            "epub",
            "and",
            "pubmed",
            "posted",
        ]
        .iter()
        .any(|word| token.is(word)),
        TokenKind::Number | TokenKind::Mixed => false,
        _ => true,
    }
}
