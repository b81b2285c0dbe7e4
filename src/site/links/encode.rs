use std::fmt::Write as _;

/// A text as a part of a path: what a path may hold stays, all else is percent-encoded, `%` included, so that
/// decoding once gives the text back ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986)).
pub(super) fn path(text: &str) -> String {
    encode(text, b"-._~/!$&'()*+,;=:@")
}

/// The path of an IRI as it stands in an address: what is encoded in it already has a meaning there, and stays
/// ([RFC 3987, 3.1](https://www.rfc-editor.org/rfc/rfc3987#section-3.1)).
pub(super) fn iri_path(path: &str) -> String {
    encode(path, b"-._~/!$&'()*+,;=:@%")
}

/// A text as a value in a query.
pub(super) fn value(text: &str) -> String {
    encode(text, b"-._~/:,@")
}

/// A path with a query; values that are absent are left out.
pub(super) fn query<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> String {
    let mut address = path.to_owned();
    let mut mark = if path.contains('?') { '&' } else { '?' };
    for (name, text) in pairs {
        let Some(text) = text else { continue };
        address.push(mark);
        address.push_str(&value(name));
        address.push('=');
        address.push_str(&value(text));
        mark = '&';
    }
    address
}

fn encode(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
