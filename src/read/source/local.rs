//! Sources on this machine.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{ReadError, Source, checkout::Checkout, registry, spec};

pub(super) fn load_standard_input() -> Result<Source, ReadError> {
    let path = PathBuf::from("standard input");
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|cause| ReadError::Unreadable { path: path.clone(), cause })?;
    super::from_bytes(&path, "stdin".to_owned(), None, bytes)
}

/// Reads a file, all lists in a folder, all files that a pattern matches, or the files of a registry as one source.
pub(super) fn load(path: &Path) -> Result<Vec<Source>, ReadError> {
    let mut tables: Vec<PathBuf> = registry::folder_of_tables(path).into_iter().collect();
    let mut sources = Vec::new();
    for file in if tables.is_empty() { paths(path)? } else { Vec::new() } {
        match registry::folder_of_tables(&file) {
            Some(folder) => tables.push(folder),
            None => sources.push(load_file(&file)?),
        }
    }
    tables.dedup();
    for folder in tables {
        sources.push(registry::load_tables(&folder)?);
    }
    Ok(registry::joined(sources))
}

/// The files that a path names: itself, the Markdown files of a folder, or all that a pattern matches, in the order of their
/// names. A folder with records of bio.tools is that registry.
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
    let all = below(folder)?;
    let chosen = |is_wanted: fn(&str) -> bool, all: &[PathBuf]| -> Vec<PathBuf> {
        all.iter().filter(|path| is_wanted(&path.to_string_lossy()) && path.is_file()).cloned().collect()
    };
    let records = chosen(registry::is_record, &all);
    let lists = if records.is_empty() { chosen(spec::is_markdown, &all) } else { records };
    if !lists.is_empty() {
        return Ok(lists);
    }
    // Where bio.tools keeps its records, each has a folder of its own.
    let mut deeper = Vec::new();
    for inner in all.iter().filter(|path| path.is_dir()) {
        deeper.extend(chosen(registry::is_record, &below(inner)?));
    }
    if deeper.is_empty() { Err(ReadError::EmptyFolder { path: folder.to_owned() }) } else { Ok(deeper) }
}

/// What is in a folder, in the order of the names.
fn below(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let unreadable = |cause| ReadError::Unreadable { path: folder.to_owned(), cause };
    let entries = fs::read_dir(folder).map_err(unreadable)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(unreadable));
    let mut paths = paths.collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
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
/// If they are no text, or no form of JSON that is known.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<Source, ReadError> {
    let checkout = Checkout::around(path);
    let address = checkout.as_ref().and_then(|checkout| checkout.page(path));
    let key = checkout.and_then(|checkout| checkout.key(path)).unwrap_or_else(|| name_of(path));
    Ok(Source { path: Some(path.to_owned()), ..super::from_bytes(path, key, address, bytes)? })
}

/// The file's name without its ending; for a README, which is called alike everywhere, the folder's.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = spec::without_ending(&name).to_owned();
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
