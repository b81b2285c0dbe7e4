use askama::Template;

use super::{
    Context, SiteError,
    home::{KindCount, kind_counts},
    item::Named,
    links::Sought,
    shell::{Door, Shell},
    words::{Words, grouped},
    written,
};
use crate::explore::{Findings, Hit, Overview};

/// How many hits a page of results shows; `from` counts in these steps.
pub const SEARCH_PAGE: usize = 20;

#[derive(Template)]
#[template(path = "search.html")]
struct Search<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    query: &'a str,
    /// What the form keeps of the filters: name and value.
    kept: Vec<(&'static str, String)>,
    chosen: Vec<Chosen>,
    /// How many there are, in words; `range` where there are more than the page shows.
    total: String,
    range: Option<String>,
    hits: Vec<HitView>,
    facets: Vec<Facet>,
    earlier: Option<String>,
    later: Option<String>,
    /// The same search without filters, where it has any and finds nothing.
    without_filters: Option<String>,
}

struct HitView {
    item: Named,
    text: String,
    topics: Vec<Named>,
    n_lists: Option<String>,
}

/// A filter that is on, and where it is off.
struct Chosen {
    facet: &'static str,
    label: String,
    href: String,
}

struct Facet {
    id: &'static str,
    label: &'static str,
    values: Vec<FacetValue>,
}

struct FacetValue {
    href: String,
    label: String,
    language: Option<&'static str>,
    count: String,
}

/// What was found.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn search(findings: &Findings, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let heading = if findings.query.is_empty() { w.search.to_owned() } else { w.results_for(&findings.query) };
    let mut shell = Shell::of_door(context, heading, Door::Search);
    shell.has_search = false;
    shell.is_kept = false;
    let filters = Filters { findings, context };
    let n = findings.hits.len();
    let range =
        (findings.total > n && n > 0).then(|| w.range(findings.offset + 1, findings.offset + n, findings.total));
    let has_filter = findings.kind.is_some() || findings.topic.is_some() || findings.year.is_some();
    let page = Search {
        shell,
        w,
        query: &findings.query,
        kept: filters.kept(),
        chosen: filters.chosen(),
        total: w.n_results(findings.total),
        range,
        hits: findings.hits.iter().map(|hit| HitView::of(hit, context)).collect(),
        facets: filters.facets(),
        earlier: (findings.offset > 0).then(|| filters.at(findings.offset.saturating_sub(SEARCH_PAGE))),
        later: (n > 0 && findings.offset + n < findings.total).then(|| filters.at(findings.offset + n)),
        without_filters: (has_filter && n == 0)
            .then(|| filters.address(&Sought { query: &findings.query, ..Sought::default() })),
    };
    written("search", &page)
}

impl HitView {
    fn of(hit: &Hit, context: &Context) -> Self {
        Self {
            item: Named::of(&hit.item, context),
            text: hit.text.clone(),
            topics: hit.topics.iter().map(|topic| Named::of(topic, context)).collect(),
            n_lists: (hit.n_lists > 1).then(|| context.words().n_lists(hit.n_lists)),
        }
    }
}

/// Makes the addresses that turn filters on and off.
struct Filters<'a> {
    findings: &'a Findings,
    context: &'a Context,
}

impl Filters<'_> {
    fn now(&self) -> Sought<'_> {
        Sought {
            query: &self.findings.query,
            kind: self.findings.kind.as_deref(),
            topic: self.findings.topic.as_ref().map(|topic| topic.iri.as_str()),
            year: self.findings.year,
            from: 0,
        }
    }

    fn address(&self, sought: &Sought<'_>) -> String {
        self.context.links.found(sought).unwrap_or_default()
    }

    fn at(&self, from: usize) -> String {
        self.address(&Sought { from, ..self.now() })
    }

    fn kept(&self) -> Vec<(&'static str, String)> {
        let now = self.now();
        let kind = now.kind.map(|kind| ("kind", kind.to_owned()));
        let topic = now.topic.map(|topic| ("topic", topic.to_owned()));
        let year = now.year.map(|year| ("year", year.to_string()));
        [kind, topic, year].into_iter().flatten().collect()
    }

    fn chosen(&self) -> Vec<Chosen> {
        let (w, now) = (self.context.words(), self.now());
        let mut chosen = Vec::new();
        if let Some(kind) = now.kind {
            let href = self.address(&Sought { kind: None, ..now });
            chosen.push(Chosen { facet: w.by_kind, label: w.kinds(kind).into_owned(), href });
        }
        if let Some(topic) = &self.findings.topic {
            let href = self.address(&Sought { topic: None, ..now });
            chosen.push(Chosen { facet: w.by_topic, label: Named::of(topic, self.context).name, href });
        }
        if let Some(year) = now.year {
            let href = self.address(&Sought { year: None, ..now });
            chosen.push(Chosen { facet: w.by_year, label: year.to_string(), href });
        }
        chosen
    }

    /// The values of the facets of which none is chosen.
    fn facets(&self) -> Vec<Facet> {
        let (w, now, findings) = (self.context.words(), self.now(), self.findings);
        let value = |sought: &Sought<'_>, label: String, language, n: usize| FacetValue {
            href: self.address(sought),
            label,
            language,
            count: grouped(n),
        };
        let kinds = findings
            .kinds
            .iter()
            .filter(|_| now.kind.is_none())
            .map(|(kind, n)| value(&Sought { kind: Some(kind), ..now }, w.kinds(kind).into_owned(), None, *n));
        let topics = findings.topics.iter().filter(|_| now.topic.is_none()).map(|(topic, n)| {
            let named = Named::of(topic, self.context);
            value(&Sought { topic: Some(&topic.iri), ..now }, named.name, named.language, *n)
        });
        let years = findings
            .years
            .iter()
            .filter(|_| now.year.is_none())
            .map(|(year, n)| value(&Sought { year: Some(*year), ..now }, year.to_string(), None, *n));
        let facets = [
            Facet { id: "facet-kind", label: w.by_kind, values: kinds.collect() },
            Facet { id: "facet-topic", label: w.by_topic, values: topics.collect() },
            Facet { id: "facet-year", label: w.by_year, values: years.collect() },
        ];
        facets.into_iter().filter(|facet| !facet.values.is_empty()).collect()
    }
}

#[derive(Template)]
#[template(path = "static_search.html")]
struct StaticSearch<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    kinds: Vec<KindCount>,
}

/// The page of a static site that searches in the browser; without scripts it leads to the lists by kind.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn static_search(overview: &Overview, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let mut shell = Shell::of_door(context, w.search, Door::Search);
    shell.has_search = false;
    written("search", &StaticSearch { shell, w, kinds: kind_counts(&overview.kinds, context) })
}
