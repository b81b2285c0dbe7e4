//! [OpenCitations Index](https://api.opencitations.net/index/v2): who cites whom. It knows nothing else of a work.
//!
//! An answer is the whole list, which has megabytes for a famous paper. The form of the former index of Crossref (COCI),
//! where a work is its bare DOI, is read as well.

use std::{collections::BTreeSet, time::Duration};

use serde::Deserialize;
use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{json, part},
    asking::{address, encode_path},
    facts, lenient,
};
use crate::{
    model::{Attribute, Dossier, Kind, WorkRef},
    net::{Manners, Request},
};

/// The index of OpenCitations.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenCitations;

const NAME: &str = "opencitations";

impl Service for OpenCitations {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://api.opencitations.net/index/v2"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["OPENCITATIONS_ACCESS_TOKEN"]
    }

    fn manners(&self, _has_key: bool) -> Manners {
        Manners::serial(Duration::from_millis(500), Duration::from_secs(2))
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let doi = wanted.ids.doi.clone().filter(|_| wanted.kind == Kind::Paper).map(WorkRef::Doi);
        let both = |work: WorkRef| [Ask::References(work.clone()), Ask::Citations(work)];
        doi.into_iter().flat_map(both).map(|ask| Question { about: wanted.what.clone(), ask }).collect()
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let below = match questions.first().map(|question| &question.ask) {
            Some(Ask::References(WorkRef::Doi(doi))) => format!("/references/doi:{}", encode_path(doi.as_ref())),
            Some(Ask::Citations(WorkRef::Doi(doi))) => format!("/citations/doi:{}", encode_path(doi.as_ref())),
            _ => String::new(),
        };
        let request = Request::get(address(access, &below)).accepting("application/json");
        match &access.key {
            Some(key) => request.with_secret("authorization", key),
            None => request,
        }
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let rows = rows(body)?;
        let of_question = |question: &Question| {
            let own = rows.iter().filter(|row| of_row(row, &question.ask).is_some()).cloned().collect();
            Some(part(&Value::Array(own)))
        };
        Ok(questions.iter().map(of_question).collect())
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let rows = rows(body)?;
        let others: Vec<Option<WorkRef>> = rows.iter().filter_map(|row| of_row(row, &question.ask)).collect();
        let known: BTreeSet<WorkRef> = others.iter().flatten().cloned().collect();
        let dossier = match &question.ask {
            Ask::References(WorkRef::Doi(doi)) => {
                Dossier { ids: facts::identifiers_of(doi.as_ref()), cites: known, ..Dossier::default() }
            }
            Ask::Citations(WorkRef::Doi(doi)) => {
                let attributes = BTreeSet::from([(Attribute::CitationCount, others.len().to_string())]);
                Dossier { ids: facts::identifiers_of(doi.as_ref()), cited_by: known, attributes, ..Dossier::default() }
            }
            _ => return Ok(Vec::new()),
        };
        // It says the same of a work that it does not know and of one without citations.
        Ok(if others.is_empty() { Vec::new() } else { vec![dossier] })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    #[serde(deserialize_with = "lenient::text")]
    citing: String,
    #[serde(deserialize_with = "lenient::text")]
    cited: String,
}

fn rows(body: &[u8]) -> Result<Vec<Value>, Unreadable> {
    match json(NAME, body)? {
        Value::Array(rows) => Ok(rows),
        _ => Err(Unreadable::new(NAME, "it is no list", body)),
    }
}

/// The other work of a row that is about the work of the question: `Some(None)` if only OpenCitations has a name for it.
fn of_row(row: &Value, ask: &Ask) -> Option<Option<WorkRef>> {
    let row = Row::deserialize(row).ok().filter(|_| row.is_object())?;
    let (asked, own, other) = match ask {
        Ask::References(asked) => (asked, &row.citing, &row.cited),
        Ask::Citations(asked) => (asked, &row.cited, &row.citing),
        _ => return None,
    };
    let is_asked = |work: &WorkRef| match (work, asked) {
        (WorkRef::Doi(a), WorkRef::Doi(b)) => a == b,
        // The DOI of arXiv is kept as the arXiv identifier.
        (WorkRef::Arxiv(_), WorkRef::Doi(doi)) => facts::work_of(doi.as_ref()).as_ref() == Some(work),
        _ => false,
    };
    let is_own = works(own).any(|work| is_asked(&work)) && !works(other).any(|work| is_asked(&work));
    // The strongest identifier comes first in the order of references.
    is_own.then(|| works(other).min())
}

/// The names of a work that mean something elsewhere: `omid:br/061 doi:10.1/a pmid:1`, or a bare DOI.
fn works(text: &str) -> impl Iterator<Item = WorkRef> {
    text.split_whitespace().filter_map(|name| match name.split_once(':') {
        Some(("doi", doi)) => facts::work_of(doi),
        Some(("pmid", id)) => id.parse().ok().map(WorkRef::Pmid),
        Some(("pmcid", id)) => id.parse().ok().map(WorkRef::Pmcid),
        _ if name.starts_with("10.") => facts::work_of(name),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Token;

    fn asking(references: bool) -> Question {
        let work: WorkRef = "doi:10.1000/a".parse().unwrap();
        let ask = if references { Ask::References(work.clone()) } else { Ask::Citations(work.clone()) };
        Question { about: work, ask }
    }

    const ROWS: &str = r#"[
        {"oci":"1-2","citing":"omid:br/1 doi:10.1000/A pmid:1","cited":"omid:br/2 openalex:W1 pmid:22 doi:10.1000/B","creation":"2020"},
        {"citing":"doi:10.1000/a","cited":"omid:br/3 pmid:33"},
        {"citing":"doi:10.1000/a","cited":"omid:br/4"},
        {"citing":"doi:10.1000/a","cited":"doi:10.48550/arxiv.1812.08434"},
        {"citing":"doi:10.1000/a","cited":"doi:10.1000/a omid:br/1"},
        {"citing":"doi:10.1000/other","cited":"doi:10.1000/c"},
        {"citing":"10.1000/d","cited":"10.1000/A"},
        null, 1, [], {"citing":null}, {"citing":["doi:10.1000/a"],"cited":{}}]"#;

    fn texts(works: &BTreeSet<WorkRef>) -> Vec<String> {
        works.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rows_become_references_and_citations() {
        let dossiers = OpenCitations.read(&asking(true), ROWS.as_bytes()).unwrap();
        assert_eq!(texts(&dossiers[0].cites), ["doi:10.1000/b", "arxiv:1812.08434", "pmid:33"]);
        assert!(dossiers[0].cited_by.is_empty() && dossiers[0].attributes.is_empty());
        let dossiers = OpenCitations.read(&asking(false), ROWS.as_bytes()).unwrap();
        assert_eq!(texts(&dossiers[0].cited_by), ["doi:10.1000/d"]);
        assert_eq!(dossiers[0].attributes, BTreeSet::from([(Attribute::CitationCount, "1".to_owned())]));
        assert_eq!(dossiers[0].ids, facts::identifiers_of("10.1000/a"));
        let parts = OpenCitations.split(&[asking(true), asking(false)], ROWS.as_bytes()).unwrap();
        assert_eq!(OpenCitations.read(&asking(false), parts[1].as_ref().unwrap()).unwrap(), dossiers);
    }

    #[test]
    fn an_empty_list_says_nothing_and_what_is_none_is_an_error() {
        assert!(OpenCitations.read(&asking(true), b"[]").unwrap().is_empty());
        for body in ["", "{}", "<html>", r#"{"error":"x"}"#, "null", "[{", "[[[["] {
            assert!(OpenCitations.read(&asking(true), body.as_bytes()).is_err(), "{body}");
        }
        let deep = "[".repeat(100_000);
        assert!(OpenCitations.read(&asking(true), deep.as_bytes()).is_err());
    }

    #[test]
    fn both_directions_are_asked_of_a_paper_with_a_doi() {
        let ids = facts::identifiers_of("10.1000/a(b);c#d");
        let what = WorkRef::of_identifiers(&ids).next().unwrap();
        let wanted = Wanted {
            kind: Kind::Paper,
            what,
            ids,
            title: String::new(),
            families: vec![],
            year: None,
            repository: None,
        };
        let questions = OpenCitations.questions(&wanted);
        let access = Access { base: OpenCitations.base().parse().unwrap(), key: Token::new("secret"), contact: None };
        let address = |at: usize| OpenCitations.request(&questions[at..=at], &access).url.to_string();
        assert_eq!(address(0), format!("{}/references/doi:10.1000/a%28b%29%3Bc%23d", OpenCitations.base()));
        assert_eq!(address(1), format!("{}/citations/doi:10.1000/a%28b%29%3Bc%23d", OpenCitations.base()));
        assert!(OpenCitations.questions(&Wanted { kind: Kind::Dataset, ..wanted }).is_empty());
    }
}
