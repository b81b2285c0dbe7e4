//! Reads a table of facts about works and tools: who cites whom, which tool belongs to which paper.
//!
//! Two shapes are known by their columns: `citing_doi cited_doi evidence_source quote_key`, and
//! `subject relation object evidence_source quote_key`. A row that says something else is kept as a notice.

use crate::{
    id::{ArxivId, Doi, WebUrl},
    model::{Claim, Evidence, Extraction, Lines, Notice, NoticeCode, Origin, Relation, WorkRef},
    read::{Row, Source, rows},
};

pub(super) fn extract(source: &Source) -> Extraction {
    let mut claims = Vec::new();
    let mut notices = Vec::new();
    for row in rows(&source.text) {
        let lines = Lines { first: row.line, last: row.line };
        let origin = Origin { source: source.info.key.clone(), lines };
        match claim(&row, origin) {
            Some(claim) => claims.push(claim),
            None => {
                let text = row.cells.iter().map(|(_, cell)| *cell).collect::<Vec<_>>().join(" ");
                notices.push(Notice { code: NoticeCode::BadRow, lines, text });
            }
        }
    }
    if claims.is_empty() {
        let text = "no row says how two works are related".to_owned();
        notices.push(Notice { code: NoticeCode::NoEntries, lines: Lines { first: 1, last: 1 }, text });
    }
    Extraction { claims, notices, ..Extraction::of(source.info.clone(), source.text.clone()) }
}

fn claim(row: &Row<'_>, origin: Origin) -> Option<Claim> {
    let is_citation = !row.cell("citing_doi").is_empty();
    let (subject, word, object) = if is_citation {
        (row.cell("citing_doi"), "cites", row.cell("cited_doi"))
    } else {
        (row.cell("subject"), row.cell("relation"), row.cell("object"))
    };
    let relation = match word {
        "cites" => Relation::Cites,
        "described_by" => Relation::Implements,
        "preprint_of" => Relation::PreprintOf,
        "uses" => Relation::Uses,
        "mentions" | "lists" => Relation::Mentions,
        _ => return None,
    };
    let stated_in = row.cell("evidence_source").to_owned();
    // A registry is a database of tools with its own records; all else was read by a person in the named place.
    let evidence = if stated_in.contains("/database/") || stated_in.contains(" database/") {
        Evidence::Registry
    } else {
        Evidence::Curated
    };
    Some(Claim {
        origin,
        subject: work(subject)?,
        relation,
        object: work(object)?,
        evidence,
        stated_in,
        quote: row.cell("quote_key").to_owned(),
    })
}

fn work(text: &str) -> Option<WorkRef> {
    if let Some(url) = text.contains("://").then(|| text.parse::<WebUrl>().ok()).flatten() {
        return Some(WorkRef::Url(url));
    }
    let arxiv = text.strip_prefix("arxiv:").and_then(|id| id.parse::<ArxivId>().ok());
    arxiv.map(WorkRef::Arxiv).or_else(|| text.parse::<Doi>().ok().map(WorkRef::Doi))
}
