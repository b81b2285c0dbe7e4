//! Groups the mentions of all entries into things.
//!
//! # What makes two mentions the same thing
//!
//! - An identifier in common: DOI, arXiv, PubMed Central, PubMed; a repository; a package.
//! - For papers without a common identifier, the same title, unless their identifiers contradict each other. A title of
//!   fewer than four words is no evidence.
//! - For other things, the same address and the same name or title; the address alone, where within each list only
//!   one name is given to it.
//!
//! A preprint and the article that it became are two things, one work: a title that both have does not merge them. Two
//! articles that the same preprint became are one article.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use petgraph::unionfind::UnionFind;

use crate::{
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::{
        Confidence, Evidence, Extraction, Identity, Kind, KindGuess, Link, Mention, Relation, Thing, ThingIndex,
        VenueKind, WorkRef, normalise, slug,
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
    mentions: HashMap<MentionId, ThingIndex>,
    claims: HashMap<(usize, usize), (ThingIndex, ThingIndex)>,
}

impl Grouping {
    /// The thing of a mention.
    pub(super) fn thing_of(&self, mention: MentionId) -> ThingIndex {
        self.mentions[&mention]
    }

    /// The two things of a claim.
    pub(super) fn claimed(&self, source: usize, claim: usize) -> (ThingIndex, ThingIndex) {
        self.claims[&(source, claim)]
    }
}

/// How sure a claim of a table of facts is.
pub(super) fn confidence_of(evidence: Evidence) -> Confidence {
    Confidence::percent(if evidence == Evidence::Registry { 95 } else { 90 })
}

/// One thing as one source names it: from a mention of an entry, or one side of a claim.
struct Node<'e> {
    what: NodeOf<'e>,
    ids: Identifiers,
    url: Option<&'e WebUrl>,
    kind: KindGuess,
    /// The preprint half of an entry that cites the article.
    is_half: bool,
    /// The node of the article that this preprint became.
    article: Option<usize>,
}

enum NodeOf<'e> {
    Mention(MentionId, &'e Mention),
    Claim { source: usize, claim: usize, is_subject: bool },
}

impl Node<'_> {
    fn mention(&self) -> Option<&Mention> {
        match self.what {
            NodeOf::Mention(_, mention) => Some(mention),
            NodeOf::Claim { .. } => None,
        }
    }

    fn title(&self) -> &str {
        self.mention().map_or("", |mention| &mention.title.text)
    }
}

pub(super) fn group(extractions: &[Extraction]) -> Grouping {
    let nodes = nodes(extractions);
    let mut union = UnionFind::new(nodes.len());
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for key in strong_keys(node) {
            let first = *by_key.entry(key).or_insert(at);
            union.union(first, at);
        }
    }
    union_articles_of_preprints(&nodes, &mut union);
    union_addresses(&nodes, &mut union);
    let twins = union_titles(&nodes, &mut union);
    build(&nodes, &union.into_labeling(), &twins)
}

fn nodes(extractions: &[Extraction]) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for (source, extraction) in extractions.iter().enumerate() {
        for (entry_at, entry) in extraction.entries.iter().enumerate() {
            for (at, mention) in entry.mentions.iter().enumerate() {
                let version = entry
                    .relations
                    .iter()
                    .find(|relation| relation.relation == Relation::PreprintOf && relation.subject == at);
                let what = NodeOf::Mention(MentionId { source, entry: entry_at, mention: at }, mention);
                let article = version.map(|version| nodes.len() - at + version.object);
                nodes.push(Node {
                    what,
                    ids: mention.ids.clone(),
                    url: mention.url(),
                    kind: mention.kind,
                    is_half: article.is_some(),
                    article,
                });
            }
        }
        for (claim_at, claim) in extraction.claims.iter().enumerate() {
            for (is_subject, work) in [(true, &claim.subject), (false, &claim.object)] {
                let article = (is_subject && claim.relation == Relation::PreprintOf).then(|| nodes.len() + 1);
                let node = claim_node(NodeOf::Claim { source, claim: claim_at, is_subject }, work, claim.evidence);
                nodes.push(Node { article, ..node });
            }
        }
    }
    nodes
}

fn claim_node<'e>(what: NodeOf<'e>, work: &'e WorkRef, evidence: Evidence) -> Node<'e> {
    let mut ids = Identifiers::default();
    let mut url = None;
    match work {
        WorkRef::Doi(doi) => ids.doi = Some(doi.clone()),
        WorkRef::Arxiv(arxiv) => ids.arxiv = Some(arxiv.clone()),
        WorkRef::Url(address) => {
            ids = Identifiers::from_url(address);
            url = Some(address);
        }
    }
    let is_tool = url.is_some_and(|url| RepoSlug::from_url(url).is_some() || Package::from_url(url).is_some());
    let kind = if is_tool { Kind::Tool } else { Kind::Paper };
    // Weaker than what any list says of the thing.
    Node {
        what,
        ids,
        url,
        kind: KindGuess { kind, evidence, confidence: Confidence::percent(10) },
        is_half: false,
        article: None,
    }
}

/// Keys that make a thing the same wherever they occur.
fn strong_keys(node: &Node<'_>) -> Vec<String> {
    let Identifiers { doi, arxiv, pmcid, pmid } = &node.ids;
    let mut keys = Vec::new();
    keys.extend(doi.as_ref().map(|id| format!("doi:{id}")));
    keys.extend(arxiv.as_ref().map(|id| format!("arxiv:{id}")));
    keys.extend(pmcid.as_ref().map(|id| format!("pmc:{id}")));
    keys.extend(pmid.as_ref().map(|id| format!("pmid:{id}")));
    if node.kind.kind != Kind::Paper {
        keys.extend(node.url.and_then(repository).map(|slug| format!("repo:{slug}")));
        keys.extend(node.url.and_then(Package::from_url).map(|package| format!("package:{package}")));
    }
    if let (NodeOf::Claim { .. }, Kind::Paper, Some(url)) = (&node.what, node.kind.kind, node.url) {
        keys.push(format!("page:{}", url.key()));
    } else if let (Kind::Paper, true, Some(url)) = (node.kind.kind, node.ids.is_empty(), node.url) {
        keys.push(format!("page:{}", url.key()));
    }
    keys
}

/// The repository, where the address means it as a whole.
fn repository(url: &WebUrl) -> Option<RepoSlug> {
    RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url))
}

/// A preprint becomes one article: what two sources say that it became is the same, unless their identifiers differ.
fn union_articles_of_preprints(nodes: &[Node<'_>], union: &mut UnionFind<usize>) {
    let mut articles: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if let Some(article) = node.article {
            articles.entry(union.find_mut(at)).or_default().push(article);
        }
    }
    for articles in articles.values().filter(|articles| articles.len() > 1) {
        merge_agreeing(nodes, articles, union);
    }
}

/// Merges things other than papers by their address.
fn union_addresses(nodes: &[Node<'_>], union: &mut UnionFind<usize>) {
    let mut by_address: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let is_plain = node.kind.kind != Kind::Paper && node.mention().is_some();
        if let Some(url) =
            node.url.filter(|url| is_plain && repository(url).is_none() && Package::from_url(url).is_none())
        {
            by_address.entry(url.key()).or_default().push(at);
        }
    }
    for members in by_address.values() {
        let mut names: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
        for &at in members {
            let (Some(mention), NodeOf::Mention(id, _)) = (nodes[at].mention(), &nodes[at].what) else { continue };
            names.entry(id.source).or_default().insert(core_title(mention));
            for name in [
                core_title(mention),
                normalise(&mention.title.text),
                normalise(mention.name.as_deref().unwrap_or_default()),
            ] {
                if !name.is_empty() {
                    let first = *by_name.entry(name).or_insert(at);
                    union.union(first, at);
                }
            }
        }
        if names.values().all(|names| names.len() == 1) {
            members.iter().for_each(|at| {
                union.union(members[0], *at);
            });
        }
    }
}

/// The title without the short name before its colon.
fn core_title(mention: &Mention) -> String {
    let title = &mention.title.text;
    let core = mention
        .name
        .as_deref()
        .and_then(|name| title.strip_prefix(name))
        .map(normalise)
        .filter(|core| !core.is_empty());
    core.unwrap_or_else(|| normalise(title))
}

/// Merges papers of the same title, and finds preprints of articles among them: pairs of nodes.
fn union_titles(nodes: &[Node<'_>], union: &mut UnionFind<usize>) -> Vec<(usize, usize)> {
    let mut by_title: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| node.kind.kind == Kind::Paper && !node.is_half) {
        let title = normalise(node.title());
        if title.split(' ').count() >= 4 || !title.is_ascii() && title.chars().count() >= 8 {
            by_title.entry(title).or_default().push(at);
        }
    }
    let halves: BTreeSet<usize> =
        nodes.iter().enumerate().filter(|(_, node)| node.is_half).map(|(at, _)| union.find_mut(at)).collect();
    let mut twins = Vec::new();
    for members in by_title.values() {
        let (preprints, others): (Vec<usize>, Vec<usize>) =
            members.iter().copied().partition(|&at| is_deposited(&nodes[at]) || halves.contains(&union.find(at)));
        merge_agreeing(nodes, &others, union);
        merge_agreeing(nodes, &preprints, union);
        let Some(&preprint) = preprints.first() else { continue };
        let published = others.iter().copied().find(|&at| is_published(&nodes[at]));
        match published {
            Some(article) => twins.push((preprint, article)),
            None => others.iter().for_each(|&at| {
                union.union(preprint, at);
            }),
        }
    }
    twins
}

/// Known by the DOI of a preprint server.
fn is_deposited(node: &Node<'_>) -> bool {
    node.ids.doi.as_ref().is_some_and(crate::id::Doi::is_preprint)
}

/// Known by another identifier than a preprint's, or cited in a journal.
fn is_published(node: &Node<'_>) -> bool {
    let has_id = node.ids.doi.is_some() || node.ids.pmcid.is_some() || node.ids.pmid.is_some();
    has_id
        || node.mention().and_then(|mention| mention.venue_kind).is_some_and(|kind| kind != VenueKind::PreprintServer)
}

/// Merges those whose identifiers do not contradict each other; all or none.
fn merge_agreeing(nodes: &[Node<'_>], members: &[usize], union: &mut UnionFind<usize>) {
    let mut all = Identifiers::default();
    for &at in members {
        if all.conflicts_with(&nodes[at].ids) {
            return;
        }
        all.fill_from(nodes[at].ids.clone());
    }
    for pair in members.windows(2) {
        union.union(pair[0], pair[1]);
    }
}

fn build(nodes: &[Node<'_>], labels: &[usize], twins: &[(usize, usize)]) -> Grouping {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        members.entry(*label).or_default().push(at);
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
    for (at, node) in nodes.iter().enumerate() {
        match node.what {
            NodeOf::Mention(id, _) => {
                grouping.mentions.insert(id, thing_of_node[at]);
            }
            NodeOf::Claim { source, claim, is_subject } => {
                let pair = grouping.claims.entry((source, claim)).or_default();
                *(if is_subject { &mut pair.0 } else { &mut pair.1 }) = thing_of_node[at];
            }
        }
    }
    grouping.versions = twins
        .iter()
        .filter_map(|(preprint, article)| {
            version(nodes, *preprint, (thing_of_node[*preprint], thing_of_node[*article]))
        })
        .collect();
    grouping
}

/// Two things may have the same weak identity, such as a short title: where each stands tells them apart.
fn tell_apart(nodes: &[Node<'_>], built: &mut [(Thing, Vec<usize>)]) {
    let mut wanted: HashMap<(Kind, Identity), usize> = HashMap::new();
    for (thing, _) in built.iter() {
        *wanted.entry((thing.kind.kind, thing.identity.clone())).or_default() += 1;
    }
    let is_shared =
        |kind: Kind, identity: &Identity| wanted.get(&(kind, identity.clone())).is_some_and(|count| *count > 1);
    for (thing, members) in built.iter_mut() {
        if is_shared(thing.kind.kind, &thing.identity) {
            let places = members.iter().map(|at| nodes[*at].url.map_or_else(|| place(&nodes[*at]), WebUrl::key));
            let name = members.iter().map(|at| slug(nodes[*at].title())).max().unwrap_or_default();
            thing.identity =
                Identity::Address { key: format!("{name} {}", places.min().unwrap_or_default()), slug: name };
        }
        // An identity that several things would have means none of them.
        thing.aliases.retain(|alias| !wanted.contains_key(&(thing.kind.kind, alias.clone())));
    }
}

/// Where a node stands, for things that have no address.
fn place(node: &Node<'_>) -> String {
    match node.what {
        NodeOf::Mention(id, mention) => format!("{} {} {}", id.source, id.entry, mention.title.text),
        NodeOf::Claim { source, claim, .. } => format!("{source} {claim}"),
    }
}

fn version(nodes: &[Node<'_>], preprint: usize, (subject, object): (usize, usize)) -> Option<(usize, Link)> {
    let NodeOf::Mention(id, _) = nodes[preprint].what else { return None };
    let (evidence, confidence) = (Evidence::SameTitle, Confidence::percent(85));
    let link = Link { subject, relation: Relation::PreprintOf, object, evidence, confidence, entries: vec![id.entry] };
    (subject != object).then_some((id.source, link))
}

fn thing(nodes: &[Node<'_>], members: &[usize]) -> Thing {
    let kind = members
        .iter()
        .map(|at| nodes[*at].kind)
        .max_by_key(|guess| (guess.confidence, std::cmp::Reverse(guess.kind)))
        .unwrap_or(KindGuess {
            kind: Kind::Article,
            evidence: Evidence::KindByDefault,
            confidence: Confidence::percent(0),
        });
    let mut identities: BTreeSet<Identity> = BTreeSet::new();
    for &at in members {
        identities.extend(identities_of(&nodes[at], kind.kind));
    }
    let identity = identities.pop_first().unwrap_or_else(|| Identity::Title(String::new()));
    Thing { identity, aliases: identities, kind }
}

/// All identities that a mention gives to its thing.
fn identities_of(node: &Node<'_>, kind: Kind) -> Vec<Identity> {
    let mut found = Vec::new();
    if kind == Kind::Paper {
        found.extend(node.ids.doi.clone().map(Identity::Doi));
        found.extend(node.ids.arxiv.clone().map(Identity::Arxiv));
        found.extend(node.ids.pmcid.clone().map(Identity::Pmcid));
        found.extend(node.ids.pmid.clone().map(Identity::Pmid));
        let title = normalise(node.title());
        if !title.is_empty() && !node.is_half {
            found.push(Identity::Title(title));
        } else if let Some(url) = node.url.filter(|_| found.is_empty()) {
            found.push(Identity::Address { key: url.key(), slug: slug(&url.key()) });
        }
        return found;
    }
    let Some(url) = node.url else {
        let title = normalise(node.title());
        return if title.is_empty() { Vec::new() } else { vec![Identity::Title(title)] };
    };
    if let Some(repository) = repository(url) {
        return vec![Identity::from(&repository)];
    }
    if let Some(package) = Package::from_url(url) {
        return vec![Identity::from(&package)];
    }
    let name = node.mention().map_or("", |mention| mention.name.as_deref().unwrap_or(&mention.title.text));
    vec![Identity::Address { key: url.key(), slug: slug(name) }]
}
