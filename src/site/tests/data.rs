//! Data with harm in every text.

use super::*;
use crate::{
    explore::*,
    query::{Parameter, ParameterKind, Question},
};

pub(super) const HOSTILE: &str = "\"></textarea></script><script>alert(1)</script>' onmouseover='x' style=\"y\" {{ 7*7 }} \u{202E}\u{2066}\0 <!-- --> &amp;";

fn hostile() -> String {
    HOSTILE.to_owned()
}

fn item(kind: &'static str) -> Item {
    Item {
        iri: format!("{BASE}id/{kind}/{HOSTILE}"),
        kind,
        name: hostile(),
        name_zh: Some(format!("中文名{HOSTILE}")),
        year: Some(i32::MAX),
        status: Some(hostile()),
    }
}

fn source() -> Source {
    Source { graph: format!("{BASE}graph/list/{HOSTILE}"), name: hostile() }
}

fn values() -> Vec<Value> {
    let links = [
        Some(Link::Address("javascript:alert(1)".into())),
        Some(Link::Address(format!("https://example.org/{HOSTILE}"))),
        Some(Link::Thing("javascript:alert(2)".into())),
        None,
    ];
    let value = |link| Value { text: hostile(), language: Some(hostile()), link, sources: vec![source(), source()] };
    links.into_iter().map(value).collect()
}

fn origin(address: &str) -> Origin {
    Origin {
        iri: "https://w3id.org/amml-graph/id/entry/x/L1".to_owned(),
        source: hostile(),
        lines: (7, 3),
        address: Some(address.into()),
        rules: vec![hostile(), "citation".into()],
        text: hostile(),
    }
}

fn origins() -> Vec<Origin> {
    vec![origin("javascript:alert(1)"), origin("https://example.org/a#L7")]
}

fn member(kind: &'static str) -> Member {
    let because = |confidence: Option<&str>| Because {
        evidence: hostile(),
        confidence: confidence.map(str::to_owned),
        origins: origins(),
    };
    Member {
        item: item(kind),
        grade: Some(hostile()),
        count: Some(usize::MAX),
        because: vec![because(None), because(Some(HOSTILE)), because(Some("0.95"))],
    }
}

fn relation(key: &'static str, members: Vec<Member>) -> Relation {
    Relation { key, total: members.len(), members, offset: 0 }
}

pub(super) fn page() -> Page {
    let person = Member { because: vec![], grade: None, ..member("person") };
    Page {
        thing: item("paper"),
        names: vec![Text { text: hostile(), language: Some(hostile()) }],
        descriptions: values(),
        statuses: values(),
        facts: [
            ("doi", false),
            ("published", true),
            ("url", true),
            ("abstract", false),
            ("keywords", false),
            ("some-new", true),
        ]
        .map(|(key, is_disputed)| Fact { key, values: values(), is_disputed })
        .to_vec(),
        relations: vec![
            relation("implemented-by", vec![member("tool")]),
            relation("authors", vec![person]),
            relation("some-new", vec![member("tool"), member("paper")]),
            relation("some-new", vec![member("tool")]),
            relation("content", vec![member("tool")]),
            Relation { offset: usize::MAX, ..relation("cites", vec![member("paper")]) },
        ],
        years: vec![(i32::MIN, 1), (2020, usize::MAX), (i32::MAX, usize::MAX)],
        consensus: Consensus {
            lists: vec![Naming { list: item("list"), topics: vec![hostile()], counts_with: Some(hostile()) }],
            n_independent: usize::MAX,
        },
        origins: origins(),
        notices: vec![Notice { code: hostile(), line: 0, text: hostile(), address: Some("javascript:x".into()) }],
    }
}

pub(super) fn overview() -> Overview {
    Overview {
        kinds: vec![("paper", 3), ("some-new", 1), ("tool", 0)],
        n_links: usize::MAX,
        n_quads: 0,
        lists: vec![(item("list"), 3)],
        sources: vec![source(), Source { graph: hostile(), name: hostile() }],
    }
}

pub(super) fn findings() -> Findings {
    Findings {
        query: hostile(),
        kind: Some(hostile()),
        topic: Some(item("topic")),
        year: None,
        hits: vec![Hit {
            item: item("paper"),
            text: hostile(),
            topics: vec![item("topic")],
            n_lists: 3,
            score: f32::NAN,
        }],
        total: usize::MAX,
        offset: 20,
        kinds: vec![(hostile(), 3)],
        topics: vec![(item("topic"), 4)],
        years: vec![(i32::MIN, 4), (2020, 1)],
    }
}

pub(super) fn questions() -> Vec<Question> {
    let parameter =
        |name: &str, kind, is_optional| Parameter { name: name.into(), kind, is_optional, description: hostile() };
    let parameters = vec![
        parameter("paper", ParameterKind::Thing, false),
        parameter("year", ParameterKind::Number, true),
        parameter("code", ParameterKind::Text, true),
    ];
    vec![
        Question { name: "tools-of-paper".into(), text: hostile(), parameters, sparql: hostile() },
        Question { name: hostile(), text: hostile(), parameters: vec![], sparql: hostile() },
    ]
}

pub(super) fn answer() -> Answer {
    let cell = |text: &str, link| Some(Cell { text: text.into(), link, language: Some(hostile()), is_number: true });
    Answer {
        columns: vec![hostile(), "someYear".into(), "n".into()],
        rows: vec![
            vec![cell(HOSTILE, Some(Link::Address("javascript:x".into()))), cell("2019", None), cell("3", None)],
            vec![
                cell(HOSTILE, Some(Link::Thing(hostile()))),
                cell("2020", None),
                cell("1e999", None),
                cell("too many", None),
            ],
            vec![None],
        ],
        is_cut: true,
    }
}

pub(super) fn outcomes(answer: &Answer) -> Vec<Outcome> {
    let (parameter, value) = ("paper".to_owned(), hostile());
    vec![
        Outcome::Unasked,
        Outcome::Answer(answer.clone()),
        Outcome::Answer(Answer { rows: vec![], ..answer.clone() }),
        Outcome::Missing { parameter: parameter.clone() },
        Outcome::NotANumber { parameter: hostile(), value: value.clone() },
        Outcome::NothingFound { parameter: parameter.clone(), value: value.clone() },
        Outcome::Ambiguous { parameter, value, candidates: vec![item("paper")] },
        Outcome::TooLong,
        Outcome::Failed(hostile()),
    ]
}

pub(super) fn solutions(answer: &Answer) -> Vec<Solution> {
    vec![
        Solution::Unasked,
        Solution::Rows(answer.clone()),
        Solution::Truth(true),
        Solution::Graph(hostile()),
        Solution::Mistake { message: hostile(), place: Some((1, 2)) },
        Solution::Mistake { message: hostile(), place: None },
        Solution::Failed(hostile()),
    ]
}

pub(super) fn neighborhood() -> Neighborhood {
    let dot =
        |iri: &str, kind| Dot { iri: iri.into(), kind, label: hostile(), year: Some(2020), status: Some(hostile()) };
    let center = page().thing.iri;
    Neighborhood {
        nodes: vec![dot(&center, "paper"), dot("urn:x", "tool"), dot("javascript:x", "person")],
        edges: vec![
            Line { from: 1, to: 0, relation: "implements", is_stated: false },
            Line { from: 0, to: 2, relation: "some new", is_stated: true },
            Line { from: 0, to: 99, relation: "author", is_stated: true },
        ],
        n_left_out: 3,
    }
}

pub(super) fn terms() -> Vec<Term> {
    let term = || Term { iri: hostile(), label: hostile(), comment: hostile(), kind: hostile() };
    vec![term(), term(), Term { iri: "urn:x#content".into(), ..term() }]
}
