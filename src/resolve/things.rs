//! Groups the mentions of all entries into things.
//!
//! # What makes two mentions the same thing
//!
//! - An identifier in common: DOI, arXiv, PubMed Central, PubMed; a repository; a package; the same address and name.
//!   What is held together so is a *part*. All else puts parts together, and is kept as a merge with its evidence:
//! - a decision of a person;
//! - for papers without identifiers what a service found by their title;
//! - for things other than papers the address alone, where within each list only one name is given to it;
//! - for papers the title (`titles`), for tools and datasets the name and one thing more (`names`).
//!
//! A decision that things are different stands above all of these, identifiers included.
//!
//! A preprint and the article that it became are two things, one work: a title that both have does not merge them. Two
//! articles that the same preprint became are one article.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    decisions::Decisions,
    groups::Groups,
    names,
    nodes::{Node, NodeOf, Site},
    parts::{Agreement, Edge, Parts},
    titles::{self, Twins},
};
use crate::{
    id::Identifiers,
    model::{
        About, Confidence, Evidence, Extraction, Identity, Kind, KindGuess, Link, Mention, Merge, Relation, Thing,
        ThingIndex, WorkRef, normalise,
    },
};

/// Where a mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct MentionId {
    pub(super) source: usize,
    pub(super) entry: usize,
    pub(super) mention: usize,
}

/// Which thing every mention and every claim speaks of.
#[derive(Debug, Default)]
pub(super) struct Grouping {
    pub(super) things: Vec<Thing>,
    /// Preprints and articles that their common title shows, with the source of the preprint.
    pub(super) versions: Vec<(usize, Link)>,
    /// What was put together without an identifier, with the source in which it stands.
    pub(super) merges: Vec<(usize, Merge)>,
    /// For each decision and each thing that it designates the things that are meant.
    pub(super) decided: Vec<Vec<Vec<ThingIndex>>>,
    thing_of_node: Vec<ThingIndex>,
    /// For each source and each of its entries the node of the first mention, and after them that of the first claim.
    starts: Vec<Vec<usize>>,
}

impl Grouping {
    /// The thing of a mention.
    pub(super) fn thing_of(&self, mention: MentionId) -> ThingIndex {
        self.thing_of_node[self.starts[mention.source][mention.entry] + mention.mention]
    }

    /// The main thing of an entry.
    pub(super) fn main_thing(&self, source: usize, entry: usize) -> ThingIndex {
        self.thing_of_node[self.starts[source][entry]]
    }

    /// The two things of a claim.
    pub(super) fn claimed(&self, source: usize, claim: usize) -> (ThingIndex, ThingIndex) {
        let subject = self.starts[source].last().map_or(0, |first| first + 2 * claim);
        (self.thing_of_node[subject], self.thing_of_node[subject + 1])
    }
}

/// How sure a claim of a table of facts is.
pub(super) fn confidence_of(evidence: Evidence) -> Confidence {
    Confidence::percent(if evidence == Evidence::Registry { 95 } else { 90 })
}

pub(super) fn group<'e>(extractions: &'e [Extraction]) -> (Grouping, Decisions<'e>) {
    let mut nodes = super::nodes::collect(extractions);
    let mut decisions = Decisions::find(extractions, &nodes);
    decisions.set_kinds(&mut nodes);
    let sides = decisions.sides();
    let mut parts = Parts::of(&nodes, by_identifiers(&nodes, sides));
    decisions.unite(&mut parts);
    unite_answers(&mut parts);
    unite_addresses(&mut parts);
    names::unite(extractions, &mut parts);
    let twins = titles::unite(&mut parts);
    (build(extractions, &parts, &twins, &decisions), decisions)
}

/// What makes a thing the same wherever it occurs.
#[derive(PartialEq, Eq, Hash)]
enum Key<'n> {
    Doi(&'n str),
    Arxiv(&'n str),
    Pmcid(&'n str),
    Pmid(&'n str),
    Repository(&'n str),
    Package(&'n str),
    /// The address, of a paper without identifiers.
    Page(String),
    /// The address and a name, of anything but a paper.
    NameAt(&'n str, String),
}

fn by_identifiers(nodes: &[Node<'_>], sides: Vec<(usize, super::groups::Side)>) -> Groups {
    let mut groups = Groups::new(nodes.len(), sides);
    let mut by_key: HashMap<Key<'_>, usize> = HashMap::with_capacity(nodes.len());
    let mut kept_apart: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for key in keys(node) {
            match by_key.get(&key) {
                None => {
                    by_key.insert(key, at);
                }
                Some(&first) if groups.may_unite(first, at) => {
                    groups.unite(first, at);
                }
                Some(_) => kept_apart.entry(key).or_default().push(at),
            }
        }
    }
    let mut kept_apart: Vec<Vec<usize>> = kept_apart.into_values().collect();
    kept_apart.sort_unstable();
    kept_apart.iter().for_each(|members| groups.unite_all(members));
    unite_articles_of_preprints(nodes, &mut groups);
    groups
}

fn keys<'n>(node: &'n Node<'_>) -> Vec<Key<'n>> {
    let Identifiers { doi, arxiv, pmcid, pmid } = &*node.ids;
    let mut keys = Vec::with_capacity(4);
    keys.extend(doi.as_ref().map(|id| Key::Doi(id.as_ref())));
    keys.extend(arxiv.as_ref().map(|id| Key::Arxiv(id.as_ref())));
    keys.extend(pmcid.as_ref().map(|id| Key::Pmcid(id.as_ref())));
    keys.extend(pmid.as_ref().map(|id| Key::Pmid(id.as_ref())));
    let Some(url) = node.url else { return keys };
    let is_claimed = matches!(node.what, NodeOf::Claim { .. });
    if node.kind.kind == Kind::Paper {
        if is_claimed || node.ids.is_empty() {
            keys.push(Key::Page(url.key()));
        }
        return keys;
    }
    match (&node.site, node.mention()) {
        (Some(Site::Page(address)), Some(mention)) => {
            keys.extend(names_of(mention, &node.title).into_iter().map(|name| Key::NameAt(address, name)));
        }
        (Some(Site::Repository(path)), _) => keys.push(Key::Repository(path)),
        (Some(Site::Package(path)), _) => keys.push(Key::Package(path)),
        _ => {}
    }
    keys
}

/// The title, the title without the short name before its colon, and that name.
fn names_of(mention: &Mention, title: &str) -> BTreeSet<String> {
    let name = mention.name.as_deref().map(normalise).unwrap_or_default();
    let names = [core_title(mention, title).to_owned(), title.to_owned(), name];
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The comparable title without the short name before its colon.
fn core_title<'t>(mention: &Mention, title: &'t str) -> &'t str {
    let name = mention.name.as_deref().filter(|name| mention.title.text.starts_with(name)).map(normalise);
    let core = name.and_then(|name| title.strip_prefix(&*name)).map(str::trim_start);
    core.filter(|core| !core.is_empty()).unwrap_or(title)
}

/// A preprint becomes one article: what two sources say that it became is the same, unless their identifiers differ.
fn unite_articles_of_preprints(nodes: &[Node<'_>], groups: &mut Groups) {
    let mut articles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(article) = node.article {
            articles.entry(groups.head(at)).or_default().push(article);
        }
    }
    for articles in articles.values().filter(|articles| articles.len() > 1) {
        let mut all = Identifiers::default();
        let agree = articles.iter().all(|at| {
            let agrees = !all.conflicts_with(&nodes[*at].ids);
            all.fill_from(nodes[*at].ids.clone().into_owned());
            agrees
        });
        if agree {
            groups.unite_all(articles);
        }
    }
}

/// Merges what a service found by a title with the papers without identifiers that it was asked about.
fn unite_answers(parts: &mut Parts<'_, '_>) {
    let nodes = parts.nodes;
    let asked = |node: &'_ Node<'_>| match &node.mention()?.details.as_ref()?.about {
        Some(About { what: WorkRef::Title(title), percent }) => Some((title.clone(), *percent)),
        _ => None,
    };
    let answers: Vec<(usize, String, u8)> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| asked(node).map(|(title, percent)| (at, title, percent)))
        .collect();
    if answers.is_empty() {
        return;
    }
    let mut nameless: HashMap<&str, Vec<usize>> = HashMap::new();
    let is_nameless = |node: &Node<'_>| node.kind.kind == Kind::Paper && node.ids.is_empty() && asked(node).is_none();
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| is_nameless(node)) {
        nameless.entry(&node.title).or_default().push(at);
    }
    for (b, title, percent) in answers {
        for &a in nameless.get(&*title).into_iter().flatten() {
            if parts.facts(a).agreement(&parts.facts(b)) == Agreement::Contradicted {
                continue;
            }
            let (evidence, confidence) = (Evidence::TitleSearch, Confidence::percent(percent));
            parts.unite(Edge { a, b, evidence, confidence, decision: None });
        }
    }
}

/// Merges things other than papers by their address alone, where no list gives it two names.
fn unite_addresses(parts: &mut Parts<'_, '_>) {
    let nodes = parts.nodes;
    let has_page = |node: &'_ Node<'_>| matches!((&node.site, node.mention()), (Some(Site::Page(_)), Some(_)));
    let mut by_address: Vec<(&str, usize)> = nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| has_page(node))
        .filter_map(|(at, node)| Some((node.site.as_ref()?.text(), at)))
        .collect();
    by_address.sort_unstable();
    for members in by_address.chunk_by(|a, b| a.0 == b.0).filter(|members| members.len() > 1) {
        let mut names: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (_, at) in members {
            let Some(mention) = nodes[*at].mention() else { continue };
            let (source, _) = nodes[*at].stands_in();
            names.entry(source).or_default().insert(core_title(mention, &nodes[*at].title));
        }
        if names.values().any(|names| names.len() > 1) {
            continue;
        }
        let (evidence, confidence) = (Evidence::SameAddress, Confidence::percent(95));
        for (_, b) in &members[1..] {
            parts.unite(Edge { a: members[0].1, b: *b, evidence, confidence, decision: None });
        }
    }
}

fn build(extractions: &[Extraction], parts: &Parts<'_, '_>, twins: &[Twins], decisions: &Decisions<'_>) -> Grouping {
    let nodes = parts.nodes;
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..nodes.len() {
        members.entry(parts.head(at)).or_default().push(at);
    }
    let mut built: Vec<(Thing, Vec<usize>)> =
        members.into_values().map(|members| (thing(nodes, &members), members)).collect();
    tell_apart(nodes, &mut built);
    built.sort_by(|(a, _), (b, _)| (a.kind.kind, &a.identity).cmp(&(b.kind.kind, &b.identity)));
    let mut grouping = Grouping::default();
    let mut thing_of_node = vec![0; nodes.len()];
    for (index, (thing, members)) in built.into_iter().enumerate() {
        for at in members {
            thing_of_node[at] = index;
        }
        grouping.things.push(thing);
    }
    let versions = twins.iter().filter_map(|twins| version(nodes, twins, &thing_of_node));
    grouping.versions = versions.collect();
    grouping.merges = merges(parts, &thing_of_node, &grouping.things);
    grouping.decided = decided(decisions, &thing_of_node);
    grouping.starts = starts(extractions);
    grouping.thing_of_node = thing_of_node;
    grouping
}

fn starts(extractions: &[Extraction]) -> Vec<Vec<usize>> {
    let mut next = 0;
    let mut of_source = |extraction: &Extraction| {
        let mut starts = Vec::with_capacity(extraction.entries.len() + 1);
        for entry in &extraction.entries {
            starts.push(next);
            next += entry.mentions.len();
        }
        starts.push(next);
        next += 2 * extraction.claims.len();
        starts
    };
    extractions.iter().map(&mut of_source).collect()
}

/// The things that each designation of each decision means.
fn decided(decisions: &Decisions<'_>, thing_of_node: &[ThingIndex]) -> Vec<Vec<Vec<ThingIndex>>> {
    let things = |decision: usize, at: usize| {
        let things = decisions.nodes(decision, at).iter().map(|node| thing_of_node[*node]);
        things.collect::<BTreeSet<_>>().into_iter().collect()
    };
    let of_decision = |at: usize| {
        let n_designations = decisions.all[at].ruling.designations().len();
        (0..n_designations).map(|designation| things(at, designation)).collect()
    };
    (0..decisions.all.len()).map(of_decision).collect()
}

/// Two things may have the same weak identity, such as a short title: where each stands tells them apart.
fn tell_apart(nodes: &[Node<'_>], built: &mut [(Thing, Vec<usize>)]) {
    let mut wanted: HashMap<(Kind, Identity), usize> = HashMap::with_capacity(built.len());
    for (thing, _) in built.iter() {
        *wanted.entry((thing.kind.kind, thing.identity.clone())).or_default() += 1;
    }
    let is_shared =
        |kind: Kind, identity: &Identity| wanted.get(&(kind, identity.clone())).is_some_and(|count| *count > 1);
    for (thing, members) in built.iter_mut() {
        if is_shared(thing.kind.kind, &thing.identity) {
            thing.identity = distinct(nodes, members);
        }
        // An identity that several things would have means none of them.
        thing.aliases.retain(|alias| !wanted.contains_key(&(thing.kind.kind, alias.clone())));
    }
}

fn distinct(nodes: &[Node<'_>], members: &[usize]) -> Identity {
    let all = members.iter().map(|at| nodes[*at].distinct_identity());
    all.min().unwrap_or_else(|| Identity::Title(String::new()))
}

fn version(nodes: &[Node<'_>], twins: &Twins, thing_of_node: &[ThingIndex]) -> Option<(usize, Link)> {
    let NodeOf::Mention(id, _) = nodes[twins.preprint].what else { return None };
    let (subject, object) = (thing_of_node[twins.preprint], thing_of_node[twins.article]);
    let Twins { evidence, confidence, .. } = *twins;
    let link = Link {
        subject,
        relation: Relation::PreprintOf,
        object,
        evidence,
        confidence,
        grade: None,
        entries: vec![id.entry],
    };
    (subject != object).then_some((id.source, link))
}

/// The merges of all things of several parts: of each part but the main one, which the thing is called after.
fn merges(parts: &Parts<'_, '_>, thing_of_node: &[ThingIndex], things: &[Thing]) -> Vec<(usize, Merge)> {
    let mut edges: HashMap<usize, Vec<&Edge>> = HashMap::new();
    for edge in &parts.edges {
        edges.entry(parts.part_of(edge.a)).or_default().push(edge);
        edges.entry(parts.part_of(edge.b)).or_default().push(edge);
    }
    let mut found = Vec::new();
    for members in parts.of_several() {
        let thing = thing_of_node[parts.nodes_of(members[0])[0]];
        let would_be: BTreeMap<usize, Thing> =
            members.iter().map(|part| (*part, self::thing(parts.nodes, parts.nodes_of(*part)))).collect();
        let mut taken = BTreeSet::from([things[thing].identity.clone()]);
        let Some(main) = would_be.iter().min_by_key(|(part, thing)| (&thing.identity, **part)).map(|(part, _)| *part)
        else {
            continue;
        };
        let mut reached = BTreeSet::from([main]);
        let mut waiting = vec![main];
        while let Some(part) = waiting.pop() {
            for edge in edges.get(&part).into_iter().flatten() {
                let (a, b) = (parts.part_of(edge.a), parts.part_of(edge.b));
                let other = if a == part { b } else { a };
                if !reached.insert(other) {
                    continue;
                }
                waiting.push(other);
                let identity = would_be[&other].identity.clone();
                let is_free = taken.insert(identity.clone());
                let identity = if is_free { identity } else { distinct(parts.nodes, parts.nodes_of(other)) };
                found.push(merge(edge, thing, (would_be[&other].kind.kind, identity), parts, a == part));
            }
        }
    }
    found.sort();
    found
}

/// A merge stands in the source of the part that was merged, or of the decision.
fn merge(
    edge: &Edge,
    thing: ThingIndex,
    (kind, part): (Kind, Identity),
    parts: &Parts<'_, '_>,
    b_is_merged: bool,
) -> (usize, Merge) {
    let (kept, merged) = if b_is_merged { (edge.a, edge.b) } else { (edge.b, edge.a) };
    let stands_in = |node: usize| parts.nodes[node].stands_in();
    let grounds = edge.decision.map_or_else(|| vec![stands_in(merged), stands_in(kept)], |decision| vec![decision]);
    let (evidence, confidence) = (edge.evidence, edge.confidence);
    (grounds[0].0, Merge { thing, kind, part, evidence, confidence, grounds })
}

fn thing(nodes: &[Node<'_>], members: &[usize]) -> Thing {
    let kind = members
        .iter()
        .map(|at| nodes[*at].kind)
        .max_by_key(|guess| {
            (guess.evidence == Evidence::Decision, guess.confidence, std::cmp::Reverse((guess.kind, guess.evidence)))
        })
        .unwrap_or(KindGuess {
            kind: Kind::Article,
            evidence: Evidence::KindByDefault,
            confidence: Confidence::percent(0),
        });
    let mut identities: BTreeSet<Identity> = BTreeSet::new();
    for &at in members {
        identities.extend(nodes[at].identities(kind.kind));
    }
    let identity = identities.pop_first().unwrap_or_else(|| Identity::Title(String::new()));
    Thing { identity, aliases: identities, kind }
}
