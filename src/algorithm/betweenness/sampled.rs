//! A sample of shortest paths.

use rayon::prelude::*;

use super::{
    super::{
        components::components,
        csr::{Csr, number},
        random::Random,
    },
    Betweenness, BetweennessOptions, SamplingError,
};

/// How many samples a thread draws before it takes the next.
const SAMPLES_OF_PART: usize = 256;

/// Estimated scores.
pub(super) fn betweenness(symmetric: &Csr, options: &BetweennessOptions) -> Betweenness {
    let n_nodes = symmetric.n_nodes();
    let between = |asked: f64, most: f64| if asked.is_finite() { asked.clamp(1e-4, most) } else { 0.01 };
    let (epsilon, delta) = (between(options.epsilon, 1.0), between(options.delta, 0.5));
    // The paper divides by all ordered pairs, networkx by those of other nodes.
    let factor = n_nodes as f64 / (n_nodes as f64 - 2.0);
    let samples = sample_size(vertex_diameter(symmetric), epsilon / factor, delta);
    let counts = count_visits(symmetric, samples, options.seed);
    let scores = counts.into_iter().map(|count| (f64::from(count) / samples as f64 * factor).min(1.0)).collect();
    Betweenness { scores, error: Some(SamplingError { epsilon, delta, samples }) }
}

/// How many paths to draw: the bound by the VC dimension, which is at most that of the longest shortest path.
fn sample_size(vertex_diameter: u32, epsilon: f64, delta: f64) -> usize {
    let dimension = f64::from(vertex_diameter.saturating_sub(2).max(1).ilog2() + 1);
    let needed = (0.5 / (epsilon * epsilon) * (dimension - (delta).ln())).ceil();
    // At most some 10^10, for an epsilon of 10^-4.
    (0..).take_while(|power| 2_f64.powi(*power) <= needed).last().map_or(1, |power| {
        let (mut low, mut high) = (1_usize << power, 2_usize << power);
        while low < high {
            let middle = usize::midpoint(low, high);
            if (middle as f64) < needed { low = middle + 1 } else { high = middle }
        }
        low
    })
}

/// An upper bound of how many nodes a shortest path has: in each component at most the two longest from one node.
fn vertex_diameter(symmetric: &Csr) -> u32 {
    let (nodes, starts) = components(symmetric).members();
    let mut is_seen = vec![false; symmetric.n_nodes()];
    let bound = |range: &[usize]| {
        // From a node with many neighbors the others are near.
        let members = &nodes[range[0]..range[1]];
        let center = members.iter().copied().max_by_key(|node| (symmetric.degree(*node), std::cmp::Reverse(*node)));
        center.map_or(0, |center| two_longest(symmetric, center, &mut is_seen) + 1)
    };
    starts.windows(2).map(bound).max().unwrap_or(0)
}

/// The distances of the two nodes that are furthest away, added up.
fn two_longest(symmetric: &Csr, center: u32, is_seen: &mut [bool]) -> u32 {
    let (mut level, mut distance) = (vec![center], 0);
    let mut longest = (0, 0);
    is_seen[center as usize] = true;
    loop {
        let mut next = Vec::new();
        for neighbor in level.iter().flat_map(|node| symmetric.row(*node)) {
            if !std::mem::replace(&mut is_seen[*neighbor as usize], true) {
                next.push(*neighbor);
            }
        }
        if next.is_empty() {
            return longest.0 + longest.1;
        }
        distance += 1;
        longest = (distance, if next.len() > 1 { distance } else { longest.0 });
        level = next;
    }
}

/// How many of the paths drawn each node lies on, not at an end.
fn count_visits(symmetric: &Csr, samples: usize, seed: u64) -> Vec<u32> {
    let n_nodes = symmetric.n_nodes();
    // Each sample has its own random numbers and counts are whole, so the order of work does not matter.
    let inner: Vec<Vec<u32>> = (0..samples.div_ceil(SAMPLES_OF_PART))
        .into_par_iter()
        .map_init(
            || Sampler::new(symmetric),
            |sampler, part| {
                let mut visited = Vec::new();
                for sample in (part * SAMPLES_OF_PART..samples).take(SAMPLES_OF_PART) {
                    let mut random = Random::of_part(seed, sample as u64);
                    let from = random.below(number(n_nodes));
                    let other = random.below(number(n_nodes - 1));
                    let to = other + u32::from(other >= from);
                    sampler.draw(from, to, &mut random, &mut visited);
                }
                visited
            },
        )
        .collect();
    let mut counts = vec![0; n_nodes];
    inner.into_iter().flatten().for_each(|node| counts[node as usize] += 1);
    counts
}

const FAR: u32 = u32::MAX;
/// Counts of paths this great are scaled down, all of a side alike; only their ratios matter.
const MANY: f64 = 1e140;

/// The search from one end.
struct Side {
    distances: Vec<u32>,
    n_paths: Vec<f64>,
    reached: Vec<u32>,
    /// Where in `reached` the outermost level begins.
    start: usize,
    distance: u32,
    /// How many edges lead from the outermost level.
    n_edges: usize,
}

impl Side {
    fn new(n_nodes: usize) -> Self {
        let distances = vec![FAR; n_nodes];
        Self { distances, n_paths: vec![0.0; n_nodes], reached: Vec::new(), start: 0, distance: 0, n_edges: 0 }
    }

    fn begin(&mut self, graph: &Csr, node: u32) {
        self.distances[node as usize] = 0;
        self.n_paths[node as usize] = 1.0;
        self.reached.push(node);
        (self.start, self.distance, self.n_edges) = (0, 0, graph.degree(node));
    }

    fn outermost(&self) -> &[u32] {
        &self.reached[self.start..]
    }

    fn expand(&mut self, graph: &Csr) {
        let range = self.start..self.reached.len();
        (self.start, self.distance, self.n_edges) = (range.end, self.distance + 1, 0);
        let mut most = 0.0_f64;
        for at in range {
            let node = self.reached[at];
            let of_node = self.n_paths[node as usize];
            for neighbor in graph.row(node) {
                let at = *neighbor as usize;
                if self.distances[at] == FAR {
                    self.distances[at] = self.distance;
                    self.reached.push(*neighbor);
                    self.n_edges += graph.degree(*neighbor);
                }
                if self.distances[at] == self.distance {
                    self.n_paths[at] += of_node;
                    most = most.max(self.n_paths[at]);
                }
            }
        }
        if most > MANY {
            self.reached[self.start..].iter().for_each(|node| self.n_paths[*node as usize] /= MANY);
        }
    }

    /// Adds the inner nodes of a random shortest path from the node back to the end of this side.
    fn walk_back(&self, graph: &Csr, mut node: u32, random: &mut Random, visited: &mut Vec<u32>) {
        while self.distances[node as usize] > 1 {
            let before = self.distances[node as usize] - 1;
            let candidates = graph.row(node).iter().copied().filter(|other| self.distances[*other as usize] == before);
            let Some(chosen) = choose(candidates, |other| self.n_paths[other as usize], random) else { return };
            visited.push(chosen);
            node = chosen;
        }
    }

    fn clear(&mut self) {
        for node in self.reached.drain(..) {
            self.distances[node as usize] = FAR;
            self.n_paths[node as usize] = 0.0;
        }
    }
}

/// One of them, each as likely as its weight says.
fn choose(nodes: impl Iterator<Item = u32> + Clone, weight: impl Fn(u32) -> f64, random: &mut Random) -> Option<u32> {
    let mut left = random.unit() * nodes.clone().map(&weight).sum::<f64>();
    let mut last = None;
    for node in nodes {
        last = Some(node);
        left -= weight(node);
        if left < 0.0 {
            break;
        }
    }
    last
}

/// Draws shortest paths by search from both ends, which on networks with short paths sees a small part of them only.
struct Sampler<'g> {
    graph: &'g Csr,
    sides: [Side; 2],
}

impl<'g> Sampler<'g> {
    fn new(graph: &'g Csr) -> Self {
        Self { graph, sides: [Side::new(graph.n_nodes()), Side::new(graph.n_nodes())] }
    }

    /// Adds the inner nodes of a random shortest path, if there is one.
    fn draw(&mut self, from: u32, to: u32, random: &mut Random, visited: &mut Vec<u32>) {
        self.sides[0].begin(self.graph, from);
        self.sides[1].begin(self.graph, to);
        self.meet(random, visited);
        self.sides.iter_mut().for_each(Side::clear);
    }

    fn meet(&mut self, random: &mut Random, visited: &mut Vec<u32>) {
        let [a, b] = &mut self.sides;
        loop {
            let (inner, other) = if a.n_edges <= b.n_edges { (&mut *a, &*b) } else { (&mut *b, &*a) };
            inner.expand(self.graph);
            if inner.outermost().is_empty() {
                return;
            }
            // The first level that the other side knows. A node of it lies on the outermost level there, too, and each
            // shortest path runs through one such node.
            let met = inner.outermost().iter().copied().filter(|node| other.distances[*node as usize] != FAR);
            let weight = |node: u32| inner.n_paths[node as usize] * other.n_paths[node as usize];
            let Some(middle) = choose(met, weight, random) else { continue };
            if other.distances[middle as usize] > 0 {
                visited.push(middle);
            }
            inner.walk_back(self.graph, middle, random, visited);
            other.walk_back(self.graph, middle, random, visited);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{super::csr::tests::random_graphs, betweenness, exact};
    use super::*;

    fn sampling() -> BetweennessOptions {
        BetweennessOptions { exact_up_to: 0, ..Default::default() }
    }

    #[test]
    fn estimates_are_within_the_error() {
        for graph in random_graphs(15).map(|graph| graph.symmetric()).filter(|graph| graph.n_edges() > 0) {
            let found = betweenness(&graph, &sampling());
            // Exceeding the bound anywhere may happen in one of ten graphs, and in fact hardly does.
            for (found, expected) in found.scores.iter().zip(exact::scores(&graph)) {
                assert!((found - expected).abs() < 0.015, "{found} is not {expected}");
            }
            assert_eq!(found.error.is_some(), graph.n_nodes() > 2);
        }
    }

    #[test]
    fn the_same_on_one_thread() {
        let graph = super::super::super::csr::tests::large(2000, 6000).symmetric();
        let found = betweenness(&graph, &sampling());
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        assert_eq!(alone.install(|| betweenness(&graph, &sampling())), found);
        for (found, expected) in found.scores.iter().zip(exact::scores(&graph)) {
            assert!((found - expected).abs() < 0.01);
        }
    }

    #[test]
    fn the_number_of_samples_is_that_of_the_paper() {
        // 0.5 / 0.01^2 * (floor(log2(10 - 2)) + 1 + ln 10)
        assert_eq!(sample_size(10, 0.01, 0.1), 31_513);
        assert_eq!(sample_size(0, 1.0, 0.5), 1);
    }

    #[test]
    fn the_bound_of_the_diameter_holds() {
        let chain = Csr::from_edges(9, &[(0, 1), (1, 2), (2, 3), (3, 4), (6, 7)]).symmetric();
        // From node 1 the two longest ways have 3 and 2 steps.
        assert_eq!(vertex_diameter(&chain), 6);
        assert_eq!(vertex_diameter(&Csr::from_edges(2, &[])), 1);
    }
}
