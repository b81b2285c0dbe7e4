//! What a curator should mend: explains the notices of `read` and `extract`.
//!
//! For now the home of the notices' explanations; the command that prints them for an editor or a code host comes later.

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
        NoticeCode::BadDecision => "the decision cannot be read; write it as the README shows",
        NoticeCode::UnknownThing => {
            "a decision names something that no source speaks of; name it by IRI, DOI, arXiv identifier, address or title"
        }
        NoticeCode::VainDecision => {
            "the decision has no effect: it names one thing twice, or another decision says the opposite; remove one"
        }
    }
}
