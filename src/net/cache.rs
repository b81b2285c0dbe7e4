//! Answers on disk: one file for each address or name, named after its hash, so that a half-written one is never read.
//!
//! Nothing waits for the disk: a file that did not reach it when the power failed is shorter than it says, and is none.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use sha2::{Digest as _, Sha256};

use super::{Day, Failure};
use crate::id::WebUrl;

/// The first line of each file: changed when an older program would misread it.
const FORMAT: &str = "amml-graph cache 1";

pub(super) struct Cache {
    folder: PathBuf,
}

/// What is known since a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was there; `None` if nothing was.
    pub body: Option<Vec<u8>>,
    /// The day on which the server last said so.
    pub as_of: Day,
    /// Where it was asked, after all redirects.
    pub address: WebUrl,
}

/// What is kept of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) kept: Kept,
    pub(super) content_type: Option<String>,
    pub(super) validators: Validators,
}

/// What a server gave to ask whether its answer still holds
/// ([RFC 9110, section 8.8](https://www.rfc-editor.org/rfc/rfc9110#section-8.8)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// What a file is about, as its second line says it.
struct Label(String);

impl Cache {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What is kept of an address. A file that cannot be read, or is damaged, is none.
    pub(super) fn read_page(&self, url: &WebUrl) -> Option<Page> {
        self.read(&Label::of_page(url), Some(url))
    }

    /// What is kept under a name.
    pub(super) fn read_named(&self, name: &str) -> Option<Kept> {
        Some(self.read(&Label::of_name(name), None)?.kept)
    }

    /// Keeps what is known of an address, whole or not at all.
    pub(super) fn write_page(&self, url: &WebUrl, page: &Page) -> Result<(), Failure> {
        self.write(&Label::of_page(url), page)
    }

    /// Keeps something under a name, whole or not at all.
    pub(super) fn write_named(&self, name: &str, kept: Kept) -> Result<(), Failure> {
        let page = Page { kept, content_type: None, validators: Validators::default() };
        self.write(&Label::of_name(name), &page)
    }

    fn read(&self, label: &Label, asked: Option<&WebUrl>) -> Option<Page> {
        decode(&fs::read(self.path(label)).ok()?, label, asked)
    }

    fn write(&self, label: &Label, page: &Page) -> Result<(), Failure> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let path = self.path(label);
        let folder = path.parent().unwrap_or(&self.folder);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let draft = folder.join(format!("draft-{}-{count}", std::process::id()));
        let written = fs::create_dir_all(folder).and_then(|()| replace(&draft, &path, &encode(label, page)));
        written.map_err(|cause| {
            let _ = fs::remove_file(&draft);
            Failure::Unkeepable { path: path.clone(), cause }
        })
    }

    fn path(&self, label: &Label) -> PathBuf {
        // Addresses are hashed bare.
        let digest = Sha256::digest(label.0.strip_prefix("address: ").unwrap_or(&label.0));
        let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(&name[..2]).join(&name[2..])
    }
}

impl Page {
    pub(super) fn absent(address: &WebUrl, as_of: Day) -> Self {
        let kept = Kept { body: None, as_of, address: address.clone() };
        Self { kept, content_type: None, validators: Validators::default() }
    }
}

impl Label {
    fn of_page(url: &WebUrl) -> Self {
        Self(format!("address: {url}"))
    }

    /// A name may be any text, but has to fit in a line.
    fn of_name(name: &str) -> Self {
        Self(format!("name: {}", name.escape_debug()))
    }
}

/// Not synchronized: see the head of this file.
fn replace(draft: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::write(draft, bytes)?;
    fs::rename(draft, path)
}

/// A head of lines, an empty line, the body.
fn encode(label: &Label, page: &Page) -> Vec<u8> {
    let Page { kept: Kept { body, as_of, address }, content_type, validators } = page;
    let bytes = body.as_deref().unwrap_or_default();
    let mut head = format!("{FORMAT}\n{}\nas-of: {}\nlength: {}\n", label.0, as_of.number(), bytes.len());
    let mut put = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.contains('\n')) {
            head.push_str(&format!("{name}: {value}\n"));
        }
    };
    put(if body.is_some() { "found" } else { "asked" }, Some(address.as_ref()));
    put("content-type", content_type.as_deref());
    put("etag", validators.etag.as_deref());
    put("last-modified", validators.last_modified.as_deref());
    [head.as_bytes(), b"\n", bytes].concat()
}

fn decode(bytes: &[u8], label: &Label, asked: Option<&WebUrl>) -> Option<Page> {
    let end = bytes.windows(2).position(|two| two == b"\n\n")?;
    let (head, body) = (std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 2..]);
    let mut lines = head.lines();
    let field = |wanted: &str| {
        head.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == wanted).map(|(_, value)| value)
    };
    let is_whole =
        lines.next() == Some(FORMAT) && lines.next() == Some(&label.0) && field("length")?.parse() == Ok(body.len());
    let as_of = Day::from_number(field("as-of").filter(|_| is_whole)?.parse().ok()?);
    let (body, address) = match (field("found"), field("asked")) {
        (Some(found), _) => (Some(body.to_owned()), found.parse().ok()?),
        (None, Some(asked)) => (None, asked.parse().ok()?),
        (None, None) => (None, asked?.clone()),
    };
    let text = |name| field(name).map(str::to_owned);
    let validators = Validators { etag: text("etag"), last_modified: text("last-modified") };
    Some(Page { kept: Kept { body, as_of, address }, content_type: text("content-type"), validators })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("cache"));
        let url: WebUrl = "https://example.org/list.md?x=1".parse().unwrap();
        let kept = Kept {
            body: Some(b"# List\n\nlines\n\n".to_vec()),
            as_of: Day::from_number(20_000),
            address: "https://example.org/moved.md".parse().unwrap(),
        };
        let content_type = Some("text/plain; charset=utf-8".to_owned());
        let validators = Validators { etag: Some("W/\"1\"".to_owned()), last_modified: None };
        let found = Page { kept, content_type, validators };
        let absent = Page::absent(&url, Day::from_number(20_001));
        assert_eq!(cache.read_page(&url), None);
        for page in [&found, &absent, &found] {
            cache.write_page(&url, page).unwrap();
            assert_eq!(cache.read_page(&url).as_ref(), Some(page));
        }
        let path = cache.path(&Label::of_page(&url));
        let bytes = fs::read(&path).unwrap();
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no drafts are left");
        for damaged in [&bytes[..bytes.len() - 1], &bytes[1..], b"", b"\n\n"] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(cache.read_page(&url), None);
        }
        let other = Label::of_page(&"https://example.org/other".parse().unwrap());
        fs::create_dir_all(cache.path(&other).parent().unwrap()).unwrap();
        fs::write(cache.path(&other), bytes).unwrap();
        assert_eq!(cache.read(&other, None), None, "the file is about another address");
    }

    #[test]
    fn a_name_is_any_text_and_no_address() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().to_owned());
        let url: WebUrl = "https://example.org/x".parse().unwrap();
        let day = Day::from_number(20_000);
        let names = [
            "crossref doi:10.1/x",
            "",
            "two\nlines",
            "two\\nlines",
            "a\n\nfound: b",
            "ü\u{0}",
            "https://example.org/x",
        ];
        for (n, name) in names.into_iter().enumerate() {
            assert_eq!(cache.read_named(name), None);
            let body = (n % 2 == 0).then(|| name.as_bytes().to_owned());
            cache.write_named(name, Kept { body, as_of: day, address: url.clone() }).unwrap();
        }
        for (n, name) in names.into_iter().enumerate() {
            let body = (n % 2 == 0).then(|| name.as_bytes().to_owned());
            assert_eq!(cache.read_named(name), Some(Kept { body, as_of: day, address: url.clone() }), "{name:?}");
        }
        assert_eq!(cache.read_page(&url), None);
    }
}
