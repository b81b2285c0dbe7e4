//! What the source says of each thing, its authors and its venue.

use super::{Mapper, Writer, vocab};
use crate::{
    id::{Identifiers, RepoSlug, WebUrl},
    model::{Attribute, Identity, Kind, Label, LinkRole, Record, VenueKind, short_hash},
};
use oxrdf::NamedNodeRef;

impl Mapper<'_> {
    pub(super) fn records(&self, writer: &mut Writer<'_>) {
        for (at, record) in self.source.records.iter().enumerate() {
            self.record(record, writer);
            self.preferred(at, record, writer);
        }
        if self.source.records.is_empty() {
            self.claimed_things(writer);
        }
    }

    /// A table of facts says of a thing no more than its identifiers.
    fn claimed_things(&self, writer: &mut Writer<'_>) {
        for link in &self.source.links {
            for at in [link.subject, link.object] {
                let thing = &self.catalog.things[at];
                let iri = &self.minted.things[at];
                types(iri, thing.kind.kind, writer);
                self.aliases(at, writer);
                match &thing.identity {
                    Identity::Doi(doi) => {
                        identifiers(iri, &Identifiers { doi: Some(doi.clone()), ..Identifiers::default() }, writer);
                    }
                    Identity::Arxiv(id) => {
                        identifiers(iri, &Identifiers { arxiv: Some(id.clone()), ..Identifiers::default() }, writer);
                    }
                    _ => {}
                }
                for entry in &link.entries {
                    writer.iri(iri, vocab::WAS_DERIVED_FROM, &self.own.entries[*entry]);
                }
            }
        }
    }

    fn record(&self, record: &Record, writer: &mut Writer<'_>) {
        let iri = &self.minted.things[record.thing];
        let kind = self.catalog.things[record.thing].kind.kind;
        types(iri, kind, writer);
        self.aliases(record.thing, writer);
        if let Some(name) = &record.name {
            writer.label(iri, vocab::NAME, name);
        }
        for name in &record.other_names {
            writer.label(iri, vocab::ALTERNATE_NAME, name);
        }
        for description in &record.descriptions {
            writer.label(iri, vocab::DESCRIPTION, description);
        }
        identifiers(iri, &record.ids, writer);
        for (role, url, text) in &record.links {
            link(iri, kind, *role, url, text, writer);
        }
        self.publication(iri, record, writer);
        for (attribute, value) in &record.attributes {
            write_attribute(iri, *attribute, value, writer);
        }
        for topic in &record.topics {
            writer.iri(iri, vocab::SUBJECT, &self.own.topics[*topic]);
        }
        for entry in &record.entries {
            writer.iri(iri, vocab::WAS_DERIVED_FROM, &self.own.entries[*entry]);
        }
    }

    /// The IRIs that the thing would have without its strongest identifier.
    fn aliases(&self, thing: usize, writer: &mut Writer<'_>) {
        let iri = &self.minted.things[thing];
        let thing = &self.catalog.things[thing];
        for alias in &thing.aliases {
            let alias = self.minter.identity(thing.kind.kind, alias);
            if alias != *iri {
                writer.iri(iri, vocab::OWL_SAME_AS, &alias);
            }
        }
    }

    fn publication(&self, iri: &str, record: &Record, writer: &mut Writer<'_>) {
        self.authors(iri, record, writer);
        if let Some(venue) = record.venue {
            self.venue(iri, venue, writer);
        }
        if let Some(date) = record.date {
            writer.date(iri, vocab::DATE_PUBLISHED, date);
        }
        for (predicate, value) in
            [(vocab::VOLUME, &record.volume), (vocab::ISSUE, &record.issue), (vocab::PAGES, &record.pages)]
        {
            if let Some(value) = value {
                writer.text(iri, predicate, value);
            }
        }
    }

    fn authors(&self, iri: &str, record: &Record, writer: &mut Writer<'_>) {
        let persons: Vec<&str> =
            record.authors.iter().map(|author| self.minted.persons[author.person].as_str()).collect();
        for (author, person) in record.authors.iter().zip(&persons) {
            writer.iri(iri, vocab::AUTHOR, person);
            self.person(author.person, writer);
            if let Some(orcid) = self.catalog.persons[author.person].orcid.as_ref().filter(|_| author.states_orcid) {
                writer.text(person, vocab::ORCID, orcid.as_ref());
                writer.iri(person, vocab::SAME_AS, &format!("https://orcid.org/{orcid}"));
            }
        }
        // Named after its content: two sources that give other authors have other lists.
        let list = format!("{iri}#authors-{}", short_hash(&persons.join(" ")));
        let nodes: Vec<String> = (1..=persons.len()).map(|number| format!("{list}-{number}")).collect();
        if let Some(first) = nodes.first() {
            writer.iri(iri, vocab::AUTHOR_LIST, first);
        }
        for (at, (node, person)) in nodes.iter().zip(&persons).enumerate() {
            writer.iri(node, vocab::FIRST, person);
            writer.iri(node, vocab::REST, nodes.get(at + 1).map_or(vocab::NIL.as_str(), String::as_str));
        }
        if record.et_al {
            writer.typed(iri, vocab::AUTHORS_TRUNCATED, true, vocab::XSD_BOOLEAN);
        }
    }

    fn person(&self, person: usize, writer: &mut Writer<'_>) {
        let iri = &self.minted.persons[person];
        let person = &self.catalog.persons[person];
        if person.is_group {
            writer.iri(iri, vocab::TYPE, vocab::ORGANIZATION.as_str());
            writer.text(iri, vocab::NAME, &person.name);
            return;
        }
        writer.iri(iri, vocab::TYPE, vocab::PERSON.as_str());
        writer.text(iri, vocab::NAME, &person.name);
        writer.text(iri, vocab::FAMILY_NAME, &person.family);
        if !person.given.is_empty() {
            writer.text(iri, vocab::GIVEN_NAME, &person.given);
        }
        for spelling in &person.spellings {
            writer.text(iri, vocab::ALTERNATE_NAME, spelling);
        }
        for slug in [&person.slug, &person.distinct_slug] {
            let name = self.minter.person_name(slug);
            if name != *iri {
                writer.iri(iri, vocab::OWL_SAME_AS, &name);
            }
        }
    }

    fn venue(&self, iri: &str, venue: usize, writer: &mut Writer<'_>) {
        let venue_iri = &self.minted.venues[venue];
        let venue = &self.catalog.venues[venue];
        let class = match venue.kind {
            VenueKind::Periodical => vocab::PERIODICAL,
            VenueKind::Conference => vocab::EVENT_SERIES,
            VenueKind::PreprintServer => vocab::ORGANIZATION,
        };
        writer.iri(iri, vocab::IS_PART_OF, venue_iri);
        writer.iri(venue_iri, vocab::TYPE, class.as_str());
        writer.text(venue_iri, vocab::NAME, &venue.name);
        for spelling in &venue.spellings {
            writer.text(venue_iri, vocab::ALTERNATE_NAME, spelling);
        }
    }
}

/// Writes what else is known of a thing. A value that is not what its property wants is left out.
fn write_attribute(iri: &str, attribute: Attribute, value: &str, writer: &mut Writer<'_>) {
    let is_number = || !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match attribute {
        Attribute::CitationCount if is_number() => {
            writer.typed(iri, vocab::CITATION_COUNT, value, vocab::XSD_INTEGER);
        }
        Attribute::Stars if is_number() => writer.typed(iri, vocab::STARS, value, vocab::XSD_INTEGER),
        Attribute::CitationCount | Attribute::Stars => {}
        Attribute::License => writer.text(iri, vocab::LICENSE, value),
        Attribute::ProgrammingLanguage => writer.text(iri, vocab::PROGRAMMING_LANGUAGE, value),
        Attribute::Version => writer.text(iri, vocab::SOFTWARE_VERSION, value),
        Attribute::Modified => {
            if let Ok(date) = value.parse() {
                writer.date(iri, vocab::DATE_MODIFIED, date);
            }
        }
        Attribute::Status => writer.text(iri, vocab::CREATIVE_WORK_STATUS, value),
        Attribute::Abstract => writer.text(iri, vocab::ABSTRACT, value),
        Attribute::Keyword => writer.text(iri, vocab::KEYWORDS, value),
        Attribute::Correction => write_address(iri, vocab::CORRECTION, value, writer),
        Attribute::MovedTo => write_address(iri, vocab::MOVED_TO, value, writer),
        Attribute::SameAs => write_address(iri, vocab::SAME_AS, value, writer),
    }
}

fn write_address(iri: &str, predicate: NamedNodeRef<'_>, value: &str, writer: &mut Writer<'_>) {
    if let Ok(url) = value.parse::<WebUrl>() {
        writer.iri(iri, predicate, url.as_ref());
    }
}

fn types(iri: &str, kind: Kind, writer: &mut Writer<'_>) {
    writer.iri(iri, vocab::TYPE, class(kind).as_str());
    if kind == Kind::Model {
        writer.iri(iri, vocab::TYPE, vocab::SOFTWARE_APPLICATION.as_str());
    }
}

/// The class of a kind.
pub(super) fn class(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Paper => vocab::SCHOLARLY_ARTICLE,
        Kind::Tool => vocab::SOFTWARE_APPLICATION,
        Kind::Model => vocab::MODEL,
        Kind::Dataset => vocab::DATASET,
        Kind::Course => vocab::COURSE,
        Kind::Competition => vocab::EVENT,
        Kind::Organization => vocab::ORGANIZATION,
        Kind::List => vocab::ITEM_LIST,
        Kind::Article => vocab::WEB_PAGE,
        Kind::Book => vocab::BOOK,
        Kind::Video => vocab::VIDEO_OBJECT,
        Kind::Person => vocab::PERSON,
    }
}

fn identifiers(iri: &str, ids: &Identifiers, writer: &mut Writer<'_>) {
    if let Some(doi) = &ids.doi {
        writer.text(iri, vocab::DOI, doi.as_ref());
        writer.iri(iri, vocab::SAME_AS, &resolvable("https://doi.org/", doi.as_ref()));
    }
    if let Some(number) = ids.biorxiv() {
        writer.text(iri, vocab::BIORXIV_ID, number);
    }
    if let Some(arxiv) = &ids.arxiv {
        writer.text(iri, vocab::ARXIV_ID, arxiv.as_ref());
        writer.iri(iri, vocab::SAME_AS, &resolvable("https://arxiv.org/abs/", arxiv.as_ref()));
    }
    if let Some(pmcid) = &ids.pmcid {
        writer.text(iri, vocab::PMCID, pmcid.as_ref());
        writer.iri(iri, vocab::SAME_AS, &resolvable("https://pmc.ncbi.nlm.nih.gov/articles/", pmcid.as_ref()));
    }
    if let Some(pmid) = &ids.pmid {
        writer.text(iri, vocab::PMID, pmid.as_ref());
        writer.iri(iri, vocab::SAME_AS, &resolvable("https://pubmed.ncbi.nlm.nih.gov/", pmid.as_ref()));
    }
}

fn resolvable(resolver: &str, id: &str) -> String {
    let written = format!("{resolver}{id}");
    written.parse::<crate::id::WebUrl>().map_or(written, |url| url.to_string())
}

fn link(iri: &str, kind: Kind, role: LinkRole, url: &crate::id::WebUrl, text: &Label, writer: &mut Writer<'_>) {
    match role {
        LinkRole::Main => writer.iri(iri, vocab::URL, url.as_ref()),
        LinkRole::Pdf => {
            let file = format!("{iri}#pdf-{}", short_hash(url.as_ref()));
            writer.iri(iri, vocab::ENCODING, &file);
            writer.iri(&file, vocab::TYPE, vocab::MEDIA_OBJECT.as_str());
            writer.iri(&file, vocab::CONTENT_URL, url.as_ref());
        }
        LinkRole::Translation => {
            writer.iri(iri, vocab::WORK_TRANSLATION, url.as_ref());
            writer.iri(url.as_ref(), vocab::TYPE, vocab::WEB_PAGE.as_str());
            writer.label(url.as_ref(), vocab::NAME, text);
            if let Some(language) = text.language {
                writer.text(url.as_ref(), vocab::IN_LANGUAGE, language.tag());
            }
        }
        _ => {}
    }
    if kind != Kind::Paper
        && kind != Kind::List
        && matches!(role, LinkRole::Main | LinkRole::Code)
        && RepoSlug::from_url(url).is_some()
        && RepoSlug::is_root(url)
    {
        writer.iri(iri, vocab::CODE_REPOSITORY, url.as_ref());
        if kind.is_software() {
            writer.iri(iri, vocab::TYPE, vocab::SOFTWARE_SOURCE_CODE.as_str());
        }
    }
    let node = format!("{iri}#link-{}", short_hash(&format!("{} {url}", role.word())));
    writer.iri(iri, vocab::HAS_LINK, &node);
    writer.iri(&node, vocab::TYPE, vocab::LINK.as_str());
    writer.iri(&node, vocab::URL, url.as_ref());
    writer.text(&node, vocab::ROLE, role.word());
    if !text.text.is_empty() && role != LinkRole::Main {
        writer.label(&node, vocab::NAME, text);
    }
}
