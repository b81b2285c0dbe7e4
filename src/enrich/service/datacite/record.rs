//! A record of DataCite ([schema 4](https://schema.datacite.org/)).

use serde::Deserialize;
use serde_json::Value;

use super::super::{
    facts, lenient,
    name::{group, name_of, name_of_parts},
};
use crate::{
    enrich::{code, text::plain},
    id::{Doi, Identifiers, RepoSlug, WebUrl},
    model::{
        Attribute, Dossier, Evidence, Grade, Kind, LinkRole, PartialDate, PersonName, Related, Relation, SubjectTerm,
        VenueKind, WorkRef,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Attributes {
    #[serde(deserialize_with = "lenient::text")]
    doi: String,
    #[serde(deserialize_with = "lenient::list")]
    titles: Vec<Title>,
    #[serde(deserialize_with = "lenient::list")]
    creators: Vec<Creator>,
    #[serde(deserialize_with = "lenient::number")]
    publication_year: Option<u64>,
    publisher: Value,
    #[serde(deserialize_with = "lenient::maybe")]
    types: Types,
    #[serde(deserialize_with = "lenient::maybe")]
    container: Container,
    #[serde(deserialize_with = "lenient::list")]
    dates: Vec<Dated>,
    #[serde(deserialize_with = "lenient::list")]
    related_identifiers: Vec<Other>,
    #[serde(deserialize_with = "lenient::list")]
    rights_list: Vec<Rights>,
    #[serde(deserialize_with = "lenient::list")]
    subjects: Vec<Subject>,
    #[serde(deserialize_with = "lenient::list")]
    descriptions: Vec<Description>,
    #[serde(deserialize_with = "lenient::text")]
    version: String,
    #[serde(deserialize_with = "lenient::text")]
    url: String,
    #[serde(deserialize_with = "lenient::number")]
    citation_count: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Title {
    #[serde(deserialize_with = "lenient::text")]
    title: String,
    /// `Subtitle`, `TranslatedTitle`; none of the main title.
    #[serde(deserialize_with = "lenient::text")]
    title_type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Creator {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
    #[serde(deserialize_with = "lenient::text")]
    name_type: String,
    #[serde(deserialize_with = "lenient::text")]
    given_name: String,
    #[serde(deserialize_with = "lenient::text")]
    family_name: String,
    #[serde(deserialize_with = "lenient::list")]
    name_identifiers: Vec<NameIdentifier>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct NameIdentifier {
    #[serde(deserialize_with = "lenient::text")]
    name_identifier: String,
    #[serde(deserialize_with = "lenient::text")]
    name_identifier_scheme: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Types {
    #[serde(deserialize_with = "lenient::text")]
    resource_type_general: String,
    #[serde(deserialize_with = "lenient::text")]
    schema_org: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Container {
    #[serde(deserialize_with = "lenient::text")]
    title: String,
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
#[serde(default, rename_all = "camelCase")]
struct Dated {
    #[serde(deserialize_with = "lenient::text")]
    date: String,
    #[serde(deserialize_with = "lenient::text")]
    date_type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Other {
    #[serde(deserialize_with = "lenient::text")]
    relation_type: String,
    #[serde(deserialize_with = "lenient::text")]
    related_identifier: String,
    #[serde(deserialize_with = "lenient::text")]
    related_identifier_type: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Rights {
    #[serde(deserialize_with = "lenient::text")]
    rights_identifier: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Subject {
    #[serde(deserialize_with = "lenient::text")]
    subject: String,
    #[serde(deserialize_with = "lenient::text")]
    subject_scheme: String,
    #[serde(deserialize_with = "lenient::text")]
    value_uri: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Description {
    #[serde(deserialize_with = "lenient::text")]
    description: String,
    #[serde(deserialize_with = "lenient::text")]
    description_type: String,
}

/// The dossier of a record; none if it has no title or is no work.
pub(super) fn read(mut record: Value) -> Option<Dossier> {
    let mut found = Attributes::deserialize(record.get_mut("attributes").map(Value::take)?).ok()?;
    let kind = found.types.kind()?;
    let doi: Doi =
        found.doi.parse().or_else(|_| record.get("id").and_then(Value::as_str).unwrap_or_default().parse()).ok()?;
    let title = found.title()?;
    let (title, mark) = facts::without_mark(&title);
    let ids = facts::identifiers_of(doi.as_ref());
    let is_preprint = ids.is_preprint() || found.types.resource_type_general == "Preprint";
    let container = &found.container;
    let mut dossier = Dossier {
        kind,
        title: title.to_owned(),
        date: found.date(is_preprint),
        volume: facts::word(&container.volume),
        issue: facts::word(&container.issue),
        pages: facts::pages(&format!("{}-{}", container.first_page, container.last_page)),
        links: found.url.parse().ok().map(|url| (LinkRole::Main, url)).into_iter().collect(),
        authors: std::mem::take(&mut found.creators).into_iter().filter_map(Creator::into_name).collect(),
        ids,
        ..Dossier::default()
    };
    (dossier.venue, dossier.venue_kind) = found.venue(is_preprint);
    facts::add(&mut dossier.attributes, Attribute::Status, mark.unwrap_or_default());
    found.add_others(&mut dossier);
    found.add_attributes(&mut dossier);
    Some(dossier)
}

impl Types {
    /// The kind of a [resource type](https://schema.datacite.org/);
    /// none of what is no work: a picture, a thing, an event.
    fn kind(&self) -> Option<Kind> {
        match self.resource_type_general.as_str() {
            "Dataset" | "Collection" | "DataPaper" if self.schema_org != "ScholarlyArticle" => Some(Kind::Dataset),
            "Software" | "ComputationalNotebook" | "Workflow" | "Service" => Some(Kind::Tool),
            "Model" => Some(Kind::Model),
            "Book" => Some(Kind::Book),
            "Audiovisual" => Some(Kind::Video),
            "Text" if self.schema_org == "Book" => Some(Kind::Book),
            "Text"
            | "Preprint"
            | "JournalArticle"
            | "ConferencePaper"
            | "ConferenceProceeding"
            | "BookChapter"
            | "DataPaper"
            | "Dissertation"
            | "Report"
            | "Poster"
            | "Presentation" => Some(Kind::Paper),
            _ => match self.schema_org.as_str() {
                "Dataset" => Some(Kind::Dataset),
                "SoftwareSourceCode" | "SoftwareApplication" => Some(Kind::Tool),
                "ScholarlyArticle" | "Thesis" => Some(Kind::Paper),
                _ => None,
            },
        }
    }
}

impl Creator {
    fn into_name(self) -> Option<PersonName> {
        let has_parts = !self.family_name.trim().is_empty();
        let name = match self.name_type.as_str() {
            "Organizational" => group(&self.name),
            _ if has_parts => name_of_parts(&self.family_name, &self.given_name),
            _ => name_of(&self.name),
        };
        let is_orcid = |id: &&NameIdentifier| id.name_identifier_scheme.eq_ignore_ascii_case("orcid");
        let orcid = self.name_identifiers.iter().find(is_orcid).and_then(|id| id.name_identifier.parse().ok());
        let is_name = !name.family.is_empty();
        is_name.then(|| PersonName { orcid: orcid.filter(|_| !name.is_group), ..name })
    }
}

impl Attributes {
    fn title(&self) -> Option<String> {
        let main = self.titles.iter().find(|title| title.title_type.is_empty());
        let title = main.or(self.titles.first()).map(|title| plain(&title.title));
        title.filter(|title| !title.is_empty() && !title.starts_with(":unav"))
    }

    /// Only what agrees with the year of publication says more than it. A preprint is out when it is submitted.
    fn date(&self, is_preprint: bool) -> Option<PartialDate> {
        let year = self.publication_year.and_then(|year| PartialDate::new(u16::try_from(year).ok()?, None, None));
        let types =
            if is_preprint { ["Submitted", "Available", "Issued"] } else { ["Issued", "Available", "Submitted"] };
        let of_type = |name: &&str| {
            let dates = self.dates.iter().filter(|dated| dated.date_type == **name);
            dates.filter_map(|dated| dated.date.parse::<PartialDate>().ok()).min()
        };
        let agrees = |date: &PartialDate| year.is_none_or(|year| year.year() == date.year());
        let is_precise = |date: &PartialDate| date.month_and_day().0.is_some();
        let known: Vec<PartialDate> = types.iter().filter_map(of_type).filter(agrees).collect();
        known.iter().copied().find(is_precise).or(year).or(known.first().copied())
    }

    /// The archive is the venue of preprints only.
    fn venue(&self, is_preprint: bool) -> (Option<String>, Option<VenueKind>) {
        let publisher = self.publisher.as_str().or_else(|| self.publisher.get("name")?.as_str()).map(plain);
        let container = Some(plain(&self.container.title)).filter(|name| !name.is_empty());
        let kind = match self.types.resource_type_general.as_str() {
            "ConferencePaper" | "ConferenceProceeding" => VenueKind::Conference,
            _ => VenueKind::Periodical,
        };
        match (container, publisher.filter(|name| is_preprint && !name.is_empty())) {
            (_, Some(server)) => (Some(server), Some(VenueKind::PreprintServer)),
            (Some(container), None) => (Some(container), Some(kind)),
            (None, None) => (None, None),
        }
    }

    fn add_others(&self, dossier: &mut Dossier) {
        for other in &self.related_identifiers {
            let id = other.related_identifier.trim();
            if let Some(slug) = id.parse().ok().and_then(|url: WebUrl| RepoSlug::from_url(&url)) {
                other.add_repository(&slug, dossier);
                continue;
            }
            let ids = other.ids();
            let Some(work) = WorkRef::of_identifiers(&ids).next() else { continue };
            match other.relation_type.as_str() {
                "Cites" | "References" => {
                    dossier.cites.insert(work);
                }
                "IsCitedBy" | "IsReferencedBy" => {
                    dossier.cited_by.insert(work);
                }
                "IsVersionOf" | "IsPreprintOf" | "IsPublishedIn" if is_article_of(dossier, &ids) => {
                    dossier.related.push(facts::preprint(&dossier.title, ids, false, 95));
                }
                "HasVersion" | "HasPreprint" if ids.is_preprint() && is_article(&dossier.ids, dossier.kind) => {
                    dossier.related.push(facts::preprint(&dossier.title, ids, true, 95));
                }
                "IsSupplementTo" if dossier.kind == Kind::Tool => dossier.related.push(implements(ids)),
                _ => {}
            }
        }
    }

    fn add_attributes(&self, dossier: &mut Dossier) {
        let attributes = &mut dossier.attributes;
        let license = self.rights_list.iter().map(|rights| spdx(&rights.rights_identifier)).find(|id| !id.is_empty());
        facts::add(attributes, Attribute::License, license.unwrap_or_default());
        if dossier.kind != Kind::Paper {
            facts::add(attributes, Attribute::Version, facts::word(&self.version).unwrap_or_default());
        }
        let count = self.citation_count.map(|count| count.to_string());
        facts::add(attributes, Attribute::CitationCount, count.unwrap_or_default());
        for subject in &self.subjects {
            let label = plain(&subject.subject);
            let label = label.strip_prefix("FOS: ").unwrap_or(&label).to_owned();
            if subject.subject_scheme.trim().is_empty() {
                facts::add(attributes, Attribute::Keyword, label);
            } else if !label.is_empty() {
                dossier.subjects.insert(SubjectTerm { label, iri: subject.value_uri.parse().ok() });
            }
        }
        let is_abstract = |text: &&Description| text.description_type == "Abstract";
        let text = self.descriptions.iter().find(is_abstract).map(|text| plain(&text.description)).unwrap_or_default();
        if dossier.kind == Kind::Paper {
            dossier.related.extend(facts::code_in(&text));
        }
        facts::add(&mut dossier.attributes, Attribute::Abstract, text);
    }
}

impl Other {
    fn ids(&self) -> Identifiers {
        let id = self.related_identifier.trim();
        match self.related_identifier_type.to_lowercase().as_str() {
            "doi" => facts::identifiers_of(id),
            "arxiv" => Identifiers { arxiv: id.parse().ok(), ..Identifiers::default() },
            "pmid" => Identifiers { pmid: id.parse().ok(), ..Identifiers::default() },
            "url" => id.parse().map(|url| Identifiers::from_url(&url)).unwrap_or_default(),
            _ => Identifiers::default(),
        }
    }

    /// A repository that belongs to the record: the paper's code, or where the archived tool lives.
    fn add_repository(&self, slug: &RepoSlug, dossier: &mut Dossier) {
        let belongs = matches!(
            self.relation_type.as_str(),
            "IsSupplementTo" | "IsSupplementedBy" | "IsDerivedFrom" | "IsIdenticalTo" | "IsVariantFormOf" | "HasPart"
        );
        let is_code_of_paper = self.relation_type.starts_with("IsSupplement") && dossier.kind == Kind::Paper;
        let Some(code) = code::implementation(slug, 90).filter(|_| belongs) else { return };
        if is_code_of_paper {
            dossier.related.push(code);
        } else if dossier.kind.is_software() {
            dossier.links.extend(code.other.links.into_iter().map(|(_, url)| (LinkRole::Code, url)));
        }
    }
}

fn is_article(ids: &Identifiers, kind: Kind) -> bool {
    kind == Kind::Paper && !ids.is_preprint() && ids.doi.as_ref().is_some_and(|doi| !doi.is_deposit())
}

/// Whether the other is the published form of a preprint, and not another version in the same archive.
fn is_article_of(dossier: &Dossier, ids: &Identifiers) -> bool {
    dossier.ids.is_preprint() && is_article(ids, dossier.kind)
}

/// The paper that a tool was put into the archive with.
fn implements(paper: Identifiers) -> Related {
    Related {
        relation: Relation::Implements,
        is_inverse: false,
        other: Box::new(Dossier { kind: Kind::Paper, ids: paper, ..Dossier::default() }),
        evidence: Evidence::Service,
        percent: 85,
        grade: Some(Grade::Official),
    }
}

/// The [SPDX identifier](https://spdx.org/licenses/), which DataCite writes in lower case.
fn spdx(id: &str) -> String {
    let part = |part: &str| match part {
        "or" | "later" | "only" => part.to_owned(),
        "apache" => "Apache".to_owned(),
        "clause" => "Clause".to_owned(),
        _ => part.to_uppercase(),
    };
    id.trim().to_lowercase().split('-').map(part).collect::<Vec<_>>().join("-")
}
