use serde_json::json;

use super::*;
use crate::{
    id::Identifiers,
    model::{Attribute, LinkRole, PersonName, Relation, VenueKind},
    net::Token,
};

fn question(work: &str) -> Question {
    let work: WorkRef = work.parse().unwrap();
    Question { about: work.clone(), ask: Ask::Work(work) }
}

/// The dossier of a record with what is given, over a plain article.
fn read(asked: &str, fields: &Value) -> Option<Dossier> {
    let mut record = json!({ "id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/A", "title": "A b", "type": "article" });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let question = question(asked);
    let parts = OpenAlex.split(std::slice::from_ref(&question), record.to_string().as_bytes()).unwrap();
    OpenAlex.read(&question, parts[0].as_ref().unwrap()).unwrap().pop()
}

fn values(dossier: &Dossier, wanted: Attribute) -> Vec<&str> {
    dossier.attributes.iter().filter(|(attribute, _)| *attribute == wanted).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn works_are_asked_for_by_their_strongest_identifier() {
    let asks = |doi: &str, arxiv: &str, pmid: &str| {
        let (doi, arxiv, pmid) = (doi.parse().ok(), arxiv.parse().ok(), pmid.parse().ok());
        let wanted = Wanted {
            kind: Kind::Paper,
            what: WorkRef::Title("x".into()),
            ids: Identifiers { doi, arxiv, pmid, pmcid: None },
            title: "A title of four words".into(),
            families: Vec::new(),
            year: None,
            repository: None,
        };
        OpenAlex.questions(&wanted).pop().map(|question| question.ask)
    };
    assert_eq!(asks("10.1000/a", "1812.08434", "1"), Some(question("doi:10.1000/a").ask));
    assert_eq!(asks("", "1812.08434", "1"), Some(question("arxiv:1812.08434").ask));
    assert_eq!(asks("", "", "1"), Some(question("pmid:1").ask));
    assert_eq!(asks("", "", ""), None);
}

#[test]
fn requests_hide_the_key_and_join_by_identifier() {
    let key = Token::new("s3cret");
    let access = Access { base: "https://api.openalex.org/".parse().unwrap(), key, contact: None };
    let url = |works: &[&str]| {
        let questions: Vec<Question> = works.iter().map(|work| question(work)).collect();
        let request = OpenAlex.request(&questions, &access);
        assert!(!format!("{request:?}").contains("s3cret"));
        request.url.to_string()
    };
    assert_eq!(url(&["doi:10.1000/a;b"]), "https://api.openalex.org/works/https://doi.org/10.1000/a%3Bb");
    assert_eq!(url(&["pmid:12"]), "https://api.openalex.org/works/pmid:12");
    let list = url(&["doi:10.1000/a", "arxiv:1812.08434"]);
    let start =
        "https://api.openalex.org/works?filter=doi:10.1000%2Fa%7C10.48550%2Farxiv.1812.08434&per_page=2&select=id,doi,";
    assert!(list.starts_with(start), "{list}");
    assert_eq!(OpenAlex.most_at_once(&question("pmid:12").ask), 1);
    assert_eq!(OpenAlex.most_at_once(&question("doi:10.1000/a,b").ask), 1);
    let questions = ["doi:10.1000/a", "doi:10.1000/b", "arxiv:1812.08434"].map(question);
    let results =
        json!([null, { "doi": "https://doi.org/10.48550/arXiv.1812.08434" }, { "doi": "https://doi.org/10.1000/A" }]);
    let answer = json!({ "meta": {}, "results": results }).to_string();
    let parts = OpenAlex.split(&questions, answer.as_bytes()).unwrap();
    assert_eq!(parts.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn a_record_is_read_whole() {
    let source = |name: &str, kind: &str| json!({ "display_name": name, "type": kind });
    let dossier = read("doi:10.1000/a", &json!({
        "title": "A <i>b</i>\n c",
        "publication_year": 2020, "publication_date": "2020-01-01",
        "ids": { "pmid": "https://pubmed.ncbi.nlm.nih.gov/12", "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/34" },
        "authorships": [
            { "raw_author_name": "Zhou, Jie", "author": { "id": null, "display_name": "J. Other", "orcid": "https://orcid.org/0000-0002-1825-0097" } },
            { "raw_author_name": null, "author": { "display_name": "Philip S. Yu", "orcid": null } },
            { "author": null }, null,
        ],
        "primary_location": { "landing_page_url": "https://doi.org/10.1000/a", "pdf_url": null, "source": null },
        "locations": [
            { "landing_page_url": "https://doi.org/10.1000/a", "source": source("Journal of Examples", "journal") },
            { "landing_page_url": "http://arxiv.org/abs/1812.08434", "source": source("arXiv (Cornell University)", "repository") },
            { "landing_page_url": "https://doi.org/10.48550/arxiv.1812.08434", "source": null },
            { "landing_page_url": "https://pubmed.ncbi.nlm.nih.gov/12", "source": source("PubMed", "repository") },
            { "landing_page_url": null, "source": null },
        ],
        "best_oa_location": { "pdf_url": "https://example.org/a.pdf" },
        "biblio": { "volume": "6", "issue": null, "first_page": "525", "last_page": "535" },
        "cited_by_count": 7, "is_retracted": true,
        "topics": [{ "id": "https://openalex.org/T1", "display_name": "Graphs", "score": 0.9 }, { "display_name": "Cats", "score": 0.01 }],
        "keywords": [{ "display_name": "Networks", "score": 0.7 }, { "display_name": "Weak", "score": null }],
        "referenced_works": ["https://openalex.org/W2", "W3", null, ""],
        "abstract_inverted_index": { "Code": [0], "is": [1, 4], "at": [2], "github.com/o/r": [3], "x": "bad", "good": [9] },
    }))
    .unwrap();
    assert_eq!(dossier.own, Some(WorkRef::Own("openalex:W1".into())));
    assert_eq!((&dossier.ids.pmid, &dossier.ids.pmcid), (&"12".parse().ok(), &"PMC34".parse().ok()));
    let names: Vec<String> = dossier.authors.iter().map(PersonName::display).collect();
    assert_eq!(names, ["Jie Zhou", "Philip S. Yu"]);
    assert!(
        dossier.authors[0].orcid.is_some()
            && dossier.authors[0].is_orcid_guessed
            && !dossier.authors[1].is_orcid_guessed
    );
    assert_eq!(
        (dossier.venue.as_deref(), dossier.venue_kind),
        (Some("Journal of Examples"), Some(VenueKind::Periodical))
    );
    assert_eq!(dossier.date.unwrap().to_string(), "2020");
    assert_eq!((dossier.volume.as_deref(), dossier.pages.as_deref()), (Some("6"), Some("525-535")));
    assert_eq!(dossier.links, [(LinkRole::Pdf, "https://example.org/a.pdf".parse().unwrap())]);
    let cites: Vec<String> = dossier.cites.iter().map(ToString::to_string).collect();
    assert_eq!(cites, ["openalex:W2", "openalex:W3"]);
    assert_eq!(
        (values(&dossier, Attribute::CitationCount), values(&dossier, Attribute::Status)),
        (vec!["7"], vec!["retracted"])
    );
    assert_eq!(values(&dossier, Attribute::Keyword), ["Networks"]);
    assert_eq!(values(&dossier, Attribute::Abstract), ["Code is at github.com/o/r is good"]);
    let topics: Vec<(&str, bool)> =
        dossier.subjects.iter().map(|term| (term.label.as_str(), term.iri.is_some())).collect();
    assert_eq!(topics, [("Graphs", true)]);
    let [preprint, code] = &dossier.related[..] else { panic!("{:?}", dossier.related) };
    assert_eq!((preprint.relation, preprint.is_inverse), (Relation::PreprintOf, true));
    assert_eq!(preprint.other.ids.arxiv, "1812.08434".parse().ok());
    assert_eq!(code.relation, Relation::Implements);
}

#[test]
fn a_preprint_among_the_places_of_an_article_stays_a_preprint() {
    let place =
        |url: &str, kind: &str| json!({ "landing_page_url": url, "source": { "display_name": "X", "type": kind } });
    let places = json!({ "locations": [place("https://doi.org/10.1101/123456", "repository")] });
    let dossier = read("doi:10.1101/123456", &places).unwrap();
    assert_eq!(dossier.ids.doi, "10.1101/123456".parse().ok());
    assert_eq!((dossier.related.len(), dossier.related[0].is_inverse), (1, false));
    assert_eq!(dossier.related[0].other.ids.doi, "10.1000/a".parse().ok());
    let preprint = json!({ "doi": "https://doi.org/10.1101/123456", "type": "preprint",
        "primary_location": place("https://doi.org/10.1101/123456", "repository"),
        "locations": [place("https://doi.org/10.1000/z", "journal"), place("https://doi.org/10.5281/zenodo.1", "journal")] });
    let dossier = read("doi:10.1101/123456", &preprint).unwrap();
    assert_eq!((dossier.venue_kind, dossier.related.len()), (Some(VenueKind::PreprintServer), 1));
    assert!(!dossier.related[0].is_inverse && dossier.related[0].other.ids.doi == "10.1000/z".parse().ok());
}

#[test]
fn no_record_of_the_work_gives_nothing() {
    for fields in [
        json!({ "title": null }),
        json!({ "title": "" }),
        json!({ "type": "paratext" }),
        json!({ "type": "peer-review" }),
        json!({ "doi": "https://doi.org/10.1000/z" }),
        json!({ "doi": null }),
    ] {
        assert_eq!(read("doi:10.1000/a", &fields), None, "{fields}");
    }
    let by_pmid = json!({ "ids": { "pmid": "https://pubmed.ncbi.nlm.nih.gov/12" } });
    assert!(read("pmid:12", &by_pmid).is_some() && read("pmid:13", &by_pmid).is_none());
    for value in [json!(null), json!([]), json!("x"), json!([[], 1, {}]), json!({ "a": 1 }), json!(2)] {
        let mut fields = serde_json::Map::new();
        for name in super::FIELDS.split(',').filter(|name| !["id", "doi", "title", "type"].contains(name)) {
            fields.insert(name.to_owned(), value.clone());
        }
        assert_eq!(read("doi:10.1000/a", &Value::Object(fields)).unwrap().title, "A b", "{value}");
    }
    for body in ["<!doctype html><title>404</title>", "", "[]", r#"{"error":"x","message":"y"}"#] {
        assert!(OpenAlex.read(&question("doi:10.1000/a"), body.as_bytes()).is_err(), "{body}");
        assert!(OpenAlex.split(&[question("doi:10.1000/a")], body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn a_list_of_authors_that_is_cut_says_so() {
    let authors = |n: usize| json!({ "authorships": vec![json!({ "raw_author_name": "Jie Zhou" }); n] });
    assert!(!read("doi:10.1000/a", &authors(99)).unwrap().et_al);
    assert!(read("doi:10.1000/a", &authors(100)).unwrap().et_al);
}
