use oxrdf::{NamedNode, QuadRef};

use super::terms::{TermCollector, Terms};

/// A named graph to put into a store: its triples, each once, as numbers of a table of terms.
#[derive(Debug)]
pub struct NamedGraph {
    pub(super) terms: Terms,
    pub(super) name: u32,
    /// Subject, predicate and object, sorted.
    pub(super) triples: Vec<[u32; 3]>,
}

impl NamedGraph {
    /// The graph with this name and the quads that `write` hands over. A quad may come more than once; what graph it
    /// says that it is in makes no difference.
    pub fn collect(name: &NamedNode, write: impl FnOnce(&mut dyn FnMut(QuadRef<'_>))) -> Self {
        let mut terms = TermCollector::default();
        let name = terms.number(name.into());
        let mut triples = Vec::new();
        write(&mut |quad| {
            let (subject, predicate) = (terms.number(quad.subject.into()), terms.number(quad.predicate.into()));
            triples.push([subject, predicate, terms.number(quad.object)]);
        });
        let (terms, numbers) = terms.sorted();
        let number = |provisional: u32| numbers[provisional as usize];
        let mut triples: Vec<[u32; 3]> = triples.into_iter().map(|triple| triple.map(number)).collect();
        triples.sort_unstable();
        triples.dedup();
        Self { terms, name: number(name), triples }
    }

    /// How many triples it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.triples.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.triples.is_empty()
    }
}
