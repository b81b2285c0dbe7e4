//! The words that occur in the index: how often, which are alike, which begin alike.

use std::cmp::Reverse;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::schema::Fields;

/// So many words at most are taken for one that was mistyped.
const MAX_ALIKE: usize = 10;
/// Longer words are not compared; the automaton grows with the length.
const MAX_COMPARED: usize = 24;

/// The words of an index.
pub(super) struct Dictionary<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
}

/// A word of the index that is much like the one that was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Alike {
    pub(super) word: String,
    /// How many letters are wrong, missing, too many, or have changed places.
    pub(super) n_slips: usize,
    n_documents: u32,
}

impl Dictionary<'_> {
    /// Whether a word occurs in a field.
    pub(super) fn has(&self, field: Field, word: &str) -> tantivy::Result<bool> {
        Ok(self.n_documents(field, word)? > 0)
    }

    /// In how many documents a word occurs in a field.
    pub(super) fn n_documents(&self, field: Field, word: &str) -> tantivy::Result<u64> {
        self.searcher.doc_freq(&Term::from_field_text(field, word))
    }

    /// The words that a mistyped word may have meant, the likeliest first; not the word itself.
    pub(super) fn alike(&self, word: &str) -> tantivy::Result<Vec<Alike>> {
        let n_slips = slips_allowed(word);
        if n_slips == 0 {
            return Ok(Vec::new());
        }
        let term = Term::from_field_text(self.fields.word, word);
        let mut alike = self.matching(&FuzzyTermQuery::new(term, n_slips, true), word)?;
        let first = word.chars().next();
        alike.sort_by_key(|found| {
            (found.n_slips, found.word.chars().next() != first, Reverse(found.n_documents), found.word.clone())
        });
        alike.truncate(MAX_ALIKE);
        Ok(alike)
    }

    /// The words that begin like this one, the most frequent first.
    pub(super) fn beginning(&self, word: &str) -> tantivy::Result<Vec<String>> {
        if word.chars().count() < 3 || word.chars().count() > MAX_COMPARED {
            return Ok(Vec::new());
        }
        let term = Term::from_field_text(self.fields.word, word);
        let mut longer = self.matching(&FuzzyTermQuery::new_prefix(term, 0, true), word)?;
        longer.sort_by(|a, b| b.n_documents.cmp(&a.n_documents).then_with(|| a.word.cmp(&b.word)));
        longer.truncate(MAX_ALIKE);
        Ok(longer.into_iter().map(|found| found.word).collect())
    }

    fn matching(&self, query: &FuzzyTermQuery, word: &str) -> tantivy::Result<Vec<Alike>> {
        let mut found: Vec<Alike> = Vec::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.word)?;
            let mut stream = index.terms().search(query.automaton()?).into_stream()?;
            while stream.advance() {
                let Ok(other) = std::str::from_utf8(stream.key()) else { continue };
                if other != word {
                    let n_slips = strsim::osa_distance(word, other);
                    let n_documents = stream.value().doc_freq;
                    found.push(Alike { word: other.to_owned(), n_slips, n_documents });
                }
            }
        }
        found.sort_by(|a, b| a.word.cmp(&b.word));
        found.dedup_by(|next, kept| {
            let same = next.word == kept.word;
            if same {
                kept.n_documents += next.n_documents;
            }
            same
        });
        Ok(found)
    }
}

/// How many slips a word may have: one from four letters on, two from eight on.
///
/// None in numbers and names with digits, where one off is another thing, and none in ideographs.
pub(super) fn slips_allowed(word: &str) -> u8 {
    let n_letters = word.chars().count();
    if n_letters > MAX_COMPARED || !word.chars().all(|c| c.is_alphabetic() && u32::from(c) < 0x2E80) {
        return 0;
    }
    match n_letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}
