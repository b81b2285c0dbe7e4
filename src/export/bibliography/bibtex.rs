use std::io::{self, Write};

use super::latex::{self, escape};
use crate::{
    export::work::{Author, Sort, Work, line},
    model::VenueKind,
};

pub(super) fn write(work: &Work<'_>, key: &str, is_first: bool, out: &mut impl Write) -> io::Result<()> {
    let venue = work.venue.as_ref();
    let is_in_proceedings = venue.is_some_and(|venue| venue.kind == VenueKind::Conference);
    let kind = match work.sort {
        Some(Sort::Paper) if is_in_proceedings => "inproceedings",
        Some(Sort::Paper) => "article",
        Some(Sort::Book) => "book",
        Some(Sort::Software) => "software",
        Some(Sort::Dataset) => "dataset",
        Some(Sort::Video) => "video",
        Some(Sort::Page) | None => "online",
    };
    write!(out, "{}@{kind}{{{key}", if is_first { "" } else { "\n" })?;
    field("title", Some(latex::title(work.title)).filter(|title| !title.is_empty()), out)?;
    field("author", authors(work), out)?;
    let place = if is_in_proceedings { "booktitle" } else { "journal" };
    field(place, venue.map(|venue| escape(venue.name)), out)?;
    if let Some(date) = work.date {
        let (month, day) = date.month_and_day();
        field("year", Some(date.year().to_string()), out)?;
        field("month", month.map(|month| month.to_string()), out)?;
        field("day", day.map(|day| day.to_string()), out)?;
    }
    field("volume", work.volume.map(escape), out)?;
    field("number", work.issue.map(escape), out)?;
    field("pages", work.pages.map(|pages| escape(pages).replace('-', "--")), out)?;
    field("doi", work.doi.map(verbatim), out)?;
    field("eprint", work.arxiv.map(verbatim), out)?;
    field("archiveprefix", work.arxiv.map(|_| "arXiv".to_owned()), out)?;
    field("pmid", work.pmid.map(verbatim), out)?;
    field("pmcid", work.pmcid.map(verbatim), out)?;
    field("url", work.url.map(verbatim), out)?;
    field("howpublished", work.repository.map(|url| format!("\\url{{{}}}", verbatim(url))), out)?;
    field("abstract", work.summary.map(escape), out)?;
    let keywords = work.keywords.iter().map(|word| escape(word)).collect::<Vec<_>>().join(", ");
    field("keywords", Some(keywords).filter(|words| !words.is_empty()), out)?;
    field("language", work.language.map(escape), out)?;
    out.write_all(b"\n}\n")
}

fn field(name: &str, value: Option<String>, out: &mut impl Write) -> io::Result<()> {
    value.map_or(Ok(()), |value| write!(out, ",\n  {name} = {{{value}}}"))
}

/// An address or an identifier: nothing in it is a command, but braces would end the field.
fn verbatim(text: &str) -> String {
    line(text).replace('{', "%7B").replace('}', "%7D")
}

fn authors(work: &Work<'_>) -> Option<String> {
    let mut names: Vec<String> = work.authors.iter().map(author).filter(|name| !name.is_empty()).collect();
    if work.et_al && !names.is_empty() {
        names.push("others".to_owned());
    }
    (!names.is_empty()).then(|| names.join(" and "))
}

/// Braces hold a name together that would be cut: at a comma, at the word `and`, at a blank of a name that has no parts.
fn author(author: &Author<'_>) -> String {
    let held = |name: &str, is_held: bool| {
        let name = escape(name);
        if is_held { format!("{{{name}}}") } else { name }
    };
    let is_cut =
        |name: &str| name.contains(',') || name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    match author {
        Author::Group(name) => held(name, true),
        Author::Person { family, given: "", .. } => held(family, family.contains([' ', ','])),
        Author::Person { family, given, .. } => {
            format!("{}, {}", held(family, is_cut(family)), held(given, is_cut(given)))
        }
    }
}
