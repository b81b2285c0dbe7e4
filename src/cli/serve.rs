use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::Context as _;

use super::{Place, failure::Usage};
use crate::{
    net::Token,
    serve::{self, Options},
    store::{Access, Graph},
};

/// Serve the store: a SPARQL endpoint, an explorer, linked data, an API and MCP
///
/// Answers on this machine only, and changes nothing, unless told otherwise. The explorer is at /, the endpoint at /sparql,
/// the API is described at /api/openapi.json, agents connect to /mcp. While it runs, the store can be read but not be built.
///
/// Example: amml-graph serve --bind 127.0.0.1:7878
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where to listen; port 0 is any that is free
    #[arg(short, long, default_value = "127.0.0.1:7878", value_name = "ADDRESS:PORT")]
    bind: SocketAddr,
    /// Let whoever shows the token change the store, by SPARQL Update and the Graph Store Protocol
    #[arg(long)]
    writable: bool,
    /// The file with the token; without, it is in $AMML_TOKEN
    #[arg(long, value_name = "FILE", requires = "writable")]
    token_file: Option<PathBuf>,
    /// Let pages of this origin read (https://example.org, or *); can be given more than once
    #[arg(long, value_name = "ORIGIN")]
    cors: Vec<String>,
    /// Answer to this name, too; on this machine it is localhost and 127.0.0.1; can be given more than once
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Let queries ask the endpoints of this host with SERVICE; can be given more than once
    #[arg(long, value_name = "HOST")]
    allow_service: Vec<String>,
    /// How long a query may take, in seconds
    #[arg(long, default_value_t = 15, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    query_timeout: u64,
    /// How much memory a query may take, in megabytes
    #[arg(long, default_value_t = 512, value_name = "MB", value_parser = clap::value_parser!(u64).range(16..=1_000_000))]
    query_memory: u64,
    /// How many queries may run at once
    #[arg(long, default_value_t = 16, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    max_queries: u16,
    /// How many rows or triples an answer may have
    #[arg(long, default_value_t = 1_000_000, value_name = "N")]
    max_rows: usize,
    /// How large a request may be, in megabytes
    #[arg(long, default_value_t = 16, value_name = "MB", value_parser = clap::value_parser!(u16).range(1..=4_096))]
    max_body: u16,
    /// What the site is called
    #[arg(long, default_value = "amml-graph", value_name = "TEXT")]
    title: String,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let options = options(args)?;
    let graph = match args.writable {
        true => place.write("serve the store")?,
        false => Graph::open(&place.path()?, Access::Read)?,
    };
    serve::serve(graph, options, |address| tell!("listening on http://{address}/"))?;
    Ok(())
}

fn options(args: &Args) -> anyhow::Result<Options> {
    if !args.bind.ip().is_loopback() {
        tell!(
            "warning: {} can be reached from other machines; name the server with --host to answer to that name only",
            args.bind
        );
    }
    Ok(Options {
        address: args.bind,
        title: args.title.clone(),
        query_time: Duration::from_secs(args.query_timeout),
        query_memory: args.query_memory << 20,
        most_queries: args.max_queries.into(),
        most_rows: args.max_rows,
        largest_body: usize::from(args.max_body) << 20,
        token: if args.writable { Some(token(args)?) } else { None },
        cors: args.cors.clone(),
        hosts: args.host.clone(),
        services: args.allow_service.clone(),
        ..Options::default()
    })
}

fn token(args: &Args) -> anyhow::Result<Token> {
    let text = match &args.token_file {
        Some(path) => {
            std::fs::read_to_string(path).with_context(|| format!("cannot read the token in {}", path.display()))?
        }
        None => std::env::var("AMML_TOKEN").unwrap_or_default(),
    };
    let token = Token::new(&text);
    token.ok_or_else(|| {
        Usage::new("--writable needs a token", "put one into a file and name it with --token-file, or into $AMML_TOKEN")
            .into()
    })
}
