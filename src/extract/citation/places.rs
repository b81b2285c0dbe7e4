//! Chooses, among all locators of a text, the place in the venue and the year that belong to a list of authors.

use super::lexicon::Traits;
use super::locator::{self, Locator};
use super::names::Authors;
use super::token::{Token, TokenKind};

/// The place in the venue, and a year that stands apart from it: `(2019)` after the authors.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Places {
    pub(super) place: Option<Locator>,
    pub(super) year: Option<Locator>,
}

/// Chooses the places for these authors.
pub(super) fn choose(tokens: &[Token<'_>], locators: &[Locator], authors: Option<&Authors<'_>>) -> Places {
    let (start, end) = authors.map_or((0, 0), |authors| (authors.start, authors.end));
    let finder = Finder { tokens, locators, start, end };
    let behind = authors.and_then(|_| finder.year_behind_authors());
    let Some(main) = finder.main() else {
        return Places { place: authors.and_then(|_| finder.article_number()), year: None };
    };
    finder.pair(main, behind)
}

struct Finder<'t, 'a> {
    tokens: &'t [Token<'a>],
    locators: &'t [Locator],
    /// First token of the authors.
    start: usize,
    /// One past their last.
    end: usize,
}

impl Finder<'_, '_> {
    /// The locator that says most; among equals the last, since titles come first. `Epub 2016` is no place.
    fn main(&self) -> Option<Locator> {
        let is_online = |locator: &Locator| locator.start > 0 && self.tokens[locator.start - 1].is("epub");
        let is_free =
            |locator: &&Locator| (locator.start >= self.end || locator.end <= self.start) && !is_online(locator);
        let weight = |locator: &&Locator| (locator.has_place(), locator.n_parts(), locator.start);
        self.locators.iter().filter(is_free).max_by_key(weight).copied()
    }

    /// `Zhou et al. (2019)`, `Authors. 2019.`, `Authors. Posted October 24, 2022.`
    fn year_behind_authors(&self) -> Option<Locator> {
        let is_behind = |locator: &&Locator| !locator.has_place() && is_bare(self.tokens, self.end, locator.start);
        self.locators.iter().find(is_behind).copied()
    }

    /// `Authors, Title, Bioinformatics, btz185, doi`: an article number with nothing else.
    fn article_number(&self) -> Option<Locator> {
        let is_article = |last: &Locator| {
            let has_identifier = first_identifier(self.tokens, last.end) < self.tokens.len();
            last.pages.is_some() && last.start >= self.end && has_identifier
        };
        locator::trailing(self.tokens).filter(is_article)
    }

    fn pair(&self, main: Locator, behind: Option<Locator>) -> Places {
        let Some(year) = behind else {
            let year = if main.year.is_none() { self.lone_year(&main) } else { None };
            return Places { place: Some(main), year };
        };
        if !main.has_place() {
            // `Authors (2018). Title. Genome Biology 18.`
            let last = locator::trailing(self.tokens).filter(|last| last.start > main.end);
            let year = last.map(|_| year).or(Some(year).filter(|year| *year != main));
            return Places { place: last.or(Some(main)), year };
        }
        // `(2019). Database, 2019, baz071`: the second one is a volume.
        let is_volume = main.start > year.end
            && main.year == year.year
            && main.volume.is_none()
            && !main.is_bracketed
            && main.pages.is_some();
        let place = if is_volume { main.with_year_as_volume() } else { main };
        Places { place: Some(place), year: Some(year) }
    }

    /// A year somewhere behind the authors, best in brackets.
    fn lone_year(&self, main: &Locator) -> Option<Locator> {
        let is_lone =
            |locator: &&Locator| locator.year.is_some() && locator.start != main.start && locator.start >= self.end;
        self.locators.iter().filter(is_lone).min_by_key(|locator| (!locator.is_bracketed, locator.start)).copied()
    }
}

/// Whether nothing but punctuation and words such as `posted` stand between the two tokens.
pub(super) fn is_bare(tokens: &[Token<'_>], from: usize, to: usize) -> bool {
    const MOST_TOKENS: usize = 6;
    let is_nothing = |token: &Token<'_>| token.is_blank() || (token.has(Traits::LEAD) && !token.is("in"));
    from <= to && to - from <= MOST_TOKENS && tokens[from..to].iter().all(is_nothing)
}

/// The first identifier from the token on, or the end of the text.
pub(super) fn first_identifier(tokens: &[Token<'_>], from: usize) -> usize {
    let is_identifier = |token: &Token<'_>| token.kind == TokenKind::Identifier;
    tokens[from..].iter().position(is_identifier).map_or(tokens.len(), |at| from + at)
}
