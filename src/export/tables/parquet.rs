use std::{
    io::{self, Write},
    sync::Arc,
};

use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as PhysicalType},
    data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};

use super::{FieldType, Rows, Value};

/// As many rows are held in memory, compressed, until all columns of them are written.
const ROWS_IN_GROUP: usize = 1 << 17;

/// As many values are handed over at once.
const ROWS_IN_BATCH: usize = 1 << 12;

pub(super) fn write(rows: &Rows<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let schema = schema(rows).map_err(io_error)?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(io_error)?;
    let mut first = 0;
    while first < rows.count() {
        let last = rows.count().min(first + ROWS_IN_GROUP);
        group(rows, first..last, &mut writer).map_err(io_error)?;
        first = last;
    }
    writer.close().map_err(io_error)?;
    Ok(())
}

fn schema(rows: &Rows<'_>) -> Result<TypePtr, ParquetError> {
    let column = |name: &str, kind: FieldType, repetition: Repetition| {
        let (physical, logical) = match kind {
            FieldType::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
            FieldType::Integer => (PhysicalType::INT64, None),
            FieldType::Decimal => (PhysicalType::DOUBLE, None),
        };
        let column = Type::primitive_type_builder(name, physical).with_logical_type(logical);
        column.with_repetition(repetition).build().map(Arc::new)
    };
    let keys = rows.keys().iter().map(|name| column(name, FieldType::Text, Repetition::REQUIRED));
    let fields = rows.fields().iter().map(|field| column(field.name, field.kind, Repetition::OPTIONAL));
    let columns = keys.chain(fields).collect::<Result<Vec<_>, _>>()?;
    Type::group_type_builder(rows.table.name()).with_fields(columns).build().map(Arc::new)
}

fn group<W: Write + Send>(
    rows: &Rows<'_>,
    range: std::ops::Range<usize>,
    writer: &mut SerializedFileWriter<W>,
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    let mut column = 0_usize;
    while let Some(mut writer) = group.next_column()? {
        let mut first = range.start;
        while first < range.end {
            let last = range.end.min(first + ROWS_IN_BATCH);
            match column.checked_sub(rows.keys().len()) {
                None => keys(rows, first..last, column, &mut writer)?,
                Some(field) => values(rows, first..last, field, &mut writer)?,
            }
            first = last;
        }
        writer.close()?;
        column += 1;
    }
    group.close()?;
    Ok(())
}

fn keys(
    rows: &Rows<'_>,
    range: std::ops::Range<usize>,
    which: usize,
    writer: &mut SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    let mut name = String::new();
    let keys = range.map(|at| ByteArray::from(rows.key(rows.row(at), which, &mut name)));
    writer.typed::<ByteArrayType>().write_batch(&keys.collect::<Vec<_>>(), None, None)?;
    Ok(())
}

/// A value that is not there has the level 0, and one that is has the level 1.
fn values(
    rows: &Rows<'_>,
    range: std::ops::Range<usize>,
    field: usize,
    writer: &mut SerializedColumnWriter<'_>,
) -> Result<(), ParquetError> {
    let find = |at| rows.values(rows.row(at)).find(|(place, _)| *place == field).map(|(_, value)| value);
    let values: Vec<Option<Value<'_>>> = range.map(find).collect();
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let values = values.into_iter().flatten();
    match rows.fields()[field].kind {
        FieldType::Text => {
            let texts = values.filter_map(|value| match value {
                Value::Text(text) => Some(ByteArray::from(text)),
                _ => None,
            });
            writer.typed::<ByteArrayType>().write_batch(&texts.collect::<Vec<_>>(), Some(&levels), None)?;
        }
        FieldType::Integer => {
            let numbers = values.filter_map(|value| match value {
                Value::Integer(number) => Some(number),
                _ => None,
            });
            writer.typed::<Int64Type>().write_batch(&numbers.collect::<Vec<_>>(), Some(&levels), None)?;
        }
        FieldType::Decimal => {
            let numbers = values.filter_map(|value| match value {
                Value::Decimal(percent) => Some(Value::decimal(percent)),
                _ => None,
            });
            writer.typed::<DoubleType>().write_batch(&numbers.collect::<Vec<_>>(), Some(&levels), None)?;
        }
    }
    Ok(())
}

/// What went wrong with the output, as the output said it.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    }
}
