//! An index that can be asked.

use std::path::Path;

use tantivy::query::{AllQuery, Query};
use tantivy::{IndexReader, ReloadPolicy, Searcher, TantivyError};

use super::collect::{Collected, Tally};
use super::dictionary::Dictionary;
use super::folder;
use super::plan::Plan;
use super::query::{SAME, Writer};
use super::schema::{Fields, schema};
use super::suggest;
use super::{Document, Found, Hit, Reading, Request, SearchError};

/// Nobody leafs further than this.
const MAX_HITS: usize = 10_000;
const MAX_TOPICS: usize = 100;
/// With fewer hits than this, all words are taken for mistyped, too.
const FEW: usize = 3;

/// A full-text index. Many threads may ask it at the same time.
pub struct Index {
    reader: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("n_documents", &self.len()).finish()
    }
}

impl Index {
    /// Makes an index in memory.
    ///
    /// # Errors
    ///
    /// When tantivy fails, which it has no cause to in memory.
    pub fn in_memory(documents: impl IntoIterator<Item = Document>) -> Result<Self, SearchError> {
        let index = tantivy::Index::create_in_ram(schema().0);
        folder::fill(&index, "", documents).map_err(SearchError::Build)?;
        Self::of(&index).map_err(SearchError::Build)
    }

    /// Makes an index in a folder of its own, in place of the one that may be there.
    ///
    /// It is written beside and renamed at the end: whenever the program is killed, the folder has the old index, the
    /// new one, or is not there. The stamp says which state of the data the documents are from.
    ///
    /// # Errors
    ///
    /// When the disk is full or may not be written to.
    pub fn build(
        folder: &Path,
        stamp: &str,
        documents: impl IntoIterator<Item = Document>,
    ) -> Result<Self, SearchError> {
        let index = folder::build(folder, stamp, documents)?;
        Self::of(&index).map_err(SearchError::Build)
    }

    /// Opens the index in a folder if it is there, whole, of this version of the program and of this stamp.
    ///
    /// # Errors
    ///
    /// None at present: what cannot be read is as good as missing, and gives nothing.
    pub fn open(folder: &Path, stamp: &str) -> Result<Option<Self>, SearchError> {
        Ok(folder::open(folder, stamp).and_then(|index| Self::of(&index).ok()))
    }

    fn of(index: &tantivy::Index) -> tantivy::Result<Self> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, fields: schema().1 })
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        usize::try_from(self.reader.searcher().num_docs()).unwrap_or(usize::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds what goes by the words of a text.
    ///
    /// # Errors
    ///
    /// When the files of the index can no longer be read. No text gives an error.
    pub fn search(&self, request: &Request) -> Result<Found, SearchError> {
        let search = Search { searcher: &self.reader.searcher(), fields: &self.fields, request };
        search.run().map_err(SearchError::Search)
    }

    /// Finds names that the text is the beginning of: all words but the last in full, the last as far as it goes.
    ///
    /// # Errors
    ///
    /// When the files of the index can no longer be read. No text gives an error.
    pub fn suggest(&self, text: &str, limit: usize) -> Result<Vec<Hit>, SearchError> {
        let searcher = self.reader.searcher();
        let dictionary = Dictionary { searcher: &searcher, fields: &self.fields };
        suggest::suggest(&dictionary, text, limit.min(MAX_HITS)).map_err(SearchError::Search)
    }
}

struct Search<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    request: &'a Request,
}

impl Search<'_> {
    /// Asks ever less strictly until something is found.
    fn run(&self) -> Result<Found, TantivyError> {
        if self.request.text.trim().is_empty() {
            return Ok(self.found(self.collect(&AllQuery)?, Reading::AllWords));
        }
        let dictionary = Dictionary { searcher: self.searcher, fields: self.fields };
        let mut writer = Writer::new(&dictionary);
        let mut plan = Plan::read(&self.request.text, &dictionary)?;
        if plan.words.is_empty() && plan.key.is_empty() {
            return Ok(Found::default());
        }
        let n_words = plan.words.iter().filter(|word| !word.is_weak).count();
        let strict = self.collect(&*writer.query(&plan, n_words)?)?;
        let reading = if plan.is_guess { Reading::Similar } else { Reading::AllWords };
        if strict.total >= FEW || self.has_exact(&strict) {
            return Ok(self.found(strict, reading));
        }
        plan.guess_all(&dictionary)?;
        let similar = self.collect(&*writer.query(&plan, n_words)?)?;
        if similar.total > strict.total {
            return Ok(self.found(similar, Reading::Similar));
        }
        if strict.total > 0 {
            return Ok(self.found(strict, reading));
        }
        for fewer in relaxations(n_words) {
            let some = self.collect(&*writer.query(&plan, fewer)?)?;
            if some.total > 0 {
                return Ok(self.found(some, Reading::SomeWords));
            }
        }
        let parts = if plan.break_up() { self.collect(&*writer.query(&plan, n_words.min(1))?)? } else { strict };
        Ok(self.found(parts, Reading::SomeWords))
    }

    fn collect(&self, query: &dyn Query) -> Result<Collected, TantivyError> {
        let n_hits = self.request.offset.saturating_add(self.request.limit).min(MAX_HITS);
        self.searcher.search(query, &Tally { request: self.request, n_hits, suggests: false })
    }

    /// Whether the best hit is called exactly as was typed.
    fn has_exact(&self, collected: &Collected) -> bool {
        collected.hits.first().is_some_and(|hit| hit.score >= SAME)
    }

    fn found(&self, collected: Collected, reading: Reading) -> Found {
        let mut topics = most_first(collected.topics);
        topics.truncate(MAX_TOPICS);
        Found {
            hits: collected.hits.into_iter().skip(self.request.offset).collect(),
            total: collected.total,
            reading,
            kinds: most_first(collected.kinds),
            topics,
            years: most_first(collected.years),
        }
    }
}

/// How many of the words will do, from most down to one.
fn relaxations(n_words: usize) -> Vec<usize> {
    let mut steps = vec![(n_words * 3).div_ceil(4), n_words.div_ceil(2), n_words.div_ceil(3), 1];
    steps.retain(|&n| n < n_words);
    steps.dedup();
    steps
}

fn most_first<K: Ord>(counts: impl IntoIterator<Item = (K, usize)>) -> Vec<(K, usize)> {
    let mut counts: Vec<(K, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}
