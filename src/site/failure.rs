use askama::Template;

use super::{
    Context, SiteError,
    item::Named,
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::explore::Item;

/// Why there is no page.
#[derive(Debug, Clone, Default)]
pub struct Failure<'a> {
    /// The status of the answer: 404.
    pub status: u16,
    /// What was asked for: a path, a name, an IRI. The page offers to search for it.
    pub subject: Option<&'a str>,
    /// What was wrong, in words.
    pub detail: Option<&'a str>,
    /// After how many seconds to try again.
    pub retry_after: Option<u64>,
    /// What may have been meant.
    pub candidates: &'a [Item],
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    status: u16,
    text: Option<&'static str>,
    detail: Option<&'a str>,
    subject: Option<&'a str>,
    retry: Option<String>,
    candidates: Vec<Named>,
    search: Option<String>,
}

/// A page that says what was wrong, and what to do.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn failure(failure: &Failure<'_>, context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let (heading, text) = said(failure.status, w);
    let subject = failure.subject.filter(|subject| !subject.trim().is_empty());
    let is_lost = failure.status == 404;
    let sought = subject.filter(|_| is_lost).map(words_of);
    let page = FailurePage {
        shell: Shell { is_kept: false, ..Shell::new(context, heading, Door::Elsewhere).described(heading) },
        w,
        status: failure.status,
        text,
        detail: failure.detail,
        subject,
        retry: failure.retry_after.map(|seconds| w.try_again_in(seconds)),
        candidates: failure.candidates.iter().map(|item| Named::of(item, context)).collect(),
        search: sought
            .and_then(|query| context.links.found(&super::links::Sought { query: &query, ..Default::default() })),
    };
    written("failure", &page)
}

fn said(status: u16, w: &'static Words) -> (&'static str, Option<&'static str>) {
    match status {
        400 => (w.failure_400, Some(w.failure_400_text)),
        401 | 403 => (w.failure_403, None),
        404 | 410 => (w.failure_404, Some(w.failure_404_text)),
        405 => (w.failure_405, None),
        406 | 415 => (w.failure_406, Some(w.failure_406_text)),
        413 | 414 | 431 => (w.failure_413, None),
        429 => (w.failure_429, None),
        503 => (w.failure_503, Some(w.failure_503_text)),
        504 | 408 => (w.failure_504, Some(w.failure_504_text)),
        _ if status < 500 => (w.failure_400, None),
        _ => (w.failure_500, Some(w.failure_500_text)),
    }
}

/// The words in a path or an IRI that a search may find.
fn words_of(subject: &str) -> String {
    let last = subject.trim_end_matches('/').rsplit('/').next().unwrap_or(subject);
    last.replace(['-', '_', '+'], " ")
}
