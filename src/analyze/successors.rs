//! Tools that nobody looks after, and what may take their place.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Claim, Report};
use crate::{
    id::{RepoSlug, WebUrl},
    map::vocab,
    network::{Column, Network, Node, Relation},
};

/// After so many years without a change a tool counts as not looked after.
const QUIET_YEARS: i32 = 3;

/// A tool that may take the place of another, with the reasons; the first reason is the strongest.
struct Successor {
    tool: u32,
    /// 0 is the strongest.
    rank: usize,
    reasons: BTreeSet<(usize, String)>,
}

/// Finds tools that were archived, moved, or not changed for three years, and for each the living tools that may take their
/// place: where it moved to, others that implement the same work, others whose work cites its work under the same topic.
///
/// What is known of repositories comes from `enrich`; `this_year` is the year to count back from.
#[must_use]
pub fn successors(network: &Network, this_year: i32) -> Report {
    let facts = Facts::of(network);
    let tools: Vec<u32> =
        (0..).zip(&network.nodes).filter(|(_, node)| matches!(node.kind, "tool" | "model")).map(|(at, _)| at).collect();
    let mut rows = Vec::new();
    let mut claims = Vec::new();
    let mut n_alone = 0;
    for tool in &tools {
        let Some(trouble) = trouble(&network.nodes[*tool as usize], this_year) else { continue };
        let found = facts.successors(*tool, this_year);
        n_alone += usize::from(found.is_empty());
        for successor in found {
            let reasons: Vec<String> = successor.reasons.into_iter().map(|(_, words)| words).collect();
            rows.push(vec![
                Cell::name(network, *tool),
                Cell::Text(trouble.clone()),
                Cell::name(network, successor.tool),
                Cell::Text(reasons.join("; ")),
                Cell::Node(*tool),
                Cell::Node(successor.tool),
            ]);
            claims.push(Claim::Pair {
                node: *tool,
                predicate: vocab::MAY_BE_SUCCEEDED_BY,
                other: successor.tool,
                value: Cell::Text(reasons.join("; ")),
            });
        }
    }
    let tells = [Column::Status, Column::MovedTo, Column::Modified];
    let is_known = |node: &Node| tells.iter().any(|column| node.get(*column).is_some());
    let n_known = tools.iter().filter(|tool| is_known(&network.nodes[**tool as usize])).count();
    Report {
        name: "successors".to_owned(),
        method: format!(
            "tools that were archived, moved or not changed since {}, and living ones related to them",
            this_year - QUIET_YEARS
        ),
        parameters: vec![("year", this_year.to_string())],
        columns: vec!["tool", "trouble", "successor", "why", "tool_node", "successor_node"],
        rows,
        claims,
        notes: vec![format!(
            "the state of {n_known} of {} tools is known; {n_alone} that nobody looks after have no successor here",
            tools.len()
        )],
    }
}

/// Why a tool seems not to be looked after.
fn trouble(tool: &Node, this_year: i32) -> Option<String> {
    if let Some(moved_to) = tool.get(Column::MovedTo) {
        return Some(format!("moved to {moved_to}"));
    }
    if tool.statuses().any(|status| status == "archived") {
        return Some("archived".to_owned());
    }
    let year: i32 = tool.get(Column::Modified)?.get(..4)?.parse().ok()?;
    (year < this_year - QUIET_YEARS).then(|| format!("last changed in {year}"))
}

/// Whether a tool is known to be looked after.
fn is_alive(tool: &Node, this_year: i32) -> bool {
    tool.get(Column::Modified).is_some() && trouble(tool, this_year).is_none()
}

/// What ties tools to one another.
struct Facts<'n> {
    network: &'n Network,
    works_of: BTreeMap<u32, BTreeSet<u32>>,
    tools_of: BTreeMap<u32, BTreeSet<u32>>,
    citing: BTreeMap<u32, BTreeSet<u32>>,
    topics_of: BTreeMap<u32, BTreeSet<u32>>,
    /// Tools by their repository or address.
    places: BTreeMap<String, u32>,
}

impl<'n> Facts<'n> {
    fn of(network: &'n Network) -> Self {
        let map = |relation: Relation, is_turned: bool| {
            let mut map: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
            for (from, to) in network.pairs(relation) {
                let (key, value) = if is_turned { (to, from) } else { (from, to) };
                map.entry(key).or_default().insert(value);
            }
            map
        };
        let mut places = BTreeMap::new();
        for (at, node) in (0..).zip(&network.nodes).filter(|(_, node)| matches!(node.kind, "tool" | "model")) {
            for address in [Column::Repository, Column::Url].iter().filter_map(|column| node.get(*column)) {
                places.extend(place(address).map(|place| (place, at)));
            }
        }
        Self {
            network,
            works_of: map(Relation::Implements, false),
            tools_of: map(Relation::Implements, true),
            citing: map(Relation::Cites, true),
            topics_of: map(Relation::Topic, false),
            places,
        }
    }

    fn successors(&self, tool: u32, this_year: i32) -> Vec<Successor> {
        let mut found: BTreeMap<u32, BTreeSet<(usize, String)>> = BTreeMap::new();
        let label = |at: u32| &self.network.nodes[at as usize].label;
        let moved_to = self.network.nodes[tool as usize].get(Column::MovedTo).and_then(place);
        if let Some(other) = moved_to.and_then(|place| self.places.get(&place)) {
            found.entry(*other).or_default().insert((0, "it moved there".to_owned()));
        }
        for work in self.works_of.get(&tool).into_iter().flatten() {
            for other in self.tools_of.get(work).into_iter().flatten() {
                found.entry(*other).or_default().insert((1, format!("both implement {}", label(*work))));
            }
            for citing in self.citing.get(work).into_iter().flatten() {
                for other in
                    self.tools_of.get(citing).into_iter().flatten().filter(|other| self.share_topic(tool, **other))
                {
                    let words = format!("its work {} cites {}", label(*citing), label(*work));
                    found.entry(*other).or_default().insert((2, words));
                }
            }
        }
        found.retain(|other, reasons| {
            let has_moved_there = reasons.first().is_some_and(|(rank, _)| *rank == 0);
            *other != tool && (has_moved_there || is_alive(&self.network.nodes[*other as usize], this_year))
        });
        let successor = |(tool, reasons): (u32, BTreeSet<(usize, String)>)| {
            let rank = reasons.first().map_or(usize::MAX, |(rank, _)| *rank);
            Successor { tool, rank, reasons }
        };
        let mut found: Vec<Successor> = found.into_iter().map(successor).collect();
        found.sort_by_key(|successor| (successor.rank, std::cmp::Reverse(successor.reasons.len()), successor.tool));
        found
    }

    fn share_topic(&self, a: u32, b: u32) -> bool {
        let none = BTreeSet::new();
        let topics = |tool: u32| self.topics_of.get(&tool).unwrap_or(&none);
        !topics(a).is_disjoint(topics(b))
    }
}

/// What an address is known by: a repository, or the address itself.
fn place(address: &str) -> Option<String> {
    let url: WebUrl = address.parse().ok()?;
    Some(RepoSlug::from_url(&url).map_or_else(|| url.key(), |slug| slug.to_string()))
}
