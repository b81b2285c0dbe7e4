//! [Papers of Hugging Face](https://huggingface.co/docs/hub/paper-pages): which repository belongs to a paper of arXiv.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;

use super::{
    Access, Ask, Question, Service, Unreadable, Wanted,
    answer::{json, part},
    asking::{about, address, encode_path},
    facts, lenient,
    name::name_of,
};
use crate::{
    enrich::{
        code,
        text::{paragraphs, plain},
    },
    id::{ArxivId, Identifiers, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, LinkRole, PersonName, Related, VenueKind, WorkRef},
    net::{Manners, Request},
};

/// The pages of papers at Hugging Face.
#[derive(Debug, Clone, Copy)]
pub(super) struct HuggingFace;

const NAME: &str = "huggingface";

impl Service for HuggingFace {
    fn name(&self) -> &'static str {
        NAME
    }

    fn base(&self) -> &'static str {
        "https://huggingface.co"
    }

    fn manners(&self, _has_key: bool) -> Manners {
        Manners::serial(Duration::from_millis(500), Duration::from_secs(2))
    }

    fn questions(&self, wanted: &Wanted) -> Vec<Question> {
        let arxiv = wanted.ids.arxiv.clone().filter(|_| wanted.kind == Kind::Paper);
        arxiv.map(|id| about(wanted, WorkRef::Arxiv(id))).into_iter().collect()
    }

    fn request(&self, questions: &[Question], access: &Access) -> Request {
        let id = questions.first().and_then(arxiv_of).map(|id| encode_path(id.as_ref())).unwrap_or_default();
        Request::get(address(access, &format!("/api/papers/{id}"))).accepting("application/json")
    }

    fn split(&self, questions: &[Question], body: &[u8]) -> Result<Vec<Option<Vec<u8>>>, Unreadable> {
        let (answer, paper) = paper(body)?;
        let own = |question: &Question| (arxiv_of(question) == paper.arxiv().as_ref()).then(|| part(&answer));
        Ok(questions.iter().map(own).collect())
    }

    fn read(&self, question: &Question, body: &[u8]) -> Result<Vec<Dossier>, Unreadable> {
        let (_, paper) = paper(body)?;
        let arxiv = paper.arxiv().filter(|id| arxiv_of(question) == Some(id));
        Ok(arxiv.and_then(|id| paper.into_dossier(id)).into_iter().collect())
    }
}

fn arxiv_of(question: &Question) -> Option<&ArxivId> {
    match &question.ask {
        Ask::Work(WorkRef::Arxiv(id)) => Some(id),
        _ => None,
    }
}

fn paper(body: &[u8]) -> Result<(Value, Paper), Unreadable> {
    let answer = json(NAME, body)?;
    let paper = Paper::deserialize(&answer).ok().filter(|paper| answer.is_object() && !paper.id.is_empty());
    paper.map(|paper| (answer, paper)).ok_or_else(|| Unreadable::new(NAME, "it is about no paper", body))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Paper {
    #[serde(deserialize_with = "lenient::text")]
    id: String,
    #[serde(deserialize_with = "lenient::text")]
    title: String,
    #[serde(deserialize_with = "lenient::text")]
    summary: String,
    #[serde(deserialize_with = "lenient::list")]
    authors: Vec<Author>,
    #[serde(deserialize_with = "lenient::text")]
    published_at: String,
    #[serde(deserialize_with = "lenient::text")]
    github_repo: String,
    #[serde(deserialize_with = "lenient::number")]
    github_stars: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    project_page: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Author {
    #[serde(deserialize_with = "lenient::text")]
    name: String,
}

impl Paper {
    fn arxiv(&self) -> Option<ArxivId> {
        self.id.parse().ok()
    }

    fn into_dossier(self, arxiv: ArxivId) -> Option<Dossier> {
        let title = plain(&self.title);
        let authors: Vec<PersonName> = self.authors.iter().map(|author| name_of(&author.name)).collect();
        let project = self.project_page.parse::<WebUrl>().ok().filter(|url| RepoSlug::from_url(url).is_none());
        let mut dossier = Dossier {
            kind: Kind::Paper,
            ids: Identifiers { arxiv: Some(arxiv), ..Identifiers::default() },
            links: project.map(|url| (LinkRole::Project, url)).into_iter().collect(),
            authors: authors.into_iter().filter(|name| !name.family.is_empty()).collect(),
            venue: Some("arXiv".to_owned()),
            venue_kind: Some(VenueKind::PreprintServer),
            date: self.published_at.parse().ok(),
            related: self.implementation().into_iter().collect(),
            ..Dossier::default()
        };
        facts::add(&mut dossier.attributes, Attribute::Abstract, paragraphs(&self.summary));
        (!title.is_empty()).then_some(Dossier { title, ..dossier })
    }

    /// The repository that was entered for the paper, by its authors or by who looks after the page. A list is no code.
    fn implementation(&self) -> Option<Related> {
        let url: WebUrl = self.github_repo.parse().ok()?;
        let slug = RepoSlug::from_url(&url).filter(|_| RepoSlug::is_root(&url))?;
        if slug.name().to_ascii_lowercase().starts_with("awesome") {
            return None;
        }
        let mut related = code::implementation(&slug, 85)?;
        let stars = self.github_stars.map(|stars| stars.to_string()).unwrap_or_default();
        facts::add(&mut related.other.attributes, Attribute::Stars, stars);
        Some(related)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Grade;

    fn question() -> Question {
        let work: WorkRef = "arxiv:2401.00001".parse().unwrap();
        Question { about: work.clone(), ask: Ask::Work(work) }
    }

    fn read(body: &str) -> Vec<Dossier> {
        HuggingFace.read(&question(), body.as_bytes()).unwrap()
    }

    #[test]
    fn a_paper_has_its_repository() {
        let body = r#"{"id":"2401.00001","title":"A\n  $\\beta$-title","authors":[{"name":"Jo Bee"},null,{"name":" "}],
            "publishedAt":"2024-01-02T00:00:00.000Z","summary":"Text.","githubRepo":"https://github.com/a/b",
            "githubStars":12,"projectPage":"https://example.org/b"}"#;
        let dossier = &read(body)[0];
        assert_eq!((dossier.title.as_str(), dossier.authors.len()), ("A β-title", 1));
        assert_eq!(dossier.date.unwrap().to_string(), "2024-01-02");
        let related = &dossier.related[0];
        assert_eq!((related.percent, related.grade, related.is_inverse), (85, Some(Grade::Official), true));
        assert_eq!(related.other.links[0].1.as_ref(), "https://github.com/a/b");
        assert!(related.other.attributes.contains(&(Attribute::Stars, "12".to_owned())));
        let part = HuggingFace.split(&[question()], body.as_bytes()).unwrap().remove(0).unwrap();
        assert_eq!(HuggingFace.read(&question(), &part).unwrap(), std::slice::from_ref(dossier));
    }

    #[test]
    fn what_is_missing_or_wrong_is_left_out() {
        for body in [
            r#"{"id":"2401.00001","title":"T"}"#,
            r#"{"id":"2401.00001","title":"T","authors":null,"githubRepo":null,"githubStars":null,"summary":null}"#,
            r#"{"id":"2401.00001","title":"T","authors":{},"githubRepo":["x"],"publishedAt":3,"projectPage":{}}"#,
            r#"{"id":"2401.00001","title":"T","githubRepo":"https://github.com/a/b/tree/main/sub"}"#,
            r#"{"id":"2401.00001","title":"T","githubRepo":"https://github.com/a/Awesome-b"}"#,
        ] {
            let dossier = &read(body)[0];
            assert!(dossier.related.is_empty() && dossier.authors.is_empty(), "{body}");
        }
        assert!(read(r#"{"id":"2401.00001","title":null}"#).is_empty());
        assert!(read(r#"{"id":"2401.00002","title":"Another"}"#).is_empty());
    }

    #[test]
    fn what_is_no_paper_is_an_error() {
        for body in ["", "<html>", "[]", "[\"2401.00001\"]", r#"{"error":"Paper not found"}"#, "{\"id\":"] {
            assert!(HuggingFace.read(&question(), body.as_bytes()).is_err(), "{body}");
            assert!(HuggingFace.split(&[question()], body.as_bytes()).is_err(), "{body}");
        }
        let access = Access { base: HuggingFace.base().parse().unwrap(), key: None, contact: None };
        let url = HuggingFace.request(&[question()], &access).url;
        assert_eq!(url.as_ref(), "https://huggingface.co/api/papers/2401.00001");
    }
}
