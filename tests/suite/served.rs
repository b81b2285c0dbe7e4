//! The program as a server, and a client that sends bytes as they are.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::harness::Place;

/// A server with the store of a place; it ends with the value.
pub(crate) struct Served {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub(crate) address: String,
}

/// What it answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    head: Vec<String>,
    pub(crate) body: String,
    /// Whether the body came to its end.
    pub(crate) is_whole: bool,
}

impl Served {
    /// Serves the store of a place on a port that is free.
    pub(crate) fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amml-graph"));
        command.args(["serve", "--bind", "127.0.0.1:0", "--store"]).arg(place.path("amml.store")).args(arguments);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut talk = BufReader::new(child.stderr.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(talk.read_line(&mut line).unwrap() > 0, "the server ended before it answered");
            if let Some(address) = line.trim().strip_prefix("listening on http://") {
                break address.trim_end_matches('/').to_owned();
            }
        };
        // What it says later must not fill the pipe.
        std::thread::spawn(move || std::io::copy(&mut talk, &mut std::io::sink()));
        Self { child, address }
    }

    /// Sends bytes, and reads until the server closes the connection.
    pub(crate) fn send(&self, request: &[u8]) -> Answered {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // A server that refuses early closes before all is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answered::parse(&bytes)
    }

    pub(crate) fn ask(&self, method: &str, target: &str, headers: &[&str], body: &str) -> Answered {
        let host = format!("Host: {}", self.address);
        let mut head = vec![format!("{method} {target} HTTP/1.1")];
        if !headers.iter().any(|header| header.to_ascii_lowercase().starts_with("host:")) {
            head.push(host);
        }
        head.extend(headers.iter().map(|header| (*header).to_owned()));
        head.push("Connection: close".to_owned());
        if !body.is_empty() {
            head.push(format!("Content-Length: {}", body.len()));
        }
        self.send(format!("{}\r\n\r\n{body}", head.join("\r\n")).as_bytes())
    }

    pub(crate) fn get(&self, target: &str) -> Answered {
        self.ask("GET", target, &[], "")
    }

    /// What a browser sees.
    pub(crate) fn page(&self, target: &str) -> Answered {
        self.ask("GET", target, &["Accept: text/html,application/xhtml+xml,*/*;q=0.8"], "")
    }

    pub(crate) fn get_as(&self, target: &str, accept: &str) -> Answered {
        self.ask("GET", target, &[&format!("Accept: {accept}")], "")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answered {
    fn parse(bytes: &[u8]) -> Self {
        let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head: Vec<String> = String::from_utf8_lossy(&bytes[..at]).lines().map(str::to_owned).collect();
        let status = head.first().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let mut answered = Self { status, head, body: String::new(), is_whole: true };
        let body = &bytes[at..];
        let is_chunked = answered.header("transfer-encoding").is_some_and(|coding| coding == "chunked");
        let (body, is_whole) = if is_chunked { unchunked(body) } else { (body.to_vec(), true) };
        answered.is_whole = is_whole;
        answered.body = String::from_utf8_lossy(&body).into_owned();
        answered
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&String| line.split_once(':').is_some_and(|(found, _)| found.eq_ignore_ascii_case(name));
        self.head.iter().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// The body of [chunks](https://www.rfc-editor.org/rfc/rfc9112#section-7.1), and whether the last one came.
fn unchunked(mut bytes: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(at) = bytes.windows(2).position(|window| window == b"\r\n") {
        let Ok(length) = usize::from_str_radix(String::from_utf8_lossy(&bytes[..at]).trim(), 16) else { break };
        if length == 0 {
            return (body, true);
        }
        let Some(chunk) = bytes.get(at + 2..at + 2 + length) else { break };
        body.extend_from_slice(chunk);
        bytes = bytes.get(at + 2 + length + 2..).unwrap_or_default();
    }
    (body, false)
}
