//! Registries of tools: which tools there are, and which papers describe them.

use super::dossier;
use crate::{model::Extraction, read::Source};

pub(super) fn extract(source: &Source) -> Extraction {
    dossier::entries(source, Vec::new(), Vec::new())
}
