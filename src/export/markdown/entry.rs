//! One thing as an item of a list.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    places::Places,
    text::{escape, link},
};
use crate::{
    export::work::{Author, Reader, Work, line},
    id::{RepoSlug, WebUrl},
    network::{Column, Network, Relation},
};

/// Makes the items.
pub(super) struct Entries<'w, 's> {
    reader: &'w Reader<'s>,
    network: &'s Network,
    places: &'w Places<'s>,
    /// The tools that implement each paper.
    tools: BTreeMap<u32, Vec<u32>>,
    /// The papers that each tool implements.
    papers: BTreeMap<u32, Vec<u32>>,
    /// The things without a title below each thing that they were mentioned with.
    guests: BTreeMap<u32, Vec<u32>>,
}

impl<'w, 's> Entries<'w, 's> {
    pub(super) fn new(reader: &'w Reader<'s>, network: &'s Network, places: &'w Places<'s>) -> Self {
        let mut entries =
            Self { reader, network, places, tools: BTreeMap::new(), papers: BTreeMap::new(), guests: BTreeMap::new() };
        for (tool, paper) in network.pairs(Relation::Implements) {
            entries.tools.entry(paper).or_default().push(tool);
            entries.papers.entry(tool).or_default().push(paper);
        }
        for (guest, hosts) in &places.hosts {
            if network.nodes[*guest as usize].kind == "paper" && entries.is_untitled(*guest) {
                for host in hosts.iter().filter(|host| network.nodes[**host as usize].kind != "paper") {
                    entries.guests.entry(*host).or_default().push(*guest);
                }
            }
        }
        entries
    }

    fn is_untitled(&self, node: u32) -> bool {
        self.reader.work(&self.network.nodes[node as usize]).is_none_or(|work| work.title.is_empty())
    }

    fn is_guest(&self, node: u32) -> bool {
        self.places.hosts.get(&node).is_some_and(|hosts| {
            hosts.iter().any(|host| self.guests.get(host).is_some_and(|guests| guests.contains(&node)))
        })
    }

    /// The item of a thing; empty if it stands below another one. `here` is what stands under the same heading.
    pub(super) fn entry(&self, thing: u32, here: &BTreeSet<u32>) -> String {
        let node = &self.network.nodes[thing as usize];
        let Some(work) = self.reader.work(node).filter(|_| !self.is_guest(thing)) else { return String::new() };
        let title = if work.title.is_empty() { &node.label } else { work.title };
        let address = address(&work);
        let mut entry = match &address {
            Some(address) => format!("- {}\n", link(title, address)),
            None => format!("- {}\n", escape(title)),
        };
        let mut add = |label: &str, text: &str| {
            if !text.is_empty() {
                entry.push_str(&format!("  - {label}: {text}\n"));
            }
        };
        let is_paper = node.kind == "paper";
        add("Authors", &authors(&work));
        add("Venue", &work.venue.as_ref().map(|venue| escape(venue.name)).unwrap_or_default());
        add("Year", &work.date.map(|date| date.year().to_string()).unwrap_or_default());
        if is_paper {
            add("Paper", &citation(&work));
            add("Code", &self.code(thing, here));
        } else {
            add("Paper", &self.papers_of(thing));
            add("Code", &work.repository.map(|url| link("code", url)).unwrap_or_default());
        }
        for (label, text) in self.links(&work, is_paper, address.as_deref()) {
            add(label, &text);
        }
        add("Description", &work.description.map(escape).unwrap_or_default());
        entry
    }

    /// The tools of a paper that stand under the same heading, or that no heading has in common with it. A model is
    /// written where it stands itself, for a link to code alone says that it is a tool.
    fn code(&self, paper: u32, here: &BTreeSet<u32>) -> String {
        let tools = self.tools.get(&paper).map_or(&[][..], Vec::as_slice);
        let shown = tools.iter().filter(|tool| {
            self.network.nodes[**tool as usize].kind == "tool"
                && (here.contains(tool) || !self.share_a_place(**tool, paper))
        });
        let links = shown.filter_map(|tool| {
            let node = &self.network.nodes[*tool as usize];
            Some(link(&node.label, node.get(Column::Repository).or_else(|| node.get(Column::Url))?))
        });
        links.collect::<Vec<_>>().join(", ")
    }

    fn share_a_place(&self, a: u32, b: u32) -> bool {
        let is_in = |things: &Vec<u32>| things.contains(&a) && things.contains(&b);
        self.places.under.values().any(is_in) || is_in(&self.places.loose)
    }

    /// The papers that are written with their tool, and those that have no title of their own.
    fn papers_of(&self, thing: u32) -> String {
        let is_model = self.network.nodes[thing as usize].kind == "model";
        let papers = self.papers.get(&thing).filter(|_| is_model).map_or(&[][..], Vec::as_slice);
        let guests = self.guests.get(&thing).map_or(&[][..], Vec::as_slice);
        let shown: BTreeSet<u32> = papers.iter().chain(guests).copied().collect();
        let links = shown.into_iter().filter_map(|paper| {
            let work = self.reader.work(&self.network.nodes[paper as usize])?;
            Some(link(if work.title.is_empty() { "paper" } else { work.title }, &address(&work)?))
        });
        links.collect::<Vec<_>>().join(", ")
    }

    /// The other addresses, each behind the label for what it leads to.
    fn links(&self, work: &Work<'_>, is_paper: bool, main: Option<&str>) -> Vec<(&'static str, String)> {
        let key = |address: &str| address.parse::<WebUrl>().map_or_else(|_| address.to_owned(), |url| url.key());
        let mut seen: BTreeSet<String> = main.into_iter().chain(work.repository).map(key).collect();
        let mut found = Vec::new();
        for (role, address, text) in &work.links {
            let is_repository = address.parse().ok().as_ref().and_then(RepoSlug::from_url).is_some();
            let label = match *role {
                "paper" if is_paper => "Article",
                "pdf" if is_paper => "PDF",
                "data" => "Data",
                "translation" => "Translation",
                "project" => "Project",
                "demo" => "Demo",
                "weights" => "Weights",
                "video" => "Video",
                "slides" => "Slides",
                "documentation" => "Documentation",
                "code" if !is_paper => "Code",
                "package" if !is_paper => "Project",
                // The code of a paper would be taken for a tool.
                "other" | "main" if !(is_paper && is_repository) => "Additional links",
                _ => continue,
            };
            if seen.insert(key(address)) {
                let text = if label == "Translation" && !text.is_empty() { text } else { label };
                found.push((label, link(text, address)));
            }
        }
        found
    }
}

/// Where a thing can be found: where its entry leads, else where its identifier does.
fn address(work: &Work<'_>) -> Option<String> {
    let doi = || work.doi.map(|doi| format!("https://doi.org/{doi}"));
    let arxiv = || work.arxiv.map(|id| format!("https://arxiv.org/abs/{id}"));
    work.url.map(str::to_owned).or_else(doi).or_else(arxiv)
}

fn authors(work: &Work<'_>) -> String {
    let name = |author: &Author<'_>| match author {
        Author::Group(name) => escape(name),
        Author::Person { family, given, .. } => escape(&format!("{given} {family}")),
    };
    let others = work.et_al.then(|| "et al.".to_owned());
    work.authors.iter().map(name).chain(others).collect::<Vec<_>>().join(", ")
}

/// Where a paper stands, as it is cited, and its identifiers.
fn citation(work: &Work<'_>) -> String {
    let mut text = String::new();
    if let Some(venue) = work.venue.as_ref().filter(|_| work.volume.is_some() || work.pages.is_some()) {
        text.push_str(venue.name);
        text.push_str(&work.volume.map(|volume| format!(" {volume}")).unwrap_or_default());
        text.push_str(&work.issue.map(|issue| format!("({issue})")).unwrap_or_default());
        text.push_str(&work.pages.map(|pages| format!(":{pages}")).unwrap_or_default());
        text.push_str(&work.date.map(|date| format!(" ({}).", date.year())).unwrap_or_default());
    }
    let ids = [("doi:", work.doi), ("arXiv:", work.arxiv), ("PMID: ", work.pmid), ("PMCID: ", work.pmcid)];
    for (label, id) in ids {
        if let Some(id) = id {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(label);
            text.push_str(id);
        }
    }
    escape(&line(&text))
}
