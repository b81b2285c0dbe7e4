use crate::{
    explore::{Because, Origin},
    site::Context,
};

/// Why a tie is believed.
pub(super) struct BecauseView {
    pub(super) evidence: String,
    pub(super) confidence: Option<String>,
    pub(super) origins: Vec<OriginView>,
}

/// Where something stands.
pub(super) struct OriginView {
    pub(super) source: String,
    /// The lines in words, where there are any.
    pub(super) lines: Option<String>,
    pub(super) href: Option<String>,
    /// The rules by which it was read, in words.
    pub(super) rules: String,
    pub(super) text: String,
}

impl BecauseView {
    pub(super) fn of(because: &Because, context: &Context) -> Self {
        Self {
            evidence: context.words().evidence(&because.evidence).into_owned(),
            confidence: because.confidence.clone(),
            origins: because.origins.iter().map(|origin| OriginView::of(origin, context)).collect(),
        }
    }
}

impl OriginView {
    pub(super) fn of(origin: &Origin, context: &Context) -> Self {
        let w = context.words();
        let (first, last) = origin.lines;
        let rules: Vec<_> = origin.rules.iter().map(|rule| w.rule(rule)).collect();
        Self {
            source: origin.source.clone(),
            lines: (first > 0).then(|| w.lines(first, last.max(first))),
            href: context.links.thing(&origin.iri),
            rules: rules.join("; "),
            text: origin.text.clone(),
        }
    }
}
