//! Reads one list item: its title, its links with their roles, its citation, its description.

use std::ops::Range;

use super::{
    citation,
    flat::{Flat, FlatLink},
    label::{self, Field},
    unit::{Form, Part, Unit},
};
use crate::{
    id::WebUrl,
    model::{Citation, Kind, Lines, LinkRole, Notice, NoticeCode, PersonName, Rule, Topic},
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
    /// The year that a label gives to the thing itself.
    pub(super) year: Option<u16>,
    /// The citation stands behind a label: it is that of the paper, which may be another thing than the one that is named.
    pub(super) is_cited_apart: bool,
}

/// A link other than the title's.
#[derive(Debug, Clone)]
pub(super) struct RawLink {
    pub(super) role: LinkRole,
    pub(super) url: WebUrl,
    pub(super) text: String,
    /// A label stands before it, so that its text is a title.
    pub(super) is_led: bool,
    /// It stands in a text about the thing, without a label.
    pub(super) is_aside: bool,
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

/// The title of an item: where it stands and which link carries it.
struct Title {
    range: Range<usize>,
    link: Option<usize>,
    rule: Rule,
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

/// A text without a title above the citation of a paper: all of it, until the paper's title takes its place.
fn title_of_text(unit: &Unit) -> Option<Title> {
    let has_paper = unit.parts.iter().any(|part| part.role() == Some(LinkRole::Paper));
    has_paper.then(|| Title { range: 0..unit.head.text.len(), link: None, rule: Rule::PlainTitle })
}

/// Reads addresses, and notes those that are none.
struct Addresses {
    lines: Lines,
    notices: Vec<Notice>,
}

impl Addresses {
    fn read(&mut self, url: &str) -> Option<WebUrl> {
        let whole = url.trim().trim_start_matches(['(', '<', ' ']);
        let read = whole[..citation::trim_address(whole)].parse::<WebUrl>();
        if read.is_err() {
            self.notices.push(Notice { code: NoticeCode::BadLink, lines: self.lines, text: url.to_owned() });
        }
        read.ok()
    }
}

fn raw_link(flat: &Flat, link: &FlatLink, role: LinkRole, url: WebUrl) -> RawLink {
    let is_written = !link.is_bare && link.badge.is_none();
    RawLink {
        role,
        url,
        is_led: false,
        is_aside: false,
        text: if is_written { flat.link_text(link).to_owned() } else { String::new() },
    }
}

/// What the parts of a unit say, each by its label.
#[derive(Default)]
struct Fields {
    title: Option<String>,
    /// The address of a title that is given once more below the name.
    url: Option<WebUrl>,
    authors: Vec<PersonName>,
    et_al: bool,
    venue: Option<String>,
    year: Option<u16>,
    description: Option<String>,
    /// Text that may be a citation.
    text: String,
    /// Text that a label calls a paper.
    paper: String,
}

impl Fields {
    fn read(&mut self, part: &Part, addresses: &mut Addresses, links: &mut Vec<RawLink>) {
        let flat = &part.flat;
        let mut cuts: Vec<Range<usize>> = Vec::new();
        for (at, link) in flat.addresses() {
            let Some(url) = addresses.read(&link.url) else { continue };
            if part.field == Some(Field::Title) && self.url.is_none() && !link.is_bare {
                self.url = Some(url);
                continue;
            }
            let own = labelled(flat, at, 0);
            let role = part_role(part, link, own.as_ref(), &url);
            let is_labelled = own.is_some();
            cuts.extend(own.filter(|_| !link.is_bare).map(|own| own.range));
            let is_led = label::role_of_label(flat.link_text(link)).is_none() && (is_labelled || part.role().is_some());
            let is_aside =
                !is_labelled && matches!(part.field, Some(Field::Description | Field::Other)) && !is_alone(flat, link);
            links.push(RawLink { is_led, is_aside, ..raw_link(flat, link, role, url) });
        }
        let text = without(flat, &(0..0), &cuts).text;
        let text = text.trim();
        match part.field {
            Some(Field::Title) if self.title.is_none() => {
                self.title = Some(clean_title(&flat.text)).filter(|title| !title.is_empty())
            }
            Some(Field::Authors) if self.authors.is_empty() => (self.authors, self.et_al) = citation::authors(text),
            Some(Field::Venue) if self.venue.is_none() => {
                let (venue, year) = citation::venue(text);
                self.venue = venue;
                self.year = self.year.or(year);
            }
            Some(Field::Year) if self.year.is_none() => self.year = citation::venue(text).1,
            Some(Field::Description) => self.describe(text),
            Some(Field::Link(LinkRole::Paper)) => {
                self.paper.push_str(text);
                self.paper.push('\n');
            }
            None if self.authors.is_empty() && citation::names_alone(text).is_some() => {
                (self.authors, self.et_al) = citation::names_alone(text).unwrap_or_default();
            }
            None if text.len() > LONGEST_CITATION || !may_be_citation(text) => self.describe(text),
            None => self.cite(text),
            Some(_) => {}
        }
    }

    fn has_own_citation(&self) -> bool {
        !self.authors.is_empty() || self.venue.is_some()
    }

    fn describe(&mut self, text: &str) {
        if self.description.is_none() && text.contains(char::is_alphabetic) {
            self.description = Some(text.to_owned());
        }
    }

    fn cite(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// What a label says comes before what the form of the text lets us read.
    fn complete(self, citation: &mut Citation) {
        if !self.authors.is_empty() {
            citation.authors = self.authors;
            citation.et_al = self.et_al;
        }
        citation.venue = self.venue.or(citation.venue.take());
        citation.year = self.year.or(citation.year);
    }
}

/// The role of a link in a part: by its own label, by the part's, by its address. In a text about the thing an address says little.
fn part_role(part: &Part, link: &FlatLink, own: Option<&Labelled>, url: &WebUrl) -> LinkRole {
    // A label that only says "here it is" says less than the label over it.
    let own = own.map(|own| own.role).filter(|role| *role != LinkRole::Project || part.role().is_none());
    if let Some(role) = own.or(part.role()) {
        return label::refine(role, url);
    }
    let is_about = matches!(part.field, Some(Field::Description | Field::Other));
    match label::role_of_address(url) {
        LinkRole::Code if is_about && !is_alone(&part.flat, link) => LinkRole::Other,
        role => role,
    }
}

/// Whether hardly anything stands beside a link.
fn is_alone(flat: &Flat, link: &FlatLink) -> bool {
    flat.text.split_whitespace().count() <= flat.text[link.range.clone()].split_whitespace().count() + 3
}

/// A paragraph below a title that is longer than this tells something.
const LONGEST_CITATION: usize = 400;

/// Whether a text without a label reads as a citation: authors, or a venue with a year.
fn may_be_citation(text: &str) -> bool {
    let citation = citation::parse(text);
    let n_words = citation.rest.split_whitespace().count();
    !citation.is_empty() && n_words <= 6
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
    if rest.is_empty() || !rest.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 3) {
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

/// `Title of the work, Roe et al., ECCV 2020`: a citation behind the first comma from which all is one.
fn citation_behind(text: &str) -> Option<(String, Citation)> {
    const FEWEST_WORDS: usize = 3;
    if !text.trim_end_matches(['.', ')', ' ']).ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.match_indices(", ").find_map(|(at, mark)| {
        let (own, rest) = (&text[..at], &text[at + mark.len()..]);
        if own.split_whitespace().count() < FEWEST_WORDS {
            return None;
        }
        let citation = citation::parse(rest);
        let is_whole =
            citation.year.is_some() && citation.venue.is_some() && !citation.rest.contains(char::is_alphabetic);
        (is_whole && citation.title.is_none()).then(|| (own.to_owned(), citation))
    })
}

/// `2019 - `, `[2021.05]`: the year of a date that is all that stands before a title.
fn leading_year(before: &str) -> Option<u16> {
    let date = before.trim_matches(|c: char| !c.is_alphanumeric());
    let is_date = date.len() <= 10 && date.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
    date.get(..4).filter(|_| is_date)?.parse().ok().filter(|year| (1950..2050).contains(year))
}

/// The venue and the year that a heading consists of.
fn place_of_heading(label: &str) -> Option<(Option<String>, u16)> {
    let words: Vec<&str> = label
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '年' | '-' | '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let year = words
        .iter()
        .find_map(|word| word.parse().ok().filter(|year| word.len() == 4 && (1950..2050).contains(year)))?;
    match words.as_slice() {
        [_] => Some((None, year)),
        [venue, last] if *last == year.to_string() && venue.chars().filter(|c| c.is_uppercase()).count() >= 2 => {
            Some((Some((*venue).to_owned()), year))
        }
        _ => None,
    }
}

/// `(MolT5) Translation between molecules and language`: the name, and the title.
fn name_before(title: &str) -> Option<(&str, &str)> {
    const FEWEST_WORDS: usize = 3;
    let (name, own) = title.strip_prefix('(')?.split_once(')')?;
    let is_name = name.contains(char::is_alphabetic) && name.split_whitespace().count() <= 3;
    (is_name && own.split_whitespace().count() >= FEWEST_WORDS).then(|| (name.trim(), own.trim()))
}

/// `Title of the work (WWW 2019)`: the title, and where and when it was published.
fn place_behind(title: &str) -> Option<(String, Option<String>, Option<u16>)> {
    const MOST_WORDS: usize = 14;
    let (open, close) = if title.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let (own, inside) = title.strip_suffix(close)?.rsplit_once(open)?;
    // A date alone may stand behind a name of one word.
    let is_date = !inside.contains(char::is_alphabetic);
    let leading = inside.get(..4).and_then(|digits| digits.parse().ok()).filter(|year| (1950..2050).contains(year));
    let (venue, year) = citation::venue(inside);
    let year = year.or(leading.filter(|_| is_date));
    let n_words = own.split_whitespace().count();
    let is_place =
        year.is_some() && inside.split_whitespace().count() <= MOST_WORDS && n_words >= if is_date { 1 } else { 2 };
    is_place.then(|| (own.trim().to_owned(), venue, year))
}

fn clean_description(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '：' | '|' | ',')).to_owned()
}

/// Cuts the numbers of footnotes and references behind a title: `Name [73a], [73b]`.
fn without_marks(title: &str) -> &str {
    let mut title = title.trim_end();
    while let Some((before, number)) = title.strip_suffix(']').and_then(|title| title.rsplit_once('[')) {
        let is_mark = !number.is_empty()
            && number.len() <= 4
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_mark || before.trim().is_empty() {
            break;
        }
        title = before.trim_end_matches([' ', ',']);
    }
    title
}

fn clean_title(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_mark = |c: char| matches!(c, '*' | '_' | '`' | '|' | ':' | '：' | '-' | '–' | ',' | ';');
    let title = without_marks(&joined).trim_matches(is_mark).trim();
    let title = bracketed(title).unwrap_or(title);
    title.to_owned()
}

/// A full stop ends a title that is not a link, unless it ends an abbreviation.
fn without_stop(title: String) -> String {
    let is_sentence = title.split(' ').count() >= 3 && !title.ends_with("..") && !title.ends_with("etc.");
    title.strip_suffix(['.', '。']).filter(|_| is_sentence).map(str::to_owned).unwrap_or(title)
}

/// What stands between brackets that are around all of a title.
fn bracketed(title: &str) -> Option<&str> {
    let inner = title.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then(|| inner.trim())
}

/// Whether a text is nothing but links that are labelled or bare, and marks between them.
pub(super) fn is_row_of_links(flat: &Flat) -> bool {
    let mut at = 0;
    let mut n_links = 0;
    for (index, link) in flat.addresses() {
        let label = labelled(flat, index, at);
        let range = match &label {
            Some(label) => label.range.clone(),
            None if link.is_bare || link.badge.is_some() || is_bracketed(flat, &link.range) => link.range.clone(),
            None => return false,
        };
        if flat.text.get(at..range.start).unwrap_or_default().contains(char::is_alphanumeric) {
            return false;
        }
        at = at.max(range.end);
        n_links += 1;
    }
    n_links > 0 && !flat.text[at..].contains(char::is_alphanumeric)
}

/// Whether a link is written as a label is: `[[text]](address)`, `[[text](address)]`.
fn is_bracketed(flat: &Flat, link: &Range<usize>) -> bool {
    let text = flat.text[link.clone()].trim();
    let is_around = flat.text[..link.start].trim_end().ends_with('[')
        && flat.text[link.end..].trim_start().starts_with([']', '|', ',', '/']);
    (text.starts_with('[') && text.ends_with(']') || is_around) && text.split_whitespace().count() <= 4
}

/// Where a title can begin: behind marks, dates and tags.
pub(super) fn title_start(flat: &Flat) -> usize {
    tags_end(flat, lead_end(&flat.text))
}

/// The first link or bold text if nothing but marks, dates and tags stands before it, else the text before the first link.
fn find_title(flat: &Flat, form: Form) -> Option<Title> {
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
fn ends_with_source(flat: &Flat, start: usize, link: &FlatLink) -> bool {
    const FEWEST_WORDS: usize = 4;
    let before = &flat.text[start..link.range.start];
    let is_last = !flat.text[link.range.end..].contains(char::is_alphanumeric);
    is_last
        && before.starts_with(char::is_uppercase)
        && before.split_whitespace().count() >= FEWEST_WORDS
        && !points_elsewhere(before)
        && !before.contains(". ")
}

/// `[[Nature 2021]](…) Title of the work`: the first link names venue and year, and the title stands behind it.
fn title_behind_venue(flat: &Flat, at: usize, link: &FlatLink) -> Option<Range<usize>> {
    const FEWEST_WORDS: usize = 4;
    let text = flat.link_text(link);
    let is_place = is_bracketed(flat, &link.range) && citation::venue(text.trim_matches(['[', ']'])).1.is_some();
    let start = link.range.end + lead_end(&flat.text[link.range.end..].replace([']', ')'], " "));
    let end = flat.addresses().find(|(other, _)| *other > at).map_or(flat.text.len(), |(_, next)| next.range.start);
    let words = flat.text.get(start..end)?.split_whitespace().count();
    (is_place && words >= FEWEST_WORDS).then(|| plain_title(&flat.text, start, end)).flatten()
}

/// Whether a text begins as a reference to somewhere else does: `See also …`.
fn points_elsewhere(text: &str) -> bool {
    const POINTING: [&str; 12] =
        ["see", "for", "check", "if", "this", "these", "please", "more", "refer", "thanks", "visit", "note"];
    let first: String = text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    let n_words = text.split_whitespace().count();
    n_words >= 2
        && POINTING.contains(&first.to_lowercase().as_str())
        && text.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ':')
}

/// Words before a link that is a title all the same.
const MOST_LEADING_WORDS: usize = 3;

/// Whether a text goes on into a link as a sentence does, without a mark between them.
fn flows_into(flat: &Flat, at: usize, link: &FlatLink) -> bool {
    let before = flat.text[..link.range.start].trim_end_matches([' ', '*', '_', '`']);
    let is_parted = before.ends_with(|c: char| !c.is_alphanumeric());
    !is_parted
        && !before.is_empty()
        && !link.is_bare
        && labelled(flat, at, 0).is_none()
        && !flat.text[..link.range.start].ends_with('\n')
}

/// `**Name**: title of the paper. [paper](…)`: the title goes on behind the bold name if a paper's label follows it.
fn with_subtitle(flat: &Flat, strong: &Range<usize>) -> Range<usize> {
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
        strong.start..strong.end + between.trim_end_matches(['.', ' ', '。']).len()
    } else {
        strong.clone()
    }
}

/// Marks, blanks and pictograms at the beginning.
fn lead_end(text: &str) -> usize {
    let is_lead = |c: char| {
        c.is_whitespace()
            || !(c.is_alphanumeric() || matches!(c, '[' | '(' | '"' | '“' | '《' | '「' | '（' | '【' | '<' | '\''))
    };
    text.find(|c: char| !is_lead(c)).unwrap_or(text.len())
}

/// Where a plain title begins behind brackets and dates, if enough words for a title are left before `end`.
fn frame_end(text: &str, plain: usize, end: usize) -> usize {
    let unmarked = Flat::plain(text, 1);
    let start = tags_end(&unmarked, plain);
    let is_dated =
        text[plain..start].contains(|c: char| c.is_ascii_digit()) || text[plain..start].starts_with(['[', '【']);
    let is_title = text.get(start..end).is_some_and(|rest| rest.split_whitespace().count() >= 2);
    if is_dated && is_title { start } else { plain }
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
    let title =
        part[..stop].trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '?' | '!' | '.' | ']'));
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
    let label = prefix.strip_suffix([':', '：']).map(str::trim).or_else(|| bracketed_label(text));
    if let Some(role) = label.and_then(label::role_of_label) {
        return Some(Labelled { role, range: before + text_start..link.range.end });
    }
    let role = match &link.badge {
        Some(badge) if flat.text[link.range.clone()].trim().is_empty() => label::role_of_badge(badge)?,
        _ => label::role_of_label(flat.link_text(link))?,
    };
    Some(Labelled { role, range: link.range.clone() })
}

/// `[paper] (https://…)`: a label in brackets of its own, before an address in parentheses.
fn bracketed_label(before: &str) -> Option<&str> {
    let (_, label) = before.trim_end().strip_suffix('(')?.trim_end().strip_suffix(']')?.rsplit_once('[')?;
    Some(label)
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
