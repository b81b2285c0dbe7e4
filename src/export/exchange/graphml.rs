use std::io::{self, Write};

use super::{
    fields::{Field, FieldType, Fields, Value},
    xml::escape,
};
use crate::network::Network;

pub(super) fn write(network: &Network, fields: &Fields, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
          xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
          http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    )?;
    keys(&fields.nodes, 'n', "node", out)?;
    keys(&fields.edges, 'e', "edge", out)?;
    writeln!(
        out,
        "<graph id=\"graph\" edgedefault=\"directed\" parse.nodes=\"{}\" parse.edges=\"{}\" \
         parse.order=\"nodesfirst\">",
        network.nodes.len(),
        network.edges.len()
    )?;
    for node in &network.nodes {
        out.write_all(b"<node id=\"")?;
        escape(&node.iri, out)?;
        out.write_all(b"\">")?;
        values('n', fields.of_node(node), out)?;
        out.write_all(b"</node>\n")?;
    }
    for (at, edge) in network.edges.iter().enumerate() {
        write!(out, "<edge id=\"e{at}\" source=\"")?;
        escape(&network.nodes[edge.from as usize].iri, out)?;
        out.write_all(b"\" target=\"")?;
        escape(&network.nodes[edge.to as usize].iri, out)?;
        out.write_all(b"\">")?;
        values('e', fields.of_edge(network, edge), out)?;
        out.write_all(b"</edge>\n")?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

fn keys(fields: &[Field], mark: char, of: &str, out: &mut impl Write) -> io::Result<()> {
    for (at, field) in fields.iter().enumerate() {
        let kind = match field.kind {
            FieldType::Text => "string",
            FieldType::Integer => "long",
            FieldType::Decimal => "double",
        };
        let name = field.name;
        writeln!(out, "<key id=\"{mark}{at}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    Ok(())
}

fn values<'n>(mark: char, values: impl Iterator<Item = (usize, Value<'n>)>, out: &mut impl Write) -> io::Result<()> {
    for (at, value) in values {
        write!(out, "<data key=\"{mark}{at}\">")?;
        match value {
            Value::Text(text) => escape(text, out)?,
            Value::Integer(number) => write!(out, "{number}")?,
            Value::Decimal(percent) => write!(out, "{:?}", Value::decimal(percent))?,
        }
        out.write_all(b"</data>")?;
    }
    Ok(())
}
