//! Tools beside their papers, in columns: one below the other they would be a very long page.

use std::collections::{BTreeMap, BTreeSet};

use super::View;

/// Tools and papers that hang together, as places among the nodes of the view.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) tools: BTreeSet<usize>,
    pub(super) papers: BTreeSet<usize>,
}

impl Part {
    /// How many rows it takes.
    pub(super) fn height(&self) -> usize {
        self.tools.len().max(self.papers.len())
    }
}

/// So many rows make a column as high as it is wide.
const ROWS: usize = 9;
const MOST_COLUMNS: usize = 12;

/// What hangs together, by color, then by name, distributed over columns of about the same height.
pub(super) fn columns(view: &View) -> Vec<Vec<Part>> {
    let parts = parts(view);
    let n_rows: usize = parts.iter().map(Part::height).sum();
    let n_columns = (1..MOST_COLUMNS).find(|n| n * n * ROWS >= n_rows).unwrap_or(MOST_COLUMNS);
    let height = n_rows.div_ceil(n_columns).max(1);
    let mut columns: Vec<Vec<Part>> = vec![Vec::new()];
    let mut used = 0;
    for part in parts {
        if used > 0 && used + part.height() > height + 1 {
            columns.push(Vec::new());
            used = 0;
        }
        used += part.height();
        if let Some(column) = columns.last_mut() {
            column.push(part);
        }
    }
    columns
}

fn parts(view: &View) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for tie in &view.ties {
        let part = match (of.get(&tie.from).copied(), of.get(&tie.to).copied()) {
            (Some(a), Some(b)) if a != b => {
                let moved = std::mem::take(&mut parts[b]);
                of.extend(moved.tools.iter().chain(&moved.papers).map(|at| (*at, a)));
                parts[a].tools.extend(moved.tools);
                parts[a].papers.extend(moved.papers);
                a
            }
            (Some(part), _) | (None, Some(part)) => part,
            (None, None) => {
                parts.push(Part::default());
                parts.len() - 1
            }
        };
        parts[part].tools.insert(tie.from);
        parts[part].papers.insert(tie.to);
        of.extend([(tie.from, part), (tie.to, part)]);
    }
    let alone = (0..view.nodes.len()).filter(|at| !of.contains_key(at));
    parts.extend(alone.map(|at| Part { tools: BTreeSet::from([at]), papers: BTreeSet::new() }));
    parts.retain(|part| !part.tools.is_empty());
    parts.sort_by_key(|part| {
        let first = part.tools.first().map(|at| &view.nodes[*at]);
        let place = |color| view.colors.iter().position(|meaning| meaning.color == color);
        (part.papers.is_empty(), first.map(|node| place(node.color)), first.map(|node| node.label.to_lowercase()))
    });
    parts
}
