//! [Europe PMC](https://europepmc.org/RestfulWebService): the life sciences, with MeSH headings, iDs of authors, what was
//! retracted or corrected, and which preprint became which article.

mod fields;
mod record;
#[cfg(test)]
mod tests;

use std::time::Duration;

use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{json, part},
    asking::{about, address, encode},
    facts, lenient,
};
use crate::{
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request},
};

/// Europe PMC.
#[derive(Debug, Clone, Copy)]
pub(super) struct EuropePmc;

const NAME: &str = "europepmc";

/// How many papers are looked for at once.
const MOST: usize = 25;

/// How many records may come back: one paper can have one in PubMed, one in PubMed Central, and versions as a preprint.
const PAGE: usize = 100;

impl Service for EuropePmc {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://www.ebi.ac.uk/europepmc/webservices/rest"
    }

    /// No limit is published; it asks not to be asked in parallel by many.
    fn manners(&self, _has_key: bool) -> Manners {
        Manners::serial(Duration::from_millis(200), Duration::from_secs(1))
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let ids = &wanted.ids;
        let doi = ids.doi.clone().filter(is_plain).map(WorkRef::Doi);
        let work =
            doi.or_else(|| ids.pmid.clone().map(WorkRef::Pmid)).or_else(|| ids.pmcid.clone().map(WorkRef::Pmcid));
        work.filter(|_| wanted.kind == Kind::Paper).map(|work| about(wanted, work)).into_iter().collect()
    }

    fn most_at_once(&self, ask: &Ask) -> usize {
        if matches!(ask, Ask::Work(_)) { MOST } else { 1 }
    }

    /// One paper is looked for as several are: an answer about a single record has no form of its own.
    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let terms: Vec<String> = questions.iter().filter_map(|question| term(&question.ask)).collect();
        let query = encode(&format!("({})", terms.join(" OR ")));
        let below = format!("/search?query={query}&resultType=core&format=json&pageSize={PAGE}");
        Request::get(address(access, &below)).accepting("application/json")
    }

    fn names_absent(&self) -> bool {
        true
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let (records, is_whole) = records(body)?;
        let best = |question: &Question| best(question, &records).map(part);
        let parts: Vec<Option<Vec<u8>>> = questions.iter().map(best).collect();
        if !is_whole && parts.contains(&None) {
            return Err(Unreadable::new(NAME, "it found more than it shows", body));
        }
        Ok(parts)
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let (records, _) = records(body)?;
        Ok(best(question, &records).and_then(|record| record::read(record.clone())).into_iter().collect())
    }
}

/// Whether a DOI can stand between quotation marks.
fn is_plain(doi: &crate::id::Doi) -> bool {
    !doi.as_ref().contains(['"', '\\'])
}

/// The search for one paper ([fields](https://europepmc.org/searchsyntax)).
fn term(ask: &Ask) -> Option<String> {
    match ask {
        Ask::Work(WorkRef::Doi(doi)) => Some(format!("DOI:\"{doi}\"")),
        Ask::Work(WorkRef::Pmid(pmid)) => Some(format!("(EXT_ID:{pmid} AND SRC:MED)")),
        Ask::Work(WorkRef::Pmcid(pmcid)) => Some(format!("PMCID:{pmcid}")),
        _ => None,
    }
}

/// The records of an answer, and whether these are all that were found. A part of an answer is one record.
fn records(body: &[u8]) -> Result<(Vec<Value>, bool), Unreadable> {
    let mut answer = json(NAME, body)?;
    if let Some(list) = answer.pointer_mut("/resultList/result") {
        let records = lenient::elements(list.take());
        let n_found = answer.get("hitCount").and_then(lenient::whole).unwrap_or_default();
        let is_whole = n_found <= u64::try_from(records.len()).unwrap_or(u64::MAX);
        return Ok((records, is_whole));
    }
    let is_record = ["id", "source"].iter().all(|name| answer.get(name).is_some());
    if is_record { Ok((vec![answer], true)) } else { Err(Unreadable::new(NAME, "it has no list of results", body)) }
}

/// The record that is about the work of a question; that of PubMed before others of the same work.
fn best<'r>(question: &Question, records: &'r [Value]) -> Option<&'r Value> {
    const SOURCES: [&str; 3] = ["MED", "PMC", "PPR"];
    let Ask::Work(work) = &question.ask else { return None };
    let rank = |record: &&Value| {
        let source = record.get("source").and_then(Value::as_str).unwrap_or_default();
        SOURCES.iter().position(|known| *known == source).unwrap_or(SOURCES.len())
    };
    records.iter().filter(|record| facts::are_of(&record::identifiers(record), work)).min_by_key(rank)
}
