//! What little of HTML the rules ask for: comments, attributes, headings.

use std::ops::Range;

/// The comments in a part of a text.
pub(super) fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(start) = text[at..range.end].find("<!--").map(|found| at + found) {
        let end = text[start..range.end].find("-->").map_or(range.end, |found| start + found + "-->".len());
        found.push(start..end);
        at = end;
    }
    found
}

/// Where the values of an attribute stand in a part of a text.
pub(super) fn attributes(text: &str, range: Range<usize>, name: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let part = text[range.clone()].to_ascii_lowercase();
    let marker = format!("{name}=");
    for (at, _) in part.match_indices(&marker) {
        let is_name = part[..at].ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
        let start = at + marker.len();
        let value = &part[start..];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (start, end) = match quote {
            Some(quote) => (start + 1, value[1..].find(quote)),
            None => (start, value.find(|c: char| c.is_whitespace() || c == '>')),
        };
        if let Some(end) = end.filter(|_| is_name) {
            found.push(range.start + start..range.start + start + end);
        }
    }
    found
}

/// The texts of the headings (`<h2>…</h2>`) in a part of a text.
pub(super) fn headings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = text.to_ascii_lowercase();
    let mut at = 0;
    while let Some(start) = lower[at..].find("<h").map(|found| at + found) {
        at = start + "<h".len();
        let Some(level) = lower[at..].chars().next().filter(|c| matches!(c, '1'..='6')) else { continue };
        let (Some(open), Some(close)) = (lower[at..].find('>'), lower[at..].find(&format!("</h{level}>"))) else {
            continue;
        };
        if open < close {
            found.push(without_tags(&text[at + open + 1..at + close]).trim().to_owned());
            at += close;
        }
    }
    found
}

/// The text between tags.
pub(super) fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_tag = false;
    for character in html.chars() {
        match character {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            other if !is_tag => text.push(other),
            _ => {}
        }
    }
    text
}
