//! The tools that are always there: what they are called, what they take, and what they answer.

use std::sync::Arc;

use rmcp::{
    handler::server::tool::{schema_for_input, schema_for_output},
    model::{JsonObject, Tool, ToolAnnotations},
    schemars::JsonSchema,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    profile::Profile,
    shapes::{Hit, More, Step, Thing, Tie},
    table::QueryAnswer,
};

#[derive(Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct SearchArguments {
    /// Words of a name, title or description
    pub(super) query: String,
    /// Only things of this kind
    // Without null, which some clients take for a type of their own.
    #[serde(default)]
    #[schemars(with = "Kind")]
    pub(super) kind: Option<Kind>,
    /// Leave out so many hits
    #[serde(default)]
    pub(super) offset: usize,
}

#[derive(Serialize, Deserialize, JsonSchema, Clone, Copy)]
#[schemars(crate = "rmcp::schemars", inline)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Paper,
    Model,
    Tool,
    Dataset,
    Course,
    Competition,
    Organization,
    List,
    Article,
    Book,
    Video,
    Person,
    Topic,
    Journal,
    Conference,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct ThingArguments {
    /// IRI, DOI or other identifier, web address, or name
    pub(super) thing: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct PaperArguments {
    /// The paper: IRI, DOI, arXiv id or title
    pub(super) paper: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct ToolArguments {
    /// The tool: IRI, repository address or name
    pub(super) tool: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct PathArguments {
    /// Where it begins: IRI, identifier, address or name
    pub(super) from: String,
    /// Where it ends
    pub(super) to: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
pub(super) struct QueryArguments {
    /// SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE
    pub(super) query: String,
    /// Leave out so many rows
    #[serde(default)]
    pub(super) offset: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Found {
    pub(super) total: usize,
    pub(super) hits: Vec<Hit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) more: Option<More>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Tied {
    pub(super) of: Thing,
    pub(super) total: usize,
    pub(super) ties: Vec<Tie>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) more: Option<More>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Way {
    pub(super) from: Thing,
    pub(super) to: Thing,
    pub(super) is_found: bool,
    pub(super) steps: Vec<Step>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

/// The tools, in the order in which they are useful.
pub(super) fn tools() -> Vec<Tool> {
    vec![
        tool::<SearchArguments, Found>(
            "search",
            "Search the graph",
            "Find papers, tools, datasets, persons, topics by words. Start here when you have no IRI. Gives name, kind, \
             year, IRI and a line of text for each hit.",
        ),
        tool::<ThingArguments, Profile>(
            "describe",
            "Describe a thing",
            "All that is known of one thing: identifiers, status (retracted, archived), topics, relations, and which \
             source and line says so.",
        ),
        tool::<PaperArguments, Tied>(
            "tools_of_paper",
            "Tools of a paper",
            "Which software implements this paper, with confidence, evidence and source lines of each tie.",
        ),
        tool::<ToolArguments, Tied>(
            "papers_of_tool",
            "Papers of a tool",
            "Which papers this software implements, with confidence, evidence and source lines of each tie.",
        ),
        tool::<PathArguments, Way>(
            "path_between",
            "Path between two things",
            "The shortest way through the graph from one thing to another, step by step.",
        ),
        tool::<QueryArguments, QueryAnswer>(
            "run_sparql",
            "Run a SPARQL query",
            "For what no other tool answers. Read-only, with limits on time and rows; all named graphs are merged. \
             The resource amml://guide has prefixes, classes and properties. Add LIMIT.",
        ),
    ]
}

fn tool<Input: JsonSchema + 'static, Output: JsonSchema + 'static>(
    name: &'static str,
    title: &str,
    description: &'static str,
) -> Tool {
    // The schema of a struct is always that of an object, which is all that can go wrong here.
    let input = schema_for_input::<Input>().unwrap_or_default();
    finished(Tool::new(name, description, input), title, &schema_for_output::<Output>())
}

/// The tool with its title, its output and what all tools here have in common.
pub(super) fn finished(mut tool: Tool, title: &str, output: &JsonObject) -> Tool {
    let annotations =
        ToolAnnotations::with_title(title).read_only(true).destructive(false).idempotent(true).open_world(false);
    tool.input_schema = Arc::new(slim(&tool.input_schema, &["$schema", "format"]));
    let output = Arc::new(slim(output, &["$schema", "format", "description"]));
    tool.with_title(title).with_raw_output_schema(output).with_annotations(annotations)
}

/// A schema without these words, which a client can do without: there are many tools, and it reads the schemas of all.
fn slim(schema: &JsonObject, words: &[&str]) -> JsonObject {
    let kept = schema.iter().filter(|(key, _)| !words.contains(&key.as_str()));
    kept.map(|(key, value)| (key.clone(), slim_value(key, value, words))).collect()
}

fn slim_value(key: &str, value: &Value, words: &[&str]) -> Value {
    match value {
        // The keys below are names of ours, not words of the schema.
        Value::Object(properties) if key == "properties" => {
            properties.iter().map(|(name, value)| (name.clone(), slim_value("", value, words))).collect()
        }
        Value::Object(schema) => slim(schema, words).into(),
        Value::Array(values) => values.iter().map(|value| slim_value("", value, words)).collect(),
        other => other.clone(),
    }
}
