//! Takes answers apart.

use serde_json::Value;

use super::{Ask, Question, Unreadable};
use crate::model::WorkRef;

/// The JSON of an answer.
pub(super) fn json(service: &'static str, body: &[u8]) -> Result<Value, Unreadable> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).map_err(|cause| Unreadable::new(service, format!("it is no JSON: {cause}"), body))
}

/// One record, as [`super::Service::read`] takes it.
pub(super) fn part(record: &Value) -> Vec<u8> {
    record.to_string().into_bytes()
}

/// One record with no more of its fields than a list of records has: asked for alone or with others, it says the same.
pub(super) fn part_of_fields(mut record: Value, fields: &str) -> Vec<u8> {
    if let Some(record) = record.as_object_mut() {
        record.retain(|name, _| fields.split(',').any(|field| field == name));
    }
    part(&record)
}

/// For each question the first record that is about its work.
pub(super) fn join<F>(questions: &[Question], records: &[Value], is_about: F) -> Vec<Option<Vec<u8>>>
where
    F: Fn(&Value, &WorkRef) -> bool,
{
    let record = |question: &Question| match &question.ask {
        Ask::Work(work) => records.iter().find(|record| is_about(record, work)).map(part),
        _ => None,
    };
    questions.iter().map(record).collect()
}
