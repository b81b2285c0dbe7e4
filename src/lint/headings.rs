//! Collects the headings of a page and the anchors that a code host gives them.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use unicode_normalization::char::is_combining_mark;

use super::{Page, html};
use crate::read::{BlockKind, Inline};

/// The headings of a page.
#[derive(Debug, Default)]
pub(super) struct Headings {
    pub(super) all: Vec<Heading>,
    /// Every place that a link can name: the anchors of headings, and the `id` and `name` of HTML elements.
    pub(super) anchors: BTreeSet<String>,
    /// Anchors of headings with badges, without the `-` at their ends: whether the blanks before a badge are a part of the
    /// anchor is for each code host to say.
    badged: BTreeSet<String>,
    /// The `id` and `name` of HTML elements in lower case, by their places.
    names: BTreeMap<usize, String>,
}

impl Headings {
    /// Whether a link can name this place.
    pub(super) fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor) || self.badged.contains(anchor.trim_matches('-'))
    }

    /// The names that HTML elements in a part of the page have.
    pub(super) fn named(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.names.range(range).map(|(_, name)| name.as_str())
    }
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// Its place among the blocks.
    pub(super) block: usize,
    pub(super) level: u8,
    pub(super) text: String,
    /// Without the marks.
    pub(super) range: Range<usize>,
    pub(super) line: u32,
    pub(super) anchor: String,
}

pub(super) fn collect(page: &Page<'_>) -> Headings {
    let mut headings = Headings::default();
    let mut used = BTreeMap::new();
    for (at, block) in page.document.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Heading(level) => {
                let text = text_of(page, at);
                let pieces = page.document.pieces(block);
                let range = match (pieces.first(), pieces.last()) {
                    (Some(first), Some(last)) => first.start..last.end.max(first.end),
                    _ => block.range.start..block.range.start + page.text[block.range.clone()].trim_end().len(),
                };
                let anchor = unique(anchor(text.trim()), &mut used);
                headings.anchors.insert(anchor.clone());
                if text.trim() != text {
                    headings.badged.insert(self::anchor(&text).trim_matches('-').to_owned());
                }
                let text = text.trim().to_owned();
                let line = page.line_of(range.start);
                headings.all.push(Heading { block: at, level, text, range, line, anchor });
            }
            BlockKind::Html => {
                let texts = html::headings(&page.text[block.range.clone()]);
                headings.anchors.extend(texts.iter().map(|text| unique(anchor(text), &mut used)));
            }
            _ => {}
        }
    }
    for part in page.html() {
        for name in ["id", "name"] {
            for value in html::attributes(page.text, part.clone(), name) {
                let anchor = without_selectors(page.text[value.clone()].trim());
                headings.names.insert(value.start, anchor.to_lowercase());
                headings.anchors.insert(anchor);
            }
        }
    }
    headings
}

/// What a reader sees of a heading; the text in place of a picture and tags are not a part of it.
fn text_of(page: &Page<'_>, block: usize) -> String {
    let mut text = String::new();
    let mut images = 0_u32;
    for piece in page.document.pieces(&page.document.blocks[block]) {
        match &piece.inline {
            Inline::ImageStart(_) => images += 1,
            Inline::ImageEnd => images = images.saturating_sub(1),
            Inline::Text(part) | Inline::Code(part) if images == 0 => text.push_str(part),
            Inline::SoftBreak | Inline::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// The anchor that GitHub makes of a heading: lower case, letters, marks, digits, `_` and `-`; each blank becomes a `-`.
pub(super) fn anchor(text: &str) -> String {
    let lower = text.to_lowercase();
    let kept = lower.chars().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ') || is_combining_mark(*c));
    without_selectors(&kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>())
}

/// Without the invisible characters that choose how a symbol is drawn: curators cannot see whether they wrote one.
pub(super) fn without_selectors(anchor: &str) -> String {
    anchor.replace(['\u{fe0f}', '\u{fe0e}'], "")
}

/// The second heading of a text gets `-1` behind it, and so on.
fn unique(anchor: String, used: &mut BTreeMap<String, u32>) -> String {
    let Some(mut count) = used.get(&anchor).copied() else {
        used.insert(anchor.clone(), 1);
        return anchor;
    };
    loop {
        let name = format!("{anchor}-{count}");
        count += 1;
        if !used.contains_key(&name) {
            used.insert(anchor, count);
            used.insert(name.clone(), 1);
            return name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_made_as_the_code_host_makes_them() {
        for (text, expected) in [
            ("2.3 单细胞 Single-Cell", "23-单细胞-single-cell"),
            ("泛癌症分析  Pan-cancer", "泛癌症分析--pan-cancer"),
            ("🚀 Tools & data", "-tools--data"),
            ("C++ / a_b (v1.0)", "c--a_b-v10"),
            ("什么是“图”？", "什么是图"),
            ("⚙️ Set", "-set"),
        ] {
            assert_eq!(anchor(text), expected, "{text}");
        }
        let mut used = BTreeMap::new();
        let names: Vec<String> =
            ["a", "a", "a-1", "a"].into_iter().map(|name| unique(name.to_owned(), &mut used)).collect();
        assert_eq!(names, ["a", "a-1", "a-1-1", "a-2"]);
    }
}
