use std::io::{self, Write};

use super::{
    fields::Fields,
    json::{members, text},
};
use crate::network::Network;

/// `value` of a node and `key` of an edge are what networkx, which has a reader for this format, knows them by.
pub(super) fn write(network: &Network, fields: &Fields, out: &mut impl Write) -> io::Result<()> {
    out.write_all(
        b"{\"format_version\":\"1.0\",\"generated_by\":\"amml-graph\",\"directed\":true,\"multigraph\":true,\
          \"data\":{\"name\":\"amml-graph\"},\"elements\":{\"nodes\":[",
    )?;
    for (at, node) in network.nodes.iter().enumerate() {
        out.write_all(if at == 0 { b"\n{\"data\":{\"id\":" } else { b",\n{\"data\":{\"id\":" })?;
        text(&node.iri, out)?;
        out.write_all(b",\"value\":")?;
        text(&node.iri, out)?;
        members(&fields.nodes, fields.of_node(node), false, out)?;
        out.write_all(b"}}")?;
    }
    out.write_all(b"\n],\"edges\":[")?;
    for (at, edge) in network.edges.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n{{\"data\":{{\"id\":\"e{at}\",\"key\":\"e{at}\",\"source\":")?;
        text(&network.nodes[edge.from as usize].iri, out)?;
        out.write_all(b",\"target\":")?;
        text(&network.nodes[edge.to as usize].iri, out)?;
        members(&fields.edges, fields.of_edge(network, edge), false, out)?;
        out.write_all(b"}}")?;
    }
    out.write_all(b"\n]}}\n")
}
