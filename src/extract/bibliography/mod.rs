//! Bibliographies: works with their fields.

use super::dossier;
use crate::{model::Extraction, read::Source};

pub(super) fn extract(source: &Source) -> Extraction {
    dossier::entries(source, Vec::new(), Vec::new())
}
