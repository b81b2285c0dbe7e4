//! Who works with whom.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Claim, Report, Subnet, groups::undirected, ranking::values, subnet::works};
use crate::{
    algorithm::{self, BetweennessOptions, LeidenOptions, Weighted},
    map::vocab,
};

/// Describes each person who has written with others: how central, in which community, and whether the network falls apart
/// without them.
#[must_use]
pub fn co_authors(subnet: &Subnet<'_>, betweenness: &BetweennessOptions, leiden: &LeidenOptions) -> Report {
    let network = subnet.network;
    let central = algorithm::betweenness(&subnet.edges, betweenness);
    let communities = algorithm::leiden(&Weighted::from_edges(subnet.nodes.len(), &undirected(subnet)), leiden);
    let degrees = subnet.edges.degrees();
    let (bridges, _) = algorithm::cut_points(&subnet.edges);
    let mut n_works: BTreeMap<u32, usize> = BTreeMap::new();
    works(network).values().flatten().for_each(|author| *n_works.entry(*author).or_default() += 1);
    let works_of = |place: u32| n_works.get(&subnet.node(place)).copied().unwrap_or(0);
    let mut order: Vec<u32> = (0..).take(subnet.nodes.len()).collect();
    order.sort_by(|a, b| {
        let score = |place: u32| central.scores[place as usize];
        let key = |place: u32| (works_of(place), degrees[place as usize]);
        score(*b).total_cmp(&score(*a)).then(key(*b).cmp(&key(*a))).then(a.cmp(b))
    });
    let groups_around = |place: u32| {
        let around = subnet.edges.row(place).iter().chain([&place]);
        around.map(|other| communities.of[*other as usize]).collect::<BTreeSet<u32>>().len()
    };
    let row = |place: u32| {
        let node = subnet.node(place);
        let is_bridge = bridges.binary_search(&place).is_ok();
        vec![
            Cell::count(works_of(place)),
            Cell::Count(degrees[place as usize].into()),
            Cell::Real(central.scores[place as usize]),
            Cell::Count(communities.of[place as usize].into()),
            Cell::count(groups_around(place)),
            if is_bridge { Cell::Text("yes".to_owned()) } else { Cell::Empty },
            Cell::name(network, node),
            Cell::Node(node),
        ]
    };
    let mut claims = values(subnet, vocab::BETWEENNESS, central.scores.iter().map(|score| Cell::Real(*score)));
    claims.extend(values(subnet, vocab::COMMUNITY, communities.of.iter().map(|group| Cell::Count((*group).into()))));
    claims.extend(joint_works(subnet));
    let accuracy = central.error.as_ref().map_or_else(
        || "exact".to_owned(),
        |error| {
            format!(
                "from {} sampled ways, none off by more than {} with a probability of {}",
                error.samples,
                error.epsilon,
                1.0 - error.delta
            )
        },
    );
    Report {
        name: "co-authors".to_owned(),
        method: format!(
            "who has written with whom: betweenness ({accuracy}), Leiden communities by joint works (modularity {:.6}), how \
             many of these the co-authors are in, bridges (without them the network falls apart)",
            communities.modularity
        ),
        parameters: vec![("resolution", leiden.resolution.to_string()), ("seed", leiden.seed.to_string())],
        columns: vec!["works", "coauthors", "betweenness", "group", "groups", "bridge", "name", "node"],
        rows: order.into_iter().map(row).collect(),
        claims,
        notes: vec![format!(
            "{} persons, {} communities, {} bridges",
            subnet.nodes.len(),
            communities.count,
            bridges.len()
        )],
    }
}

/// How many works each two persons have written together.
fn joint_works(subnet: &Subnet<'_>) -> Vec<Claim> {
    let pairs = undirected(subnet).into_iter();
    // How often they did is a sum of ones.
    let claim = |(first, second, weight): (u32, u32, f64)| Claim::Pair {
        node: subnet.node(first),
        predicate: vocab::CO_AUTHOR_OF,
        other: subnet.node(second),
        value: Cell::whole(weight),
    };
    pairs.map(claim).collect()
}
