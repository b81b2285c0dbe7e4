//! Graphviz, through the types of graphviz-rust. They escape nothing, so every text passes through [`quoted`].

use std::collections::{BTreeMap, BTreeSet};

use graphviz_rust::{
    dot_structures::{Attribute, Edge, EdgeTy, Graph, GraphAttributes, Id, Node, NodeId, Stmt, Subgraph, Vertex},
    printer::{DotPrinter, PrinterContext},
};
use unicode_width::UnicodeWidthChar;

use super::{View, ViewEdge, ViewKind, ViewNode};

/// Labels are wrapped at this width, in columns of a terminal; a Han character takes two.
const WRAP: usize = 30;
/// A label has no more lines than this.
const MOST_LINES: usize = 5;
/// Nodes of a topic stand in rows of this length.
const ROW: usize = 4;

/// The view as a Graphviz graph.
#[must_use]
pub fn dot(view: &View, kind: ViewKind) -> String {
    let mut stmts = settings(kind);
    let ids: BTreeMap<&str, String> =
        view.nodes.keys().enumerate().map(|(at, iri)| (iri.as_str(), format!("n{at}"))).collect();
    let drawer = Drawer { view, ids };
    let roots: Vec<&str> = drawer.topics_below(None);
    for root in roots {
        stmts.push(Stmt::Subgraph(drawer.cluster(root)));
    }
    for (iri, node) in
        view.nodes.iter().filter(|(_, node)| node.topic.as_ref().is_none_or(|topic| !view.topics.contains_key(topic)))
    {
        stmts.push(Stmt::Node(drawer.node(iri, node)));
    }
    let is_clustered = !view.topics.is_empty();
    stmts.extend(view.edges.iter().map(|edge| Stmt::Edge(drawer.edge(edge, is_clustered))));
    if kind == ViewKind::Authors {
        // A network has no clusters, so no corner for a legend either.
        stmts.extend(
            attributes(&[("label", "ellipse: person, box: paper"), ("labelloc", "t")]).into_iter().map(Stmt::Attribute),
        );
    } else if !view.nodes.is_empty() {
        stmts.push(Stmt::Subgraph(legend(view)));
    }
    let graph = Graph::DiGraph { id: Id::Plain("amml".to_owned()), strict: false, stmts };
    graph.print(&mut PrinterContext::default()) + "\n"
}

fn settings(kind: ViewKind) -> Vec<Stmt> {
    let font = ("fontname", "Helvetica, Noto Sans CJK SC, sans-serif");
    let graph: Vec<(&str, &str)> = match kind {
        ViewKind::Tools | ViewKind::Citations => vec![("rankdir", "LR"), ("ranksep", "1.2"), ("nodesep", "0.15")],
        // From left to right the topics stand below one another, and a page is higher than wide.
        ViewKind::Topics | ViewKind::All => vec![("rankdir", "LR"), ("ranksep", "0.2"), ("nodesep", "0.12")],
        // A network without a direction: people and papers pull each other together.
        ViewKind::Authors => vec![("layout", "sfdp"), ("overlap", "prism"), ("K", "0.9"), ("splines", "line")],
    };
    let graph = [vec![font, ("fontsize", "14"), ("bgcolor", "white"), ("pad", "0.3")], graph].concat();
    vec![
        Stmt::GAttribute(GraphAttributes::Graph(attributes(&graph))),
        Stmt::GAttribute(GraphAttributes::Node(attributes(&[
            font,
            ("fontsize", "10"),
            ("style", "filled"),
            ("color", "#555555"),
            ("margin", "0.12,0.06"),
        ]))),
        Stmt::GAttribute(GraphAttributes::Edge(attributes(&[
            font,
            ("fontsize", "9"),
            ("color", "#444444"),
            ("arrowsize", "0.7"),
        ]))),
    ]
}

struct Drawer<'v> {
    view: &'v View,
    ids: BTreeMap<&'v str, String>,
}

impl Drawer<'_> {
    /// The topics directly below another, in the order of the list.
    fn topics_below(&self, parent: Option<&str>) -> Vec<&str> {
        let has_parent = |topic: &&String| match &self.view.topics[*topic].parent {
            Some(above) if self.view.topics.contains_key(above) => parent == Some(above.as_str()),
            _ => parent.is_none(),
        };
        let mut found: Vec<&str> = self.view.topics.keys().filter(has_parent).map(String::as_str).collect();
        found.sort_by_key(|iri| (self.view.topics[*iri].line, *iri));
        found
    }

    fn cluster(&self, topic: &str) -> Subgraph {
        let label = wrap(&self.view.topics[topic].label, 2 * WRAP);
        let mut stmts = vec![Stmt::GAttribute(GraphAttributes::Graph(attributes(&[
            ("label", &label),
            ("labeljust", "l"),
            ("style", "rounded"),
            ("color", "#999999"),
            ("fontsize", "13"),
        ])))];
        let mut members: Vec<(&String, &ViewNode)> =
            self.view.nodes.iter().filter(|(_, node)| node.topic.as_deref() == Some(topic)).collect();
        members.sort_by_key(|(iri, node)| (node.kind, &node.year, &node.label, *iri));
        stmts.extend(members.iter().map(|(iri, node)| Stmt::Node(self.node(iri, node))));
        // Nodes without edges would all stand in one endless column: unseen edges make rows of them.
        for row in members.chunks(ROW) {
            for pair in row.windows(2) {
                let edge = self.pair(pair[0].0, pair[1].0, &[("style", "invis")]);
                stmts.push(Stmt::Edge(edge));
            }
        }
        stmts.extend(self.topics_below(Some(topic)).into_iter().map(|below| Stmt::Subgraph(self.cluster(below))));
        let at = self.view.topics.keys().position(|iri| iri == topic).unwrap_or(0);
        Subgraph { id: Id::Plain(format!("cluster_{at}")), stmts }
    }

    fn node(&self, iri: &str, node: &ViewNode) -> Node {
        let year = node.year.as_ref().map(|year| format!(" ({year})")).unwrap_or_default();
        let label = wrap(&format!("{}{year}", node.label), WRAP);
        let tooltip = format!("{}: {}", node.kind, node.label);
        let (shape, fill) = look(node.kind);
        let mut pairs = vec![("label", label.as_str()), ("shape", shape), ("fillcolor", fill), ("tooltip", &tooltip)];
        if let Some(url) = &node.url {
            pairs.push(("URL", url));
        }
        Node::new(NodeId(Id::Plain(self.ids[iri].clone()), None), attributes(&pairs))
    }

    fn edge(&self, edge: &ViewEdge, is_clustered: bool) -> Edge {
        let (style, color) = edge_look(edge.relation, edge.is_stated);
        let mut pairs = vec![("style", style), ("color", color), ("tooltip", edge.relation)];
        if edge.relation == "author" {
            pairs.push(("arrowhead", "none"));
        }
        if is_clustered {
            pairs.push(("constraint", "false"));
        }
        self.pair(&edge.from, &edge.to, &pairs)
    }

    fn pair(&self, from: &str, to: &str, pairs: &[(&str, &str)]) -> Edge {
        let vertex = |iri: &str| Vertex::N(NodeId(Id::Plain(self.ids[iri].clone()), None));
        Edge { ty: EdgeTy::Pair(vertex(from), vertex(to)), attributes: attributes(pairs) }
    }
}

/// Shape and color of a kind: the palette of Okabe and Ito, lightened, told apart with any color vision.
fn look(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "paper" => ("box", "#cfe8f7"),
        "tool" => ("component", "#fbe3b3"),
        "model" => ("component", "#f6d0c0"),
        "dataset" => ("cylinder", "#bfe6da"),
        "person" => ("ellipse", "#f7f3c0"),
        "course" => ("house", "#ecd3e2"),
        "competition" => ("octagon", "#f6cdb5"),
        "list" => ("folder", "#e6e6e6"),
        "organization" => ("tab", "#dcdcf2"),
        _ => ("note", "#f2f2f2"),
    }
}

fn edge_look(relation: &str, is_stated: bool) -> (&'static str, &'static str) {
    match (relation, is_stated) {
        ("implements", true) => ("solid", "#b35c00"),
        ("implements", false) => ("dashed", "#b35c00"),
        ("cites", _) => ("solid", "#0072b2"),
        ("preprint of", _) => ("dotted", "#009e73"),
        _ => ("solid", "#888888"),
    }
}

/// What shapes, colors and lines mean, for those that occur.
fn legend(view: &View) -> Subgraph {
    let mut stmts = vec![Stmt::GAttribute(GraphAttributes::Graph(attributes(&[
        ("label", "Legend"),
        ("style", "dashed"),
        ("color", "#999999"),
        ("fontsize", "11"),
    ])))];
    let kinds: BTreeSet<&str> = view.nodes.values().map(|node| node.kind).collect();
    for kind in &kinds {
        let (shape, fill) = look(kind);
        let id = NodeId(Id::Plain(format!("legend_{kind}")), None);
        stmts.push(Stmt::Node(Node::new(id, attributes(&[("label", kind), ("shape", shape), ("fillcolor", fill)]))));
    }
    let relations: BTreeSet<(&str, bool)> = view.edges.iter().map(|edge| (edge.relation, edge.is_stated)).collect();
    for (at, (relation, is_stated)) in relations.into_iter().enumerate() {
        let (style, color) = edge_look(relation, is_stated);
        let label = if is_stated { relation.to_owned() } else { format!("{relation} (inferred)") };
        let end = |side: &str| NodeId(Id::Plain(format!("legend_{side}{at}")), None);
        for side in ["a", "b"] {
            stmts.push(Stmt::Node(Node::new(
                end(side),
                attributes(&[("label", ""), ("shape", "point"), ("width", "0.05")]),
            )));
        }
        let ty = EdgeTy::Pair(Vertex::N(end("a")), Vertex::N(end("b")));
        stmts.push(Stmt::Edge(Edge {
            ty,
            attributes: attributes(&[("label", &label), ("style", style), ("color", color)]),
        }));
    }
    Subgraph { id: Id::Plain("cluster_legend".to_owned()), stmts }
}

fn attributes(pairs: &[(&str, &str)]) -> Vec<Attribute> {
    pairs.iter().map(|(name, value)| Attribute(Id::Plain((*name).to_owned()), Id::Escaped(quoted(value)))).collect()
}

/// A text as a quoted string of the DOT language: whatever is in it, it stays one string and shows as it is.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Breaks a label into lines, between words, and between any two Han characters.
fn wrap(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text) {
        let width_of = |text: &str| text.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>();
        if used > 0 && used + width_of(piece) > width {
            lines.push(String::new());
            used = 0;
        }
        let piece = if used == 0 { piece.trim_start() } else { piece };
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
        used += width_of(piece);
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// Words with the blanks before them; a Han character, or a run too long for a line, is a piece of its own.
fn pieces(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let is_wide = character.width() == Some(2);
        if at > start && (character.is_whitespace() || is_wide || at - start >= WRAP + 12) {
            found.push(&text[start..at]);
            start = at;
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_stays_one_string() {
        assert_eq!(quoted("a \"b\" \\ c\nd\0<x>"), "\"a \\\"b\\\" \\\\ c\\nd <x>\"");
    }

    #[test]
    fn labels_wrap_between_words_and_han_characters() {
        assert_eq!(
            wrap("Single-cell RNA-seq denoising using a deep count autoencoder", 30),
            "Single-cell RNA-seq denoising\nusing a deep count autoencoder"
        );
        assert_eq!(wrap("面向中文电子病历的命名实体识别任务", 20), "面向中文电子病历的命\n名实体识别任务");
        assert_eq!(wrap(&"x".repeat(70), 30).lines().count(), 2);
    }
}
