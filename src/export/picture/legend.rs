//! What stands above a picture: what is seen, what is not, and what colors, shapes and lines mean.
//!
//! It is the label of the graph, as a table in Graphviz's HTML-like language: so no engine lays a node over it.

use std::collections::BTreeSet;

use super::{
    Theme, View,
    color::{cell, of_kind},
    label::wrap,
    quote::markup,
};
use crate::network::Relation;

/// How many meanings stand beside one another.
const COLUMNS: usize = 4;

/// A line of the legend: its style, its color, and what it means.
pub(super) struct LineMeaning {
    pub(super) relation: Relation,
    pub(super) is_stated: bool,
    pub(super) words: String,
}

/// What each sort of line that is seen means.
pub(super) fn lines(view: &View) -> Vec<LineMeaning> {
    let seen: BTreeSet<(Relation, bool)> = view.ties.iter().map(|tie| (tie.relation, !tie.is_stated)).collect();
    let meaning = |(relation, is_inferred): (Relation, bool)| {
        let what = match relation {
            Relation::Cites => "from the citing to the cited",
            Relation::Author => "author and work",
            Relation::PreprintOf => "from the preprint to the article",
            Relation::Implements => "from the tool to the paper that it implements",
            other => other.word(),
        };
        let how = if is_inferred { ", inferred" } else { "" };
        LineMeaning { relation, is_stated: !is_inferred, words: format!("{what}{how}") }
    };
    seen.into_iter().map(meaning).collect()
}

/// What each shape that is seen means, where colors do not tell it.
pub(super) fn shapes(view: &View) -> Vec<String> {
    let kinds: BTreeSet<&str> = view.nodes.iter().map(|node| node.kind).collect();
    let are_colors_kinds = view.colors.iter().all(|meaning| meaning.color == of_kind(&meaning.label));
    if kinds.len() < 2 || are_colors_kinds {
        return Vec::new();
    }
    kinds.into_iter().map(|kind| format!("{}: {kind}", shape_words(kind))).collect()
}

/// The shape of a kind, as Graphviz calls it.
pub(super) fn shape(kind: &str) -> &'static str {
    match kind {
        "paper" => "box",
        "tool" | "model" => "component",
        "dataset" => "cylinder",
        "person" => "ellipse",
        "list" => "folder",
        "organization" => "tab",
        _ => "note",
    }
}

fn shape_words(kind: &str) -> &'static str {
    match shape(kind) {
        "box" => "plain box",
        "component" => "box with two lugs",
        "note" => "box with a folded corner",
        "tab" => "box with a tab",
        other => other,
    }
}

/// What else must be known to read it.
pub(super) fn remarks(view: &View, has_columns: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    if view.nodes.iter().any(|node| node.size > 0) {
        remarks.push("The larger the text, the more a work is cited, starred or tied to others".to_owned());
    }
    if view.nodes.iter().any(|node| node.more.is_some()) {
        remarks.push("(+n) behind a tool: n more papers of it are not drawn".to_owned());
    }
    if view.nodes.iter().any(|node| node.status.is_some()) {
        remarks.push("A red frame: retracted, withdrawn, or under concern".to_owned());
    }
    if view.ties.iter().any(|tie| tie.count > 1) {
        remarks.push("A line between two groups stands for all relations that lead from the one to the other; the number says how many".to_owned());
    }
    if has_columns && view.nodes.iter().any(|node| node.year.is_none()) {
        remarks.push("The last column has the works of which no year is known".to_owned());
    }
    if view.groups.iter().any(|group| group.label.ends_with(')') && group.label.contains("(+")) {
        remarks.push("(+n): n more stand under the topic and are not drawn".to_owned());
    }
    remarks
}

/// The legend as an HTML-like label, with the angle brackets around it.
pub(super) fn html(
    view: &View,
    theme: Theme,
    has_columns: bool,
    line: impl Fn(Relation, bool, Theme) -> (&'static str, &'static str),
) -> String {
    let mut rows = vec![row(&format!("<FONT POINT-SIZE=\"18\"><B>{}</B></FONT>", markup(&view.heading)))];
    rows.extend(view.notes.iter().map(|note| row(&lines_of(&wrap(note, 110)))));
    let colors: Vec<String> = view.colors.iter().map(|meaning| swatch(cell(meaning.color), &meaning.label)).collect();
    rows.extend(colors.chunks(COLUMNS).map(|chunk| row(&chunk.join("&#160;&#160;&#160; "))));
    let mut words: Vec<String> = Vec::new();
    for meaning in lines(view) {
        let (style, color) = line(meaning.relation, meaning.is_stated, theme);
        let glyph = match (style, meaning.relation) {
            ("dashed", _) => "- - ->",
            ("dotted", _) => "······>",
            (_, Relation::Author) => "———",
            _ => "——>",
        };
        words.push(format!("<FONT COLOR=\"{color}\"><B>{}</B></FONT> {}", markup(glyph), markup(&meaning.words)));
    }
    words.extend(shapes(view).iter().map(|text| markup(text)));
    if !words.is_empty() {
        rows.push(row(&words.join("&#160;&#160;&#160; ")));
    }
    rows.extend(
        remarks(view, has_columns)
            .iter()
            .map(|text| row(&format!("<FONT COLOR=\"{}\">{}</FONT>", theme.frame(), markup(text)))),
    );
    format!("<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"3\">{}</TABLE>>", rows.concat())
}

/// Lines of text, each of which starts at the left.
fn lines_of(text: &str) -> String {
    text.lines().map(markup).collect::<Vec<_>>().join("<BR ALIGN=\"LEFT\"/>")
}

fn row(content: &str) -> String {
    format!("<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\">{content}</TD></TR>")
}

fn swatch(color: &str, label: &str) -> String {
    let label = wrap(label, 44);
    let more = if label.contains('\n') { "…" } else { "" };
    let first = label.lines().next().unwrap_or_default();
    format!("<FONT COLOR=\"{color}\" POINT-SIZE=\"15\">■&#160;&#160;</FONT>{}{more}", markup(first))
}
