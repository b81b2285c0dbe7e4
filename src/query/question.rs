use include_dir::{Dir, include_dir};
use oxrdf::{Literal, NamedNode, Term, vocab::xsd};

use super::find::{Found, find, find_kind};
use crate::store::{Graph, StoreError};

/// A named query: a question with parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name of its file, without its ending.
    pub name: String,
    /// The question in words.
    pub text: String,
    /// What it asks for.
    pub parameters: Vec<Parameter>,
    /// The query.
    pub sparql: String,
}

/// A variable of the query that the caller binds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The variable without its mark.
    pub name: String,
    /// What its value is.
    pub kind: ParameterKind,
    /// Whether the question makes sense without it.
    pub is_optional: bool,
    /// What it means.
    pub description: String,
}

/// What a value stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// A thing, found by IRI, identifier, address, name or a part of its title.
    Thing,
    /// A text.
    Text,
    /// A whole number.
    Number,
}

/// Why a question cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// A parameter has no value.
    #[error("the question {question} needs a value for {parameter}: {description}")]
    MissingParameter {
        /// Which question.
        question: String,
        /// Which parameter.
        parameter: String,
        /// What it means.
        description: String,
    },
    /// The question has no such parameter.
    #[error("the question {question} has no parameter {parameter}")]
    UnknownParameter {
        /// Which question.
        question: String,
        /// Which parameter.
        parameter: String,
    },
    /// The value is no number.
    #[error("{value:?} is not a whole number, which {parameter} must be")]
    NotANumber {
        /// Which parameter.
        parameter: String,
        /// The value.
        value: String,
    },
    /// Nothing in the store is called so.
    #[error("nothing in the store is known as {value:?}")]
    NothingFound {
        /// The value.
        value: String,
    },
    /// Several things are.
    #[error("{value:?} may mean {}", list(candidates))]
    Ambiguous {
        /// The value.
        value: String,
        /// What it may mean.
        candidates: Vec<Found>,
    },
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn list(candidates: &[Found]) -> String {
    let shown: Vec<String> =
        candidates.iter().take(5).map(|found| format!("{} ({})", found.name, found.iri.as_str())).collect();
    let more = candidates.len().saturating_sub(5);
    shown.join(", ") + &if more > 0 { format!(" or {more} others") } else { String::new() }
}

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries");

/// All named questions, by name.
#[must_use]
pub fn questions() -> Vec<Question> {
    let mut found: Vec<Question> = FILES
        .files()
        .filter(|file| file.path().extension().is_some_and(|ending| ending == "rq"))
        .filter_map(|file| Some(Question::parse(file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// The question of a name.
#[must_use]
pub fn named(name: &str) -> Option<Question> {
    let file = FILES.get_file(format!("{name}.rq"))?;
    Some(Question::parse(name, file.contents_utf8()?))
}

impl Question {
    /// Reads a query with its header: comment lines, the first of which state the question; a line
    /// `# param name: kind, description` declares a parameter, `name?` an optional one.
    #[must_use]
    pub fn parse(name: &str, sparql: &str) -> Self {
        let header = sparql.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
        let mut words: Vec<&str> = Vec::new();
        let mut parameters = Vec::new();
        for line in header {
            match line.strip_prefix("param ").and_then(parameter) {
                Some(parameter) => parameters.push(parameter),
                None if !line.is_empty() => words.push(line),
                None => {}
            }
        }
        Self { name: name.to_owned(), text: words.join(" "), parameters, sparql: sparql.to_owned() }
    }

    /// The values for the query's variables.
    ///
    /// # Errors
    ///
    /// If a value is missing, unknown or does not fit.
    pub fn bind(&self, graph: &Graph, given: &[(String, String)]) -> Result<Vec<(String, Term)>, QuestionError> {
        let declared = |name: &str| self.parameters.iter().any(|parameter| parameter.name == name);
        if let Some((name, _)) = given.iter().find(|(name, _)| !self.parameters.is_empty() && !declared(name)) {
            return Err(QuestionError::UnknownParameter { question: self.name.clone(), parameter: name.clone() });
        }
        let mut bound = Vec::new();
        for parameter in &self.parameters {
            match given.iter().find(|(name, _)| *name == parameter.name) {
                Some((_, text)) => bound.push((parameter.name.clone(), parameter.value(graph, text)?)),
                None if parameter.is_optional => {}
                None => {
                    return Err(QuestionError::MissingParameter {
                        question: self.name.clone(),
                        parameter: parameter.name.clone(),
                        description: parameter.description.clone(),
                    });
                }
            }
        }
        if self.parameters.is_empty() {
            bound.extend(given.iter().map(|(name, text)| (name.clone(), value(text))));
        }
        Ok(bound)
    }
}

impl Parameter {
    fn value(&self, graph: &Graph, text: &str) -> Result<Term, QuestionError> {
        match self.kind {
            ParameterKind::Text => Ok(Literal::from(text).into()),
            ParameterKind::Number => text
                .trim()
                .parse::<i64>()
                .map(|number| Literal::from(number).into())
                .map_err(|_| QuestionError::NotANumber { parameter: self.name.clone(), value: text.to_owned() }),
            ParameterKind::Thing => {
                let mut found = self.find(graph, text)?;
                match found.len() {
                    0 => Err(QuestionError::NothingFound { value: text.to_owned() }),
                    1 => Ok(found.remove(0).iri.into()),
                    _ => Err(QuestionError::Ambiguous { value: text.to_owned(), candidates: found }),
                }
            }
        }
    }
}

impl Parameter {
    /// What a text means: a parameter that is called `paper` means a paper first, since a tool may have its name.
    fn find(&self, graph: &Graph, text: &str) -> Result<Vec<Found>, StoreError> {
        let found = find_kind(graph, text, &self.name)?;
        if found.is_empty() { find(graph, text) } else { Ok(found) }
    }
}

fn parameter(line: &str) -> Option<Parameter> {
    let (name, rest) = line.split_once(':')?;
    let (kind, description) = rest.split_once(',').unwrap_or((rest, ""));
    let kind = match kind.trim() {
        "thing" => ParameterKind::Thing,
        "text" => ParameterKind::Text,
        "number" => ParameterKind::Number,
        _ => return None,
    };
    let name = name.trim();
    let plain = name.trim_end_matches('?');
    Some(Parameter {
        name: plain.to_owned(),
        kind,
        is_optional: plain.len() < name.len(),
        description: description.trim().to_owned(),
    })
}

/// What a text stands for where no header says it: `<iri>` or an address is an IRI, digits are a number, the rest is text.
#[must_use]
pub fn value(text: &str) -> Term {
    let bracketed = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    let iri =
        bracketed.or_else(|| Some(text).filter(|text| text.starts_with("http://") || text.starts_with("https://")));
    if let Some(node) = iri.and_then(|iri| NamedNode::new(iri).ok()) {
        return node.into();
    }
    if text.parse::<i64>().is_ok() {
        return Literal::new_typed_literal(text, xsd::INTEGER).into();
    }
    Literal::from(text).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_states_the_question_and_its_parameters() {
        let question = Question::parse(
            "x",
            "# Which papers\n# of a topic?\n# param topic: thing, the topic\n# param year?: number, not before\nSELECT * {}",
        );
        assert_eq!(question.text, "Which papers of a topic?");
        assert_eq!(question.parameters[0].kind, ParameterKind::Thing);
        assert!(question.parameters[1].is_optional && question.parameters[1].name == "year");
    }

    #[test]
    fn every_embedded_question_states_itself() {
        let all = questions();
        assert!(all.len() >= 15);
        for question in all {
            assert!(question.text.ends_with('?'), "{}: {}", question.name, question.text);
            for parameter in &question.parameters {
                assert!(
                    !parameter.description.is_empty() && question.sparql.contains(&format!("?{}", parameter.name)),
                    "{}",
                    question.name
                );
            }
        }
    }

    #[test]
    fn values_are_terms() {
        assert_eq!(value("<urn:x>").to_string(), "<urn:x>");
        assert_eq!(value("2019").to_string(), "\"2019\"^^<http://www.w3.org/2001/XMLSchema#integer>");
        assert_eq!(value("a \"b\"").to_string(), "\"a \\\"b\\\"\"");
    }
}
