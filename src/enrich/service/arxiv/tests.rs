use super::*;
use crate::{
    id::Identifiers,
    model::{Attribute, Relation},
};

fn question(id: &str) -> Question {
    let work: WorkRef = format!("arxiv:{id}").parse().unwrap();
    Question { about: work.clone(), ask: Ask::Work(work) }
}

fn feed(entries: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns:arxiv=\"{ARXIV}\" xmlns=\"{ATOM}\" xmlns:x=\"urn:a&amp;&quot;b\">\
         <id>https://arxiv.org/</id><title>arXiv Query</title>{entries}</feed>"
    )
}

const FULL: &str = "<entry><id>http://arxiv.org/abs/2401.00001v3</id><title>A $\\beta$-title\n  of two lines</title>\
    <published>2024-01-02T03:04:05Z</published><summary>  We do.\n\n  Code is available at https://github.com/a/b.</summary>\
    <category term=\"cs.LG\"/><category term=\"68T05, I.2.6\"/><category term=\"astro-ph\"/>\
    <arxiv:comment>9 pages</arxiv:comment><arxiv:doi>10.1000/XYZ</arxiv:doi>\
    <author><name>Jo van der Bee</name><arxiv:affiliation>Here</arxiv:affiliation></author>\
    <author><name>The Big Collaboration</name></author><author><name>:</name></author><author/></entry>";

#[test]
fn an_entry_is_read_by_the_names_of_its_elements() {
    let dossier = &Arxiv.read(&question("2401.00001"), feed(FULL).as_bytes()).unwrap()[0];
    assert_eq!(dossier.title, "A β-title of two lines");
    let families: Vec<(&str, bool)> =
        dossier.authors.iter().map(|name| (name.family.as_str(), name.is_group)).collect();
    assert_eq!(families, [("van der Bee", false), ("The Big Collaboration", true)]);
    assert_eq!(dossier.date.unwrap().to_string(), "2024-01-02");
    let subjects: Vec<&str> = dossier.subjects.iter().map(|term| term.label.as_str()).collect();
    assert_eq!(subjects, ["astro-ph", "cs.LG"]);
    assert_eq!(dossier.ids, Identifiers { arxiv: "2401.00001".parse().ok(), ..Identifiers::default() });
    let related: Vec<(Relation, bool, u8)> =
        dossier.related.iter().map(|one| (one.relation, one.is_inverse, one.percent)).collect();
    assert_eq!(related, [(Relation::PreprintOf, false, 95), (Relation::Implements, true, 90)]);
    assert_eq!(dossier.related[0].other.ids.doi.as_ref().unwrap().as_ref(), "10.1000/xyz");
    let text = "We do.\n\nCode is available at https://github.com/a/b.".to_owned();
    assert!(dossier.attributes.contains(&(Attribute::Abstract, text)));
}

#[test]
fn a_part_of_an_answer_reads_as_the_whole() {
    let body = feed(&format!("{FULL}<entry><id>http://arxiv.org/abs/math/0309136v1</id><title>Old</title></entry>"));
    let questions = ["2401.00001", "math.GT/0309136", "2401.99999"].map(question);
    let parts = Arxiv.split(&questions, body.as_bytes()).unwrap();
    assert!(parts[2].is_none());
    for (question, part) in questions.iter().zip(&parts).take(2) {
        let whole = Arxiv.read(question, body.as_bytes()).unwrap();
        assert_eq!(Arxiv.read(question, part.as_ref().unwrap()).unwrap(), whole);
        assert_eq!(whole.len(), 1);
    }
    let old = &Arxiv.read(&questions[1], body.as_bytes()).unwrap()[0];
    assert_eq!(old.ids.arxiv.as_ref().unwrap().as_ref(), "math.gt/0309136");
    let prefixed = body.replace("<feed xmlns:arxiv", "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" xmlns:arxiv");
    let prefixed = prefixed.replace("</feed>", "</a:feed>");
    let parts = Arxiv.split(&questions, prefixed.as_bytes()).unwrap();
    assert_eq!(Arxiv.read(&questions[0], parts[0].as_ref().unwrap()).unwrap().len(), 1);
}

#[test]
fn little_is_needed_and_wrong_values_are_left_out() {
    let read = |inside: &str| {
        let entry = format!("<entry><id>http://arxiv.org/abs/2401.00001v1</id>{inside}</entry>");
        Arxiv.read(&question("2401.00001"), feed(&entry).as_bytes()).unwrap()
    };
    assert!(read("").is_empty());
    assert!(read("<title> </title>").is_empty());
    let bare = &read("<title>T</title><published>soon</published><author><name/></author><category/>")[0];
    assert!(bare.date.is_none() && bare.authors.is_empty() && bare.related.is_empty() && bare.subjects.is_empty());
    for doi in ["", "none", "10.1000/a 10.1000/b", "10.48550/arXiv.2401.00001", "10.1101/123456", "10.5281/zenodo.1"] {
        assert!(read(&format!("<title>T</title><arxiv:doi>{doi}</arxiv:doi>"))[0].related.is_empty(), "{doi}");
    }
    let status = (Attribute::Status, "withdrawn".to_owned());
    assert!(
        read("<title>T</title><arxiv:comment>Withdrawn by the author</arxiv:comment>")[0].attributes.contains(&status)
    );
    assert!(!read("<title>T</title><summary>Drugs were withdrawn</summary>")[0].attributes.contains(&status));
}

#[test]
fn no_entry_is_no_answer() {
    assert!(Arxiv.read(&question("2401.00001"), feed("").as_bytes()).unwrap().is_empty());
    assert!(Arxiv.read(&question("2401.00002"), feed(FULL).as_bytes()).unwrap().is_empty());
    assert_eq!(Arxiv.split(&[question("2401.00001")], feed("").as_bytes()).unwrap(), [None]);
}

#[test]
fn what_is_no_feed_is_an_error() {
    let error =
        feed("<entry><id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary></entry>");
    let cut = feed(FULL);
    let bomb = "<!DOCTYPE feed [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><feed xmlns=\"http://www.w3.org/2005/Atom\">&b;</feed>";
    let file = "<!DOCTYPE feed [<!ENTITY a SYSTEM \"file:///etc/hosts\">]><feed>&a;</feed>";
    let deep = "<a>".repeat(300_000);
    let bodies = [
        "",
        "Rate exceeded.",
        "{}",
        "<html><body>503</body></html>",
        "<!DOCTYPE html><html/>",
        "<feed/>",
        &error,
        &cut[..cut.len() / 2],
        bomb,
        file,
        &deep,
        "\u{0}",
    ];
    for body in bodies {
        assert!(Arxiv.read(&question("2401.00001"), body.as_bytes()).is_err(), "{body:.80}");
        assert!(Arxiv.split(&[question("2401.00001")], body.as_bytes()).is_err(), "{body:.80}");
    }
    assert!(Arxiv.read(&question("2401.00001"), b"\xff\xfe<feed/>").is_err());
    let nested = feed(&format!("<entry>{}{}</entry>", "<b>".repeat(100_000), "</b>".repeat(100_000)));
    assert!(Arxiv.read(&question("2401.00001"), nested.as_bytes()).unwrap().is_empty());
}

#[test]
fn many_are_asked_for_in_one_request() {
    let access = Access { base: Arxiv.base().parse().unwrap(), key: None, contact: None };
    let request = Arxiv.request(&[question("2401.00001"), question("math.GT/0309136")], &access);
    assert_eq!(
        request.url.as_ref(),
        "https://export.arxiv.org/api/query?id_list=2401.00001,math/0309136&start=0&max_results=2"
    );
    assert_eq!(Arxiv.most_at_once(&question("2401.00001").ask), 50);
    assert_eq!((Arxiv.manners(false).open_per_host, Arxiv.manners(false).pause_between), (1, Duration::from_secs(3)));
}
