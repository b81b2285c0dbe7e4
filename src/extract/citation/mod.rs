//! Reads reference strings: who wrote it, where and when it was published.
//!
//! People paste citations in every style there is, and often half of one. So this is not a set of patterns for
//! whole citations. The text is cut into tokens (`token`); then candidates are collected for the two parts that
//! have a shape of their own, lists of names (`names`) and places in a venue (`locator`: year, volume, issue,
//! pages); every combination of them is a [`Reading`], in which what stands between decides itself: the part
//! next to the place is the venue, scored by its words (`venue`), a part before it is the title. The reading with
//! the best score is taken, if it is good enough to be a citation at all. What it leaves over stays text
//! ([`Citation::rest`]).
//!
//! The scores follow one rule: an invented author or venue costs more than a missed one.

mod locator;
mod names;
mod token;
mod venue;

use crate::{
    id::Identifiers,
    model::{Citation, VenueKind},
};
use locator::Locator;
use names::Authors;
pub(crate) use token::trim_address;
use token::{Token, TokenKind, tokenise};

/// Reads what a text says of where something was published. A text that is no citation comes back as `rest`.
pub(crate) fn parse(text: &str) -> Citation {
    let tokens = tokenise(text);
    let ids = identifiers(&tokens);
    let Some(reading) = best_reading(text, &tokens, &ids) else {
        let rest = rest(text, &tokens, &[]);
        return Citation { ids, rest, ..Citation::default() };
    };
    reading.into_citation(text, &tokens, ids)
}

/// What sort of venue a name means.
pub(crate) fn venue_kind(name: &str) -> VenueKind {
    let lower = name.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    if words().any(|word| matches!(word, "biorxiv" | "medrxiv" | "arxiv" | "chemrxiv" | "preprints" | "ssrn")) {
        return VenueKind::PreprintServer;
    }
    let is_journal = ["proceedings of the national academy", "proc natl", "proceedings of the ieee", "proceedings of the royal"];
    let is_conference = words().any(|word| matches!(word, "conference" | "workshop" | "symposium" | "conf" | "symp" | "neurips" | "nips" | "advances in neural"))
        || words().any(|word| matches!(word, "proceedings" | "proc"))
        || lower.starts_with("advances in neural")
        || name.split(|c: char| !c.is_alphanumeric()).any(|word| venue::is_acronym(word) && !matches!(word, "PNAS" | "IEEE" | "JAMA" | "JMLR" | "TPAMI" | "TMI" | "NEJM" | "JAMIA" | "JAIR" | "TACL" | "TMLR" | "IJCV" | "TNNLS" | "PMLR"));
    if is_conference && !is_journal.iter().any(|start| lower.starts_with(start)) && lower != "elife" && lower != "peerj" && lower != "gigascience" {
        VenueKind::Conference
    } else {
        VenueKind::Periodical
    }
}

/// All identifiers in the text; the first of each scheme counts.
fn identifiers(tokens: &[Token<'_>]) -> Identifiers {
    let mut all = Identifiers::default();
    for token in tokens {
        if let TokenKind::Identifier(ids) = &token.kind {
            all.fill_from((**ids).clone());
        }
    }
    all
}

/// One way to read the text.
#[derive(Debug, Default)]
struct Reading {
    authors: Option<Authors>,
    /// Tokens of the title.
    title: Option<Span>,
    /// Tokens of the venue.
    venue: Option<Span>,
    /// The place in the venue.
    place: Option<Locator>,
    /// A year that stands apart from it: `(2019)` after the authors.
    year: Option<Locator>,
    score: i32,
}

/// Tokens from the first to one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
}

/// Below this score a text is no citation.
const ENOUGH: i32 = 6;

fn best_reading(text: &str, tokens: &[Token<'_>], ids: &Identifiers) -> Option<Reading> {
    if tokens.is_empty() {
        return None;
    }
    let locators = locator::locators(tokens);
    let mut candidates: Vec<Option<Authors>> = author_candidates(text, tokens).into_iter().map(Some).collect();
    candidates.push(None);
    candidates
        .into_iter()
        .filter_map(|authors| Reader { tokens, locators: &locators, ids }.read(authors))
        .filter(|reading| reading.score >= ENOUGH)
        .max_by_key(|reading| reading.score)
}

/// Lists of names at the beginning of the text and of each of its sentences; the first good ones.
fn author_candidates(text: &str, tokens: &[Token<'_>]) -> Vec<Authors> {
    const MOST_STARTS: usize = 12;
    let mut found: Vec<Authors> = Vec::new();
    let mut from = 0;
    for start in sentence_starts(tokens).take(MOST_STARTS) {
        if start < from {
            continue;
        }
        if let Some(authors) = names::authors_at(text, tokens, start) {
            from = authors.end;
            found.push(authors);
        }
        if found.len() == 3 {
            break;
        }
    }
    found
}

/// Where a list of names may begin: at the start, after `by` and `Authors:`, after a sentence, a line or a bar.
fn sentence_starts<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = usize> + 't {
    let first = skip_lead(tokens, 0);
    (0..tokens.len()).filter(move |&at| {
        if at == first {
            return true;
        }
        let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return false };
        match before.kind {
            TokenKind::Mark('.' | '?' | '!') => tokens[at].spaced,
            TokenKind::Mark('|' | '"' | ']' | ')') | TokenKind::Break => true,
            TokenKind::Mark(':') => at >= 2 && (tokens[at - 2].is("authors") || tokens[at - 2].is("author")),
            TokenKind::Mark('-') => before.spaced && tokens[at].spaced,
            TokenKind::Word => before.is("by"),
            _ => false,
        }
    })
}

/// Skips what only leads in: dashes, colons, brackets, `by`.
fn skip_lead(tokens: &[Token<'_>], from: usize) -> usize {
    let mut at = from;
    while let Some(token) = tokens.get(at) {
        let is_lead = match token.kind {
            TokenKind::Mark(mark) => matches!(mark, '-' | ':' | '|' | ',' | '.' | ';' | '*' | '_' | '(' | '[' | '"' | '\'' | ')' | ']'),
            TokenKind::Break => true,
            TokenKind::Word => token.is("by") && tokens.get(at + 1).is_some_and(Token::is_word),
            _ => false,
        };
        if !is_lead {
            break;
        }
        at += 1;
    }
    at
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    locators: &'t [Locator],
    ids: &'t Identifiers,
}

impl Reader<'_, '_> {
    fn read(&self, authors: Option<Authors>) -> Option<Reading> {
        let after_authors = authors.as_ref().map_or(0, |authors| authors.end);
        let place = self.main_place(authors.as_ref());
        let mut reading = Reading { authors, ..Reading::default() };
        reading.year = self.lone_year(after_authors, place.as_ref());
        reading.place = place;
        self.find_venue(&mut reading, after_authors);
        reading.score = self.score(&reading);
        Some(reading)
    }

    /// The locator that says most; among equals the last, since titles come first.
    fn main_place(&self, authors: Option<&Authors>) -> Option<Locator> {
        let is_free = |locator: &&Locator| authors.is_none_or(|authors| locator.start >= authors.end || locator.end <= authors.start);
        self.locators.iter().filter(is_free).max_by_key(|locator| (locator.has_place(), locator.n_parts(), locator.start)).cloned()
    }

    /// A year apart from the place: in brackets behind the authors, or at the end.
    fn lone_year(&self, after_authors: usize, place: Option<&Locator>) -> Option<Locator> {
        let place = place.filter(|place| place.year.is_none())?;
        let is_lone = |locator: &&Locator| locator.year.is_some() && locator.start != place.start && locator.start >= after_authors;
        self.locators.iter().filter(is_lone).min_by_key(|locator| (!locator.is_bracketed, locator.start)).cloned()
    }

    /// Finds the venue in what stands before the place, and the title before the venue.
    fn find_venue(&self, reading: &mut Reading, after_authors: usize) {
        let mut from = after_authors;
        if let Some(year) = reading.year.as_ref().filter(|year| self.is_bare(after_authors, year.start)) {
            from = year.end;
        }
        let (to, has_place) = match &reading.place {
            Some(place) if place.start >= from => (place.start, true),
            Some(_) => (self.tokens.len(), true),
            None => (self.first_identifier(from), false),
        };
        // `Authors (2019) Title. Journal`: the only locator is the year behind the authors.
        let year_first = reading.place.as_ref().is_some_and(|place| !place.has_place() && self.is_bare(after_authors, place.start) && reading.authors.is_some());
        let (from, to) = if year_first {
            let end = reading.place.as_ref().map_or(from, |place| place.end);
            (end, self.first_identifier(end))
        } else {
            (from, to)
        };
        self.split(reading, from, to, has_place && !year_first);
        if reading.venue.is_none() {
            self.venue_behind(reading);
        }
    }

    /// Whether nothing but punctuation stands between the two tokens.
    fn is_bare(&self, from: usize, to: usize) -> bool {
        from <= to && self.tokens[from..to].iter().all(|token| matches!(token.kind, TokenKind::Mark(_) | TokenKind::Break))
    }

    fn first_identifier(&self, from: usize) -> usize {
        let is_end = |token: &Token<'_>| matches!(token.kind, TokenKind::Identifier(_));
        self.tokens[from..].iter().position(is_end).map_or(self.tokens.len(), |at| from + at)
    }

    /// Chooses where the venue begins between two tokens; what is left of it is the title.
    fn split(&self, reading: &mut Reading, from: usize, to: usize, beside_place: bool) {
        let has_authors = reading.authors.as_ref().is_some_and(|authors| authors.score >= names::SURE || beside_place);
        let best = self
            .venue_starts(from, to)
            .filter_map(|start| self.venue_from(start, to, beside_place).map(|(span, score)| (span, score - self.title_cost(from, start))))
            .max_by_key(|(span, score)| (*score, span.start));
        let least = match (beside_place, has_authors) {
            (true, true) => -1,
            (true, false) => 2,
            (false, true) => 2,
            (false, false) => 5,
        };
        let Some((span, _)) = best.filter(|(_, score)| *score >= least) else { return };
        let title = self.trim(from, span.start);
        let is_title = title.is_some_and(|title| self.n_words(title) >= 3) && (has_authors || self.is_quoted(from, span.start));
        reading.title = title.filter(|_| is_title);
        reading.venue = Some(span);
    }

    /// Text between the authors and the venue should be one sentence, not a remnant of an abbreviation.
    fn title_cost(&self, from: usize, start: usize) -> i32 {
        match self.trim(from, start) {
            None => 0,
            Some(title) if self.n_words(title) >= 3 => 1,
            Some(_) => 3,
        }
    }

    /// Where a venue may begin: at the start, and behind the end of a sentence, a quotation, `//` and `In`.
    fn venue_starts(&self, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
        (from..to).filter(move |&at| {
            if at == from {
                return true;
            }
            let before = &self.tokens[at - 1];
            match before.kind {
                TokenKind::Mark('.') => self.tokens[at].spaced && !(at >= 2 && self.is_inner_dot(at - 1)) || self.tokens[at].is_mark('/'),
                TokenKind::Mark('?' | '!' | '"' | '/' | '|' | '(' | '[') | TokenKind::Break => true,
                TokenKind::Mark(',') => at >= 2 && self.tokens[at - 2].is_mark('"') || before.text == "，",
                TokenKind::Mark('-' | ':') => before.spaced && self.tokens[at].spaced || before.text == "：",
                TokenKind::Word => before.is("in") && before.text.starts_with('I') || before.is("in") && self.is_lead_in(at - 1, from),
                _ => false,
            }
        })
    }

    /// `, in NeurIPS 2018`, `(in Nature, 2019)`
    fn is_lead_in(&self, at: usize, from: usize) -> bool {
        at == from || matches!(self.tokens[at - 1].kind, TokenKind::Mark(_) | TokenKind::Break)
    }

    /// A full stop inside `Nat. Methods`, `Proc. Natl. Acad. Sci. U.S.A.`
    fn is_inner_dot(&self, at: usize) -> bool {
        let before = &self.tokens[at - 1];
        let starts_venue = at >= 2 && matches!(self.tokens[at - 2].kind, TokenKind::Mark('.' | '?' | '!' | '"' | '/') | TokenKind::Break);
        let is_chain = at >= 3 && self.tokens[at - 2].is_mark('.') && venue::is_abbreviation(self.tokens[at - 3].text);
        before.is_word() && venue::is_abbreviation(before.text) && (starts_venue || is_chain || self.tokens[at + 1..].first().is_some_and(|next| next.is_word() && venue::is_venue_word(next.text)))
    }

    fn venue_from(&self, start: usize, to: usize, beside_place: bool) -> Option<(Span, i32)> {
        let mut span = self.trim(self.skip_in(start, to), to)?;
        if !beside_place {
            span.end = self.sentence_end(span);
            span = self.trim(span.start, span.end)?;
        }
        let tokens = &self.tokens[span.start..span.end];
        if tokens.iter().any(|token| matches!(token.kind, TokenKind::Identifier(_) | TokenKind::Break)) && !self.is_preprint(span) {
            return None;
        }
        let mut score = venue::score(tokens);
        let n_words = self.n_words(span);
        // The text between authors and year, short and with a capital, is a venue whatever its words are.
        let is_short = n_words <= 6 && tokens[0].text.starts_with(char::is_uppercase);
        if beside_place && is_short {
            score += 1;
        }
        Some((span, score))
    }

    fn is_preprint(&self, span: Span) -> bool {
        self.tokens[span.start].text.to_ascii_lowercase().ends_with("rxiv")
    }

    fn skip_in(&self, start: usize, to: usize) -> usize {
        let mut at = start;
        while at < to {
            let token = &self.tokens[at];
            let is_in = token.is("in") && self.tokens.get(at + 1).is_some_and(|next| next.is_mark(':') || next.is_word());
            let is_published = token.is("published") && self.tokens.get(at + 1).is_some_and(|next| next.is("in"));
            if !(matches!(token.kind, TokenKind::Mark(_)) || is_in || is_published) {
                break;
            }
            at += 1;
        }
        at
    }

    /// Where the sentence that begins with the span ends.
    fn sentence_end(&self, span: Span) -> usize {
        (span.start + 1..span.end)
            .find(|&at| match self.tokens[at].kind {
                TokenKind::Mark('.') => !self.is_inner_dot(at) && self.tokens.get(at + 1).is_none_or(|next| next.spaced),
                TokenKind::Mark(';' | '|' | '(' | '[' | '"' | '?' | '!' | ')' | ']' | ',') | TokenKind::Break => true,
                TokenKind::Mark('-') => self.tokens[at].spaced,
                _ => false,
            })
            .unwrap_or(span.end)
    }

    /// A venue behind the year: `[2021 Nature Methods]`, `2017, NeurIPS`.
    fn venue_behind(&self, reading: &mut Reading) {
        let Some(place) = reading.place.as_ref().filter(|place| !place.has_place()) else { return };
        let Some((span, score)) = self.venue_from(place.end, self.first_identifier(place.end), false) else { return };
        let is_close = self.is_bare(place.end, span.start);
        if is_close && score >= 4 {
            reading.venue = Some(span);
        }
    }

    fn is_quoted(&self, from: usize, to: usize) -> bool {
        self.tokens[from..to].iter().filter(|token| token.is_mark('"')).count() >= 2
    }

    fn n_words(&self, span: Span) -> usize {
        self.tokens[span.start..span.end].iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Mixed)).count()
    }

    /// The span without the punctuation at its ends; nothing if nothing else is in it.
    fn trim(&self, from: usize, to: usize) -> Option<Span> {
        let is_edge = |token: &Token<'_>| matches!(token.kind, TokenKind::Break | TokenKind::Mark(_));
        let start = (from..to).find(|&at| !is_edge(&self.tokens[at]))?;
        let mut end = (start..to).rfind(|&at| !is_edge(&self.tokens[at]))? + 1;
        let opens = self.tokens[start..end].iter().filter(|token| token.is_mark('(')).count();
        let closes = self.tokens[start..end].iter().filter(|token| token.is_mark(')')).count();
        if opens > closes && self.tokens.get(end).is_some_and(|token| end < to && token.is_mark(')')) {
            end += 1;
        }
        Some(Span { start, end })
    }

    fn score(&self, reading: &Reading) -> i32 {
        let mut score = reading.authors.as_ref().map_or(0, |authors| authors.score);
        let venue = reading.venue.map_or(0, |span| venue::score(&self.tokens[span.start..span.end]).clamp(1, 8));
        score += venue;
        if let Some(place) = &reading.place {
            let beside_venue = reading.venue.is_some();
            score += match (place.has_place(), place.year.is_some()) {
                (true, true) => 4,
                (true, false) => 2,
                (false, true) if beside_venue || reading.authors.is_some() => 2,
                (false, true) if self.is_all_of_it(place) => ENOUGH,
                _ => 0,
            };
            // A volume without a venue is a number in a sentence.
            if place.has_place() && !beside_venue && reading.authors.is_none() && !self.is_all_of_it(place) {
                score -= 4;
            }
        }
        if reading.year.is_some() {
            score += 1;
        }
        if !self.ids.is_empty() {
            score += 1;
        }
        score - self.cost_of_rest(reading)
    }

    /// Whether the text is nothing but this.
    fn is_all_of_it(&self, place: &Locator) -> bool {
        let is_noise = |token: &Token<'_>| matches!(token.kind, TokenKind::Mark(_) | TokenKind::Break | TokenKind::Identifier(_));
        self.tokens[..place.start].iter().all(is_noise) && self.tokens[place.end..].iter().all(is_noise)
    }

    /// Words before the citation that nothing explains make it less likely to be one.
    fn cost_of_rest(&self, reading: &Reading) -> i32 {
        let starts = [
            reading.authors.as_ref().map(|authors| authors.start),
            reading.title.map(|title| title.start),
            reading.venue.map(|venue| venue.start),
            reading.place.as_ref().map(|place| place.start),
        ];
        let Some(first) = starts.into_iter().flatten().min() else { return 100 };
        let before = self.tokens[..first].iter().filter(|token| token.is_word()).count();
        i32::try_from(before.min(4)).unwrap_or(4)
    }
}

impl Reading {
    fn into_citation(self, text: &str, tokens: &[Token<'_>], ids: Identifiers) -> Citation {
        let mut used: Vec<Span> = Vec::new();
        used.extend(self.authors.as_ref().map(|authors| Span { start: authors.start, end: authors.end }));
        used.extend(self.title);
        used.extend(self.venue);
        used.extend([&self.place, &self.year].into_iter().flatten().map(|locator| Span { start: locator.start, end: locator.end }));
        let rest = rest(text, tokens, &used);
        let (names, et_al) = self.authors.map_or_else(Default::default, |authors| (authors.names, authors.et_al));
        let place = self.place.unwrap_or_default();
        let venue = self.venue.map(|span| venue_name(text, tokens, span));
        Citation {
            authors: names,
            et_al,
            title: self.title.map(|span| slice(text, tokens, span).to_owned()),
            venue,
            year: place.year.or_else(|| self.year.and_then(|year| year.year)),
            volume: place.volume,
            issue: place.issue,
            pages: place.pages,
            ids,
            rest,
        }
    }
}

fn slice<'a>(text: &'a str, tokens: &[Token<'_>], span: Span) -> &'a str {
    &text[tokens[span.start].start..tokens[span.end - 1].end()]
}

/// The name of the venue as written, without what only leads to it; `arXiv preprint arXiv` is arXiv.
fn venue_name(text: &str, tokens: &[Token<'_>], span: Span) -> String {
    let written = slice(text, tokens, span);
    let server = tokens[span.start].text;
    if server.to_ascii_lowercase().ends_with("rxiv") {
        return server.to_owned();
    }
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of all tokens that no part took, but for punctuation, identifiers and the words that label them.
fn rest(text: &str, tokens: &[Token<'_>], used: &[Span]) -> String {
    let is_used = |at: usize| used.iter().any(|span| (span.start..span.end).contains(&at));
    let mut pieces: Vec<String> = Vec::new();
    let mut open: Option<Span> = None;
    let mut close = |span: Option<Span>, pieces: &mut Vec<String>| {
        let Some(span) = span else { return };
        let words = tokens[span.start..span.end].iter().filter(|token| !is_noise(token)).count();
        if words > 0 {
            let piece = slice(text, tokens, span).trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '/' | '-' | '–' | '—' | '：' | '，'));
            let piece = piece.trim_start_matches(['.', ')', ']']).trim();
            pieces.push(piece.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        if is_used(at) || matches!(token.kind, TokenKind::Identifier(_)) {
            close(open.take(), &mut pieces);
        } else {
            let start = open.map_or(at, |span| span.start);
            open = Some(Span { start, end: at + 1 });
        }
    }
    close(open.take(), &mut pieces);
    pieces.join(" ")
}

fn is_noise(token: &Token<'_>) -> bool {
    match token.kind {
        TokenKind::Word => ["doi", "pmid", "pmcid", "in", "arxiv", "preprint", "available", "from", "epub", "and"].iter().any(|word| token.is(word)),
        TokenKind::Number | TokenKind::Mixed => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
