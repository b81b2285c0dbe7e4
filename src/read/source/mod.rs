//! Where sources come from: standard input, files, folders, patterns, web addresses, repositories.

mod checkout;
mod form;
mod links;
mod local;
mod registry;
mod remote;
mod spec;
mod unpack;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    id::WebUrl,
    model::{Lines, Notice, NoticeCode, SourceInfo, SourceKind},
    net::{Client, Failure},
};
pub use form::Form;
pub use links::linked_files;
pub use local::{decode, paths};
pub use registry::joined;
use remote::Target;
pub use spec::{GitHubFile, SourceSpec, SpecError};

/// A text that facts are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What identifies it.
    pub info: SourceInfo,
    /// Its text, line ends as `\n`, without a byte order mark.
    pub text: Arc<str>,
    /// The file that it was read from, where it is one.
    pub path: Option<PathBuf>,
    /// What had to be mended to read it as text.
    pub notices: Vec<Notice>,
}

/// Why a source could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The file is no text.
    #[error("{path} is a binary file, not a Markdown list")]
    Binary {
        /// Which file.
        path: PathBuf,
    },
    /// The file is JSON of a form that is not known.
    #[error(
        "{path} is neither a bibliography (CSL-JSON, Zotero) nor a registry (bio.tools, Papers with Code), as JSON should be"
    )]
    UnknownJson {
        /// Which file.
        path: PathBuf,
    },
    /// The file is packed, and much larger when it is unpacked.
    #[error("{path} has more than {limit} bytes when it is unpacked")]
    TooLarge {
        /// Which file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// A folder without a single list.
    #[error("the folder {path} has no Markdown file")]
    EmptyFolder {
        /// Which folder.
        path: PathBuf,
    },
    /// A pattern that matches no file.
    #[error("no file matches {pattern}")]
    NothingMatches {
        /// The pattern.
        pattern: String,
    },
    /// A pattern that is none.
    #[error("{pattern} is neither a file nor a pattern")]
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Nothing is there.
    #[error("there is nothing at {name}; looked at {}", tried.join(", "))]
    Absent {
        /// What was asked for.
        name: String,
        /// The addresses that were tried.
        tried: Vec<String>,
    },
    /// It is not known what is there.
    #[error("cannot fetch {name}")]
    Unfetched {
        /// What was asked for.
        name: String,
        /// Why.
        #[source]
        cause: Box<Failure>,
    },
    /// Something is there, but no list.
    #[error("{name} is {what}, not a Markdown list")]
    NotMarkdown {
        /// What was asked for.
        name: String,
        /// What it is.
        what: &'static str,
    },
}

impl ReadError {
    /// The same error, said of something under another name.
    fn of(mut self, name: &str) -> Self {
        if let Self::Unreadable { path, .. }
        | Self::Binary { path }
        | Self::UnknownJson { path }
        | Self::TooLarge { path, .. } = &mut self
        {
            *path = PathBuf::from(name);
        }
        self
    }
}

/// The sources that the program carries in itself: the first list and the facts about its papers and tools.
#[must_use]
pub fn embedded() -> Vec<Source> {
    const LIST: &str = include_str!("../../../data/awesome-medical-machine-learning.md");
    const CITATIONS: &str = include_str!("../../../data/seed-citations.tsv");
    const LINKS: &str = include_str!("../../../data/seed-links.tsv");
    let key = "DenseAI/awesome-medical-machine-learning";
    let list = SourceInfo {
        address: format!("https://github.com/{key}").parse().ok(),
        ..SourceInfo::new(key, SourceKind::List)
    };
    let facts = |key: &str| SourceInfo::new(key, SourceKind::Facts);
    vec![
        Source::new(list, LIST),
        Source::new(facts("seed-citations"), CITATIONS),
        Source::new(facts("seed-links"), LINKS),
    ]
}

/// How sources elsewhere are reached.
#[derive(Clone)]
pub struct Remote<'c> {
    /// Who asks for them.
    pub client: &'c Client,
    /// The server of GitHub's raw files, or one that answers as it does.
    pub github: WebUrl,
}

/// The server of GitHub's raw files.
pub const GITHUB_RAW: &str = "https://raw.githubusercontent.com";

/// Reads what each of the arguments names, in their order. What is elsewhere is fetched at the same time.
#[must_use]
pub fn load(specs: &[SourceSpec], remote: &Remote<'_>) -> Vec<Result<Vec<Source>, ReadError>> {
    let targets: Vec<Target> = specs
        .iter()
        .filter_map(|spec| match spec {
            SourceSpec::Web(url) => Some(Target::of_web(url)),
            SourceSpec::GitHub(file) => Some(Target::of_github(file, &remote.github)),
            SourceSpec::StandardInput | SourceSpec::Path(_) => None,
        })
        .collect();
    let mut fetched = remote::load(&targets, remote).into_iter();
    let load_one = |spec: &SourceSpec| match spec {
        SourceSpec::StandardInput => Ok(vec![local::load_standard_input()?]),
        SourceSpec::Path(path) => local::load(path),
        SourceSpec::Web(_) | SourceSpec::GitHub(_) => Ok(vec![fetched.next().expect("one answer for each target")?]),
    };
    specs.iter().map(load_one).collect()
}

/// Makes a source of bytes. `path` is how they are called; what they are is seen by what is in them.
fn from_bytes(path: &Path, key: String, address: Option<WebUrl>, bytes: Vec<u8>) -> Result<Source, ReadError> {
    let bytes = unpack::unpacked(path, bytes)?;
    let (text, notices) = text_of(path, bytes)?;
    let form = Form::of_file(path, &text);
    if form == Form::OtherJson {
        return Err(ReadError::UnknownJson { path: path.to_owned() });
    }
    let key = form.registry().map_or(key, str::to_owned);
    let info = SourceInfo { address, ..SourceInfo::new(key, form.kind()) };
    let text = if form == Form::BioTools { registry::without_emails(&text) } else { text.into() };
    Ok(Source { notices, ..Source::new(info, &text) })
}

/// Bytes as text, and what had to be mended.
fn text_of(path: &Path, bytes: Vec<u8>) -> Result<(String, Vec<Notice>), ReadError> {
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return Err(ReadError::Binary { path: path.to_owned() });
    }
    let mut notices = Vec::new();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let line =
            1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        notices.push(Notice {
            code: NoticeCode::InvalidUtf8,
            lines: Lines { first: line, last: line },
            text: "bytes that are not UTF-8 were replaced from here on".to_owned(),
        });
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    });
    Ok((text, notices))
}

impl Source {
    /// A source from a text that is already there.
    #[must_use]
    pub fn new(info: SourceInfo, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text: Arc<str> =
            if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() };
        Self { info, text, path: None, notices: Vec::new() }
    }

    /// What to call it in a message: the file, or the key.
    #[must_use]
    pub fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| self.info.key.to_string(), |path| path.display().to_string())
    }
}
