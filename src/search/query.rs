//! A plan as a query of tantivy.
//!
//! A document matches that is called exactly so, or that has enough of the words. For each word the best of its forms
//! in the best of the fields counts, and a little of the others; on top come words that stand close together.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::collect::STEP;
use super::dictionary::{Dictionary, slips_allowed};
use super::plan::{Form, Plan, Word};
use super::tokens::Stems;

/// Above all that words can add up to, so that whoever types a name gets what is called so. Multiples of [`STEP`].
const SAME_NAME: f32 = 10.0 * STEP;
const SAME_OTHER_NAME: f32 = 5.0 * STEP;
const SAME_STEMS: f32 = 3.0 * STEP;
/// From this score on a thing is called what was asked for.
pub(super) const SAME: f32 = SAME_STEMS;
/// To have what was typed and not just the like of it.
const AS_TYPED: f32 = STEP;
/// As much as some good words.
const NAME_WITH_SLIP: f32 = 30.0;

/// How much a word counts in each field.
const NAME: f32 = 1.0;
const NAME_WORD: f32 = 0.9;
const OTHER_NAME: f32 = 0.6;
const PEOPLE: f32 = 0.5;
const TOPIC: f32 = 0.4;
const TEXT: f32 = 0.25;
/// The exact word anywhere.
const ANYWHERE: f32 = 0.27;
/// How much the other fields and forms count beside the best.
const OTHERS: f32 = 0.15;

/// Makes queries of a plan.
pub(super) struct Writer<'a> {
    pub(super) dictionary: &'a Dictionary<'a>,
    stems: Stems,
}

impl<'a> Writer<'a> {
    pub(super) fn new(dictionary: &'a Dictionary<'a>) -> Self {
        Self { dictionary, stems: Stems::default() }
    }

    /// What matches if `n_words` of the words that must occur do.
    pub(super) fn query(&mut self, plan: &Plan, n_words: usize) -> tantivy::Result<Box<dyn Query>> {
        let fields = self.dictionary.fields;
        let mut clauses = Vec::new();
        if !plan.key.is_empty() {
            clauses.push(always(term(fields.name_key, &plan.key), SAME_NAME));
            clauses.push(always(term(fields.identifier, &plan.key), SAME_NAME));
            clauses.push(always(term(fields.other_key, &plan.key), SAME_OTHER_NAME));
            clauses.push(always(term(fields.stem_key, &plan.stem_key), SAME_STEMS));
        }
        if plan.is_guess {
            clauses.extend(self.name_with_slip(&plan.key));
        }
        if n_words > 0 {
            clauses.push(self.words(plan, n_words, plan.is_guess)?);
        }
        if n_words > 0 && plan.is_guess {
            clauses.push(always(self.words(plan, n_words, false)?, AS_TYPED));
        }
        Ok(any(clauses))
    }

    fn name_with_slip(&self, key: &str) -> Option<Box<dyn Query>> {
        let n_slips = slips_allowed(key);
        let term = Term::from_field_text(self.dictionary.fields.name_key, key);
        (n_slips > 0).then(|| always(Box::new(FuzzyTermQuery::new(term, n_slips, true)), NAME_WITH_SLIP))
    }

    fn words(&mut self, plan: &Plan, n_words: usize, with_guesses: bool) -> tantivy::Result<Box<dyn Query>> {
        let mut needed = Vec::new();
        let mut clauses = Vec::new();
        for word in &plan.words {
            let query = self.word(word, with_guesses)?;
            if word.is_weak {
                clauses.push((Occur::Should, query));
            } else {
                needed.push(query);
            }
        }
        if n_words >= needed.len() {
            clauses.extend(needed.into_iter().map(|query| (Occur::Must, query)));
        } else {
            let enough = BooleanQuery::union_with_minimum_required_clauses(needed, n_words);
            clauses.push((Occur::Must, Box::new(enough)));
        }
        for query in self.close(plan) {
            clauses.push((Occur::Should, query));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn word(&mut self, word: &Word, with_guesses: bool) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses = Vec::new();
        let guesses: &[Form] = if with_guesses { &word.guesses } else { &[] };
        for form in word.forms.iter().chain(guesses) {
            match form {
                Form::Word(text, factor) => self.add_word(&mut clauses, text, *factor)?,
                Form::Row(words, factor) => {
                    let words: Vec<(usize, &str)> = (0..).zip(words.iter().map(String::as_str)).collect();
                    clauses.extend(self.row(&words, *factor, 0));
                }
                Form::All(words, factor) => clauses.push(self.all(words, *factor)?),
            }
        }
        Ok(Box::new(DisjunctionMaxQuery::with_tie_breaker(clauses, OTHERS)))
    }

    /// A word in each field that has it.
    fn add_word(&mut self, clauses: &mut Vec<Box<dyn Query>>, word: &str, factor: f32) -> tantivy::Result<()> {
        let fields = self.dictionary.fields;
        let stem = self.stems.stem(word);
        let places = [
            (fields.name, stem.as_str(), NAME),
            (fields.name_word, word, NAME_WORD),
            (fields.other, &stem, OTHER_NAME),
            (fields.people, word, PEOPLE),
            (fields.topic_name, &stem, TOPIC),
            (fields.text, &stem, TEXT),
            (fields.word, word, ANYWHERE),
        ];
        for (field, word, weight) in places {
            if self.dictionary.has(field, word)? {
                clauses.push(boosted(term(field, word), weight * factor));
            }
        }
        Ok(())
    }

    fn all(&mut self, words: &[String], factor: f32) -> tantivy::Result<Box<dyn Query>> {
        let mut needed: Vec<Box<dyn Query>> = Vec::new();
        for word in words {
            let mut clauses = Vec::new();
            self.add_word(&mut clauses, word, factor)?;
            needed.push(Box::new(DisjunctionMaxQuery::with_tie_breaker(clauses, OTHERS)));
        }
        Ok(Box::new(BooleanQuery::intersection(needed)))
    }

    /// Neighbors of the question that are neighbors in the document, and names that have all of it in a row.
    fn close(&mut self, plan: &Plan) -> Vec<Box<dyn Query>> {
        let words: Vec<(usize, &str)> =
            plan.words.iter().filter(|word| !word.is_weak).map(|word| (word.place, word.text.as_str())).collect();
        let mut clauses = Vec::new();
        for pair in words.windows(2) {
            if pair[1].0 - pair[0].0 <= 6 {
                clauses.extend(self.row(pair, 0.5, 1));
            }
        }
        if (3..=12).contains(&words.len()) {
            clauses.extend(self.row(&words, 0.5, 0));
        }
        clauses
    }

    /// Words at these places, counted from anywhere, in each field; so many places may be between them.
    fn row(&mut self, words: &[(usize, &str)], factor: f32, slop: u32) -> Vec<Box<dyn Query>> {
        let fields = self.dictionary.fields;
        let first = words.first().map_or(0, |word| word.0);
        let stems: Vec<String> = words.iter().map(|word| self.stems.stem(word.1)).collect();
        let mut clauses = Vec::new();
        for (field, weight) in [
            (fields.name, NAME),
            (fields.other, OTHER_NAME),
            (fields.topic_name, TOPIC),
            (fields.text, TEXT),
            (fields.people, PEOPLE),
        ] {
            let is_stemmed = field != fields.people;
            let terms = words.iter().zip(&stems).map(|((place, word), stem)| {
                (place - first, Term::from_field_text(field, if is_stemmed { stem } else { word }))
            });
            let phrase = PhraseQuery::new_with_offset_and_slop(terms.collect(), slop);
            clauses.push(boosted(Box::new(phrase), weight * factor));
        }
        clauses
    }
}

pub(super) fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

pub(super) fn any(clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::union(clauses))
}

pub(super) fn all(clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::intersection(clauses))
}

/// What matches any of these, with the score of the best.
pub(super) fn best_of(clauses: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(DisjunctionMaxQuery::new(clauses))
}

/// A query that gives each match the same score.
pub(super) fn always(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

fn boosted(query: Box<dyn Query>, factor: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, factor))
}
