use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::trust;
use crate::{
    id::{ArxivId, Doi, Pmcid, WebUrl},
    map::vocab,
    model::normalise,
    store::{Graph, StoreError},
};

/// A thing that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its IRI.
    pub iri: NamedNode,
    /// What it is called.
    pub name: String,
    /// The word for its class, in lower case: `paper`, `tool`, `person`.
    pub kind: &'static str,
}

/// The things that a text means: by IRI, identifier, address, name, or a part of a name; the first of these that gives
/// any. Versions of one work count as one, the article standing for its preprint.
///
/// # Errors
///
/// If the store cannot be read.
pub fn find(graph: &Graph, text: &str) -> Result<Vec<Found>, StoreError> {
    find_where(graph, text, |_| true)
}

/// The same, for things of one kind only: a name that a tool and a paper share means the one that is asked for.
///
/// # Errors
///
/// If the store cannot be read.
pub fn find_kind(graph: &Graph, text: &str, kind: &str) -> Result<Vec<Found>, StoreError> {
    find_where(graph, text, |found| found.kind == kind)
}

fn find_where(graph: &Graph, text: &str, is_wanted: impl Fn(&Found) -> bool) -> Result<Vec<Found>, StoreError> {
    let text = text.trim();
    for way in [by_iri, by_identifier, by_address, by_name, by_part] {
        let mut found = Vec::new();
        for iri in way(graph, text)? {
            found.extend(describe(graph, iri)?.filter(&is_wanted));
        }
        if !found.is_empty() {
            found.sort_by(|a, b| (&a.name, &a.iri).cmp(&(&b.name, &b.iri)));
            return one_for_each_work(graph, found);
        }
    }
    Ok(Vec::new())
}

/// A preprint is left out where its article is found, too.
fn one_for_each_work(graph: &Graph, found: Vec<Found>) -> Result<Vec<Found>, StoreError> {
    let iris: BTreeSet<NamedNode> = found.iter().map(|found| found.iri.clone()).collect();
    let mut kept = Vec::new();
    for thing in found {
        let articles = objects(graph, thing.iri.as_ref(), vocab::PREPRINT_OF)?;
        let is_covered =
            articles.iter().any(|article| matches!(article, Term::NamedNode(article) if iris.contains(article)));
        if !is_covered {
            kept.push(thing);
        }
    }
    Ok(kept)
}

fn by_iri(graph: &Graph, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
    let Ok(iri) = NamedNode::new(text.trim_start_matches('<').trim_end_matches('>')) else {
        return Ok(BTreeSet::new());
    };
    let mut found = subjects(graph, vocab::OWL_SAME_AS, iri.as_ref())?;
    found.insert(iri);
    Ok(found)
}

fn by_identifier(graph: &Graph, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut found = BTreeSet::new();
    let mut add = |predicate: NamedNodeRef<'_>, id: Option<String>| -> Result<(), StoreError> {
        if let Some(id) = id {
            found.append(&mut subjects(graph, predicate, LiteralRef::new_simple_literal(&id))?);
        }
        Ok(())
    };
    add(vocab::DOI, text.parse::<Doi>().ok().map(|id| id.to_string()))?;
    add(vocab::ARXIV_ID, text.parse::<ArxivId>().ok().map(|id| id.to_string()))?;
    add(vocab::PMCID, text.parse::<Pmcid>().ok().map(|id| id.to_string()))?;
    add(vocab::PMID, text.bytes().all(|b| b.is_ascii_digit()).then(|| text.to_owned()))?;
    add(vocab::BIORXIV_ID, Some(text.to_owned()))?;
    Ok(found)
}

fn by_address(graph: &Graph, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
    let Ok(url) = text.parse::<WebUrl>() else { return Ok(BTreeSet::new()) };
    let key = url.key();
    let mut found = BTreeSet::new();
    for predicate in [vocab::URL, vocab::CODE_REPOSITORY] {
        for quad in graph.matching(None, Some(predicate), None) {
            let Quad { subject: NamedOrBlankNode::NamedNode(subject), object: Term::NamedNode(object), .. } = quad?
            else {
                continue;
            };
            let is_same = object.as_str().parse::<WebUrl>().is_ok_and(|other| other.key().eq_ignore_ascii_case(&key));
            if is_same {
                found.insert(subject);
            }
        }
    }
    Ok(found)
}

fn by_name(graph: &Graph, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
    let wanted = normalise(text);
    if wanted.is_empty() {
        return Ok(BTreeSet::new());
    }
    // A name proper before a further name: `scVI` is the tool, whatever else has it as a second name.
    let proper = called(graph, &[vocab::NAME, vocab::PREF_LABEL], |name| name == wanted)?;
    if !proper.is_empty() {
        return Ok(proper);
    }
    called(graph, &[vocab::ALTERNATE_NAME, vocab::NOTATION], |name| name == wanted)
}

fn by_part(graph: &Graph, text: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
    let wanted = normalise(text);
    if wanted.chars().count() < 2 {
        return Ok(BTreeSet::new());
    }
    called(graph, &[vocab::NAME, vocab::PREF_LABEL, vocab::ALTERNATE_NAME, vocab::DESCRIPTION], |name| {
        name.contains(&wanted)
    })
}

fn called(
    graph: &Graph,
    predicates: &[NamedNodeRef<'_>],
    is_wanted: impl Fn(&str) -> bool,
) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut found = BTreeSet::new();
    for predicate in predicates {
        for quad in graph.matching(None, Some(*predicate), None) {
            let Quad { subject: NamedOrBlankNode::NamedNode(subject), object: Term::Literal(name), .. } = quad? else {
                continue;
            };
            if is_wanted(&normalise(name.value())) {
                found.insert(subject);
            }
        }
    }
    Ok(found)
}

fn subjects<'t>(
    graph: &Graph,
    predicate: NamedNodeRef<'_>,
    object: impl Into<oxrdf::TermRef<'t>>,
) -> Result<BTreeSet<NamedNode>, StoreError> {
    let mut found = BTreeSet::new();
    for quad in graph.matching(None, Some(predicate), Some(object.into())) {
        if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
            found.insert(subject);
        }
    }
    Ok(found)
}

fn objects(graph: &Graph, subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>) -> Result<Vec<Term>, StoreError> {
    graph.matching(Some(subject), Some(predicate), None).map(|quad| quad.map(|quad| quad.object)).collect()
}

/// The name and kind of a thing; `None` for what is none: links, entries, translations.
fn describe(graph: &Graph, iri: NamedNode) -> Result<Option<Found>, StoreError> {
    let types = objects(graph, iri.as_ref(), vocab::TYPE)?;
    let kind = vocab::KINDS
        .iter()
        .find(|(class, _)| types.iter().any(|of| matches!(of, Term::NamedNode(of) if of.as_ref() == *class)));
    let Some((class, kind)) = kind else { return Ok(None) };
    // A page that only translates a paper has no entry of its own.
    if *class == vocab::WEB_PAGE && objects(graph, iri.as_ref(), vocab::WAS_DERIVED_FROM)?.is_empty() {
        return Ok(None);
    }
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for (rank, predicate) in
        [vocab::NAME, vocab::PREF_LABEL, vocab::DOI, vocab::ARXIV_ID, vocab::URL].into_iter().enumerate()
    {
        if let Some(name) = trust::best(graph, iri.as_ref(), predicate)?.into_iter().next() {
            names.insert(rank, name);
        }
    }
    let name = names.into_values().next().unwrap_or_else(|| iri.as_str().to_owned());
    Ok(Some(Found { iri, name, kind }))
}
