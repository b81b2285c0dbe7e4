//! Headings: empty sections, levels and numbers that jump, headings that became a part of a list item.

use std::collections::BTreeMap;

use super::{Page, Remark};
use crate::{
    lint::{Rule, headings::Heading, html},
    model::Topic,
    read::BlockKind,
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let headings = &page.headings.all;
    for (at, heading) in headings.iter().enumerate() {
        let next = headings.get(at + 1);
        if at > 0 && is_empty(page, heading, next) {
            let message = format!("nothing stands below {:?}", heading.text);
            remarks.push(Remark::new(Rule::EmptySection, heading.range.clone(), message));
        }
        if is_in_item(page, heading) {
            let message = format!("{:?} is a part of the list item above it", heading.text);
            remarks.push(Remark::new(Rule::HeadingInItem, heading.range.clone(), message));
        }
    }
    check_levels(page, remarks);
    check_numbers(page, remarks);
}

fn is_empty(page: &Page<'_>, heading: &Heading, next: Option<&Heading>) -> bool {
    if heading.text.is_empty()
        || next.is_some_and(|next| next.level > heading.level || is_numbered_below(heading, next))
    {
        return false;
    }
    let from = page.document.blocks[heading.block].end;
    let to = next.map_or(page.document.blocks.len(), |next| next.block);
    page.document.blocks.get(from..to).unwrap_or_default().iter().all(|block| {
        block.kind == BlockKind::Html && {
            let mut written = page.text[block.range.clone()].to_owned();
            for comment in html::comments(page.text, block.range.clone()).into_iter().rev() {
                written.replace_range(comment.start - block.range.start..comment.end - block.range.start, "");
            }
            let shows =
                ["<img", "<table", "<iframe", "<video", "<hr", "<details"].iter().any(|tag| written.contains(tag));
            !shows && html::without_tags(&written).trim().is_empty()
        }
    })
}

/// `2.1` after `2`: below it by its number, whatever its level.
fn is_numbered_below(heading: &Heading, next: &Heading) -> bool {
    let number = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        text[..end].trim_end_matches('.').to_owned()
    };
    let above = number(&heading.text);
    !above.is_empty() && number(&next.text).strip_prefix(&above).is_some_and(|rest| rest.starts_with('.'))
}

fn is_in_item(page: &Page<'_>, heading: &Heading) -> bool {
    let blocks = &page.document.blocks;
    std::iter::successors(blocks[heading.block].parent, |parent| blocks[*parent].parent)
        .any(|parent| blocks[parent].kind == BlockKind::Item)
}

/// Levels that are left out. Who leaves one out does so everywhere: once is said enough.
fn check_levels(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let mut jumps: BTreeMap<(u8, u8), (&Heading, u32)> = BTreeMap::new();
    for (heading, next) in page.headings.all.iter().zip(page.headings.all.iter().skip(1)) {
        if next.level > heading.level + 1 {
            jumps.entry((heading.level, next.level)).or_insert((next, 0)).1 += 1;
        }
    }
    for ((from, to), (heading, count)) in jumps {
        let others = if count > 1 { format!(", {count} times in this list") } else { String::new() };
        let message = format!("from level {from} to level {to}{others}");
        remarks.push(Remark::new(Rule::HeadingLevel, heading.range.clone(), message));
    }
}

/// Numbers go up by one among the headings of one part of the list.
fn check_numbers(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let headings: BTreeMap<u32, &Heading> = page.headings.all.iter().map(|heading| (heading.line, heading)).collect();
    let mut last: BTreeMap<(Option<usize>, String), (u32, &Topic)> = BTreeMap::new();
    for topic in &page.extraction.topics {
        let (Some(heading), Some(number)) = (headings.get(&topic.lines.first), &topic.number) else { continue };
        let (above, own) = number.rsplit_once('.').unwrap_or(("", number));
        let Ok(own) = own.parse::<u32>() else { continue };
        let Some((before, sibling)) = last.insert((topic.parent, above.to_owned()), (own, topic)) else { continue };
        let line = sibling.lines.first;
        let message = match own {
            own if own == before => format!("the number {number} stands on line {line}, too"),
            own if own != before + 1 => format!("{number} follows on {}, line {line}", with(above, before)),
            _ => continue,
        };
        remarks.push(Remark::new(Rule::HeadingNumber, heading.range.clone(), message));
    }
}

fn with(above: &str, own: u32) -> String {
    if above.is_empty() { own.to_string() } else { format!("{above}.{own}") }
}
