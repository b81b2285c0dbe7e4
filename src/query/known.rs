//! What a store knows of things that curators want to hear of: links, repositories, papers that were taken back.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::trust::source_name;
use crate::{
    id::{RepoSlug, WebUrl},
    map::vocab,
    model::{Known, LinkCheck, RetractedPaper, WorkRef, normalise},
    store::{Graph, StoreError},
};

/// What is known of links, repositories and retracted papers.
///
/// # Errors
///
/// If the store cannot be read.
pub fn known(graph: &Graph) -> Result<Known, StoreError> {
    let mut known = Known { links: links(graph)?, ..Known::default() };
    for (thing, said) in statuses(graph)? {
        if let Some((status, sources)) =
            ["retracted", "withdrawn"].iter().find_map(|status| said.get_key_value(*status))
        {
            known.retracted.push(retracted(graph, thing.as_ref(), status, sources.clone())?);
        }
        if said.contains_key("archived") || said.contains_key("moved") {
            add_repository(graph, thing.as_ref(), said.contains_key("archived"), &mut known)?;
        }
    }
    Ok(known)
}

/// The checks of the report on links, as its text has them.
fn links(graph: &Graph) -> Result<BTreeMap<WebUrl, LinkCheck>, StoreError> {
    let mut found = BTreeMap::new();
    for quad in graph.matching(None, Some(vocab::TYPE), Some(vocab::LINK_REPORT.into())) {
        let Quad { subject: NamedOrBlankNode::NamedNode(report), .. } = quad? else { continue };
        for text in objects(graph, report.as_ref(), vocab::TEXT)? {
            let checks = text.lines().filter_map(|line| serde_json::from_str::<LinkCheck>(line).ok());
            found.extend(checks.map(|check| (check.url.clone(), check)));
        }
    }
    Ok(found)
}

/// What became of things: each status with those who say so.
type Statuses = BTreeMap<NamedNode, BTreeMap<String, BTreeSet<String>>>;

fn statuses(graph: &Graph) -> Result<Statuses, StoreError> {
    let mut found = Statuses::new();
    for quad in graph.matching(None, Some(vocab::CREATIVE_WORK_STATUS), None) {
        if let Quad { subject: NamedOrBlankNode::NamedNode(thing), .. } = quad? {
            found.entry(thing).or_default();
        }
    }
    for (thing, said) in &mut found {
        for quad in graph.stated(thing.as_ref(), vocab::CREATIVE_WORK_STATUS) {
            if let Quad { object: Term::Literal(status), graph_name: GraphName::NamedNode(name), .. } = quad? {
                said.entry(status.value().to_owned()).or_default().insert(source_name(name.as_str()).to_owned());
            }
        }
    }
    Ok(found)
}

fn retracted(
    graph: &Graph,
    thing: NamedNodeRef<'_>,
    status: &str,
    sources: BTreeSet<String>,
) -> Result<RetractedPaper, StoreError> {
    let mut ids = BTreeSet::new();
    let schemes = [("doi", vocab::DOI), ("arxiv", vocab::ARXIV_ID), ("pmcid", vocab::PMCID), ("pmid", vocab::PMID)];
    for (scheme, predicate) in schemes {
        let texts = objects(graph, thing, predicate)?;
        ids.extend(texts.iter().filter_map(|text| format!("{scheme}:{text}").parse::<WorkRef>().ok()));
    }
    Ok(RetractedPaper {
        status: status.to_owned(),
        ids,
        titles: objects(graph, thing, vocab::NAME)?.iter().map(|title| normalise(title)).collect(),
        addresses: addresses(graph, thing, vocab::URL)?.iter().map(WebUrl::key).collect(),
        notice: addresses(graph, thing, vocab::CORRECTION)?.into_iter().next(),
        sources,
    })
}

/// Adds what is said of the repository of a tool. Of several repositories it is about the one that the tool is named after.
fn add_repository(
    graph: &Graph,
    tool: NamedNodeRef<'_>,
    is_archived: bool,
    known: &mut Known,
) -> Result<(), StoreError> {
    let mut urls = addresses(graph, tool, vocab::CODE_REPOSITORY)?;
    urls.extend(addresses(graph, tool, vocab::URL)?);
    let moved_to = addresses(graph, tool, vocab::MOVED_TO)?.into_iter().next();
    let new_name = moved_to.as_ref().and_then(RepoSlug::from_url).map(|slug| slug.to_string());
    let names: BTreeSet<String> = urls
        .iter()
        .filter(|url| RepoSlug::is_root(url))
        .filter_map(|url| Some(RepoSlug::from_url(url)?.to_string()))
        .filter(|name| Some(name) != new_name.as_ref())
        .collect();
    let is_own = |name: &&String| names.len() == 1 || tool.as_str().ends_with(&format!("/{name}"));
    for name in names.iter().filter(is_own) {
        let repository = known.repositories.entry(name.clone()).or_default();
        repository.is_archived |= is_archived;
        repository.moved_to = repository.moved_to.take().or_else(|| moved_to.clone());
    }
    Ok(())
}

fn addresses(graph: &Graph, thing: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>) -> Result<Vec<WebUrl>, StoreError> {
    Ok(objects(graph, thing, predicate)?.iter().filter_map(|text| text.parse().ok()).collect())
}

/// The values of a property, as text.
fn objects(
    graph: &Graph,
    thing: NamedNodeRef<'_>,
    predicate: NamedNodeRef<'_>,
) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    for quad in graph.matching(Some(thing), Some(predicate), None) {
        match quad?.object {
            Term::NamedNode(node) => drop(found.insert(node.into_string())),
            Term::Literal(literal) => drop(found.insert(literal.value().to_owned())),
            Term::BlankNode(_) => {}
        }
    }
    Ok(found)
}
