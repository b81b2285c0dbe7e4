use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{
    card::{CardOrigin, PROPERTIES, Reason, display, has_type, origin, reasons},
    find::Found,
};
use crate::{
    map::vocab,
    store::{Answer, Graph, StoreError},
};

/// A fact of a thing, with the lines that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The property, in words.
    pub label: String,
    /// Its value.
    pub value: String,
    /// The places that say so: source and lines.
    pub places: BTreeSet<String>,
}

/// The chain behind all that is said of a thing, or behind what ties two things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    /// What was read, with its places. Empty where two things are asked about.
    pub facts: Vec<Fact>,
    /// What was inferred or decided.
    pub reasons: Vec<Reason>,
    /// Decisions that name the thing, or both things.
    pub decisions: Vec<CardOrigin>,
    /// The texts of all places, each once.
    pub texts: BTreeMap<String, CardOrigin>,
}

impl Chain {
    /// Follows all that is said of a thing to the lines of the sources.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn of(graph: &Graph, thing: &Found) -> Result<Self, StoreError> {
        let iri = thing.iri.as_ref();
        let mut chain = Self { decisions: decisions(graph, iri)?, ..Self::default() };
        chain.reasons = reasons(graph, iri, true)?;
        chain.reasons.extend(reasons(graph, iri, false)?);
        chain.facts = facts(graph, iri, &mut chain.texts)?;
        chain.collect_texts();
        Ok(chain)
    }

    /// Follows what ties two things; if both names mean one thing, why it is one.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn between(graph: &Graph, one: &Found, other: &Found) -> Result<Self, StoreError> {
        let is_pair = |reason: &Reason| {
            if one.iri == other.iri {
                return reason.predicate == vocab::OWL_SAME_AS.as_str();
            }
            let ends = [reason.subject.as_str(), reason.object.as_str()];
            ends.contains(&one.iri.as_str()) && ends.contains(&other.iri.as_str())
        };
        let mut found = reasons(graph, one.iri.as_ref(), true)?;
        found.extend(reasons(graph, one.iri.as_ref(), false)?);
        found.retain(is_pair);
        let of_other = decisions(graph, other.iri.as_ref())?;
        let mut both = decisions(graph, one.iri.as_ref())?;
        both.retain(|decision| of_other.contains(decision));
        let mut chain = Self { reasons: found, decisions: both, ..Self::default() };
        chain.collect_texts();
        Ok(chain)
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.reasons.is_empty() && self.decisions.is_empty()
    }

    fn collect_texts(&mut self) {
        for ground in self.reasons.iter().flat_map(|reason| &reason.grounds).chain(&self.decisions) {
            self.texts.insert(ground.place.clone(), ground.clone());
        }
    }
}

/// What each source says of a thing, with the entries that it says it in.
fn facts(
    graph: &Graph,
    thing: NamedNodeRef<'_>,
    texts: &mut BTreeMap<String, CardOrigin>,
) -> Result<Vec<Fact>, StoreError> {
    let said = "SELECT ?graph ?property ?value WHERE { GRAPH ?graph { ?thing ?property ?value } }";
    let Answer::Rows { rows, .. } = graph.query(said, &[("thing".to_owned(), thing.into_owned().into())])? else {
        return Ok(Vec::new());
    };
    let mut values: Vec<(NamedNode, NamedNode, Term)> = Vec::new();
    let mut places: BTreeMap<NamedNode, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let mut row = row?.into_iter().flatten();
        let (Some(Term::NamedNode(source)), Some(Term::NamedNode(property)), Some(value)) =
            (row.next(), row.next(), row.next())
        else {
            continue;
        };
        match &value {
            Term::NamedNode(entry) if property == vocab::WAS_DERIVED_FROM => {
                let origin = origin(graph, entry.as_ref())?;
                places.entry(source).or_default().insert(origin.place.clone());
                texts.insert(origin.place.clone(), origin);
            }
            _ => values.push((source, property, value)),
        }
    }
    let mut found: BTreeMap<(usize, String), BTreeSet<String>> = BTreeMap::new();
    for (source, property, value) in values {
        let shown = std::iter::once((vocab::NAME, "name")).chain(PROPERTIES);
        let Some(rank) = shown.map(|(shown, _)| shown).position(|shown| shown == property.as_ref()) else { continue };
        let value = display(graph, &value)?;
        found.entry((rank, value)).or_default().extend(places.get(&source).into_iter().flatten().cloned());
    }
    let label = |rank: usize| if rank == 0 { "name" } else { PROPERTIES[rank - 1].1 };
    let fact = |((rank, value), places): ((usize, String), BTreeSet<String>)| Fact {
        label: label(rank).to_owned(),
        value,
        places,
    };
    Ok(found.into_iter().map(fact).collect())
}

/// The decisions that name a thing.
fn decisions(graph: &Graph, thing: NamedNodeRef<'_>) -> Result<Vec<CardOrigin>, StoreError> {
    let mut found = Vec::new();
    for quad in graph.matching(None, Some(vocab::MENTIONS), Some(thing.into())) {
        let NamedOrBlankNode::NamedNode(decision) = quad?.subject else { continue };
        if has_type(graph, decision.as_ref(), vocab::DECISION)? {
            found.push(origin(graph, decision.as_ref())?);
        }
    }
    found.sort();
    Ok(found)
}
