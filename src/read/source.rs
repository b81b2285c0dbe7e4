use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::model::{Lines, Notice, NoticeCode, SourceInfo, SourceKind};

/// A text that facts are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What identifies it.
    pub info: SourceInfo,
    /// Its text, line ends as `\n`, without a byte order mark.
    pub text: Arc<str>,
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
    /// A folder without a single list.
    #[error("the folder {path} has no Markdown file")]
    EmptyFolder {
        /// Which folder.
        path: PathBuf,
    },
}

/// The sources that the program carries in itself: the first list and the facts about its papers and tools.
#[must_use]
pub fn embedded() -> Vec<Source> {
    const LIST: &str = include_str!("../../data/awesome-medical-machine-learning.md");
    const CITATIONS: &str = include_str!("../../data/seed-citations.tsv");
    const LINKS: &str = include_str!("../../data/seed-links.tsv");
    let key = "DenseAI/awesome-medical-machine-learning";
    let list = SourceInfo {
        key: key.into(),
        kind: SourceKind::List,
        address: format!("https://github.com/{key}").parse().ok(),
        title: None,
    };
    let facts = |key: &str| SourceInfo { key: key.into(), kind: SourceKind::Facts, address: None, title: None };
    vec![
        Source::new(list, LIST),
        Source::new(facts("seed-citations"), CITATIONS),
        Source::new(facts("seed-links"), LINKS),
    ]
}

/// Reads what an argument names: a Markdown file, a folder of them, a table of facts (`.tsv`), or `-` for standard input.
///
/// # Errors
///
/// If a file cannot be read or is no text, or a folder has no list in it.
pub fn load(argument: &str) -> Result<Vec<Source>, ReadError> {
    if argument == "-" {
        let mut bytes = Vec::new();
        let path = PathBuf::from("stdin");
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|cause| ReadError::Unreadable { path: path.clone(), cause })?;
        return Ok(vec![decode(&path, bytes)?]);
    }
    paths(argument)?.iter().map(|path| load_file(path)).collect()
}

/// The files that an argument of [`load`] names: itself, or the Markdown files of a folder in the order of their names.
///
/// # Errors
///
/// If a folder cannot be read or has no list in it.
pub fn paths(argument: &str) -> Result<Vec<PathBuf>, ReadError> {
    let path = Path::new(argument);
    if path.is_dir() { paths_in(path) } else { Ok(vec![path.to_owned()]) }
}

fn paths_in(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let unreadable = |cause| ReadError::Unreadable { path: folder.to_owned(), cause };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file()
            && path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown"))
        {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(ReadError::EmptyFolder { path: folder.to_owned() });
    }
    files.sort();
    Ok(files)
}

fn load_file(path: &Path) -> Result<Source, ReadError> {
    let bytes = fs::read(path).map_err(|cause| ReadError::Unreadable { path: path.to_owned(), cause })?;
    decode(path, bytes)
}

/// The file's name without its ending; for a README, which is called alike everywhere, the folder's.
fn key_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !stem.eq_ignore_ascii_case("readme") {
        return stem;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(Path::file_name);
    folder.map_or(stem, |folder| folder.to_string_lossy().into_owned())
}

/// Makes a source of the bytes of a file.
///
/// # Errors
///
/// If they are no text.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<Source, ReadError> {
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return Err(ReadError::Binary { path: path.to_owned() });
    }
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
    let kind = if is_table { SourceKind::Facts } else { SourceKind::List };
    let info = SourceInfo { key: key_of(path).into(), kind, address: None, title: None };
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
    Ok(Source { notices, ..Source::new(info, &text) })
}

impl Source {
    /// A source from a text that is already there.
    #[must_use]
    pub fn new(info: SourceInfo, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text: Arc<str> =
            if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() };
        Self { info, text, notices: Vec::new() }
    }
}
