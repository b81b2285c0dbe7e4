//! What all answers of GitHub have in common: records whose fields may lack or be of another sort, and files, which come
//! as they are or [in Base64](https://docs.github.com/en/rest/repos/contents#get-repository-content).

use serde_json::Value;

use super::NAME;
use crate::enrich::{Unreadable, text};

/// More of a file is not read.
const LARGEST: usize = 1 << 20;

/// An answer as a record.
pub(super) fn record(body: &[u8]) -> Result<Value, Unreadable> {
    let record = serde_json::from_slice(body).ok().filter(Value::is_object);
    record.ok_or_else(|| Unreadable::new(NAME, "it is no record", body))
}

/// The text of a field without markup.
pub(super) fn plain_of(record: &Value, field: &str) -> Option<String> {
    text_of(record, field).map(|text| text::plain(&text)).filter(|text| !text.is_empty())
}

/// The text of a field, a number as text, too. What is null, absent or empty is the same.
pub(super) fn text_of(record: &Value, field: &str) -> Option<String> {
    as_text(record.get(field)?)
}

/// The text of a value.
pub(super) fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// All values of a field; where it has one value, that one.
pub(super) fn values_of<'v>(record: &'v Value, field: &str) -> &'v [Value] {
    match record.get(field) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// Whether a field is true.
pub(super) fn is_set(record: &Value, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or(false)
}

/// The text of a file. One of more than a megabyte comes empty.
pub(super) fn file(body: &[u8]) -> Result<String, Unreadable> {
    let Some(record) = envelope(body) else { return Ok(decoded(body)) };
    let content = record.get("content").and_then(Value::as_str).unwrap_or_default();
    match record.get("encoding").and_then(Value::as_str) {
        Some("base64") => {
            let bytes = from_base64(content).ok_or_else(|| Unreadable::new(NAME, "its content is no Base64", body))?;
            Ok(decoded(&bytes))
        }
        _ => Ok(String::new()),
    }
}

/// The record that a file comes in. A file may be JSON itself, but has not these fields.
fn envelope(body: &[u8]) -> Option<Value> {
    if !body.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let record: Value = serde_json::from_slice(body).ok()?;
    let has = |field| record.get(field).is_some_and(Value::is_string);
    (has("encoding") && has("sha") && has("git_url")).then_some(record)
}

/// Text in UTF-8, or in UTF-16 with its mark, as some editors write it.
fn decoded(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(LARGEST)];
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes).trim_start_matches('\u{FEFF}').to_owned(),
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Bytes from [Base64](https://www.rfc-editor.org/rfc/rfc4648#section-4) with line feeds.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 & 0xFFFF | u32::from(six);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push(u8::try_from(bits >> n_bits & 0xFF).unwrap_or_default());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_as_they_are_or_in_base64() {
        let read = |body: &str| file(body.as_bytes()).unwrap();
        assert_eq!(read("# Tool\n"), "# Tool\n");
        assert_eq!(read("\u{FEFF}# Tool"), "# Tool");
        assert_eq!(read(r#"{"name": "tool", "version": 2}"#), r#"{"name": "tool", "version": 2}"#);
        let envelope = |encoding: &str, content: &str| {
            format!(r#"{{"sha":"0","git_url":"https://example.org/x","encoding":"{encoding}","content":"{content}"}}"#)
        };
        assert_eq!(read(&envelope("base64", "IyBU\\nb29s\\nCg==\\n")), "# Tool\n");
        assert_eq!(read(&envelope("base64", "w6k=")), "é");
        assert_eq!(read(&envelope("none", "")), "");
        assert!(file(envelope("base64", "§").as_bytes()).is_err());
        assert_eq!(file(b"\xFF\xFE#\0 \0x\0").unwrap(), "# x");
        assert_eq!(file(&vec![b'x'; LARGEST + 9]).unwrap().len(), LARGEST);
    }
}
