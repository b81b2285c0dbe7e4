//! Every page, in both languages, from data that means harm.

mod data;
mod html;

use std::sync::Arc;

use super::*;
use crate::explore::Page;

const BASE: &str = "https://w3id.org/amml-graph/";

fn server(language: Language) -> Context {
    Context {
        language,
        links: Links::server(BASE),
        path: "/search?q=%22%3E".into(),
        origin: Some("https://graph.example.org".into()),
        title: data::HOSTILE.into(),
    }
}

fn fixed(language: Language) -> Context {
    let page = data::page();
    let iris = page.relations.iter().flat_map(|relation| &relation.members).map(|member| member.item.iri.clone());
    let site = StaticSite {
        base: BASE.into(),
        languages: Language::ALL.to_vec(),
        things: iris.collect(),
        questions: ["tools-of-paper".into()].into(),
        pictures: ["topics".into()].into(),
        data_formats: vec!["ttl".into()],
        downloads: [("ttl".into(), "data/graph.ttl".into())].into(),
        has_ontology: true,
    };
    let links = StaticLinks::new(Arc::new(site), language, "page/paper/x.html");
    Context { links: Links::Static(links), path: String::new(), origin: None, ..server(language) }
}

/// Every page with its name.
fn pages(context: &Context) -> Vec<(&'static str, String)> {
    let (all, page, answer) = (data::questions(), data::page(), data::answer());
    let given = [("paper".to_owned(), data::HOSTILE.to_owned())];
    let limits = Limits { seconds: 30, n_rows: 1000 };
    let overview = data::overview();
    let mut pages = vec![
        ("home", home(&overview, context)),
        ("search", search(&data::findings(), context)),
        ("static search", static_search(&overview, context)),
        (
            "index",
            index(
                &Index { kind: "paper", items: std::slice::from_ref(&page.thing), part: 1, n_parts: 2, total: 9 },
                context,
            ),
        ),
        ("thing", thing(&page, context)),
        ("questions", questions(&all, context)),
        ("pictures", pictures(context)),
        ("picture", picture("topics", Some(&page.thing), context)),
        ("graph", graph(&page.thing, &data::neighborhood(), context)),
        ("about", about(&About { overview: &overview, example: Some(data::HOSTILE), limits }, context)),
        ("ontology", ontology(&data::terms(), context)),
    ];
    for outcome in data::outcomes(&answer) {
        pages.push(("question", question(&Asking { question: &all[0], given: &given, outcome: &outcome }, context)));
    }
    for solution in data::solutions(&answer) {
        let desk = Desk { query: data::HOSTILE, solution: &solution, limits, examples: &all };
        pages.push(("sparql", sparql(&desk, context)));
    }
    for status in [400, 404, 406, 429, 500, 503, 418, 999] {
        let lost = Failure {
            status,
            subject: Some(data::HOSTILE),
            detail: Some(data::HOSTILE),
            retry_after: Some(3),
            candidates: std::slice::from_ref(&page.thing),
        };
        pages.push(("failure", failure(&lost, context)));
    }
    pages.into_iter().map(|(name, page)| (name, page.unwrap())).collect()
}

#[test]
fn hostile_data_stays_text() {
    for context in Language::ALL.into_iter().flat_map(|language| [server(language), fixed(language)]) {
        for (name, page) in pages(&context) {
            assert!(page.contains("&#60;script&#62;alert(1)"), "{name} shows nothing of the data");
            let turning =
                |character: char| matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\0');
            assert!(!page.contains(turning), "{name} turns text around");
            html::check(name, &page);
        }
    }
}

#[test]
fn pages_of_a_static_site_lead_to_files() {
    for language in Language::ALL {
        // The SPARQL page is not written there.
        for (name, page) in
            pages(&fixed(language)).into_iter().filter(|(name, _)| *name != "sparql" && *name != "search")
        {
            for address in html::addresses(&page) {
                assert!(!address.starts_with('/'), "{name}: {address}");
            }
        }
    }
}

#[test]
fn structured_data_is_json_with_the_thing() {
    let page = thing(&data::page(), &server(Language::En)).unwrap();
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let read: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(read["@type"], "ScholarlyArticle");
    assert!(read["name"].as_str().unwrap().contains("</script>"));
    assert!(read["url"].is_null(), "an address that is none: {}", read["url"]);
    assert!(!json.contains('<'));
}

#[test]
fn pages_speak_their_language() {
    let page = data::page();
    let english = thing(&page, &server(Language::En)).unwrap();
    let chinese = thing(&page, &server(Language::Zh)).unwrap();
    assert!(english.contains("<html lang=\"en\" data-lang=\"en\">") && english.contains("Tools that implement it"));
    assert!(chinese.contains("<html lang=\"zh-Hans\" data-lang=\"zh\">") && chinese.contains("实现它的工具"));
    assert!(chinese.contains("<h1 lang=\"zh\"><bdi>中文名"), "the Chinese name comes first");
    assert!(english.contains("hreflang=\"zh-Hans\" href=\"/search?q=%22%3E&#38;lang=zh\""));
}

#[test]
fn long_sections_are_paged() {
    let mut page = data::page();
    page.relations[0].total = 120;
    page.relations[0].offset = 12;
    let shown = thing(&page, &server(Language::En)).unwrap();
    assert!(shown.contains("13–13 of 120"), "{shown}");
    assert!(shown.contains("section=implemented-by&#38;offset=0#implemented-by"));
    assert!(shown.contains("section=implemented-by&#38;offset=13#implemented-by"));
}

#[test]
fn what_became_of_a_thing_is_said_in_words() {
    let mut page = data::page();
    page.statuses.clear();
    page.thing.status = Some("retracted".into());
    let shown = thing(&page, &server(Language::En)).unwrap();
    assert!(shown.contains("This paper was retracted"));
    assert!(thing(&page, &server(Language::Zh)).unwrap().contains("该论文已撤稿"));
}

#[test]
fn numbers_by_year_are_drawn() {
    let mut page: Page = data::page();
    page.thing.kind = "topic";
    page.years = vec![(2019, 2), (2021, 5)];
    let shown = thing(&page, &server(Language::En)).unwrap();
    assert_eq!(shown.matches("<rect class=\"bar\"").count(), 2);
    assert!(shown.contains("7 works from 2019 to 2021") && shown.contains("&#38;year=2021"));
}
