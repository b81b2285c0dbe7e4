//! Reads dates, of which only the year is kept: `(Oct 2019)`, `June 17, 2019`, `2015-10-12`, `’16`.

use super::lexicon::Traits;
use super::token::{Token, TokenKind};

/// A date in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Date {
    pub(super) year: u16,
    /// The token of the year.
    pub(super) year_at: usize,
    /// One past the last token of the date.
    pub(super) end: usize,
}

/// `(2019)`, `[2019]`, `(2019a)`, `(Oct 2019)`, `(2019, October 3)`, `(08 January 2019)`
pub(super) fn in_brackets(tokens: &[Token<'_>], at: usize) -> Option<Date> {
    const MOST_TOKENS: usize = 8;
    tokens.get(at).filter(|open| open.is_mark('(') || open.is_mark('['))?;
    let mut found = None;
    for (index, token) in tokens.iter().enumerate().skip(at + 1).take(MOST_TOKENS) {
        match token.kind {
            TokenKind::Mark(')' | ']') => {
                return found.map(|(year, year_at)| Date { year, year_at, end: index + 1 });
            }
            TokenKind::Number if found.is_none() && token.year().is_some() => {
                found = token.year().map(|year| (year, index));
            }
            TokenKind::Mixed if found.is_none() => found = Some((lettered_year(token)?, index)),
            TokenKind::Number if is_short(token) => {}
            TokenKind::Mark(',' | '.' | '-' | '/') => {}
            TokenKind::Word if token.has(Traits::MONTH) => {}
            _ => return None,
        }
    }
    None
}

/// A date outside brackets that is more than a year: `CVPR ’16`, `2015-10-12`, `1 March 2020`, `Feb. 2015`.
pub(super) fn at(tokens: &[Token<'_>], at: usize) -> Option<Date> {
    short_year(tokens, at).or_else(|| iso(tokens, at)).or_else(|| long(tokens, at))
}

/// Where month and day behind a year end: `2015 Oct 12;`
pub(super) fn month_behind(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    tokens.get(at).filter(|token| token.has(Traits::MONTH))?;
    let is_end =
        |next: &Token<'_>| matches!(next.kind, TokenKind::Mark(';' | ':' | '.' | ',' | ')') | TokenKind::Break);
    let is_day = tokens.get(at + 1).is_some_and(is_short) && tokens.get(at + 2).is_none_or(is_end);
    Some(if is_day { at + 2 } else { at + 1 })
}

fn is_short(token: &Token<'_>) -> bool {
    token.is_number() && token.text.len() <= 2
}

/// `CVPR ’16`
fn short_year(tokens: &[Token<'_>], at: usize) -> Option<Date> {
    tokens.get(at).filter(|mark| mark.is_mark('\''))?;
    let digits = tokens.get(at + 1).filter(|token| is_short(token) && token.text.len() == 2 && !token.spaced)?;
    let number: u16 = digits.text.parse().ok()?;
    let year = if number < 50 { 2000 + number } else { 1900 + number };
    Some(Date { year, year_at: at + 1, end: at + 2 })
}

fn iso(tokens: &[Token<'_>], at: usize) -> Option<Date> {
    let [first, dash, month, other, day] = tokens.get(at..at + 5)? else {
        return None;
    };
    let is_tight = |token: &Token<'_>| is_short(token) && !token.spaced;
    let is_date = dash.is_mark('-') && is_tight(month) && other.is_mark('-') && is_tight(day);
    first.year().filter(|_| is_date).map(|year| Date { year, year_at: at, end: at + 5 })
}

fn long(tokens: &[Token<'_>], at: usize) -> Option<Date> {
    const MOST_TOKENS: usize = 7;
    let mut has_month = false;
    for (index, token) in tokens.iter().enumerate().skip(at).take(MOST_TOKENS) {
        if let Some(year) = token.year().filter(|_| has_month) {
            return Some(Date { year, year_at: index, end: index + 1 });
        }
        let is_month = token.has(Traits::MONTH);
        let is_mark = index > at && matches!(token.kind, TokenKind::Mark('.' | ',' | '-' | '/'));
        if !is_month && !is_short(token) && !is_mark {
            return None;
        }
        has_month |= is_month;
    }
    None
}

/// `2019a`
fn lettered_year(token: &Token<'_>) -> Option<u16> {
    let digits = token.text.get(..4).filter(|_| token.text.len() == 5)?;
    digits.parse().ok().filter(|year| (1800..2050).contains(year))
}
