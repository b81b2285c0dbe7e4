//! Registries of tools: which tools there are, and which papers describe them.
//!
//! Each reader makes a dossier of every record; how close a tool is to a paper that is tied to it, `grade` decides for all of
//! them. A registry says of a tool where its code is; what several records say of one repository is of none of them alone, so
//! that tools of one collection are not taken for one (`own_address`).

mod biotools;
mod grade;
mod papers_with_code;
mod scrna_tools;

use std::collections::BTreeMap;

use super::dossier;
use crate::{
    id::{ArxivId, Doi, Identifiers, Package, RepoSlug, WebUrl},
    model::{Dossier, Evidence, Extraction, LinkRole, Related, Relation, normalise},
    read::{Form, Source},
};

pub(super) fn extract(source: &Source) -> Extraction {
    let mut notices = Vec::new();
    let filed = match Form::of(&source.text) {
        Form::ScrnaTools => scrna_tools::read(&source.text, &mut notices),
        Form::PapersWithCode => papers_with_code::read(&source.text, &mut notices),
        _ => biotools::read(&source.text, &mut notices),
    };
    dossier::entries(source, filed, notices)
}

/// What a registry says of a tool and a paper, before it is known how close they are.
fn tie(paper: Dossier) -> Related {
    Related {
        relation: Relation::Implements,
        is_inverse: false,
        other: Box::new(paper),
        evidence: Evidence::Registry,
        percent: 0,
        grade: None,
    }
}

/// The identifiers in a text that is a DOI or an arXiv identifier: `10.1000/x`, `arxiv/2003.03462`.
fn ids_of(text: &str) -> Option<Identifiers> {
    let mut ids = Identifiers::default();
    let bare = text.trim();
    let arxiv = bare.get(..6).filter(|start| start.eq_ignore_ascii_case("arxiv/")).map(|_| &bare[6..]);
    match arxiv {
        Some(id) => ids.arxiv = Some(id.parse::<ArxivId>().ok()?),
        None => ids.fill_from(Identifiers { doi: Some(bare.parse::<Doi>().ok()?), ..Identifiers::default() }),
    }
    Some(ids)
}

/// What an address is known by, if it means one tool: a repository or a package as a whole.
fn site(url: &WebUrl) -> Option<String> {
    let repository = RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url));
    repository.map(|slug| slug.to_string()).or_else(|| Package::from_url(url).map(|package| package.to_string()))
}

/// Makes sure that a repository or package is the main address of one tool: of several, the one that is called like it.
/// The others only have their code there, and are known by their page in the registry, if it has one.
fn settle_addresses(tools: &mut [&mut Dossier], page: impl Fn(&Dossier) -> Option<WebUrl>) {
    let mut by_site: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, tool) in tools.iter().enumerate() {
        if let Some((LinkRole::Main, url)) = tool.links.first()
            && let Some(site) = site(url)
        {
            by_site.entry(site).or_default().push(at);
        }
    }
    for (site, members) in by_site.into_iter().filter(|(_, members)| members.len() > 1) {
        let name = squeezed(site.rsplit('/').next().unwrap_or_default());
        let is_called_so = |at: &&usize| tools[**at].name.as_deref().is_some_and(|own| squeezed(own) == name);
        let mut namesakes = members.iter().filter(is_called_so);
        let owner = namesakes.next().copied().filter(|_| namesakes.next().is_none());
        for at in members.into_iter().filter(|at| Some(*at) != owner) {
            let page = page(tools[at]);
            let links = &mut tools[at].links;
            links[0].0 = LinkRole::Code;
            if let Some(page) = page {
                links.insert(0, (LinkRole::Main, page));
            }
        }
    }
}

fn squeezed(name: &str) -> String {
    normalise(name).split(' ').collect()
}

/// Adds an address, if it is not there yet.
fn add_link(links: &mut Vec<(LinkRole, WebUrl)>, role: LinkRole, url: WebUrl) {
    let form = |url: &WebUrl| site(url).unwrap_or_else(|| url.key());
    let own = form(&url);
    if !links.iter().any(|(_, other)| form(other) == own) {
        links.push((role, url));
    }
}

#[cfg(test)]
mod tests;
