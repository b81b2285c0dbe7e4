//! Networks in the formats of programs that draw and measure them.
//!
//! Every format says the same: of a node its IRI, its label, its kind, its year and what else is known of it; of an edge
//! its relation, the property that this is in the graph, its weight, which is how sure it is from 0 to 1, the evidence, and
//! how close a tool is to its paper. Two nodes may have edges of several relations, so edges have identifiers, too. Numbers
//! are numbers. What is not known of a node is left out, and so is a field that no node has.

mod cx2;
mod cytoscape;
mod fields;
mod gexf;
mod graphml;
mod json;
mod xml;

use std::io::{self, BufWriter, Write};

use crate::network::Network;
pub(super) use fields::{Field, FieldType, Fields, Value};

/// A format for networks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// [GraphML](http://graphml.graphdrawing.org/specification.html): networkx, igraph, yEd, Gephi.
    GraphMl,
    /// [GEXF 1.3](https://gexf.net/schema.html): Gephi, networkx.
    Gexf,
    /// [Elements JSON](https://js.cytoscape.org/#notation/elements-json) of Cytoscape.js; Cytoscape opens it, too.
    Cytoscape,
    /// [CX2](https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/): Cytoscape, NDEx.
    Cx2,
}

impl Exchange {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::GraphMl, Self::Gexf, Self::Cytoscape, Self::Cx2];

    /// The word for it on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::Cytoscape => "cytoscape",
            Self::Cx2 => "cx2",
        }
    }

    /// The format that a word means.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Writes a network, node by node and edge by edge. The same network gives the same bytes.
    ///
    /// XML has no characters for most of the control codes; in GraphML and GEXF U+FFFD stands in their place.
    ///
    /// ```
    /// use amml_graph::{export::Exchange, network::Network};
    ///
    /// let network = Network::from_table("a & b\tc\n").unwrap();
    /// let mut bytes = Vec::new();
    /// Exchange::GraphMl.write(&network, &mut bytes).unwrap();
    /// assert!(String::from_utf8(bytes).unwrap().contains("<node id=\"a &amp; b\">"));
    /// ```
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(self, network: &Network, out: &mut dyn Write) -> io::Result<()> {
        let fields = Fields::of(network);
        let mut out = BufWriter::with_capacity(1 << 16, out);
        match self {
            Self::GraphMl => graphml::write(network, &fields, &mut out)?,
            Self::Gexf => gexf::write(network, &fields, &mut out)?,
            Self::Cytoscape => cytoscape::write(network, &fields, &mut out)?,
            Self::Cx2 => cx2::write(network, &fields, &mut out)?,
        }
        out.flush()
    }
}

#[cfg(test)]
mod tests;
