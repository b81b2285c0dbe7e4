use std::collections::BTreeSet;

use super::{Page, Remark, Rule, Severity, finding::first_of};
use crate::model::NoticeCode;

/// What a notice means and what to do about it.
#[must_use]
pub fn explain(code: NoticeCode) -> &'static str {
    match code {
        NoticeCode::TextNotPlaced => {
            "a part of the citation was not understood and was kept as text; write it as authors, venue, year, volume, pages"
        }
        NoticeCode::NotAnEntry => {
            "text that is no entry: no title with a link was found; make it a list item that begins with a link"
        }
        NoticeCode::Prose => "text that is no entry: an introduction or an explanation",
        NoticeCode::Contents => "a table of contents",
        NoticeCode::AboutTheList => "a section about the list itself",
        NoticeCode::Markup => "a rule, a comment, a picture or the definition of a link",
        NoticeCode::BadDecision => "the decision cannot be read; write it as the README shows",
        NoticeCode::UnknownThing => {
            "a decision names something that no source speaks of; name it by IRI, DOI, arXiv identifier, address or title"
        }
        NoticeCode::VainDecision => {
            "the decision has no effect: it names one thing twice, or another decision says the opposite; remove one"
        }
        NoticeCode::BadLink => {
            "the address is none, or leads nowhere outside the list; write it in full, with https://"
        }
        NoticeCode::EmptyTopic => "a heading without any entry below it; fill or remove it",
        NoticeCode::HeadingInsideItem => {
            "the heading is indented into a list item; Markdown takes it for a part of that item, so remove the indent"
        }
        NoticeCode::InvalidUtf8 => "the file is not UTF-8; save it as UTF-8",
        NoticeCode::NoEntries => "nothing in it names a thing and links it",
        NoticeCode::BadRow => "the row does not say how two works are related",
    }
}

/// So many are said one by one.
const FEW: usize = 3;

/// What the reader did not understand.
pub(super) fn check(page: &Page<'_>, remarks: &mut Vec<Remark>) {
    let (mut items, mut others) = (Vec::new(), Vec::new());
    // An item with a broken link is not understood because of it.
    let certain = remarks.iter().filter(|remark| remark.rule.severity() == Severity::Error);
    let explained: BTreeSet<u32> = certain.map(|remark| page.line_of(remark.range.start)).collect();
    for notice in &page.extraction.notices {
        let rule = match notice.code {
            NoticeCode::TextNotPlaced => Rule::TextNotPlaced,
            NoticeCode::InvalidUtf8 => Rule::InvalidUtf8,
            NoticeCode::NoEntries => Rule::NoEntries,
            NoticeCode::BadRow => Rule::BadRow,
            NoticeCode::NotAnEntry => Rule::NotUnderstood,
            // Rules that look at the text itself say more of the others, or they are no flaws.
            _ => continue,
        };
        let message = match rule {
            Rule::TextNotPlaced => format!("not understood: {}", excerpt(&notice.text)),
            Rule::NotUnderstood => format!("no entry: {}", excerpt(&notice.text)),
            _ => notice.text.clone(),
        };
        let remark = Remark::new(rule, page.within(notice.lines, &notice.text), message);
        match rule {
            Rule::NotUnderstood if !notice.text.contains("://") || notice.text.starts_with("<!--") => {}
            Rule::NotUnderstood if explained.contains(&page.line_of(remark.range.start)) => {}
            Rule::NotUnderstood if is_item(&notice.text) => items.push(remark),
            Rule::NotUnderstood => others.push(remark),
            _ => remarks.push(remark),
        }
    }
    let n_entries = page.extraction.entries.len();
    // Where much of a list is not understood, it is the reader that does not know this way of writing.
    if items.len() > FEW.max(n_entries / 10) {
        remarks.extend(first_of(items));
    } else {
        remarks.append(&mut items);
    }
    // Paragraphs with links are no flaw, unless there is little else.
    if others.len() > FEW.max(n_entries) {
        remarks.extend(first_of(others));
    }
}

/// Whether the Markdown of a text begins as a list item does.
fn is_item(text: &str) -> bool {
    let mark = text.trim_start().split(char::is_whitespace).next().unwrap_or_default();
    matches!(mark, "-" | "*" | "+") || mark.strip_suffix(['.', ')']).is_some_and(|mark| mark.parse::<u32>().is_ok())
}

/// The beginning of a text, on one line.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
