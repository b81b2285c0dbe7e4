//! Records of [BibTeX](https://www.bibtex.org/Format/) in a block of code.

use super::{flat::Flat, label::Field, unit::Part};
use crate::model::{Lines, LinkRole};

/// One record: the fields that an entry can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) title: String,
    /// Its lines within the block, from 0.
    pub(super) lines: Lines,
    fields: Vec<(String, String)>,
}

/// The records of a text; empty if it is no BibTeX.
pub(super) fn records(text: &str) -> Vec<Record> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        let end = closing(text, at).unwrap_or(text.len());
        if let Some(record) = record(text, at, end) {
            found.push(record);
        }
        from = end.max(at + 1);
    }
    found
}

/// One past the brace that closes the record which begins at a place.
fn closing(text: &str, at: usize) -> Option<usize> {
    let open = at + text[at..].find('{')?;
    let mut depth = 0_usize;
    for (offset, character) in text[open..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + offset + 1);
        }
    }
    None
}

fn record(text: &str, at: usize, end: usize) -> Option<Record> {
    let body = text.get(at..end)?;
    let (kind, body) = body.strip_prefix('@')?.split_once('{')?;
    if !kind.trim().chars().all(|c| c.is_ascii_alphabetic()) || kind.trim().is_empty() {
        return None;
    }
    let (_, body) = body.split_once(',')?;
    let fields = fields(body);
    let title = fields.iter().find(|(name, _)| name == "title").map(|(_, value)| value.clone())?;
    let line = |at: usize| u32::try_from(text[..at].matches('\n').count()).unwrap_or(u32::MAX);
    Some(Record { title, lines: Lines { first: line(at), last: line(end) }, fields })
}

/// `name = {value}` or `name = "value"`, parted by commas.
fn fields(body: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some((name, tail)) = rest.split_once('=') {
        let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
        let (value, after) = value(tail.trim_start());
        found.push((name, clean(value)));
        rest = after;
    }
    found
}

/// A value, and what stands behind it.
fn value(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    let is_quoted = text.starts_with('"');
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth <= 1 => {
                let end = if depth == 1 { at + 1 } else { at };
                if depth == 0 || text.starts_with('{') {
                    return text.split_at(end);
                }
                depth = 0;
            }
            '}' => depth -= 1,
            '"' if is_quoted && depth == 0 && at > 0 => return text.split_at(at + 1),
            ',' | '\n' if !is_quoted && depth == 0 => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

fn clean(value: &str) -> String {
    let plain: String = value.chars().filter(|c| !matches!(c, '{' | '}' | '"')).collect();
    plain.replace("\\&", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Record {
    /// What the record says, each part with its field.
    pub(super) fn parts(&self, line: u32) -> Vec<Part> {
        let mut parts = Vec::new();
        for (name, value) in &self.fields {
            let field = match name.as_str() {
                "author" => Field::Authors,
                "journal" | "booktitle" | "publisher"
                    if !parts.iter().any(|part: &Part| part.field == Some(Field::Venue)) =>
                {
                    Field::Venue
                }
                "year" => Field::Year,
                "url" | "doi" | "eprint" => Field::Link(LinkRole::Paper),
                _ => continue,
            };
            let value = match name.as_str() {
                "author" => names(value),
                "doi" if !value.contains("://") => format!("doi:{value}"),
                "eprint" if value.parse::<crate::id::ArxivId>().is_ok() => format!("arXiv:{value}"),
                _ => value.clone(),
            };
            let flat = if name == "url" { Flat::with_addresses(&value, line) } else { Flat::plain(&value, line) };
            parts.push(Part { field: Some(field), flat });
        }
        parts
    }
}

/// `Roe, Ann and Poe, Bo and others` as people write it: `Ann Roe, Bo Poe, et al.`
fn names(value: &str) -> String {
    let name = |name: &str| match name.trim().split_once(',') {
        Some((family, given)) => format!("{} {}", given.trim(), family.trim()),
        None if name.trim() == "others" => "et al.".to_owned(),
        None => name.trim().to_owned(),
    };
    value.split(" and ").map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_with_braces_and_quotes() {
        let text = "@article{key,\n  title={A {GNN} for all},\n  author = \"Roe, Ann and Poe, Bo\",\n  year=2020\n}\n@misc{x, title = {B}}";
        let found = records(text);
        assert_eq!(found.iter().map(|record| record.title.as_str()).collect::<Vec<_>>(), ["A GNN for all", "B"]);
        assert_eq!(found[0].fields[1], ("author".to_owned(), "Roe, Ann and Poe, Bo".to_owned()));
        assert_eq!(found[0].fields[2], ("year".to_owned(), "2020".to_owned()));
        assert_eq!((found[1].lines.first, found[1].lines.last), (5, 5));
    }

    #[test]
    fn other_code_is_none() {
        for text in ["pip install x", "user@host {", "@", "@a{", "@a{b}", "}{@"] {
            assert!(records(text).is_empty(), "{text}");
        }
    }
}
