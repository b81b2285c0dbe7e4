use std::collections::{BTreeMap, HashMap};

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::card::{CardOrigin, display, one, origins, text};
use crate::{
    map::vocab,
    store::{Graph, StoreError},
};

/// Something inferred that is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What is doubtful.
    pub question: DoubtKind,
    /// The names of the two sides, or of the thing.
    pub names: Vec<String>,
    /// The IRIs of the two sides, or of the thing.
    pub iris: Vec<String>,
    /// The fixed word for the evidence.
    pub evidence: String,
    /// From 0 to 1.
    pub confidence: String,
    /// How many entries and links hang on it.
    pub consequence: usize,
    /// The lines that it rests on.
    pub grounds: Vec<CardOrigin>,
}

/// What may be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoubtKind {
    /// That they are the same.
    Same,
    /// That it is of this kind.
    Kind(&'static str),
    /// That the tool, which comes first, implements the paper.
    Implements,
}

/// Statements about the same triple count once, with the surest of them.
type Triple = (NamedNode, NamedNode, NamedNode);

/// The doubts of the whole graph, those first whose doubt (what is missing to certainty) times their consequence is largest.
///
/// The consequence is the number of entries and links that hang on the doubt: those of the thing, or of both sides of a link.
/// On a relation of two topics nothing hangs but itself.
///
/// # Errors
///
/// If the store cannot be read.
pub fn doubts(graph: &Graph, limit: usize) -> Result<Vec<Doubt>, StoreError> {
    let mut surest: BTreeMap<Triple, (u64, NamedNode)> = BTreeMap::new();
    for predicate in [vocab::OWL_SAME_AS, vocab::CLOSE_MATCH, vocab::TYPE, vocab::IMPLEMENTS] {
        for quad in graph.matching(None, Some(vocab::RDF_PREDICATE), Some(predicate.into())) {
            let NamedOrBlankNode::NamedNode(statement) = quad?.subject else { continue };
            let Some(triple) = triple(graph, &statement, predicate)? else { continue };
            let certainty = certainty(graph, &statement)?;
            let best = surest.entry(triple).or_insert_with(|| (certainty, statement.clone()));
            if (certainty, &statement) > (best.0, &best.1) {
                *best = (certainty, statement);
            }
        }
    }
    let mut weights: HashMap<NamedNode, usize> = HashMap::new();
    let mut ranked: Vec<(u64, Triple, NamedNode, usize)> = Vec::new();
    for (triple, (certainty, statement)) in surest.into_iter().filter(|(_, (certainty, _))| *certainty < 100) {
        let (subject, predicate, object) = &triple;
        let consequence = if *predicate == vocab::IMPLEMENTS {
            weight(graph, subject, &mut weights)? + weight(graph, object, &mut weights)?
        } else if *predicate == vocab::CLOSE_MATCH {
            // Topics are related, not merged: the relation is all that hangs on it.
            1
        } else {
            weight(graph, subject, &mut weights)?
        };
        ranked.push(((100 - certainty) * consequence as u64, triple, statement, consequence));
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(limit);
    ranked
        .into_iter()
        .map(|(_, triple, statement, consequence)| doubt(graph, triple, &statement, consequence))
        .collect()
}

fn triple(graph: &Graph, statement: &NamedNode, predicate: NamedNodeRef<'_>) -> Result<Option<Triple>, StoreError> {
    let subject = one(graph, statement.as_ref(), vocab::RDF_SUBJECT)?;
    let object = one(graph, statement.as_ref(), vocab::RDF_OBJECT)?;
    Ok(match (subject, object) {
        (Some(Term::NamedNode(subject)), Some(Term::NamedNode(object))) => {
            Some((subject, predicate.into_owned(), object))
        }
        _ => None,
    })
}

/// In hundredths. What a person decided or read, or a registry states, is not in doubt.
fn certainty(graph: &Graph, statement: &NamedNode) -> Result<u64, StoreError> {
    let evidence = text(graph, statement.as_ref(), vocab::EVIDENCE)?.unwrap_or_default();
    if matches!(evidence.as_str(), "decision" | "curated" | "registry") {
        return Ok(100);
    }
    let confidence = text(graph, statement.as_ref(), vocab::CONFIDENCE)?.unwrap_or_default();
    let (whole, part) = confidence.split_once('.').unwrap_or((&confidence, ""));
    let hundredths = format!("{part:0<2}").get(..2).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    Ok((whole.parse::<u64>().unwrap_or(0) * 100 + hundredths).min(100))
}

/// How many entries and links a thing, a person or a topic has.
fn weight(graph: &Graph, thing: &NamedNode, known: &mut HashMap<NamedNode, usize>) -> Result<usize, StoreError> {
    if let Some(weight) = known.get(thing) {
        return Ok(*weight);
    }
    let mut weight = 0;
    for predicate in [vocab::WAS_DERIVED_FROM, vocab::IMPLEMENTS, vocab::PREPRINT_OF, vocab::CITES, vocab::USES_TOOL] {
        weight += count(graph.matching(Some(thing.as_ref()), Some(predicate), None))?;
    }
    for predicate in
        [vocab::IMPLEMENTS, vocab::PREPRINT_OF, vocab::CITES, vocab::USES_TOOL, vocab::AUTHOR, vocab::SUBJECT]
    {
        weight += count(graph.matching(None, Some(predicate), Some(thing.as_ref().into())))?;
    }
    known.insert(thing.clone(), weight);
    Ok(weight)
}

fn count<T>(mut found: impl Iterator<Item = Result<T, StoreError>>) -> Result<usize, StoreError> {
    found.try_fold(0, |count, quad| quad.map(|_| count + 1))
}

fn doubt(
    graph: &Graph,
    (subject, predicate, object): Triple,
    statement: &NamedNode,
    consequence: usize,
) -> Result<Doubt, StoreError> {
    let question = if predicate == vocab::IMPLEMENTS {
        DoubtKind::Implements
    } else if predicate == vocab::TYPE {
        let kind = vocab::KINDS.iter().find(|(class, _)| *class == object.as_ref());
        DoubtKind::Kind(kind.map_or("article", |(_, word)| word))
    } else {
        DoubtKind::Same
    };
    let mut iris = vec![subject.as_str().to_owned()];
    let mut names = vec![display(graph, &subject.into())?];
    if !matches!(question, DoubtKind::Kind(_)) {
        iris.push(object.as_str().to_owned());
        names.push(display(graph, &object.into())?);
    }
    Ok(Doubt {
        question,
        names,
        iris,
        evidence: text(graph, statement.as_ref(), vocab::EVIDENCE)?.unwrap_or_default(),
        confidence: text(graph, statement.as_ref(), vocab::CONFIDENCE)?.unwrap_or_default(),
        consequence,
        grounds: origins(graph, statement.as_ref())?,
    })
}
