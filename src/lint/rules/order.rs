//! Sections that are sorted but for a few entries.

use std::collections::BTreeMap;

use super::{Page, Remark};
use crate::{
    lint::Rule,
    model::{Entry, is_han},
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let mut sections: BTreeMap<Option<usize>, Vec<&Entry>> = BTreeMap::new();
    for entry in page.extraction.entries.iter().filter(|entry| !entry.mentions.is_empty()) {
        sections.entry(entry.topic).or_default().push(entry);
    }
    for section in sections.values() {
        check_section(page, section, remarks);
    }
}

fn check_section(page: &Page<'_>, section: &[&Entry], remarks: &mut Vec<Remark>) {
    const LEAST: usize = 10;
    let titles: Vec<&str> = section.iter().map(|entry| entry.mentions[0].title.text.as_str()).collect();
    // Chinese titles are sorted by their sound, if at all.
    if section.len() < LEAST || titles.iter().any(|title| title.contains(is_han)) {
        return;
    }
    // Curators disagree on whether `a-b` stands before `ab`: out of order is what is so in both ways.
    let by_letters = out_of_order(&titles.iter().map(|title| letters(title)).collect::<Vec<_>>());
    let by_characters = out_of_order(&titles.iter().map(|title| title.to_lowercase()).collect::<Vec<_>>());
    let astray: Vec<usize> = by_letters.iter().copied().filter(|at| by_characters.contains(at)).collect();
    if by_letters.len().min(by_characters.len()) * 10 > section.len() {
        return;
    }
    for at in astray {
        let entry = section[at];
        let before = titles[..at].iter().rev().find(|before| letters(before) > letters(titles[at]));
        let message = match before {
            Some(before) => format!("{:?} belongs before {before:?}", titles[at]),
            None => match titles[at..].iter().rev().find(|after| letters(after) < letters(titles[at])) {
                Some(after) => format!("{:?} belongs behind {after:?}", titles[at]),
                None => continue,
            },
        };
        remarks.push(Remark::new(Rule::UnsortedEntry, page.place_of(entry, &entry.mentions[0]), message));
    }
}

fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The fewest that must be moved so that the rest is sorted: what is not in the longest sorted part.
fn out_of_order(keys: &[String]) -> Vec<usize> {
    // Patience sorting: the last of each pile, and what lay on the pile before when it was put there.
    let mut piles: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let pile = piles.partition_point(|top| keys[*top] <= *key);
        below.push(pile.checked_sub(1).map(|before| piles[before]));
        if pile == piles.len() {
            piles.push(at);
        } else {
            piles[pile] = at;
        }
    }
    let mut is_sorted = vec![false; keys.len()];
    let mut next = piles.last().copied();
    while let Some(at) = next {
        is_sorted[at] = true;
        next = below[at];
    }
    (0..keys.len()).filter(|at| !is_sorted[*at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_are_out_of_order() {
        let out = |keys: &str| out_of_order(&keys.chars().map(String::from).collect::<Vec<_>>());
        assert_eq!(out("abcde"), [] as [usize; 0]);
        assert_eq!(out("abxcde"), [2]);
        assert_eq!(out("bcdae"), [3]);
        assert_eq!(out(""), [] as [usize; 0]);
    }
}
