//! [ORCID](https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/): whose an iD is. It is
//! asked to check an iD that another source gave, and not to collect persons.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{json, part},
    asking::address,
    lenient,
    name::{name_of, name_of_parts},
};
use crate::{
    id::Orcid,
    model::{Dossier, Kind, PersonName},
    net::{Manners, Request},
};

/// The public registry of ORCID.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrcidRegistry;

const NAME: &str = "orcid";

impl Service for OrcidRegistry {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://pub.orcid.org/v3.0"
    }

    fn manners(&self, _has_key: bool) -> Manners {
        Manners::serial(Duration::from_millis(250), Duration::from_secs(2))
    }

    /// It is not asked about works.
    fn questions(&self, _wanted: &Wanted) -> Vec<Question> {
        Vec::new()
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let below = match questions.first().map(|question| &question.ask) {
            Some(Ask::Person(orcid)) => format!("/{orcid}/person"),
            _ => String::new(),
        };
        Request::get(address(access, &below)).accepting("application/json")
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let answer = person(body)?;
        let own = |question: &Question| Record::of(&answer, question).map(|_| part(&answer));
        Ok(questions.iter().map(own).collect())
    }

    /// The person as a dossier whose authors are all the person: every name, with the iD, the one to show first.
    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let answer = person(body)?;
        let Some((record, orcid)) = Record::of(&answer, question) else { return Ok(Vec::new()) };
        let names = record.names(orcid);
        let dossier = |first: &PersonName| Dossier {
            kind: Kind::Person,
            title: first.display(),
            authors: names.clone(),
            ..Dossier::default()
        };
        Ok(names.first().map(dossier).into_iter().collect())
    }
}

/// The answer, if it is about a person: errors are JSON as well.
fn person(body: &[u8]) -> Result<Value, Unreadable> {
    let answer = json(NAME, body)?;
    let is_person = ["name", "other-names"].iter().any(|name| answer.get(name).is_some());
    if is_person { Ok(answer) } else { Err(Unreadable::new(NAME, "it is about no person", body)) }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Record {
    #[serde(deserialize_with = "lenient::maybe")]
    name: Name,
    #[serde(deserialize_with = "lenient::maybe")]
    other_names: OtherNames,
    #[serde(deserialize_with = "lenient::text")]
    path: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Name {
    #[serde(deserialize_with = "lenient::maybe")]
    given_names: Text,
    #[serde(deserialize_with = "lenient::maybe")]
    family_name: Text,
    #[serde(deserialize_with = "lenient::maybe")]
    credit_name: Text,
    #[serde(deserialize_with = "lenient::text")]
    path: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Text {
    #[serde(deserialize_with = "lenient::text")]
    value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct OtherNames {
    #[serde(deserialize_with = "lenient::list")]
    other_name: Vec<OtherName>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OtherName {
    #[serde(deserialize_with = "lenient::text")]
    content: String,
}

impl Record {
    /// A record with the iD that was asked for, unless it says that it is of another one: iDs are merged.
    fn of<'q>(answer: &Value, question: &'q Question) -> Option<(Self, &'q Orcid)> {
        let Ask::Person(orcid) = &question.ask else { return None };
        let record = Self::deserialize(answer).ok()?;
        let said = [record.name.path.as_str(), record.path.trim_end_matches("/person")];
        let is_other = said.iter().filter_map(|path| path.parse::<Orcid>().ok()).any(|said| said != *orcid);
        (!is_other).then_some((record, orcid))
    }

    fn names(&self, orcid: &Orcid) -> Vec<PersonName> {
        let main = name_of_parts(&self.name.family_name.value, &self.name.given_names.value);
        let others = self.other_names.other_name.iter().map(|other| &other.content);
        let others = std::iter::once(&self.name.credit_name.value).chain(others).map(|name| name_of(name));
        let mut names: Vec<PersonName> = Vec::new();
        for name in std::iter::once(main).chain(others) {
            let name = PersonName { orcid: Some(orcid.clone()), ..name };
            if !name.family.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0000-0002-1825-0097";

    fn question() -> Question {
        Question { about: "title:x".parse().unwrap(), ask: Ask::Person(ID.parse().unwrap()) }
    }

    fn names(body: &str) -> Vec<String> {
        let dossiers = OrcidRegistry.read(&question(), body.as_bytes()).unwrap();
        let names = dossiers.iter().flat_map(|dossier| &dossier.authors);
        names.map(|name| format!("{}|{}|{}", name.family, name.given, name.orcid.as_ref().unwrap())).collect()
    }

    #[test]
    fn every_name_of_a_person_is_read() {
        let body = r#"{"name":{"given-names":{"value":"Josiah"},"family-name":{"value":"Carberry"},
            "credit-name":{"value":"J. S. Carberry"},"path":"0000-0002-1825-0097"},
            "other-names":{"other-name":[{"content":"Carberry, J."},null,{"content":null},{"content":"Carberry, J."}]}}"#;
        assert_eq!(
            names(body),
            [format!("Carberry|Josiah|{ID}"), format!("Carberry|J. S.|{ID}"), format!("Carberry|J.|{ID}")]
        );
        let dossier = &OrcidRegistry.read(&question(), body.as_bytes()).unwrap()[0];
        assert_eq!((dossier.title.as_str(), dossier.kind), ("Josiah Carberry", Kind::Person));
        assert!(OrcidRegistry.split(&[question()], body.as_bytes()).unwrap()[0].is_some());
    }

    #[test]
    fn any_part_may_be_missing() {
        assert!(names(r#"{"name":null,"other-names":null}"#).is_empty());
        assert_eq!(names(r#"{"name":{"given-names":{"value":"Plato"},"family-name":null}}"#), [format!("Plato||{ID}")]);
        assert!(names(r#"{"name":[],"other-names":{"other-name":{}}}"#).is_empty());
        assert_eq!(names(r#"{"name":7,"other-names":{"other-name":{"content":"A. Bee"}}}"#), [format!("Bee|A.|{ID}")]);
    }

    #[test]
    fn another_id_is_another_person_and_an_error_is_one() {
        assert!(names(r#"{"name":{"family-name":{"value":"X"},"path":"0000-0002-1694-233X"}}"#).is_empty());
        for body in ["", "<record/>", "[]", r#"{"response-code":404,"developer-message":"x"}"#] {
            assert!(OrcidRegistry.read(&question(), body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn it_is_asked_about_persons_only() {
        let access = Access { base: OrcidRegistry.base().parse().unwrap(), key: None, contact: None };
        let request = OrcidRegistry.request(&[question()], &access);
        assert_eq!(request.url.as_ref(), format!("https://pub.orcid.org/v3.0/{ID}/person"));
        assert_eq!(request.accept, Some("application/json"));
    }
}
