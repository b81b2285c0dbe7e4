//! The file of decisions: read for a build, and what to tell of it.

use std::path::Path;

use anyhow::Context as _;

use super::failure::Hinted;
use crate::{
    extract::extract,
    lint,
    model::{Catalog, Extraction, SourceInfo, SourceKind},
    read::Source,
};

/// Reads a file of decisions. One with a fault fails as a whole: to carry out half of it would be worse.
pub(super) fn load(path: &Path) -> anyhow::Result<Extraction> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the decisions {}", path.display()))?;
    let info = SourceInfo::new("decisions", SourceKind::Decisions);
    let extraction = extract(&Source::new(info, &text));
    match extraction.notices.first() {
        Some(notice) => {
            let fault = format!("{}:{}: {}", path.display(), notice.lines, notice.text);
            Err(Hinted::new(fault, lint::explain(notice.code)).into())
        }
        None => Ok(extraction),
    }
}

/// Tells which decisions have no effect, with their lines in the file, or in the text that the store keeps.
pub(super) fn warn(catalog: &Catalog, path: Option<&Path>) {
    let file = path.map_or_else(|| "decisions".to_owned(), |path| path.display().to_string());
    let sources = catalog.sources.iter().filter(|source| source.extraction.source.kind == SourceKind::Decisions);
    for notice in sources.flat_map(|source| &source.extraction.notices) {
        tell!("warning: {file}:{}: {}: {}", notice.lines, notice.code.word(), notice.text);
        tell!("    {}", lint::explain(notice.code));
    }
}
