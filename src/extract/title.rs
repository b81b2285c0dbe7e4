//! Where the title of a text stands: what sets it apart from what comes before and behind it.

use std::ops::Range;

use super::{
    citation,
    flat::{Flat, FlatLink},
    label,
    links::{is_bracketed, is_row_of_links, labelled},
    unit::{Form, Unit},
};
use crate::model::{LinkRole, Rule};

/// The title of an item: where it stands and which link carries it.
pub(super) struct Title {
    pub(super) range: Range<usize>,
    pub(super) link: Option<usize>,
    pub(super) rule: Rule,
}

/// A text without a title above the citation of a paper: all of it, until the paper's title takes its place.
pub(super) fn title_of_text(unit: &Unit) -> Option<Title> {
    let has_paper = unit.parts.iter().any(|part| part.role() == Some(LinkRole::Paper));
    has_paper.then_some(Title { range: 0..unit.head.text.len(), link: None, rule: Rule::PlainTitle })
}

/// `Title of the work 2012`: without the year behind it.
pub(super) fn without_year(title: &str) -> &str {
    const INTO: [&str; 6] = ["in", "of", "for", "since", "until", "to"];
    let Some((before, last)) = title.rsplit_once(' ') else { return title };
    let is_year = last.len() == 4 && last.parse().is_ok_and(|year: u16| (1950..2050).contains(&year));
    let leads = before.rsplit(' ').next().is_some_and(|word| INTO.contains(&word.to_lowercase().as_str()));
    if is_year && !leads { before.trim_end_matches([' ', ',', '.']) } else { title }
}

/// Where a title can begin: behind marks, dates and tags.
pub(super) fn title_start(flat: &Flat) -> usize {
    tags_end(flat, lead_end(&flat.text))
}

/// The first link or bold text if nothing but marks, dates and tags stands before it, else the text before the first link.
pub(super) fn find_title(flat: &Flat, form: Form) -> Option<Title> {
    let text = &flat.text;
    let plain = lead_end(text);
    let lead = tags_end(flat, plain);
    let labelled = label::lead(flat).filter(|lead| lead.field.is_some()).map(|lead| lead.value);
    let lead = labelled.map_or(lead, |value| lead.max(value + lead_end(&text[value..])));
    let first = flat.addresses().find(|(_, link)| !flat.text[link.range.clone()].trim().is_empty());
    let strong = flat.strong.iter().find(|strong| strong.start <= lead && lead < strong.end);
    if let Some((at, link)) = first {
        let is_label =
            label::is_label_alone(flat.link_text(link)) && strong.is_none_or(|strong| strong.start >= link.range.start);
        let is_only_label = form != Form::Row
            && is_label
            && (is_row_of_links(flat)
                || text[plain..link.range.start.max(plain)].split_whitespace().count() >= 3
                || flat.strong.iter().any(|strong| strong.start > link.range.end));
        if let Some(range) = title_behind_venue(flat, at, link).filter(|_| link.range.start <= lead) {
            return Some(Title { range, link: None, rule: Rule::PlainTitle });
        }
        if link.range.start <= lead && !is_only_label && !link.is_bare {
            return Some(Title { range: link.range.clone(), link: Some(at), rule: Rule::LinkedTitle });
        }
    }
    if let Some((at, link)) = first.filter(|(_, link)| stands_behind_authors(flat, plain, link)) {
        return Some(Title { range: link.range.clone(), link: Some(at), rule: Rule::LinkedTitle });
    }
    if let Some(strong) = strong.filter(|strong| {
        !(flat.has_address() && flat.text.len() > strong.end && points_elsewhere(&text[(*strong).clone()]))
    }) {
        let link = flat.addresses().find(|(_, link)| strong.contains(&link.range.start)).map(|(at, _)| at);
        let range = with_subtitle(flat, strong);
        let is_longer = range.end > strong.end;
        return Some(Title { range, link, rule: if is_longer { Rule::NameInTitle } else { Rule::PlainTitle } });
    }
    let end = first.map_or(text.len(), |(_, link)| link.range.start);
    if let Some((at, link)) = first.filter(|(at, link)| flows_into(flat, *at, link)) {
        // `The [name](…) of something`: a few words that lead to the one link are no title; more of them are a sentence.
        let is_led =
            flat.text[plain..end].split_whitespace().count() <= MOST_LEADING_WORDS && flat.addresses().count() == 1;
        if is_led {
            return Some(Title { range: link.range.clone(), link: Some(at), rule: Rule::LinkedTitle });
        }
        if !ends_with_source(flat, plain, link) {
            return None;
        }
    }
    // Authors and venues in italics end a title that nothing else marks.
    let start = if labelled.is_some() { lead } else { frame_end(text, plain, end) };
    let whole = citation::parse(text.get(start..).unwrap_or_default());
    let begins_with_authors =
        !whole.authors.is_empty() && whole.title.is_some_and(|title| !text[start..].starts_with(&title));
    let is_break = |tag: &&Range<usize>| {
        !begins_with_authors
            && tag.start > start
            && text[..tag.start].trim_end().ends_with(['.', ',', '-', '–', '|', ';'])
    };
    let end = flat.tags.iter().filter(is_break).map(|tag| tag.start).min().unwrap_or(end).min(end);
    let range = plain_title(text, start, end)?;
    Some(Title { range, link: None, rule: Rule::PlainTitle })
}

/// `Title of the work [Venue 2023](…)`: words enough for a title, and one link behind them that ends the text.
pub(super) fn ends_with_source(flat: &Flat, start: usize, link: &FlatLink) -> bool {
    const FEWEST_WORDS: usize = 4;
    let before = &flat.text[start..link.range.start];
    let is_last = !flat.text[link.range.end..].contains(char::is_alphanumeric);
    is_last
        && before.starts_with(char::is_uppercase)
        && before.split_whitespace().count() >= FEWEST_WORDS
        && !points_elsewhere(before)
        && !before.contains(". ")
}

/// `P. W. Anderson, [Title of the work](…)`: nothing but names stands before a link whose text is a title.
fn stands_behind_authors(flat: &Flat, start: usize, link: &FlatLink) -> bool {
    const FEWEST_WORDS: usize = 3;
    let before = flat.text.get(start..link.range.start).unwrap_or_default().trim_end();
    let is_title = flat.link_text(link).split_whitespace().count() >= FEWEST_WORDS
        && label::role_of_label(flat.link_text(link)).is_none();
    is_title && before.ends_with([',', ':', '.']) && citation::leading_names(before).is_some()
}

/// `[[Nature 2021]](…) Title of the work`: the first link names venue and year, and the title stands behind it.
pub(super) fn title_behind_venue(flat: &Flat, at: usize, link: &FlatLink) -> Option<Range<usize>> {
    const FEWEST_WORDS: usize = 4;
    let text = flat.link_text(link);
    let is_place = is_bracketed(flat, &link.range) && citation::venue(text.trim_matches(['[', ']'])).1.is_some();
    let start = link.range.end + lead_end(&flat.text[link.range.end..].replace([']', ')'], " "));
    let end = flat.addresses().find(|(other, _)| *other > at).map_or(flat.text.len(), |(_, next)| next.range.start);
    let words = flat.text.get(start..end)?.split_whitespace().count();
    (is_place && words >= FEWEST_WORDS).then(|| plain_title(&flat.text, start, end)).flatten()
}

/// Whether a text begins as a reference to somewhere else does: `See also …`.
pub(super) fn points_elsewhere(text: &str) -> bool {
    const POINTING: [&str; 12] =
        ["see", "for", "check", "if", "this", "these", "please", "more", "refer", "thanks", "visit", "note"];
    let first: String = text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let n_words = text.split_whitespace().count();
    n_words >= 2
        && POINTING.contains(&first.to_lowercase().as_str())
        && text.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ':')
}

/// Words before a link that is a title all the same.
pub(super) const MOST_LEADING_WORDS: usize = 3;

/// Whether a text goes on into a link as a sentence does, without a mark between them.
pub(super) fn flows_into(flat: &Flat, at: usize, link: &FlatLink) -> bool {
    let before = flat.text[..link.range.start].trim_end_matches([' ', '*', '_', '`']);
    let is_parted = before.ends_with(|c: char| !c.is_alphanumeric());
    !is_parted
        && !before.is_empty()
        && !link.is_bare
        && labelled(flat, at, 0).is_none()
        && !flat.text[..link.range.start].ends_with('\n')
}

/// `**Name**: title of the paper. [paper](…)`: the title goes on behind the bold name if a paper's label follows it.
pub(super) fn with_subtitle(flat: &Flat, strong: &Range<usize>) -> Range<usize> {
    let rest = &flat.text[strong.end..];
    let Some((at, link)) = flat.addresses().find(|(_, link)| link.range.start >= strong.end) else {
        return strong.clone();
    };
    let between =
        rest[..link.range.start - strong.end].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '('));
    let is_subtitle =
        between.starts_with([':', '：']) && !between.contains('\n') && !between.trim_end_matches('.').contains(". ");
    let is_of_paper =
        labelled(flat, at, strong.end).is_some_and(|label| matches!(label.role, LinkRole::Paper | LinkRole::Pdf));
    if is_subtitle && is_of_paper && between.split_whitespace().count() >= 4 {
        strong.start..strong.end + without_year(between.trim_end_matches(['.', ' ', '。'])).len()
    } else {
        strong.clone()
    }
}

/// Marks, blanks and pictograms at the beginning.
pub(super) fn lead_end(text: &str) -> usize {
    let is_lead = |c: char| {
        c.is_whitespace()
            || !(c.is_alphanumeric() || matches!(c, '[' | '(' | '"' | '“' | '《' | '「' | '（' | '【' | '<' | '\''))
    };
    text.find(|c: char| !is_lead(c)).unwrap_or(text.len())
}

/// Where a plain title begins behind brackets and dates, if enough words for a title are left before `end`.
pub(super) fn frame_end(text: &str, plain: usize, end: usize) -> usize {
    let unmarked = Flat::plain(text, 1);
    let start = tags_end(&unmarked, plain);
    let is_dated =
        text[plain..start].contains(|c: char| c.is_ascii_digit()) || text[plain..start].starts_with(['[', '【']);
    let is_title = text.get(start..end).is_some_and(|rest| rest.split_whitespace().count() >= 2);
    if is_dated && is_title { start } else { plain }
}

/// Dates, code spans, emphasis and brackets that stand before a title as tags, with the marks behind them: `2019 - `,
/// `[2021 Nature] `.
pub(super) fn tags_end(flat: &Flat, from: usize) -> usize {
    const LONGEST_TAG: usize = 60;
    let text = &flat.text;
    let mut at = from;
    loop {
        let rest = &text[at..];
        let spanned = flat.tags.iter().find(|tag| tag.start <= at && at < tag.end).map(|tag| tag.end - at);
        let tag = spanned.or_else(|| match rest.chars().next() {
            Some('[' | '(' | '【' | '（') => rest
                .find([']', ')', '】', '）'])
                .filter(|end| *end <= LONGEST_TAG)
                .map(|end| end + rest[end..].chars().next().map_or(1, char::len_utf8)),
            Some('0'..='9') => {
                let end =
                    rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '/' | '-'))).unwrap_or(rest.len());
                Some(end).filter(|end| *end >= 4 && rest[*end..].starts_with([' ', ':', '：', '\u{a0}']))
            }
            _ => None,
        });
        let Some(tag) = tag else { return at };
        at += tag;
        at += lead_end(&text[at..]);
    }
}

/// The text up to a dash between blanks, a colon or the first link, if it is short enough to be a title.
pub(super) fn plain_title(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 300;
    const LONGEST_WITH_COLON: usize = 160;
    let part = text.get(start..end)?;
    // A colon belongs to a title (`BERT: deep transformers`) unless a long description follows it.
    let colon = if part.len() > LONGEST_WITH_COLON { ": " } else { "\n" };
    let marks = [" - ", " – ", " — ", "\n", "：", colon, " | "];
    let stop = marks.iter().filter_map(|mark| part.find(mark)).min().unwrap_or(part.len());
    let title =
        part[..stop].trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '?' | '!' | '.' | ']'));
    let is_title = !title.is_empty() && title.len() <= LONGEST;
    is_title.then(|| start..start + title.len())
}
