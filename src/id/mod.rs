//! Identifiers as checked values.
//!
//! Each type has one door, [`FromStr`](std::str::FromStr), which normalises what people write into the one form
//! that the graph keeps, and a [`Display`](std::fmt::Display) that gives that form back. Nothing here knows of
//! lists, of RDF or of the network. [`Identifiers::from_url`] reads what an address says of the work behind it:
//! a publisher's URL often contains the DOI.
//!
//! ```
//! use amml_graph::id::{Doi, Identifiers, WebUrl};
//!
//! let doi: Doi = "https://doi.org/10.1038/S41576-019-0122-6".parse().unwrap();
//! assert_eq!(doi.to_string(), "10.1038/s41576-019-0122-6");
//!
//! let url: WebUrl = "https://www.nature.com/articles/s41576-019-0122-6".parse().unwrap();
//! assert_eq!(Identifiers::from_url(&url).doi, Some(doi));
//! ```

mod arxiv;
mod doi;
mod orcid;
mod package;
mod pubmed;
mod repo;
mod scholarly;
mod web;

pub use arxiv::ArxivId;
pub use doi::Doi;
pub use orcid::Orcid;
pub use package::{Package, Registry};
pub use pubmed::{Pmcid, Pmid};
pub use repo::{Forge, RepoSlug};
pub use scholarly::Identifiers;
pub use web::WebUrl;

/// A text that is not an identifier of the kind it was read as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct IdError {
    text: String,
    expected: &'static str,
}

impl IdError {
    pub(crate) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.to_owned(), expected }
    }
}

/// Gives a checked identifier its `Display`, `AsRef<str>` and serde forms, all of them the canonical text.
macro_rules! canonical_text {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
use canonical_text;

/// Strips the prefix if the text begins with it in any letter case.
fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}
