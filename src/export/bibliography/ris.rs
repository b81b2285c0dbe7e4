use std::io::{self, Write};

use crate::{
    export::work::{Author, Sort, Work, line},
    model::VenueKind,
};

pub(super) fn write(work: &Work<'_>, is_first: bool, out: &mut impl Write) -> io::Result<()> {
    let kind = match (work.sort, work.venue.as_ref().map(|venue| venue.kind)) {
        (Some(Sort::Paper), Some(VenueKind::Conference)) => "CPAPER",
        (Some(Sort::Paper), Some(VenueKind::PreprintServer)) => "UNPB",
        (Some(Sort::Paper), _) => "JOUR",
        (Some(Sort::Book), _) => "BOOK",
        (Some(Sort::Software), _) => "COMP",
        (Some(Sort::Dataset), _) => "DATA",
        (Some(Sort::Video), _) => "VIDEO",
        (Some(Sort::Page) | None, _) => "BLOG",
    };
    if !is_first {
        out.write_all(b"\r\n")?;
    }
    field("TY", Some(kind), out)?;
    field("TI", Some(work.title), out)?;
    for author in &work.authors {
        match author {
            Author::Person { family, given: "", .. } if !family.contains(' ') => field("AU", Some(family), out)?,
            // With a comma behind it, a name of several words is one that has no parts.
            Author::Person { family, given: "", .. } => field("AU", Some(&format!("{family},")), out)?,
            Author::Person { family, given, .. } => field("AU", Some(&format!("{family}, {given}")), out)?,
            Author::Group(name) => field("AU", Some(&format!("{name},")), out)?,
        }
    }
    // The form has no word for it; this one is what BibTeX says.
    field("AU", Some("others").filter(|_| work.et_al && !work.authors.is_empty()), out)?;
    field("T2", work.venue.as_ref().map(|venue| venue.name), out)?;
    if let Some(date) = work.date {
        let (month, day) = date.month_and_day();
        field("PY", Some(&date.year().to_string()), out)?;
        let part = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
        let whole = format!("{}/{}/{}/", date.year(), part(month), part(day));
        field("DA", Some(&*whole).filter(|_| month.is_some()), out)?;
    }
    field("VL", work.volume, out)?;
    field("IS", work.issue, out)?;
    match work.pages.map(|pages| pages.split_once('-').unwrap_or((pages, ""))) {
        Some((first, last)) if !last.contains('-') && first != last => {
            field("SP", Some(first), out)?;
            field("EP", Some(last), out)?;
        }
        _ => field("SP", work.pages, out)?,
    }
    field("DO", work.doi, out)?;
    field("AN", work.arxiv.map(|id| format!("arXiv: {id}")).as_deref(), out)?;
    field("AN", work.pmid.map(|id| format!("PMID: {id}")).as_deref(), out)?;
    field("C2", work.pmcid, out)?;
    field("UR", work.url, out)?;
    field("L2", work.repository, out)?;
    field("AB", work.summary, out)?;
    for word in &work.keywords {
        field("KW", Some(word), out)?;
    }
    field("LA", work.language, out)?;
    out.write_all(b"ER  - \r\n")
}

/// A value stands in one line: another line of it could begin as a field does.
fn field(tag: &str, value: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    let value = value.map(line).filter(|value| !value.is_empty());
    value.map_or(Ok(()), |value| write!(out, "{tag}  - {value}\r\n"))
}
