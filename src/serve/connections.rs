//! Connections: accepted, limited, and closed when nothing comes.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{Router, body::Body, http::Request};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::Semaphore, time};
use tower::ServiceExt as _;

use super::patient::Patient;

/// How many connections there are at once.
const MOST: usize = 8_192;
/// How long a client may take to say what it wants, or say nothing.
const SILENCE: Duration = Duration::from_secs(20);
/// How many bytes a header may have.
const LARGEST_HEADER: usize = 64 << 10;

/// Accepts connections until the process is told to end.
pub(super) async fn accept(listener: &TcpListener, router: Router) {
    let places = Arc::new(Semaphore::new(MOST));
    let end = end();
    tokio::pin!(end);
    loop {
        let place = tokio::select! {
            () = &mut end => return,
            place = Arc::clone(&places).acquire_owned() => place,
        };
        let accepted = tokio::select! {
            () = &mut end => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // Most likely there are no more file descriptors: others will be closed.
            time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            let _place = place;
            // Small answers are whole: nothing is gained by waiting for more.
            let _ = stream.set_nodelay(true);
            let service = service_fn(move |request: Request<Incoming>| {
                let router = router.clone();
                async move {
                    let answer = router.oneshot(request.map(Body::new)).await;
                    answer.map_err(|never: Infallible| match never {})
                }
            });
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(SILENCE).max_buf_size(LARGEST_HEADER);
            // A client that breaks off is no failure of ours.
            let _ = http.serve_connection(TokioIo::new(Patient::new(stream)), service).await;
        });
    }
}

/// Waits until the process is told to end.
async fn end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(_) => drop(interrupted.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
