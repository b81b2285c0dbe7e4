use super::{Context, Language};
use crate::explore::{Item, Source};

/// A thing as pages name it.
pub(super) struct Named {
    pub(super) href: Option<String>,
    pub(super) name: String,
    /// The language of the name, where it is certain.
    pub(super) language: Option<&'static str>,
    pub(super) kind: &'static str,
    pub(super) kind_label: String,
    pub(super) year: Option<i32>,
    pub(super) status: Option<Status>,
}

/// What became of a thing, as a mark behind its name.
pub(super) struct Status {
    pub(super) label: String,
    pub(super) is_grave: bool,
}

impl Status {
    pub(super) fn of(word: &str, context: &Context) -> Self {
        let is_grave = matches!(word, "retracted" | "withdrawn" | "expression-of-concern");
        Self { label: context.words().status(word).into_owned(), is_grave }
    }
}

impl Named {
    pub(super) fn of(item: &Item, context: &Context) -> Self {
        let (name, language) = name(item, context.language);
        Self {
            href: context.links.thing(&item.iri),
            name: name.to_owned(),
            language,
            kind: item.kind,
            kind_label: context.words().kind(item.kind).into_owned(),
            year: item.year,
            status: item.status.as_deref().map(|status| Status::of(status, context)),
        }
    }
}

/// What a thing is called on a page in a language, and the language of that name where it is certain.
pub(super) fn name(item: &Item, language: Language) -> (&str, Option<&'static str>) {
    match (&item.name_zh, language) {
        (Some(chinese), Language::Zh) if !chinese.trim().is_empty() => (chinese, Some("zh")),
        _ if item.name.trim().is_empty() => (&item.iri, None),
        _ => (&item.name, None),
    }
}

/// A source with what is known of it.
pub(super) struct SourceLink {
    pub(super) name: String,
    pub(super) href: Option<String>,
}

impl SourceLink {
    pub(super) fn of(source: &Source, context: &Context) -> Self {
        Self { name: source.name.clone(), href: context.links.source(source) }
    }

    pub(super) fn all(sources: &[Source], context: &Context) -> Vec<Self> {
        sources.iter().map(|source| Self::of(source, context)).collect()
    }
}

/// A language tag that may stand in `lang`: two or three letters, with further parts behind them.
pub(super) fn tag(language: Option<&str>) -> Option<String> {
    let language = language?;
    let mut parts = language.split('-');
    let is_primary = parts
        .next()
        .is_some_and(|part| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_further =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_primary && parts.all(is_further)).then(|| language.to_owned())
}
