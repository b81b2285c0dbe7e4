//! The content of a store in one file, which is quick to read.
//!
//! RocksDB starts some 180 threads to open a store, whatever its size, and then finds a quad in many steps. So beside the
//! database is a file with the same content as sorted arrays: a reader answers from it, and a writer learns from it what
//! was there. The file says which state of the database it is a copy of (`fingerprint`): if anything was written since,
//! by us or by another program, it is not used. It can be removed at any time.
//!
//! # Rationale
//!
//! Loading the quads into a store in memory instead would need no code, but takes longer than opening RocksDB does.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::Path,
    time::UNIX_EPOCH,
};

use super::{
    snapshot::{MOST_QUADS, Snapshot},
    terms::{Terms, hash},
};

/// The name of the file in the folder of the database.
pub(super) const NAME: &str = "amml.snapshot";
const MAGIC: [u8; 8] = *b"ammlsnp2";
/// How many numbers are converted at a time.
const CHUNK: usize = 8192;

/// Completes the copy of a database that no one has open, and writes the file. That it cannot be written is no failure:
/// the database has all.
pub(super) fn write(folder: &Path, snapshot: &mut Snapshot) {
    snapshot.complete(MOST_QUADS);
    let part = folder.join("amml.snapshot.part");
    let written = write_part(&part, folder, snapshot).and_then(|()| fs::rename(&part, folder.join(NAME)));
    if written.is_err() {
        let _ = fs::remove_file(part);
    }
}

fn write_part(part: &Path, folder: &Path, snapshot: &Snapshot) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(part)?);
    out.write_all(&MAGIC)?;
    out.write_all(&fingerprint(folder)?.to_le_bytes())?;
    out.write_all(&(snapshot.tables.len() as u64).to_le_bytes())?;
    put(&mut out, snapshot.terms.hashes(), u64::to_le_bytes)?;
    put(&mut out, snapshot.terms.bytes(), u8::to_le_bytes)?;
    put(&mut out, snapshot.terms.ends(), u64::to_le_bytes)?;
    for table in &snapshot.tables {
        put(&mut out, &table.cells, u32::to_le_bytes)?;
    }
    out.flush()
}

/// Reads the file, if it is there and a copy of what the database holds now.
///
/// Only so many tables are read: all, for queries, or those that say everything.
pub(super) fn read(folder: &Path, needed: usize) -> Option<Snapshot> {
    let file = File::open(folder.join(NAME)).ok()?;
    let left = file.metadata().ok()?.len();
    let mut input = Input { file, left };
    let [magic, written, n_tables] = [input.eight()?, input.eight()?, input.eight()?];
    let is_copy = magic == MAGIC && u64::from_le_bytes(written) == fingerprint(folder).ok()?;
    if !is_copy || u64::from_le_bytes(n_tables) < needed as u64 {
        return None;
    }
    let hashes = input.take(u64::from_le_bytes)?;
    let bytes = input.take(u8::from_le_bytes)?;
    let terms = Terms::from_parts(hashes, bytes, input.take(u64::from_le_bytes)?)?;
    let tables: Option<Vec<Vec<u32>>> = (0..needed).map(|_| input.take(u32::from_le_bytes)).collect();
    Snapshot::from_parts(terms, tables?)
}

/// The names, sizes and times of the database's files: any writer changes them.
pub(super) fn fingerprint(folder: &Path) -> io::Result<u64> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // RocksDB's diary, and our own files, change without the data.
        if name.starts_with("LOG") || name == "LOCK" || name.starts_with("amml.") {
            continue;
        }
        let metadata = entry.metadata()?;
        let time = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        files.insert(format!("{name} {} {time}\n", metadata.len()));
    }
    let text: String = files.into_iter().collect();
    Ok(hash(text.as_bytes()))
}

/// Writes how many there are, and then all.
fn put<T: Copy, const N: usize>(out: &mut impl Write, numbers: &[T], bytes: fn(T) -> [u8; N]) -> io::Result<()> {
    out.write_all(&(numbers.len() as u64).to_le_bytes())?;
    let mut buffer = Vec::with_capacity(CHUNK * N);
    for chunk in numbers.chunks(CHUNK) {
        buffer.clear();
        buffer.extend(chunk.iter().map(|number| bytes(*number)));
        out.write_all(buffer.as_flattened())?;
    }
    Ok(())
}

/// The file as it is read.
struct Input {
    file: File,
    /// How many bytes there are still to read: a damaged file may promise more.
    left: u64,
}

impl Input {
    fn eight(&mut self) -> Option<[u8; 8]> {
        let mut bytes = [0; 8];
        self.left = self.left.checked_sub(8)?;
        self.file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    fn take<T, const N: usize>(&mut self, number: fn([u8; N]) -> T) -> Option<Vec<T>> {
        let count = u64::from_le_bytes(self.eight()?);
        self.left = self.left.checked_sub(count.checked_mul(N as u64)?)?;
        let mut rest = usize::try_from(count).ok()?;
        let mut numbers = Vec::with_capacity(rest);
        let mut buffer = vec![[0; N]; CHUNK.min(rest)];
        while rest > 0 {
            buffer.truncate(rest);
            self.file.read_exact(buffer.as_flattened_mut()).ok()?;
            numbers.extend(buffer.iter().map(|bytes| number(*bytes)));
            rest -= buffer.len();
        }
        Some(numbers)
    }
}
