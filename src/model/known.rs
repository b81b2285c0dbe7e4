use std::collections::{BTreeMap, BTreeSet};

use super::{LinkCheck, WorkRef};
use crate::id::WebUrl;

/// What a store knows of things that curators want to hear of: links that are gone or moved, repositories that nobody works
/// on, papers that were taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The last check of each address, by the address without its fragment.
    pub links: BTreeMap<WebUrl, LinkCheck>,
    /// What is known of repositories, by their names in lower case: `github/owner/repo`.
    pub repositories: BTreeMap<String, KnownRepository>,
    /// Papers that were retracted or withdrawn.
    pub retracted: Vec<RetractedPaper>,
}

/// What became of a repository.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownRepository {
    /// Whether its owners closed it.
    pub is_archived: bool,
    /// Where it is now.
    pub moved_to: Option<WebUrl>,
}

/// A paper that was taken back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RetractedPaper {
    /// `retracted` or `withdrawn`.
    pub status: String,
    /// Its identifiers.
    pub ids: BTreeSet<WorkRef>,
    /// Its names, in the form in which they are compared (see [`super::normalise`]).
    pub titles: BTreeSet<String>,
    /// Its addresses, in the form in which they are compared (see [`WebUrl::key`]).
    pub addresses: BTreeSet<String>,
    /// The notice that says so.
    pub notice: Option<WebUrl>,
    /// Who says so.
    pub sources: BTreeSet<String>,
}
