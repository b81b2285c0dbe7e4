//! A server on this machine that answers as a test tells it to.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Path and query.
    pub(crate) path: String,
    /// All lines of the head.
    pub(crate) head: Vec<String>,
    pub(crate) at: Instant,
}

impl Asked {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&String| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.head.iter().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }
}

/// What to answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// Close the connection after so many bytes of the body.
    pub(crate) cut_at: Option<usize>,
    /// Wait before answering.
    pub(crate) wait: Duration,
}

impl Reply {
    pub(crate) fn status(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    pub(crate) fn ok(body: impl AsRef<[u8]>) -> Self {
        Self { body: body.as_ref().to_vec(), ..Self::status(200) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// The server; it ends with the test process.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Answers each request as the closure says, which is told how many came before it for the same path.
    pub(crate) fn new(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || {
                    let Some(asked) = read(&stream) else { return };
                    let before = {
                        let mut log = log.lock().unwrap();
                        let before = log.iter().filter(|other| other.path == asked.path).count();
                        log.push(asked.clone());
                        before
                    };
                    let _ = write(stream, &answer(&asked, before));
                });
            }
        });
        Self { address, asked }
    }

    /// Shows files as the server of GitHub's raw files does, with an `ETag` for each text.
    pub(crate) fn of_files(files: &[(&str, &str)]) -> Self {
        let files: Vec<(String, String)> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self::new(move |asked, _| {
            let Some((_, text)) = files.iter().find(|(path, _)| *path == asked.path) else {
                return Reply { body: b"404: Not Found".to_vec(), ..Reply::status(404) };
            };
            let etag = format!("\"{}-{}\"", text.len(), text.bytes().map(u64::from).sum::<u64>());
            if asked.header("if-none-match") == Some(&etag) {
                return Reply::status(304).with("ETag", etag);
            }
            Reply::ok(text).with("ETag", etag).with("Content-Type", "text/plain; charset=utf-8")
        })
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next()?.ok()?;
    let path = request.split(' ').nth(1)?.to_owned();
    let head = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    Some(Asked { path, head, at: Instant::now() })
}

fn write(mut stream: TcpStream, reply: &Reply) -> std::io::Result<()> {
    thread::sleep(reply.wait);
    let mut head = format!("HTTP/1.1 {} Stub\r\nConnection: close\r\n", reply.status);
    if reply.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    }
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    stream.write_all(&reply.body[..reply.cut_at.unwrap_or(reply.body.len())])?;
    stream.flush()
}
