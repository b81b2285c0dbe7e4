//! From a network to a view: what of it is drawn, in which boxes, in which colors and sizes, and what is said above it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Arrangement, Coloring, Group, Meaning, Shown, Tie, View, ViewKind, ViewOptions,
    backbone::backbone,
    budget,
    choose::Candidates,
    color,
    communities::communities,
    label,
    topics::{self, Topics},
};
use crate::network::{Column, Edge, Network, Node, Relation, Why};

impl View {
    /// Chooses what to draw of a network.
    #[must_use]
    pub fn of(network: &Network, options: &ViewOptions) -> Self {
        let topics = Topics::of(network);
        let has_topic: Vec<bool> = topics.of.iter().map(Option::is_some).collect();
        let mut candidates = Candidates::of(network, options.kind, &has_topic);
        let most = options.max_nodes.unwrap_or(options.kind.readable());
        let n_relations = candidates.edges.len();
        if options.kind == ViewKind::Tools && candidates.is_candidate.iter().filter(|is| **is).count() > most {
            candidates.thin_out(network);
        }
        let is_drawn = budget::within(network, options.kind, &candidates, most);
        let is_within = |edge: &&Edge| is_drawn[edge.from as usize] && is_drawn[edge.to as usize];
        let edges: Vec<Edge> = candidates.edges.iter().filter(is_within).copied().collect();
        let n_edges = edges.len();
        // Communities are found, and the lines between them counted, with all edges there are.
        let (edges, left_out) = match options.is_grouped {
            true => (edges, None),
            false => backbone(network.nodes.len(), edges, &candidates.weights),
        };
        let drawing = Drawing { network, options, topics: &topics, candidates: &candidates, is_drawn, edges };
        let mut view = drawing.view();
        view.notes = drawing.notes(n_edges, n_relations, left_out);
        view
    }
}

/// What was chosen, on its way to a view.
struct Drawing<'n> {
    network: &'n Network,
    options: &'n ViewOptions,
    topics: &'n Topics,
    candidates: &'n Candidates,
    is_drawn: Vec<bool>,
    edges: Vec<Edge>,
}

impl Drawing<'_> {
    fn view(&self) -> View {
        let numbers: Vec<u32> = (0..).zip(&self.is_drawn).filter(|(_, is)| **is).map(|(at, _)| at).collect();
        let communities = communities(self.network.nodes.len(), &self.edges);
        let coloring = self.coloring(&numbers, &communities);
        let classes = self.classes(&numbers, coloring, &communities);
        let (groups, group_of) = self.groups(&numbers, &communities);
        let sizes = self.sizes(&numbers);
        let colors = colors_of(&classes, coloring);
        let nodes: Vec<Shown> = numbers
            .iter()
            .zip(&classes)
            .zip(sizes)
            .map(|((at, class), size)| {
                let color = class.as_ref().and_then(|class| colors.get(&class.id)).copied();
                self.shown(*at, size, color, group_of.get(at).copied())
            })
            .collect();
        let ties = self.ties(&numbers, &nodes);
        let arrangement = self.arrangement(&nodes);
        View {
            kind: self.options.kind,
            arrangement,
            heading: self.heading(&numbers),
            notes: Vec::new(),
            nodes,
            ties,
            groups,
            colors: meanings(&classes, &colors, coloring),
        }
    }

    fn arrangement(&self, nodes: &[Shown]) -> Arrangement {
        let years: BTreeSet<i32> = nodes.iter().filter_map(|node| node.year).collect();
        match self.options.kind {
            _ if self.options.is_grouped => Arrangement::Grouped,
            ViewKind::Tools => Arrangement::Pairs,
            ViewKind::Topics | ViewKind::All => Arrangement::Nested,
            ViewKind::Citations if years.len() > 1 => Arrangement::TimeLine,
            ViewKind::Citations | ViewKind::Authors => Arrangement::Net,
        }
    }

    /// By default topics where several are seen; in the view of topics, which shows them as boxes, kinds.
    fn coloring(&self, numbers: &[u32], communities: &[Option<u32>]) -> Coloring {
        let known: BTreeSet<u32> = numbers.iter().filter_map(|at| communities[*at as usize]).collect();
        // As many communities as works say nothing.
        let are_telling = known.len() <= 2 * color::CELLS.len();
        let roots: BTreeSet<Option<u32>> = numbers.iter().map(|at| self.topics.of[*at as usize]).collect();
        self.options.coloring.unwrap_or(match self.options.kind {
            ViewKind::Topics | ViewKind::All => Coloring::Kind,
            ViewKind::Authors if are_telling => Coloring::Community,
            ViewKind::Authors => Coloring::Kind,
            _ if roots.iter().flatten().count() > 1 => Coloring::Topic,
            _ => Coloring::Community,
        })
    }

    fn classes(&self, numbers: &[u32], coloring: Coloring, communities: &[Option<u32>]) -> Vec<Option<Class>> {
        let depth = if coloring == Coloring::Topic { self.telling_depth(numbers) } else { 0 };
        let leaders = self.leaders(numbers, communities);
        // A paper that stands under no topic is there because of its tool, and belongs to the topic of that.
        let mut tool_of: BTreeMap<u32, u32> = BTreeMap::new();
        for edge in self.edges.iter().filter(|edge| edge.relation == Relation::Implements) {
            tool_of.entry(edge.to).or_insert(edge.from);
        }
        let near_topic = |at: u32| match self.topics.of[at as usize] {
            None => tool_of.get(&at).copied().unwrap_or(at),
            Some(_) => at,
        };
        let of = |at: &u32| match coloring {
            Coloring::Kind => Some(Class::of_kind(self.network.nodes[*at as usize].kind)),
            Coloring::Topic => {
                let path = self.topics.path(near_topic(*at));
                let topic = *path.get(depth).or(path.last())?;
                let node = &self.network.nodes[topic as usize];
                Some(Class {
                    id: node.iri.to_string(),
                    label: node.label.to_string(),
                    place: topics::place(self.network, topic),
                })
            }
            Coloring::Community => {
                let community = communities[*at as usize]?;
                let leader = leaders[&community];
                let node = &self.network.nodes[leader as usize];
                let label = format!("around {}", label::wrap(&node.caption(), 40).lines().next().unwrap_or_default());
                Some(Class { id: node.iri.to_string(), label, place: (i64::from(community), leader) })
            }
        };
        numbers.iter().map(of).collect()
    }

    /// How deep in the topics those that are seen begin to differ.
    fn telling_depth(&self, numbers: &[u32]) -> usize {
        let paths: Vec<Vec<u32>> =
            numbers.iter().map(|at| self.topics.path(*at)).filter(|path| !path.is_empty()).collect();
        let n_at = |depth: usize| paths.iter().filter_map(|path| path.get(depth)).collect::<BTreeSet<_>>().len();
        (0..8).find(|depth| n_at(*depth) > 1).unwrap_or(0)
    }

    /// The node of each community that matters most.
    fn leaders(&self, numbers: &[u32], communities: &[Option<u32>]) -> BTreeMap<u32, u32> {
        let mut leaders: BTreeMap<u32, u32> = BTreeMap::new();
        let weight = |at: u32| self.candidates.weights[at as usize];
        for at in numbers {
            let Some(community) = communities[*at as usize] else { continue };
            let leader = leaders.entry(community).or_insert(*at);
            if weight(*at) > weight(*leader) {
                *leader = *at;
            }
        }
        leaders
    }

    /// The boxes, and which node is in which.
    fn groups(&self, numbers: &[u32], communities: &[Option<u32>]) -> (Vec<Group>, BTreeMap<u32, usize>) {
        if self.options.is_grouped {
            return self.groups_of_communities(numbers, communities);
        }
        if !matches!(self.options.kind, ViewKind::Topics | ViewKind::All) {
            return (Vec::new(), BTreeMap::new());
        }
        let used: BTreeSet<u32> = numbers.iter().flat_map(|at| self.topics.path(*at)).collect();
        let mut order: Vec<u32> = used.into_iter().collect();
        order.sort_by_key(|topic| (self.depth(*topic), topics::place(self.network, *topic)));
        let places: BTreeMap<u32, usize> = order.iter().enumerate().map(|(place, topic)| (*topic, place)).collect();
        let left_out = self.left_out();
        let group = |topic: &u32| {
            let node = &self.network.nodes[*topic as usize];
            let more = left_out.get(topic).map(|n| format!(" (+{n})")).unwrap_or_default();
            let parent = self.topics.parent.get(topic).and_then(|above| places.get(above)).copied();
            Group { id: node.iri.to_string(), label: format!("{}{more}", node.label), parent }
        };
        let of = numbers.iter().filter_map(|at| Some((*at, *places.get(&self.topics.of[*at as usize]?)?))).collect();
        (order.iter().map(group).collect(), of)
    }

    fn depth(&self, topic: u32) -> usize {
        let mut depth = 0;
        let mut at = topic;
        while let Some(above) = self.topics.parent.get(&at).filter(|_| depth < 64) {
            at = *above;
            depth += 1;
        }
        depth
    }

    /// How many candidates directly under each topic are not drawn.
    fn left_out(&self) -> BTreeMap<u32, usize> {
        let mut counts = BTreeMap::new();
        let hidden = self.candidates.is_candidate.iter().zip(&self.is_drawn).zip(&self.topics.of);
        for topic in hidden.filter(|((is, is_drawn), _)| **is && !**is_drawn).filter_map(|(_, topic)| *topic) {
            *counts.entry(topic).or_insert(0) += 1;
        }
        counts
    }

    fn groups_of_communities(
        &self,
        numbers: &[u32],
        communities: &[Option<u32>],
    ) -> (Vec<Group>, BTreeMap<u32, usize>) {
        let leaders = self.leaders(numbers, communities);
        let places: BTreeMap<u32, usize> =
            leaders.keys().enumerate().map(|(place, community)| (*community, place)).collect();
        let group = |leader: &u32| {
            let node = &self.network.nodes[*leader as usize];
            Group {
                id: node.iri.to_string(),
                label: format!("around {}", label::wrap(&node.caption(), 60).replace('\n', " ")),
                parent: None,
            }
        };
        let of = numbers.iter().filter_map(|at| Some((*at, *places.get(&communities[*at as usize]?)?))).collect();
        (leaders.values().map(group).collect(), of)
    }

    /// From 0 to 4: one more for each doubling of the least weight.
    fn sizes(&self, numbers: &[u32]) -> Vec<usize> {
        let weight = |at: &u32| self.candidates.weights[*at as usize];
        let least = numbers.iter().map(weight).fold(f64::INFINITY, f64::min);
        let size = |at: &u32| [2.0, 4.0, 8.0, 16.0].iter().filter(|times| weight(at) >= least * **times).count();
        numbers.iter().map(size).collect()
    }

    fn shown(&self, at: u32, size: usize, color: Option<usize>, group: Option<usize>) -> Shown {
        let node: &Node = &self.network.nodes[at as usize];
        Shown {
            id: node.iri.to_string(),
            label: node.caption().into_owned(),
            kind: node.kind,
            tooltip: label::tooltip(node),
            url: node.get(Column::Url).map(str::to_owned),
            size,
            color,
            group,
            year: node.year(),
            status: node.grave_status().map(str::to_owned),
            more: self.candidates.more.get(&at).copied(),
        }
    }

    /// The edges among the nodes; with communities as boxes, one for all that lead from one box to another.
    fn ties(&self, numbers: &[u32], nodes: &[Shown]) -> Vec<Tie> {
        let place = |at: u32| numbers.binary_search(&at).ok();
        let mut ties: Vec<Tie> = Vec::new();
        let mut between: BTreeMap<(usize, usize, Relation), usize> = BTreeMap::new();
        for edge in &self.edges {
            let (Some(from), Some(to)) = (place(edge.from), place(edge.to)) else { continue };
            let relation = edge.relation;
            if let (true, Some(a), Some(b)) = (self.options.is_grouped, nodes[from].group, nodes[to].group)
                && a != b
            {
                *between.entry((a, b, relation)).or_default() += 1;
                continue;
            }
            let why = self.network.why(edge);
            let tooltip = sentence(&nodes[from], edge.relation, &nodes[to], why);
            ties.push(Tie { from, to, relation, is_stated: why.is_stated, count: 1, tooltip });
        }
        let first_of = |group: usize| nodes.iter().position(|node| node.group == Some(group)).unwrap_or(0);
        ties.extend(between.into_iter().map(|((a, b, relation), count)| Tie {
            from: first_of(a),
            to: first_of(b),
            relation,
            is_stated: true,
            count,
            tooltip: format!("{count} × {}", relation.word()),
        }));
        ties.sort();
        ties
    }

    fn heading(&self, numbers: &[u32]) -> String {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        numbers.iter().for_each(|at| *kinds.entry(self.network.nodes[*at as usize].kind).or_default() += 1);
        let counts: Vec<String> = kinds.iter().map(|(kind, n)| counted(*n, kind)).collect();
        format!(
            "{}: {}",
            self.options.kind.subject(),
            if counts.is_empty() { "nothing".to_owned() } else { counts.join(", ") }
        )
    }

    fn notes(&self, n_edges: usize, n_ties: usize, left_out: Option<String>) -> Vec<String> {
        let count = |is: &[bool]| is.iter().filter(|is| **is).count();
        let (n_candidates, n_drawn) = (count(&self.candidates.is_candidate), count(&self.is_drawn));
        let mut notes = Vec::new();
        if n_drawn < n_candidates {
            let edges = if n_ties > 0 { format!(", {n_edges} of {n_ties} relations") } else { String::new() };
            let by = if self.options.kind == ViewKind::Citations { " by PageRank" } else { "" };
            notes.push(format!("{n_drawn} of {n_candidates} are shown, the foremost{by}{edges}"));
        }
        notes.extend(left_out);
        notes
    }
}

/// A class of nodes that share a color.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Class {
    id: String,
    label: String,
    place: (i64, u32),
}

impl Class {
    fn of_kind(kind: &str) -> Self {
        let place = color::of_kind(kind).map_or(i64::MAX, |at| i64::try_from(at).unwrap_or(i64::MAX));
        Self { id: kind.to_owned(), label: kind.to_owned(), place: (place, 0) }
    }
}

fn colors_of(classes: &[Option<Class>], coloring: Coloring) -> BTreeMap<String, usize> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    classes.iter().flatten().for_each(|class| *sizes.entry(class.id.clone()).or_default() += 1);
    if coloring == Coloring::Kind {
        return sizes.into_keys().filter_map(|kind| Some((kind.clone(), color::of_kind(&kind)?))).collect();
    }
    color::assign(&sizes)
}

/// What the colors that are seen stand for, in the order of the list, and last what has none.
fn meanings(classes: &[Option<Class>], colors: &BTreeMap<String, usize>, coloring: Coloring) -> Vec<Meaning> {
    let mut seen: BTreeMap<(i64, u32), Meaning> = BTreeMap::new();
    let mut others: BTreeSet<&str> = BTreeSet::new();
    let mut has_none = false;
    for class in classes {
        match class.as_ref().map(|class| (class, colors.get(&class.id))) {
            Some((class, Some(color))) => {
                seen.insert(class.place, Meaning { color: Some(*color), label: class.label.clone() });
            }
            Some((class, None)) => drop(others.insert(&class.label)),
            None => has_none = true,
        }
    }
    let mut meanings: Vec<Meaning> = seen.into_values().collect();
    let rest = match (others.len(), has_none) {
        (0, false) => None,
        (0, true) if coloring == Coloring::Topic => Some("under no topic".to_owned()),
        (0, true) => Some("alone".to_owned()),
        (1, _) => others.first().map(|label| (*label).to_owned()),
        (n, _) => Some(format!("{n} others")),
    };
    meanings.extend(rest.map(|label| Meaning { color: None, label }));
    meanings
}

/// `scVI implements Deep generative modeling (registry, 0.98)`
fn sentence(from: &Shown, relation: Relation, to: &Shown, why: &Why) -> String {
    let verb = if relation == Relation::Author { "is a work of" } else { relation.word() };
    let grounds = if why.evidence.is_empty() {
        String::new()
    } else {
        format!(" ({}, {}.{:02})", why.evidence, why.percent / 100, why.percent % 100)
    };
    format!("{} {verb} {}{grounds}", from.label, to.label)
}

/// `3 papers`
fn counted(n: usize, kind: &str) -> String {
    let word = match (n, kind) {
        (1, kind) => kind.to_owned(),
        (_, kind) => format!("{kind}s"),
    };
    format!("{n} {word}")
}
