//! What hangs together.

use oxrdf::NamedNodeRef;

use super::{Cell, Report, Subnet, ranking::values};
use crate::{
    algorithm::{self, LeidenOptions, Weighted},
    map::vocab,
};

/// Finds the parts between which there is no edge.
#[must_use]
pub fn components(subnet: &Subnet<'_>) -> Report {
    let found = algorithm::components(&subnet.edges);
    let method = format!("connected components of {} taken without direction", subnet.what);
    let mut report = grouped(subnet, ("components", vocab::COMPONENT), method, &found.of, found.count);
    report.notes.push(format!("{} components", found.count));
    report
}

/// Finds the parts within which there is a way from each node to each other.
#[must_use]
pub fn strong_components(subnet: &Subnet<'_>) -> Report {
    let found = algorithm::strong_components(&subnet.edges);
    let method = format!("strongly connected components of {}", subnet.what);
    let name = ("strong-components", vocab::STRONG_COMPONENT);
    let mut report = grouped(subnet, name, method, &found.of, found.count);
    report.notes.push(format!("{} strong components", found.count));
    report
}

/// Finds communities by the Leiden method (Traag, Waltman and van Eck, 2019).
#[must_use]
pub fn communities(subnet: &Subnet<'_>, options: &LeidenOptions) -> Report {
    let network = Weighted::from_edges(subnet.nodes.len(), &undirected(subnet));
    let found = algorithm::leiden(&network, options);
    let method =
        format!("Leiden communities of {} taken without direction; modularity {:.6}", subnet.what, found.modularity);
    let mut report = grouped(subnet, ("communities", vocab::COMMUNITY), method, &found.of, found.count);
    report.parameters = vec![("resolution", options.resolution.to_string()), ("seed", options.seed.to_string())];
    report.notes.push(format!("{} communities, modularity {:.6}", found.count, found.modularity));
    report
}

/// Each pair once, without nodes that are tied to themselves.
pub(super) fn undirected(subnet: &Subnet<'_>) -> Vec<(u32, u32, f64)> {
    if subnet.weights.is_empty() {
        return subnet.edges.symmetric().edges().filter(|(a, b)| a < b).map(|(a, b)| (a, b, 1.0)).collect();
    }
    subnet.weighted_edges().into_iter().filter(|(a, b, _)| a < b).collect()
}

fn grouped(
    subnet: &Subnet<'_>,
    (name, predicate): (&'static str, NamedNodeRef<'static>),
    method: String,
    of: &[u32],
    count: usize,
) -> Report {
    let network = subnet.network;
    let mut sizes = vec![0; count];
    of.iter().for_each(|group| sizes[*group as usize] += 1);
    let degrees = subnet.edges.symmetric().degrees();
    let mut order: Vec<u32> = (0..).take(of.len()).collect();
    order.sort_by_key(|place| (of[*place as usize], std::cmp::Reverse(degrees[*place as usize])));
    let row = |place: u32| {
        let (node, group) = (subnet.node(place), of[place as usize]);
        vec![
            Cell::Count(group.into()),
            Cell::count(sizes[group as usize]),
            Cell::year(network, node),
            Cell::name(network, node),
            Cell::Node(node),
        ]
    };
    Report {
        name: name.to_owned(),
        method,
        parameters: Vec::new(),
        columns: vec!["group", "size", "year", "name", "node"],
        rows: order.into_iter().map(row).collect(),
        claims: values(subnet, predicate, of.iter().map(|group| Cell::Count((*group).into()))),
        notes: Vec::new(),
    }
}
