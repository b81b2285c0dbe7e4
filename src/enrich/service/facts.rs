//! What several services say in the same way: identifiers, dates, pages, the state of a work, its preprint, its code.

use std::collections::BTreeSet;

use super::asking::{doi_of, encode_path};
use crate::{
    enrich::code,
    id::{Doi, Identifiers, WebUrl},
    model::{Attribute, Dossier, Evidence, Kind, PartialDate, Related, Relation, WorkRef},
};

/// The identifiers that a DOI gives; the DOI of arXiv is the arXiv identifier.
pub(super) fn identifiers_of(doi: &str) -> Identifiers {
    let mut ids = Identifiers::default();
    ids.fill_from(Identifiers { doi: doi.parse().ok(), ..Identifiers::default() });
    ids
}

/// The work with a DOI in any spelling.
pub(super) fn work_of(doi: &str) -> Option<WorkRef> {
    WorkRef::of_identifiers(&identifiers_of(doi)).next()
}

/// Whether identifiers are those of the work that was asked for.
pub(super) fn are_of(ids: &Identifiers, asked: &WorkRef) -> bool {
    let asked = doi_of(asked).and_then(|doi| work_of(doi.as_ref())).unwrap_or_else(|| asked.clone());
    WorkRef::of_identifiers(ids).any(|work| work == asked)
}

/// The resolver's address of a DOI.
pub(super) fn address_of(doi: &Doi) -> Option<WebUrl> {
    format!("https://doi.org/{}", encode_path(doi.as_ref())).parse().ok()
}

/// A volume, an issue; words for nothing are none.
pub(super) fn word(text: &str) -> Option<String> {
    let text = text.trim();
    let is_nothing = matches!(text.to_lowercase().as_str(), "" | "-" | "n/a" | "na" | "null" | "none" | "undefined");
    (!is_nothing).then(|| text.to_owned())
}

/// First and last page with an ASCII hyphen; one page where both are the same.
pub(super) fn pages(text: &str) -> Option<String> {
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    let parts: Vec<&str> = text.split(is_dash).map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [first, last] if first == last => word(first),
        _ => word(&parts.join("-")),
    }
}

/// The earliest of several dates, as precise as one of them gives it.
pub(super) fn earliest(dates: impl IntoIterator<Item = PartialDate>) -> Option<PartialDate> {
    let parts = |date: PartialDate| (date.year(), date.month_and_day());
    dates.into_iter().reduce(|a, b| {
        let is_within = match (parts(a), parts(b)) {
            ((year, (None, _)), (other, _)) | ((year, _), (other, (None, _))) => year == other,
            ((year, (month, None)), (other, (other_month, _))) | ((year, (month, _)), (other, (other_month, None))) => {
                (year, month) == (other, other_month)
            }
            _ => false,
        };
        // A month is less than its days, so the greater of the two is the more precise one.
        if is_within { a.max(b) } else { a.min(b) }
    })
}

/// The title without the mark that publishers put before that of a retracted work, and what the mark means.
pub(super) fn without_mark(title: &str) -> (&str, Option<&'static str>) {
    const MARKS: [(&str, &str); 9] = [
        ("retracted article:", "retracted"),
        ("retracted chapter:", "retracted"),
        ("retracted paper:", "retracted"),
        ("retracted:", "retracted"),
        ("[retracted]", "retracted"),
        ("(retracted)", "retracted"),
        ("withdrawn:", "withdrawn"),
        ("withdrawn article:", "withdrawn"),
        ("removed:", "withdrawn"),
    ];
    let is_mark = |mark: &str| title.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    let found = MARKS.iter().find(|(mark, _)| is_mark(mark));
    let found = found.map(|(mark, status)| (title[mark.len()..].trim(), Some(*status)));
    found.filter(|(rest, _)| !rest.is_empty()).unwrap_or((title, None))
}

/// Adds an attribute, unless it is empty.
pub(super) fn add(attributes: &mut BTreeSet<(Attribute, String)>, attribute: Attribute, value: impl Into<String>) {
    let value = value.into();
    if !value.is_empty() {
        attributes.insert((attribute, value));
    }
}

/// The preprint of a work (`is_inverse`), or the work that a preprint became.
pub(super) fn preprint(title: &str, other: Identifiers, is_inverse: bool, percent: u8) -> Related {
    let other = Dossier { kind: Kind::Paper, title: title.to_owned(), ids: other, ..Dossier::default() };
    Related {
        relation: Relation::PreprintOf,
        is_inverse,
        other: Box::new(other),
        evidence: Evidence::Service,
        percent,
        grade: None,
    }
}

/// Services put a preprint and its article together. Who asks for the preprint gets the article: makes it the
/// dossier of the preprint, which became the article. Any other work that was not asked for is a mistake.
pub(super) fn as_asked(dossier: Dossier, asked: &WorkRef) -> Option<Dossier> {
    if are_of(&dossier.ids, asked) {
        return Some(dossier);
    }
    let ids = doi_of(asked).map(|doi| identifiers_of(doi.as_ref())).filter(Identifiers::is_preprint)?;
    if dossier.ids.doi.as_ref().is_none_or(Doi::is_preprint) {
        return None;
    }
    let article = preprint(&dossier.title, dossier.ids, false, 85);
    let mut related = dossier.related;
    related.retain(|related| related.relation != Relation::PreprintOf);
    related.push(article);
    Some(Dossier {
        kind: dossier.kind,
        title: dossier.title,
        ids,
        authors: dossier.authors,
        et_al: dossier.et_al,
        subjects: dossier.subjects,
        cites: dossier.cites,
        related,
        ..Dossier::default()
    })
}

/// The repository that an abstract calls the authors' own.
pub(super) fn code_in(text: &str) -> Vec<Related> {
    code::of_paper("", text).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_earliest_date_is_as_precise_as_it_is_known() {
        for (dates, expected) in [
            (&["2007-07", "2007-07-08", "2007-07"][..], Some("2007-07-08")),
            (&["2018", "2017-12-20"], Some("2017-12-20")),
            (&["2018", "2018-06-01"], Some("2018-06-01")),
            (&["2012-09-18", "2012-09-04"], Some("2012-09-04")),
            (&["2018-06", "2018", "2018-03"], Some("2018-03")),
            (&[], None),
        ] {
            let found = earliest(dates.iter().map(|text| date(text))).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{dates:?}");
        }
    }

    #[test]
    fn pages_are_written_one_way() {
        for (text, expected) in [
            ("931–934", Some("931-934")),
            ("525 - 535", Some("525-535")),
            ("e1005662", Some("e1005662")),
            ("145-145", Some("145")),
            ("S1-S9", Some("S1-S9")),
            ("-", None),
            ("n/a", None),
        ] {
            assert_eq!(pages(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_mark_of_retraction_is_no_part_of_the_title() {
        assert_eq!(without_mark("RETRACTED: A b"), ("A b", Some("retracted")));
        assert_eq!(without_mark("Retracted Article: A b"), ("A b", Some("retracted")));
        assert_eq!(without_mark("WITHDRAWN: A b"), ("A b", Some("withdrawn")));
        assert_eq!(without_mark("Retracted papers in biology"), ("Retracted papers in biology", None));
        assert_eq!(without_mark("RETRACTED:"), ("RETRACTED:", None));
        assert_eq!(without_mark("撤稿 é"), ("撤稿 é", None));
    }

    #[test]
    fn a_preprint_that_was_filed_with_its_article_stays_the_preprint() {
        let ids = |doi: &str| identifiers_of(doi);
        let article =
            Dossier { title: "T".into(), ids: ids("10.1000/a"), volume: Some("1".into()), ..Dossier::default() };
        let asked = |text: &str| as_asked(article.clone(), &text.parse().unwrap());
        assert_eq!(asked("doi:10.1000/A"), Some(article.clone()));
        assert_eq!(asked("doi:10.1000/b"), None);
        assert_eq!(asked("pmid:1"), None);
        let preprint = asked("doi:10.1101/123456").unwrap();
        assert_eq!((preprint.ids, preprint.volume), (ids("10.1101/123456"), None));
        assert_eq!((preprint.related[0].is_inverse, &preprint.related[0].other.ids), (false, &ids("10.1000/a")));
        let arxiv = Dossier { ids: ids("10.48550/arXiv.1812.08434"), ..Dossier::default() };
        assert!(as_asked(arxiv.clone(), &"arxiv:1812.08434".parse().unwrap()).is_some());
        assert!(as_asked(arxiv, &"doi:10.48550/arxiv.1812.08434".parse().unwrap()).is_some());
    }
}
