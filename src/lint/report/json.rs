use std::io::{self, Write};

use serde_json::{Value, json};

use super::Report;
use crate::lint::{Edit, Finding, Severity};

/// `{"findings": [...], "counts": {...}}`; edits with their bytes and their places.
pub(super) fn write(reports: &[Report], out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<Value> =
        reports.iter().flat_map(|report| report.findings.iter().map(|found| finding(&report.path, found))).collect();
    let count = |severity: Severity| {
        reports.iter().flat_map(|report| &report.findings).filter(|finding| finding.severity == severity).count()
    };
    let counts = json!({
        "error": count(Severity::Error),
        "warning": count(Severity::Warning),
        "note": count(Severity::Note),
    });
    serde_json::to_writer_pretty(&mut *out, &json!({ "findings": findings, "counts": counts }))?;
    writeln!(out)
}

fn finding(path: &str, finding: &Finding) -> Value {
    json!({
        "path": path,
        "rule": finding.rule.name(),
        "severity": finding.severity.word(),
        "message": finding.message,
        "advice": finding.rule.advice(),
        "start": finding.start,
        "end": finding.end,
        "edits": finding.edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

fn edit(edit: &Edit) -> Value {
    json!({
        "fromByte": edit.range.start,
        "toByte": edit.range.end,
        "start": edit.start,
        "end": edit.end,
        "text": edit.text,
    })
}
