//! A picture without Graphviz: plain, but with everything that the other has in it.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Arrangement, Theme, View,
    color::cell,
    dot::line,
    label::{wrap, year_heading},
    layout::{Layout, Rect},
    legend,
    quote::{address, markup},
};
use crate::network::Relation;

const MARGIN: f64 = 24.0;
const FONT: &str = "Helvetica, Arial, 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif";
/// How high a line of the legend is.
const ROW: f64 = 20.0;

/// Draws a view as SVG without the help of another program.
#[must_use]
pub fn plain_svg(view: &View, theme: Theme) -> String {
    let mut layout = Layout::of(view);
    let (width, height) = layout.settle();
    let mut page = Page { text: String::new(), theme, top: MARGIN, width: 0.0 };
    page.head(view);
    let top = page.top + MARGIN;
    let page_width = width.max(page.width) + 2.0 * MARGIN;
    let page_height = top + height + MARGIN;
    page.put(format_args!("<g transform=\"translate({MARGIN},{top:.1})\">"));
    page.body(view, &layout);
    page.put(format_args!("</g>"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{page_width:.0}\" height=\"{page_height:.0}\" \
         viewBox=\"0 0 {page_width:.0} {page_height:.0}\" font-family=\"{FONT}\" fill=\"{}\">\n\
         <title>{}</title>\n{}<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{}</svg>\n",
        theme.text(),
        markup(&view.heading),
        arrowheads(view, theme),
        theme.ground(),
        page.text,
    )
}

/// An arrowhead for each color of lines.
fn arrowheads(view: &View, theme: Theme) -> String {
    let colors: BTreeSet<&str> = view.ties.iter().map(|tie| line(tie.relation, tie.is_stated, theme).1).collect();
    let mut text = String::from("<defs>");
    for color in colors {
        let id = &color[1..];
        let _ = write!(
            text,
            "<marker id=\"arrow-{id}\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" \
             orient=\"auto\"><path d=\"M0,0L8,4L0,8z\" fill=\"{color}\"/></marker>"
        );
    }
    text + "</defs>\n"
}

/// The page as it is written.
struct Page {
    text: String,
    theme: Theme,
    /// How far down it is written.
    top: f64,
    /// How wide the legend is.
    width: f64,
}

impl Page {
    fn put(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// A line of the legend.
    fn line(&mut self, text: &str, size: f64, color: &str) {
        self.line_at(MARGIN, text, size, color);
    }

    fn line_at(&mut self, x: f64, text: &str, size: f64, color: &str) {
        self.top += ROW;
        let y = self.top;
        let text_of = markup(text);
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{color}\">{text_of}</text>"));
        let columns = u32::try_from(super::label::columns(text)).unwrap_or(u32::MAX);
        self.width = self.width.max(f64::from(columns) * size * 0.58);
    }

    fn head(&mut self, view: &View) {
        let (text, faint) = (self.theme.text(), self.theme.frame());
        self.line(&view.heading, 17.0, text);
        for note in &view.notes {
            wrap(note, 110).lines().for_each(|note| self.line(note, 12.0, text));
        }
        for meaning in &view.colors {
            let y = self.top + 9.0;
            self.put(format_args!(
                "<rect x=\"{MARGIN}\" y=\"{y}\" width=\"18\" height=\"13\" fill=\"{}\" stroke=\"{}\" stroke-width=\"0.5\"/>",
                cell(meaning.color),
                self.theme.outline()
            ));
            self.line_at(MARGIN + 26.0, &meaning.label, 12.0, text);
        }
        for meaning in legend::lines(view) {
            let color = line(meaning.relation, meaning.is_stated, self.theme).1;
            self.line(&format!("→ {}", meaning.words), 12.0, color);
        }
        for remark in legend::remarks(view, view.arrangement == Arrangement::TimeLine) {
            self.line(&remark, 12.0, faint);
        }
    }

    fn body(&mut self, view: &View, layout: &Layout) {
        for (group, rect) in view.groups.iter().zip(&layout.groups) {
            self.group(&group.label, rect);
        }
        for (x, year) in &layout.years {
            let heading = year_heading(*year);
            self.put(format_args!("<text x=\"{x:.1}\" y=\"12\" font-size=\"16\">{heading}</text>"));
        }
        for tie in &view.ties {
            let ((x1, y1), (x2, y2)) = ends(&layout.nodes[tie.from], &layout.nodes[tie.to]);
            let (style, color) = line(tie.relation, tie.is_stated, self.theme);
            let dashes = match style {
                "dashed" => " stroke-dasharray=\"5 3\"",
                "dotted" => " stroke-dasharray=\"1 3\"",
                _ => "",
            };
            let head = if tie.relation == Relation::Author {
                String::new()
            } else {
                format!(" marker-end=\"url(#arrow-{})\"", &color[1..])
            };
            let width = 1.0 + f64::from(u32::try_from(tie.count).unwrap_or(u32::MAX)).log2();
            self.put(format_args!(
                "<path d=\"M{x1:.1},{y1:.1}L{x2:.1},{y2:.1}\" stroke=\"{color}\" stroke-width=\"{width:.1}\" \
                 fill=\"none\"{dashes}{head}><title>{}</title></path>",
                markup(&tie.tooltip)
            ));
        }
        for (at, node) in view.nodes.iter().enumerate() {
            self.node(node, &layout.nodes[at], &layout.labels[at]);
        }
    }

    fn group(&mut self, label: &str, rect: &Rect) {
        let Rect { x, y, width, height } = rect;
        let frame = self.theme.frame();
        self.put(format_args!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"8\" fill=\"none\" stroke=\"{frame}\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" font-size=\"12\">{}</text>",
            x + 8.0,
            y + 16.0,
            markup(label)
        ));
    }

    fn node(&mut self, node: &super::Shown, rect: &Rect, (lines, size): &(Vec<String>, f64)) {
        let Rect { x, y, width, height } = rect;
        let round = match legend::shape(node.kind) {
            "ellipse" => height / 2.0,
            "box" => 0.0,
            _ => 5.0,
        };
        let (stroke, thick) = if node.status.is_some() { ("#cc3311", 2.5) } else { (self.theme.outline(), 0.8) };
        let url = node.url.as_deref().and_then(address);
        if let Some(url) = url {
            self.put(format_args!("<a href=\"{}\" target=\"_blank\">", markup(url)));
        }
        self.put(format_args!(
            "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round:.1}\" \
             fill=\"{}\" stroke=\"{stroke}\" stroke-width=\"{thick}\"/>",
            markup(&node.tooltip),
            cell(node.color)
        ));
        let mut baseline = y + 4.0 + size;
        for line in lines {
            self.put(format_args!(
                "<text x=\"{:.1}\" y=\"{baseline:.1}\" font-size=\"{size}\" text-anchor=\"middle\" fill=\"#111111\">{}</text>",
                x + width / 2.0,
                markup(line)
            ));
            baseline += size * 1.25;
        }
        self.put(format_args!("</g>{}", if url.is_some() { "</a>" } else { "" }));
    }
}

/// Where a line between the centers of two boxes leaves the one and meets the other.
fn ends(from: &Rect, to: &Rect) -> ((f64, f64), (f64, f64)) {
    let (start, end) = (from.center(), to.center());
    let meet = |rect: &Rect, (x, y): (f64, f64), (towards_x, towards_y): (f64, f64)| {
        let (dx, dy) = (towards_x - x, towards_y - y);
        let share = (rect.width / 2.0 / dx.abs().max(1e-9)).min(rect.height / 2.0 / dy.abs().max(1e-9)).min(1.0);
        (x + dx * share, y + dy * share)
    };
    (meet(from, start, end), meet(to, end, start))
}
