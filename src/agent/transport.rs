use std::{error::Error, sync::Arc};

use rmcp::{
    ServiceExt,
    service::ServerInitializeError,
    transport::{
        StreamableHttpServerConfig, StreamableHttpService, stdio_pipes,
        streamable_http_server::session::never::NeverSessionManager,
    },
};

use super::{knowledge::Knowledge, server::Server};

/// The largest body of a request over HTTP, in bytes. A query has no need of more.
const LARGEST_BODY: usize = 256 * 1024;
/// Who is served where nobody is named.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The protocol over HTTP, to be mounted at a path of a server.
pub type HttpService = StreamableHttpService<Server, NeverSessionManager>;

/// Why talking with a client over standard streams ended.
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The client did not begin as the protocol wants it.
    #[error("cannot begin to talk with the client")]
    Start(#[source] Box<dyn Error + Send + Sync>),
    /// The work broke down.
    #[error("cannot go on talking with the client")]
    Broken(#[source] Box<dyn Error + Send + Sync>),
}

/// Serves one client over standard input and output until it closes them. Nothing else may be written to standard output
/// meanwhile. Needs a runtime with I/O and time.
///
/// # Errors
///
/// If the client does not begin with the handshake of the protocol.
pub async fn stdio(knowledge: Arc<dyn Knowledge>) -> Result<(), AgentError> {
    match Server::new(knowledge).serve(stdio_pipes()).await {
        Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| AgentError::Broken(error.into())),
        // A client that goes before it said anything has done nothing wrong.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(AgentError::Start(error.into())),
    }
}

/// The protocol over HTTP, for requests whose `Host` is one of these (`example.org`, `example.org:8080`), and whose `Origin`,
/// where a browser sends one, is a page of these. An empty list means loopback; `None` that whoever mounts it has looked at
/// the host, or serves anybody.
///
/// There are no sessions: each request stands for itself and is answered with JSON. Nothing is kept between requests, so
/// nothing can pile up, any number of servers can stand behind one address, and the server may start anew unnoticed. The
/// price is that the server cannot speak first, which it has no reason to, and that a client of a protocol before 2026-07-28
/// cancels a call by closing its connection; its notice would come with another request, and is ignored.
#[must_use]
pub fn http_service(knowledge: Arc<dyn Knowledge>, allowed_hosts: Option<Vec<String>>) -> HttpService {
    let server = Server::new(knowledge);
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .with_max_request_body_bytes(LARGEST_BODY);
    let config = match allowed_hosts {
        // In the library, none means that nobody is asked for a name.
        None => config.with_allowed_hosts(Vec::<String>::new()),
        Some(hosts) => named(config, hosts),
    };
    StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config)
}

/// Serves these hosts and their pages only.
fn named(config: StreamableHttpServerConfig, hosts: Vec<String>) -> StreamableHttpServerConfig {
    let hosts = if hosts.is_empty() { LOOPBACK.map(ToOwned::to_owned).to_vec() } else { hosts };
    config
        .with_allowed_origins(hosts.iter().flat_map(|host| origins(host)))
        .enforce_origin_validation()
        .with_allowed_hosts(hosts)
}

/// The origins of pages of a host; on any port, where none is given.
fn origins(host: &str) -> [String; 2] {
    let is_bare_v6 = host.matches(':').count() > 1 && !host.starts_with('[');
    let host = if is_bare_v6 { format!("[{host}]") } else { host.to_owned() };
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let port = if has_port { "" } else { ":*" };
    ["http", "https"].map(|scheme| format!("{scheme}://{host}{port}"))
}
