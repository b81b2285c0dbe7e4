use askama::Template;

use super::{
    Context, SiteError,
    item::{Named, SourceLink},
    shell::{Door, Shell},
    words::{Words, grouped},
    written,
};
use crate::explore::Overview;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    kinds: Vec<KindCount>,
    totals: [String; 2],
    lists: Vec<(Named, String)>,
    sources: Vec<SourceLink>,
    doors: Vec<Entrance>,
}

/// How many things of a kind there are.
pub(super) struct KindCount {
    pub(super) href: String,
    pub(super) kind: String,
    pub(super) label: String,
    pub(super) count: String,
}

struct Entrance {
    href: String,
    label: &'static str,
    text: &'static str,
}

/// The first page.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn home(overview: &Overview, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let mut shell = Shell::new(context, context.title.clone(), Door::Elsewhere);
    shell.has_search = false;
    shell.canonical = context.links.is_server().then(|| context.links.home());
    let is_other = |source: &&crate::explore::Source| !source.graph.contains("graph/list/");
    let page = Home {
        shell,
        w,
        kinds: kind_counts(&overview.kinds, context),
        totals: [w.n_links(overview.n_links), w.n_quads(overview.n_quads)],
        lists: overview.lists.iter().map(|(list, n)| (Named::of(list, context), w.n_entries(*n))).collect(),
        sources: overview.sources.iter().filter(is_other).map(|source| SourceLink::of(source, context)).collect(),
        doors: doors(context),
    };
    written("home", &page)
}

pub(super) fn kind_counts(kinds: &[(&'static str, usize)], context: &Context) -> Vec<KindCount> {
    let counted = kinds.iter().filter(|(_, n)| *n > 0);
    counted
        .map(|(kind, n)| KindCount {
            href: context.links.kind(kind),
            kind: (*kind).to_owned(),
            label: if *n == 1 { context.words().kind(kind) } else { context.words().kinds(kind) }.into_owned(),
            count: grouped(*n),
        })
        .collect()
}

fn doors(context: &Context) -> Vec<Entrance> {
    let (w, links) = (context.words(), &context.links);
    let (questions, about) = if links.is_server() {
        (w.questions_door, w.about_door)
    } else {
        (w.questions_door_static, w.about_door_static)
    };
    let doors = [
        (Some(links.questions()), w.questions, questions),
        (Some(links.pictures()), w.pictures, w.pictures_door),
        (links.sparql(None), w.sparql, w.sparql_door),
        (Some(links.about()), w.about, about),
    ];
    doors.into_iter().filter_map(|(href, label, text)| Some(Entrance { href: href?, label, text })).collect()
}
