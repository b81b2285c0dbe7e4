//! Networks as two tables, one of nodes and one of edges: for spreadsheets, data frames and databases.

mod csv;
mod neo4j;
mod parquet;

use std::io::{self, BufWriter, Write};

use super::exchange::{Field, FieldType, Fields, Value};
use crate::network::{Edge, Network, Node};

/// One of the two tables of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// A row for each node: its IRI, its label, its kind, its year, what else is known of it.
    Nodes,
    /// A row for each edge: its name, the IRIs that it leads from and to, its relation, what it rests on.
    Edges,
}

/// A format for tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// [CSV](https://www.rfc-editor.org/rfc/rfc4180) in UTF-8, with names in the first line.
    Csv,
    /// CSV with the names and types in the first line that
    /// [`neo4j-admin database import`](https://neo4j.com/docs/operations-manual/current/import/) looks for. The import wants
    /// `--multiline-fields=true` where texts have line ends.
    Neo4j,
    /// [Parquet](https://parquet.apache.org/docs/file-format/), compressed with Snappy: text, whole numbers, decimals.
    Parquet,
}

impl Table {
    /// Both, the nodes first.
    pub const ALL: [Self; 2] = [Self::Nodes, Self::Edges];

    /// The word for it: `nodes`, `edges`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nodes => "nodes",
            Self::Edges => "edges",
        }
    }
}

impl TableFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Neo4j, Self::Parquet];

    /// The word for it on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Neo4j => "neo4j",
            Self::Parquet => "parquet",
        }
    }

    /// The format that a word means.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The ending of its files.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::Neo4j => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// Writes one of the tables, row by row. The same network gives the same bytes.
    ///
    /// ```
    /// use amml_graph::{export::{Table, TableFormat}, network::Network};
    ///
    /// let network = Network::from_table("a\tb\n").unwrap();
    /// let mut bytes = Vec::new();
    /// TableFormat::Csv.write(&network, Table::Nodes, &mut bytes).unwrap();
    /// assert_eq!(String::from_utf8(bytes).unwrap(), "id,label,kind\r\na,a,paper\r\nb,b,paper\r\n");
    /// ```
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(self, network: &Network, table: Table, out: &mut (dyn Write + Send)) -> io::Result<()> {
        let rows = Rows { network, fields: Fields::of(network), table };
        if self == Self::Parquet {
            return parquet::write(&rows, out);
        }
        let mut out = BufWriter::with_capacity(1 << 16, out);
        if self == Self::Neo4j {
            neo4j::write(&rows, &mut out)?;
        } else {
            csv::write(&rows, &mut out)?;
        }
        out.flush()
    }
}

/// The rows of a table.
struct Rows<'n> {
    network: &'n Network,
    fields: Fields,
    table: Table,
}

/// A node or an edge.
#[derive(Clone, Copy)]
enum Row<'n> {
    Node(&'n Node),
    Edge(usize, &'n Edge),
}

impl<'n> Rows<'n> {
    /// The columns that say which node or edge it is.
    fn keys(&self) -> &'static [&'static str] {
        match self.table {
            Table::Nodes => &["id"],
            Table::Edges => &["id", "source", "target"],
        }
    }

    /// The other columns.
    fn fields(&self) -> &[Field] {
        match self.table {
            Table::Nodes => &self.fields.nodes,
            Table::Edges => &self.fields.edges,
        }
    }

    fn count(&self) -> usize {
        match self.table {
            Table::Nodes => self.network.nodes.len(),
            Table::Edges => self.network.edges.len(),
        }
    }

    fn row(&self, at: usize) -> Row<'n> {
        match self.table {
            Table::Nodes => Row::Node(&self.network.nodes[at]),
            Table::Edges => Row::Edge(at, &self.network.edges[at]),
        }
    }

    /// A key of a row; the name of an edge is made in the text that is lent.
    fn key<'k>(&'k self, row: Row<'n>, which: usize, name: &'k mut String) -> &'k str {
        let iri = |node: u32| &*self.network.nodes[node as usize].iri;
        match (row, which) {
            (Row::Node(node), _) => &node.iri,
            (Row::Edge(_, edge), 1) => iri(edge.from),
            (Row::Edge(_, edge), 2) => iri(edge.to),
            (Row::Edge(at, _), _) => {
                *name = format!("e{at}");
                name
            }
        }
    }

    /// The values of a row, with the places of their fields, in order.
    fn values(&self, row: Row<'n>) -> Box<dyn Iterator<Item = (usize, Value<'n>)> + '_> {
        match row {
            Row::Node(node) => Box::new(self.fields.of_node(node)),
            Row::Edge(_, edge) => Box::new(self.fields.of_edge(self.network, edge)),
        }
    }
}

#[cfg(test)]
mod tests;
