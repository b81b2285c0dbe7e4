use std::io::{self, Write};

use super::{Rows, Value};

pub(super) fn write(rows: &Rows<'_>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(rows.keys().join(",").as_bytes())?;
    for field in rows.fields() {
        write!(out, ",{}", field.name)?;
    }
    out.write_all(b"\r\n")?;
    for at in 0..rows.count() {
        row(rows, at, None, out)?;
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

/// Writes a row without its end, and without one of its fields.
pub(super) fn row(rows: &Rows<'_>, at: usize, left_out: Option<usize>, out: &mut impl Write) -> io::Result<()> {
    let row = rows.row(at);
    let mut name = String::new();
    for key in 0..rows.keys().len() {
        if key > 0 {
            out.write_all(b",")?;
        }
        text(rows.key(row, key, &mut name), out)?;
    }
    let mut values = rows.values(row).peekable();
    for field in 0..rows.fields().len() {
        let value = values.next_if(|(place, _)| *place == field);
        if left_out == Some(field) {
            continue;
        }
        out.write_all(b",")?;
        match value.map(|(_, value)| value) {
            Some(Value::Text(value)) => text(value, out)?,
            Some(Value::Integer(number)) => write!(out, "{number}")?,
            Some(Value::Decimal(percent)) => write!(out, "{:?}", Value::decimal(percent))?,
            None => {}
        }
    }
    Ok(())
}

/// Writes a text, between quotation marks where it could be misread; an empty one, too, which is not the same as none.
fn text(text: &str, out: &mut impl Write) -> io::Result<()> {
    let is_plain = !text.is_empty()
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.bytes().any(|byte| matches!(byte, b'"' | b',' | b'\n' | b'\r'));
    if is_plain {
        return out.write_all(text.as_bytes());
    }
    out.write_all(b"\"")?;
    for (at, part) in text.split('"').enumerate() {
        out.write_all(if at == 0 { b"" } else { b"\"\"" })?;
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b"\"")
}
