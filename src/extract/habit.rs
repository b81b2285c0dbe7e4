//! A list's own habits: which of its headings name entries, and not groups of them.
//!
//! One heading with a link below it may be anything. Where several headings of one level have nothing below them but
//! labelled lines, or a table of their own, this is how the list writes an entry.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    bibtex, entry,
    flat::Flat,
    label, links,
    shape::{self, Shape},
    table::Table,
    title,
    unit::{Form, Unit},
};
use crate::{
    model::normalise,
    read::{BlockKind, Document},
};

/// What repeats in a list.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// The headings, by their blocks, that name entries.
    entries: BTreeSet<usize>,
}

/// What stands below a heading, up to the next one.
#[derive(Debug, Default)]
struct Section {
    has_details: bool,
    has_titles: bool,
    has_links: bool,
    /// A table of one row with the heading's own name, or of labels and values.
    is_described: bool,
    has_text: bool,
    /// The last line is a label, and what it names comes next.
    is_label_open: bool,
}

impl Habits {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let blocks = &document.blocks;
        let headings: Vec<(usize, u8)> = (0..blocks.len())
            .filter_map(|at| match blocks[at].kind {
                BlockKind::Heading(level) if blocks[at].parent.is_none() => Some((at, level)),
                _ => None,
            })
            .collect();
        let mut by_level: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for (index, (at, level)) in headings.iter().enumerate() {
            let next = headings.get(index + 1);
            let is_leaf = next.is_none_or(|(_, next)| next <= level);
            let end = next.map_or(blocks.len(), |(next, _)| *next);
            let name = Flat::of(document, &blocks[*at]);
            if is_leaf && index > 0 && Section::of(document, *at, end, &name).describes(&name) {
                by_level.entry(*level).or_default().push(*at);
            }
        }
        let habitual = by_level.into_values().filter(|headings| headings.len() >= 2);
        Self { entries: habitual.flatten().collect() }
    }

    /// Whether the heading at a block names an entry.
    pub(super) fn is_entry(&self, heading: usize) -> bool {
        self.entries.contains(&heading)
    }
}

impl Section {
    fn of(document: &Document<'_>, heading: usize, end: usize, name: &Flat) -> Self {
        let mut section = Self::default();
        let mut at = heading + 1;
        while at < end {
            let block = &document.blocks[at];
            match block.kind {
                BlockKind::Paragraph | BlockKind::Html | BlockKind::Quote => section.paragraph(document, at),
                BlockKind::List => section.list(document, at),
                BlockKind::Table => section.table(document, at, name),
                BlockKind::Code => match bibtex::records(&Flat::of(document, block).text).len() {
                    0 => {}
                    1 if !section.has_details && section.has_text => section.has_details = true,
                    _ => section.has_titles = true,
                },
                _ => {}
            }
            at = block.end;
        }
        section
    }

    fn paragraph(&mut self, document: &Document<'_>, at: usize) {
        let flat = Flat::of(document, &document.blocks[at]);
        self.is_label_open = label::trailing(&flat).is_some();
        for part in shape::split(&flat) {
            let flat = flat.slice(part);
            match Shape::of(&flat) {
                Shape::Labelled(label::Field::Title) | Shape::Titled => self.has_titles = true,
                Shape::Labelled(_) | Shape::Links => self.has_details |= flat.has_address(),
                Shape::Prose => self.has_text = true,
                Shape::Name | Shape::Empty => {}
            }
            self.has_links |= flat.has_address();
        }
    }

    fn list(&mut self, document: &Document<'_>, list: usize) {
        let is_labelled = std::mem::take(&mut self.is_label_open);
        let items = document.children(list).filter_map(|item| {
            let text = document.children(item).find(|at| document.blocks[*at].kind == BlockKind::Paragraph)?;
            Some((Flat::of(document, &document.blocks[text]), document.children(item).count() > 1))
        });
        for (flat, has_more) in items {
            let is_detail = is_labelled
                || label::lead(&flat).is_some_and(|lead| lead.field.is_some())
                || links::is_row_of_links(&flat);
            if is_detail {
                self.has_details |= flat.has_address();
            } else if flat.has_address() || has_more {
                self.has_titles = true;
            }
        }
    }

    fn table(&mut self, document: &Document<'_>, at: usize, name: &Flat) {
        let Some(table) = Table::of(document, at) else { return };
        let row = &table.rows[0];
        let is_own = table.rows.len() == 1 && row.iter().take(2).any(|cell| is_same_name(&cell.text, &name.text));
        if is_own || table.is_of_fields() {
            self.is_described = true;
        } else if table.rows.iter().flatten().any(Flat::has_address) {
            self.has_titles = true;
        }
    }

    /// Whether all of it describes what the heading names.
    fn describes(&self, name: &Flat) -> bool {
        let is_linked = name.addresses().any(|(_, link)| !link.url.starts_with('#'));
        self.is_described || !self.has_titles && (self.has_details || is_linked && (self.has_text || self.has_links))
    }
}

/// Marks the units that lead nowhere and still have the form of the list's entries: rows of a table of entries, bold titles
/// with a text below them.
pub(super) fn accept(mut units: Vec<Unit>) -> Vec<Unit> {
    const FEWEST: usize = 3;
    let is_read: Vec<bool> = units.iter().map(|unit| unit.has_address() && entry::read(unit).is_some()).collect();
    for form in [Form::Row, Form::Paragraph] {
        let is_of_form = |unit: &Unit| unit.form == form && (form == Form::Row || is_described(unit));
        let n_units = units.iter().filter(|unit| is_of_form(unit)).count();
        let n_read = units.iter().zip(&is_read).filter(|(unit, is_read)| is_of_form(unit) && **is_read).count();
        if n_read >= FEWEST && 2 * n_read > n_units {
            units.iter_mut().filter(|unit| is_of_form(unit)).for_each(|unit| unit.is_habitual = true);
        }
    }
    units
}

/// A bold title with something below or behind it.
fn is_described(unit: &Unit) -> bool {
    let is_bold = unit.head.strong.first().is_some_and(|strong| strong.start <= title::title_start(&unit.head));
    is_bold && (!unit.parts.is_empty() || Shape::of(&unit.head) != Shape::Name)
}

fn is_same_name(a: &str, b: &str) -> bool {
    let (a, b) = (normalise(a), normalise(b));
    a == b || !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}
