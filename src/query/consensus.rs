use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::card::{display, has_type, one, text};
use crate::{
    map::vocab,
    store::{Graph, StoreError},
};

/// Which lists name a thing, and how many of them speak for themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consensus {
    /// The lists, by their keys.
    pub lists: Vec<Naming>,
    /// How many there are when translations, forks and files of one repository count once.
    pub n_independent: usize,
}

/// One list that names a thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// The key of the list.
    pub list: String,
    /// The topics under which the thing stands there.
    pub topics: BTreeSet<String>,
    /// The key of the list that it counts with, if it does not speak for itself.
    pub counts_with: Option<String>,
}

impl Consensus {
    /// Reads which lists name a thing.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn of(graph: &Graph, thing: NamedNodeRef<'_>) -> Result<Self, StoreError> {
        let mut lists: BTreeMap<NamedNode, Naming> = BTreeMap::new();
        for quad in graph.matching(Some(thing), Some(vocab::WAS_DERIVED_FROM), None) {
            let Term::NamedNode(entry) = quad?.object else { continue };
            if !has_type(graph, entry.as_ref(), vocab::LIST_ITEM)? {
                continue;
            }
            let Some(Term::NamedNode(list)) = one(graph, entry.as_ref(), vocab::DCTERMS_IS_PART_OF)? else { continue };
            let naming = lists.entry(list).or_default();
            if let Some(topic) = one(graph, entry.as_ref(), vocab::SUBJECT)? {
                naming.topics.insert(display(graph, &topic)?);
            }
        }
        let mut kin: BTreeSet<NamedNode> = BTreeSet::new();
        for (list, naming) in &mut lists {
            let key = |list: NamedNodeRef<'_>| Ok(text(graph, list, vocab::IDENTIFIER)?.unwrap_or_default());
            naming.list = key(list.as_ref())?;
            let with = match one(graph, list.as_ref(), vocab::COUNTS_WITH)? {
                Some(Term::NamedNode(with)) => with,
                _ => list.clone(),
            };
            naming.counts_with = if with == *list { None } else { Some(key(with.as_ref())?) };
            kin.insert(with);
        }
        let mut lists: Vec<Naming> = lists.into_values().collect();
        lists.sort_by(|a, b| a.list.cmp(&b.list));
        Ok(Self { lists, n_independent: kin.len() })
    }
}
