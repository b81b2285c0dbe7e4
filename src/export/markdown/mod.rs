//! The graph back as a list that people read and `build` reads again.
//!
//! The headings of a list stand as they were, with their numbers and in their languages; of several lists each has a
//! heading of its own above them. Under a heading each thing is an item: its name with its address, and below it on labelled
//! lines all that a list can say of it. What stands under no heading comes first, for whatever stands behind a heading
//! stands under it.
//!
//! A paper has the tools that implement it beside it. Where the two stand under no heading together, both stand before the
//! first one once more, which puts neither under another. What has no title of its own stands below what it was mentioned
//! with.
//!
//! Lists have no place for months and days, for what was inferred, and for what services alone say.

mod entry;
mod places;
mod text;

use std::{
    collections::BTreeSet,
    io::{self, BufWriter, Write},
};

use super::work::Reader;
use crate::{
    network::{Column, Network},
    store::Scan,
};
use entry::Entries;
use places::Places;
use text::escape;

/// Markdown has no more levels of headings.
const DEEPEST: usize = 6;

/// Writes the things among the nodes of a network, with what a store says of them, under their topics.
///
/// # Errors
///
/// If the output cannot be written.
pub fn markdown(scan: &Scan, network: &Network, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::of(scan, network);
    let reader = Reader::new(scan);
    let entries = Entries::new(&reader, network, &places);
    let mut writer = Writer { network, places: &places, entries, out: BufWriter::with_capacity(1 << 16, out) };
    writer.all()?;
    writer.out.flush()
}

struct Writer<'w, 's, W: Write> {
    network: &'s Network,
    places: &'w Places<'s>,
    entries: Entries<'w, 's>,
    out: W,
}

impl<W: Write> Writer<'_, '_, W> {
    fn all(&mut self) -> io::Result<()> {
        let places = self.places;
        let title = match places.lists.as_slice() {
            [only] if !only.title.is_empty() => only.title,
            _ => "List",
        };
        writeln!(self.out, "# {}", escape(title))?;
        self.things(&places.loose)?;
        for (number, (thing, here)) in self.entries.parted().iter().enumerate() {
            let gap = if number == 0 && places.loose.is_empty() { "\n" } else { "" };
            write!(self.out, "{gap}{}", self.entries.entry(*thing, here))?;
        }
        let is_one = places.lists.len() == 1;
        for list in &places.lists {
            if !is_one {
                writeln!(self.out, "\n## {}", escape(list.title))?;
            }
            for topic in &list.topics {
                self.topic(*topic, if is_one { 2 } else { 3 }, &mut BTreeSet::new())?;
            }
        }
        Ok(())
    }

    /// A heading, what stands under it, and what is below it. Topics that are below themselves are written once.
    fn topic(&mut self, topic: u32, level: usize, above: &mut BTreeSet<u32>) -> io::Result<()> {
        if !above.insert(topic) {
            return Ok(());
        }
        let places = self.places;
        let node = &self.network.nodes[topic as usize];
        // Labels in several languages stand side by side, as headings have them.
        let label = places.labels.get(&topic).map(|labels| labels.join(" ")).unwrap_or_default();
        let number = node.get(Column::Notation).map(|number| format!("{number} ")).unwrap_or_default();
        writeln!(self.out, "\n{} {number}{}", "#".repeat(level.min(DEEPEST)), escape(&label))?;
        self.things(places.under.get(&topic).map_or(&[], Vec::as_slice))?;
        for below in places.below.get(&topic).map_or(&[][..], Vec::as_slice) {
            self.topic(*below, level + 1, above)?;
        }
        above.remove(&topic);
        Ok(())
    }

    fn things(&mut self, things: &[u32]) -> io::Result<()> {
        let here: BTreeSet<u32> = things.iter().copied().collect();
        let mut is_first = true;
        for thing in things {
            let entry = self.entries.entry(*thing, &here);
            if !entry.is_empty() {
                write!(self.out, "{}{entry}", if is_first { "\n" } else { "" })?;
                is_first = false;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
