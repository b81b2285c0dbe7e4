//! The same thing twice, and one address for two things.

use std::collections::BTreeMap;

use super::{Page, Remark};
use crate::{
    id::{Package, RepoSlug},
    lint::Rule,
    model::{Entry, Kind, Mention, normalise},
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let mut seen: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in &page.extraction.entries {
        let Some(main) = entry.mentions.first() else { continue };
        let keys = keys(main);
        let twin = keys.iter().find_map(|key| {
            let before = seen.get(key)?;
            // The one of the same section, if there is one.
            let same = before.iter().rev().find(|other| other.topic == entry.topic);
            Some((key, *same.unwrap_or(before.first()?)))
        });
        if let Some((key, other)) = twin {
            remarks.extend(compare(page, entry, other, key));
        }
        for key in keys {
            seen.entry(key).or_default().push(entry);
        }
    }
}

/// What names the thing, the strongest first.
fn keys(mention: &Mention) -> Vec<String> {
    let mut keys = Vec::new();
    let ids = &mention.ids;
    if mention.kind.kind == Kind::Paper {
        keys.extend(ids.doi.iter().map(|doi| format!("doi:{doi}")));
        keys.extend(ids.arxiv.iter().map(|arxiv| format!("arXiv:{arxiv}")));
        keys.extend(ids.pmcid.iter().map(ToString::to_string));
        keys.extend(ids.pmid.iter().map(|pmid| format!("PMID {pmid}")));
    }
    if let Some(url) = mention.url() {
        let repository = RepoSlug::from_url(url).filter(|_| RepoSlug::is_root(url) && url.fragment().is_none());
        let package = Package::from_url(url);
        let key = repository.map(|slug| slug.to_string()).or_else(|| package.map(|package| package.to_string()));
        keys.push(key.unwrap_or_else(|| url.key()));
    }
    let title = normalise(&mention.title.text);
    // Short titles are names, and two things may have the same name.
    if mention.kind.kind == Kind::Paper && is_sentence(&title) {
        keys.push(format!("title {title}"));
    }
    keys
}

fn is_sentence(title: &str) -> bool {
    let n_words = title.split(' ').count();
    n_words >= 4 || title.chars().filter(|c| !c.is_ascii()).count() >= 8
}

fn compare(page: &Page<'_>, entry: &Entry, other: &Entry, key: &str) -> Option<Remark> {
    let (own, before) = (entry.mentions.first()?, other.mentions.first()?);
    let range = page.place_of(entry, own);
    let line = other.origin.lines.first;
    if key.starts_with("title ") && differ(own, before) {
        return None;
    }
    if !is_same_title(own, before) {
        // A page may hold many things; an identifier means one paper.
        let is_paper = |mention: &Mention| {
            mention.kind.kind == Kind::Paper && is_sentence(&normalise(&mention.title.text)) && !mention.ids.is_empty()
        };
        return (is_paper(own) && is_paper(before)).then(|| {
            let message = format!("line {line} has the same address under the title {:?}", before.title.text);
            Remark::new(Rule::SharedAddress, range, message)
        });
    }
    let (rule, place) = if entry.topic == other.topic {
        (Rule::DuplicateEntry, String::new())
    } else {
        (Rule::EntryInTwoSections, section_name(page, other))
    };
    let name = if key.starts_with("title ") { "title".to_owned() } else { key.to_owned() };
    Some(Remark::new(rule, range, format!("this stands on line {line}, too{place} ({name})")))
}

/// Whether both have identifiers that cannot be those of one work: not a preprint and its article.
fn differ(a: &Mention, b: &Mention) -> bool {
    a.ids.conflicts_with(&b.ids) && !a.ids.is_preprint() && !b.ids.is_preprint()
}

/// Whether two titles may be of one thing: one contains the other, or they share more than half of their words. Names
/// that differ are of two things: `MMLU (Medicine)`, `MMLU (Biology)`.
fn is_same_title(a: &Mention, b: &Mention) -> bool {
    let (a, b) = (normalise(&a.title.text), normalise(&b.title.text));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.replace(' ', "").contains(&short.replace(' ', "")) {
        return true;
    }
    if !is_sentence(short) || !is_sentence(long) {
        return false;
    }
    let words: Vec<&str> = long.split(' ').collect();
    let n_shared = short.split(' ').filter(|word| words.contains(word)).count();
    n_shared * 2 > short.split(' ').count()
}

fn section_name(page: &Page<'_>, entry: &Entry) -> String {
    let topic = entry.topic.and_then(|topic| page.extraction.topics.get(topic));
    let label = topic.and_then(|topic| topic.labels.first());
    label.map_or_else(String::new, |label| format!(", under {:?}", label.text))
}
