//! Chooses where, in the text between authors and place, the title ends and the venue begins.
//!
//! The text is cut wherever a part could end: at the end of a sentence, a quotation, an identifier, before `In:`,
//! behind `[J].` and `//`. Each cut has a strength, for a full stop behind `Nat.` is hardly the end of a sentence
//! and one behind `genomes` is. Then each cut is tried as the beginning of the venue. A strong cut speaks for the
//! split that uses it and against one that has it inside the venue; the words of the venue decide the rest.

use super::lexicon::Traits;
use super::token::{Span, Token, TokenKind};
use super::venue;

/// A place where one part may end and the next begin.
#[derive(Debug, Clone, Copy)]
struct Cut {
    /// One past the last token of the part before.
    end: usize,
    /// First token of the part behind.
    at: usize,
    strength: i32,
}

/// No part goes across a cut of this strength.
const HARD: i32 = 5;
/// The end of a sentence.
const SENTENCE: i32 = 3;

/// The text between authors and place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region<'t, 'a> {
    pub(super) tokens: &'t [Token<'a>],
    pub(super) from: usize,
    pub(super) to: usize,
    /// A place in a venue stands right behind it.
    pub(super) beside_place: bool,
    /// Authors stand before it.
    pub(super) has_authors: bool,
    /// Commas separate the parts: the list of authors ended with one.
    pub(super) by_commas: bool,
}

/// How a region was read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Split {
    pub(super) title: Option<Span>,
    pub(super) venue: Option<Span>,
    /// How sure the cut between them is.
    pub(super) strength: i32,
}

impl Region<'_, '_> {
    /// The best split; the venue must score at least so much.
    pub(super) fn split(&self, least: i32) -> Split {
        let cuts = self.cuts();
        let whole = Cut { end: self.from, at: self.from, strength: 0 };
        let best = std::iter::once(&whole)
            .chain(&cuts)
            .filter_map(|cut| self.try_cut(*cut, &cuts))
            .max_by_key(|(_, score)| *score);
        match best.filter(|(_, score)| *score >= least) {
            Some((split, _)) => split,
            None => Split { title: self.lone_title(&cuts), ..Split::default() },
        }
    }

    fn try_cut(&self, cut: Cut, cuts: &[Cut]) -> Option<(Split, i32)> {
        let span = self.venue_span(cut, cuts)?;
        let tokens = &self.tokens[span.start..span.end];
        let inside = || cuts.iter().filter(|other| other.end > span.start && other.at < span.end);
        let has_identifier = tokens.iter().any(|token| token.kind == TokenKind::Identifier);
        let of_venue = venue::score(tokens);
        if has_identifier || inside().any(|other| other.strength >= HARD) || (!self.beside_place && of_venue < 1) {
            return None;
        }
        let cost: i32 = inside().map(|other| other.strength).sum();
        let title = self.title(cut, cuts);
        let score = cut.strength + of_venue + i32::from(self.is_short(tokens)) + self.title_fit(title) - cost;
        let title = title.filter(|title| self.is_title(*title));
        Some((Split { title, venue: Some(span), strength: cut.strength }, score))
    }

    /// The venue that begins at the cut, without publisher and town.
    fn venue_span(&self, cut: Cut, cuts: &[Cut]) -> Option<Span> {
        const MOST_TOKENS: usize = 60;
        let whole =
            trim(self.tokens, self.skip_lead(cut.at), self.to).filter(|span| span.end - span.start <= MOST_TOKENS)?;
        let bare = venue::without_tail(self.tokens, whole);
        let end = if self.beside_place { bare.end } else { self.sentence_end(bare, cuts) };
        trim(self.tokens, bare.start, end)
    }

    /// Short and with a capital; where no place stands beside it, each word must look like one of a name.
    fn is_short(&self, tokens: &[Token<'_>]) -> bool {
        const MOST_WORDS: usize = 6;
        let is_name = |token: &Token<'_>| {
            !token.is_word() || token.has(Traits::CAPITAL.and(Traits::CONNECTIVE)) || token.is_of_venue()
        };
        let is_written = self.beside_place || tokens.iter().all(is_name);
        n_words(tokens) <= MOST_WORDS && tokens[0].has(Traits::CAPITAL) && is_written
    }

    /// The text before the cut, up to the first hard one: behind that are editors, `Preprint` and the like.
    fn title(&self, cut: Cut, cuts: &[Cut]) -> Option<Span> {
        let end = cuts
            .iter()
            .find(|other| other.strength >= HARD && other.end > self.from + 1)
            .map_or(cut.end, |other| other.end.min(cut.end));
        trim(self.tokens, self.from, end)
    }

    fn is_title(&self, title: Span) -> bool {
        let tokens = &self.tokens[title.start..title.end];
        n_words(tokens) >= 3
            || tokens[0].has(Traits::HAN) && tokens[0].text.len() >= 12
            || (n_words(tokens) >= 1 && self.is_quoted(title))
    }

    fn is_quoted(&self, title: Span) -> bool {
        let is_mark = |token: Option<&Token<'_>>| token.is_some_and(|token| token.is_mark('"'));
        title.start > 0
            && is_mark(self.tokens.get(title.start - 1))
            && self.tokens[title.end..].iter().take(2).any(|token| token.is_mark('"'))
    }

    /// Text before the venue should be one sentence, not a remnant of an abbreviation.
    fn title_fit(&self, title: Option<Span>) -> i32 {
        match title {
            None => 0,
            Some(title) if self.is_title(title) => 1,
            Some(_) => -3,
        }
    }

    /// The first sentence, where no venue was found behind it.
    fn lone_title(&self, cuts: &[Cut]) -> Option<Span> {
        let end =
            cuts.iter().find(|cut| cut.strength >= SENTENCE && cut.end > self.from + 1).map_or(self.to, |cut| cut.end);
        trim(self.tokens, self.from, end).filter(|title| self.is_title(*title))
    }

    /// Where the sentence that begins with the span ends.
    fn sentence_end(&self, span: Span, cuts: &[Cut]) -> usize {
        let by_cut = cuts
            .iter()
            .find(|cut| cut.strength >= 2 && cut.at > span.start + 1 && cut.end > span.start)
            .map_or(span.end, |cut| cut.end.min(span.end));
        let is_meeting = venue::is_meeting(&self.tokens[span.start..span.end]);
        let is_end = |token: &Token<'_>| match token.kind {
            TokenKind::Mark(',') => !is_meeting,
            TokenKind::Mark(';' | '|' | '[' | ')' | ']') | TokenKind::Break => true,
            _ => false,
        };
        let closed = self.tokens[span.start..span.end].iter().any(|token| token.is_mark('('));
        let found =
            (span.start + 1..by_cut).find(|&at| is_end(&self.tokens[at]) && !(closed && self.tokens[at].is_mark(')')));
        found.unwrap_or(by_cut)
    }

    /// Skips `In`, `Published at`, `Journal Info:` at the beginning of a venue.
    fn skip_lead(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.to && self.tokens[at].is_blank() {
            at += 1;
        }
        let leads = self.tokens[at..self.to].iter().take(3).take_while(|token| token.has(Traits::LEAD)).count();
        if leads == 0 {
            return at;
        }
        let last = &self.tokens[at + leads - 1];
        let is_label = self.tokens.get(at + leads).is_some_and(|token| token.is_mark(':'));
        let is_preposition = ["in", "at", "to", "by", "on"].iter().any(|word| last.is(word));
        let goes_on = self
            .tokens
            .get(at + leads)
            .is_some_and(|next| next.has(Traits::CAPITAL) && !is_latin(next) || next.is("the"));
        if is_label || (is_preposition && goes_on) { at + leads } else { at }
    }

    fn cuts(&self) -> Vec<Cut> {
        const MOST_CUTS: usize = 40;
        let mut finder = CutFinder {
            region: self,
            at: self.from,
            run: 0,
            n_dots: 0,
            quote: None,
            has_quotes: true,
            cuts: Vec::with_capacity(8),
        };
        finder.has_quotes = self.tokens[self.from..self.to].iter().filter(|token| token.is_mark('"')).count() % 2 == 0;
        finder.find();
        let mut cuts = finder.cuts;
        // A venue begins near its place; on a text of nothing but full stops the first cuts are not worth the time.
        if cuts.len() > MOST_CUTS {
            cuts.drain(1..cuts.len() - MOST_CUTS);
        }
        cuts
    }
}

/// The second word of `In Silico Biology`, `In Vitro Models`.
fn is_latin(token: &Token<'_>) -> bool {
    ["silico", "vitro", "vivo", "situ"].iter().any(|word| token.is(word))
}

struct CutFinder<'r, 't, 'a> {
    region: &'r Region<'t, 'a>,
    at: usize,
    /// Words since the last full stop.
    run: usize,
    n_dots: usize,
    /// Where the open quotation began.
    quote: Option<usize>,
    /// Quotation marks come in pairs.
    has_quotes: bool,
    cuts: Vec<Cut>,
}

impl CutFinder<'_, '_, '_> {
    fn find(&mut self) {
        while self.at < self.region.to {
            let token = &self.region.tokens[self.at];
            match token.kind {
                TokenKind::Identifier => self.push(self.at, self.at + 1, HARD),
                TokenKind::Break => self.push(self.at, self.at + 1, 2),
                TokenKind::Mark('"') => self.quotation_mark(),
                TokenKind::Mark('(' | '[') if self.quote.is_none() => self.bracket(),
                TokenKind::Mark(mark) if self.quote.is_none() => self.mark(mark),
                TokenKind::Word => {
                    self.run += 1;
                    if token.is("in") && self.quote.is_none() {
                        self.word_in();
                    }
                }
                TokenKind::Mixed => self.run += 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn push(&mut self, end: usize, at: usize, strength: i32) {
        if strength > 0 {
            self.cuts.push(Cut { end, at, strength });
            self.run = 0;
        }
    }

    fn next(&self) -> Option<&Token<'_>> {
        self.region.tokens[..self.region.to].get(self.at + 1)
    }

    fn quotation_mark(&mut self) {
        if !self.has_quotes {
            let closes = !self.region.tokens[self.at].spaced && self.at > self.region.from + 1;
            self.push(self.at, self.at + 1, if closes { SENTENCE + 1 } else { 0 });
        } else if self.quote.take().is_some() {
            self.push(self.at, self.at + 1, HARD + 1);
        } else {
            self.quote = Some(self.at);
        }
    }

    /// What stands in brackets is not cut; `[J]` is a cut itself, and so is a bracket that holds the place.
    fn bracket(&mut self) {
        const MOST_TOKENS: usize = 40;
        let from = self.at + 1;
        let inside = &self.region.tokens[from..self.region.to.min(from + MOST_TOKENS)];
        match inside.iter().position(|token| matches!(token.kind, TokenKind::Mark(')' | ']'))) {
            None => self.push(self.at, from, SENTENCE),
            Some(length) => {
                let is_type = length <= 3
                    && inside[..length]
                        .iter()
                        .all(|token| token.is_mark('/') || token.has(Traits::INITIALS) && token.text.len() <= 2);
                let is_square = self.region.tokens[self.at].is_mark('[');
                if is_type && is_square && length > 0 {
                    self.push(self.at, from + length + 1, HARD + 1);
                }
                self.at = from + length;
            }
        }
    }

    fn mark(&mut self, mark: char) {
        let (at, tokens) = (self.at, self.region.tokens);
        let Some(next) = self.next().copied() else {
            return;
        };
        match mark {
            '/' if next.is_mark('/') => {
                self.push(at, at + 2, HARD + 1);
                self.at += 1;
            }
            '.' | '?' | '!' => {
                let strength = self.stop_strength(mark, &next);
                self.push(at, at + 1, strength);
                self.run = 0;
                self.n_dots += 1;
            }
            ',' if self.region.by_commas && !next.has(Traits::CONNECTIVE) => {
                self.push(at, at + 1, 2);
            }
            ':' => {
                let strength = if self.is_label() {
                    HARD
                } else if next.has(Traits::MEETING) {
                    2
                } else {
                    0
                };
                let end = if strength == HARD { at - self.run } else { at };
                self.push(end, at + 1, strength);
            }
            '-' if tokens[at].spaced && next.spaced => {
                self.push(at, at + 1, i32::from(!self.region.has_authors));
            }
            '|' | ')' | ']' => self.push(at, at + 1, SENTENCE),
            _ => {}
        }
    }

    /// `Journal Info:`, `Published in:`
    fn is_label(&self) -> bool {
        (1..=3).contains(&self.run)
            && self.region.tokens[self.at - self.run..self.at].iter().all(|token| token.has(Traits::LEAD))
    }

    /// How much a full stop looks like the end of a sentence.
    fn stop_strength(&self, mark: char, next: &Token<'_>) -> i32 {
        let before = &self.region.tokens[self.at.saturating_sub(1)];
        let is_begin = next.has(Traits::CAPITAL.and(Traits::HAN))
            || next.is_of_venue()
            || next.text.contains(char::is_uppercase)
            || next.is_number();
        if !is_begin || self.at == self.region.from {
            return 0;
        }
        if !next.spaced {
            let is_slip =
                before.text.len() > 3 && next.text.len() > 3 && next.is_word() && !before.has(Traits::ABBREVIATION);
            return if is_slip || next.has(Traits::HAN) { 2 } else { 0 };
        }
        if mark != '.' {
            return SENTENCE;
        }
        let is_short_run = self.run <= 2;
        if before.has(Traits::ABBREVIATION) && is_short_run {
            return 0;
        }
        if before.has(Traits::ABBREVIATION) && before.has(Traits::CAPITAL) {
            return 1 + i32::from(self.run >= 5);
        }
        if before.has(Traits::INITIAL) {
            return i32::from(self.run >= 4) * 2;
        }
        // `Hepatol. Commun.`: short words with full stops between them are abbreviations, known or not.
        let is_in_chain =
            is_short_run && (self.n_dots > 0 || self.run == 1) && before.text.len() <= 7 && before.has(Traits::CAPITAL);
        if is_in_chain { 1 } else { SENTENCE }
    }

    /// `In: Proceedings`, `In Proceedings of`, `," in IEEE Transactions`, `- in EMNLP 2021`
    fn word_in(&mut self) {
        let (at, tokens) = (self.at, self.region.tokens);
        let Some(next) = self.next().copied() else {
            return;
        };
        if next.is_mark(':') {
            self.push(at, at + 2, HARD + 1);
            return;
        }
        let is_first = at == self.region.from || tokens[at - 1].is_blank();
        let is_capital = tokens[at].text.starts_with('I');
        let goes_on = if is_capital {
            next.is_of_venue() || next.has(Traits::MEETING) || next.is("the") || next.is_number()
        } else {
            next.has(Traits::CAPITAL) || next.is_number()
        };
        if is_first && goes_on && !is_latin(&next) {
            self.push(at, at + 1, HARD);
        }
    }
}

pub(super) fn n_words(tokens: &[Token<'_>]) -> usize {
    tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Mixed)).count()
}

/// The tokens without the punctuation at their ends; nothing if nothing else is there. A bracket that closes
/// inside stays.
pub(super) fn trim(tokens: &[Token<'_>], from: usize, to: usize) -> Option<Span> {
    let start = (from..to).find(|&at| !tokens[at].is_blank())?;
    let mut end = (start..to).rfind(|&at| !tokens[at].is_blank())? + 1;
    let count = |mark: char| tokens[start..end].iter().filter(|token| token.is_mark(mark)).count();
    let is_open = count('(') > count(')') || count('[') > count(']');
    if is_open && end < to && matches!(tokens[end].kind, TokenKind::Mark(')' | ']')) {
        end += 1;
    }
    Some(Span::new(start, end))
}
