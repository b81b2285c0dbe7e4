//! How text becomes HTML: the one escaper of all templates.

use std::fmt::{self, Write};

use askama::filters::{Escaper, Html};

/// Escapes text for HTML, and leaves out the characters that would turn the text around them: a title with an
/// override of the writing direction ([UAX 9](https://www.unicode.org/reports/tr9/)) may not reorder the page.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::site) struct Markup;

impl Escaper for Markup {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some(at) = rest.find(is_unwanted) {
            let (plain, tail) = rest.split_at(at);
            Html.write_escaped_str(&mut dest, plain)?;
            rest = tail.trim_start_matches(is_unwanted);
        }
        Html.write_escaped_str(dest, rest)
    }
}

/// Whether a character changes the direction of what follows, or is none that HTML can hold.
fn is_unwanted(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || (character.is_control() && !matches!(character, '\n' | '\t'))
}

/// The text without what [`Markup`] leaves out, for places that no template writes.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|character| !is_unwanted(*character)).collect()
}

/// JSON as it may stand in a `<script>`: no text in it can end the element or begin a comment.
pub(super) fn script_json(value: &serde_json::Value) -> String {
    let mut json = String::new();
    for character in value.to_string().chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => push_escaped(&mut json, character),
            other if is_unwanted(other) => push_escaped(&mut json, other),
            other => json.push(other),
        }
    }
    json
}

fn push_escaped(json: &mut String, character: char) {
    // Writing to a string does not fail.
    let _ = write!(json, "\\u{:04x}", u32::from(character));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_turns_text_around() {
        let mut written = String::new();
        Markup.write_escaped_str(&mut written, "a\u{202E}\u{2066}<b>\u{0}\"'&").unwrap();
        assert_eq!(written, "a&#60;b&#62;&#34;&#39;&#38;");
    }

    #[test]
    fn no_text_ends_a_script() {
        let json = script_json(&serde_json::json!({"name": "</script><!-- &"}));
        assert_eq!(json, r#"{"name":"\u003c/script\u003e\u003c!-- \u0026"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["name"], "</script><!-- &");
    }
}
