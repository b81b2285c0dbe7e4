//! Records of [bio.tools](https://biotools.readthedocs.io/en/latest/curators_guide.html): one, an array, JSON lines, answers
//! of its interface. Addresses of mail boxes are not read.

use serde_json::Value;

use super::{add_link, grade, grade::Said, settle_addresses, site, tie};
use crate::{
    extract::{
        dossier::Filed,
        json::{self, Record},
        markup::plain,
    },
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, LinkRole, Notice, PersonName, SubjectTerm, WorkRef},
};

pub(super) fn read(text: &str, notices: &mut Vec<Notice>) -> Vec<Filed> {
    let mut filed = Vec::new();
    let mut said = Vec::new();
    for record in json::records(text, "list") {
        match record.value.as_ref().and_then(tool) {
            Some((dossier, ties)) => {
                filed.push(Filed { lines: record.lines, text: own_text(&record), dossier });
                said.push(ties);
            }
            None => notices.push(record.notice()),
        }
    }
    let mut tools: Vec<&mut Dossier> = filed.iter_mut().map(|filed| &mut filed.dossier).collect();
    settle_addresses(&mut tools, page);
    grade::grade(&mut filed, &said);
    filed
}

/// The lines of the source hold the record; its name is enough to find it there, even where all stand on one line.
fn own_text(record: &Record<'_>) -> String {
    let id = record.value.as_ref().and_then(|value| json::text(value, "biotoolsID"));
    id.map_or_else(String::new, |id| format!("biotools:{id}"))
}

/// A tool, and what is said of it and each of its papers.
fn tool(record: &Value) -> Option<(Dossier, Vec<Said>)> {
    let name = plain(json::text(record, "name").or_else(|| json::text(record, "biotoolsID"))?);
    let mut dossier = Dossier {
        kind: Kind::Tool,
        name: Some(name).filter(|name| !name.is_empty()),
        description: json::text(record, "description").map(plain),
        own: json::text(record, "biotoolsID").map(|id| WorkRef::Own(format!("biotools:{id}"))),
        links: links(record),
        authors: people(record),
        ..Dossier::default()
    };
    dossier.name.as_ref()?;
    if let Some(page) = page(&dossier) {
        dossier.attributes.insert((Attribute::SameAs, page.to_string()));
    }
    let license = json::text(record, "license").filter(|license| *license != "Other");
    dossier.attributes.extend(license.map(|license| (Attribute::License, license.to_owned())));
    let languages = json::texts(record, "language").filter(|language| *language != "Other");
    dossier.attributes.extend(languages.map(|language| (Attribute::ProgrammingLanguage, language.to_owned())));
    if let [version] = json::list(record, "version") {
        dossier.attributes.extend(version.as_str().map(|version| (Attribute::Version, version.trim().to_owned())));
    }
    let operations = json::list(record, "function").iter().flat_map(|function| json::list(function, "operation"));
    dossier.subjects.extend(json::list(record, "topic").iter().chain(operations).filter_map(term));
    let papers = json::list(record, "publication").iter();
    let (papers, said): (Vec<_>, Vec<_>) =
        papers.filter_map(|paper| Some((self::paper(paper)?, self::said(paper)))).unzip();
    dossier.related = papers.into_iter().map(tie).collect();
    Some((dossier, said))
}

/// The page of the registry about a tool.
fn page(tool: &Dossier) -> Option<WebUrl> {
    let Some(WorkRef::Own(own)) = &tool.own else { return None };
    format!("https://bio.tools/{}", own.strip_prefix("biotools:")?).parse().ok()
}

/// The repository is the tool, wherever its page is; else the page is.
fn links(record: &Value) -> Vec<(LinkRole, WebUrl)> {
    let homepage: Option<WebUrl> = json::parsed(record, "homepage");
    let typed: Vec<(&str, WebUrl)> = json::list(record, "link")
        .iter()
        .filter_map(|link| Some((json::texts(link, "type").next().unwrap_or_default(), json::parsed(link, "url")?)))
        .collect();
    let is_repository = |url: &WebUrl| RepoSlug::from_url(url).is_some() && RepoSlug::is_root(url);
    let repositories = typed.iter().filter(|(kind, _)| *kind == "Repository").map(|(_, url)| url);
    let repository = homepage.iter().chain(repositories).find(|url| is_repository(url)).cloned();
    let mut links = Vec::new();
    let has_repository = repository.is_some();
    if let Some(repository) = repository {
        links.push((LinkRole::Main, repository));
    }
    if let Some(homepage) = homepage {
        let is_package = Package::from_url(&homepage).is_some();
        let role = if is_package { LinkRole::Package } else { LinkRole::Project };
        add_link(&mut links, if has_repository { role } else { LinkRole::Main }, homepage);
    }
    for (kind, url) in typed {
        let role = match kind {
            "Repository" => LinkRole::Code,
            _ if site(&url).is_some_and(|_| Package::from_url(&url).is_some()) => LinkRole::Package,
            "Galaxy service" | "Service" | "Browser" => LinkRole::Demo,
            "Social media" | "Helpdesk" | "Mailing list" | "Discussion forum" | "Issue tracker" => continue,
            _ => LinkRole::Other,
        };
        add_link(&mut links, role, url);
    }
    for page in json::list(record, "documentation") {
        let is_about_use = json::texts(page, "type").next().is_none_or(|kind| {
            !matches!(
                kind,
                "Terms of use" | "Citation instructions" | "Governance" | "Code of conduct" | "Contributions policy"
            )
        });
        if let Some(url) = json::parsed(page, "url").filter(|_| is_about_use) {
            add_link(&mut links, LinkRole::Documentation, url);
        }
    }
    links
}

/// Persons with an ORCID iD. Whoever has none may be a contact, a help desk or an institute.
fn people(record: &Value) -> Vec<PersonName> {
    let credits = json::list(record, "credit").iter();
    let persons = credits.filter(|credit| json::text(credit, "typeEntity").is_none_or(|kind| kind == "Person"));
    persons
        .filter_map(|credit| {
            let name = plain(json::text(credit, "name")?);
            let person = person(&name)?;
            Some(PersonName { orcid: Some(json::parsed(credit, "orcidid")?), ..person })
        })
        .collect()
}

/// `Chen Y.`, `Del Angel G.`, `Lee W.-P.`, `Ann Roe`, `Roe, Ann`.
fn person(name: &str) -> Option<PersonName> {
    let spelling = name.to_owned();
    let is_initials = |word: &str| {
        let letters: Vec<char> = word.chars().filter(|c| !matches!(c, '.' | '-')).collect();
        (1..=3).contains(&letters.len()) && letters.iter().all(|letter| letter.is_uppercase())
    };
    let (family, given) = match (name.split_once(','), name.rsplit_once(' ')) {
        (Some((family, given)), _) => (family, given),
        (None, Some((family, given))) if is_initials(given) => (family, given),
        (None, Some((given, family))) => (family, given),
        (None, None) => (name, ""),
    };
    let (family, given) = (family.trim().to_owned(), given.trim().to_owned());
    (!family.is_empty()).then(|| PersonName { family, given, spelling, ..PersonName::default() })
}

/// A term of EDAM.
fn term(value: &Value) -> Option<SubjectTerm> {
    Some(SubjectTerm { label: plain(json::text(value, "term")?), iri: json::parsed(value, "uri") })
}

fn paper(value: &Value) -> Option<Dossier> {
    let mut ids = Identifiers::default();
    ids.fill_from(Identifiers {
        doi: json::parsed(value, "doi"),
        arxiv: None,
        pmcid: json::parsed(value, "pmcid"),
        pmid: json::parsed(value, "pmid"),
    });
    let nothing = Value::Null;
    let metadata = value.get("metadata").unwrap_or(&nothing);
    let title = json::text(metadata, "title").map(plain).unwrap_or_default();
    if ids.is_empty() && title.is_empty() {
        return None;
    }
    let names = json::list(metadata, "authors").iter().filter_map(|author| json::text(author, "name"));
    let count = json::word(metadata, "citationCount").filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
    Some(Dossier {
        kind: Kind::Paper,
        // The registry's source puts a full stop behind every title that has none.
        title: title.strip_suffix('.').map(str::to_owned).unwrap_or(title),
        ids,
        authors: names.filter_map(|name| author(&plain(name))).collect(),
        venue: json::text(metadata, "journal").map(plain),
        date: json::parsed(metadata, "date"),
        attributes: count.map(|count| (Attribute::CitationCount, count)).into_iter().collect(),
        ..Dossier::default()
    })
}

/// Authors are always `Family I.`; what has no initials is a group.
fn author(name: &str) -> Option<PersonName> {
    let person = person(name)?;
    let has_initials = name.contains('.') || person.given.chars().all(char::is_uppercase) && !person.given.is_empty();
    let group = || PersonName { family: name.to_owned(), is_group: name.contains(' '), ..PersonName::default() };
    Some(if has_initials { person } else { group() })
}

fn said(value: &Value) -> Said {
    let kinds: Vec<&str> = json::texts(value, "type").collect();
    match kinds.as_slice() {
        [] => Said::Nothing,
        ["Other"] => Said::Other,
        kinds if kinds.iter().any(|kind| matches!(*kind, "Primary" | "Method")) => Said::Describes,
        _ => Said::Refers,
    }
}
