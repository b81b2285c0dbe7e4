//! What a text is by its form alone: a title, a labelled detail, a row of links, or prose.

use std::ops::Range;

use super::{
    flat::Flat,
    label::{self, Field},
    links, title,
};
use crate::model::is_han;

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It begins with a title: a link, bold text, or words before links that are labelled.
    Titled,
    /// It is nothing but bold text, or a few words with a colon: a title or the name of a group.
    Name,
    /// It begins with a label.
    Labelled(Field),
    /// It is nothing but labelled or bare links.
    Links,
    /// It says something.
    Prose,
    /// It shows nothing: pictures, marks.
    Empty,
}

impl Shape {
    pub(super) fn of(flat: &Flat) -> Self {
        if !flat.text.contains(char::is_alphanumeric) && !flat.has_address() {
            return Self::Empty;
        }
        if let Some(lead) = label::lead(flat) {
            let rest = flat.slice(lead.value..flat.text.len());
            if let Some(field) = lead.field.or_else(|| is_address_alone(&rest).then_some(Field::Other)) {
                return Self::Labelled(field);
            }
        }
        if links::is_row_of_links(flat) {
            return Self::Links;
        }
        let lead = title::title_start(flat);
        let is_bold = flat.strong.first().is_some_and(|strong| strong.start <= lead);
        if is_bold && is_whole(flat, &flat.strong[0]) {
            return Self::Name;
        }
        let link = flat.addresses().next().map(|(_, link)| link);
        let is_linked = link.is_some_and(|link| link.range.start <= lead && !link.is_bare);
        let is_item = is_linked && flat.text.trim_start().starts_with(['-', '*', '+', '•', '·', '●', '▪']);
        if is_bold
            || is_item
            || is_linked && ends_title(flat, link.map_or(0, |link| link.range.end))
            || is_title_with_links(flat)
        {
            return Self::Titled;
        }
        if is_short_label(flat) { Self::Name } else { Self::Prose }
    }
}

/// Whether a text is one link and nothing else.
pub(super) fn is_address_alone(flat: &Flat) -> bool {
    let mut links = flat.addresses();
    let link = links.next().filter(|_| flat.strong.is_empty());
    link.is_some_and(|(_, link)| is_covered(flat, &link.range)) && links.next().is_none()
}

fn is_covered(flat: &Flat, part: &Range<usize>) -> bool {
    !flat.text[..part.start].contains(char::is_alphanumeric) && !flat.text[part.end..].contains(char::is_alphanumeric)
}

/// Whether nothing but marks stands outside a part of the text.
fn is_whole(flat: &Flat, part: &Range<usize>) -> bool {
    let is_word = |text: &str| text.contains(char::is_alphanumeric);
    !flat.has_address() && !is_word(&flat.text[..part.start]) && !is_word(&flat.text[part.end..])
}

/// A few words with a colon at the end, over a list.
fn is_short_label(flat: &Flat) -> bool {
    let text = flat.text.trim();
    !flat.has_address()
        && text.ends_with([':', '：'])
        && text.split_whitespace().count() <= 5
        && text.chars().count() <= 50
}

/// Whether the text behind a linked title parts from it: a mark, a line, another link; not the rest of a sentence.
fn ends_title(flat: &Flat, end: usize) -> bool {
    let rest = flat.text[end..].trim_start_matches([' ', '*', '_', ']', ')', '\u{a0}']);
    rest.chars().next().is_none_or(|next| !next.is_alphanumeric() || next.is_ascii_digit() || is_han(next))
        || flat.links.iter().any(|link| link.range.start >= end && flat.text[end..link.range.start].trim().len() <= 1)
}

/// An unlinked title with nothing behind it but labelled links: `Title of the work [[arXiv](…)] [[Code](…)]`.
fn is_title_with_links(flat: &Flat) -> bool {
    const LONGEST: usize = 300;
    let Some((_, first)) = flat.addresses().next().filter(|(_, link)| !link.is_bare) else { return false };
    let before = flat.text[..first.range.start].trim();
    let is_titled = before.contains(char::is_alphabetic) && before.len() <= LONGEST && !before.contains("://");
    is_titled && links::is_row_of_links(&flat.slice(first.range.start..flat.text.len()))
}

/// The parts of a paragraph that stand on lines of their own: entries that begin like the first, and labelled lines.
pub(super) fn split(flat: &Flat) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = entries(flat).into_iter().chain(label::labelled_lines(flat)).collect();
    cuts.push(0);
    cuts.sort_unstable();
    cuts.dedup();
    (0..cuts.len()).map(|at| cuts[at]..cuts.get(at + 1).copied().unwrap_or(flat.text.len())).collect()
}

/// Where the entries that one paragraph holds begin, each on a line of its own like the first.
fn entries(flat: &Flat) -> Vec<usize> {
    if flat.html_items.len() >= 2 {
        return flat.html_items.clone();
    }
    let lines = std::iter::once(0).chain(flat.text.match_indices('\n').map(|(at, _)| at + 1));
    let begins: Vec<(usize, Option<Begin>)> = lines.map(|at| (at, Begin::of(flat, at))).collect();
    let first = begins.iter().find_map(|(_, begin)| *begin);
    begins.into_iter().filter(|(_, begin)| begin.is_some() && *begin == first).map(|(at, _)| at).collect()
}

/// How a line that begins an entry begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// `-[Title](…)`: a bullet that Markdown does not take for one.
    Bullet,
    Bold,
    Link,
}

impl Begin {
    fn of(flat: &Flat, at: usize) -> Option<Self> {
        let line = &flat.text[at..];
        let mark = line.trim_start_matches(' ');
        let at_mark = at + line.len() - mark.len();
        let is_bold = |at: usize| flat.strong.iter().any(|strong| strong.start == at);
        let link =
            |at: usize| flat.addresses().map(|(_, link)| link).find(|link| link.range.start == at && !link.is_bare);
        if mark.starts_with(['-', '*', '+', '•', '·', '●', '▪']) {
            let rest = mark.trim_start_matches(['-', '*', '+', '•', '·', '●', '▪', ' ']);
            let start = at_mark + mark.len() - rest.len();
            return (link(start).is_some() || is_bold(start)).then_some(Self::Bullet);
        }
        let strong = flat.strong.iter().find(|strong| strong.start == at_mark);
        if let Some(strong) = strong {
            let is_label = label::field_of_label(&flat.text[strong.clone()]).is_some()
                || flat.text[strong.end..].starts_with([':', '：']);
            return (!is_label).then_some(Self::Bold);
        }
        let link = link(at_mark)?;
        let is_label = label::role_of_label(flat.link_text(link)).is_some();
        (!is_label && ends_title(flat, link.range.end)).then_some(Self::Link)
    }
}
