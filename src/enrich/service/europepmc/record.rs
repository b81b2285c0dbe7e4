//! What a record of Europe PMC says.

use serde::Deserialize;
use serde_json::Value;

use super::{
    super::{
        facts,
        name::{group, name_of, name_of_parts},
    },
    NAME,
    fields::{Author, Comment, Heading, Record},
};
use crate::{
    enrich::{
        code,
        text::{paragraphs, plain},
    },
    id::{Doi, Identifiers, Orcid, WebUrl},
    model::{Attribute, Dossier, Kind, PartialDate, PersonName, SubjectTerm, VenueKind, WorkRef},
};

/// The identifiers of a record.
pub(super) fn identifiers(record: &Value) -> Identifiers {
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
    let mut ids = facts::identifiers_of(text("doi"));
    let pmid = record.get("pmid").map(|pmid| pmid.as_str().map_or_else(|| pmid.to_string(), str::to_owned));
    let pmid = pmid.and_then(|pmid| pmid.parse().ok());
    ids.pmid = pmid.or_else(|| text("id").parse().ok().filter(|_| text("source") == "MED"));
    ids.pmcid = text("pmcid").parse().ok().or_else(|| text("id").parse().ok().filter(|_| text("source") == "PMC"));
    ids
}

/// The dossier of a record; none if it has no title.
pub(super) fn read(record: Value) -> Option<Dossier> {
    let ids = identifiers(&record);
    let record = Record::deserialize(record).ok()?;
    let title = plain(&record.title);
    let (title, mark) = facts::without_mark(&title);
    let title = without_stop(title).to_owned();
    if title.is_empty() {
        return None;
    }
    let (authors, et_al) = record.authors();
    let (venue, venue_kind) = record.venue();
    let mut dossier = Dossier {
        kind: Kind::Paper,
        own: record.own(),
        authors,
        et_al,
        venue,
        venue_kind,
        date: record.date(),
        volume: facts::word(&record.journal_info.volume).or_else(|| facts::word(&record.journal_volume)),
        issue: facts::word(&record.journal_info.issue).or_else(|| facts::word(&record.issue)),
        pages: facts::pages(&record.page_info),
        subjects: record.mesh_heading_list.mesh_heading.iter().filter_map(Heading::term).collect(),
        ..Dossier::default()
    };
    record.add_attributes(mark, &mut dossier);
    record.add_related(&title, &mut dossier);
    Some(Dossier { title, ids, ..dossier })
}

/// A title as it stands in the journal: PubMed ends all with a full stop, and puts translated ones in brackets.
fn without_stop(title: &str) -> &str {
    const ABBREVIATIONS: [&str; 16] =
        ["al", "etc", "vs", "inc", "ltd", "co", "corp", "sp", "spp", "subsp", "var", "cv", "jr", "sr", "approx", "nov"];
    let Some(bare) = title.strip_suffix('.').filter(|bare| !bare.ends_with('.')) else {
        return without_brackets(title);
    };
    let last = bare.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    // `U.S.`, `e.g.`; but `version 2.0.` ends a sentence.
    let is_dotted = last.contains('.') && last.split('.').all(|part| part.chars().count() == 1 && is_alphabetic(part));
    let is_abbreviation = is_dotted || ABBREVIATIONS.contains(&last.to_lowercase().as_str());
    if is_abbreviation { title } else { without_brackets(bare.trim_end()) }
}

fn is_alphabetic(text: &str) -> bool {
    text.chars().all(char::is_alphabetic)
}

fn without_brackets(title: &str) -> &str {
    let inside = title.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let inside = inside.filter(|inside| !inside.contains(['[', ']'])).map(|inside| inside.trim_end_matches('.'));
    inside.filter(|inside| !inside.trim().is_empty()).unwrap_or(title)
}

impl Record {
    fn own(&self) -> Option<WorkRef> {
        let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
        let is_known = is_word(&self.id) && is_word(&self.source);
        is_known.then(|| WorkRef::Own(format!("{}:{}/{}", NAME, self.source, self.id)))
    }

    fn is_preprint(&self) -> bool {
        self.source == "PPR" || self.types().any(|one| one == "preprint")
    }

    /// The types of publication in lower case. The short form of a record has them in one text.
    fn types(&self) -> impl Iterator<Item = String> {
        let list = self.pub_type_list.pub_type.iter().map(|one| one.trim().to_lowercase());
        list.chain(self.pub_type.split("; ").map(|one| one.trim().to_lowercase()))
    }

    fn authors(&self) -> (Vec<PersonName>, bool) {
        let authors: Vec<PersonName> = self.author_list.author.iter().filter_map(Author::name).collect();
        if !authors.is_empty() {
            return (authors, false);
        }
        let text = plain(&self.author_string);
        let (text, et_al) =
            text.strip_suffix("et al.").map_or((text.trim_end_matches('.'), false), |text| (text, true));
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        (names.map(name_with_initials).collect(), et_al)
    }

    fn venue(&self) -> (Option<String>, Option<VenueKind>) {
        let journal = plain(&self.journal_info.journal.title);
        let journal = Some(journal).filter(|journal| !journal.is_empty()).unwrap_or_else(|| plain(&self.journal_title));
        if !journal.is_empty() && !self.is_preprint() {
            return (Some(journal), Some(VenueKind::Periodical));
        }
        let server = plain(&self.book_or_report_details.publisher);
        let server = [journal, server].into_iter().find(|server| !server.is_empty());
        let kind = server.as_ref().filter(|_| self.is_preprint()).map(|_| VenueKind::PreprintServer);
        (server.filter(|_| self.is_preprint()), kind)
    }

    /// The first date. A day that a journal did not print is given as the first of its month, a month as January.
    fn date(&self) -> Option<PartialDate> {
        let read = |text: &str| text.parse::<PartialDate>().ok();
        let first = read(&self.first_publication_date);
        if first.is_some() && (first == read(&self.electronic_publication_date) || self.is_preprint()) {
            return first;
        }
        let coarse = first.and_then(|date| match date.month_and_day() {
            (Some(1), Some(1)) => PartialDate::new(date.year(), self.month_of(date.year()), None),
            (month, Some(1)) => PartialDate::new(date.year(), month, None),
            _ => Some(date),
        });
        let info = &self.journal_info;
        let of_issue = || PartialDate::new(info.year_of_publication.parse().ok()?, self.month(), None);
        coarse.or_else(of_issue).or_else(|| PartialDate::new(self.pub_year.parse().ok()?, None, None))
    }

    fn month(&self) -> Option<u8> {
        self.journal_info.month_of_publication.and_then(|month| u8::try_from(month).ok())
    }

    /// The month of the issue, if it is of that year.
    fn month_of(&self, year: u16) -> Option<u8> {
        self.month().filter(|_| self.journal_info.year_of_publication == year.to_string())
    }

    fn add_attributes(&self, mark: Option<&'static str>, dossier: &mut Dossier) {
        let attributes = &mut dossier.attributes;
        facts::add(attributes, Attribute::Abstract, paragraphs(&self.abstract_text));
        facts::add(attributes, Attribute::Status, mark.unwrap_or_default());
        facts::add(
            attributes,
            Attribute::CitationCount,
            self.cited_by_count.map(|n| n.to_string()).unwrap_or_default(),
        );
        for keyword in &self.keyword_list.keyword {
            facts::add(attributes, Attribute::Keyword, plain(keyword));
        }
        for one in self.types() {
            facts::add(attributes, Attribute::Status, status_of_type(&one).unwrap_or_default());
        }
        for comment in &self.comment_correction_list.comment_correction {
            let Some(status) = comment.status() else { continue };
            facts::add(attributes, Attribute::Status, status);
            facts::add(
                attributes,
                Attribute::Correction,
                comment.address().map(|url| url.to_string()).unwrap_or_default(),
            );
        }
    }

    fn add_related(&self, title: &str, dossier: &mut Dossier) {
        for comment in &self.comment_correction_list.comment_correction {
            let is_inverse = match comment.r#type.trim().to_lowercase().as_str() {
                "preprint of" => false,
                "preprint in" => true,
                _ => continue,
            };
            // Europe PMC says where it only found that title and first author are the same.
            let percent = if comment.note.contains("match") { 85 } else { 95 };
            let ids = comment.identifiers();
            if !ids.is_empty() && is_inverse != self.is_preprint() {
                dossier.related.push(facts::preprint(title, ids, is_inverse, percent));
            }
        }
        if !self.types().any(|one| one.contains("review") || one == "editorial" || one == "comment") {
            dossier.related.extend(code::of_paper(title, &paragraphs(&self.abstract_text)));
        }
    }
}

/// What a type of publication says of the work. `Retraction of Publication` is a notice, and not retracted itself.
fn status_of_type(one: &str) -> Option<&'static str> {
    match one {
        "retracted publication" => Some("retracted"),
        "preprint-withdrawal" | "preprint-removal" => Some("withdrawn"),
        _ => None,
    }
}

impl Author {
    fn name(&self) -> Option<PersonName> {
        if !self.collective_name.trim().is_empty() {
            return Some(group(&self.collective_name));
        }
        let given = [&self.first_name, &self.initials].into_iter().find(|given| !given.trim().is_empty());
        let name = if self.last_name.trim().is_empty() {
            name_with_initials(&plain(&self.full_name))
        } else {
            name_of_parts(&self.last_name, given.map_or("", String::as_str))
        };
        let is_orcid = self.author_id.r#type.eq_ignore_ascii_case("ORCID");
        let orcid = self.author_id.value.parse::<Orcid>().ok().filter(|_| is_orcid);
        (!name.family.is_empty()).then_some(PersonName { orcid, ..name })
    }
}

/// A name as PubMed writes it: `van der Berg AB`, `Smith J Jr`; one without initials is that of a group or of one word.
fn name_with_initials(name: &str) -> PersonName {
    let bare =
        ["Jr", "Sr", "2nd", "3rd", "II", "III"].iter().find_map(|suffix| name.strip_suffix(suffix)?.strip_suffix(' '));
    let is_initials = |word: &str| (1..=4).contains(&word.chars().count()) && word.chars().all(char::is_uppercase);
    match bare.unwrap_or(name).rsplit_once(' ').filter(|(_, last)| is_initials(last)) {
        Some((family, given)) => PersonName { spelling: name.to_owned(), ..name_of_parts(family, given) },
        None => name_of(name),
    }
}

impl Heading {
    /// Its term; the IRI is that of [MeSH RDF](https://hhs.github.io/meshrdf/).
    fn term(&self) -> Option<SubjectTerm> {
        let label = plain(&self.descriptor_name);
        let ui = self.descriptor_ui.trim();
        let is_ui = ui.len() > 1 && ui.starts_with('D') && ui[1..].bytes().all(|b| b.is_ascii_digit());
        let iri = is_ui.then(|| format!("http://id.nlm.nih.gov/mesh/{ui}").parse().ok()).flatten();
        (!label.is_empty()).then_some(SubjectTerm { label, iri })
    }
}

impl Comment {
    /// What it makes of the work that it is said of. `Retraction of` is said of the notice.
    fn status(&self) -> Option<&'static str> {
        match self.r#type.trim().to_lowercase().as_str() {
            "retraction in" | "retracted and republished in" => Some("retracted"),
            "erratum in" | "correction in" | "corrected and republished in" | "partial retraction in" => {
                Some("corrected")
            }
            "expression of concern in" => Some("expression-of-concern"),
            _ => None,
        }
    }

    fn doi(&self) -> Option<Doi> {
        Doi::find_in(&self.reference).map(|(doi, _)| doi)
    }

    /// Where the notice can be read.
    fn address(&self) -> Option<WebUrl> {
        let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric());
        let is_known = is_word(&self.id) && is_word(&self.source);
        let here = || format!("https://europepmc.org/article/{}/{}", self.source, self.id).parse().ok();
        self.doi().and_then(|doi| facts::address_of(&doi)).or_else(|| is_known.then(here).flatten())
    }

    fn identifiers(&self) -> Identifiers {
        let mut ids = self.doi().map(|doi| facts::identifiers_of(doi.as_ref())).unwrap_or_default();
        match self.source.as_str() {
            "MED" => ids.pmid = self.id.parse().ok(),
            "PMC" => ids.pmcid = self.id.parse().ok(),
            _ => {}
        }
        ids
    }
}
