use std::{
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// Scalable Vector Graphics
    Svg,
    /// Portable Network Graphics
    Png,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Graphviz is not installed.
    #[error("the program dot (Graphviz) is not installed")]
    NoGraphviz,
    /// It cannot be run.
    #[error("cannot run dot")]
    Io(#[from] io::Error),
    /// It failed.
    #[error("dot failed: {message}")]
    Failed {
        /// What it said.
        message: String,
    },
    /// It took too long.
    #[error("dot did not finish within {} seconds", limit.as_secs())]
    TooSlow {
        /// How long it was given.
        limit: Duration,
    },
}

/// Draws a Graphviz text with the program `dot`, which is given no more than the time limit.
///
/// # Errors
///
/// If Graphviz is not installed, fails, or takes too long.
pub fn render(dot: &str, picture: Picture, limit: Duration) -> Result<Vec<u8>, RenderError> {
    let format = match picture {
        Picture::Svg => "-Tsvg",
        Picture::Png => "-Tpng",
    };
    let spawned =
        Command::new("dot").arg(format).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound { RenderError::NoGraphviz } else { error.into() }
    })?;
    let mut stdin = child.stdin.take().expect("the pipe was asked for");
    let text = dot.to_owned();
    // Both pipes are emptied while dot runs, else a large picture would block it.
    let writer = thread::spawn(move || stdin.write_all(text.as_bytes()));
    let mut stdout = child.stdout.take().expect("the pipe was asked for");
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).map(|_| bytes)
    });
    let mut stderr = child.stderr.take().expect("the pipe was asked for");
    let complaints = thread::spawn(move || {
        let mut text = String::new();
        let _ = stderr.read_to_string(&mut text);
        text
    });
    let succeeded = wait(&mut child, limit)?;
    let message = complaints.join().unwrap_or_default();
    if !succeeded {
        return Err(RenderError::Failed { message: message.trim().to_owned() });
    }
    let _ = writer.join();
    reader.join().map_err(|_| io::Error::other("the reader of dot's output ended early"))?.map_err(RenderError::from)
}

fn wait(child: &mut Child, limit: Duration) -> Result<bool, RenderError> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Err(RenderError::TooSlow { limit });
        }
        thread::sleep(Duration::from_millis(5));
    }
}
