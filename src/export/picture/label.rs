//! Labels: titles in lines, and what is said of a node where the mouse rests on it.

use unicode_width::UnicodeWidthChar;

use crate::network::{Column, Node};

/// A label has no more lines than this.
const MOST_LINES: usize = 4;

/// Breaks a label into lines of so many columns of a terminal, between words, and between any two Han characters, which
/// take two columns each.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for piece in pieces(text, width) {
        if used > 0 && used + columns(piece.trim_end()) > width {
            lines.push(String::new());
            used = 0;
        }
        let piece = if used == 0 { piece.trim_start() } else { piece };
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
        used += columns(piece);
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// What stands above a column of a time line.
pub(super) fn year_heading(year: Option<i32>) -> String {
    year.map_or_else(|| "no year".to_owned(), |year| year.to_string())
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Words with the blanks before them; the parts of an identifier between slashes; a Han character, or as much of a long run as goes into a line, is a piece of its own.
fn pieces(text: &str, width: usize) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut used = 0;
    let mut last = ' ';
    for (at, character) in text.char_indices() {
        let own = character.width().unwrap_or(0);
        // No line begins with a closing mark.
        let is_closing = "，。、；：！？）》」』】,.;:!?)]}".contains(character);
        let is_break = character.is_whitespace() || last == '/' || (own == 2 || last.width() == Some(2)) && !is_closing;
        if at > start && (is_break || used + own > width) {
            found.push(&text[start..at]);
            start = at;
            used = 0;
        }
        used += own;
        last = character;
    }
    found.push(&text[start..]);
    found
}

/// What is known of a node, in a few lines.
pub(super) fn tooltip(node: &Node) -> String {
    let mut lines = vec![format!("{}: {}", node.kind, shortened(&node.caption(), 300))];
    let facts = [
        (Column::Date, "published"),
        (Column::Doi, "doi"),
        (Column::Arxiv, "arXiv"),
        (Column::CitationCount, "times cited"),
        (Column::Stars, "stars"),
        (Column::Status, "status"),
    ];
    lines.extend(facts.iter().filter_map(|(column, name)| Some(format!("{name}: {}", node.get(*column)?))));
    if node.kind != "paper" {
        lines.extend(node.get(Column::Description).map(|text| shortened(text, 200)));
    }
    lines.join("\n")
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_wrap_between_words_and_han_characters() {
        for (text, width, expected) in [
            (
                "Single-cell RNA-seq denoising using a deep count autoencoder",
                30,
                "Single-cell RNA-seq denoising\nusing a deep count autoencoder",
            ),
            ("面向中文电子病历的命名实体识别任务", 20, "面向中文电子病历的命\n名实体识别任务"),
            ("图神经网络（GNN），综述", 10, "图神经网络\n（GNN），\n综述"),
        ] {
            assert_eq!(wrap(text, width), expected);
        }
        assert_eq!(wrap(&"x".repeat(70), 30).lines().count(), 3);
    }

    #[test]
    fn what_does_not_fit_is_cut() {
        let wrapped = wrap(&"word ".repeat(100), 10);
        assert_eq!(wrapped.lines().count(), MOST_LINES);
        assert!(wrapped.ends_with('…'), "{wrapped}");
    }
}
