//! [Semantic Scholar](https://api.semanticscholar.org/api-docs/graph): the academic graph, with references that publishers do
//! not deposit elsewhere.

mod record;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted, answer,
    asking::{about, address, encode, encode_path, titled},
    facts, lenient,
};
use crate::{
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request},
};

/// Semantic Scholar.
#[derive(Debug, Clone, Copy)]
pub(super) struct SemanticScholar;

const NAME: &str = "semantic-scholar";

/// What is read of a record that was found by its title.
const FIELDS: &str = "paperId,externalIds,title,abstract,venue,publicationVenue,year,publicationDate,publicationTypes,journal,\
    authors,citationCount,openAccessPdf,s2FieldsOfStudy";

impl Service for SemanticScholar {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://api.semanticscholar.org/graph/v1"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["S2_API_KEY", "SEMANTIC_SCHOLAR_API_KEY"]
    }

    /// One request a second with a key; without one all the world shares a few
    /// ([limits](https://www.semanticscholar.org/product/api#api-key)).
    fn manners(&self, has_key: bool) -> Manners {
        let pause = if has_key { 1100 } else { 3000 };
        Manners::serial(Duration::from_millis(pause), Duration::from_secs(2))
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let ids = wanted.ids.clone();
        let work = ids.doi.map(WorkRef::Doi).or(ids.arxiv.map(WorkRef::Arxiv)).or(ids.pmid.map(WorkRef::Pmid));
        let work = work.filter(|_| wanted.kind == Kind::Paper).map(|work| about(wanted, work));
        work.or_else(|| titled(wanted)).into_iter().collect()
    }

    /// 500 are taken, but what belongs to many of them, such as their references, may come
    /// [cut](https://github.com/allenai/s2-folks/issues/199).
    fn most_at_once(&self, ask: &Ask) -> usize {
        if matches!(ask, Ask::Work(_)) { 50 } else { 1 }
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let fields = format!("fields={FIELDS},references.externalIds");
        let request = match questions {
            [Question { ask: Ask::Title(title, ..), .. }] => {
                let below = format!("/paper/search/match?query={}&fields={FIELDS}", encode(title));
                Request::get(address(access, &below))
            }
            [question] => {
                let id = id_of(question).unwrap_or_default();
                Request::get(address(access, &format!("/paper/{}?{fields}", encode_path(&id))))
            }
            _ => {
                let ids: Vec<String> = questions.iter().map(|question| id_of(question).unwrap_or_default()).collect();
                let body = json!({ "ids": ids }).to_string().into_bytes();
                Request::post_json(address(access, &format!("/paper/batch?{fields}")), body)
            }
        };
        let request = request.accepting("application/json");
        match &access.key {
            Some(key) => request.with_secret("x-api-key", key),
            None => request,
        }
    }

    /// Records of a list stand in the order of the questions, null where nothing is known.
    fn names_absent(&self) -> bool {
        true
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let known = |record: &Value| record.is_object().then(|| answer::part(record));
        match answer(body)? {
            None => Ok(vec![None; questions.len()]),
            Some(Value::Array(records)) if records.len() == questions.len() => Ok(records.iter().map(known).collect()),
            Some(record @ Value::Object(_)) if questions.len() == 1 => Ok(vec![known(&record)]),
            Some(_) => Err(Unreadable::new(NAME, "it has not as many records as were asked for", body)),
        }
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let Some(mut found) = answer(body)? else { return Ok(Vec::new()) };
        match &question.ask {
            Ask::Title(..) => {
                let found = found.get_mut("data").map(Value::take).unwrap_or_default();
                Ok(lenient::elements(found).into_iter().filter_map(record::read).collect())
            }
            Ask::Work(work) => {
                let dossier = record::read(found).and_then(|dossier| facts::as_asked(dossier, work));
                Ok(dossier.into_iter().collect())
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// How the service writes what is asked about.
fn id_of(question: &Question) -> Option<String> {
    let Ask::Work(work) = &question.ask else { return None };
    match work {
        WorkRef::Doi(doi) => Some(format!("DOI:{doi}")),
        WorkRef::Arxiv(id) => Some(format!("ARXIV:{id}")),
        WorkRef::Pmid(id) => Some(format!("PMID:{id}")),
        WorkRef::Pmcid(id) => Some(format!("PMCID:{}", id.as_ref().trim_start_matches("PMC"))),
        _ => None,
    }
}

/// An answer; none if it says that nothing was found.
fn answer(body: &[u8]) -> Result<Option<Value>, Unreadable> {
    let answer = answer::json(NAME, body)?;
    let error = answer.get("error").or_else(|| answer.get("message")).and_then(Value::as_str);
    match error {
        Some(error) if error.ends_with("not found") => Ok(None),
        Some(error) => Err(Unreadable::new(NAME, error, body)),
        None if answer.is_object() || answer.is_array() => Ok(Some(answer)),
        None => Err(Unreadable::new(NAME, "it has no record", body)),
    }
}
