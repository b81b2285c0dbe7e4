//! What persons decided: which mentions the decisions name, and what follows for the rules.
//!
//! A designation names every mention that it fits: an identifier or an address names what has it, a title whatever is
//! called so, an IRI whatever would have it, with or without the parts that it was merged with. Where two designations of one
//! decision name the same mention, it is meant by the one that names fewer: *the paper of this title* and *the paper at
//! this address* are two papers, though the second has the same title.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    groups::Side,
    nodes::{Node, Site},
    parts::{Edge, Parts},
};
use crate::model::{
    Confidence, Decision, Designation, Evidence, Extraction, Identity, Kind, KindGuess, Notice, NoticeCode, Ruling,
    SourceKind, normalise,
};

/// All decisions with what they name.
#[derive(Default)]
pub(super) struct Decisions<'e> {
    /// The index of their source.
    pub(super) source: usize,
    pub(super) all: &'e [Decision],
    /// For each decision and each of its designations the nodes that it names.
    nodes: Vec<Vec<Vec<usize>>>,
    /// Designations that name something.
    known: BTreeSet<(usize, usize)>,
    notices: Vec<Notice>,
}

impl<'e> Decisions<'e> {
    /// Finds the decisions, and the nodes that they name.
    pub(super) fn find(extractions: &'e [Extraction], nodes: &[Node<'_>]) -> Self {
        let Some(source) = extractions.iter().position(|extraction| extraction.source.kind == SourceKind::Decisions)
        else {
            return Self::default();
        };
        let all = &extractions[source].decisions;
        let named = Names::of(all).find(all, nodes);
        let known = (0..named.len()).flat_map(|decision| (0..named[decision].len()).map(move |at| (decision, at)));
        let known = known.filter(|(decision, at)| !named[*decision][*at].is_empty()).collect();
        Self { source, all, nodes: named, known, notices: Vec::new() }
    }

    /// The nodes that must not be one thing, by the decision and the side on which they stand.
    pub(super) fn sides(&mut self) -> Vec<(usize, Side)> {
        let mut found = Vec::new();
        for at in 0..self.all.len() {
            if !matches!(self.all[at].ruling, Ruling::Different(_)) {
                continue;
            }
            let mut sides: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (side, nodes) in self.nodes[at].iter().enumerate() {
                nodes.iter().for_each(|node| sides.entry(*node).or_default().push(side));
            }
            let precise = |sides: &[usize]| {
                let fewest = sides.iter().map(|side| self.nodes[at][*side].len()).min();
                let mut fitting = sides.iter().filter(|side| Some(self.nodes[at][**side].len()) == fewest);
                fitting.next().copied().filter(|_| fitting.next().is_none())
            };
            let meant: Vec<(usize, Option<usize>)> =
                sides.iter().map(|(node, sides)| (*node, precise(sides))).collect();
            if meant.iter().any(|(_, side)| side.is_none()) {
                self.is_vain(at, "two of its things are the same");
            }
            found.extend(meant.into_iter().filter_map(|(node, side)| Some((node, (at, side?)))));
        }
        found
    }

    /// Sets the kinds that were decided.
    pub(super) fn set_kinds(&self, nodes: &mut [Node<'_>]) {
        for (decision, named) in self.all.iter().zip(&self.nodes) {
            if let Ruling::Kind(_, kind) = decision.ruling {
                let confidence = Confidence::percent(100);
                for &node in named.iter().flatten() {
                    nodes[node].set_kind(KindGuess { kind, evidence: Evidence::Decision, confidence });
                }
            }
        }
    }

    /// Unites what was decided to be the same.
    pub(super) fn unite(&mut self, parts: &mut Parts<'_, '_>) {
        for at in 0..self.all.len() {
            if !matches!(self.all[at].ruling, Ruling::Same(_)) {
                continue;
            }
            let nodes: Vec<usize> = self.nodes[at].iter().flatten().copied().collect();
            let is_done = nodes.iter().all(|b| {
                let confidence = Confidence::percent(100);
                let decision = Some((self.source, at));
                parts.unite(Edge { a: nodes[0], b: *b, evidence: Evidence::Decision, confidence, decision })
            });
            if !is_done {
                self.is_vain(at, "another decision says that they are different");
            }
        }
    }

    /// The nodes that a designation names.
    pub(super) fn nodes(&self, decision: usize, designation: usize) -> &[usize] {
        &self.nodes[decision][designation]
    }

    /// The designations whose IRI begins with a word, without that word.
    pub(super) fn iris(&self, folder: &str) -> Vec<((usize, usize), &'e str)> {
        let decisions = self.all.iter().enumerate();
        let designations = decisions.flat_map(|(decision, what)| {
            what.ruling
                .designations()
                .into_iter()
                .enumerate()
                .map(move |(at, designation)| ((decision, at), designation))
        });
        designations
            .filter_map(|(at, designation)| Some((at, designation.iri.as_deref()?.strip_prefix(folder)?)))
            .collect()
    }

    /// Notes that a designation names something, if not a thing.
    pub(super) fn is_known(&mut self, at: (usize, usize)) {
        self.known.insert(at);
    }

    /// Notes that a decision has no effect.
    pub(super) fn is_vain(&mut self, decision: usize, why: &str) {
        let Decision { lines, text, .. } = &self.all[decision];
        let text = format!("{why}: {}", text.split_whitespace().collect::<Vec<_>>().join(" "));
        self.notices.push(Notice { code: NoticeCode::VainDecision, lines: *lines, text });
    }

    /// What was wrong with the decisions.
    pub(super) fn into_notices(mut self) -> Vec<Notice> {
        for (at, decision) in self.all.iter().enumerate() {
            for (position, designation) in decision.ruling.designations().into_iter().enumerate() {
                if !self.known.contains(&(at, position)) {
                    let (lines, text) = (decision.lines, designation.text.clone());
                    self.notices.push(Notice { code: NoticeCode::UnknownThing, lines, text });
                }
            }
        }
        self.notices.sort_by(|a, b| (a.lines, a.code, &a.text).cmp(&(b.lines, b.code, &b.text)));
        self.notices.dedup();
        self.notices
    }
}

/// The designations by what they fit.
#[derive(Default)]
struct Names<'d> {
    ids: HashMap<&'d str, Vec<(usize, usize)>>,
    addresses: HashMap<String, Vec<(usize, usize)>>,
    /// By the end of the IRI of a thing.
    local_names: HashMap<String, Vec<(usize, usize)>>,
    titles: HashMap<&'d str, Vec<(usize, usize)>>,
}

impl<'d> Names<'d> {
    fn of(decisions: &'d [Decision]) -> Self {
        let mut names = Self::default();
        for (decision, what) in decisions.iter().enumerate() {
            for (at, designation) in what.ruling.designations().into_iter().enumerate() {
                names.add(designation, (decision, at));
            }
        }
        names
    }

    fn add(&mut self, designation: &'d Designation, at: (usize, usize)) {
        let Designation { ids, url, iri, title, .. } = designation;
        let texts = [
            ids.doi.as_ref().map(AsRef::as_ref),
            ids.arxiv.as_ref().map(AsRef::as_ref),
            ids.pmcid.as_ref().map(AsRef::as_ref),
            ids.pmid.as_ref().map(AsRef::as_ref),
        ];
        texts.into_iter().flatten().for_each(|id| self.ids.entry(id).or_default().push(at));
        if let Some(url) = url.as_ref().filter(|_| iri.is_none()) {
            self.addresses.entry(url.key()).or_default().push(at);
            if let Site::Repository(path) | Site::Package(path) = Site::of(url) {
                self.local_names.entry(path).or_default().push(at);
            }
        }
        // Whatever kind it is of: a kind is decided, too, and the IRI changes with it.
        if let Some((_, name)) = iri.as_deref().and_then(|iri| iri.split_once('/')) {
            self.local_names.entry(name.to_owned()).or_default().push(at);
        }
        if let Some(title) = title {
            self.titles.entry(title).or_default().push(at);
        }
    }

    fn find(&self, decisions: &[Decision], nodes: &[Node<'_>]) -> Vec<Vec<Vec<usize>>> {
        let empty = |decision: &Decision| vec![Vec::new(); decision.ruling.designations().len()];
        let mut found: Vec<Vec<Vec<usize>>> = decisions.iter().map(empty).collect();
        for (node, what) in nodes.iter().enumerate() {
            let fitting: BTreeSet<(usize, usize)> = self.fitting(what).into_iter().collect();
            for (decision, at) in fitting {
                found[decision][at].push(node);
            }
        }
        found
    }

    fn fitting(&self, node: &Node<'_>) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut add = |at: Option<&Vec<(usize, usize)>>| found.extend(at.into_iter().flatten().copied());
        if !self.ids.is_empty() {
            add(node.ids.doi.as_ref().and_then(|id| self.ids.get(id.as_ref())));
            add(node.ids.arxiv.as_ref().and_then(|id| self.ids.get(id.as_ref())));
            add(node.ids.pmcid.as_ref().and_then(|id| self.ids.get(id.as_ref())));
            add(node.ids.pmid.as_ref().and_then(|id| self.ids.get(id.as_ref())));
        }
        if !self.addresses.is_empty() {
            add(node.url.and_then(|url| self.addresses.get(&url.key())));
        }
        if !self.titles.is_empty() {
            add(self.titles.get(node.title.as_str()));
            let name = node.mention().and_then(|mention| mention.name.as_deref()).map(normalise);
            add(name.and_then(|name| self.titles.get(name.as_str())));
        }
        if !self.local_names.is_empty() {
            let own = [node.identities(Kind::Paper), node.identities(Kind::Tool), vec![node.distinct_identity()]];
            for name in own.iter().flatten().map(Identity::local_name) {
                add(self.local_names.get(&name));
            }
            let (source, line) = node.place();
            add(self.local_names.get(&format!("{source}/L{line}")).filter(|_| node.is_main()));
        }
        found
    }
}
