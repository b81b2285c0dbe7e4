//! Records of [BibTeX](https://www.bibtex.org/Format/) that a README gives to be copied.

use crate::{
    enrich::{grade, text},
    id::{ArxivId, Doi, Identifiers, WebUrl},
    model::{Dossier, Kind, LinkRole, PartialDate, PersonName, VenueKind},
};

/// A record of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// What the record is called.
    pub(super) key: String,
    pub(super) paper: Dossier,
}

/// The papers among the records of a text.
pub(super) fn records(text: &str) -> Vec<Record> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        let (record, end) = record(&text[at..]);
        found.extend(record);
        from = at + end.max(1);
    }
    found
}

/// The record with which a text begins, and where it ends.
fn record(text: &str) -> (Option<Record>, usize) {
    // The name of a kind is short; a search for the brace through all of the text would be made for each `@`.
    let open = text.bytes().take(24).position(|byte| byte == b'{').filter(|open| is_word(&text[1..*open]));
    let Some(open) = open else { return (None, 1) };
    let kind = &text[1..open];
    let end = closing(&text[open..]).map_or(text.len(), |length| open + length);
    let body = text[open + 1..end].trim_end_matches('}');
    let Some((key, body)) = body.split_once(',') else { return (None, end) };
    (
        paper(&kind.trim().to_ascii_lowercase(), &fields(body))
            .map(|paper| Record { key: key.trim().to_owned(), paper }),
        end,
    )
}

fn is_word(text: &str) -> bool {
    let word = text.trim();
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// One past the brace that closes the one with which the text begins.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

type Fields = Vec<(String, String)>;

/// `name = {value}`, `name = "value"` or `name = 2020`, parted by commas.
fn fields(body: &str) -> Fields {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some((name, tail)) = rest.split_once('=') {
        let name = name.rsplit([',', '\n']).next().unwrap_or_default().trim().to_ascii_lowercase();
        let tail = tail.trim_start();
        let length = length_of_value(tail);
        found.push((name, tail[..length].to_owned()));
        rest = &tail[length..];
    }
    found
}

fn length_of_value(text: &str) -> usize {
    if text.starts_with('{') {
        return closing(text).unwrap_or(text.len());
    }
    let is_quoted = text.starts_with('"');
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(usize::from(is_quoted)) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if is_quoted && depth == 0 => return at + 1,
            b',' | b'\n' if !is_quoted && depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

fn paper(kind: &str, fields: &Fields) -> Option<Dossier> {
    let raw = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let field = |name: &str| {
        let plain = plain(raw(name)?);
        (!plain.is_empty()).then_some(plain)
    };
    if matches!(kind, "software" | "manual" | "dataset" | "data" | "online" | "string" | "comment") {
        return None;
    }
    let url = field("url").and_then(|url| url.parse::<WebUrl>().ok());
    let ids = identifiers(&field, url.as_ref())?;
    let title = field("title").unwrap_or_default();
    let venue = field("journal").or_else(|| field("journaltitle")).or_else(|| field("booktitle"));
    // What has no identifier may be software, a page, a talk.
    let is_work =
        !matches!(kind, "misc" | "unpublished" | "techreport" | "phdthesis" | "mastersthesis") || venue.is_some();
    if ids.is_empty() && (!is_work || title.split(' ').count() < 3) {
        return None;
    }
    let (authors, et_al) = raw("author").map(authors).unwrap_or_default();
    let month = field("month").and_then(|month| month_of(&month));
    let year = field("year").or_else(|| field("date")?.get(..4).map(str::to_owned)).and_then(|year| year.parse().ok());
    let is_conference = kind.contains("proceedings") || kind == "conference";
    Some(Dossier {
        kind: Kind::Paper,
        title,
        ids,
        links: url.into_iter().map(|url| (LinkRole::Main, url)).collect(),
        authors,
        et_al,
        venue_kind: venue.as_ref().map(|_| if is_conference { VenueKind::Conference } else { VenueKind::Periodical }),
        // `arXiv preprint arXiv:2104.01506` is no journal.
        venue: venue.filter(|venue| !venue.to_ascii_lowercase().contains("preprint arxiv")),
        date: year.and_then(|year| PartialDate::new(year, month, None)),
        volume: field("volume"),
        issue: field("number"),
        pages: field("pages").map(|pages| pages.replace("--", "-").replace('–', "-")),
        ..Dossier::default()
    })
}

/// The identifiers; `None` if they are those of software.
fn identifiers(field: &impl Fn(&str) -> Option<String>, url: Option<&WebUrl>) -> Option<Identifiers> {
    let doi = field("doi").and_then(|doi| doi.parse::<Doi>().ok());
    let of_url = url.map(Identifiers::from_url).unwrap_or_default();
    let given = Identifiers { doi, ..Identifiers::default() };
    if given.doi.iter().chain(&of_url.doi).any(grade::is_no_paper) {
        return None;
    }
    let mut ids = Identifiers::default();
    ids.fill_from(given);
    ids.fill_from(of_url);
    let is_arxiv = field("archiveprefix")
        .or_else(|| field("eprinttype"))
        .is_none_or(|prefix| prefix.eq_ignore_ascii_case("arxiv"));
    let eprint = field("eprint").filter(|_| is_arxiv).and_then(|eprint| eprint.parse::<ArxivId>().ok());
    let named = ["journal", "volume", "note", "howpublished", "publisher"].iter().find_map(|name| {
        let value = field(name)?;
        let at = value.to_ascii_lowercase().find("arxiv:").or_else(|| value.to_ascii_lowercase().find("abs/"))?;
        value.get(at..)?.trim_start_matches("abs/").split([' ', ',']).next()?.parse::<ArxivId>().ok()
    });
    ids.arxiv = ids.arxiv.or(eprint).or(named);
    ids.pmid = ids.pmid.or_else(|| field("pmid")?.parse().ok());
    ids.pmcid = ids.pmcid.or_else(|| field("pmcid")?.parse().ok());
    Some(ids)
}

/// A value without its braces, quotes and commands.
fn plain(value: &str) -> String {
    text::plain(inside(value)).chars().filter(|c| !matches!(c, '{' | '}')).collect()
}

/// A value without the marks around it.
fn inside(value: &str) -> &str {
    let value = value.trim();
    let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let braced = value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    quoted.or(braced).unwrap_or(value)
}

/// `Roe, Ann and Bo Poe and {The Team} and others`.
fn authors(names: &str) -> (Vec<PersonName>, bool) {
    let names = inside(names).split_whitespace().collect::<Vec<_>>().join(" ");
    let all: Vec<&str> = names.split(" and ").map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_rest = |name: &&str| matches!(name.trim_end_matches('.'), "others" | "et al");
    let et_al = all.iter().any(is_rest);
    (all.into_iter().filter(|name| !is_rest(name)).map(person).collect(), et_al)
}

fn person(name: &str) -> PersonName {
    let is_group = name.starts_with('{') && closing(name) == Some(name.len());
    let spelling = plain(name);
    let (family, given) = match spelling.split_once(',') {
        _ if is_group => (spelling.as_str(), ""),
        Some((family, given)) => (family, given),
        None => spelling.rsplit_once(' ').map_or((spelling.as_str(), ""), |(given, family)| (family, given)),
    };
    let (family, given) = (family.trim().to_owned(), given.trim().to_owned());
    PersonName { family, given, spelling, is_group, ..PersonName::default() }
}

fn month_of(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_ascii_lowercase();
    let named = MONTHS.iter().zip(1..).find(|(month, _)| lower.starts_with(**month)).map(|(_, number)| number);
    named.or_else(|| lower.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_a_paper() {
        let text = "Cite\n@article{roe2021tool,\n  title={{Tool}: a \\& way, with = sign},\n  author={Ro{\\'e}, Ann and Bo Poe and {The Mill Team} and others},\n  \
                    journal=\"Journal of {W}ays\", year = 2021, month=mar,\n  pages={1--9},\n  doi = {10.1000/X}\n}\n\
                    @misc{b,\n title={Preprint of it all}, eprint={2104.01506}, archivePrefix={arXiv}\n}\n\
                    @article{c, title={Third of its kind}, journal={arXiv preprint arXiv:2104.01507}, year={2021}}";
        let found = records(text);
        assert_eq!(found.iter().map(|record| record.key.as_str()).collect::<Vec<_>>(), ["roe2021tool", "b", "c"]);
        let paper = &found[0].paper;
        assert_eq!(paper.title, "Tool: a & way, with = sign");
        assert_eq!((paper.ids.doi.as_ref().unwrap().as_ref(), paper.et_al), ("10.1000/x", true));
        assert_eq!(
            paper.authors.iter().map(|name| name.family.as_str()).collect::<Vec<_>>(),
            ["Roé", "Poe", "The Mill Team"]
        );
        assert_eq!((paper.pages.as_deref(), paper.date.unwrap().to_string().as_str()), (Some("1-9"), "2021-03"));
        let arxiv: Vec<_> = found[1..].iter().map(|record| record.paper.ids.arxiv.as_ref().unwrap().as_ref()).collect();
        assert_eq!(arxiv, ["2104.01506", "2104.01507"]);
        assert_eq!(found[2].paper.venue, None);
    }

    #[test]
    fn other_records_are_none() {
        for text in [
            "@software{x, title={A tool for all}, doi={10.5281/zenodo.1}}",
            "@article{x, title={A tool for all}, doi={10.5281/zenodo.1}}",
            "@misc{x, title={A tool for all}, year={2020}}",
            "@Manual{x, title={tool: for R}, url={https://example.org}}",
            "pip install x@1 {",
            "@",
            "@a{",
            "@a{b}",
            "}{@",
            "@article{é,",
            "mail@example.org",
        ] {
            assert!(records(text).is_empty(), "{text}");
        }
        for hostile in ["@a{", "@", "@article{a,", "@a{a, b={"] {
            let _ = records(&hostile.repeat(30_000));
        }
    }
}
