//! Text as services send it, made plain: entities, tags of JATS and HTML, MathML, LaTeX, broken encodings.
//!
//! The parts come in the order in which the wrappings were laid around the text: tags and entities, on the outside, were
//! often written by a second program around what a first one had broken. Each step is done once from left to right, so
//! that megabytes are no danger.

mod encoding;
mod latex;
mod tags;

use unicode_normalization::UnicodeNormalization as _;

/// What stands between paragraphs until they are taken apart.
const PARAGRAPH: char = '\u{2029}';

/// How often text is unwrapped: entities are often encoded twice, seldom three times.
const MOST_ROUNDS: usize = 3;

/// A title, a name or a sentence without markup, in one line. What is no text gives an empty one.
pub(super) fn plain(markup: &str) -> String {
    let text = squeeze(&unwrapped(markup));
    // Line breaks around a tag leave blanks within brackets.
    if text.contains("( ") || text.contains(" )") { text.replace("( ", "(").replace(" )", ")") } else { text }
}

/// An abstract without markup, without the heading that only says that it is one, a blank line between its paragraphs.
pub(super) fn paragraphs(markup: &str) -> String {
    let text = unwrapped(markup);
    let is_marked = text.contains(PARAGRAPH);
    let mut paragraphs: Vec<String> = if is_marked {
        text.split(PARAGRAPH).map(squeeze).collect()
    } else {
        let lines: Vec<&str> = text.lines().collect();
        lines.split(|line| line.trim().is_empty()).map(|lines| squeeze(&lines.join(" "))).collect()
    };
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    if let Some(first) = paragraphs.first_mut() {
        *first = without_heading(first).to_owned();
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// The text without markup; its white space is as it was, and [`PARAGRAPH`] stands where a paragraph ends.
fn unwrapped(markup: &str) -> String {
    let mut text = markup.to_owned();
    for _ in 0..MOST_ROUNDS {
        let decoded = html_escape::decode_html_entities(&text);
        let next = tags::strip(&decoded);
        if next == text {
            break;
        }
        text = next;
    }
    let text = encoding::mend(text);
    encoding::visible(&latex::plain(&text)).nfc().collect()
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A first paragraph without the word `Abstract` before it. `Abstract interpretation` is no heading.
fn without_heading(first: &str) -> &str {
    const ALONE: [&str; 6] = ["abstract", "summary", "résumé", "resumen", "zusammenfassung", "摘要"];
    let bare = first.trim_end_matches([':', '.', '：']).to_lowercase();
    if ALONE.contains(&bare.as_str()) {
        return "";
    }
    let Some(rest) = first.strip_prefix("Abstract").or_else(|| first.strip_prefix("ABSTRACT")) else { return first };
    let is_shouted = first.starts_with("ABSTRACT ");
    let is_glued = rest.starts_with(char::is_uppercase) && first.starts_with("Abstract");
    let unmarked = rest.trim_start().trim_start_matches([':', '.', '—', '–']);
    let is_marked = unmarked.len() < rest.trim_start().len() && unmarked.starts_with(char::is_whitespace);
    if is_shouted || is_glued || is_marked { unmarked.trim_start() } else { first }
}

#[cfg(test)]
mod tests;
