//! What a thing is tied to.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{Atlas, Because, Member, Relation};
use crate::{
    map::vocab,
    network::{self, Relation as Tie},
    store::StoreError,
};

/// How many members of a relation a page shows at a time.
pub(super) const PER_SECTION: usize = 12;
/// A list of authors that leads back to itself would have no end.
const MOST_AUTHORS: usize = 5_000;

/// What of the sections is shown.
pub(super) struct Shown<'s> {
    /// A section, and the place from which it is shown: the others from their beginning.
    pub(super) from: Option<(&'s str, usize)>,
    /// How many members each has at most.
    pub(super) most: usize,
}

/// A tie as the page of one of its ends shows it.
struct Section {
    key: &'static str,
    tie: Tie,
    /// Whether the page is that of the end that the tie leads to.
    is_inverse: bool,
}

const fn section(key: &'static str, tie: Tie, is_inverse: bool) -> Section {
    Section { key, tie, is_inverse }
}

/// All ties, in the order in which to show them.
const SECTIONS: [Section; 22] = [
    section("implemented-by", Tie::Implements, true),
    section("implements", Tie::Implements, false),
    section("preprint-of", Tie::PreprintOf, false),
    section("has-preprint", Tie::PreprintOf, true),
    section("venue", Tie::Venue, false),
    section("broader", Tie::Broader, false),
    section("subtopics", Tie::Broader, true),
    section("wrote", Tie::Author, true),
    section("topics", Tie::Topic, false),
    section("holds", Tie::Topic, true),
    section("holds-works", Tie::Venue, true),
    section("uses", Tie::Uses, false),
    section("used-by", Tie::Uses, true),
    section("cites", Tie::Cites, false),
    section("cited-by", Tie::Cites, true),
    section("refers-to", Tie::Refers, false),
    section("referred-by", Tie::Refers, true),
    section("close-match", Tie::CloseMatch, false),
    section("close-match-of", Tie::CloseMatch, true),
    section("entries", Tie::Listed, true),
    section("co-authors", Tie::Author, false),
    section("authors", Tie::Author, false),
];

impl Atlas {
    /// What a thing is tied to.
    pub(super) fn relations(&self, node: u32, shown: &Shown<'_>) -> Result<Vec<Relation>, StoreError> {
        let range = |key: &str| {
            let offset = shown.from.filter(|(section, _)| *section == key).map_or(0, |(_, offset)| offset);
            offset..offset.saturating_add(shown.most)
        };
        let mut relations = Vec::new();
        for section in &SECTIONS {
            let range = range(section.key);
            relations.extend(match section.key {
                "authors" => None,
                "co-authors" => self.co_authors(node, &range),
                _ => self.section(node, section, &range)?,
            });
        }
        let authors = self.authors(node, &range("authors"))?;
        let place = relations.iter().position(|relation| relation.key == "venue").unwrap_or(relations.len().min(2));
        relations.splice(place..place, authors);
        if self.node(node).kind == "list" {
            relations.extend(self.topics_of_list(node, &range("list-topics"))?);
            relations.extend(self.lists_in_common(node, &range("lists-in-common")));
        }
        relations.extend(self.successors_of(node, &range("successors")));
        relations.extend(self.computed(node, "similar", vocab::SIMILAR_TO, &range("similar"))?);
        Ok(relations)
    }

    fn section(&self, node: u32, section: &Section, range: &Range<usize>) -> Result<Option<Relation>, StoreError> {
        let mut ends = match section.is_inverse {
            true => self.sources(node, section.tie),
            false => self.targets(node, section.tie),
        };
        if ends.is_empty() {
            return Ok(None);
        }
        let is_reasoned =
            matches!(section.tie, Tie::Implements | Tie::PreprintOf | Tie::Uses | Tie::Refers | Tie::CloseMatch);
        self.sort(node, section, &mut ends);
        let total = ends.len();
        let mut members = Vec::new();
        for end in ends.into_iter().skip(range.start).take(range.len()) {
            let count = match section.key {
                "subtopics" | "close-match" | "close-match-of" => Some(self.n_below(end)),
                _ => None,
            };
            let (from, to) = if section.is_inverse { (end, node) } else { (node, end) };
            let (because, grade) = if is_reasoned { self.reasons(from, section.tie, to)? } else { (Vec::new(), None) };
            members.push(Member { item: self.item(end), grade, count, because });
        }
        Ok(Some(Relation { key: section.key, members, total, offset: range.start }))
    }

    fn reasons(&self, from: u32, tie: Tie, to: u32) -> Result<(Vec<Because>, Option<String>), StoreError> {
        let iri = |at| NamedNodeRef::new_unchecked(&self.node(at).iri);
        self.because(iri(from), tie.predicate(), iri(to))
    }

    /// The surest ties first; topics by number, works from the latest on, the rest by name.
    fn sort(&self, node: u32, section: &Section, ends: &mut [u32]) {
        if section.tie == Tie::Implements {
            let sureness: BTreeMap<u32, u8> = match section.is_inverse {
                true => self
                    .to(node)
                    .filter(|edge| edge.relation == section.tie)
                    .map(|edge| (edge.from, self.percent(edge)))
                    .collect(),
                false => self
                    .from(node)
                    .iter()
                    .filter(|edge| edge.relation == section.tie)
                    .map(|edge| (edge.to, self.percent(edge)))
                    .collect(),
            };
            ends.sort_by_cached_key(|end| (std::cmp::Reverse(sureness.get(end).copied()), self.order(*end)));
        } else {
            ends.sort_by_cached_key(|end| self.order(*end));
        }
    }

    fn percent(&self, edge: &network::Edge) -> u8 {
        self.network().why(edge).percent
    }

    fn order(&self, at: u32) -> (std::cmp::Reverse<i32>, Option<u32>, String) {
        let node = self.node(at);
        let line = node.get(network::Column::Line).and_then(|line| line.parse().ok());
        (std::cmp::Reverse(node.year().unwrap_or(0)), line, node.caption().to_lowercase())
    }

    /// How many things stand under a topic or its subtopics.
    pub(super) fn n_below(&self, topic: u32) -> usize {
        self.below(topic).len()
    }

    /// The things that stand under a topic or its subtopics.
    pub(super) fn below(&self, topic: u32) -> BTreeSet<u32> {
        let mut seen = BTreeSet::from([topic]);
        let mut open = vec![topic];
        let mut things = BTreeSet::new();
        while let Some(topic) = open.pop() {
            things.extend(self.sources(topic, Tie::Topic));
            open.extend(self.sources(topic, Tie::Broader).into_iter().filter(|narrower| seen.insert(*narrower)));
        }
        things
    }

    /// The authors in the order of the longest list that a source gives, or in that of their names.
    fn authors(&self, node: u32, range: &Range<usize>) -> Result<Option<Relation>, StoreError> {
        let mut ordered = self.author_list(node)?;
        let known = self.targets(node, Tie::Author);
        let listed: BTreeSet<u32> = ordered.iter().copied().collect();
        ordered.extend(known.into_iter().filter(|author| !listed.contains(author)));
        if ordered.is_empty() {
            return Ok(None);
        }
        let total = ordered.len();
        let shown = ordered.into_iter().skip(range.start).take(range.len() * 4);
        let members = shown.map(|at| Member { item: self.item(at), grade: None, count: None, because: Vec::new() });
        Ok(Some(Relation { key: "authors", members: members.collect(), total, offset: range.start }))
    }

    fn author_list(&self, node: u32) -> Result<Vec<u32>, StoreError> {
        let mut longest = Vec::new();
        let paper = NamedNodeRef::new_unchecked(&self.node(node).iri);
        for quad in self.graph().matching(Some(paper), Some(vocab::AUTHOR_LIST), None) {
            let mut authors = Vec::new();
            let mut at = match quad?.object {
                Term::NamedNode(node) => Some(node),
                _ => None,
            };
            while let Some(place) = at.filter(|place| place.as_ref() != vocab::NIL && authors.len() < MOST_AUTHORS) {
                let first = self.object(place.as_ref(), vocab::FIRST)?;
                authors.extend(first.and_then(|author| self.network().find(author.as_str())));
                at = self.object(place.as_ref(), vocab::REST)?;
            }
            if authors.len() > longest.len() {
                longest = authors;
            }
        }
        Ok(longest)
    }

    /// Who wrote with a person, and how much: those with whom most was written first.
    fn co_authors(&self, person: u32, range: &Range<usize>) -> Option<Relation> {
        if !matches!(self.node(person).kind, "person" | "organization") {
            return None;
        }
        let mut counts: HashMap<u32, usize> = HashMap::new();
        for work in self.sources(person, Tie::Author) {
            for author in self.targets(work, Tie::Author).into_iter().filter(|author| *author != person) {
                *counts.entry(author).or_default() += 1;
            }
        }
        let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
        counts.sort_by_cached_key(|(at, count)| (std::cmp::Reverse(*count), self.node(*at).label.clone()));
        self.counted("co-authors", counts, range)
    }

    /// The topics of a list that stand below no other.
    fn topics_of_list(&self, list: u32, range: &Range<usize>) -> Result<Option<Relation>, StoreError> {
        let Some(key) = self.node(list).iri.strip_prefix(&format!("{}id/list/", self.base())) else { return Ok(None) };
        let Ok(scheme) = NamedNode::new(format!("{}id/topic/{key}", self.base())) else { return Ok(None) };
        let mut topics = Vec::new();
        for quad in self.graph().matching(None, Some(vocab::TOP_CONCEPT_OF), Some(scheme.as_ref().into())) {
            if let NamedOrBlankNode::NamedNode(topic) = quad?.subject {
                topics.extend(self.network().find(topic.as_str()));
            }
        }
        topics.sort_by_cached_key(|topic| self.order(*topic));
        let counted = topics.into_iter().map(|topic| (topic, self.n_below(topic))).collect();
        Ok(self.counted("list-topics", counted, range))
    }

    /// Other lists with how many things both name, those with most first.
    fn lists_in_common(&self, list: u32, range: &Range<usize>) -> Option<Relation> {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for thing in self.sources(list, Tie::Listed) {
            for other in self.targets(thing, Tie::Listed).into_iter().filter(|other| *other != list) {
                *counts.entry(other).or_default() += 1;
            }
        }
        let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        self.counted("lists-in-common", counts, range)
    }

    /// A section of things with numbers.
    fn counted(&self, key: &'static str, counts: Vec<(u32, usize)>, range: &Range<usize>) -> Option<Relation> {
        let total = counts.len();
        let member = |(at, count)| Member { item: self.item(at), grade: None, count: Some(count), because: Vec::new() };
        let members = counts.into_iter().skip(range.start).take(range.len()).map(member).collect();
        (total > 0).then_some(Relation { key, members, total, offset: range.start })
    }

    /// What may take the place of a tool, the surest first.
    fn successors_of(&self, tool: u32, range: &Range<usize>) -> Option<Relation> {
        let found = self.successors(tool);
        let reason = |words: &str| Because { evidence: words.to_owned(), confidence: None, origins: Vec::new() };
        let members = found.iter().skip(range.start).take(range.len()).map(|(at, words)| Member {
            item: self.item(*at),
            grade: None,
            count: None,
            because: vec![reason(words)],
        });
        let (members, total) = (members.collect(), found.len());
        (total > 0).then_some(Relation { key: "successors", members, total, offset: range.start })
    }

    /// Ties that an analysis wrote into the graph.
    fn computed(
        &self,
        node: u32,
        key: &'static str,
        property: NamedNodeRef<'static>,
        range: &Range<usize>,
    ) -> Result<Option<Relation>, StoreError> {
        let thing = NamedNodeRef::new_unchecked(&self.node(node).iri);
        let mut members = Vec::new();
        for quad in self.graph().matching(Some(thing), Some(property), None) {
            let Term::NamedNode(other) = quad?.object else { continue };
            let (because, grade) = self.because(thing, property, other.as_ref())?;
            members.push(Member { item: self.item_of(other.as_str()), grade, count: None, because });
        }
        members.sort_by(|a, b| (&a.item.name, &a.item.iri).cmp(&(&b.item.name, &b.item.iri)));
        let total = members.len();
        let members: Vec<Member> = members.into_iter().skip(range.start).take(range.len()).collect();
        Ok((total > 0).then_some(Relation { key, members, total, offset: range.start }))
    }
}
