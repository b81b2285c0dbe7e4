//! Values in JSON.

use std::io::{self, Write};

use super::fields::{Field, Value};

/// Writes a text with its quotation marks.
pub(super) fn text(text: &str, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}

/// Writes values as members of an object that is open and, if `is_first`, still empty.
pub(super) fn members<'n>(
    fields: &[Field],
    values: impl Iterator<Item = (usize, Value<'n>)>,
    is_first: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut comma = if is_first { "" } else { "," };
    for (at, value) in values {
        write!(out, "{comma}\"{}\":", name(fields[at].name))?;
        match value {
            Value::Text(value) => text(value, out)?,
            Value::Integer(number) => write!(out, "{number}")?,
            Value::Decimal(percent) => write!(out, "{:?}", Value::decimal(percent))?,
        }
        comma = ",";
    }
    Ok(())
}

/// What Cytoscape calls a field; it shows the name of a node and the interaction of an edge.
pub(super) fn name(name: &'static str) -> &'static str {
    match name {
        "label" => "name",
        "relation" => "interaction",
        other => other,
    }
}
