//! Definitions of reference links: unused ones, and those that another one hides.

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, Remark};
use crate::lint::{Rule, links::Form};

pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let used: BTreeSet<String> = page
        .links
        .iter()
        .filter(|link| link.form == Form::Reference)
        .map(|link| normalise(label_of(&page.text[link.range.clone()])))
        .collect();
    for definition in &page.document.definitions {
        if !is_comment(&definition.label, &definition.url) && !used.contains(&normalise(&definition.label)) {
            let message = format!("no link uses the label {:?}", definition.label);
            let written = page.text[definition.range.clone()].trim_end();
            let range = definition.range.start..definition.range.start + written.len();
            remarks.push(Remark::new(Rule::UnusedDefinition, range, message));
        }
    }
    check_repeated(page, remarks);
}

/// Markdown takes the first definition of a label, and says nothing of the others.
fn check_repeated(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let first: BTreeMap<String, (usize, &str)> = page
        .document
        .definitions
        .iter()
        .map(|definition| (normalise(&definition.label), (definition.range.start, definition.url.as_str())))
        .collect();
    if first.is_empty() {
        return;
    }
    for range in (1..=page.n_lines()).map(|line| page.line(line)) {
        let line = &page.text[range.clone()];
        let start = range.start + (line.len() - line.trim_start().len());
        let Some((label, address)) = line.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]:")) else {
            continue;
        };
        let address = address.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
        let Some((own, url)) = first.get(&normalise(label)).filter(|(_, url)| !is_comment(label, url)) else {
            continue;
        };
        if start > *own && *url != address && !page.is_plain(start..start + 1) && !page.is_code(start) {
            let message = format!("{label:?} is defined on line {} with another address", page.line_of(*own));
            remarks.push(Remark::new(Rule::RepeatedDefinition, start..range.end, message));
        }
    }
}

/// Definitions that curators write as comments, and footnotes.
fn is_comment(label: &str, url: &str) -> bool {
    matches!(label.trim(), "//" | "comment" | "_") || label.starts_with('^') || matches!(url, "#" | "")
}

/// The label in a link: in the last brackets, or in the only ones.
fn label_of(written: &str) -> &str {
    let written = written.trim_start_matches('!').strip_suffix("[]").unwrap_or(written.trim_start_matches('!'));
    let inner = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(written);
    inner.rsplit_once("][").map_or(inner, |(_, label)| label)
}

/// The form by which Markdown compares labels.
fn normalise(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
