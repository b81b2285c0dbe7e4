//! Finds where a list of authors may begin, and reads those that are there.

use super::lexicon::Traits;
use super::names::{self, Authors};
use super::token::{Token, TokenKind};

/// Lists of names at the beginning of the text and of each of its sentences; the first good ones.
pub(super) fn author_candidates<'a>(text: &'a str, tokens: &[Token<'a>]) -> Vec<Authors<'a>> {
    const MOST_STARTS: usize = 12;
    const MOST_LISTS: usize = 3;
    let mut found: Vec<Authors<'a>> = Vec::new();
    let first = skip_lead(tokens);
    let starts = (first..tokens.len()).filter(|&at| at == first || begins_sentence(tokens, at));
    for start in starts.take(MOST_STARTS) {
        let is_inside = found.last().is_some_and(|authors| start < authors.end);
        if let Some(mut authors) = names::authors_at(text, tokens, start).filter(|_| !is_inside) {
            authors.score += if is_labelled(tokens, start) { names::SURE } else { 0 };
            found.push(authors);
        }
        if found.len() == MOST_LISTS {
            break;
        }
    }
    found
}

/// Where a list of names may begin: after `by` and `Authors:`, after a sentence, a line or a bar.
fn begins_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let before = &tokens[at - 1];
    match before.kind {
        TokenKind::Mark('.' | '?' | '!') => tokens[at].spaced,
        TokenKind::Mark('|' | '"' | ']' | ')') | TokenKind::Break => true,
        TokenKind::Mark(':') => is_labelled(tokens, at),
        TokenKind::Mark('-') => before.spaced && tokens[at].spaced,
        // `A collection of tools curated by Keith Crandall` names no author of a publication.
        TokenKind::Word => before.is("by") && at >= 2 && tokens[at - 2].is_blank(),
        _ => false,
    }
}

/// Whether `Authors:` or `Author(s):` stands before the token.
pub(super) fn is_labelled(tokens: &[Token<'_>], at: usize) -> bool {
    let has_colon = at >= 2 && tokens[at - 1].is_mark(':');
    has_colon && tokens[at.saturating_sub(5)..at].iter().any(|token| token.is("author") || token.is("authors"))
}

/// The first token behind what only leads in: dashes, brackets, `by`, `Authors:`, the number of a list item.
pub(super) fn skip_lead(tokens: &[Token<'_>]) -> usize {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let length = match token.kind {
            TokenKind::Mark(_) if is_item_number(tokens, at) => 3,
            TokenKind::Mark(_) | TokenKind::Break => 1,
            TokenKind::Number if at == 0 && token.text.len() <= 3 && is_dot_before_word(tokens) => 2,
            TokenKind::Word if token.is("by") && tokens.get(at + 1).is_some_and(Token::is_word) => 1,
            TokenKind::Word if token.is("authors") || token.is("author") => {
                let colon = tokens[at..].iter().take(6).position(|token| token.is_mark(':'));
                colon.map_or(0, |colon| colon + 1)
            }
            _ => 0,
        };
        if length == 0 {
            break;
        }
        at += length;
    }
    at
}

/// `[29] Kather`
fn is_item_number(tokens: &[Token<'_>], at: usize) -> bool {
    let is_short = |token: &Token<'_>| token.is_number() && token.text.len() <= 3;
    let Some([open, number, close, next]) = tokens.get(at..at + 4) else {
        return false;
    };
    matches!(open.kind, TokenKind::Mark('[' | '('))
        && is_short(number)
        && matches!(close.kind, TokenKind::Mark(']' | ')'))
        && next.has(Traits::CAPITAL)
}

/// `29. Kather`
fn is_dot_before_word(tokens: &[Token<'_>]) -> bool {
    tokens.get(1).is_some_and(|dot| dot.is_mark('.'))
        && tokens.get(2).is_some_and(|next| next.spaced && next.has(Traits::CAPITAL))
}
