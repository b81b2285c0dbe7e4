//! Reads one unit: its title (`title`, `title_text`), its links with their roles (`links`, `field`), its citation, its
//! description.

use std::ops::Range;

use super::{
    citation,
    field::{Addresses, Fields, RawLink, raw_link},
    flat::Flat,
    label,
    links::{Outside, labelled, without},
    title::{find_title, title_of_text},
    title_text::{
        citation_behind, citation_in, clean_description, clean_title, leading_year, name_before, place_behind,
        place_of_heading, without_stop,
    },
    unit::{Form, Unit},
};
use crate::{
    id::WebUrl,
    model::{Citation, Kind, Lines, LinkRole, Notice, NoticeCode, PersonName, Rule, Topic, normalise},
};

/// A list item, read but not yet judged.
#[derive(Debug, Clone)]
pub(super) struct RawEntry {
    pub(super) lines: Lines,
    pub(super) topic: Option<usize>,
    /// Its Markdown.
    pub(super) text: String,
    title: String,
    /// The name that stands in parentheses before the title.
    pub(super) name: Option<String>,
    /// The address of the title.
    pub(super) url: Option<WebUrl>,
    /// The other links.
    pub(super) links: Vec<RawLink>,
    pub(super) citation: Citation,
    pub(super) description: String,
    pub(super) rules: Vec<Rule>,
    pub(super) notices: Vec<Notice>,
    /// The kind that the head of the table's column names.
    pub(super) kind: Option<Kind>,
    /// The kind that a label of the entry names.
    pub(super) stated: Option<Kind>,
    /// The year that a label gives to the thing itself.
    pub(super) year: Option<u16>,
    /// The citation stands behind a label: it is that of the paper, which may be another thing than the one that is named.
    pub(super) is_cited_apart: bool,
}

impl RawEntry {
    /// The title as written, without the blanks and marks around it.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Takes over year and venue from a heading above that is nothing else: `2023`, `NeurIPS 2021`.
    pub(super) fn take_place_of_heading(&mut self, topics: &[Topic]) {
        if self.citation.year.is_some() || self.year.is_some() {
            return;
        }
        let above = std::iter::successors(self.topic, |at| topics[*at].parent);
        let labels = above.flat_map(|at| topics[at].labels.iter().map(|label| label.text.as_str()));
        let Some((venue, year)) = labels.filter_map(place_of_heading).next() else { return };
        self.citation.year = Some(year);
        if self.citation.venue.is_none() {
            self.citation.venue = venue;
        }
        self.add_rule(Rule::PlaceOfHeading);
    }

    fn add_rule(&mut self, rule: Rule) {
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
    }

    fn has_content(&self) -> bool {
        !self.title.is_empty() && (self.url.is_some() || !self.links.is_empty() || !self.citation.is_empty())
    }
}

/// Reads a unit. `None` if it has no title, or leads nowhere and cites nothing.
pub(super) fn read(unit: &Unit) -> Option<RawEntry> {
    let flat = &unit.head;
    let title = find_title(flat, unit.form).or_else(|| title_of_text(unit))?;
    let mut addresses = Addresses { lines: unit.lines, notices: Vec::new() };
    let url = title.link.and_then(|at| addresses.read(&flat.links[at].url));
    let mut links = Vec::new();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (at, link) in flat.addresses().filter(|(at, _)| Some(*at) != title.link) {
        let label = labelled(flat, at, title.range.end);
        let Some(url) = addresses.read(&link.url) else { continue };
        let role = match &label {
            Some(label) => label::refine(label.role, &url),
            None => label::role_of_address(&url),
        };
        // A page beside a name without an address is the page of what is named.
        let role =
            if role == LinkRole::Other && title.link.is_none() && links.is_empty() { LinkRole::Project } else { role };
        // An address that stands bare in the text is a part of the citation.
        let is_led = label.as_ref().is_some_and(|label| label.range.start < link.range.start);
        if let Some(label) = label.filter(|_| !link.is_bare) {
            cuts.push(label.range);
        }
        links.push(RawLink { is_led, ..raw_link(flat, link, role, url) });
    }
    let is_labelled = !cuts.is_empty();
    let mut outside = without(flat, &title.range, &cuts);
    let mut fields = Fields::default();
    for part in &unit.parts {
        fields.read(part, &mut addresses, &mut links);
    }
    if !fields.text.is_empty() {
        outside.text.push('\n');
        outside.text.push_str(&fields.text);
    }
    let mut citation = cite(&outside.text, &fields.paper);
    let mut title_text = fields.title.take().unwrap_or_else(|| clean_title(&flat.text[title.range.clone()]));
    if title.link.is_none() {
        title_text = without_stop(title_text);
    }
    let is_prose = title.link.is_none() && title_text.split_whitespace().count() > LONGEST_NAME;
    if let Some(cited) = citation.title.clone().filter(|_| is_prose && !unit.parts.is_empty()) {
        fields.description.get_or_insert_with(|| clean_description(&flat.text));
        title_text = cited;
    }
    if let Some((own, inside)) = citation_in(&title_text).filter(|_| citation.authors.is_empty()) {
        title_text = own;
        citation = Citation { rest: citation.rest, ids: citation.ids, ..inside };
    }
    if let Some((own, behind)) =
        citation_behind(&title_text).filter(|_| title.link.is_none() && citation.authors.is_empty())
    {
        title_text = own;
        citation = Citation { rest: citation.rest, ids: citation.ids, ..behind };
    }
    if let Some((authors, et_al)) =
        emphasised_names(flat, title.range.end).filter(|(names, _)| names.len() > citation.authors.len())
    {
        if citation.rest.split_whitespace().count()
            <= 1 + authors.iter().map(|name| name.spelling.split_whitespace().count()).sum::<usize>()
        {
            citation.rest.clear();
        }
        (citation.authors, citation.et_al) = (authors, et_al);
    }
    // What is bold before the subtitle is the name.
    let mut name = (title.rule == Rule::NameInTitle)
        .then(|| title_text.split([':', '：']).next().unwrap_or_default().trim().to_owned());
    if let Some((inside, own)) = name_before(&title_text) {
        (name, title_text) = (Some(inside.to_owned()), own.to_owned());
    }
    if let Some((own, venue, year)) = place_behind(&title_text) {
        title_text = own;
        citation.venue = citation.venue.or(venue);
        citation.year = citation.year.or(year);
    }
    let before = &flat.text[..title.range.start];
    let leading = citation::leading_names(before).filter(|_| citation.authors.is_empty() && title.link.is_some());
    if let Some((authors, et_al)) = leading {
        // The names are no venue.
        citation.venue = citation.venue.filter(|venue| !normalise(before).contains(&normalise(venue)));
        (citation.authors, citation.et_al) = (authors, et_al);
    }
    citation.year = citation.year.or_else(|| leading_year(&flat.text[..title.range.start]));
    let described = fields.description.take();
    let own_url = fields.url.take();
    let year = fields.year;
    // What a heading names is described below it, citation and all.
    let is_cited_apart =
        unit.form == Form::Heading || fields.paper.contains(char::is_alphanumeric) && !fields.has_own_citation();
    fields.complete(&mut citation);
    let url = url.or(own_url);
    let mut entry = RawEntry {
        lines: unit.lines,
        topic: unit.topic,
        text: String::new(),
        title: title_text,
        name,
        url,
        links,
        citation,
        description: String::new(),
        rules: vec![title.rule],
        notices: addresses.notices,
        kind: unit.kind,
        stated: unit.stated,
        year,
        is_cited_apart,
    };
    let is_kept = entry.has_content() || unit.is_habitual && !entry.title.is_empty();
    if !is_kept {
        return None;
    }
    if is_labelled || !unit.parts.is_empty() {
        entry.add_rule(Rule::LabelledLink);
    }
    place_rest(&mut entry, &outside);
    if let Some(description) = described.filter(|_| entry.description.is_empty()) {
        entry.description = clean_description(&description);
        entry.add_rule(Rule::Description);
    }
    Some(entry)
}

/// The citation in what a label calls a paper, else in all that the entry says.
fn cite(outside: &str, paper: &str) -> Citation {
    // Dashes between blanks part fields as line ends do.
    let lines = |text: &str| text.replace(" - ", "\n").replace(" – ", "\n").replace(" | ", "\n");
    let stated = citation::parse(paper);
    if stated.is_empty() {
        return citation::parse(&lines(&format!("{outside}\n{paper}")));
    }
    let around = citation::parse(&lines(outside));
    Citation { rest: around.rest, year: stated.year.or(around.year), ..stated }
}

/// Emphasis behind the title that is nothing but names: the authors.
fn emphasised_names(flat: &Flat, from: usize) -> Option<(Vec<PersonName>, bool)> {
    let texts = flat.tags.iter().filter(|tag| tag.start >= from).map(|tag| &flat.text[tag.clone()]);
    texts.filter_map(citation::names_alone).next()
}

/// More words than this are a text about a thing, not its name.
const LONGEST_NAME: usize = 8;

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
    } else if rest.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 3) {
        entry.notices.push(Notice { code: NoticeCode::TextNotPlaced, lines: entry.lines, text: rest });
    }
}
