//! How long an answer may be, and how it is put together.
//!
//! An answer is read by a model that pays for each word and forgets what is too long. So it has a budget, and says how to
//! get at the rest. It comes twice: as lines, which every client shows to its model, and as JSON with the same rows.

use rmcp::model::{CallToolResult, ContentBlock};
use serde::Serialize;

use super::{
    clean::{NAME, quote},
    knowledge::Refused,
    shapes::Thing,
};

/// The most rows of an answer.
pub(super) const ROWS: usize = 50;
/// The most bytes of the lines of an answer, without its first and last line.
pub(super) const LINES: usize = 8_000;
/// The most bytes of JSON of an answer.
pub(super) const JSON: usize = 16_000;
/// How many candidates are named where a name is ambiguous.
const CANDIDATES: usize = 10;

/// An answer: lines, and the same as data.
pub(super) struct Reply {
    text: String,
    data: serde_json::Value,
}

impl Reply {
    pub(super) fn new(lines: &[String], data: &impl Serialize) -> Result<Self, Refused> {
        let data = serde_json::to_value(data).map_err(|error| Refused::Failed(error.to_string()))?;
        Ok(Self { text: lines.join("\n"), data })
    }
}

impl From<Reply> for CallToolResult {
    fn from(reply: Reply) -> Self {
        let mut result = Self::success(vec![ContentBlock::text(reply.text)]);
        result.structured_content = Some(reply.data);
        result
    }
}

/// The first rows that fit into an answer, with their lines.
pub(super) fn fit<T: Serialize>(rows: Vec<T>, line: impl Fn(&T) -> String) -> (Vec<T>, Vec<String>) {
    let (mut n_bytes, mut n_json) = (0, 0);
    let mut lines = Vec::new();
    let kept = rows
        .into_iter()
        .take(ROWS)
        .take_while(|row| {
            let line = line(row);
            n_bytes += line.len() + 1;
            n_json += json_len(row);
            // One row is always shown, however long: an answer without any would never get further.
            let fits = lines.is_empty() || (n_bytes <= LINES && n_json <= JSON);
            if fits {
                lines.push(line);
            }
            fits
        })
        .collect();
    (kept, lines)
}

/// The length of a value as JSON.
pub(super) fn json_len(value: &impl Serialize) -> usize {
    serde_json::to_string(value).map_or(usize::MAX / 2, |json| json.len())
}

/// What is told instead of an answer: what is wrong, and what to do next.
pub(super) fn refusal(refused: &Refused) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(refusal_text(refused))])
}

pub(super) fn refusal_text(refused: &Refused) -> String {
    match refused {
        Refused::NotFound(text) => format!(
            "Nothing in the graph is known as {}. Next: call `search` with fewer or other words, then use the IRI of a hit.",
            quote(text, NAME)
        ),
        Refused::Ambiguous(text, candidates) => {
            let mut lines = vec![format!(
                "{} may mean {} things. Next: call again with one of these IRIs.",
                quote(text, NAME),
                candidates.len()
            )];
            lines.extend(candidates.iter().take(CANDIDATES).map(|item| Thing::from(item).line()));
            if candidates.len() > CANDIDATES {
                lines.push(format!("… {} more; use `search` with more words", candidates.len() - CANDIDATES));
            }
            lines.join("\n")
        }
        Refused::Invalid(why) => format!("This cannot be asked: {}", message(why)),
        Refused::Limit(why) => {
            format!(
                "This takes more than it may: {} Next: ask for less, with LIMIT or narrower conditions.",
                message(why)
            )
        }
        Refused::Failed(why) => {
            format!("The graph could not answer: {} Next: try again once, then give up.", message(why))
        }
    }
}

/// A message as a sentence. It may quote what the caller or a list says, and keeps its lines, since those of a syntax
/// error point at a place.
fn message(why: &str) -> String {
    let lines: Vec<String> = why.lines().take(10).map(|line| super::clean::clean(line, 400)).collect();
    let mut text = lines.join("\n");
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_to_its_budget() {
        let (kept, lines) = fit(vec!["x".repeat(100); 1000], Clone::clone);
        assert_eq!((kept.len(), lines.len()), (50, 50));
        let (kept, lines) = fit(vec!["x".repeat(1000); 1000], Clone::clone);
        assert_eq!((kept.len(), lines.len()), (7, 7));
        let (kept, _) = fit(vec!["x".repeat(100_000)], Clone::clone);
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        let text = refusal_text(&Refused::NotFound("a\nb\u{202E}".to_owned()));
        assert_eq!(text.lines().count(), 1);
        assert!(text.contains("\"a b\"") && text.contains("search"));
    }
}
