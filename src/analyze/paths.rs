//! What leads from one work to another.

use super::{Cell, Claim, Report, Subnet};
use crate::{algorithm, map::vocab};

/// Finds the shortest chain of citations from a work to another that it builds on. A tool stands for the works that it
/// implements, and an article also for its preprint.
#[must_use]
pub fn path(subnet: &Subnet<'_>, from: u32, to: u32) -> Report {
    let network = subnet.network;
    let [start, end] = [from, to].map(|node| network.nodes[node as usize].label.clone());
    let places =
        |node: u32| -> Vec<u32> { network.versions(node).into_iter().filter_map(|work| subnet.place(work)).collect() };
    let (starts, ends) = (places(from), places(to));
    let chain = |starts: &[u32], ends: &[u32]| {
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
        pairs.filter_map(|(start, end)| algorithm::shortest_path(&subnet.edges, start, end)).min_by_key(Vec::len)
    };
    let found = chain(&starts, &ends);
    let mut notes = Vec::new();
    if found.is_none() {
        let other_way = if chain(&ends, &starts).is_some() { "; the other way round there is one" } else { "" };
        notes.push(format!("no chain of citations leads from {start:?} to {end:?}{other_way}"));
    }
    let row = |(step, place): (usize, u32)| {
        let node = subnet.node(place);
        vec![Cell::count(step), Cell::year(network, node), Cell::name(network, node), Cell::Node(node)]
    };
    Report {
        name: "path".to_owned(),
        method: format!("shortest chain of citations from {start:?} to {end:?}, each citing the next"),
        parameters: Vec::new(),
        columns: vec!["step", "year", "name", "node"],
        rows: (0..).zip(found.into_iter().flatten()).map(row).collect(),
        claims: Vec::new(),
        notes,
    }
}

/// Finds the main path: the chain of citations that most ways through the literature pass (Hummon and Doreian, 1989).
#[must_use]
pub fn main_path(subnet: &Subnet<'_>) -> Report {
    let network = subnet.network;
    let found = algorithm::main_path(&subnet.edges);
    let weights = found.steps.iter().map(|(_, _, weight)| Cell::Real(*weight)).chain(std::iter::once(Cell::Empty));
    let row = |((step, place), weight): ((usize, &u32), Cell)| {
        let node = subnet.node(*place);
        vec![Cell::count(step), weight, Cell::year(network, node), Cell::name(network, node), Cell::Node(node)]
    };
    let claim = |(step, place): (usize, &u32)| Claim::Value {
        node: subnet.node(*place),
        predicate: vocab::MAIN_PATH_POSITION,
        value: Cell::count(step),
    };
    Report {
        name: "main-path".to_owned(),
        method:
            "main path of the citations by search path counts (Batagelj, 2003), newest first; weight: the logarithm to \
            base 10 of how many ways from a work that none cites to one that cites none use the step"
                .to_owned(),
        parameters: Vec::new(),
        columns: vec!["step", "weight", "year", "name", "node"],
        rows: (1..).zip(&found.nodes).zip(weights).map(row).collect(),
        claims: (1..).zip(&found.nodes).map(claim).collect(),
        notes: Vec::new(),
    }
}
