//! A paper of Semantic Scholar ([fields](https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data)).

use serde::Deserialize;
use serde_json::Value;

use super::super::{facts, lenient, name::name_of};
use crate::{
    enrich::text::plain,
    id::Identifiers,
    model::{Attribute, Dossier, Kind, LinkRole, PartialDate, SubjectTerm, VenueKind, WorkRef},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Paper {
    #[serde(deserialize_with = "lenient::text")]
    paper_id: String,
    #[serde(deserialize_with = "lenient::maybe")]
    external_ids: ExternalIds,
    #[serde(deserialize_with = "lenient::text")]
    title: String,
    #[serde(deserialize_with = "lenient::text")]
    r#abstract: String,
    #[serde(deserialize_with = "lenient::text")]
    venue: String,
    #[serde(deserialize_with = "lenient::maybe")]
    publication_venue: Venue,
    #[serde(deserialize_with = "lenient::number")]
    year: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    publication_date: String,
    #[serde(deserialize_with = "lenient::texts")]
    publication_types: Vec<String>,
    #[serde(deserialize_with = "lenient::maybe")]
    journal: Journal,
    #[serde(deserialize_with = "lenient::list")]
    authors: Vec<Author>,
    #[serde(deserialize_with = "lenient::number")]
    citation_count: Option<u64>,
    #[serde(deserialize_with = "lenient::maybe")]
    open_access_pdf: File,
    #[serde(rename = "s2FieldsOfStudy", deserialize_with = "lenient::list")]
    fields_of_study: Vec<Field>,
    #[serde(deserialize_with = "lenient::list")]
    references: Vec<Reference>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ExternalIds {
    #[serde(rename = "DOI", deserialize_with = "lenient::text")]
    doi: String,
    #[serde(rename = "ArXiv", deserialize_with = "lenient::text")]
    arxiv: String,
    #[serde(rename = "PubMed", deserialize_with = "lenient::text")]
    pubmed: String,
    #[serde(rename = "PubMedCentral", deserialize_with = "lenient::text")]
    pubmed_central: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Venue {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
    #[serde(deserialize_with = "lenient::text")]
    r#type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Journal {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
    #[serde(deserialize_with = "lenient::text")]
    volume: String,
    #[serde(deserialize_with = "lenient::text")]
    pages: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Author {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    #[serde(deserialize_with = "lenient::text")]
    url: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Field {
    #[serde(deserialize_with = "lenient::text")]
    category: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Reference {
    #[serde(deserialize_with = "lenient::text")]
    paper_id: String,
    #[serde(deserialize_with = "lenient::maybe")]
    external_ids: ExternalIds,
}

/// The dossier of a record; none if it has no title.
pub(super) fn read(record: Value) -> Option<Dossier> {
    let paper = Paper::deserialize(record).ok()?;
    let title = plain(&paper.title);
    let (title, mark) = facts::without_mark(&title);
    if title.is_empty() {
        return None;
    }
    let abstract_text = plain(&paper.r#abstract);
    let authors = paper.authors.iter().map(|author| name_of(&author.name)).filter(|name| !name.family.is_empty());
    let (venue, venue_kind) = paper.venue();
    let mut dossier = Dossier {
        kind: paper.kind(),
        title: title.to_owned(),
        ids: paper.external_ids.identifiers(),
        own: own(&paper.paper_id),
        links: paper.open_access_pdf.url.parse().ok().map(|url| (LinkRole::Pdf, url)).into_iter().collect(),
        authors: authors.collect(),
        venue,
        venue_kind,
        date: paper.date(),
        volume: paper.volume(),
        pages: facts::pages(&paper.journal.pages),
        cites: paper.references.iter().filter_map(Reference::work).collect(),
        related: facts::code_in(&abstract_text),
        ..Dossier::default()
    };
    let count = paper.citation_count.map(|count| count.to_string());
    facts::add(&mut dossier.attributes, Attribute::CitationCount, count.unwrap_or_default());
    facts::add(&mut dossier.attributes, Attribute::Status, mark.unwrap_or_default());
    facts::add(&mut dossier.attributes, Attribute::Abstract, abstract_text);
    let labels = paper.fields_of_study.iter().map(|field| plain(&field.category)).filter(|label| !label.is_empty());
    dossier.subjects.extend(labels.map(|label| SubjectTerm { label, iri: None }));
    Some(dossier)
}

fn own(id: &str) -> Option<WorkRef> {
    (!id.trim().is_empty()).then(|| WorkRef::Own(format!("s2:{}", id.trim())))
}

impl ExternalIds {
    fn identifiers(&self) -> Identifiers {
        let mut ids = facts::identifiers_of(&self.doi);
        let arxiv = self.arxiv.parse().ok();
        let pmid = self.pubmed.parse().ok();
        // It stands there without the letters that begin it.
        let pmcid = format!("PMC{}", self.pubmed_central.trim_start_matches("PMC")).parse().ok();
        ids.fill_from(Identifiers { arxiv, pmid, pmcid, doi: None });
        ids
    }
}

impl Reference {
    /// The work by its strongest identifier, else by what the service calls it.
    fn work(&self) -> Option<WorkRef> {
        WorkRef::of_identifiers(&self.external_ids.identifiers()).next().or_else(|| own(&self.paper_id))
    }
}

impl Paper {
    fn has_type(&self, wanted: &str) -> bool {
        self.publication_types.iter().any(|name| name == wanted)
    }

    fn kind(&self) -> Kind {
        match &self.publication_types[..] {
            [only] if only == "Dataset" => Kind::Dataset,
            [only] if only == "Book" => Kind::Book,
            _ => Kind::Paper,
        }
    }

    /// The date of publication if it is in the year of publication.
    fn date(&self) -> Option<PartialDate> {
        let year = self.year.and_then(|year| PartialDate::new(u16::try_from(year).ok()?, None, None));
        let date: Option<PartialDate> = self.publication_date.parse().ok();
        date.filter(|date| year.is_none_or(|year| year.year() == date.year())).or(year)
    }

    fn venue(&self) -> (Option<String>, Option<VenueKind>) {
        let journal = if self.has_type("JournalArticle") { self.journal.name.as_str() } else { "" };
        let names = [&self.publication_venue.name, journal, &self.venue, &self.journal.name];
        let Some(name) = names.into_iter().map(plain).find(|name| !name.is_empty()) else { return (None, None) };
        let server = match name.to_lowercase().as_str() {
            "arxiv" | "arxiv.org" | "corr" => Some("arXiv"),
            "biorxiv" => Some("bioRxiv"),
            "medrxiv" => Some("medRxiv"),
            _ => None,
        };
        let kind = match self.publication_venue.r#type.as_str() {
            _ if server.is_some() => Some(VenueKind::PreprintServer),
            "journal" => Some(VenueKind::Periodical),
            "conference" => Some(VenueKind::Conference),
            _ if self.has_type("Conference") => Some(VenueKind::Conference),
            _ if self.has_type("JournalArticle") => Some(VenueKind::Periodical),
            _ => None,
        };
        (Some(server.map_or(name, str::to_owned)), kind)
    }

    /// `abs/1812.08434` is where a preprint stands, and no volume.
    fn volume(&self) -> Option<String> {
        facts::word(&self.journal.volume).filter(|volume| !volume.starts_with("abs/"))
    }
}
