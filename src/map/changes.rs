//! What a change of quads means for the things that they speak of.

use std::collections::{HashMap, HashSet};

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad};

use super::{Minter, vocab};

/// How many things came, went and changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThingChange {
    /// Things that no source spoke of before.
    pub added: usize,
    /// Things that no source speaks of any more.
    pub removed: usize,
    /// Things of which something else is said than before.
    pub changed: usize,
}

/// What became of the things when the graphs came out of a change that added and removed quads.
///
/// A thing is what was derived from an entry or a fact. That its entry moved to another line does not change it.
#[must_use]
pub fn changed_things(
    graphs: &[(NamedNode, Vec<Quad>)],
    added: &[Quad],
    removed: &[Quad],
    minter: &Minter,
) -> ThingChange {
    let now = derived(graphs.iter().flat_map(|(_, quads)| quads), minter);
    let new = derived(added, minter);
    let gone = derived(removed, minter);
    let was_there =
        |thing: &str| gone.contains_key(thing) || now.get(thing).copied() > new.get(thing).copied().or(Some(0));
    let touched: HashSet<&str> = added
        .iter()
        .chain(removed)
        .filter(|quad| quad.predicate.as_ref() != vocab::WAS_DERIVED_FROM)
        .filter_map(subject)
        .collect();
    ThingChange {
        added: new.keys().filter(|thing| !was_there(thing)).count(),
        removed: gone.keys().filter(|thing| !now.contains_key(*thing)).count(),
        changed: touched.iter().filter(|thing| now.contains_key(*thing) && was_there(thing)).count(),
    }
}

/// The things among the subjects, each with the number of quads that say where it comes from.
fn derived<'q>(quads: impl IntoIterator<Item = &'q Quad>, minter: &Minter) -> HashMap<&'q str, usize> {
    let mut things: HashMap<&str, usize> = HashMap::new();
    let derived = quads.into_iter().filter(|quad| quad.predicate.as_ref() == vocab::WAS_DERIVED_FROM);
    for thing in derived.filter_map(subject).filter(|thing| !minter.is_statement(thing)) {
        *things.entry(thing).or_default() += 1;
    }
    things
}

fn subject(quad: &Quad) -> Option<&str> {
    match quad.subject.as_ref() {
        NamedOrBlankNodeRef::NamedNode(node) => Some(NamedNodeRef::as_str(node)),
        NamedOrBlankNodeRef::BlankNode(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(thing: &str, predicate: NamedNodeRef<'_>, value: &str) -> Quad {
        let name = |name: &str| NamedNode::new_unchecked(format!("{}{name}", Minter::default().base()));
        Quad::new(name(thing), predicate.into_owned(), name(value), name("graph/list/x"))
    }

    /// The change from one graph to another.
    fn check(before: &[Quad], after: &[Quad], expected: (usize, usize, usize)) {
        let without = |from: &[Quad], other: &[Quad]| -> Vec<Quad> {
            from.iter().filter(|quad| !other.contains(quad)).cloned().collect()
        };
        let graphs = [(NamedNode::new_unchecked("http://example.org/g"), after.to_vec())];
        let minter = Minter::default();
        let change = changed_things(&graphs, &without(after, before), &without(before, after), &minter);
        assert_eq!((change.added, change.removed, change.changed), expected);
    }

    #[test]
    fn things_come_go_and_change() {
        let from = |thing, entry| quad(thing, vocab::WAS_DERIVED_FROM, entry);
        let a = [from("id/tool/a", "L1"), quad("id/tool/a", vocab::URL, "one")];
        let moved = [from("id/tool/a", "L2"), quad("id/tool/a", vocab::URL, "one")];
        let renamed = [from("id/tool/a", "L1"), quad("id/tool/a", vocab::URL, "two")];
        let twice = [&a[..], &[from("id/tool/a", "other/L1")]].concat();
        let with_b = [&a[..], &[from("id/tool/b", "L2"), quad("list", vocab::URL, "x")]].concat();
        let reasoned = [&a[..], &[from("id/statement/1", "L1")]].concat();
        check(&[], &a, (1, 0, 0));
        check(&a, &a, (0, 0, 0));
        check(&a, &[], (0, 1, 0));
        check(&a, &moved, (0, 0, 0));
        check(&a, &renamed, (0, 0, 1));
        check(&a, &twice, (0, 0, 0));
        check(&twice, &a, (0, 0, 0));
        check(&a, &with_b, (1, 0, 0));
        check(&with_b, &renamed, (0, 1, 1));
        check(&a, &reasoned, (0, 0, 0));
    }
}
