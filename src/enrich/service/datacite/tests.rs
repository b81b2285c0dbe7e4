use serde_json::json;

use super::*;
use crate::{
    id::Identifiers,
    model::{Attribute, LinkRole, PersonName, Relation, VenueKind},
};

fn question(work: &str) -> Question {
    let work: WorkRef = work.parse().unwrap();
    Question { about: work.clone(), ask: Ask::Work(work) }
}

/// The dossier of a record with what is given, over plain software.
fn read(id: &str, attributes: &Value) -> Option<Dossier> {
    let mut all =
        json!({ "doi": id, "titles": [{ "title": "A tool" }], "types": { "resourceTypeGeneral": "Software" } });
    all.as_object_mut().unwrap().extend(attributes.as_object().unwrap().clone());
    let answer = json!({ "data": { "id": id, "type": "dois", "attributes": all } });
    let question = question(&format!("doi:{id}"));
    let parts = DataCite.split(std::slice::from_ref(&question), answer.to_string().as_bytes()).unwrap();
    DataCite.read(&question, parts[0].as_ref().unwrap()).unwrap().pop()
}

fn values(dossier: &Dossier, wanted: Attribute) -> Vec<&str> {
    dossier.attributes.iter().filter(|(attribute, _)| *attribute == wanted).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn known_archives_are_asked_and_what_crossref_lacks() {
    let wanted = |doi: &str, arxiv: &str, kind| Wanted {
        kind,
        what: WorkRef::Title("x".into()),
        ids: Identifiers { doi: doi.parse().ok(), arxiv: arxiv.parse().ok(), ..Identifiers::default() },
        title: "A title of four words".into(),
        families: Vec::new(),
        year: None,
        repository: None,
    };
    let asks = |doi, arxiv, kind| DataCite.questions(&wanted(doi, arxiv, kind)).pop().map(|question| question.ask);
    assert_eq!(asks("10.5281/zenodo.1", "", Kind::Tool), Some(question("doi:10.5281/zenodo.1").ask));
    assert_eq!(asks("", "1812.08434", Kind::Paper), Some(question("arxiv:1812.08434").ask));
    assert_eq!(asks("10.1000/a", "1812.08434", Kind::Paper), None);
    assert_eq!(asks("10.5281/zenodo.1", "", Kind::Course), None);
    let other = wanted("10.1000/a", "", Kind::Paper);
    assert_eq!(
        DataCite.questions_after("crossref", &other),
        [Question { about: other.what.clone(), ..question("doi:10.1000/a") }]
    );
    assert!(DataCite.questions_after("openalex", &other).is_empty());
}

#[test]
fn lists_are_asked_by_ids_and_joined_by_them() {
    let questions = ["doi:10.5281/zenodo.1", "arxiv:1812.08434", "doi:10.6084/x"].map(question);
    let access = Access { base: "https://api.datacite.org".parse().unwrap(), key: None, contact: None };
    let url = DataCite.request(&questions, &access).url;
    let expected =
        "https://api.datacite.org/dois?ids=10.5281%2Fzenodo.1,10.48550%2Farxiv.1812.08434,10.6084%2Fx&page%5Bsize%5D=3";
    assert_eq!(url.as_ref(), expected);
    let one = DataCite.request(&questions[..1], &access).url;
    assert_eq!(one.as_ref(), "https://api.datacite.org/dois/10.5281/zenodo.1");
    let record = |id: &str| json!({ "id": id, "attributes": { "titles": [{ "title": id }], "types": { "schemaOrg": "Dataset" } } });
    let answer = json!({ "data": [record("10.48550/arXiv.1812.08434"), null, record("10.5281/ZENODO.1")] }).to_string();
    let parts = DataCite.split(&questions, answer.as_bytes()).unwrap();
    assert_eq!(parts.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, false]);
    let read = DataCite.read(&questions[0], parts[0].as_ref().unwrap()).unwrap();
    assert_eq!((read[0].kind, read[0].title.as_str()), (Kind::Dataset, "10.5281/ZENODO.1"));
}

#[test]
fn software_is_read_whole() {
    let dossier = read(
        "10.5281/zenodo.1",
        &json!({
            "titles": [{ "title": "Untertitel", "titleType": "Subtitle" }, { "title": "o/r:\n First release" }],
            "creators": [
                { "name": "Zhou, Jie", "nameType": "Personal", "givenName": "Jie", "familyName": "Zhou", "affiliation": {},
                  "nameIdentifiers": [{ "nameIdentifier": "x", "nameIdentifierScheme": "ISNI" },
                    { "nameIdentifier": "https://orcid.org/0000-0002-1825-0097", "nameIdentifierScheme": "ORCID" }] },
                { "name": "Yu, Philip S.", "nameIdentifiers": null },
                { "name": "Example Foundation", "nameType": "Organizational" },
                { "name": null },
            ],
            "publicationYear": "2020",
            "dates": [{ "date": "2020-03-04T01:02:03Z", "dateType": "Issued" }, { "date": "2021", "dateType": "Updated" }],
            "publisher": "Zenodo", "container": {}, "version": "v1.0", "url": "https://zenodo.org/record/1",
            "rightsList": [{ "rightsUri": "info:x" }, { "rightsIdentifier": "apache-2.0" }],
            "subjects": [{ "subject": "graphs" }, { "subject": "FOS: Biology", "subjectScheme": "FOS" }],
            "relatedIdentifiers": [
                { "relationType": "IsSupplementTo", "relatedIdentifier": "https://github.com/o/r/tree/v1.0", "relatedIdentifierType": "URL" },
                { "relationType": "IsSupplementTo", "relatedIdentifier": "10.1000/A", "relatedIdentifierType": "DOI" },
                { "relationType": "Cites", "relatedIdentifier": "arXiv:1812.08434", "relatedIdentifierType": "arXiv" },
                { "relationType": "IsCitedBy", "relatedIdentifier": "https://doi.org/10.1000/B", "relatedIdentifierType": "DOI" },
                { "relationType": "IsVersionOf", "relatedIdentifier": "10.5281/zenodo.2", "relatedIdentifierType": "DOI" },
                { "relationType": "Cites", "relatedIdentifier": "978-3", "relatedIdentifierType": "ISBN" },
                null,
            ],
            "citationCount": 3,
        }),
    )
    .unwrap();
    assert_eq!((dossier.kind, dossier.title.as_str()), (Kind::Tool, "o/r: First release"));
    let names: Vec<String> = dossier.authors.iter().map(PersonName::display).collect();
    assert_eq!(names, ["Jie Zhou", "Philip S. Yu", "Example Foundation"]);
    assert!(dossier.authors[0].orcid.is_some() && dossier.authors[2].is_group);
    assert_eq!((dossier.date.unwrap().to_string().as_str(), &dossier.venue), ("2020-03-04", &None));
    let links: Vec<(LinkRole, &str)> = dossier.links.iter().map(|(role, url)| (*role, url.as_ref())).collect();
    assert_eq!(links, [(LinkRole::Main, "https://zenodo.org/record/1"), (LinkRole::Code, "https://github.com/o/r")]);
    assert_eq!(values(&dossier, Attribute::License), ["Apache-2.0"]);
    assert_eq!(values(&dossier, Attribute::Version), ["v1.0"]);
    assert_eq!(values(&dossier, Attribute::Keyword), ["graphs"]);
    assert_eq!(dossier.subjects.iter().map(|term| term.label.as_str()).collect::<Vec<_>>(), ["Biology"]);
    assert_eq!(dossier.cites, ["arxiv:1812.08434".parse().unwrap()].into());
    assert_eq!(dossier.cited_by, ["doi:10.1000/b".parse().unwrap()].into());
    let [paper] = &dossier.related[..] else { panic!("{:?}", dossier.related) };
    assert_eq!(
        (paper.relation, paper.is_inverse, &paper.other.ids.doi),
        (Relation::Implements, false, &"10.1000/a".parse().ok())
    );
}

#[test]
fn a_preprint_names_its_article_and_its_code() {
    let other = |kind: &str, id: &str, sort: &str| json!({ "relationType": kind, "relatedIdentifier": id, "relatedIdentifierType": sort });
    let dossier = read(
        "10.48550/arxiv.1812.08434",
        &json!({
            "types": { "resourceTypeGeneral": "Preprint" }, "publisher": { "name": "arXiv" }, "publicationYear": 2018,
            "dates": [{ "date": "2018", "dateType": "Issued" }, { "date": "2021-01-01", "dateType": "Submitted" },
                { "date": "2018-12-20T01:02:03Z", "dateType": "Submitted" }],
            "descriptions": [{ "description": "Our code is at github.com/o/r", "descriptionType": "Abstract" }],
            "relatedIdentifiers": [other("IsVersionOf", "10.1000/a", "DOI"), other("IsVersionOf", "10.48550/arxiv.1", "DOI"),
                other("References", "https://github.com/p/q", "URL")],
        }),
    )
    .unwrap();
    assert_eq!(dossier.ids.arxiv, "1812.08434".parse().ok());
    assert_eq!((dossier.venue.as_deref(), dossier.venue_kind), (Some("arXiv"), Some(VenueKind::PreprintServer)));
    assert_eq!(dossier.date.unwrap().to_string(), "2018-12-20");
    let [article, code] = &dossier.related[..] else { panic!("{:?}", dossier.related) };
    assert_eq!((article.relation, article.is_inverse), (Relation::PreprintOf, false));
    assert_eq!((code.relation, code.is_inverse), (Relation::Implements, true));
}

#[test]
fn no_record_of_a_work_gives_nothing() {
    let of_type = |name: &str| {
        read("10.6084/x", &json!({ "types": { "resourceTypeGeneral": name } })).map(|dossier| dossier.kind)
    };
    assert_eq!(of_type("Image"), None);
    assert_eq!(of_type("PhysicalObject"), None);
    assert_eq!(of_type("Model"), Some(Kind::Model));
    assert_eq!(of_type("ConferencePaper"), Some(Kind::Paper));
    for attributes in [
        json!({ "titles": null }),
        json!({ "titles": [{}] }),
        json!({ "titles": [{ "title": ":unav" }] }),
        json!({ "doi": "10.1000/other" }),
    ] {
        assert_eq!(read("10.6084/x", &attributes), None, "{attributes}");
    }
    for value in [json!(null), json!([]), json!("x"), json!([[], 1, {}]), json!({ "a": 1 })] {
        let mut fields = serde_json::Map::new();
        for name in [
            "creators",
            "publicationYear",
            "publisher",
            "container",
            "dates",
            "relatedIdentifiers",
            "rightsList",
            "subjects",
            "descriptions",
            "version",
            "url",
            "citationCount",
        ] {
            fields.insert(name.to_owned(), value.clone());
        }
        assert_eq!(read("10.6084/x", &Value::Object(fields)).unwrap().title, "A tool", "{value}");
    }
    for body in ["<html></html>", "", "{}", r#"{"errors":[{"status":"404"}]}"#, "3"] {
        assert!(DataCite.read(&question("doi:10.6084/x"), body.as_bytes()).is_err(), "{body}");
        assert!(DataCite.split(&[question("doi:10.6084/x")], body.as_bytes()).is_err(), "{body}");
    }
}
