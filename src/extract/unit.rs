//! A unit: a text that may name a thing, with the texts that belong to it.

use super::{flat::Flat, kind, label};
use crate::{
    id::WebUrl,
    model::{Kind, Lines, LinkRole, SourceInfo},
};

/// What stands where an entry may begin, and what belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// The text with the title in it.
    pub(super) head: Flat,
    /// Details below or beside it.
    pub(super) parts: Vec<Part>,
    /// From the head's first line to the last one of its parts.
    pub(super) lines: Lines,
    /// The topic that it stands under.
    pub(super) topic: Option<usize>,
    /// The kind that the head of the table's column names.
    pub(super) kind: Option<Kind>,
    /// The kind that a label of its own names.
    pub(super) stated: Option<Kind>,
    /// How it is set apart from its surroundings.
    pub(super) form: Form,
    /// Others of the same form in the list are entries, so it is one even if it leads nowhere.
    pub(super) is_habitual: bool,
}

/// How a unit is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A list item.
    Item,
    /// A paragraph that begins with its title.
    Paragraph,
    /// A heading with the text below it.
    Heading,
    /// A row of a table.
    Row,
}

/// A text that belongs to the title above it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// What it holds, where a label, a column's head or its own form says so.
    pub(super) field: Option<label::Field>,
    /// The text, without the label.
    pub(super) flat: Flat,
}

impl Unit {
    pub(super) fn new(form: Form, head: Flat, lines: Lines, topic: Option<usize>) -> Self {
        Self { head, parts: Vec::new(), lines, topic, kind: None, stated: None, form, is_habitual: false }
    }

    pub(super) fn add(&mut self, part: Part, lines: Lines) {
        // In a table the column says so, which is read with the row.
        if part.field == Some(label::Field::Kind) && self.form != Form::Row {
            self.stated = self.stated.or_else(|| kind::stated(&part.flat.text));
        }
        self.parts.push(part);
        self.lines.last = self.lines.last.max(lines.last);
    }

    /// Makes relative links absolute, where it is known which page the text stands on.
    pub(super) fn resolve_links(&mut self, source: &SourceInfo) {
        if source.address.is_none() {
            return;
        }
        let parts = self.parts.iter_mut().map(|part| &mut part.flat);
        for link in std::iter::once(&mut self.head).chain(parts).flat_map(|flat| &mut flat.links) {
            let is_relative = !link.is_image && !link.url.starts_with('#') && link.url.parse::<WebUrl>().is_err();
            if let Some(url) = is_relative.then(|| source.resolve(&link.url)).flatten() {
                link.url = url.to_string();
            }
        }
    }

    /// Whether it leads anywhere.
    pub(super) fn has_address(&self) -> bool {
        self.head.has_address() || self.parts.iter().any(|part| part.flat.has_address())
    }
}

impl Part {
    /// A text whose label, if it has one, stands at its beginning.
    pub(super) fn of(flat: &Flat) -> Self {
        match label::lead(flat) {
            Some(lead) => {
                let field = lead.field.unwrap_or(label::Field::Other);
                Self { field: Some(field), flat: flat.slice(lead.value..flat.text.len()) }
            }
            None => Self { field: None, flat: flat.clone() },
        }
    }

    /// The role that the label gives to links.
    pub(super) fn role(&self) -> Option<LinkRole> {
        match self.field {
            Some(label::Field::Link(role)) => Some(role),
            _ => None,
        }
    }
}
