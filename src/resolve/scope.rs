//! What of a source is taken in that only adds to what others say.
//!
//! A service is asked about the things of the graph, and what it says stays in its source when a thing is gone from all lists.
//! So its entries count only while their thing is known: named by a source that speaks for itself, or by another answer about
//! such a thing, as the article is that a preprint became. A registry that was read to enrich a list is taken in the same
//! way, one step far: its tools that the lists name, and those whose paper the lists name, unless it has many for that paper.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::nodes::Site;
use crate::model::{Details, Entry, Extraction, Kind, LinkRole, Mention, Scope, SourceKind, WorkRef, normalise};

/// A paper that more tools of a registry name than this is no sign that one of them belongs to a list.
const MOST_TOOLS_OF_A_PAPER: usize = 3;

/// Leaves out what is not about known things.
pub(super) fn retain_known(extractions: &mut [Extraction]) {
    if extractions.iter().all(|extraction| extraction.source.scope == Scope::All) {
        return;
    }
    let mut known: HashSet<String> = HashSet::new();
    for extraction in extractions.iter().filter(|extraction| extraction.source.scope == Scope::All) {
        extraction.entries.iter().flat_map(|entry| &entry.mentions).for_each(|mention| known.extend(keys(mention)));
        for claim in &extraction.claims {
            known.extend([&claim.subject, &claim.object].map(key_of_ref));
        }
    }
    for extraction in extractions.iter_mut().filter(|extraction| is_of_known(extraction, SourceKind::Registry)) {
        retain_tools(extraction, &known);
    }
    retain_answers(extractions, known);
}

fn is_of_known(extraction: &Extraction, kind: SourceKind) -> bool {
    extraction.source.scope == Scope::Known
        && (extraction.source.kind == SourceKind::Service) == (kind == SourceKind::Service)
}

/// The entries of a registry or a bibliography that are about known things.
fn retain_tools(extraction: &mut Extraction, known: &HashSet<String>) {
    let mut n_tools: HashMap<String, usize> = HashMap::new();
    let papers = |entry: &Entry| {
        let others = entry.mentions.iter().skip(1).filter(|mention| mention.kind.kind == Kind::Paper);
        others.flat_map(|mention| WorkRef::of_identifiers(&mention.ids)).map(|id| id.to_string()).collect::<Vec<_>>()
    };
    for id in extraction.entries.iter().flat_map(&papers) {
        *n_tools.entry(id).or_default() += 1;
    }
    let is_known = |entry: &Entry| {
        let is_main = entry.mentions.first().is_some_and(|main| keys(main).iter().any(|key| known.contains(key)));
        is_main || papers(entry).iter().any(|id| known.contains(id) && n_tools[id] <= MOST_TOOLS_OF_A_PAPER)
    };
    extraction.entries.retain(is_known);
}

/// The answers of services about known things, and about those that such answers name.
fn retain_answers(extractions: &mut [Extraction], mut known: HashSet<String>) {
    let services: Vec<usize> =
        (0..extractions.len()).filter(|at| is_of_known(&extractions[*at], SourceKind::Service)).collect();
    for extraction in extractions.iter().filter(|extraction| is_of_known(extraction, SourceKind::Registry)) {
        extraction.entries.iter().flat_map(|entry| &entry.mentions).for_each(|mention| known.extend(keys(mention)));
    }
    let mut is_kept: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
    for &at in &services {
        is_kept.insert(at, vec![false; extractions[at].entries.len()]);
    }
    loop {
        let mut has_grown = false;
        for (&source, is_kept) in &mut is_kept {
            for (entry, is_kept) in extractions[source].entries.iter().zip(is_kept) {
                if !*is_kept && is_about_known(entry, &known) {
                    (*is_kept, has_grown) = (true, true);
                    entry.mentions.iter().for_each(|mention| known.extend(keys(mention)));
                }
            }
        }
        if !has_grown {
            break;
        }
    }
    let neighbors = neighbors(extractions, &is_kept);
    for (source, mut is_kept) in is_kept {
        let entries = &mut extractions[source].entries;
        for (entry, is_kept) in entries.iter().zip(&mut is_kept) {
            *is_kept |= is_neighbor(entry, &neighbors, &known);
        }
        let mut is_kept = is_kept.into_iter();
        entries.retain(|_| is_kept.next().unwrap_or(false));
    }
}

fn is_about_known(entry: &Entry, known: &HashSet<String>) -> bool {
    let Some(main) = entry.mentions.first() else { return false };
    let is_stub = main.details.as_ref().is_some_and(|details| details.is_stub);
    let about = main.details.as_ref().and_then(|details| details.about.as_ref()).map(|about| key_of_ref(&about.what));
    !is_stub && about.into_iter().chain(keys(main)).any(|key| known.contains(&key))
}

/// The works that kept answers say cite, or are cited by, their things.
fn neighbors(extractions: &[Extraction], is_kept: &BTreeMap<usize, Vec<bool>>) -> HashSet<String> {
    let kept = is_kept.iter().flat_map(|(source, is_kept)| {
        extractions[*source].entries.iter().zip(is_kept).filter(|(_, is_kept)| **is_kept).map(|(entry, _)| entry)
    });
    let details = kept.flat_map(|entry| &entry.mentions).filter_map(|mention| mention.details.as_ref());
    details.flat_map(|details| details.cites.iter().chain(&details.cited_by)).map(key_of_ref).collect()
}

/// Whether it is a work from outside that cites or is cited by a known one.
fn is_neighbor(entry: &Entry, neighbors: &HashSet<String>, known: &HashSet<String>) -> bool {
    let Some(main) = entry.mentions.first() else { return false };
    let Some(details) = main.details.as_ref().filter(|details| details.is_stub) else { return false };
    let Details { cites, cited_by, .. } = &**details;
    keys(main).iter().any(|key| neighbors.contains(key))
        || cites.iter().chain(cited_by).any(|work| known.contains(&key_of_ref(work)))
}

/// All that a mention can be known by.
fn keys(mention: &Mention) -> Vec<String> {
    let mut keys: Vec<String> = WorkRef::of_identifiers(&mention.ids).map(|id| id.to_string()).collect();
    keys.extend(mention.details.as_ref().and_then(|details| details.own.as_ref()).map(ToString::to_string));
    if mention.kind.kind != Kind::Paper {
        let means_it = |role| matches!(role, LinkRole::Main | LinkRole::Code | LinkRole::Package | LinkRole::Project);
        let links =
            mention.links.iter().filter(|link| means_it(link.role)).map(|link| (link.role, Site::of(&link.url)));
        let own = links.filter(|(role, site)| *role == LinkRole::Main || !matches!(site, Site::Page(_)));
        keys.extend(own.map(|(_, site)| format!("site:{}", site.text())));
    } else if keys.is_empty() {
        keys.push(key_of_ref(&WorkRef::Title(normalise(&mention.title.text))));
    }
    keys
}

fn key_of_ref(work: &WorkRef) -> String {
    match work {
        WorkRef::Url(url) => format!("site:{}", Site::of(url).text()),
        other => other.to_string(),
    }
}
