//! Sources on this machine.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{ReadError, Source, checkout::Checkout, spec};
use crate::model::{SourceInfo, SourceKind};

pub(super) fn load_standard_input() -> Result<Source, ReadError> {
    let path = PathBuf::from("standard input");
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|cause| ReadError::Unreadable { path: path.clone(), cause })?;
    let info = SourceInfo::new("stdin", SourceKind::List);
    super::from_bytes(&path, info, bytes)
}

/// Reads a file, all lists in a folder, or all files that a pattern matches.
pub(super) fn load(path: &Path) -> Result<Vec<Source>, ReadError> {
    paths(path)?.iter().map(|path| load_file(path)).collect()
}

/// The files that a path names: itself, the Markdown files of a folder, or all that a pattern matches, in the order of their
/// names.
///
/// # Errors
///
/// If a folder cannot be read or has no list in it, or nothing matches the pattern.
pub fn paths(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if path.is_dir() {
        return files_in(path);
    }
    // A file may be called like a pattern.
    let pattern = path.to_str().filter(|text| text.contains(['*', '?', '[']) && !path.exists());
    pattern.map_or_else(|| Ok(vec![path.to_owned()]), matching)
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let unreadable = |cause| ReadError::Unreadable { path: folder.to_owned(), cause };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file() && spec::is_markdown(&path.to_string_lossy()) {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(ReadError::EmptyFolder { path: folder.to_owned() });
    }
    files.sort();
    Ok(files)
}

/// The files that a pattern matches; `**` stands for any folders, but for hidden ones.
fn matching(pattern: &str) -> Result<Vec<PathBuf>, ReadError> {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let found = glob::glob_with(pattern, options)
        .map_err(|cause| ReadError::BadPattern { pattern: pattern.to_owned(), cause: Box::new(cause) })?;
    let mut files: Vec<PathBuf> = Vec::new();
    for path in found {
        let path =
            path.map_err(|error| ReadError::Unreadable { path: error.path().to_owned(), cause: error.into() })?;
        if path.is_file() {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(ReadError::NothingMatches { pattern: pattern.to_owned() });
    }
    files.sort();
    Ok(files)
}

fn load_file(path: &Path) -> Result<Source, ReadError> {
    let bytes = fs::read(path).map_err(|cause| ReadError::Unreadable { path: path.to_owned(), cause })?;
    decode(path, bytes)
}

/// Makes a source of the bytes of a file.
///
/// # Errors
///
/// If they are no text.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<Source, ReadError> {
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("tsv"));
    let kind = if is_table { SourceKind::Facts } else { SourceKind::List };
    let checkout = Checkout::around(path);
    let address = checkout.as_ref().and_then(|checkout| checkout.page(path));
    let key = checkout.and_then(|checkout| checkout.key(path)).unwrap_or_else(|| name_of(path));
    let info = SourceInfo { address, ..SourceInfo::new(key, kind) };
    Ok(Source { path: Some(path.to_owned()), ..super::from_bytes(path, info, bytes)? })
}

/// The file's name without its ending; for a README, which is called alike everywhere, the folder's.
fn name_of(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if !stem.eq_ignore_ascii_case("readme") {
        return stem;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(Path::file_name);
    folder.map_or(stem, |folder| folder.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_files_in_any_depth_but_no_hidden_ones() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["a.md", "b.txt", "sub/c.md", "sub/deep/d.md", ".git/e.md", "sub/.f.md", "odd[1].md"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "- [x](https://github.com/a/b)\n").unwrap();
        }
        let keys = |pattern: &str| -> Vec<String> {
            let sources = load(&folder.path().join(pattern)).unwrap();
            sources.iter().map(|source| source.info.key.to_string()).collect()
        };
        assert_eq!(keys("*.md"), ["a", "odd[1]"]);
        assert_eq!(keys("**/*.md"), ["a", "odd[1]", "c", "d"]);
        assert_eq!(keys("sub/[cd].md"), ["c"]);
        assert_eq!(keys("odd[1].md"), ["odd[1]"], "a file that is called like a pattern");
        assert_eq!(keys("."), ["a", "odd[1]"], "a folder, without the folders in it");
        assert!(matches!(load(&folder.path().join("*.rst")), Err(ReadError::NothingMatches { .. })));
        assert!(matches!(load(&folder.path().join("a**b[")), Err(ReadError::BadPattern { .. })));
    }
}
