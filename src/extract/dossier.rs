//! Dossiers become entries: one for each, its thing first, the things that it names behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::language;
use crate::{
    id::{Doi, Identifiers},
    model::{
        Citation, Confidence, Details, Dossier, Entry, Evidence, Extraction, KindGuess, Label, Lines, LinkRole,
        Mention, MentionRelation, Notice, NoticeCode, Origin, Related, Rule, SourceKind, SubjectTerm, Topic, VenueKind,
        WrittenLink, slug,
    },
    read::Source,
};

/// A dossier with the place where it was read.
pub(super) struct Filed {
    pub(super) lines: Lines,
    /// The text to keep with the entry; empty where the lines of the source are enough.
    pub(super) text: String,
    pub(super) dossier: Dossier,
}

/// Reads the answers of a service: a dossier on each line.
pub(super) fn of_service(source: &Source) -> Extraction {
    let mut filed = Vec::new();
    let mut notices = Vec::new();
    for (line, at) in source.text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let lines = Lines { first: at, last: at };
        match serde_json::from_str(line) {
            Ok(dossier) => filed.push(Filed { lines, text: String::new(), dossier }),
            Err(_) => notices.push(Notice { code: NoticeCode::BadRow, lines, text: line.to_owned() }),
        }
    }
    entries(source, filed, notices)
}

/// Makes entries of dossiers.
pub(super) fn entries(source: &Source, filed: Vec<Filed>, mut notices: Vec<Notice>) -> Extraction {
    let vocabulary = Vocabulary::of(&filed);
    if filed.is_empty() && source.info.kind != SourceKind::Service {
        let text = "nothing in it is a record of a work or a tool".to_owned();
        notices.push(Notice { code: NoticeCode::NoEntries, lines: Lines { first: 1, last: 1 }, text });
    }
    let entry = |(filed, position)| entry(source, filed, position, &vocabulary);
    let entries = filed.into_iter().zip(1..).map(entry).collect();
    Extraction {
        topics: vocabulary.topics,
        entries,
        notices,
        ..Extraction::of(source.info.clone(), source.text.clone())
    }
}

/// The terms that the dossiers of a source use, as its topics.
struct Vocabulary {
    topics: Vec<Topic>,
    numbers: BTreeMap<SubjectTerm, usize>,
}

impl Vocabulary {
    fn of(filed: &[Filed]) -> Self {
        let mut first_lines: BTreeMap<&SubjectTerm, Lines> = BTreeMap::new();
        for Filed { lines, dossier, .. } in filed {
            let related = dossier.related.iter().flat_map(|related| &related.other.subjects);
            for term in dossier.subjects.iter().chain(related) {
                first_lines.entry(term).or_insert(*lines);
            }
        }
        let mut vocabulary = Self { topics: Vec::new(), numbers: BTreeMap::new() };
        // A term is known by its IRI; two labels of one IRI are two labels of one topic.
        let mut by_iri: BTreeMap<String, usize> = BTreeMap::new();
        for (term, lines) in first_lines {
            let label = Label { text: term.label.clone(), language: None };
            let path = slug(&term.label);
            let key = term.iri.as_ref().map_or_else(|| path.clone(), ToString::to_string);
            let number = *by_iri.entry(key).or_insert_with(|| {
                let iri = term.iri.clone();
                vocabulary.topics.push(Topic { lines, number: None, labels: Vec::new(), parent: None, path, iri });
                vocabulary.topics.len() - 1
            });
            let labels = &mut vocabulary.topics[number].labels;
            if !labels.contains(&label) {
                labels.push(label);
            }
            vocabulary.numbers.insert(term.clone(), number);
        }
        vocabulary
    }

    fn topics_of(&self, dossier: &Dossier) -> Vec<usize> {
        let numbers: BTreeSet<usize> = dossier.subjects.iter().map(|term| self.numbers[term]).collect();
        numbers.into_iter().collect()
    }
}

fn entry(source: &Source, filed: Filed, position: u32, vocabulary: &Vocabulary) -> Entry {
    let Filed { lines, text, dossier } = filed;
    let said = dossier.address.clone().map(|address| (address, dossier.as_of.clone()));
    let mut draft = Draft { kind: source.info.kind, vocabulary, mentions: Vec::new(), relations: Vec::new() };
    draft.add(dossier, None);
    Entry {
        origin: Origin { source: source.info.key.clone(), lines },
        position,
        topic: None,
        text,
        mentions: draft.mentions,
        relations: draft.relations,
        rules: vec![Rule::Field],
        said,
    }
}

/// An entry that is being made.
struct Draft<'v> {
    kind: SourceKind,
    vocabulary: &'v Vocabulary,
    mentions: Vec<Mention>,
    relations: Vec<MentionRelation>,
}

impl Draft<'_> {
    /// Adds the thing of a dossier and all things that it names; of a thing that another one names, how they are related.
    fn add(&mut self, mut dossier: Dossier, tie: Option<(usize, &Related)>) {
        let at = self.mentions.len();
        if let Some((other, &Related { relation, is_inverse, evidence, percent, grade, .. })) = tie {
            let (subject, object) = if is_inverse { (at, other) } else { (other, at) };
            let confidence = Confidence::percent(percent);
            self.relations.push(MentionRelation { subject, relation, object, evidence, confidence, grade });
        }
        let related = std::mem::take(&mut dossier.related);
        self.mentions.push(mention(dossier, self.kind, self.vocabulary));
        for mut one in related {
            let other = std::mem::take(&mut *one.other);
            self.add(other, Some((at, &one)));
        }
    }
}

fn mention(dossier: Dossier, kind: SourceKind, vocabulary: &Vocabulary) -> Mention {
    let topics = vocabulary.topics_of(&dossier);
    // What a list says of its own things is nearer to them than what a service takes them for, unless the list says nothing.
    let (evidence, percent) = match kind {
        SourceKind::Bibliography => (Evidence::KindByCitation, 95),
        SourceKind::Registry => (Evidence::Registry, 80),
        _ => (Evidence::Service, 60),
    };
    let Dossier { about, is_stub, title, name, description, ids, own, links, .. } = dossier;
    let title = if title.is_empty() { name.clone().unwrap_or_default() } else { title };
    let details = Details {
        about,
        own,
        is_stub,
        topics,
        attributes: dossier.attributes,
        cites: dossier.cites,
        cited_by: dossier.cited_by,
    };
    Mention {
        kind: KindGuess { kind: dossier.kind, evidence, confidence: Confidence::percent(percent) },
        title: language::label(&title),
        name,
        description: description.map(|text| language::label(&text)),
        links: links.into_iter().map(|(role, url)| written(role, url)).collect(),
        venue_kind: dossier.venue.as_ref().and(dossier.venue_kind.or_else(|| kind_of_venue(&ids))),
        citation: Citation {
            authors: dossier.authors,
            et_al: dossier.et_al,
            venue: dossier.venue,
            year: dossier.date.map(crate::model::PartialDate::year),
            date: dossier.date,
            volume: dossier.volume,
            issue: dossier.issue,
            pages: dossier.pages,
            ..Citation::default()
        },
        ids,
        details: Some(Box::new(details)),
    }
}

fn kind_of_venue(ids: &Identifiers) -> Option<VenueKind> {
    ids.is_preprint().then_some(VenueKind::PreprintServer).or_else(|| {
        let is_article = ids.doi.as_ref().is_some_and(|doi: &Doi| !doi.is_preprint());
        is_article.then_some(VenueKind::Periodical)
    })
}

fn written(role: LinkRole, url: crate::id::WebUrl) -> WrittenLink {
    WrittenLink { role, url, text: Label { text: String::new(), language: None } }
}
