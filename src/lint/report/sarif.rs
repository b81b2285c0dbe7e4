use std::{
    fmt::Write as _,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::Report;
use crate::lint::{Finding, Position, Rule};

pub(super) fn write(reports: &[Report], out: &mut impl Write) -> io::Result<()> {
    let results: Vec<Value> =
        reports.iter().flat_map(|report| report.findings.iter().map(|finding| result(&report.path, finding))).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Rule::ALL.iter().copied().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(rule: Rule) -> Value {
    json!({
        "id": rule.name(),
        "shortDescription": { "text": rule.explanation() },
        "help": { "text": rule.advice() },
        "defaultConfiguration": { "level": rule.severity().word() },
    })
}

fn result(path: &str, finding: &Finding) -> Value {
    let location = json!({ "uri": uri(path) });
    let mut result = json!({
        "ruleId": finding.rule.name(),
        "ruleIndex": Rule::ALL.iter().position(|rule| *rule == finding.rule),
        "level": finding.severity.word(),
        "message": { "text": finding.message },
        "locations": [{
            "physicalLocation": { "artifactLocation": location, "region": region(finding.start, finding.end) },
        }],
    });
    if !finding.edits.is_empty() {
        let replacements: Vec<Value> = finding
            .edits
            .iter()
            .map(|edit| {
                json!({ "deletedRegion": region(edit.start, edit.end), "insertedContent": { "text": edit.text } })
            })
            .collect();
        result["fixes"] = json!([{
            "description": { "text": finding.rule.advice() },
            "artifactChanges": [{ "artifactLocation": location, "replacements": replacements }],
        }]);
    }
    result
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// The path as a URI reference: relative as it is, absolute with its scheme.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.strip_prefix("./").unwrap_or(path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        for (path, expected) in [
            ("./docs/a b.md", "docs/a%20b.md"),
            ("/x/单.md", "file:///x/%E5%8D%95.md"),
            ("c:x.md", "c%3Ax.md"),
            ("../README.md", "../README.md"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
