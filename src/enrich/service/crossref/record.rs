//! A record of Crossref
//! ([format](https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md)).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::{
    facts, lenient,
    name::{group, name_of_parts},
};
use crate::{
    enrich::{code, text::plain},
    id::{Doi, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, LinkRole, PartialDate, PersonName, Related, VenueKind, WorkRef, normalise},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Work {
    #[serde(rename = "DOI", deserialize_with = "lenient::text")]
    doi: String,
    #[serde(deserialize_with = "lenient::text")]
    r#type: String,
    #[serde(deserialize_with = "lenient::texts")]
    title: Vec<String>,
    #[serde(deserialize_with = "lenient::texts")]
    subtitle: Vec<String>,
    #[serde(deserialize_with = "lenient::list")]
    author: Vec<Author>,
    #[serde(deserialize_with = "lenient::texts")]
    container_title: Vec<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    event: Named,
    published_print: Value,
    published_online: Value,
    posted: Value,
    issued: Value,
    #[serde(deserialize_with = "lenient::text")]
    volume: String,
    #[serde(deserialize_with = "lenient::text")]
    issue: String,
    #[serde(deserialize_with = "lenient::text")]
    page: String,
    #[serde(deserialize_with = "lenient::text")]
    article_number: String,
    #[serde(deserialize_with = "lenient::number")]
    is_referenced_by_count: Option<u64>,
    #[serde(deserialize_with = "lenient::list")]
    reference: Vec<Linked>,
    #[serde(deserialize_with = "lenient::maybe")]
    relation: BTreeMap<String, Value>,
    #[serde(deserialize_with = "lenient::list")]
    update_to: Vec<Linked>,
    #[serde(deserialize_with = "lenient::list")]
    updated_by: Vec<Linked>,
    #[serde(deserialize_with = "lenient::text")]
    r#abstract: String,
    #[serde(deserialize_with = "lenient::list")]
    link: Vec<File>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Author {
    #[serde(deserialize_with = "lenient::text")]
    given: String,
    #[serde(deserialize_with = "lenient::text")]
    family: String,
    #[serde(deserialize_with = "lenient::text")]
    name: String,
    #[serde(rename = "ORCID", deserialize_with = "lenient::text")]
    orcid: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Named {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
}

/// A reference or an update: the DOI of another work, and of an update its type.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Linked {
    #[serde(rename = "DOI", deserialize_with = "lenient::text")]
    doi: String,
    #[serde(deserialize_with = "lenient::text")]
    r#type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    #[serde(rename = "URL", deserialize_with = "lenient::text")]
    url: String,
    #[serde(rename = "content-type", deserialize_with = "lenient::text")]
    content_type: String,
}

/// The dossier of a record; none if it has no title or is no work of its own. The subtitle belongs to the title where the
/// title that was searched for has it.
pub(super) fn read(record: Value, searched: Option<&str>) -> Option<Dossier> {
    let mut work = Work::deserialize(record).ok()?;
    let kind = kind(&work.r#type)?;
    let doi: Doi = work.doi.parse().ok()?;
    let title = work.title.iter().map(|title| plain(title)).find(|title| !title.is_empty())?;
    let (title, mark) = facts::without_mark(&title);
    let title = work.with_subtitle(title, searched);
    let ids = facts::identifiers_of(doi.as_ref());
    let abstract_text = abstract_of(&work.r#abstract);
    let (venue, venue_kind) = work.venue(&doi);
    let mut dossier = Dossier {
        kind,
        authors: std::mem::take(&mut work.author).into_iter().filter_map(Author::into_name).collect(),
        venue_kind: venue.as_ref().and(venue_kind),
        venue,
        date: work.date(),
        volume: facts::word(&work.volume),
        issue: facts::word(&work.issue),
        pages: facts::pages(&work.page).or_else(|| facts::pages(&work.article_number)),
        links: work.pdf().map(|url| (LinkRole::Pdf, url)).into_iter().collect(),
        cites: work.reference.iter().filter_map(|reference| facts::work_of(&reference.doi)).collect(),
        related: work.related(&title),
        ..Dossier::default()
    };
    dossier.cites.retain(|cited| WorkRef::of_identifiers(&ids).all(|own| own != *cited));
    let count = work.is_referenced_by_count.map(|count| count.to_string());
    facts::add(&mut dossier.attributes, Attribute::CitationCount, count.unwrap_or_default());
    work.add_updates(&doi, mark, &mut dossier);
    dossier.related.extend(facts::code_in(&abstract_text));
    facts::add(&mut dossier.attributes, Attribute::Abstract, abstract_text);
    Some(Dossier { title, ids, ..dossier })
}

impl Author {
    fn into_name(self) -> Option<PersonName> {
        let is_person = [&self.family, &self.given].iter().any(|part| part.chars().any(char::is_alphanumeric));
        let name = if is_person { name_of_parts(&self.family, &self.given) } else { group(&self.name) };
        let is_name = !name.family.is_empty();
        is_name.then(|| PersonName { orcid: self.orcid.parse().ok(), ..name })
    }
}

impl Work {
    fn with_subtitle(&self, title: &str, searched: Option<&str>) -> String {
        let whole = self.subtitle.first().map(|subtitle| format!("{title}: {}", plain(subtitle)));
        let is_searched = |whole: &String| searched.is_some_and(|searched| normalise(whole) == normalise(searched));
        whole.filter(is_searched).unwrap_or_else(|| title.to_owned())
    }

    fn date(&self) -> Option<PartialDate> {
        let dates = [&self.published_print, &self.published_online, &self.posted, &self.issued];
        facts::earliest(dates.into_iter().filter_map(date))
    }

    /// Where it was published. The volume of a series is called by its own name, which follows that of the series.
    fn venue(&self, doi: &Doi) -> (Option<String>, Option<VenueKind>) {
        let containers: Vec<String> = self.container_title.iter().map(|name| plain(name)).collect();
        let container =
            containers.iter().rfind(|name| !name.starts_with("Lecture Notes")).or(containers.first()).cloned();
        let container = container.filter(|name| !name.is_empty());
        let event = Some(plain(&self.event.name)).filter(|name| !name.is_empty());
        match self.r#type.as_str() {
            "proceedings-article" => (container.or(event), Some(VenueKind::Conference)),
            "book-chapter" if event.is_some() || containers.len() > 1 => (container, Some(VenueKind::Conference)),
            "posted-content" => (self.server(doi), Some(VenueKind::PreprintServer)),
            "journal-article" => (containers.into_iter().find(|name| !name.is_empty()), Some(VenueKind::Periodical)),
            _ => (container, None),
        }
    }

    /// The preprint server. Lists do not name it, but the DOI tells.
    fn server(&self, doi: &Doi) -> Option<String> {
        let (registrant, suffix) = doi.as_ref().split_once('/')?;
        // The numbers of medRxiv have eight digits, those of bioRxiv six.
        let is_long = suffix.rsplit('.').next().is_some_and(|number| number.len() == 8);
        let known = match registrant {
            "10.1101" | "10.64898" => Some(if is_long { "medRxiv" } else { "bioRxiv" }),
            "10.21203" => Some("Research Square"),
            "10.20944" => Some("Preprints.org"),
            "10.26434" => Some("ChemRxiv"),
            "10.2139" => Some("SSRN"),
            "10.36227" => Some("TechRxiv"),
            _ => None,
        };
        known.map(str::to_owned).or_else(|| self.container_title.first().map(|name| plain(name)))
    }

    fn pdf(&self) -> Option<WebUrl> {
        let of_file = |file: &File| {
            let url: WebUrl = file.url.parse().ok().filter(|_| file.content_type == "application/pdf")?;
            // An interface for programs answers no reader.
            (!url.host().starts_with("api.")).then_some(url)
        };
        self.link.iter().find_map(of_file)
    }

    /// Its preprint or its article, and its code.
    fn related(&self, title: &str) -> Vec<Related> {
        const PERCENT: u8 = 97;
        let mut found = Vec::new();
        for (name, targets) in &self.relation {
            let targets = lenient::elements(targets.clone());
            for id in targets.iter().filter_map(|target| target.get("id")?.as_str()) {
                let preprint = |is_inverse| {
                    let ids = facts::identifiers_of(id);
                    let is_other = !ids.is_empty() && ids != facts::identifiers_of(&self.doi);
                    is_other.then(|| facts::preprint(title, ids, is_inverse, PERCENT))
                };
                found.extend(match name.as_str() {
                    "is-preprint-of" => preprint(false),
                    "has-preprint" => preprint(true),
                    "is-supplemented-by" | "is-supplement-to" => repository(id),
                    _ => None,
                });
            }
        }
        found
    }

    /// What became of it. The record of a work names its notices in `updated-by`; that of a notice names the work in
    /// `update-to`, unless the work was changed in its place.
    fn add_updates(&self, doi: &Doi, mark: Option<&str>, dossier: &mut Dossier) {
        let is_own = |update: &&Linked| update.doi.parse::<Doi>().is_ok_and(|other| other == *doi);
        let is_notice = self.update_to.iter().any(|update| !is_own(&update) && status(&update.r#type).is_some());
        if let Some(mark) = mark.filter(|_| !is_notice) {
            facts::add(&mut dossier.attributes, Attribute::Status, mark);
        }
        for update in self.updated_by.iter().chain(self.update_to.iter().filter(is_own)) {
            let Some(status) = status(&update.r#type) else { continue };
            facts::add(&mut dossier.attributes, Attribute::Status, status);
            let notice = Some(update).filter(|update| !is_own(update)).and_then(|update| update.doi.parse().ok());
            let notice = notice.as_ref().and_then(facts::address_of);
            facts::add(
                &mut dossier.attributes,
                Attribute::Correction,
                notice.map(|url| url.to_string()).unwrap_or_default(),
            );
        }
    }
}

fn repository(address: &str) -> Option<Related> {
    let slug = RepoSlug::from_url(&address.parse().ok()?)?;
    code::implementation(&slug, 90)
}

/// What an [update](https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/)
/// makes of a work; none if it stays as it was.
fn status(kind: &str) -> Option<&'static str> {
    match kind.to_lowercase().replace(['-', ' '], "_").as_str() {
        "retraction" | "removal" => Some("retracted"),
        "withdrawal" => Some("withdrawn"),
        "correction" | "corrigendum" | "erratum" | "partial_retraction" => Some("corrected"),
        "expression_of_concern" => Some("expression-of-concern"),
        _ => None,
    }
}

/// The kind of a [type](https://api.crossref.org/types); none of what is a part or a container of works.
fn kind(name: &str) -> Option<Kind> {
    match name {
        "dataset" | "database" => Some(Kind::Dataset),
        "book" | "monograph" | "edited-book" | "reference-book" | "proceedings" => Some(Kind::Book),
        "component" | "journal" | "journal-issue" | "journal-volume" | "book-series" | "book-set" | "report-series"
        | "proceedings-series" | "grant" | "peer-review" | "sa-component" => None,
        _ => Some(Kind::Paper),
    }
}

/// `{"date-parts": [[2020, 4]]}`
fn date(date: &Value) -> Option<PartialDate> {
    let parts = date.get("date-parts")?.as_array()?.first()?.as_array()?;
    let part = |at: usize| lenient::whole(parts.get(at)?).and_then(|part| u16::try_from(part).ok());
    let short = |at| part(at).and_then(|part| u8::try_from(part).ok());
    PartialDate::new(part(0)?, short(1), short(2))
}

/// The text of an abstract in [JATS](https://jats.nlm.nih.gov/), without its headings.
fn abstract_of(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut pieces = markup.split("<jats:title");
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        text.push(' ');
        text.push_str(piece.split_once("</jats:title>").map_or(piece, |(_, rest)| rest));
    }
    plain(&text)
}
