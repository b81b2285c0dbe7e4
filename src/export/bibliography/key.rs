//! What works are cited by: `lopez2018deep`.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use unicode_normalization::UnicodeNormalization;

use crate::export::work::{Author, Work};

/// The keys that were given.
#[derive(Default)]
pub(super) struct Keys(HashMap<String, u32, RandomState>);

impl Keys {
    /// Family name of the first author, year, first word of the title, in ASCII; with a number where a work before has it.
    pub(super) fn of(&mut self, work: &Work<'_>) -> String {
        let family = match work.authors.first() {
            Some(Author::Person { family, .. }) => folded(family),
            Some(Author::Group(name)) => {
                name.split_whitespace().map(folded).find(|word| !word.is_empty()).unwrap_or_default()
            }
            None => String::new(),
        };
        let year = work.date.map(|date| date.year().to_string()).unwrap_or_default();
        let key = match family + &year + &first_word(work.title) {
            empty if empty.is_empty() => "work".to_owned(),
            key => key,
        };
        let count = self.0.entry(key.clone()).or_default();
        *count += 1;
        if *count == 1 { key } else { format!("{key}-{count}") }
    }
}

/// Letters and digits, without marks on them.
fn folded(text: &str) -> String {
    text.nfkd().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).take(24).collect()
}

fn first_word(title: &str) -> String {
    const SMALL: [&str; 9] = ["a", "an", "the", "on", "of", "in", "for", "to", "and"];
    let words = title.split(|c: char| !c.is_alphanumeric()).map(folded);
    words.into_iter().find(|word| !word.is_empty() && !SMALL.contains(&word.as_str())).unwrap_or_default()
}
