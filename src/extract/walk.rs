//! Goes through the blocks of a list once and cuts it into units: what names a thing, with what belongs to it.

use super::{
    bibtex, entry,
    flat::Flat,
    habit::Habits,
    label::{self, Field},
    links,
    outline::{self, Outline, TopicTree},
    shape::{self, Shape},
    table,
    unit::{Form, Part, Unit},
};
use crate::{
    model::{Lines, Notice, NoticeCode, normalise},
    read::{Block, BlockKind, Document},
};

/// What the blocks of a list hold.
pub(super) struct Walked {
    pub(super) units: Vec<Unit>,
    pub(super) topics: TopicTree,
    pub(super) notices: Vec<Notice>,
}

pub(super) fn walk(document: &Document<'_>, outline: &Outline, habits: &Habits) -> Walked {
    let mut walk = Walk {
        document,
        outline,
        habits,
        section: None,
        topic: None,
        is_content: true,
        outside: NoticeCode::AboutTheList,
        group: None,
        pending: None,
        is_aside: false,
        is_unfolding: false,
        used: vec![false; document.blocks.len()],
        walked: Walked { units: Vec::new(), topics: outline.topics.clone(), notices: Vec::new() },
    };
    walk.blocks();
    walk.walked
}

struct Walk<'d, 's> {
    document: &'d Document<'s>,
    outline: &'d Outline,
    habits: &'d Habits,
    /// The topic of the last heading.
    section: Option<usize>,
    /// The topic of what comes next: the section's, or that of a group in it.
    topic: Option<usize>,
    /// Whether the last heading is about the subject, and not about the list itself.
    is_content: bool,
    /// What the section is if it is not about the subject.
    outside: NoticeCode,
    /// A bold line that may name a group, until something stands below it.
    group: Option<(String, Lines)>,
    /// A unit that what follows may belong to: a heading, or a paragraph with a title.
    pending: Option<Unit>,
    /// Below a line that names something about the list itself, until a title or a list comes.
    is_aside: bool,
    /// Inside `<details>` that belong to the last unit.
    is_unfolding: bool,
    /// The blocks that were read together with one before them.
    used: Vec<bool>,
    walked: Walked,
}

/// What an item below another one is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Child {
    /// A labelled detail that leads somewhere.
    Detail,
    /// A text that leads nowhere.
    Plain,
    /// A title of its own, or a group of such.
    Titled,
}

impl Walk<'_, '_> {
    fn blocks(&mut self) {
        let document = self.document;
        // Topics that are list items, with the block where their items end.
        let mut groups: Vec<(usize, Option<usize>)> = Vec::new();
        let mut at = 0;
        while at < document.blocks.len() {
            while let Some((_, topic)) = groups.pop_if(|(end, _)| *end <= at) {
                self.topic = topic;
            }
            let block = &document.blocks[at];
            if self.used[at] {
                at = block.end;
                continue;
            }
            match block.kind {
                BlockKind::Heading(_) => {
                    groups.clear();
                    self.heading(at);
                }
                BlockKind::Paragraph | BlockKind::Html | BlockKind::Table | BlockKind::Code if !self.is_content => {
                    self.note(self.outside, block.lines);
                    at = block.end;
                    continue;
                }
                _ if !self.is_content => {}
                BlockKind::List => self.list(at),
                BlockKind::Item => {
                    if let Some(topic) = self.item(at, block) {
                        groups.push((block.end, self.topic));
                        self.topic = Some(topic);
                    }
                }
                BlockKind::Paragraph | BlockKind::Html => self.paragraph(at),
                BlockKind::Table => {
                    self.table(at);
                    at = block.end;
                    continue;
                }
                BlockKind::Code => self.code(at),
                _ => {}
            }
            at += 1;
        }
        self.flush();
    }

    fn flat(&self, at: usize) -> Flat {
        Flat::of(self.document, &self.document.blocks[at])
    }

    fn note(&mut self, code: NoticeCode, lines: Lines) {
        let text = self.document.text_of(lines).to_owned();
        self.walked.notices.push(Notice { code, lines, text });
    }

    fn heading(&mut self, at: usize) {
        self.flush();
        let section = self.outline.section(at);
        self.section = section.topic;
        self.topic = section.topic;
        self.group = None;
        self.is_aside = false;
        self.is_content = section.is_content;
        let is_contents = outline::is_contents_heading(self.flat(at).text.trim());
        self.outside = if is_contents { NoticeCode::Contents } else { NoticeCode::AboutTheList };
        let block = &self.document.blocks[at];
        if self.is_inside(block, BlockKind::Item) {
            let text = self.flat(at).text;
            self.walked.notices.push(Notice { code: NoticeCode::HeadingInsideItem, lines: block.lines, text });
        }
        if self.is_content && self.habits.is_entry(at) {
            self.pending = Some(Unit::new(Form::Heading, self.flat(at), block.lines, self.topic));
        }
    }

    fn is_inside(&self, block: &Block, kind: BlockKind) -> bool {
        std::iter::successors(block.parent, |parent| self.document.blocks[*parent].parent)
            .any(|parent| self.document.blocks[parent].kind == kind)
    }

    /// Ends the unit that stood open. A name that leads nowhere is the name of a group.
    fn flush(&mut self) {
        let Some(unit) = self.pending.take() else { return };
        if unit.parts.is_empty() && unit.form == Form::Paragraph && Shape::of(&unit.head) == Shape::Name {
            self.group = Some((unit.head.text.clone(), unit.lines));
            return;
        }
        self.push(unit);
    }

    fn push(&mut self, unit: Unit) {
        self.walked.units.push(unit);
    }

    /// A topic for the bold line above, now that something stands below it.
    fn open_group(&mut self) {
        let Some((label, lines)) = self.group.take() else { return };
        let label = label.trim().trim_end_matches([':', '：']).trim().to_owned();
        self.topic = Some(self.walked.topics.add(&label, None, lines, self.section));
    }

    // Lists

    /// Below an open unit, a list without titles holds its details.
    fn list(&mut self, at: usize) {
        self.is_aside = false;
        if self.pending.is_none() || self.document.blocks[at].parent.is_some() {
            return;
        }
        let items: Vec<usize> = self.document.children(at).collect();
        let field = self.pending.as_ref().and_then(open_label);
        let is_heading = self.pending.as_ref().is_some_and(|unit| unit.form == Form::Heading);
        let are_details = field.is_some() || items.iter().all(|item| self.child(*item) != Child::Titled);
        let is_described = is_heading && self.pending.as_ref().is_some_and(Unit::has_address);
        if !are_details && !is_described {
            self.flush();
            return;
        }
        for item in items {
            self.take(item, field);
        }
        self.used[at] = true;
    }

    /// Adds an item, with all below it, to the open unit.
    fn take(&mut self, item: usize, field: Option<Field>) {
        let Some(mut unit) = self.pending.take() else { return };
        self.absorb(&mut unit, item, field);
        self.pending = Some(unit);
    }

    fn absorb(&mut self, unit: &mut Unit, item: usize, field: Option<Field>) {
        let document = self.document;
        let mut field = field;
        for at in item..document.blocks[item].end {
            let block = &document.blocks[at];
            self.used[at] = true;
            if matches!(block.kind, BlockKind::Paragraph | BlockKind::Html) {
                let flat = self.flat(at);
                let starts = std::iter::once(0).chain(label::labelled_lines(&flat)).collect::<Vec<_>>();
                for (index, start) in starts.iter().enumerate() {
                    let end = starts.get(index + 1).copied().unwrap_or(flat.text.len());
                    let mut part = Part::of(&flat.slice(*start..end));
                    part.field = part.field.or(field);
                    // What stands below a label with nothing behind it is what the label names.
                    field = field.or(part.field.filter(|_| part.flat.text.trim().is_empty()));
                    unit.add(part, block.lines);
                }
            }
        }
    }

    /// Reads a list item: an entry with its details, or a group, whose topic is returned.
    fn item(&mut self, at: usize, block: &Block) -> Option<usize> {
        let content = self.own_text(at);
        content.iter().for_each(|at| self.used[*at] = true);
        let (&first, others) = content.split_first()?;
        let mut flat = self.flat(first);
        for other in others {
            flat.append(&self.flat(*other));
        }
        let starts = label::labelled_lines(&flat);
        let details = (0..starts.len())
            .map(|at| Part::of(&flat.slice(starts[at]..starts.get(at + 1).copied().unwrap_or(flat.text.len()))));
        let details: Vec<Part> = details.collect();
        let flat = starts.first().map_or_else(|| flat.clone(), |first| flat.slice(0..*first));
        let own = Lines { first: block.lines.first, last: self.last_line(&content, block) };
        if self.outline.is_contents(&flat) {
            self.note(NoticeCode::Contents, own);
            return None;
        }
        self.flush();
        self.open_group();
        let children = self.children(at);
        let shapes: Vec<Child> = children.iter().map(|child| self.child(*child)).collect();
        let mut unit = Unit { parts: details, ..Unit::new(Form::Item, flat, own, self.topic) };
        let is_entry = entry::read(&unit).is_some();
        let has = |wanted: Child| shapes.contains(&wanted);
        let has_titled = has(Child::Titled);
        let is_short = unit.head.text.chars().count() <= 80 && unit.head.text.contains(char::is_alphanumeric);
        if !is_entry
            && has(Child::Titled)
            && !(has(Child::Detail)
                && 2 * shapes.iter().filter(|child| **child == Child::Titled).count() < shapes.len())
        {
            if is_short && !unit.head.has_address() {
                return Some(self.add_group(&unit));
            }
            self.not_an_entry(&unit);
            return None;
        }
        if is_entry && shapes.is_empty() && self.is_detail_of_last(at, &unit) {
            return None;
        }
        for (child, shape) in children.into_iter().zip(shapes) {
            if shape != Child::Titled {
                self.absorb(&mut unit, child, None);
            }
        }
        let quotes = self.document.children(at).filter(|child| self.document.blocks[*child].kind == BlockKind::Quote);
        for quote in quotes.collect::<Vec<_>>() {
            self.absorb(&mut unit, quote, None);
        }
        if !unit.has_address() && !is_entry {
            self.not_an_entry(&unit);
            return None;
        }
        // What stands below an entry and has a title of its own stands in its section, too.
        let name = entry::read(&unit).map(|entry| entry.title().to_owned()).filter(|_| has_titled);
        let topic = name.map(|name| self.walked.topics.add(&name, None, unit.lines, self.topic));
        self.push(unit);
        topic
    }

    /// An item that only adds labelled links to the entry before it in the same list.
    fn is_detail_of_last(&mut self, at: usize, unit: &Unit) -> bool {
        let list = self.document.blocks[at].parent;
        let is_nested = list
            .and_then(|list| self.document.blocks[list].parent)
            .is_some_and(|parent| self.document.blocks[parent].kind == BlockKind::Item);
        if !is_nested || !links::is_row_of_links(&unit.head) {
            return false;
        }
        let Some(last) = self.walked.units.last_mut().filter(|last| last.form == Form::Item) else { return false };
        last.add(Part::of(&unit.head), unit.lines);
        true
    }

    fn not_an_entry(&mut self, unit: &Unit) {
        self.note(NoticeCode::NotAnEntry, unit.lines);
    }

    fn add_group(&mut self, unit: &Unit) -> usize {
        let label = unit.head.text.trim().trim_end_matches([':', '：']).trim();
        self.walked.topics.add(label, None, unit.lines, self.topic)
    }

    /// The items below an item.
    fn children(&self, at: usize) -> Vec<usize> {
        let blocks = &self.document.blocks;
        let lists = self.document.children(at).filter(|child| blocks[*child].kind == BlockKind::List);
        lists.flat_map(|list| self.document.children(list)).filter(|item| !self.used[*item]).collect()
    }

    fn child(&self, item: usize) -> Child {
        let blocks = &self.document.blocks;
        let texts =
            (item..blocks[item].end).filter(|at| matches!(blocks[*at].kind, BlockKind::Paragraph | BlockKind::Html));
        let flats: Vec<Flat> = texts.map(|at| self.flat(at)).collect();
        if !flats.iter().any(Flat::has_address) {
            return Child::Plain;
        }
        let Some(first) = flats.first() else { return Child::Plain };
        let is_led = label::lead(first).is_some_and(|lead| {
            lead.field.is_some()
                || links::is_row_of_links(&first.slice(lead.value..first.text.len()))
                || shape::is_address_alone(&first.slice(lead.value..first.text.len()))
        });
        if is_led || links::is_row_of_links(first) { Child::Detail } else { Child::Titled }
    }

    /// The paragraphs that belong to the item itself.
    fn own_text(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for child in self.document.children(at) {
            match self.document.blocks[child].kind {
                BlockKind::Paragraph | BlockKind::Html => found.push(child),
                BlockKind::Quote | BlockKind::Code | BlockKind::Table => {}
                _ => break,
            }
        }
        found
    }

    fn last_line(&self, content: &[usize], block: &Block) -> u32 {
        content.iter().map(|at| self.document.blocks[*at].lines.last).max().unwrap_or(block.lines.first)
    }

    // Paragraphs

    fn paragraph(&mut self, at: usize) {
        let block = &self.document.blocks[at];
        let flat = self.flat(at);
        if flat.text.starts_with('@') && !bibtex::records(&flat.text).is_empty() {
            self.code(at);
            return;
        }
        if self.is_unfolded_below_last(block, &flat) {
            return;
        }
        if self.outline.is_contents(&flat) {
            self.note(NoticeCode::Contents, block.lines);
            return;
        }
        let parts = shape::split(&flat);
        let is_several = parts.len() > 1;
        for part in parts {
            let text = if is_several { flat.slice(part.clone()) } else { flat.clone() };
            let last = flat.line_at(flat.text[..part.end].trim_end().len());
            let lines = Lines { first: text.line_at(first_word(&text.text)), last };
            let lines = if is_several { lines } else { block.lines };
            self.text(text, lines);
        }
        // A list or a table in HTML is closed: what comes next does not belong to its last item.
        let source = self.document.text.get(block.range.clone()).unwrap_or_default();
        if block.kind == BlockKind::Html && ["</table", "</ul", "</ol"].iter().any(|end| source.contains(end)) {
            self.flush();
        }
    }

    /// `<details>` right below an entry hold its citation or its description, also where Markdown takes them out of the list.
    fn is_unfolded_below_last(&mut self, block: &Block, flat: &Flat) -> bool {
        let source = self.document.text.get(block.range.clone()).unwrap_or_default();
        let opens = source.matches("<details").count();
        let closes = source.matches("</details").count();
        let was_open = self.is_unfolding;
        let begins = source.trim_start().starts_with("<details");
        let is_group = opens > closes && self.is_name_of_group(block);
        let last = self.walked.units.last_mut().filter(|last| self.pending.is_none() && last.form == Form::Item);
        let is_near = last.as_ref().is_some_and(|last| last.lines.last + 2 >= block.lines.first);
        let is_list = flat.html_items.len() > 2 || matches!(Shape::of(flat), Shape::Titled) && !begins;
        let Some(last) = last.filter(|_| is_near && (begins || was_open) && !is_list && !is_group) else {
            self.is_unfolding = false;
            return false;
        };
        self.is_unfolding = opens > closes || was_open && closes == 0;
        last.add(Part::of(flat), block.lines);
        true
    }

    /// Whether a list or a table comes next: what stands before it is then the name of a group.
    fn is_name_of_group(&self, block: &Block) -> bool {
        let next = self.document.blocks.get(block.end);
        next.is_some_and(|next| matches!(next.kind, BlockKind::List | BlockKind::Table) && next.parent == block.parent)
    }

    /// A text outside lists: it begins a unit, belongs to the open one, or stands alone.
    fn text(&mut self, flat: Flat, lines: Lines) {
        let is_before_all =
            self.topic.is_none() && self.walked.units.is_empty() && !self.outline.topics.topics.is_empty();
        match Shape::of(&flat) {
            Shape::Empty => {}
            Shape::Labelled(Field::Title) => {
                self.start(Unit::new(Form::Paragraph, self.value(&flat), lines, self.topic));
            }
            Shape::Titled | Shape::Name if is_before_all => self.loose(&flat, lines),
            Shape::Name if outline::is_about_the_list(flat.text.trim()) => {
                self.flush();
                self.is_aside = true;
            }
            Shape::Labelled(_) | Shape::Links | Shape::Prose if self.is_aside => {
                self.note(NoticeCode::AboutTheList, lines);
            }
            Shape::Name => {
                self.flush();
                self.pending = Some(Unit::new(Form::Paragraph, flat, lines, self.topic));
            }
            Shape::Titled
                if flat.strong.is_empty() && self.pending.as_ref().is_some_and(|unit| unit.form == Form::Heading) =>
            {
                let part = Part::of(&flat);
                self.pending.iter_mut().for_each(|unit| unit.add(part.clone(), lines));
            }
            Shape::Titled => self.start(Unit::new(Form::Paragraph, flat, lines, self.topic)),
            Shape::Labelled(_) | Shape::Links | Shape::Prose => match &mut self.pending {
                Some(unit) => unit.add(Part::of(&flat), lines),
                None => self.loose(&flat, lines),
            },
        }
    }

    fn value(&self, flat: &Flat) -> Flat {
        label::lead(flat).map_or_else(|| flat.clone(), |lead| flat.slice(lead.value..flat.text.len()))
    }

    fn start(&mut self, mut unit: Unit) {
        self.is_aside = false;
        self.flush();
        self.open_group();
        unit.topic = self.topic;
        self.pending = Some(unit);
    }

    /// Text that belongs to no entry.
    fn loose(&mut self, flat: &Flat, lines: Lines) {
        let is_intro = self.section.is_none() && self.walked.units.is_empty();
        let code = if flat.has_address() && !is_intro { NoticeCode::NotAnEntry } else { NoticeCode::Prose };
        self.note(code, lines);
    }

    // Tables and code

    fn table(&mut self, at: usize) {
        let Some(table) = table::Table::of(self.document, at) else { return };
        if table.rows.iter().flatten().all(|cell| !cell.has_address() || self.outline.is_contents(cell))
            && self.pending.is_none()
        {
            self.note(NoticeCode::Prose, self.document.blocks[at].lines);
            return;
        }
        if self.pending.is_some() && (table.rows.len() == 1 || table.is_of_fields()) {
            if let Some(unit) = &mut self.pending {
                table.describe(unit);
            }
            return;
        }
        self.flush();
        self.open_group();
        let topic = self.topic;
        self.walked.units.extend(table.units(topic));
    }

    /// A block of BibTeX is a citation of its own, or of the open unit.
    fn code(&mut self, at: usize) {
        let block = &self.document.blocks[at];
        let text = self.flat(at).text;
        let records = bibtex::records(&text);
        if records.is_empty() || self.is_aside {
            self.note(NoticeCode::Prose, block.lines);
            return;
        }
        for record in records {
            // The citation of another work than the one above is an entry of its own.
            let is_other = |unit: &Unit| {
                unit.form == Form::Paragraph
                    && entry::read(unit).is_some_and(|entry| !is_same_title(entry.title(), &record.title))
            };
            if self.pending.as_ref().is_some_and(is_other) {
                self.flush();
            }
            let first = block.lines.first
                + u32::from(
                    self.document
                        .text_of(Lines { first: block.lines.first, last: block.lines.first })
                        .starts_with(['`', '~']),
                );
            let lines = Lines { first: first + record.lines.first, last: first + record.lines.last };
            match &mut self.pending {
                Some(unit) => record.parts(lines.first).into_iter().for_each(|part| unit.add(part, lines)),
                None => {
                    let mut unit =
                        Unit::new(Form::Paragraph, Flat::plain(&record.title, lines.first), lines, self.topic);
                    record.parts(lines.first).into_iter().for_each(|part| unit.add(part, lines));
                    self.push(unit);
                }
            }
        }
    }
}

/// Whether one title is the other, or a part of it.
fn is_same_title(a: &str, b: &str) -> bool {
    let (a, b) = (normalise(a), normalise(b));
    a.contains(&b) || b.contains(&a)
}

/// The label that the last part of a unit ends with, if nothing stands behind it yet.
fn open_label(unit: &Unit) -> Option<Field> {
    let part = unit.parts.last()?;
    part.field.filter(|_| part.flat.text.trim().is_empty()).or_else(|| label::trailing(&part.flat))
}

fn first_word(text: &str) -> usize {
    text.find(|c: char| !c.is_whitespace()).unwrap_or(0)
}
