//! Colors: cells from Paul Tol's scheme "light" ([technical note, 2021](https://personal.sron.nl/~pault/data/colourschemes.pdf)),
//! made for black text on them and told apart with any color vision; lines from his scheme "vibrant".

use std::collections::BTreeMap;

/// What colors mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coloring {
    /// The topic.
    Topic,
    /// The community: what hangs together more than with others.
    Community,
    /// The kind of thing.
    Kind,
}

/// Light or dark ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Dark text on white.
    #[default]
    Light,
    /// Light text on black.
    Dark,
}

/// The colors of groups; what has no group, or one too many, is grey.
pub(super) const CELLS: [&str; 8] =
    ["#77aadd", "#ee8866", "#eedd88", "#44bb99", "#ffaabb", "#99ddff", "#bbcc33", "#aaaa00"];
pub(super) const GREY: &str = "#dddddd";

impl Theme {
    pub(super) fn ground(self) -> &'static str {
        match self {
            Self::Light => "#ffffff",
            Self::Dark => "#16191d",
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Light => "#111111",
            Self::Dark => "#eeeeee",
        }
    }

    /// Of lines that only hold the picture together: frames, the axis.
    pub(super) fn frame(self) -> &'static str {
        match self {
            Self::Light => "#999999",
            Self::Dark => "#777777",
        }
    }

    /// Of the edge of a cell.
    pub(super) fn outline(self) -> &'static str {
        match self {
            Self::Light => "#555555",
            Self::Dark => "#cccccc",
        }
    }
}

/// The color of a cell.
pub(super) fn cell(color: Option<usize>) -> &'static str {
    color.and_then(|at| CELLS.get(at)).copied().unwrap_or(GREY)
}

/// The color for each of several groups with its size, the largest groups first served: as far as they are free, each gets
/// the one that its name stands for, so that one group more does not color all others anew.
pub(super) fn assign(sizes: &BTreeMap<String, usize>) -> BTreeMap<String, usize> {
    let mut groups: Vec<(&String, &usize)> = sizes.iter().collect();
    groups.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let mut taken = [false; CELLS.len()];
    let mut colors = BTreeMap::new();
    for (name, _) in groups.into_iter().take(CELLS.len()) {
        // FNV-1a, the same in every version.
        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let wanted = usize::try_from(hash).unwrap_or(0) % CELLS.len();
        let free = (0..CELLS.len()).map(|step| (wanted + step) % CELLS.len()).find(|at| !taken[*at]);
        if let Some(at) = free {
            taken[at] = true;
            colors.insert(name.clone(), at);
        }
    }
    colors
}

/// The color of a kind.
pub(super) fn of_kind(kind: &str) -> Option<usize> {
    match kind {
        "paper" => Some(0),
        "tool" => Some(1),
        "person" => Some(2),
        "dataset" => Some(3),
        "course" => Some(4),
        "model" => Some(5),
        "competition" => Some(6),
        "organization" => Some(7),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_group_more_leaves_the_colors_of_others() {
        let sizes =
            |names: &[&str]| names.iter().zip([9, 7, 5, 3, 1]).map(|(name, n)| ((*name).to_owned(), n)).collect();
        let before = assign(&sizes(&["a", "b", "c"]));
        let after = assign(&sizes(&["a", "b", "c", "d"]));
        assert!(before.iter().all(|(name, color)| after[name] == *color));
        let distinct: std::collections::BTreeSet<&usize> = after.values().collect();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn what_is_too_many_has_no_color() {
        let sizes = (0..9).map(|n| (format!("group {n}"), 9 - n)).collect();
        let colors = assign(&sizes);
        assert_eq!(colors.len(), CELLS.len());
        assert!(!colors.contains_key("group 8"));
    }
}
