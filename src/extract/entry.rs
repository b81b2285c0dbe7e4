//! Reads one list item: its title, its links with their roles, its citation, its description.

use std::ops::Range;

use super::{
    citation,
    flat::{Flat, FlatLink},
    label,
};
use crate::{
    id::WebUrl,
    model::{Citation, Lines, LinkRole, Notice, NoticeCode, Rule},
};

/// A list item, read but not yet judged.
#[derive(Debug, Clone)]
pub(super) struct RawEntry {
    pub(super) lines: Lines,
    pub(super) topic: Option<usize>,
    /// Its Markdown.
    pub(super) text: String,
    title: String,
    /// The address of the title.
    pub(super) url: Option<WebUrl>,
    /// The other links.
    pub(super) links: Vec<RawLink>,
    pub(super) citation: Citation,
    pub(super) description: String,
    pub(super) rules: Vec<Rule>,
    pub(super) notices: Vec<Notice>,
}

/// A link other than the title's.
#[derive(Debug, Clone)]
pub(super) struct RawLink {
    pub(super) role: LinkRole,
    pub(super) url: WebUrl,
    pub(super) text: String,
}

impl RawEntry {
    /// The title as written, without the blanks and marks around it.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Takes over the links of a nested item that only adds to this one.
    pub(super) fn attach(&mut self, mut links: Vec<RawLink>, last_line: u32, text: &str) {
        // An item without an address takes the first repository or page below it as its own.
        let own = links.iter().position(|link| matches!(link.role, LinkRole::Project | LinkRole::Code));
        if let Some(own) = own.filter(|_| self.url.is_none()) {
            self.url = Some(links.remove(own).url);
        }
        self.lines.last = self.lines.last.max(last_line);
        self.text.push('\n');
        self.text.push_str(text);
        self.links.extend(links);
        self.add_rule(Rule::LabelledLink);
    }

    fn add_rule(&mut self, rule: Rule) {
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
    }
}

/// The title of an item: where it stands and which link carries it.
struct Title {
    range: Range<usize>,
    link: Option<usize>,
    rule: Rule,
}

/// Reads an item. `None` if it has no title or leads nowhere and cites nothing.
pub(super) fn read(flat: &Flat, lines: Lines, topic: Option<usize>, text: &str) -> Option<RawEntry> {
    let title = find_title(flat)?;
    let mut notices = Vec::new();
    let mut address = |link: &FlatLink| match link.url.parse::<WebUrl>() {
        Ok(url) => Some(url),
        Err(_) => {
            notices.push(Notice { code: NoticeCode::BadLink, lines, text: link.url.clone() });
            None
        }
    };
    let url = title.link.and_then(|at| address(&flat.links[at]));
    let mut links = Vec::new();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (at, link) in flat.links.iter().enumerate() {
        if Some(at) == title.link || link.is_image {
            continue;
        }
        let label = labelled(flat, at, title.range.end);
        let Some(url) = address(link) else { continue };
        let role = label.as_ref().map_or_else(|| label::role_of_address(&url), |label| label.role);
        // An address that stands bare in the text is a part of the citation.
        if let Some(label) = label.filter(|_| !link.is_bare) {
            cuts.push(label.range);
        }
        links.push(RawLink {
            role,
            url,
            text: if link.is_bare { String::new() } else { flat.link_text(link).to_owned() },
        });
    }
    let is_labelled = !cuts.is_empty();
    let outside = without(flat, &title.range, &cuts);
    let mut citation = citation::parse(&outside.text);
    let mut title_text = clean_title(&flat.text[title.range.clone()]);
    if let Some((own, inside)) = citation_in(&title_text).filter(|_| citation.authors.is_empty()) {
        title_text = own;
        citation = Citation { rest: citation.rest, ids: citation.ids, ..inside };
    }
    let mut entry = RawEntry {
        lines,
        topic,
        text: text.to_owned(),
        title: title_text,
        url,
        links,
        citation,
        description: String::new(),
        rules: vec![title.rule],
        notices,
    };
    if entry.title.is_empty() || (entry.url.is_none() && entry.links.is_empty() && entry.citation.is_empty()) {
        return None;
    }
    if is_labelled {
        entry.add_rule(Rule::LabelledLink);
    }
    place_rest(&mut entry, &outside);
    Some(entry)
}

/// Reads an item that is nothing but a title, with its links in the items below it.
pub(super) fn read_bare(flat: &Flat, lines: Lines, topic: Option<usize>, text: &str) -> Option<RawEntry> {
    let title = clean_title(&flat.text);
    (!title.is_empty()).then(|| RawEntry {
        lines,
        topic,
        text: text.to_owned(),
        title,
        url: None,
        links: Vec::new(),
        citation: Citation::default(),
        description: String::new(),
        rules: vec![Rule::PlainTitle],
        notices: Vec::new(),
    })
}

/// What the citation left over is the description, if a dash or a colon leads to it or nothing was cited.
fn place_rest(entry: &mut RawEntry, outside: &Outside) {
    let rest = entry.citation.rest.clone();
    if !entry.citation.is_empty() {
        entry.add_rule(Rule::Citation);
        if entry.citation.ids.doi.is_some() {
            entry.add_rule(Rule::DoiInText);
        }
    }
    if rest.is_empty() {
        return;
    }
    let is_description = outside.is_led || entry.citation.authors.is_empty() && entry.citation.venue.is_none();
    if is_description {
        entry.description = clean_description(&rest);
        entry.add_rule(Rule::Description);
    } else {
        entry.notices.push(Notice { code: NoticeCode::TextNotPlaced, lines: entry.lines, text: rest });
    }
}

/// A text that is a whole citation, with its title in it: the title, and the citation without it.
pub(super) fn citation_in(text: &str) -> Option<(String, Citation)> {
    let citation = Some(citation::parse(text)).filter(|citation| !citation.authors.is_empty())?;
    let title = citation.title.clone()?;
    Some((title, Citation { title: None, ..citation }))
}

fn clean_description(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '：' | '|' | ',')).to_owned()
}

fn clean_title(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.trim_matches(|c: char| matches!(c, '*' | '_' | '`' | '|' | ':' | '：' | '-' | '–')).trim().to_owned()
}

/// The links of a nested item that has no title of its own, each of them with a label; else `None`.
pub(super) fn labelled_links(flat: &Flat) -> Option<Vec<RawLink>> {
    let mut found = Vec::new();
    for (at, link) in flat.links.iter().enumerate().filter(|(_, link)| !link.is_image) {
        let label = labelled(flat, at, 0)?;
        let url = link.url.parse().ok()?;
        found.push(RawLink { role: label.role, url, text: flat.link_text(link).to_owned() });
    }
    (!found.is_empty()).then_some(found)
}

/// The first link or bold text if nothing but marks, dates and tags stands before it, else the text before the first link.
fn find_title(flat: &Flat) -> Option<Title> {
    let text = &flat.text;
    let plain = lead_end(text);
    let lead = tags_end(flat, plain);
    let first = flat.links.iter().position(|link| !link.is_image && !flat.link_text(link).is_empty());
    if let Some(at) = first {
        let link = &flat.links[at];
        let is_label = label::role_of_label(flat.link_text(link)).is_some();
        if link.range.start <= lead && !is_label && !link.is_bare {
            return Some(Title { range: link.range.clone(), link: Some(at), rule: Rule::LinkedTitle });
        }
    }
    if let Some(strong) = flat.strong.iter().find(|strong| strong.start <= lead) {
        let link = flat.links.iter().position(|link| !link.is_image && strong.contains(&link.range.start));
        return Some(Title { range: strong.clone(), link, rule: Rule::PlainTitle });
    }
    let end = first.map_or(text.len(), |at| flat.links[at].range.start);
    let range = plain_title(text, plain, end)?;
    Some(Title { range, link: None, rule: Rule::PlainTitle })
}

/// Marks, blanks and pictograms at the beginning.
fn lead_end(text: &str) -> usize {
    let is_lead = |c: char| {
        c.is_whitespace()
            || !(c.is_alphanumeric() || matches!(c, '[' | '(' | '"' | '“' | '《' | '「' | '（' | '【' | '<' | '\''))
    };
    text.find(|c: char| !is_lead(c)).unwrap_or(text.len())
}

/// Dates, code spans, emphasis and brackets that stand before a title as tags, with the marks behind them: `2019 - `,
/// `[2021 Nature] `.
fn tags_end(flat: &Flat, from: usize) -> usize {
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
fn plain_title(text: &str, start: usize, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 300;
    const LONGEST_WITH_COLON: usize = 160;
    let part = text.get(start..end)?;
    // A colon belongs to a title (`BERT: deep transformers`) unless a long description follows it.
    let colon = if part.len() > LONGEST_WITH_COLON { ": " } else { "\n" };
    let marks = [" - ", " – ", " — ", "\n", "：", colon, " | "];
    let stop = marks.iter().filter_map(|mark| part.find(mark)).min().unwrap_or(part.len());
    let title = part[..stop].trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '?' | '!' | '.'));
    let is_title = !title.is_empty() && title.len() <= LONGEST;
    is_title.then(|| start..start + title.len())
}

/// The role that a label gives to a link, and what of the text the link with its label takes.
struct Labelled {
    role: LinkRole,
    range: Range<usize>,
}

fn labelled(flat: &Flat, at: usize, from: usize) -> Option<Labelled> {
    let link = &flat.links[at];
    let start = link.range.start.max(from);
    let before = flat.links[..at].last().map_or(0, |link| link.range.end).max(from).min(start);
    let text = flat.text.get(before..start).unwrap_or_default();
    let text_start = text
        .rfind(['\n', '.', ';', '|', '。', '；', '[', '(', '，', ','])
        .map_or(0, |mark| mark + text[mark..].chars().next().map_or(1, char::len_utf8));
    let prefix = text[text_start..].trim_end();
    let label = prefix.strip_suffix([':', '：']).map(str::trim);
    if let Some(role) = label.and_then(label::role_of_label) {
        return Some(Labelled { role, range: before + text_start..link.range.end });
    }
    let role = label::role_of_label(flat.link_text(link))?;
    Some(Labelled { role, range: link.range.clone() })
}

/// The text of an item outside its title and its labelled links.
struct Outside {
    text: String,
    /// A dash or a colon leads from the title to it.
    is_led: bool,
}

fn without(flat: &Flat, title: &Range<usize>, cuts: &[Range<usize>]) -> Outside {
    let mut text = String::with_capacity(flat.text.len());
    // Each tag on a line of its own: two of them are not one name.
    let mut at = 0;
    for edge in flat.tags.iter().flat_map(|tag| [tag.start, tag.end]).filter(|edge| *edge <= title.start) {
        text.push_str(flat.text.get(at..edge).unwrap_or_default().trim());
        text.push('\n');
        at = at.max(edge);
    }
    text.push_str(flat.text.get(at..title.start).unwrap_or_default().trim());
    if text.chars().any(char::is_alphanumeric) {
        text.push('\n');
    } else {
        text.clear();
    }
    let mut at = title.end;
    for cut in cuts {
        text.push_str(flat.text.get(at..cut.start).unwrap_or_default());
        text.push('\n');
        at = at.max(cut.end);
    }
    text.push_str(flat.text.get(at..).unwrap_or_default());
    let tail =
        flat.text[title.end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ']' | ')'));
    let is_led = tail.starts_with(['-', '–', '—', ':', '：', '|']);
    Outside { text, is_led }
}
