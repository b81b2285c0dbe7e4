//! At the door: a network in, what is drawn of it out.

use super::*;
use crate::network::{Column, Edge, Network, Node, Relation, Why};

fn node(iri: &str, kind: &'static str, label: &str, year: &str) -> Node {
    let values = if year.is_empty() { Vec::new() } else { vec![(Column::Date, year.into())] };
    Node { iri: iri.into(), kind, label: label.into(), values }
}

fn network(nodes: Vec<Node>, edges: &[(u32, Relation, u32)]) -> Network {
    let edge = |(from, relation, to): &(u32, Relation, u32)| Edge { from: *from, to: *to, relation: *relation, why: 0 };
    let mut edges: Vec<Edge> = edges.iter().map(edge).collect();
    edges.sort_unstable();
    Network { nodes, edges, whys: vec![Why::stated()] }
}

fn drawn(network: &Network, kind: ViewKind) -> (View, String) {
    let view = View::of(network, &ViewOptions::new(kind));
    let dot = dot(&view, Engine::of(&view), Theme::Light);
    (view, dot)
}

fn chain(n: usize) -> String {
    (1..n).map(|at| format!("{:03},{:03}\n", at, at - 1)).collect()
}

#[test]
fn citations_are_a_time_line_and_what_has_no_year_stands_apart() {
    let nodes =
        vec![node("a", "paper", "Old", "2001"), node("b", "paper", "New", "2010-05"), node("c", "paper", "When?", "")];
    let network = network(nodes, &[(1, Relation::Cites, 0), (2, Relation::Cites, 0)]);
    let (view, dot) = drawn(&network, ViewKind::Citations);
    assert_eq!(view.arrangement, Arrangement::TimeLine);
    let place = |text: &str| dot.find(text).unwrap_or_else(|| panic!("{text} is not in {dot}"));
    assert!(place("label=\"2001\"") < place("label=\"2010\"") && place("label=\"2010\"") < place("label=\"no year\""));
    // From the older to the newer, with the arrow at the older.
    assert!(dot.contains("\"a\" -> \"b\" [style=\"solid\"") || dot.contains("\"a\" -> \"b\"[style=\"solid\""), "{dot}");
    assert!(dot.contains("dir=\"back\""));
    assert!(plain_svg(&view, Theme::Light).contains(">no year</text>"));
}

#[test]
fn an_arxiv_identifier_tells_the_year() {
    let mut paper = node("a", "paper", "A", "");
    paper.values.push((Column::Arxiv, "1812.08434".into()));
    let mut older = node("b", "paper", "B", "");
    older.values.push((Column::Arxiv, "hep-th/9901001".into()));
    let network = network(vec![paper, older], &[(0, Relation::Cites, 1)]);
    let years: Vec<Option<i32>> = drawn(&network, ViewKind::Citations).0.nodes.iter().map(|node| node.year).collect();
    assert_eq!(years, [Some(2018), Some(1999)]);
}

#[test]
fn no_more_is_drawn_than_can_be_read_and_the_rest_is_counted() {
    let network = Network::from_table(&chain(200)).unwrap();
    let (view, _) = drawn(&network, ViewKind::Citations);
    assert_eq!(view.nodes.len(), 60);
    assert_eq!(view.notes, ["60 of 200 are shown, the foremost by PageRank, 59 of 199 relations"]);
    let few = ViewOptions { max_nodes: Some(5), ..ViewOptions::new(ViewKind::Citations) };
    assert_eq!(View::of(&network, &few).nodes.len(), 5);
    let none = ViewOptions { max_nodes: Some(0), ..few };
    assert!(View::of(&network, &none).nodes.is_empty());
}

#[test]
fn a_small_change_of_the_graph_is_a_small_change_of_the_text() {
    let before = Network::from_table(&chain(40)).unwrap();
    let after = Network::from_table(&(chain(40) + "zzz,020\n")).unwrap();
    let [before, after] = [before, after].map(|network| {
        let options = ViewOptions { coloring: Some(Coloring::Kind), ..ViewOptions::new(ViewKind::Citations) };
        let view = View::of(&network, &options);
        dot(&view, Engine::of(&view), Theme::Light)
    });
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
    let changed = lines(&before).symmetric_difference(&lines(&after)).count();
    assert!(changed <= 8, "{changed} lines differ");
}

#[test]
fn dense_networks_lose_what_a_chain_implies() {
    // Everyone cites everyone before.
    let all: String = (0..12).flat_map(|to| (to + 1..12).map(move |from| format!("{from:02},{to:02}\n"))).collect();
    let network = Network::from_table(&all).unwrap();
    let (view, _) = drawn(&network, ViewKind::Citations);
    assert_eq!((view.nodes.len(), view.ties.len()), (12, 11));
    assert_eq!(view.notes, ["Not drawn, to keep the lines apart: 55 citations that a chain of others implies"]);
}

#[test]
fn communities_are_boxes_with_one_line_each_way_between_any_two() {
    let clique = |name: &str| -> String {
        (0..5).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| format!("{name}{a},{name}{b}\n")).collect()
    };
    let text = clique("x") + &clique("y") + "y0,x0\ny1,x1\nx2,y2\n";
    let network = Network::from_table(&text).unwrap();
    let options = ViewOptions { is_grouped: true, ..ViewOptions::new(ViewKind::Citations) };
    let view = View::of(&network, &options);
    assert_eq!((view.arrangement, view.groups.len()), (Arrangement::Grouped, 2));
    let is_between = |tie: &&Tie| view.nodes[tie.from].group != view.nodes[tie.to].group;
    let between: Vec<&str> = view.ties.iter().filter(is_between).map(|tie| tie.tooltip.as_str()).collect();
    assert_eq!(between, ["1 × cites", "2 × cites"], "one line each way");
}

#[test]
fn tools_stand_beside_their_papers_and_a_preprint_is_not_drawn_beside_its_article() {
    let nodes = vec![
        node("a", "paper", "Article", "2020"),
        node("b", "paper", "Preprint", "2019"),
        node("t", "tool", "Tool", ""),
    ];
    let relations = [(2, Relation::Implements, 0), (2, Relation::Implements, 1), (1, Relation::PreprintOf, 0)];
    let (view, dot) = drawn(&network(nodes, &relations), ViewKind::Tools);
    let labels: Vec<&str> = view.nodes.iter().map(|node| node.label.as_str()).collect();
    assert_eq!((view.arrangement, labels), (Arrangement::Pairs, vec!["Article", "Tool"]));
    assert!(dot.contains("implements Article"), "{dot}");
}

#[test]
fn topics_are_boxes_in_boxes() {
    let nodes = vec![
        node("p", "paper", "Paper", ""),
        node("t/1", "topic", "1 Above", ""),
        node("t/2", "topic", "1.1 Below / 下", ""),
    ];
    let relations = [(0, Relation::Topic, 2), (2, Relation::Broader, 1)];
    let (view, dot) = drawn(&network(nodes, &relations), ViewKind::Topics);
    assert_eq!(view.groups.iter().map(|group| group.parent).collect::<Vec<_>>(), [None, Some(0)]);
    let (outer, inner) = (dot.find("cluster t/1\"").unwrap(), dot.find("cluster t/2\"").unwrap());
    assert!(outer < inner && inner < dot.find("label=\"Paper\"").unwrap(), "{dot}");
}

/// Whatever titles contain, Graphviz reads the text as it is meant, and the plain picture is well-formed.
#[test]
fn hostile_titles_stay_titles() {
    let long = format!("long {}", "长".repeat(4000));
    let titles = [
        "\"quotes\" & <script>alert(1)</script>",
        "line\nbreak\r\u{0}\u{1b}",
        "\\N \\\"",
        "</svg>]]>",
        "%s &amp; {|}",
        &long,
    ];
    let nodes = titles.iter().zip('a'..).map(|(title, id)| node(&format!("http://x/{id}\"\\"), "paper", title, "2020"));
    let nodes: Vec<Node> = nodes.collect();
    let edges: Vec<(u32, Relation, u32)> = (1..6).map(|at| (at, Relation::Cites, at - 1)).collect();
    let (view, text) = drawn(&network(nodes, &edges), ViewKind::Citations);
    let svg = plain_svg(&view, Theme::Dark);
    assert!(!svg.contains("<script>") && !svg.contains("</svg>]]>"), "{svg}");
    assert_eq!(svg.matches("<g>").count(), svg.matches("</g>").count() - svg.matches("<g transform").count());
    match render(&text, Engine::Dot, PictureFormat::Svg, std::time::Duration::from_secs(60)) {
        Err(RenderError::NoGraphviz { .. }) => println!("skipped: Graphviz is not installed"),
        drawn => {
            let drawn = String::from_utf8(drawn.unwrap()).unwrap();
            assert!(!drawn.contains("<script>"));
            assert_eq!(drawn.matches("class=\"node\"").count(), 6);
            // A title that speaks of entities is shown as it is.
            assert!(drawn.contains("%s &amp;amp; {|}"), "{drawn}");
        }
    }
}

fn are_apart(view: &View) {
    let layout = layout::Layout::of(view);
    for (at, one) in layout.nodes.iter().enumerate() {
        for other in &layout.nodes[at + 1..] {
            let is_apart = one.x + one.width <= other.x
                || other.x + other.width <= one.x
                || one.y + one.height <= other.y
                || other.y + other.height <= one.y;
            assert!(is_apart, "{one:?} {other:?}");
        }
    }
}

#[test]
fn nothing_overlaps_in_the_plain_picture() {
    let cited = Network::from_table(&(chain(50) + "a,b\nc,d\n")).unwrap();
    are_apart(&drawn(&cited, ViewKind::Citations).0);
    // Forty topics, each below the one before, with a tool and its paper in each.
    let topics = (0..40).map(|at| node(&format!("a{at:02}"), "topic", &format!("Topic {at}"), ""));
    let papers = (0..40).map(|at| node(&format!("p{at:02}"), "paper", "Some title of middling length", "2020"));
    let tools = (0..40).map(|at| node(&format!("t{at:02}"), "tool", "tool", ""));
    let nodes: Vec<Node> = topics.chain(papers).chain(tools).collect();
    let relations: Vec<(u32, Relation, u32)> = (0..40)
        .flat_map(|at: u32| {
            [
                (at, Relation::Broader, at.saturating_sub(1)),
                (40 + at, Relation::Topic, at),
                (80 + at, Relation::Topic, at),
                (80 + at, Relation::Implements, 40 + at),
            ]
        })
        .skip(1)
        .collect();
    let nested = network(nodes, &relations);
    are_apart(&drawn(&nested, ViewKind::Topics).0);
    are_apart(&drawn(&nested, ViewKind::Tools).0);
}

#[test]
fn authors_of_many_works_keep_their_lines() {
    let works = (0..12).map(|at| node(&format!("a{at:02}"), "paper", "Work", "2020"));
    let persons = (0..6).map(|at| node(&format!("b{at}"), "person", "Person", ""));
    let nodes: Vec<Node> = works.chain(persons).collect();
    let relations: Vec<(u32, Relation, u32)> =
        (0..12).flat_map(|work| (12..18).map(move |person| (work, Relation::Author, person))).collect();
    let (view, _) = drawn(&network(nodes, &relations), ViewKind::Authors);
    assert_eq!((view.ties.len(), view.notes.len()), (72, 0), "{:?}", view.notes);
}

#[test]
fn of_an_author_with_many_works_the_foremost_are_drawn_and_those_that_tie_two() {
    // Two authors of twenty works each, one of them by both, and thirty of one work.
    let works = (0..69).map(|at| node(&format!("a{at:02}"), "paper", "Work", "2020"));
    let persons = (0..32).map(|at| node(&format!("b{at:02}"), "person", "Person", ""));
    let nodes: Vec<Node> = works.chain(persons).collect();
    let of = |work: u32| match work {
        0 => vec![69, 70],
        1..20 => vec![69],
        20..39 => vec![70],
        _ => vec![work + 32],
    };
    let relations: Vec<(u32, Relation, u32)> =
        (0..69).flat_map(|work| of(work).into_iter().map(move |person| (work, Relation::Author, person))).collect();
    let options = ViewOptions { max_nodes: Some(10), ..ViewOptions::new(ViewKind::Authors) };
    let view = View::of(&network(nodes, &relations), &options);
    let persons = view.nodes.iter().filter(|node| node.kind == "person").count();
    assert_eq!((persons, view.nodes.len() <= 10), (3, true), "{:?}", view.heading);
    assert!(view.nodes.iter().any(|node| node.id == "a00"));
}

#[test]
fn without_columns_the_year_stands_in_the_box() {
    let nodes = vec![node("a", "paper", "Old", "2001"), node("b", "paper", "New", "2010")];
    let network = network(nodes, &[(1, Relation::Cites, 0)]);
    let view = View::of(&network, &ViewOptions::new(ViewKind::Citations));
    let text = dot(&view, Engine::Neato, Theme::Light);
    assert!(text.contains("label=\"Old (2001)\"") && !text.contains("last column"), "{text}");
}

#[test]
fn an_empty_network_is_an_empty_picture() {
    for kind in [ViewKind::Tools, ViewKind::Topics, ViewKind::Authors, ViewKind::Citations, ViewKind::All] {
        let (view, dot) = drawn(&Network::default(), kind);
        assert!(view.nodes.is_empty() && dot.starts_with("digraph"));
        assert!(plain_svg(&view, Theme::Light).ends_with("</svg>\n"));
    }
}
