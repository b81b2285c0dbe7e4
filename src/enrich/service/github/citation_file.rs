//! [`CITATION.cff`](https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md): how the authors
//! of a repository want it to be cited.
//!
//! Its own DOI is that of the software, and no paper. The paper, if there is one, is the `preferred-citation`; what else it
//! refers to is no more than that.

use serde_json::Value;

use super::{
    answer::{as_text, plain_of, text_of, values_of},
    dossier, yaml,
};
use crate::{
    enrich::grade::{self, Ground},
    id::{ArxivId, Doi, Identifiers, Pmcid, Pmid, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, LinkRole, PartialDate, PersonName, VenueKind},
};

/// More references than this are not read.
const MOST_REFERENCES: usize = 50;

/// Reads the file; `None` if it is none.
pub(super) fn read(slug: &RepoSlug, text: &str) -> Option<Dossier> {
    let file = yaml::parse(text)?;
    text_of(&file, "cff-version").or_else(|| text_of(&file, "title"))?;
    let mut dossier = Dossier {
        title: plain_of(&file, "title").unwrap_or_default(),
        authors: persons(&file, "authors"),
        ..dossier(slug)
    };
    let licenses = values_of(&file, "license").iter().filter_map(as_text);
    dossier.attributes.extend(licenses.map(|license| (Attribute::License, license)));
    dossier.attributes.extend(text_of(&file, "version").map(|version| (Attribute::Version, version)));
    let keywords = values_of(&file, "keywords").iter().filter_map(as_text);
    dossier.attributes.extend(keywords.map(|keyword| (Attribute::Keyword, keyword)));
    let preferred = file.get("preferred-citation");
    let preferred = preferred.filter(|citation| is_paper(citation)).and_then(work);
    let is_preferred = preferred.is_some();
    dossier.related.extend(preferred.map(|paper| Ground::PreferredCitation.related(paper)));
    for doi in dois(&file) {
        if grade::is_no_paper(&doi) {
            dossier.attributes.insert((Attribute::SameAs, format!("https://doi.org/{doi}")));
        } else if !is_preferred {
            let ids = identifiers(Some(doi), Identifiers::default());
            dossier.related.push(Ground::MisplacedDoi.related(Dossier {
                kind: Kind::Paper,
                ids,
                ..Dossier::default()
            }));
        }
    }
    let references = values_of(&file, "references").iter().take(MOST_REFERENCES);
    let references = references.filter(|reference| is_paper(reference)).filter_map(work);
    for paper in references.filter(|paper| !paper.ids.is_empty()) {
        if !dossier.related.iter().any(|known| known.other.ids == paper.ids) {
            dossier.related.push(Ground::Mention.related(paper));
        }
    }
    Some(dossier)
}

/// The DOIs of the file itself.
fn dois(file: &Value) -> Vec<Doi> {
    let mut dois: Vec<Doi> = text_of(file, "doi").and_then(|doi| doi.parse().ok()).into_iter().collect();
    for identifier in values_of(file, "identifiers") {
        let is_doi = text_of(identifier, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("doi"));
        let doi = text_of(identifier, "value").filter(|_| is_doi).and_then(|doi| doi.parse().ok());
        dois.extend(doi.filter(|doi| !dois.contains(doi)));
    }
    dois
}

/// Whether a reference is a work to read, and not software or data.
fn is_paper(reference: &Value) -> bool {
    const PAPERS: [&str; 9] = [
        "article",
        "book",
        "conference-paper",
        "conference",
        "proceedings",
        "pamphlet",
        "report",
        "thesis",
        "unpublished",
    ];
    match text_of(reference, "type") {
        Some(kind) if PAPERS.contains(&kind.as_str()) => true,
        // `generic` is what some converters make of an article.
        Some(kind) if kind != "generic" && kind != "misc" => false,
        _ => text_of(reference, "journal").is_some() || dois(reference).iter().any(|doi| !grade::is_no_paper(doi)),
    }
}

/// A work that the file refers to; `None` if it has neither identifier nor title.
fn work(reference: &Value) -> Option<Dossier> {
    let url = text_of(reference, "url").and_then(|text| text.parse::<WebUrl>().ok());
    let doi = dois(reference).into_iter().find(|doi| !grade::is_no_paper(doi));
    let of_url = url.as_ref().map(Identifiers::from_url).unwrap_or_default();
    let mut ids = identifiers(doi, of_url);
    ids.pmcid = text_of(reference, "pmcid").and_then(|text| text.parse::<Pmcid>().ok()).or(ids.pmcid);
    ids.pmid = text_of(reference, "pmid").and_then(|text| text.parse::<Pmid>().ok()).or(ids.pmid);
    ids.arxiv = ids.arxiv.or_else(|| arxiv(reference));
    let title = plain_of(reference, "title").unwrap_or_default();
    if title.is_empty() && ids.is_empty() {
        return None;
    }
    let conference = reference.get("conference").and_then(|conference| text_of(conference, "name"));
    let (venue, venue_kind) = match text_of(reference, "journal") {
        Some(journal) => (Some(journal), Some(VenueKind::Periodical)),
        None => {
            let venue = text_of(reference, "collection-title").or(conference);
            let kind = venue.as_ref().map(|_| VenueKind::Conference);
            (venue, kind)
        }
    };
    Some(Dossier {
        kind: Kind::Paper,
        title,
        ids,
        links: url.into_iter().map(|url| (LinkRole::Main, url)).collect(),
        authors: persons(reference, "authors"),
        venue,
        venue_kind,
        date: date(reference),
        volume: text_of(reference, "volume"),
        issue: text_of(reference, "issue"),
        pages: pages(reference),
        ..Dossier::default()
    })
}

/// The identifiers of an address, with a DOI that is given. `10.48550/arXiv.…` becomes the arXiv identifier.
fn identifiers(doi: Option<Doi>, of_url: Identifiers) -> Identifiers {
    let mut ids = Identifiers { doi, ..Identifiers::default() };
    let of_url = Identifiers { doi: of_url.doi.filter(|doi| !grade::is_no_paper(doi)), ..of_url };
    ids.fill_from(of_url);
    ids
}

/// An arXiv identifier among the others: `type: other`, `value: arXiv:2104.01506`.
fn arxiv(reference: &Value) -> Option<ArxivId> {
    let values = values_of(reference, "identifiers").iter().filter_map(|identifier| text_of(identifier, "value"));
    let mut named = values.filter_map(|value| {
        let at = value.to_ascii_lowercase().find("arxiv")?;
        value.get(at..)?.trim_start_matches("arxiv.org/abs/").parse().ok()
    });
    named.next()
}

fn date(reference: &Value) -> Option<PartialDate> {
    let number = |field| text_of(reference, field).and_then(|text| text.parse::<u16>().ok());
    let month = number("month").and_then(|month| u8::try_from(month).ok());
    let released =
        || ["date-published", "date-released"].iter().find_map(|field| text_of(reference, field)?.parse().ok());
    number("year").and_then(|year| PartialDate::new(year, month, None)).or_else(released)
}

fn pages(reference: &Value) -> Option<String> {
    match (text_of(reference, "start"), text_of(reference, "end")) {
        (Some(start), Some(end)) if start != end => Some(format!("{start}-{end}")),
        // `pages` is how many there are.
        (start, _) => start,
    }
}

/// Persons, and groups, which have a name in one piece.
fn persons(record: &Value, field: &str) -> Vec<PersonName> {
    values_of(record, field).iter().filter_map(person).collect()
}

fn person(person: &Value) -> Option<PersonName> {
    let orcid = text_of(person, "orcid").and_then(|orcid| orcid.parse().ok());
    if let Some(name) = text_of(person, "name").or_else(|| as_text(person)) {
        return Some(PersonName { family: name, orcid, is_group: person.is_object(), ..PersonName::default() });
    }
    let particle = text_of(person, "name-particle");
    let parts = particle.into_iter().chain(text_of(person, "family-names")).chain(text_of(person, "name-suffix"));
    let family = parts.collect::<Vec<_>>().join(" ");
    let given = text_of(person, "given-names").unwrap_or_default();
    match (family.is_empty(), given.is_empty()) {
        (true, true) => None,
        (true, false) => Some(PersonName { family: given, orcid, ..PersonName::default() }),
        _ => Some(PersonName { family, given, orcid, ..PersonName::default() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Grade, Relation};

    fn read_file(text: &str) -> Dossier {
        read(&RepoSlug::from_url(&"https://github.com/lab/tool".parse().unwrap()).unwrap(), text).unwrap()
    }

    fn related(dossier: &Dossier) -> Vec<(Relation, Option<Grade>, u8, String)> {
        let id =
            |ids: &Identifiers| crate::model::WorkRef::of_identifiers(ids).map(|id| id.to_string()).collect::<Vec<_>>();
        let all = dossier.related.iter();
        all.map(|one| (one.relation, one.grade, one.percent, id(&one.other.ids).join(" "))).collect()
    }

    #[test]
    fn the_preferred_citation_is_the_paper() {
        let text = "cff-version: 1.2.0\ntitle: Tool\nversion: 1.10\nlicense: MIT\ndoi: 10.5281/zenodo.12\nauthors:\n\
                    - family-names: Berg\n  name-particle: van den\n  given-names: Ada\n  orcid: https://orcid.org/0000-0002-1825-0097\n\
                    - name: The Tool Team\npreferred-citation:\n  type: article\n  title: 'Tool: a way'\n  doi: 10.1000/paper\n  \
                    journal: Journal of Ways\n  year: 2021\n  month: 3\n  volume: 4\n  start: 10\n  end: 19\n  authors:\n  - family-names: Roe\n    given-names: Ann\n\
                    references:\n- type: article\n  title: Other\n  doi: 10.1000/other\n- type: software\n  title: Lib\n  doi: 10.1000/lib\n";
        let dossier = read_file(text);
        assert_eq!(
            related(&dossier),
            [
                (Relation::Implements, Some(Grade::Official), 97, "doi:10.1000/paper".to_owned()),
                (Relation::Refers, Some(Grade::Use), 95, "doi:10.1000/other".to_owned())
            ]
        );
        let paper = &dossier.related[0].other;
        assert_eq!((paper.title.as_str(), paper.venue.as_deref()), ("Tool: a way", Some("Journal of Ways")));
        assert_eq!((paper.date.unwrap().to_string().as_str(), paper.pages.as_deref()), ("2021-03", Some("10-19")));
        assert_eq!(dossier.authors[0].family, "van den Berg");
        assert!(dossier.authors[0].orcid.is_some() && dossier.authors[1].is_group);
        let attributes: Vec<_> = dossier.attributes.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(attributes, ["MIT", "1.10", "https://doi.org/10.5281/zenodo.12"]);
    }

    #[test]
    fn software_is_no_paper() {
        let software =
            read_file("cff-version: 1.2.0\npreferred-citation:\n  type: software\n  doi: 10.5281/zenodo.1\n");
        assert_eq!(related(&software), []);
        let misplaced = read_file("cff-version: 1.2.0\ntitle: T\ndoi: 10.1000/paper\n");
        assert_eq!(related(&misplaced)[0].2, 85);
        let arxiv = read_file("title: T\npreferred-citation:\n  type: generic\n  doi: 10.48550/arXiv.2104.01506\n");
        assert_eq!(related(&arxiv)[0].3, "arxiv:2104.01506");
    }

    #[test]
    fn rubbish_is_none() {
        let slug = RepoSlug::from_url(&"https://github.com/lab/tool".parse().unwrap()).unwrap();
        for text in ["", "x", "- a", "../CITATION.cff", "authors: [", "title: [a]", "title:\n  a: b"] {
            assert_eq!(read(&slug, text), None, "{text}");
        }
        read_file(
            "title: T\nauthors: Ann Roe\nreferences: {a: b}\npreferred-citation: [x]\nkeywords: one\nidentifiers: 3",
        );
    }
}
