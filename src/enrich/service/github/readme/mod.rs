//! A README: which papers it says are those of the tool.
//!
//! Precision comes first: a README also names data, rivals and what it builds on. So a paper counts only for what is said
//! around it, and the better it is said, the more it counts (see [`Ground`]):
//!
//! - It is asked to be cited: under a heading such as "Citation", or after "please cite". Of several those count that have
//!   the name of the tool in their title, or else the first alone.
//! - The README calls itself the code of the paper, or says "our paper", or that the method is described there.
//! - Its head links it: the title, a badge, a link that says "Paper".
//!
//! Where it calls itself unofficial or a re-implementation, the paper is that of others. The DOI of an archive is software or
//! data, and no paper. A README that is a list of papers names none of its own.

mod bibtex;
mod blocks;
mod cues;
mod inline;
mod page;
mod request;
mod section;
mod select;
mod statement;
mod words;
mod works;

pub(super) use inline::Inline;

use crate::{enrich::grade::Ground, id::RepoSlug, model::Dossier};

/// Reads a README; `None` if it names no paper as its own.
pub(super) fn read(slug: &RepoSlug, text: &str) -> Option<Dossier> {
    let papers = select::papers(slug, text);
    let related: Vec<_> = papers.into_iter().map(|(paper, ground)| ground.related(paper)).collect();
    (!related.is_empty()).then(|| Dossier { related, ..super::dossier(slug) })
}

/// The papers that the description of a repository names as its own.
pub(super) fn of_description(description: &Inline) -> Vec<(Dossier, Ground)> {
    select::of_description(description)
}

#[cfg(test)]
mod tests;
