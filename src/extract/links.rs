//! Links in a text: which have a label, and the text without them.

use std::ops::Range;

use super::{flat::Flat, label};
use crate::model::LinkRole;

/// Whether a text is nothing but links that are labelled or bare, and marks between them.
pub(super) fn is_row_of_links(flat: &Flat) -> bool {
    let mut at = 0;
    let mut n_links = 0;
    for (index, link) in flat.addresses() {
        let label = labelled(flat, index, at);
        let range = match &label {
            Some(label) => label.range.clone(),
            None if link.is_bare || link.badge.is_some() || is_bracketed(flat, &link.range) => link.range.clone(),
            None => return false,
        };
        if flat.text.get(at..range.start).unwrap_or_default().contains(char::is_alphanumeric) {
            return false;
        }
        at = at.max(range.end);
        n_links += 1;
    }
    n_links > 0 && !flat.text[at..].contains(char::is_alphanumeric)
}

/// Whether a link is written as a label is: `[[text]](address)`, `[[text](address)]`.
pub(super) fn is_bracketed(flat: &Flat, link: &Range<usize>) -> bool {
    let text = flat.text[link.clone()].trim();
    let is_around = flat.text[..link.start].trim_end().ends_with('[')
        && flat.text[link.end..].trim_start().starts_with([']', '|', ',', '/']);
    (text.starts_with('[') && text.ends_with(']') || is_around) && text.split_whitespace().count() <= 4
}

/// The role that a label gives to a link, and what of the text the link with its label takes.
pub(super) struct Labelled {
    pub(super) role: LinkRole,
    pub(super) range: Range<usize>,
}

pub(super) fn labelled(flat: &Flat, at: usize, from: usize) -> Option<Labelled> {
    let link = &flat.links[at];
    let start = link.range.start.max(from);
    let before = flat.links[..at].last().map_or(0, |link| link.range.end).max(from).min(start);
    let text = flat.text.get(before..start).unwrap_or_default();
    let text_start = text
        .rfind(['\n', '.', ';', '|', '。', '；', '[', '(', '，', ','])
        .map_or(0, |mark| mark + text[mark..].chars().next().map_or(1, char::len_utf8));
    let prefix = text[text_start..].trim_end();
    let label = prefix.strip_suffix([':', '：']).map(str::trim).or_else(|| bracketed_label(text));
    if let Some(role) = label.and_then(label::role_of_label) {
        return Some(Labelled { role, range: before + text_start..link.range.end });
    }
    let role = match &link.badge {
        Some(badge) if flat.text[link.range.clone()].trim().is_empty() => label::role_of_badge(badge)?,
        _ => label::role_of_label(flat.link_text(link))?,
    };
    Some(Labelled { role, range: link.range.clone() })
}

/// `[paper] (https://…)`: a label in brackets of its own, before an address in parentheses.
pub(super) fn bracketed_label(before: &str) -> Option<&str> {
    let (_, label) = before.trim_end().strip_suffix('(')?.trim_end().strip_suffix(']')?.rsplit_once('[')?;
    Some(label)
}

/// The text of an item outside its title and its labelled links.
pub(super) struct Outside {
    pub(super) text: String,
    /// A dash or a colon leads from the title to it.
    pub(super) is_led: bool,
}

pub(super) fn without(flat: &Flat, title: &Range<usize>, cuts: &[Range<usize>]) -> Outside {
    let mut text = String::with_capacity(flat.text.len());
    // Each tag on a line of its own: two of them are not one name.
    let mut at = 0;
    for edge in flat.tags.iter().flat_map(|tag| [tag.start, tag.end]).filter(|edge| *edge <= title.start) {
        text.push_str(flat.text.get(at..edge).unwrap_or_default().trim());
        text.push('\n');
        at = at.max(edge);
    }
    text.push_str(flat.text.get(at..title.start).unwrap_or_default().trim());
    if text.chars().any(char::is_alphanumeric) {
        text.push('\n');
    } else {
        text.clear();
    }
    let mut at = title.end;
    for cut in cuts {
        text.push_str(flat.text.get(at..cut.start).unwrap_or_default());
        text.push('\n');
        at = at.max(cut.end);
    }
    text.push_str(flat.text.get(at..).unwrap_or_default());
    let tail =
        flat.text[title.end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ']' | ')'));
    let is_led = tail.starts_with(['-', '–', '—', ':', '：', '|']);
    Outside { text, is_led }
}
