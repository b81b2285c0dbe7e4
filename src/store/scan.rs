use std::{collections::BTreeSet, sync::Arc};

use oxrdf::{TermRef, vocab::rdf};

use super::snapshot::Snapshot;

/// Everything that a store holds, as sorted rows of numbers of terms: for whoever needs all of it at once.
///
/// The number of a term means nothing but itself; it may be another one after the store was written to.
///
/// # Rationale
///
/// The things of a graph with all their properties and relations are found by one walk over the rows, where a query for
/// each thing would look for each of them anew.
#[derive(Debug, Clone)]
pub struct Scan(pub(super) Arc<Snapshot>);

impl Scan {
    /// The triples of the union of all graphs as subject, predicate and object, sorted: those of a subject stand together.
    #[must_use]
    pub fn triples(&self) -> &[[u32; 3]] {
        self.0.default_graph()
    }

    /// The quads of the named graphs as subject, predicate, object and graph, sorted.
    #[must_use]
    pub fn quads(&self) -> &[[u32; 4]] {
        self.0.named_graphs()
    }

    /// The triples of one subject, sorted.
    #[must_use]
    pub fn about(&self, subject: u32) -> &[[u32; 3]] {
        let triples = self.triples();
        let start = triples.partition_point(|row| row[0] < subject);
        let count = triples[start..].partition_point(|row| row[0] == subject);
        &triples[start..start + count]
    }

    /// The quads of one subject, sorted.
    #[must_use]
    pub fn said_of(&self, subject: u32) -> &[[u32; 4]] {
        let quads = self.quads();
        let start = quads.partition_point(|row| row[0] < subject);
        let count = quads[start..].partition_point(|row| row[0] == subject);
        &quads[start..start + count]
    }

    /// How many terms there are; their numbers are below that.
    #[must_use]
    pub fn n_terms(&self) -> usize {
        self.0.terms.len()
    }

    /// The number of a term, if it occurs.
    #[must_use]
    pub fn number<'t>(&self, term: impl Into<TermRef<'t>>) -> Option<u32> {
        self.0.terms.find(term.into())
    }

    /// The term, without a copy.
    #[must_use]
    pub fn term(&self, number: u32) -> TermRef<'_> {
        self.0.terms.term_ref(number)
    }

    /// The IRI, if the term is one.
    #[must_use]
    pub fn iri(&self, number: u32) -> Option<&str> {
        self.0.terms.iri(number)
    }

    /// The IRI, or the text of the literal without its language or type.
    #[must_use]
    pub fn text(&self, number: u32) -> &str {
        self.0.terms.text(number)
    }

    /// The language of the literal, if it has one.
    #[must_use]
    pub fn language(&self, number: u32) -> Option<&str> {
        self.0.terms.language(number)
    }

    /// The elements of an RDF list, as far as it is well-formed.
    #[must_use]
    pub fn list(&self, head: u32) -> Vec<u32> {
        let [first, rest] = [rdf::FIRST, rdf::REST].map(|predicate| self.number(predicate));
        let mut elements = Vec::new();
        let mut seen = BTreeSet::new();
        let mut node = Some(head);
        // A list that bites its own tail ends there.
        while let Some(rows) = node.filter(|node| seen.insert(*node)).map(|node| self.about(node)) {
            let object = |predicate: Option<u32>| rows.iter().find(|row| Some(row[1]) == predicate).map(|row| row[2]);
            elements.extend(object(first));
            node = object(rest);
        }
        elements
    }
}
