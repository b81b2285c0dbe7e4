use std::collections::BTreeMap;

use askama::Template;
use serde_json::json;

use super::{
    Context, SiteError,
    item::{self, Named},
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::explore::{Dot, Item, Neighborhood};

/// The place where a script draws what is around a thing.
pub(super) struct GraphArea {
    pub(super) iri: String,
    pub(super) source: &'static str,
    /// The words that the script shows, as JSON.
    pub(super) labels: String,
}

impl GraphArea {
    /// None on a static site, which has nobody to ask for the graph.
    pub(super) fn of(iri: &str, context: &Context) -> Option<Self> {
        let source = context.links.service("/api/graph")?;
        Some(Self { iri: iri.to_owned(), source, labels: labels(context.words()) })
    }
}

/// Kinds and relations, under the keys by which the script asks for them: `kind.paper`, `relation.cites`.
fn labels(w: &Words) -> String {
    let labels: BTreeMap<String, &str> = w.graph_labels().collect();
    json!(labels).to_string()
}

#[derive(Template)]
#[template(path = "graph.html")]
struct GraphPage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    thing: Named,
    area: Option<GraphArea>,
    neighbors: Vec<Neighbor>,
    n_left_out: Option<String>,
}

struct Neighbor {
    item: Named,
    tie: String,
    /// Whether the tie leads to it, and not from it.
    is_outward: bool,
    is_stated: bool,
}

/// The graph around a thing on a page of its own, with a table that says the same.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn graph(thing: &Item, neighborhood: &Neighborhood, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let (name, _) = item::name(thing, context.language);
    let page = GraphPage {
        shell: Shell { is_kept: false, ..Shell::new(context, w.surroundings_of(name), Door::Elsewhere) },
        w,
        thing: Named::of(thing, context),
        area: GraphArea::of(&thing.iri, context),
        neighbors: neighbors(&thing.iri, neighborhood, context),
        n_left_out: (neighborhood.n_left_out > 0).then(|| w.n_left_out(neighborhood.n_left_out)),
    };
    written("graph", &page)
}

/// What is tied to the thing itself.
fn neighbors(iri: &str, neighborhood: &Neighborhood, context: &Context) -> Vec<Neighbor> {
    let mut found = Vec::new();
    for edge in &neighborhood.edges {
        let ends = (neighborhood.nodes.get(edge.from), neighborhood.nodes.get(edge.to));
        let (Some(from), Some(to)) = ends else { continue };
        let (other, is_outward) = match (from.iri == iri, to.iri == iri) {
            (true, false) => (to, true),
            (false, true) => (from, false),
            _ => continue,
        };
        found.push(Neighbor {
            item: Named::of(&item_of(other), context),
            tie: context.words().edge(edge.relation).into_owned(),
            is_outward,
            is_stated: edge.is_stated,
        });
    }
    found
}

fn item_of(dot: &Dot) -> Item {
    Item {
        iri: dot.iri.clone(),
        kind: dot.kind,
        name: dot.label.clone(),
        name_zh: None,
        year: dot.year,
        status: dot.status.clone(),
    }
}
