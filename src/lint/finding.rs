use std::{ops::Range, str::FromStr};

use super::Rule;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Could be better.
    Note,
    /// Probably wrong.
    Warning,
    /// Certainly wrong.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A word that is no severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no severity")]
pub struct NoSeverity;

impl FromStr for Severity {
    type Err = NoSeverity;

    fn from_str(word: &str) -> Result<Self, NoSeverity> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|severity| severity.word() == word).ok_or(NoSeverity)
    }
}

/// A place in a file, both from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Something that a curator should mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// How much it matters to this curator.
    pub severity: Severity,
    /// What is wrong here.
    pub message: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: one past the last character.
    pub end: Position,
    /// How to mend it, where that is certain.
    pub edits: Vec<Edit>,
}

/// A replacement of some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes.
    pub range: Range<usize>,
    /// Where they begin.
    pub start: Position,
    /// Where they end.
    pub end: Position,
    /// What stands there instead.
    pub text: String,
}

/// What a rule found, before it is known how much it matters and on which line it stands.
#[derive(Debug, Clone)]
pub(super) struct Remark {
    pub(super) rule: Rule,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) edits: Vec<(Range<usize>, String)>,
}

impl Remark {
    pub(super) fn new(rule: Rule, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { rule, range, message: message.into(), edits: Vec::new() }
    }

    /// Mends it by another text in place of a part of the page. Only what differs is replaced.
    pub(super) fn replace(mut self, page: &str, range: Range<usize>, text: &str) -> Self {
        let old = &page[range.clone()];
        let prefix = common(old.chars(), text.chars());
        let suffix = common(old[prefix..].chars().rev(), text[prefix..].chars().rev());
        let range = range.start + prefix..range.end - suffix;
        self.edits.push((range, text[prefix..text.len() - suffix].to_owned()));
        self
    }
}

/// The first of many remarks, with their number: what a curator does everywhere is said once.
pub(super) fn first_of(mut remarks: Vec<Remark>) -> Option<Remark> {
    let count = remarks.len();
    remarks.truncate(1);
    let mut first = remarks.pop()?;
    if count > 1 {
        first.message.push_str(&format!(" (the first of {count} in this list)"));
    }
    Some(first)
}

/// How many bytes two texts share from where they are read.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
