//! amml-graph
pub mod extract;
pub mod id;
pub mod model;
pub mod read;
pub mod resolve;
