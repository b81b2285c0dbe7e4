//! A server on this machine that answers as a test tells it to.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// A request as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    /// All lines of the head.
    pub(crate) head: Vec<String>,
    pub(crate) body: Vec<u8>,
    /// The number of the connection that it came by.
    pub(crate) connection: usize,
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
    /// How often the body is sent, without saying how long that is.
    pub(crate) repeat: Option<usize>,
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
    state: Arc<State>,
}

/// What the server knows of its visitors.
#[derive(Default)]
struct State {
    asked: Mutex<Vec<Asked>>,
    n_asked: Mutex<HashMap<String, usize>>,
    n_sent: AtomicUsize,
}

impl Server {
    /// Answers each request as the closure says, which is told how many came before it for the same path.
    pub(crate) fn new(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (state, answer) = (Arc::new(State::default()), Arc::new(answer));
        let server = Self { address, state: Arc::clone(&state) };
        thread::spawn(move || {
            for (connection, stream) in listener.incoming().flatten().enumerate() {
                let (state, answer) = (Arc::clone(&state), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut lines = BufReader::new(&stream);
                    while let Some(asked) = read(&mut lines, connection) {
                        let before = state.note(&asked);
                        let reply = answer(&asked, before);
                        if !write(&stream, &asked, &reply, &state.n_sent).unwrap_or(false) {
                            break;
                        }
                    }
                });
            }
        });
        server
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
        self.state.asked.lock().unwrap().clone()
    }

    /// How many bytes of bodies went out.
    pub(crate) fn n_sent(&self) -> usize {
        self.state.n_sent.load(Ordering::SeqCst)
    }

    /// Host and port.
    pub(crate) fn authority(&self) -> String {
        self.address.trim_start_matches("http://").to_owned()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

impl State {
    /// Writes down a request, and says how many came before it for the same path.
    fn note(&self, asked: &Asked) -> usize {
        self.asked.lock().unwrap().push(asked.clone());
        let mut n_asked = self.n_asked.lock().unwrap();
        let count = n_asked.entry(asked.path.clone()).or_default();
        *count += 1;
        *count - 1
    }
}

fn read(lines: &mut impl BufRead, connection: usize) -> Option<Asked> {
    let mut line = || {
        let mut line = String::new();
        let n_read = lines.read_line(&mut line).ok()?;
        (n_read > 0).then(|| line.trim_end().to_owned())
    };
    let request = line()?;
    let mut words = request.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let head = std::iter::from_fn(|| line().filter(|line| !line.is_empty())).collect();
    let mut asked = Asked { method, path, head, body: Vec::new(), connection, at: Instant::now() };
    let length = asked.header("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
    lines.take(length).read_to_end(&mut asked.body).ok()?;
    Some(asked)
}

/// Whether the connection stays open for more.
fn write(mut stream: &TcpStream, asked: &Asked, reply: &Reply, n_sent: &AtomicUsize) -> std::io::Result<bool> {
    thread::sleep(reply.wait);
    let is_last = reply.cut_at.is_some() || reply.repeat.is_some();
    let mut head = format!("HTTP/1.1 {} Stub\r\n", reply.status);
    if is_last {
        head.push_str("Connection: close\r\n");
    }
    if !matches!(reply.status, 204 | 304) && reply.repeat.is_none() {
        head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
    }
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = if asked.method == "HEAD" { &[] } else { &reply.body[..reply.cut_at.unwrap_or(reply.body.len())] };
    stream.write_all(&[head.as_bytes(), b"\r\n", body].concat())?;
    n_sent.fetch_add(body.len(), Ordering::SeqCst);
    for _ in 1..reply.repeat.unwrap_or(1) {
        stream.write_all(body)?;
        n_sent.fetch_add(body.len(), Ordering::SeqCst);
    }
    Ok(!is_last)
}
