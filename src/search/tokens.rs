//! The words of a text as tantivy indexes them.

use std::collections::BTreeSet;

use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

use super::chinese::segments;
use super::words::{Run, camel_parts, fold, runs, without_symbols};

/// Name of the tokenizer that gives words as they are.
pub(super) const WORDS: &str = "words";
/// Name of the tokenizer that gives the stems of English words.
pub(super) const STEMS: &str = "stems";

/// Of longer texts only so many characters are indexed.
const MAX_CHARACTERS: usize = 20_000;
/// Of longer names only so many characters are in their key.
const MAX_NAME: usize = 200;

/// The tokenizers of our fields.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, TextAnalyzer::from(Words));
    manager.register(STEMS, TextAnalyzer::builder(Words).filter(Stemmer::new(Language::English)).build());
    manager
}

/// Gives words, and at the same places what they may be written as: `scRNA-seq` is `scrna`, `seq` and `scrnaseq`.
///
/// Ideographs stand one by one, each with a place of its own, and above them the words that jieba finds. So a word
/// that it does not find can be sought as a phrase of its characters.
#[derive(Clone)]
struct Words;

impl Tokenizer for Words {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens = Tokens { tokens: Vec::new(), place: 0, next: 0 };
        for run in runs(text, MAX_CHARACTERS) {
            match run {
                Run::Chunk(words) => tokens.add_chunk(&words),
                Run::Ideographs(run) => tokens.add_ideographs(&run),
            }
        }
        // tantivy wants the places of a word in ascending order.
        tokens.tokens.sort_by_key(|token| token.position);
        tokens
    }
}

/// The first letter and the first two of each word of a name.
///
/// While so little is typed, thousands of words begin so; one list of all of them is found at once.
pub(super) fn starts(name: &str) -> BTreeSet<String> {
    let tokens = Words.token_stream(name).tokens;
    tokens.iter().flat_map(|token| [1, 2].map(|n| token.text.chars().take(n).collect())).collect()
}

/// The tokens of one text.
struct Tokens {
    tokens: Vec<Token>,
    /// The place of the next word.
    place: usize,
    /// Index of the token after the current one.
    next: usize,
}

impl Tokens {
    fn add_chunk(&mut self, words: &[String]) {
        let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
        for pair in folded.windows(2) {
            self.add_at(self.place, pair.concat());
        }
        if matches!(folded.len(), 3 | 4) {
            self.add_at(self.place, folded.concat());
        }
        for (word, folded) in words.iter().zip(folded) {
            self.add_word(word, folded);
        }
    }

    fn add_word(&mut self, word: &str, folded: String) {
        if let Some(plain) = without_symbols(&folded) {
            self.add_at(self.place, plain.to_owned());
        }
        let parts = camel_parts(word);
        for (i, part) in parts.iter().enumerate() {
            self.add_at(self.place + i, fold(part));
        }
        self.add_at(self.place, folded);
        self.place += parts.len().max(1);
    }

    fn add_ideographs(&mut self, run: &str) {
        let start = self.place;
        for segment in segments(run) {
            self.add_at(start + segment.start, segment.word.to_owned());
        }
        for character in run.chars() {
            self.add_at(self.place, character.to_string());
            self.place += 1;
        }
    }

    fn add_at(&mut self, place: usize, text: String) {
        self.tokens.push(Token { position: place, text, ..Token::default() });
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

/// Gives stems as the index has them.
pub(super) struct Stems(TextAnalyzer);

impl Default for Stems {
    fn default() -> Self {
        Self(TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build())
    }
}

impl Stems {
    pub(super) fn stem(&mut self, word: &str) -> String {
        let mut stream = self.0.token_stream(word);
        stream.next().map_or_else(|| word.to_owned(), |token| token.text.clone())
    }

    /// What a whole name comes down to when endings do not matter.
    pub(super) fn key(&mut self, name: &str) -> String {
        let mut key = String::new();
        for run in runs(name, MAX_NAME) {
            match run {
                Run::Chunk(words) => words.iter().for_each(|word| key.push_str(&self.stem(&fold(word)))),
                Run::Ideographs(run) => key.push_str(&run),
            }
        }
        key
    }
}
