//! Makes an entry of what was read: which things it speaks of, and what it says of two of them.

use std::collections::HashSet;

use super::{citation, entry::RawEntry, field::RawLink, language, title_text};
use crate::{
    id::{Identifiers, RepoSlug},
    model::{
        Citation, Confidence, Entry, Evidence, Kind, KindGuess, Label, LinkRole, Mention, MentionRelation, Origin,
        Relation, Rule, VenueKind, WrittenLink, normalise,
    },
};

/// The entry with its mentions, the main thing first.
pub(super) fn compose(raw: RawEntry, kind: KindGuess, source: &std::sync::Arc<str>) -> Entry {
    let origin = Origin { source: source.clone(), lines: raw.lines };
    let mut composer = Composer {
        mentions: Vec::new(),
        relations: Vec::new(),
        rules: raw.rules.clone(),
        repositories: HashSet::new(),
        cited: None,
        year: raw.year.is_none().then_some(raw.citation.year).flatten(),
    };
    composer.main(&raw, kind);
    composer.cited_paper(&raw);
    composer.preprint();
    for link in &raw.links {
        composer.link(link);
    }
    composer.software_of_dataset(&raw.links);
    let Composer { mentions, relations, mut rules, .. } = composer;
    rules.sort_unstable();
    rules.dedup();
    Entry { origin, position: 0, topic: raw.topic, text: raw.text, mentions, relations, rules, said: None }
}

struct Composer {
    mentions: Vec<Mention>,
    relations: Vec<MentionRelation>,
    rules: Vec<Rule>,
    /// The repositories that have a mention.
    repositories: HashSet<String>,
    /// The paper that the citation gave and no link is known of yet.
    cited: Option<usize>,
    /// The year of the entry, for the first paper that has none.
    year: Option<u16>,
}

impl Composer {
    fn main(&mut self, raw: &RawEntry, kind: KindGuess) {
        let repository = raw.url.as_ref().and_then(RepoSlug::from_url);
        let is_uncited = raw.citation.authors.is_empty();
        let is_named = super::kind::is_name(raw.title())
            && (kind.kind == Kind::Dataset
                || kind.kind.is_software() && (is_uncited || super::kind::is_coined(raw.title())));
        let name = short_name(raw.title(), kind.kind, repository.as_ref())
            .or_else(|| is_named.then(|| raw.title().to_owned()));
        if name.is_some() {
            self.rules.push(Rule::NameInTitle);
        }
        let mut ids = raw.url.as_ref().map(Identifiers::from_url).unwrap_or_default();
        if !ids.is_empty() {
            self.rules.push(Rule::IdentifierInAddress);
        }
        let is_paper = kind.kind == Kind::Paper;
        let has_paper = raw.links.iter().any(|link| matches!(link.role, LinkRole::Paper | LinkRole::Pdf));
        let own_year = raw.year.or(raw.citation.year.filter(|_| raw.citation.authors.is_empty() && !has_paper));
        if is_paper {
            // What the text states comes before what the address shows.
            let mut stated = raw.citation.ids.clone();
            stated.fill_from(ids);
            ids = stated;
        }
        let name = raw.name.clone().or(name);
        let title = language::label(raw.title());
        let links = raw
            .url
            .iter()
            .map(|url| WrittenLink { role: LinkRole::Main, url: url.clone(), text: title.clone() })
            .collect();
        let description = Some(&raw.description).filter(|text| !text.is_empty()).map(|text| language::label(text));
        let citation = if is_paper {
            Citation { rest: String::new(), ..raw.citation.clone() }
        } else {
            Citation { year: own_year, ..Citation::default() }
        };
        let venue_kind = venue_kind(&citation);
        self.mentions.push(Mention { kind, title, name, description, links, ids, citation, venue_kind, details: None });
    }

    /// A repository, a dataset or a page with the citation of a paper behind it: two things.
    fn cited_paper(&mut self, raw: &RawEntry) {
        let main = &self.mentions[0];
        let citation = &raw.citation;
        let is_citation = !citation.authors.is_empty() && (citation.venue.is_some() || citation.year.is_some())
            || !citation.ids.is_empty();
        if main.kind.kind == Kind::Paper || !is_citation {
            return;
        }
        // The title of the entry is the paper's, too, where it is a sentence and no name.
        let own_title = citation
            .title
            .clone()
            .or_else(|| (main.name.is_none() && raw.title().split(' ').count() >= 3).then(|| raw.title().to_owned()));
        if own_title.is_none() && citation.ids.is_empty() {
            return;
        }
        let title = language::label(&own_title.unwrap_or_default());
        let kind =
            KindGuess { kind: Kind::Paper, evidence: Evidence::KindByCitation, confidence: Confidence::percent(95) };
        let paper = Mention {
            kind,
            title,
            name: None,
            description: None,
            links: Vec::new(),
            ids: citation.ids.clone(),
            citation: Citation { rest: String::new(), ..citation.clone() },
            venue_kind: venue_kind(citation),
            details: None,
        };
        self.cited = Some(self.mentions.len());
        self.add(paper, Evidence::CitationOfRepository, 95);
    }

    /// A preprint's DOI with a journal's citation: the article, and the preprint that became it.
    fn preprint(&mut self) {
        let article = &mut self.mentions[0];
        let is_published = article.venue_kind.is_some_and(|kind| kind != VenueKind::PreprintServer)
            && (article.citation.year.is_some() || article.citation.volume.is_some());
        let is_preprint = article.ids.doi.as_ref().is_some_and(crate::id::Doi::is_preprint);
        if article.kind.kind != Kind::Paper || !is_published || !is_preprint {
            return;
        }
        let ids = Identifiers { doi: article.ids.doi.take(), ..Identifiers::default() };
        let links = article.links.clone();
        let preprint = Mention {
            kind: article.kind,
            title: article.title.clone(),
            name: article.name.clone(),
            description: None,
            links,
            ids,
            citation: Citation {
                authors: article.citation.authors.clone(),
                et_al: article.citation.et_al,
                ..Citation::default()
            },
            venue_kind: None,
            details: None,
        };
        self.relations.push(MentionRelation {
            subject: self.mentions.len(),
            relation: Relation::PreprintOf,
            object: 0,
            evidence: Evidence::PreprintLinkWithJournalCitation,
            confidence: Confidence::percent(95),
            grade: None,
        });
        self.mentions.push(preprint);
    }

    /// A further link belongs to the main thing, or to the second, or makes one.
    fn link(&mut self, link: &RawLink) {
        match (self.mentions[0].kind.kind, link.role) {
            (Kind::Paper, LinkRole::Code | LinkRole::Package) => {
                self.mentions[0].links.push(written(link));
                if !link.is_aside {
                    self.software(link, 0);
                }
            }
            (kind, LinkRole::Paper | LinkRole::Pdf) if kind != Kind::Paper => self.paper(link),
            (Kind::Paper, LinkRole::Paper | LinkRole::Pdf) => {
                let ids = Identifiers::from_url(&link.url);
                let paper = &mut self.mentions[0];
                let is_first = paper.links.iter().all(|link| !matches!(link.role, LinkRole::Paper | LinkRole::Pdf));
                if is_first && !paper.ids.conflicts_with(&ids) {
                    paper.ids.fill_from(ids);
                }
                self.mentions[0].links.push(written(link));
            }
            _ => self.mentions[0].links.push(written(link)),
        }
    }

    /// The software of a paper: a repository, a part of one, a package.
    fn software(&mut self, link: &RawLink, paper: usize) {
        if !self.repositories.insert(link.url.key().to_ascii_lowercase()) {
            return;
        }
        let slug = RepoSlug::from_url(&link.url).filter(|_| RepoSlug::is_root(&link.url));
        let last = link.url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let named = slug.as_ref().map_or(last, RepoSlug::name);
        let named = if named.is_empty() { link.url.host() } else { named };
        let is_label = link.text.is_empty() || super::label::role_of_label(&link.text).is_some();
        let title = if is_label { named.to_owned() } else { link.text.clone() };
        let tool = Mention {
            kind: KindGuess {
                kind: Kind::Tool,
                evidence: Evidence::KindByAddress,
                confidence: Confidence::percent(if slug.is_some() { 100 } else { 80 }),
            },
            name: Some(title.clone()).filter(|title| !title.contains(' ')),
            title: language::label(&title),
            description: None,
            links: vec![WrittenLink { role: LinkRole::Main, ..written(link) }],
            ids: Identifiers::default(),
            citation: Citation::default(),
            venue_kind: None,
            details: None,
        };
        self.relations.push(MentionRelation {
            subject: self.mentions.len(),
            relation: Relation::Implements,
            object: paper,
            evidence: Evidence::SameEntryLink,
            confidence: Confidence::percent(if paper == 0 { 95 } else { 80 }),
            grade: None,
        });
        self.mentions.push(tool);
    }

    /// A dataset with a repository and a paper: the repository is the paper's software.
    fn software_of_dataset(&mut self, links: &[RawLink]) {
        let paper = self.mentions.iter().skip(1).position(|mention| mention.kind.kind == Kind::Paper).map(|at| at + 1);
        let Some(paper) = paper.filter(|_| self.mentions[0].kind.kind == Kind::Dataset) else { return };
        for link in links
            .iter()
            .filter(|link| link.role == LinkRole::Code && !link.is_aside && RepoSlug::from_url(&link.url).is_some())
        {
            self.software(link, paper);
        }
    }

    /// The paper of a tool: the one that the citation gave, or a new one known by its address alone.
    fn paper(&mut self, link: &RawLink) {
        let ids = Identifiers::from_url(&link.url);
        // The first link is of the paper that was cited; any further one is of another paper.
        let cited = self.cited.take().map(|at| &mut self.mentions[at]).filter(|paper| !paper.ids.conflicts_with(&ids));
        if let Some(paper) = cited {
            paper.ids.fill_from(ids);
            paper.links.push(WrittenLink { role: LinkRole::Main, ..written(link) });
            return;
        }
        if ids.is_empty() && link.role == LinkRole::Pdf || link.is_aside {
            self.mentions[0].links.push(written(link));
            return;
        }
        // What a link is called is seldom the title of the paper behind it, unless it is a whole citation or a label leads to it.
        let n_words = link.text.split_whitespace().count();
        let is_title = n_words >= if link.is_led { 4 } else { 5 } && link.text.starts_with(char::is_uppercase);
        let own = || is_title.then(|| (link.text.clone(), Citation::default()));
        let (title, citation) = title_text::citation_in(&link.text).or_else(own).unwrap_or_default();
        let paper = Mention {
            kind: KindGuess {
                kind: Kind::Paper,
                evidence: Evidence::KindByAddress,
                confidence: Confidence::percent(100),
            },
            title: language::label(&title),
            name: None,
            description: None,
            links: vec![WrittenLink { role: LinkRole::Main, ..written(link) }],
            ids,
            venue_kind: venue_kind(&citation),
            details: None,
            citation: Citation {
                rest: String::new(),
                year: citation.year.or_else(|| year_of_label(&link.text)).or(self.year.take()),
                ..citation
            },
        };
        self.add(paper, Evidence::SameEntryLink, 90);
    }

    /// A second thing, a paper; a tool implements it.
    fn add(&mut self, paper: Mention, evidence: Evidence, percent: u8) {
        if self.mentions[0].kind.kind.is_software() {
            self.relations.push(MentionRelation {
                subject: 0,
                relation: Relation::Implements,
                object: self.mentions.len(),
                evidence,
                confidence: Confidence::percent(percent),
                grade: None,
            });
        }
        self.mentions.push(paper);
    }
}

/// The year in the label of a link: `paper-2010`.
fn year_of_label(label: &str) -> Option<u16> {
    let numbers = label.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let year = numbers.filter_map(|digits| digits.parse().ok()).find(|year| (1950..2050).contains(year));
    year.filter(|_| super::label::role_of_label(label).is_some())
}

fn venue_kind(citation: &Citation) -> Option<VenueKind> {
    citation.venue.as_deref().map(citation::venue_kind)
}

fn written(link: &RawLink) -> WrittenLink {
    WrittenLink {
        role: link.role,
        url: link.url.clone(),
        text: Label { text: link.text.clone(), language: language::of(&link.text) },
    }
}

/// The short name in a title: `scVI: deep generative modeling …`, `scDeepCluster for single-cell data`, `scScope`.
fn short_name(title: &str, kind: Kind, repository: Option<&RepoSlug>) -> Option<String> {
    let is_repository = |text: &str| {
        repository.is_some_and(|slug| normalise(slug.name()).replace(' ', "") == normalise(text).replace(' ', ""))
    };
    let before_mark =
        [": ", "：", " - ", " – ", ":"].iter().find_map(|mark| title.split_once(mark)).map(|(head, _)| head.trim());
    if let Some(head) = before_mark.filter(|head| !head.is_empty()) {
        let is_word = !head.contains(' ') && head.chars().count() <= 30;
        let is_name = is_repository(head)
            || is_word
                && (has_odd_case(head)
                    || is_coined(head)
                    || kind != Kind::Paper && head.chars().any(char::is_alphabetic) && !is_address(title));
        return is_name.then(|| head.to_owned());
    }
    let is_product = matches!(kind, Kind::Tool | Kind::Model | Kind::Dataset);
    // `owner/name`, as code hosts write it.
    if let Some((owner, name)) = title.split_once('/').filter(|_| is_product && !title.contains(' '))
        && repository.is_some_and(|slug| slug.name().eq_ignore_ascii_case(name) && !owner.is_empty())
    {
        return Some(name.to_owned());
    }
    let first = title.split(' ').next().unwrap_or_default();
    if first.len() == title.len() || (is_repository(first) && first.chars().count() > 2) {
        return Some(first.to_owned())
            .filter(|first| (is_product || kind != Kind::Paper && is_repository(first)) && !first.is_empty());
    }
    None
}

/// A capitalised word that is no name of a field or a form of text: `Meerkat`, but not `Genomics` or `Review`.
fn is_coined(word: &str) -> bool {
    const FORMS: [&str; 16] = [
        "review",
        "survey",
        "perspective",
        "tutorial",
        "editorial",
        "comment",
        "erratum",
        "correction",
        "protocol",
        "news",
        "opinion",
        "overview",
        "study",
        "benchmark",
        "towards",
        "beyond",
    ];
    const ENDINGS: [&str; 13] =
        ["ing", "ics", "tion", "sion", "ment", "logy", "ity", "sis", "ness", "ance", "ence", "ism", "ed"];
    let lower = word.to_lowercase();
    let is_capitalised = word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_capitalised
        && word.len() >= 4
        && !FORMS.contains(&lower.as_str())
        && !ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

fn is_address(title: &str) -> bool {
    title.contains("://")
}

/// A capital behind the first letter, or a digit: the way names of software are written, and no ordinary word is.
fn has_odd_case(word: &str) -> bool {
    let has_letter = word.chars().any(char::is_alphabetic);
    has_letter && word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()) && !word.contains('(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_sentences() {
        let name = |title: &str, kind: Kind, url: &str| {
            short_name(title, kind, url.parse().ok().as_ref().and_then(RepoSlug::from_url).as_ref())
        };
        let github = |name: &str| format!("https://github.com/a/{name}");
        assert_eq!(name("scVI: deep generative modeling", Kind::Tool, &github("scVI")).as_deref(), Some("scVI"));
        assert_eq!(name("shap: A game theoretic approach", Kind::Tool, &github("shap")).as_deref(), Some("shap"));
        assert_eq!(
            name("scDeepCluster for Single Cell data", Kind::Tool, &github("scDeepCluster")).as_deref(),
            Some("scDeepCluster")
        );
        assert_eq!(name("Graph attention networks", Kind::Tool, &github("GAT")), None);
        assert_eq!(name("Deep learning: new techniques for genomics", Kind::Paper, ""), None);
        assert_eq!(name("DeepImpute: an accurate method", Kind::Paper, "").as_deref(), Some("DeepImpute"));
        assert_eq!(name("HuRI: The Human Reference", Kind::Dataset, "").as_deref(), Some("HuRI"));
    }
}
