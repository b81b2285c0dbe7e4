use super::*;
use crate::{
    id::Identifiers,
    model::{Attribute, Relation, VenueKind},
};

fn question(work: &str) -> Question {
    let work: WorkRef = work.parse().unwrap();
    Question { about: work.clone(), ask: Ask::Work(work) }
}

fn found(records: &str) -> String {
    format!(r#"{{"version":"6.9","hitCount":1,"resultList":{{"result":[{records}]}}}}"#)
}

/// Reads a record with these fields.
fn read(fields: &str) -> Dossier {
    let record = format!(r#"{{"id":"11","source":"MED","doi":"10.1000/a"{fields}}}"#);
    EuropePmc.read(&question("doi:10.1000/A"), found(&record).as_bytes()).unwrap().remove(0)
}

fn values(dossier: &Dossier, attribute: Attribute) -> Vec<&str> {
    dossier.attributes.iter().filter(|(one, _)| *one == attribute).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn a_full_record_is_read() {
    let dossier = read(
        r#","pmid":"11","pmcid":"PMC7","title":"The <i>E. coli</i> &amp; others.","authorList":{"author":[
        {"fullName":"Bee J","firstName":"Jo","lastName":"Bee","initials":"J","authorId":{"type":"ORCID","value":"0000-0002-1825-0097"}},
        {"collectiveName":"The Big Group"},null,{"fullName":"de Vries AB"},{}]},
        "journalInfo":{"volume":"5","issue":"2","yearOfPublication":2024,"monthOfPublication":3,"journal":{"title":"Journal of A."}},
        "pageInfo":"12–19","abstractText":"<h4>Background</h4>We do.","citedByCount":4,
        "firstPublicationDate":"2024-02-03","electronicPublicationDate":"2024-02-03",
        "keywordList":{"keyword":["deep learning",null,"cells"]},
        "meshHeadingList":{"meshHeading":[{"descriptorName":"Humans","descriptorUI":"D006801"},{"descriptorName":"Mice"},{}]}"#,
    );
    assert_eq!(dossier.title, "The E. coli & others");
    let authors: Vec<(&str, &str, bool)> =
        dossier.authors.iter().map(|name| (name.family.as_str(), name.given.as_str(), name.is_group)).collect();
    assert_eq!(authors, [("Bee", "Jo", false), ("The Big Group", "", true), ("de Vries", "AB", false)]);
    assert!(dossier.authors[0].orcid.is_some() && !dossier.authors[0].is_orcid_guessed);
    let ids =
        Identifiers { doi: "10.1000/a".parse().ok(), pmid: "11".parse().ok(), pmcid: "PMC7".parse().ok(), arxiv: None };
    assert_eq!(dossier.ids, ids);
    assert_eq!((dossier.venue.as_deref(), dossier.venue_kind), (Some("Journal of A."), Some(VenueKind::Periodical)));
    assert_eq!(dossier.date.unwrap().to_string(), "2024-02-03");
    let locators = (dossier.volume.as_deref(), dossier.issue.as_deref(), dossier.pages.as_deref());
    assert_eq!(locators, (Some("5"), Some("2"), Some("12-19")));
    let subjects: Vec<(&str, Option<&str>)> =
        dossier.subjects.iter().map(|term| (term.label.as_str(), term.iri.as_ref().map(AsRef::as_ref))).collect();
    assert_eq!(subjects, [("Humans", Some("http://id.nlm.nih.gov/mesh/D006801")), ("Mice", None)]);
    assert_eq!(values(&dossier, Attribute::Keyword), ["cells", "deep learning"]);
    assert_eq!(values(&dossier, Attribute::CitationCount), ["4"]);
    assert_eq!(values(&dossier, Attribute::Abstract), ["Background\n\nWe do."]);
    assert_eq!(dossier.own.unwrap().to_string(), "europepmc:MED/11");
}

#[test]
fn null_absent_and_wrong_are_the_same() {
    let bare = read(r#","title":"T.""#);
    for fields in [
        r#","title":"T.","authorList":null,"journalInfo":null,"pageInfo":null,"abstractText":null,"citedByCount":null"#,
        r#","title":"T.","authorList":[],"journalInfo":7,"pageInfo":{},"abstractText":[],"citedByCount":"many""#,
        r#","title":"T.","authorList":{"author":null},"meshHeadingList":{"meshHeading":{}},"commentCorrectionList":{"commentCorrection":[null,{}]}"#,
        r#","title":"T.","pubTypeList":{"pubType":null},"keywordList":{"keyword":[]},"firstPublicationDate":"never""#,
    ] {
        assert_eq!(read(fields), bare, "{fields}");
    }
    let untitled = found(r#"{"id":"11","source":"MED","doi":"10.1000/a","title":null}"#);
    assert!(EuropePmc.read(&question("doi:10.1000/a"), untitled.as_bytes()).unwrap().is_empty());
}

#[test]
fn the_full_stop_of_a_title_is_pubmeds() {
    for (title, expected) in [
        ("Deep learning.", "Deep learning"),
        ("Care in the U.S.", "Care in the U.S."),
        ("Genome of Vibrio sp.", "Genome of Vibrio sp."),
        ("Hepatitis B.", "Hepatitis B"),
        ("Version 2.0.", "Version 2.0"),
        ("What now?", "What now?"),
        ("To be continued...", "To be continued..."),
        ("[Deep learning in medicine].", "Deep learning in medicine"),
        ("[A] and [B].", "[A] and [B]"),
        ("RETRACTED: Deep learning.", "Deep learning"),
    ] {
        assert_eq!(read(&format!(r#","title":"{title}""#)).title, expected, "{title}");
    }
}

#[test]
fn a_day_that_was_not_printed_is_not_known() {
    for (fields, expected) in [
        (r#","firstPublicationDate":"2010-06-01""#, "2010-06"),
        (r#","firstPublicationDate":"2010-01-01""#, "2010"),
        (
            r#","firstPublicationDate":"2010-01-01","journalInfo":{"yearOfPublication":"2010","monthOfPublication":"1"}"#,
            "2010-01",
        ),
        (r#","firstPublicationDate":"2010-06-01","electronicPublicationDate":"2010-06-01""#, "2010-06-01"),
        (r#","firstPublicationDate":"2010-06-17""#, "2010-06-17"),
        (r#","pubYear":2010"#, "2010"),
        (r#","pubYear":"2010","journalInfo":{"yearOfPublication":2009,"monthOfPublication":12}"#, "2009-12"),
    ] {
        assert_eq!(read(&format!(r#","title":"T"{fields}"#)).date.unwrap().to_string(), expected, "{fields}");
    }
    assert_eq!(read(r#","title":"T","pubYear":"soon""#).date, None);
}

#[test]
fn authors_in_one_text_are_taken_apart() {
    let names = |text: &str| {
        let dossier = read(&format!(r#","title":"T","authorString":"{text}""#));
        let names: Vec<String> = dossier.authors.iter().map(|name| format!("{}|{}", name.family, name.given)).collect();
        (names, dossier.et_al)
    };
    let expect = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(names("Tan AN, de la Cruz J, Li X."), (expect(&["Tan|AN", "de la Cruz|J", "Li|X"]), false));
    assert_eq!(names("Bee J Jr, Big Study Group, et al."), (expect(&["Bee|J", "Big Study Group|"]), true));
    assert_eq!(names(""), (Vec::new(), false));
}

#[test]
fn what_was_retracted_or_corrected_is_said_with_its_notice() {
    let comments =
        |list: &str| read(&format!(r#","title":"T","commentCorrectionList":{{"commentCorrection":[{list}]}}"#));
    let dossier = comments(
        r#"{"id":"22","source":"MED","type":"Retraction in","reference":"J A. 2020"},
           {"id":"23","source":"MED","type":"Erratum in","reference":"J A. 2021. doi: 10.1000/Err."},
           {"type":"Expression of concern in"},{"id":"24","source":"MED","type":"Comment in"}"#,
    );
    assert_eq!(values(&dossier, Attribute::Status), ["corrected", "expression-of-concern", "retracted"]);
    let notices = ["https://doi.org/10.1000/err", "https://europepmc.org/article/MED/22"];
    assert_eq!(values(&dossier, Attribute::Correction), notices);
    // What is said of the notice itself.
    assert!(
        comments(r#"{"id":"22","source":"MED","type":"Retraction of"},{"type":"Erratum for"}"#).attributes.is_empty()
    );
    let types = |list: &str| read(&format!(r#","title":"T","pubTypeList":{{"pubType":{list}}}"#));
    assert_eq!(values(&types(r#"["Journal Article","Retracted Publication"]"#), Attribute::Status), ["retracted"]);
    assert!(types(r#"["Retraction of Publication"]"#).attributes.is_empty());
    let short = read(r#","title":"T","pubType":"journal article; retracted publication""#);
    assert_eq!(values(&short, Attribute::Status), ["retracted"]);
}

#[test]
fn a_preprint_and_its_article_are_two() {
    let record = r#"{"id":"PPR5","source":"PPR","doi":"10.1101/123456","title":"T","pubTypeList":{"pubType":["Preprint"]},
        "bookOrReportDetails":{"publisher":"bioRxiv"},"firstPublicationDate":"2020-05-01","commentCorrectionList":{"commentCorrection":[
        {"id":"33","source":"MED","type":"Preprint of","note":"Link created based on a title-first author match"}]}}"#;
    let preprint = EuropePmc.read(&question("doi:10.1101/123456"), found(record).as_bytes()).unwrap().remove(0);
    assert_eq!((preprint.venue.as_deref(), preprint.venue_kind), (Some("bioRxiv"), Some(VenueKind::PreprintServer)));
    assert_eq!(preprint.date.unwrap().to_string(), "2020-05-01");
    let related = &preprint.related[0];
    assert_eq!((related.relation, related.is_inverse, related.percent), (Relation::PreprintOf, false, 85));
    assert_eq!(related.other.ids.pmid, "33".parse().ok());
    let article = read(
        r#","title":"T","commentCorrectionList":{"commentCorrection":[
        {"id":"PPR5","source":"PPR","type":"Preprint in","reference":"bioRxiv. doi: 10.1101/123456"},
        {"id":"PPR6","source":"PPR","type":"Preprint in"},{"id":"34","source":"MED","type":"Preprint of"}]}"#,
    );
    assert_eq!(article.related.len(), 1);
    assert_eq!((article.related[0].is_inverse, article.related[0].percent), (true, 95));
    assert_eq!(article.related[0].other.ids.doi, "10.1101/123456".parse().ok());
}

#[test]
fn the_abstract_may_name_the_code_but_not_that_of_a_review() {
    let text = r#""abstractText":"<h4>Availability</h4>The code is available at https://github.com/a/b.""#;
    let implements = |fields: &str| read(&format!(r#","title":"T",{text}{fields}"#)).related.len();
    assert_eq!(implements(""), 1);
    assert_eq!(implements(r#","pubTypeList":{"pubType":["Journal Article","Review"]}"#), 0);
    assert_eq!(implements(r#","pubType":"review; journal article""#), 0);
}

#[test]
fn each_question_gets_the_best_record_of_its_work() {
    let body = found(
        r#"{"id":"PMC7","source":"PMC","pmcid":"PMC7","doi":"10.1000/A","title":"From PMC"},null,"x",
           {"id":"11","source":"MED","pmid":11,"doi":"10.1000/a","title":"From PubMed"},
           {"id":"12","source":"MED","title":"Other"}"#,
    );
    let questions = ["doi:10.1000/a", "pmcid:PMC7", "pmid:12", "pmid:13"].map(question);
    let parts = EuropePmc.split(&questions, body.as_bytes()).unwrap();
    let title = |at: usize| {
        let part = parts[at].as_ref()?;
        Some(EuropePmc.read(&questions[at], part).unwrap().remove(0).title)
    };
    let titles: Vec<Option<String>> = (0..4).map(title).collect();
    assert_eq!(titles, [Some("From PubMed".into()), Some("From PMC".into()), Some("Other".into()), None]);
    let more = body.replace("\"hitCount\":1", "\"hitCount\":400");
    assert!(EuropePmc.split(&questions, more.as_bytes()).is_err(), "what is not shown may be there");
    assert!(EuropePmc.split(&questions[..3], more.as_bytes()).is_ok());
}

#[test]
fn what_is_no_answer_is_an_error_and_nothing_found_is_none() {
    for body in [
        "",
        "<errorBean><errCode>0</errCode></errorBean>",
        "<html>",
        "[]",
        "{}",
        "null",
        r#"{"errCode":404,"errMsg":"x"}"#,
        r#"{"hitCount":1,"resultList":"#,
    ] {
        assert!(EuropePmc.read(&question("pmid:1"), body.as_bytes()).is_err(), "{body}");
        assert!(EuropePmc.split(&[question("pmid:1")], body.as_bytes()).is_err(), "{body}");
    }
    let nothing = r#"{"hitCount":0,"resultList":{"result":[]}}"#;
    assert!(EuropePmc.read(&question("pmid:1"), nothing.as_bytes()).unwrap().is_empty());
    assert_eq!(EuropePmc.split(&[question("pmid:1")], nothing.as_bytes()).unwrap(), [None]);
}

#[test]
fn papers_are_looked_for_by_their_strongest_identifier() {
    let ids = Identifiers { doi: "10.1000/a(b)".parse().ok(), pmid: "1".parse().ok(), ..Identifiers::default() };
    let what = WorkRef::Title("t".into());
    let title = String::new();
    let wanted = Wanted { kind: Kind::Paper, what, ids, title, families: vec![], year: None, repository: None };
    let mut questions = EuropePmc.questions(&wanted);
    assert!(EuropePmc.questions(&Wanted { kind: Kind::Tool, ..wanted }).is_empty());
    questions.extend(["pmid:2", "pmcid:PMC3"].map(question));
    let access = Access { base: EuropePmc.base().parse().unwrap(), key: None, contact: Some("me@example.org".into()) };
    let url = EuropePmc.request(&questions, &access).url;
    let query = "%28DOI%3A%2210.1000%2Fa%28b%29%22%20OR%20%28EXT_ID%3A2%20AND%20SRC%3AMED%29%20OR%20PMCID%3APMC3%29";
    assert_eq!(
        url.as_ref(),
        format!("{}/search?query={query}&resultType=core&format=json&pageSize=100", EuropePmc.base())
    );
}
