//! Reads JSON as services really send it: null, absent and empty mean the same, a number may be a text, one bad element
//! spoils no list. To be named in `#[serde(deserialize_with = "…")]`, together with `#[serde(default)]` on the struct.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// A value, or nothing if it is null or of another form.
pub(super) fn maybe<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    Value::deserialize(deserializer).map(|value| element(value).unwrap_or_default())
}

/// The elements of a list that are of the right form. What is no list is one element.
pub(super) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Value::deserialize(deserializer).map(|value| elements(value).into_iter().filter_map(element).collect())
}

/// A text; a number is its digits, all else is empty.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Value::deserialize(deserializer).map(into_text)
}

/// The texts of a list, without empty ones.
pub(super) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let texts = |value| elements(value).into_iter().map(into_text).filter(|text| !text.trim().is_empty()).collect();
    Value::deserialize(deserializer).map(texts)
}

/// A whole number, also where it is written as a text.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Value::deserialize(deserializer).map(|value| whole(&value))
}

/// A whole number, also where it is written as a text.
pub(super) fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// The elements of a list; null has none, what is no list is its own only element.
pub(super) fn elements(value: Value) -> Vec<Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(elements) => elements,
        other => vec![other],
    }
}

/// Serde would take a list for a struct, its elements for the fields.
fn element<T: DeserializeOwned>(value: Value) -> Option<T> {
    if value.is_array() { None } else { T::deserialize(value).ok() }
}

fn into_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default)]
    struct Sample {
        #[serde(deserialize_with = "text")]
        name: String,
        #[serde(deserialize_with = "number")]
        count: Option<u64>,
        #[serde(deserialize_with = "texts")]
        words: Vec<String>,
        #[serde(deserialize_with = "list")]
        parts: Vec<Sample>,
        #[serde(deserialize_with = "maybe")]
        inner: Option<Box<Sample>>,
    }

    #[test]
    fn nothing_of_a_wrong_form_spoils_the_rest() {
        let read = |json: &str| serde_json::from_str::<Sample>(json).unwrap();
        let nothing = Sample::default();
        for json in [
            "{}",
            r#"{"name":null,"count":null,"words":null,"parts":null,"inner":null}"#,
            r#"{"name":{},"count":-1,"words":[null,{}," "],"parts":[null,1,["a"]],"inner":["a"]}"#,
            r#"{"name":[],"count":"many","words":{},"parts":"x","inner":7}"#,
        ] {
            assert_eq!(read(json), nothing, "{json}");
        }
        let full = read(r#"{"name":7,"count":"12","words":["a",2],"parts":[{"name":"b"},null],"inner":{"count":3}}"#);
        assert_eq!((full.name.as_str(), full.count, full.words.len()), ("7", Some(12), 2));
        assert_eq!((full.parts.len(), full.inner.unwrap().count), (1, Some(3)));
        assert_eq!(read(r#"{"parts":{"name":"one"}}"#).parts.len(), 1);
    }
}
