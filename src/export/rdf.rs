use std::{
    cmp::Ordering,
    io::{self, BufWriter, Write},
};

use oxrdf::{GraphNameRef, LiteralRef, NamedOrBlankNodeRef, QuadRef, TermRef};
use oxrdfio::{RdfFormat, RdfSerializer};
use rayon::prelude::*;

use crate::{
    map::vocab::AMML,
    store::{Graph, Scan, StoreError},
};

/// Why the graph cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum RdfError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output cannot be written.
    #[error("cannot write the graph")]
    Io(#[from] io::Error),
}

/// The prefixes that are written in formats that have them.
pub const PREFIXES: [(&str, &str); 11] = [
    ("amml", AMML),
    ("schema", "http://schema.org/"),
    ("bibo", "http://purl.org/ontology/bibo/"),
    ("fabio", "http://purl.org/spar/fabio/"),
    ("cito", "http://purl.org/spar/cito/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Writes the whole graph, sorted: with its named graphs where the format has them, else their union.
///
/// # Errors
///
/// If the store cannot be read or the output not written.
pub fn rdf(graph: &Graph, format: RdfFormat, out: &mut impl Write) -> Result<(), RdfError> {
    let scan = graph.scan()?;
    let order = Order::of(&scan);
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        serializer = serializer.with_prefix(prefix, iri).expect("the prefixes are valid IRIs");
    }
    let mut writer = serializer.for_writer(BufWriter::with_capacity(1 << 16, out));
    let has_graphs =
        matches!(format, RdfFormat::NQuads | RdfFormat::TriG) || matches!(format, RdfFormat::JsonLd { .. });
    // By graph first, so that a format with graphs writes each once; the lines of N-Quads sort by themselves.
    let (rows, columns) = match (has_graphs, format == RdfFormat::NQuads) {
        (false, _) => (order.sorted(scan.triples(), [0, 1, 2]).into_flattened(), &[0, 1, 2][..]),
        (true, true) => (order.sorted(scan.quads(), [0, 1, 2, 3]).into_flattened(), &[0, 1, 2, 3][..]),
        (true, false) => (order.sorted(scan.quads(), [3, 0, 1, 2]).into_flattened(), &[1, 2, 3, 0][..]),
    };
    for row in rows.chunks_exact(columns.len()) {
        let mut terms = columns.iter().map(|column| scan.term(order.numbers[row[*column] as usize]));
        let parts = (terms.next(), terms.next(), terms.next());
        let Some(quad) = quad(parts, terms.next()) else { continue };
        writer.serialize_quad(quad)?;
    }
    writer.finish()?.flush()?;
    Ok(())
}

fn quad<'t>(
    (subject, predicate, object): (Option<TermRef<'t>>, Option<TermRef<'t>>, Option<TermRef<'t>>),
    graph: Option<TermRef<'t>>,
) -> Option<QuadRef<'t>> {
    let subject = match subject? {
        TermRef::NamedNode(node) => NamedOrBlankNodeRef::NamedNode(node),
        TermRef::BlankNode(node) => NamedOrBlankNodeRef::BlankNode(node),
        TermRef::Literal(_) => return None,
    };
    let TermRef::NamedNode(predicate) = predicate? else { return None };
    let graph_name = match graph {
        Some(TermRef::NamedNode(node)) => GraphNameRef::NamedNode(node),
        Some(TermRef::BlankNode(node)) => GraphNameRef::BlankNode(node),
        _ => GraphNameRef::DefaultGraph,
    };
    Some(QuadRef { subject, predicate, object: object?, graph_name })
}

/// The order of the terms of a store as N-Quads writes them.
///
/// # Rationale
///
/// Sorted by their numbers in this order, quads stand as their lines would, and no line need be made to compare it.
struct Order {
    /// The number of each term, in order.
    numbers: Vec<u32>,
    /// The place of each term, by its number.
    places: Vec<u32>,
}

impl Order {
    fn of(scan: &Scan) -> Self {
        let mut terms: Vec<(TermRef<'_>, u32)> =
            (0..).take(scan.n_terms()).map(|number| (scan.term(number), number)).collect();
        terms.par_sort_unstable_by(|(a, _), (b, _)| compare(*a, *b));
        let numbers: Vec<u32> = terms.into_iter().map(|(_, number)| number).collect();
        let mut places = vec![0; numbers.len()];
        for (place, number) in (0..).zip(&numbers) {
            places[*number as usize] = place;
        }
        Self { numbers, places }
    }

    /// Rows of numbers as rows of places, with the columns in another order, sorted.
    fn sorted<const N: usize>(&self, rows: &[[u32; N]], columns: [usize; N]) -> Vec<[u32; N]> {
        let mut rows: Vec<[u32; N]> =
            rows.iter().map(|row| columns.map(|column| self.places[row[column] as usize])).collect();
        rows.par_sort_unstable();
        rows
    }
}

/// Compares two terms as the texts that they are in N-Quads, without making these.
fn compare(a: TermRef<'_>, b: TermRef<'_>) -> Ordering {
    match (a, b) {
        (TermRef::NamedNode(a), TermRef::NamedNode(b)) => compare_closed(a.as_str(), b.as_str(), '>'),
        (TermRef::Literal(a), TermRef::Literal(b)) => {
            compare_closed(a.value(), b.value(), '"').then_with(|| suffix(a).cmp(&suffix(b)))
        }
        (TermRef::BlankNode(a), TermRef::BlankNode(b)) => a.as_str().cmp(b.as_str()),
        (a, b) => first_byte(a).cmp(&first_byte(b)),
    }
}

fn first_byte(term: TermRef<'_>) -> u8 {
    match term {
        TermRef::Literal(_) => b'"',
        TermRef::NamedNode(_) => b'<',
        TermRef::BlankNode(_) => b'_',
    }
}

/// What stands behind the text: nothing, a language, a type.
fn suffix(literal: LiteralRef<'_>) -> (u8, &str) {
    match literal.language() {
        Some(language) => (1, language),
        None if literal.datatype() == oxrdf::vocab::xsd::STRING => (0, ""),
        None => (2, literal.datatype().as_str()),
    }
}

/// Compares two texts with a mark behind each; in literals the first letters that differ may stand escaped.
fn compare_closed(a: &str, b: &str, mark: char) -> Ordering {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.as_bytes().get(same), b.as_bytes().get(same));
    let written = |byte: Option<&u8>| match byte {
        None => [mark as u8, 0, 0, 0, 0, 0],
        Some(byte) if mark == '"' => escaped(*byte),
        Some(byte) => [*byte, 0, 0, 0, 0, 0],
    };
    written(a).cmp(&written(b))
}

/// A byte as it stands in a literal of N-Quads.
fn escaped(byte: u8) -> [u8; 6] {
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'A' + value - 10 };
    let letter = match byte {
        8 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        12 => b'f',
        b'\r' => b'r',
        b'"' => b'"',
        b'\\' => b'\\',
        0..0x20 | 0x7f => return [b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)],
        other => return [other, 0, 0, 0, 0, 0],
    };
    [b'\\', letter, 0, 0, 0, 0]
}

#[cfg(test)]
mod tests {
    use oxrdf::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};

    use super::*;
    use crate::{
        extract::extract,
        map::{Minter, quads_by_source},
        read,
        resolve::resolve,
        store::NamedGraph,
    };

    /// Quads in the order of their texts, each made and compared.
    fn by_text(graph: &Graph, has_graphs: bool, by_line: bool) -> Vec<Quad> {
        let mut quads: Vec<Quad> = graph.quads().map(Result::unwrap).collect();
        if !has_graphs {
            quads.iter_mut().for_each(|quad| quad.graph_name = GraphName::DefaultGraph);
        }
        quads.sort_by_cached_key(|quad| {
            (if by_line { String::new() } else { quad.graph_name.to_string() }, quad.to_string())
        });
        quads.dedup();
        quads
    }

    #[test]
    fn a_graph_is_written_in_the_order_of_its_texts() {
        let catalog = resolve(read::embedded().iter().map(extract).collect());
        let mut graph = Graph::in_memory();
        graph
            .replace(quads_by_source(&catalog, &Minter::default(), |name, walk| NamedGraph::collect(name, walk)))
            .unwrap();
        for (format, has_graphs) in [
            (RdfFormat::NQuads, true),
            (RdfFormat::TriG, true),
            (RdfFormat::NTriples, false),
            (RdfFormat::Turtle, false),
        ] {
            let mut serializer = RdfSerializer::from_format(format);
            for (prefix, iri) in PREFIXES {
                serializer = serializer.with_prefix(prefix, iri).unwrap();
            }
            let mut writer = serializer.for_writer(Vec::new());
            for quad in by_text(&graph, has_graphs, format == RdfFormat::NQuads) {
                writer.serialize_quad(&quad).unwrap();
            }
            let mut written = Vec::new();
            rdf(&graph, format, &mut written).unwrap();
            assert!(written == writer.finish().unwrap(), "{format}");
        }
    }

    #[test]
    fn terms_are_in_the_order_of_their_texts() {
        let texts =
            ["", "a", "a\"", "a\\", "a\n", "a\u{1}", "a\u{7f}", "a b", "ab", "é", "\u{8}", "a]", "a^", "\t", "a!"];
        let mut terms: Vec<Term> = texts.iter().map(|text| Literal::new_simple_literal(*text).into()).collect();
        for text in texts {
            terms.push(Literal::new_language_tagged_literal_unchecked(text, "en").into());
            terms.push(Literal::new_language_tagged_literal_unchecked(text, "en-us").into());
            terms.push(Literal::new_typed_literal(text, NamedNode::new_unchecked("x:a")).into());
            terms.push(Literal::new_typed_literal(text, NamedNode::new_unchecked("x:ab")).into());
        }
        for iri in ["x:", "x:a", "x:a/b", "x:a=", "x:a?", "x:é"] {
            terms.push(NamedNode::new_unchecked(iri).into());
        }
        terms.extend(["a", "a1", "ab"].map(|name| Term::from(BlankNode::new_unchecked(name))));
        for (a, b) in terms.iter().flat_map(|a| terms.iter().map(move |b| (a, b))) {
            let expected = a.to_string().cmp(&b.to_string());
            assert_eq!(compare(a.as_ref(), b.as_ref()), expected, "{a} {b}");
        }
    }
}
