//! The [ID converter](https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/) of the NCBI: which DOI, PubMed number and
//! PubMed Central identifier are the same article. It only knows what is in PubMed Central.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{json, part},
    asking::{about, address, encode, must_go_alone},
    facts, lenient,
};
use crate::{
    id::{Identifiers, Pmcid},
    model::{Dossier, Kind, WorkRef},
    net::{Manners, Request, Token},
};

/// The ID converter of the NCBI.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ncbi;

const NAME: &str = "ncbi";

impl Service for Ncbi {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["NCBI_API_KEY"]
    }

    /// Three requests in a second, ten with a key
    /// ([usage](https://www.ncbi.nlm.nih.gov/books/NBK25497/#chapter2.Usage_Guidelines_and_Requiremen)).
    fn manners(&self, has_key: bool) -> Manners {
        Manners::serial(Duration::from_millis(if has_key { 110 } else { 350 }), Duration::from_secs(1))
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let Identifiers { doi, pmid, pmcid, .. } = wanted.ids.clone();
        let work = match (doi, pmid, pmcid) {
            (None, Some(pmid), _) => Some(WorkRef::Pmid(pmid)),
            (None, None, Some(pmcid)) => Some(WorkRef::Pmcid(pmcid)),
            (Some(doi), None, _) if !must_go_alone(&doi) => Some(WorkRef::Doi(doi)),
            _ => None,
        };
        work.filter(|_| wanted.kind == Kind::Paper).map(|work| about(wanted, work)).into_iter().collect()
    }

    /// Up to 200, all of one kind: the number keeps the kinds apart.
    fn most_at_once(&self, ask: &Ask) -> usize {
        match ask {
            Ask::Work(WorkRef::Pmid(_)) => 200,
            Ask::Work(WorkRef::Pmcid(_)) => 199,
            Ask::Work(WorkRef::Doi(_)) => 198,
            _ => 1,
        }
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let kind = questions.first().and_then(kind_of).map_or("", |(kind, _)| kind);
        let ids: Vec<String> = of_kind(questions, kind).map(|id| encode(&id)).collect();
        let below = format!("/articles/?ids={}&idtype={kind}&format=json&tool=amml-graph", ids.join(","));
        let request = Request::get(address(access, &below)).accepting("application/json");
        // An address of a person is no part of the address of an answer.
        let request = match access.contact.as_deref().and_then(Token::new) {
            Some(contact) => request.secret_query("email", &contact),
            None => request,
        };
        match &access.key {
            Some(key) => request.secret_query("api_key", key),
            None => request,
        }
    }

    fn names_absent(&self) -> bool {
        true
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let kind = questions.first().and_then(kind_of).map_or("", |(kind, _)| kind);
        if of_kind(questions, kind).count() < questions.len() {
            return Err(Unreadable::new(NAME, "not all was asked, identifiers are of several kinds", body));
        }
        let records = records(body)?;
        Ok(questions.iter().map(|question| about_work(question, &records).map(part)).collect())
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let records = records(body)?;
        let record = about_work(question, &records).and_then(Record::of);
        let ids = record.map(|record| record.identifiers()).filter(|ids| WorkRef::of_identifiers(ids).count() > 1);
        Ok(ids.map(|ids| Dossier { kind: Kind::Paper, ids, ..Dossier::default() }).into_iter().collect())
    }
}

/// The kind of identifier that a question asks by, in the words of the converter, and the identifier.
fn kind_of(question: &Question) -> Option<(&'static str, String)> {
    match &question.ask {
        Ask::Work(WorkRef::Doi(id)) => Some(("doi", id.to_string())),
        Ask::Work(WorkRef::Pmid(id)) => Some(("pmid", id.to_string())),
        Ask::Work(WorkRef::Pmcid(id)) => Some(("pmcid", id.to_string())),
        _ => None,
    }
}

fn of_kind(questions: &[Question], kind: &str) -> impl Iterator<Item = String> {
    questions.iter().filter_map(kind_of).filter(move |(other, _)| *other == kind).map(|(_, id)| id)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    #[serde(deserialize_with = "lenient::text")]
    doi: String,
    #[serde(deserialize_with = "lenient::text")]
    pmid: String,
    #[serde(deserialize_with = "lenient::text")]
    pmcid: String,
    #[serde(deserialize_with = "lenient::text")]
    status: String,
}

impl Record {
    /// A record, unless it only says that there is none.
    fn of(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok().filter(|record| record.status != "error")
    }

    fn identifiers(&self) -> Identifiers {
        let mut ids = facts::identifiers_of(&self.doi);
        ids.pmid = self.pmid.parse().ok();
        // `PMC2883744.2` is a version of `PMC2883744`.
        let pmcid = self.pmcid.split('.').next().unwrap_or_default();
        ids.pmcid = pmcid.parse().ok().or_else(|| format!("PMC{pmcid}").parse::<Pmcid>().ok());
        ids
    }
}

/// The records of an answer. A part of an answer is one record.
fn records(body: &[u8]) -> Result<Vec<Value>, Unreadable> {
    let mut answer = json(NAME, body)?;
    if let Some(records) = answer.get_mut("records").map(Value::take) {
        return Ok(lenient::elements(records));
    }
    let is_record = ["doi", "pmid", "pmcid", "errmsg"].iter().any(|name| answer.get(name).is_some());
    if is_record { Ok(vec![answer]) } else { Err(Unreadable::new(NAME, "it has no records", body)) }
}

fn about_work<'r>(question: &Question, records: &'r [Value]) -> Option<&'r Value> {
    let Ask::Work(work) = &question.ask else { return None };
    let is_about = |value: &&Value| Record::of(value).is_some_and(|record| facts::are_of(&record.identifiers(), work));
    records.iter().find(is_about)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(work: &str) -> Question {
        let work: WorkRef = work.parse().unwrap();
        Question { about: work.clone(), ask: Ask::Work(work) }
    }

    fn wanted(ids: Identifiers) -> Wanted {
        let what = WorkRef::Title("x".into());
        Wanted { kind: Kind::Paper, what, ids, title: "x".into(), families: vec![], year: None, repository: None }
    }

    #[test]
    fn asks_what_it_can_add_to() {
        let ids = |doi: &str, pmid: &str, pmcid: &str| Identifiers {
            doi: doi.parse().ok(),
            pmid: pmid.parse().ok(),
            pmcid: pmcid.parse().ok(),
            arxiv: None,
        };
        for (ids, expected) in [
            (ids("", "1", "PMC1"), Some("pmid 1")),
            (ids("", "", "PMC1"), Some("pmcid PMC1")),
            (ids("10.1000/a", "", "PMC1"), Some("doi 10.1000/a")),
            (ids("10.1000/a", "1", ""), None),
            (ids("10.1000/a,b", "", ""), None),
            (ids("", "", ""), None),
        ] {
            let asked = Ncbi.questions(&wanted(ids.clone()));
            let asked = asked.first().and_then(kind_of).map(|(kind, id)| format!("{kind} {id}"));
            assert_eq!(asked.as_deref(), expected, "{ids:?}");
            assert!(Ncbi.questions(&Wanted { kind: Kind::Tool, ..wanted(ids) }).is_empty());
        }
        let most = |work: &str| Ncbi.most_at_once(&question(work).ask);
        assert!(most("pmid:1") != most("doi:10.1000/a") && most("pmcid:PMC1") != most("doi:10.1000/a"));
    }

    #[test]
    fn the_request_shows_neither_key_nor_person() {
        let access = Access {
            base: Ncbi.base().parse().unwrap(),
            key: Token::new("secret"),
            contact: Some("me@example.org".into()),
        };
        let request = Ncbi.request(&[question("doi:10.1000/a(b)"), question("doi:10.1000/c")], &access);
        assert_eq!(
            request.url.as_ref(),
            "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/?ids=10.1000%2Fa%28b%29,10.1000%2Fc&idtype=doi&format=json&tool=amml-graph"
        );
        let shown = format!("{request:?}");
        assert!(shown.contains("email") && shown.contains("api_key"));
        assert!(!shown.contains("me@example.org") && !shown.contains("secret\""));
    }

    const ANSWER: &str = r#"{"status":"ok","records":[
        {"doi":"10.1000/A","pmid":11,"pmcid":"PMC1","requested-id":"10.1000/A"},
        {"doi":"10.1000/b","live":"false","status":"error","errmsg":"invalid article id"},
        null, 7, {"pmid":"12","pmcid":"PMC2.1","doi":null}, {"doi":"10.1000/d"}]}"#;

    #[test]
    fn each_question_gets_its_record() {
        let questions = [question("doi:10.1000/b"), question("doi:10.1000/a"), question("doi:10.1000/z")];
        let parts = Ncbi.split(&questions, ANSWER.as_bytes()).unwrap();
        assert!(parts[0].is_none() && parts[2].is_none());
        let dossiers = Ncbi.read(&questions[1], parts[1].as_ref().unwrap()).unwrap();
        let ids = &dossiers[0].ids;
        assert_eq!((ids.pmid.as_ref().unwrap().as_ref(), ids.pmcid.as_ref().unwrap().as_ref()), ("11", "PMC1"));
        assert_eq!(Ncbi.read(&question("pmcid:PMC2"), ANSWER.as_bytes()).unwrap()[0].ids.pmid, "12".parse().ok());
        assert!(Ncbi.read(&question("doi:10.1000/d"), ANSWER.as_bytes()).unwrap().is_empty());
        assert!(Ncbi.read(&question("doi:10.1000/b"), ANSWER.as_bytes()).unwrap().is_empty());
        assert!(Ncbi.split(&[question("pmid:12"), question("doi:10.1000/a")], ANSWER.as_bytes()).is_err());
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        for body in ["", "<html>", "[]", "{}", "null", r#"{"status":"error","message":"x"}"#, "{\"records\":["] {
            assert!(Ncbi.read(&question("pmid:1"), body.as_bytes()).is_err(), "{body}");
            assert!(Ncbi.split(&[question("pmid:1")], body.as_bytes()).is_err(), "{body}");
        }
        assert!(Ncbi.read(&question("pmid:1"), br#"{"records":null}"#).unwrap().is_empty());
    }
}
