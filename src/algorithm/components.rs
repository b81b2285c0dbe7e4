//! Which nodes hang together.

use super::csr::{Csr, add_up, number};

/// A part of a partition for each node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// The part of each node. The largest part is 0; of parts of one size that with the smallest node comes first.
    pub of: Vec<u32>,
    /// How many parts there are.
    pub count: usize,
}

impl Labels {
    /// The partition with these labels below the bound, numbered anew by size.
    pub(super) fn by_size(mut of: Vec<u32>, bound: usize) -> Self {
        let mut sizes = vec![0_u32; bound];
        let mut first = Vec::new();
        for label in &of {
            let size = &mut sizes[*label as usize];
            if *size == 0 {
                first.push(*label);
            }
            *size += 1;
        }
        let count = first.len();
        // Stable, so that the order of first nodes is kept.
        first.sort_by_key(|label| std::cmp::Reverse(sizes[*label as usize]));
        for (at, label) in first.into_iter().enumerate() {
            sizes[label as usize] = number(at);
        }
        of.iter_mut().for_each(|label| *label = sizes[*label as usize]);
        Self { of, count }
    }

    /// The nodes of each part, one part after the other, and where each begins.
    #[must_use]
    pub fn members(&self) -> (Vec<u32>, Vec<usize>) {
        grouped(&self.of, self.count)
    }
}

/// The nodes in the order of their labels, in each label by number, and where each label begins.
pub(super) fn grouped(of: &[u32], count: usize) -> (Vec<u32>, Vec<usize>) {
    let mut places = vec![0; count + 1];
    for label in of {
        places[*label as usize + 1] += 1;
    }
    add_up(&mut places);
    let starts = places.clone();
    let mut nodes = vec![0; of.len()];
    for (node, label) in of.iter().enumerate() {
        let place = &mut places[*label as usize];
        nodes[*place] = number(node);
        *place += 1;
    }
    (nodes, starts)
}

/// Finds the weakly connected components: nodes joined by edges of either direction.
///
/// Union-find with path halving (Tarjan, van Leeuwen 1984); the smaller number becomes the root.
#[must_use]
pub fn components(graph: &Csr) -> Labels {
    let mut parents: Vec<u32> = graph.nodes().collect();
    for node in graph.nodes() {
        let mut root = root_of(&mut parents, node);
        for neighbor in graph.row(node) {
            let other = root_of(&mut parents, *neighbor);
            let (low, high) = if root < other { (root, other) } else { (other, root) };
            parents[high as usize] = low;
            root = low;
        }
    }
    // A parent never has the greater number, so its own parent is already the root.
    for node in 0..parents.len() {
        parents[node] = parents[parents[node] as usize];
    }
    Labels::by_size(parents, graph.n_nodes())
}

fn root_of(parents: &mut [u32], mut node: u32) -> u32 {
    loop {
        let parent = parents[node as usize];
        if parent == node {
            return node;
        }
        let next = parents[parent as usize];
        parents[node as usize] = next;
        node = next;
    }
}

/// Finds the strongly connected components: nodes that reach one another along edges.
#[must_use]
pub fn strong_components(graph: &Csr) -> Labels {
    let order = strong_order(graph);
    Labels::by_size(order.of, order.count)
}

/// Strong components in topological order.
#[derive(Debug)]
pub(super) struct StrongOrder {
    /// The component of each node. Edges lead to the same component or one with a smaller number.
    pub(super) of: Vec<u32>,
    pub(super) count: usize,
}

/// Tarjan's algorithm in the form of Pearce 2016 ("A space-efficient algorithm for finding strongly connected
/// components"), with a stack of its own instead of recursion.
pub(super) fn strong_order(graph: &Csr) -> StrongOrder {
    // Papers are often numbered by age. Then the order is that of the numbers.
    if is_by_age(graph) {
        return StrongOrder { of: graph.nodes().collect(), count: graph.n_nodes() };
    }
    let mut search = Search::new(graph);
    for node in graph.nodes() {
        if search.rank[node as usize] == 0 {
            search.walk_from(node);
        }
    }
    let count = graph.n_nodes() - search.component as usize;
    // Components were numbered downwards from the number of nodes.
    let last = number(graph.n_nodes());
    search.rank.iter_mut().for_each(|rank| *rank = last - *rank);
    StrongOrder { of: search.rank, count }
}

/// Whether edges lead only to nodes with smaller numbers, or to the node itself.
fn is_by_age(graph: &Csr) -> bool {
    graph.nodes().all(|node| graph.row(node).last().is_none_or(|last| *last <= node))
}

/// The edges turned round, if the graph is large and most of it is one strong component. Then what is asked
/// of each component is better asked of the whole: to find the others takes ten times as long as this.
pub(super) fn mostly_strong(graph: &Csr) -> Option<Csr> {
    // Strong components of smaller graphs are found at once.
    const LEAST_NODES: usize = 1 << 15;
    if graph.n_nodes() < LEAST_NODES || is_by_age(graph) {
        return None;
    }
    let start = graph.nodes().max_by_key(|node| graph.degree(*node))?;
    let after = reached(graph, start);
    let is_most = |count: usize| count > graph.n_nodes() / 2;
    if !is_most(after.iter().filter(|is_reached| **is_reached).count()) {
        return None;
    }
    let incoming = graph.reversed();
    let before = reached(&incoming, start);
    is_most(after.iter().zip(&before).filter(|(after, before)| **after && **before).count()).then_some(incoming)
}

/// Which nodes edges lead to from a node, at once or over others.
fn reached(graph: &Csr, start: u32) -> Vec<bool> {
    let mut is_reached = vec![false; graph.n_nodes()];
    is_reached[start as usize] = true;
    let mut waiting = vec![start];
    while let Some(node) = waiting.pop() {
        for neighbor in graph.row(node) {
            if !std::mem::replace(&mut is_reached[*neighbor as usize], true) {
                waiting.push(*neighbor);
            }
        }
    }
    is_reached
}

/// A node on the way, and which of its edges comes next.
struct Step {
    node: u32,
    next: u32,
    is_root: bool,
}

struct Search<'g> {
    graph: &'g Csr,
    /// 0 for nodes not yet seen, then when the node was seen or the earliest it reaches, then its component: those have
    /// greater numbers than any node under way.
    rank: Vec<u32>,
    index: u32,
    component: u32,
    way: Vec<Step>,
    waiting: Vec<u32>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Csr) -> Self {
        let component = number(graph.n_nodes());
        Self { graph, rank: vec![0; graph.n_nodes()], index: 1, component, way: Vec::new(), waiting: Vec::new() }
    }

    fn enter(&mut self, node: u32) {
        self.rank[node as usize] = self.index;
        self.index += 1;
        self.way.push(Step { node, next: 0, is_root: true });
    }

    fn walk_from(&mut self, start: u32) {
        self.enter(start);
        while let Some(step) = self.way.last_mut() {
            let node = step.node as usize;
            let row = &self.graph.row(step.node)[step.next as usize..];
            let mut unseen = None;
            for neighbor in row {
                let rank = self.rank[*neighbor as usize];
                if rank == 0 {
                    // Stays the next one: when the walk comes back, its rank is compared.
                    unseen = Some(*neighbor);
                    break;
                }
                step.next += 1;
                if rank < self.rank[node] {
                    self.rank[node] = rank;
                    step.is_root = false;
                }
            }
            match unseen {
                Some(neighbor) => self.enter(neighbor),
                None => self.leave(),
            }
        }
    }

    fn leave(&mut self) {
        let Some(Step { node, is_root, .. }) = self.way.pop() else { return };
        if !is_root {
            self.waiting.push(node);
            return;
        }
        self.index -= 1;
        let rank = self.rank[node as usize];
        while let Some(other) = self.waiting.pop_if(|other| rank <= self.rank[*other as usize]) {
            self.rank[other as usize] = self.component;
            self.index -= 1;
        }
        self.rank[node as usize] = self.component;
        self.component -= 1;
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo::kosaraju_scc;

    use super::super::{csr::tests::random_graphs, visit::BothWays};
    use super::*;

    fn labels_of(parts: &[Vec<u32>], n_nodes: usize) -> Labels {
        let mut of = vec![0; n_nodes];
        for (label, part) in parts.iter().enumerate() {
            part.iter().for_each(|node| of[*node as usize] = number(label));
        }
        Labels::by_size(of, parts.len())
    }

    #[test]
    fn parts_are_numbered_by_size_then_by_smallest_node() {
        let graph = Csr::from_edges(7, &[(5, 6), (4, 2), (2, 3)]);
        assert_eq!(components(&graph), Labels { of: vec![2, 3, 0, 0, 0, 1, 1], count: 4 });
        assert_eq!(strong_components(&graph), Labels { of: (0..7).collect(), count: 7 });
    }

    #[test]
    fn as_petgraph_finds_them() {
        for graph in random_graphs(400) {
            let reversed = graph.reversed();
            let strong = kosaraju_scc(BothWays { forward: &graph, reversed: &reversed });
            assert_eq!(strong_components(&graph), labels_of(&strong, graph.n_nodes()));
            let both = graph.symmetric();
            let weak = kosaraju_scc(BothWays { forward: &both, reversed: &both });
            assert_eq!(components(&graph), labels_of(&weak, graph.n_nodes()));
        }
    }

    #[test]
    fn edges_never_lead_to_a_later_component() {
        for graph in random_graphs(200) {
            let order = strong_order(&graph);
            assert!(graph.edges().all(|(from, to)| order.of[to as usize] <= order.of[from as usize]));
            assert!(order.of.iter().all(|label| (*label as usize) < order.count));
        }
    }

    #[test]
    fn a_long_chain_needs_no_recursion() {
        let n_nodes = 1_000_000;
        let mut edges: Vec<(u32, u32)> = (1..n_nodes).map(|node| (node - 1, node)).collect();
        let chain = Csr::from_edges(n_nodes as usize, &edges);
        assert_eq!((strong_components(&chain).count, components(&chain).count), (n_nodes as usize, 1));
        edges.push((n_nodes - 1, 0));
        assert_eq!(strong_components(&Csr::from_edges(n_nodes as usize, &edges)).count, 1);
    }

    #[test]
    fn no_nodes_no_parts() {
        let graph = Csr::from_edges(0, &[]);
        assert_eq!((components(&graph).count, strong_components(&graph).count), (0, 0));
    }
}
