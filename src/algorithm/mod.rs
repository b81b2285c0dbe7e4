//! Graph algorithms on compact arrays: rankings, components, communities, pairs, paths, and what holds a network together.
//!
//! In goes a [`Csr`], a directed graph of nodes numbered from 0, here mostly of papers and what they cite; some take the
//! undirected graph that [`Csr::symmetric`] makes of it, others a [`Weighted`] one. Out come plain vectors with a value for
//! each node, or lists of nodes and edges. What the numbers stand for is left to the caller.
//!
//! No input is an error: edges of unknown nodes and weights that are no numbers are left out, and graphs without nodes,
//! with loops or with cycles are graphs. The same input and seed give the same result on any number of threads. Nothing
//! recurses, so a chain of any length is no danger. petgraph's own algorithms run on a `&Csr`, or on [`BothWays`] where
//! they also walk backwards.
//!
//! ```
//! use amml_graph::algorithm::{Csr, PageRankOptions, components, page_rank, top};
//!
//! // Papers 1, 2 and 3 cite paper 0, and paper 3 cites paper 2.
//! let citing = Csr::from_edges(5, &[(1, 0), (2, 0), (3, 0), (3, 2)]);
//! let ranking = page_rank(&citing, &PageRankOptions::default());
//! assert_eq!(top(&ranking.scores, 2), [0, 2]);
//! assert_eq!(components(&citing).of, [0, 0, 0, 0, 1]);
//! ```

mod betweenness;
mod cocitation;
mod components;
mod cores;
mod csr;
mod cuts;
mod hits;
mod leiden;
mod main_path;
mod paths;
mod random;
mod rank;
mod reduction;
mod top;
mod visit;
mod weighted;

pub use self::{
    betweenness::{Betweenness, BetweennessOptions, SamplingError, betweenness},
    cocitation::{Pair, cocitation, coupling},
    components::{Labels, components, strong_components},
    cores::core_numbers,
    csr::Csr,
    cuts::cut_points,
    hits::{Hits, hits},
    leiden::{Communities, LeidenOptions, leiden, modularity},
    main_path::{MainPath, main_path, traversal_counts},
    paths::shortest_path,
    rank::{PageRankOptions, Ranking, page_rank},
    reduction::transitive_reduction,
    top::top,
    visit::{BothWays, Seen},
    weighted::Weighted,
};
