//! One work whose fields are read one after the other.

use super::Read;
use crate::{
    extract::markup::plain,
    id::{ArxivId, Doi, Identifiers, Package, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, LinkRole, PartialDate, PersonName, VenueKind},
};

/// What the type of a record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A paper, in this sort of venue.
    Paper(Option<VenueKind>),
    /// Something else.
    Of(Kind),
    /// Nothing in particular: its fields decide.
    Unknown,
}

impl Sort {
    pub(super) const ARTICLE: Self = Self::Paper(Some(VenueKind::Periodical));
    pub(super) const PROCEEDINGS: Self = Self::Paper(Some(VenueKind::Conference));
    pub(super) const PREPRINT: Self = Self::Paper(Some(VenueKind::PreprintServer));
    pub(super) const PAPER: Self = Self::Paper(None);
}

/// A work that is being read.
pub(super) struct Work {
    sort: Sort,
    dossier: Dossier,
}

impl Work {
    pub(super) fn new(sort: Sort) -> Self {
        Self { sort, dossier: Dossier::default() }
    }

    pub(super) fn title(&mut self, title: &str) {
        let title = plain(title);
        let is_sentence = title.ends_with('.') && !title.ends_with("..") && title.matches(' ').count() > 2;
        self.dossier.title = if is_sentence { title[..title.len() - 1].to_owned() } else { title };
    }

    pub(super) fn subtitle(&mut self, subtitle: &str) {
        let subtitle = plain(subtitle);
        if !subtitle.is_empty() && !self.dossier.title.contains(&subtitle) {
            let title = self.dossier.title.trim_end_matches([':', ' ']);
            self.dossier.title = if title.is_empty() { subtitle } else { format!("{title}: {subtitle}") };
        }
    }

    pub(super) fn author(&mut self, author: Option<PersonName>) {
        match author {
            Some(name) if name.given.is_empty() && matches!(&*name.family, "others" | "et al." | "et al") => {
                self.dossier.et_al = true;
            }
            Some(name) => self.dossier.authors.push(name),
            None => {}
        }
    }

    pub(super) fn has_authors(&self) -> bool {
        !self.dossier.authors.is_empty()
    }

    /// A journal, a conference, a preprint server; the first that is named counts.
    pub(super) fn venue(&mut self, venue: &str) {
        let venue = plain(venue);
        if venue.is_empty() || self.dossier.venue.is_some() {
            return;
        }
        // "arXiv preprint arXiv:1503.03832 (2015)", "CoRR, abs/1412.6980"
        let lower = venue.to_lowercase();
        let is_arxiv = lower.starts_with("arxiv") || lower == "corr" || lower.starts_with("corr,");
        if is_arxiv {
            venue.split([' ', ',', '/', '(']).for_each(|word| self.arxiv(word));
        }
        let server = ["arXiv", "bioRxiv", "medRxiv", "ChemRxiv"]
            .into_iter()
            .find(|name| lower.starts_with(&name.to_lowercase()) || is_arxiv && *name == "arXiv");
        if server.is_some() && matches!(self.sort, Sort::Paper(_) | Sort::Unknown) {
            self.sort = Sort::PREPRINT;
        }
        self.dossier.venue = Some(server.map_or(venue, str::to_owned));
    }

    pub(super) fn date(&mut self, date: Option<PartialDate>) {
        let precision = |date: &PartialDate| date.month_and_day();
        if let Some(date) =
            date.filter(|date| self.dossier.date.as_ref().is_none_or(|known| precision(known) < precision(date)))
        {
            self.dossier.date = Some(date);
        }
    }

    pub(super) fn volume(&mut self, volume: &str) {
        // CoRR counts its papers so.
        match volume.strip_prefix("abs/") {
            Some(id) => self.arxiv(id),
            None => self.dossier.volume = filled(volume),
        }
    }

    pub(super) fn issue(&mut self, issue: &str) {
        self.dossier.issue = filled(issue);
    }

    /// First and last page, or the number of the article.
    pub(super) fn pages(&mut self, pages: &str) {
        if self.dossier.pages.is_none() {
            let plain = plain(pages).replace(['–', '—', '‐', '−'], "-");
            let parts: Vec<&str> = plain.split('-').map(str::trim).filter(|part| !part.is_empty()).collect();
            self.dossier.pages = filled(&parts.join("-"));
        }
    }

    pub(super) fn doi(&mut self, text: &str) {
        // Old ones with angle brackets in them cannot be kept, and a part of one is another.
        let text = plain(text);
        let found = || Doi::find_in(&text).filter(|(_, range)| !text[range.end..].starts_with(['<', '>']));
        let doi = text.parse().ok().or_else(|| found().map(|(doi, _)| doi));
        self.add_ids(Identifiers { doi, ..Identifiers::default() });
    }

    pub(super) fn arxiv(&mut self, text: &str) {
        let bare = text.trim();
        let id = bare.parse::<ArxivId>().ok().or_else(|| bare.split_whitespace().next()?.parse().ok());
        self.add_ids(Identifiers { arxiv: id, ..Identifiers::default() });
    }

    pub(super) fn pmid(&mut self, text: &str) {
        self.add_ids(Identifiers { pmid: text.parse().ok(), ..Identifiers::default() });
    }

    pub(super) fn pmcid(&mut self, text: &str) {
        self.add_ids(Identifiers { pmcid: text.parse().ok(), ..Identifiers::default() });
    }

    fn add_ids(&mut self, ids: Identifiers) {
        if !self.dossier.ids.conflicts_with(&ids) {
            self.dossier.ids.fill_from(ids);
        }
    }

    /// One address or several.
    pub(super) fn addresses(&mut self, text: &str) {
        for url in text.split([' ', '\t', '\n', ';']).filter_map(|word| word.parse::<WebUrl>().ok()) {
            if self.dossier.links.iter().any(|(_, known)| known.key() == url.key()) {
                continue;
            }
            self.add_ids(Identifiers::from_url(&url));
            let is_pdf = url.path().to_ascii_lowercase().ends_with(".pdf");
            let role = if is_pdf { LinkRole::Pdf } else { LinkRole::Main };
            self.dossier.links.push((role, url));
        }
    }

    pub(super) fn keywords(&mut self, text: &str) {
        let words = text.split([';', ',']).map(plain).filter(|word| !word.is_empty());
        self.dossier.attributes.extend(words.map(|word| (Attribute::Keyword, word)));
    }

    pub(super) fn attribute(&mut self, attribute: Attribute, text: &str) {
        self.dossier.attributes.extend(filled(&plain(text)).map(|text| (attribute, text)));
    }

    /// Identifiers in a line of notes: `PMID: 123`, `arXiv: 2001.00001`.
    pub(super) fn note(&mut self, text: &str) {
        for (name, value) in text.lines().filter_map(|line| line.split_once(':')) {
            match name.trim().to_lowercase().as_str() {
                "doi" => self.doi(value.trim()),
                "pmid" => self.pmid(value.trim()),
                "pmcid" => self.pmcid(value.trim()),
                "arxiv" => self.arxiv(value.trim()),
                _ => {}
            }
        }
    }

    /// The work, if anything tells which one it is.
    pub(super) fn finish(self) -> Read {
        let Self { sort, mut dossier } = self;
        if dossier.title.is_empty() && dossier.ids.is_empty() && dossier.links.is_empty() {
            return Read::Nothing;
        }
        let (kind, venue_kind) = match sort {
            Sort::Paper(venue_kind) => (Kind::Paper, venue_kind),
            Sort::Of(kind) => (kind, None),
            Sort::Unknown => (kind_of(&dossier), None),
        };
        dossier.kind = kind;
        dossier.venue_kind = venue_kind.filter(|_| dossier.venue.is_some());
        settle_links(&mut dossier);
        if kind.is_software() {
            dossier.name = name_of(&dossier.title);
        }
        Read::Work(Box::new(dossier))
    }
}

/// What a record is whose type says nothing: it has the address of software, or what papers have, or only an address.
fn kind_of(dossier: &Dossier) -> Kind {
    let is_software =
        |url: &WebUrl| RepoSlug::from_url(url).is_some() && RepoSlug::is_root(url) || Package::from_url(url).is_some();
    let ids = &dossier.ids;
    let is_deposit = ids.doi.as_ref().is_some_and(Doi::is_deposit);
    let has_version = dossier.attributes.iter().any(|(attribute, _)| *attribute == Attribute::Version);
    if dossier.links.iter().any(|(_, url)| is_software(url)) || is_deposit && has_version {
        Kind::Tool
    } else if !ids.is_empty() || dossier.venue.is_some() || dossier.links.is_empty() {
        Kind::Paper
    } else {
        Kind::Article
    }
}

/// The code of a paper is not the paper; of anything else the first address is the main one.
fn settle_links(dossier: &mut Dossier) {
    let is_paper = dossier.kind == Kind::Paper;
    let mut has_main = false;
    for (role, url) in &mut dossier.links {
        if is_paper && RepoSlug::from_url(url).is_some() {
            *role = LinkRole::Code;
        } else if *role == LinkRole::Main {
            *role = if has_main { LinkRole::Other } else { LinkRole::Main };
            has_main = true;
        }
    }
    dossier.links.sort_by_key(|(role, _)| *role != LinkRole::Main);
}

/// The short name of software: what stands before a colon, or a title of few words.
fn name_of(title: &str) -> Option<String> {
    let start = title.split_once(": ").map_or(title, |(name, _)| name).trim();
    filled(start).filter(|name| name.split(' ').count() <= 3)
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A person by the two parts of the name.
pub(super) fn person(family: &str, given: &str) -> Option<PersonName> {
    let [family, given] = [family, given].map(|part| plain(part).trim_matches(['"', ' ']).to_owned());
    match (family.is_empty(), given.is_empty()) {
        (true, true) => None,
        (true, false) => person(&given, ""),
        (false, true) => Some(PersonName { spelling: family.clone(), family, ..PersonName::default() }),
        (false, false) => {
            let spelling = format!("{given} {family}");
            Some(PersonName { family, given, spelling, ..PersonName::default() })
        }
    }
}

/// A name in one text: `Family, Given`, `Family, Jr, Given`, `Given van Family`.
pub(super) fn person_in(name: &str) -> Option<PersonName> {
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => None,
        [family, .., given] => person(family, given),
        [whole] => {
            let words: Vec<&str> = whole.split_whitespace().collect();
            // The family name begins with its particle; a name never begins with one.
            let is_particle = |word: &&str| word.starts_with(char::is_lowercase);
            let particle = words.iter().skip(1).position(is_particle).map(|at| at + 1);
            let at = particle.filter(|at| at + 1 < words.len()).unwrap_or(words.len() - 1);
            person(&words[at..].join(" "), &words[..at].join(" "))
        }
    }
}

/// A group: a consortium, a company.
pub(super) fn group(name: &str) -> Option<PersonName> {
    let name = plain(name);
    (!name.is_empty()).then(|| PersonName { family: name, is_group: true, ..PersonName::default() })
}

/// A date in words or numbers: `2013`, `2013-04-05`, `2013/04/05/spring`, `April 2013`, `c2013`.
pub(super) fn date_in(text: &str) -> Option<PartialDate> {
    if let Ok(date) = text.parse::<PartialDate>() {
        return Some(date);
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let year = words.iter().find_map(|word| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|_| digits.len() == 4)
    })?;
    let month = words.iter().find_map(|word| month_in(word));
    let day = words.iter().filter(|word| word.len() <= 2).find_map(|word| word.parse::<u8>().ok());
    PartialDate::new(year, month, day.filter(|_| month.is_some()))
}

/// The number of a month: `4`, `apr`, `April`.
pub(super) fn month_in(text: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start: String = text.trim().chars().take(3).collect::<String>().to_lowercase();
    MONTHS.iter().zip(1..).find(|(name, _)| **name == start).map(|(_, number)| number)
}
