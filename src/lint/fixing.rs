use similar::TextDiff;

use super::{Edit, Finding, Settings, check};
use crate::read::Source;

/// Mends what can be mended with certainty, and gives the new text with the number of findings that are gone.
///
/// Only the bytes that edits name change. Edits that overlap are made one after the other, each on the text that the
/// one before left.
#[must_use]
pub fn fix(source: &Source, text: &str, settings: &Settings) -> (String, usize) {
    // Each round mends something, so a list ends soon; the limit only guards against two rules that undo each other.
    const ROUNDS: usize = 20;
    let mut text = text.to_owned();
    let mut n_fixed = 0;
    for _ in 0..ROUNDS {
        let source = Source { notices: source.notices.clone(), ..Source::new(source.info.clone(), &text) };
        let (next, n_made) = apply(&text, &check(&source, &text, settings));
        n_fixed += n_made;
        if n_made == 0 {
            break;
        }
        text = next;
    }
    (text, n_fixed)
}

/// Makes the edits of the findings that do not overlap with those before them, and counts the findings.
pub(super) fn apply(text: &str, findings: &[Finding]) -> (String, usize) {
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut n_made = 0;
    for finding in findings.iter().filter(|finding| !finding.edits.is_empty()) {
        if finding.edits.iter().all(|edit| is_free(edit, &chosen)) {
            for edit in &finding.edits {
                let at = chosen.partition_point(|other| other.range.start < edit.range.start);
                chosen.insert(at, edit);
            }
            n_made += 1;
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in chosen {
        mended.push_str(&text[at..edit.range.start]);
        mended.push_str(&edit.text);
        at = edit.range.end;
    }
    mended.push_str(&text[at..]);
    (mended, n_made)
}

/// Whether an edit neither overlaps with those that were chosen nor touches them.
pub(super) fn is_free(edit: &Edit, chosen: &[&Edit]) -> bool {
    let after = chosen.partition_point(|other| other.range.start <= edit.range.end);
    chosen[..after].last().is_none_or(|other| other.range.end < edit.range.start)
}

/// The change from one text to the other as a unified diff.
#[must_use]
pub fn diff(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
