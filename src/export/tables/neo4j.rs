use std::io::{self, Write};

use super::{FieldType, Row, Rows, Table, csv};

/// The kind of a node is its label there, the relation of an edge its type.
const KIND: usize = 1;
const RELATION: usize = 0;

pub(super) fn write(rows: &Rows<'_>, out: &mut impl Write) -> io::Result<()> {
    let (keys, own, last) = match rows.table {
        Table::Nodes => ("id:ID", KIND, ":LABEL"),
        Table::Edges => ("id,:START_ID,:END_ID", RELATION, ":TYPE"),
    };
    out.write_all(keys.as_bytes())?;
    for (_, field) in rows.fields().iter().enumerate().filter(|(at, _)| *at != own) {
        let kind = match field.kind {
            FieldType::Text => "",
            FieldType::Integer if field.name == "year" => ":int",
            FieldType::Integer => ":long",
            FieldType::Decimal => ":double",
        };
        write!(out, ",{}{kind}", field.name)?;
    }
    write!(out, ",{last}\r\n")?;
    for at in 0..rows.count() {
        csv::row(rows, at, Some(own), out)?;
        match rows.row(at) {
            Row::Node(node) => write!(out, ",{}\r\n", label(node.kind))?,
            Row::Edge(_, edge) => write!(out, ",{}\r\n", kind(edge.relation.word()))?,
        }
    }
    Ok(())
}

/// Labels begin with a capital letter: `Paper`.
fn label(kind: &str) -> String {
    let mut letters = kind.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Types are in capital letters: `PREPRINT_OF`.
fn kind(relation: &str) -> String {
    relation.to_uppercase().replace(' ', "_")
}
