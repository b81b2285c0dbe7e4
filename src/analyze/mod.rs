//! Questions about structure: who is cited most, what hangs together, what leads from one paper to another, what is missing.
//!
//! Each analysis takes a [`Network`](crate::network::Network), computes on compact arrays (the algorithms are those of
//! [`algorithm`](crate::algorithm)), and gives a [`Report`]: rows for people and programs, and claims that can be written
//! into a named graph with the method, its parameters and the date ([`recorded`]). Everything that chance decides has a seed.
//!
//! ```
//! use amml_graph::{analyze::{Subnet, page_rank}, algorithm::PageRankOptions, network::Network};
//!
//! let network = Network::from_table("1\t2\n3\t2\n").unwrap();
//! let report = page_rank(&Subnet::citations(&network), &PageRankOptions::default());
//! assert_eq!(report.columns, ["rank", "score", "year", "name", "node"]);
//! assert_eq!(report.rows.len(), 3);
//! ```

mod alike;
mod groups;
mod missing;
mod pairs;
mod paths;
mod people;
mod ranking;
mod record;
mod report;
mod subnet;
mod successors;

pub use alike::similar;
pub use groups::{communities, components, strong_components};
pub use missing::missing;
pub use pairs::{bibliographic_coupling, co_citation, topic_overlap};
pub use paths::{main_path, path};
pub use people::co_authors;
pub use ranking::{betweenness, core_numbers, degrees, hits, page_rank};
pub use record::{Recorded, recorded};
pub use report::{Cell, Claim, Report};
pub use subnet::Subnet;
pub use successors::successors;

#[cfg(test)]
mod tests;
