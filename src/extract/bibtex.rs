//! Records of [BibTeX](https://www.bibtex.org/Format/), as people and programs write them: in a block of code of a list, in a
//! file of its own. A record that is broken ends where the next one begins.

use std::collections::BTreeMap;

use super::{flat::Flat, label::Field, latex, unit::Part};
use crate::model::{Lines, LinkRole};

/// One record of a list: the fields that an entry can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) title: String,
    /// Its lines within the block, from 0.
    pub(super) lines: Lines,
    fields: Vec<(String, String)>,
}

/// The records of a text that have a title; empty if it is no BibTeX.
pub(super) fn records(text: &str) -> Vec<Record> {
    let record = |raw: RawRecord<'_>| {
        let plain = |(name, value): &(String, String)| (name.clone(), latex::plain(value));
        let fields: Vec<(String, String)> = raw.fields.iter().map(plain).collect();
        let title = fields.iter().find(|(name, _)| name == "title").map(|(_, value)| value.clone())?;
        Some(Record { title, lines: raw.lines, fields })
    };
    raw_records(text).into_iter().filter_map(record).collect()
}

/// One record as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawRecord<'t> {
    /// `article`, in lower case.
    pub(super) kind: String,
    /// What it is cited by; empty if it has none.
    pub(super) key: &'t str,
    pub(super) text: &'t str,
    /// Its lines within the text, from 0.
    pub(super) lines: Lines,
    /// Names in lower case, values in LaTeX, abbreviations written out.
    pub(super) fields: Vec<(String, String)>,
    /// Whether it has a beginning and an end.
    pub(super) is_whole: bool,
}

/// The records of a text. What stands between them is a comment.
pub(super) fn raw_records(text: &str) -> Vec<RawRecord<'_>> {
    let mut found = Vec::new();
    let mut strings: BTreeMap<String, String> = BTreeMap::new();
    let (mut from, mut line, mut counted, mut next) = (0, 0, 0, 0);
    while let Some(start) = starts(text, from).next() {
        if next <= start {
            next = starts(text, start + 1).find(|at| text[..*at].ends_with('\n')).unwrap_or(text.len());
        }
        let closed = closing(&text[start..next]).map(|length| start + length);
        let end = closed.unwrap_or(start + text[start..next].trim_end().len());
        from = end;
        let mut n_lines = |to: usize| {
            line += u32::try_from(text[counted..to].matches('\n').count()).unwrap_or(0);
            counted = to;
            line
        };
        let lines = Lines { first: n_lines(start), last: n_lines(end) };
        let (kind, body) = head(&text[start..end]);
        let body = if closed.is_some() { &body[..body.len() - 1] } else { body };
        match kind.as_str() {
            "comment" | "preamble" => {}
            "string" => strings.extend(fields(body, &strings)),
            _ => {
                let (key, body) = key(body);
                let fields = fields(body, &strings);
                let is_whole = closed.is_some();
                found.push(RawRecord { kind, key, text: &text[start..end], lines, fields, is_whole });
            }
        }
    }
    found
}

/// Where records begin: `@article{`, `@string (`.
fn starts(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let is_start = |at: &usize| {
        let rest = text[at + 1..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        rest.len() < text.len() - at - 1 && rest.trim_start_matches([' ', '\t']).starts_with(['{', '('])
    };
    text[from..].match_indices('@').map(move |(at, _)| from + at).filter(is_start)
}

/// The kind of a record, and what follows its opening bracket.
fn head(record: &str) -> (String, &str) {
    let at = record.find(['{', '(']).unwrap_or(record.len() - 1);
    (record[1..at].trim().to_ascii_lowercase(), &record[at + 1..])
}

/// One past the bracket that closes the record with which a text begins.
fn closing(text: &str) -> Option<usize> {
    let open = text.find(['{', '('])?;
    let is_round = text[open..].starts_with('(');
    let mut depth = 0_usize;
    for (offset, character) in text[open..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 && !is_round => return Some(open + offset + 1),
            '}' => depth = depth.saturating_sub(1),
            ')' if is_round && depth == 0 => return Some(open + offset + 1),
            _ => {}
        }
    }
    None
}

/// The key, and what follows it. A record without a key begins with its first field.
fn key(body: &str) -> (&str, &str) {
    let end = body.find([',', '=']).unwrap_or(body.len());
    if body[end..].starts_with('=') {
        return ("", body);
    }
    (body[..end].trim(), body.get(end + 1..).unwrap_or_default())
}

/// `name = {value}`, `name = "value"`, `name = word # "and more"`, parted by commas, or by nothing where one was forgotten.
fn fields(body: &str, strings: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some((before, tail)) = rest.split_once('=') {
        let line = before.rsplit('\n').find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('%'));
        let name = line.unwrap_or_default().trim_end().rsplit([',', ' ', '\t']).next().unwrap_or_default();
        let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
        let (value, after) = value(tail, strings);
        if !name.is_empty() && !value.trim().is_empty() {
            found.push((name, value));
        }
        rest = after;
    }
    found
}

/// Values that are longer get no more abbreviations written out: each could be made of two of the one before it.
const LONGEST: usize = 10_000;

/// A value, its pieces put together, and what stands behind it.
fn value<'t>(text: &'t str, strings: &BTreeMap<String, String>) -> (String, &'t str) {
    let mut value = String::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = match rest.chars().next() {
            Some('{') => closing(rest).unwrap_or(rest.len()),
            Some('"') => end_of_quote(rest),
            _ => rest.find([',', '\n', '#']).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        match piece.chars().next() {
            Some(open @ ('{' | '"')) => {
                let inside = &piece[1..];
                value.push_str(inside.strip_suffix(if open == '{' { '}' } else { '"' }).unwrap_or(inside));
            }
            _ => {
                let word = piece.trim();
                let known = strings.get(&word.to_ascii_lowercase()).filter(|_| value.len() < LONGEST);
                value.push_str(known.map_or(word, String::as_str));
            }
        }
        match after.trim_start().strip_prefix('#') {
            Some(more) => rest = more,
            None => return (value, after),
        }
    }
}

/// One past the quotation mark that closes a value: outside braces, and with the end of the field behind it.
fn end_of_quote(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '"' if depth == 0 && !text[..at].ends_with('\\') => {
                let behind = text[at + 1..].trim_start_matches([' ', '\t']);
                if behind.is_empty() || behind.starts_with([',', '#', '\n', '}', ')']) {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
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
        for text in ["pip install x", "user@host {", "@", "@a{", "@a{b}", "}{@", "@(", "@a(", "@a}{"] {
            assert!(records(text).is_empty(), "{text}");
        }
    }

    /// The records of a text: kind, key, lines, fields.
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = raw_records(text)
            .iter()
            .map(|record| {
                let fields: Vec<String> = record.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
                let mark = if record.is_whole { "" } else { "!" };
                format!("{} {} {} {mark}{}", record.lines, record.kind, record.key, fields.join("|"))
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn abbreviations_are_written_out() {
        check(
            "@string{nat = \"Nature\"}\n@STRING(nb = nat # \" Biotech\")\n@Article(k, journal = NB # {!}, month = jan, year = 1999 )",
            &["2 article k journal=Nature Biotech!|month=jan|year=1999"],
        );
        check("@string{a = a # b}@string{b = a # a}@misc{k, title = b}", &["0 misc k title=abab"]);
    }

    #[test]
    fn a_broken_record_does_not_lose_the_next() {
        check(
            "@a{k, title = {open\n\n@b{l, title = {whole}}\n@c{m title = {x}}",
            &["0 a k !title=open", "2 b l title=whole", "3 c  title=x"],
        );
        check(
            "@a{k, title = \"say \"hi\" now\", url = {http://x?a=b},\n% note = {no},\nyear = 1 month = 2}",
            &["0-2 a k title=say \"hi\" now|url=http://x?a=b|year=1 month = 2"],
        );
        check("me@x.org\n@comment{a @b{c}}\n@preamble{\"x\"}\n@book{k,}", &["3 book k "]);
        check("@{,\n title = {T}}\n@misc{,title={U}}", &["2 misc  title=U"]);
    }

    #[test]
    fn long_texts_are_read_in_time() {
        let start = std::time::Instant::now();
        for text in ["@a{", "@a{k, t = {", "@a{k, t = \"", "@", "@a(", "\"", "=", "@string{a = a # a}\n"] {
            let _ = raw_records(&text.repeat(20_000));
        }
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }
}
