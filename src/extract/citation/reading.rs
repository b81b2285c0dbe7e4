//! Combines authors, place, title and venue into readings of the whole text, and scores them.

use super::lexicon::Traits;
use super::locator::{self, Locator};
use super::names::{self, Authors};
use super::places;
use super::split::{Region, Split, n_words, trim};
use super::starts;
use super::token::{Span, Token, TokenKind};
use super::venue;
use crate::id::Identifiers;

/// One way to read the text.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    pub(super) authors: Option<Authors<'a>>,
    pub(super) title: Option<Span>,
    pub(super) venue: Option<Span>,
    /// The place in the venue.
    pub(super) place: Option<Locator>,
    /// A year that stands apart from it: `(2019)` after the authors.
    pub(super) year: Option<Locator>,
    score: i32,
}

/// Below this score a text is no citation.
const ENOUGH: i32 = 6;

/// The best reading of the text, if it is good enough to be a citation at all.
pub(super) fn best<'a>(text: &'a str, tokens: &[Token<'a>], ids: &Identifiers) -> Option<Reading<'a>> {
    let locators = locator::locators(tokens);
    let candidates = starts::author_candidates(text, tokens);
    if locators.is_empty() && candidates.is_empty() {
        return None;
    }
    let reader = Reader { tokens, locators: &locators, ids, first: starts::skip_lead(tokens) };
    let is_good = |reading: &Reading<'_>| reading.score >= ENOUGH;
    let with_authors = candidates.into_iter().map(|authors| reader.read(Some(authors))).filter(is_good);
    // Without the authors they would be a title.
    with_authors.max_by_key(|reading| reading.score).or_else(|| Some(reader.read(None)).filter(is_good))
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    locators: &'t [Locator],
    ids: &'t Identifiers,
    /// The first token that is not only a lead-in.
    first: usize,
}

impl<'a> Reader<'_, 'a> {
    fn read(&self, authors: Option<Authors<'a>>) -> Reading<'a> {
        let mut reading = Reading { authors, ..Reading::default() };
        let found = places::choose(self.tokens, self.locators, reading.authors.as_ref());
        (reading.place, reading.year) = (found.place, found.year);
        if reading.authors.is_none() && reading.place.is_some_and(|place| self.leads(&place)) {
            self.venue_behind_leading_year(&mut reading);
        } else {
            self.title_and_venue(&mut reading);
        }
        self.title_before_authors(&mut reading);
        reading.score = self.score(&reading);
        reading
    }

    /// Reads what stands between the authors and the place, or behind the year if that comes first.
    fn title_and_venue(&self, reading: &mut Reading<'a>) {
        let region = self.region_before_place(reading);
        let authors = reading.authors.as_ref();
        let is_sure = authors.is_some_and(|authors| authors.score >= names::SURE || reading.place.is_some());
        let has_place = reading.place.is_some_and(|place| place.has_place());
        let is_behind_stop = region.to > 0 && self.tokens[region.to - 1].is_mark('.');
        let least = match (region.beside_place, is_sure) {
            (true, true) if has_place => -2,
            (true, true) => 0,
            (true, false) if is_behind_stop => 2,
            (true, false) => 1,
            (false, true) => 3,
            (false, false) if region.has_authors => 4,
            (false, false) => 6,
        };
        let split = region.split(least);
        self.take(reading, split, is_sure, region.from);
        self.venue_behind(reading);
    }

    /// The region between the authors and the place, if the place is not the year right behind the authors.
    fn region_before_place(&self, reading: &Reading<'_>) -> Region<'_, 'a> {
        let authors = reading.authors.as_ref();
        let authors_end = authors.map_or(self.first, |authors| authors.end);
        let is_first =
            |locator: &Locator| authors.is_some() && places::is_bare(self.tokens, authors_end, locator.start);
        let from = reading.year.filter(is_first).map_or(authors_end, |year| year.end);
        let place = reading.place.filter(|place| place.has_place() || !is_first(place));
        // The place may stand before the authors: `Title (ICLR 2019) Authors`.
        let is_before = |place: &Locator| authors.is_some_and(|authors| authors.start >= place.end);
        match place {
            Some(place) if place.start >= from => self.region(reading, from, place.start, true),
            Some(place) if is_before(&place) => self.region(reading, self.first, place.start, true),
            _ => {
                let from = reading.place.map_or(from, |place| place.end.max(from));
                self.region(reading, from, places::first_identifier(self.tokens, from), false)
            }
        }
    }

    /// `CoRR, abs/2306.08387, 2023`, `arXiv:1507.06789 [q-bio], 2015`: the identifier stands between venue and year.
    fn before_identifier(&self, from: usize, to: usize) -> usize {
        let Some(at) = (from..to).rfind(|&at| self.tokens[at].kind == TokenKind::Identifier) else {
            return to;
        };
        let is_subject = self.tokens.get(at + 1).is_some_and(|token| token.is_mark('['));
        if is_subject || places::is_bare(self.tokens, at + 1, to) { at } else { to }
    }

    fn region(&self, reading: &Reading<'_>, from: usize, to: usize, beside_place: bool) -> Region<'_, 'a> {
        let to = self.before_identifier(from, to);
        let by_commas = reading.authors.as_ref().is_some_and(|authors| {
            let begins = authors.end <= from && self.tokens.get(authors.end).is_some_and(|token| token.is_mark(','));
            begins && reading.place.is_none_or(|place| place.start > authors.end + 1)
        });
        Region {
            tokens: self.tokens,
            from: from.min(to),
            to,
            beside_place,
            has_authors: reading.authors.is_some(),
            by_commas,
        }
    }

    /// `Posted October 24, 2022. bioRxiv.`, `Zhou et al. (2012) Neuroimage`
    fn venue_behind(&self, reading: &mut Reading<'_>) {
        let Some(place) =
            reading.place.filter(|place| reading.venue.is_none() && reading.authors.is_some() && !place.has_place())
        else {
            return;
        };
        let region = self.region(reading, place.end, places::first_identifier(self.tokens, place.end), false);
        reading.venue = region.split(3).venue.filter(|venue| places::is_bare(self.tokens, place.end, venue.start));
    }

    /// Takes over what the split found; without authors, a title only before a venue that is beyond doubt.
    fn take(&self, reading: &mut Reading<'_>, split: Split, is_sure: bool, from: usize) {
        reading.venue = split.venue;
        let is_clear = split.venue.is_some()
            && split.strength >= 2
            && from == self.first
            && reading.place.is_some_and(|place| self.ends_text(&place));
        let begins_well = split.title.is_some_and(|title| self.tokens[title.start].has(Traits::CAPITAL));
        let is_bracketed_title =
            split.title.is_some_and(|title| self.tokens[..title.start].last().is_some_and(|token| token.is_mark('"')));
        let is_supported =
            reading.place.is_some() || split.venue.is_some() || !self.ids.is_empty() || is_bracketed_title;
        if (is_sure && is_supported) || (is_clear && begins_well) {
            reading.title = split.title;
        }
        self.title_alone(reading, from);
    }

    /// `Title. 2017.`, `[Lancet Digit Health, 2023] Title`: without authors, the title is all before or behind.
    fn title_alone(&self, reading: &mut Reading<'_>, from: usize) {
        let Some(place) =
            reading.place.filter(|place| reading.authors.is_none() && !place.has_place() && reading.title.is_none())
        else {
            return;
        };
        let span = match reading.venue {
            None if self.is_last_sentence(&place) => trim(self.tokens, from, place.start),
            Some(venue)
                if venue.start == self.first
                    && venue.start > 0
                    && self.tokens[venue.start - 1].is_mark('[')
                    && self.tokens.get(place.end).is_some_and(|token| token.is_mark(']')) =>
            {
                trim(self.tokens, place.end, places::first_identifier(self.tokens, place.end))
            }
            _ => None,
        };
        let is_title = |title: &Span| self.n_words(*title) >= 3 && self.tokens[title.start].has(Traits::CAPITAL);
        reading.title = span.filter(is_title);
    }

    /// Whether the text begins with the year: `[2018 Nature Biotechnology]`, `(2019-12) Title [Journal]`.
    fn leads(&self, place: &Locator) -> bool {
        !place.has_place() && place.start <= self.first && self.tokens[..place.start].iter().all(Token::is_blank)
    }

    /// `[2018 Nature Biotechnology, Topic]`, `[2019 PLoS computational biology] Title`, `(2019-12) Title [Journal]`
    fn venue_behind_leading_year(&self, reading: &mut Reading<'_>) {
        let Some(place) = reading.place else { return };
        let (venue, title) = self.parts_behind_year(&place);
        let is_framed = title.is_some();
        if let Some(venue) = venue {
            let (from, to) = (venue.start.min(venue.end), venue.end);
            let region =
                Region { tokens: self.tokens, from, to, beside_place: false, has_authors: false, by_commas: true };
            let least = if is_framed || to == self.tokens.len() { 2 } else { 3 };
            reading.venue = region.split(least).venue.filter(|found| places::is_bare(self.tokens, from, found.start));
        }
        if reading.venue.is_some() || venue.is_none() {
            reading.title = title
                .and_then(|title| trim(self.tokens, title.start, title.end))
                .filter(|title| self.n_words(*title) >= 3);
        }
    }

    /// Where, behind a year that begins the text, the venue and the title can be: in brackets or behind them.
    fn parts_behind_year(&self, place: &Locator) -> (Option<Span>, Option<Span>) {
        let end = places::first_identifier(self.tokens, place.end);
        let is_close = |at: &usize| matches!(self.tokens[*at].kind, TokenKind::Mark(']' | ')'));
        let is_open = |at: &usize| self.tokens[*at].is_mark('[');
        if place.is_bracketed && place.start == 0 {
            let Some(last) = (place.end..end).rfind(is_open) else {
                return (None, Some(Span::new(place.end, end)));
            };
            let first = (place.end..last).find(is_open).unwrap_or(last);
            let close = (last..end).find(is_close).unwrap_or(end);
            return (Some(Span::new(last + 1, close)), Some(Span::new(place.end, first)));
        }
        let is_inside = place.start > 0 && matches!(self.tokens[place.start - 1].kind, TokenKind::Mark('[' | '('));
        let close = (place.end..end).find(is_close).filter(|_| is_inside).unwrap_or(end);
        (Some(Span::new(place.end, close)), is_inside.then(|| Span::new(close, end)))
    }

    fn n_words(&self, span: Span) -> usize {
        n_words(&self.tokens[span.start..span.end])
    }

    /// `Title. J. Zhou, O. Troyanskaya. Nature, 2019`: one sentence before sure authors is the title.
    fn title_before_authors(&self, reading: &mut Reading<'_>) {
        let Some(authors) = reading
            .authors
            .as_ref()
            .filter(|authors| reading.title.is_none() && authors.start > self.first && authors.score >= names::SURE)
        else {
            return;
        };
        // A title is one line: what stands on the lines before it is about something else.
        let before = trim(self.tokens, self.first, authors.start).map(|span| {
            let breaks = self.tokens[span.start..span.end].iter().rposition(|token| token.kind == TokenKind::Break);
            Span { start: breaks.map_or(span.start, |at| span.start + at + 1), ..span }
        });
        let is_free = |title: &Span| {
            [reading.venue.map(|venue| venue.start), reading.place.map(|place| place.start)]
                .into_iter()
                .flatten()
                .all(|start| start >= title.end)
        };
        let is_sentence = |title: &Span| {
            let tokens = &self.tokens[title.start..title.end];
            n_words(tokens) >= 3
                && tokens.first().is_some_and(|first| first.has(Traits::CAPITAL))
                && !tokens.iter().any(|token| matches!(token.kind, TokenKind::Identifier | TokenKind::Mark('|')))
        };
        let is_apart = self.tokens[authors.start - 1].is_blank() || reading.place.is_none();
        reading.title = before.filter(|title| {
            is_free(title) && is_sentence(title) && is_apart && !starts::is_labelled(self.tokens, authors.start)
        });
    }

    fn score(&self, reading: &Reading<'_>) -> i32 {
        const MOST_OF_VENUE: i32 = 8;
        let venue =
            reading.venue.map_or(0, |venue| venue::score(&self.tokens[venue.start..venue.end]).clamp(1, MOST_OF_VENUE));
        let authors = reading.authors.as_ref().map_or(0, |authors| authors.score);
        let place = reading.place.as_ref().map_or(0, |place| self.place_score(reading, place));
        let bonus = i32::from(reading.year.is_some()) + i32::from(!self.ids.is_empty());
        authors + venue + place + bonus - self.cost_of_rest(reading)
    }

    fn place_score(&self, reading: &Reading<'_>, place: &Locator) -> i32 {
        let is_alone = reading.venue.is_none() && reading.authors.is_none();
        let score = match (place.has_place(), place.year.is_some()) {
            (true, true) => 4,
            (true, false) => 2,
            (false, true) if !is_alone => {
                2 + if reading.authors.is_none() { self.frame_score(reading, place) } else { 0 }
            }
            (false, true) if self.is_all_of_it(place) || self.is_last_sentence(place) => ENOUGH,
            (false, true) if place.is_bracketed && self.leads(place) => ENOUGH,
            _ => 0,
        };
        // A volume without a venue is a number in a sentence.
        let is_stray = place.has_place() && is_alone && !self.is_all_of_it(place);
        score - if is_stray { 4 } else { 0 }
    }

    /// A venue and a year that are all of the text, or all of a bracket, as in `[JMIR, 2023]` and `WI 2005.`, need
    /// not be known; within a sentence they must be.
    fn frame_score(&self, reading: &Reading<'_>, place: &Locator) -> i32 {
        const MOST_WORDS: usize = 6;
        let Some(venue) = reading.venue else { return 0 };
        let name = &self.tokens[venue.start..venue.end];
        let start = reading.title.map_or(venue.start, |title| title.start).min(place.start);
        let begins = self.tokens[..start].iter().all(|token| token.is_blank() || token.has(Traits::LEAD));
        let is_part = |token: &Token<'_>| {
            !token.is_word() || token.has(Traits::CAPITAL.and(Traits::CONNECTIVE)) || token.is_of_venue()
        };
        let is_written = name.iter().all(is_part) && (n_words(name) <= MOST_WORDS || venue::is_meeting(name));
        let is_acronym = name.iter().any(|token| token.has(Traits::CAPITALS.and(Traits::ACRONYM)));
        let is_enclosed =
            venue.start > 0 && matches!(self.tokens[venue.start - 1].kind, TokenKind::Mark('[' | '(' | '|'));
        let is_parted = venue.end < place.start && places::is_bare(self.tokens, venue.end, place.start);
        let is_known = is_acronym || venue::score(name) > 0;
        let evidence = 1 + 2 * i32::from(is_acronym) + i32::from(is_enclosed) + i32::from(is_parted && is_known);
        let behind = if self.ends_text(place) || place.start < venue.start { 1 } else { -2 };
        behind + if begins && is_written { evidence } else { 0 }
    }

    /// Whether nothing stands behind the place, or only what a bracket or a mark parts from it.
    fn ends_text(&self, place: &Locator) -> bool {
        let next =
            self.tokens[place.end..].iter().find(|token| !matches!(token.kind, TokenKind::Mark('.' | ',' | ';')));
        next.is_none_or(|next| next.is_blank() || next.kind == TokenKind::Identifier)
    }

    /// `Title of the work. 2017.`
    fn is_last_sentence(&self, place: &Locator) -> bool {
        let is_behind_stop =
            place.start > 0 && self.tokens[place.start - 1].is_mark('.') && self.tokens[place.start].spaced;
        is_behind_stop && self.tokens[place.end..].iter().all(Token::is_blank)
    }

    /// Whether the text is nothing but this.
    fn is_all_of_it(&self, place: &Locator) -> bool {
        let is_noise = |token: &Token<'_>| {
            token.is_blank() || token.kind == TokenKind::Identifier || token.is("preprint") || token.is("paper")
        };
        self.tokens[..place.start].iter().all(is_noise) && self.tokens[place.end..].iter().all(is_noise)
    }

    /// Words before the citation that nothing explains make it less likely to be one.
    fn cost_of_rest(&self, reading: &Reading<'_>) -> i32 {
        const MOST: usize = 4;
        let starts = [
            reading.authors.as_ref().map(|authors| authors.start),
            reading.title.map(|title| title.start),
            reading.venue.map(|venue| venue.start),
            reading.place.map(|place| place.start),
        ];
        let Some(first) = starts.into_iter().flatten().min() else {
            return 100;
        };
        if reading.venue.is_none() && reading.authors.is_none() {
            return 0;
        }
        // What stands on a line of its own, such as a tag, says nothing about the next.
        let before = self.tokens[self.first.min(first)..first]
            .iter()
            .rev()
            .take_while(|token| token.kind != TokenKind::Break)
            .filter(|token| token.is_word() && !token.has(Traits::LEAD))
            .count();
        i32::try_from(before.min(MOST)).unwrap_or(0)
    }
}
