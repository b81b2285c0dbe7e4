//! Finds where in a venue something was published: year, volume, issue and pages, in any of the usual orders.
//!
//! All styles write the same few parts and differ in order and punctuation: `2015, 12(10): 931-934` (GB/T 7714),
//! `20, 389–403 (2019)` (Nature), `2015 Oct;12(10):931-4` (Vancouver), `vol. 12, no. 10, pp. 931–934, 2015`
//! (IEEE), `12.10 (2015): 931-934` (MLA). So the reader takes a run of such parts with nothing but punctuation
//! between them, and gives each number its meaning from what stands around it.

use super::token::{Token, TokenKind};

/// A run of locator parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Locator {
    /// First token.
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) year: Option<u16>,
    pub(super) volume: Option<String>,
    pub(super) issue: Option<String>,
    pub(super) pages: Option<String>,
    /// The year stands in brackets.
    pub(super) is_bracketed: bool,
    /// A part was named: `vol.`, `pp.`
    pub(super) is_labelled: bool,
}

impl Locator {
    /// How many parts it has.
    pub(super) fn n_parts(&self) -> usize {
        usize::from(self.year.is_some()) + usize::from(self.volume.is_some()) + usize::from(self.issue.is_some()) + usize::from(self.pages.is_some())
    }

    /// Whether it says more than the year.
    pub(super) fn has_place(&self) -> bool {
        self.volume.is_some() || self.issue.is_some() || self.pages.is_some()
    }
}

/// All runs in the text, left to right, none overlapping another.
pub(super) fn locators(tokens: &[Token<'_>]) -> Vec<Locator> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match may_start(tokens, at).then(|| Reader::new(tokens, at).read()).flatten() {
            Some(locator) => {
                at = locator.end;
                found.push(locator);
            }
            None => at += 1,
        }
    }
    found
}

fn may_start(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    match &token.kind {
        TokenKind::Number => {
            // A number glued to a word or a mark before it is a part of a name: `COVID-19`, `v2.1`.
            token.spaced || at == 0 || matches!(tokens[at - 1].kind, TokenKind::Mark(',' | ';' | ':' | '.' | '\'') | TokenKind::Break | TokenKind::Word)
        }
        TokenKind::Mark('(' | '[') => tokens.get(at + 1).is_some_and(|next| next.year().is_some() || month(next).is_some()),
        TokenKind::Word => label(tokens, at).is_some() || (month(token).is_some() && tokens.get(at + 1).is_some_and(|next| matches!(next.kind, TokenKind::Number))),
        TokenKind::Mixed => {
            // `in BMC Bioinformatics, e123 (2019)` never starts with the article number, but `D1` may be a volume-less page.
            false
        }
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Volume,
    Issue,
    Pages,
}

/// A word that names the part that follows; how many tokens it takes.
fn label(tokens: &[Token<'_>], at: usize) -> Option<(Part, usize)> {
    let token = &tokens[at];
    if !token.is_word() {
        return None;
    }
    let word = token.text.to_ascii_lowercase();
    let part = match word.as_str() {
        "vol" | "volume" => Part::Volume,
        "no" | "issue" | "iss" | "nr" => Part::Issue,
        "pp" | "p" | "pages" | "page" | "pg" | "pgs" | "art" | "article" => Part::Pages,
        _ => return None,
    };
    let mut next = at + 1;
    while tokens.get(next).is_some_and(|token| matches!(token.kind, TokenKind::Mark('.' | ':'))) {
        next += 1;
    }
    if part == Part::Pages && matches!(word.as_str(), "art" | "article") {
        while tokens.get(next).is_some_and(|token| token.is("no") || token.is("number") || token.is("id") || matches!(token.kind, TokenKind::Mark('.' | ':'))) {
            next += 1;
        }
    }
    let is_followed = tokens.get(next).is_some_and(|token| match token.kind {
        TokenKind::Number => true,
        TokenKind::Mixed => part == Part::Pages,
        _ => false,
    });
    is_followed.then_some((part, next - at))
}

fn month(token: &Token<'_>) -> Option<u8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const LONG: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    if !token.is_word() || !token.text.starts_with(char::is_uppercase) {
        return None;
    }
    let word = token.text.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == word).or_else(|| LONG.iter().position(|month| *month == word));
    at.or_else(|| (word == "sept").then_some(8)).and_then(|at| u8::try_from(at + 1).ok())
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    locator: Locator,
    /// The next number is a page: a colon or a label said so.
    expects: Option<Part>,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn new(tokens: &'t [Token<'a>], at: usize) -> Self {
        let locator = Locator { start: at, end: at, ..Locator::default() };
        Self { tokens, at, locator, expects: None }
    }

    fn read(mut self) -> Option<Locator> {
        loop {
            let before = self.at;
            let is_part = self.bracketed_year() || self.issue() || self.labelled() || self.date() || self.number();
            if is_part {
                self.locator.end = self.at;
            }
            if self.at == before || !self.separator() {
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

    /// `(2019)`, `[2019]`, `(2019a)`, `(Oct 2019)`, `(2019, October 3)`
    fn bracketed_year(&mut self) -> bool {
        if self.locator.year.is_some() || !(self.is_mark(0, '(') || self.is_mark(0, '[')) {
            return false;
        }
        let mut year = None;
        for ahead in 1..8 {
            let Some(token) = self.peek(ahead) else { return false };
            match &token.kind {
                TokenKind::Mark(')' | ']') => {
                    let Some(found) = year else { return false };
                    self.locator.year = Some(found);
                    self.locator.is_bracketed = true;
                    self.at += ahead + 1;
                    return true;
                }
                TokenKind::Number if year.is_none() && token.year().is_some() => year = token.year(),
                TokenKind::Mixed if year.is_none() && token.text.len() == 5 => {
                    year = token.text.get(..4).and_then(|digits| digits.parse().ok()).filter(|year| (1800..2050).contains(year));
                    if year.is_none() {
                        return false;
                    }
                }
                TokenKind::Number if token.text.len() <= 2 => {}
                TokenKind::Mark(',' | '.' | '-' | '/') => {}
                TokenKind::Word if month(token).is_some() => {}
                _ => return false,
            }
        }
        false
    }

    /// `(10)`, `(Suppl 1)`, `(Database issue)`, `(1-2)` after a volume.
    fn issue(&mut self) -> bool {
        let follows_volume = self.locator.volume.is_some() && self.locator.issue.is_none() && self.locator.pages.is_none();
        if !follows_volume || !self.is_mark(0, '(') {
            return false;
        }
        let Some(length) = (1..7).find(|ahead| self.is_mark(*ahead, ')')) else { return false };
        if length < 2 {
            return false;
        }
        self.locator.issue = Some(clean(self.tokens, self.at + 1, self.at + length));
        self.at += length + 1;
        true
    }

    fn labelled(&mut self) -> bool {
        if self.at >= self.tokens.len() {
            return false;
        }
        let Some((part, length)) = label(self.tokens, self.at) else { return false };
        let is_free = match part {
            Part::Volume => self.locator.volume.is_none(),
            Part::Issue => self.locator.issue.is_none(),
            Part::Pages => self.locator.pages.is_none(),
        };
        if !is_free {
            return false;
        }
        self.at += length;
        self.expects = Some(part);
        self.locator.is_labelled = true;
        let (text, end) = self.range(self.at);
        self.place(part, text);
        self.at = end;
        true
    }

    /// A date around a year: `2015 Oct 12`, `1 March 2020`, `Oct 2015`, `2015-10-12`.
    fn date(&mut self) -> bool {
        if self.expects == Some(Part::Pages) {
            return false;
        }
        if self.locator.year.is_some() {
            let Some(token) = self.peek(0) else { return false };
            if month(token).is_none() || !matches!(self.tokens[self.at - 1].kind, TokenKind::Number | TokenKind::Mark(',')) {
                return false;
            }
            self.at += 1;
            let is_day = self.peek(0).is_some_and(|token| token.kind == TokenKind::Number && token.text.len() <= 2)
                && self.peek(1).is_none_or(|next| matches!(next.kind, TokenKind::Mark(';' | ':' | '.' | ',' | ')') | TokenKind::Break));
            if is_day {
                self.at += 1;
            }
            return true;
        }
        let mut ahead = 0;
        while ahead < 3 {
            let Some(token) = self.peek(ahead) else { return false };
            if let Some(year) = token.year() {
                if ahead == 0 && !self.iso_date(year) {
                    return false;
                }
                if ahead > 0 {
                    self.locator.year = Some(year);
                    self.at += ahead + 1;
                }
                return true;
            }
            let is_day = token.kind == TokenKind::Number && token.text.len() <= 2 && ahead == 0 && self.peek(1).is_some_and(|next| month(next).is_some());
            let is_mark = ahead > 0 && matches!(token.kind, TokenKind::Mark('.' | ','));
            if !is_day && !is_mark && month(token).is_none() {
                return false;
            }
            ahead += 1;
        }
        false
    }

    fn iso_date(&mut self, year: u16) -> bool {
        let is_short = |token: Option<&Token<'_>>| token.is_some_and(|token| token.kind == TokenKind::Number && token.text.len() <= 2 && !token.spaced);
        if !(self.is_mark(1, '-') && is_short(self.peek(2)) && self.is_mark(3, '-') && is_short(self.peek(4))) {
            return false;
        }
        self.locator.year = Some(year);
        self.at += 5;
        true
    }

    fn number(&mut self) -> bool {
        let Some(token) = self.peek(0) else { return false };
        let is_page_like = self.expects == Some(Part::Pages) || self.locator.volume.is_some();
        match &token.kind {
            TokenKind::Number => {}
            TokenKind::Mixed if is_page_like && self.locator.pages.is_none() && is_article_number(token.text) => {}
            _ => return false,
        }
        if let Some(year) = token.year().filter(|_| self.reads_as_year()) {
            self.locator.year = Some(year);
            self.at += 1;
            // `2019a`, `2019.` and so on are marks of the style.
            return true;
        }
        if token.text.len() > 7 && token.kind == TokenKind::Number {
            return false;
        }
        self.plain_number()
    }

    /// Whether a number that may be a year is one, and not a page or a volume.
    fn reads_as_year(&self) -> bool {
        if self.locator.year.is_some() || self.expects == Some(Part::Pages) {
            return false;
        }
        let next = self.peek(1);
        let is_range = next.is_some_and(|next| next.is_mark('-')) && self.peek(2).is_some_and(|token| token.kind == TokenKind::Number && token.text.len() >= 3);
        if is_range {
            return false;
        }
        // `2019(3)` is a volume named after its year only where another year follows.
        let is_volume = next.is_some_and(|next| next.is_mark('(') && !next.spaced) && self.peek(2).is_some_and(|token| token.year().is_some());
        !is_volume
    }

    fn plain_number(&mut self) -> bool {
        let part = self.expects.take().unwrap_or_else(|| self.guess());
        if part == Part::Volume && self.is_dotted_issue() {
            self.place(Part::Volume, self.tokens[self.at].text.to_owned());
            self.place(Part::Issue, self.tokens[self.at + 2].text.to_owned());
            self.at += 3;
            return true;
        }
        let (text, end) = self.range(self.at);
        let is_free = match part {
            Part::Volume => self.locator.volume.is_none(),
            Part::Issue => self.locator.issue.is_none(),
            Part::Pages => self.locator.pages.is_none(),
        };
        if !is_free || !self.fits(part, end) {
            return false;
        }
        self.place(part, text);
        self.at = end;
        true
    }

    /// `12.10 (2015)`: volume and issue with a dot between them.
    fn is_dotted_issue(&self) -> bool {
        let is_tight = |ahead: usize| self.peek(ahead).is_some_and(|token| !token.spaced);
        self.is_mark(1, '.')
            && is_tight(1)
            && is_tight(2)
            && self.peek(2).is_some_and(|token| token.kind == TokenKind::Number && token.text.len() <= 3)
            && self.peek(3).is_some_and(|token| matches!(token.kind, TokenKind::Mark('(' | ':' | ',')))
    }

    fn guess(&self) -> Part {
        let (_, end) = self.range(self.at);
        let is_range = end > self.at + 1;
        let has_year_only = self.locator.year.is_some() && self.locator.volume.is_none();
        if self.locator.volume.is_some() || (is_range && has_year_only && !self.tokens.get(end).is_some_and(|token| token.is_mark('('))) {
            Part::Pages
        } else {
            Part::Volume
        }
    }

    /// A bare first number is a volume only where something that belongs to one follows it.
    fn fits(&self, part: Part, end: usize) -> bool {
        if part != Part::Volume {
            return true;
        }
        if self.tokens[self.at].text.len() > 4 {
            return false;
        }
        let next = self.tokens.get(end);
        let after = self.tokens.get(end + 1);
        let number_follows = after.is_some_and(|token| matches!(token.kind, TokenKind::Number | TokenKind::Mixed) || label(self.tokens, end + 1).is_some());
        match next.map(|token| &token.kind) {
            None => self.locator.year.is_some(),
            Some(TokenKind::Mark('(')) => true,
            Some(TokenKind::Mark(',' | ':' | ';')) => number_follows || self.locator.year.is_some(),
            Some(TokenKind::Mark('.')) => self.locator.year.is_some(),
            Some(TokenKind::Word) => label(self.tokens, end).is_some() || self.locator.year.is_some() && self.locator.is_bracketed,
            Some(TokenKind::Number) => next.is_some_and(|token| token.year().is_some()),
            _ => self.locator.year.is_some(),
        }
    }

    /// A number, a range of pages or an article number from the token on: its text and where it ends.
    fn range(&self, at: usize) -> (String, usize) {
        let is_number = |token: Option<&Token<'_>>| token.is_some_and(|token| match token.kind {
            TokenKind::Number => true,
            TokenKind::Mixed => is_article_number(token.text),
            _ => false,
        });
        let mut end = at + 1;
        let mut dashes = 0;
        while self.tokens.get(end + dashes).is_some_and(|token| token.is_mark('-')) && dashes < 3 {
            dashes += 1;
        }
        let mut text = self.tokens[at].text.to_owned();
        if dashes > 0 && is_number(self.tokens.get(end + dashes)) {
            text.push('-');
            text.push_str(self.tokens[end + dashes].text);
            end += dashes + 1;
        }
        // `1888-1902.e21`: supplementary pages of some journals.
        let supplement = self.tokens.get(end + 1).filter(|token| !token.spaced && token.kind == TokenKind::Mixed && token.text.starts_with('e'));
        if let (Some(dot), Some(supplement)) = (self.tokens.get(end).filter(|token| token.is_mark('.') && !token.spaced), supplement) {
            text.push_str(dot.text);
            text.push_str(supplement.text);
            end += 2;
        }
        (text, end)
    }

    fn place(&mut self, part: Part, text: String) {
        self.expects = None;
        match part {
            Part::Volume => self.locator.volume = Some(text),
            Part::Issue => self.locator.issue = Some(text),
            Part::Pages => self.locator.pages = Some(text),
        }
    }

    /// Punctuation between two parts; true if the run may go on.
    fn separator(&mut self) -> bool {
        let mut next = self.at;
        while let Some(token) = self.tokens.get(next) {
            match token.kind {
                TokenKind::Mark(':') => self.expects = Some(Part::Pages),
                TokenKind::Mark(',' | ';' | '.' | '|') => {
                    if self.locator.volume.is_some() || self.locator.issue.is_some() {
                        // after `12(10),` only pages can follow
                    }
                }
                _ => break,
            }
            next += 1;
            if next > self.at + 2 {
                return false;
            }
        }
        let continues = self.tokens.get(next).is_some_and(|token| {
            matches!(token.kind, TokenKind::Number | TokenKind::Mixed | TokenKind::Mark('(' | '[')) || month(token).is_some() || label(self.tokens, next).is_some()
        });
        if continues {
            // After `2017:` pages follow, but after `2015;12` the volume does.
            if self.expects == Some(Part::Pages) && self.locator.volume.is_none() && self.volume_follows(next) {
                self.expects = None;
            }
            self.at = next;
        }
        continues
    }

    /// `2015: 12(10)` has the volume where most have the pages.
    fn volume_follows(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|token| token.is_mark('(') && !token.spaced)
    }
}

/// A page or article number with letters: `e1007616`, `W90`, `btaa293`, `D1`, `931a`.
fn is_article_number(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = text[letters..].bytes().take_while(u8::is_ascii_digit).count();
    let tail = text.len() - letters - digits;
    digits > 0 && letters <= 6 && tail <= 3 && text.is_ascii()
}

fn clean(tokens: &[Token<'_>], from: usize, to: usize) -> String {
    let mut text = String::new();
    for token in &tokens[from..to] {
        if token.spaced && !text.is_empty() {
            text.push(' ');
        }
        match token.kind {
            TokenKind::Mark(mark) => text.push(mark),
            _ => text.push_str(token.text),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenise;
    use super::*;

    fn check(text: &str, expected: &str) {
        let tokens = tokenise(text);
        let shown: Vec<String> = locators(&tokens)
            .into_iter()
            .map(|locator| {
                let part = |part: Option<String>| part.unwrap_or_else(|| "_".to_owned());
                let year = part(locator.year.map(|year| year.to_string()));
                format!("{year} {} {} {}", part(locator.volume), part(locator.issue), part(locator.pages))
            })
            .collect();
        assert_eq!(shown.join(" | "), expected, "{text}");
    }

    #[test]
    fn reads_every_style() {
        check("Nature methods, 2015, 12(10): 931-934.", "2015 12 10 931-934");
        check("Nat Rev Genet 20, 389–403 (2019).", "2019 20 _ 389-403");
        check("Nat Commun 11, 728 (2020).", "2020 11 _ 728");
        check("Nat Methods. 2015 Oct;12(10):931-4.", "2015 12 10 931-4");
        check("Nature Methods, vol. 12, no. 10, pp. 931–934, 2015.", "2015 12 10 931-934");
        check("Nature Methods 12.10 (2015): 931-934", "2015 12 10 931-934");
        check("Bioinformatics, Volume 36, Issue 5, 1 March 2020, Pages 1360–1366", "2020 36 5 1360-1366");
        check("PLOS Computational Biology, 2020, 16(2): e1007616.", "2020 16 2 e1007616");
        check("systems. 2017: 4765-4774.", "2017 _ _ 4765-4774");
        check("Frontiers in genetics, 2019, 10: 978.", "2019 10 _ 978");
        check("Molecular systems biology, 2019, 15(6).", "2019 15 6 _");
        check("Cell. 2019 Jun 13;177(7):1888-1902.e21.", "2019 177 7 1888-1902.e21");
        check("Nucleic Acids Res 39 (Web Server issue), W90–W97 (2011)", "2011 39 Web Server issue W90-W97");
        check("arXiv preprint arXiv:1710.10903, 2017.", "2017 _ _ _");
        check("Zhou et al. (2019a). Title. Journal, 12(3), 45–67.", "2019 _ _ _ | _ 12 3 45-67");
        check("J Biol 2015-10-12", "2015 _ _ _");
    }

    #[test]
    fn leaves_other_numbers_alone() {
        for text in ["Python 3 is fast", "version 2.0 of it", "10,000 maps across 800 samples", "top 5, best 3 of all"] {
            assert!(locators(&tokenise(text)).is_empty(), "{text}: {:?}", locators(&tokenise(text)));
        }
    }
}
