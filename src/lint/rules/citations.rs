//! Papers: identifiers that contradict each other or are missing, years, venues, authors.

use std::collections::BTreeMap;

use super::{Page, Remark};
use crate::{
    id::{Doi, Identifiers},
    lint::{Rule, finding::first_of},
    model::{Entry, Kind, LinkRole, Mention, PersonName, VenueKind},
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    check_authors(page, remarks);
    for (entry, paper) in papers(page) {
        remarks.extend(conflicting_identifiers(page, entry, paper));
        remarks.extend(conflicting_year(page, entry, paper));
        remarks.extend(derivable_identifier(page, entry, paper));
    }
    check_siblings(page, remarks);
}

/// The entries whose main thing is a paper.
fn papers<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (&'p Entry, &'p Mention)> {
    let mains = page.extraction.entries.iter().filter_map(|entry| Some((entry, entry.mentions.first()?)));
    mains.filter(|(_, mention)| mention.kind.kind == Kind::Paper)
}

/// Authors that are cut soon, unless the list cuts them so everywhere.
fn check_authors(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    const FEW: usize = 3;
    let n_cut = papers(page).filter(|(_, paper)| paper.citation.et_al).count();
    let mut found: Vec<Remark> =
        papers(page).filter_map(|(entry, paper)| truncated_authors(page, entry, paper)).collect();
    if found.len() > FEW && found.len() * 2 > n_cut {
        remarks.extend(first_of(found));
    } else {
        remarks.append(&mut found);
    }
}

fn truncated_authors(page: &Page<'_>, entry: &Entry, paper: &Mention) -> Option<Remark> {
    const ENOUGH: usize = 3;
    let authors = &paper.citation.authors;
    let is_title = paper.title.text.contains("et al");
    if !paper.citation.et_al || authors.is_empty() || authors.len() >= ENOUGH || is_title {
        return None;
    }
    let names: Vec<String> = authors.iter().map(PersonName::display).collect();
    let message = format!("only {} before et al.", names.join(" and "));
    let range = page.within(entry.origin.lines, &authors[0].spelling);
    Some(Remark::new(Rule::TruncatedAuthors, range, message))
}

/// Two articles in one entry: the link leads to one, the text names the other.
fn conflicting_identifiers(page: &Page<'_>, entry: &Entry, paper: &Mention) -> Option<Remark> {
    let stated = paper.citation.ids.doi.as_ref()?;
    let linked = Identifiers::from_url(paper.url()?).doi?;
    let is_article = |doi: &Doi| !doi.is_preprint() && !doi.is_deposit();
    // A part of an article has a longer DOI than the whole.
    let is_part = stated.as_ref().starts_with(linked.as_ref()) || linked.as_ref().starts_with(stated.as_ref());
    if *stated == linked || is_part || !is_article(stated) || !is_article(&linked) {
        return None;
    }
    let message = format!("the text has doi:{stated}, the link doi:{linked}");
    Some(Remark::new(Rule::ConflictingIdentifiers, page.within(entry.origin.lines, stated.as_ref()), message))
}

/// Papers come to arXiv before they are published, or soon after; many years after is another paper.
fn conflicting_year(page: &Page<'_>, entry: &Entry, paper: &Mention) -> Option<Remark> {
    const LATEST: u16 = 4;
    let year = paper.citation.year?;
    let arxiv = Identifiers::from_url(paper.url()?).arxiv?;
    let of_arxiv = year_of(arxiv.as_ref())?;
    let is_preprint = paper.venue_kind == Some(VenueKind::PreprintServer);
    let latest = if is_preprint { year } else { year + LATEST };
    (of_arxiv > latest).then(|| {
        let message = format!("the citation says {year}, but arXiv:{arxiv} is of {of_arxiv}");
        Remark::new(Rule::ConflictingYear, page.within(entry.origin.lines, &year.to_string()), message)
    })
}

/// The year in which arXiv gave the identifier.
fn year_of(arxiv: &str) -> Option<u16> {
    let digits = arxiv.rsplit('/').next()?.get(..2)?;
    let year: u16 = digits.parse().ok()?;
    Some(if year >= 91 { 1900 + year } else { 2000 + year })
}

/// A publisher's page or a PDF whose address contains the DOI, and nothing else in the entry gives it.
fn derivable_identifier(page: &Page<'_>, entry: &Entry, paper: &Mention) -> Option<Remark> {
    let is_stated = !paper.citation.ids.is_empty()
        || page.links_of(entry).iter().filter_map(|link| link.url()).any(|url| url.host().ends_with("doi.org"));
    let found = paper.links.iter().filter(|link| matches!(link.role, LinkRole::Main | LinkRole::Paper));
    let (url, doi) = found.map(|link| &link.url).find_map(|url| Some((url, Identifiers::from_url(url).doi?)))?;
    if is_stated || doi.is_preprint() || doi.is_deposit() {
        return None;
    }
    let link = page.links_of(entry).iter().find(|link| link.url() == Some(url))?;
    let message = format!("the address contains the DOI: https://doi.org/{doi}");
    Some(Remark::new(Rule::DerivableIdentifier, link.range.clone(), message))
}

/// What the other papers of a section tell, and one does not.
fn check_siblings(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let mut sections: BTreeMap<Option<usize>, Vec<(&Entry, &Mention)>> = BTreeMap::new();
    for (entry, paper) in papers(page) {
        sections.entry(entry.topic).or_default().push((entry, paper));
    }
    for section in sections.values() {
        let n_all = section.len();
        let n_years = section.iter().filter(|(_, paper)| paper.citation.year.is_some()).count();
        let n_venues = section.iter().filter(|(_, paper)| paper.citation.venue.is_some()).count();
        for (entry, paper) in section {
            let told = told(page, entry, paper);
            let mut missing = |rule: Rule, what: &str, n_others: usize| {
                let message = format!("no {what}; {n_others} of {n_all} papers here have one");
                remarks.push(Remark::new(rule, page.place_of(entry, paper), message));
            };
            if is_habit(n_years, n_all) && paper.citation.year.is_none() && !may_have_year(&told, paper) {
                missing(Rule::MissingYear, "year", n_years);
            }
            if is_habit(n_venues, n_all) && paper.citation.venue.is_none() && !has_words(&told) {
                missing(Rule::MissingVenue, "venue", n_venues);
            }
        }
    }
}

/// The text of an entry outside its links, its title and its authors: what the reader may have failed to understand.
fn told(page: &Page<'_>, entry: &Entry, paper: &Mention) -> String {
    let mut at = page.line(entry.origin.lines.first).start;
    let mut text = String::new();
    for link in page.links_of(entry) {
        text.push_str(page.text.get(at..link.range.start).unwrap_or_default());
        text.push(' ');
        at = at.max(link.range.end);
    }
    text.push_str(page.text.get(at..page.line(entry.origin.lines.last).end).unwrap_or_default());
    for author in &paper.citation.authors {
        text = text.replacen(&author.spelling, " ", 1);
    }
    text.replacen(&paper.title.text, " ", 1)
}

fn may_have_year(told: &str, paper: &Mention) -> bool {
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    told.contains(|c: char| c.is_ascii_digit()) || paper.title.text.split(|c: char| !c.is_ascii_digit()).any(is_year)
}

fn has_words(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2 && word != "and")
}

/// Whether what so many of the papers of a section have is a habit of the list.
fn is_habit(n_with: usize, n_all: usize) -> bool {
    const LEAST: usize = 5;
    n_with >= LEAST && n_with * 100 >= n_all * 80
}
