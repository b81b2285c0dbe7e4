//! Which links of a list lead to further lists in the same repository.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Source, SourceSpec,
    checkout::Checkout,
    spec::{self, GitHubFile, is_markdown},
};
use crate::{
    id::{RepoSlug, WebUrl},
    read::markdown::{Block, BlockKind, Document, Inline, parse},
};

/// Files that repositories have for those who work on them: their names without the ending, in lower case.
const ABOUT_THE_REPOSITORY: [&str; 9] = [
    "changelog",
    "code-of-conduct",
    "code_of_conduct",
    "contributing",
    "contributors",
    "governance",
    "license",
    "security",
    "support",
];

/// The Markdown files of the same repository, or beside the same file, that list items and tables of a source link.
#[must_use]
pub fn linked_files(source: &Source) -> Vec<SourceSpec> {
    let links = links_to_markdown(&source.text);
    let found: BTreeSet<SourceSpec> = match &source.path {
        Some(path) => links.iter().filter_map(|link| local_file(path, link)).map(SourceSpec::Path).collect(),
        None => links.iter().filter_map(|link| repository_file(source, link)).map(SourceSpec::GitHub).collect(),
    };
    found.into_iter().collect()
}

/// The targets of links in list items and tables that end as Markdown files do, without `#…` and `?…`.
fn links_to_markdown(text: &str) -> BTreeSet<String> {
    let document = parse(text);
    let mut found = BTreeSet::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if !is_in_entry(&document, block) {
            continue;
        }
        for piece in document.pieces(&document.blocks[at]) {
            let Inline::LinkStart(target) = &piece.inline else { continue };
            let bare = target.split(['#', '?']).next().unwrap_or_default();
            let name = spec::without_ending(bare).rsplit('/').next().unwrap_or_default().to_lowercase();
            if is_markdown(bare) && !ABOUT_THE_REPOSITORY.contains(&name.as_str()) {
                found.insert(bare.to_owned());
            }
        }
    }
    found
}

fn is_in_entry(document: &Document<'_>, block: &Block) -> bool {
    let mut around = std::iter::successors(Some(block), |block| block.parent.map(|parent| &document.blocks[parent]));
    around.any(|block| matches!(block.kind, BlockKind::Item | BlockKind::Cell))
}

/// The file that a link on the page of a source leads to, if that lies in the same repository on GitHub.
fn repository_file(source: &Source, link: &str) -> Option<GitHubFile> {
    let own = RepoSlug::from_url(source.info.address.as_ref()?)?;
    let url = source.info.resolve(link)?;
    let is_same = RepoSlug::from_url(&url)?.to_string() == own.to_string();
    GitHubFile::from_url(&url).filter(|_| is_same)
}

/// The file that a link in a local file leads to, if there is one. In a checkout, `/docs/x.md` and the address of a file
/// of the same repository lead to the checkout's own file.
fn local_file(from: &Path, link: &str) -> Option<PathBuf> {
    let checkout = || Checkout::around(from);
    let path = match link.parse::<WebUrl>() {
        Ok(url) => {
            let checkout = checkout()?;
            checkout.root.join(checkout.path_on_page(&url)?)
        }
        Err(_) if link.starts_with('/') => checkout()?.root.join(spec::decode(link).trim_start_matches('/')),
        Err(_) => from.parent()?.join(spec::decode(link)),
    };
    path.is_file().then(|| without_dots(&path))
}

/// The path without `.` and `..`, so that one file has one name.
fn without_dots(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut kept = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(kept.components().next_back(), Some(Component::Normal(_))) => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::{SourceInfo, SourceKind};

    const LIST: &str = "See [home](home.md).\n\n\
        - [Images](./images.md) and [text](docs/a%20text.md#top)\n\
        - [twice](images.md?raw=true) [Contributing](CONTRIBUTING.md)\n\
        - [page](https://github.com/o/r/blob/main/deep/x.MD), [reference][x]\n\
        - [other](https://github.com/other/r/blob/main/x.md) [gone](gone.md) [up](../../../up.md) [top](/top.markdown)\n\
        - [site](https://example.org/list.md) [picture](x.png) [anchor](#images) [code](https://github.com/o/r)\n\n\
        | list |\n| --- |\n| [cell](cell.md) |\n\n[x]: ref.md\n";

    fn shown(specs: &[SourceSpec]) -> Vec<String> {
        let mut names: Vec<String> = specs.iter().map(ToString::to_string).collect();
        names.sort();
        names
    }

    #[test]
    fn a_list_in_a_repository_leads_to_files_of_that_repository() {
        let address = "https://github.com/o/r".parse().ok();
        let info = SourceInfo { address, ..SourceInfo::new("o/r", SourceKind::List) };
        assert_eq!(
            shown(&linked_files(&Source::new(info.clone(), LIST))),
            [
                "github:o/r/cell.md",
                "github:o/r/deep/x.MD@main",
                "github:o/r/docs/a text.md",
                "github:o/r/gone.md",
                "github:o/r/images.md",
                "github:o/r/ref.md",
                "github:o/r/top.markdown",
            ]
        );
        assert!(linked_files(&Source::new(SourceInfo { address: None, ..info }, LIST)).is_empty());
    }

    #[test]
    fn a_local_list_leads_to_files_that_exist() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["images.md", "docs/a text.md", "deep/x.MD", "top.markdown", "home.md", "CONTRIBUTING.md"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let info = SourceInfo::new("l", SourceKind::List);
        let source = Source { path: Some(folder.path().join("l.md")), ..Source::new(info, LIST) };
        let names = || -> Vec<String> {
            let below = |path: String| path[folder.path().to_str().unwrap().len() + 1..].to_owned();
            shown(&linked_files(&source)).into_iter().map(below).collect()
        };
        assert_eq!(names(), ["docs/a text.md", "images.md"]);
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join(".git/config"), "[remote \"origin\"]\nurl = git@github.com:O/R.git\n").unwrap();
        assert_eq!(names(), ["deep/x.MD", "docs/a text.md", "images.md", "top.markdown"]);
    }
}
