//! Every word that pages say, in both languages.
//!
//! [`Words`] has a field for each text; a text without its translation does not compile. The fixed words of the data
//! (kinds, relations, evidence …) are in tables, one row each with both languages; a word that no table has is shown as
//! it is, with blanks for hyphens.

mod evidence;
mod interface;
mod numbers;
mod questions;
mod terms;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub(super) use interface::Words;
pub(super) use numbers::grouped;

use super::Language;

/// A fixed word of the data with what it is called: key, English, Chinese.
type Term = (&'static str, &'static str, &'static str);

impl Words {
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &Self::ENGLISH,
            Language::Zh => &Self::CHINESE,
        }
    }

    /// One thing of a kind: `paper`.
    pub(super) fn kind<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::KINDS, key)
    }

    /// Several of them: `papers`.
    pub(super) fn kinds<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::PLURALS, key)
    }

    /// The heading of a section.
    pub(super) fn relation<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::RELATIONS, key)
    }

    /// What a line of the graph says.
    pub(super) fn edge<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::EDGES, key)
    }

    /// The words that the script for graphs shows, by the keys that it knows them by.
    pub(super) fn graph_labels(&self) -> impl Iterator<Item = (String, &'static str)> {
        let is_chinese = self.language == Language::Zh;
        let tables = [("kind", terms::KINDS.as_slice()), ("relation", terms::EDGES.as_slice())];
        tables.into_iter().flat_map(move |(prefix, table)| {
            table.iter().map(move |(key, english, chinese)| {
                (format!("{prefix}.{key}"), if is_chinese { *chinese } else { *english })
            })
        })
    }

    /// The name of a property.
    pub(super) fn fact<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::FACTS, key)
    }

    /// What became of a thing.
    pub(super) fn status<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::STATUSES, key)
    }

    /// How close a tool is to a paper.
    pub(super) fn grade<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::GRADES, key)
    }

    /// Why something is believed, as a sentence without its full stop.
    pub(super) fn evidence<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&evidence::EVIDENCE, key)
    }

    /// By which rule something was read.
    pub(super) fn rule<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&evidence::RULES, key)
    }

    /// What a curator is told.
    pub(super) fn notice<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&evidence::NOTICES, key)
    }

    /// The name of a column of an answer.
    pub(super) fn column<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::COLUMNS, key)
    }

    /// The name of a picture.
    pub(super) fn view<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::VIEWS, key)
    }

    /// What a picture shows.
    pub(super) fn view_text<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::VIEW_TEXTS, key)
    }

    /// What a file format is called.
    pub(super) fn format<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::FORMATS, key)
    }

    /// What sort of term of the ontology it is.
    pub(super) fn term_kind<'a>(&self, key: &'a str) -> Cow<'a, str> {
        self.term(&terms::TERM_KINDS, key)
    }

    /// A question in this language; none where it has only its own words, which are English.
    pub(super) fn question(&self, name: &str) -> Option<&'static str> {
        (self.language == Language::Zh).then(|| questions::question(name)).flatten()
    }

    /// What a parameter of a question means, in this language.
    pub(super) fn parameter(&self, description: &str) -> Option<&'static str> {
        (self.language == Language::Zh).then(|| questions::parameter(description)).flatten()
    }

    fn term<'a>(&self, table: &[Term], key: &'a str) -> Cow<'a, str> {
        match (table.iter().find(|(word, ..)| *word == key), self.language) {
            (Some((_, english, _)), Language::En) => Cow::Borrowed(english),
            (Some((.., chinese)), Language::Zh) => Cow::Borrowed(chinese),
            (None, _) => spelled_out(key),
        }
    }
}

/// `otherValue` and `other-value` as `other value`.
fn spelled_out(key: &str) -> Cow<'_, str> {
    if key.is_ascii() && key.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(key);
    }
    let mut words = String::with_capacity(key.len() + 4);
    let mut was_small = false;
    for character in key.chars() {
        if character == '-' || character == '_' {
            words.push(' ');
        } else if character.is_ascii_uppercase() && was_small {
            words.push(' ');
            words.push(character.to_ascii_lowercase());
        } else {
            words.push(character);
        }
        was_small = character.is_ascii_lowercase();
    }
    Cow::Owned(words)
}
