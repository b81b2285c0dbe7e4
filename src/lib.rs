//! amml-graph
pub mod cli;
pub mod export;
pub mod extract;
pub mod id;
pub mod lint;
pub mod map;
pub mod model;
pub mod query;
pub mod read;
pub mod resolve;
pub mod store;
