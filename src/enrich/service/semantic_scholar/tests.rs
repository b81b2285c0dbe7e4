use super::*;
use crate::{
    id::Identifiers,
    model::{Attribute, LinkRole, Relation, VenueKind},
    net::{Method, Token},
};

fn question(work: &str) -> Question {
    let work: WorkRef = work.parse().unwrap();
    Question { about: work.clone(), ask: Ask::Work(work) }
}

fn search() -> Question {
    let about = WorkRef::Title("x".into());
    Question { about, ask: Ask::Title("Graph networks: a review".into(), Some("Zhou".into()), Some(2020)) }
}

fn read(asked: &str, record: &Value) -> Option<Dossier> {
    let question = question(asked);
    let parts = SemanticScholar.split(std::slice::from_ref(&question), record.to_string().as_bytes()).unwrap();
    parts[0].as_ref().and_then(|part| SemanticScholar.read(&question, part).unwrap().pop())
}

#[test]
fn papers_are_asked_for_by_identifier_or_else_searched() {
    let asks = |doi: &str, arxiv: &str, pmid: &str, kind| {
        let (doi, arxiv, pmid) = (doi.parse().ok(), arxiv.parse().ok(), pmid.parse().ok());
        let wanted = Wanted {
            kind,
            what: WorkRef::Title("x".into()),
            ids: Identifiers { doi, arxiv, pmid, pmcid: None },
            title: "Graph networks: a review".into(),
            families: vec!["Zhou".into()],
            year: Some(2020),
            repository: None,
        };
        SemanticScholar.questions(&wanted).pop().map(|question| question.ask)
    };
    assert_eq!(asks("10.1000/a", "1812.08434", "1", Kind::Paper), Some(question("doi:10.1000/a").ask));
    assert_eq!(asks("", "1812.08434", "1", Kind::Paper), Some(question("arxiv:1812.08434").ask));
    assert_eq!(asks("", "", "1", Kind::Paper), Some(question("pmid:1").ask));
    assert_eq!(asks("", "", "", Kind::Paper), Some(search().ask));
    assert_eq!(asks("", "", "", Kind::Dataset), None);
}

#[test]
fn one_paper_is_got_and_several_are_posted() {
    let key = Token::new("s3cret");
    let access = Access { base: "https://api.semanticscholar.org/graph/v1".parse().unwrap(), key, contact: None };
    let request = |questions: &[Question]| SemanticScholar.request(questions, &access);
    let one = request(&[question("doi:10.1000/a#b")]);
    assert!(
        one.url
            .as_ref()
            .starts_with("https://api.semanticscholar.org/graph/v1/paper/DOI:10.1000/a%23b?fields=paperId,")
    );
    assert_eq!(one.method, Method::Get);
    let several = request(&["doi:10.1000/a", "arxiv:cs/0701001", "pmid:7"].map(question));
    assert!(several.url.as_ref().contains("/graph/v1/paper/batch?fields="));
    let Method::Post { body, .. } = &several.method else { panic!("{several:?}") };
    assert_eq!(String::from_utf8_lossy(body), r#"{"ids":["DOI:10.1000/a","ARXIV:cs/0701001","PMID:7"]}"#);
    let matched = request(&[search()]);
    assert!(
        matched.url.as_ref().contains("/paper/search/match?query=Graph%20networks%3A%20a%20review&fields=paperId,")
    );
    assert!(!matched.url.as_ref().contains("references") && !format!("{several:?}{one:?}").contains("s3cret"));
}

#[test]
fn a_list_is_taken_apart_by_position() {
    let questions = ["doi:10.1000/a", "doi:10.1000/b", "doi:10.1000/c"].map(question);
    let answer = json!([null, { "title": "B", "externalIds": { "DOI": "10.1000/B" } }, { "title": "other", "externalIds": { "DOI": "10.1000/z" } }]);
    let parts = SemanticScholar.split(&questions, answer.to_string().as_bytes()).unwrap();
    let title = |at: usize| {
        let found = parts[at].as_ref().map(|part| SemanticScholar.read(&questions[at], part).unwrap());
        found.and_then(|mut found| found.pop()).map(|dossier| dossier.title)
    };
    assert_eq!([title(0), title(1), title(2)], [None, Some("B".into()), None]);
    assert!(SemanticScholar.split(&questions, b"[null]").is_err());
}

#[test]
fn a_record_is_read_whole() {
    let dossier = read("doi:10.1000/a", &json!({
        "paperId": "f00", "title": "A <b>b</b>\n c", "abstract": "Code is available at https://github.com/o/r.",
        "externalIds": { "DOI": "10.1000/A", "ArXiv": "1812.08434", "PubMed": "12", "PubMedCentral": "34", "CorpusId": 5 },
        "venue": "J. Ex.", "publicationVenue": null, "publicationTypes": ["JournalArticle"], "year": 2020,
        "publicationDate": "2020-03-04", "journal": { "name": "Journal of Examples", "pages": "525 - 535", "volume": "6" },
        "authors": [{ "authorId": null, "name": "Jie Zhou" }, { "name": null }, null, { "name": "Example Consortium" }],
        "citationCount": "500", "openAccessPdf": { "url": "https://example.org/a.pdf" },
        "s2FieldsOfStudy": [{ "category": "Biology", "source": "external" }, { "category": "Biology", "source": "s2" }],
        "references": [
            { "paperId": "r1", "externalIds": { "DOI": "10.1000/R" } },
            { "paperId": "r2", "externalIds": { "ArXiv": "1706.03762", "DOI": "10.48550/arXiv.1706.03762" } },
            { "paperId": "r3", "externalIds": null }, { "paperId": null, "title": "x" }, null,
        ],
    }))
    .unwrap();
    assert_eq!(dossier.own, Some(WorkRef::Own("s2:f00".into())));
    let ids = &dossier.ids;
    assert_eq!((&ids.arxiv, &ids.pmcid), (&"1812.08434".parse().ok(), &"PMC34".parse().ok()));
    assert_eq!(
        (dossier.venue.as_deref(), dossier.venue_kind),
        (Some("Journal of Examples"), Some(VenueKind::Periodical))
    );
    assert_eq!(dossier.date.unwrap().to_string(), "2020-03-04");
    assert_eq!((dossier.volume.as_deref(), dossier.pages.as_deref()), (Some("6"), Some("525-535")));
    let names: Vec<(&str, bool)> = dossier.authors.iter().map(|name| (name.family.as_str(), name.is_group)).collect();
    assert_eq!(names, [("Zhou", false), ("Example Consortium", true)]);
    let cites: Vec<String> = dossier.cites.iter().map(ToString::to_string).collect();
    assert_eq!(cites, ["doi:10.1000/r", "arxiv:1706.03762", "s2:r3"]);
    assert!(dossier.attributes.contains(&(Attribute::CitationCount, "500".into())));
    assert_eq!((dossier.subjects.len(), dossier.links[0].0), (1, LinkRole::Pdf));
    assert_eq!(dossier.related[0].relation, Relation::Implements);
}

#[test]
fn a_preprint_has_no_volume_and_no_date_of_another_year() {
    let dossier = read(
        "arxiv:1812.08434",
        &json!({
            "title": "A", "externalIds": { "ArXiv": "1812.08434" }, "venue": "arXiv.org", "year": 2018,
            "publicationDate": "2019-01-02", "journal": { "name": "ArXiv", "volume": "abs/1812.08434" },
        }),
    )
    .unwrap();
    assert_eq!((dossier.venue.as_deref(), dossier.venue_kind), (Some("arXiv"), Some(VenueKind::PreprintServer)));
    assert_eq!((dossier.volume, dossier.date.unwrap().to_string().as_str()), (None, "2018"));
}

#[test]
fn a_search_gives_what_it_found() {
    let answer = json!({ "data": [{ "paperId": "f00", "title": "A b", "matchScore": 1.5 }, { "title": null }, null] })
        .to_string();
    let parts = SemanticScholar.split(&[search()], answer.as_bytes()).unwrap();
    let found = SemanticScholar.read(&search(), parts[0].as_ref().unwrap()).unwrap();
    assert_eq!(found.iter().map(|dossier| dossier.title.as_str()).collect::<Vec<_>>(), ["A b"]);
    let nothing = br#"{"error":"Title match not found"}"#;
    assert_eq!(SemanticScholar.split(&[search()], nothing).unwrap(), [None]);
    assert!(SemanticScholar.read(&search(), br#"{"total":0,"offset":0}"#).unwrap().is_empty());
}

#[test]
fn no_record_of_the_paper_gives_nothing() {
    let ids = json!({ "DOI": "10.1000/a" });
    for record in [
        json!({ "title": null, "externalIds": ids }),
        json!({ "title": "A" }),
        json!({ "title": "A", "externalIds": { "DOI": "10.1000/z" } }),
    ] {
        assert_eq!(read("doi:10.1000/a", &record), None, "{record}");
    }
    for value in [json!(null), json!([]), json!("x"), json!([[], 1, {}]), json!({ "a": 1 }), json!(2)] {
        let mut fields = serde_json::Map::new();
        for name in super::FIELDS.split(',').chain(["references"]) {
            fields.insert(name.to_owned(), value.clone());
        }
        fields.extend([("title".to_owned(), json!("A")), ("externalIds".to_owned(), ids.clone())]);
        assert_eq!(read("doi:10.1000/a", &Value::Object(fields)).unwrap().title, "A", "{value}");
    }
    for body in ["<html></html>", "", "7", r#"{"message":"Forbidden"}"#, r#"{"message":"Too many","code":"429"}"#] {
        assert!(SemanticScholar.read(&question("doi:10.1000/a"), body.as_bytes()).is_err(), "{body}");
        assert!(SemanticScholar.split(&[question("doi:10.1000/a")], body.as_bytes()).is_err(), "{body}");
    }
}
