//! Items of Zotero: of its [interface](https://www.zotero.org/support/dev/web_api/v3/basics), where each is wrapped in `data`, and
//! of [Better BibTeX](https://retorque.re/zotero-better-bibtex/exporting/), where they stand in `items`.

use serde_json::Value;

use super::{
    Read,
    work::{Sort, Work, date_in, group, person},
};
use crate::{
    extract::json::{list, text},
    model::{Attribute, Kind, PersonName},
};

pub(super) fn work(item: &Value) -> Read {
    let item = item.get("data").filter(|data| data.is_object()).unwrap_or(item);
    let kind = text(item, "itemType").unwrap_or_default();
    if matches!(kind, "attachment" | "note" | "annotation") {
        return Read::Beside;
    }
    let mut work = Work::new(sort(kind));
    if let Some(title) = text(item, "title").or_else(|| text(item, "shortTitle")) {
        work.title(title);
    }
    let creators = list(item, "creators");
    for creator in creators.iter().filter(|creator| is_author(creator)) {
        work.author(author(creator));
    }
    if !work.has_authors() {
        creators.iter().for_each(|creator| work.author(author(creator)));
    }
    for field in ["publicationTitle", "proceedingsTitle", "conferenceName", "bookTitle", "repository"] {
        if let Some(venue) = text(item, field).filter(|_| field != "repository" || kind == "preprint") {
            work.venue(venue);
        }
    }
    work.date(text(item, "date").and_then(date_in));
    if let Some(volume) = text(item, "volume") {
        work.volume(volume);
    }
    if let Some(issue) = text(item, "issue") {
        work.issue(issue);
    }
    if let Some(pages) = text(item, "pages") {
        work.pages(pages);
    }
    if let Some(doi) = text(item, "DOI") {
        work.doi(doi);
    }
    if let Some(id) = text(item, "archiveID") {
        work.arxiv(id);
    }
    if let Some(extra) = text(item, "extra") {
        work.note(extra);
    }
    if let Some(address) = text(item, "url") {
        work.addresses(address);
    }
    for tag in list(item, "tags") {
        if let Some(tag) = tag.as_str().or_else(|| text(tag, "tag")) {
            work.attribute(Attribute::Keyword, tag);
        }
    }
    for (field, attribute) in [
        ("abstractNote", Attribute::Abstract),
        ("versionNumber", Attribute::Version),
        ("programmingLanguage", Attribute::ProgrammingLanguage),
    ] {
        if let Some(value) = text(item, field) {
            work.attribute(attribute, value);
        }
    }
    work.finish()
}

fn is_author(creator: &Value) -> bool {
    let kind = text(creator, "creatorType").unwrap_or("author");
    matches!(kind, "author" | "programmer" | "presenter" | "director" | "podcaster" | "inventor" | "cartographer")
}

fn author(creator: &Value) -> Option<PersonName> {
    match text(creator, "name") {
        Some(name) => group(name),
        None => person(text(creator, "lastName").unwrap_or_default(), text(creator, "firstName").unwrap_or_default()),
    }
}

fn sort(kind: &str) -> Sort {
    match kind {
        "journalArticle" | "magazineArticle" | "newspaperArticle" => Sort::ARTICLE,
        "conferencePaper" => Sort::PROCEEDINGS,
        "preprint" => Sort::PREPRINT,
        "bookSection" | "thesis" | "report" | "manuscript" | "patent" => Sort::PAPER,
        "book" => Sort::Of(Kind::Book),
        "computerProgram" => Sort::Of(Kind::Tool),
        "dataset" => Sort::Of(Kind::Dataset),
        "videoRecording" | "film" | "tvBroadcast" => Sort::Of(Kind::Video),
        "blogPost" | "forumPost" | "encyclopediaArticle" => Sort::Of(Kind::Article),
        _ => Sort::Unknown,
    }
}
