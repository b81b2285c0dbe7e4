//! Writes a catalog as RDF: the only room that knows the ontology. Pure: a catalog in, quads out.
//!
//! Each source has its own named graph with what it says of its things; the same thing has the same IRI in all of them.
//! What was inferred stands there as a triple and again as an `rdf:Statement` with its evidence, confidence and origin.
//! No blank nodes: the same catalog gives the same quads, to the byte, on any machine.
//!
//! ```
//! use amml_graph::{extract::extract, map::{Minter, quads}, read, resolve::resolve};
//!
//! let catalog = resolve(read::embedded().iter().map(extract).collect());
//! let mut count = 0;
//! quads(&catalog, &Minter::default(), &mut |_| count += 1);
//! assert!(count > 1000);
//! ```

mod checks;
mod entries;
mod mint;
mod preferred;
mod statements;
mod things;
pub mod vocab;

use oxrdf::{GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, QuadRef, TermRef};
use rayon::prelude::*;

use crate::model::{Catalog, Label, PartialDate, SourceRecord};
pub use mint::Minter;
use mint::{Minted, MintedSource};
use preferred::Preferred;

/// The vocabulary in Turtle: what the terms of the graph mean.
pub const ONTOLOGY: &str = include_str!("../../ontology/amml.ttl");

/// Hands every quad of the catalog to the sink. A quad may come more than once.
pub fn quads(catalog: &Catalog, minter: &Minter, sink: &mut dyn FnMut(QuadRef<'_>)) {
    let minted = Minted::of(catalog, minter);
    let preferred = Preferred::of(catalog);
    for at in 0..catalog.sources.len() {
        quads_of_source((catalog, minter, &minted, &preferred), at, sink);
    }
}

/// What `collect` makes of each source, all sources at once on as many threads as there are cores: it gets the name of
/// the graph, and a function that hands every quad to a sink. A quad may come more than once.
pub fn quads_by_source<T: Send>(
    catalog: &Catalog,
    minter: &Minter,
    collect: impl Fn(&NamedNode, &mut dyn FnMut(&mut dyn FnMut(QuadRef<'_>))) -> T + Sync,
) -> Vec<T> {
    let minted = Minted::of(catalog, minter);
    let preferred = Preferred::of(catalog);
    let of_source = |at: usize| {
        let name = NamedNode::new_unchecked(minter.graph(&catalog.sources[at].extraction.source));
        collect(&name, &mut |sink: &mut dyn FnMut(QuadRef<'_>)| {
            quads_of_source((catalog, minter, &minted, &preferred), at, sink);
        })
    };
    (0..catalog.sources.len()).into_par_iter().map(of_source).collect()
}

/// What the mapping of every source looks at.
type Shared<'c> = (&'c Catalog, &'c Minter, &'c Minted, &'c Preferred);

fn quads_of_source(shared: Shared<'_>, at: usize, sink: &mut dyn FnMut(QuadRef<'_>)) {
    let (catalog, minter, minted, preferred) = shared;
    let source = &catalog.sources[at];
    let graph = minter.graph(&source.extraction.source);
    let mut writer = Writer { sink, graph: &graph, digits: String::new() };
    let own = &minted.sources[at];
    let mapper = Mapper { catalog, minter, minted, preferred, at, own, source };
    mapper.source(&mut writer);
    mapper.entries(&mut writer);
    mapper.checks(&mut writer);
    mapper.records(&mut writer);
    mapper.links(&mut writer);
    mapper.identities(&mut writer);
}

/// What all parts of the mapping of one source look at.
struct Mapper<'c> {
    catalog: &'c Catalog,
    minter: &'c Minter,
    minted: &'c Minted,
    preferred: &'c Preferred,
    /// The number of the source.
    at: usize,
    own: &'c MintedSource,
    source: &'c SourceRecord,
}

/// Writes triples into one graph.
struct Writer<'w> {
    sink: &'w mut dyn FnMut(QuadRef<'_>),
    graph: &'w str,
    digits: String,
}

impl Writer<'_> {
    fn write<'t>(&mut self, subject: &'t str, predicate: NamedNodeRef<'t>, object: impl Into<TermRef<'t>>) {
        let subject = NamedNodeRef::new_unchecked(subject).into();
        let graph_name = GraphNameRef::NamedNode(NamedNodeRef::new_unchecked(self.graph));
        (self.sink)(QuadRef { subject, predicate, object: object.into(), graph_name });
    }

    fn iri(&mut self, subject: &str, predicate: NamedNodeRef<'_>, object: &str) {
        self.write(subject, predicate, NamedNodeRef::new_unchecked(object));
    }

    fn text(&mut self, subject: &str, predicate: NamedNodeRef<'_>, text: &str) {
        self.write(subject, predicate, LiteralRef::new_simple_literal(text));
    }

    fn label(&mut self, subject: &str, predicate: NamedNodeRef<'_>, label: &Label) {
        let literal = match label.language {
            Some(language) => LiteralRef::new_language_tagged_literal_unchecked(&label.text, language.tag()),
            None => LiteralRef::new_simple_literal(&label.text),
        };
        self.write(subject, predicate, literal);
    }

    /// A date, as precise as it is known.
    fn date(&mut self, subject: &str, predicate: NamedNodeRef<'_>, date: PartialDate) {
        let datatype = match date.month_and_day() {
            (None, _) => vocab::XSD_G_YEAR,
            (_, None) => vocab::XSD_G_YEAR_MONTH,
            _ => vocab::XSD_DATE,
        };
        self.typed(subject, predicate, date, datatype);
    }

    fn typed(
        &mut self,
        subject: &str,
        predicate: NamedNodeRef<'_>,
        value: impl std::fmt::Display,
        datatype: NamedNodeRef<'_>,
    ) {
        use std::fmt::Write as _;
        let mut digits = std::mem::take(&mut self.digits);
        digits.clear();
        write!(digits, "{value}").expect("writing to a string does not fail");
        self.write(subject, predicate, LiteralRef::new_typed_literal(&digits, datatype));
        self.digits = digits;
    }
}
