use askama::Template;

use super::{
    Context, SiteError,
    item::Named,
    shell::{Door, Shell},
    words::{Words, grouped},
    written,
};
use crate::explore::Item;

/// All things of a kind, or a part of a long list of them.
#[derive(Debug, Clone, Copy)]
pub struct Index<'a> {
    /// The kind.
    pub kind: &'a str,
    /// The things of this part, in the order in which to show them.
    pub items: &'a [Item],
    /// Which part, from 1.
    pub part: usize,
    /// How many parts there are.
    pub n_parts: usize,
    /// How many things of the kind there are in all parts.
    pub total: usize,
}

#[derive(Template)]
#[template(path = "index.html")]
struct IndexPage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    total: String,
    items: Vec<Named>,
    place: Option<String>,
    earlier: Option<String>,
    later: Option<String>,
}

/// A list of things of a kind, for static sites, which cannot search without scripts.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn index(index: &Index<'_>, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let heading = capitalized(&w.kinds(index.kind));
    let page = IndexPage {
        shell: Shell::new(context, heading, Door::Search),
        w,
        total: grouped(index.total),
        items: index.items.iter().map(|item| Named::of(item, context)).collect(),
        place: (index.n_parts > 1).then(|| w.part_of(index.part, index.n_parts)),
        earlier: (index.part > 1).then(|| context.links.index(index.kind, index.part - 1)),
        later: (index.part < index.n_parts).then(|| context.links.index(index.kind, index.part + 1)),
    };
    written("index", &page)
}

/// A heading out of a word.
pub(super) fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
