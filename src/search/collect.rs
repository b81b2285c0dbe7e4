//! One pass over all that matches: the best hits, how many there are, and how many of each kind, topic and year.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::io;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::schema::{BREVITY, IRI, KIND, TOPIC, WEIGHT, YEAR};
use super::{Hit, Request};

/// Collects what matches a request. Each facet is counted without its own restriction.
pub(super) struct Tally<'a> {
    pub(super) request: &'a Request,
    /// How many hits to keep, from the best on.
    pub(super) n_hits: usize,
    /// Whether short names go first, and nothing but hits is wanted.
    pub(super) suggests: bool,
}

/// Being well known weighs on what is beyond a multiple of this, so that no weight outdoes a better match.
pub(super) const STEP: Score = 1_000.0;

/// What was collected.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) hits: Vec<Hit>,
    pub(super) total: usize,
    pub(super) kinds: BTreeMap<String, usize>,
    pub(super) topics: BTreeMap<String, usize>,
    pub(super) years: BTreeMap<i32, usize>,
}

impl Collector for Tally<'_> {
    type Fruit = Collected;
    type Child = SegmentTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let columns = segment.fast_fields();
        let (iri, kind, topic) = (text(segment, IRI)?, text(segment, KIND)?, text(segment, TOPIC)?);
        Ok(SegmentTally {
            wanted_kind: Wanted::of(self.request.kind.as_deref(), &kind)?,
            wanted_topic: Wanted::of(self.request.topic.as_deref(), &topic)?,
            wanted_year: self.request.year.map(i64::from),
            n_of_kind: vec![0; kind.num_terms()],
            n_of_topic: vec![0; topic.num_terms()],
            n_of_year: BTreeMap::new(),
            best: BinaryHeap::new(),
            n_hits: self.n_hits,
            suggests: self.suggests,
            total: 0,
            year: columns.i64(YEAR)?,
            weight: columns.f64(WEIGHT)?,
            brevity: columns.f64(BREVITY)?,
            iri,
            kind,
            topic,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<io::Result<Collected>>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.total += fruit.total;
            all.hits.extend(fruit.hits);
            add_counts(&mut all.kinds, fruit.kinds);
            add_counts(&mut all.topics, fruit.topics);
            add_counts(&mut all.years, fruit.years);
        }
        all.hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.iri.cmp(&b.iri)));
        all.hits.truncate(self.n_hits);
        Ok(all)
    }
}

fn text(segment: &SegmentReader, field: &str) -> tantivy::Result<StrColumn> {
    let column = segment.fast_fields().str(field)?;
    // A segment in which no document has a value knows no column.
    Ok(column.unwrap_or_else(|| StrColumn::wrap(tantivy::columnar::BytesColumn::empty(segment.max_doc()))))
}

fn add_counts<K: Ord>(counts: &mut BTreeMap<K, usize>, more: BTreeMap<K, usize>) {
    for (value, n) in more {
        *counts.entry(value).or_default() += n;
    }
}

/// A restriction as a number of the segment.
#[derive(Clone, Copy)]
enum Wanted {
    Any,
    Only(u64),
    /// A value that no document of the segment has.
    Absent,
}

impl Wanted {
    fn of(value: Option<&str>, column: &StrColumn) -> tantivy::Result<Self> {
        let Some(value) = value else { return Ok(Self::Any) };
        let found = column.dictionary().term_ord(value.as_bytes()).map_err(TantivyError::from)?;
        Ok(found.map_or(Self::Absent, Self::Only))
    }

    fn is_met(self, mut values: impl Iterator<Item = u64>) -> bool {
        match self {
            Self::Any => true,
            Self::Only(wanted) => values.any(|value| value == wanted),
            Self::Absent => false,
        }
    }
}

/// What is collected of one segment; values are counted by their numbers there.
pub(super) struct SegmentTally {
    wanted_kind: Wanted,
    wanted_topic: Wanted,
    wanted_year: Option<i64>,
    iri: StrColumn,
    kind: StrColumn,
    topic: StrColumn,
    year: Column<i64>,
    weight: Column<f64>,
    brevity: Column<f64>,
    n_of_kind: Vec<usize>,
    n_of_topic: Vec<usize>,
    n_of_year: BTreeMap<i64, usize>,
    /// The best so far, the worst of them on top: score, then IRI.
    best: BinaryHeap<Reverse<(u32, Reverse<u64>)>>,
    n_hits: usize,
    suggests: bool,
    total: usize,
}

impl SegmentCollector for SegmentTally {
    type Fruit = io::Result<Collected>;

    fn collect(&mut self, document: DocId, score: Score) {
        let year = self.year.first(document);
        let kind_fits = self.wanted_kind.is_met(self.kind.term_ords(document));
        let topic_fits = self.wanted_topic.is_met(self.topic.term_ords(document));
        let year_fits = self.wanted_year.is_none_or(|wanted| year == Some(wanted));
        if !self.suggests {
            if topic_fits && year_fits {
                count(&mut self.n_of_kind, self.kind.term_ords(document));
            }
            if kind_fits && year_fits {
                count(&mut self.n_of_topic, self.topic.term_ords(document));
            }
            if let (true, true, Some(year)) = (kind_fits, topic_fits, year) {
                *self.n_of_year.entry(year).or_default() += 1;
            }
        }
        if kind_fits && topic_fits && year_fits {
            self.total += 1;
            self.keep(document, score);
        }
    }

    fn harvest(self) -> io::Result<Collected> {
        let mut hits = Vec::with_capacity(self.best.len());
        for Reverse((score, Reverse(iri))) in self.best.into_sorted_vec() {
            hits.push(Hit { iri: value(&self.iri, iri)?, score: f32::from_bits(score) });
        }
        let years = self.n_of_year.into_iter().filter_map(|(year, n)| Some((i32::try_from(year).ok()?, n)));
        Ok(Collected {
            hits,
            total: self.total,
            kinds: named(&self.kind, &self.n_of_kind)?,
            topics: named(&self.topic, &self.n_of_topic)?,
            years: years.collect(),
        })
    }
}

impl SegmentTally {
    fn keep(&mut self, document: DocId, score: Score) {
        let Some(iri) = self.iri.term_ords(document).next() else { return };
        let weight = self.weight.first(document).unwrap_or(1.0);
        let brevity = if self.suggests { self.brevity.first(document).unwrap_or(0.0) } else { 0.0 };
        let step = (score / STEP).floor() * STEP;
        let score = (step + (score - step) * as_score(weight + brevity)).max(0.0);
        // The bits of positive floating point numbers stand in the order of the numbers.
        self.best.push(Reverse((score.to_bits(), Reverse(iri))));
        if self.best.len() > self.n_hits {
            self.best.pop();
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "between 1 and 3, where a little precision may go")]
fn as_score(factor: f64) -> Score {
    factor as Score
}

fn count(counts: &mut [usize], values: impl Iterator<Item = u64>) {
    for value in values {
        if let Some(n) = usize::try_from(value).ok().and_then(|value| counts.get_mut(value)) {
            *n += 1;
        }
    }
}

fn value(column: &StrColumn, number: u64) -> io::Result<String> {
    let mut value = String::new();
    column.ord_to_str(number, &mut value)?;
    Ok(value)
}

fn named(column: &StrColumn, counts: &[usize]) -> io::Result<BTreeMap<String, usize>> {
    let counted = (0..).zip(counts).filter(|&(_, &n)| n > 0);
    counted.map(|(number, &n)| Ok((value(column, number)?, n))).collect()
}
