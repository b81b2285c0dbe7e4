//! The description of what programs ask for ([OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0)), made from the questions and
//! a table of the other paths.

use serde_json::{Map, Value, json};

use crate::query::{ParameterKind, Question};

/// A path with what it gives and takes.
struct Door {
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    parameters: &'static [Taken],
}

/// A parameter: its name, whether it is needed, what it means, and its bounds if it is a number.
struct Taken {
    name: &'static str,
    is_required: bool,
    description: &'static str,
    bounds: Option<(i64, i64)>,
}

const fn text(name: &'static str, is_required: bool, description: &'static str) -> Taken {
    Taken { name, is_required, description, bounds: None }
}

const fn number(name: &'static str, description: &'static str, least: i64, most: i64) -> Taken {
    Taken { name, is_required: false, description, bounds: Some((least, most)) }
}

const DOORS: [Door; 7] = [
    Door {
        path: "/api/search",
        id: "search",
        summary: "Things that texts tell of, the best first, and how many there are of each kind, topic and year",
        parameters: &[
            text("q", false, "The words; without any, everything, what is best known first"),
            text("kind", false, "Only things of this kind: paper, tool, dataset, person, topic …"),
            text("topic", false, "Only things under this topic: its IRI"),
            number("year", "Only things of this year", -3000, 3000),
            number("limit", "How many hits", 1, 100),
            number("from", "How many hits to leave out", 0, 10_000),
        ],
    },
    Door {
        path: "/api/suggest",
        id: "suggest",
        summary: "Names that a text may be the beginning of",
        parameters: &[text("q", false, "The beginning of a name"), number("limit", "How many", 1, 50)],
    },
    Door {
        path: "/api/things",
        id: "describe",
        summary: "All that is known of a thing, with who says so",
        parameters: &[text("iri", true, "The thing: its IRI, DOI, address, name or a part of its title")],
    },
    Door {
        path: "/api/graph",
        id: "around",
        summary: "What lies around a thing",
        parameters: &[
            text("iri", true, "The thing: its IRI, DOI, address, name or a part of its title"),
            number("depth", "How many ties away", 1, 3),
        ],
    },
    Door {
        path: "/api/path",
        id: "path",
        summary: "A shortest way from one thing to another",
        parameters: &[text("from", true, "Where it begins"), text("to", true, "Where it ends")],
    },
    Door { path: "/api/overview", id: "overview", summary: "The whole at a glance", parameters: &[] },
    Door {
        path: "/api/questions",
        id: "questions",
        summary: "The named questions, with their queries",
        parameters: &[],
    },
];

/// The description.
pub(super) fn description(title: &str, origin: &str, questions: &[Question]) -> Value {
    let mut paths: Map<String, Value> =
        DOORS.iter().map(|door| (door.path.to_owned(), json!({ "get": operation(door) }))).collect();
    for question in questions {
        paths.insert(format!("/api/questions/{}", question.name), json!({ "get": asked(question) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What curated lists say of papers, tools, datasets, persons and topics. SPARQL is at /sparql.",
            "license": { "name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT" },
        },
        "servers": [{ "url": origin }],
        "paths": paths,
        "components": { "schemas": { "Problem": problem() } },
    })
}

fn operation(door: &Door) -> Value {
    let parameters: Vec<Value> = door.parameters.iter().map(parameter).collect();
    json!({
        "operationId": door.id,
        "summary": door.summary,
        "parameters": parameters,
        "responses": responses(&json!({ "application/json": { "schema": { "type": "object" } } })),
    })
}

fn parameter(taken: &Taken) -> Value {
    let schema = match taken.bounds {
        Some((least, most)) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        None if taken.is_required => json!({ "type": "string", "minLength": 1, "pattern": "\\S" }),
        None => json!({ "type": "string" }),
    };
    json!({ "name": taken.name, "in": "query", "required": taken.is_required, "description": taken.description, "schema": schema })
}

fn asked(question: &Question) -> Value {
    let own = question.parameters.iter().map(|parameter| {
        let schema = match (parameter.kind, parameter.is_optional) {
            (ParameterKind::Number, _) => json!({ "type": "integer" }),
            (_, false) => json!({ "type": "string", "minLength": 1, "pattern": "\\S" }),
            (_, true) => json!({ "type": "string" }),
        };
        json!({
            "name": parameter.name, "in": "query", "required": !parameter.is_optional,
            "description": parameter.description, "schema": schema,
        })
    });
    let format = json!({
        "name": "format", "in": "query", "required": false, "description": "A format of SPARQL; without, things are named",
        "schema": { "type": "string", "enum": ["json", "xml", "csv", "tsv"] },
    });
    let limit = parameter(&number("limit", "How many rows", 1, 10_000));
    let parameters: Vec<Value> = own.chain([format, limit]).collect();
    let table = json!({ "schema": { "type": "string" } });
    let content = json!({
        "application/json": { "schema": answer() },
        "application/sparql-results+json": { "schema": { "type": "object" } },
        "application/sparql-results+xml": table,
        "text/csv": table,
        "text/tab-separated-values": table,
    });
    json!({
        "operationId": format!("question-{}", question.name),
        "summary": question.text,
        "parameters": parameters,
        "responses": responses(&content),
    })
}

fn responses(content: &Value) -> Value {
    let problem = |words: &str| {
        json!({
            "description": words,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        })
    };
    json!({
        "200": { "description": "The answer", "content": content },
        "400": problem("Something about the request is wrong"),
        "404": problem("Nothing is known by that name"),
        "409": problem("Several things are known by that name"),
        "406": problem("The answer is not given in that form"),
        "503": problem("It takes too much, or too much is going on"),
    })
}

fn answer() -> Value {
    json!({
        "type": "object",
        "required": ["columns", "rows", "is_cut"],
        "properties": {
            "question": { "type": "string" },
            "columns": { "type": "array", "items": { "type": "string" } },
            "rows": { "type": "array", "items": { "type": "array", "items": { "type": ["object", "null"] } } },
            "is_cut": { "type": "boolean", "description": "Whether there are more rows" },
        },
    })
}

/// [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "hint": { "type": "string" },
            "candidates": { "type": "array", "items": { "type": "object" } },
        },
    })
}
