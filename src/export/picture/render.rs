use std::{
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::Engine;

/// A format of pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Scalable Vector Graphics
    Svg,
    /// Portable Network Graphics
    Png,
    /// Portable Document Format
    Pdf,
}

impl PictureFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Pdf];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Graphviz is not installed.
    #[error("the program {engine} (Graphviz) is not installed")]
    NoGraphviz {
        /// The program.
        engine: &'static str,
    },
    /// It cannot be run.
    #[error("cannot run {engine}")]
    Io {
        /// The program.
        engine: &'static str,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// It failed.
    #[error("{engine} failed: {message}")]
    Failed {
        /// The program.
        engine: &'static str,
        /// What it said.
        message: String,
    },
    /// It took too long.
    #[error("{engine} did not finish within {} seconds", limit.as_secs())]
    TooSlow {
        /// The program.
        engine: &'static str,
        /// How long it was given.
        limit: Duration,
    },
}

/// Draws a Graphviz text with the program of an engine, which is given no more than the time limit.
///
/// # Errors
///
/// If Graphviz is not installed, fails, or takes too long.
pub fn render(dot: &str, engine: Engine, format: PictureFormat, limit: Duration) -> Result<Vec<u8>, RenderError> {
    let program = engine.name();
    let failed = |cause: io::Error| RenderError::Io { engine: program, cause };
    let argument = format!("-T{}", format.name());
    let spawned =
        Command::new(program).arg(argument).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = spawned.map_err(|cause| {
        if cause.kind() == io::ErrorKind::NotFound {
            RenderError::NoGraphviz { engine: program }
        } else {
            failed(cause)
        }
    })?;
    let mut stdin = child.stdin.take().expect("the pipe was asked for");
    let text = dot.to_owned();
    // Both pipes are emptied while Graphviz runs, else a large picture would block it.
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
    let succeeded = wait(&mut child, limit).map_err(failed)?.ok_or(RenderError::TooSlow { engine: program, limit })?;
    let message = complaints.join().unwrap_or_default();
    if !succeeded {
        return Err(RenderError::Failed { engine: program, message: message.trim().to_owned() });
    }
    let _ = writer.join();
    reader.join().map_err(|_| failed(io::Error::other("the reader of its output ended early")))?.map_err(failed)
}

/// Whether it succeeded; `None` if it had to be ended.
fn wait(child: &mut Child, limit: Duration) -> io::Result<Option<bool>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(5));
    }
}
