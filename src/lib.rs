//! amml-graph: curated Markdown lists as an RDF knowledge graph.
//!
//! # The map of the house
//!
//! One pipeline; every arrow points one way.
//!
//! ```text
//! sources ─▶ read ─▶ extract ─▶ resolve ─▶ map ─▶ store ─▶ query · network ─▶ analyze · export · search ─▶ explore
//!                                                                                                             │
//!                                                                             cli ◀─ serve ◀─ site · agent ◀──┘
//! ```
//!
//! - [`id`]: identifiers as checked values: DOI, arXiv, PubMed, repositories, packages, web addresses.
//! - [`model`]: what the graph speaks of, as plain data, with the glossary: entries and mentions before, things, records
//!   and links after they were resolved.
//! - [`net`]: one polite HTTP client: pace, patience, and a cache of what it was told.
//! - [`read`]: finds a source, here or elsewhere, and turns its text into a tree with line numbers. Knows nothing of papers.
//! - [`extract`]: the tree to entries: titles, links with roles, citations, kinds; and notices of what was not
//!   understood. The parser of reference strings lives here.
//! - [`resolve`]: which entries are the same thing, who is who, which tool implements which paper, each with its evidence.
//! - [`map`]: the catalog as quads. The only room that knows the ontology.
//! - [`store`]: the only room that opens Oxigraph. Whole graphs go in, or none.
//! - [`enrich`]: asks scholarly services about things, and brings home dossiers, which go in again at `extract`.
//! - [`query`]: the named questions, finding things by any of their names, tables of results.
//! - [`network`]: things and their relations as compact arrays, read from the store in one walk.
//! - [`algorithm`]: what is computed on compact arrays: rankings, components, communities, co-citation, paths. Knows
//!   nothing but numbers.
//! - [`analyze`]: questions about structure, answered in rows, and written into graphs of their own with how they came to be.
//! - [`export`]: pictures, RDF, networks, tables, bibliographies, and the graph back as a list.
//! - [`lint`]: what a curator should mend in a list, and mending it where that is certain.
//! - [`search`]: an index of texts. Knows words and numbers, and nothing of graphs.
//! - [`explore`]: what is shown of a thing, as plain data: the same for pages, programs and agents.
//! - [`site`]: pages in two languages from that data, with the files they load; also as a site of plain files. Knows no HTTP.
//! - [`agent`]: the tools of the Model Context Protocol over what it is given to know.
//! - [`serve`]: all of this over HTTP: SPARQL, pages, linked data, an API. The only room with a server in it.
//! - [`cli`]: the command line. The only room that prints, reads the environment or says how the process ends.
//!
//! # Invariants
//!
//! `tests/suite/architecture.rs` holds the first three.
//!
//! - A room uses only the rooms before it, as listed there; nothing points back up the pipeline.
//! - One owner for each outside crate: the HTTP client in `net`, the Markdown parser in `read`, Oxigraph in `store`, Graphviz in
//!   `export`, the index of texts in `search`, templates in `site`, MCP in `agent`, the server in `serve`, clap in `cli`. RDF
//!   terms (`oxrdf`) are the common language of the rooms from `map` on.
//! - Only `cli` prints.
//! - The same sources give the same graph, to the byte, in any order and in any number of parts. So nothing is chosen
//!   because it came first, IRIs are made from identity, and `build` resolves what it reads together with what the store
//!   was built from before.
//! - What is inferred carries evidence and confidence and can be told from what is read.
//! - Nothing is special to any list.

pub mod agent;
pub mod algorithm;
pub mod analyze;
pub mod cli;
pub mod enrich;
pub mod explore;
pub mod export;
pub mod extract;
pub mod id;
pub mod lint;
pub mod map;
pub mod model;
pub mod net;
pub mod network;
pub mod query;
pub mod read;
pub mod resolve;
pub mod search;
pub mod serve;
pub mod site;
pub mod store;
