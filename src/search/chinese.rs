//! Words of Chinese text, by jieba and its dictionary.
//!
//! The dictionary takes a sixth of a second and some tens of megabytes, so it is loaded when the first Chinese
//! characters come by, and never for text without them.

use std::sync::LazyLock;

use jieba_rs::Jieba;
use unicode_script::{Script, UnicodeScript};

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A word and the character of the run it begins at.
pub(super) struct Segment<'a> {
    pub(super) word: &'a str,
    pub(super) start: usize,
}

/// All words to be found in a run of ideographs, short ones within long ones too; no single characters.
pub(super) fn segments(run: &str) -> Vec<Segment<'_>> {
    if !has_chinese(run) {
        return Vec::new();
    }
    let words = JIEBA.cut_for_search(run, true).into_iter();
    words
        .filter(|token| token.end - token.start > 1)
        .map(|token| Segment { word: token.word, start: token.start })
        .collect()
}

/// A run of ideographs as the words it is made of, without overlap; one without Chinese is a word by itself.
pub(super) fn cut(run: &str) -> Vec<Segment<'_>> {
    if !has_chinese(run) {
        return vec![Segment { word: run, start: 0 }];
    }
    JIEBA.cut(run, true).into_iter().map(|token| Segment { word: token.word, start: token.start }).collect()
}

fn has_chinese(run: &str) -> bool {
    run.chars().any(|character| character.script() == Script::Han)
}
