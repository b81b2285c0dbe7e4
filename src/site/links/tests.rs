use std::sync::Arc;

use super::*;

const BASE: &str = "https://w3id.org/amml-graph/";

fn server() -> Links {
    Links::server(BASE)
}

#[test]
fn things_of_the_graph_have_short_addresses() {
    let check = |iri: &str, expected: &str| assert_eq!(server().thing(iri).unwrap(), expected);
    check(&format!("{BASE}id/tool/github/a/b"), "/page/tool/github/a/b");
    check(&format!("{BASE}id/topic/a/单"), "/page/topic/a/%E5%8D%95");
    // What is encoded in the IRI is so in the address.
    check(&format!("{BASE}id/paper/doi/10.1/a%20b"), "/page/paper/doi/10.1/a%20b");
    check(&format!("{BASE}id/paper/x?y#z"), "/page?iri=https://w3id.org/amml-graph/id/paper/x%3Fy%23z");
    // Browsers would take `..` out.
    check(&format!("{BASE}id/a/../b"), "/page?iri=https://w3id.org/amml-graph/id/a/../b");
    check("https://example.org/?a=1&b", "/page?iri=https://example.org/%3Fa%3D1%26b");
}

#[test]
fn a_search_keeps_its_filters() {
    let sought = Sought { query: "a&b 单", kind: Some("paper"), topic: Some("urn:x"), year: Some(2020), from: 20 };
    assert_eq!(
        server().found(&sought).unwrap(),
        "/search?q=a%26b%20%E5%8D%95&kind=paper&topic=urn:x&year=2020&from=20"
    );
    assert_eq!(server().found(&Sought::default()).unwrap(), "/search");
}

#[test]
fn the_other_language_is_the_same_page() {
    let check = |path: &str, expected: &str| assert_eq!(server().in_language(Language::En, path).unwrap(), expected);
    check("/", "/?lang=zh");
    check("/search?q=a&lang=en&kind=tool", "/search?q=a&kind=tool&lang=zh");
}

#[test]
fn only_the_web_is_linked() {
    for address in
        ["javascript:alert(1)", "JaVaScRiPt://x", "data:text/html,x", "vbscript:x", "//host/x", "x", "http:\u{0}//x"]
    {
        assert_eq!(server().checked(address), None, "{address}");
    }
    assert!(server().checked("HTTPS://example.org/").is_some());
}

#[test]
fn sources_lead_to_lists_or_quads() {
    let source = |graph: &str| server().source(&Source { graph: graph.to_owned(), name: String::new() });
    assert_eq!(source(&format!("{BASE}graph/list/a/b")).unwrap(), "/page/list/a/b");
    assert_eq!(source(&format!("{BASE}graph/enrich/crossref")).unwrap(), "/graph/enrich/crossref");
    assert_eq!(source("urn:elsewhere"), None);
}

#[test]
fn file_names_are_safe_everywhere() {
    let long = format!("{BASE}id/paper/title/{}", "very-long-".repeat(60));
    let iris = [
        &format!("{BASE}id/paper/doi/10.1038/s41592-018-0229-2"),
        &format!("{BASE}id/paper/doi/10.1038/S41592-018-0229-2"),
        &format!("{BASE}id/topic/a/单细胞"),
        &format!("{BASE}id/topic/a/深度学习"),
        &format!("{BASE}id/con/x"),
        &format!("{BASE}id/a/../../b"),
        "https://example.org/a?b=c#d",
        "urn:x:..",
        "",
        &long,
    ];
    let names: std::collections::BTreeSet<String> = iris.iter().map(|iri| files::thing(BASE, iri)).collect();
    assert_eq!(names.len(), iris.len(), "{names:?}");
    for name in &names {
        let is_safe = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_/.".contains(&byte);
        assert!(name.bytes().all(is_safe) && !name.contains("..") && !name.contains("/con/"), "{name}");
        assert!(name.rsplit('/').next().unwrap().len() <= 100 + 1 + 16 + ".html".len(), "{name}");
    }
    assert_eq!(
        files::thing(BASE, iris[0]),
        "page/paper/doi-10-1038-s41592-018-0229-2_cb6272db22946537.html",
        "a name once given stays"
    );
}

#[test]
fn files_of_a_static_site_find_one_another() {
    let thing = format!("{BASE}id/tool/github/a/b");
    let site = Arc::new(StaticSite {
        base: BASE.into(),
        languages: Language::ALL.to_vec(),
        things: [thing.clone()].into(),
        ..StaticSite::default()
    });
    let file = files::thing(BASE, &thing);
    let english = Links::Static(StaticLinks::new(site.clone(), Language::En, file.clone()));
    assert_eq!(english.home(), "../../index.html");
    assert_eq!(english.thing(&thing).unwrap(), format!("../../{file}"));
    assert_eq!(english.thing("urn:unwritten"), None);
    assert_eq!(english.in_language(Language::En, "").unwrap(), format!("../../zh/{file}"));
    assert!(english.asset("style.css").starts_with("../../assets/style.css?v="));
    let chinese = StaticLinks::new(site, Language::Zh, file.clone());
    assert_eq!(chinese.path(), format!("zh/{file}"));
    let chinese = Links::Static(chinese);
    assert_eq!(chinese.home(), "../../index.html");
    assert_eq!(chinese.in_language(Language::Zh, "").unwrap(), format!("../../../{file}"));
    assert!(chinese.asset("style.css").starts_with("../../../assets/style.css"));
    assert_eq!(chinese.found(&Sought::default()), None);
}
