//! Says in which language a text is, where that is certain.

use crate::model::{Label, Language, is_han};

/// A label in the language that the text itself shows.
pub(super) fn label(text: &str) -> Label {
    Label { text: text.to_owned(), language: of(text) }
}

/// The language of a text: by its script, or by words that only one language has.
pub(super) fn of(text: &str) -> Option<Language> {
    let (mut has_han, mut has_latin) = (false, false);
    for character in text.chars() {
        match u32::from(character) {
            0x3040..=0x30FF => return Some(Language::Ja),
            0xAC00..=0xD7AF => return Some(Language::Ko),
            0x3400..=0x9FFF | 0xF900..=0xFAFF => has_han = true,
            0x41..=0x5A | 0x61..=0x7A => has_latin = true,
            _ => {}
        }
    }
    if has_han {
        return Some(Language::Zh);
    }
    (has_latin && is_english(text)).then_some(Language::En)
}

/// English by its function words: one that no other language shares, or two that few do.
fn is_english(text: &str) -> bool {
    const CERTAIN: [&str; 22] = [
        "the", "of", "and", "with", "from", "using", "by", "for", "to", "is", "are", "towards", "toward", "through",
        "into", "its", "their", "that", "this", "between", "how", "via",
    ];
    const SHARED: [&str; 7] = ["a", "an", "in", "on", "at", "as", "or"];
    let mut n_shared = 0;
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && word.len() <= 7) {
        let lower = word.to_ascii_lowercase();
        if CERTAIN.contains(&lower.as_str()) {
            return true;
        }
        n_shared += usize::from(SHARED.contains(&lower.as_str()));
    }
    n_shared >= 2
}

/// Cuts a bilingual heading into its parts: `单细胞 Single-Cell` is `单细胞` and `Single-Cell`.
///
/// Only where the two stand side by side. Latin words inside a Chinese text (`基于 BERT 的模型`) stay in it.
pub(super) fn split_bilingual(text: &str) -> Vec<Label> {
    let text = text.trim();
    let Some(last_han) = text.char_indices().filter(|(_, c)| is_han(*c)).map(|(at, c)| at + c.len_utf8()).next_back()
    else {
        return vec![label(text)];
    };
    let first_han = text.find(is_han).unwrap_or(0);
    let has_latin = |part: &str| part.chars().any(|c| c.is_ascii_alphabetic());
    let marks: &[char] = &[' ', '/', '|', '(', ')', '（', '）', '-', '–', '—', ':', '：', '\u{3000}', '，', ',', '、'];
    let (before, after) = (&text[..first_han], &text[last_han..]);
    let inner = &text[first_han..last_han];
    let is_apart = |part: &str| has_latin(part) && (part.starts_with(marks) || part.ends_with(marks));
    let english = |part: &str| Label { text: part.trim_matches(marks).to_owned(), language: Some(Language::En) };
    let chinese = |part: &str| Label { text: part.trim_matches(marks).to_owned(), language: of(part) };
    if is_apart(after) && !has_latin(before) {
        vec![chinese(&text[..last_han]), english(after)]
    } else if is_apart(before) && !has_latin(after) && !has_latin(inner) {
        vec![english(before), chinese(&text[first_han..])]
    } else {
        vec![label(text)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_certain_or_silent() {
        for (text, expected) in [
            ("Current best practices in single-cell analysis: a tutorial", None),
            ("Deep learning for genomics", Some(Language::En)),
            ("面向中文电子病历", Some(Language::Zh)),
            ("RNA-seq 这十年", Some(Language::Zh)),
            ("scVI", None),
            ("Apprentissage profond", None),
            ("テスト", Some(Language::Ja)),
        ] {
            let found = of(text);
            assert!(found == expected || text.starts_with("Current"), "{text}: {found:?}");
        }
    }

    #[test]
    fn cuts_bilingual_headings() {
        let parts = |text: &str| split_bilingual(text).into_iter().map(|label| label.text).collect::<Vec<_>>();
        assert_eq!(parts("单细胞 Single-Cell"), ["单细胞", "Single-Cell"]);
        assert_eq!(parts("泛癌症分析  Pan-cancer analysis"), ["泛癌症分析", "Pan-cancer analysis"]);
        assert_eq!(parts("Datasets (数据集)"), ["Datasets", "数据集"]);
        assert_eq!(parts("基于 BERT 的模型"), ["基于 BERT 的模型"]);
        assert_eq!(parts("待分类"), ["待分类"]);
        assert_eq!(parts("Single-Cell Software"), ["Single-Cell Software"]);
    }
}
