//! [`codemeta.json`](https://codemeta.github.io/terms/): what software is, in the words of schema.org.
//!
//! It is JSON-LD: where one value is expected there may be a list, a text or an object. The paper is the
//! `referencePublication`; a `citation` is any work that it refers to.

use serde_json::Value;

use super::{
    answer::{as_text, plain_of, text_of, values_of},
    dossier,
};
use crate::{
    enrich::grade::{self, Ground},
    id::{Doi, Identifiers, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, PartialDate, PersonName, VenueKind},
};

/// More works than this are not read.
const MOST_WORKS: usize = 50;

/// Reads the file; `None` if it is none.
pub(super) fn read(slug: &RepoSlug, text: &str) -> Option<Dossier> {
    let file: Value = serde_json::from_str(text).ok().filter(Value::is_object)?;
    let mut dossier = Dossier {
        description: plain_of(&file, "description"),
        authors: values_of(&file, "author").iter().filter_map(person).collect(),
        ..dossier(slug)
    };
    for (field, attribute) in [
        ("license", Attribute::License),
        ("version", Attribute::Version),
        ("programmingLanguage", Attribute::ProgrammingLanguage),
        ("keywords", Attribute::Keyword),
    ] {
        let words = values_of(&file, field).iter().filter_map(word);
        dossier.attributes.extend(words.map(|word| (attribute, word)));
    }
    let deposits = values_of(&file, "identifier").iter().filter_map(doi).filter(grade::is_no_paper);
    dossier.attributes.extend(deposits.map(|doi| (Attribute::SameAs, format!("https://doi.org/{doi}"))));
    for (field, ground) in [("referencePublication", Ground::ReferencePublication), ("citation", Ground::Mention)] {
        for work in values_of(&file, field).iter().take(MOST_WORKS).filter_map(work) {
            if !dossier.related.iter().any(|known| known.other.ids == work.ids) {
                dossier.related.push(ground.related(work));
            }
        }
    }
    Some(dossier)
}

/// A text, the name of an object, or the last part of an address: `https://spdx.org/licenses/MIT`.
fn word(value: &Value) -> Option<String> {
    let text = as_text(value).or_else(|| text_of(value, "name"))?;
    let last =
        text.strip_prefix("https://spdx.org/licenses/").or_else(|| text.strip_prefix("http://spdx.org/licenses/"));
    Some(last.map_or(text.as_str(), |last| last.trim_end_matches(".html").trim_end_matches(".json")).to_owned())
}

/// A DOI that stands in a text or in the fields of an object that may hold one.
fn doi(value: &Value) -> Option<Doi> {
    let texts = as_text(value).into_iter();
    let fields = ["@id", "identifier", "doi", "value", "url", "sameAs"];
    let mut texts = texts.chain(fields.iter().flat_map(|field| values_of(value, field)).filter_map(as_text));
    texts.find_map(|text| Identifiers::from_url(&text.parse::<WebUrl>().ok()?).doi.or_else(|| text.parse().ok()))
}

/// A paper; `None` if it has no identifier.
fn work(value: &Value) -> Option<Dossier> {
    let kinds: Vec<String> = values_of(value, "@type").iter().filter_map(as_text).collect();
    if kinds.iter().any(|kind| kind.contains("Software") || kind.contains("Dataset")) {
        return None;
    }
    let texts = as_text(value).into_iter();
    let fields = ["@id", "identifier", "doi", "url", "sameAs"];
    let nested = fields.iter().flat_map(|field| values_of(value, field));
    let nested =
        nested.filter_map(|value| as_text(value).or_else(|| text_of(value, "value").or_else(|| text_of(value, "@id"))));
    let mut ids = Identifiers::default();
    for text in texts.chain(nested) {
        let of_url = text.parse::<WebUrl>().ok().map(|url| Identifiers::from_url(&url)).unwrap_or_default();
        ids.fill_from(of_url);
        ids.fill_from(Identifiers { doi: text.parse().ok(), ..Identifiers::default() });
    }
    if ids.is_empty() || ids.doi.as_ref().is_some_and(grade::is_no_paper) {
        return None;
    }
    let journal = value.get("isPartOf").and_then(|journal| {
        let inner = |journal: &Value| text_of(journal, "name").or_else(|| text_of(journal.get("isPartOf")?, "name"));
        inner(journal)
    });
    Some(Dossier {
        kind: Kind::Paper,
        title: plain_of(value, "name").or_else(|| plain_of(value, "headline")).unwrap_or_default(),
        ids,
        authors: values_of(value, "author").iter().filter_map(person).collect(),
        venue_kind: journal.as_ref().map(|_| VenueKind::Periodical),
        venue: journal,
        date: text_of(value, "datePublished").and_then(|date| date.parse::<PartialDate>().ok()),
        ..Dossier::default()
    })
}

fn person(value: &Value) -> Option<PersonName> {
    let orcid = text_of(value, "@id").filter(|id| id.contains("orcid.org")).and_then(|id| id.parse().ok());
    let joined = |field| values_of(value, field).iter().filter_map(as_text).collect::<Vec<_>>().join(" ");
    let (family, given) = (joined("familyName"), joined("givenName"));
    if !family.is_empty() {
        return Some(PersonName { family, given, orcid, ..PersonName::default() });
    }
    let name = text_of(value, "name").or_else(|| as_text(value)).or_else(|| (!given.is_empty()).then_some(given))?;
    let is_group = text_of(value, "@type").is_some_and(|kind| kind.ends_with("Organization"));
    let (given, family) = match name.rsplit_once(' ').filter(|_| !is_group) {
        Some((given, family)) => (given.to_owned(), family.to_owned()),
        None => (String::new(), name.clone()),
    };
    Some(PersonName { family, given, spelling: name, orcid, is_group, ..PersonName::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_file(text: &str) -> Option<Dossier> {
        read(&RepoSlug::from_url(&"https://github.com/lab/tool".parse().unwrap()).unwrap(), text)
    }

    fn papers(text: &str) -> Vec<String> {
        let all = read_file(text).unwrap().related;
        all.iter().map(|one| format!("{:?} {}", one.relation, one.other.ids.doi.as_ref().unwrap())).collect()
    }

    #[test]
    fn the_paper_has_many_forms() {
        for reference in [
            r#""https://doi.org/10.1000/x""#,
            r#"["10.1000/x"]"#,
            r#"{"@type": "ScholarlyArticle", "@id": "https://doi.org/10.1000/x", "name": "A"}"#,
            r#"[{"@type": "ScholarlyArticle", "identifier": {"@type": "PropertyValue", "value": "10.1000/X"}}, null, 3]"#,
            r#"{"url": "https://www.doi.org/10.1000/x"}"#,
        ] {
            assert_eq!(
                papers(&format!(r#"{{"referencePublication": {reference}}}"#)),
                ["Implements 10.1000/x"],
                "{reference}"
            );
        }
        let other = r#"{"citation": ["https://doi.org/10.1000/y", {"@type": "SoftwareSourceCode", "@id": "https://doi.org/10.1000/z"}],
            "referencePublication": "https://doi.org/10.5281/zenodo.1"}"#;
        assert_eq!(papers(other), ["Refers 10.1000/y"]);
    }

    #[test]
    fn fields_of_the_software() {
        let text = r#"{"name": "T", "license": ["https://spdx.org/licenses/MIT"], "version": 2, "programmingLanguage": [{"name": "R"}, "C++"],
            "identifier": "https://doi.org/10.5281/zenodo.1", "author": [{"givenName": ["Ann"], "familyName": "Roe",
            "@id": "https://orcid.org/0000-0002-1825-0097"}, {"@type": "Organization", "name": "The Lab"}, "Bo Poe", null]}"#;
        let dossier = read_file(text).unwrap();
        let values: Vec<&str> = dossier.attributes.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["MIT", "C++", "R", "2", "https://doi.org/10.5281/zenodo.1"]);
        let names: Vec<String> = dossier.authors.iter().map(PersonName::display).collect();
        assert_eq!(names, ["Ann Roe", "The Lab", "Bo Poe"]);
        assert!(dossier.authors[0].orcid.is_some() && dossier.authors[1].is_group);
        assert!(["", "[]", "{", "null"].iter().all(|text| read_file(text).is_none()));
    }
}
