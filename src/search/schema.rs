//! The fields of the index, and a document in them.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::document::Document;
use super::tokens::{STEMS, Stems, WORDS, starts};
use super::words::key;

/// Names of the fields that a collector reads.
pub(super) const IRI: &str = "iri";
pub(super) const KIND: &str = "kind";
pub(super) const TOPIC: &str = "topic";
pub(super) const YEAR: &str = "year";
pub(super) const WEIGHT: &str = "weight";
pub(super) const BREVITY: &str = "brevity";

/// The fields. Texts are indexed by stem and with places, for phrases; names and the whole also by their exact words.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    iri: Field,
    kind: Field,
    topic: Field,
    year: Field,
    weight: Field,
    brevity: Field,
    /// Keys of the names.
    pub(super) name_key: Field,
    /// Keys of the other names.
    pub(super) other_key: Field,
    /// Keys of the identifiers.
    pub(super) identifier: Field,
    /// How names begin, see [`start_of_name`], and how the words in them begin.
    pub(super) start: Field,
    /// Keys of all names by their stems.
    pub(super) stem_key: Field,
    /// Every word that occurs anywhere: our dictionary.
    pub(super) word: Field,
    /// The exact words of all names.
    pub(super) name_word: Field,
    /// Names by stem.
    pub(super) name: Field,
    /// Other names by stem.
    pub(super) other: Field,
    /// Names of topics, the kind and the year, by stem.
    pub(super) topic_name: Field,
    /// Authors and owners.
    pub(super) people: Field,
    /// Description by stem.
    pub(super) text: Field,
}

/// The schema, always the same.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let number = NumericOptions::default().set_fast();
    let value = TextOptions::default().set_fast("raw");
    let fields = Fields {
        iri: builder.add_text_field(IRI, value.clone()),
        kind: builder.add_text_field(KIND, value.clone()),
        topic: builder.add_text_field(TOPIC, value),
        year: builder.add_i64_field(YEAR, FAST),
        weight: builder.add_f64_field(WEIGHT, number.clone()),
        brevity: builder.add_f64_field(BREVITY, number),
        name_key: builder.add_text_field("name_key", STRING),
        other_key: builder.add_text_field("other_key", STRING),
        identifier: builder.add_text_field("identifier", STRING),
        start: builder.add_text_field("start", STRING),
        stem_key: builder.add_text_field("stem_key", STRING),
        word: text(&mut builder, "word", WORDS, IndexRecordOption::Basic),
        name_word: text(&mut builder, "name_word", WORDS, IndexRecordOption::WithFreqs),
        name: text(&mut builder, "name", STEMS, IndexRecordOption::WithFreqsAndPositions),
        other: text(&mut builder, "other", STEMS, IndexRecordOption::WithFreqsAndPositions),
        topic_name: text(&mut builder, "topic_name", STEMS, IndexRecordOption::WithFreqsAndPositions),
        people: text(&mut builder, "people", WORDS, IndexRecordOption::WithFreqsAndPositions),
        text: text(&mut builder, "text", STEMS, IndexRecordOption::WithFreqsAndPositions),
    };
    (builder.build(), fields)
}

fn text(builder: &mut SchemaBuilder, name: &str, tokenizer: &str, detail: IndexRecordOption) -> Field {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(detail);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

impl Fields {
    /// A document in these fields.
    pub(super) fn document(&self, thing: &Document, stems: &mut Stems) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.iri, &thing.iri);
        document.add_text(self.kind, &thing.kind);
        document.add_f64(self.weight, thing.weight());
        document.add_f64(self.brevity, thing.brevity());
        if let Some(year) = thing.year {
            document.add_i64(self.year, i64::from(year));
        }
        let topics: BTreeSet<&str> = thing.topics.iter().map(|topic| topic.iri.as_str()).collect();
        for topic in topics {
            document.add_text(self.topic, topic);
        }
        self.add_keys(&mut document, thing, stems);
        self.add_starts(&mut document, thing);
        self.add_texts(&mut document, thing);
        document
    }

    fn add_keys(&self, document: &mut TantivyDocument, thing: &Document, stems: &mut Stems) {
        for name in &thing.names {
            add_key(document, self.name_key, name);
        }
        for identifier in &thing.identifiers {
            add_key(document, self.identifier, identifier);
        }
        for name in &thing.other_names {
            add_key(document, self.other_key, name);
        }
        for name in thing.names.iter().chain(&thing.other_names) {
            if let Some(short) = short_name(name) {
                add_key(document, self.other_key, short);
            }
            let stems = stems.key(name);
            if !stems.is_empty() {
                document.add_text(self.stem_key, stems);
            }
        }
    }

    fn add_starts(&self, document: &mut TantivyDocument, thing: &Document) {
        let mut all = BTreeSet::new();
        for name in thing.names.iter().chain(&thing.other_names) {
            all.append(&mut starts(name));
        }
        for name in &thing.names {
            let key = key(name);
            all.extend([1, 2].map(|n| start_of_name(&key.chars().take(n).collect::<String>())));
        }
        for start in all {
            document.add_text(self.start, start);
        }
    }

    fn add_texts(&self, document: &mut TantivyDocument, thing: &Document) {
        let owned = thing.identifiers.iter().filter(|identifier| has_owner(identifier));
        let year = thing.year.map(|year| year.to_string()).unwrap_or_default();
        let topics = thing.topics.iter().flat_map(|topic| &topic.names).chain([&thing.kind, &year]);
        let parts: [(Field, Vec<&String>); 5] = [
            (self.name, thing.names.iter().collect()),
            (self.other, thing.other_names.iter().collect()),
            (self.topic_name, topics.collect()),
            (self.people, thing.people.iter().chain(owned).collect()),
            (self.text, vec![&thing.description]),
        ];
        for (field, texts) in parts {
            for text in texts {
                document.add_text(field, text);
                document.add_text(self.word, text);
                if field == self.name || field == self.other {
                    document.add_text(self.name_word, text);
                }
            }
        }
    }
}

/// The one or two letters that a whole name begins with, as a term that no word begins with.
pub(super) fn start_of_name(letters: &str) -> String {
    format!("^{letters}")
}

fn add_key(document: &mut TantivyDocument, field: Field, name: &str) {
    let key = key(name);
    if !key.is_empty() {
        document.add_text(field, key);
    }
}

/// What a title gives as the name of its subject: `scVI` of `scVI: deep generative modeling`.
fn short_name(name: &str) -> Option<&str> {
    let (short, _) = name.split_once([':', '：']).or_else(|| name.split_once(" - "))?;
    (short.split_whitespace().count() <= 3).then_some(short)
}

/// Whether an identifier is of the form `owner/repo`, and not a DOI or a number.
fn has_owner(identifier: &str) -> bool {
    identifier.contains('/') && !identifier.contains(':') && !identifier.starts_with("10.")
}
