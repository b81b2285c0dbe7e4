use std::io::{self, Write};

use super::Report;
use crate::lint::{Finding, Severity};

/// One command for each finding: GitHub shows it beside the line.
pub(super) fn write(reports: &[Report], out: &mut impl Write) -> io::Result<()> {
    for report in reports {
        for finding in &report.findings {
            writeln!(out, "{}", command(&report.path, finding))?;
        }
    }
    Ok(())
}

fn command(path: &str, finding: &Finding) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (start, end) = (finding.start, finding.end);
    let mut place = format!("file={},line={},col={}", property(path), start.line, start.column);
    // GitHub takes an end column only on the line of the beginning.
    place += &match end.line == start.line {
        true if end.column > start.column => format!(",endLine={},endColumn={}", end.line, end.column - 1),
        true => String::new(),
        false => format!(",endLine={}", end.line),
    };
    let text = format!("{}; {}", finding.message, finding.rule.advice());
    format!("::{word} {place},title={}::{}", property(finding.rule.name()), data(&text))
}

/// A message in the form that commands take.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command: commas and colons part properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Position, Rule};

    #[test]
    fn what_would_end_a_property_or_the_command_is_escaped() {
        let finding = Finding {
            rule: Rule::EmptyAddress,
            severity: Severity::Note,
            message: "100%: a,\r\nb".to_owned(),
            start: Position { line: 3, column: 5 },
            end: Position { line: 3, column: 9 },
            edits: Vec::new(),
        };
        assert_eq!(
            command("a,b:c%.md", &finding),
            "::notice file=a%2Cb%3Ac%25.md,line=3,col=5,endLine=3,endColumn=8,title=empty-address::\
             100%25: a,%0D%0Ab; add the address, or remove the link"
        );
    }
}
