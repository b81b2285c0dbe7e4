//! Findings in the formats that people, editors and code hosts read.

mod github;
mod json;
mod sarif;
mod text;

use std::io::{self, Write};

use super::Finding;

/// The findings of one file.
#[derive(Debug)]
pub struct Report {
    /// Its path as the curator gave it.
    pub path: String,
    /// What was found in it.
    pub findings: Vec<Finding>,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: a line for each finding, then what to do.
    Text,
    /// One JSON object.
    Json,
    /// [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code hosts and editors.
    Sarif,
    /// [Workflow commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions) of GitHub.
    Github,
}

/// Writes the findings.
///
/// # Errors
///
/// If they cannot be written.
pub fn write(reports: &[Report], format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(reports, out),
        Format::Json => json::write(reports, out),
        Format::Sarif => sarif::write(reports, out),
        Format::Github => github::write(reports, out),
    }
}
