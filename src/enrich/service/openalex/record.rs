//! A work of OpenAlex ([fields](https://docs.openalex.org/api-entities/works/work-object)).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::super::{facts, lenient, name::name_of};
use crate::{
    enrich::text::plain,
    id::{Identifiers, WebUrl},
    model::{Attribute, Dossier, Kind, LinkRole, PartialDate, PersonName, Related, SubjectTerm, VenueKind, WorkRef},
};

/// Topics and keywords of which OpenAlex is less sure are left out.
const LEAST_SCORE: f64 = 0.5;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Work {
    #[serde(deserialize_with = "lenient::text")]
    id: String,
    #[serde(deserialize_with = "lenient::text")]
    doi: String,
    #[serde(deserialize_with = "lenient::text")]
    title: String,
    #[serde(deserialize_with = "lenient::text")]
    display_name: String,
    #[serde(deserialize_with = "lenient::number")]
    publication_year: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    publication_date: String,
    #[serde(deserialize_with = "lenient::maybe")]
    ids: Ids,
    #[serde(deserialize_with = "lenient::text")]
    r#type: String,
    #[serde(deserialize_with = "lenient::list")]
    authorships: Vec<Authorship>,
    #[serde(deserialize_with = "lenient::maybe")]
    is_authors_truncated: bool,
    #[serde(deserialize_with = "lenient::maybe")]
    primary_location: Location,
    #[serde(deserialize_with = "lenient::list")]
    locations: Vec<Location>,
    #[serde(deserialize_with = "lenient::maybe")]
    best_oa_location: Location,
    #[serde(deserialize_with = "lenient::maybe")]
    biblio: Biblio,
    #[serde(deserialize_with = "lenient::number")]
    cited_by_count: Option<u64>,
    #[serde(deserialize_with = "lenient::maybe")]
    is_retracted: bool,
    #[serde(deserialize_with = "lenient::list")]
    topics: Vec<Topic>,
    #[serde(deserialize_with = "lenient::list")]
    keywords: Vec<Topic>,
    #[serde(deserialize_with = "lenient::texts")]
    referenced_works: Vec<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    abstract_inverted_index: BTreeMap<String, Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ids {
    #[serde(deserialize_with = "lenient::text")]
    pmid: String,
    #[serde(deserialize_with = "lenient::text")]
    pmcid: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Authorship {
    #[serde(deserialize_with = "lenient::maybe")]
    author: Author,
    #[serde(deserialize_with = "lenient::text")]
    raw_author_name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Author {
    #[serde(deserialize_with = "lenient::text")]
    display_name: String,
    #[serde(deserialize_with = "lenient::text")]
    orcid: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Location {
    #[serde(deserialize_with = "lenient::text")]
    landing_page_url: String,
    #[serde(deserialize_with = "lenient::text")]
    pdf_url: String,
    #[serde(deserialize_with = "lenient::text")]
    raw_source_name: String,
    #[serde(deserialize_with = "lenient::maybe")]
    source: Source,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Source {
    #[serde(deserialize_with = "lenient::text")]
    display_name: String,
    #[serde(deserialize_with = "lenient::text")]
    r#type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Biblio {
    #[serde(deserialize_with = "lenient::text")]
    volume: String,
    #[serde(deserialize_with = "lenient::text")]
    issue: String,
    #[serde(deserialize_with = "lenient::text")]
    first_page: String,
    #[serde(deserialize_with = "lenient::text")]
    last_page: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Topic {
    #[serde(deserialize_with = "lenient::text")]
    id: String,
    #[serde(deserialize_with = "lenient::text")]
    display_name: String,
    #[serde(deserialize_with = "lenient::maybe")]
    score: f64,
}

/// Whether a record is about a work, or has its preprint among its places.
pub(super) fn is_about(record: &Value, work: &WorkRef) -> bool {
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut ids = facts::identifiers_of(text("doi"));
    ids.pmid =
        record.pointer("/ids/pmid").and_then(Value::as_str).and_then(last_segment).and_then(|id| id.parse().ok());
    let locations = record.get("locations").and_then(Value::as_array).into_iter().flatten();
    let page = |location: &Value| location.get("landing_page_url")?.as_str()?.parse::<WebUrl>().ok();
    let mut pages = locations.filter_map(page).map(|url| Identifiers::from_url(&url));
    facts::are_of(&ids, work) || pages.any(|ids| ids.is_preprint() && facts::are_of(&ids, work))
}

/// The dossier of a record; none if it has no title or is no work of its own.
pub(super) fn read(record: Value) -> Option<Dossier> {
    let mut work = Work::deserialize(record).ok()?;
    let kind = kind(&work.r#type)?;
    let title =
        [&work.title, &work.display_name].map(|title| plain(title)).into_iter().find(|title| !title.is_empty())?;
    let (title, mark) = facts::without_mark(&title);
    let ids = work.identifiers();
    let abstract_text = plain(&work.abstract_text());
    let (venue, venue_kind) = work.venue();
    let is_cut = work.is_authors_truncated || work.authorships.len() == 100;
    let mut dossier = Dossier {
        kind,
        title: title.to_owned(),
        own: last_segment(&work.id).map(|id| WorkRef::Own(format!("openalex:{id}"))),
        authors: std::mem::take(&mut work.authorships).into_iter().filter_map(Authorship::into_name).collect(),
        et_al: is_cut,
        venue,
        venue_kind,
        date: work.date(),
        volume: facts::word(&work.biblio.volume),
        issue: facts::word(&work.biblio.issue),
        pages: facts::pages(&format!("{}-{}", work.biblio.first_page, work.biblio.last_page)),
        links: work.pdf().map(|url| (LinkRole::Pdf, url)).into_iter().collect(),
        cites: work.referenced_works.iter().filter_map(|id| last_segment(id)).map(own).collect(),
        related: work.preprints(title, &ids),
        ids,
        ..Dossier::default()
    };
    let count = work.cited_by_count.map(|count| count.to_string());
    facts::add(&mut dossier.attributes, Attribute::CitationCount, count.unwrap_or_default());
    let status = mark.or(work.is_retracted.then_some("retracted")).filter(|_| work.r#type != "retraction");
    facts::add(&mut dossier.attributes, Attribute::Status, status.unwrap_or_default());
    work.add_topics(&mut dossier);
    dossier.related.extend(facts::code_in(&abstract_text));
    facts::add(&mut dossier.attributes, Attribute::Abstract, abstract_text);
    Some(dossier)
}

fn own(id: &str) -> WorkRef {
    WorkRef::Own(format!("openalex:{id}"))
}

/// The identifier at the end of an address.
fn last_segment(address: &str) -> Option<&str> {
    address.trim().trim_end_matches('/').rsplit('/').next().filter(|id| !id.is_empty())
}

impl Authorship {
    /// The name stands as in the work: that of the author may be another's, whom OpenAlex took for the same.
    fn into_name(self) -> Option<PersonName> {
        let names = [&self.raw_author_name, &self.author.display_name];
        let name = names.into_iter().map(|name| name_of(name)).find(|name| !name.family.is_empty())?;
        let orcid = self.author.orcid.parse().ok().filter(|_| !name.is_group);
        Some(PersonName { is_orcid_guessed: orcid.is_some(), orcid, ..name })
    }
}

impl Work {
    fn identifiers(&self) -> Identifiers {
        let mut ids = facts::identifiers_of(&self.doi);
        ids.pmid = last_segment(&self.ids.pmid).and_then(|id| id.parse().ok());
        // `…/pmc/articles/4234579` lacks what begins the identifier.
        let number = last_segment(&self.ids.pmcid).map(|id| id.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
        ids.pmcid = number.and_then(|number| format!("PMC{number}").parse().ok());
        ids
    }

    /// Where only the year is known, OpenAlex writes the first of January.
    fn date(&self) -> Option<PartialDate> {
        let year = self.publication_year.and_then(|year| PartialDate::new(u16::try_from(year).ok()?, None, None));
        let date: Option<PartialDate> = self.publication_date.parse().ok();
        let date = date.filter(|date| {
            date.month_and_day() != (Some(1), Some(1)) && year.is_none_or(|year| year.year() == date.year())
        });
        date.or(year)
            .or_else(|| PartialDate::new(self.publication_date.parse::<PartialDate>().ok()?.year(), None, None))
    }

    /// The journal or conference, at whichever place; the preprint server of a preprint. Other archives are no venues.
    fn venue(&self) -> (Option<String>, Option<VenueKind>) {
        let places = || std::iter::once(&self.primary_location).chain(&self.locations);
        let name = |name: &str| Some(plain(name)).filter(|name| !name.is_empty());
        let published = places().find(|place| matches!(place.source.r#type.as_str(), "journal" | "conference"));
        let kind = |is_conference| if is_conference { VenueKind::Conference } else { VenueKind::Periodical };
        if self.r#type == "preprint" {
            let server = &self.primary_location.source;
            // `bioRxiv (Cold Spring Harbor Laboratory)`
            let server = name(server.display_name.split(" (").next().unwrap_or_default());
            return (server.clone(), server.map(|_| VenueKind::PreprintServer));
        }
        if let Some(place) = published {
            let venue = name(&place.source.display_name);
            return (venue.clone(), venue.map(|_| kind(place.source.r#type == "conference")));
        }
        let is_conference = self.r#type == "conference-paper";
        let raw = name(&self.primary_location.raw_source_name).filter(|_| is_conference);
        (raw.clone(), raw.map(|_| VenueKind::Conference))
    }

    fn pdf(&self) -> Option<WebUrl> {
        let places = [&self.best_oa_location, &self.primary_location];
        places.into_iter().find_map(|place| place.pdf_url.parse().ok())
    }

    /// The preprint of an article, or the article of a preprint, among the places where the work is.
    fn preprints(&self, title: &str, own: &Identifiers) -> Vec<Related> {
        const PERCENT: u8 = 90;
        const MOST: usize = 100;
        let mut found: Vec<Related> = Vec::new();
        for place in self.locations.iter().take(MOST) {
            let Ok(url) = place.landing_page_url.parse::<WebUrl>() else { continue };
            let ids = Identifiers::from_url(&url);
            let is_of_journal = matches!(place.source.r#type.as_str(), "journal" | "conference");
            let is_article = ids.doi.as_ref().is_some_and(|doi| !doi.is_preprint() && !doi.is_deposit());
            let has_own = own.doi.is_some() || own.arxiv.is_some();
            let is_inverse = match (own.is_preprint(), ids.is_preprint()) {
                (false, true) if has_own => true,
                (true, false) if is_of_journal && is_article => false,
                _ => continue,
            };
            if !found.iter().any(|related| related.other.ids == ids) {
                found.push(facts::preprint(title, ids, is_inverse, PERCENT));
            }
        }
        found
    }

    fn add_topics(&self, dossier: &mut Dossier) {
        let is_sure = |topic: &&Topic| topic.score >= LEAST_SCORE && !topic.display_name.trim().is_empty();
        for topic in self.topics.iter().filter(is_sure) {
            dossier.subjects.insert(SubjectTerm { label: plain(&topic.display_name), iri: topic.id.parse().ok() });
        }
        for keyword in self.keywords.iter().filter(is_sure) {
            facts::add(&mut dossier.attributes, Attribute::Keyword, plain(&keyword.display_name));
        }
    }

    /// Puts the words at their places; a place without a word is passed over.
    fn abstract_text(&self) -> String {
        let mut words: Vec<(u64, &str)> = Vec::new();
        for (word, places) in &self.abstract_inverted_index {
            let places = places.as_array().into_iter().flatten();
            words.extend(places.filter_map(lenient::whole).map(|place| (place, word.as_str())));
        }
        words.sort_unstable();
        words.dedup_by_key(|(place, _)| *place);
        words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
    }
}

/// The kind of a [type](https://docs.openalex.org/api-entities/works/work-object); none of what belongs to a work or reviews one.
fn kind(name: &str) -> Option<Kind> {
    match name {
        "dataset" | "database" => Some(Kind::Dataset),
        "software" => Some(Kind::Tool),
        "book" => Some(Kind::Book),
        "paratext" | "peer-review" | "grant" | "supplementary-materials" | "component" => None,
        _ => Some(Kind::Paper),
    }
}
