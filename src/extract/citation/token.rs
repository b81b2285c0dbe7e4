//! Cuts a reference string into tokens: words, numbers, punctuation and whole identifiers.

use super::identifier::identifier;
use super::lexicon::{Traits, traits};
use crate::id::Identifiers;
use crate::model::is_han;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with hyphens and apostrophes between them.
    Word,
    /// Digits.
    Number,
    /// Letters and digits in one: `e1007616`, `Liu1`, `W90`.
    Mixed,
    /// One mark, in its ASCII form: every dash is `-`, `，` is `,`, every quotation mark is `"`.
    Mark(char),
    /// The end of a line.
    Break,
    /// A DOI, an arXiv identifier, an address, together with the label before it.
    Identifier,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
    /// What is known of it if it is a word.
    traits: Traits,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether the word has any of the traits.
    pub(super) fn has(&self, traits: Traits) -> bool {
        self.traits.has(traits)
    }

    /// A word that names a venue alone, or one that names of venues are made of.
    pub(super) fn is_of_venue(&self) -> bool {
        self.has(Traits::VENUE.and(Traits::ACRONYM))
    }

    /// The number, if it is a plausible year of publication.
    pub(super) fn year(&self) -> Option<u16> {
        let is_year = self.is_number() && self.text.len() == 4;
        is_year.then(|| self.text.parse().ok()).flatten().filter(|year| (1800..2050).contains(year))
    }

    /// A mark, a line end: nothing that can be read.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.kind, TokenKind::Mark(_) | TokenKind::Break)
    }
}

/// Tokens from the first to one past the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// The text from the first token of the span to its last.
pub(super) fn slice<'a>(text: &'a str, tokens: &[Token<'_>], span: Span) -> &'a str {
    if span.start >= span.end {
        return "";
    }
    &text[tokens[span.start].start..tokens[span.end - 1].end()]
}

/// The tokens of a text, and all identifiers in it; the first of each scheme counts.
pub(super) fn tokenise(text: &str) -> (Vec<Token<'_>>, Identifiers) {
    let mut lexer = Lexer {
        text,
        at: 0,
        spaced: true,
        tokens: Vec::with_capacity(text.len() / 4 + 4),
        ids: Identifiers::default(),
    };
    while lexer.at < text.len() {
        lexer.step();
    }
    (lexer.tokens, lexer.ids)
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    spaced: bool,
    tokens: Vec<Token<'a>>,
    ids: Identifiers,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else {
            return;
        };
        if first == '\n' {
            self.push(TokenKind::Break, 1);
            self.spaced = true;
        } else if first.is_whitespace() || is_invisible(first) {
            self.at += first.len_utf8();
            self.spaced |= first.is_whitespace();
        } else if is_letter(first) || first.is_ascii_digit() {
            self.word(rest);
        } else if is_superscript(first) {
            self.push(TokenKind::Mark('^'), first.len_utf8());
        } else if first.is_alphanumeric() {
            self.push(TokenKind::Word, first.len_utf8());
        } else {
            let mark = self.mark(first, rest);
            self.push(TokenKind::Mark(mark), first.len_utf8());
        }
    }

    fn word(&mut self, rest: &str) {
        let server = self.tokens.last().is_some_and(|token| token.is("biorxiv") || token.is("medrxiv"));
        if let Some((ids, length)) = identifier(rest, server) {
            self.ids.fill_from(ids);
            self.push(TokenKind::Identifier, length);
            return;
        }
        let (kind, length) = run(rest);
        // `ICCV2023` is a venue and a year.
        let letters = length.saturating_sub(4);
        if kind == TokenKind::Mixed
            && rest.is_char_boundary(letters)
            && is_dated_acronym(&rest[..letters], &rest[letters..length])
        {
            self.push(TokenKind::Word, letters);
            self.push(TokenKind::Number, 4);
        } else {
            self.push(kind, length);
        }
    }

    /// The mark in its ASCII form. An apostrophe that opens or closes a word is a quotation mark, unless it stands
    /// for the century: `CVPR ’16`.
    fn mark(&self, first: char, rest: &str) -> char {
        let mark = ascii_mark(first);
        if mark != '\'' {
            return mark;
        }
        let next = rest.chars().nth(1);
        let opens = self.spaced && next.is_some_and(char::is_alphabetic);
        let closes = !self.spaced && next.is_none_or(|next| !next.is_alphanumeric());
        if opens || closes || first == '‘' { '"' } else { '\'' }
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let text = &self.text[self.at..self.at + length];
        let traits = if matches!(kind, TokenKind::Word | TokenKind::Mixed) { traits(text) } else { Traits::default() };
        self.tokens.push(Token { kind, text, start: self.at, spaced: self.spaced, traits });
        self.at += length;
        self.spaced = false;
    }
}

fn is_dated_acronym(letters: &str, digits: &str) -> bool {
    let is_year = digits.starts_with("19") || digits.starts_with("20");
    is_year && digits.bytes().all(|byte| byte.is_ascii_digit()) && traits(letters).has(Traits::ACRONYM)
}

/// A letter of a name or a word; superscript letters and ordinal signs are none.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic()
        || (!character.is_ascii()
            && character.is_alphabetic()
            && !matches!(character, 'ª' | 'º' | '\u{2b0}'..='\u{2ff}'))
}

fn is_superscript(character: char) -> bool {
    matches!(character, '¹' | '²' | '³' | '\u{2070}'..='\u{209c}' | '\u{2b0}'..='\u{2ff}' | 'ª' | 'º')
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

/// A run of letters and digits: its kind and its length in bytes.
fn run(text: &str) -> (TokenKind, usize) {
    let mut characters = text.char_indices().peekable();
    let (mut n_letters, mut n_digits, mut end) = (0, 0, 0);
    let mut is_in_han = None;
    while let Some((at, character)) = characters.next() {
        if character.is_ascii_digit() {
            n_digits += 1;
        } else if is_letter(character) {
            // Han characters and letters are not written with spaces between them.
            let script = is_han(character);
            if *is_in_han.get_or_insert(script) != script {
                break;
            }
            n_letters += 1;
        } else if !character.is_ascii() && unicode_normalization::char::is_combining_mark(character) {
            n_letters += 1;
        } else if is_joiner(character) && n_digits == 0 && characters.peek().is_some_and(|(_, next)| is_letter(*next)) {
            // `Bar-Joseph`, `O’Flanagan`
        } else {
            break;
        }
        end = at + character.len_utf8();
    }
    let kind = match (n_letters, n_digits) {
        (0, _) => TokenKind::Number,
        (_, 0) => TokenKind::Word,
        _ => TokenKind::Mixed,
    };
    (kind, end)
}

fn is_joiner(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | 'ʼ' | '`' | '´')
}

fn ascii_mark(character: char) -> char {
    match character {
        '\u{2010}'..='\u{2015}' | '−' | '～' | '~' => '-',
        '，' | '、' => ',',
        '：' | '∶' => ':',
        '；' => ';',
        '（' => '(',
        '）' => ')',
        '。' | '．' | '｡' => '.',
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '《' | '》' => '"',
        '‘' | '’' => '\'',
        '？' => '?',
        '！' => '!',
        '／' => '/',
        '【' | '［' => '[',
        '】' | '］' => ']',
        '＆' => '&',
        '·' | '•' => '|',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokenise(text).0.iter().map(|token| token.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keeps_words_and_identifiers_whole() {
        check("Bar-Joseph Z.  Proc", &["Bar-Joseph", "Z", ".", "Proc"]);
        check("16(2): e1007616.", &["16", "(", "2", ")", ":", "e1007616", "."]);
        check("M.C.Liu1, doi: 10.1/x", &["M", ".", "C", ".", "Liu1", ",", "doi", ":", "10", ".", "1", "/", "x"]);
        check(
            "bioRxiv 807214; doi: https://doi.org/10.1101/807214",
            &["bioRxiv", "807214", ";", "doi: https://doi.org/10.1101/807214"],
        );
        check("arXiv preprint arXiv:1710.10903, 2017", &["arXiv", "preprint", "arXiv:1710.10903", ",", "2017"]);
        check("PMID: 26301843. PMC4768299", &["PMID: 26301843", ".", "PMC4768299"]);
        check("CoRR, abs/2306.08387", &["CoRR", ",", "abs/2306.08387"]);
    }

    #[test]
    fn parts_an_acronym_from_its_year() {
        check("ICCV2023, GRCh2038", &["ICCV", "2023", ",", "GRCh2038"]);
    }

    #[test]
    fn tells_apostrophes_from_quotation_marks() {
        let marks = |text: &str| tokenise(text).0.iter().filter(|token| token.is_mark('"')).count();
        assert_eq!((marks("‘Title’, J"), marks("O’Brien's (CVPR ’16)"), marks("'A b'")), (2, 0, 2));
    }
}
