//! [OpenAlex](https://developers.openalex.org/): works with their topics, references and open copies, put together from many
//! sources.

mod record;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{join, json, part_of_fields},
    asking::{about, address, dois, encode, encode_path, must_go_alone},
    facts,
};
use crate::{
    id::Doi,
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request},
};

/// OpenAlex.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenAlex;

const NAME: &str = "openalex";

/// What is read of a record; only names of the top level can be chosen.
const FIELDS: &str = "id,doi,title,publication_year,publication_date,ids,type,authorships,primary_location,locations,\
    best_oa_location,biblio,cited_by_count,is_retracted,topics,keywords,referenced_works,abstract_inverted_index";

impl Service for OpenAlex {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://api.openalex.org"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["OPENALEX_API_KEY"]
    }

    /// Five requests a second were announced to those without a key, a hundred to the others.
    fn manners(&self, has_key: bool) -> Manners {
        let pause = if has_key { 50 } else { 250 };
        Manners { open_per_host: 2, pause_between: Duration::from_millis(pause), ..Manners::default() }
    }

    /// A list costs a tenth of a thousandth of a dollar. A dollar a day is free with a key, a tenth of it without
    /// ([prices](https://developers.openalex.org/api-reference/authentication)).
    fn free_per_day(&self, has_key: bool) -> Option<u32> {
        Some(if has_key { 10_000 } else { 1_000 })
    }

    /// Rounded up: a list costs a tenth of it.
    fn price(&self, _ask: &Ask) -> u32 {
        1
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let ids = wanted.ids.clone();
        let work = ids.doi.map(WorkRef::Doi).or(ids.arxiv.map(WorkRef::Arxiv)).or(ids.pmid.map(WorkRef::Pmid));
        let is_publication = matches!(wanted.kind, Kind::Paper | Kind::Book);
        work.filter(|_| is_publication).map(|work| about(wanted, work)).into_iter().collect()
    }

    fn own_question(&self, work: &WorkRef) -> Option<Question> {
        let is_ours = matches!(work, WorkRef::Own(own) if own.starts_with("openalex:"));
        is_ours.then(|| Question { about: work.clone(), ask: Ask::Work(work.clone()) })
    }

    /// PubMed numbers stand in a filter of their own, so they go alone.
    fn most_at_once(&self, ask: &Ask) -> usize {
        match ask {
            Ask::Work(WorkRef::Doi(doi)) if must_go_alone(doi) => 1,
            Ask::Work(WorkRef::Doi(_) | WorkRef::Arxiv(_)) => 50,
            _ => 1,
        }
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let below = match questions {
            [Question { ask: Ask::Work(WorkRef::Pmid(pmid)), .. }] => format!("/works/pmid:{pmid}"),
            [Question { ask: Ask::Work(WorkRef::Own(own)), .. }] => format!("/works/{}", encode(own_key(own))),
            _ => match &dois(questions).collect::<Vec<Doi>>()[..] {
                [doi] => format!("/works/https://doi.org/{}", encode_path(doi.as_ref())),
                dois => {
                    let values: Vec<String> = dois.iter().map(|doi| encode(doi.as_ref())).collect();
                    format!("/works?filter=doi:{}&per_page={}&select={FIELDS}", values.join("%7C"), dois.len())
                }
            },
        };
        let request = Request::get(address(access, &below)).accepting("application/json");
        match &access.key {
            Some(key) => request.secret_query("api_key", key),
            None => request,
        }
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let mut answer = answer(body)?;
        match answer.get_mut("results").map(Value::take) {
            None if questions.len() == 1 => Ok(vec![Some(part_of_fields(answer, FIELDS))]),
            None => Ok(join(questions, &[answer], record::is_about)),
            Some(results) => {
                let whole: Vec<Value> = super::lenient::elements(results).into_iter().filter(has_all_authors).collect();
                Ok(join(questions, &whole, record::is_about))
            }
        }
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let Ask::Work(work) = &question.ask else { return Ok(Vec::new()) };
        let record = answer(body)?;
        if matches!(work, WorkRef::Own(_)) {
            return Ok(record::read(record).filter(|dossier| dossier.own.as_ref() == Some(work)).into_iter().collect());
        }
        let dossier = Some(record).filter(|record| record::is_about(record, work)).and_then(record::read);
        Ok(dossier.and_then(|dossier| facts::as_asked(dossier, work)).into_iter().collect())
    }
}

/// Lists cut the authors of a work at a hundred; such a work must be asked for alone.
fn has_all_authors(record: &Value) -> bool {
    record.get("authorships").and_then(Value::as_array).is_none_or(|authors| authors.len() < 100)
}

/// `W2741809807` of `openalex:W2741809807`.
fn own_key(own: &str) -> &str {
    own.split_once(':').map_or(own, |(_, key)| key)
}

/// An answer: a record, or a list of them with the name `results`.
fn answer(body: &[u8]) -> Result<Value, Unreadable> {
    let answer = json(NAME, body)?;
    let is_known = ["id", "doi", "results"].iter().any(|name| answer.get(name).is_some());
    if is_known { Ok(answer) } else { Err(Unreadable::new(NAME, "it has no record", body)) }
}
