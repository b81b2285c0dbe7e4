use super::{Arrangement, View};

/// A program of Graphviz that places nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// In ranks.
    Dot,
    /// By springs, for small networks.
    Neato,
    /// By forces, with clusters.
    Fdp,
    /// By forces, for large networks.
    Sfdp,
    /// In rings around a center.
    Twopi,
    /// In circles.
    Circo,
    /// Boxes in boxes.
    Osage,
}

/// Above so many nodes the ranks of `dot` take minutes.
const MOST_IN_RANKS: usize = 600;

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 7] = [Self::Dot, Self::Neato, Self::Fdp, Self::Sfdp, Self::Twopi, Self::Circo, Self::Osage];

    /// The one that suits a view.
    #[must_use]
    pub fn of(view: &View) -> Self {
        match view.arrangement {
            Arrangement::TimeLine | Arrangement::Pairs if view.nodes.len() <= MOST_IN_RANKS => Self::Dot,
            Arrangement::Grouped if view.nodes.len() <= MOST_IN_RANKS => Self::Fdp,
            Arrangement::Nested if view.ties.is_empty() => Self::Osage,
            Arrangement::Nested if view.nodes.len() <= MOST_IN_RANKS => Self::Dot,
            Arrangement::Nested => Self::Osage,
            _ => Self::Sfdp,
        }
    }

    /// The name of the program.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Neato => "neato",
            Self::Fdp => "fdp",
            Self::Sfdp => "sfdp",
            Self::Twopi => "twopi",
            Self::Circo => "circo",
            Self::Osage => "osage",
        }
    }
}
