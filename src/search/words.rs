//! Text to words: the same for what is indexed and for what is asked.
//!
//! Characters are folded (NFKC, so full-width forms too; case; accents), then cut into [`Run`]s: words tied by hyphens
//! and the like, and stretches of ideographs. What becomes of a run is for `tokens` (index) and `plan` (question).

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// Longer words are cut off; no name needs more, and automata grow with them.
const MAX_LETTERS: usize = 64;
/// Longest key of a whole name, in characters.
const MAX_KEY: usize = 200;

/// What stands together in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Words tied by hyphens, points, slashes: `scRNA-seq`. Most are one word. In the case of the text.
    Chunk(Vec<String>),
    /// Chinese or Japanese characters without a break.
    Ideographs(String),
}

/// Cuts the first `max_characters` of a text into runs.
pub(super) fn runs(text: &str, max_characters: usize) -> Vec<Run> {
    let mut cutter = Cutter::default();
    let mut characters = text.chars().take(max_characters).nfkc().filter(|&c| !is_invisible(c)).peekable();
    while let Some(character) = characters.next() {
        cutter.take(character, characters.peek().copied());
    }
    cutter.end_chunk();
    cutter.end_ideographs();
    cutter.runs
}

#[derive(Default)]
struct Cutter {
    runs: Vec<Run>,
    chunk: Vec<String>,
    word: String,
    ideographs: String,
    after_apostrophe: bool,
}

impl Cutter {
    fn take(&mut self, character: char, next: Option<char>) {
        let next_is_letter = next.is_some_and(is_letter);
        if is_ideograph(character) {
            self.end_chunk();
            self.ideographs.push(character);
            return;
        }
        self.end_ideographs();
        if is_letter(character) || (is_symbol(character) && !self.word.is_empty() && !next_is_letter) {
            self.word.push(character);
        } else if is_tie(character) && !self.word.is_empty() && next_is_letter {
            self.end_word();
            self.after_apostrophe = is_apostrophe(character);
        } else {
            self.end_chunk();
        }
    }

    /// The genitive of `Alzheimer's` is no word.
    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        let is_genitive = self.after_apostrophe && word.eq_ignore_ascii_case("s");
        self.after_apostrophe = false;
        if !word.is_empty() && !is_genitive {
            self.chunk.push(word);
        }
    }

    fn end_chunk(&mut self) {
        self.end_word();
        if !self.chunk.is_empty() {
            self.runs.push(Run::Chunk(std::mem::take(&mut self.chunk)));
        }
    }

    fn end_ideographs(&mut self) {
        if !self.ideographs.is_empty() {
            self.runs.push(Run::Ideographs(std::mem::take(&mut self.ideographs)));
        }
    }
}

/// Small letters without accents, no longer than a word may be.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let mut folded = word.to_ascii_lowercase();
        folded.truncate(MAX_LETTERS);
        return folded;
    }
    let mut folded = String::with_capacity(word.len());
    for character in word.nfkd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase).take(MAX_LETTERS) {
        match letters_of(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(character),
        }
    }
    folded.nfc().filter(|&c| !is_accent(c)).collect()
}

/// The parts of `CellMarker`; nothing when it has none of three letters and more on each side.
pub(super) fn camel_parts(word: &str) -> Vec<&str> {
    let letters: Vec<(usize, char)> = word.char_indices().collect();
    let mut cuts = vec![0];
    for (i, window) in letters.windows(2).enumerate() {
        let (before, (at, here)) = (window[0].1, window[1]);
        let starts_word = letters.get(i + 2).is_some_and(|(_, after)| after.is_lowercase());
        if here.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && starts_word)) {
            cuts.push(at);
        }
    }
    cuts.push(word.len());
    let parts: Vec<&str> = cuts.windows(2).map(|cut| &word[cut[0]..cut[1]]).collect();
    let is_whole = parts.len() < 2 || parts.iter().any(|part| part.chars().count() < 3);
    if is_whole { Vec::new() } else { parts }
}

/// A word without the signs at its end: `notepad` of `notepad++`, nothing for `c++`.
pub(super) fn without_symbols(word: &str) -> Option<&str> {
    let plain = word.trim_end_matches(is_symbol);
    (plain.len() < word.len() && plain.chars().count() > 1).then_some(plain)
}

/// What a whole name or identifier comes down to, however it is spaced: `scRNA-seq` and `scrna seq` have one key.
///
/// Empty when nothing is left. The usual dress of identifiers is taken off: `https://doi.org/`, `arXiv:`, `.git`.
pub(super) fn key(text: &str) -> String {
    let head: String = text.trim().chars().take(2 * MAX_KEY).nfkc().collect();
    let folded = head.to_lowercase();
    undressed(&folded)
        .nfkd()
        .filter(|&c| c.is_alphanumeric() || is_symbol(c))
        .flat_map(|c| letters_of(c).map_or_else(|| c.to_string(), str::to_owned).chars().collect::<Vec<_>>())
        .take(MAX_KEY)
        .nfc()
        .collect()
}

fn undressed(identifier: &str) -> &str {
    const DRESS: [&str; 11] = [
        "https://",
        "http://",
        "www.",
        "doi.org/",
        "dx.doi.org/",
        "github.com/",
        "arxiv.org/abs/",
        "arxiv.org/pdf/",
        "doi:",
        "arxiv:",
        "pmid:",
    ];
    let mut rest = identifier;
    for dress in DRESS {
        rest = rest.strip_prefix(dress).unwrap_or(rest).trim_start();
    }
    let rest = rest.trim_end_matches('/').trim_end_matches(".git").trim_end_matches(".pdf");
    without_version(rest)
}

/// `2103.00020` of `2103.00020v2`.
fn without_version(identifier: &str) -> &str {
    let Some((number, version)) = identifier.rsplit_once('v') else { return identifier };
    let is_arxiv = number.len() >= 9
        && number.as_bytes().get(4) == Some(&b'.')
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
    if is_arxiv && is_version { number } else { identifier }
}

pub(super) fn is_ideograph(character: char) -> bool {
    // Scripts are looked up in a table; letters of English need not be.
    !character.is_ascii()
        && matches!(character.script(), Script::Han | Script::Hiragana | Script::Katakana)
        && character.is_alphanumeric()
}

fn is_letter(character: char) -> bool {
    (character.is_alphanumeric() && !is_ideograph(character)) || is_accent(character)
}

fn is_symbol(character: char) -> bool {
    matches!(character, '+' | '#')
}

fn is_tie(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '.' | '/' | '@') || is_apostrophe(character)
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{02BC}' | '`')
}

fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Soft hyphens and zero-width signs, which stand inside words.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters that have no decomposition in Unicode.
fn letters_of(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}
