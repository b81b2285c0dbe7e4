use super::SourceKind;

/// Services and registries in the order of trust: those who register works themselves, those who curate what was registered,
/// those who collect it by machine.
const SERVICES: [&str; 9] =
    ["crossref", "datacite", "arxiv", "europepmc", "ncbi", "scrna-tools", "bio.tools", "github", "openalex"];

/// The place of a source in the order of trust; 0 is the first. Where sources differ, the first is shown first.
///
/// What persons decided comes first, then what curators write, then what was read by hand; services and registries come last,
/// in an order of their own.
#[must_use]
pub fn trust(kind: SourceKind, key: &str) -> usize {
    match kind {
        SourceKind::Decisions => 0,
        SourceKind::List => 1,
        SourceKind::Bibliography => 2,
        SourceKind::Facts => 3,
        SourceKind::Registry | SourceKind::Service | SourceKind::Links => {
            4 + SERVICES.iter().position(|service| *service == key).unwrap_or(SERVICES.len())
        }
    }
}
