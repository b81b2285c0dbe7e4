use std::collections::{BTreeSet, HashMap};

use petgraph::unionfind::UnionFind;

/// One of the things that a decision tells apart: the decision, and which of its things.
pub(super) type Side = (usize, usize);

/// What is one so far, and what must not become one.
pub(super) struct Groups {
    union: UnionFind<usize>,
    /// For the head of a group, the sides that its members stand on. Empty for nearly all.
    sides: HashMap<usize, BTreeSet<Side>>,
}

impl Groups {
    /// As many groups as there are members, some of which stand on a side.
    pub(super) fn new(n_members: usize, sides: impl IntoIterator<Item = (usize, Side)>) -> Self {
        let mut groups = Self { union: UnionFind::new(n_members), sides: HashMap::new() };
        for (member, side) in sides {
            groups.sides.entry(member).or_default().insert(side);
        }
        groups
    }

    /// The member that stands for the group.
    pub(super) fn head(&self, member: usize) -> usize {
        self.union.find(member)
    }

    /// Whether no decision tells the two groups apart.
    pub(super) fn may_unite(&self, a: usize, b: usize) -> bool {
        if self.sides.is_empty() {
            return true;
        }
        let sides = |member| self.sides.get(&self.head(member));
        let (Some(of_a), Some(of_b)) = (sides(a), sides(b)) else { return true };
        of_a.iter().all(|(decision, side)| {
            of_b.range((*decision, 0)..=(*decision, usize::MAX)).all(|(_, other)| other == side)
        })
    }

    /// Makes one of two groups, unless a decision tells them apart. True if they were two and are one now.
    pub(super) fn unite(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.union.find_mut(a), self.union.find_mut(b));
        if a == b || !self.may_unite(a, b) {
            return false;
        }
        self.union.union(a, b);
        let mut sides = self.sides.remove(&a).unwrap_or_default();
        sides.extend(self.sides.remove(&b).unwrap_or_default());
        if !sides.is_empty() {
            self.sides.insert(self.union.find_mut(a), sides);
        }
        true
    }

    /// Makes one group of all members, as far as decisions allow it: a member joins the first that it may.
    pub(super) fn unite_all(&mut self, members: &[usize]) {
        let mut firsts: Vec<usize> = Vec::new();
        for &member in members {
            match firsts.iter().find(|first| self.may_unite(**first, member)) {
                Some(&first) => {
                    self.unite(first, member);
                }
                None => firsts.push(member),
            }
        }
    }

    /// For every member the head of its group, and for some heads the sides on which the group stands.
    pub(super) fn into_heads(self) -> (Vec<usize>, HashMap<usize, BTreeSet<Side>>) {
        (self.union.into_labeling(), self.sides)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_apart_stays_apart_however_it_is_tried() {
        let mut groups = Groups::new(5, [(0, (7, 0)), (3, (7, 1))]);
        assert!(groups.unite(0, 1) && groups.unite(3, 2));
        assert!(!groups.unite(1, 2) && !groups.may_unite(0, 3));
        groups.unite_all(&[2, 1, 4]);
        let (heads, _) = groups.into_heads();
        assert!(heads[0] == heads[1] && heads[2] == heads[3] && heads[0] != heads[2]);
        assert_eq!(heads[4], heads[2]);
    }
}
