//! Compares what was read with what is expected, and counts.

use std::collections::{BTreeMap, BTreeSet};

use amml_graph::{
    extract::extract,
    id::WebUrl,
    model::{Entry, Extraction, Kind, LinkRole, Mention, Relation, SourceInfo, SourceKind, normalise},
    read::Source,
};

use crate::reference::{Expected, Reference};

/// The fields in the order of the tables.
pub(crate) const FIELDS: [&str; 12] = [
    "entries",
    "kind",
    "title",
    "name",
    "section",
    "lines",
    "links",
    "identifiers",
    "authors",
    "venue",
    "year",
    "pairs",
];

/// Right, wrong and missed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Count {
    right: usize,
    /// Read, but not there.
    wrong: usize,
    /// There, but not read.
    missed: usize,
}

impl Count {
    pub(crate) fn precision(&self) -> Option<f64> {
        ratio(self.right, self.right + self.wrong)
    }

    pub(crate) fn recall(&self) -> Option<f64> {
        ratio(self.right, self.right + self.missed)
    }

    pub(crate) fn f1(&self) -> Option<f64> {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    (whole > 0).then(|| number(part) / number(whole))
}

/// The counts of every field, and what was wrong in words.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    counts: BTreeMap<&'static str, Count>,
    pub(crate) errors: Vec<String>,
}

impl Scores {
    pub(crate) fn of(&self, field: &str) -> Count {
        self.counts.get(field).copied().unwrap_or_default()
    }

    pub(crate) fn n_entries(&self) -> usize {
        let entries = self.of("entries");
        entries.right + entries.missed
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (field, count) in &other.counts {
            let sum = self.counts.entry(field).or_default();
            *sum = Count {
                right: sum.right + count.right,
                wrong: sum.wrong + count.wrong,
                missed: sum.missed + count.missed,
            };
        }
    }

    fn count(&mut self, field: &'static str) -> &mut Count {
        self.counts.entry(field).or_default()
    }

    /// Compares sets of values.
    fn sets(&mut self, field: &'static str, line: u32, expected: &BTreeSet<String>, found: &BTreeSet<String>) {
        let right = expected.intersection(found).count();
        let count = self.count(field);
        count.right += right;
        count.wrong += found.len() - right;
        count.missed += expected.len() - right;
        if right != expected.len() || right != found.len() {
            let list =
                |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>().join(", ");
            self.errors.push(format!(
                "{line} {field}: missed [{}] wrong [{}]",
                list(expected, found),
                list(found, expected)
            ));
        }
    }
}

/// Prints how a list is read, entry by entry.
pub(crate) fn show(path: &str) {
    let text = std::fs::read_to_string(path).expect("the list can be read");
    let info = SourceInfo::new("list", SourceKind::List);
    let extraction = extract(&Source::new(info, &text));
    for entry in &extraction.entries {
        let main = &entry.mentions[0];
        let section = section_found(entry, &extraction).into_iter().collect::<String>();
        println!(
            "{} {} | {} | {} | {section}",
            entry.origin.lines,
            main.kind.kind.word(),
            main.title.text,
            main.name.as_deref().unwrap_or("_")
        );
        println!("    {}", links_found(entry).into_iter().collect::<Vec<_>>().join("  "));
        for mention in &entry.mentions {
            let citation = &mention.citation;
            let authors: Vec<String> = citation.authors.iter().map(amml_graph::model::PersonName::display).collect();
            if !citation.is_empty() || !mention.ids.is_empty() {
                println!(
                    "    {}: {} | {:?} {:?} | {:?} {:?}",
                    mention.kind.kind.word(),
                    authors.join(", "),
                    citation.venue,
                    citation.year,
                    mention.ids.doi.as_ref().map(ToString::to_string),
                    mention.ids.arxiv.as_ref().map(ToString::to_string),
                );
            }
        }
    }
    for notice in extraction.notices.iter().filter(|notice| !notice.code.is_expected()) {
        println!(
            "{} {}: {}",
            notice.lines,
            notice.code.word(),
            notice.text.chars().take(100).collect::<String>().replace('\n', " / ")
        );
    }
}

/// Counts over one list.
pub(crate) fn compare(reference: &Reference, text: &str) -> Scores {
    let info = SourceInfo::new("list", SourceKind::List);
    let extraction = extract(&Source::new(info, text));
    let mut scores = Scores::default();
    let is_inside = |line: u32| reference.ranges.iter().any(|(first, last)| (*first..=*last).contains(&line));
    let mut is_matched = vec![false; extraction.entries.len()];
    for expected in &reference.entries {
        let matched = find(expected, &extraction, &is_matched);
        match matched {
            Some(at) => {
                is_matched[at] = true;
                scores.count("entries").right += 1;
                entry(expected, &extraction.entries[at], &extraction, &mut scores);
            }
            None => {
                scores.count("entries").missed += 1;
                scores.errors.push(format!(
                    "{} MISSED {}",
                    expected.first,
                    expected.title.as_deref().unwrap_or_default()
                ));
            }
        }
    }
    for (entry, is_matched) in extraction.entries.iter().zip(is_matched) {
        if !is_matched && is_inside(entry.origin.lines.first) {
            scores.count("entries").wrong += 1;
            scores.errors.push(format!("{} INVENTED {}", entry.origin.lines, entry.mentions[0].title.text));
        }
    }
    scores
}

/// The entry that begins on the same line, or overlaps and has the same title.
fn find(expected: &Expected, extraction: &Extraction, is_matched: &[bool]) -> Option<usize> {
    let title = normalise(expected.title.as_deref().unwrap_or_default());
    let free = || extraction.entries.iter().enumerate().filter(|(at, _)| !is_matched[*at]);
    let has_title = |entry: &Entry| normalise(&entry.mentions[0].title.text) == title;
    let on_line = |entry: &Entry| entry.origin.lines.first == expected.first;
    let overlaps =
        |entry: &Entry| entry.origin.lines.first <= expected.last && entry.origin.lines.last >= expected.first;
    free()
        .find(|(_, entry)| on_line(entry) && has_title(entry))
        .or_else(|| free().find(|(_, entry)| on_line(entry)))
        .or_else(|| free().find(|(_, entry)| overlaps(entry) && has_title(entry)))
        .map(|(at, _)| at)
}

fn entry(expected: &Expected, entry: &Entry, extraction: &Extraction, scores: &mut Scores) {
    let main = &entry.mentions[0];
    let line = expected.first;
    let one =
        |text: Option<&str>| text.map(normalise).filter(|text| !text.is_empty()).into_iter().collect::<BTreeSet<_>>();
    let kind = if expected.kind == "organisation" { "organization" } else { &expected.kind };
    scores.sets("kind", line, &[kind.to_owned()].into(), &[main.kind.kind.word().to_owned()].into());
    scores.sets("title", line, &one(expected.title.as_deref()), &one(Some(&main.title.text)));
    scores.sets("name", line, &one(expected.name.as_deref()), &one(main.name.as_deref()));
    scores.sets(
        "lines",
        line,
        &[format!("{}-{}", expected.first, expected.last)].into(),
        &[format!("{}-{}", entry.origin.lines.first, entry.origin.lines.last)].into(),
    );
    scores.sets("section", line, &section_expected(expected), &section_found(entry, extraction));
    scores.sets(
        "links",
        line,
        &expected.links.iter().filter_map(|(role, url)| link(role, url)).collect(),
        &links_found(entry),
    );
    identifiers(expected, entry, scores);
    citation(expected, entry, scores);
    pairs(expected, entry, scores);
}

fn section_expected(expected: &Expected) -> BTreeSet<String> {
    let path: Vec<String> =
        expected.section.iter().map(|heading| normalise(heading)).filter(|heading| !heading.is_empty()).collect();
    [path.join(" / ")].into()
}

fn section_found(entry: &Entry, extraction: &Extraction) -> BTreeSet<String> {
    let mut path = Vec::new();
    let mut topic = entry.topic;
    while let Some(at) = topic {
        let labels: Vec<&str> = extraction.topics[at].labels.iter().map(|label| label.text.as_str()).collect();
        path.push(normalise(&labels.join(" ")));
        topic = extraction.topics[at].parent;
    }
    path.reverse();
    [path.join(" / ")].into()
}

fn link(role: &str, url: &str) -> Option<String> {
    Some(format!("{role} {}", url.parse::<WebUrl>().ok()?.key()))
}

/// Every address once, with its role: a second thing's own address has the role that it plays for the first.
fn links_found(entry: &Entry) -> BTreeSet<String> {
    let mut roles: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (at, mention) in entry.mentions.iter().enumerate() {
        for link in &mention.links {
            let role = match (link.role, mention.kind.kind) {
                (LinkRole::Main, _) if at == 0 => "main",
                (LinkRole::Main, Kind::Paper) => "paper",
                (LinkRole::Main, _) => "code",
                (role, _) => role.word(),
            };
            roles.entry(link.url.key()).or_default().insert(role);
        }
    }
    let strongest = |roles: &BTreeSet<&str>| {
        let known = roles.iter().find(|role| **role == "main").or_else(|| roles.iter().find(|role| **role == "pdf"));
        known.or(roles.first()).map_or("", |role| *role).to_owned()
    };
    roles.iter().map(|(key, roles)| format!("{} {key}", strongest(roles))).collect()
}

fn identifiers(expected: &Expected, entry: &Entry, scores: &mut Scores) {
    let found = |pick: fn(&Mention) -> Option<String>| entry.mentions.iter().filter_map(pick).collect::<BTreeSet<_>>();
    let fields: [(&Option<String>, BTreeSet<String>); 4] = [
        (&expected.doi, found(|mention| mention.ids.doi.as_ref().map(ToString::to_string))),
        (&expected.arxiv, found(|mention| mention.ids.arxiv.as_ref().map(ToString::to_string))),
        (&expected.pmid, found(|mention| mention.ids.pmid.as_ref().map(ToString::to_string))),
        (&expected.pmcid, found(|mention| mention.ids.pmcid.as_ref().map(ToString::to_string))),
    ];
    for (expected_id, found) in fields {
        // The reference names the identifier of one paper; those of further papers are not judged.
        let found = match expected_id {
            Some(id) if found.contains(id) => [id.clone()].into(),
            Some(_) => found,
            None => found.into_iter().filter(|_| expected.pairs.len() < 2).collect(),
        };
        scores.sets("identifiers", expected.first, &expected_id.iter().cloned().collect(), &found);
    }
}

fn citation(expected: &Expected, entry: &Entry, scores: &mut Scores) {
    let cited = entry.mentions.iter().map(|mention| &mention.citation).find(|citation| !citation.authors.is_empty());
    let families = |names: Vec<&str>| {
        names.into_iter().enumerate().map(|(at, name)| format!("{at} {}", normalise(name))).collect::<BTreeSet<_>>()
    };
    let mut authors = families(expected.authors.iter().map(|(family, _)| family.as_str()).collect());
    let mut found = families(
        cited.map_or_else(Vec::new, |citation| citation.authors.iter().map(|name| name.family.as_str()).collect()),
    );
    if expected.et_al {
        authors.insert("et al".to_owned());
    }
    if cited.is_some_and(|citation| citation.et_al) {
        found.insert("et al".to_owned());
    }
    scores.sets("authors", expected.first, &authors, &found);
    let first = |pick: fn(&Mention) -> Option<String>| {
        entry.mentions.iter().find_map(pick).map(|text| normalise(&text)).into_iter().collect::<BTreeSet<_>>()
    };
    let venue = first(|mention| mention.citation.venue.clone());
    scores.sets("venue", expected.first, &expected.venue.iter().map(|venue| normalise(venue)).collect(), &venue);
    let year = first(|mention| mention.citation.year.map(|year| year.to_string()));
    scores.sets("year", expected.first, &expected.year.iter().map(ToString::to_string).collect(), &year);
}

fn pairs(expected: &Expected, entry: &Entry, scores: &mut Scores) {
    let key = |url: &str| url.parse::<WebUrl>().map_or_else(|_| url.to_lowercase(), |url| url.key());
    let wanted: Vec<(String, String)> = expected.pairs.iter().map(|(tool, paper)| (key(tool), key(paper))).collect();
    let addresses = |mention: &Mention| {
        let mut all: BTreeSet<String> = mention.links.iter().map(|link| link.url.key()).collect();
        all.extend(mention.ids.doi.as_ref().map(|doi| format!("doi.org/{doi}")));
        all.extend(mention.ids.doi.as_ref().map(ToString::to_string));
        all.extend(mention.ids.arxiv.as_ref().map(|id| format!("arxiv.org/abs/{id}")));
        all
    };
    // The reference names pairs by addresses of code: software without one is not judged.
    let is_judged = |mention: &Mention| {
        mention.links.iter().any(|link| matches!(link.role, LinkRole::Main | LinkRole::Code | LinkRole::Package))
    };
    let relations = entry
        .relations
        .iter()
        .filter(|relation| relation.relation == Relation::Implements && is_judged(&entry.mentions[relation.subject]));
    let found: Vec<(BTreeSet<String>, BTreeSet<String>)> = relations
        .map(|relation| (addresses(&entry.mentions[relation.subject]), addresses(&entry.mentions[relation.object])))
        .collect();
    let says = |wanted: &(String, String), found: &(BTreeSet<String>, BTreeSet<String>)| {
        found.0.contains(&wanted.0) && found.1.contains(&wanted.1)
    };
    let right = wanted.iter().filter(|pair| found.iter().any(|found| says(pair, found))).count();
    let wrong = found.iter().filter(|found| !wanted.iter().any(|pair| says(pair, found))).count();
    let count = scores.count("pairs");
    count.right += right;
    count.missed += wanted.len() - right;
    count.wrong += wrong;
    if right < wanted.len() || wrong > 0 {
        scores.errors.push(format!("{} pairs: {} of {} right, {wrong} wrong", expected.first, right, wanted.len()));
    }
}
