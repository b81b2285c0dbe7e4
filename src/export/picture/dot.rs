//! A view for Graphviz, through the types of graphviz-rust. They escape nothing, so every text passes through `quote`.

use std::collections::BTreeMap;

use graphviz_rust::{
    dot_structures::{Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex},
    printer::{DotPrinter, PrinterContext},
};

use super::{
    Arrangement, Engine, Shown, Theme, Tie, View,
    color::cell,
    label::{wrap, year_heading},
    legend, pairs,
    quote::{address, name, quoted},
};
use crate::network::Relation;

/// The sizes of text, from what matters least to most.
const SIZES: [&str; 5] = ["9", "10", "12", "14", "17"];
/// The font comes with the picture's viewer; the second is for Han characters.
const FONT: &str = "Helvetica,Arial,Noto Sans CJK SC,WenQuanYi Micro Hei,sans-serif";

/// The view as a Graphviz graph, for an engine.
#[must_use]
pub fn dot(view: &View, engine: Engine, theme: Theme) -> String {
    let writer = Writer { view, engine, theme, members: view.members() };
    let mut stmts = writer.settings();
    match view.arrangement {
        Arrangement::TimeLine if writer.is_time_line() => stmts.extend(writer.time_line()),
        Arrangement::Pairs if engine == Engine::Dot => stmts.extend(writer.columns()),
        Arrangement::Nested | Arrangement::Grouped => stmts.extend(writer.boxes(None)),
        _ => {}
    }
    let is_loose = |node: &&Shown| node.group.is_none();
    stmts.extend(view.nodes.iter().filter(is_loose).map(|node| Stmt::Node(writer.node(node))));
    stmts.extend(view.ties.iter().map(|tie| Stmt::Edge(writer.tie(tie))));
    let graph = Graph::DiGraph { id: Id::Plain("amml".to_owned()), strict: false, stmts };
    graph.print(&mut PrinterContext::default()) + "\n"
}

/// The style and the color of a line.
pub(super) fn line(relation: Relation, is_stated: bool, theme: Theme) -> (&'static str, &'static str) {
    let (style, on_light, on_dark) = match (relation, is_stated) {
        (Relation::Implements, true) => ("solid", "#cc3311", "#ee8866"),
        (Relation::Implements, false) => ("dashed", "#cc3311", "#ee8866"),
        (Relation::Cites, _) => ("solid", "#4477aa", "#88bbee"),
        (Relation::PreprintOf, _) => ("dotted", "#009988", "#44bb99"),
        _ => ("solid", "#888888", "#aaaaaa"),
    };
    (style, if theme == Theme::Light { on_light } else { on_dark })
}

struct Writer<'v> {
    view: &'v View,
    engine: Engine,
    theme: Theme,
    /// The nodes in each box.
    members: Vec<Vec<usize>>,
}

impl Writer<'_> {
    /// Whether there are columns for years.
    fn is_time_line(&self) -> bool {
        self.view.arrangement == Arrangement::TimeLine && self.engine == Engine::Dot
    }

    fn settings(&self) -> Vec<Stmt> {
        let theme = self.theme;
        let roots = rows_of(self.view.groups.iter().filter(|group| group.parent.is_none()).count());
        let mut graph = vec![
            ("fontname", FONT),
            ("fontsize", "12"),
            ("fontcolor", theme.text()),
            ("bgcolor", theme.ground()),
            ("pad", "0.3"),
            ("labelloc", "t"),
            ("labeljust", "l"),
            ("charset", "UTF-8"),
            // So that the file is laid out as it is meant whichever program of Graphviz reads it.
            ("layout", self.engine.name()),
            ("tooltip", " "),
        ];
        graph.extend(match (self.engine, self.view.arrangement) {
            (Engine::Dot, Arrangement::TimeLine) => {
                vec![("rankdir", "LR"), ("ranksep", "0.7"), ("nodesep", "0.12"), ("splines", "true")]
            }
            (Engine::Dot, Arrangement::Pairs) => vec![("rankdir", "LR"), ("ranksep", "0.5"), ("nodesep", "0.1")],
            (Engine::Dot, Arrangement::Grouped) => {
                vec![("compound", "true"), ("ranksep", "0.9"), ("nodesep", "0.2"), ("newrank", "true")]
            }
            (Engine::Dot, _) => vec![("rankdir", "LR"), ("ranksep", "0.2"), ("nodesep", "0.12"), ("compound", "true")],
            (Engine::Osage, _) => vec![("pack", "12"), ("packmode", roots.as_str())],
            (Engine::Fdp, Arrangement::Grouped) => {
                vec![
                    ("overlap", "false"),
                    ("sep", "+24"),
                    ("splines", "line"),
                    ("K", "1.6"),
                    ("outputorder", "edgesfirst"),
                ]
            }
            _ => vec![
                ("overlap", "prism"),
                ("overlap_scaling", "-2"),
                ("sep", "+6"),
                ("splines", "line"),
                ("K", "1.1"),
                ("outputorder", "edgesfirst"),
            ],
        });
        let mut graph = attributes(&graph);
        graph.push(Attribute(
            Id::Plain("label".to_owned()),
            Id::Html(legend::html(self.view, theme, self.is_time_line(), line)),
        ));
        vec![
            Stmt::GAttribute(GraphAttributes::Graph(graph)),
            Stmt::GAttribute(GraphAttributes::Node(attributes(&[
                ("fontname", FONT),
                ("fontsize", SIZES[0]),
                ("fontcolor", "#111111"),
                ("style", "filled"),
                ("color", theme.outline()),
                ("penwidth", "0.8"),
                ("margin", "0.1,0.05"),
                ("height", "0.2"),
            ]))),
            Stmt::GAttribute(GraphAttributes::Edge(attributes(&[
                ("fontname", FONT),
                ("fontsize", "10"),
                ("fontcolor", theme.text()),
                ("arrowsize", "0.6"),
            ]))),
        ]
    }

    fn node(&self, node: &Shown) -> Node {
        let width = if self.view.arrangement == Arrangement::Net { 24 } else { 32 };
        let label = wrap(&node.text(!self.is_time_line()), width);
        let mut pairs = vec![
            ("label", label.as_str()),
            ("shape", legend::shape(node.kind)),
            ("fillcolor", cell(node.color)),
            ("tooltip", &node.tooltip),
        ];
        if node.size > 0 {
            pairs.push(("fontsize", SIZES[node.size.min(SIZES.len() - 1)]));
        }
        if node.status.is_some() {
            pairs.extend([("color", "#cc3311"), ("penwidth", "2.5")]);
        }
        if let Some(url) = node.url.as_deref().and_then(address) {
            pairs.extend([("URL", url), ("target", "_blank")]);
        }
        Node::new(node_id(&node.id), attributes(&pairs))
    }

    /// In a time line from the older to the newer, so that the columns stand in that order; the arrow points back.
    fn tie(&self, tie: &Tie) -> Edge {
        let (style, color) = line(tie.relation, tie.is_stated, self.theme);
        let mut pairs = vec![("style", style), ("color", color), ("tooltip", tie.tooltip.as_str())];
        let width = format!("{:.1}", 1.0 + 1.5 * f64::from(u32::try_from(tie.count).unwrap_or(u32::MAX)).log2());
        let count = tie.count.to_string();
        if tie.count > 1 {
            pairs.extend([("penwidth", width.as_str()), ("label", count.as_str())]);
        }
        if tie.relation == Relation::Author {
            pairs.push(("arrowhead", "none"));
        }
        let ends = [tie.from, tie.to].map(|at| &self.view.nodes[at]);
        let is_between = self.view.arrangement == Arrangement::Grouped && ends[0].group != ends[1].group;
        let boxes: Vec<String> =
            ends.iter().filter(|_| is_between).filter_map(|end| Some(self.box_name(end.group?))).collect();
        if let [tail, head] = boxes.as_slice() {
            // To `fdp` a box is what a line can lead to; `dot` cuts the line between two nodes where it meets their boxes.
            if self.engine == Engine::Fdp {
                return edge(tail, head, &pairs);
            }
            pairs.extend([("ltail", tail.as_str()), ("lhead", head)]);
        }
        if self.view.arrangement == Arrangement::Nested {
            pairs.push(("constraint", "false"));
        }
        let is_backward = self.is_time_line() && tie.relation == Relation::Cites;
        if is_backward {
            pairs.push(("dir", "back"));
            return edge(&ends[1].id, &ends[0].id, &pairs);
        }
        edge(&ends[0].id, &ends[1].id, &pairs)
    }

    /// A column for each year, below its number; the numbers in a row.
    fn time_line(&self) -> Vec<Stmt> {
        // What has no year comes last, in a column of its own: elsewhere it would seem to have one.
        let mut by_year: BTreeMap<(bool, Option<i32>), Vec<&Shown>> = BTreeMap::new();
        for node in &self.view.nodes {
            by_year.entry((node.year.is_none(), node.year)).or_default().push(node);
        }
        let axis = |year: Option<i32>| format!("column {}", year_heading(year));
        let mut stmts = Vec::new();
        let text = [
            ("shape", "plaintext"),
            ("style", ""),
            ("fontsize", "16"),
            ("fontcolor", self.theme.text()),
            ("tooltip", " "),
        ];
        for (_, year) in by_year.keys() {
            let label = year_heading(*year);
            let pairs = [&[("label", label.as_str())], &text[..]].concat();
            stmts.push(Stmt::Node(Node::new(node_id(&axis(*year)), attributes(&pairs))));
        }
        let years: Vec<Option<i32>> = by_year.keys().map(|(_, year)| *year).collect();
        let line = [("arrowhead", "none"), ("color", self.theme.frame()), ("weight", "100")];
        stmts.extend(years.windows(2).map(|pair| Stmt::Edge(edge(&axis(pair[0]), &axis(pair[1]), &line))));
        for ((_, year), nodes) in &by_year {
            let mut column = vec![Stmt::Attribute(attribute("rank", "same"))];
            column.push(Stmt::Node(Node::new(node_id(&axis(*year)), Vec::new())));
            // Within a column an unseen line puts the number above what stands in it.
            column.extend(nodes.iter().map(|node| Stmt::Edge(edge(&axis(*year), &node.id, &[("style", "invis")]))));
            stmts.push(Stmt::Subgraph(Subgraph {
                id: Id::Escaped(name(&format!("below {}", axis(*year)))),
                stmts: column,
            }));
        }
        stmts
    }

    /// Tools in columns, each beside its papers: what is one below the other in a single column would be a very long page.
    fn columns(&self) -> Vec<Stmt> {
        let columns = pairs::columns(self.view);
        let mut stmts = Vec::new();
        let mut before: Option<String> = None;
        for (at, column) in columns.iter().enumerate() {
            let [left, right] = ["tools", "papers"].map(|side| format!("{side} {at}"));
            let unseen = [("style", "invis"), ("shape", "point"), ("width", "0.01"), ("height", "0.01"), ("label", "")];
            for spine in [&left, &right] {
                stmts.push(Stmt::Node(Node::new(node_id(spine), attributes(&unseen))));
            }
            // Heavy, so that all columns begin at the same height.
            let unseen = [("style", "invis"), ("weight", "200")];
            stmts.extend(before.iter().map(|before| Stmt::Edge(edge(before, &left, &unseen))));
            stmts.push(Stmt::Edge(edge(&left, &right, &unseen)));
            let tools: Vec<usize> = column.iter().flat_map(|part| part.tools.clone()).collect();
            let papers: Vec<usize> = column.iter().flat_map(|part| part.papers.clone()).collect();
            stmts.push(Stmt::Subgraph(self.rank(&left, &tools)));
            stmts.push(Stmt::Subgraph(self.rank(&right, &papers)));
            before = Some(right);
        }
        stmts
    }

    /// Nodes in one rank, in this order.
    fn rank(&self, spine: &str, members: &[usize]) -> Subgraph {
        let mut stmts = vec![Stmt::Attribute(attribute("rank", "same"))];
        let mut last = spine.to_owned();
        for member in members {
            let id = &self.view.nodes[*member].id;
            stmts.push(Stmt::Edge(edge(&last, id, &[("style", "invis")])));
            last.clone_from(id);
        }
        Subgraph { id: Id::Escaped(name(&format!("rank {spine}"))), stmts }
    }

    /// The boxes directly within another one, with all that is in them.
    fn boxes(&self, parent: Option<usize>) -> Vec<Stmt> {
        let inner = self.view.groups.iter().enumerate().filter(|(_, group)| group.parent == parent);
        inner.map(|(at, _)| Stmt::Subgraph(self.a_box(at))).collect()
    }

    fn a_box(&self, at: usize) -> Subgraph {
        let label = wrap(&self.view.groups[at].label, 64);
        let depth = self.depth(at);
        let place = (at + 1).to_string();
        let mut stmts = vec![Stmt::GAttribute(GraphAttributes::Graph(attributes(&[
            ("label", &label),
            ("labeljust", "l"),
            ("labelloc", "t"),
            ("style", "rounded"),
            ("color", self.theme.frame()),
            ("fontcolor", self.theme.text()),
            ("fontsize", if depth == 0 { "16" } else { "13" }),
            ("tooltip", " "),
            ("sortv", &place),
        ])))];
        let members: Vec<&Shown> = self.members[at].iter().map(|member| &self.view.nodes[*member]).collect();
        let n_in_row = (1..9).find(|n| n * n * 2 >= members.len()).unwrap_or(9);
        let nodes = members.iter().map(|node| Stmt::Node(self.node(node)));
        if self.engine == Engine::Osage {
            // Nodes in a frame of their own, else each would take as much room as the largest box beside it.
            let n_inner = self.view.groups.iter().filter(|group| group.parent == Some(at)).count();
            stmts.push(Stmt::Attribute(attribute("packmode", &rows_of(n_inner + usize::from(!members.is_empty())))));
            let rows = format!("array_utl{n_in_row}");
            let frame = [("label", ""), ("peripheries", "0"), ("margin", "0"), ("pack", "8"), ("sortv", "0")];
            let inner = attributes(&[&frame[..], &[("packmode", &rows)]].concat());
            let inner = std::iter::once(Stmt::GAttribute(GraphAttributes::Graph(inner))).chain(nodes).collect();
            let id = Id::Escaped(name(&format!("{} members", self.box_name(at))));
            if !members.is_empty() {
                stmts.push(Stmt::Subgraph(Subgraph { id, stmts: inner }));
            }
        } else {
            stmts.extend(nodes);
        }
        if self.engine == Engine::Dot && self.view.arrangement == Arrangement::Nested {
            // Nodes without edges would all stand in one endless column: unseen edges make rows of them.
            for pair in members.chunks(n_in_row).flat_map(|row| row.windows(2)) {
                stmts.push(Stmt::Edge(edge(&pair[0].id, &pair[1].id, &[("style", "invis")])));
            }
        }
        stmts.extend(self.boxes(Some(at)));
        Subgraph { id: Id::Escaped(name(&self.box_name(at))), stmts }
    }

    fn depth(&self, at: usize) -> usize {
        std::iter::successors(self.view.groups[at].parent, |above| self.view.groups[*above].parent).count()
    }

    /// Graphviz draws a box around a subgraph whose name begins so.
    fn box_name(&self, at: usize) -> String {
        format!("cluster {}", self.view.groups[at].id)
    }
}

/// How `osage` packs so many boxes: in rows, in their own order, each as high up and far left as it goes.
fn rows_of(n_boxes: usize) -> String {
    let n_in_row = (1..9).find(|n| n * n >= n_boxes).unwrap_or(9);
    format!("array_utl{n_in_row}")
}

fn node_id(id: &str) -> NodeId {
    NodeId(Id::Escaped(name(id)), None)
}

fn edge(from: &str, to: &str, pairs: &[(&str, &str)]) -> Edge {
    Edge { ty: EdgeTy::Pair(Vertex::N(node_id(from)), Vertex::N(node_id(to))), attributes: attributes(pairs) }
}

fn attribute(key: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(key.to_owned()), Id::Escaped(quoted(value)))
}

fn attributes(pairs: &[(&str, &str)]) -> Vec<Attribute> {
    pairs.iter().map(|(key, value)| attribute(key, value)).collect()
}
