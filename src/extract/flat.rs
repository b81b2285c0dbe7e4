//! Inline content as one line of text, with the places of its links and its bold parts.

use std::{borrow::Cow, ops::Range};

use super::{citation::trim_address, label};
use crate::read::{Block, Document, Inline};

/// The text of a block, with what is linked and what is bold in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    /// The text; the text of links stands in it, a line break is `\n`.
    pub(super) text: String,
    /// The links in their order.
    pub(super) links: Vec<FlatLink>,
    /// Bold parts.
    pub(super) strong: Vec<Range<usize>>,
    /// Code spans and emphasis, which curators use as tags.
    pub(super) tags: Vec<Range<usize>>,
    /// Where each line of the source begins in the text, and its number.
    lines: Vec<(usize, u32)>,
    /// Where an item or a row of an HTML list or table begins.
    pub(super) html_items: Vec<usize>,
}

/// A link in a flat text.
#[derive(Debug, Clone)]
pub(super) struct FlatLink {
    /// Where its text stands.
    pub(super) range: Range<usize>,
    /// The address as written.
    pub(super) url: String,
    /// A picture that leads nowhere.
    pub(super) is_image: bool,
    /// What a picture inside the link says, if it holds nothing else: the label of a badge.
    pub(super) badge: Option<String>,
    /// The address itself is the text.
    pub(super) is_bare: bool,
}

impl Flat {
    pub(super) fn of(document: &Document<'_>, block: &Block) -> Self {
        let mut builder =
            Builder { flat: Self::default(), open: Vec::new(), strong: Vec::new(), emphasis: Vec::new(), images: 0 };
        builder.flat.lines.push((0, block.lines.first));
        for piece in document.pieces(block) {
            builder.take(&piece.inline);
            if matches!(piece.inline, Inline::SoftBreak | Inline::HardBreak | Inline::Html(_)) {
                builder.flat.lines.push((builder.flat.text.len(), document.line_of(piece.end)));
            }
        }
        builder.finish()
    }

    /// A text without links or marks.
    pub(super) fn plain(text: &str, line: u32) -> Self {
        Self { text: text.to_owned(), lines: vec![(0, line)], ..Self::default() }
    }

    /// A text that may hold addresses.
    pub(super) fn with_addresses(text: &str, line: u32) -> Self {
        let mut builder = Builder {
            flat: Self::plain("", line),
            open: Vec::new(),
            strong: Vec::new(),
            emphasis: Vec::new(),
            images: 0,
        };
        builder.text(text);
        builder.finish()
    }

    /// Adds the content of another block on a new line.
    pub(super) fn append(&mut self, other: &Self) {
        self.text.push('\n');
        let offset = self.text.len();
        self.text.push_str(&other.text);
        let moved = |range: &Range<usize>| range.start + offset..range.end + offset;
        self.links.extend(other.links.iter().map(|link| FlatLink { range: moved(&link.range), ..link.clone() }));
        self.strong.extend(other.strong.iter().map(moved));
        self.tags.extend(other.tags.iter().map(moved));
        self.lines.extend(other.lines.iter().map(|(at, line)| (at + offset, *line)));
    }

    /// A part of it.
    pub(super) fn slice(&self, part: Range<usize>) -> Self {
        let is_inside = |range: &Range<usize>| part.start <= range.start && range.end <= part.end;
        let moved = |range: &Range<usize>| range.start - part.start..range.end - part.start;
        let mut lines = vec![(0, self.line_at(part.start))];
        lines.extend(
            self.lines
                .iter()
                .filter(|(at, _)| part.contains(at) && *at > part.start)
                .map(|(at, line)| (at - part.start, *line)),
        );
        Self {
            text: self.text[part.clone()].to_owned(),
            links: self
                .links
                .iter()
                .filter(|link| is_inside(&link.range))
                .map(|link| FlatLink { range: moved(&link.range), ..link.clone() })
                .collect(),
            strong: self.strong.iter().filter(|range| is_inside(range)).map(moved).collect(),
            tags: self.tags.iter().filter(|range| is_inside(range)).map(moved).collect(),
            lines,
            html_items: Vec::new(),
        }
    }

    /// The line of the source that a place in the text comes from.
    pub(super) fn line_at(&self, offset: usize) -> u32 {
        let at = self.lines.partition_point(|(start, _)| *start <= offset);
        at.checked_sub(1).and_then(|at| self.lines.get(at)).map_or(1, |(_, line)| *line)
    }

    /// Whether anything in it leads somewhere.
    pub(super) fn has_address(&self) -> bool {
        self.links.iter().any(|link| !link.is_image)
    }

    /// The links that lead somewhere, with their indices.
    pub(super) fn addresses(&self) -> impl Iterator<Item = (usize, &FlatLink)> {
        self.links.iter().enumerate().filter(|(_, link)| !link.is_image)
    }

    /// The text of a link: what stands in it, or what its badge says.
    pub(super) fn link_text<'f>(&'f self, link: &'f FlatLink) -> &'f str {
        let written = self.text[link.range.clone()].trim();
        if written.is_empty() { link.badge.as_deref().unwrap_or_default() } else { written }
    }
}

/// A link that has begun.
struct OpenLink {
    start: usize,
    url: String,
    badge: Option<String>,
}

struct Builder {
    flat: Flat,
    open: Vec<OpenLink>,
    strong: Vec<usize>,
    emphasis: Vec<usize>,
    images: usize,
}

impl Builder {
    fn take(&mut self, inline: &Inline<'_>) {
        let at = self.flat.text.len();
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(text) => {
                self.flat.text.push_str(text);
                self.flat.tags.push(at..self.flat.text.len());
            }
            Inline::SoftBreak | Inline::HardBreak => self.flat.text.push('\n'),
            Inline::Html(html) => self.html(html),
            Inline::LinkStart(url) => self.open.push(OpenLink { start: at, url: url.to_string(), badge: None }),
            Inline::LinkEnd => self.end_link(),
            Inline::ImageStart(url) => {
                self.images += 1;
                self.image(url);
            }
            Inline::ImageEnd => self.images = self.images.saturating_sub(1),
            Inline::StrongStart => self.strong.push(at),
            Inline::StrongEnd => {
                if let Some(start) = self.strong.pop().filter(|start| *start < at) {
                    self.flat.strong.push(start..at);
                }
            }
            Inline::EmphasisStart => self.emphasis.push(at),
            Inline::EmphasisEnd => {
                if let Some(start) = self.emphasis.pop().filter(|start| *start < at) {
                    self.flat.tags.push(start..at);
                }
            }
        }
    }

    fn image(&mut self, url: &str) {
        let at = self.flat.text.len();
        match self.open.last_mut() {
            Some(link) => link.badge = Some(badge_label(url)),
            None => self.flat.links.push(FlatLink {
                range: at..at,
                url: url.to_owned(),
                is_image: true,
                badge: None,
                is_bare: false,
            }),
        }
    }

    fn end_link(&mut self) {
        let Some(OpenLink { start, url, badge }) = self.open.pop() else { return };
        let end = self.flat.text.len();
        let badge = badge.filter(|_| self.flat.text[start..].trim().is_empty());
        let is_bare = self.flat.text[start..end].trim() == url;
        self.flat.links.push(FlatLink { range: start..end, url, is_image: false, badge, is_bare });
    }

    /// Text; addresses that stand bare in it are links, too. The text in place of a picture names a badge.
    fn text(&mut self, text: &str) {
        if self.images > 0 {
            if let Some(badge) =
                self.open.last_mut().and_then(|link| link.badge.as_mut()).filter(|badge| badge.is_empty())
            {
                badge.push_str(text);
            }
            return;
        }
        let offset = self.flat.text.len();
        let visible: String;
        let text = if text.contains(is_invisible) {
            visible = text.chars().filter(|c| !is_invisible(*c)).collect();
            &visible
        } else {
            text
        };
        self.flat.text.push_str(text);
        if self.open.is_empty() {
            self.bare_addresses(text, offset);
        }
    }

    fn bare_addresses(&mut self, text: &str, offset: usize) {
        const STARTS: [&str; 6] = ["https://", "http://", "www.", "doi.org/", "dx.doi.org/", "github.com/"];
        let mut from = 0;
        while let Some(at) = text[from..].find(['h', 'w', 'd', 'g']).map(|at| from + at) {
            let rest = &text[at..];
            let is_word_start =
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '@' | '-' | '_'));
            let Some(start) = STARTS
                .iter()
                .find(|start| rest.starts_with(**start))
                .filter(|start| is_word_start || start.ends_with("://"))
            else {
                from = at + 1;
                continue;
            };
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '，' | '。' | '；' | '）'))
                .unwrap_or(rest.len());
            let length = trim_address(&rest[..end]);
            if length > start.len() + 2 {
                let range = offset + at..offset + at + length;
                let scheme = if start.contains("://") || *start == "www." { "" } else { "https://" };
                let url = format!("{scheme}{}", &rest[..length]);
                self.flat.links.push(FlatLink { range, url, is_image: false, badge: None, is_bare: true });
            }
            from = at + length.max(start.len());
        }
    }

    /// HTML in the text: what stands between tags is content, `<br>` ends a line, `<a href>` is a link. Comments are none.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((text, tail)) = rest.split_once('<') {
            self.text(text);
            if let Some(comment) = tail.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, tail)| tail);
                continue;
            }
            let Some((tag, tail)) = tail.split_once('>') else { return };
            self.tag(tag);
            rest = tail;
        }
        self.text(rest);
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let at = self.flat.text.len();
        match (name.to_ascii_lowercase().as_str(), tag.starts_with('/')) {
            ("li" | "tr" | "p", false) => {
                self.flat.text.push('\n');
                self.flat.html_items.push(at + 1);
            }
            ("summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                self.flat.text.push('\n');
                self.flat.html_items.push(at + 1);
                self.strong.push(at + 1);
            }
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => {
                self.take(&Inline::StrongEnd);
                self.flat.text.push('\n');
                self.flat.html_items.push(self.flat.text.len());
            }
            ("summary", true) => {
                let start = self.strong.last().copied().unwrap_or(at).min(at);
                // `<summary>Paper</summary>` is a label for what it unfolds to.
                if label::field_of_label(&self.flat.text[start..]).is_some() {
                    self.flat.text.push(':');
                    self.strong.pop();
                } else {
                    self.take(&Inline::StrongEnd);
                }
                self.flat.text.push('\n');
                self.flat.html_items.push(self.flat.text.len());
            }
            // What stands behind a list or a table does not belong to its last item.
            ("table" | "ul" | "ol", true) => {
                self.flat.text.push('\n');
                self.flat.html_items.push(at + 1);
            }
            ("br" | "p" | "li" | "tr" | "td" | "th" | "ul" | "details" | "div", _) => {
                self.flat.text.push('\n');
            }
            ("a", false) => {
                if let Some(url) = attribute(tag, "href") {
                    self.open.push(OpenLink { start: at, url: url.into_owned(), badge: None });
                }
            }
            ("a", true) => self.end_link(),
            ("img", false) => {
                if let Some(url) = attribute(tag, "src") {
                    self.image(&url);
                }
            }
            ("b" | "strong", false) => self.strong.push(at),
            ("b" | "strong", true) => self.take(&Inline::StrongEnd),
            ("i" | "em" | "code", false) => self.emphasis.push(at),
            ("i" | "em" | "code", true) => self.take(&Inline::EmphasisEnd),
            _ => {}
        }
    }

    fn finish(mut self) -> Flat {
        while !self.open.is_empty() {
            self.end_link();
        }
        self.flat.links.sort_by_key(|link| link.range.start);
        self.flat
    }
}

/// Characters that show nothing, or change how others are shown: zero width, direction, controls.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(u32::from(character), 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF)
        || character.is_control() && !matches!(character, '\n' | '\t')
}

/// What the address of a badge says: `arxiv` of `…/badge/arxiv-2203.00854-lightgrey`, `stars` of `…/github/stars/a/b`. Empty
/// if it is the address of some other picture.
fn badge_label(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if let Some((_, badge)) = path.split_once("/badge/") {
        let parts: Vec<&str> = badge.split('-').filter(|part| !part.is_empty()).collect();
        // The last part is the color; of `label-message-color` the label says more.
        return parts.first().map(|label| label.replace("%20", " ").replace('_', " ")).unwrap_or_default();
    }
    let is_state = ["stars", "forks", "last-commit", "license", "issues", "workflow", "downloads", "watchers"];
    is_state
        .iter()
        .find(|state| path.split('/').any(|part| part == **state))
        .map(|state| (*state).to_owned())
        .unwrap_or_default()
}

/// The value of an attribute of an HTML tag.
fn attribute<'h>(html: &'h str, name: &str) -> Option<Cow<'h, str>> {
    let at = html.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = html.get(at + name.len() + 1..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split(|c: char| c.is_whitespace() || c == '>').next()?,
    };
    Some(if value.contains("&amp;") { Cow::Owned(value.replace("&amp;", "&")) } else { Cow::Borrowed(value) })
}
