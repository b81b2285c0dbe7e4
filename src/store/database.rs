//! The database on disk: how a change gets into it, whole or not at all.
//!
//! Oxigraph writes in two ways. A transaction takes quads away and adds others, but needs some 40 µs for each of them,
//! and a kilobyte of memory. The bulk loader needs 3 µs, but only adds. Both are atomic. So where much is to be taken
//! away, too, a new database is written into a folder beside the old one, and takes its place when it is complete.
//!
//! The place is taken in steps that a kill may interrupt: the folder gets the name `amml.ready`, and from then on it *is*
//! the store ([`place`]); whoever writes next finishes what was begun ([`settle`]).

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use oxigraph::store::{StorageError, Store};
use oxrdf::Quad;
use rayon::current_num_threads;

use super::{Access, Change, StoreError, failed, file, replacement::Replacement, snapshot::Snapshot};

/// A database that is being written, or one that is being removed.
const PART: &str = "amml.part";
/// A complete one that takes the place of the one in the folder above.
const READY: &str = "amml.ready";
/// How many quads a thread of the bulk loader works on at a time, at least: more take more memory and no less time.
const BATCH: usize = 40_000;
/// How many such batches there may be: each leaves files that a reader must look into, and RocksDB lets no one write
/// before it has put too many of them together.
const MOST_BATCHES: usize = 20;
/// How many times longer a transaction takes for a quad than the bulk loader.
const COST_OF_TRANSACTION: usize = 12;

/// The folder that holds the database of a store: the store's own, unless another one is about to take its place.
pub(super) fn place(path: &Path) -> PathBuf {
    let ready = path.join(READY);
    if ready.is_dir() { ready } else { path.to_owned() }
}

/// Whether there is a database in a folder.
pub(super) fn is_in(folder: &Path) -> bool {
    folder.join("CURRENT").is_file()
}

/// Everything that a database holds.
pub(super) fn read(folder: &Path) -> Result<Snapshot, StoreError> {
    let store = open(folder, Access::Read)?;
    Snapshot::collect(store.quads_for_pattern(None, None, None, None)).map_err(failed("read the store"))
}

/// Opens the database in a folder; to write, it is made if there is none.
pub(super) fn open(folder: &Path, access: Access) -> Result<Store, StoreError> {
    let opened = match access {
        Access::Read => Store::open_read_only(folder),
        Access::Write => Store::open(folder),
    };
    opened.map_err(|cause| StoreError::Unreadable { path: folder.to_owned(), cause })
}

/// Writes what differs, in the way that takes the least time, and says what the store holds then.
pub(super) fn write(path: &Path, replacement: Replacement, change: Change) -> Result<Snapshot, StoreError> {
    let n_different = change.added + change.removed;
    let is_sooner_anew = change.removed > 0 && n_different * COST_OF_TRANSACTION > replacement.n_after();
    if is_sooner_anew || !is_in(path) {
        return write_anew(path, replacement.into_snapshot()).inspect_err(|_| {
            let _ = fs::remove_dir_all(path.join(PART));
        });
    }
    let store = open(path, Access::Write)?;
    let written = match change.removed {
        0 => load(&store, replacement.added(), change.added),
        _ => update(&store, &replacement),
    };
    written.map_err(failed("write to the store"))?;
    // The copy names the state of the closed database.
    drop(store);
    let mut snapshot = replacement.into_snapshot();
    file::write(path, &mut snapshot);
    Ok(snapshot)
}

fn write_anew(path: &Path, mut snapshot: Snapshot) -> Result<Snapshot, StoreError> {
    let action = "write to the store";
    let part = path.join(PART);
    let store = open(&part, Access::Write)?;
    load(&store, snapshot.all_quads(), snapshot.len()).map_err(failed(action))?;
    drop(store);
    file::write(&part, &mut snapshot);
    if is_in(path) {
        // Fails if another program has it open.
        drop(open(path, Access::Write)?);
    }
    let taken = fs::rename(part, path.join(READY)).and_then(|()| settle(path));
    taken.map_err(StorageError::Io).map_err(failed(action))?;
    Ok(snapshot)
}

fn load(store: &Store, quads: impl Iterator<Item = Quad>, n_quads: usize) -> Result<(), StorageError> {
    let n_threads = current_num_threads();
    let batch = BATCH.max(n_quads / MOST_BATCHES);
    // What the loader calls a megabyte is a thousand quads.
    let megabytes = batch.div_ceil(1000) * n_threads;
    let mut loader = store.bulk_loader().with_num_threads(n_threads).with_max_memory_size_in_megabytes(megabytes);
    loader.load_quads(quads)?;
    loader.commit()
}

fn update(store: &Store, replacement: &Replacement) -> Result<(), StorageError> {
    let mut transaction = store.start_transaction()?;
    replacement.removed().for_each(|quad| transaction.remove(&quad));
    replacement.added().for_each(|quad| transaction.insert(&quad));
    transaction.commit()?;
    store.flush()
}

/// Finishes what a process that was killed has begun, and removes what it left.
pub(super) fn settle(path: &Path) -> io::Result<()> {
    let [part, ready] = [PART, READY].map(|name| path.join(name));
    if part.is_dir() {
        fs::remove_dir_all(&part)?;
    }
    for name in file_names(path)?.filter(|name| name.starts_with("bulk-") && name.ends_with(".sst")) {
        fs::remove_file(path.join(name))?;
    }
    if !ready.is_dir() {
        return Ok(());
    }
    for name in file_names(path)?.filter(|name| is_of_database(name)) {
        fs::remove_file(path.join(name))?;
    }
    for name in file_names(&ready)? {
        let (from, to) = (ready.join(&name), path.join(&name));
        // Linked and not moved: until all are there, the folder that they come from must be whole.
        fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop))?;
    }
    fs::rename(ready, &part)?;
    fs::remove_dir_all(part)
}

fn file_names(folder: &Path) -> io::Result<impl Iterator<Item = String>> {
    let files = fs::read_dir(folder)?.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    Ok(files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>().into_iter())
}

/// Whether a file belongs to the database, or is our copy of it. Others in the folder are none of our business.
fn is_of_database(name: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    ["CURRENT", "IDENTITY", "LOCK", "LOG", file::NAME].contains(&name)
        || ["MANIFEST-", "OPTIONS-", "LOG.old."].iter().filter_map(|start| name.strip_prefix(start)).any(is_number)
        || [".sst", ".log", ".dbtmp"].iter().filter_map(|ending| name.strip_suffix(ending)).any(is_number)
}
