//! What can be read without calling a tool: the ontology, the questions, a guide, and any thing as JSON.

use std::collections::BTreeMap;

use rmcp::{
    ErrorData,
    model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate},
};

use super::{
    calls::named,
    clean::{NAME, clean},
    guide,
    knowledge::{Knowledge, QuestionCard, Refused},
    profile::profile_json,
    reply::refusal_text,
    stop::Stop,
};

const ONTOLOGY: &str = "amml://ontology";
const QUESTIONS: &str = "amml://questions";
const GUIDE: &str = "amml://guide";
const THING: &str = "amml://thing/";

const TURTLE: &str = "text/turtle";
const MARKDOWN: &str = "text/markdown";
const QUERY: &str = "application/sparql-query";
const JSON: &str = "application/json";

/// A resource that is asked for.
pub(super) enum Wanted {
    Ontology,
    Questions,
    Guide,
    Question(String),
    Thing(String),
}

/// Its text and type.
pub(super) struct Text(String, &'static str);

impl Text {
    pub(super) fn result(self, uri: &str) -> ReadResourceResult {
        ReadResourceResult::new(vec![ResourceContents::text(self.0, uri).with_mime_type(self.1)])
    }
}

pub(super) fn list<'a>(questions: impl Iterator<Item = &'a QuestionCard>) -> Vec<Resource> {
    let fixed = |uri: &str, name: &str, title: &str, kind: &str| {
        Resource::new(uri, name).with_title(title).with_mime_type(kind)
    };
    let mut resources = vec![
        fixed(GUIDE, "guide", "Guide to the graph", MARKDOWN)
            .with_description("Prefixes, classes and properties, what there is how often, and how to write queries"),
        fixed(QUESTIONS, "questions", "Named questions", MARKDOWN)
            .with_description("All named questions with their parameters and tools"),
        fixed(ONTOLOGY, "ontology", "Ontology", TURTLE).with_description("The vocabulary of the graph in Turtle"),
    ];
    resources.extend(questions.map(|question| {
        Resource::new(format!("{QUESTIONS}/{}", question.name), question.name.clone())
            .with_title(question.name.replace('-', " "))
            .with_description(clean(&question.text, 2 * NAME))
            .with_mime_type(QUERY)
    }));
    resources
}

pub(super) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(format!("{THING}{{iri}}"), "thing")
            .with_title("A thing of the graph")
            .with_description("What `describe` tells of a thing, as JSON; iri: its IRI, percent-encoded")
            .with_mime_type(JSON),
        ResourceTemplate::new(format!("{QUESTIONS}/{{name}}"), "question")
            .with_title("The query of a named question")
            .with_mime_type(QUERY),
    ]
}

impl Wanted {
    /// Reads an address; `None` if it is none of ours.
    pub(super) fn read(uri: &str) -> Option<Self> {
        match uri {
            ONTOLOGY => Some(Self::Ontology),
            QUESTIONS => Some(Self::Questions),
            GUIDE => Some(Self::Guide),
            _ => {
                let question = uri.strip_prefix(QUESTIONS).and_then(|rest| rest.strip_prefix('/'));
                let thing = uri.strip_prefix(THING).and_then(decoded);
                question.map(|name| Self::Question(name.to_owned())).or(thing.map(Self::Thing))
            }
        }
    }

    pub(super) fn text(
        self,
        knowledge: &dyn Knowledge,
        tools: &BTreeMap<String, QuestionCard>,
        stop: &Stop,
    ) -> Result<Text, Refused> {
        Ok(match self {
            Self::Ontology => Text(knowledge.ontology(), TURTLE),
            Self::Questions => Text(guide::questions(tools), MARKDOWN),
            Self::Guide => Text(guide::guide(&knowledge.vocabulary(), &knowledge.overview()?), MARKDOWN),
            Self::Question(name) => {
                let question = tools.values().find(|question| question.name == name);
                Text(question.ok_or(Refused::NotFound(name))?.sparql.clone(), QUERY)
            }
            Self::Thing(iri) => Text(profile_json(&knowledge.describe(&named(iri)?, stop)?)?, JSON),
        })
    }
}

pub(super) fn not_found(uri: &str) -> ErrorData {
    ErrorData::resource_not_found(format!("there is no resource {}", clean(uri, NAME)), None)
}

/// Resources know no other errors than those of the protocol.
pub(super) fn error(uri: &str, refused: &Refused) -> ErrorData {
    match refused {
        Refused::NotFound(_) => not_found(uri),
        Refused::Ambiguous(..) | Refused::Invalid(_) => ErrorData::invalid_params(refusal_text(refused), None),
        Refused::Limit(_) | Refused::Failed(_) => ErrorData::internal_error(refusal_text(refused), None),
    }
}

/// Percent-encoding undone; `None` where it is broken. An IRI that was not encoded stays as it is, unless it has signs of
/// percent itself: those must be encoded.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let (byte, tail) = match (first, tail) {
            (b'%', [high, low, tail @ ..]) => (digit(*high)? * 16 + digit(*low)?, tail),
            (b'%', _) => return None,
            _ => (first, tail),
        };
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_read() {
        assert_eq!(decoded("https%3A%2F%2Fa.org%2F%E7%BB%86").as_deref(), Some("https://a.org/细"));
        assert_eq!(decoded("https://a.org/x").as_deref(), Some("https://a.org/x"));
        for broken in ["", "%", "%4", "%zz", "%FF"] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }
}
