//! PageRank.

use rayon::prelude::*;

use super::{
    components::{grouped, mostly_strong, strong_order},
    csr::{Csr, number},
};

/// How [`page_rank`] is to work.
#[derive(Debug, Clone)]
pub struct PageRankOptions {
    /// The share of a score that follows the edges; the rest jumps. Held between 0 and 0.9999.
    pub damping: f64,
    /// How much all scores together may still change when the work ends.
    pub tolerance: f64,
    /// Where jumps lead, in any scale; anywhere alike if there is none or it says nothing. What is missing, negative or
    /// no number counts as 0.
    pub personalization: Option<Vec<f64>>,
    /// The most sweeps over one strong component.
    pub max_iterations: usize,
}

impl Default for PageRankOptions {
    fn default() -> Self {
        Self { damping: 0.85, tolerance: 1e-10, personalization: None, max_iterations: 200 }
    }
}

/// What [`page_rank`] found.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The score of each node; together they are 1.
    pub scores: Vec<f64>,
    /// The most sweeps that one strong component needed; 1 where there are no cycles.
    pub iterations: usize,
    /// How much the last sweeps over all components changed the scores, added up.
    pub residual: f64,
}

/// Ranks nodes by the nodes that point to them (Brin, Page 1998), as networkx and igraph define it: a node without edges
/// jumps as all others do, and the scores add up to 1.
///
/// # Rationale
///
/// Up to a factor the scores solve `x = v + d Pᵀx`, in which nodes without edges simply lose their score (Gleich, Gray,
/// Greif, Lau 2010, "An inner-outer iteration for computing PageRank"; del Corso, Gullí, Romani 2005). There, a strong
/// component depends on those before it only, so each is solved once, in topological order, by Gauss-Seidel sweeps. A
/// citation network is nearly free of cycles: it needs one pass, where the power method needs about a hundred.
#[must_use]
pub fn page_rank(graph: &Csr, options: &PageRankOptions) -> Ranking {
    let damping = if options.damping.is_finite() { options.damping.clamp(0.0, 0.9999) } else { 0.85 };
    let mut solver = Solver {
        graph,
        damping,
        tolerance: options.tolerance.max(0.0),
        max_iterations: options.max_iterations.max(1),
        scores: jumps(graph.n_nodes(), options.personalization.as_deref()),
        iterations: 0,
        change: 0.0,
    };
    solver.run();
    let sum: f64 = solver.scores.iter().sum();
    if sum > 0.0 {
        solver.scores.iter_mut().for_each(|score| *score /= sum);
        solver.change /= sum;
    }
    Ranking { scores: solver.scores, iterations: solver.iterations, residual: solver.change }
}

/// The share of jumps that lead to each node.
fn jumps(n_nodes: usize, wanted: Option<&[f64]>) -> Vec<f64> {
    let clean = |share: &f64| if share.is_finite() { share.max(0.0) } else { 0.0 };
    let mut shares: Vec<f64> = wanted.unwrap_or_default().iter().take(n_nodes).map(clean).collect();
    shares.resize(n_nodes, 0.0);
    // The greatest becomes 1 first: a sum of very great ones would be no number.
    let most = shares.iter().copied().fold(0.0, f64::max);
    if most == 0.0 {
        return vec![1.0 / n_nodes.max(1) as f64; n_nodes];
    }
    shares.iter_mut().for_each(|share| *share /= most);
    let sum: f64 = shares.iter().sum();
    shares.iter_mut().for_each(|share| *share /= sum);
    shares
}

struct Solver<'g> {
    graph: &'g Csr,
    damping: f64,
    tolerance: f64,
    max_iterations: usize,
    /// Jumps and what nodes in front have handed on, and in the end the solution.
    scores: Vec<f64>,
    iterations: usize,
    change: f64,
}

impl Solver<'_> {
    fn run(&mut self) {
        let n_nodes = self.graph.n_nodes();
        if let Some(incoming) = mostly_strong(self.graph) {
            let all: Vec<u32> = self.graph.nodes().collect();
            self.settle_together(&all, &vec![0; n_nodes], &incoming);
            return;
        }
        let order = strong_order(self.graph);
        if order.count == n_nodes {
            self.run_without_cycles(&order.of);
            return;
        }
        let (nodes, starts) = grouped(&order.of, order.count);
        let mut places = vec![0; nodes.len()];
        for component in (0..order.count).rev() {
            match &nodes[starts[component]..starts[component + 1]] {
                [node] => self.settle(*node),
                members => {
                    let incoming = self.incoming(members, &order.of, &mut places);
                    self.settle_together(members, &order.of, &incoming);
                }
            }
        }
    }

    fn run_without_cycles(&mut self, order: &[u32]) {
        let mut nodes = vec![0; order.len()];
        for (node, place) in order.iter().enumerate() {
            nodes[*place as usize] = number(node);
        }
        for node in nodes.into_iter().rev() {
            self.settle(node);
        }
    }

    /// Finishes a node that is in no cycle but perhaps a loop, and hands on its score.
    fn settle(&mut self, node: u32) {
        self.iterations = self.iterations.max(1);
        let row = self.graph.row(node);
        let share = self.damping / row.len().max(1) as f64;
        if row.binary_search(&node).is_ok() {
            self.scores[node as usize] /= 1.0 - share;
        }
        let handed_on = share * self.scores[node as usize];
        for neighbor in row.iter().filter(|neighbor| **neighbor != node) {
            self.scores[*neighbor as usize] += handed_on;
        }
    }

    /// The edges inside a strong component turned round, between the places of its nodes.
    fn incoming(&self, members: &[u32], component: &[u32], places: &mut [u32]) -> Csr {
        for (place, node) in members.iter().enumerate() {
            places[*node as usize] = number(place);
        }
        let own = component[members[0] as usize];
        let place_of = |node: u32| (component[node as usize] == own).then_some(places[node as usize]);
        Csr::inside(self.graph, members, place_of).reversed()
    }

    /// Finishes the nodes of a strong component, and hands on their scores to the others.
    fn settle_together(&mut self, members: &[u32], component: &[u32], incoming: &Csr) {
        let own = component[members[0] as usize];
        let factors: Vec<f64> =
            members.iter().map(|node| self.damping / self.graph.degree(*node).max(1) as f64).collect();
        let mut scores: Vec<f64> = members.iter().map(|node| self.scores[*node as usize]).collect();
        let (sweeps, change) =
            Sweeps::new(incoming, &factors, &scores).run(&mut scores, self.tolerance, self.max_iterations);
        self.iterations = self.iterations.max(sweeps);
        self.change += change;
        for ((node, score), factor) in members.iter().zip(scores).zip(factors) {
            self.scores[*node as usize] = score;
            for neighbor in self.graph.row(*node) {
                if component[*neighbor as usize] != own {
                    self.scores[*neighbor as usize] += factor * score;
                }
            }
        }
    }
}

/// From so many nodes on, each sweep is cut into pieces whose nodes are computed in parallel.
const NODES_OF_PIECES: usize = 1 << 15;
/// Few enough to keep both cores busy, and enough that scores are nearly always the newest.
const PIECES: usize = 32;
/// What single precision can tell apart, with some room.
const ROUGH_TOLERANCE: f64 = 2e-7;

/// Gauss-Seidel sweeps: each score is computed from the newest of the others, until a sweep changes little of them all.
struct Sweeps<'g> {
    incoming: &'g Csr,
    factors: &'g [f64],
    /// What each node has without the edges of the component.
    given: Vec<f64>,
    lost: Vec<f64>,
    has_loop: Vec<bool>,
}

impl<'g> Sweeps<'g> {
    fn new(incoming: &'g Csr, factors: &'g [f64], given: &[f64]) -> Self {
        let has_loop = incoming.nodes().map(|node| incoming.has_edge(node, node)).collect();
        Self { incoming, factors, given: given.to_vec(), lost: lost_shares(incoming, factors), has_loop }
    }

    /// Gives how many sweeps there were, and how much the last one changed.
    ///
    /// What nodes hand on is read in random order, so that of a large component it had better fit into the cache: the
    /// first sweeps have it in single precision, which halves them and more.
    fn run(&self, scores: &mut [f64], tolerance: f64, most: usize) -> (usize, f64) {
        let rough = tolerance.max(ROUGH_TOLERANCE);
        let n_rough = if scores.len() < NODES_OF_PIECES { 0 } else { most - 1 };
        #[expect(clippy::cast_possible_truncation, reason = "the next sweeps are exact")]
        let (n_rough, _) = self.sweep(scores, |handed_on| handed_on as f32, rough, n_rough);
        let (n_exact, change) = self.sweep(scores, |handed_on| handed_on, tolerance, most - n_rough);
        (n_rough + n_exact, change)
    }

    fn sweep<T>(&self, scores: &mut [f64], stored: impl Fn(f64) -> T, tolerance: f64, most: usize) -> (usize, f64)
    where
        T: Copy + Into<f64> + Send + Sync,
    {
        let jumped: f64 = self.given.iter().sum();
        let mut handed_on: Vec<T> = Vec::new();
        let mut change = 0.0;
        for iteration in 1..=most {
            // What comes in must be what is lost. Scaled so that this holds, the scores differ from the solution by what
            // shrinks with the second eigenvalue, not with the damping: 12 sweeps instead of 70 on a random graph.
            let kept: f64 = scores.iter().zip(&self.lost).map(|(score, lost)| score * lost).sum();
            let scale = if kept > 0.0 { jumped / kept } else { 1.0 };
            scores.iter_mut().for_each(|score| *score *= scale);
            handed_on.clear();
            handed_on.extend(scores.iter().zip(self.factors).map(|(score, factor)| stored(score * factor)));
            let sum;
            (sum, change) = self.sweep_once(scores, &mut handed_on, &stored);
            if change <= tolerance * sum {
                return (iteration, change);
            }
        }
        (most, change)
    }

    /// Computes all scores once; gives their sum, and how much they changed.
    fn sweep_once<T>(&self, scores: &mut [f64], handed_on: &mut [T], stored: impl Fn(f64) -> T) -> (f64, f64)
    where
        T: Copy + Into<f64> + Send + Sync,
    {
        let (mut sum, mut change) = (0.0, 0.0);
        let mut renew = |at: usize, score: f64, handed_on: &mut [T]| {
            change += (score - scores[at]).abs();
            sum += score;
            scores[at] = score;
            handed_on[at] = stored(score * self.factors[at]);
        };
        if self.given.len() < NODES_OF_PIECES {
            (0..self.given.len()).for_each(|at| renew(at, self.score(at, handed_on), handed_on));
            return (sum, change);
        }
        let size = self.given.len().div_ceil(PIECES);
        let mut fresh = Vec::with_capacity(size);
        for start in (0..self.given.len()).step_by(size) {
            let piece = start..(start + size).min(self.given.len());
            let computed = piece.clone().into_par_iter().with_min_len(1 << 10).map(|at| self.score(at, handed_on));
            computed.collect_into_vec(&mut fresh);
            piece.zip(&fresh).for_each(|(at, score)| renew(at, *score, handed_on));
        }
        (sum, change)
    }

    /// Computes the score of a node from what the others hand on.
    fn score<T: Copy + Into<f64>>(&self, at: usize, handed_on: &[T]) -> f64 {
        let incoming = self.incoming.row(number(at));
        let from_all: f64 = incoming.iter().map(|source| handed_on[*source as usize].into()).sum();
        let score = self.given[at] + from_all;
        if self.has_loop[at] { (score - handed_on[at].into()) / (1.0 - self.factors[at]) } else { score }
    }
}

/// The share of each node's score that no edge of the component hands on.
fn lost_shares(incoming: &Csr, factors: &[f64]) -> Vec<f64> {
    let mut degrees = vec![0_u32; factors.len()];
    incoming.targets.iter().for_each(|source| degrees[*source as usize] += 1);
    factors.iter().zip(degrees).map(|(factor, degree)| 1.0 - factor * f64::from(degree)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::csr::tests::random_graphs;
    use super::*;

    /// The power method as it is defined, with many steps.
    fn by_definition(graph: &Csr, damping: f64, jumps: &[f64]) -> Vec<f64> {
        let mut scores = jumps.to_vec();
        for _ in 0..400 {
            let dangling: f64 =
                graph.nodes().filter(|node| graph.degree(*node) == 0).map(|node| scores[node as usize]).sum();
            let mut next: Vec<f64> = jumps.iter().map(|jump| jump * (1.0 - damping + damping * dangling)).collect();
            for (from, to) in graph.edges() {
                next[to as usize] += damping * scores[from as usize] / graph.degree(from) as f64;
            }
            scores = next;
        }
        scores
    }

    fn assert_near(found: &[f64], expected: &[f64]) {
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn as_the_power_method() {
        for graph in random_graphs(300) {
            let n_nodes = graph.n_nodes();
            let ranking = page_rank(&graph, &PageRankOptions::default());
            assert_near(&ranking.scores, &by_definition(&graph, 0.85, &vec![1.0 / n_nodes as f64; n_nodes]));
            assert!(ranking.residual <= 1e-10);
        }
    }

    #[test]
    fn as_the_power_method_with_jumps_to_some_nodes() {
        for graph in random_graphs(300) {
            let personalization: Vec<f64> = graph.nodes().map(|node| f64::from(node % 3)).collect();
            let sum: f64 = personalization.iter().sum();
            if sum == 0.0 {
                continue;
            }
            let jumps: Vec<f64> = personalization.iter().map(|share| share / sum).collect();
            let options =
                PageRankOptions { personalization: Some(personalization), damping: 0.7, ..Default::default() };
            assert_near(&page_rank(&graph, &options).scores, &by_definition(&graph, 0.7, &jumps));
        }
    }

    #[test]
    fn a_large_component_as_by_the_power_method_and_the_same_on_one_thread() {
        let ring = (0..40_000).map(|node| (node, (node + 1) % 40_000));
        let chords = super::super::csr::tests::large(40_000, 120_000);
        // Some nodes lead into the ring, and some out of it.
        let edges: Vec<(u32, u32)> = ring.chain(chords.edges()).chain([(40_000, 3), (5, 40_001), (7, 7)]).collect();
        let graph = Csr::from_edges(40_002, &edges);
        let ranking = page_rank(&graph, &PageRankOptions::default());
        assert_near(&ranking.scores, &by_definition(&graph, 0.85, &vec![1.0 / 40_002.0; 40_002]));
        assert!(ranking.residual <= 1e-10 && ranking.iterations < 40);
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        assert_eq!(alone.install(|| page_rank(&graph, &PageRankOptions::default())), ranking);
    }

    #[test]
    fn without_cycles_one_pass_is_enough() {
        let ranking = page_rank(&Csr::from_edges(4, &[(3, 2), (3, 1), (2, 0), (1, 0)]), &PageRankOptions::default());
        assert_eq!((ranking.iterations, ranking.residual), (1, 0.0));
    }

    #[test]
    fn jumps_that_say_nothing_are_uniform() {
        let graph = Csr::from_edges(3, &[(0, 1), (1, 2), (2, 0), (0, 0)]);
        let plain = page_rank(&graph, &PageRankOptions::default());
        for personalization in [vec![], vec![f64::NAN; 3], vec![0.0, -1.0, f64::INFINITY], vec![0.0; 9]] {
            let options = PageRankOptions { personalization: Some(personalization), ..Default::default() };
            assert_eq!(page_rank(&graph, &options), plain);
        }
    }

    #[test]
    fn strange_options_do_no_harm() {
        let graph = Csr::from_edges(2, &[(0, 1), (1, 0)]);
        for damping in [f64::NAN, -1.0, 2.0] {
            let options = PageRankOptions { damping, tolerance: f64::NAN, max_iterations: 0, ..Default::default() };
            assert!(page_rank(&graph, &options).scores.iter().all(|score| score.is_finite()));
        }
        assert!(page_rank(&Csr::from_edges(0, &[]), &PageRankOptions::default()).scores.is_empty());
    }
}
