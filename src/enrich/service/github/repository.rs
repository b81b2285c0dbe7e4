//! The record of a [repository](https://docs.github.com/en/rest/repos/repos#get-a-repository) and of its latest
//! [release](https://docs.github.com/en/rest/releases/releases#get-the-latest-release).

use serde_json::Value;

use super::{
    NAME, answer, dossier,
    readme::{self, Inline},
};
use crate::{
    enrich::{
        Unreadable,
        grade::{self, Ground},
    },
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Evidence, Kind, LinkRole, PartialDate, Related, Relation, WorkRef},
};

/// Reads the record of a repository.
pub(super) fn read(slug: &RepoSlug, body: &[u8]) -> Result<Dossier, Unreadable> {
    let record = answer::record(body)?;
    let (Some(id), Some(full_name)) = (answer::text_of(&record, "id"), answer::text_of(&record, "full_name")) else {
        return Err(Unreadable::new(NAME, "it is no repository", body));
    };
    let mut dossier = Dossier { own: format!("{NAME}:{id}").parse().ok(), ..dossier(slug) };
    dossier.description = answer::plain_of(&record, "description");
    dossier.attributes.extend(attributes(&record));
    let asked = format!("{}/{}", slug.owner(), slug.name());
    if !full_name.eq_ignore_ascii_case(&asked) {
        let moved_to = format!("https://github.com/{full_name}").parse::<WebUrl>().ok();
        dossier.attributes.extend(moved_to.map(|url| (Attribute::MovedTo, url.to_string())));
        dossier.attributes.insert((Attribute::Status, "moved".to_owned()));
    }
    // A fork says what its parent says. It is the parent's answer that counts.
    match parent(&record) {
        _ if !answer::is_set(&record, "fork") => name_papers(slug, &record, &mut dossier),
        Some(parent) => dossier.related.push(parent),
        None => {}
    }
    Ok(dossier)
}

fn attributes(record: &Value) -> Vec<(Attribute, String)> {
    let license = record.get("license").and_then(|license| answer::text_of(license, "spdx_id"));
    let day = answer::text_of(record, "pushed_at").and_then(|time| time.parse::<PartialDate>().ok());
    let fields = [
        (Attribute::Stars, answer::text_of(record, "stargazers_count")),
        (Attribute::License, license.filter(|license| license != "NOASSERTION")),
        (Attribute::ProgrammingLanguage, answer::text_of(record, "language")),
        (Attribute::Modified, day.map(|day| day.to_string())),
        (Attribute::Status, answer::is_set(record, "archived").then(|| "archived".to_owned())),
    ];
    let topics = answer::values_of(record, "topics").iter().filter_map(answer::as_text);
    let fields = fields.into_iter().filter_map(|(attribute, value)| Some((attribute, value?)));
    fields.chain(topics.map(|topic| (Attribute::Keyword, topic))).collect()
}

/// What description and homepage say of papers.
fn name_papers(slug: &RepoSlug, record: &Value, dossier: &mut Dossier) {
    let homepage = answer::text_of(record, "homepage").and_then(|text| text.parse::<WebUrl>().ok());
    if let Some(url) = homepage {
        let ids = Identifiers::from_url(&url);
        if let Some(deposit) = ids.doi.as_ref().filter(|doi| grade::is_no_paper(doi)) {
            dossier.attributes.insert((Attribute::SameAs, format!("https://doi.org/{deposit}")));
        } else if !ids.is_empty() {
            dossier.related.push(Ground::Homepage.related(paper(ids)));
        } else if RepoSlug::from_url(&url).is_none_or(|other| other.to_string() != slug.to_string()) {
            let role = if Package::from_url(&url).is_some() { LinkRole::Package } else { LinkRole::Project };
            dossier.links.push((role, url));
        }
    }
    let description = record.get("description").and_then(Value::as_str).unwrap_or_default();
    for (paper, ground) in readme::of_description(&Inline::of(description)) {
        if !dossier.related.iter().any(|known| known.other.ids == paper.ids) {
            dossier.related.push(ground.related(paper));
        }
    }
}

fn paper(ids: Identifiers) -> Dossier {
    Dossier { kind: Kind::Paper, ids, ..Dossier::default() }
}

/// The repository that a fork was made of.
fn parent(record: &Value) -> Option<Related> {
    let parent = record.get("parent")?;
    let url: WebUrl = answer::text_of(parent, "html_url")?.parse().ok()?;
    let other = Dossier {
        is_stub: true,
        own: answer::text_of(parent, "id").and_then(|id| format!("{NAME}:{id}").parse::<WorkRef>().ok()),
        ..dossier(&RepoSlug::from_url(&url)?)
    };
    Some(Related {
        relation: Relation::Uses,
        is_inverse: false,
        other: Box::new(other),
        evidence: Evidence::Service,
        percent: 99,
        grade: None,
    })
}

/// Reads the record of a release: its version.
pub(super) fn read_release(slug: &RepoSlug, body: &[u8]) -> Result<Option<Dossier>, Unreadable> {
    let record = answer::record(body)?;
    let Some(tag) = answer::text_of(&record, "tag_name") else {
        return Err(Unreadable::new(NAME, "it is no release", body));
    };
    let version = tag.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let version = version.unwrap_or(&tag).to_owned();
    Ok(Some(Dossier { attributes: [(Attribute::Version, version)].into(), ..dossier(slug) }))
}
