//! Parts: what identifiers hold together, and how parts become things for weaker reasons.
//!
//! Whatever is united here is kept as an [`Edge`], so that each merge can be explained and taken back.

use std::collections::{BTreeSet, HashMap};

use super::{groups::Groups, nodes::Node};
use crate::{
    id::{Doi, Identifiers},
    model::{Confidence, Evidence, Place, VenueKind, normalise},
};

/// Why two parts are one thing.
pub(super) struct Edge {
    /// A node of the one part.
    pub(super) a: usize,
    /// A node of the other.
    pub(super) b: usize,
    pub(super) evidence: Evidence,
    pub(super) confidence: Confidence,
    /// The decision that says so, if one does.
    pub(super) decision: Option<Place>,
}

/// All parts, and which of them are one thing.
pub(super) struct Parts<'n, 'e> {
    pub(super) nodes: &'n [Node<'e>],
    /// For each node its part.
    part_of: Vec<usize>,
    /// The nodes, those of one part beside one another, and where each part begins.
    members: Vec<usize>,
    starts: Vec<usize>,
    groups: Groups,
    /// For the head of a thing of several parts all of them.
    joined: HashMap<usize, Vec<usize>>,
    pub(super) edges: Vec<Edge>,
}

impl<'n, 'e> Parts<'n, 'e> {
    /// The parts as the identifiers make them.
    pub(super) fn of(nodes: &'n [Node<'e>], groups: Groups) -> Self {
        let (heads, sides) = groups.into_heads();
        let mut part_of_head = vec![usize::MAX; nodes.len()];
        let mut n_parts = 0;
        let mut part_of = Vec::with_capacity(nodes.len());
        let mut starts = vec![0];
        for &head in &heads {
            if part_of_head[head] == usize::MAX {
                part_of_head[head] = n_parts;
                n_parts += 1;
                starts.push(0);
            }
            part_of.push(part_of_head[head]);
            starts[part_of_head[head] + 1] += 1;
        }
        for part in 0..n_parts {
            starts[part + 1] += starts[part];
        }
        let mut free = starts.clone();
        let mut members = vec![0; nodes.len()];
        for (node, &part) in part_of.iter().enumerate() {
            members[free[part]] = node;
            free[part] += 1;
        }
        let sides = sides.into_iter().flat_map(|(head, sides)| sides.into_iter().map(move |side| (head, side)));
        let groups = Groups::new(n_parts, sides.map(|(head, side)| (part_of_head[head], side)));
        Self { nodes, part_of, members, starts, groups, joined: HashMap::new(), edges: Vec::new() }
    }

    pub(super) fn part_of(&self, node: usize) -> usize {
        self.part_of[node]
    }

    /// The nodes of a part.
    pub(super) fn nodes_of(&self, part: usize) -> &[usize] {
        &self.members[self.starts[part]..self.starts[part + 1]]
    }

    /// The part that stands for the thing of a node.
    pub(super) fn head(&self, node: usize) -> usize {
        self.groups.head(self.part_of[node])
    }

    /// All nodes of the thing of a node.
    pub(super) fn thing_of(&self, node: usize) -> impl Iterator<Item = usize> {
        let head = self.head(node);
        let single = if self.joined.contains_key(&head) { None } else { Some(head) };
        let parts = self.joined.get(&head).into_iter().flatten().copied().chain(single);
        parts.flat_map(|part| self.nodes_of(part).iter().copied())
    }

    /// Whether no decision tells the things of two nodes apart.
    pub(super) fn may_unite(&self, a: usize, b: usize) -> bool {
        self.groups.may_unite(self.part_of[a], self.part_of[b])
    }

    /// Makes one thing of the things of two nodes. True if they are one now, whether or not they were before.
    ///
    /// An entry that speaks of two things means two: no rule makes one of them, only a decision does.
    pub(super) fn unite(&mut self, edge: Edge) -> bool {
        let (a, b) = (self.head(edge.a), self.head(edge.b));
        if a == b {
            return true;
        }
        let is_one_entry = self.nodes[edge.a].stands_in() == self.nodes[edge.b].stands_in();
        if is_one_entry && edge.decision.is_none() || !self.groups.unite(a, b) {
            return false;
        }
        let mut parts = self.joined.remove(&a).unwrap_or_else(|| vec![a]);
        let mut others = self.joined.remove(&b).unwrap_or_else(|| vec![b]);
        if parts.len() < others.len() {
            std::mem::swap(&mut parts, &mut others);
        }
        parts.append(&mut others);
        self.joined.insert(self.groups.head(a), parts);
        self.edges.push(edge);
        true
    }

    /// The parts of every thing of several parts.
    pub(super) fn of_several(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.joined.values()
    }

    /// What is known of the paper of a node that another paper can be compared with.
    pub(super) fn facts(&self, node: usize) -> Facts {
        let mut facts = Facts::default();
        for at in self.thing_of(node) {
            facts.add(&self.nodes[at]);
        }
        facts
    }
}

/// What can tell two papers of one title apart, or confirm that they are one.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) ids: Identifiers,
    /// The family names of the authors, comparable.
    families: BTreeSet<String>,
    /// Whether some source names all authors.
    names_all: bool,
    years: BTreeSet<u16>,
    /// Known by the DOI of a preprint server, or the preprint half of an entry.
    pub(super) is_preprint: bool,
    /// Known by another identifier than a preprint's, or cited in a journal.
    pub(super) is_published: bool,
}

/// What two papers of one title have to say of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    /// They cannot be one.
    Contradicted,
    /// Nothing is known.
    Silent,
    /// The same year, nothing else.
    SameYear,
    /// An author in common.
    SharedAuthor,
}

impl Facts {
    fn add(&mut self, node: &Node<'_>) {
        self.is_preprint |= node.is_half || node.ids.doi.as_ref().is_some_and(Doi::is_preprint);
        if !node.ids.is_empty() {
            self.ids.fill_from(node.ids.clone().into_owned());
            self.is_published |= node.ids.doi.is_some() || node.ids.pmcid.is_some() || node.ids.pmid.is_some();
        }
        let Some(mention) = node.mention() else { return };
        self.is_published |= mention.venue_kind.is_some_and(|kind| kind != VenueKind::PreprintServer);
        let citation = &mention.citation;
        self.years.extend(citation.year);
        self.names_all |= !citation.et_al && citation.authors.len() > 1;
        for author in &citation.authors {
            // Lists swap the names of one person; the longest word is the family name or tells as much.
            let words = [normalise(&author.family), normalise(&author.given)];
            let longest = words.iter().flat_map(|words| words.split(' ')).max_by_key(|word| (word.len(), *word));
            self.families.extend(longest.filter(|word| word.chars().count() > 1).map(str::to_owned));
            self.families.extend(words[0].rsplit(' ').next().filter(|word| !word.is_empty()).map(str::to_owned));
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.ids.fill_from(other.ids);
        self.families.extend(other.families);
        self.years.extend(other.years);
        self.names_all |= other.names_all;
        self.is_preprint |= other.is_preprint;
        self.is_published |= other.is_published;
    }

    pub(super) fn agreement(&self, other: &Self) -> Agreement {
        if self.ids.conflicts_with(&other.ids) { Agreement::Contradicted } else { self.agreement_of_versions(other) }
    }

    /// The same for a preprint and an article, whose identifiers differ.
    pub(super) fn agreement_of_versions(&self, other: &Self) -> Agreement {
        if !self.families.is_disjoint(&other.families) {
            return Agreement::SharedAuthor;
        }
        let has_authors = |facts: &Self| !facts.families.is_empty();
        // Where one names the first author and another the last, nothing is known.
        if has_authors(self) && has_authors(other) && (self.names_all || other.names_all) {
            return Agreement::Contradicted;
        }
        let distance = self.years.iter().flat_map(|a| other.years.iter().map(|b| a.abs_diff(*b))).min();
        match distance {
            None | Some(1..=3) => Agreement::Silent,
            Some(0) => Agreement::SameYear,
            Some(_) => Agreement::Contradicted,
        }
    }
}
