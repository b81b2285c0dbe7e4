use super::{
    Context,
    chart::{Chart, Point},
    item::tag,
};
use crate::explore::{Answer, Cell};

/// An answer as a table, and as bars where it counts something by year.
pub(super) struct AnswerView {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<CellView>>,
    pub(super) caption: String,
    pub(super) is_cut: bool,
    pub(super) chart: Option<Chart>,
}

pub(super) struct Column {
    pub(super) label: String,
    pub(super) is_number: bool,
}

#[derive(Default)]
pub(super) struct CellView {
    pub(super) text: String,
    pub(super) href: Option<String>,
    pub(super) language: Option<String>,
    pub(super) is_number: bool,
}

impl AnswerView {
    pub(super) fn of(answer: &Answer, context: &Context) -> Self {
        let w = context.words();
        let column = |(at, name): (usize, &String)| Column {
            label: w.column(name).into_owned(),
            is_number: is_number(answer, at),
        };
        let cell = |cell: &Option<Cell>| cell.as_ref().map(|cell| CellView::of(cell, context)).unwrap_or_default();
        // A row that is too short would shift what stands under the headings.
        let row = |row: &Vec<Option<Cell>>| {
            let mut cells: Vec<CellView> = row.iter().take(answer.columns.len()).map(cell).collect();
            cells.resize_with(answer.columns.len(), CellView::default);
            cells
        };
        Self {
            columns: answer.columns.iter().enumerate().map(column).collect(),
            rows: answer.rows.iter().map(row).collect(),
            caption: w.n_rows(answer.rows.len()),
            is_cut: answer.is_cut,
            chart: chart(answer, context),
        }
    }
}

impl CellView {
    fn of(cell: &Cell, context: &Context) -> Self {
        Self {
            text: cell.text.clone(),
            href: cell.link.as_ref().and_then(|link| context.links.link(link)),
            language: tag(cell.language.as_deref()),
            is_number: cell.is_number,
        }
    }
}

/// Whether all values of a column are numbers.
fn is_number(answer: &Answer, at: usize) -> bool {
    let mut values = answer.rows.iter().filter_map(|row| row.get(at)?.as_ref()).peekable();
    values.peek().is_some() && values.all(|cell| cell.is_number)
}

/// Bars, if a column is a year, and another one a number.
fn chart(answer: &Answer, context: &Context) -> Option<Chart> {
    let is_year = |name: &String| name.to_ascii_lowercase().ends_with("year");
    let year = answer.columns.iter().position(is_year)?;
    let number = (0..answer.columns.len()).find(|at| *at != year && is_number(answer, *at))?;
    let point = |row: &Vec<Option<Cell>>| {
        let (year, value) = (row.get(year)?.as_ref()?, row.get(number)?.as_ref()?);
        Some(Point {
            year: year.text.trim().parse().ok()?,
            value: value.text.trim().parse().ok()?,
            text: value.text.clone(),
            href: None,
        })
    };
    let points: Vec<Point> = answer.rows.iter().filter_map(point).collect();
    let w = context.words();
    let columns = (w.column(&answer.columns[year]).into_owned(), w.column(&answer.columns[number]).into_owned());
    let summary = w.chart_summary(&columns.1, &columns.0);
    Chart::of(points, columns, summary)
}
