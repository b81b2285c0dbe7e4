//! Links to places in the list itself, and its table of contents.

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, Remark};
use crate::{
    id::{RepoSlug, WebUrl},
    lint::{
        Rule,
        headings::{Heading, anchor, without_selectors},
        links::Link,
    },
    model::normalise,
};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let places = Places::of(page);
    let mut linked = Linked::default();
    for link in page.real_links() {
        if let Some(remark) = places.other_mark(link) {
            remarks.push(remark);
            linked.texts.insert(normalise(&link.text));
        }
        let Some(fragment) = own_fragment(link, places.own_page.as_deref()) else { continue };
        let wanted = without_selectors(&percent_decode(fragment));
        remarks.extend(places.remark(link, fragment, &wanted));
        linked.anchors.insert(wanted.to_lowercase());
        linked.texts.insert(normalise(&link.text));
        linked.first = Some(linked.first.map_or(link.range.start, |first| first.min(link.range.start)));
    }
    check_complete(page, &linked, remarks);
}

/// What the links of a list to itself name.
#[derive(Default)]
struct Linked {
    anchors: BTreeSet<String>,
    texts: BTreeSet<String>,
    /// Where the first of them stands.
    first: Option<usize>,
}

/// The places in the list that a link can name.
struct Places<'p, 'a> {
    page: &'p Page<'a>,
    /// The list's repository, if its links tell.
    own_page: Option<String>,
    /// Anchors by their form in lower case.
    by_lower: BTreeMap<String, &'p str>,
    /// Headings by what they say; `None` where several say the same.
    by_text: BTreeMap<String, Option<&'p Heading>>,
}

impl<'p, 'a> Places<'p, 'a> {
    fn of(page: &'p Page<'a>) -> Self {
        let mut by_text = BTreeMap::new();
        for heading in &page.headings.all {
            by_text.entry(normalise(&heading.text)).and_modify(|only| *only = None).or_insert(Some(heading));
        }
        let anchors = page.headings.anchors.iter();
        let by_lower = anchors.map(|anchor| (anchor.to_lowercase(), anchor.as_str())).collect();
        Self { page, own_page: own_page(page), by_lower, by_text }
    }

    /// What is wrong with a link to a place in the list.
    fn remark(&self, link: &Link, fragment: &str, wanted: &str) -> Option<Remark> {
        // What code hosts put around a list, and footnotes, have places of their own.
        let is_of_host = matches!(wanted, "readme" | "top" | "start-of-content")
            || wanted.starts_with("user-content-")
            || wanted.strip_prefix("fn").is_some_and(|rest| rest.starts_with([':', '-', 'r']));
        if is_of_host || self.page.headings.has_anchor(wanted) {
            return None;
        }
        let written = self.page.text.get(link.address.clone())?;
        let at = written.find('#').map(|at| link.address.start + at + 1);
        let is_written = at.is_some_and(|at| self.page.text[at..link.address.end] == *fragment);
        let range = at.filter(|_| is_written).map_or(link.range.clone(), |at| at..link.address.end);
        let (rule, message, anchor) = if let Some(same) = self.by_lower.get(&wanted.to_lowercase()) {
            (Rule::AnchorCase, format!("the anchor is #{same}"), Some(*same))
        } else if let Some(heading) = self.meant(link) {
            let hint = format!("the heading {:?} has #{}", heading.text, heading.anchor);
            (Rule::UnknownAnchor, format!("no heading has the anchor #{wanted}; {hint}"), Some(&*heading.anchor))
        } else {
            (Rule::UnknownAnchor, format!("no heading has the anchor #{wanted}"), None)
        };
        let remark = Remark::new(rule, range.clone(), message);
        Some(match anchor.filter(|_| is_written) {
            Some(anchor) => remark.replace(self.page.text, range, anchor),
            None => remark,
        })
    }

    /// `$anchor`, `＃anchor`: an anchor with another mark.
    fn other_mark(&self, link: &Link) -> Option<Remark> {
        let anchor = link.target.strip_prefix(['$', '＃'])?;
        let remark = Remark::new(Rule::UnknownAnchor, link.address.clone(), format!("the anchor is #{anchor}"));
        let is_known = self.page.headings.anchors.contains(anchor);
        is_known.then(|| remark.replace(self.page.text, link.address.clone(), &format!("#{anchor}")))
    }

    /// The only heading that says what the link says.
    fn meant(&self, link: &Link) -> Option<&'p Heading> {
        let wanted = normalise(&link.text);
        let only = self.by_text.get(&wanted).copied().flatten().filter(|_| !wanted.is_empty());
        // An anchor of marks alone is none.
        only.filter(|heading| !heading.anchor.trim_matches('-').is_empty())
    }
}

/// The part of an address that names a place in the list itself.
fn own_fragment<'l>(link: &'l Link, own_page: Option<&str>) -> Option<&'l str> {
    let (address, fragment) = link.target.split_once('#')?;
    let is_own = address.is_empty() || own_page.is_some() && page_key(address).as_deref() == own_page;
    (is_own && !fragment.is_empty()).then_some(fragment)
}

/// The repository whose anchors most links name that have one of the list's own: the list's repository.
fn own_page(page: &Page<'_>) -> Option<String> {
    const LEAST: usize = 3;
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for link in page.real_links() {
        let Some((address, fragment)) = link.target.split_once('#') else { continue };
        let Some(key) = page_key(address) else { continue };
        let (n_links, n_known) = counts.entry(key).or_default();
        *n_links += 1;
        let wanted = without_selectors(&percent_decode(fragment)).to_lowercase();
        *n_known += usize::from(page.headings.anchors.contains(&wanted));
    }
    let own = counts.into_iter().filter(|(_, (n_links, n_known))| *n_known >= LEAST && n_known * 2 > *n_links);
    own.max_by_key(|(_, (_, n_known))| *n_known).map(|(key, _)| key)
}

fn page_key(address: &str) -> Option<String> {
    let url: WebUrl = address.parse().ok()?;
    RepoSlug::is_root(&url).then(|| RepoSlug::from_url(&url)).flatten().map(|slug| slug.to_string())
}

/// Reports the headings that are not in the contents, on each level where most are.
fn check_complete(page: &Page<'_>, linked: &Linked, remarks: &mut Vec<Remark>) {
    const LEAST: usize = 4;
    let mut levels: BTreeMap<u8, Vec<(&Heading, bool)>> = BTreeMap::new();
    let headings = &page.headings.all;
    for (before, heading) in headings.iter().zip(headings.iter().skip(1)) {
        let is_below = linked.first.is_some_and(|first| first < heading.range.start);
        if is_below && !heading.text.is_empty() && !is_apart(&heading.text) {
            let is_linked = linked.anchors.contains(&heading.anchor)
                || linked.texts.contains(&normalise(&heading.text))
                // An HTML element before the heading or in it may have the name that the contents link.
                || page.headings.named(before.range.end..heading.range.end).any(|name| linked.anchors.contains(name));
            levels.entry(heading.level).or_default().push((heading, is_linked));
        }
    }
    for of_level in levels.values() {
        let n_linked = of_level.iter().filter(|(_, is_linked)| *is_linked).count();
        if n_linked < LEAST || n_linked * 2 <= of_level.len() {
            continue;
        }
        for (heading, _) in of_level.iter().filter(|(_, is_linked)| !is_linked) {
            let message = format!("{:?} is not in the contents", heading.text);
            remarks.push(Remark::new(Rule::ContentsIncomplete, heading.range.clone(), message));
        }
    }
}

/// Headings that curators leave out of the contents: themselves, and what is about the list.
fn is_apart(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "content",
        "toc",
        "index",
        "licen",
        "contribut",
        "acknowledg",
        "citation",
        "cite",
        "star history",
        "thanks",
        "reference",
        "目录",
        "贡献",
        "许可",
    ];
    let name = anchor(text).replace('-', " ");
    WORDS.iter().any(|word| name.contains(word))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        rest = if code.is_some() { &tail[2..] } else { tail };
        bytes.push(code.unwrap_or(first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
