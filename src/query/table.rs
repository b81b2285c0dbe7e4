use std::io::{self, Write};

use oxrdf::{Term, Variable};
use oxrdfio::{RdfFormat, RdfSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use unicode_width::UnicodeWidthStr;

use crate::store::{Answer, StoreError};

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// For people, in a terminal.
    Table,
    /// A standard format for rows and yes or no.
    Results(QueryResultsFormat),
    /// A standard format for triples.
    Rdf(RdfFormat),
}

/// Why an answer cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Rows cannot be written as RDF, nor triples as CSV.
    #[error("{answer} cannot be written as {format}")]
    WrongFormat {
        /// What the query gives.
        answer: &'static str,
        /// What was asked for.
        format: String,
    },
    /// The query failed half-way.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output cannot be written.
    #[error("cannot write the answer")]
    Io(#[from] io::Error),
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Rows or triples.
    pub rows: usize,
}

/// Writes an answer.
///
/// # Errors
///
/// If the format does not fit, the query fails or the output cannot be written.
pub fn write(answer: Answer, format: OutputFormat, width: usize, out: &mut impl Write) -> Result<Shown, OutputError> {
    match (answer, format) {
        (Answer::Rows { variables, rows }, OutputFormat::Table) => write_table(&variables, rows, width, out),
        (Answer::Rows { variables, rows }, OutputFormat::Results(format)) => {
            let mut serializer = QueryResultsSerializer::from_format(format)
                .serialize_solutions_to_writer(&mut *out, variables.clone())?;
            let mut count = 0;
            for row in rows {
                let row = row?;
                let bound = variables.iter().zip(&row).filter_map(|(variable, term)| Some((variable, term.as_ref()?)));
                serializer.serialize(bound)?;
                count += 1;
            }
            serializer.finish()?;
            Ok(Shown { rows: count })
        }
        (Answer::Boolean(answer), OutputFormat::Table) => {
            writeln!(out, "{}", if answer { "yes" } else { "no" })?;
            Ok(Shown { rows: 1 })
        }
        (Answer::Boolean(answer), OutputFormat::Results(format)) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(&mut *out, answer)?;
            Ok(Shown { rows: 1 })
        }
        (Answer::Triples(triples), OutputFormat::Table) => write_triples(triples, RdfFormat::Turtle, out),
        (Answer::Triples(triples), OutputFormat::Rdf(format)) => write_triples(triples, format, out),
        (Answer::Triples(_), OutputFormat::Results(format)) => {
            Err(OutputError::WrongFormat { answer: "a graph", format: format.to_string() })
        }
        (_, OutputFormat::Rdf(format)) => {
            Err(OutputError::WrongFormat { answer: "a table", format: format.to_string() })
        }
    }
}

fn write_triples(
    triples: impl Iterator<Item = Result<oxrdf::Triple, StoreError>>,
    format: RdfFormat,
    out: &mut impl Write,
) -> Result<Shown, OutputError> {
    // Sorted, so that the same graph gives the same bytes, and grouped by subject, which Turtle needs to be readable.
    let mut sorted = triples.collect::<Result<Vec<_>, _>>()?;
    sorted.sort_by_cached_key(ToString::to_string);
    sorted.dedup();
    let mut serializer = RdfSerializer::from_format(format).for_writer(&mut *out);
    for triple in &sorted {
        serializer.serialize_triple(triple)?;
    }
    serializer.finish()?;
    Ok(Shown { rows: sorted.len() })
}

/// Columns beside one another, as wide as their content, the widest cut where the terminal ends.
fn write_table(
    variables: &[Variable],
    rows: impl Iterator<Item = Result<Vec<Option<Term>>, StoreError>>,
    width: usize,
    out: &mut impl Write,
) -> Result<Shown, OutputError> {
    let mut cells: Vec<Vec<String>> = vec![variables.iter().map(|variable| variable.as_str().to_owned()).collect()];
    for row in rows {
        cells.push(row?.into_iter().map(|term| term.as_ref().map_or_else(String::new, plain)).collect());
    }
    let mut widths: Vec<usize> =
        (0..variables.len()).map(|at| cells.iter().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    shrink(&mut widths, width);
    for (at, row) in cells.iter().enumerate() {
        let line: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| fit(cell, *width)).collect();
        writeln!(out, "{}", line.join("  ").trim_end())?;
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            writeln!(out, "{}", rule.join("  "))?;
        }
    }
    Ok(Shown { rows: cells.len() - 1 })
}

/// Takes from the widest column until all fit.
fn shrink(widths: &mut [usize], limit: usize) {
    let gaps = 2 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > limit {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 12) else { return };
        *widest -= 1;
    }
}

fn fit(cell: &str, width: usize) -> String {
    let own = cell.width();
    if own <= width {
        return format!("{cell}{}", " ".repeat(width - own));
    }
    let mut cut = String::new();
    for character in cell.chars() {
        let mut longer = cut.clone();
        longer.push(character);
        if longer.width() + 1 > width {
            break;
        }
        cut = longer;
    }
    let padding = width.saturating_sub(cut.width() + 1);
    format!("{cut}…{}", " ".repeat(padding))
}

/// A term as people write it; line breaks become blanks.
fn plain(term: &Term) -> String {
    let text = match term {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::Literal;

    fn check(width: usize, expected: &str) {
        let variables = vec![Variable::new_unchecked("tool"), Variable::new_unchecked("paper")];
        let cell = |text: &str| Some(Term::from(Literal::from(text)));
        let rows = vec![Ok(vec![cell("scVI"), cell("单细胞测序与深度学习方法")]), Ok(vec![cell("b\nc"), None])];
        let mut out = Vec::new();
        write(Answer::Rows { variables, rows: Box::new(rows.into_iter()) }, OutputFormat::Table, width, &mut out)
            .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn columns_fit_the_terminal() {
        check(80, "tool  paper\n────  ────────────────────────\nscVI  单细胞测序与深度学习方法\nb c\n");
        check(18, "tool  paper\n────  ────────────\nscVI  单细胞测序…\nb c\n");
    }
}
