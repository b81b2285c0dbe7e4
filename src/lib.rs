//! amml-graph
pub mod extract;
pub mod id;
pub mod map;
pub mod model;
pub mod query;
pub mod read;
pub mod resolve;
pub mod store;
