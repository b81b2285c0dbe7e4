use std::collections::BTreeMap;

use oxrdf::{LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{consensus::Consensus, find::Found, trust};
use crate::{
    map::vocab,
    store::{Graph, StoreError},
};

/// All that is known of a thing, for a person to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// What it is called.
    pub name: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// Its IRI.
    pub iri: String,
    /// Labels with their values, in the order in which to show them.
    pub lines: Vec<(String, Vec<String>)>,
    /// The lists that name it.
    pub consensus: Consensus,
    /// Where it stands.
    pub origins: Vec<CardOrigin>,
    /// What was inferred or stated about its relations, and why.
    pub reasons: Vec<Reason>,
}

/// An entry or a fact about a thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CardOrigin {
    /// The source and the lines: `owner/list:88`.
    pub place: String,
    /// The rules by which it was read.
    pub rules: String,
    /// Its text.
    pub text: String,
    /// Whether it is a row of a table of facts.
    pub is_fact: bool,
}

/// Why a relation is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The IRI that the statement is about.
    pub subject: String,
    /// The IRI of the relation.
    pub predicate: String,
    /// The IRI of the other side.
    pub object: String,
    /// The relation in words.
    pub link: String,
    /// The fixed word for the evidence.
    pub evidence: String,
    /// From 0 to 1.
    pub confidence: String,
    /// How close a tool is to a paper, where it is known.
    pub grade: Option<String>,
    /// Source, lines, and for a fact where it was read.
    pub origins: Vec<String>,
    /// The entries, facts or decisions that it rests on.
    pub grounds: Vec<CardOrigin>,
}

/// Properties of a thing, with the label to show them under.
pub(super) const PROPERTIES: [(NamedNodeRef<'static>, &str); 41] = [
    (vocab::CREATIVE_WORK_STATUS, "status"),
    (vocab::CORRECTION, "see"),
    (vocab::NAME, "title"),
    (vocab::ALTERNATE_NAME, "also called"),
    (vocab::PREF_LABEL, "label"),
    (vocab::NOTATION, "number"),
    (vocab::DESCRIPTION, "is"),
    (vocab::FAMILY_NAME, "family name"),
    (vocab::GIVEN_NAME, "given name"),
    (vocab::AUTHOR, "authors"),
    (vocab::IS_PART_OF, "published in"),
    (vocab::DATE_PUBLISHED, "year"),
    (vocab::VOLUME, "volume"),
    (vocab::ISSUE, "issue"),
    (vocab::PAGES, "pages"),
    (vocab::DOI, "DOI"),
    (vocab::ARXIV_ID, "arXiv"),
    (vocab::PMCID, "PMC"),
    (vocab::PMID, "PubMed"),
    (vocab::ORCID, "ORCID"),
    (vocab::URL, "address"),
    (vocab::CODE_REPOSITORY, "repository"),
    (vocab::MOVED_TO, "moved to"),
    (vocab::LICENSE, "license"),
    (vocab::PROGRAMMING_LANGUAGE, "written in"),
    (vocab::SOFTWARE_VERSION, "version"),
    (vocab::DATE_MODIFIED, "last change"),
    (vocab::STARS, "stars"),
    (vocab::CITATION_COUNT, "times cited"),
    (vocab::WORK_TRANSLATION, "translation"),
    (vocab::SUBJECT, "topic"),
    (vocab::BROADER, "below"),
    (vocab::CLOSE_MATCH, "the same as"),
    (vocab::IMPLEMENTS, "implements"),
    (vocab::PREPRINT_OF, "preprint of"),
    (vocab::CITES, "cites"),
    (vocab::CITATION, "refers to"),
    (vocab::USES_TOOL, "uses"),
    (vocab::MENTIONS, "mentions"),
    (vocab::ABSTRACT, "abstract"),
    (vocab::OWL_SAME_AS, "also known by"),
];

/// Properties that a work has one of: where sources differ, who says what is shown.
const SINGLE: [NamedNodeRef<'static>; 6] =
    [vocab::NAME, vocab::IS_PART_OF, vocab::DATE_PUBLISHED, vocab::VOLUME, vocab::ISSUE, vocab::PAGES];

/// Properties that lead to a thing.
const INVERSE: [(NamedNodeRef<'static>, &str); 8] = [
    (vocab::IMPLEMENTS, "implemented by"),
    (vocab::PREPRINT_OF, "has preprint"),
    (vocab::CITES, "cited by"),
    (vocab::CITATION, "referred to by"),
    (vocab::USES_TOOL, "used by"),
    (vocab::AUTHOR, "wrote"),
    (vocab::CLOSE_MATCH, "the same as"),
    (vocab::SUBJECT, "holds"),
];

impl Card {
    /// Reads what the store knows of a thing.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn of(graph: &Graph, found: &Found) -> Result<Self, StoreError> {
        let iri = found.iri.as_ref();
        let mut card =
            Self { name: found.name.clone(), kind: found.kind, iri: iri.as_str().to_owned(), ..Self::default() };
        for (predicate, label) in PROPERTIES {
            let values = match predicate {
                vocab::AUTHOR => authors(graph, iri)?,
                _ if SINGLE.contains(&predicate) => trust::shown(&trust::said(graph, iri, predicate)?),
                _ => values(graph, iri, predicate)?,
            };
            card.add(label, values);
        }
        for (predicate, label) in INVERSE {
            card.add(label, subjects(graph, predicate, iri)?);
        }
        card.consensus = Consensus::of(graph, iri)?;
        card.origins = origins(graph, iri)?;
        card.reasons = reasons(graph, iri, true)?;
        card.reasons.extend(reasons(graph, iri, false)?);
        Ok(card)
    }

    fn add(&mut self, label: &str, mut values: Vec<String>) {
        values.retain(|value| *value != self.name);
        if !values.is_empty() {
            self.lines.push((label.to_owned(), values));
        }
    }
}

fn values(graph: &Graph, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for quad in graph.matching(Some(subject), Some(predicate), None) {
        found.push(display(graph, &quad?.object)?);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn subjects(graph: &Graph, predicate: NamedNodeRef<'_>, object: NamedNodeRef<'_>) -> Result<Vec<String>, StoreError> {
    let mut found = Vec::new();
    for quad in graph.matching(None, Some(predicate), Some(object.into())) {
        let NamedOrBlankNode::NamedNode(subject) = quad?.subject else { continue };
        let is_entry = has_type(graph, subject.as_ref(), vocab::LIST_ITEM)?;
        if !is_entry {
            found.push(display(graph, &subject.into())?);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

pub(super) fn has_type(graph: &Graph, subject: NamedNodeRef<'_>, class: NamedNodeRef<'_>) -> Result<bool, StoreError> {
    Ok(graph.matching(Some(subject), Some(vocab::TYPE), Some(class.into())).next().transpose()?.is_some())
}

/// A literal's text; a thing's name, where it has one.
pub(super) fn display(graph: &Graph, term: &Term) -> Result<String, StoreError> {
    let node = match term {
        Term::Literal(literal) => return Ok(literal.value().to_owned()),
        Term::BlankNode(node) => return Ok(node.to_string()),
        Term::NamedNode(node) => node,
    };
    let mut names = Vec::new();
    for predicate in [vocab::NAME, vocab::PREF_LABEL] {
        names.extend(trust::best(graph, node.as_ref(), predicate)?);
    }
    let name = if names.is_empty() { node.as_str().to_owned() } else { names.join(" / ") };
    Ok(match status(graph, node.as_ref())? {
        Some(status) => format!("{name} [{status}]"),
        None => name,
    })
}

/// What a reader must know before anything else: that a paper was retracted, withdrawn or called in question.
pub(super) fn status(graph: &Graph, thing: NamedNodeRef<'_>) -> Result<Option<String>, StoreError> {
    let found = values(graph, thing, vocab::CREATIVE_WORK_STATUS)?;
    Ok(found.into_iter().rfind(|status| is_grave(status)))
}

/// Whether a status must be shown wherever the thing is.
#[must_use]
pub fn is_grave(status: &str) -> bool {
    matches!(status, "retracted" | "withdrawn" | "expression-of-concern")
}

/// The authors in the order of the longest list that a source gives.
fn authors(graph: &Graph, paper: NamedNodeRef<'_>) -> Result<Vec<String>, StoreError> {
    let mut longest = Vec::new();
    for quad in graph.matching(Some(paper), Some(vocab::AUTHOR_LIST), None) {
        let mut names = Vec::new();
        let mut node = quad?.object;
        while let Term::NamedNode(at) = &node {
            // A list that leads back to itself would have no end.
            if *at == vocab::NIL || names.len() > 10_000 {
                break;
            }
            let Some(first) = one(graph, at.as_ref(), vocab::FIRST)? else { break };
            names.push(display(graph, &first)?);
            let Some(rest) = one(graph, at.as_ref(), vocab::REST)? else { break };
            node = rest;
        }
        if names.len() > longest.len() {
            longest = names;
        }
    }
    let is_truncated =
        graph.matching(Some(paper), Some(vocab::AUTHORS_TRUNCATED), Some(truth().into())).next().transpose()?.is_some();
    if longest.is_empty() {
        return Ok(longest);
    }
    let more = if is_truncated { " and others" } else { "" };
    Ok(vec![longest.join(", ") + more])
}

fn truth() -> LiteralRef<'static> {
    LiteralRef::new_typed_literal("true", vocab::XSD_BOOLEAN)
}

pub(super) fn one(
    graph: &Graph,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Option<Term>, StoreError> {
    Ok(graph.matching(Some(subject), Some(predicate), None).next().transpose()?.map(|quad| quad.object))
}

pub(super) fn text(
    graph: &Graph,
    subject: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<Option<String>, StoreError> {
    Ok(one(graph, subject, predicate)?.map(|term| match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }))
}

/// The entries, facts, decisions and headings that a thing or a statement rests on.
pub(super) fn origins(graph: &Graph, subject: NamedNodeRef<'_>) -> Result<Vec<CardOrigin>, StoreError> {
    let mut found: BTreeMap<(String, u32), CardOrigin> = BTreeMap::new();
    for quad in graph.matching(Some(subject), Some(vocab::WAS_DERIVED_FROM), None) {
        let Term::NamedNode(entry) = quad?.object else { continue };
        let (source, lines) = place(graph, entry.as_ref())?;
        found.insert((source, lines.0), origin(graph, entry.as_ref())?);
    }
    Ok(found.into_values().collect())
}

/// Where an entry, a fact, a decision or a heading stands, and what it says.
pub(super) fn origin(graph: &Graph, entry: NamedNodeRef<'_>) -> Result<CardOrigin, StoreError> {
    let (source, (first, last)) = place(graph, entry)?;
    let place = if first == last { format!("{source}:{first}") } else { format!("{source}:{first}-{last}") };
    let is_record = has_type(graph, entry, vocab::RECORD)?;
    let written = match text(graph, entry, vocab::TEXT)? {
        Some(text) => text,
        None if is_record => said(graph, entry)?,
        None => display(graph, &entry.into_owned().into())?,
    };
    let read_in = if is_record { None } else { text(graph, entry, vocab::SOURCE)? };
    let written = read_in.map_or(written.clone(), |read_in| format!("{read_in}: {written}"));
    let rules = values(graph, entry, vocab::RULE)?.join(", ");
    Ok(CardOrigin { place, rules, text: written, is_fact: has_type(graph, entry, vocab::FACT)? })
}

/// Where and when a record was said; of one that was read in a file, which record it is.
fn said(graph: &Graph, record: NamedNodeRef<'_>) -> Result<String, StoreError> {
    let address = match one(graph, record, vocab::SOURCE)? {
        Some(Term::NamedNode(address)) => address.into_string(),
        _ => return Ok("a record of the registry".to_owned()),
    };
    let day = text(graph, record, vocab::DATE)?.unwrap_or_default();
    Ok(format!("{address} said so on {day}"))
}

/// The key of the source, of a heading what its list calls itself, with the first and the last line.
fn place(graph: &Graph, entry: NamedNodeRef<'_>) -> Result<(String, (u32, u32)), StoreError> {
    let source = match one(graph, entry, vocab::DCTERMS_IS_PART_OF)? {
        Some(Term::NamedNode(list)) => text(graph, list.as_ref(), vocab::IDENTIFIER)?.unwrap_or_default(),
        _ => match one(graph, entry, vocab::IN_SCHEME)? {
            Some(scheme) => display(graph, &scheme)?,
            None => String::new(),
        },
    };
    let line =
        |predicate| Ok::<Option<u32>, StoreError>(text(graph, entry, predicate)?.and_then(|line| line.parse().ok()));
    let first = line(vocab::FIRST_LINE)?.unwrap_or(0);
    Ok((source, (first, line(vocab::LAST_LINE)?.unwrap_or(first))))
}

/// What statements say of the thing's relations: of those that it is the subject of, or the object.
///
/// # Errors
///
/// If the store cannot be read.
pub fn reasons(graph: &Graph, thing: NamedNodeRef<'_>, as_subject: bool) -> Result<Vec<Reason>, StoreError> {
    let side = if as_subject { vocab::RDF_SUBJECT } else { vocab::RDF_OBJECT };
    let mut found = Vec::new();
    for quad in graph.matching(None, Some(side), Some(thing.into())) {
        let NamedOrBlankNode::NamedNode(statement) = quad?.subject else { continue };
        found.push(reason(graph, &statement)?);
    }
    found.sort_by(|a, b| {
        (&a.link, &b.confidence, &a.evidence, &a.origins).cmp(&(&b.link, &a.confidence, &b.evidence, &b.origins))
    });
    Ok(found)
}

fn reason(graph: &Graph, statement: &NamedNode) -> Result<Reason, StoreError> {
    let statement = statement.as_ref();
    let part = |predicate| one(graph, statement, predicate)?.map_or(Ok(String::new()), |term| display(graph, &term));
    let iri = |predicate| {
        let term = one(graph, statement, predicate)?;
        Ok::<String, StoreError>(term.map_or_else(String::new, |term| match term {
            Term::NamedNode(node) => node.into_string(),
            other => other.to_string(),
        }))
    };
    let predicate = part(vocab::RDF_PREDICATE)?;
    let word = predicate.rsplit(['/', '#']).next().unwrap_or_default();
    let object = part(vocab::RDF_OBJECT)?;
    let object = if word == "type" { object.rsplit(['/', '#']).next().unwrap_or_default().to_owned() } else { object };
    let grounds = origins(graph, statement)?;
    let shown = |ground: &CardOrigin| {
        if ground.is_fact { format!("{}, read in {}", ground.place, ground.text) } else { ground.place.clone() }
    };
    Ok(Reason {
        subject: iri(vocab::RDF_SUBJECT)?,
        predicate: iri(vocab::RDF_PREDICATE)?,
        object: iri(vocab::RDF_OBJECT)?,
        link: format!("{} {word} {object}", part(vocab::RDF_SUBJECT)?),
        evidence: part(vocab::EVIDENCE)?,
        confidence: part(vocab::CONFIDENCE)?,
        grade: text(graph, statement, vocab::GRADE)?,
        origins: grounds.iter().map(shown).collect(),
        grounds,
    })
}
