//! Where things stand in a picture that is drawn without Graphviz: plain, without overlaps, the same each time.

use std::collections::BTreeMap;

use super::{Arrangement, View, label, pairs};

/// A rectangle: the corner above on the left, width and height, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn center(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// A picture with everything in its place.
pub(super) struct Layout {
    /// The lines of each label, with the size of their text.
    pub(super) labels: Vec<(Vec<String>, f64)>,
    pub(super) nodes: Vec<Rect>,
    pub(super) groups: Vec<Rect>,
    /// What stands above the columns: a year, or that there is none.
    pub(super) years: Vec<(f64, Option<i32>)>,
}

/// Between boxes.
const GAP: f64 = 14.0;
/// Between columns, where lines pass.
const AISLE: f64 = 70.0;
/// Above the members of a group, for its label.
const HEAD: f64 = 24.0;
const SIZES: [f64; 5] = [9.0, 10.0, 12.0, 14.0, 17.0];
/// Above so many nodes forces take too long, and rows must do.
const MOST_BY_FORCES: usize = 1500;

impl Layout {
    pub(super) fn of(view: &View) -> Self {
        let labels: Vec<(Vec<String>, f64)> = view.nodes.iter().map(|node| lines(view, node)).collect();
        let nodes = labels.iter().map(|(lines, size)| extent(lines, *size)).collect();
        let mut layout = Self { labels, nodes, groups: vec![Rect::default(); view.groups.len()], years: Vec::new() };
        match view.arrangement {
            Arrangement::TimeLine => layout.time_line(view),
            Arrangement::Pairs => layout.pairs(view),
            Arrangement::Nested | Arrangement::Grouped => layout.nested(view),
            Arrangement::Net if view.nodes.len() > MOST_BY_FORCES => layout.nested(view),
            Arrangement::Net => layout.net(view),
        }
        layout
    }

    /// One below the other from a place on; gives the width.
    fn stack(&mut self, members: &[usize], x: f64, top: f64) -> f64 {
        let mut y = top;
        let mut width: f64 = 0.0;
        for at in members {
            let node = &mut self.nodes[*at];
            (node.x, node.y) = (x, y);
            y += node.height + GAP;
            width = width.max(node.width);
        }
        width
    }

    fn time_line(&mut self, view: &View) {
        let mut columns: BTreeMap<(bool, Option<i32>), Vec<usize>> = BTreeMap::new();
        for (at, node) in view.nodes.iter().enumerate() {
            columns.entry((node.year.is_none(), node.year)).or_default().push(at);
        }
        let mut x = 0.0;
        for ((_, year), members) in columns {
            let width = self.stack(&members, x, HEAD);
            self.years.push((x, year));
            x += width + AISLE;
        }
    }

    fn pairs(&mut self, view: &View) {
        let mut x = 0.0;
        for column in pairs::columns(view) {
            let tools: Vec<usize> = column.iter().flat_map(|part| part.tools.iter().copied()).collect();
            let left = tools.iter().map(|at| self.nodes[*at].width).fold(0.0, f64::max);
            let mut y = 0.0;
            let mut right: f64 = 0.0;
            for part in &column {
                let tools: Vec<usize> = part.tools.iter().copied().collect();
                let papers: Vec<usize> = part.papers.iter().copied().collect();
                self.stack(&tools, x, y);
                right = right.max(self.stack(&papers, x + left + AISLE, y));
                let height = |members: &[usize]| members.iter().map(|at| self.nodes[*at].height + GAP).sum::<f64>();
                y += height(&tools).max(height(&papers));
            }
            x += left + right + 2.0 * AISLE;
        }
    }

    /// Boxes in boxes: each is as large as what is in it, so first the sizes from the inside out, then the places.
    fn nested(&mut self, view: &View) {
        let members = view.members();
        let mut inner = vec![Vec::new(); view.groups.len()];
        let mut roots = Vec::new();
        for (at, group) in view.groups.iter().enumerate() {
            group.parent.map_or(&mut roots, |parent| &mut inner[parent]).push(at);
        }
        // A box stands after the one that it is in.
        for at in (0..view.groups.len()).rev() {
            let (_, size) = self.content(&members[at], &inner[at]);
            let label = extent(&[view.groups[at].label.clone()], 12.0).width;
            let width = size.0.max(label) + 2.0 * GAP;
            self.groups[at] = Rect { x: 0.0, y: 0.0, width, height: size.1 + HEAD + GAP };
        }
        let loose: Vec<usize> = (0..view.nodes.len()).filter(|at| view.nodes[*at].group.is_none()).collect();
        self.fill(&loose, &roots, 0.0, 0.0);
        for at in 0..view.groups.len() {
            let Rect { x, y, .. } = self.groups[at];
            self.fill(&members[at], &inner[at], x + GAP, y + HEAD);
        }
    }

    /// Nodes in rows, and below them boxes: where each stands, and the size of the whole.
    fn content(&self, members: &[usize], groups: &[usize]) -> (Vec<(f64, f64)>, (f64, f64)) {
        let sizes = |rects: &[Rect], at: &[usize]| -> Vec<(f64, f64)> {
            at.iter().map(|at| (rects[*at].width, rects[*at].height)).collect()
        };
        let (mut places, above) = shelves(&sizes(&self.nodes, members));
        let top = if members.is_empty() { 0.0 } else { above.1 + GAP };
        let (below, size) = shelves(&sizes(&self.groups, groups));
        places.extend(below.into_iter().map(|(x, y)| (x, y + top)));
        (places, (above.0.max(size.0), top + size.1))
    }

    /// Puts nodes and boxes where they stand in a box whose content begins here.
    fn fill(&mut self, members: &[usize], groups: &[usize], x: f64, y: f64) {
        let (places, _) = self.content(members, groups);
        let (of_nodes, of_groups) = places.split_at(members.len());
        for (at, (left, top)) in members.iter().zip(of_nodes) {
            (self.nodes[*at].x, self.nodes[*at].y) = (x + left, y + top);
        }
        for (at, (left, top)) in groups.iter().zip(of_groups) {
            (self.groups[*at].x, self.groups[*at].y) = (x + left, y + top);
        }
    }

    /// By forces (Fruchterman and Reingold, 1991): what is tied is pulled together, everything else pushed apart.
    fn net(&mut self, view: &View) {
        let n_nodes = view.nodes.len();
        // A spiral: no two in one place, and no chance in it.
        let spiral = |at: usize| {
            let at = precise(at);
            (60.0 * (at + 1.0).sqrt() * (2.4 * at).cos(), 60.0 * (at + 1.0).sqrt() * (2.4 * at).sin())
        };
        let mut places: Vec<(f64, f64)> = (0..n_nodes).map(spiral).collect();
        let ideal = 100.0;
        let n_rounds = if n_nodes > 400 { 60 } else { 300 };
        for round in 0..n_rounds {
            let moves = forces(&places, view, ideal);
            let most = 120.0 * (1.0 - precise(round) / precise(n_rounds));
            for (place, (dx, dy)) in places.iter_mut().zip(moves) {
                let length = dx.hypot(dy).max(1e-9);
                place.0 += dx / length * length.min(most);
                place.1 += dy / length * length.min(most);
            }
        }
        for (node, (x, y)) in self.nodes.iter_mut().zip(places) {
            (node.x, node.y) = (x * 1.4 - node.width / 2.0, y - node.height / 2.0);
        }
        self.spread();
    }

    /// Pushes apart what overlaps; what is left then is scaled.
    fn spread(&mut self) {
        for _ in 0..200 {
            let mut is_free = true;
            for a in 0..self.nodes.len() {
                for b in a + 1..self.nodes.len() {
                    is_free &= !self.push(a, b);
                }
            }
            if is_free {
                return;
            }
        }
        while (0..self.nodes.len()).any(|a| (a + 1..self.nodes.len()).any(|b| self.nodes[a].overlaps(&self.nodes[b]))) {
            self.nodes.iter_mut().for_each(|node| (node.x, node.y) = (node.x * 1.15, node.y * 1.15));
        }
    }

    /// Moves two nodes apart along the shorter way, if they overlap or nearly do.
    fn push(&mut self, a: usize, b: usize) -> bool {
        let (one, other) = (self.nodes[a], self.nodes[b]);
        let ((ax, ay), (bx, by)) = (one.center(), other.center());
        let dx = f64::midpoint(one.width, other.width) + GAP - (ax - bx).abs();
        let dy = f64::midpoint(one.height, other.height) + GAP - (ay - by).abs();
        if dx <= 0.0 || dy <= 0.0 {
            return false;
        }
        if dx < dy {
            let step = dx / 2.0 * if ax < bx { -1.0 } else { 1.0 };
            self.nodes[a].x += step;
            self.nodes[b].x -= step;
        } else {
            let step = dy / 2.0 * if ay < by { -1.0 } else { 1.0 };
            self.nodes[a].y += step;
            self.nodes[b].y -= step;
        }
        true
    }

    /// The size of the whole, after it was moved so that nothing is left of or above zero.
    pub(super) fn settle(&mut self) -> (f64, f64) {
        let all = || self.nodes.iter().chain(&self.groups);
        let left = all().map(|rect| rect.x).fold(0.0, f64::min);
        let top = all().map(|rect| rect.y).fold(0.0, f64::min);
        self.nodes.iter_mut().chain(&mut self.groups).for_each(|rect| {
            rect.x -= left;
            rect.y -= top;
        });
        let right = |rect: &Rect| rect.x + rect.width;
        let bottom = |rect: &Rect| rect.y + rect.height;
        let all = || self.nodes.iter().chain(&self.groups);
        (all().map(right).fold(0.0, f64::max), all().map(bottom).fold(0.0, f64::max))
    }
}

/// How each node is pushed and pulled.
fn forces(places: &[(f64, f64)], view: &View, ideal: f64) -> Vec<(f64, f64)> {
    let mut moves = vec![(0.0, 0.0); places.len()];
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            let push = ideal * ideal / (dx * dx + dy * dy).max(1.0);
            moves[a] = (moves[a].0 + dx * push, moves[a].1 + dy * push);
            moves[b] = (moves[b].0 - dx * push, moves[b].1 - dy * push);
        }
        // What is tied to nothing would else be pushed away without end.
        moves[a] = (moves[a].0 - places[a].0 * 2.0, moves[a].1 - places[a].1 * 2.5);
    }
    for tie in &view.ties {
        let (dx, dy) = (places[tie.from].0 - places[tie.to].0, places[tie.from].1 - places[tie.to].1);
        let pull = dx.hypot(dy) / ideal;
        moves[tie.from] = (moves[tie.from].0 - dx * pull, moves[tie.from].1 - dy * pull);
        moves[tie.to] = (moves[tie.to].0 + dx * pull, moves[tie.to].1 + dy * pull);
    }
    moves
}

fn lines(view: &View, node: &super::Shown) -> (Vec<String>, f64) {
    let label = label::wrap(&node.text(view.arrangement != Arrangement::TimeLine), 30);
    (label.lines().map(str::to_owned).collect(), SIZES[node.size.min(SIZES.len() - 1)])
}

/// The size of a box with these lines, with more room than most fonts need.
fn extent(lines: &[String], size: f64) -> Rect {
    let columns = lines.iter().map(|line| label::columns(line)).max().unwrap_or(0);
    let width = precise(columns) * size * 0.56 + 14.0;
    Rect { x: 0.0, y: 0.0, width, height: precise(lines.len().max(1)) * size * 1.25 + 8.0 }
}

/// Rectangles in rows, the whole about half as high as wide: where each stands, and the size of the whole.
fn shelves(sizes: &[(f64, f64)]) -> (Vec<(f64, f64)>, (f64, f64)) {
    let area: f64 = sizes.iter().map(|(width, height)| (width + GAP) * (height + GAP)).sum();
    let widest = sizes.iter().map(|(width, _)| *width).fold(0.0, f64::max);
    let most = widest.max((area * 1.8).sqrt());
    let (mut x, mut y, mut row, mut width): (f64, f64, f64, f64) = (0.0, 0.0, 0.0, 0.0);
    let mut places = Vec::with_capacity(sizes.len());
    for (own, height) in sizes {
        if x > 0.0 && x + own > most {
            (x, y, row) = (0.0, y + row + GAP, 0.0);
        }
        places.push((x, y));
        x += own + GAP;
        row = row.max(*height);
        width = width.max(x - GAP);
    }
    (places, (width, y + row))
}

/// A small count as a length.
fn precise(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
