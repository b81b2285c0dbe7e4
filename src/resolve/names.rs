//! Tools and datasets of the same name.
//!
//! A name alone proves nothing: there are many a `GAT`. Two of one name are one thing if, besides, they have a link in common
//! (the one's page is the other's source code, documentation or package; `owner.github.io/name` is the page of the
//! repository), the same host, which is called like them (`scanpy.readthedocs.io`), or the same paper. Two repositories are
//! two things, whatever they are called, and so are two packages of one registry. A page of which nothing is known may be a
//! tool's.

use std::collections::{BTreeSet, HashMap};

use super::{
    nodes::{Node, NodeOf, Site},
    parts::{Edge, Parts},
};
use crate::{
    id::WebUrl,
    model::{Confidence, Evidence, Extraction, Kind, LinkRole, Relation, normalise},
};

/// Merges tools, models and datasets by name and one thing more.
pub(super) fn unite(extractions: &[Extraction], parts: &mut Parts<'_, '_>) {
    let mut named = names(parts.nodes);
    named.sort_unstable();
    for same in named.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)) {
        let nodes: Vec<usize> = same.iter().map(|(.., node)| *node).collect();
        if nodes.iter().any(|node| parts.part_of(*node) != parts.part_of(nodes[0])) {
            unite_namesakes(&same[0].1, &nodes, extractions, parts);
        }
    }
}

/// The names of all tools and datasets: whether it is a dataset, the name squeezed together, the node.
fn names(nodes: &[Node<'_>]) -> Vec<(bool, String, usize)> {
    let mut found = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let kind = node.kind.kind;
        let is_unknown = node.kind.evidence == Evidence::KindByDefault;
        let is_wanted = kind.is_software() || kind == Kind::Dataset || is_unknown;
        let Some(mention) = node.mention().filter(|_| is_wanted) else { continue };
        let name = match &mention.name {
            Some(name) => squeeze(&normalise(name)),
            None if node.title.split(' ').count() <= 3 => squeeze(&node.title),
            None => continue,
        };
        let repository = match &node.site {
            Some(Site::Repository(path)) => path.rsplit('/').next().map(|name| squeeze(&normalise(name))),
            _ => None,
        };
        let repository = repository.filter(|other| *other != name);
        let all = std::iter::once(name).chain(repository);
        found.extend(all.filter(|name| name.chars().count() >= 3).map(|name| (kind == Kind::Dataset, name, at)));
    }
    found
}

fn squeeze(normal: &str) -> String {
    normal.split(' ').collect()
}

fn unite_namesakes(name: &str, nodes: &[usize], extractions: &[Extraction], parts: &mut Parts<'_, '_>) {
    for (evidence, percent) in
        [(Evidence::SameNameAndLink, 93), (Evidence::SameNameAndPaper, 88), (Evidence::SameNameAndHost, 90)]
    {
        let mut first_with: HashMap<String, usize> = HashMap::new();
        for &b in nodes {
            let keys = match evidence {
                Evidence::SameNameAndLink => links(&parts.nodes[b]),
                Evidence::SameNameAndPaper => papers(b, extractions, parts),
                _ => hosts(name, &parts.nodes[b]),
            };
            for key in keys {
                let a = *first_with.entry(key).or_insert(b);
                if parts.head(a) != parts.head(b) && are_compatible(a, b, parts) {
                    let confidence = Confidence::percent(percent);
                    parts.unite(Edge { a, b, evidence, confidence, decision: None });
                }
            }
        }
    }
}

/// Two repositories are two things, and so are two packages of one registry.
fn are_compatible(a: usize, b: usize, parts: &Parts<'_, '_>) -> bool {
    let sites = |node| parts.thing_of(node).filter_map(|at| parts.nodes[at].site.as_ref()).collect::<Vec<&Site>>();
    let (of_a, of_b) = (sites(a), sites(b));
    let repositories = |sites: &[&Site]| {
        let of_site = |site: &&Site| if let Site::Repository(path) = site { Some(path.clone()) } else { None };
        sites.iter().filter_map(of_site).collect::<BTreeSet<String>>()
    };
    let (one, other) = (repositories(&of_a), repositories(&of_b));
    let is_one_repository = one.is_empty() || other.is_empty() || !one.is_disjoint(&other);
    let clashes = |(a, b): (&&Site, &&Site)| match (a, b) {
        (Site::Package(a), Site::Package(b)) => a != b && a.split('/').next() == b.split('/').next(),
        _ => false,
    };
    is_one_repository && !of_a.iter().flat_map(|a| of_b.iter().map(move |b| (a, b))).any(clashes)
}

/// The pages that mean the tool itself, comparable.
fn links(node: &Node<'_>) -> Vec<String> {
    let is_own = |role| {
        matches!(
            role,
            LinkRole::Main | LinkRole::Code | LinkRole::Project | LinkRole::Documentation | LinkRole::Package
        )
    };
    let links = node.mention().map_or(&[][..], |mention| &mention.links);
    let mut found: BTreeSet<String> = BTreeSet::new();
    for url in links.iter().filter(|link| is_own(link.role)).map(|link| &link.url) {
        found.extend(page_of_repository(url));
        found.insert(Site::of(url).text().to_owned());
    }
    found.into_iter().collect()
}

/// The repository that a page on a forge's own host belongs to: `owner.github.io/name`, or `name.github.io` of `name/name`.
fn page_of_repository(url: &WebUrl) -> Option<String> {
    let host = url.host().to_ascii_lowercase();
    let (owner, forge) = [(".github.io", "github"), (".gitlab.io", "gitlab")]
        .into_iter()
        .find_map(|(ending, forge)| Some((host.strip_suffix(ending)?.to_owned(), forge)))?;
    let name = url.path().split('/').find(|segment| !segment.is_empty()).unwrap_or(&owner).to_ascii_lowercase();
    Some(format!("{forge}/{owner}/{name}"))
}

/// The papers that entries tie the tool to.
fn papers(node: usize, extractions: &[Extraction], parts: &Parts<'_, '_>) -> Vec<String> {
    let NodeOf::Mention(id, _) = parts.nodes[node].what else { return Vec::new() };
    let relations = &extractions[id.source].entries[id.entry].relations;
    let tied = relations.iter().filter(|tie| tie.relation == Relation::Implements && tie.subject == id.mention);
    // The mentions of an entry are nodes beside one another.
    tied.map(|tie| parts.head(node - id.mention + tie.object).to_string()).collect()
}

/// The host that is called like the tool, from its name on, where the address is the front page.
fn hosts(name: &str, node: &Node<'_>) -> Vec<String> {
    let Some(url) = node.url.filter(|url| is_front_page(url)) else { return Vec::new() };
    let host = url.host().to_ascii_lowercase();
    let mut rest = host.as_str();
    while let Some((label, above)) = rest.split_once('.') {
        if name.chars().count() >= 4 && squeeze(&normalise(label)) == name {
            return vec![rest.to_owned()];
        }
        rest = above;
    }
    Vec::new()
}

/// Whether the address leads to a site as a whole, and not to one of several things there: `/`, `/en/latest/`, `/index.html`.
fn is_front_page(url: &WebUrl) -> bool {
    let is_plain = |segment: &str| {
        let is_page = segment.rsplit_once('.').is_some_and(|(page, ending)| page == "index" && ending.len() >= 3);
        matches!(segment, "" | "en" | "latest" | "stable" | "main" | "home" | "docs" | "doc" | "#") || is_page
    };
    url.query().is_none() && url.path().split('/').all(is_plain)
}
