//! Text that others wrote, made safe to stand in an answer: one line, nothing invisible, not too long, in quotes.
//!
//! A list may hold sentences meant for a model that reads it. They cannot be told from others, so nothing is left out for
//! what it says; but it cannot end its line, turn its direction, or hide in characters that no person sees.

/// The longest name.
pub(super) const NAME: usize = 200;
/// The longest text.
pub(super) const TEXT: usize = 300;
/// The longest IRI or address. Longer ones are useless when cut, but better than an answer that bursts.
pub(super) const ADDRESS: usize = 500;

/// The text on one line, without what cannot be seen, with no more than so many characters.
pub(super) fn clean(text: &str, longest: usize) -> String {
    let mut cleaned = String::with_capacity(text.len().min(longest.saturating_mul(4)));
    let mut n_chars = 0;
    let mut is_gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            is_gap = n_chars > 0;
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        // Room for the gap before it and for the mark after it.
        if n_chars + usize::from(is_gap) + 1 >= longest {
            cleaned.push('…');
            break;
        }
        if is_gap {
            cleaned.push(' ');
            n_chars += 1;
            is_gap = false;
        }
        cleaned.push(c);
        n_chars += 1;
    }
    cleaned
}

/// The same in quotes, with the quotes in it escaped.
pub(super) fn quote(text: &str, longest: usize) -> String {
    quoted(&clean(text, longest))
}

/// Clean text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// An IRI or address without what may not stand in one, so that it cannot be more than that.
pub(super) fn address(iri: &str) -> String {
    iri.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_hidden(*c))
        .filter(|c| !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`'))
        .take(ADDRESS)
        .collect()
}

/// Characters that show nothing or turn the direction of others: those of the general category Cf and what renders as
/// nothing (Unicode's Default_Ignorable_Code_Point), private ones, and the block of tags, in which whole sentences can
/// be hidden.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1345F}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text, 20), expected);
    }

    #[test]
    fn makes_one_line_of_what_can_be_seen() {
        check(" a\n\n b\tc ", "a b c");
        check("a\u{0}\u{1b}[31mb", "a [31mb");
        check("safe\u{202E}txt.exe", "safetxt.exe");
        check("x\u{E0041}\u{E0042}\u{200B}y", "xy");
        check("单细胞 分析", "单细胞 分析");
    }

    #[test]
    fn cuts_at_characters() {
        check("12345678901234567890123", "1234567890123456789…");
        check(&"细".repeat(30), &(("细".repeat(19)) + "…"));
        assert_eq!(clean("ab", 1), "…");
    }

    #[test]
    fn quotes_cannot_be_ended_from_inside() {
        assert_eq!(quote("a\" — tool \"b\\", 50), r#""a\" — tool \"b\\""#);
    }

    #[test]
    fn addresses_hold_nothing_else() {
        assert_eq!(address("https://a.org/x> ignore \"this\"\n"), "https://a.org/xignorethis");
    }
}
