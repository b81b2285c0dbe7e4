//! Answers that are sent while they are made.
//!
//! What makes an answer runs in a thread of its own, since the evaluator of queries is bound to one, and writes into a
//! channel. The status is decided when the first part is full, or when all is written: until then an error is an error to
//! the client. After that an error cuts the connection, so that nobody takes a part for the whole.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, Response, header},
};
use tokio::{runtime::Handle, sync::mpsc, time};

use super::{linked::broken, problem::Problem};
use crate::store::{Budget, Stopped};

/// How much is written before it is sent.
const PART: usize = 64 << 10;
/// How many parts wait for a client at most.
const WAITING: usize = 4;
/// How long a client may take none of them, while the answer is made, too.
const PATIENCE: Duration = Duration::from_secs(60);
/// How many bytes a second it must take on the whole, after that.
const SLOWEST: u64 = 32 << 10;

/// What the work sends.
enum Piece {
    /// A part of the answer.
    Part(Bytes),
    /// There is no more.
    End,
    /// There is no more, and there should be.
    Failed(Problem),
}

/// Runs `work`, and answers with what it writes. When the client leaves, the budget is stopped. `held` is kept until all is
/// written.
pub(super) async fn stream<W, H>(
    content_type: &'static str,
    budget: Budget,
    held: H,
    work: W,
) -> Result<Response<Body>, Problem>
where
    W: FnOnce(&mut dyn Write) -> Result<(), Problem> + Send + 'static,
    H: Send + 'static,
{
    let (sender, mut pieces) = mpsc::channel::<Piece>(WAITING);
    let wanted = Wanted(budget.clone());
    tokio::task::spawn_blocking(move || {
        let _held = held;
        let mut out =
            Parts { sender, part: Vec::new(), budget, runtime: Handle::current(), begun: Instant::now(), n_sent: 0 };
        let end = match work(&mut out) {
            Ok(()) if out.flush().is_ok() => Piece::End,
            Ok(()) => return,
            Err(problem) => Piece::Failed(problem),
        };
        // That nobody hears it is no further failure.
        let _ = out.send(end);
    });
    let body = match pieces.recv().await {
        Some(Piece::Part(first)) => match pieces.try_recv() {
            // All of it: its length is known.
            Ok(Piece::End) => Body::from(first),
            next => rest(first, next.ok(), pieces, wanted),
        },
        Some(Piece::End) => Body::empty(),
        Some(Piece::Failed(problem)) => return Err(problem),
        None => return Err(broken()),
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    Ok(response)
}

/// The first pieces, and then the others as they come. What ends without an end is cut off, so that nobody takes it for whole.
fn rest(first: Bytes, second: Option<Piece>, pieces: mpsc::Receiver<Piece>, wanted: Wanted) -> Body {
    use futures_util::{StreamExt as _, stream};
    let coming = stream::unfold((second, Some(pieces), wanted), |(known, pieces, wanted)| async move {
        let mut pieces = pieces?;
        let piece = match known {
            Some(piece) => Some(piece),
            None => pieces.recv().await,
        };
        match piece {
            Some(Piece::Part(part)) => Some((Ok(part), (None, Some(pieces), wanted))),
            Some(Piece::End) => None,
            Some(Piece::Failed(problem)) => Some((Err(io::Error::other(problem.what)), (None, None, wanted))),
            None => Some((Err(io::ErrorKind::UnexpectedEof.into()), (None, None, wanted))),
        }
    });
    Body::from_stream(stream::iter([Ok(first)]).chain(coming))
}

/// Stops the work when nobody waits for it any more.
pub(super) struct Wanted(pub(super) Budget);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.stop(Stopped::Unwanted);
    }
}

/// Collects what is written into parts.
struct Parts {
    sender: mpsc::Sender<Piece>,
    part: Vec<u8>,
    budget: Budget,
    runtime: Handle,
    begun: Instant,
    n_sent: u64,
}

impl Parts {
    fn send(&mut self, piece: Piece) -> io::Result<()> {
        // A client that takes a part now and then would hold a thread for good.
        let time = PATIENCE + Duration::from_secs(self.n_sent / SLOWEST);
        let left = time.saturating_sub(self.begun.elapsed());
        let n_bytes = if let Piece::Part(part) = &piece { part.len() } else { 0 };
        let sent = self.runtime.block_on(time::timeout(left, self.sender.send(piece)));
        if matches!(sent, Ok(Ok(()))) {
            self.n_sent += n_bytes as u64;
            return Ok(());
        }
        self.budget.stop(Stopped::Unwanted);
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        let part = std::mem::replace(&mut self.part, Vec::with_capacity(PART + 4096));
        self.budget.handed_over(part.capacity());
        self.send(Piece::Part(part.into()))
    }
}
