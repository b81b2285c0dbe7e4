//! The best of many.

use std::cmp::Ordering;

use super::csr::number;

/// Finds the nodes with the k greatest scores, greatest first; of equal ones the smaller number comes first, and what is
/// no number comes last.
#[must_use]
pub fn top(scores: &[f64], k: usize) -> Vec<u32> {
    let mut nodes: Vec<u32> = (0..number(scores.len())).collect();
    let k = k.min(nodes.len());
    if k == 0 {
        return Vec::new();
    }
    let order = |a: &u32, b: &u32| better(scores[*a as usize], scores[*b as usize]).then(a.cmp(b));
    nodes.select_nth_unstable_by(k - 1, order);
    nodes.truncate(k);
    nodes.sort_unstable_by(order);
    nodes
}

fn better(a: f64, b: f64) -> Ordering {
    a.is_nan().cmp(&b.is_nan()).then_with(|| b.partial_cmp(&a).unwrap_or(Ordering::Equal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_first_and_ties_by_number() {
        let scores = [0.5, f64::NAN, 2.0, 0.5, -0.0, 0.0, 2.0];
        assert_eq!(top(&scores, 3), [2, 6, 0]);
        assert_eq!(top(&scores, 99), [2, 6, 0, 3, 4, 5, 1]);
        assert!(top(&scores, 0).is_empty() && top(&[], 5).is_empty());
    }
}
