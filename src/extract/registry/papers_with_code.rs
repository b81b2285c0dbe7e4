//! The dump `links-between-papers-and-code` of [Papers with Code](https://github.com/paperswithcode/paperswithcode-data): on
//! each of its records a paper and a repository with its code.

use serde_json::Value;

use super::tie;
use crate::{
    extract::{dossier::Filed, json, markup::plain},
    id::{Identifiers, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Grade, Kind, LinkRole, Notice},
};

pub(super) fn read(text: &str, notices: &mut Vec<Notice>) -> Vec<Filed> {
    let mut filed = Vec::new();
    for record in json::records(text, "list") {
        match record.value.as_ref().and_then(repository) {
            Some(dossier) => filed.push(Filed { lines: record.lines, text: record.text.to_owned(), dossier }),
            None => notices.push(record.notice()),
        }
    }
    filed
}

/// A repository with its paper.
fn repository(record: &Value) -> Option<Dossier> {
    let url: WebUrl = json::parsed(record, "repo_url")?;
    let path = url.path().trim_end_matches('/').to_owned();
    let name = RepoSlug::from_url(&url).map(|slug| slug.name().to_owned());
    let name = name.or_else(|| path.rsplit('/').next().map(str::to_owned)).filter(|name| !name.is_empty());
    let framework = json::text(record, "framework").filter(|framework| *framework != "none");
    let mut paper = tie(paper(record)?);
    let (grade, percent) = judge(record);
    paper.grade = Some(grade);
    paper.percent = percent;
    Some(Dossier {
        kind: Kind::Tool,
        name,
        links: vec![(LinkRole::Main, url)],
        attributes: framework.map(|framework| (Attribute::Keyword, framework.to_owned())).into_iter().collect(),
        related: vec![paper],
        ..Dossier::default()
    })
}

/// How close they are, and how sure that is: the better where the one names the other.
fn judge(record: &Value) -> (Grade, u8) {
    let is = |field| record.get(field).and_then(Value::as_bool).unwrap_or(false);
    let in_paper = if is("mentioned_in_paper") { 10 } else { 0 };
    let in_repository = if is("mentioned_in_github") { 5 } else { 0 };
    if is("is_official") {
        (Grade::Official, 85 + (in_paper + in_repository).min(11))
    } else {
        (Grade::Community, 60 + in_paper + 3 * in_repository)
    }
}

fn paper(record: &Value) -> Option<Dossier> {
    let page: Option<WebUrl> = json::parsed(record, "paper_url_abs");
    let pdf: Option<WebUrl> = json::parsed(record, "paper_url_pdf");
    let own: Option<WebUrl> = json::parsed(record, "paper_url");
    let mut ids = Identifiers { arxiv: json::parsed(record, "paper_arxiv_id"), ..Identifiers::default() };
    for url in page.iter().chain(&pdf) {
        let further = Identifiers::from_url(url);
        if !ids.conflicts_with(&further) {
            ids.fill_from(further);
        }
    }
    let title = json::text(record, "paper_title").map(plain).unwrap_or_default();
    let has_page = page.is_some();
    let mut links: Vec<(LinkRole, WebUrl)> = page.into_iter().map(|page| (LinkRole::Main, page)).collect();
    links.extend(pdf.map(|pdf| (LinkRole::Pdf, pdf)));
    links.extend(own.map(|own| (if has_page { LinkRole::Other } else { LinkRole::Main }, own)));
    let is_known = !title.is_empty() || !ids.is_empty() || !links.is_empty();
    is_known.then(|| Dossier { kind: Kind::Paper, title, ids, links, ..Dossier::default() })
}
