//! The page about one thing.

mod because;
mod fact;
mod json_ld;
mod relation;

use std::collections::BTreeSet;

use askama::Template;

use self::{
    because::OriginView,
    fact::{FactView, ValueView},
    relation::Section,
};
use super::{
    Context, Language, Part, SiteError,
    chart::{Chart, Point},
    graph::GraphArea,
    item::{self, Named, Status, tag},
    links::Sought,
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::explore::{Consensus, Fact, Notice, Page};

/// How many members a section of a page shows; `offset` counts in these steps.
pub const RELATION_PAGE: usize = 12;

#[derive(Template)]
#[template(path = "thing.html")]
struct ThingPage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    thing: Named,
    iri: &'a str,
    is_base_iri: bool,
    names: Vec<Name>,
    banners: Vec<Banner>,
    descriptions: Vec<ValueView>,
    summary: Option<ValueView>,
    facts: Vec<FactView>,
    sections: Vec<Section>,
    chart: Option<Chart>,
    consensus: Option<ConsensusView>,
    origins: Vec<OriginView>,
    notices: Vec<NoticeView>,
    graph: Option<(GraphArea, Option<String>)>,
    downloads: Vec<(String, String)>,
}

struct Name {
    text: String,
    language: Option<String>,
}

/// What became of the thing.
struct Banner {
    text: String,
    is_grave: bool,
    value: ValueView,
}

struct ConsensusView {
    text: String,
    lists: Vec<NamingView>,
}

struct NamingView {
    list: Named,
    topics: Vec<String>,
    counts_with: Option<String>,
}

struct NoticeView {
    label: String,
    place: String,
    href: Option<String>,
    text: String,
}

/// The page about a thing of any kind.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn thing(page: &Page, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let is_abstract = |fact: &&Fact| fact.key == "abstract";
    let summary = page.facts.iter().find(is_abstract).and_then(|fact| fact.values.first());
    // What is an entry or a record is no node of the network of things.
    let is_node = page.thing.kind != "thing";
    let view = ThingPage {
        shell: shell(page, context),
        w,
        thing: Named::of(&page.thing, context),
        iri: &page.thing.iri,
        is_base_iri: context.links.checked(&page.thing.iri).is_some(),
        names: names(page, context.language),
        banners: banners(page, context),
        descriptions: page.descriptions.iter().map(|value| ValueView::of(value, "", context)).collect(),
        summary: summary.map(|value| ValueView::of(value, "", context)),
        facts: page
            .facts
            .iter()
            .filter(|fact| !is_abstract(fact) && !fact.values.is_empty())
            .map(|fact| FactView::of(fact, context))
            .collect(),
        sections: Section::all(page, context),
        chart: chart(page, context),
        consensus: consensus(&page.consensus, context),
        origins: page.origins.iter().map(|origin| OriginView::of(origin, context)).collect(),
        notices: page.notices.iter().map(|notice| NoticeView::of(notice, context)).collect(),
        graph: GraphArea::of(&page.thing.iri, context)
            .filter(|_| is_node)
            .map(|area| (area, context.links.graph_view(&page.thing.iri))),
        downloads: downloads(&page.thing.iri, is_node, context),
    };
    written("thing", &view)
}

fn shell<'a>(page: &Page, context: &'a Context) -> Shell<'a> {
    let (name, _) = item::name(&page.thing, context.language);
    let description = page.descriptions.first().map_or(name, |value| value.text.as_str());
    let mut shell = Shell::new(context, name, Door::Elsewhere).described(description);
    // An address of a file is relative and no canonical one.
    shell.canonical = context.links.thing(&page.thing.iri).filter(|_| context.links.is_server());
    let types = [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("rdfxml", "application/rdf+xml"),
    ];
    shell.alternates = types
        .into_iter()
        .filter_map(|(format, media)| Some((context.links.data(&page.thing.iri, format)?, media)))
        .collect();
    shell.json_ld = Some(json_ld::of(page, context));
    shell
}

/// The further names, the other language's first.
fn names(page: &Page, language: Language) -> Vec<Name> {
    let (shown, _) = item::name(&page.thing, language);
    let mut seen = BTreeSet::from([shown.to_owned()]);
    let chinese = page.thing.name_zh.iter().map(|name| (name.as_str(), Some("zh")));
    let all = std::iter::once((page.thing.name.as_str(), None))
        .chain(chinese)
        .chain(page.names.iter().map(|name| (name.text.as_str(), name.language.as_deref())));
    all.filter(|(text, _)| !text.trim().is_empty() && seen.insert((*text).to_owned()))
        .map(|(text, language)| Name { text: text.to_owned(), language: tag(language) })
        .collect()
}

fn banners(page: &Page, context: &Context) -> Vec<Banner> {
    let banner = |word: &str, value: ValueView| Banner {
        text: context.words().status_banner(page.thing.kind, word),
        is_grave: Status::of(word, context).is_grave,
        value,
    };
    if page.statuses.is_empty() {
        return page.thing.status.iter().map(|word| banner(word, ValueView::default())).collect();
    }
    page.statuses.iter().map(|value| banner(&value.text, ValueView::of(value, "", context))).collect()
}

fn chart(page: &Page, context: &Context) -> Option<Chart> {
    let w = context.words();
    let first = page.years.iter().map(|(year, _)| *year).min()?;
    let last = page.years.iter().map(|(year, _)| *year).max()?;
    let n_works = page.years.iter().map(|(_, n)| n).fold(0usize, |sum, n| sum.saturating_add(*n));
    let is_topic = page.thing.kind == "topic";
    let point = |(year, n): &(i32, usize)| {
        let sought = Sought { topic: Some(&page.thing.iri), year: Some(*year), ..Sought::default() };
        let href = if is_topic { context.links.found(&sought) } else { None };
        Point { href, ..Point::counted(*year, *n) }
    };
    let points = page.years.iter().map(point).collect();
    Chart::of(points, (w.year.to_owned(), w.works.to_owned()), w.years_summary(first, last, n_works))
}

fn consensus(consensus: &Consensus, context: &Context) -> Option<ConsensusView> {
    if consensus.lists.is_empty() {
        return None;
    }
    let w = context.words();
    let naming = |naming: &crate::explore::Naming| NamingView {
        list: Named::of(&naming.list, context),
        topics: naming.topics.clone(),
        counts_with: naming.counts_with.as_deref().map(|key| w.counts_with(key)),
    };
    Some(ConsensusView {
        text: w.named_by(consensus.lists.len(), consensus.n_independent),
        lists: consensus.lists.iter().map(naming).collect(),
    })
}

impl NoticeView {
    fn of(notice: &Notice, context: &Context) -> Self {
        let w = context.words();
        Self {
            label: w.notice(&notice.code).into_owned(),
            place: w.lines(notice.line, notice.line),
            href: notice.address.as_deref().and_then(|address| context.links.checked(address)),
            text: notice.text.clone(),
        }
    }
}

/// The thing in other formats: what a static site has written, or all.
fn downloads(iri: &str, is_node: bool, context: &Context) -> Vec<(String, String)> {
    let (w, links) = (context.words(), &context.links);
    let part = Part { topic: None, around: Some(iri) };
    let data = ["ttl", "nt", "jsonld"].into_iter().map(|format| (format, links.data(iri, format)));
    let files = ["csv", "bibtex", "ris", "csl-json", "graphml", "dot", "svg"]
        .into_iter()
        .map(|format| (format, links.download(format, part)));
    data.chain(files.filter(|_| is_node))
        .filter_map(|(format, href)| Some((w.format(format).into_owned(), href?)))
        .collect()
}
