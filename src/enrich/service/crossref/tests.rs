use serde_json::json;

use super::*;
use crate::{
    id::Identifiers,
    model::{Attribute, LinkRole, PersonName, Relation, VenueKind},
};

fn question(doi: &str) -> Question {
    let work = WorkRef::Doi(doi.parse().unwrap());
    Question { about: work.clone(), ask: Ask::Work(work) }
}

fn wanted(doi: &str, title: &str, kind: Kind) -> Wanted {
    Wanted {
        kind,
        what: WorkRef::Title("x".into()),
        ids: Identifiers { doi: doi.parse().ok(), ..Identifiers::default() },
        title: title.into(),
        families: vec!["Zhou".into()],
        year: Some(2020),
        repository: None,
    }
}

fn access() -> Access {
    let base = "https://api.crossref.org".parse().unwrap();
    Access { base, key: Token::new("Bearer s3cret"), contact: Some("me@example.org".into()) }
}

/// The dossier of a record with what is given, over a plain article.
fn read(fields: &Value) -> Option<Dossier> {
    let mut record = json!({ "DOI": "10.1000/A", "type": "journal-article", "title": ["A b c"] });
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    let answer = json!({ "status": "ok", "message-type": "work", "message": record });
    let question = question("10.1000/a");
    let parts = Crossref.split(std::slice::from_ref(&question), answer.to_string().as_bytes()).unwrap();
    Crossref.read(&question, parts[0].as_ref().unwrap()).unwrap().pop()
}

fn values(dossier: &Dossier, wanted: Attribute) -> Vec<&str> {
    dossier.attributes.iter().filter(|(attribute, _)| *attribute == wanted).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn papers_are_asked_for_by_doi_or_else_searched() {
    let asks = |doi, kind| Crossref.questions(&wanted(doi, "Graph networks: a review", kind));
    assert_eq!(asks("10.1000/a", Kind::Paper)[0].ask, question("10.1000/a").ask);
    assert!(asks("10.48550/arXiv.1812.08434", Kind::Paper).is_empty());
    assert!(asks("10.5281/zenodo.1", Kind::Paper).is_empty() && asks("10.1000/a", Kind::Tool).is_empty());
    assert!(matches!(asks("", Kind::Paper)[0].ask, Ask::Title(..)));
    let after = |service, doi| Crossref.questions_after(service, &wanted(doi, "", Kind::Paper)).len();
    assert_eq!((after("datacite", "10.5281/zenodo.1"), after("datacite", "10.1000/a")), (1, 0));
    assert_eq!(after("openalex", "10.5281/zenodo.1"), 0);
}

#[test]
fn one_doi_has_its_own_address_and_several_share_one() {
    let request = |dois: &[&str]| {
        let questions: Vec<Question> = dois.iter().map(|doi| question(doi)).collect();
        Crossref.request(&questions, &access())
    };
    let one = request(&["10.1016/S0140-6736(19)32008-3"]);
    assert_eq!(one.url.as_ref(), "https://api.crossref.org/works/10.1016%2Fs0140-6736%2819%2932008-3");
    let two = request(&["10.1000/a;b", "10.1000/b&c"]);
    let start =
        "https://api.crossref.org/works?filter=doi:10.1000%2Fa%3Bb,doi:10.1000%2Fb%26c&rows=2&select=DOI,type,title,";
    assert!(two.url.as_ref().starts_with(start), "{}", two.url);
    for shown in [format!("{one:?}"), format!("{two:?}")] {
        assert!(!shown.contains("s3cret") && !shown.contains("example.org"), "{shown}");
    }
    assert_eq!(Crossref.most_at_once(&question("10.1000/a,b").ask), 1);
    assert!(Crossref.most_at_once(&question("10.1000/a").ask) > 1);
    let about = WorkRef::Title("a".into());
    let search = Question { about, ask: Ask::Title("A & b".into(), Some("Zhou".into()), Some(2020)) };
    let url = Crossref.request(&[search], &access()).url;
    assert!(url.as_ref().contains("/works?query.bibliographic=A%20%26%20b%20Zhou%202020&rows=5&select="), "{url}");
}

#[test]
fn a_list_is_taken_apart_by_doi() {
    let questions = ["10.1000/a", "10.1000/b", "10.1000/c"].map(question);
    let items = json!([{ "DOI": "10.1000/C", "title": ["C"] }, null, 7, {}, { "DOI": "10.1000/A", "title": ["A"] }]);
    let answer = json!({ "message": { "items": items } }).to_string();
    let parts = Crossref.split(&questions, answer.as_bytes()).unwrap();
    let title = |at: usize| {
        let part = parts[at].as_ref()?;
        Crossref.read(&questions[at], part).unwrap().pop().map(|dossier| dossier.title)
    };
    assert_eq!([title(0), title(1), title(2)], [Some("A".into()), None, Some("C".into())]);
    let empty = json!({ "message": { "items": [], "total-results": 0 } }).to_string();
    assert_eq!(Crossref.split(&questions[..1], empty.as_bytes()).unwrap(), [None]);
}

#[test]
fn a_record_is_read_whole() {
    let dossier = read(&json!({
        "title": ["Detecting\n     <i>KRAS</i>", "Nachweis"],
        "author": [
            { "given": "Jie", "family": "Zhou", "ORCID": "http://orcid.org/0000-0002-1825-0097" },
            { "given": "Wrong", "family": "Digit", "ORCID": "https://orcid.org/0000-0002-1825-0098" },
            { "name": "The Example Consortium" },
            { "sequence": "additional", "affiliation": [] },
            { "family": "Only" },
            null,
        ],
        "container-title": ["Journal of Examples"],
        "published-print": { "date-parts": [[2021, 5]] },
        "published-online": { "date-parts": [["2020", 8, 17]] },
        "issued": { "date-parts": [[null]] },
        "volume": "null", "issue": 7, "page": "931–934",
        "is-referenced-by-count": 12,
        "reference": [{ "DOI": "10.1000/REF" }, { "DOI": "10.48550/arXiv.1812.08434" }, { "key": "x" }, {}, null,
            { "DOI": "10.1000/a" }],
        "abstract": "<jats:title>Abstract</jats:title><jats:p>It is released at https://github.com/o/r.</jats:p>",
        "link": [
            { "URL": "https://api.example.org/x", "content-type": "application/pdf" },
            { "URL": "https://example.org/a.xml", "content-type": "text/xml" },
            { "URL": "https://example.org/a.pdf", "content-type": "application/pdf" },
        ],
    }))
    .unwrap();
    assert!(
        dossier.title.starts_with("Detecting") && !dossier.title.contains('\n') && !dossier.title.contains("Nachweis")
    );
    let names: Vec<String> = dossier.authors.iter().map(PersonName::display).collect();
    assert_eq!(names, ["Jie Zhou", "Wrong Digit", "The Example Consortium", "Only"]);
    let orcids: Vec<bool> = dossier.authors.iter().map(|name| name.orcid.is_some()).collect();
    assert_eq!((orcids, dossier.authors[2].is_group), (vec![true, false, false, false], true));
    assert_eq!(
        (dossier.venue.as_deref(), dossier.venue_kind),
        (Some("Journal of Examples"), Some(VenueKind::Periodical))
    );
    assert_eq!(dossier.date.unwrap().to_string(), "2020-08-17");
    assert_eq!(
        (dossier.volume, dossier.issue.as_deref(), dossier.pages.as_deref()),
        (None, Some("7"), Some("931-934"))
    );
    let cites: Vec<String> = dossier.cites.iter().map(ToString::to_string).collect();
    assert_eq!(cites, ["doi:10.1000/ref", "arxiv:1812.08434"]);
    assert_eq!(dossier.links, [(LinkRole::Pdf, "https://example.org/a.pdf".parse().unwrap())]);
    assert_eq!((dossier.related.len(), dossier.related[0].relation), (1, Relation::Implements));
    let abstract_text = dossier.attributes.iter().find(|(attribute, _)| *attribute == Attribute::Abstract).unwrap();
    assert!(!abstract_text.1.contains("Abstract"), "{abstract_text:?}");
}

#[test]
fn what_is_no_work_of_its_own_gives_nothing() {
    for fields in [
        json!({ "type": "component" }),
        json!({ "type": "journal" }),
        json!({ "title": [] }),
        json!({ "title": null }),
        json!({ "title": [" ", {}] }),
        json!({ "DOI": "10.1000/other" }),
        json!({ "DOI": null }),
    ] {
        assert_eq!(read(&fields), None, "{fields}");
    }
}

#[test]
fn wrong_shapes_are_passed_over() {
    let nothing = read(&json!({})).unwrap();
    for value in
        [json!(null), json!([]), json!({}), json!("x"), json!([[1], "x", { "DOI": [], "name": 3.5 }]), json!(-1)]
    {
        let mut fields = serde_json::Map::new();
        for name in super::FIELDS.split(',').filter(|name| !["DOI", "type", "title"].contains(name)) {
            fields.insert(name.to_owned(), value.clone());
        }
        let dossier = read(&Value::Object(fields)).unwrap();
        assert_eq!((&dossier.title, &dossier.ids, dossier.date), (&nothing.title, &nothing.ids, None), "{value}");
    }
    for body in
        ["<html><body>504</body></html>", "Resource not found.", "", "[]", "null", r#"{"message":[{"type":"x"}]}"#]
    {
        let error = Crossref.read(&question("10.1000/a"), body.as_bytes()).unwrap_err();
        assert!(Crossref.split(&[question("10.1000/a")], body.as_bytes()).is_err());
        assert_eq!(error.service, "crossref");
    }
}

#[test]
fn a_notice_is_not_what_it_retracts() {
    let status = |fields: Value| {
        let dossier = read(&fields).unwrap();
        let all = |attribute| values(&dossier, attribute).join(" ");
        (dossier.title.clone(), all(Attribute::Status), all(Attribute::Correction))
    };
    let expect = |title: &str, status: &str, notice: &str| (title.to_owned(), status.to_owned(), notice.to_owned());
    let update = |doi: &str, kind: &str| json!([{ "DOI": doi, "type": kind, "label": "x" }]);
    assert_eq!(
        status(json!({ "title": ["RETRACTED: A b c"], "updated-by": update("10.1000/N", "retraction") })),
        expect("A b c", "retracted", "https://doi.org/10.1000/n")
    );
    let concern = json!({ "updated-by": update("10.1000/n", "expression_of_concern") });
    assert_eq!(status(concern), expect("A b c", "expression-of-concern", "https://doi.org/10.1000/n"));
    let notice = json!({ "title": ["Retracted: A b c"], "update-to": update("10.1000/other", "retraction") });
    assert_eq!(status(notice), expect("A b c", "", ""));
    let in_place = json!({ "update-to": update("10.1000/a", "Correction") });
    assert_eq!(status(in_place), expect("A b c", "corrected", ""));
    assert_eq!(status(json!({ "updated-by": update("10.1000/n", "new_version") })), expect("A b c", "", ""));
}

#[test]
fn relations_say_what_is_preprint_and_what_is_code() {
    let related = |name: &str, kind: &str, id: &str| {
        let relation = json!({ name: [{ "id-type": kind, "id": id, "asserted-by": "subject" }, {}, null] });
        read(&json!({ "relation": relation })).unwrap().related.pop()
    };
    let article = related("is-preprint-of", "doi", "10.1000/Z").unwrap();
    assert_eq!((article.relation, article.is_inverse), (Relation::PreprintOf, false));
    assert_eq!(article.other.ids.doi, "10.1000/z".parse().ok());
    assert!(related("has-preprint", "doi", "10.1101/123456").unwrap().is_inverse);
    let code = related("is-supplemented-by", "uri", "https://github.com/o/r/tree/v1").unwrap();
    assert_eq!((code.relation, code.other.links[0].1.as_ref()), (Relation::Implements, "https://github.com/o/r"));
    assert_eq!(related("has-review", "uri", "https://github.com/openjournals/joss-reviews/issues/1"), None);
    assert_eq!(related("has-preprint", "doi", "10.1000/a"), None);
    assert_eq!(related("has-preprint", "doi", "none"), None);
}

#[test]
fn venues_have_their_kinds() {
    let venue = |fields: Value| {
        let dossier = read(&fields).unwrap();
        (dossier.venue.unwrap_or_default(), dossier.venue_kind)
    };
    let proceedings = json!({ "type": "proceedings-article", "container-title": ["Proceedings of X"] });
    assert_eq!(venue(proceedings), ("Proceedings of X".into(), Some(VenueKind::Conference)));
    let names = json!(["Lecture Notes in Computer Science", "MICCAI 2018"]);
    let chapter = json!({ "type": "book-chapter", "container-title": names });
    assert_eq!(venue(chapter), ("MICCAI 2018".into(), Some(VenueKind::Conference)));
    let server = |doi: &str| {
        let record = json!({ "DOI": doi, "type": "posted-content", "title": ["A"] }).to_string();
        Crossref.read(&question(doi), record.as_bytes()).unwrap().pop().unwrap().venue
    };
    assert_eq!(server("10.1101/2024.04.01.587366").as_deref(), Some("bioRxiv"));
    assert_eq!(server("10.1101/2020.03.01.20029769").as_deref(), Some("medRxiv"));
    assert_eq!(server("10.1000/x"), None);
}

#[test]
fn a_search_finds_the_title_with_or_without_its_subtitle() {
    let items = json!([
        { "DOI": "10.1000/a", "type": "journal-article", "title": ["Graph networks"], "subtitle": ["a review of methods"] },
        { "DOI": "10.1000/b", "type": "component", "title": ["Graph networks"] },
        { "DOI": "10.1000/c", "type": "journal-article", "title": ["Graph networks"] },
    ]);
    let answer = json!({ "message": { "items": items } }).to_string();
    let ask = Ask::Title("Graph networks: A review of methods".into(), None, None);
    let question = Question { about: WorkRef::Title("x".into()), ask };
    let parts = Crossref.split(std::slice::from_ref(&question), answer.as_bytes()).unwrap();
    let found = Crossref.read(&question, parts[0].as_ref().unwrap()).unwrap();
    let titles: Vec<&str> = found.iter().map(|dossier| dossier.title.as_str()).collect();
    assert_eq!(titles, ["Graph networks: a review of methods", "Graph networks"]);
}
