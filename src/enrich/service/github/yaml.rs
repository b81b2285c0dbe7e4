//! [YAML](https://yaml.org/spec/1.2.2/) as a tree of text, read from the events of a parser.
//!
//! All scalars stay text: a version `1.10` is no number, and a date no date. An alias is empty, so that none can multiply
//! what it stands for; depth and number of nodes are bounded.
//!
//! Rationale: the readers that fill structures are unmaintained (`serde_yaml`, and `serde_yml` with warnings against it),
//! rest on a translation of a C library with unsafe code (`serde_norway`, `serde_yaml_ng`), or bring many crates.
//! `saphyr-parser` is safe code, is kept, and needs one small crate; its events do not recurse.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

const LARGEST: usize = 1 << 19;
const DEEPEST: usize = 32;
const MOST_EVENTS: usize = 50_000;

/// The first document of a text; `None` if it is no YAML, or too large.
pub(super) fn parse(text: &str) -> Option<Value> {
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text).take(if text.len() > LARGEST { 0 } else { MOST_EVENTS }) {
        let done = match event.ok()?.0 {
            Event::Scalar(text, ScalarStyle::Plain, ..) if matches!(&*text, "" | "~" | "null") => Value::Null,
            Event::Scalar(text, ..) => Value::String(text.into_owned()),
            Event::Alias(_) => Value::Null,
            Event::SequenceEnd | Event::MappingEnd => open.pop()?.closed(),
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() == DEEPEST => return None,
            Event::SequenceStart(..) => {
                open.push(Open::Sequence(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Mapping(Map::new(), None));
                continue;
            }
            _ => continue,
        };
        match open.last_mut() {
            Some(outer) => outer.take(done),
            None => return Some(done),
        }
    }
    None
}

/// A collection that has not ended.
enum Open {
    Sequence(Vec<Value>),
    /// With the key whose value comes next.
    Mapping(Map<String, Value>, Option<String>),
}

impl Open {
    fn take(&mut self, value: Value) {
        match self {
            Self::Sequence(values) => values.push(value),
            Self::Mapping(fields, key) => match key.take() {
                Some(key) => {
                    fields.insert(key, value);
                }
                None => *key = Some(value.as_str().unwrap_or_default().to_owned()),
            },
        }
    }

    fn closed(self) -> Value {
        match self {
            Self::Sequence(values) => Value::Array(values),
            Self::Mapping(fields, _) => Value::Object(fields),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_a_tree_of_text() {
        let text = "# a comment\na: 1.10\nb:\n- x: 'it''s'\n  y: >\n    two\n    lines\n- [q, ~]\n\"c\": 2020-01-01\n";
        let expected = r#"{"a": "1.10", "b": [{"x": "it's", "y": "two lines\n"}, ["q", null]], "c": "2020-01-01"}"#;
        assert_eq!(parse(text), serde_json::from_str(expected).ok());
    }

    #[test]
    fn what_is_hostile_is_empty_or_refused() {
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert_eq!(parse(bomb).unwrap().to_string(), r#"{"a":["x","x"],"b":[null,null],"c":[null,null]}"#);
        for text in ["", "a: b: c: [", "\t- x", "{a", "? [x]: y\n: ]", "%YAML 9\n---\n&", "*x", "!<"] {
            let _ = parse(text);
        }
        for deep in ["- ".repeat(100_000), "[".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000)] {
            assert_eq!(parse(&deep), None);
        }
        assert_eq!(parse(&format!("a: {}", "x".repeat(LARGEST))), None);
    }
}
