//! Writes the graph in formats that others read: pictures (Graphviz), RDF, networks, tables, bibliographies, lists.
//!
//! A [`View`] is a part of the graph made for looking at: tools beside their papers, things in their topics, authors with
//! their papers, citations. [`dot`] writes it as Graphviz; [`render`] hands that to the `dot` program. [`rdf`] writes all
//! quads in a standard format. The same store gives the same bytes.
//!
//! All else is written of a [`Network`](crate::network::Network), which may be a part of the graph: an [`Exchange`] format and
//! a [`TableFormat`] hold what it holds; a [`Bibliography`] and [`markdown`] also what the store says of its nodes. Each goes
//! through the nodes and edges once and holds none of its output in memory.

mod bibliography;
mod dot;
mod exchange;
mod markdown;
mod rdf;
mod render;
mod tables;
mod view;
mod work;

pub use bibliography::Bibliography;
pub use dot::dot;
pub use exchange::Exchange;
pub use markdown::markdown;
pub use rdf::{RdfError, rdf};
pub use render::{Picture, RenderError, render};
pub use tables::{Table, TableFormat};
pub use view::{Selection, View, ViewEdge, ViewKind, ViewNode, ViewTopic};
