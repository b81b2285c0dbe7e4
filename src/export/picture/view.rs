use super::{Coloring, ViewKind};
use crate::network::Relation;

/// A part of the network, ready to be drawn. Everything in it is in a stable order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What it is about.
    pub kind: ViewKind,
    /// How it is laid out.
    pub arrangement: Arrangement,
    /// What is seen.
    pub heading: String,
    /// What is not seen, and why.
    pub notes: Vec<String>,
    /// The nodes, by IRI.
    pub nodes: Vec<Shown>,
    /// The edges; [`Tie::from`] and [`Tie::to`] are places among the nodes.
    pub ties: Vec<Tie>,
    /// The boxes around nodes, each after the one that it is in; [`Shown::group`] is a place among them.
    pub groups: Vec<Group>,
    /// What colors mean.
    pub colors: Vec<Meaning>,
}

/// How a view is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// In columns by year, the oldest first.
    TimeLine,
    /// Tools beside their papers.
    Pairs,
    /// Boxes in boxes.
    Nested,
    /// Boxes of communities with one line between any two of them.
    Grouped,
    /// A network without a direction.
    Net,
}

/// A node as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its IRI.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// What is known of it.
    pub tooltip: String,
    /// Where it can be found.
    pub url: Option<String>,
    /// From 0, what matters least, to 4.
    pub size: usize,
    /// A place in the palette.
    pub color: Option<usize>,
    /// The box that it is in.
    pub group: Option<usize>,
    /// The year in which it was published.
    pub year: Option<i32>,
    /// What became of it, where that must be seen: `retracted`.
    pub status: Option<String>,
    /// How many of its papers are not drawn.
    pub more: Option<usize>,
}

/// An edge as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// From.
    pub from: usize,
    /// To.
    pub to: usize,
    /// What it says.
    pub relation: Relation,
    /// Whether a source states it, and it was not inferred from names and titles alone.
    pub is_stated: bool,
    /// How many edges it stands for.
    pub count: usize,
    /// What it says and rests on.
    pub tooltip: String,
}

/// A box around nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What names it: the IRI of the topic, or the member that matters most.
    pub id: String,
    /// What stands in it.
    pub label: String,
    /// The box that it is in.
    pub parent: Option<usize>,
}

/// What a color means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// A place in the palette.
    pub color: Option<usize>,
    /// What it stands for.
    pub label: String,
}

/// How a view is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewOptions {
    /// What it is about.
    pub kind: ViewKind,
    /// How many nodes there are at most; by default as many as can be read.
    pub max_nodes: Option<usize>,
    /// What colors mean; by default topics, or communities where there are none.
    pub coloring: Option<Coloring>,
    /// Whether communities are drawn as boxes, with one line between any two.
    pub is_grouped: bool,
}

impl ViewOptions {
    /// The view as it is by default.
    #[must_use]
    pub fn new(kind: ViewKind) -> Self {
        Self { kind, max_nodes: None, coloring: None, is_grouped: false }
    }
}

impl ViewKind {
    /// How many nodes can be read.
    pub(super) fn readable(self) -> usize {
        match self {
            Self::Citations => 60,
            Self::Tools | Self::Authors => 90,
            Self::Topics | Self::All => 150,
        }
    }
}

impl View {
    /// For each box the nodes directly in it: by kind, the foremost first.
    pub(super) fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.groups.len()];
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(group) = node.group {
                members[group].push(at);
            }
        }
        for inside in &mut members {
            inside.sort_by_key(|at: &usize| {
                let node = &self.nodes[*at];
                (node.kind, std::cmp::Reverse(node.size), node.year, &node.label, &node.id)
            });
        }
        members
    }
}

impl Shown {
    /// The text in the box: the name, with what became of it, and the year where no column says it.
    pub(super) fn text(&self, shows_year: bool) -> String {
        let status = self.status.as_ref().map(|status| format!("{}: ", status.to_uppercase())).unwrap_or_default();
        let year = self.year.filter(|_| shows_year).map(|year| format!(" ({year})")).unwrap_or_default();
        let more = self.more.map(|more| format!(" (+{more})")).unwrap_or_default();
        format!("{status}{}{year}{more}", self.label)
    }
}
