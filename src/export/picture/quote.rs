//! Texts as strings of the DOT language. The types of graphviz-rust escape nothing.

/// A quoted string: whatever is in the text, it stays one string and shows as it is.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // Graphviz knows the entities of HTML, in plain strings, too.
            '&' => quoted.push_str("&amp;"),
            c if is_unprintable(c) => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// An identifier: in it a backslash is a backslash, and only a quotation mark is escaped.
pub(super) fn name(text: &str) -> String {
    let clean: String = text.chars().map(|c| if is_unprintable(c) || c == '\\' { ' ' } else { c }).collect();
    format!("\"{}\"", clean.replace('"', "\\\""))
}

/// A text within an HTML-like label, or within SVG.
pub(super) fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if is_unprintable(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// What neither Graphviz nor XML can take.
fn is_unprintable(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// An address that a click may lead to. Anything else, such as a script, is none.
pub(super) fn address(url: &str) -> Option<&str> {
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_web.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_stays_one_string() {
        assert_eq!(quoted("a \"b\" \\ c\nd\0<x>&lt;"), "\"a \\\"b\\\" \\\\ c\\nd <x>&amp;lt;\"");
        assert_eq!(name("a\"b\\"), "\"a\\\"b \"");
        assert_eq!(markup("<a href=\"x\">&\u{1}"), "&lt;a href=&quot;x&quot;&gt;&amp; ");
    }

    #[test]
    fn only_the_web_can_be_clicked() {
        assert_eq!(address("HTTPS://x.org"), Some("HTTPS://x.org"));
        assert_eq!(address("javascript:alert(1)"), None);
    }
}
