//! Comparing and naming texts: the normal form, the slug and the short hash that IRIs are made of.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form by which titles are compared: letters and digits in lower case, without accents, single blanks between words.
#[must_use]
pub fn normalise(text: &str) -> String {
    join_words(text, ' ', usize::MAX)
}

/// The same with hyphens, cut at a word's end before 60 characters: a part of an IRI.
#[must_use]
pub fn slug(text: &str) -> String {
    join_words(text, '-', 60)
}

/// Whether the character is one that Chinese is written with.
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(u32::from(character), 0x3400..=0x9FFF | 0xF900..=0xFAFF)
}

/// Eight hexadecimal digits of the text (FNV-1a, 64 bits, folded): stable on every machine.
#[must_use]
pub fn short_hash(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff)
}

fn join_words(text: &str, separator: char, limit: usize) -> String {
    let mut joined = String::with_capacity(text.len().min(80));
    let mut n_characters = 0;
    let mut word_start = 0;
    let mut pending = false;
    let mut push = |character: char| {
        if !character.is_alphanumeric() {
            pending |= !joined.is_empty() && character != '\'' && character != '’';
            return true;
        }
        if pending {
            pending = false;
            word_start = joined.len();
            joined.push(separator);
            n_characters += 1;
        }
        if n_characters >= limit {
            joined.truncate(if word_start > 0 { word_start } else { joined.len() });
            return false;
        }
        if character.is_ascii() {
            joined.push(character.to_ascii_lowercase());
            n_characters += 1;
            return true;
        }
        for lower in character.to_lowercase().filter(|c| !is_combining_mark(*c)) {
            joined.push(lower);
            n_characters += 1;
        }
        true
    };
    if text.is_ascii() {
        let _ = text.chars().all(&mut push);
    } else {
        let _ = text.nfkd().filter(|c| !is_combining_mark(*c)).map(fold).all(&mut push);
    }
    joined
}

/// Letters that Unicode does not decompose, in the spelling that catalogues use.
fn fold(character: char) -> char {
    match character {
        'ø' | 'Ø' => 'o',
        'ł' | 'Ł' => 'l',
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'ı' => 'i',
        'ß' => 's',
        'æ' | 'Æ' => 'a',
        'œ' | 'Œ' => 'o',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_titles_by_their_words() {
        assert_eq!(normalise("Single‐cell RNA‐seq: a Tutorial."), "single cell rna seq a tutorial");
        assert_eq!(normalise("Veličković’s"), "velickovics");
        assert_eq!(normalise("2.3 单细胞 Single-Cell"), "2 3 单细胞 single cell");
        assert_eq!(normalise("…"), "");
    }

    #[test]
    fn cuts_a_slug_between_words() {
        let long = slug(&"word ".repeat(40));
        assert!(long.len() <= 60 && long.ends_with("word"), "{long}");
        assert_eq!(slug("Deep Learning!"), "deep-learning");
        assert_eq!(slug(&"x".repeat(100)).len(), 60);
    }

    #[test]
    fn hashes_alike_everywhere() {
        assert_eq!(short_hash(""), "4fd0bfc1");
        assert_ne!(short_hash("a"), short_hash("b"));
    }
}
