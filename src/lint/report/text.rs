use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::Report;

/// `path:line:column: severity: message [rule]`, as editors understand it; below, what to do for each rule.
pub(super) fn write(reports: &[Report], out: &mut impl Write) -> io::Result<()> {
    let mut rules = BTreeSet::new();
    for report in reports {
        for finding in &report.findings {
            let (line, column) = (finding.start.line, finding.start.column);
            let (severity, rule) = (finding.severity.word(), finding.rule.name());
            let fixable = if finding.edits.is_empty() { "" } else { ", fixable" };
            writeln!(out, "{}:{line}:{column}: {severity}: {} [{rule}{fixable}]", report.path, finding.message)?;
            rules.insert(finding.rule);
        }
    }
    if !rules.is_empty() {
        writeln!(out, "\nWhat to do:")?;
    }
    for rule in rules {
        writeln!(out, "  {:<23} {}", rule.name(), rule.advice())?;
    }
    Ok(())
}
