//! Where things stand: the headings of the lists, and what stands under each, in the order of the lists.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;
use oxrdf::NamedNodeRef;

use crate::{
    map::vocab,
    model::{SourceKind, trust},
    network::{Column, Network, Relation},
    query::graph_trust,
    store::Scan,
};

/// The topics of one list.
pub(super) struct Listed<'s> {
    /// What it calls itself.
    pub(super) title: &'s str,
    /// Its topics without one above them, in their order.
    pub(super) topics: Vec<u32>,
}

/// The places of things. All numbers are those of nodes.
pub(super) struct Places<'s> {
    pub(super) lists: Vec<Listed<'s>>,
    /// The topics below each topic, in their order.
    pub(super) below: BTreeMap<u32, Vec<u32>>,
    /// The things under each topic, in the order of their entries.
    pub(super) under: BTreeMap<u32, Vec<u32>>,
    /// The topics that each thing stands under.
    above: BTreeMap<u32, BTreeSet<u32>>,
    /// The things that stand under no topic.
    pub(super) loose: Vec<u32>,
    /// The main things of the entries that mention a thing.
    pub(super) hosts: BTreeMap<u32, BTreeSet<u32>>,
    /// The labels of each topic, in all their languages.
    pub(super) labels: BTreeMap<u32, Vec<&'s str>>,
}

/// The numbers of terms.
struct Terms<'s> {
    scan: &'s Scan,
    known: BTreeMap<&'static str, u32>,
}

impl<'s> Terms<'s> {
    fn new(scan: &'s Scan) -> Self {
        let terms = [
            vocab::TYPE,
            vocab::LIST_ITEM,
            vocab::ITEM,
            vocab::MENTIONS,
            vocab::POSITION,
            vocab::SUBJECT,
            vocab::IN_SCHEME,
            vocab::NAME,
            vocab::WAS_DERIVED_FROM,
            vocab::PREF_LABEL,
        ];
        Self { scan, known: terms.into_iter().filter_map(|term| Some((term.as_str(), scan.number(term)?))).collect() }
    }

    fn objects<'r>(&'r self, rows: &'r [[u32; 3]], term: NamedNodeRef<'static>) -> impl Iterator<Item = u32> + 'r {
        let wanted = self.known.get(term.as_str()).copied();
        rows.iter().filter(move |row| Some(row[1]) == wanted).map(|row| row[2])
    }

    fn is(&self, rows: &[[u32; 3]], class: NamedNodeRef<'static>) -> bool {
        self.known.get(class.as_str()).is_some_and(|class| self.objects(rows, vocab::TYPE).any(|found| found == *class))
    }
}

impl<'s> Places<'s> {
    pub(super) fn of(scan: &'s Scan, network: &Network) -> Self {
        let terms = Terms::new(scan);
        let numbers: Vec<Option<u32>> =
            network.nodes.iter().map(|node| scan.number(NamedNodeRef::new_unchecked(&node.iri))).collect();
        let mut node_of: HashMap<u32, u32, RandomState> = HashMap::default();
        node_of.extend((0..).zip(&numbers).filter_map(|(node, number)| Some(((*number)?, node))));
        let mut places = Self {
            lists: Vec::new(),
            below: BTreeMap::new(),
            under: BTreeMap::new(),
            above: BTreeMap::new(),
            loose: Vec::new(),
            hosts: BTreeMap::new(),
            labels: BTreeMap::new(),
        };
        let is_topic = places.topics(&terms, network, &numbers);
        let positions = places.entries(&terms, &node_of);
        let is_thing = |node: u32| {
            let kind = network.nodes[node as usize].kind;
            let rows = numbers[node as usize].map(|number| scan.about(number)).unwrap_or_default();
            kind != "topic" && terms.objects(rows, vocab::WAS_DERIVED_FROM).next().is_some()
        };
        let mut has_place = vec![false; network.nodes.len()];
        for (thing, topic) in network.pairs(Relation::Topic).filter(|(_, topic)| is_topic[*topic as usize]) {
            places.under.entry(topic).or_default().push(thing);
            places.above.entry(thing).or_default().insert(topic);
            has_place[thing as usize] = true;
        }
        for (topic, things) in &mut places.under {
            things.sort_by_key(|thing| (positions.get(&(*topic, *thing)).copied().unwrap_or((u64::MAX, 0)), *thing));
        }
        places.loose =
            (0..).zip(&has_place).filter(|(node, has)| !**has && is_thing(*node)).map(|(node, _)| node).collect();
        places
    }

    /// Whether two things stand under a topic together, or both under none.
    pub(super) fn share_a_heading(&self, a: u32, b: u32) -> bool {
        match (self.above.get(&a), self.above.get(&b)) {
            (Some(a), Some(b)) => !a.is_disjoint(b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    /// Reads the topics of lists; those of vocabularies are no headings. Gives which nodes they are.
    fn topics(&mut self, terms: &Terms<'s>, network: &Network, numbers: &[Option<u32>]) -> Vec<bool> {
        let of_list = trust(SourceKind::List, "");
        let in_scheme = terms.known.get(vocab::IN_SCHEME.as_str());
        let mut schemes: Vec<Option<u32>> = vec![None; network.nodes.len()];
        for (node, number) in numbers.iter().enumerate().filter(|(node, _)| network.nodes[*node].kind == "topic") {
            let quads = number.map(|number| terms.scan.said_of(number)).unwrap_or_default();
            let row =
                quads.iter().find(|row| Some(&row[1]) == in_scheme && graph_trust(terms.scan.text(row[3])) == of_list);
            schemes[node] = row.map(|row| row[2]);
            let about = number.map(|number| terms.scan.about(number)).unwrap_or_default();
            let mut labels: Vec<&str> =
                terms.objects(about, vocab::PREF_LABEL).map(|label| terms.scan.text(label)).collect();
            labels.sort_unstable();
            self.labels.insert(u32::try_from(node).unwrap_or(u32::MAX), labels);
        }
        let is_topic: Vec<bool> = schemes.iter().map(Option::is_some).collect();
        let line = |node: u32| {
            let line = network.nodes[node as usize].get(Column::Line).and_then(|line| line.parse::<u32>().ok());
            (line.unwrap_or(u32::MAX), node)
        };
        let mut has_parent = vec![false; network.nodes.len()];
        for (narrow, broad) in network.pairs(Relation::Broader) {
            if is_topic[narrow as usize] && is_topic[broad as usize] && !has_parent[narrow as usize] {
                has_parent[narrow as usize] = true;
                self.below.entry(broad).or_default().push(narrow);
            }
        }
        self.below.values_mut().for_each(|topics| topics.sort_by_key(|topic| line(*topic)));
        let mut by_scheme: BTreeMap<&str, (u32, Vec<u32>)> = BTreeMap::new();
        for (node, scheme) in (0..).zip(&schemes) {
            if let Some(scheme) = scheme.filter(|_| !has_parent[node as usize]) {
                by_scheme.entry(terms.scan.text(scheme)).or_insert((scheme, Vec::new())).1.push(node);
            }
        }
        for (_, (scheme, mut topics)) in by_scheme {
            topics.sort_by_key(|topic| line(*topic));
            let names = terms.objects(terms.scan.about(scheme), vocab::NAME).map(|name| terms.scan.text(name));
            self.lists.push(Listed { title: names.min().unwrap_or_default(), topics });
        }
        is_topic
    }

    /// Reads the entries: the place of each thing under each topic, and which things others mention.
    fn entries(
        &mut self,
        terms: &Terms<'s>,
        node_of: &HashMap<u32, u32, RandomState>,
    ) -> HashMap<(u32, u32), (u64, u32), RandomState> {
        let mut positions: HashMap<(u32, u32), (u64, u32), RandomState> = HashMap::default();
        for rows in terms.scan.triples().chunk_by(|a, b| a[0] == b[0]).filter(|rows| terms.is(rows, vocab::LIST_ITEM)) {
            let number =
                terms.objects(rows, vocab::POSITION).next().and_then(|number| terms.scan.text(number).parse().ok());
            let main: Vec<u32> =
                terms.objects(rows, vocab::ITEM).filter_map(|thing| node_of.get(&thing).copied()).collect();
            let others = terms.objects(rows, vocab::MENTIONS).filter_map(|thing| node_of.get(&thing).copied());
            let others: Vec<u32> = others.collect();
            for other in &others {
                self.hosts.entry(*other).or_default().extend(&main);
            }
            let things = main.iter().map(|thing| (thing, 0)).chain(others.iter().map(|thing| (thing, 1)));
            for (thing, place) in things {
                for topic in terms.objects(rows, vocab::SUBJECT).filter_map(|topic| node_of.get(&topic)) {
                    let here = (number.unwrap_or(u64::MAX), place);
                    let held = positions.entry((*topic, *thing)).or_insert(here);
                    *held = here.min(*held);
                }
            }
        }
        positions
    }
}
