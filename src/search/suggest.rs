//! What a text may be the beginning of, while it is typed.

use tantivy::Term;
use tantivy::query::{FuzzyTermQuery, PhraseQuery, Query};

use super::collect::Tally;
use super::dictionary::{Dictionary, slips_allowed};
use super::query::{all, always, any, best_of, term};
use super::schema::start_of_name;
use super::words::{Run, fold, key, runs};
use super::{Hit, Request};

/// Names are short; the rest of a longer text does not count.
const MAX_CHARACTERS: usize = 200;
const MAX_WORDS: usize = 8;

/// How much it counts to be the name, to begin it, to begin another name, to begin a word of one, and to do so nearly.
const WHOLE: f32 = 16.0;
const BEGINNING: f32 = 8.0;
const OTHER_BEGINNING: f32 = 4.0;
const WORDS: f32 = 2.0;
const IDENTIFIER: f32 = 1.5;
const BEGINNING_WITH_SLIP: f32 = 0.8;
const WORDS_WITH_SLIP: f32 = 0.4;

/// The best names that a text begins; if they are few, names that it begins but for slips after them.
pub(super) fn suggest(dictionary: &Dictionary<'_>, text: &str, limit: usize) -> tantivy::Result<Vec<Hit>> {
    let text: String = text.chars().take(MAX_CHARACTERS).collect();
    let typed = Typed { dictionary, key: key(&text), words: words(&text) };
    if typed.key.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let mut clauses = typed.exact();
    let hits = best(dictionary, &*best_of(clauses), limit)?;
    if hits.len() >= limit {
        return Ok(hits);
    }
    clauses = typed.exact();
    clauses.extend(typed.with_slips());
    best(dictionary, &*best_of(clauses), limit)
}

fn best(dictionary: &Dictionary<'_>, query: &dyn Query, limit: usize) -> tantivy::Result<Vec<Hit>> {
    let tally = Tally { request: &Request::default(), n_hits: limit, suggests: true };
    Ok(dictionary.searcher.search(query, &tally)?.hits)
}

/// A text that is being typed.
struct Typed<'a> {
    dictionary: &'a Dictionary<'a>,
    key: String,
    words: Vec<String>,
}

impl Typed<'_> {
    fn exact(&self) -> Vec<Box<dyn Query>> {
        let fields = self.dictionary.fields;
        let mut clauses = vec![always(term(fields.name_key, &self.key), WHOLE)];
        if is_short(&self.key) {
            clauses.push(always(term(fields.start, &start_of_name(&self.key)), BEGINNING));
        } else {
            let key = |field| Term::from_field_text(field, &self.key);
            clauses.push(always(beginning(key(fields.name_key), 0), BEGINNING));
            clauses.push(always(beginning(key(fields.other_key), 0), OTHER_BEGINNING));
            clauses.push(always(beginning(key(fields.identifier), 0), IDENTIFIER));
        }
        clauses.extend(self.words_of_name(false).map(|query| always(query, WORDS)));
        clauses
    }

    fn with_slips(&self) -> Vec<Box<dyn Query>> {
        let mut clauses = Vec::new();
        // Names are many and long; more slips in them are left to their words.
        if slips_allowed(&self.key) > 0 {
            let key = Term::from_field_text(self.dictionary.fields.name_key, &self.key);
            clauses.push(always(beginning(key, 1), BEGINNING_WITH_SLIP));
        }
        clauses.extend(self.words_of_name(true).map(|query| always(query, WORDS_WITH_SLIP)));
        clauses
    }

    /// Each word is one of a name, the last one as far as it goes.
    fn words_of_name(&self, with_slips: bool) -> Option<Box<dyn Query>> {
        let (last, whole) = self.words.split_last()?;
        let mut needed: Vec<Box<dyn Query>> = Vec::new();
        for word in whole {
            needed.push(self.word(word, with_slips, false));
        }
        needed.push(self.word(last, with_slips, true));
        Some(all(needed))
    }

    fn word(&self, word: &str, with_slips: bool, is_last: bool) -> Box<dyn Query> {
        let fields = self.dictionary.fields;
        let in_name = Term::from_field_text(fields.name_word, word);
        let n_slips = if with_slips { slips_allowed(word) } else { 0 };
        let characters: Vec<char> = word.chars().collect();
        if characters.len() > 1 && characters.iter().all(|&c| super::words::is_ideograph(c)) {
            let row = |field| -> Box<dyn Query> {
                let terms = characters.iter().map(|c| Term::from_field_text(field, &c.to_string()));
                Box::new(PhraseQuery::new(terms.collect()))
            };
            return any(vec![row(fields.name), row(fields.other)]);
        }
        match (is_last, n_slips) {
            (true, _) if is_short(word) => term(fields.start, word),
            (true, _) => beginning(in_name, n_slips),
            (false, 0) => term(fields.name_word, word),
            (false, _) => Box::new(FuzzyTermQuery::new(in_name, n_slips, true)),
        }
    }
}

/// Whether the index has a list of what begins so.
fn is_short(text: &str) -> bool {
    text.chars().count() <= 2
}

fn beginning(term: Term, n_slips: u8) -> Box<dyn Query> {
    Box::new(FuzzyTermQuery::new_prefix(term, n_slips, true))
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(text, MAX_CHARACTERS) {
        match run {
            Run::Chunk(chunk) => words.extend(chunk.iter().map(|word| fold(word))),
            Run::Ideographs(run) => words.push(run),
        }
    }
    words.truncate(MAX_WORDS);
    words
}
