//! What READMEs say around the papers that they name: phrases, as words with gaps.

use crate::model::is_han;

/// A word of a text, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a sentence ends behind it.
    is_last: bool,
}

impl Word {
    /// Whether it is one of the words in a list that has bars between them.
    pub(super) fn is_one_of(&self, list: &str) -> bool {
        is_one_of(&self.text, list)
    }

    pub(super) fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|one| one == word)
}

/// The words of a text. A character of Chinese is a word.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut is_inside = false;
    for (at, character) in text.char_indices() {
        if !character.is_alphanumeric() {
            is_inside &= character == '\'' || character == '’';
            if let Some(last) = found.last_mut() {
                last.is_last |= ends_sentence(&last.text, character, &text[at + character.len_utf8()..]);
            }
            continue;
        }
        let end = at + character.len_utf8();
        match found.last_mut().filter(|_| is_inside && !is_han(character)) {
            Some(word) => {
                word.text.extend(character.to_lowercase());
                word.end = end;
            }
            None => found.push(Word { text: character.to_lowercase().collect(), start: at, end, is_last: false }),
        }
        is_inside = !is_han(character);
    }
    joined(found, text)
}

/// `pre-print` is one word, and so is `CITE-seq`, which asks for no citation.
fn joined(words: Vec<Word>, text: &str) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let is_one = |last: &Word| match last.text.as_str() {
            "pre" => word.text.starts_with("print"),
            "cite" => text.get(last.end..word.start) == Some("-"),
            _ => false,
        };
        match joined.last_mut().filter(|last| is_one(last)) {
            Some(last) => *last = Word { text: last.text.clone() + &word.text, start: last.start, ..word },
            None => joined.push(word),
        }
    }
    joined
}

fn ends_sentence(word: &str, mark: char, rest: &str) -> bool {
    const ABBREVIATIONS: [&str; 14] =
        ["al", "et", "e", "g", "i", "fig", "figs", "nat", "vs", "dr", "prof", "ref", "no", "approx"];
    match mark {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => {
            rest.chars().next().is_none_or(char::is_whitespace)
                && !rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
                && !ABBREVIATIONS.contains(&word)
        }
        _ => false,
    }
}

/// Where a sentence begins and ends: the words of the one that holds a place in the text.
pub(super) fn sentence(words: &[Word], place: usize) -> &[Word] {
    let at = words.iter().position(|word| word.end > place).unwrap_or(words.len());
    let start = words[..at].iter().rposition(|word| word.is_last).map_or(0, |last| last + 1);
    let end = words[at..].iter().position(|word| word.is_last).map_or(words.len(), |last| at + last + 1);
    &words[start..end]
}

/// Phrases: words parted by blanks. `a|b` is one of several words, `~3` up to three words of any sort within the sentence, and
/// a word in capitals one of a class.
pub(super) struct Phrases(Vec<Vec<Element>>);

enum Element {
    Gap(usize),
    Words(Vec<&'static str>),
}

/// What a paper is called.
const PAPER: &str = "paper|papers|article|articles|manuscript|manuscripts|preprint|preprints|publication|publications|\
                     study|biorxiv|medrxiv|arxiv";
/// What code is called.
const CODE: &str = "code|codes|implementation|implementations|repository|repo|package|software|scripts|script|pipeline|source|\
                    toolbox|library|notebooks|program|tool";
/// What models are written in, by those who made them and by others.
const FRAMEWORK: &str = "pytorch|tensorflow|tf|keras|jax|flax|mxnet|chainer|theano|paddle|paddlepaddle|torch|mindspore";

impl Phrases {
    pub(super) fn of(phrases: &[&'static str]) -> Self {
        let element = |word: &'static str| match word {
            "PAPER" => Element::Words(PAPER.split('|').collect()),
            "CODE" => Element::Words(CODE.split('|').collect()),
            "FRAMEWORK" => Element::Words(FRAMEWORK.split('|').collect()),
            _ => match word.strip_prefix('~') {
                Some(number) => Element::Gap(number.parse().unwrap_or(0)),
                None => Element::Words(word.split('|').collect()),
            },
        };
        Self(phrases.iter().map(|phrase| phrase.split(' ').map(element).collect()).collect())
    }

    /// The places in the text where one of the phrases stands, in their order.
    pub(super) fn find(&self, words: &[Word]) -> Vec<std::ops::Range<usize>> {
        let phrase_at = |at: usize| self.0.iter().filter_map(|phrase| end_of(phrase, words, at)).max();
        (0..words.len()).filter_map(|at| Some(words[at].start..words[phrase_at(at)?].end)).collect()
    }

    pub(super) fn is_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.0.iter().any(|phrase| end_of(phrase, words, at).is_some()))
    }
}

/// The last word of a phrase that begins at a word.
fn end_of(phrase: &[Element], words: &[Word], at: usize) -> Option<usize> {
    match phrase {
        [] => at.checked_sub(1),
        [Element::Words(any), rest @ ..] => {
            let word = words.get(at).filter(|word| any.contains(&word.text.as_str()))?;
            if rest.is_empty() {
                return Some(at);
            }
            (!word.is_last).then(|| end_of(rest, words, at + 1))?
        }
        [Element::Gap(most), rest @ ..] => {
            for length in 0..=*most {
                if let Some(end) = end_of(rest, words, at + length) {
                    return Some(end);
                }
                if words.get(at + length).is_none_or(|word| word.is_last) {
                    return None;
                }
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(phrase: &'static str, text: &str) -> bool {
        Phrases::of(&[phrase]).is_in(&words(text))
    }

    #[test]
    fn phrases_stay_in_their_sentence() {
        assert!(is_in("our ~3 PAPER", "See our Nature Methods paper."));
        assert!(!is_in("our ~3 PAPER", "It is ours. See our tool. The paper is here."));
        assert!(is_in("our ~4 PAPER", "our (Roe et al. 2020) paper"));
        assert!(!is_in("our ~1 PAPER", "our very long paper"));
        assert!(is_in("如 果 ~6 请 引 用", "如果本工具有帮助，请引用"));
        assert!(is_in("re implementation", "A Re-Implementation"));
        let all = words("One two. Three four! Five");
        assert_eq!(sentence(&all, 12).iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["three", "four"]);
        assert!(sentence(&[], 5).is_empty());
    }
}
