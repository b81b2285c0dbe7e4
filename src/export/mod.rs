//! Writes the graph in formats that others read: pictures (Graphviz), RDF, networks, tables.
//!
//! A [`View`] is a part of the graph made for looking at: tools beside their papers, things in their topics, authors with
//! their papers, citations. [`dot`] writes it as Graphviz; [`render`] hands that to the `dot` program. [`rdf`] writes all
//! quads in a standard format. An [`Exchange`] format and a [`TableFormat`] write a [`Network`](crate::network::Network). The
//! same store gives the same bytes.

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
