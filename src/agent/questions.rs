//! A tool for each named question: a new file among the questions is a new tool.
//!
//! There are no tools that list questions or run one by its name. A client that sees `question_coauthors_of_person` with its
//! parameters needs neither, and a second way to the same answer is one more choice to get wrong. A client that loads
//! tools late finds each by its words; the resource `amml://questions` has all on one page.

use std::collections::BTreeMap;

use rmcp::{
    handler::server::tool::schema_for_output,
    model::{JsonObject, Tool},
};
use serde_json::{Value, json};

use super::{
    calls::named,
    clean::{NAME, clean},
    knowledge::{Knowledge, ParameterCard, ParameterKind, QuestionCard, Refused, Window},
    reply::{ROWS, Reply},
    stop::Stop,
    table::{Table, table_reply},
    tools::finished,
};

/// The longest name of a tool that clients take.
const LONGEST: usize = 64;
/// The parameter that leaves out rows, unless the question has one of that name itself.
const OFFSET: &str = "offset";

/// A question with its values.
pub(super) struct QuestionCall {
    name: String,
    values: BTreeMap<String, String>,
    window: Window,
}

/// Questions with the names of their tools.
pub(super) fn named_tools(questions: Vec<QuestionCard>) -> BTreeMap<String, QuestionCard> {
    let mut tools = BTreeMap::new();
    for question in questions {
        let mut name = tool_name(&question.name);
        while tools.contains_key(&name) {
            name.push('_');
        }
        tools.insert(name, question);
    }
    tools
}

fn tool_name(question: &str) -> String {
    let word = question.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    "question_".chars().chain(word).take(LONGEST).collect()
}

/// The tool that asks a question.
pub(super) fn tool(name: &str, question: &QuestionCard) -> Tool {
    let mut properties = JsonObject::new();
    if !question.parameters.iter().any(|parameter| parameter.name == OFFSET) {
        properties.insert(
            OFFSET.to_owned(),
            json!({"type": "integer", "minimum": 0, "description": "Leave out so many rows"}),
        );
    }
    for parameter in &question.parameters {
        properties.insert(parameter.name.clone(), property(parameter));
    }
    let required: Vec<&str> = required(question).map(|parameter| parameter.name.as_str()).collect();
    let mut schema = JsonObject::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    let title = question.name.replace('-', " ");
    let tool = Tool::new(name.to_owned(), clean(&question.text, 2 * NAME), schema);
    finished(tool, &title, &schema_for_output::<Table>())
}

fn property(parameter: &ParameterCard) -> Value {
    let (kind, hint) = match parameter.kind {
        ParameterKind::Thing => ("string", ": IRI, identifier, address or name"),
        ParameterKind::Text => ("string", ""),
        ParameterKind::Number => ("integer", ""),
    };
    json!({"type": kind, "description": format!("{}{hint}", clean(&parameter.description, NAME))})
}

fn required(question: &QuestionCard) -> impl Iterator<Item = &ParameterCard> {
    question.parameters.iter().filter(|parameter| !parameter.is_optional)
}

impl QuestionCall {
    /// Reads the arguments of a question.
    pub(super) fn read(question: &QuestionCard, arguments: JsonObject) -> Result<Self, Refused> {
        let mut window = Window { offset: 0, limit: ROWS };
        let mut values = BTreeMap::new();
        for (name, value) in arguments {
            let parameter = question.parameters.iter().find(|parameter| parameter.name == name);
            match parameter {
                // What is not known is often sent as null.
                _ if value.is_null() => {}
                Some(parameter) => {
                    values.insert(name, text(parameter, &value)?);
                }
                None if name == OFFSET => window.offset = offset(&value)?,
                None => return Err(Refused::Invalid(unknown(question, &name))),
            }
        }
        if let Some(missing) = required(question).find(|parameter| !values.contains_key(&parameter.name)) {
            let (name, meaning) = (&missing.name, &missing.description);
            return Err(Refused::Invalid(format!("wrong arguments: `{name}` is missing: {meaning}")));
        }
        Ok(Self { name: question.name.clone(), values, window })
    }

    pub(super) fn answer(self, knowledge: &dyn Knowledge, stop: &Stop) -> Result<Reply, Refused> {
        let rows = knowledge.ask(&self.name, &self.values, self.window, stop)?;
        table_reply(&rows, self.window)
    }
}

/// The value as text. Numbers may come as text and the other way round: models write both, and the question knows best.
fn text(parameter: &ParameterCard, value: &Value) -> Result<String, Refused> {
    let wrong = |must: &str| Err(Refused::Invalid(format!("wrong arguments: `{}` must be {must}", parameter.name)));
    match (parameter.kind, value) {
        (ParameterKind::Number, Value::String(text)) if text.trim().parse::<i64>().is_ok() => {
            Ok(text.trim().to_owned())
        }
        (ParameterKind::Number, Value::Number(number)) if number.is_i64() || number.is_u64() => Ok(number.to_string()),
        (ParameterKind::Number, _) => wrong("a whole number"),
        (_, Value::String(text)) => named(text.clone()),
        (_, Value::Number(number)) => Ok(number.to_string()),
        _ => wrong("a text"),
    }
}

fn offset(value: &Value) -> Result<usize, Refused> {
    let offset = value.as_u64().and_then(|offset| usize::try_from(offset).ok());
    offset.ok_or_else(|| Refused::Invalid(format!("wrong arguments: `{OFFSET}` must be a whole number from 0 on")))
}

fn unknown(question: &QuestionCard, name: &str) -> String {
    let known: Vec<String> = question.parameters.iter().map(|parameter| format!("`{}`", parameter.name)).collect();
    let known =
        if known.is_empty() { format!("only `{OFFSET}`") } else { format!("{} and `{OFFSET}`", known.join(", ")) };
    format!("wrong arguments: there is no `{name}`; there is {known}")
}
