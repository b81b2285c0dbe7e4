use askama::Template;

use super::{
    Context, Part, SiteError,
    home::{KindCount, kind_counts},
    item::SourceLink,
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::explore::Overview;

/// What a query may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Seconds until it is stopped.
    pub seconds: u64,
    /// Rows that a page shows.
    pub n_rows: usize,
}

/// What the page on data tells.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What there is.
    pub overview: &'a Overview,
    /// An IRI of the graph, to show how they lead to data.
    pub example: Option<&'a str>,
    /// The limits of the endpoint.
    pub limits: Limits,
}

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    is_server: bool,
    kinds: Vec<KindCount>,
    downloads: Vec<Group>,
    example: Option<&'a str>,
    limits: String,
    host: String,
    ontology: Option<String>,
    sources: Vec<SourceLink>,
}

/// Files of one sort: format and address.
struct Group {
    label: &'static str,
    files: Vec<(String, String)>,
}

/// What is to be had as data, and how.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn about(about: &About<'_>, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let page = AboutPage {
        shell: Shell::of_door(context, w.about, Door::About).described(w.about_text),
        w,
        is_server: context.links.is_server(),
        kinds: kind_counts(&about.overview.kinds, context),
        downloads: downloads(context),
        example: about.example,
        limits: w.limits(about.limits.seconds, about.limits.n_rows),
        host: context.absolute("/").map_or_else(String::new, |root| root.trim_end_matches('/').to_owned()),
        ontology: context.links.ontology(),
        sources: SourceLink::all(&about.overview.sources, context),
    };
    written("about", &page)
}

fn downloads(context: &Context) -> Vec<Group> {
    let w = context.words();
    let groups: [(&str, &[&str]); 5] = [
        (w.rdf, &["ttl", "nt", "nq", "trig", "jsonld", "rdfxml"]),
        (w.networks, &["graphml", "gexf", "cytoscape", "cx2", "dot"]),
        (w.tables, &["csv", "parquet"]),
        (w.bibliographies, &["bibtex", "ris", "csl-json"]),
        (w.other_formats, &["markdown", "svg"]),
    ];
    // Of the server's formats, those that its address for downloads knows.
    let is_known = |format: &&&str| {
        !context.links.is_server() || !matches!(**format, "nq" | "trig" | "rdfxml" | "cx2" | "parquet")
    };
    let file = |format: &&str| Some((w.format(format).into_owned(), context.links.download(format, Part::default())?));
    let group = |(label, formats): (&'static str, &[&str])| Group {
        label,
        files: formats.iter().filter(is_known).filter_map(file).collect(),
    };
    groups.into_iter().map(group).filter(|group| !group.files.is_empty()).collect()
}
