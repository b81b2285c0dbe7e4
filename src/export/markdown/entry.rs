//! One thing as an item of a list.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    places::Places,
    text::{escape, link},
};
use crate::{
    export::work::{Author, Reader, Work, line},
    id::{RepoSlug, WebUrl},
    network::{Column, Network, Node, Relation},
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
        let is_paper = |node: u32| network.nodes[node as usize].kind == "paper";
        for (tool, paper) in network.pairs(Relation::Implements).filter(|(_, paper)| is_paper(*paper)) {
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
        let is_paper = node.kind == "paper";
        let title = title(&work, node);
        let address = address(&work);
        let mut entry = match &address {
            Some(address) => format!("- {}\n", link(title, address)),
            None => format!("- {}\n", escape(title)),
        };
        let mut add = |label: &str, text: &str| {
            if !text.is_empty() {
                entry.extend(["  - ", label, ": ", text, "\n"]);
            }
        };
        add("Type", type_of(node.kind));
        if is_paper {
            add("Authors", &authors(&work));
            add("Venue", &work.venue.as_ref().map(|venue| escape(venue.name)).unwrap_or_default());
        }
        add("Year", &work.date.map(|date| date.year().to_string()).unwrap_or_default());
        if is_paper {
            add("Paper", &citation(&work));
            add("Code", &self.code(thing, here));
        } else {
            add("Paper", &self.papers_of(thing, here));
            add("Code", &work.repository.map(|url| link("code", url)).unwrap_or_default());
        }
        for (label, text) in links(&work, is_paper, address.as_deref()) {
            add(label, &text);
        }
        // What the title says already comes back from there.
        let is_said = |text: &&&str| title.ends_with(**text) && title.len() > text.len();
        let description = work.descriptions.iter().find(|text| !is_said(text));
        add("Description", &description.map(|text| escape(text)).unwrap_or_default());
        entry
    }

    /// The pairs of a tool and a paper that stand under no heading together: what is written, and what below it.
    pub(super) fn parted(&self) -> BTreeMap<u32, BTreeSet<u32>> {
        let mut parted: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (tool, papers) in &self.papers {
            for paper in papers.iter().filter(|paper| !self.places.share_a_heading(*tool, **paper)) {
                let (host, other) = if self.is_host(*tool) { (*tool, *paper) } else { (*paper, *tool) };
                parted.entry(host).or_insert_with(|| BTreeSet::from([host])).insert(other);
            }
        }
        parted
    }

    /// Whether its papers are written below a tool, and not the tool below its papers: a link to code alone would say of a
    /// model that it is a tool, and of what has no address but that of its code that it is another.
    fn is_host(&self, tool: u32) -> bool {
        let node = &self.network.nodes[tool as usize];
        node.kind == "model" || node.get(Column::Url).is_none()
    }

    fn code(&self, paper: u32, here: &BTreeSet<u32>) -> String {
        let tools = self.tools.get(&paper).map_or(&[][..], Vec::as_slice);
        let shown = tools.iter().filter(|tool| here.contains(tool) && !self.is_host(**tool)).filter_map(|tool| {
            let node = &self.network.nodes[*tool as usize];
            Some(link(&node.label, node.get(Column::Url)?))
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    /// The papers that are written with their tool, and those that have no title of their own.
    fn papers_of(&self, thing: u32, here: &BTreeSet<u32>) -> String {
        let papers = self.papers.get(&thing).filter(|_| self.is_host(thing)).map_or(&[][..], Vec::as_slice);
        let papers = papers.iter().filter(|paper| here.contains(paper));
        let guests = self.guests.get(&thing).map_or(&[][..], Vec::as_slice);
        let shown: BTreeSet<u32> = papers.chain(guests).copied().collect();
        let works = shown.iter().filter_map(|paper| self.reader.work(&self.network.nodes[*paper as usize]));
        let works: Vec<Work<'_>> = works.collect();
        if let [only] = works.as_slice()
            && only.title.is_empty()
            && !only.authors.is_empty()
        {
            return cited(only);
        }
        let links = works.iter().filter_map(|work| {
            let address = address(work)?;
            let year = work.date.map(|date| format!("paper {}", date.year()));
            let label = year.unwrap_or_else(|| "paper".to_owned());
            Some(link(if work.title.is_empty() { &label } else { work.title }, &address))
        });
        links.collect::<Vec<_>>().join(", ")
    }
}

/// The title of an item: the name, with what explains it where an entry had that.
fn title<'s>(work: &Work<'s>, node: &'s Node) -> &'s str {
    let name = if work.title.is_empty() { &*node.label } else { work.title };
    let explains = |title: &&&str| {
        let rest = title.strip_prefix(name).filter(|rest| rest.starts_with([':', '：', ' ', '-', '–']));
        rest.is_some_and(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–'));
            work.descriptions.contains(&rest.trim())
        })
    };
    let long = work.other_names.iter().find(explains).filter(|_| node.kind != "paper");
    long.copied().unwrap_or(name)
}

/// The word for a kind that neither an address nor a citation shows.
fn type_of(kind: &str) -> &'static str {
    match kind {
        "model" => "model",
        "dataset" => "dataset",
        "course" => "course",
        "competition" => "competition",
        "organization" => "organization",
        "list" => "awesome list",
        "article" => "web page",
        "book" => "book",
        "video" => "video",
        "person" => "person",
        _ => "",
    }
}

/// The other addresses, each behind the label for what it leads to.
fn links(work: &Work<'_>, is_paper: bool, main: Option<&str>) -> Vec<(&'static str, String)> {
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
            let host = address.parse::<WebUrl>().map(|url| url.host().to_owned()).unwrap_or_default();
            let text = match label {
                // The text of a link to the paper would be taken for a part of what is cited.
                "Article" | "PDF" => label,
                _ if !text.is_empty() => *text,
                _ if !host.is_empty() => &host,
                _ => label,
            };
            found.push((label, link(text, address)));
        }
    }
    found
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

/// A paper without a title, as it is cited: it has no place of its own where its authors could stand.
fn cited(work: &Work<'_>) -> String {
    let citation = citation(work);
    let year = work.date.map(|date| format!("({})", date.year())).filter(|year| !citation.contains(year.as_str()));
    let year = year.map(|year| format!(" {year}")).unwrap_or_default();
    format!("{}{year}. {citation}", authors(work))
}

/// Where a paper stands, as it is cited, and its identifiers.
fn citation(work: &Work<'_>) -> String {
    let mut text = String::new();
    if let Some(venue) = work.venue.as_ref().filter(|_| work.volume.is_some() || work.pages.is_some()) {
        let part = |before: &str, part: Option<&str>, behind: &str| {
            part.map(|part| [before, part, behind].concat()).unwrap_or_default()
        };
        text.push_str(venue.name);
        text.push_str(&part(" ", work.volume, ""));
        text.push_str(&part("(", work.issue, ")"));
        text.push_str(&part(if work.volume.is_some() { ":" } else { ", pp. " }, work.pages, ""));
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
