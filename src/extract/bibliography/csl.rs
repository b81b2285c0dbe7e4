//! Items of [CSL-JSON](https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables), as Zotero,
//! Pandoc and the resolvers of DOIs write them.

use serde_json::Value;

use super::{
    Read,
    work::{Sort, Work, date_in, group, person, person_in},
};
use crate::{
    extract::json::{list, parsed, text, texts, word},
    model::{Attribute, Kind, PartialDate, PersonName},
};

pub(super) fn work(item: &Value) -> Read {
    let sort = self::sort(text(item, "type").unwrap_or_default());
    let mut work = Work::new(sort);
    // The answers of some resolvers have a list of one title.
    if let Some(title) = texts(item, "title").next() {
        work.title(title);
    }
    for field in ["author", "editor"] {
        if !work.has_authors() {
            list(item, field).iter().for_each(|name| work.author(author(name)));
        }
    }
    for field in ["container-title", "event-title", "event", "publisher"] {
        // Preprint servers are publishers; of anything else the publisher is no venue.
        let is_venue = field != "publisher" || sort == Sort::PREPRINT;
        if let Some(venue) = texts(item, field).next().filter(|_| is_venue) {
            work.venue(venue);
        }
    }
    for field in ["issued", "published", "published-print", "published-online"] {
        work.date(item.get(field).and_then(date));
    }
    if let Some(volume) = word(item, "volume") {
        work.volume(&volume);
    }
    if let Some(issue) = word(item, "issue") {
        work.issue(&issue);
    }
    for field in ["page", "article-number", "number"] {
        if let Some(pages) = word(item, field).filter(|_| field != "number" || sort == Sort::ARTICLE) {
            work.pages(&pages);
        }
    }
    if let Some(number) = text(item, "number") {
        work.arxiv(number);
    }
    for field in ["DOI", "doi"] {
        texts(item, field).for_each(|doi| work.doi(doi));
    }
    if let Some(pmid) = word(item, "PMID") {
        work.pmid(&pmid);
    }
    if let Some(pmcid) = text(item, "PMCID") {
        work.pmcid(pmcid);
    }
    texts(item, "note").for_each(|note| work.note(note));
    texts(item, "URL").for_each(|address| work.addresses(address));
    for field in ["keyword", "categories"] {
        texts(item, field).for_each(|words| work.keywords(words));
    }
    for (field, attribute) in [("abstract", Attribute::Abstract), ("version", Attribute::Version)] {
        if let Some(value) = word(item, field) {
            work.attribute(attribute, &value);
        }
    }
    work.finish()
}

fn author(name: &Value) -> Option<PersonName> {
    if let Some(literal) = text(name, "literal").or_else(|| text(name, "name")) {
        return group(literal);
    }
    let part = |field| text(name, field).unwrap_or_default();
    let joined = |parts: &[&str]| parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let family = joined(&[part("dropping-particle"), part("non-dropping-particle"), part("family")]);
    let named = match (family.is_empty(), name.as_str()) {
        (true, Some(whole)) => person_in(whole),
        _ => person(&family, part("given")),
    };
    let orcid = parsed(name, "ORCID").or_else(|| parsed(name, "orcid"));
    named.map(|person| PersonName { orcid, ..person })
}

/// `{"date-parts": [[2020, "4", 1]]}`, `{"raw": "April 2020"}`, or a date as it is.
fn date(value: &Value) -> Option<PartialDate> {
    let number = |part: &Value| part.as_u64().or_else(|| part.as_str()?.trim().parse().ok());
    let parts: Vec<Option<u64>> = match list(value, "date-parts").first() {
        Some(Value::Array(parts)) => parts.iter().map(number).collect(),
        _ => Vec::new(),
    };
    let at = |at: usize| parts.get(at).copied().flatten();
    let small = |part: Option<u64>| part.and_then(|part| u8::try_from(part).ok());
    let of_parts = at(0).and_then(|year| PartialDate::new(u16::try_from(year).ok()?, small(at(1)), small(at(2))));
    let texts = ["raw", "literal", "date-time"].into_iter().find_map(|field| text(value, field));
    of_parts.or_else(|| date_in(texts.or_else(|| value.as_str())?))
}

fn sort(kind: &str) -> Sort {
    match kind {
        "article-journal" | "article-magazine" | "article-newspaper" | "review" | "journal-article" => Sort::ARTICLE,
        "paper-conference" | "proceedings-article" => Sort::PROCEEDINGS,
        "article" | "posted-content" | "preprint" => Sort::PREPRINT,
        "chapter" | "thesis" | "report" | "manuscript" | "patent" | "book-chapter" | "dissertation" => Sort::PAPER,
        "book" | "monograph" | "collection" | "edited-book" | "reference-book" => Sort::Of(Kind::Book),
        "software" => Sort::Of(Kind::Tool),
        "dataset" => Sort::Of(Kind::Dataset),
        "motion_picture" | "broadcast" => Sort::Of(Kind::Video),
        "post" | "post-weblog" | "entry-encyclopedia" | "entry-dictionary" => Sort::Of(Kind::Article),
        _ => Sort::Unknown,
    }
}
