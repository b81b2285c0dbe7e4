//! [GitHub](https://docs.github.com/en/rest/repos): what a repository is, and which papers it says are its own.
//!
//! Of a repository its [record](https://docs.github.com/en/rest/repos/repos#get-a-repository) is asked for, its
//! [README and two files](https://docs.github.com/en/rest/repos/contents) that name papers, and its
//! [latest release](https://docs.github.com/en/rest/releases/releases#get-the-latest-release). The files come through the
//! API, too, so that one host suffices; what is absent is a 404.
//!
//! - `repository`: the record, with what description and homepage say.
//! - `citation_file`: `CITATION.cff`, read with `yaml`.
//! - `codemeta`: `codemeta.json`.
//! - `readme`: the README.
//! - `answer`: what all answers have in common.

mod answer;
mod citation_file;
mod codemeta;
mod readme;
mod repository;
mod yaml;

use std::time::Duration;

use super::{Access, Ask, Question, Service, Unreadable};
use crate::{
    enrich::Wanted,
    id::{Forge, RepoSlug, WebUrl},
    model::{Dossier, Kind, LinkRole},
    net::{Manners, Request},
};

/// GitHub.
#[derive(Debug, Clone, Copy)]
pub(super) struct GitHub;

const NAME: &str = "github";

/// The [version](https://docs.github.com/en/rest/about-the-rest-api/api-versions) that the answers are read as.
const API_VERSION: &str = "2022-11-28";

const README: &str = "README";
const CITATION_FILE: &str = "CITATION.cff";
const CODEMETA: &str = "codemeta.json";
const RELEASES: &str = "releases";

impl Service for GitHub {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://api.github.com"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["GITHUB_TOKEN"]
    }

    /// One request after the other, as the
    /// [best practices](https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api) ask.
    fn manners(&self, has_key: bool) -> Manners {
        let pause_between = Duration::from_millis(if has_key { 100 } else { 1000 });
        Manners { open_per_host: 1, pause_between, largest: 8 << 20, ..Manners::default() }
    }

    /// The [limits](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api) are of an hour: 60
    /// without a key, 5000 with one.
    fn free_per_day(&self, has_key: bool) -> Option<u32> {
        Some(24 * if has_key { 5000 } else { 60 })
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let Some(slug) = wanted.repository.as_ref().filter(|slug| slug.forge == Forge::GitHub && is_askable(slug))
        else {
            return Vec::new();
        };
        let file = |path| Ask::File(slug.clone(), path);
        let asks = match wanted.kind {
            // The repository of a paper is a thing of its own.
            Kind::Paper | Kind::Person => Vec::new(),
            // The papers that a list names are not its own.
            Kind::List => vec![Ask::Repository(slug.clone())],
            // What says most comes first: the quota may end before the questions do.
            _ => {
                let files = [README, CITATION_FILE, CODEMETA, RELEASES].map(file);
                std::iter::once(Ask::Repository(slug.clone())).chain(files).collect()
            }
        };
        asks.into_iter().map(|ask| Question { about: wanted.what.clone(), ask }).collect()
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let (path, form) = questions.first().map_or_else(Default::default, |question| page(&question.ask));
        let address = format!("{}{path}", access.base.as_ref().trim_end_matches('/'));
        let url: WebUrl = address.parse().unwrap_or_else(|_| access.base.clone());
        let request = Request::get(url).accepting(form).with("x-github-api-version", API_VERSION.to_owned());
        match &access.key {
            Some(key) => request.with_secret("authorization", &key.bearer()),
            None => request,
        }
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        Ok(questions.iter().map(|_| Some(body.to_vec())).collect())
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        match &question.ask {
            Ask::Repository(slug) => repository::read(slug, body).map(|dossier| vec![dossier]),
            Ask::File(slug, RELEASES) => repository::read_release(slug, body).map(Vec::from_iter),
            Ask::File(slug, README) => Ok(readme::read(slug, &answer::file(body)?).into_iter().collect()),
            Ask::File(slug, CITATION_FILE) => Ok(citation_file::read(slug, &answer::file(body)?).into_iter().collect()),
            Ask::File(slug, CODEMETA) => Ok(codemeta::read(slug, &answer::file(body)?).into_iter().collect()),
            _ => Ok(Vec::new()),
        }
    }
}

/// `.` and `..` would lead to other pages of the service.
fn is_askable(slug: &RepoSlug) -> bool {
    ![slug.owner(), slug.name()].iter().any(|part| part.bytes().all(|byte| byte == b'.'))
}

/// The page that answers, and the form in which it shall.
fn page(ask: &Ask) -> (String, &'static str) {
    const RECORD: &str = "application/vnd.github+json";
    const TEXT: &str = "application/vnd.github.raw+json";
    let below = |slug: &RepoSlug, path: &str| format!("/repos/{}/{}{path}", slug.owner(), slug.name());
    match ask {
        Ask::Repository(slug) => (below(slug, ""), RECORD),
        Ask::File(slug, RELEASES) => (below(slug, "/releases/latest"), RECORD),
        Ask::File(slug, README) => (below(slug, "/readme"), TEXT),
        Ask::File(slug, path) => (below(slug, &format!("/contents/{path}")), TEXT),
        _ => (String::new(), RECORD),
    }
}

/// A dossier about the repository that was asked about. Its address joins it to the thing of the list.
fn dossier(slug: &RepoSlug) -> Dossier {
    let address = format!("https://github.com/{}/{}", slug.owner(), slug.name());
    Dossier {
        kind: Kind::Tool,
        name: Some(slug.name().to_owned()),
        links: address.parse().ok().map(|url| (LinkRole::Main, url)).into_iter().collect(),
        ..Dossier::default()
    }
}

#[cfg(test)]
mod tests;
