//! Writes the graph in formats that others read: pictures (Graphviz) and RDF.
//!
//! A [`View`] is a part of the graph made for looking at: tools beside their papers, things in their topics, authors with
//! their papers, citations. [`dot`] writes it as Graphviz; [`render`] hands that to the `dot` program. [`rdf`] writes all
//! quads in a standard format. The same store gives the same bytes.

mod dot;
mod rdf;
mod render;
mod view;

pub use dot::dot;
pub use rdf::{RdfError, rdf};
pub use render::{Picture, RenderError, render};
pub use view::{Selection, View, ViewEdge, ViewKind, ViewNode, ViewTopic};
