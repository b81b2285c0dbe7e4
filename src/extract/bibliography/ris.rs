//! Files of [RIS](https://en.wikipedia.org/wiki/RIS_(file_format)): a tag of two letters, a hyphen and a value on each line,
//! records from `TY` to `ER`.

use super::{
    Read,
    work::{Sort, Work, date_in, group, person, person_in},
};
use crate::{
    extract::{dossier::Filed, json::bad_record},
    model::{Attribute, Kind, Lines, Notice, PersonName},
};

/// A record: its fields in their order.
struct Record {
    lines: Lines,
    text: String,
    fields: Vec<(String, String)>,
}

pub(super) fn read(text: &str, notices: &mut Vec<Notice>) -> Vec<Filed> {
    let mut filed = Vec::new();
    for record in records(text, notices) {
        match work(&record) {
            Read::Work(dossier) => filed.push(Filed { lines: record.lines, text: record.text, dossier: *dossier }),
            Read::Beside => {}
            Read::Nothing => notices.push(bad_record(record.lines, &record.text)),
        }
    }
    filed
}

/// The records of a text. One without its end goes to where the next begins; what stands outside is told, unless it stands
/// above all: there databases put their names.
fn records(text: &str, notices: &mut Vec<Notice>) -> Vec<Record> {
    let mut found: Vec<Record> = Vec::new();
    let mut is_open = false;
    for (line, at) in text.lines().zip(1..) {
        let lines = Lines { first: at, last: at };
        match tagged(line) {
            Some(("TY", value)) => {
                is_open = true;
                let fields = vec![("TY".to_owned(), value.to_owned())];
                found.push(Record { lines, text: line.to_owned(), fields });
                continue;
            }
            Some((tag, value)) if is_open => {
                let record = found.last_mut().expect("a record is open");
                is_open = tag != "ER";
                record.fields.push((tag.to_owned(), value.to_owned()));
            }
            None if is_open => {
                // A value goes on until the next tag.
                let record = found.last_mut().expect("a record is open");
                if let Some((_, value)) = record.fields.last_mut().filter(|_| !line.trim().is_empty()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            _ => {
                if !line.trim().is_empty() && !found.is_empty() {
                    notices.push(bad_record(lines, line));
                }
                continue;
            }
        }
        let record = found.last_mut().expect("a record is open");
        if !line.trim().is_empty() {
            record.lines.last = at;
            record.text.push('\n');
            record.text.push_str(line);
        }
    }
    found
}

/// The tag and the value of a line: `AU  - Roe, Ann`.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches('\u{feff}');
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    let mut letters = tag.bytes();
    let is_tag = letters.next().is_some_and(|b| b.is_ascii_uppercase())
        && letters.next().is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let value =
        rest.trim_start_matches([' ', '\t']).strip_prefix('-').filter(|_| rest.starts_with([' ', '\t', '-']))?;
    is_tag.then(|| (tag, value.trim()))
}

fn work(record: &Record) -> Read {
    let all = |tags: &'static [&'static str]| {
        let values = record.fields.iter().filter(move |(tag, value)| tags.contains(&tag.as_str()) && !value.is_empty());
        values.map(|(_, value)| value.as_str())
    };
    let one = |tags: &[&'static str]| {
        tags.iter().find_map(|tag| record.fields.iter().find(|(own, value)| own == tag && !value.is_empty()))
    };
    let one = |tags: &[&'static str]| one(tags).map(|(_, value)| value.as_str());
    let kind = one(&["TY"]).unwrap_or_default().to_ascii_uppercase();
    let mut work = Work::new(sort(&kind));
    if let Some(title) = one(&["TI", "T1", "CT", "BT"]) {
        work.title(title);
    }
    all(&["AU", "A1"]).for_each(|name| work.author(author(name)));
    if !work.has_authors() {
        all(&["ED", "A2"]).for_each(|name| work.author(author(name)));
    }
    if kind != "BOOK"
        && let Some(venue) = one(&["JF", "JO", "T2", "JA", "J1", "J2", "BT"])
    {
        work.venue(venue);
    }
    for date in ["DA", "Y1", "PY"] {
        work.date(one(&[date]).and_then(date_in));
    }
    if let Some(volume) = one(&["VL"]) {
        work.volume(volume);
    }
    if let Some(issue) = one(&["IS"]) {
        work.issue(issue);
    }
    match (one(&["SP"]), one(&["EP"])) {
        (Some(first), Some(last)) if !first.contains('-') && first != last => work.pages(&format!("{first}-{last}")),
        (Some(pages), _) | (None, Some(pages)) => work.pages(pages),
        (None, None) => {}
    }
    if let Some(number) = one(&["C7"]).filter(|_| kind == "JOUR") {
        work.pages(number);
    }
    all(&["DO"]).for_each(|doi| work.doi(doi));
    all(&["AN"]).for_each(|number| work.note(number));
    if let Some(number) = one(&["C2"]).filter(|number| number.starts_with("PMC")) {
        work.pmcid(number);
    }
    all(&["UR", "L1", "L2", "LK"]).for_each(|address| work.addresses(address));
    all(&["KW"]).for_each(|words| work.keywords(words));
    if let Some(text) = one(&["AB", "N2"]) {
        work.attribute(Attribute::Abstract, text);
    }
    work.finish()
}

/// `Family, Given, Suffix`; a name with nothing behind its comma is that of a group.
fn author(name: &str) -> Option<PersonName> {
    if let Some(name) = name.strip_suffix(',').filter(|name| !name.contains(',')) {
        return group(name);
    }
    let mut parts = name.split(',');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(family), Some(given), Some(_)) => person(family, given),
        _ => person_in(name),
    }
}

fn sort(kind: &str) -> Sort {
    match kind {
        "JOUR" | "MGZN" | "EJOUR" | "JFULL" | "NEWS" | "ABST" | "INPR" => Sort::ARTICLE,
        "CONF" | "CPAPER" => Sort::PROCEEDINGS,
        "CHAP" | "ECHAP" | "THES" | "RPRT" | "UNPB" | "PAT" => Sort::PAPER,
        "BOOK" | "EBOOK" | "EDBOOK" | "SER" => Sort::Of(Kind::Book),
        "COMP" => Sort::Of(Kind::Tool),
        "DATA" | "DBASE" | "AGGR" => Sort::Of(Kind::Dataset),
        "VIDEO" | "MPCT" => Sort::Of(Kind::Video),
        "BLOG" => Sort::Of(Kind::Article),
        _ => Sort::Unknown,
    }
}
