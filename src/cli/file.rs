use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

use anyhow::Context as _;

/// What is to be written, into whatever it is written.
pub(super) type Work<'w> = dyn FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<()> + 'w;

/// Writes to standard output, which is also called `-`, or to a file, which appears only when it is whole.
pub(super) fn write_to(path: Option<&Path>, work: Box<Work<'_>>) -> anyhow::Result<()> {
    let Some(path) = path.filter(|path| *path != Path::new("-")) else {
        // Not locked, since Parquet is written by a library that wants to hand the output to another thread.
        return write_into(io::stdout(), work);
    };
    let cannot = || format!("cannot write {}", path.display());
    // A device or a pipe is written to, not replaced; and so is what a link leads to.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return File::create(path)
            .map_err(anyhow::Error::from)
            .and_then(|file| write_into(file, work))
            .with_context(cannot);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let file = File::create(&part).with_context(cannot)?;
    let written = write_into(file, work).and_then(|()| Ok(fs::rename(&part, path)?));
    if written.is_err() {
        // What was written so far is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&part);
    }
    written.with_context(cannot)
}

fn write_into(out: impl Write + Send, work: Box<Work<'_>>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(out);
    work(&mut out)?;
    Ok(out.flush()?)
}
