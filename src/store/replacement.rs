use std::collections::BTreeSet;

use oxrdf::{NamedNodeRef, Quad, Term};

use super::{
    Change, NamedGraph, SubjectChange,
    snapshot::{Snapshot, quad},
    terms::{Terms, number_of},
};

/// What a store holds and what it shall hold, as rows of numbers of one table of terms.
pub(super) struct Replacement {
    terms: Terms,
    before: Content,
    after: Content,
}

/// The content of a store, sorted.
struct Content {
    /// Subject, predicate and object of each triple of the default graph.
    default: Vec<[u32; 3]>,
    /// The quads of the named graphs, with the graph behind the triple.
    named: Vec<[u32; 4]>,
}

impl Replacement {
    pub(super) fn new(before: &Snapshot, graphs: &[NamedGraph]) -> Self {
        let tables: Vec<&Terms> = [&before.terms].into_iter().chain(graphs.iter().map(|graph| &graph.terms)).collect();
        let (terms, numbers) = Terms::union(&tables);
        let before = Content {
            default: before.default_graph().iter().map(|row| renumber(*row, &numbers[0])).collect(),
            named: before.named_graphs().iter().map(|row| renumber(*row, &numbers[0])).collect(),
        };
        let names: Vec<u32> =
            graphs.iter().zip(&numbers[1..]).map(|(graph, numbers)| numbers[graph.name as usize]).collect();
        let replaced: BTreeSet<u32> = names.iter().copied().collect();
        let mut named: Vec<[u32; 4]> = before.named.iter().filter(|row| !replaced.contains(&row[3])).copied().collect();
        for ((graph, numbers), name) in graphs.iter().zip(&numbers[1..]).zip(names) {
            named.extend(graph.triples.iter().map(|triple| {
                let [subject, predicate, object] = renumber(*triple, numbers);
                [subject, predicate, object, name]
            }));
        }
        Self { terms, before, after: Content::of(named) }
    }

    /// How many quads differ in the named graphs, and how many in the default graph.
    pub(super) fn changes(&self) -> [Change; 2] {
        let Self { before, after, .. } = self;
        let named = Change {
            added: missing(&after.named, &before.named).count(),
            removed: missing(&before.named, &after.named).count(),
        };
        let default = Change {
            added: missing(&after.default, &before.default).count(),
            removed: missing(&before.default, &after.default).count(),
        };
        [named, default]
    }

    /// What became of the subjects that have a property in any named graph.
    pub(super) fn subjects(&self, property: NamedNodeRef<'_>, is_counted: &dyn Fn(&str) -> bool) -> SubjectChange {
        let Some(property) = self.terms.find(property.into()) else { return SubjectChange::default() };
        let with_property = |content: &Content| {
            let mut subjects: Vec<u32> =
                content.default.iter().filter(|row| row[1] == property).map(|row| row[0]).collect();
            subjects.dedup();
            subjects.retain(|subject| match self.terms.term(*subject) {
                Term::NamedNode(node) => is_counted(node.as_str()),
                _ => false,
            });
            subjects
        };
        let (before, after) = (with_property(&self.before), with_property(&self.after));
        let appeared = missing(&self.after.named, &self.before.named);
        let touched: BTreeSet<u32> = appeared
            .chain(missing(&self.before.named, &self.after.named))
            .filter(|row| row[1] != property)
            .map(|row| row[0])
            .collect();
        let lacks = |subjects: &[u32], subject: &u32| subjects.binary_search(subject).is_err();
        SubjectChange {
            added: after.iter().filter(|subject| lacks(&before, subject)).count(),
            removed: before.iter().filter(|subject| lacks(&after, subject)).count(),
            changed: after.iter().filter(|subject| !lacks(&before, subject) && touched.contains(subject)).count(),
        }
    }

    /// How many quads the store holds afterwards, those of the default graph included.
    pub(super) fn n_after(&self) -> usize {
        self.after.default.len() + self.after.named.len()
    }

    /// What was not there before, of all graphs.
    pub(super) fn added(&self) -> impl Iterator<Item = Quad> {
        self.difference(&self.after, &self.before)
    }

    /// What shall no longer be there, of all graphs.
    pub(super) fn removed(&self) -> impl Iterator<Item = Quad> {
        self.difference(&self.before, &self.after)
    }

    fn difference<'r>(&'r self, content: &'r Content, other: &'r Content) -> impl Iterator<Item = Quad> {
        let default = missing(&content.default, &other.default).map(|[s, p, o]| quad(&self.terms, [s, p, o], None));
        let named = missing(&content.named, &other.named).map(|[s, p, o, g]| quad(&self.terms, [s, p, o], Some(g)));
        default.chain(named).flatten()
    }

    /// What the store holds afterwards.
    pub(super) fn into_snapshot(self) -> Snapshot {
        let Self { terms, before, after } = self;
        drop(before);
        let (terms, numbers) = used(&terms, &after.named);
        let default = after.default.into_iter().map(|row| renumber(row, &numbers)).collect();
        let named = after.named.into_iter().map(|row| renumber(row, &numbers)).collect();
        Snapshot::new(terms, default, named)
    }
}

impl Content {
    /// The quads of the named graphs, and their union as the default graph.
    fn of(mut named: Vec<[u32; 4]>) -> Self {
        // A stable sort, because it makes use of what is sorted already.
        named.sort();
        named.dedup();
        let mut default: Vec<[u32; 3]> = named.iter().map(|[s, p, o, _]| [*s, *p, *o]).collect();
        default.dedup();
        Self { default, named }
    }
}

fn renumber<const N: usize>(row: [u32; N], numbers: &[u32]) -> [u32; N] {
    row.map(|number| numbers[number as usize])
}

/// The rows of a sorted list that another one does not have.
fn missing<'r, const N: usize>(rows: &'r [[u32; N]], other: &'r [[u32; N]]) -> impl Iterator<Item = [u32; N]> {
    let mut other = other.iter().peekable();
    rows.iter().copied().filter(move |row| {
        while other.next_if(|other| *other < row).is_some() {}
        other.peek() != Some(&row)
    })
}

/// The terms that the rows have, and their numbers among these by their old ones.
fn used(terms: &Terms, rows: &[[u32; 4]]) -> (Terms, Vec<u32>) {
    let mut is_used = vec![false; terms.len()];
    rows.as_flattened().iter().for_each(|number| is_used[*number as usize] = true);
    let mut kept = Terms::default();
    let number = |((hash, term), is_used): ((u64, &[u8]), bool)| {
        let number = number_of(kept.len());
        if is_used {
            kept.push(hash, term);
        }
        number
    };
    let numbers = terms.iter().zip(is_used).map(number).collect();
    (kept, numbers)
}
