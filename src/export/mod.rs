//! Writes the graph in formats that others read: pictures, RDF, networks, tables, bibliographies, lists.
//!
//! A picture is made from a [`Network`](crate::network::Network) in three steps: [`View::of`] chooses what can be read,
//! [`dot`] writes it for Graphviz, [`render`] hands that to the program, and [`plain_svg`] draws without it. [`rdf`] writes
//! all quads in a standard format. The same store gives the same bytes.
//!
//! All else is written of a network, which may be a part of the graph: an [`Exchange`] format and a [`TableFormat`] hold what
//! it holds; a [`Bibliography`] and [`markdown`] also what the store says of its nodes. Each goes through the nodes and edges
//! once and holds none of its output in memory.

mod bibliography;
mod described;
mod exchange;
mod markdown;
mod picture;
mod rdf;
mod tables;
mod work;

pub use bibliography::Bibliography;
pub use described::{described, serialized, serialized_graph};
pub use exchange::Exchange;
pub use markdown::markdown;
pub use picture::{
    Arrangement, Coloring, Engine, Group, Meaning, PictureFormat, RenderError, Shown, Theme, Tie, View, ViewKind,
    ViewOptions, dot, plain_svg, render,
};
pub use rdf::{PREFIXES, RdfError, rdf};
pub use tables::{Table, TableFormat};
