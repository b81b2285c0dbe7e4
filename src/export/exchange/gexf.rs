use std::io::{self, Write};

use super::{
    fields::{Field, FieldType, Fields, Value},
    xml::escape,
};
use crate::network::Network;

/// The fields that the format has attributes of its own for: of nodes the label, of edges the relation and the weight.
const LABEL: usize = 0;
const RELATION: usize = 0;
const WEIGHT: usize = 2;

pub(super) fn write(network: &Network, fields: &Fields, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\">\n\
          <meta><creator>amml-graph</creator></meta>\n\
          <graph defaultedgetype=\"directed\" mode=\"static\" idtype=\"string\">\n",
    )?;
    attributes(&fields.nodes, "node", &[LABEL], out)?;
    attributes(&fields.edges, "edge", &[RELATION, WEIGHT], out)?;
    writeln!(out, "<nodes count=\"{}\">", network.nodes.len())?;
    for node in &network.nodes {
        out.write_all(b"<node id=\"")?;
        escape(&node.iri, out)?;
        out.write_all(b"\" label=\"")?;
        escape(&node.label, out)?;
        out.write_all(b"\">")?;
        values(&[LABEL], fields.of_node(node), out)?;
        out.write_all(b"</node>\n")?;
    }
    writeln!(out, "</nodes>\n<edges count=\"{}\">", network.edges.len())?;
    for (at, edge) in network.edges.iter().enumerate() {
        write!(out, "<edge id=\"e{at}\" source=\"")?;
        escape(&network.nodes[edge.from as usize].iri, out)?;
        out.write_all(b"\" target=\"")?;
        escape(&network.nodes[edge.to as usize].iri, out)?;
        // The kind tells parallel edges apart, the label is what is shown.
        let (word, weight) = (edge.relation.word(), Value::decimal(network.why(edge).percent));
        write!(out, "\" kind=\"{word}\" label=\"{word}\" weight=\"{weight:?}\">")?;
        values(&[RELATION, WEIGHT], fields.of_edge(network, edge), out)?;
        out.write_all(b"</edge>\n")?;
    }
    out.write_all(b"</edges>\n</graph>\n</gexf>\n")
}

fn attributes(fields: &[Field], of: &str, own: &[usize], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{of}\" mode=\"static\">")?;
    for (at, field) in fields.iter().enumerate().filter(|(at, _)| !own.contains(at)) {
        let kind = match field.kind {
            FieldType::Text => "string",
            FieldType::Integer => "long",
            FieldType::Decimal => "double",
        };
        writeln!(out, "<attribute id=\"{at}\" title=\"{}\" type=\"{kind}\"/>", field.name)?;
    }
    out.write_all(b"</attributes>\n")
}

fn values<'n>(own: &[usize], values: impl Iterator<Item = (usize, Value<'n>)>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"<attvalues>")?;
    for (at, value) in values.filter(|(at, _)| !own.contains(at)) {
        write!(out, "<attvalue for=\"{at}\" value=\"")?;
        match value {
            Value::Text(text) => escape(text, out)?,
            Value::Integer(number) => write!(out, "{number}")?,
            Value::Decimal(percent) => write!(out, "{:?}", Value::decimal(percent))?,
        }
        out.write_all(b"\"/>")?;
    }
    out.write_all(b"</attvalues>")
}
