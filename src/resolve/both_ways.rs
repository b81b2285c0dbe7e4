//! A repository that names a paper, whose record names the repository: the strongest evidence that there is.

use std::collections::BTreeMap;

use crate::model::{Catalog, Confidence, Evidence, Grade, Link, Relation, ThingIndex};

/// The sides from which a link between a tool and a paper was seen.
#[derive(Debug, Default)]
struct Sides {
    repository: bool,
    paper: bool,
    is_community: bool,
}

/// Adds to the sources that saw one side of a link that was seen from both sides what follows.
pub(super) fn link(catalog: &mut Catalog, works: &[ThingIndex]) {
    let mut pairs: BTreeMap<(ThingIndex, ThingIndex), Sides> = BTreeMap::new();
    for link in catalog.sources.iter().flat_map(|source| &source.links).filter(|link| is_side(link)) {
        let sides = pairs.entry((link.subject, works[link.object])).or_default();
        sides.repository |= is_of_repository(link.evidence);
        sides.paper |= link.evidence == Evidence::PaperNamesRepository;
        sides.is_community |= link.grade == Some(Grade::Community);
    }
    pairs.retain(|_, sides| sides.repository && sides.paper);
    for source in &mut catalog.sources {
        let follows = |link: &Link| {
            let sides = pairs.get(&(link.subject, works[link.object])).filter(|_| is_side(link))?;
            let grade = if sides.is_community { Grade::Community } else { Grade::Official };
            let (evidence, confidence) = (Evidence::BothWays, Confidence::percent(99));
            Some(Link { evidence, confidence, grade: Some(grade), ..link.clone() })
        };
        let found: Vec<Link> = source.links.iter().filter_map(follows).collect();
        source.links.extend(found);
    }
}

fn is_side(link: &Link) -> bool {
    link.relation == Relation::Implements
        && (is_of_repository(link.evidence) || link.evidence == Evidence::PaperNamesRepository)
}

fn is_of_repository(evidence: Evidence) -> bool {
    matches!(evidence, Evidence::CitationFile | Evidence::ReadmeNamesPaper | Evidence::DescriptionNamesPaper)
}
