//! An index on disk: written beside its place, renamed into it, and not trusted when opened.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexWriter, TantivyDocument};

use super::schema::schema;
use super::tokens::{Stems, tokenizers};
use super::{Document, SearchError};

/// Goes up whenever the fields or the words in them change.
const VERSION: &str = "amml-search 1";
/// What the writer may hold before it writes a segment.
const MEMORY: usize = 64_000_000;

/// Makes an index in a folder.
pub(super) fn build(
    folder: &Path,
    stamp: &str,
    documents: impl IntoIterator<Item = Document>,
) -> Result<Index, SearchError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| SearchError::Write { path, source }
    };
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    // Whoever comes second waits. The system opens the lock of a program that was killed.
    let lock = beside(folder, "lock");
    let _lock = locked(&lock).map_err(failed(&lock))?;
    let (new, old) = (beside(folder, "new"), beside(folder, "old"));
    remove(&new).map_err(failed(&new))?;
    remove(&old).map_err(failed(&old))?;
    fs::create_dir(&new).map_err(failed(&new))?;
    let index = Index::create_in_dir(&new, schema().0).map_err(SearchError::Build)?;
    fill(&index, stamp, documents).map_err(SearchError::Build)?;
    drop(index);
    if folder.exists() {
        fs::rename(folder, &old).map_err(failed(&old))?;
    }
    fs::rename(&new, folder).map_err(failed(folder))?;
    remove(&old).map_err(failed(&old))?;
    Index::open_in_dir(folder).map(with_tokenizers).map_err(SearchError::Build)
}

/// Opens the index in a folder if it can be used.
///
/// Every file is read against its checksum first (a gigabyte takes about a second), since what is mapped into memory
/// is not checked later.
pub(super) fn open(folder: &Path, stamp: &str) -> Option<Index> {
    let index = Index::open_in_dir(folder).map(with_tokenizers).ok()?;
    let metas = index.load_metas().ok()?;
    let is_ours = metas.payload.as_deref() == Some(payload(stamp).as_str()) && metas.schema == schema().0;
    // tantivy checks only the files that its list of files has, and takes a lost list for an empty one.
    let is_listed = is_ours && all_listed(folder, &index.directory().list_managed_files()).unwrap_or(false);
    let is_whole = is_listed && index.validate_checksum().is_ok_and(|damaged| damaged.is_empty());
    is_whole.then_some(index)
}

fn all_listed(folder: &Path, listed: &HashSet<PathBuf>) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let is_own = name == ".managed.json" || Path::new(&name).extension().is_some_and(|ending| ending == "lock");
        if !is_own && !listed.contains(Path::new(&name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Writes documents into a new index, as one segment.
pub(super) fn fill(index: &Index, stamp: &str, documents: impl IntoIterator<Item = Document>) -> tantivy::Result<()> {
    let index = with_tokenizers(index.clone());
    let fields = schema().1;
    let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let mut stems = Stems::default();
    for document in documents {
        writer.add_document(fields.document(&document, &mut stems))?;
    }
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&payload(stamp));
    commit.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    writer.wait_merging_threads()
}

fn with_tokenizers(mut index: Index) -> Index {
    index.set_tokenizers(tokenizers());
    index
}

fn payload(stamp: &str) -> String {
    format!("{VERSION}\n{stamp}")
}

/// `search.new` for the folder `search`.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut path = folder.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    PathBuf::from(path)
}

fn locked(path: &Path) -> io::Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path)?;
    file.lock()?;
    Ok(file)
}

/// Removes a file or folder that may be there.
fn remove(path: &Path) -> io::Result<()> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
