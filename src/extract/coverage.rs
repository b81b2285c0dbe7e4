//! Nothing is lost: every line that no entry, heading or notice accounts for gets a notice of its own.

use crate::{
    model::{Entry, Lines, Notice, NoticeCode},
    read::{BlockKind, Document},
};

/// Notices for the lines that nothing accounts for, adjacent ones together.
pub(super) fn uncovered(document: &Document<'_>, entries: &[Entry], notices: &[Notice]) -> Vec<Notice> {
    let n_lines = document.text.lines().count();
    let mut is_covered = vec![false; n_lines + 2];
    let mut cover = |lines: Lines| {
        for line in lines.first..=lines.last {
            if let Some(covered) = usize::try_from(line).ok().and_then(|line| is_covered.get_mut(line)) {
                *covered = true;
            }
        }
    };
    entries.iter().for_each(|entry| cover(entry.origin.lines));
    notices.iter().for_each(|notice| cover(notice.lines));
    document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
        .for_each(|block| cover(block.lines));
    let mut found: Vec<Notice> = Vec::new();
    let mut is_open = false;
    for (text, line) in document.text.lines().zip(1_u32..) {
        let at = usize::try_from(line).unwrap_or(usize::MAX);
        if text.trim().is_empty() || is_covered.get(at).copied().unwrap_or(true) {
            is_open &= text.trim().is_empty();
            continue;
        }
        let code = if is_markup(text) { NoticeCode::Markup } else { NoticeCode::Prose };
        match found.last_mut().filter(|last| is_open && last.code == code) {
            Some(last) => {
                last.lines.last = line;
                last.text.push('\n');
                last.text.push_str(text);
            }
            None => found.push(Notice { code, lines: Lines { first: line, last: line }, text: text.to_owned() }),
        }
        is_open = true;
    }
    found
}

/// Puts notices together that say the same of lines that follow each other, where nobody needs to look at them.
pub(super) fn merged(document: &Document<'_>, mut notices: Vec<Notice>) -> Vec<Notice> {
    notices.sort_by_key(|notice| (notice.lines, notice.code));
    let mut merged: Vec<Notice> = Vec::with_capacity(notices.len());
    for notice in notices {
        let is_next = |last: &&mut Notice| {
            last.code == notice.code
                && notice.code.is_expected()
                && notice.lines.first <= last.lines.last.saturating_add(2)
        };
        match merged.last_mut().filter(is_next) {
            Some(last) => {
                last.lines.last = last.lines.last.max(notice.lines.last);
                document.text_of(last.lines).clone_into(&mut last.text);
            }
            None => merged.push(notice),
        }
    }
    merged
}

/// A line without words of its own: rules, comments, anchors, pictures, the definitions of links, the frames of tables.
fn is_markup(line: &str) -> bool {
    let line = line.trim();
    let mut rest = line;
    let mut words = String::new();
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    let is_definition = line.starts_with('[') && line.contains("]:");
    let is_picture = line.starts_with("![") || line.starts_with("[![");
    is_definition || is_picture || !words.contains(char::is_alphanumeric)
}
