use crate::{
    explore::{Fact, Value},
    site::{
        Context,
        item::{SourceLink, tag},
        words::grouped,
    },
};

/// A property with its values, as the page shows it.
pub(super) struct FactView {
    pub(super) label: String,
    pub(super) values: Vec<ValueView>,
    pub(super) is_disputed: bool,
    /// Whether anybody is known to say it.
    pub(super) has_sources: bool,
}

/// A value, and who says so.
#[derive(Default)]
pub(super) struct ValueView {
    pub(super) text: String,
    pub(super) language: Option<String>,
    pub(super) href: Option<String>,
    pub(super) sources: Vec<SourceLink>,
}

impl FactView {
    pub(super) fn of(fact: &Fact, context: &Context) -> Self {
        Self {
            label: context.words().fact(fact.key).into_owned(),
            values: fact.values.iter().map(|value| ValueView::of(value, fact.key, context)).collect(),
            is_disputed: fact.is_disputed && fact.values.len() > 1,
            has_sources: fact.values.iter().any(|value| !value.sources.is_empty()),
        }
    }
}

impl ValueView {
    /// `key` is that of the fact, where the value belongs to one.
    pub(super) fn of(value: &Value, key: &str, context: &Context) -> Self {
        Self {
            text: shown(&value.text, key, context),
            language: tag(value.language.as_deref()),
            href: value.link.as_ref().and_then(|link| context.links.link(link)),
            sources: SourceLink::all(&value.sources, context),
        }
    }
}

/// Numbers with commas, addresses without what says nothing, fixed words in the language of the page.
fn shown(text: &str, key: &str, context: &Context) -> String {
    let w = context.words();
    match (key, text) {
        ("stars" | "citation-count", _) => text.parse().map_or_else(|_| text.to_owned(), grouped),
        ("link-state", "gone") => w.gone.to_owned(),
        ("link-state", "alive") => w.alive.to_owned(),
        ("url" | "repository" | "moved-to" | "link" | "archived-at", _) => {
            let short = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
            short.strip_prefix("www.").unwrap_or(short).trim_end_matches('/').to_owned()
        }
        _ => text.to_owned(),
    }
}
