//! [Crossref](https://www.crossref.org/documentation/retrieve-metadata/rest-api/): the works of most publishers, as these
//! deposited them.

mod record;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{join, json, part, part_of_fields},
    asking::{about, address, dois, encode, must_go_alone, titled},
    datacite, facts,
};
use crate::{
    id::Doi,
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request, Token},
};

/// Crossref.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossref;

const NAME: &str = "crossref";

/// What is read of a record. Lists are sent whole without it; a name that Crossref does not know is an error.
const FIELDS: &str = "DOI,type,title,subtitle,author,container-title,event,published-print,published-online,posted,\
    issued,volume,issue,page,article-number,is-referenced-by-count,reference,relation,update-to,updated-by,abstract,link";

impl Service for Crossref {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://api.crossref.org"
    }

    /// The whole value of the header: `Bearer` and the token.
    fn keys(&self) -> &'static [&'static str] {
        &["CROSSREF_PLUS_API_TOKEN"]
    }

    /// As the headers `x-rate-limit-limit` and `x-concurrency-limit` say; lists are answered once a second to all.
    fn manners(&self, has_key: bool) -> Manners {
        let (open_per_host, pause) = if has_key { (3, 50) } else { (1, 1000) };
        Manners {
            open_per_host,
            pause_between: Duration::from_millis(pause),
            first_pause: Duration::from_secs(2),
            ..Manners::default()
        }
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let is_publication = matches!(wanted.kind, Kind::Paper | Kind::Book);
        let doi = wanted.ids.doi.clone().filter(|doi| is_publication && !datacite::is_issuer(doi));
        doi.map(|doi| about(wanted, WorkRef::Doi(doi))).or_else(|| titled(wanted)).into_iter().collect()
    }

    /// A prefix that is known as DataCite's may have moved.
    fn questions_after(&self, absent_at: &str, wanted: &Wanted) -> Vec<Question> {
        let is_publication = matches!(wanted.kind, Kind::Paper | Kind::Book);
        let doi =
            wanted.ids.doi.clone().filter(|doi| absent_at == "datacite" && is_publication && datacite::is_issuer(doi));
        doi.map(|doi| about(wanted, WorkRef::Doi(doi))).into_iter().collect()
    }

    fn most_at_once(&self, ask: &Ask) -> usize {
        match ask {
            Ask::Work(WorkRef::Doi(doi)) if !must_go_alone(doi) => 40,
            _ => 1,
        }
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let below = match questions {
            [Question { ask: Ask::Title(title, family, year), .. }] => search(title, family.as_deref(), *year),
            _ => match &dois(questions).collect::<Vec<Doi>>()[..] {
                [doi] => format!("/works/{}", encode(doi.as_ref())),
                dois => {
                    let filter: Vec<String> = dois.iter().map(|doi| format!("doi:{}", encode(doi.as_ref()))).collect();
                    format!("/works?filter={}&rows={}&select={FIELDS}", filter.join(","), dois.len())
                }
            },
        };
        let request = Request::get(address(access, &below)).accepting("application/json");
        // An address of a person is no part of the address of a record.
        let contact = access.contact.as_deref().and_then(Token::new);
        let request = match &contact {
            Some(contact) => request.secret_query("mailto", contact),
            None => request,
        };
        match &access.key {
            Some(key) => request.with_secret("Crossref-Plus-API-Token", key),
            None => request,
        }
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let message = message(body)?;
        if let [Question { ask: Ask::Title(..), .. }] = questions {
            return Ok(vec![Some(part(&message))]);
        }
        if questions.len() == 1 && message.get("items").is_none() {
            return Ok(vec![Some(part_of_fields(message, FIELDS))]);
        }
        let is_about = |record: &Value, work: &WorkRef| {
            let doi = record.get("DOI").and_then(Value::as_str);
            doi.is_some_and(|doi| facts::are_of(&facts::identifiers_of(doi), work))
        };
        Ok(join(questions, message.get("items").and_then(Value::as_array).map_or(&[], Vec::as_slice), is_about))
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let mut message = message(body)?;
        match &question.ask {
            Ask::Title(title, ..) => {
                let items = message.get_mut("items").map(Value::take).unwrap_or_default();
                Ok(super::lenient::elements(items)
                    .into_iter()
                    .filter_map(|item| record::read(item, Some(title)))
                    .collect())
            }
            Ask::Work(work) => {
                let dossier = record::read(message, None);
                Ok(dossier.filter(|dossier| facts::are_of(&dossier.ids, work)).into_iter().collect())
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// The search that takes a title with whatever else is known of the work.
fn search(title: &str, family: Option<&str>, year: Option<u16>) -> String {
    const MOST: u8 = 5;
    let year = year.map(|year| year.to_string());
    let words: Vec<&str> = std::iter::once(title).chain(family).chain(year.as_deref()).collect();
    format!("/works?query.bibliographic={}&rows={MOST}&select={FIELDS}", encode(&words.join(" ")))
}

/// What the envelope of an answer holds: a record, or a list of them.
fn message(body: &[u8]) -> Result<Value, Unreadable> {
    let mut answer = json(NAME, body)?;
    let message = answer.get_mut("message").map(Value::take).unwrap_or(answer);
    // A list is known by its items, a single record by its identifier.
    let is_known = message.get("items").map_or_else(|| message.get("DOI").is_some(), Value::is_array);
    if is_known { Ok(message) } else { Err(Unreadable::new(NAME, "it has no record", body)) }
}
