//! The records of a JSON text with their lines, however they are wrapped: one, an array, a record on each line, the pages
//! of an interface with an array in each. A record that cannot be read does not lose those behind it.

use serde_json::Value;

use crate::model::{Lines, Notice, NoticeCode};

/// One record.
pub(super) struct Record<'t> {
    pub(super) lines: Lines,
    /// Its text; of a record that cannot be read, its first line.
    pub(super) text: &'t str,
    /// What it says; `None` if it cannot be read.
    pub(super) value: Option<Value>,
}

impl Record<'_> {
    /// What to say of a record that cannot be used.
    pub(super) fn notice(&self) -> Notice {
        bad_record(self.lines, self.text)
    }
}

/// What to say of a record that cannot be used: how it begins is enough to find it.
pub(super) fn bad_record(lines: Lines, text: &str) -> Notice {
    let start: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    Notice { code: NoticeCode::BadRow, lines, text: start }
}

/// Goes through the records of a text. `wrapper` is the field that holds them in an object that is none itself.
pub(super) fn records<'t>(text: &'t str, wrapper: &'static str) -> Records<'t> {
    // The first object tells whether all are wrappers.
    let first = text.trim_start_matches('\u{feff}').trim_start();
    let has_wrappers = first.starts_with('{') && array_of(first, wrapper).is_some();
    Records { text, wrapper, has_wrappers, at: 0, line: 1, counted: 0, is_inside: false }
}

/// The records of a text in its order.
pub(super) struct Records<'t> {
    text: &'t str,
    wrapper: &'static str,
    has_wrappers: bool,
    at: usize,
    /// The line at `counted`.
    line: u32,
    counted: usize,
    /// Whether the array of a wrapper is open.
    is_inside: bool,
}

impl<'t> Iterator for Records<'t> {
    type Item = Record<'t>;

    fn next(&mut self) -> Option<Record<'t>> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            match first {
                '{' if self.opens_wrapper() => {}
                '{' => return Some(self.record()),
                ']' if self.is_inside => self.close_wrapper(),
                _ if first.is_whitespace() || matches!(first, '\u{feff}' | '[' | ']' | ',') => {
                    self.at += first.len_utf8();
                }
                _ => return Some(self.unreadable()),
            }
        }
    }
}

impl<'t> Records<'t> {
    /// The line on which a place stands; places are asked for in their order.
    fn line_at(&mut self, at: usize) -> u32 {
        let n_lines = self.text.as_bytes()[self.counted..at].iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(n_lines).unwrap_or(u32::MAX));
        self.counted = at;
        self.line
    }

    fn record(&mut self) -> Record<'t> {
        let start = self.at;
        let mut values = serde_json::Deserializer::from_str(&self.text[start..]).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else { return self.unreadable() };
        self.at = start + values.byte_offset();
        let lines = Lines { first: self.line_at(start), last: self.line_at(self.at) };
        Record { lines, text: &self.text[start..self.at], value: Some(value) }
    }

    /// Skips to where the next record may begin: on a line that is indented no deeper than this one.
    fn unreadable(&mut self) -> Record<'t> {
        let start = self.at;
        let first = self.line_at(start);
        let indent = start - self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &self.text[start..];
        let mut end = rest.len();
        let mut from = 0;
        while let Some(at) = rest[from..].find('\n').map(|at| from + at + 1) {
            let line = rest[at..].trim_start_matches([' ', '\t', ',']);
            if line.starts_with(['{', '[']) && rest.len() - at - line.len() <= indent {
                end = at;
                break;
            }
            from = at;
        }
        self.at = start + end;
        let lines = Lines { first, last: first };
        Record { lines, text: rest.lines().next().unwrap_or_default(), value: None }
    }

    /// Goes into the array of a wrapper, if one begins here.
    fn opens_wrapper(&mut self) -> bool {
        let is_possible = self.has_wrappers && !self.is_inside;
        let inside = is_possible.then(|| array_of(&self.text[self.at..], self.wrapper)).flatten();
        self.at += inside.unwrap_or(0);
        self.is_inside |= inside.is_some();
        inside.is_some()
    }

    /// What follows the array of a wrapper, up to the next line, are fields of the wrapper.
    fn close_wrapper(&mut self) {
        self.is_inside = false;
        let rest = &self.text[self.at..];
        self.at += rest.find("\n{").map_or(rest.len(), |at| at + 1);
    }
}

/// Where the array begins that a field of the object holds with which a text begins.
fn array_of(text: &str, field: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return None,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let start = at;
                while *bytes.get(at)? != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                let is_field = depth == 1 && bytes.get(start..at) == Some(field.as_bytes());
                at += 1;
                let value = text[at..].trim_start().strip_prefix(':').map(str::trim_start);
                if let Some(inside) = value.and_then(|value| value.strip_prefix('[')).filter(|_| is_field) {
                    return Some(text.len() - inside.len());
                }
            }
            _ => {}
        }
    }
    None
}

/// The text of a field; none if it is empty, null or no text.
pub(super) fn text<'v>(value: &'v Value, field: &str) -> Option<&'v str> {
    value.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The text or the number of a field, as text.
pub(super) fn word(value: &Value, field: &str) -> Option<String> {
    match value.get(field)? {
        Value::Number(number) => Some(number.to_string()),
        _ => text(value, field).map(str::to_owned),
    }
}

/// What a field lists: nothing if it is absent or null, the one value that it holds where others have a list of them.
pub(super) fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    match value.get(field) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(other) => std::slice::from_ref(other),
    }
}

/// The texts that a field lists.
pub(super) fn texts<'v>(value: &'v Value, field: &str) -> impl Iterator<Item = &'v str> {
    let texts = list(value, field).iter().filter_map(Value::as_str);
    texts.map(str::trim).filter(|text| !text.is_empty())
}

/// An identifier or an address in a field, if it is one.
pub(super) fn parsed<T: std::str::FromStr>(value: &Value, field: &str) -> Option<T> {
    word(value, field)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records of a text: its lines, and the name that each has.
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = records(text, "list")
            .map(|record| {
                let name = record.value.as_ref().map(|value| super::text(value, "n").unwrap_or("-").to_owned());
                format!("{} {}", record.lines, name.unwrap_or_else(|| format!("bad: {}", record.notice().text)))
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn records_however_they_are_wrapped() {
        check("", &[]);
        check("\u{feff}{\"n\": \"a\"}", &["1 a"]);
        check("[\n{\"n\": \"a\"},\n {\n\"n\": \"b\"\n}\n]\n", &["2 a", "3-5 b"]);
        check("{\"n\": \"a\"}\n\n{\"n\": \"b\", \"list\": [1]}", &["1 a", "3 b"]);
        let page =
            "{\"count\": 2, \"x\": {\"list\": []}, \"list\": [\n{\"n\": \"a\"},\n{\"n\": \"]\"}], \"next\": null}";
        check(page, &["2 a", "3 ]"]);
        check(&format!("{page}\n{page}"), &["2 a", "3 ]", "5 a", "6 ]"]);
        check("{\"list\": []}", &[]);
    }

    #[test]
    fn a_record_that_cannot_be_read_does_not_lose_the_others() {
        check("{\"n\": \"a\"}\noops\n{\"n\": }\n{\"n\": \"b\"}", &["1 a", "2 bad: oops", "3 bad: {\"n\": }", "4 b"]);
        check(
            "[\n  {\"n\": \"a\"},\n  {\n    \"m\": [\n      {}\n    ],,\n  },\n  {\"n\": \"b\"}\n]",
            &["2 a", "3 bad: {", "8 b"],
        );
        check("[{\"n\": \"a\"}, {\"n\": \"cut", &["1 a", "1 bad: {\"n\": \"cut"]);
        check("[1, 2]", &["1 bad: 1, 2]"]);
        let deep = format!("{}{}", "{\"n\":".repeat(1000), "}".repeat(1000));
        assert_eq!(records(&deep, "list").filter(|record| record.value.is_none()).count(), 1);
        for text in ["{\"\\", "{\"é\\é\":", "\"\"\"{", "]]}}", "{\"list\":["] {
            let _ = records(text, "list").count();
        }
    }
}
