//! Cuts a reference string into tokens: words, numbers, punctuation and whole identifiers.

use crate::id::{ArxivId, Doi, Identifiers, Pmcid, Pmid, WebUrl};

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
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
    Identifier(Box<Identifiers>),
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
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

    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// The number, if it is a plausible year of publication.
    pub(super) fn year(&self) -> Option<u16> {
        let is_year = self.kind == TokenKind::Number && self.text.len() == 4;
        is_year.then(|| self.text.parse().ok()).flatten().filter(|year| (1800..2050).contains(year))
    }
}

pub(super) fn tokenise(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::with_capacity(text.len() / 4) };
    while lexer.at < text.len() {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return };
        if first == '\n' {
            self.push(TokenKind::Break, 1);
        } else if first.is_whitespace() || is_invisible(first) {
            self.at += first.len_utf8();
        } else if let Some((ids, length)) = identifier(rest, self.tokens.last()) {
            self.push(TokenKind::Identifier(Box::new(ids)), length);
        } else if is_letter(first) || first.is_ascii_digit() {
            let (kind, length) = run(rest);
            self.push(kind, length);
        } else if first.is_alphanumeric() {
            self.push(TokenKind::Word, first.len_utf8());
        } else {
            self.push(TokenKind::Mark(ascii_mark(first)), first.len_utf8());
        }
    }

    fn push(&mut self, kind: TokenKind, length: usize) {
        let before = self.text[..self.at].chars().next_back();
        let spaced = before.is_none_or(char::is_whitespace);
        self.tokens.push(Token { kind, text: &self.text[self.at..self.at + length], start: self.at, spaced });
        self.at += length;
    }
}

/// A letter of a name or a word; superscript letters and ordinal signs are none.
fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || (character.is_alphabetic() && !matches!(character, 'ª' | 'º' | '\u{2b0}'..='\u{2ff}'))
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

fn is_combining(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// A run of letters and digits: its kind and its length in bytes.
fn run(text: &str) -> (TokenKind, usize) {
    let mut characters = text.char_indices().peekable();
    let (mut n_letters, mut n_digits, mut end) = (0, 0, 0);
    while let Some((at, character)) = characters.next() {
        if is_letter(character) || is_combining(character) {
            n_letters += 1;
        } else if character.is_ascii_digit() {
            n_digits += 1;
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

/// An identifier at the beginning of the text, with its label, and its length.
fn identifier(text: &str, before: Option<&Token<'_>>) -> Option<(Identifiers, usize)> {
    match text.as_bytes()[0] {
        b'h' | b'H' | b'w' => address(text),
        b'd' | b'D' => doi(text),
        b'1' => bare_doi(text, 0).or_else(|| preprint_number(text, before)),
        b'a' | b'A' => arxiv(text),
        b'P' | b'p' => pubmed(text),
        b'0'..=b'9' => preprint_number(text, before),
        _ => None,
    }
}

fn address(text: &str) -> Option<(Identifiers, usize)> {
    let is_address = ["http://", "https://", "www.", "HTTP://", "HTTPS://"].iter().any(|start| text.starts_with(start));
    if !is_address {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '，' | '。' | '；' | '）')).unwrap_or(text.len());
    let length = trim_address(&text[..end]);
    let url: WebUrl = text[..length].parse().ok()?;
    Some((Identifiers::from_url(&url), length))
}

/// The length of an address without the punctuation of the sentence around it.
pub(crate) fn trim_address(text: &str) -> usize {
    let mut text = text;
    loop {
        let cut = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '|', '`']);
        let cut = match cut.chars().next_back() {
            Some(')') if cut.matches('(').count() < cut.matches(')').count() => &cut[..cut.len() - 1],
            Some(']') if cut.matches('[').count() < cut.matches(']').count() => &cut[..cut.len() - 1],
            _ => cut,
        };
        if cut.len() == text.len() {
            return text.len();
        }
        text = cut;
    }
}

fn doi(text: &str) -> Option<(Identifiers, usize)> {
    if let Some(rest) = text.strip_prefix("doi.org/").or_else(|| text.strip_prefix("dx.doi.org/")) {
        return bare_doi(rest, text.len() - rest.len());
    }
    let label = text.get(..3).filter(|label| label.eq_ignore_ascii_case("doi"))?;
    let rest = text[label.len()..].trim_start_matches([':', ' ', '：', '.', '=', '\u{a0}']);
    let offset = text.len() - rest.len();
    if let Some((ids, length)) = address(rest).filter(|(ids, _)| ids.doi.is_some()) {
        return Some((ids, offset + length));
    }
    let rest = rest.strip_prefix("doi.org/").unwrap_or(rest);
    bare_doi(rest, text.len() - rest.len())
}

fn bare_doi(text: &str, offset: usize) -> Option<(Identifiers, usize)> {
    if !text.starts_with("10.") {
        return None;
    }
    let (doi, range) = Doi::find_in(text).filter(|(_, range)| range.start == 0)?;
    let mut ids = Identifiers::default();
    ids.fill_from(Identifiers { doi: Some(doi), ..Identifiers::default() });
    Some((ids, offset + range.end))
}

fn arxiv(text: &str) -> Option<(Identifiers, usize)> {
    let label = text.get(..5).filter(|label| label.eq_ignore_ascii_case("arxiv"))?;
    let rest = text[label.len()..].trim_start_matches([':', ' ', '：', '.', '-', '#']);
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | ']' | '(' | '[')).unwrap_or(rest.len());
    let id: ArxivId = rest[..end].parse().ok()?;
    let length = text.len() - rest.len() + rest[..end].trim_end_matches('.').len();
    Some((Identifiers { arxiv: Some(id), ..Identifiers::default() }, length))
}

fn pubmed(text: &str) -> Option<(Identifiers, usize)> {
    let end = |from: usize| {
        let rest = &text[from..];
        let start = rest.len() - rest.trim_start_matches([':', ' ', '：']).len();
        let digits = rest[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        from + start + digits
    };
    let head = text.get(..5).unwrap_or(text);
    if head.eq_ignore_ascii_case("PMCID") {
        let end = end(5);
        let pmcid: Pmcid = text[..end].parse().ok()?;
        return Some((Identifiers { pmcid: Some(pmcid), ..Identifiers::default() }, end));
    }
    if head.get(..4).is_some_and(|label| label.eq_ignore_ascii_case("PMID")) {
        let end = end(4);
        let pmid: Pmid = text[..end].parse().ok()?;
        return Some((Identifiers { pmid: Some(pmid), ..Identifiers::default() }, end));
    }
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let pmcid: Pmcid = text.starts_with("PMC").then(|| text[..length].parse().ok())??;
    Some((Identifiers { pmcid: Some(pmcid), ..Identifiers::default() }, length))
}

/// The number that follows the name of a preprint server: `bioRxiv 807214`, `medRxiv 2020.03.01.20029769`.
fn preprint_number(text: &str, before: Option<&Token<'_>>) -> Option<(Identifiers, usize)> {
    let server = before?;
    if !(server.is("biorxiv") || server.is("medrxiv")) {
        return None;
    }
    let run = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = text[..run].trim_end_matches('.');
    let last = number.rsplit('.').next().unwrap_or_default();
    if last.len() < 5 {
        return None;
    }
    let doi: Doi = format!("10.1101/{number}").parse().ok()?;
    Some((Identifiers { doi: Some(doi), ..Identifiers::default() }, number.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokenise(text).iter().map(|token| token.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keeps_words_and_identifiers_whole() {
        check("Bar-Joseph Z.  Proc", &["Bar-Joseph", "Z", ".", "Proc"]);
        check("16(2): e1007616.", &["16", "(", "2", ")", ":", "e1007616", "."]);
        check("M.C.Liu1, doi: 10.1/x", &["M", ".", "C", ".", "Liu1", ",", "doi", ":", "10", ".", "1", "/", "x"]);
        check("bioRxiv 807214; doi: https://doi.org/10.1101/807214", &["bioRxiv", "807214", ";", "doi: https://doi.org/10.1101/807214"]);
        check("arXiv preprint arXiv:1710.10903, 2017", &["arXiv", "preprint", "arXiv:1710.10903", ",", "2017"]);
        check("PMID: 26301843. PMC4768299", &["PMID: 26301843", ".", "PMC4768299"]);
    }
}
