//! What a store says of one work, as far as bibliographies have a place for it.

use std::collections::BTreeMap;

use oxrdf::NamedNodeRef;

use crate::{
    map::vocab,
    model::{PartialDate, VenueKind},
    network::{Column, Node},
    query::graph_trust,
    store::Scan,
};

/// What sort of work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Paper,
    Book,
    Software,
    Dataset,
    Video,
    Page,
}

impl Sort {
    /// Of a node of a kind; none if it is no work.
    pub(super) fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "paper" => Self::Paper,
            "book" => Self::Book,
            "tool" | "model" => Self::Software,
            "dataset" => Self::Dataset,
            "video" => Self::Video,
            "article" => Self::Page,
            _ => return None,
        })
    }
}

/// A work; what is not known of it is empty.
pub(super) struct Work<'s> {
    /// What sort of work it is, if it is one.
    pub(super) sort: Option<Sort>,
    pub(super) title: &'s str,
    pub(super) language: Option<&'s str>,
    pub(super) authors: Vec<Author<'s>>,
    /// Whether there are more authors.
    pub(super) et_al: bool,
    pub(super) venue: Option<Venue<'s>>,
    pub(super) date: Option<PartialDate>,
    pub(super) volume: Option<&'s str>,
    pub(super) issue: Option<&'s str>,
    pub(super) pages: Option<&'s str>,
    pub(super) doi: Option<&'s str>,
    pub(super) arxiv: Option<&'s str>,
    pub(super) pmid: Option<&'s str>,
    pub(super) pmcid: Option<&'s str>,
    pub(super) url: Option<&'s str>,
    /// Of software, if it is not the address.
    pub(super) repository: Option<&'s str>,
    pub(super) summary: Option<&'s str>,
    /// What it is, in a sentence or two, as different sources and entries say it.
    pub(super) descriptions: Vec<&'s str>,
    /// What else it is called.
    pub(super) other_names: Vec<&'s str>,
    pub(super) keywords: Vec<&'s str>,
    /// The role, the address and the text of each link.
    pub(super) links: Vec<(&'s str, &'s str, &'s str)>,
}

/// An author.
pub(super) enum Author<'s> {
    Person { family: &'s str, given: &'s str, orcid: Option<&'s str> },
    Group(&'s str),
}

/// Where a work appeared.
pub(super) struct Venue<'s> {
    pub(super) name: &'s str,
    pub(super) kind: VenueKind,
}

/// Reads works.
pub(super) struct Reader<'s> {
    scan: &'s Scan,
    /// The place of each named graph in the order of trust.
    ranks: BTreeMap<u32, usize>,
    terms: BTreeMap<&'static str, u32>,
}

const TERMS: [NamedNodeRef<'static>; 27] = [
    vocab::TYPE,
    vocab::RDFS_LABEL,
    vocab::NAME,
    vocab::ISSUED,
    vocab::AUTHOR_LIST,
    vocab::AUTHORS_TRUNCATED,
    vocab::FAMILY_NAME,
    vocab::GIVEN_NAME,
    vocab::ORCID,
    vocab::IS_PART_OF,
    vocab::VOLUME,
    vocab::ISSUE,
    vocab::PAGES,
    vocab::DOI,
    vocab::ARXIV_ID,
    vocab::PMID,
    vocab::PMCID,
    vocab::ABSTRACT,
    vocab::DESCRIPTION,
    vocab::ALTERNATE_NAME,
    vocab::HAS_LINK,
    vocab::ROLE,
    vocab::URL,
    vocab::KEYWORDS,
    vocab::PERSON,
    vocab::PERIODICAL,
    vocab::EVENT_SERIES,
];

impl<'s> Reader<'s> {
    pub(super) fn new(scan: &'s Scan) -> Self {
        let terms = TERMS.into_iter().filter_map(|term| Some((term.as_str(), scan.number(term)?)));
        let mut ranks = BTreeMap::new();
        for row in scan.quads() {
            ranks.entry(row[3]).or_insert_with(|| graph_trust(scan.text(row[3])));
        }
        Self { scan, ranks, terms: terms.collect() }
    }

    /// What is said of a node; none if the store does not know it.
    pub(super) fn work(&self, node: &'s Node) -> Option<Work<'s>> {
        let rows = self.scan.said_of(self.scan.number(NamedNodeRef::new_unchecked(&node.iri))?);
        let title = self.best(rows, vocab::RDFS_LABEL).or_else(|| self.best(rows, vocab::NAME));
        let text = |term| self.best(rows, term).map(|number| self.scan.text(number));
        let (authors, et_al) = self.authors(rows);
        let url = node.get(Column::Url);
        Some(Work {
            sort: Sort::of(node.kind),
            title: title.map_or("", |number| self.scan.text(number)),
            language: title.and_then(|number| self.scan.language(number)),
            authors,
            et_al,
            venue: self.best(rows, vocab::IS_PART_OF).and_then(|venue| self.venue(venue)),
            date: text(vocab::ISSUED).and_then(|date| date.parse().ok()),
            volume: text(vocab::VOLUME),
            issue: text(vocab::ISSUE),
            pages: text(vocab::PAGES),
            doi: text(vocab::DOI),
            arxiv: text(vocab::ARXIV_ID),
            pmid: text(vocab::PMID),
            pmcid: text(vocab::PMCID),
            url,
            repository: node.get(Column::Repository).filter(|address| Some(*address) != url),
            summary: text(vocab::ABSTRACT),
            descriptions: self.all(rows, vocab::DESCRIPTION),
            other_names: self.all(rows, vocab::ALTERNATE_NAME),
            keywords: self.all(rows, vocab::KEYWORDS),
            links: self.links(rows),
        })
    }

    fn rows<'r>(
        &'r self,
        rows: &'r [[u32; 4]],
        term: NamedNodeRef<'static>,
    ) -> impl Iterator<Item = &'r [u32; 4]> + use<'r, 's> {
        let wanted = self.terms.get(term.as_str()).copied();
        rows.iter().filter(move |row| Some(row[1]) == wanted)
    }

    fn rank(&self, graph: u32) -> usize {
        self.ranks.get(&graph).copied().unwrap_or(usize::MAX)
    }

    /// The object that the most trusted source gives.
    fn best(&self, rows: &[[u32; 4]], term: NamedNodeRef<'static>) -> Option<u32> {
        let order = |row: &&[u32; 4]| (self.rank(row[3]), self.scan.text(row[2]));
        self.rows(rows, term).min_by_key(order).map(|row| row[2])
    }

    /// All that is said, from the most trusted source to the least.
    fn all(&self, rows: &[[u32; 4]], term: NamedNodeRef<'static>) -> Vec<&'s str> {
        let mut found: Vec<(usize, &str)> =
            self.rows(rows, term).map(|row| (self.rank(row[3]), self.scan.text(row[2]))).collect();
        found.sort_unstable();
        let mut texts: Vec<&str> = Vec::with_capacity(found.len());
        for (_, text) in found {
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// The longest list of authors, and whether whoever gives it says that there are more.
    fn authors(&self, rows: &[[u32; 4]]) -> (Vec<Author<'s>>, bool) {
        let lists = self.rows(rows, vocab::AUTHOR_LIST).map(|row| (self.scan.list(row[2]), row));
        let order = |(persons, row): &(Vec<u32>, &[u32; 4])| {
            (std::cmp::Reverse(persons.len()), self.rank(row[3]), self.scan.text(row[2]))
        };
        let Some((persons, row)) = lists.min_by_key(order) else { return (Vec::new(), false) };
        let mut cut = self.rows(rows, vocab::AUTHORS_TRUNCATED);
        let et_al = cut.any(|cut| cut[3] == row[3]);
        (persons.into_iter().filter_map(|person| self.author(person)).collect(), et_al)
    }

    fn links(&self, rows: &[[u32; 4]]) -> Vec<(&'s str, &'s str, &'s str)> {
        let link = |row: &[u32; 4]| {
            let about = self.scan.said_of(row[2]);
            let text = |term| self.best(about, term).map(|number| self.scan.text(number));
            Some((text(vocab::ROLE)?, text(vocab::URL)?, text(vocab::NAME).unwrap_or_default()))
        };
        let mut links: Vec<_> = self.rows(rows, vocab::HAS_LINK).filter_map(link).collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    fn author(&self, person: u32) -> Option<Author<'s>> {
        let rows = self.scan.said_of(person);
        let text = |term| self.best(rows, term).map(|number| self.scan.text(number));
        let name = text(vocab::NAME);
        let family = text(vocab::FAMILY_NAME);
        let is_person = self.rows(rows, vocab::TYPE).any(|row| self.terms.get(vocab::PERSON.as_str()) == Some(&row[2]));
        match family.or(name).filter(|_| is_person) {
            Some(family) => {
                let given = text(vocab::GIVEN_NAME).unwrap_or_default();
                Some(Author::Person { family, given, orcid: text(vocab::ORCID) })
            }
            None => name.map(Author::Group),
        }
    }

    fn venue(&self, venue: u32) -> Option<Venue<'s>> {
        let rows = self.scan.said_of(venue);
        let is = |class: NamedNodeRef<'static>| {
            self.rows(rows, vocab::TYPE).any(|row| self.terms.get(class.as_str()) == Some(&row[2]))
        };
        let kind = match () {
            () if is(vocab::PERIODICAL) => VenueKind::Periodical,
            () if is(vocab::EVENT_SERIES) => VenueKind::Conference,
            () => VenueKind::PreprintServer,
        };
        Some(Venue { name: self.scan.text(self.best(rows, vocab::NAME)?), kind })
    }
}

/// A text in one line, without control characters.
pub(super) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
