//! Plain text and addresses in Markdown.

use crate::export::work::line;

/// A text in one line whose every character stands for itself.
pub(super) fn escape(text: &str) -> String {
    let text = line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    // At its beginning a text could be a heading, a list, a rule.
    if escaped.starts_with(['#', '-', '+', '=']) {
        escaped.insert(0, '\\');
    }
    let n_digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = escaped[n_digits..].chars();
    if n_digits > 0 && matches!(behind.next(), Some('.' | ')')) && behind.next().is_none_or(|next| next == ' ') {
        escaped.insert(n_digits, '\\');
    }
    escaped
}

/// A link; brackets around an address that has some of its own.
pub(super) fn link(text: &str, address: &str) -> String {
    let address: String = line(address).replace(' ', "%20").replace('<', "%3C").replace('>', "%3E");
    let address = if address.contains(['(', ')', '\\', '&', '*', '_']) {
        format!("<{}>", address.replace('\\', "%5C"))
    } else {
        address
    };
    format!("[{}]({address})", escape(text))
}
