//! Files of [BibTeX](https://www.bibtex.org/Format/) and
//! [BibLaTeX](https://ctan.org/pkg/biblatex) (section 2 of its manual has the types and fields).

use std::collections::BTreeMap;

use super::{
    Read,
    work::{Sort, Work, date_in, group, month_in, person_in},
};
use crate::{
    extract::{
        bibtex::{RawRecord, raw_records},
        dossier::Filed,
        json::bad_record,
        latex::plain,
    },
    model::{Attribute, Kind, Lines, Notice, PartialDate, PersonName},
};

pub(super) fn read(text: &str, notices: &mut Vec<Notice>) -> Vec<Filed> {
    let records = raw_records(text);
    let by_key: BTreeMap<String, &RawRecord<'_>> =
        records.iter().map(|record| (record.key.to_lowercase(), record)).collect();
    let mut filed = Vec::new();
    for record in &records {
        let lines = Lines { first: record.lines.first + 1, last: record.lines.last + 1 };
        let parent = field(record, "crossref").and_then(|key| by_key.get(&key.trim().to_lowercase()));
        match work(record, parent.copied().filter(|parent| *parent != record)) {
            Read::Work(dossier) => filed.push(Filed { lines, text: record.text.to_owned(), dossier: *dossier }),
            Read::Beside => {}
            Read::Nothing => notices.push(bad_record(lines, record.text)),
        }
        if !record.is_whole {
            notices.push(bad_record(lines, record.text));
        }
    }
    filed
}

fn field<'r>(record: &'r RawRecord<'_>, name: &str) -> Option<&'r str> {
    record.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

/// What a record takes from the one that it stands in, if it does not say it itself: the name there, the name here.
const INHERITED: [(&str, &str); 8] = [
    ("title", "booktitle"),
    ("booktitle", "booktitle"),
    ("journal", "journal"),
    ("year", "year"),
    ("date", "date"),
    ("month", "month"),
    ("volume", "volume"),
    ("number", "number"),
];

fn work(record: &RawRecord<'_>, parent: Option<&RawRecord<'_>>) -> Read {
    let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, value) in &record.fields {
        fields.entry(name).or_insert(value);
    }
    for (there, here) in INHERITED {
        if let Some(value) = parent.and_then(|parent| field(parent, there)) {
            fields.entry(here).or_insert(value);
        }
    }
    let get = |names: &[&str]| names.iter().find_map(|name| fields.get(name).copied());
    let mut work = Work::new(sort(&record.kind, get(&["note", "howpublished"])));
    if let Some(title) = get(&["title"]) {
        work.title(&plain(title));
    }
    if let Some(subtitle) = get(&["subtitle"]) {
        work.subtitle(&plain(subtitle));
    }
    authors(&mut work, get(&["author"]));
    if !work.has_authors() && matches!(record.kind.as_str(), "book" | "proceedings" | "collection") {
        authors(&mut work, get(&["editor"]));
    }
    for name in ["journal", "journaltitle", "booktitle", "maintitle"] {
        if let Some(venue) = get(&[name]) {
            work.venue(&plain(venue));
        }
    }
    work.date(get(&["date"]).and_then(|date| date_in(&plain(date))));
    work.date(get(&["year"]).and_then(|year| dated(&plain(year), get(&["month"]), get(&["day"]))));
    if let Some(volume) = get(&["volume"]) {
        work.volume(&plain(volume));
    }
    if let Some(issue) = get(&["number", "issue"]) {
        work.issue(&plain(issue));
    }
    for name in ["pages", "eid", "article-number", "articleno"] {
        if let Some(pages) = get(&[name]) {
            work.pages(&plain(pages));
        }
    }
    identifiers(&mut work, &get);
    if let Some(keywords) = get(&["keywords", "keyword"]) {
        work.keywords(&plain(keywords));
    }
    for (name, attribute) in [("abstract", Attribute::Abstract), ("version", Attribute::Version)] {
        if let Some(text) = get(&[name]) {
            work.attribute(attribute, &plain(text));
        }
    }
    work.finish()
}

fn identifiers<'f>(work: &mut Work, get: &impl Fn(&[&str]) -> Option<&'f str>) {
    if let Some(doi) = get(&["doi"]) {
        work.doi(&verbatim(doi));
    }
    if let Some(pmid) = get(&["pmid"]) {
        work.pmid(&verbatim(pmid));
    }
    if let Some(pmcid) = get(&["pmcid", "pmc"]) {
        work.pmcid(&verbatim(pmcid));
    }
    if let Some(eprint) = get(&["eprint", "arxiv", "arxivid"]).map(verbatim) {
        let archive = get(&["archiveprefix", "eprinttype"]).map(str::to_lowercase).unwrap_or_default();
        match archive.as_str() {
            "" | "arxiv" => work.arxiv(&eprint),
            "pubmed" => work.pmid(&eprint),
            _ => {}
        }
        work.addresses(&eprint);
    }
    for name in ["url", "howpublished", "link", "bdsk-url-1"] {
        if let Some(address) = get(&[name]) {
            work.addresses(&verbatim(address));
        }
    }
}

/// A field in which LaTeX commands are none: an address, an identifier.
fn verbatim(value: &str) -> String {
    let bare = value.replace("\\url", " ").replace(['{', '}'], " ");
    ["_", "%", "&", "#", "~", "$"]
        .iter()
        .fold(bare, |text, mark| text.replace(&format!("\\{mark}"), mark))
        .trim()
        .to_owned()
}

fn dated(year: &str, month: Option<&str>, day: Option<&str>) -> Option<PartialDate> {
    let whole = date_in(year)?;
    let month = month.map(plain);
    let number = month.as_deref().and_then(|month| month.trim().parse().ok().or_else(|| month_in(month)));
    // `month = "4~apr"`, `month = apr # "~4"`
    let in_month = || {
        let digits = |part: &str| part.parse::<u8>().ok();
        month.as_deref().filter(|month| month.contains(char::is_alphabetic))?.split([' ', '-', '.']).find_map(digits)
    };
    let day = day.and_then(|day| plain(day).parse().ok()).or_else(in_month);
    if number.is_none() { Some(whole) } else { PartialDate::new(whole.year(), number, day) }
}

fn sort(kind: &str, note: Option<&str>) -> Sort {
    match kind {
        "article" | "periodical" | "suppperiodical" => Sort::ARTICLE,
        "inproceedings" | "conference" => Sort::PROCEEDINGS,
        "incollection" | "inbook" | "suppbook" | "suppcollection" | "phdthesis" | "mastersthesis" | "thesis"
        | "techreport" | "report" | "unpublished" | "patent" => Sort::PAPER,
        "book" | "mvbook" | "booklet" | "proceedings" | "mvproceedings" | "collection" | "mvcollection"
        | "reference" => Sort::Of(Kind::Book),
        "software" => Sort::Of(Kind::Tool),
        "dataset" => Sort::Of(Kind::Dataset),
        "video" | "movie" => Sort::Of(Kind::Video),
        // How R cites its packages.
        "manual" if note.is_some_and(|note| note.contains("package version")) => Sort::Of(Kind::Tool),
        _ => Sort::Unknown,
    }
}

fn authors(work: &mut Work, names: Option<&str>) {
    let mut names = names.unwrap_or_default().trim();
    // Some put a second pair of braces around all names.
    if let Some(inner) = in_braces(names).filter(|inner| inner.contains(" and ")) {
        names = inner;
    }
    for name in split_names(names) {
        work.author(author(name));
    }
}

/// The names between `and`s that stand outside braces.
fn split_names(names: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let bytes = names.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' if depth == 0 && at > start && is_and(bytes, at) => {
                found.push(&names[start..at]);
                start = at + 3;
            }
            _ => {}
        }
    }
    found.push(&names[start..]);
    found
}

fn is_and(bytes: &[u8], at: usize) -> bool {
    let is_blank = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    bytes[at..].starts_with(b"and") && is_blank(at - 1) && is_blank(at + 3)
}

fn author(name: &str) -> Option<PersonName> {
    let name = name.trim();
    if let Some(inner) = in_braces(name) {
        // Braces around all of a name say that it has no parts; but some programs put them around persons, too.
        let inner = plain(inner);
        let is_person = inner.contains(", ") || inner.split(' ').any(is_initial);
        return if is_person { person_in(&inner) } else { group(&inner) };
    }
    // Words in braces hold together: `{van Gogh}, Vincent`, `Ann {de la Rue}`.
    let (mut glued, mut depth) = (String::with_capacity(name.len()), 0_usize);
    for character in name.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        glued.push(if depth > 0 && character == ' ' && !glued.ends_with('\\') { GLUE } else { character });
    }
    let mut person = person_in(&plain(&glued))?;
    for part in [&mut person.family, &mut person.given, &mut person.spelling] {
        *part = part.replace(GLUE, " ");
    }
    Some(person)
}

fn is_initial(word: &str) -> bool {
    let letter = word.trim_end_matches('.');
    letter.chars().count() == 1 && letter.chars().all(char::is_uppercase)
}

/// Stands for a blank that parts no names.
const GLUE: char = '\u{2063}';

/// The text in a pair of braces that holds all of it.
fn in_braces(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let mut depth = 0_i32;
    let is_one = inner.bytes().all(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth >= 0
    });
    is_one.then_some(inner)
}
