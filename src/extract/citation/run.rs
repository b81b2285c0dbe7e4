//! Reads one run of locator parts, number by number.

use super::date::{self, Date};
use super::locator::{Locator, Part, is_article_number, label};
use super::token::{Span, Token, TokenKind};

/// Reads a run from its first token on.
pub(super) struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    locator: Locator,
    /// A colon or a label said what comes next.
    expects: Option<Part>,
}

impl<'t, 'a> Reader<'t, 'a> {
    pub(super) fn new(tokens: &'t [Token<'a>], at: usize) -> Self {
        Self { tokens, at, locator: Locator { start: at, end: at, ..Locator::default() }, expects: None }
    }

    pub(super) fn read(mut self) -> Option<Locator> {
        while self.bracketed_date() || self.issue() || self.labelled() || self.date() || self.number() {
            self.locator.end = self.at;
            if !self.separator() {
                break;
            }
        }
        self.accept()
    }

    /// A run counts if it has a year, or a place that cannot be another thing.
    fn accept(self) -> Option<Locator> {
        let locator = self.locator;
        let is_place = locator.volume.is_some() && (locator.pages.is_some() || locator.issue.is_some());
        (locator.year.is_some() || is_place || locator.is_labelled).then_some(locator)
    }

    fn peek(&self, ahead: usize) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    fn is_mark(&self, ahead: usize, mark: char) -> bool {
        self.peek(ahead).is_some_and(|token| token.is_mark(mark))
    }

    fn set_date(&mut self, date: Date) {
        self.locator.year = Some(date.year);
        self.locator.year_at = date.year_at;
        self.at = date.end;
    }

    /// `(2019)`, `(Oct 2019)`
    fn bracketed_date(&mut self) -> bool {
        let Some(date) = date::in_brackets(self.tokens, self.at) else {
            return false;
        };
        if self.locator.year.is_some() {
            // `2016, bau147 (2016)`: the first one was the volume.
            if self.locator.is_bracketed || self.locator.volume.is_some() {
                return false;
            }
            self.locator = self.locator.with_year_as_volume();
        }
        self.set_date(date);
        self.locator.is_bracketed = true;
        true
    }

    /// `(10)`, `(Suppl 1)`, `(Database issue)`, `(1-2)` after a volume.
    fn issue(&mut self) -> bool {
        let follows_volume =
            self.locator.volume.is_some() && self.locator.issue.is_none() && self.locator.pages.is_none();
        if !follows_volume || !self.is_mark(0, '(') {
            return false;
        }
        let Some(length) = (2..7)
            .find(|ahead| self.is_mark(*ahead, ')'))
            .filter(|length| !(1..*length).any(|ahead| self.is_mark(ahead, '\'')))
        else {
            return false;
        };
        self.locator.issue = Some(Span::new(self.at + 1, self.at + length));
        self.at += length + 1;
        true
    }

    fn labelled(&mut self) -> bool {
        if self.at >= self.tokens.len() {
            return false;
        }
        let Some((part, length)) = label(self.tokens, self.at) else {
            return false;
        };
        let value = self.at + length;
        let is_word = self.tokens[value].is_word();
        if !self.is_free(part) || (is_word && self.locator.volume.is_none()) {
            return false;
        }
        self.expects = Some(part);
        let end = if part == Part::Issue { self.issue_end(value) } else { self.range_end(value) };
        self.locator.is_labelled = true;
        self.place(part, value, end);
        self.at = end;
        true
    }

    /// Where a named issue ends: `no. Pt 10 (`, `Issue Database issue,`, `no. suppl_2,`, `no. 1-2,`
    fn issue_end(&self, value: usize) -> usize {
        let is_end = |token: &Token<'_>| {
            matches!(
                token.kind,
                TokenKind::Mark(',' | ';' | ':' | '(' | ')') | TokenKind::Break | TokenKind::Identifier
            )
        };
        let is_dot = |at: usize| self.tokens[at].is_mark('.');
        let end = (value + 1..self.tokens.len().min(value + 5))
            .find(|&at| is_end(&self.tokens[at]) || is_dot(at))
            .unwrap_or(value + 1);
        if self.tokens[value].is_word() || self.tokens.get(end).is_some_and(is_end) {
            end
        } else {
            self.range_end(value)
        }
    }

    fn is_free(&self, part: Part) -> bool {
        match part {
            Part::Volume => self.locator.volume.is_none(),
            Part::Issue => self.locator.issue.is_none(),
            Part::Pages => self.locator.pages.is_none(),
        }
    }

    /// A date around a year: `2015 Oct 12`, `1 March 2020`, `Feb. 2015`, `June 17, 2019`.
    fn date(&mut self) -> bool {
        if self.expects == Some(Part::Pages) {
            return false;
        }
        if self.locator.year.is_none() {
            let date = date::at(self.tokens, self.at);
            return date.map(|date| self.set_date(date)).is_some();
        }
        let behind = self.locator.year_at + 1;
        let is_behind = self.at == behind || (self.at == behind + 1 && self.tokens[behind].is_mark(','));
        let end = date::month_behind(self.tokens, self.at).filter(|_| is_behind);
        self.at = end.unwrap_or(self.at);
        end.is_some()
    }

    fn number(&mut self) -> bool {
        let Some(token) = self.peek(0) else {
            return false;
        };
        let follows = self.locator.volume.is_some() || self.locator.year.is_some() || self.expects == Some(Part::Pages);
        match token.kind {
            TokenKind::Number => {}
            TokenKind::Mixed if follows && self.is_parted() && is_article_number(token) => {
                return self.article_number();
            }
            TokenKind::Word if self.locator.volume.is_some() && token.is("suppl") => {
                return self.article_number();
            }
            _ => return false,
        }
        if let Some(year) = token.year().filter(|_| self.reads_as_year()) {
            self.set_date(Date { year, year_at: self.at, end: self.at + 1 });
            return true;
        }
        !self.is_thousands() && self.plain_number()
    }

    /// A comma or a colon stands before the token; behind a full stop the next sentence begins.
    fn is_parted(&self) -> bool {
        self.expects.is_some() || self.tokens[self.at - 1].is_mark(',') || self.tokens[self.at - 1].is_mark(':')
    }

    /// `10,000`
    fn is_thousands(&self) -> bool {
        let digits = self.peek(2).is_some_and(|token| token.is_number() && token.text.len() == 3 && !token.spaced);
        digits && self.is_mark(1, ',') && self.peek(1).is_some_and(|mark| !mark.spaced) && !self.is_mark(3, '-')
    }

    /// Whether a number that may be a year is one, and not a page or a volume.
    fn reads_as_year(&self) -> bool {
        if self.locator.year.is_some() || self.expects == Some(Part::Pages) {
            return false;
        }
        let next = self.peek(1);
        let is_range = next.is_some_and(|next| next.is_mark('-'))
            && self.peek(2).is_some_and(|token| token.is_number() && token.text.len() >= 3);
        !is_range
    }

    /// `e1007616`, `D440-D444` as pages, but `S1 (2019), 2145` and `Suppl_1 (2019)` as the issue.
    fn article_number(&mut self) -> bool {
        let end = if self.tokens[self.at].is_word() { self.issue_end(self.at) } else { self.range_end(self.at) };
        let part = if self.is_issue_before_date(end) { Part::Issue } else { Part::Pages };
        if !self.is_free(part) || (part == Part::Pages && self.tokens[self.at].is_word()) {
            return false;
        }
        self.place(part, self.at, end);
        self.at = end;
        true
    }

    /// After a volume: a date in brackets follows, and pages behind it.
    fn is_issue_before_date(&self, end: usize) -> bool {
        let has_room = self.locator.volume.is_some() && self.locator.issue.is_none() && self.locator.year.is_none();
        let Some(date) = date::in_brackets(self.tokens, end).filter(|_| has_room) else {
            return false;
        };
        let is_mark = self.tokens.get(date.end).is_some_and(|token| matches!(token.kind, TokenKind::Mark(',' | ':')));
        is_mark && self.tokens.get(date.end + 1).is_some_and(|token| token.is_number() || is_article_number(token))
    }

    fn plain_number(&mut self) -> bool {
        if let Some(end) = self.dotted_issue() {
            self.place(Part::Volume, self.at, self.at + 1);
            self.place(Part::Issue, self.at + 2, end);
            self.at = end;
            return true;
        }
        let end = self.range_end(self.at);
        let Some(part) = self.expects.take().or_else(|| self.guess(end)).filter(|part| self.is_free(*part)) else {
            return false;
        };
        self.place(part, self.at, end);
        self.at = end;
        true
    }

    /// `12.10 (2015)`, `48.D1 (2020)`: volume and issue with a dot between them; where the issue ends.
    fn dotted_issue(&self) -> Option<usize> {
        let has_room = self.locator.volume.is_none() && self.expects.is_none();
        let is_tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.spaced);
        if !has_room || !self.is_mark(1, '.') || !is_tight(1) || !is_tight(2) {
            return None;
        }
        self.peek(2).filter(|token| {
            token.is_number() && token.text.len() <= 4 || is_article_number(token) || token.is("suppl")
        })?;
        let end =
            if self.tokens[self.at + 2].is_word() { self.issue_end(self.at + 2) } else { self.range_end(self.at + 2) };
        self.tokens.get(end).filter(|token| matches!(token.kind, TokenKind::Mark('(' | ':' | ',')))?;
        Some(end)
    }

    /// What a number is that nothing names.
    fn guess(&self, end: usize) -> Option<Part> {
        let is_range = end > self.at + 1;
        let length = self.tokens[self.at].text.len();
        if self.locator.volume.is_some() {
            let is_issue = !is_range && self.locator.issue.is_none() && self.locator.pages.is_none();
            let is_between = self.is_issue_before_date(end) || (is_issue && self.pages_follow(end));
            return Some(if is_between { Part::Issue } else { Part::Pages });
        }
        let has_year = self.locator.year.is_some();
        let opens = self.tokens.get(end).is_some_and(|token| token.is_mark('('));
        if is_range && has_year && !opens {
            return Some(Part::Pages);
        }
        if length > 4 {
            // `Neuroimage, 116889 (2020)`: an article number and no volume.
            return (length <= 8 && (has_year || date::in_brackets(self.tokens, end).is_some())).then_some(Part::Pages);
        }
        self.may_be_volume(end).then_some(Part::Volume)
    }

    /// `13, 11, 2544–2546` and `15 4: 361`: the number is between a volume and pages.
    fn pages_follow(&self, end: usize) -> bool {
        let is_mark = self.tokens.get(end).is_some_and(|token| matches!(token.kind, TokenKind::Mark(',' | ':')));
        let next = self.tokens.get(end + 1).filter(|_| is_mark);
        next.is_some_and(|token| {
            (token.is_number() && token.year().is_none_or(|_| self.locator.year.is_some())) || is_article_number(token)
        })
    }

    /// A bare first number is a volume only where something that belongs to one follows it.
    fn may_be_volume(&self, end: usize) -> bool {
        let has_year = self.locator.year.is_some();
        let number_follows = self
            .tokens
            .get(end + 1)
            .is_some_and(|token| token.is_number() || token.is("suppl") || token.kind == TokenKind::Mixed)
            || self.tokens.len() > end + 1 && label(self.tokens, end + 1).is_some();
        match self.tokens.get(end).map(|token| token.kind) {
            Some(TokenKind::Mark('(')) => true,
            Some(TokenKind::Mark(',' | ':' | ';')) => number_follows || has_year,
            Some(TokenKind::Word) => label(self.tokens, end).is_some(),
            Some(TokenKind::Number) => self.tokens[end].year().is_some() || self.pages_follow(end + 1),
            None | Some(TokenKind::Mark('.' | ')' | ']') | TokenKind::Break | TokenKind::Identifier) => has_year,
            _ => false,
        }
    }

    /// Where a number, a range of pages or an article number ends that begins at the token.
    fn range_end(&self, at: usize) -> usize {
        let mut end = self.dotted_end(at + 1);
        let dashes = self.tokens[end..].iter().take(3).take_while(|token| token.is_mark('-')).count();
        let is_number =
            self.tokens.get(end + dashes).is_some_and(|token| token.is_number() || is_article_number(token));
        if dashes > 0 && is_number {
            end = self.dotted_end(end + dashes + 1);
        }
        end
    }

    /// `1888-1902.e21`: supplementary pages of some journals; `1.30.1`: pages of loose-leaf works.
    fn dotted_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.tokens.get(end).is_some_and(|dot| dot.is_mark('.') && !dot.spaced)
            && self.tokens.get(end + 1).is_some_and(|token| {
                !token.spaced
                    && (is_article_number(token) && token.text.starts_with('e')
                        || token.is_number() && self.expects == Some(Part::Pages))
            })
        {
            end += 2;
        }
        end
    }

    fn place(&mut self, part: Part, start: usize, end: usize) {
        self.expects = None;
        let span = Some(Span::new(start, end));
        match part {
            Part::Volume => self.locator.volume = span,
            Part::Issue => self.locator.issue = span,
            Part::Pages => self.locator.pages = span,
        }
    }

    /// A dot with a number close behind it, and nothing that makes that a volume.
    fn is_tight_number(&self, dot: usize) -> bool {
        let is_tight = |at: usize| self.tokens.get(at).is_some_and(|token| !token.spaced);
        let opens = self.tokens.get(dot + 2).is_some_and(|token| token.is_mark('('));
        is_tight(dot) && is_tight(dot + 1) && self.tokens[dot + 1].is_number() && !opens
    }

    /// Punctuation between two parts; true if the run may go on.
    fn separator(&mut self) -> bool {
        const MOST_MARKS: usize = 2;
        let mut next = self.at;
        let mut expects = None;
        while let Some(token) = self.tokens.get(next) {
            match token.kind {
                TokenKind::Mark(':') => expects = Some(Part::Pages),
                // A full stop behind `(2018)` ends the authors, and what follows is the title.
                TokenKind::Mark('.') if self.locator.is_bracketed && self.locator.n_parts() == 1 => {
                    return false;
                }
                // `2023.1`: a version and no date.
                TokenKind::Mark('.') if self.is_tight_number(next) => return false,
                TokenKind::Mark(',' | ';' | '.' | '|') => {}
                _ => break,
            }
            next += 1;
            if next > self.at + MOST_MARKS {
                return false;
            }
        }
        // After `2017:` pages follow, but after `2015: 12(10)` the volume does.
        let volume_follows = self.tokens.get(next + 1).is_some_and(|token| token.is_mark('(') && !token.spaced);
        self.expects = expects.filter(|_| self.locator.volume.is_some() || !volume_follows);
        self.at = next;
        true
    }
}
