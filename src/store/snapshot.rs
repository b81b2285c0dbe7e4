//! The content of a store as sorted arrays of numbers and a table of terms, and how patterns are matched in it.

use std::{collections::BTreeSet, convert::Infallible, ops::Range, sync::Arc};

use oxrdf::{GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};
use rayon::prelude::*;
use spareval::{InternalQuad, QueryableDataset};

use super::{
    budget,
    terms::{TermCollector, Terms},
};

/// With more quads than this the file takes longer to read than a query of the database does; it is then made without
/// the tables that only queries need.
pub(super) const MOST_QUADS: usize = 1_000_000;

/// What a store holds.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) terms: Terms,
    /// One for each of [`ORDERS`], or for the first two: then patterns are matched all the same, but slowly.
    pub(super) tables: Vec<Table>,
}

/// All quads of the named graphs, or all triples of the default graph, as rows of numbers of terms, sorted in one order.
#[derive(Debug)]
pub(super) struct Table {
    /// Which position of a quad each column holds: 0 subject, 1 predicate, 2 object, 3 graph.
    order: &'static [usize],
    pub(super) cells: Vec<u32>,
}

/// Those of three columns hold the default graph, those of four the named graphs.
const ORDERS: [&[usize]; 7] =
    [&[0, 1, 2], &[0, 1, 2, 3], &[1, 2, 0], &[2, 0, 1], &[1, 2, 0, 3], &[2, 0, 1, 3], &[3, 0, 1, 2]];
pub(super) const N_TABLES: usize = ORDERS.len();
/// How many of them, the first ones, say everything.
pub(super) const N_ESSENTIAL: usize = 2;

/// The number of a term of the snapshot, or a term that a query made.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Known(u32),
    Made(Arc<Term>),
}

impl Clone for Key {
    fn clone(&self) -> Self {
        budget::step();
        match self {
            Self::Known(number) => Self::Known(*number),
            Self::Made(term) => Self::Made(Arc::clone(term)),
        }
    }
}

impl Snapshot {
    /// The content with these triples of the default graph and quads of named graphs, both sorted.
    pub(super) fn new(terms: Terms, default: Vec<[u32; 3]>, named: Vec<[u32; 4]>) -> Self {
        let cells = [default.into_flattened(), named.into_flattened()];
        let tables = ORDERS.iter().zip(cells).map(|(order, cells)| Table { order, cells }).collect();
        Self { terms, tables }
    }

    /// Adds the tables that queries are quick with, unless it is too large.
    pub(super) fn complete(&mut self, most_quads: usize) {
        if self.is_complete() || self.named_graphs().len() > most_quads {
            return;
        }
        let (default, named) = (self.default_graph(), self.named_graphs());
        let n_terms = self.terms.len();
        let table = |order: &&'static [usize]| {
            let is_default = order.len() == ORDERS[0].len();
            let cells = if is_default { reordered(default, order, n_terms) } else { reordered(named, order, n_terms) };
            Table { order, cells }
        };
        let others: Vec<Table> = ORDERS[N_ESSENTIAL..].par_iter().map(table).collect();
        self.tables.extend(others);
    }

    /// Whether it has the tables that queries are quick with.
    pub(super) fn is_complete(&self) -> bool {
        self.tables.len() == N_TABLES
    }

    /// The content with these quads.
    pub(super) fn collect<E>(quads: impl Iterator<Item = Result<Quad, E>>) -> Result<Self, E> {
        let mut terms = TermCollector::default();
        let (mut default, mut named) = (Vec::new(), Vec::new());
        for quad in quads {
            let quad = quad?;
            let triple = [quad.subject.as_ref().into(), quad.predicate.as_ref().into(), quad.object.as_ref()];
            let [subject, predicate, object] = triple.map(|term| terms.number(term));
            match quad.graph_name.as_ref() {
                GraphNameRef::DefaultGraph => default.push([subject, predicate, object]),
                GraphNameRef::NamedNode(node) => named.push([subject, predicate, object, terms.number(node.into())]),
                GraphNameRef::BlankNode(node) => named.push([subject, predicate, object, terms.number(node.into())]),
            }
        }
        let (terms, numbers) = terms.sorted();
        Ok(Self::new(terms, sorted(default, &numbers), sorted(named, &numbers)))
    }

    /// The content of a store without quads.
    pub(super) fn empty() -> Self {
        Self::new(Terms::default(), Vec::new(), Vec::new())
    }

    /// The content with these tables, if they can be ones: all numbers are those of terms, all rows in order.
    pub(super) fn from_parts(terms: Terms, cells: Vec<Vec<u32>>) -> Option<Self> {
        let n_terms = terms.len();
        let is_known = |cells: &Vec<u32>| cells.iter().all(|number| (*number as usize) < n_terms);
        if !cells.iter().all(is_known) {
            return None;
        }
        let tables = ORDERS.iter().zip(cells).map(|(order, cells)| Table { order, cells }).collect();
        let snapshot = Self { terms, tables };
        (snapshot.default_graph().is_sorted() && snapshot.named_graphs().is_sorted()).then_some(snapshot)
    }

    /// Subject, predicate and object of the triples of the default graph, sorted.
    pub(super) fn default_graph(&self) -> &[[u32; 3]] {
        self.tables[0].cells.as_chunks().0
    }

    /// The quads of the named graphs, sorted, with the graph behind the triple.
    pub(super) fn named_graphs(&self) -> &[[u32; 4]] {
        self.tables[1].cells.as_chunks().0
    }

    /// How many quads there are, those of the default graph included.
    pub(super) fn len(&self) -> usize {
        self.default_graph().len() + self.named_graphs().len()
    }

    /// All quads, those of the default graph, too: first a triple there, then where else it is.
    pub(super) fn all_quads(&self) -> impl Iterator<Item = Quad> {
        let mut last = None;
        let quads = self.named_graphs().iter().flat_map(move |[subject, predicate, object, graph]| {
            let triple = [*subject, *predicate, *object];
            let is_new = last.replace(triple) != Some(triple);
            let default = is_new.then(|| quad(&self.terms, triple, None));
            [default, Some(quad(&self.terms, triple, Some(*graph)))]
        });
        quads.flatten().flatten()
    }

    /// The rows that have the given terms, of the tables given: from the one whose order has most of them in front.
    fn rows(self: &Arc<Self>, named: bool, wanted: [Option<u32>; 4]) -> Rows {
        let bound = |table: &Table| table.order.iter().take_while(|at| wanted[**at].is_some()).count();
        let width = if named { 4 } else { 3 };
        let tables = self.tables.iter().enumerate().filter(|(_, table)| table.width() == width);
        // The first of the best, not the last.
        let best = tables.max_by_key(|(at, table)| (bound(table), std::cmp::Reverse(*at))).map_or(0, |(at, _)| at);
        let table = &self.tables[best];
        let prefix: Vec<u32> = table.order.iter().map_while(|at| wanted[*at]).collect();
        let range = table.find(&prefix);
        Rows { snapshot: Arc::clone(self), table: best, range, wanted }
    }

    /// The triples of the default graph, or the quads of all named graphs, that have these terms.
    pub(super) fn matching(
        self: &Arc<Self>,
        named: bool,
        wanted: [Option<TermRef<'_>>; 3],
    ) -> impl Iterator<Item = Quad> + use<> {
        let numbers = wanted.map(|term| term.map(|term| self.terms.find(term)));
        let is_unknown = numbers.contains(&Some(None));
        let [subject, predicate, object] = numbers.map(Option::flatten);
        let rows = self.rows(named, [subject, predicate, object, None]);
        let snapshot = Arc::clone(self);
        rows.take_while(move |_| !is_unknown).filter_map(move |[subject, predicate, object, graph]| {
            quad(&snapshot.terms, [subject, predicate, object], named.then_some(graph))
        })
    }
}

impl Snapshot {
    /// The quads of a named graph.
    pub(super) fn graph(self: &Arc<Self>, name: NamedNodeRef<'_>) -> impl Iterator<Item = Quad> + use<> {
        let number = self.terms.find(name.into());
        let rows = self.rows(true, [None, None, None, number]);
        let snapshot = Arc::clone(self);
        rows.take_while(move |_| number.is_some()).filter_map(move |[subject, predicate, object, graph]| {
            quad(&snapshot.terms, [subject, predicate, object], Some(graph))
        })
    }

    /// The names of the named graphs.
    pub(super) fn graph_names(&self) -> Vec<NamedNode> {
        let numbers: BTreeSet<u32> = self.named_graphs().iter().map(|row| row[3]).collect();
        let name = |number| match self.terms.term(number) {
            Term::NamedNode(name) => Some(name),
            _ => None,
        };
        numbers.into_iter().filter_map(name).collect()
    }
}

/// A quad with these terms, in the default graph if none is given.
pub(super) fn quad(terms: &Terms, [subject, predicate, object]: [u32; 3], graph: Option<u32>) -> Option<Quad> {
    let subject = match terms.term(subject) {
        Term::NamedNode(node) => NamedOrBlankNode::from(node),
        Term::BlankNode(node) => node.into(),
        Term::Literal(_) => return None,
    };
    let Term::NamedNode(predicate) = terms.term(predicate) else { return None };
    let graph = match graph.map(|graph| terms.term(graph)) {
        Some(Term::NamedNode(node)) => GraphName::from(node),
        Some(Term::BlankNode(node)) => node.into(),
        _ => GraphName::DefaultGraph,
    };
    Some(Quad::new(subject, predicate, terms.term(object), graph))
}

/// The rows with these numbers for their own, in order.
fn sorted<const N: usize>(rows: Vec<[u32; N]>, numbers: &[u32]) -> Vec<[u32; N]> {
    let mut rows: Vec<[u32; N]> = rows.into_iter().map(|row| row.map(|number| numbers[number as usize])).collect();
    rows.sort_unstable();
    rows
}

/// Rows that are sorted by their columns from the first to the last, with the columns in another order and sorted by it.
fn reordered<const N: usize>(rows: &[[u32; N]], order: &[usize], n_terms: usize) -> Vec<u32> {
    // The last columns, as far as they follow one another as before, are in order where those in front are alike.
    let n_moved = order.windows(2).rposition(|pair| pair[0] > pair[1]).map_or(0, |at| at + 1);
    let mut rows = rows.to_vec();
    for column in order[..n_moved].iter().rev() {
        rows = ordered_by(&rows, *column, n_terms);
    }
    rows.iter_mut().for_each(|row| *row = std::array::from_fn(|column| row[order[column]]));
    rows.into_flattened()
}

/// The rows in the order of a column, and as before where they are alike in it: a counting sort.
fn ordered_by<const N: usize>(rows: &[[u32; N]], column: usize, n_terms: usize) -> Vec<[u32; N]> {
    let mut places = vec![0; n_terms + 1];
    for row in rows {
        places[row[column] as usize + 1] += 1;
    }
    for at in 1..places.len() {
        places[at] += places[at - 1];
    }
    let mut ordered = vec![[0; N]; rows.len()];
    for row in rows {
        let place = &mut places[row[column] as usize];
        ordered[*place] = *row;
        *place += 1;
    }
    ordered
}

impl Table {
    fn width(&self) -> usize {
        self.order.len()
    }

    fn row(&self, at: usize) -> &[u32] {
        &self.cells[at * self.width()..(at + 1) * self.width()]
    }

    /// The rows that begin with the numbers.
    fn find(&self, prefix: &[u32]) -> Range<usize> {
        let count = self.cells.len() / self.width();
        let bound = |is_before: &dyn Fn(&[u32]) -> bool| {
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = usize::midpoint(low, high);
                if is_before(&self.row(middle)[..prefix.len()]) { low = middle + 1 } else { high = middle }
            }
            low
        };
        bound(&|row| row < prefix)..bound(&|row| row <= prefix)
    }
}

/// Rows of a table, each as subject, predicate, object and graph.
struct Rows {
    snapshot: Arc<Snapshot>,
    table: usize,
    range: Range<usize>,
    wanted: [Option<u32>; 4],
}

impl Iterator for Rows {
    type Item = [u32; 4];

    fn next(&mut self) -> Option<[u32; 4]> {
        let table = &self.snapshot.tables[self.table];
        for at in self.range.by_ref() {
            let mut row = [0; 4];
            for (column, position) in table.order.iter().enumerate() {
                row[*position] = table.row(at)[column];
            }
            let fits = row.iter().zip(self.wanted).all(|(cell, wanted)| wanted.is_none_or(|wanted| wanted == *cell));
            if fits {
                return Some(row);
            }
        }
        None
    }
}

/// A snapshot as the dataset of a query.
pub(super) struct Dataset(pub(super) Arc<Snapshot>);

impl QueryableDataset<'static> for Dataset {
    type InternalTerm = Key;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Key>,
        predicate: Option<&Key>,
        object: Option<&Key>,
        graph_name: Option<Option<&Key>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Key>, Infallible>> + use<> {
        let number = |key: Option<&Key>| match key {
            Some(Key::Known(number)) => Some(*number),
            _ => None,
        };
        let is_made = |key: Option<&Key>| matches!(key, Some(Key::Made(_)));
        let graph = graph_name.flatten();
        // A term that the query made stands in no quad.
        let is_empty = is_made(subject) || is_made(predicate) || is_made(object) || is_made(graph);
        let named = graph_name != Some(None);
        let rows = self.0.rows(named, [number(subject), number(predicate), number(object), number(graph)]);
        rows.take_while(move |_| !is_empty).map(move |[subject, predicate, object, graph]| {
            budget::step();
            Ok(InternalQuad {
                subject: Key::Known(subject),
                predicate: Key::Known(predicate),
                object: Key::Known(object),
                graph_name: named.then_some(Key::Known(graph)),
            })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Key, Infallible> {
        budget::step();
        Ok(self.0.terms.find(term.as_ref()).map_or_else(|| Key::Made(Arc::new(term)), Key::Known))
    }

    fn externalize_term(&self, term: Key) -> Result<Term, Infallible> {
        budget::step();
        Ok(match term {
            Key::Known(number) => self.0.terms.term(number),
            Key::Made(term) => (*term).clone(),
        })
    }
}
