//! Who cites whom, as structured sources say: among the things of the catalog, whatever identifier they are cited by.

use std::collections::HashMap;

use super::things::{Grouping, MentionId};
use crate::model::{Confidence, Details, Evidence, Extraction, Link, Relation, ThingIndex, WorkRef};

/// The works that can be cited, by all that they are known by.
pub(super) struct Works {
    things: HashMap<WorkRef, ThingIndex>,
}

impl Works {
    pub(super) fn of(extractions: &[Extraction], grouping: &Grouping) -> Self {
        let mut things = HashMap::new();
        let has_citations = |details: &Details| !details.cites.is_empty() || !details.cited_by.is_empty();
        if !all_details(extractions).any(|(_, details)| has_citations(details)) {
            return Self { things };
        }
        for (source, extraction) in extractions.iter().enumerate() {
            for (entry, said) in extraction.entries.iter().enumerate() {
                for (mention, said) in said.mentions.iter().enumerate() {
                    let thing = grouping.thing_of(MentionId { source, entry, mention });
                    let own = said.details.as_ref().and_then(|details| details.own.clone());
                    things.extend(WorkRef::of_identifiers(&said.ids).chain(own).map(|work| (work, thing)));
                }
            }
        }
        Self { things }
    }

    /// The citations that a source states among things of the catalog.
    pub(super) fn links(&self, source: usize, extraction: &Extraction, grouping: &Grouping) -> Vec<Link> {
        let mut links = Vec::new();
        for (entry, said) in extraction.entries.iter().enumerate() {
            for (mention, said) in said.mentions.iter().enumerate() {
                let Some(details) = &said.details else { continue };
                let thing = grouping.thing_of(MentionId { source, entry, mention });
                let cited = self.all(&details.cites).map(|object| link(thing, object, entry));
                let citing = self.all(&details.cited_by).map(|subject| link(subject, thing, entry));
                links.extend(cited.chain(citing).filter(|link| link.subject != link.object));
            }
        }
        links
    }

    fn all<'w>(&'w self, works: &'w std::collections::BTreeSet<WorkRef>) -> impl Iterator<Item = ThingIndex> + 'w {
        works.iter().filter_map(|work| self.things.get(work).copied())
    }
}

fn all_details(extractions: &[Extraction]) -> impl Iterator<Item = (usize, &Details)> {
    let mentions = extractions.iter().enumerate().flat_map(|(source, extraction)| {
        extraction.entries.iter().flat_map(|entry| &entry.mentions).map(move |said| (source, said))
    });
    mentions.filter_map(|(source, said)| Some((source, said.details.as_deref()?)))
}

fn link(subject: ThingIndex, object: ThingIndex, entry: usize) -> Link {
    let (evidence, confidence) = (Evidence::Service, Confidence::percent(99));
    Link { subject, relation: Relation::Cites, object, evidence, confidence, grade: None, entries: vec![entry] }
}
