use crate::{
    id::{Identifiers, RepoSlug},
    model::{Kind, WorkRef},
};

/// A thing that services are asked about, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is.
    pub kind: Kind,
    /// How to say that an answer is about it: its strongest identifier, its repository's address, or its title.
    pub what: WorkRef,
    /// Its identifiers.
    pub ids: Identifiers,
    /// Its title, as a list writes it.
    pub title: String,
    /// The family names of its authors, as far as they are known.
    pub families: Vec<String>,
    /// When it was published.
    pub year: Option<u16>,
    /// Its repository.
    pub repository: Option<RepoSlug>,
}
