//! [DataCite](https://support.datacite.org/docs/api): data, software and preprints, as their archives registered them.

mod record;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{join, json, part},
    asking::{about, address, dois, encode, encode_path, must_go_alone},
    facts,
};
use crate::{
    id::Doi,
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request},
};

/// DataCite.
#[derive(Debug, Clone, Copy)]
pub(super) struct DataCite;

const NAME: &str = "datacite";

/// Archives whose DOIs DataCite registers. `https://doi.org/ra/10.5281` tells so of a prefix, and DataCite lists
/// [all that it has](https://api.datacite.org/prefixes). What is wrong here costs one request: Crossref is asked for what
/// DataCite does not have.
const PREFIXES: [(&str, &str); 17] = [
    ("10.48550", "arXiv"),
    ("10.5281", "Zenodo"),
    ("10.6084", "figshare"),
    ("10.25452", "figshare"),
    ("10.5061", "Dryad"),
    ("10.15146", "Dryad"),
    ("10.17605", "OSF"),
    ("10.7910", "Harvard Dataverse"),
    ("10.13026", "PhysioNet"),
    ("10.17632", "Mendeley Data"),
    ("10.15468", "GBIF"),
    ("10.57967", "Hugging Face"),
    ("10.34740", "Kaggle"),
    ("10.24432", "UCI Machine Learning Repository"),
    ("10.7937", "The Cancer Imaging Archive"),
    ("10.7303", "Synapse"),
    ("10.21227", "IEEE DataPort"),
];

/// Whether it is known by its prefix that DataCite has the DOI.
pub(super) fn is_issuer(doi: &Doi) -> bool {
    doi.as_ref().split('/').next().is_some_and(|prefix| PREFIXES.iter().any(|(known, _)| *known == prefix))
}

impl Service for DataCite {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://api.datacite.org"
    }

    /// 500 requests in five minutes to anyone, twice as many with an address in the agent's name
    /// ([limits](https://support.datacite.org/docs/rate-limit)).
    fn manners(&self, _has_key: bool) -> Manners {
        Manners { open_per_host: 2, pause_between: Duration::from_millis(600), ..Manners::default() }
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let is_kept = matches!(wanted.kind, Kind::Paper | Kind::Book | Kind::Dataset) || wanted.kind.is_software();
        let doi = wanted.ids.doi.clone().filter(is_issuer).map(WorkRef::Doi);
        let arxiv = wanted.ids.arxiv.clone().filter(|_| wanted.ids.doi.is_none()).map(WorkRef::Arxiv);
        doi.or(arxiv).filter(|_| is_kept).map(|work| about(wanted, work)).into_iter().collect()
    }

    /// A DOI that Crossref does not have is most likely here.
    fn questions_after(&self, absent_at: &str, wanted: &Wanted) -> Vec<Question> {
        let doi = wanted.ids.doi.clone().filter(|doi| absent_at == "crossref" && !is_issuer(doi));
        doi.map(|doi| about(wanted, WorkRef::Doi(doi))).into_iter().collect()
    }

    fn most_at_once(&self, ask: &Ask) -> usize {
        match ask {
            Ask::Work(WorkRef::Doi(doi)) if must_go_alone(doi) => 1,
            Ask::Work(WorkRef::Doi(_) | WorkRef::Arxiv(_)) => 50,
            _ => 1,
        }
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let below = match &dois(questions).collect::<Vec<Doi>>()[..] {
            [doi] => format!("/dois/{}", encode_path(doi.as_ref())),
            dois => {
                let ids: Vec<String> = dois.iter().map(|doi| encode(doi.as_ref())).collect();
                format!("/dois?ids={}&page%5Bsize%5D={}", ids.join(","), dois.len())
            }
        };
        Request::get(address(access, &below)).accepting("application/vnd.api+json")
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        match data(body)? {
            Value::Array(records) => Ok(join(questions, &records, |record, work| facts::are_of(&ids_of(record), work))),
            record if questions.len() == 1 => Ok(vec![Some(part(&record))]),
            record => Ok(join(questions, &[record], |record, work| facts::are_of(&ids_of(record), work))),
        }
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let Ask::Work(work) = &question.ask else { return Ok(Vec::new()) };
        let dossier = record::read(data(body)?);
        Ok(dossier.filter(|dossier| facts::are_of(&dossier.ids, work)).into_iter().collect())
    }
}

fn ids_of(record: &Value) -> crate::id::Identifiers {
    facts::identifiers_of(record.get("id").and_then(Value::as_str).unwrap_or_default())
}

/// What the envelope of an answer holds ([JSON:API](https://jsonapi.org/format/#document-top-level)): a record, or a list.
fn data(body: &[u8]) -> Result<Value, Unreadable> {
    let mut answer = json(NAME, body)?;
    let data = answer.get_mut("data").map(Value::take).unwrap_or(answer);
    let is_known = data.is_array() || data.get("attributes").is_some();
    if is_known { Ok(data) } else { Err(Unreadable::new(NAME, "it has no record", body)) }
}
