use std::io::Write as _;

use super::{Place, output};
use crate::query::{self, Doubt, DoubtKind};

/// Print what is least certain, in the form of a decisions file
///
/// Merges, kinds and links that rules inferred and no person decided. First comes what is worth the most to look at: what is
/// missing to certainty times the consequence, which is the number of entries and links that hang on it. Paste what is right
/// into the file of decisions; where it is wrong, change [[same]] to [[different]], [[implements]] to [[not-implements]], or
/// the kind. Then: amml-graph build --decisions FILE
///
/// Example: amml-graph review --limit 5
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How many to print
    #[arg(short, long, default_value_t = 20)]
    limit: usize,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    place.read(|graph| {
        let doubts = query::doubts(graph, args.limit)?;
        let mut out = output::stdout();
        for (at, doubt) in doubts.iter().enumerate() {
            let blank = if at == 0 { "" } else { "\n" };
            write!(out, "{blank}{}", shown(doubt))?;
        }
        out.flush()?;
        if doubts.is_empty() {
            tell!("nothing in the store is in doubt");
        }
        Ok(())
    })
}

/// So many lines are enough to judge by.
const MOST_LINES: usize = 4;

/// A decision in TOML, with what speaks for it as comments.
fn shown(doubt: &Doubt) -> String {
    let said = match doubt.question {
        DoubtKind::Same if doubt.names[0] == doubt.names[1] => format!("two named {}", doubt.names[0]),
        DoubtKind::Same => format!("{} = {}", doubt.names[0], doubt.names[1]),
        DoubtKind::Kind(kind) => format!("{} is of the kind {kind}", doubt.names[0]),
        DoubtKind::Implements => format!("{} implements {}", doubt.names[0], doubt.names[1]),
    };
    let Doubt { evidence, confidence, consequence, .. } = doubt;
    let hanging = if *consequence == 1 {
        "1 entry or link hangs".to_owned()
    } else {
        format!("{consequence} entries and links hang")
    };
    let mut lines =
        vec![format!("# {}", one_line(&said, 200)), format!("# {evidence}, confidence {confidence}; {hanging} on it")];
    let grounds = doubt.grounds.iter().take(MOST_LINES);
    lines.extend(grounds.map(|ground| format!("#   {} {}", ground.place, one_line(&ground.text, 100))));
    if doubt.grounds.len() > MOST_LINES {
        lines.push(format!("#   and {} more lines", doubt.grounds.len() - MOST_LINES));
    }
    let iris: Vec<String> = doubt.iris.iter().map(|iri| quoted(iri)).collect();
    match doubt.question {
        DoubtKind::Same => lines.extend(["[[same]]".to_owned(), format!("things = [{}]", iris.join(", "))]),
        DoubtKind::Kind(kind) => {
            lines.extend(["[[kind]]".to_owned(), format!("thing = {}", iris[0]), format!("kind = {}", quoted(kind))]);
        }
        DoubtKind::Implements => {
            let pair = [format!("tool = {}", iris[0]), format!("paper = {}", iris[1])];
            lines.push("[[implements]]".to_owned());
            lines.extend(pair);
        }
    }
    lines.join("\n") + "\n"
}

/// On one line, for a comment.
fn one_line(text: &str, most: usize) -> String {
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().filter(|c| !c.is_control()).collect();
    if words.chars().count() <= most { words } else { words.chars().take(most - 1).chain(['…']).collect() }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted + "\""
}
