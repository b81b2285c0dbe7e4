//! The papers that a block of a README names, by identifiers in its links and in its text.

use std::ops::Range;

use super::{
    bibtex::Record,
    inline::{Inline, Link},
};
use crate::{
    enrich::grade,
    id::{ArxivId, Doi, Identifiers, Pmcid, Pmid, WebUrl},
    model::{Dossier, Kind, LinkRole},
};

/// A paper, where it is named.
#[derive(Debug, Clone)]
pub(super) struct Work {
    pub(super) paper: Dossier,
    /// Where it stands in the text of its block.
    pub(super) range: Range<usize>,
    /// What the text says of it: what stands before it, up to the one before, and its link. Of a record its title and key.
    pub(super) said: String,
    /// What of the text is linked; empty where the text itself has the identifier.
    pub(super) linked: String,
    /// Whether it is the target of a linked picture.
    pub(super) is_picture: bool,
}

/// Identifiers of two sorts that are not farther apart than this are those of one work.
const NEAR: usize = 40;

/// The papers that a text names.
pub(super) fn of_text(inline: &Inline) -> Vec<Work> {
    let mut named: Vec<Named> = inline.links.iter().filter_map(|link| of_link(inline, link)).collect();
    let is_linked = |at: usize| inline.links.iter().any(|link| link.range.contains(&at));
    named.extend(of_words(&inline.text).into_iter().filter(|named| !is_linked(named.range.start)));
    named.sort_by_key(|named| (named.range.start, named.range.end));
    let mut works: Vec<Work> = Vec::new();
    for Named { ids, url, range, is_picture } in named {
        if ids.doi.as_ref().is_some_and(grade::is_no_paper) {
            continue;
        }
        if let Some(last) =
            works.last_mut().filter(|last| are_of_one(&last.paper.ids, &ids, last.range.end, range.start))
        {
            last.paper.ids.fill_from(ids);
            last.range.end = last.range.end.max(range.end);
            continue;
        }
        let before = works.last().map_or(0, |last| last.range.end).min(range.start);
        let is_link = inline.links.iter().any(|link| link.range == range);
        let linked = if is_link { inline.text[range.clone()].trim().to_owned() } else { String::new() };
        let paper = paper(ids, url, &linked);
        works.push(Work { paper, said: inline.text[before..range.end].to_owned(), range, linked, is_picture });
    }
    works
}

/// The paper of a record.
pub(super) fn of_record(record: Record) -> Work {
    let said = format!("{} {}", record.paper.title, record.key);
    Work { paper: record.paper, range: 0..0, said, linked: String::new(), is_picture: false }
}

struct Named {
    ids: Identifiers,
    url: Option<WebUrl>,
    range: Range<usize>,
    is_picture: bool,
}

fn of_link(inline: &Inline, link: &Link) -> Option<Named> {
    let url: Option<WebUrl> = link.target.parse().ok();
    let mut ids = url.as_ref().map(Identifiers::from_url).unwrap_or_default();
    if url.is_none() {
        ids.doi = Doi::find_in(&link.target).map(|(doi, _)| doi);
    }
    // `[10.1000/x](https://publisher.example/page)`
    if ids.is_empty() {
        ids.fill_from(
            of_words(&inline.text[link.range.clone()]).into_iter().next().map(|named| named.ids).unwrap_or_default(),
        );
    }
    let is_work = !ids.is_empty() || url.as_ref().is_some_and(is_page_of_paper);
    is_work.then(|| Named { ids, url, range: link.range.clone(), is_picture: link.is_picture })
}

/// Whether an address without an identifier is the page of a paper.
fn is_page_of_paper(url: &WebUrl) -> bool {
    const PAGES: [(&str, &str); 21] = [
        // The address of before 2017: /nmeth/journal/v14/n10/full/nmeth.4401.html
        ("nature.com", "/n"),
        ("cell.com", "/"),
        ("sciencedirect.com", "/science/article"),
        ("academic.oup.com", "/article"),
        ("openreview.net", "/"),
        ("proceedings.mlr.press", "/v"),
        ("papers.nips.cc", "/paper"),
        ("proceedings.neurips.cc", "/paper"),
        ("papers.neurips.cc", "/paper"),
        ("aclanthology.org", "/"),
        ("aclweb.org", "/anthology"),
        ("openaccess.thecvf.com", "/"),
        ("ieeexplore.ieee.org", "/"),
        ("jmlr.org", "/papers"),
        ("ojs.aaai.org", "/"),
        ("f1000research.com", "/articles"),
        ("researchsquare.com", "/article"),
        ("semanticscholar.org", "/paper"),
        ("pnas.org", "/content"),
        ("papers.ssrn.com", "/"),
        ("hal.science", "/"),
    ];
    let host = url.host();
    let is_journal_of_press = host.ends_with(".cshlp.org") && url.path().starts_with("/content");
    is_journal_of_press
        || PAGES
            .iter()
            .any(|(page, path)| host == *page && url.path().starts_with(path) && url.as_ref().len() > page.len() + 16)
}

/// The identifiers that stand in a text: DOIs, `arXiv:2104.01506`, `PMID: 123`, `PMC123456`.
fn of_words(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let named = |ids, range| Named { ids, url: None, range, is_picture: false };
    let mut from = 0;
    while let Some((doi, range)) = Doi::find_in(&text[from..]) {
        let range = from + range.start..from + range.end;
        from = range.end;
        let mut ids = Identifiers::default();
        ids.fill_from(Identifiers { doi: Some(doi), ..Identifiers::default() });
        found.push(named(ids, range));
    }
    let lower = text.to_ascii_lowercase();
    for (at, mark) in ["arxiv", "pmid", "pmc"].iter().flat_map(|mark| lower.match_indices(mark)) {
        let rest = &text[at + mark.len()..];
        let value = rest.trim_start_matches([':', ' ', '.', '：']);
        let word =
            value.split(|c: char| c.is_whitespace() || ",;)]}<>\"'，。）".contains(c)).next().unwrap_or_default();
        let ids = match mark {
            "arxiv" => Identifiers { arxiv: word.parse::<ArxivId>().ok(), ..Identifiers::default() },
            "pmid" => Identifiers { pmid: word.parse::<Pmid>().ok(), ..Identifiers::default() },
            _ if rest.starts_with(|c: char| c.is_ascii_digit()) => {
                let pmcid = format!("PMC{word}").parse::<Pmcid>().ok().filter(|_| word.len() >= 5);
                Identifiers { pmcid, ..Identifiers::default() }
            }
            _ => continue,
        };
        let end = at + mark.len() + (rest.len() - value.len()) + word.len();
        let is_new = !found.iter().any(|known: &Named| known.range.contains(&at));
        if is_new && !ids.is_empty() {
            found.push(named(ids, at..end));
        }
    }
    found
}

/// Whether two identifiers belong to one work: they are the same, or the number of an archive follows that of the publisher.
fn are_of_one(a: &Identifiers, b: &Identifiers, end: usize, start: usize) -> bool {
    if shares_identifier(a, b) {
        return true;
    }
    let is_archive = |ids: &Identifiers| ids.doi.is_none() && ids.arxiv.is_none() && !ids.is_empty();
    start.saturating_sub(end) <= NEAR && !a.is_empty() && !a.conflicts_with(b) && (is_archive(a) || is_archive(b))
}

/// Whether both have an identifier, the same one.
pub(super) fn shares_identifier(a: &Identifiers, b: &Identifiers) -> bool {
    fn is_same<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.is_some() && a == b
    }
    is_same(a.doi.as_ref(), b.doi.as_ref())
        || is_same(a.arxiv.as_ref(), b.arxiv.as_ref())
        || is_same(a.pmcid.as_ref(), b.pmcid.as_ref())
        || is_same(a.pmid.as_ref(), b.pmid.as_ref())
}

/// A paper that has no identifier is known by the title that is linked, and by its page.
fn paper(ids: Identifiers, url: Option<WebUrl>, linked: &str) -> Dossier {
    let mut paper = Dossier { kind: Kind::Paper, ids, ..Dossier::default() };
    let is_phrase = ["our ", "paper", "here", "this ", "article", "publication"]
        .iter()
        .any(|word| linked.to_lowercase().contains(word));
    let is_title =
        linked.split_whitespace().count() >= 5 && !is_phrase && !linked.contains("et al") && !has_year(linked);
    if paper.ids.is_empty() && is_title && linked.len() < 300 {
        paper.title = linked.trim_matches(['"', '“', '”', '\'', '.', ' ']).to_owned();
        paper.links.extend(url.map(|url| (LinkRole::Main, url)));
    }
    paper
}

fn has_year(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markup: &str, expected: &[&str]) {
        let id = |work: Work| {
            let ids: Vec<String> =
                crate::model::WorkRef::of_identifiers(&work.paper.ids).map(|id| id.to_string()).collect();
            if ids.is_empty() { work.paper.title } else { ids.join(" ") }
        };
        let found: Vec<String> = of_text(&Inline::of(markup)).into_iter().map(id).collect();
        assert_eq!(found, expected, "{markup}");
    }

    #[test]
    fn identifiers_in_links_and_in_the_text() {
        check("[a](https://doi.org/10.1000/x), doi: 10.1000/Y.", &["doi:10.1000/x", "doi:10.1000/y"]);
        check("[10.1000/x](https://doi.org/10.1000/x) and https://doi.org/10.1000/x", &["doi:10.1000/x"]);
        check("doi:10.1000/x; PMID: 1234567; PMCID: PMC123456", &["doi:10.1000/x pmcid:PMC123456 pmid:1234567"]);
        check("doi:10.1000/x, arXiv:2104.01506v2 [cs.LG]", &["doi:10.1000/x", "arxiv:2104.01506"]);
        check("[PMC123456](https://pmc.ncbi.nlm.nih.gov/articles/PMC123456/)", &["pmcid:PMC123456"]);
        check("[A title of five words](https://openreview.net/forum?id=x)", &["A title of five words"]);
        check("[paper](https://openreview.net/forum?id=x)", &[""]);
        check("[![DOI](b.svg)](https://doi.org/10.5281/zenodo.1) 10.18129/B9.bioc.x pmc PMID", &[]);
    }
}
