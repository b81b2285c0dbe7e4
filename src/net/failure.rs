use std::{io, path::PathBuf, sync::Arc};

use crate::id::WebUrl;

/// Why nothing is known of an address.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// No connection, a broken one, or a slow one.
    #[error("cannot reach {url}")]
    Unreachable {
        /// The address.
        url: WebUrl,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server answers that it will not or cannot answer.
    #[error("{url} answers with the status {status}")]
    Status {
        /// The address.
        url: WebUrl,
        /// The [status code](https://www.rfc-editor.org/rfc/rfc9110#section-15).
        status: u16,
    },
    /// The server asks to come back much later.
    #[error("{url} asks to wait {seconds} s, more than {longest} s")]
    LongWait {
        /// The address.
        url: WebUrl,
        /// The wait that it asks for.
        seconds: u64,
        /// The longest one that is heeded.
        longest: u64,
    },
    /// The answer does not end.
    #[error("the answer of {url} has more than {limit} bytes")]
    TooLarge {
        /// The address.
        url: WebUrl,
        /// The limit.
        limit: usize,
    },
    /// Redirects without an end.
    #[error("{url} redirects more than {most} times")]
    TooManyRedirects {
        /// The address.
        url: WebUrl,
        /// The limit.
        most: usize,
    },
    /// A redirect to what is no web address, or to one that is less safe.
    #[error("{url} redirects to {target:?}, which is not followed")]
    BadRedirect {
        /// The address.
        url: WebUrl,
        /// Where it leads.
        target: String,
    },
    /// The address is of this computer or its neighbors, and comes from data.
    #[error("{url} is no public address, and is not asked")]
    NotPublic {
        /// The address.
        url: WebUrl,
    },
    /// The server failed too often, or asked to be left alone: it is not asked again in this run.
    #[error("{url} is not asked, as {host} has been given up for this run")]
    GivenUp {
        /// The address.
        url: WebUrl,
        /// The server, with its port.
        host: String,
    },
    /// The time of the run is over.
    #[error("{url} is not asked, as the time of the run is over")]
    OutOfTime {
        /// The address.
        url: WebUrl,
    },
    /// Offline, and the cache has nothing.
    #[error("{url} is not in the cache")]
    NotKept {
        /// The address.
        url: WebUrl,
    },
    /// The answer cannot be kept.
    #[error("cannot write to the cache {path}")]
    Unkeepable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// The client cannot work at all.
    #[error("cannot use the network")]
    NoClient {
        /// Why.
        #[source]
        cause: Arc<dyn std::error::Error + Send + Sync>,
    },
}
