use std::io::{self, Write};

use super::{
    fields::{Field, FieldType, Fields},
    json::{members, name, text},
};
use crate::network::Network;

/// Nodes and edges have numbers here; the IRI is a field.
pub(super) fn write(network: &Network, fields: &Fields, out: &mut impl Write) -> io::Result<()> {
    let (n_nodes, n_edges) = (network.nodes.len(), network.edges.len());
    out.write_all(b"[{\"CXVersion\":\"2.0\",\"hasFragments\":false},\n{\"metaData\":[")?;
    for (name, count) in [("attributeDeclarations", 1), ("networkAttributes", 1), ("nodes", n_nodes)] {
        write!(out, "{{\"name\":\"{name}\",\"elementCount\":{count}}},")?;
    }
    write!(out, "{{\"name\":\"edges\",\"elementCount\":{n_edges}}}]}},\n{{\"attributeDeclarations\":[{{")?;
    out.write_all(b"\"networkAttributes\":{\"name\":{\"d\":\"string\"}},\"nodes\":{\"iri\":{\"d\":\"string\"}")?;
    declare(&fields.nodes, out)?;
    out.write_all(b"},\"edges\":{\"id\":{\"d\":\"string\"}")?;
    declare(&fields.edges, out)?;
    out.write_all(b"}}]},\n{\"networkAttributes\":[{\"name\":\"amml-graph\"}]},\n{\"nodes\":[")?;
    for (at, node) in network.nodes.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n{{\"id\":{at},\"v\":{{\"iri\":")?;
        text(&node.iri, out)?;
        members(&fields.nodes, fields.of_node(node), false, out)?;
        out.write_all(b"}}")?;
    }
    out.write_all(b"\n]},\n{\"edges\":[")?;
    for (at, edge) in network.edges.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n{{\"id\":{at},\"s\":{},\"t\":{},\"v\":{{\"id\":\"e{at}\"", edge.from, edge.to)?;
        members(&fields.edges, fields.of_edge(network, edge), false, out)?;
        out.write_all(b"}}")?;
    }
    out.write_all(b"\n]},\n{\"status\":[{\"success\":true,\"error\":\"\"}]}]\n")
}

fn declare(fields: &[Field], out: &mut impl Write) -> io::Result<()> {
    for field in fields {
        let kind = match field.kind {
            FieldType::Text => "string",
            FieldType::Integer => "long",
            FieldType::Decimal => "double",
        };
        write!(out, ",\"{}\":{{\"d\":\"{kind}\"}}", name(field.name))?;
    }
    Ok(())
}
