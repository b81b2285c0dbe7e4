//! How much nodes matter, by several measures.

use oxrdf::NamedNodeRef;

use super::{Cell, Claim, Report, Subnet};
use crate::{
    algorithm::{self, BetweennessOptions, PageRankOptions},
    map::vocab,
};

/// Ranks nodes by PageRank (Brin and Page, 1998).
#[must_use]
pub fn page_rank(subnet: &Subnet<'_>, options: &PageRankOptions) -> Report {
    let found = algorithm::page_rank(&subnet.edges, options);
    let method = format!(
        "PageRank of {}; nodes without outgoing edges jump anywhere; scores sum to 1; last change {:.1e} after {} rounds",
        subnet.what, found.residual, found.iterations
    );
    let parameters = vec![("damping", options.damping.to_string()), ("tolerance", format!("{:e}", options.tolerance))];
    ranked(subnet, "pagerank", method, parameters, &found.scores, vocab::PAGE_RANK)
}

/// Ranks nodes by betweenness (Freeman, 1977): on how many shortest ways between others a node lies.
#[must_use]
pub fn betweenness(subnet: &Subnet<'_>, options: &BetweennessOptions) -> Report {
    let found = algorithm::betweenness(&subnet.edges.symmetric(), options);
    let method = match &found.error {
        None => format!("betweenness of {} taken without direction, exact (Brandes, 2001), from 0 to 1", subnet.what),
        Some(error) => format!(
            "betweenness of {} taken without direction, from {} sampled ways (Riondato and Kornaropoulos, 2016): with a \
             probability of {} no score is off by more than {}",
            subnet.what,
            error.samples,
            1.0 - error.delta,
            error.epsilon
        ),
    };
    let parameters = match &found.error {
        None => Vec::new(),
        Some(error) => vec![
            ("epsilon", error.epsilon.to_string()),
            ("delta", error.delta.to_string()),
            ("seed", options.seed.to_string()),
        ],
    };
    ranked(subnet, "betweenness", method, parameters, &found.scores, vocab::BETWEENNESS)
}

fn ranked(
    subnet: &Subnet<'_>,
    name: &'static str,
    method: String,
    parameters: Vec<(&'static str, String)>,
    scores: &[f64],
    predicate: NamedNodeRef<'static>,
) -> Report {
    let network = subnet.network;
    let row = |(rank, place): (usize, u32)| {
        let node = subnet.node(place);
        let score = Cell::Real(scores[place as usize]);
        vec![Cell::count(rank), score, Cell::year(network, node), Cell::name(network, node), Cell::Node(node)]
    };
    let order = algorithm::top(scores, scores.len());
    Report {
        name: name.to_owned(),
        method,
        parameters,
        columns: vec!["rank", "score", "year", "name", "node"],
        rows: (1..).zip(order).map(row).collect(),
        claims: values(subnet, predicate, scores.iter().map(|score| Cell::Real(*score))),
        notes: Vec::new(),
    }
}

/// Ranks nodes as hubs and authorities (Kleinberg, 1999).
#[must_use]
pub fn hits(subnet: &Subnet<'_>, tolerance: f64, max_iterations: usize) -> Report {
    let found = algorithm::hits(&subnet.edges, tolerance, max_iterations);
    let network = subnet.network;
    let row = |place: u32| {
        let node = subnet.node(place);
        let [authority, hub] = [&found.authorities, &found.hubs].map(|scores| Cell::Real(scores[place as usize]));
        vec![authority, hub, Cell::year(network, node), Cell::name(network, node), Cell::Node(node)]
    };
    let mut claims = values(subnet, vocab::AUTHORITY_SCORE, found.authorities.iter().map(|score| Cell::Real(*score)));
    claims.extend(values(subnet, vocab::HUB_SCORE, found.hubs.iter().map(|score| Cell::Real(*score))));
    let order = algorithm::top(&found.authorities, found.authorities.len());
    Report {
        name: "hits".to_owned(),
        method: format!(
            "HITS of {}: an authority is pointed to by good hubs, a hub points to good authorities; each sums to 1; last \
             change {:.1e} after {} rounds",
            subnet.what, found.residual, found.iterations
        ),
        parameters: vec![("tolerance", format!("{tolerance:e}"))],
        columns: vec!["authority", "hub", "year", "name", "node"],
        rows: order.into_iter().map(row).collect(),
        claims,
        notes: Vec::new(),
    }
}

/// Counts for each node how many point to it, and to how many it points.
#[must_use]
pub fn degrees(subnet: &Subnet<'_>) -> Report {
    let network = subnet.network;
    let (coming, going) = (subnet.edges.reversed().degrees(), subnet.edges.degrees());
    let mut order: Vec<u32> = (0..).take(subnet.nodes.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(coming[*place as usize]), std::cmp::Reverse(going[*place as usize])));
    let row = |place: u32| {
        let node = subnet.node(place);
        let [coming, going] = [&coming, &going].map(|degrees| Cell::Count(degrees[place as usize].into()));
        vec![coming, going, Cell::year(network, node), Cell::name(network, node), Cell::Node(node)]
    };
    let mut claims = values(subnet, vocab::IN_DEGREE, coming.iter().map(|degree| Cell::Count((*degree).into())));
    claims.extend(values(subnet, vocab::OUT_DEGREE, going.iter().map(|degree| Cell::Count((*degree).into()))));
    Report {
        name: "degrees".to_owned(),
        method: format!("in-degree and out-degree in {}", subnet.what),
        parameters: Vec::new(),
        columns: vec!["in", "out", "year", "name", "node"],
        rows: order.into_iter().map(row).collect(),
        claims,
        notes: Vec::new(),
    }
}

/// Gives each node the greatest number k such that it is tied to k others of the same kind (Seidman, 1983).
#[must_use]
pub fn core_numbers(subnet: &Subnet<'_>) -> Report {
    let network = subnet.network;
    let cores = algorithm::core_numbers(&subnet.edges.symmetric());
    let mut order: Vec<u32> = (0..).take(subnet.nodes.len()).collect();
    order.sort_by_key(|place| std::cmp::Reverse(cores[*place as usize]));
    let row = |place: u32| {
        let node = subnet.node(place);
        let core = Cell::Count(cores[place as usize].into());
        vec![core, Cell::year(network, node), Cell::name(network, node), Cell::Node(node)]
    };
    Report {
        name: "cores".to_owned(),
        method: format!("core numbers of {} taken without direction (Batagelj and Zaversnik, 2003)", subnet.what),
        parameters: Vec::new(),
        columns: vec!["core", "year", "name", "node"],
        rows: order.into_iter().map(row).collect(),
        claims: values(subnet, vocab::CORE_NUMBER, cores.iter().map(|core| Cell::Count((*core).into()))),
        notes: Vec::new(),
    }
}

/// A value for each node.
pub(super) fn values(
    subnet: &Subnet<'_>,
    predicate: NamedNodeRef<'static>,
    values: impl Iterator<Item = Cell>,
) -> Vec<Claim> {
    subnet.nodes.iter().zip(values).map(|(node, value)| Claim::Value { node: *node, predicate, value }).collect()
}
