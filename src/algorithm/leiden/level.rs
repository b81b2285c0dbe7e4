//! The graph of one level, and weights added up by community.

use super::super::weighted::Weighted;

/// The graph of one level.
pub(super) struct Level<'g> {
    pub(super) graph: &'g Weighted,
    /// Whether all edges weigh 1, so that their weights need not be read.
    is_plain: bool,
}

impl<'g> Level<'g> {
    pub(super) fn of(graph: &'g Weighted) -> Self {
        Self { graph, is_plain: graph.weights.iter().all(|weight| *weight == 1.0) }
    }

    pub(super) fn degree(&self, node: u32) -> usize {
        self.graph.offsets[node as usize + 1] - self.graph.offsets[node as usize]
    }

    /// Visits the neighbors of a node with the weights of the edges to them.
    #[inline]
    pub(super) fn each(&self, node: u32, mut visit: impl FnMut(u32, f64)) {
        let range = self.graph.offsets[node as usize]..self.graph.offsets[node as usize + 1];
        let neighbors = &self.graph.neighbors[range.clone()];
        if self.is_plain {
            neighbors.iter().for_each(|other| visit(*other, 1.0));
        } else {
            neighbors.iter().zip(&self.graph.weights[range]).for_each(|(other, weight)| visit(*other, *weight));
        }
    }
}

/// Weights added up by label: a hash table so thinly filled that collisions are rare. Around a node there are few labels,
/// so the table stays in the fastest cache, where an array with a place for each label would not.
#[derive(Default)]
pub(super) struct Tally {
    slots: Vec<Slot>,
    mask: usize,
    /// Slots in use; what follows the first `n_seen` is of no meaning.
    seen: Vec<u32>,
    n_seen: usize,
}

/// Free if the weight is 0.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    weight: f64,
    label: u32,
}

impl Tally {
    /// Makes room for so many labels. The table must be empty.
    pub(super) fn begin(&mut self, n_labels: usize) {
        let size = (8 * n_labels).next_power_of_two().max(64);
        if self.slots.len() < size {
            self.slots.resize(size, Slot::default());
            self.seen.resize(size, 0);
        }
        self.mask = size - 1;
    }

    #[inline]
    fn place(&self, label: u32) -> usize {
        let mut at = (label.wrapping_mul(0x9E37_79B1) >> 8) as usize & self.mask;
        while (self.slots[at].label != label) & (self.slots[at].weight != 0.0) {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// Adds a positive weight. Whether a label is new is hard to foresee, so no branch depends on it.
    #[inline]
    pub(super) fn add(&mut self, label: u32, weight: f64) {
        let at = self.place(label);
        let slot = &mut self.slots[at];
        self.seen[self.n_seen] = super::super::csr::number(at);
        self.n_seen += usize::from(slot.weight == 0.0);
        slot.label = label;
        slot.weight += weight;
    }

    pub(super) fn of(&self, label: u32) -> f64 {
        self.slots[self.place(label)].weight
    }

    /// Visits and forgets all labels, in the order in which they were first seen.
    #[inline]
    pub(super) fn drain(&mut self, mut visit: impl FnMut(u32, f64)) {
        for at in &self.seen[..self.n_seen] {
            let slot = &mut self.slots[*at as usize];
            visit(slot.label, std::mem::take(&mut slot.weight));
        }
        self.n_seen = 0;
    }
}
