//! Tables: what questions and queries give.

use rmcp::schemars::JsonSchema;
use serde::Serialize;

use super::{
    clean::{NAME, TEXT, address, clean, quoted},
    knowledge::{Outcome, Refused, Rows, Window},
    reply::{LINES, Reply, fit},
    shapes::More,
};
use crate::explore;

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Option<Cell>>>,
    /// Rows in all, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<More>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
struct Cell {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    iri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip)]
    is_number: bool,
}

/// What a query gives: a table, a truth or triples.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct QueryAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<Table>,
    /// The answer to ASK.
    #[serde(skip_serializing_if = "Option::is_none")]
    truth: Option<bool>,
    /// The answer to CONSTRUCT or DESCRIBE.
    #[serde(skip_serializing_if = "Option::is_none")]
    triples: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<More>,
}

pub(super) fn table_reply(rows: &Rows, window: Window) -> Result<Reply, Refused> {
    let (table, lines) = table(rows, window);
    Reply::new(&lines, &table)
}

pub(super) fn query_reply(outcome: &Outcome, window: Window) -> Result<Reply, Refused> {
    let mut answer = QueryAnswer { table: None, truth: None, triples: None, more: None };
    let lines = match outcome {
        Outcome::Rows(rows) => {
            let (table, lines) = table(rows, window);
            answer.table = Some(table);
            lines
        }
        Outcome::Truth(truth) => {
            answer.truth = Some(*truth);
            vec![truth.to_string()]
        }
        Outcome::Triples(text) => {
            let (triples, n_left_out) = first_lines(text);
            let mut lines = vec![triples.clone()];
            if n_left_out > 0 {
                let how = "narrow the pattern, or select what you need".to_owned();
                let more = More { left_out: Some(n_left_out), how };
                // A comment, as the text is RDF.
                lines.push(format!("# {} (lines)", more.line()));
                answer.more = Some(more);
            }
            answer.triples = Some(triples);
            lines
        }
    };
    Reply::new(&lines, &answer)
}

fn table(rows: &Rows, window: Window) -> (Table, Vec<String>) {
    let columns: Vec<String> = rows.answer.columns.iter().map(|column| clean(column, NAME)).collect();
    let n_rows = rows.answer.rows.len();
    let cells = rows
        .answer
        .rows
        .iter()
        .take(window.limit)
        .map(|row| row.iter().map(|cell| cell.as_ref().map(Cell::from)).collect());
    let (kept, mut lines) = fit(cells.collect(), |row: &Vec<Option<Cell>>| line(row));
    let next = window.offset + kept.len();
    let has_more = rows.answer.is_cut || kept.len() < n_rows || rows.total.is_some_and(|total| total > next);
    let more = (has_more && !kept.is_empty()).then(|| More {
        left_out: rows.total.map(|total| total.saturating_sub(next)),
        how: format!("narrow it, or call again with offset {next}"),
    });
    let count = match (kept.len(), rows.total) {
        (0, _) => "no rows".to_owned(),
        (n, Some(total)) if n < total => format!("rows {} to {next} of {total}", window.offset + 1),
        (n, _) => format!("{n} rows"),
    };
    lines.insert(0, columns.join(" | "));
    lines.insert(0, count);
    lines.extend(more.as_ref().map(More::line));
    (Table { columns, rows: kept, total: rows.total, more }, lines)
}

fn line(row: &[Option<Cell>]) -> String {
    let cells: Vec<String> = row.iter().map(|cell| cell.as_ref().map(Cell::shown).unwrap_or_default()).collect();
    cells.join(" | ")
}

impl From<&explore::Cell> for Cell {
    fn from(cell: &explore::Cell) -> Self {
        let iri = match &cell.link {
            Some(explore::Link::Thing(iri) | explore::Link::Address(iri)) => Some(address(iri)),
            None => None,
        };
        let language = cell.language.as_deref().map(|language| clean(language, NAME));
        Self { text: clean(&cell.text, TEXT), iri, language, is_number: cell.is_number }
    }
}

impl Cell {
    fn shown(&self) -> String {
        match &self.iri {
            Some(iri) if self.text.is_empty() || address(&self.text) == *iri => format!("<{iri}>"),
            Some(iri) => format!("{} <{iri}>", quoted(&self.text)),
            None if self.is_number => self.text.clone(),
            None => quoted(&self.text),
        }
    }
}

/// As many whole lines as fit, and how many do not. Line breaks stay, since RDF needs them; nothing hidden does.
fn first_lines(text: &str) -> (String, usize) {
    let mut kept = String::new();
    let mut n_left_out = 0;
    for line in text.lines() {
        // Longer ones are literals that no answer needs; a cut one would be no RDF.
        let cleaned = clean(line, 2_000);
        if n_left_out == 0 && kept.len() + cleaned.len() < LINES {
            kept.push_str(&cleaned);
            kept.push('\n');
        } else {
            n_left_out += 1;
        }
    }
    (kept, n_left_out)
}
