//! The store over HTTP: a SPARQL endpoint, an explorer for people, linked data, an API, and a door for agents.
//!
//! A [`Graph`] and [`Options`] go in; [`serve`] answers until the process is told to end. One state of the store is a
//! `World`; a change puts another one in its place, and whoever reads the old one reads it to the end. Who may do what is
//! decided in `access`, before anything else; what form an answer has in `negotiate`. Queries of strangers have a budget of
//! time and memory, wait for their turn, and are stopped when nobody waits for them; their answers are sent while they are
//! made (`stream`). [`agents`] is the same for agents over standard input and output.
//!
//! On the wire: [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/),
//! [Graph Store HTTP Protocol](https://www.w3.org/TR/sparql11-http-rdf-update/), [VoID](https://www.w3.org/TR/void/),
//! [OpenAPI](https://spec.openapis.org/oas/v3.1.0), [MCP](https://modelcontextprotocol.io).

mod access;
mod answers;
mod api;
mod assets;
mod connections;
mod downloads;
mod federation;
mod form;
mod formats;
mod graph_store;
mod knowledge;
mod linked;
mod negotiate;
mod openapi;
mod pages;
mod patient;
mod problem;
mod request;
mod routes;
mod sparql;
mod state;
mod stream;
mod void;
mod world;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

pub use answers::Sought;
use tokio::{net::TcpListener, runtime};

use self::{knowledge::Asked, state::State, world::World};
use crate::{
    agent::{self, AgentError},
    explore::Findings,
    net::Token,
    store::{Graph, StoreError},
};

/// How the store is served.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen.
    pub address: SocketAddr,
    /// What the site is called.
    pub title: String,
    /// How long a query may take.
    pub query_time: Duration,
    /// How much memory a query may take, in bytes.
    pub query_memory: u64,
    /// How many queries run at once.
    pub most_queries: usize,
    /// How many rows or triples an answer may have.
    pub most_rows: usize,
    /// How many rows a page shows.
    pub page_rows: usize,
    /// How many bytes a body may have.
    pub largest_body: usize,
    /// Who shows this token may change the store; without one nobody may.
    pub token: Option<Token>,
    /// Origins whose pages may read: `https://example.org`, or `*`.
    pub cors: Vec<String>,
    /// Names that the server answers to besides those of this machine.
    pub hosts: Vec<String>,
    /// Hosts that queries may ask with `SERVICE`.
    pub services: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 7878)),
            title: "amml-graph".to_owned(),
            query_time: Duration::from_secs(15),
            query_memory: 512 << 20,
            most_queries: 16,
            most_rows: 1_000_000,
            page_rows: 500,
            largest_body: 16 << 20,
            token: None,
            cors: Vec::new(),
            hosts: Vec::new(),
            services: Vec::new(),
        }
    }
}

impl Options {
    /// The hosts by which agents may call the server: those by which anybody may; none where it answers to any name.
    fn hosts_of_agents(&self) -> Option<Vec<String>> {
        let is_open = !self.address.ip().is_loopback() && self.hosts.is_empty();
        let own = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
        (!is_open).then(|| own.into_iter().chain(self.hosts.iter().cloned()).collect())
    }
}

/// Why the store cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The threads cannot be started.
    #[error("cannot start")]
    Start(#[source] io::Error),
    /// A store that is written to must fit into memory.
    #[error("the store is too large to be changed while it is served")]
    TooLarge,
    /// An agent could not be talked with.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// Texts could not be searched.
    #[error("cannot search: {0}")]
    Search(String),
}

/// Queries may be nested deeply, and what reads them calls itself for each level.
const STACK: usize = 256 << 20;
/// A store of no more quads than these is held in memory: some two gigabytes.
const MOST_IN_MEMORY: usize = 16_000_000;

/// Serves a store until the process is told to end. `ready` is told the address, once it answers.
///
/// # Errors
///
/// If the store cannot be read or the address not be listened on.
pub fn serve(graph: Graph, options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let graph = graph.into_memory(MOST_IN_MEMORY)?;
    // Each connection needs a file descriptor; where there may be no more of them, fewer connections are served.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let address = options.address;
    let state = Arc::new(State::new(graph, options)?);
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        let listen = |cause| ServeError::Listen { address, cause };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        ready(listener.local_addr().map_err(listen)?);
        // So that nobody waits for it who searches first.
        let first = Arc::clone(&state);
        tokio::task::spawn_blocking(move || drop(first.world().index().map(drop)));
        connections::accept(&listener, routes::router(&state)).await;
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

/// Serves one agent over standard input and output until it closes them.
///
/// # Errors
///
/// If the store cannot be read, or the agent does not speak the protocol.
pub fn agents(graph: Graph, options: &Options) -> Result<(), ServeError> {
    let knowledge = Arc::new(Asked::one(World::open(graph.into_memory(MOST_IN_MEMORY)?)?, options));
    let runtime = runtime()?;
    let result = runtime.block_on(agent::stdio(knowledge));
    runtime.shutdown_background();
    Ok(result?)
}

/// Searches a store once.
///
/// # Errors
///
/// If the store cannot be read, or the index not be made.
pub fn search(graph: Graph, sought: &Sought) -> Result<Findings, ServeError> {
    let world = World::open(graph)?;
    answers::findings(&world, sought).map_err(|problem| ServeError::Search(problem.what))
}

fn runtime() -> Result<runtime::Runtime, ServeError> {
    let mut builder = runtime::Builder::new_multi_thread();
    builder.enable_all().thread_stack_size(STACK).max_blocking_threads(128);
    builder.build().map_err(ServeError::Start)
}
