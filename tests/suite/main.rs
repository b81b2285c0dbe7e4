//! The program as a whole: each module runs one command, or holds one document against the code.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod analyze;
mod architecture;
mod ask;
mod bad_input;
mod build;
mod decide;
mod enrich;
mod harness;
mod lint;
mod liveness;
mod net;
mod ontology;
mod picture;
mod readme;
mod recorded;
mod reference;
mod registries;
mod round_trip;
mod serve;
mod served;
mod server;
mod shared_lists;
mod sources;
