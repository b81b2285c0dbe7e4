//! A copy of a small graph that is quick to open.
//!
//! RocksDB starts some 180 threads to open a store, whatever its size, and that is most of what a short command costs. So
//! `build` leaves beside the database a file with the same quads as sorted arrays of numbers and a table of terms, and a
//! reader answers from it. The file says which state of the database it is a copy of (`fingerprint`): if anything was
//! written since, by us or by another program, it is not used. It can be removed at any time.
//!
//! # Rationale
//!
//! Loading the quads into a store in memory instead would need no code, but takes longer than opening RocksDB does.

use std::{collections::BTreeSet, convert::Infallible, fs, io, ops::Range, path::Path, sync::Arc, time::UNIX_EPOCH};

use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term, TermRef};
use spareval::{InternalQuad, QueryableDataset};

/// The name of the file in the folder of the store.
pub(super) const FILE: &str = "amml.snapshot";
const MAGIC: &[u8; 8] = b"ammlsnp1";
/// With more quads than this the file would take longer to read than the database to open.
const MOST_QUADS: usize = 100_000;

/// The graph as arrays.
pub(super) struct Snapshot {
    terms: Vec<u8>,
    /// Where each term begins in `terms`, and where the last one ends. The terms are sorted.
    offsets: Vec<u32>,
    tables: Vec<Table>,
}

/// All quads (or the triples of the default graph) as rows of term numbers, sorted in one order.
struct Table {
    /// Which position of a quad each column holds: 0 subject, 1 predicate, 2 object, 3 graph.
    order: &'static [usize],
    cells: Vec<u32>,
}

/// The first three hold the default graph, the others the named graphs.
const ORDERS: [&[usize]; 7] =
    [&[0, 1, 2], &[1, 2, 0], &[2, 0, 1], &[0, 1, 2, 3], &[1, 2, 0, 3], &[2, 0, 1, 3], &[3, 0, 1, 2]];
const DEFAULT_GRAPH: Range<usize> = 0..3;
const NAMED_GRAPHS: Range<usize> = 3..7;

/// The number of a term of the snapshot, or a term that a query made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Known(u32),
    Made(Arc<Term>),
}

/// Writes the file for the quads of a store that no one has open. Too many quads, or a disk that fails, only mean that
/// there is no such file.
pub(super) fn write(folder: &Path, quads: &[Quad]) -> io::Result<()> {
    let path = folder.join(FILE);
    if quads.len() > MOST_QUADS {
        return if path.exists() { fs::remove_file(path) } else { Ok(()) };
    }
    let bytes = encode(quads, fingerprint(folder)?);
    let part = folder.join("amml.snapshot.part");
    fs::write(&part, bytes)?;
    fs::rename(part, path)
}

/// Reads the file, if it is there and a copy of what the database holds now.
pub(super) fn read(folder: &Path) -> Option<Arc<Snapshot>> {
    let bytes = fs::read(folder.join(FILE)).ok()?;
    let rest = bytes.strip_prefix(MAGIC)?;
    let (written, rest) = rest.split_first_chunk::<8>()?;
    if u64::from_le_bytes(*written) != fingerprint(folder).ok()? {
        return None;
    }
    decode(rest).map(Arc::new)
}

/// The names, sizes and times of the database's files: any writer changes them.
fn fingerprint(folder: &Path) -> io::Result<u64> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // RocksDB's diary, and our own files, change without the data.
        if name.starts_with("LOG") || name == "LOCK" || name.starts_with("amml.") {
            continue;
        }
        let metadata = entry.metadata()?;
        let time = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        files.insert(format!("{name} {} {time}\n", metadata.len()));
    }
    let text: String = files.into_iter().collect();
    Ok(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
}

fn encode(quads: &[Quad], fingerprint: u64) -> Vec<u8> {
    let terms_of = |quad: &Quad| {
        let graph = match &quad.graph_name {
            GraphName::NamedNode(node) => encode_term(node.into()),
            GraphName::BlankNode(node) => encode_term(node.into()),
            GraphName::DefaultGraph => Vec::new(),
        };
        let subject = encode_term(quad.subject.as_ref().into());
        [subject, encode_term(quad.predicate.as_ref().into()), encode_term(quad.object.as_ref()), graph]
    };
    let rows: Vec<[Vec<u8>; 4]> = quads.iter().map(terms_of).collect();
    let table: BTreeSet<&[u8]> = rows.iter().flatten().map(Vec::as_slice).filter(|term| !term.is_empty()).collect();
    let table: Vec<&[u8]> = table.into_iter().collect();
    let number = |term: &Vec<u8>| table.binary_search(&term.as_slice()).map_or(0, number_of);
    let numbered: Vec<[u32; 4]> = rows.iter().map(|row| [0, 1, 2, 3].map(|at| number(&row[at]))).collect();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(fingerprint.to_le_bytes());
    let mut put = |numbers: &[u32]| {
        bytes.extend(number_of(numbers.len()).to_le_bytes());
        bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    };
    let mut offsets = vec![0];
    for term in &table {
        offsets.push(offsets.last().copied().unwrap_or(0) + number_of(term.len()));
    }
    put(&offsets);
    for order in ORDERS {
        let mut sorted: Vec<Vec<u32>> = numbered.iter().map(|row| order.iter().map(|at| row[*at]).collect()).collect();
        sorted.sort_unstable();
        sorted.dedup();
        put(&sorted.concat());
    }
    bytes.extend(table.concat());
    bytes
}

/// Numbers of terms and lengths fit: there are at most [`MOST_QUADS`] quads.
fn number_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn decode(bytes: &[u8]) -> Option<Snapshot> {
    let mut rest = bytes;
    let mut take = || {
        let (count, tail) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*count)).ok()?.checked_mul(4)?;
        let numbers =
            tail.get(..length)?.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let numbers: Vec<u32> = numbers.collect();
        rest = &tail[length..];
        Some(numbers)
    };
    let offsets = take()?;
    let mut tables = Vec::with_capacity(ORDERS.len());
    for order in ORDERS {
        let cells = take()?;
        tables.push(Table { order, cells });
    }
    let is_whole = offsets.is_sorted() && usize::try_from(*offsets.last()?).ok()? == rest.len();
    is_whole.then(|| Snapshot { terms: rest.to_vec(), offsets, tables })
}

/// A term as a mark and its parts: `I` an IRI, `B` a blank node, `L` a text, `@` a text with its language, `T` with its type.
fn encode_term(term: TermRef<'_>) -> Vec<u8> {
    let parts: [&str; 4] = match term {
        TermRef::NamedNode(node) => ["I", node.as_str(), "", ""],
        TermRef::BlankNode(node) => ["B", node.as_str(), "", ""],
        TermRef::Literal(literal) => match literal.language() {
            Some(language) => ["@", language, "\0", literal.value()],
            None if literal.datatype() == oxrdf::vocab::xsd::STRING => ["L", literal.value(), "", ""],
            None => ["T", literal.datatype().as_str(), "\0", literal.value()],
        },
    };
    parts.concat().into_bytes()
}

fn decode_term(bytes: &[u8]) -> Option<Term> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (mark, rest) = text.split_at_checked(1)?;
    let pair = || rest.split_once('\0');
    Some(match mark {
        "I" => NamedNode::new_unchecked(rest).into(),
        "B" => BlankNode::new(rest).ok()?.into(),
        "L" => Literal::new_simple_literal(rest).into(),
        "@" => pair().map(|(language, value)| Literal::new_language_tagged_literal_unchecked(value, language))?.into(),
        _ => pair()
            .map(|(datatype, value)| Literal::new_typed_literal(value, NamedNode::new_unchecked(datatype)))?
            .into(),
    })
}

impl Snapshot {
    fn bytes(&self, number: u32) -> &[u8] {
        let at = usize::try_from(number).unwrap_or(usize::MAX);
        let offset = |at: usize| self.offsets.get(at).and_then(|offset| usize::try_from(*offset).ok());
        let range = offset(at).zip(offset(at.saturating_add(1)));
        range.and_then(|(start, end)| self.terms.get(start..end)).unwrap_or_default()
    }

    fn term(&self, number: u32) -> Term {
        decode_term(self.bytes(number)).unwrap_or_else(|| Literal::new_simple_literal("").into())
    }

    fn number(&self, term: TermRef<'_>) -> Option<u32> {
        let wanted = encode_term(term);
        let count = number_of(self.offsets.len().saturating_sub(1));
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = u32::midpoint(low, high);
            if self.bytes(middle) < wanted.as_slice() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < count && self.bytes(low) == wanted).then_some(low)
    }

    /// The rows that have the given terms, of the tables given: from the one whose order has most of them in front.
    fn rows(self: &Arc<Self>, tables: Range<usize>, wanted: [Option<u32>; 4]) -> Rows {
        let bound = |table: &Table| table.order.iter().take_while(|at| wanted[**at].is_some()).count();
        // The first of the best, not the last.
        let best =
            tables.clone().max_by_key(|at| (bound(&self.tables[*at]), std::cmp::Reverse(*at))).unwrap_or(tables.start);
        let table = &self.tables[best];
        let prefix: Vec<u32> = table.order.iter().map_while(|at| wanted[*at]).collect();
        let range = table.find(&prefix);
        Rows { snapshot: Arc::clone(self), table: best, range, wanted }
    }

    /// The triples of the default graph or, with `None`, the quads of all named graphs, that have these terms.
    pub(super) fn matching(
        self: &Arc<Self>,
        named: bool,
        wanted: [Option<TermRef<'_>>; 3],
    ) -> impl Iterator<Item = Quad> + use<> {
        let numbers = wanted.map(|term| term.map(|term| self.number(term)));
        let is_unknown = numbers.contains(&Some(None));
        let [subject, predicate, object] = numbers.map(Option::flatten);
        let tables = if named { NAMED_GRAPHS } else { DEFAULT_GRAPH };
        let rows = self.rows(tables, [subject, predicate, object, None]);
        let snapshot = Arc::clone(self);
        rows.take_while(move |_| !is_unknown).filter_map(move |row| snapshot.quad(row, named))
    }

    fn quad(&self, row: [u32; 4], named: bool) -> Option<Quad> {
        let subject = match self.term(row[0]) {
            Term::NamedNode(node) => NamedOrBlankNode::from(node),
            Term::BlankNode(node) => node.into(),
            Term::Literal(_) => return None,
        };
        let Term::NamedNode(predicate) = self.term(row[1]) else { return None };
        let graph = match named.then(|| self.term(row[3])) {
            Some(Term::NamedNode(node)) => GraphName::from(node),
            _ => GraphName::DefaultGraph,
        };
        Some(Quad::new(subject, predicate, self.term(row[2]), graph))
    }
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
        let tables = if graph_name == Some(None) { DEFAULT_GRAPH } else { NAMED_GRAPHS };
        let named = tables == NAMED_GRAPHS;
        let rows = self.0.rows(tables, [number(subject), number(predicate), number(object), number(graph)]);
        rows.take_while(move |_| !is_empty).map(move |[subject, predicate, object, graph]| {
            Ok(InternalQuad {
                subject: Key::Known(subject),
                predicate: Key::Known(predicate),
                object: Key::Known(object),
                graph_name: named.then_some(Key::Known(graph)),
            })
        })
    }

    fn internalize_term(&self, term: Term) -> Result<Key, Infallible> {
        Ok(self.0.number(term.as_ref()).map_or_else(|| Key::Made(Arc::new(term)), Key::Known))
    }

    fn externalize_term(&self, term: Key) -> Result<Term, Infallible> {
        Ok(match term {
            Key::Known(number) => self.0.term(number),
            Key::Made(term) => (*term).clone(),
        })
    }
}
