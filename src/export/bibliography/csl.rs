use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::{
    export::work::{Author, Sort, Work},
    model::VenueKind,
};

pub(super) fn write(work: &Work<'_>, key: &str, is_first: bool, out: &mut impl Write) -> io::Result<()> {
    out.write_all(if is_first { b"\n" } else { b",\n" })?;
    serde_json::to_writer(out, &item(work, key)).map_err(io::Error::from)
}

fn item(work: &Work<'_>, key: &str) -> Value {
    let venue = work.venue.as_ref();
    let kind = match (work.sort, venue.map(|venue| venue.kind)) {
        (Some(Sort::Paper), Some(VenueKind::Periodical)) => "article-journal",
        (Some(Sort::Paper), Some(VenueKind::Conference)) => "paper-conference",
        (Some(Sort::Paper), _) => "article",
        (Some(Sort::Book), _) => "book",
        (Some(Sort::Software), _) => "software",
        (Some(Sort::Dataset), _) => "dataset",
        (Some(Sort::Video), _) => "motion_picture",
        (Some(Sort::Page) | None, _) => "post-weblog",
    };
    // Preprint servers are publishers of what has no journal.
    let is_preprint = kind == "article";
    let place = if is_preprint { "publisher" } else { "container-title" };
    let mut item = Map::new();
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            item.insert(name.to_owned(), value.into());
        }
    };
    put("id", Some(key));
    put("type", Some(kind));
    put("title", Some(work.title));
    put(place, venue.map(|venue| venue.name));
    put("volume", work.volume);
    put("issue", work.issue);
    put("page", work.pages);
    put("DOI", work.doi);
    put("PMID", work.pmid);
    put("PMCID", work.pmcid);
    // One address has a place: of software, that of its code.
    put("URL", work.repository.or(work.url));
    put("abstract", work.summary);
    put("keyword", Some(&work.keywords.join(", ")));
    put("language", work.language);
    // Programs that know no field for it look for it here.
    put("note", work.arxiv.map(|id| format!("arXiv: {id}")).as_deref());
    if !work.authors.is_empty() {
        let others = work.et_al.then(|| json!({ "literal": "others" }));
        item.insert("author".to_owned(), work.authors.iter().map(author).chain(others).collect());
    }
    if let Some(date) = work.date {
        let (month, day) = date.month_and_day();
        let parts: Vec<u16> =
            [Some(date.year()), month.map(u16::from), day.map(u16::from)].into_iter().flatten().collect();
        item.insert("issued".to_owned(), json!({ "date-parts": [parts] }));
    }
    Value::Object(item)
}

fn author(author: &Author<'_>) -> Value {
    match author {
        Author::Group(name) => json!({ "literal": name }),
        Author::Person { family, given, orcid } => {
            let mut name = Map::new();
            name.insert("family".to_owned(), (*family).into());
            if !given.is_empty() {
                name.insert("given".to_owned(), (*given).into());
            }
            if let Some(orcid) = orcid {
                name.insert("ORCID".to_owned(), format!("https://orcid.org/{orcid}").into());
            }
            Value::Object(name)
        }
    }
}
