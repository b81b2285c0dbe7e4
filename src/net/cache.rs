//! Answers on disk: one file for each address, named after its hash, so that a half-written one is never read.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use sha2::{Digest as _, Sha256};

use super::{Answer, Day};
use crate::id::WebUrl;

/// The first line of each file: changed when an older program would misread it.
const FORMAT: &str = "amml-graph cache 1";

pub(super) struct Cache {
    folder: PathBuf,
}

/// What is known of an address since a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// What was there; `None` if nothing was.
    pub(super) answer: Option<Answer>,
    pub(super) as_of: Day,
    pub(super) validators: Validators,
}

/// What a server gave to ask whether its answer still holds
/// ([RFC 9110, section 8.8](https://www.rfc-editor.org/rfc/rfc9110#section-8.8)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

impl Cache {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What is kept of an address. A file that cannot be read, or is damaged, is none.
    pub(super) fn read(&self, url: &WebUrl) -> Option<Kept> {
        decode(&fs::read(self.path(url)).ok()?, url)
    }

    /// Keeps what is known of an address, whole or not at all.
    pub(super) fn write(&self, url: &WebUrl, kept: &Kept) -> Result<(), (PathBuf, io::Error)> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let path = self.path(url);
        let folder = path.parent().unwrap_or(&self.folder);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let draft = folder.join(format!("draft-{}-{count}", std::process::id()));
        let written = fs::create_dir_all(folder).and_then(|()| replace(&draft, &path, &encode(url, kept)));
        written.map_err(|cause| {
            let _ = fs::remove_file(&draft);
            (path.clone(), cause)
        })
    }

    fn path(&self, url: &WebUrl) -> PathBuf {
        let digest = Sha256::digest(url.as_ref());
        let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(&name[..2]).join(&name[2..])
    }
}

fn replace(draft: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(draft, path)
}

/// A head of lines, an empty line, the body.
fn encode(url: &WebUrl, kept: &Kept) -> Vec<u8> {
    let body: &[u8] = kept.answer.as_ref().map_or(&[], |answer| &answer.body);
    let mut head = format!("{FORMAT}\naddress: {url}\nas-of: {}\nlength: {}\n", kept.as_of.number(), body.len());
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.contains('\n')) {
            head.push_str(&format!("{name}: {value}\n"));
        }
    };
    if let Some(answer) = &kept.answer {
        put("found", Some(answer.url.as_ref()));
        put("content-type", answer.content_type.as_deref());
    }
    put("etag", kept.validators.etag.as_deref());
    put("last-modified", kept.validators.last_modified.as_deref());
    [head.as_bytes(), b"\n", body].concat()
}

fn decode(bytes: &[u8], url: &WebUrl) -> Option<Kept> {
    let end = bytes.windows(2).position(|two| two == b"\n\n")?;
    let (head, body) = (std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 2..]);
    let mut lines = head.lines();
    let field = |wanted: &str| {
        head.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == wanted).map(|(_, value)| value)
    };
    let is_whole = lines.next() == Some(FORMAT)
        && field("address") == Some(url.as_ref())
        && field("length")?.parse() == Ok(body.len());
    let as_of = Day::from_number(field("as-of").filter(|_| is_whole)?.parse().ok()?);
    let answer = match field("found") {
        None => None,
        Some(found) => Some(Answer {
            url: found.parse().ok()?,
            body: body.to_owned(),
            content_type: field("content-type").map(str::to_owned),
            as_of,
        }),
    };
    let text = |name| field(name).map(str::to_owned);
    Some(Kept { answer, as_of, validators: Validators { etag: text("etag"), last_modified: text("last-modified") } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("cache"));
        let url: WebUrl = "https://example.org/list.md?x=1".parse().unwrap();
        let answer = Answer {
            url: "https://example.org/moved.md".parse().unwrap(),
            body: b"# List\n\nlines\n\n".to_vec(),
            content_type: Some("text/plain; charset=utf-8".to_owned()),
            as_of: Day::from_number(20_000),
        };
        let validators = Validators { etag: Some("W/\"1\"".to_owned()), last_modified: None };
        let found = Kept { as_of: answer.as_of, answer: Some(answer), validators };
        let absent = Kept { answer: None, as_of: Day::from_number(20_001), validators: Validators::default() };
        assert_eq!(cache.read(&url), None);
        for kept in [&found, &absent, &found] {
            cache.write(&url, kept).unwrap();
            assert_eq!(cache.read(&url).as_ref(), Some(kept));
        }
        let path = cache.path(&url);
        let bytes = fs::read(&path).unwrap();
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no drafts are left");
        for damaged in [&bytes[..bytes.len() - 1], &bytes[1..], b"", b"\n\n"] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(cache.read(&url), None);
        }
        let other: WebUrl = "https://example.org/other".parse().unwrap();
        fs::create_dir_all(cache.path(&other).parent().unwrap()).unwrap();
        fs::write(cache.path(&other), bytes).unwrap();
        assert_eq!(cache.read(&other), None, "the file is about another address");
    }
}
