//! Plain text as LaTeX.

use crate::export::work::line;

/// A text whose every character stands for itself. Letters beyond ASCII stay as they are, as every LaTeX of today reads them.
pub(super) fn escape(text: &str) -> String {
    let text = line(text);
    // Even escaped braces count where BibTeX looks for the end of a field.
    let are_balanced = are_balanced(&text);
    let mut latex = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '{' | '}' if are_balanced => latex.extend(['\\', character]),
            '{' => latex.push_str("\\textbraceleft{}"),
            '}' => latex.push_str("\\textbraceright{}"),
            '\\' => latex.push_str("\\textbackslash{}"),
            '~' => latex.push_str("\\textasciitilde{}"),
            '^' => latex.push_str("\\textasciicircum{}"),
            '%' | '&' | '$' | '#' | '_' => latex.extend(['\\', character]),
            // Two of them would be another character.
            '-' | '`' | '\'' if latex.ends_with(character) => latex.extend(['{', '}', character]),
            other => latex.push(other),
        }
    }
    latex
}

/// A title: words with capitals or digits behind their first letter keep these in braces in styles that have small letters.
pub(super) fn title(text: &str) -> String {
    let mut latex = String::with_capacity(text.len() + 8);
    for (at, word) in line(text).split(' ').enumerate() {
        latex.push_str(if at == 0 { "" } else { " " });
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_odd =
            core.chars().skip(1).any(char::is_uppercase) && core.chars().all(|c| c.is_alphanumeric() || c == '-');
        match word.split_once(core).filter(|_| is_odd) {
            Some((before, behind)) => {
                latex.push_str(&escape(before));
                latex.extend(["{", core, "}"]);
                latex.push_str(&escape(behind));
            }
            None => latex.push_str(&escape(word)),
        }
    }
    latex
}

fn are_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}
