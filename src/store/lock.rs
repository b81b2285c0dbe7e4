use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Read, Write},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{Access, StoreError};

/// The name of the lock file in the folder of the store.
pub(super) const FILE: &str = "amml.lock";
/// What it says: the format of the graph in the store, changed when an older program would misread it.
const FORMAT: &str = "amml-graph store 1";
/// How long to wait for a process that is about to finish.
const PATIENCE: Duration = Duration::from_secs(5);

/// A lock on a store: shared by all that read, or held alone by the one that writes.
///
/// RocksDB's own lock keeps two writers apart, but lets others read beside one, and what they then see is undefined.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock. `None` where a reader finds no lock file: a database that another program made.
    pub(super) fn take(path: &Path, access: Access) -> Result<Option<Self>, StoreError> {
        let unlockable = |cause| StoreError::Unlockable { path: path.to_owned(), cause };
        let file = path.join(FILE);
        let mut file = match access {
            Access::Read if !file.exists() => return Ok(None),
            Access::Read => File::open(&file).map_err(unlockable)?,
            Access::Write => {
                fs::create_dir_all(path).map_err(unlockable)?;
                OpenOptions::new()
                    .read(true)
                    .write(true)
                    .create(true)
                    .truncate(false)
                    .open(&file)
                    .map_err(unlockable)?
            }
        };
        wait(&file, access, path)?;
        let mut format = String::new();
        file.read_to_string(&mut format).map_err(unlockable)?;
        match format.trim() {
            "" if access == Access::Write => writeln!(file, "{FORMAT}").map_err(unlockable)?,
            "" | FORMAT => {}
            found => {
                return Err(StoreError::OtherVersion {
                    path: path.to_owned(),
                    found: found.chars().take(40).collect(),
                    expected: FORMAT,
                });
            }
        }
        Ok(Some(Self { _file: file }))
    }
}

fn wait(file: &File, access: Access, path: &Path) -> Result<(), StoreError> {
    let start = Instant::now();
    loop {
        let taken = match access {
            Access::Read => file.try_lock_shared(),
            Access::Write => file.try_lock(),
        };
        match taken {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(20)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Busy { path: path.to_owned() }),
            Err(TryLockError::Error(cause)) => return Err(StoreError::Unlockable { path: path.to_owned(), cause }),
        }
    }
}
