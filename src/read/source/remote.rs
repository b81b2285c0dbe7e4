//! Sources elsewhere: web addresses, and repositories on GitHub as the server of its raw files shows them.

use std::path::Path;

use super::{
    ReadError, Remote, Source, from_bytes,
    spec::{GitHubFile, is_markdown, without_ending},
};
use crate::{
    id::WebUrl,
    net::{Answer, Lookup},
};

/// Something to fetch, and where to look for it, one place after the other.
pub(super) struct Target {
    name: String,
    places: Vec<Place>,
    /// Where it is when it is no Markdown.
    other: Option<WebUrl>,
}

/// One place to look.
struct Place {
    url: WebUrl,
    key: String,
    /// The page that shows it to people.
    address: Option<WebUrl>,
}

impl Target {
    pub(super) fn of_web(url: &WebUrl) -> Self {
        let path = url.path().trim_end_matches('/');
        let key = format!("{}{}", url.host().to_ascii_lowercase(), without_ending(path));
        let place = Place { url: url.clone(), key, address: Some(url.clone()) };
        Self { name: url.to_string(), places: vec![place], other: None }
    }

    pub(super) fn of_github(file: &GitHubFile, server: &WebUrl) -> Self {
        let (paths, is_guess) = file.paths();
        let place =
            |path: &String| Some(Place { url: file.raw(server, path)?, key: file.key(path), address: file.page(path) });
        let first = file.first_path();
        let other = first.strip_suffix("md").filter(|_| is_guess);
        let other = other.and_then(|readme| file.raw(server, &format!("{readme}rst")));
        Self { name: file.to_string(), places: paths.iter().filter_map(place).collect(), other }
    }

    fn read(&self, place: &Place, answer: Answer) -> Result<Source, ReadError> {
        if is_html(&answer) {
            return Err(ReadError::NotMarkdown { name: self.name.clone(), what: "a web page (HTML)" });
        }
        if place.url.path().to_ascii_lowercase().ends_with(".rst") {
            return Err(ReadError::NotMarkdown { name: self.name.clone(), what: "reStructuredText" });
        }
        let name = place.url.path().trim_end_matches('/');
        from_bytes(Path::new(name), place.key.clone(), place.address.clone(), answer.body)
            .map_err(|error| error.of(&self.name))
    }
}

/// Fetches each target: all first places at once, then the second places of those that were not there.
pub(super) fn load(targets: &[Target], remote: &Remote<'_>) -> Vec<Result<Source, ReadError>> {
    let mut found: Vec<Option<Result<Source, ReadError>>> = targets.iter().map(|_| None).collect();
    for round in 0.. {
        let open: Vec<(usize, &Place)> = (0..targets.len())
            .filter(|at| found[*at].is_none())
            .filter_map(|at| Some((at, targets[at].places.get(round)?)))
            .collect();
        if open.is_empty() {
            break;
        }
        let urls: Vec<WebUrl> = open.iter().map(|(_, place)| place.url.clone()).collect();
        for ((at, place), lookup) in open.into_iter().zip(remote.client.get_all(&urls)) {
            let target = &targets[at];
            match lookup {
                Lookup::Found(answer) => found[at] = Some(target.read(place, answer)),
                Lookup::Failed(cause) => {
                    found[at] = Some(Err(ReadError::Unfetched { name: target.name.clone(), cause: Box::new(cause) }));
                }
                Lookup::Absent(_) => {}
            }
        }
    }
    let settled = found.into_iter().zip(targets);
    settled.map(|(found, target)| found.unwrap_or_else(|| Err(absence(target, remote)))).collect()
}

/// Why nothing was found: a README in another format, or none.
fn absence(target: &Target, remote: &Remote<'_>) -> ReadError {
    let name = target.name.clone();
    if let Some(other) = &target.other
        && matches!(remote.client.get(other), Lookup::Found(_))
    {
        return ReadError::NotMarkdown { name, what: "a repository with a README in reStructuredText" };
    }
    let tried = target.places.iter().map(|place| place.url.to_string()).collect();
    ReadError::Absent { name, tried }
}

fn is_html(answer: &Answer) -> bool {
    let is_said = answer.content_type.as_deref().is_some_and(|text| text.trim_start().starts_with("text/html"));
    let head: String = String::from_utf8_lossy(answer.body.get(..64).unwrap_or(&answer.body)).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    // Lists that begin with HTML are common; a whole page says so in its first line.
    is_said && !is_markdown(answer.url.path()) || head.starts_with("<!doctype html") || head.starts_with("<html")
}
