//! What a curator should mend in a list: rules with fixed names, findings with their places, and what is certain is
//! mended.
//!
//! A source and its file's own text go in (the source's text has other line ends), [`Finding`]s come out, in the order
//! of the text. [`Rule`] names them all; [`Settings`] and comments in the list switch them off. [`fix`] applies the
//! edits of findings and leaves every other byte alone; [`diff`] shows them. [`write`](write()) puts findings into the
//! formats that people, editors and code hosts read.
//!
//! # The ideas
//!
//! - **Rules look at the text to the byte** (`page`, `links`, `headings`), because a finding has a column and an
//!   edit must hit. What an entry is comes from `extract`; both meet on the lines.
//! - **`error` is only what is certainly wrong**, whoever reads the list. What is probably wrong is a warning, what
//!   could be better a note.
//! - **An edit is made only where one answer is right.** Two that overlap are not made in one go; the text is looked at
//!   again until nothing is left to mend.
//! - **What stands outside the list is told, not looked up**: which links are gone and which papers were retracted comes in
//!   with the settings ([`Known`]); without it, the text alone is judged.
//!
//! ```
//! use amml_graph::{
//!     lint::{self, Settings},
//!     read,
//! };
//!
//! let text = "# Cells\n-[cell](https://github.com/a/cell)\n";
//! let source = read::decode("cells.md".as_ref(), text.into()).unwrap();
//! let findings = lint::check(&source, text, &Settings::default());
//! assert!(findings.iter().any(|finding| finding.rule.name() == "bullet-without-blank"));
//! let (fixed, _) = lint::fix(&source, text, &Settings::default());
//! assert_eq!(fixed, "# Cells\n- [cell](https://github.com/a/cell)\n");
//! ```

mod finding;
mod fixing;
mod headings;
mod html;
mod links;
mod notices;
mod page;
mod report;
mod rule;
mod rules;
mod settings;
mod switches;

pub use finding::{Edit, Finding, NoSeverity, Position, Severity};
pub use fixing::{diff, fix};
pub use notices::explain;
pub use report::{Format, Report, write};
pub use rule::{Rule, UnknownRule};
pub use settings::{Settings, SettingsError};

use crate::{
    model::{Known, NoticeCode, SourceKind},
    read::Source,
};
use finding::Remark;
use page::{Page, Ruler};
use switches::Switches;

/// Looks for what should be mended in a source. `text` is the text of its file as it is.
///
/// Of a file that is not UTF-8 nothing can be mended: its bytes are not those of the text.
#[must_use]
pub fn check(source: &Source, text: &str, settings: &Settings) -> Vec<Finding> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let page = Page::of(source, body);
    let switches = Switches::of(&page);
    let mut remarks = match source.info.kind {
        SourceKind::List => rules::check(&page, settings.known()),
        SourceKind::Facts | SourceKind::Decisions => rules::check_facts(&page),
        SourceKind::Bibliography | SourceKind::Registry | SourceKind::Service | SourceKind::Links => Vec::new(),
    };
    remarks.extend(switches.unknown.iter().cloned());
    remarks.sort_by_key(|remark| (remark.range.start, remark.rule, remark.range.end));
    remarks.dedup_by(|a, b| (a.rule, &a.range) == (b.rule, &b.range));
    let is_utf8 = source.notices.iter().all(|notice| notice.code != NoticeCode::InvalidUtf8);
    let offset = text.len() - body.len();
    let mut ruler = Ruler::new(body);
    let mut findings = Vec::with_capacity(remarks.len());
    for remark in remarks {
        let Some(severity) = settings.severity(remark.rule) else { continue };
        let start = ruler.position(remark.range.start);
        if switches.is_off(remark.rule, start.line) {
            continue;
        }
        let mut ahead = ruler.clone();
        let mut edits = Vec::new();
        for (range, text) in remark.edits.into_iter().filter(|_| is_utf8) {
            let (start, end) = (ahead.position(range.start), ahead.position(range.end));
            edits.push(Edit { range: range.start + offset..range.end + offset, start, end, text });
        }
        let end = ahead.position(remark.range.end);
        findings.push(Finding { rule: remark.rule, severity, message: remark.message, start, end, edits });
    }
    findings
}

#[cfg(test)]
mod tests;
