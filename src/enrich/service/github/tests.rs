use super::*;
use crate::{
    model::{Attribute, Evidence, Grade, Relation, WorkRef},
    net::{Method, Token},
};

fn slug(address: &str) -> RepoSlug {
    RepoSlug::from_url(&address.parse().unwrap()).unwrap()
}

fn wanted(kind: Kind, address: &str) -> Wanted {
    let what: WebUrl = address.parse().unwrap();
    Wanted {
        kind,
        repository: RepoSlug::from_url(&what),
        what: WorkRef::Url(what),
        ids: crate::id::Identifiers::default(),
        title: "Tool".into(),
        families: Vec::new(),
        year: None,
    }
}

fn question(ask: Ask) -> Question {
    Question { about: WorkRef::Title("tool".into()), ask }
}

fn access(key: Option<&str>) -> Access {
    Access { base: "http://127.0.0.1:9/".parse().unwrap(), key: key.and_then(Token::new), contact: None }
}

#[test]
fn what_is_asked_depends_on_the_thing() {
    let n_questions = |kind, address: &str| GitHub.questions(&wanted(kind, address)).len();
    assert_eq!(n_questions(Kind::Tool, "https://github.com/lab/tool"), 5);
    assert_eq!(n_questions(Kind::Dataset, "https://github.com/lab/tool"), 5);
    assert_eq!(n_questions(Kind::List, "https://github.com/lab/list"), 1);
    assert_eq!(n_questions(Kind::Paper, "https://github.com/lab/tool"), 0);
    assert_eq!(n_questions(Kind::Tool, "https://gitlab.com/lab/tool"), 0);
    assert_eq!(n_questions(Kind::Tool, "https://github.com/../.."), 0);
    assert_eq!(n_questions(Kind::Tool, "https://example.org/"), 0);
}

#[test]
fn requests_go_to_the_base() {
    let asked = |ask: Ask, key| {
        let request = GitHub.request(&[question(ask)], &access(key));
        assert_eq!(request.method, Method::Get);
        (request.url.to_string(), request.accept.unwrap_or_default().contains("raw"))
    };
    let slug = || slug("https://github.com/Lab/Tool.R");
    let base = "http://127.0.0.1:9/repos/Lab/Tool.R";
    assert_eq!(asked(Ask::Repository(slug()), None), (base.to_owned(), false));
    assert_eq!(asked(Ask::File(slug(), README), None), (format!("{base}/readme"), true));
    assert_eq!(asked(Ask::File(slug(), CITATION_FILE), None), (format!("{base}/contents/CITATION.cff"), true));
    assert_eq!(asked(Ask::File(slug(), RELEASES), None), (format!("{base}/releases/latest"), false));
    let request = GitHub.request(&[question(Ask::Repository(slug()))], &access(Some("s3cret")));
    assert_eq!(request.headers, [("x-github-api-version", API_VERSION.to_owned())]);
    assert!(!format!("{request:?}").contains("s3cret"));
    assert!(GitHub.manners(false).pause_between > GitHub.manners(true).pause_between);
    assert_eq!((GitHub.free_per_day(false), GitHub.free_per_day(true)), (Some(1440), Some(120_000)));
}

const RECORD: &str = r#"{"id": 7, "full_name": "lab/Tool", "description": "Code for the paper in arXiv:2101.00003",
    "homepage": "https://doi.org/10.1000/tool", "stargazers_count": 12, "archived": true, "fork": false, "language": "R",
    "license": {"spdx_id": "MIT"}, "topics": ["single-cell", null, "rna"], "pushed_at": "2024-05-06T07:08:09Z",
    "default_branch": "main", "unknown": [1]}"#;

fn read_record(record: &str) -> Dossier {
    let answer = GitHub.read(&question(Ask::Repository(slug("https://github.com/Lab/tool"))), record.as_bytes());
    answer.unwrap().pop().unwrap()
}

fn values(dossier: &Dossier, wanted: Attribute) -> Vec<&str> {
    dossier.attributes.iter().filter(|(attribute, _)| *attribute == wanted).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn the_record_of_a_repository() {
    let dossier = read_record(RECORD);
    assert_eq!(dossier.own, "github:7".parse().ok());
    assert_eq!((dossier.kind, dossier.name.as_deref()), (Kind::Tool, Some("tool")));
    assert_eq!(dossier.links, [(LinkRole::Main, "https://github.com/Lab/tool".parse().unwrap())]);
    for (attribute, expected) in [
        (Attribute::Stars, vec!["12"]),
        (Attribute::License, vec!["MIT"]),
        (Attribute::ProgrammingLanguage, vec!["R"]),
        (Attribute::Keyword, vec!["rna", "single-cell"]),
        (Attribute::Modified, vec!["2024-05-06"]),
        (Attribute::Status, vec!["archived"]),
        (Attribute::MovedTo, vec![]),
    ] {
        assert_eq!(values(&dossier, attribute), expected, "{attribute:?}");
    }
    let related: Vec<_> =
        dossier.related.iter().map(|one| (one.relation, one.evidence, one.grade, one.percent)).collect();
    let official = Some(Grade::Official);
    assert_eq!(
        related,
        [
            (Relation::Implements, Evidence::DescriptionNamesPaper, official, 92),
            (Relation::Implements, Evidence::DescriptionNamesPaper, official, 94)
        ]
    );
}

#[test]
fn a_repository_that_moved_and_a_fork() {
    let moved =
        read_record(r#"{"id": 7, "full_name": "New/Name", "license": {"spdx_id": "NOASSERTION"}, "homepage": ""}"#);
    assert_eq!(values(&moved, Attribute::MovedTo), ["https://github.com/New/Name"]);
    assert_eq!(values(&moved, Attribute::Status), ["moved"]);
    assert!(values(&moved, Attribute::License).is_empty());
    let fork = RECORD.replace(
        r#""fork": false"#,
        r#""fork": true, "parent": {"id": 3, "html_url": "https://github.com/first/tool"}"#,
    );
    let fork = read_record(&fork);
    let [parent] = fork.related.as_slice() else { panic!("{:?}", fork.related) };
    assert_eq!((parent.relation, parent.other.own.clone()), (Relation::Uses, "github:3".parse().ok()));
}

#[test]
fn homepages_of_other_sorts() {
    let links = |homepage: &str| {
        let record = format!(r#"{{"id": 7, "full_name": "lab/tool", "homepage": "{homepage}"}}"#);
        let dossier = read_record(&record);
        let links: Vec<String> =
            dossier.links[1..].iter().map(|(role, url)| format!("{} {url}", role.word())).collect();
        (links.join(" "), dossier.related.len(), values(&dossier, Attribute::SameAs).join(" "))
    };
    let plain = |links: &str| (links.to_owned(), 0, String::new());
    assert_eq!(links("https://tool.example.org"), plain("project https://tool.example.org"));
    assert_eq!(links("https://pypi.org/project/tool/"), plain("package https://pypi.org/project/tool/"));
    assert_eq!(links("https://github.com/lab/tool"), plain(""));
    assert_eq!(links("no address"), plain(""));
    assert_eq!(links("https://arxiv.org/abs/2101.00003"), (String::new(), 1, String::new()));
    let archive = "https://doi.org/10.5281/zenodo.5".to_owned();
    assert_eq!(links("https://zenodo.org/record/5"), (String::new(), 0, archive));
}

#[test]
fn a_release_is_a_version() {
    let version = |record: &str| {
        let answer =
            GitHub.read(&question(Ask::File(slug("https://github.com/lab/tool"), RELEASES)), record.as_bytes());
        answer.ok().map(|dossiers| values(&dossiers[0], Attribute::Version).join(" "))
    };
    assert_eq!(version(r#"{"tag_name": "v1.2.0"}"#).as_deref(), Some("1.2.0"));
    assert_eq!(version(r#"{"tag_name": "velvet"}"#).as_deref(), Some("velvet"));
    assert_eq!(version(r#"{"message": "Not Found"}"#), None);
}

#[test]
fn strange_answers_are_no_panic() {
    let slug = || slug("https://github.com/lab/tool");
    let asks = || {
        let files = [README, CITATION_FILE, CODEMETA, RELEASES, "other"].map(|path| Ask::File(slug(), path));
        [Ask::Repository(slug()), Ask::Work(WorkRef::Title("x".into()))].into_iter().chain(files)
    };
    for body in [
        &b""[..], b"{}", b"[]", b"null", b"\xFF\xFE\x00", b"<html>", b"{\"id\": {}, \"full_name\": 3}",
        b"{\"id\": 1, \"full_name\": \"../..\", \"topics\": {\"a\": 1}, \"license\": \"MIT\", \"homepage\": 3, \"description\": []}",
        b"{\"encoding\": \"base64\", \"sha\": \"\", \"git_url\": \"\", \"content\": \"!!\"}",
    ] {
        for ask in asks() {
            let _ = GitHub.read(&question(ask), body);
        }
    }
    let missing = br#"{"message": "Not Found"}"#;
    assert!(GitHub.read(&question(Ask::Repository(slug())), missing).is_err());
}
