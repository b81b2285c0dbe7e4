//! Finds where in a venue something was published: year, volume, issue and pages, in any of the usual orders.
//!
//! All styles write the same few parts and differ in order and punctuation: `2015, 12(10): 931-934` (GB/T 7714),
//! `20, 389–403 (2019)` (Nature), `2015 Oct;12(10):931-4` (Vancouver), `vol. 12, no. 10, pp. 931–934, 2015`
//! (IEEE), `12.10 (2015): 931-934` (MLA), `13, 11 (Nov. 2003), 2544` (ACM). So the reader takes a run of such parts
//! with nothing but punctuation between them, and gives each number its meaning from what stands around it.

use super::lexicon::Traits;
use super::run::Reader;
use super::token::{Span, Token, TokenKind};

/// A run of locator parts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Locator {
    /// First token.
    pub(super) start: usize,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) year: Option<u16>,
    pub(super) volume: Option<Span>,
    pub(super) issue: Option<Span>,
    pub(super) pages: Option<Span>,
    /// The year stands in brackets.
    pub(super) is_bracketed: bool,
    /// A part was named: `vol.`, `pp.`
    pub(super) is_labelled: bool,
    /// The token of the year.
    pub(super) year_at: usize,
}

impl Locator {
    /// How many parts it has.
    pub(super) fn n_parts(&self) -> usize {
        usize::from(self.year.is_some())
            + usize::from(self.volume.is_some())
            + usize::from(self.issue.is_some())
            + usize::from(self.pages.is_some())
    }

    /// Whether it says more than the year.
    pub(super) fn has_place(&self) -> bool {
        self.volume.is_some() || self.issue.is_some() || self.pages.is_some()
    }

    /// Takes its year for the volume, as journals count that have one a year: `(2019). Database, 2019, baz071`.
    pub(super) fn with_year_as_volume(self) -> Self {
        let volume = Some(Span::new(self.year_at, self.year_at + 1));
        Self { year: None, volume, ..self }
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

/// What stands last in the text and can be a volume, an article number or pages, though nothing but its position
/// says so: `Genome Biology 18.`
pub(super) fn trailing(tokens: &[Token<'_>]) -> Option<Locator> {
    let last = tokens
        .iter()
        .rposition(|token| !token.is_blank() && token.kind != TokenKind::Identifier && !token.has(Traits::LEAD))?;
    let is_part = |at: usize| matches!(tokens[at].kind, TokenKind::Number) || is_article_number(&tokens[at]);
    if !is_part(last) || last == 0 {
        return None;
    }
    let first = range_start(tokens, last).unwrap_or(last);
    let before = first.checked_sub(1).map(|at| &tokens[at])?;
    let is_set_apart = before.is_word() || matches!(before.kind, TokenKind::Mark(',' | ':' | '.' | ')'));
    if !is_set_apart || !tokens[first].spaced || (first == last && tokens[last].year().is_some()) {
        return None;
    }
    let span = Some(Span::new(first, last + 1));
    let locator = Locator { start: first, end: last + 1, ..Locator::default() };
    let is_volume = first == last && tokens[last].is_number() && tokens[last].text.len() <= 4;
    Some(if is_volume { Locator { volume: span, ..locator } } else { Locator { pages: span, ..locator } })
}

/// The first token of a range of numbers that ends at the token.
fn range_start(tokens: &[Token<'_>], last: usize) -> Option<usize> {
    let dash = last.checked_sub(1).filter(|at| tokens[*at].is_mark('-'))?;
    let first = (0..dash).rev().find(|at| !tokens[*at].is_mark('-')).filter(|at| dash - at <= 3)?;
    (tokens[first].is_number() || is_article_number(&tokens[first])).then_some(first)
}

fn may_start(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    match token.kind {
        TokenKind::Number => before.is_none_or(|before| may_follow(tokens, at, before)),
        TokenKind::Mark('(' | '[') => tokens[at + 1..]
            .iter()
            .take(5)
            .any(|next| next.is_number() || next.has(Traits::MONTH) || next.text.len() == 5),
        TokenKind::Mark('\'') => before.is_some_and(|before| before.has(Traits::ACRONYM)),
        TokenKind::Word => label(tokens, at).is_some() || token.has(Traits::MONTH),
        _ => false,
    }
}

/// Whether a number may begin a run behind the token before it. One that is glued to a word or a mark is a part of
/// a name, such as `COVID-19`; a year after `in` or `since` is a part of a sentence.
fn may_follow(tokens: &[Token<'_>], at: usize, before: &Token<'_>) -> bool {
    let token = &tokens[at];
    match before.kind {
        TokenKind::Word if token.spaced => {
            let is_name = before.has(Traits::CAPITAL.and(Traits::HAN))
                || before.is_of_venue()
                || before.text.contains(char::is_uppercase);
            token.year().is_none() || is_name
        }
        TokenKind::Word => before.has(Traits::ACRONYM),
        TokenKind::Mark('-') if !token.spaced => at >= 2 && tokens[at - 2].has(Traits::ACRONYM),
        TokenKind::Mark(',' | ';' | ':' | '.' | '\'' | '(' | '[' | '|') | TokenKind::Break => true,
        _ => token.spaced,
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    Volume,
    Issue,
    Pages,
}

/// A word that names the part that follows; how many tokens it takes.
pub(super) fn label(tokens: &[Token<'_>], at: usize) -> Option<(Part, usize)> {
    let token = &tokens[at];
    if !token.is_word() || token.text.len() > 7 {
        return None;
    }
    let is_any = |words: &[&str]| words.iter().any(|word| token.text.eq_ignore_ascii_case(word));
    let is_article = is_any(&["art", "article"]);
    let part = if is_any(&["vol", "volume"]) {
        Part::Volume
    } else if is_any(&["no", "issue", "iss", "nr"]) {
        Part::Issue
    } else if is_article || is_any(&["pp", "p", "pages", "page", "pg", "pgs"]) {
        Part::Pages
    } else {
        return None;
    };
    let is_filler = |token: &Token<'_>| {
        let is_number_word = is_article && (token.is("no") || token.is("number") || token.is("id"));
        matches!(token.kind, TokenKind::Mark('.' | ':')) || is_number_word
    };
    let length = 1 + tokens[at + 1..].iter().take(4).take_while(|token| is_filler(token)).count();
    let value = tokens.get(at + length)?;
    let is_value = match value.kind {
        TokenKind::Number => true,
        TokenKind::Mixed => part != Part::Volume && is_article_number(value) || value.text.len() <= 4,
        // `no. Suppl_1`, `Issue Database issue`, `no. Oct`: only behind a volume, which the reader knows.
        TokenKind::Word => part == Part::Issue && value.has(Traits::CAPITAL.and(Traits::MONTH)) || value.is("suppl"),
        _ => false,
    };
    is_value.then_some((part, length))
}

/// A page or article number with letters: `e1007616`, `W90`, `btaa293`, `D1`, `931a`, `102ra15`.
pub(super) fn is_article_number(token: &Token<'_>) -> bool {
    let text = token.text;
    token.kind == TokenKind::Mixed && text.len() <= 12 && text.is_ascii() && {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let n_letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
        let is_ordinal = letters == 0 && ["st", "nd", "rd", "th", "d", "D"].iter().any(|end| text.ends_with(end));
        letters <= 6 && n_letters <= 6 && !is_ordinal
    }
}

/// The text of a part, with an ASCII hyphen and no spaces between the ends of a range.
pub(super) fn part_text(tokens: &[Token<'_>], span: Span) -> String {
    let mut text = String::new();
    let mut after_dash = false;
    for token in &tokens[span.start..span.end] {
        let is_dash = token.is_mark('-');
        if token.spaced && !text.is_empty() && !is_dash && !after_dash {
            text.push(' ');
        }
        match token.kind {
            TokenKind::Mark('-') if after_dash => {}
            TokenKind::Mark(mark) => text.push(mark),
            _ => text.push_str(token.text),
        }
        after_dash = is_dash;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenise;
    use super::*;

    fn check(text: &str, expected: &str) {
        let (tokens, _) = tokenise(text);
        let shown: Vec<String> = locators(&tokens)
            .into_iter()
            .map(|locator| {
                let part = |part: Option<Span>| part.map_or_else(|| "_".to_owned(), |span| part_text(&tokens, span));
                let year = locator.year.map_or_else(|| "_".to_owned(), |year| year.to_string());
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
        check("Nucleic Acids Research 48.D1 (2020): D561-D569.", "2020 48 D1 D561-D569");
        check("Bioinformatics, Volume 36, Issue 5, 1 March 2020, Pages 1360–1366", "2020 36 5 1360-1366");
        check("BioTechniques, Volume 119, Issue 4, 2004, Pages 561–569", "2004 119 4 561-569");
        check("PLOS Computational Biology, 2020, 16(2): e1007616.", "2020 16 2 e1007616");
        check("systems. 2017: 4765-4774.", "2017 _ _ 4765-4774");
        check("Frontiers in genetics, 2019, 10: 978.", "2019 10 _ 978");
        check("Molecular systems biology, 2019, 15(6).", "2019 15 6 _");
        check("Cell. 2019 Jun 13;177(7):1888-1902.e21.", "2019 177 7 1888-1902.e21");
        check("Nucleic Acids Res 39 (Web Server issue), W90–W97 (2011)", "2011 39 Web Server issue W90-W97");
        check("arXiv preprint arXiv:1710.10903, 2017.", "2017 _ _ _");
        check("Zhou et al. (2019a). Title. Journal, 12(3), 45–67.", "2019 _ _ _ | _ 12 3 45-67");
    }

    #[test]
    fn reads_issues_with_names() {
        check("Research 47, no. D1 (08 January 2019): D721–28", "2019 47 D1 D721-28");
        check("Sci, Volume 37, Issue Database issue, 17 November 2009, Pages D2–D3", "2009 37 Database issue D2-D3");
        check("Acta 61, no. Pt 10 (2005): 1961–1980.", "2005 61 Pt 10 1961-1980");
        check("Radiol. 13, 11 (November 2003), 2544–2546.", "2003 13 11 2544-2546");
        check("Int 22, S1 (2019), 2145–2164.", "2019 22 S1 2145-2164");
    }

    #[test]
    fn reads_dates() {
        check("J Biol 2015-10-12", "2015 _ _ _");
        check("BioRxiv, January 1, 2020", "2020 _ _ _");
        check("Intelligence, Feb. 2022, pp. 620–624.", "2022 _ _ 620-624");
        check("(CVPR ’16), COLING-2018, KDD2019", "2016 _ _ _ | 2018 _ _ _ | 2019 _ _ _");
    }

    #[test]
    fn a_year_may_be_a_volume() {
        check("Database (Oxford) 2016, bau147 (2016).", "2016 2016 _ bau147");
        check("Database 2011 (2011).", "2011 2011 _ _");
    }

    #[test]
    fn leaves_other_numbers_alone() {
        for text in [
            "Python 3 is fast",
            "version 2.0 of it",
            "10,000 maps across 800 samples",
            "top 5, best 3 of all",
            "released in 2019 by us",
        ] {
            assert!(locators(&tokenise(text).0).is_empty(), "{text}: {:?}", locators(&tokenise(text).0));
        }
    }
}
