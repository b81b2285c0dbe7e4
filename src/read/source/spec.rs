use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use super::form::without_gz;
use crate::id::{Forge, RepoSlug, WebUrl};

/// Where a source is, as an argument names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceSpec {
    /// `-`
    StandardInput,
    /// A file, a folder, or, where there is neither, a pattern such as `lists/**/*.md`.
    Path(PathBuf),
    /// A web address.
    Web(WebUrl),
    /// A repository on GitHub, or a file in it.
    GitHub(GitHubFile),
}

/// A file in a repository on GitHub; without a path, its README.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct GitHubFile {
    /// `owner/repo`
    pub(super) repository: String,
    /// A branch, a tag or a commit; else the default branch.
    pub(super) reference: Option<String>,
    /// The path of a file, or of a folder, whose README is meant.
    pub(super) path: Option<String>,
}

/// An argument that names no source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct SpecError {
    text: String,
    expected: &'static str,
}

/// The endings of Markdown files.
const MARKDOWN: [&str; 2] = ["md", "markdown"];

impl FromStr for SourceSpec {
    type Err = SpecError;

    fn from_str(text: &str) -> Result<Self, SpecError> {
        let fail = |expected| SpecError { text: text.to_owned(), expected };
        if text == "-" {
            return Ok(Self::StandardInput);
        }
        if let Some(name) = text.strip_prefix("github:") {
            let file = github_name(name)
                .ok_or_else(|| fail("a repository, such as github:owner/repo or github:owner/repo/path.md@branch"))?;
            return Ok(Self::GitHub(file));
        }
        if text.starts_with("http://") || text.starts_with("https://") {
            let url: WebUrl = text.parse().map_err(|_| fail("a web address, such as https://example.org/list.md"))?;
            return Ok(GitHubFile::from_url(&url).map_or(Self::Web(url), Self::GitHub));
        }
        match text.split_once("://") {
            Some(_) => Err(fail("an address that can be read; use http, https or github:owner/repo")),
            None if text.is_empty() => Err(fail("the name of a source")),
            None => Ok(Self::Path(PathBuf::from(text))),
        }
    }
}

/// `owner/repo[/path][@reference]`
fn github_name(name: &str) -> Option<GitHubFile> {
    let (place, reference) = match name.split_once('@') {
        Some((place, reference)) => (place, Some(reference)),
        None => (name, None),
    };
    GitHubFile::new(place.trim_end_matches('/'), reference)
}

impl GitHubFile {
    /// From `owner/repo` or `owner/repo/path`; `None` if it cannot be one.
    fn new(place: &str, reference: Option<&str>) -> Option<Self> {
        let mut segments = place.splitn(3, '/');
        let page: WebUrl = format!("https://github.com/{}/{}", segments.next()?, segments.next()?).parse().ok()?;
        let slug = RepoSlug::from_url(&page).filter(|_| page.query().is_none() && page.fragment().is_none())?;
        let path = segments.next().map(str::to_owned);
        let is_plain = |part: &str| {
            !part.contains(char::is_control) && part.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
        };
        let reference = reference.filter(|reference| *reference != "HEAD");
        let is_valid = path.as_deref().is_none_or(is_plain) && reference.is_none_or(is_plain);
        let repository = format!("{}/{}", slug.owner(), slug.name());
        is_valid.then(|| Self { repository, reference: reference.map(str::to_owned), path })
    }

    /// The file that a page of GitHub shows: a repository, a folder in it (`tree`), a file in it (`blob`, `raw`).
    ///
    /// The branch in such an address is taken for one segment, as it nearly always is.
    #[must_use]
    pub fn from_url(url: &WebUrl) -> Option<Self> {
        let path = decode(url.path());
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        if url.host().eq_ignore_ascii_case("raw.githubusercontent.com") {
            return match segments.as_slice() {
                [owner, repo, "refs", "heads" | "tags", reference, path @ ..] | [owner, repo, reference, path @ ..] => {
                    Self::below(owner, repo, Some(reference), path)
                }
                _ => None,
            };
        }
        RepoSlug::from_url(url).filter(|slug| slug.forge == Forge::GitHub)?;
        match segments.as_slice() {
            [owner, repo] => Self::below(owner, repo, None, &[]),
            [owner, repo, "tree" | "blob" | "raw", reference, path @ ..] => {
                Self::below(owner, repo, Some(reference), path)
            }
            _ => None,
        }
    }

    fn below(owner: &str, repo: &str, reference: Option<&str>, path: &[&str]) -> Option<Self> {
        let place = [&[owner, repo], path].concat().join("/");
        Self::new(&place, reference)
    }

    /// The key that the file has as a source.
    pub(super) fn key(&self, path: &str) -> String {
        key_in_repository(&self.repository, path)
    }

    /// The page that shows the file to people.
    pub(super) fn page(&self, path: &str) -> Option<WebUrl> {
        let reference = self.reference.as_deref();
        let page = match reference {
            None if is_main_readme(path) => String::new(),
            Some(reference) if is_main_readme(path) => format!("/tree/{reference}"),
            _ => format!("/blob/{}/{}", reference.unwrap_or("HEAD"), encode(path)),
        };
        format!("https://github.com/{}{page}", self.repository).parse().ok()
    }

    /// Where its bytes are, below the address of a server of raw files.
    pub(super) fn raw(&self, server: &WebUrl, path: &str) -> Option<WebUrl> {
        let reference = self.reference.as_deref().unwrap_or("HEAD");
        let server = server.as_ref().trim_end_matches('/');
        format!("{server}/{}/{reference}/{}", self.repository, encode(path)).parse().ok()
    }

    /// The paths where it may be, in the order in which to look, and whether they are guesses.
    pub(super) fn paths(&self) -> (Vec<String>, bool) {
        const READMES: [&str; 4] = ["README.md", "readme.md", "Readme.md", "README.markdown"];
        let names = |folder: &str| READMES.iter().map(|name| format!("{folder}{name}")).collect();
        match &self.path {
            None => (names(""), true),
            Some(path) if Path::new(path).extension().is_none() => (names(&format!("{path}/")), true),
            Some(path) => (vec![path.clone()], false),
        }
    }

    /// The first of these paths.
    pub(super) fn first_path(&self) -> String {
        self.paths().0.remove(0)
    }
}

impl std::fmt::Display for SourceSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::StandardInput => f.write_str("-"),
            Self::Path(path) => path.display().fmt(f),
            Self::Web(url) => url.fmt(f),
            Self::GitHub(file) => file.fmt(f),
        }
    }
}

impl std::fmt::Display for GitHubFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "github:{}", self.repository)?;
        if let Some(path) = &self.path {
            write!(f, "/{path}")?;
        }
        self.reference.as_ref().map_or(Ok(()), |reference| write!(f, "@{reference}"))
    }
}

/// `owner/repo` for the README of a repository, `owner/repo/path` without its ending for another file in it.
pub(super) fn key_in_repository(repository: &str, path: &str) -> String {
    if is_main_readme(path) {
        return repository.to_owned();
    }
    format!("{repository}/{}", without_ending(path))
}

/// Whether a path is the README at the top of a repository.
pub(super) fn is_main_readme(path: &str) -> bool {
    is_markdown(path) && without_ending(path).eq_ignore_ascii_case("readme")
}

/// A path without the ending of its last part, and without the one that says that it is packed.
pub(super) fn without_ending(path: &str) -> &str {
    let path = without_gz(path);
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rfind('.') {
        Some(at) if at > 0 => &path[..path.len() - name.len() + at],
        _ => path,
    }
}

/// Whether a path ends as a Markdown file does.
pub(super) fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| MARKDOWN.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// A path as it stands in an address; what else no address can hold is for [`WebUrl`] to mend.
pub(super) fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}

/// A path as it was before it was written into an address.
pub(super) fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match text.parse::<SourceSpec>() {
            Ok(SourceSpec::StandardInput) => "standard input".to_owned(),
            Ok(SourceSpec::Path(path)) => format!("path {}", path.display()),
            Ok(SourceSpec::Web(url)) => format!("web {url}"),
            Ok(spec @ SourceSpec::GitHub(_)) => spec.to_string(),
            Err(error) => format!("error: {error}"),
        };
        assert!(shown.starts_with(expected), "{text}: {shown}");
    }

    #[test]
    fn an_argument_names_one_sort_of_source() {
        check("-", "standard input");
        check("lists/*.md", "path lists/*.md");
        check("C:\\lists", "path C:\\lists");
        check("github:o/r", "github:o/r");
        check("github:o/r.git/", "github:o/r");
        check("github:o/r/docs/a.md@feature/x", "github:o/r/docs/a.md@feature/x");
        check("https://example.org/list.md", "web https://example.org/list.md");
        for page in ["https://github.com/o/r", "http://www.github.com/o/r/", "https://github.com/o/r.git#readme"] {
            check(page, "github:o/r");
        }
        check("https://github.com/o/r/tree/main", "github:o/r@main");
        check("https://github.com/o/r/tree/main/docs", "github:o/r/docs@main");
        check("https://github.com/o/r/blob/HEAD/docs/a%20b.md?raw=true", "github:o/r/docs/a b.md");
        check("https://github.com/o/r/blob/main/C%23.md", "github:o/r/C#.md@main");
        check("https://raw.githubusercontent.com/o/r/main/a.md", "github:o/r/a.md@main");
        check("https://raw.githubusercontent.com/o/r/refs/heads/main/a.md", "github:o/r/a.md@main");
        check("https://github.com/o/r/wiki/Home", "web https://github.com/o/r/wiki/Home");
        for text in [
            "github:",
            "github:o",
            "github:o/r/../x",
            "github:o/r?x",
            "github:o/r@",
            "github:o/r/a//b",
            "ftp://a.b/c",
            "https://",
            "",
        ] {
            check(text, "error: ");
        }
    }

    #[test]
    fn keys_and_pages_of_files_in_a_repository() {
        for (text, path, key, page) in [
            ("github:O/r", "readme.md", "O/r", "https://github.com/O/r"),
            ("github:o/r@v1", "README.markdown", "o/r", "https://github.com/o/r/tree/v1"),
            ("github:o/r/docs", "docs/README.md", "o/r/docs/README", "https://github.com/o/r/blob/HEAD/docs/README.md"),
            ("github:o/r/a b.md@v1", "a b.md", "o/r/a b", "https://github.com/o/r/blob/v1/a%20b.md"),
            (
                "github:o/r/README.zh.md",
                "README.zh.md",
                "o/r/README.zh",
                "https://github.com/o/r/blob/HEAD/README.zh.md",
            ),
        ] {
            let SourceSpec::GitHub(file) = text.parse().unwrap() else { panic!("{text}") };
            assert!(file.paths().0.iter().any(|tried| tried == path), "{text}");
            assert_eq!((file.key(path).as_str(), file.page(path).unwrap().as_ref()), (key, page));
        }
    }
}
