//! Journals, conferences and preprint servers: one for each name, whatever its letter case.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Extraction, Venue, VenueIndex, VenueKind, slug};

#[derive(Debug, Default)]
pub(super) struct Venues {
    pub(super) venues: Vec<Venue>,
    by_slug: BTreeMap<String, VenueIndex>,
}

impl Venues {
    pub(super) fn find(&self, name: &str) -> Option<VenueIndex> {
        self.by_slug.get(&slug(name)).copied()
    }
}

pub(super) fn collect(extractions: &[Extraction]) -> Venues {
    let mut spellings: BTreeMap<String, (BTreeSet<String>, VenueKind)> = BTreeMap::new();
    let mentions = extractions.iter().flat_map(|extraction| &extraction.entries).flat_map(|entry| &entry.mentions);
    for mention in mentions {
        let (Some(name), Some(kind)) = (&mention.citation.venue, mention.venue_kind) else { continue };
        let slug = slug(name);
        if !slug.is_empty() {
            spellings.entry(slug).or_insert_with(|| (BTreeSet::new(), kind)).0.insert(name.clone());
        }
    }
    let mut found = Venues::default();
    for (slug, (mut spellings, kind)) in spellings {
        // Capitals sort before small letters, so the first spelling is the one with most of them.
        let name = spellings.pop_first().unwrap_or_default();
        found.by_slug.insert(slug.clone(), found.venues.len());
        found.venues.push(Venue { slug, name, spellings, kind });
    }
    found
}
