use std::str::FromStr;

use super::{IdError, canonical_text, strip_prefix_ignore_case};

/// An [arXiv identifier](https://info.arxiv.org/help/arxiv_identifier.html) without its version:
/// `1812.08434` since April 2007, `cs/0701001` or `math.GT/0309136` before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArxivId(String);

canonical_text!(ArxivId);

impl FromStr for ArxivId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bare = strip_prefix_ignore_case(text.trim(), "arxiv").unwrap_or(text.trim());
        let bare = bare.trim_start_matches([':', '.', ' ', '：']);
        let bare = without_version(bare.trim_end_matches(['.', ',', ';', ')', ']', '/']));
        if is_new_style(bare) || is_old_style(bare) {
            Ok(Self(bare.to_ascii_lowercase()))
        } else {
            Err(IdError::new(text, "an arXiv identifier, such as 1812.08434"))
        }
    }
}

fn without_version(text: &str) -> &str {
    match text.rfind(['v', 'V']) {
        Some(at) if at + 1 < text.len() && text[at + 1..].bytes().all(|b| b.is_ascii_digit()) => &text[..at],
        _ => text,
    }
}

fn is_new_style(text: &str) -> bool {
    let Some((month, number)) = text.split_once('.') else { return false };
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    month.len() == 4
        && is_digits(month)
        && matches!(month[2..].parse::<u8>(), Ok(1..=12))
        && matches!(number.len(), 4 | 5)
        && is_digits(number)
}

fn is_old_style(text: &str) -> bool {
    let Some((archive, number)) = text.split_once('/') else { return false };
    !archive.is_empty()
        && archive.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
        && number.len() == 7
        && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_prefix_and_version() {
        for (text, expected) in [
            ("1812.08434", "1812.08434"),
            ("arXiv:1710.10903v3", "1710.10903"),
            ("arXiv: 2103.00020.", "2103.00020"),
            ("cs/0701001v1", "cs/0701001"),
            ("math.GT/0309136", "math.gt/0309136"),
        ] {
            assert_eq!(text.parse::<ArxivId>().unwrap().as_ref(), expected, "{text}");
        }
        for text in ["1899.12345", "12.34", "2019.0815x", "pdf/1812", ""] {
            assert!(text.parse::<ArxivId>().is_err(), "{text}");
        }
    }
}
