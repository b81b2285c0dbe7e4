//! What the parts of a unit say, each by its label, and the links in them.

use std::ops::Range;

use super::{
    citation,
    flat::{Flat, FlatLink},
    label::{self, Field},
    links::{Labelled, labelled, without},
    title_text::clean_title,
    unit::Part,
};
use crate::{
    id::WebUrl,
    model::{Citation, Lines, LinkRole, Notice, NoticeCode, PersonName},
};

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

/// Reads addresses, and notes those that are none.
pub(super) struct Addresses {
    pub(super) lines: Lines,
    pub(super) notices: Vec<Notice>,
}

impl Addresses {
    pub(super) fn read(&mut self, url: &str) -> Option<WebUrl> {
        let visible: String = url.chars().filter(|c| !super::flat::is_invisible(*c)).collect();
        let whole = visible.trim().trim_start_matches(['(', '<', ' ']);
        let read = whole[..citation::trim_address(whole)].parse::<WebUrl>();
        if read.is_err() {
            self.notices.push(Notice { code: NoticeCode::BadLink, lines: self.lines, text: url.to_owned() });
        }
        read.ok()
    }
}

pub(super) fn raw_link(flat: &Flat, link: &FlatLink, role: LinkRole, url: WebUrl) -> RawLink {
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
pub(super) struct Fields {
    pub(super) title: Option<String>,
    /// The address of a title that is given once more below the name.
    pub(super) url: Option<WebUrl>,
    pub(super) authors: Vec<PersonName>,
    pub(super) et_al: bool,
    pub(super) venue: Option<String>,
    pub(super) year: Option<u16>,
    pub(super) description: Option<String>,
    /// Text that may be a citation.
    pub(super) text: String,
    /// Text that a label calls a paper.
    pub(super) paper: String,
}

impl Fields {
    pub(super) fn read(&mut self, part: &Part, addresses: &mut Addresses, links: &mut Vec<RawLink>) {
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
            let is_aside = !is_labelled
                && matches!(part.field, Some(Field::Description | Field::Kind | Field::Other))
                && !is_alone(flat, link);
            links.push(RawLink { is_led, is_aside, ..raw_link(flat, link, role, url) });
        }
        let text = without(flat, &(0..0), &cuts).text;
        let text = text.trim();
        match part.field {
            Some(Field::Title) if self.title.is_none() => {
                self.title = Some(clean_title(&flat.text)).filter(|title| !title.is_empty());
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

    pub(super) fn has_own_citation(&self) -> bool {
        !self.authors.is_empty() || self.venue.is_some()
    }

    pub(super) fn describe(&mut self, text: &str) {
        if self.description.is_none() && text.contains(char::is_alphabetic) {
            self.description = Some(text.to_owned());
        }
    }

    pub(super) fn cite(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// What a label says comes before what the form of the text lets us read.
    pub(super) fn complete(self, citation: &mut Citation) {
        if !self.authors.is_empty() {
            citation.authors = self.authors;
            citation.et_al = self.et_al;
        }
        citation.venue = self.venue.or(citation.venue.take());
        citation.year = self.year.or(citation.year);
    }
}

/// The role of a link in a part: by its own label, by the part's, by its address. In a text about the thing an address says little.
pub(super) fn part_role(part: &Part, link: &FlatLink, own: Option<&Labelled>, url: &WebUrl) -> LinkRole {
    // A label that only says "here it is" says less than the label over it.
    let own = own.map(|own| own.role).filter(|role| *role != LinkRole::Project || part.role().is_none());
    if let Some(role) = own.or(part.role()) {
        return label::refine(role, url);
    }
    let is_about = matches!(part.field, Some(Field::Description | Field::Kind | Field::Other));
    match label::role_of_address(url) {
        LinkRole::Code if is_about && !is_alone(&part.flat, link) => LinkRole::Other,
        role => role,
    }
}

/// Whether hardly anything stands beside a link.
pub(super) fn is_alone(flat: &Flat, link: &FlatLink) -> bool {
    flat.text.split_whitespace().count() <= flat.text[link.range.clone()].split_whitespace().count() + 3
}

/// A paragraph below a title that is longer than this tells something.
pub(super) const LONGEST_CITATION: usize = 400;

/// Whether a text without a label reads as a citation: authors, or a venue with a year.
pub(super) fn may_be_citation(text: &str) -> bool {
    let citation = citation::parse(text);
    let n_words = citation.rest.split_whitespace().count();
    !citation.is_empty() && n_words <= 6
}
