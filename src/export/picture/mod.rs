//! Pictures: a part of the network that can be looked at, and how it is drawn.
//!
//! A [`View`] is chosen from a network: what it is about (`choose`), no more than can be read (`budget`), without edges that
//! follow from others (`backbone`), with sizes, colors and labels. [`dot`] writes it for Graphviz, [`render`] hands that to
//! Graphviz's program, and [`plain_svg`] draws it without. The same network gives the same bytes, and a line changes only when
//! something about its node does: nodes are named by their IRIs, not by numbers.

mod backbone;
mod budget;
mod choose;
mod color;
mod communities;
mod dot;
mod drawing;
mod engine;
mod label;
mod layout;
mod legend;
mod pairs;
mod part;
mod quote;
mod render;
mod svg;
mod topics;
mod view;

pub use choose::ViewKind;
pub use color::{Coloring, Theme};
pub use dot::dot;
pub use engine::Engine;
pub use render::{PictureFormat, RenderError, render};
pub use svg::plain_svg;
pub use view::{Arrangement, Group, Meaning, Shown, Tie, View, ViewOptions};

#[cfg(test)]
mod tests;
