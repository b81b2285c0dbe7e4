//! Bibliographies: works with their fields, as programs that keep references write them.
//!
//! A reader for each form (`bibtex`, `ris`, `csl`, `zotero`) goes through the records of a text and puts what the fields hold
//! into a `Work`, which knows what to make of a DOI, an address, a venue or a date, however it is written, and what kind of
//! thing it is in the end. A record with neither title nor identifier nor address is a notice.

mod bibtex;
mod csl;
mod ris;
mod work;
mod zotero;

use super::{
    dossier::{self, Filed},
    json::{self, bad_record},
};
use crate::{
    model::{Dossier, Extraction, Notice},
    read::{Form, Source},
};

pub(super) fn extract(source: &Source) -> Extraction {
    let mut notices = Vec::new();
    let text = &source.text;
    let filed = match Form::of(text) {
        Form::CslJson | Form::OtherJson => of_json(text, csl::work, &mut notices),
        Form::Zotero => of_json(text, zotero::work, &mut notices),
        Form::Ris => ris::read(text, &mut notices),
        // Prose above the first record hides what a file is; only BibTeX has its at signs.
        _ if text.lines().any(|line| line.trim_start().starts_with('@')) => bibtex::read(text, &mut notices),
        _ => ris::read(text, &mut notices),
    };
    dossier::entries(source, filed, notices)
}

/// What a record is.
enum Read {
    Work(Box<Dossier>),
    /// Something that belongs to a work: a note, an attachment.
    Beside,
    /// Nothing that can be used.
    Nothing,
}

fn of_json(text: &str, work: fn(&serde_json::Value) -> Read, notices: &mut Vec<Notice>) -> Vec<Filed> {
    let mut filed = Vec::new();
    for record in json::records(text, "items") {
        match record.value.as_ref().map_or(Read::Nothing, work) {
            Read::Work(dossier) => {
                filed.push(Filed { lines: record.lines, text: record.text.to_owned(), dossier: *dossier });
            }
            Read::Beside => {}
            Read::Nothing => notices.push(bad_record(record.lines, record.text)),
        }
    }
    filed
}

#[cfg(test)]
mod tests;
