//! Where a file of a git checkout is known to the world: read from `.git/config`, without running git.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::spec::{self, GitHubFile};
use crate::id::{Forge, RepoSlug, WebUrl};

/// A folder with a repository whose `origin` is on GitHub, GitLab or Bitbucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checkout {
    pub(super) root: PathBuf,
    /// The page of the repository.
    address: WebUrl,
    forge: Forge,
    /// `owner/repo`; on GitLab with the groups between.
    project: String,
}

impl Checkout {
    /// The checkout that a file or folder lies in.
    pub(super) fn around(path: &Path) -> Option<Self> {
        let absolute = std::path::absolute(path).ok()?;
        let root = absolute.ancestors().skip(1).find(|folder| folder.join(".git").exists())?;
        let config = fs::read_to_string(git_folder(root)?.join("config")).ok()?;
        let address = web_address(&origin(&config)?)?;
        let forge = RepoSlug::from_url(&address)?.forge;
        let project = address.path().trim_matches('/').to_owned();
        Some(Self { root: root.to_owned(), address, forge, project })
    }

    /// The path of a file below the root, with `/` on any machine.
    fn path_of(&self, file: &Path) -> Option<String> {
        let absolute = std::path::absolute(file).ok()?;
        let below = absolute.strip_prefix(&self.root).ok()?;
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// The key of a file of the checkout.
    pub(super) fn key(&self, file: &Path) -> Option<String> {
        Some(spec::key_in_repository(&self.project, &self.path_of(file)?))
    }

    /// The path of the file that a page of the repository on GitHub shows.
    pub(super) fn path_on_page(&self, page: &WebUrl) -> Option<String> {
        let file = GitHubFile::from_url(page)?;
        let is_own = self.forge == Forge::GitHub && file.repository.eq_ignore_ascii_case(&self.project);
        file.path.filter(|_| is_own)
    }

    /// The page that shows a file of the checkout.
    pub(super) fn page(&self, file: &Path) -> Option<WebUrl> {
        let path = self.path_of(file)?;
        if spec::is_main_readme(&path) {
            return Some(self.address.clone());
        }
        let files = match self.forge {
            Forge::GitHub => "blob/HEAD",
            Forge::GitLab => "-/blob/HEAD",
            Forge::Bitbucket => "src/HEAD",
        };
        format!("{}/{files}/{}", self.address, spec::encode(&path)).parse().ok()
    }
}

/// The folder with the configuration: `.git`, or where a file of that name leads, as in further work trees.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let folder = root.join(".git");
    if folder.is_dir() {
        return Some(folder);
    }
    let text = fs::read_to_string(&folder).ok()?;
    let own = root.join(text.strip_prefix("gitdir:")?.trim());
    let common = fs::read_to_string(own.join("commondir")).map_or_else(|_| own.clone(), |path| own.join(path.trim()));
    Some(common)
}

/// The address of the remote repository `origin`.
fn origin(config: &str) -> Option<String> {
    let mut is_origin = false;
    for line in config.lines().map(str::trim) {
        if line.starts_with('[') {
            is_origin = line.replace(' ', "") == "[remote\"origin\"]";
        } else if let Some((name, value)) = line.split_once('=').filter(|_| is_origin)
            && name.trim().eq_ignore_ascii_case("url")
        {
            return Some(value.trim().trim_matches('"').to_owned());
        }
    }
    None
}

/// The page of a repository from what git calls it: `git@host:owner/repo.git`, `ssh://…`, `https://user:secret@…`.
fn web_address(remote: &str) -> Option<WebUrl> {
    let (is_address, rest) = remote.split_once("://").map_or((false, remote), |(_, rest)| (true, rest));
    let end = rest.find('/').unwrap_or(rest.len());
    let rest = rest[..end].rfind('@').map_or(rest, |at| &rest[at + 1..]);
    let (host, path) = if is_address { rest.split_once('/')? } else { rest.split_once(':')? };
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let host = host.strip_prefix("ssh.").or_else(|| host.strip_prefix("altssh.")).unwrap_or(&host);
    format!("https://{host}/{path}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_has_a_page_and_no_secrets() {
        for (remote, expected) in [
            ("https://github.com/o/r.git", "https://github.com/o/r"),
            ("https://user:secret@github.com/o/r", "https://github.com/o/r"),
            ("git@github.com:o/r.git", "https://github.com/o/r"),
            ("ssh://git@gitlab.com:22/group/sub/r.git", "https://gitlab.com/group/sub/r"),
            ("git://bitbucket.org/o/r/", "https://bitbucket.org/o/r"),
        ] {
            assert_eq!(web_address(remote).unwrap().as_ref(), expected, "{remote}");
        }
        for remote in ["/srv/git/r.git", "../r", ""] {
            assert_eq!(web_address(remote), None, "{remote}");
        }
    }

    /// A checkout with this `origin`; the key and page of a file in it.
    fn check(remote: &str, file: &str, expected: Option<(&str, &str)>) {
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "[core]\n\tbare = false\n[remote \"other\"]\n\turl = https://github.com/x/y\n[remote \"origin\"]\n\turl = {remote}\n"
        );
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".git/config"), config).unwrap();
        let file = folder.path().join(file);
        let found = Checkout::around(&file)
            .map(|checkout| (checkout.key(&file).unwrap(), checkout.page(&file).unwrap().to_string()));
        assert_eq!(found.as_ref().map(|(key, page)| (key.as_str(), page.as_str())), expected);
    }

    #[test]
    fn files_of_a_checkout_are_known_by_their_repository() {
        let github = "git@github.com:Owner/lists.git";
        check(github, "README.md", Some(("Owner/lists", "https://github.com/Owner/lists")));
        check(
            github,
            "docs/a b.md",
            Some(("Owner/lists/docs/a b", "https://github.com/Owner/lists/blob/HEAD/docs/a%20b.md")),
        );
        check(
            github,
            "docs/README.md",
            Some(("Owner/lists/docs/README", "https://github.com/Owner/lists/blob/HEAD/docs/README.md")),
        );
        check("https://gitlab.com/g/s/r.git", "a.md", Some(("g/s/r/a", "https://gitlab.com/g/s/r/-/blob/HEAD/a.md")));
        check("https://bitbucket.org/o/r", "readme.md", Some(("o/r", "https://bitbucket.org/o/r")));
        check("/srv/git/r.git", "README.md", None);
        check("https://example.org/o/r", "README.md", None);
    }

    #[test]
    fn a_further_work_tree_is_a_checkout_of_the_same_repository() {
        let folder = tempfile::tempdir().unwrap();
        let (main, tree) = (folder.path().join("main/.git"), folder.path().join("tree"));
        fs::create_dir_all(main.join("worktrees/tree")).unwrap();
        fs::create_dir_all(&tree).unwrap();
        fs::write(main.join("config"), "[remote \"origin\"]\nurl = https://github.com/o/r\n").unwrap();
        fs::write(main.join("worktrees/tree/commondir"), "../..\n").unwrap();
        fs::write(tree.join(".git"), format!("gitdir: {}\n", main.join("worktrees/tree").display())).unwrap();
        let file = tree.join("README.md");
        assert_eq!(Checkout::around(&file).unwrap().key(&file).as_deref(), Some("o/r"));
    }
}
