//! Tables: which column names the thing, and what the others say of it.

use super::{
    flat::Flat,
    kind,
    label::{self, Field},
    links,
    unit::{Form, Part, Unit},
};
use crate::{
    model::{Kind, Lines, LinkRole},
    read::{BlockKind, Document},
};

/// A table as texts.
pub(super) struct Table {
    header: Vec<Flat>,
    pub(super) rows: Vec<Vec<Flat>>,
    lines: Vec<Lines>,
}

impl Table {
    pub(super) fn of(document: &Document<'_>, at: usize) -> Option<Self> {
        let mut table = Self { header: Vec::new(), rows: Vec::new(), lines: Vec::new() };
        for row in document.children(at) {
            let block = &document.blocks[row];
            let cells: Vec<Flat> =
                document.children(row).map(|cell| Flat::of(document, &document.blocks[cell])).collect();
            match block.kind {
                BlockKind::Row(true) => table.header = cells,
                _ if cells.iter().any(|cell| !cell.text.trim().is_empty() || cell.has_address()) => {
                    table.rows.push(cells);
                    table.lines.push(block.lines);
                }
                _ => {}
            }
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// Whether each row is a label with its value: one thing, described downwards.
    pub(super) fn is_of_fields(&self) -> bool {
        let is_narrow = self.rows.iter().all(|row| row.len() == 2);
        let labels = self
            .rows
            .iter()
            .filter(|row| row.first().is_some_and(|cell| label::field_of_label(&cell.text).is_some()))
            .count();
        is_narrow && labels * 2 >= self.rows.len()
    }

    /// Adds what the table says of one thing to the unit of that thing.
    pub(super) fn describe(&self, unit: &mut Unit) {
        for (row, lines) in self.rows.iter().zip(&self.lines) {
            if self.is_of_fields() {
                let field = label::field_of_label(&row[0].text).unwrap_or(Field::Other);
                unit.add(Part { field: Some(field), flat: row[1].clone() }, *lines);
                continue;
            }
            let title = self.title_column();
            for (at, cell) in row.iter().enumerate() {
                let field = if Some(at) == title { Field::Title } else { self.field(at) };
                unit.add(Part { field: Some(field), flat: cell.clone() }, *lines);
            }
            unit.kind = unit.kind.or_else(|| self.title_column().and_then(|at| self.kind(at)));
        }
    }

    /// A unit for every row.
    pub(super) fn units(&self, topic: Option<usize>) -> Vec<Unit> {
        let Some(title) = self.title_column() else { return Vec::new() };
        let kind = self.kind(title);
        let mut units = Vec::with_capacity(self.rows.len());
        for (row, lines) in self.rows.iter().zip(&self.lines) {
            let Some(head) = row.get(title) else { continue };
            let kind = self.stated_kind(row).or(kind);
            let mut unit = Unit { kind, ..Unit::new(Form::Row, head.clone(), *lines, topic) };
            for (at, cell) in row
                .iter()
                .enumerate()
                .filter(|(at, cell)| *at != title && (!cell.text.trim().is_empty() || cell.has_address()))
            {
                unit.add(Part { field: Some(self.field(at)), flat: cell.clone() }, *lines);
            }
            units.push(unit);
        }
        units
    }

    /// The kind that the row's own cell under `Type` or `类型` names.
    fn stated_kind(&self, row: &[Flat]) -> Option<Kind> {
        const HEADS: [&str; 6] = ["type", "category", "kind", "类型", "类别", "种类"];
        let column = self.header.iter().position(|cell| HEADS.contains(&cell.text.trim().to_lowercase().as_str()))?;
        kind::of_words(&row.get(column)?.text)
    }

    /// The column whose head says that it names the thing, else the first one that holds names.
    fn title_column(&self) -> Option<usize> {
        let width = self.header.len().max(self.rows.iter().map(Vec::len).max()?);
        let head = |at: usize| self.header.get(at).map_or("", |cell| cell.text.trim());
        let names = |at: &usize| self.holds_names(*at);
        let titled = (0..width).filter(names).find(|at| label::field_of_label(head(*at)) == Some(Field::Title));
        let named = || (0..width).filter(names).find(|at| kind::names_things(head(*at)));
        titled.or_else(named).or_else(|| (0..width).find(names))
    }

    /// Whether most cells of a column could be the name of something: words that are no label, number or date.
    fn holds_names(&self, column: usize) -> bool {
        let cells: Vec<&Flat> = self
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| cell.text.contains(char::is_alphanumeric))
            .collect();
        let is_name = |cell: &&&Flat| {
            let text = cell.text.trim();
            let first = cell.addresses().next().map(|(_, link)| link);
            let is_bare = first.is_some_and(|link| link.is_bare && link.range.start == 0);
            text.contains(char::is_alphabetic)
                && label::role_of_label(text).is_none()
                && !links::is_row_of_links(cell)
                && !is_bare
        };
        2 * cells.iter().filter(is_name).count() > cells.len() && 2 * cells.len() > self.rows.len()
    }

    /// What a column holds.
    fn field(&self, column: usize) -> Field {
        let head = self.header.get(column).map_or("", |cell| cell.text.trim());
        label::field_of_label(head).unwrap_or_else(|| match kind::of_heading(head) {
            Some(Kind::Paper) => Field::Link(LinkRole::Paper),
            Some(Kind::Dataset) => Field::Link(LinkRole::Data),
            _ => Field::Other,
        })
    }

    /// The kind of things that the head of a column names.
    fn kind(&self, column: usize) -> Option<Kind> {
        let head = self.header.get(column)?.text.trim().to_lowercase();
        kind::of_heading(head.trim_end_matches("name").trim_end_matches("title").trim_end_matches("名称").trim())
    }
}
