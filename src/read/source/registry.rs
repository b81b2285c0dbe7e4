//! Registries of tools that lie in several files: they are one source.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{ReadError, Source, form::SECTION, text_of};
use crate::{
    model::{Notice, SourceInfo, SourceKind},
    read::Form,
};

/// The tables of scRNA-tools that are read, the tools first.
const TABLES: [&str; 6] =
    ["tools.tsv", "repositories.tsv", "doi-idx.tsv", "references.tsv", "reference-links.tsv", "categories-idx.tsv"];

/// Whether a file is a record of bio.tools, by its name.
pub(super) fn is_record(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".biotools.json")
}

/// The folder with the tables of scRNA-tools that a path means: the folder, or one of its tables.
pub(super) fn folder_of_tables(path: &Path) -> Option<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_table = TABLES.contains(&&*name) || name == "categories.tsv";
    let folder = if is_table { path.parent()? } else { path };
    let has_tables = ["tools.tsv", "doi-idx.tsv"].iter().all(|name| folder.join(name).is_file());
    has_tables.then(|| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() })
}

/// Reads the tables of a folder as one text: above each stands a line with its name.
pub(super) fn load_tables(folder: &Path) -> Result<Source, ReadError> {
    let mut text = String::new();
    let mut notices: Vec<Notice> = Vec::new();
    let mut n_lines = 0;
    for name in TABLES {
        let path = folder.join(name);
        if !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path).map_err(|cause| ReadError::Unreadable { path: path.clone(), cause })?;
        let (table, mended) = text_of(&path, bytes)?;
        let table = Source::new(SourceInfo::new(name, SourceKind::Facts), &table).text;
        n_lines += 1;
        notices.extend(mended.into_iter().map(|mut notice| {
            notice.lines.first += n_lines;
            notice.lines.last += n_lines;
            notice
        }));
        n_lines += u32::try_from(table.lines().count()).unwrap_or(u32::MAX - n_lines);
        text.extend([SECTION, name, " <==\n", table.strip_suffix('\n').unwrap_or(&table), "\n"]);
    }
    let key = Form::ScrnaTools.registry().expect("it is a registry");
    let info = SourceInfo::new(key, SourceKind::Registry);
    Ok(Source { path: Some(folder.to_owned()), notices, ..Source::new(info, &text) })
}

/// Puts several files of one registry together: each record, or each file of them, is a line of one text.
#[must_use]
pub fn joined(sources: Vec<Source>) -> Vec<Source> {
    let mut by_registry: BTreeMap<Arc<str>, Vec<Source>> = BTreeMap::new();
    let mut all = Vec::with_capacity(sources.len());
    for source in sources {
        let is_json = source.info.kind == SourceKind::Registry && Form::of(&source.text) != Form::ScrnaTools;
        if is_json { by_registry.entry(source.info.key.clone()).or_default().push(source) } else { all.push(source) }
    }
    all.extend(by_registry.into_values().map(|mut files| if files.len() == 1 { files.remove(0) } else { join(files) }));
    all
}

fn join(mut files: Vec<Source>) -> Source {
    files.dedup_by(|a, b| a.text == b.text);
    let mut text = String::with_capacity(files.iter().map(|file| file.text.len() + 1).sum());
    let mut notices = Vec::new();
    for file in &files {
        notices.extend(file.notices.iter().cloned());
        let are_records = file
            .text
            .lines()
            .map(str::trim)
            .all(|line| line.is_empty() || line.starts_with('{') && line.ends_with('}'));
        // A line end within a string of JSON would be a fault; so lines can be put together.
        for line in file.text.lines() {
            text.push_str(line.trim());
            if are_records {
                text.push('\n');
            }
        }
        if !are_records {
            text.push('\n');
        }
    }
    let info = SourceInfo::new(files[0].info.key.clone(), SourceKind::Registry);
    Source { notices, ..Source::new(info, &text) }
}

/// A text of bio.tools without the addresses of persons' mail boxes: nobody needs them to know which tool is which, and a
/// graph that is handed on must not spread them.
pub(super) fn without_emails(text: &str) -> Cow<'_, str> {
    const KEY: &str = "\"email\"";
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(KEY) {
        let (before, after) = rest.split_at(at + KEY.len());
        let value = after.trim_start().strip_prefix(':').map(str::trim_start).and_then(|value| value.strip_prefix('"'));
        let is_escaped = |value: &str, at: usize| value[..at].ends_with('\\');
        let end = value.and_then(|value| {
            let mut ends = value.match_indices('"').map(|(at, _)| at);
            Some((value, ends.find(|at| !is_escaped(value, *at))?))
        });
        kept.push_str(before);
        rest = match end {
            Some((value, end)) => {
                kept.push_str(&after[..after.len() - value.len()]);
                &value[end..]
            }
            None => after,
        };
    }
    if kept.is_empty() {
        return Cow::Borrowed(text);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn load(path: &Path) -> Vec<Source> {
        super::super::local::load(path).unwrap()
    }

    #[test]
    fn the_tables_of_a_folder_are_one_source_whichever_is_named() {
        let folder = folder(&[
            ("doi-idx.tsv", "Tool\tDOI\r\na\t10.1000/a\r\n"),
            ("tools.tsv", "\u{feff}Tool\tPlatform\tCode\na\tR\tNA\n"),
            ("README.md", "- [x](https://x.org)\n"),
        ]);
        let expected =
            "==> tools.tsv <==\nTool\tPlatform\tCode\na\tR\tNA\n==> doi-idx.tsv <==\nTool\tDOI\na\t10.1000/a\n";
        for name in ["", "tools.tsv", "doi-idx.tsv", "*.tsv"] {
            let sources = load(&folder.path().join(name));
            assert_eq!(sources.len(), 1, "{name}");
            assert_eq!((&*sources[0].info.key, &*sources[0].text), ("scrna-tools", expected), "{name}");
            assert_eq!(sources[0].info.kind, SourceKind::Registry);
        }
    }

    #[test]
    fn records_in_many_files_are_one_source() {
        let pretty = "{\n  \"biotoolsID\": \"b\",\n  \"name\": \"B  B\"\n}\n";
        let folder = folder(&[
            ("a.biotools.json", r#"{"biotoolsID":"a","credit":[{"email" : "a@x.org"}]}"#),
            ("b.biotools.json", pretty),
            ("README.md", "- [x](https://x.org)\n"),
            ("deep/c/c.biotools.json", r#"{"biotoolsID":"c"}"#),
        ]);
        let sources = load(folder.path());
        assert_eq!(sources.len(), 1);
        assert_eq!(
            &*sources[0].text,
            "{\"biotoolsID\":\"a\",\"credit\":[{\"email\" : \"\"}]}\n{\"biotoolsID\": \"b\",\"name\": \"B  B\"}\n"
        );
        assert_eq!(joined(sources.clone()), sources, "once is enough");
        assert_eq!(&*load(&folder.path().join("deep"))[0].text, r#"{"biotoolsID":"c"}"#);
        assert_eq!(&*load(&folder.path().join("b.biotools.json"))[0].text, pretty, "one file stays as it is");
    }

    #[test]
    fn no_mail_box_is_kept() {
        for (text, expected) in [
            (r#"{"email": "a@b.c", "name": "x"}"#, r#"{"email": "", "name": "x"}"#),
            (r#"{"email":"\"a\"@b.c"}"#, r#"{"email":""}"#),
            (r#"{"email":null,"email":"a"}"#, r#"{"email":null,"email":""}"#),
            (r#"{"email":"cut"#, r#"{"email":"cut"#),
            (r#"{"name":"e-mail"}"#, r#"{"name":"e-mail"}"#),
        ] {
            assert_eq!(without_emails(text), expected);
        }
    }
}
