//! How much of what a list says is read right: precision, recall and F1 of every field, by style.
//!
//! The references in `tests/accuracy/references` were written by reading, apart from the code: what each entry of some
//! ranges of a list says. The lists are our own small ones (`tests/accuracy/lists`), written in the styles that curators use,
//! and real ones, of which only the annotations are here; they are measured where `../shared/lists` is.
//!
//! One half of the references is there to look at: its errors are printed. The other half is only measured on.
//!
//! `cargo test --release --test accuracy` prints the tables and fails below the floors; with `-- --errors` it prints what is
//! wrong in the first half, with `-- --markdown` the table of the README, with `-- --show FILE` how a list is read.

mod reference;
mod score;

use std::{collections::BTreeMap, process::ExitCode};

use reference::Reference;
use score::Scores;

/// The fields that must not fall below a part in a hundred of F1 in either half.
const FLOORS: [(&str, f64); 8] = [
    ("entries", 0.95),
    ("kind", 0.85),
    ("title", 0.92),
    ("links", 0.92),
    ("identifiers", 0.95),
    ("authors", 0.70),
    ("year", 0.75),
    ("pairs", 0.84),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if let Some(at) = arguments.iter().position(|argument| argument == "--show") {
        arguments[at + 1..].iter().for_each(|path| score::show(path));
        return ExitCode::SUCCESS;
    }
    let only = arguments.iter().skip(1).find(|argument| !argument.starts_with('-'));
    let mut halves: BTreeMap<String, Scores> = BTreeMap::new();
    let mut styles: BTreeMap<String, Scores> = BTreeMap::new();
    let mut n_skipped = 0;
    for reference in reference::all() {
        if only.is_some_and(|only| !reference.list.contains(only.as_str())) {
            continue;
        }
        let Some(text) = reference.text() else {
            n_skipped += 1;
            continue;
        };
        let scores = score::compare(&reference, &text);
        if has("--errors") && reference.half == "look" {
            scores.errors.iter().for_each(|error| println!("{}: {error}", reference.list));
        }
        halves.entry(reference.half.clone()).or_default().add(&scores);
        styles.entry(style(&reference)).or_default().add(&scores);
    }
    if n_skipped > 0 {
        println!("skipped {n_skipped} lists that are not here");
    }
    if has("--markdown") {
        print_markdown(&halves);
        return ExitCode::SUCCESS;
    }
    print_table("style", &styles);
    print_table("half", &halves);
    let below = if only.is_some() { Vec::new() } else { below_floors(&halves) };
    below.iter().for_each(|complaint| println!("FAILED {complaint}"));
    if below.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn style(reference: &Reference) -> String {
    reference.list.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").chars().take(40).collect()
}

fn print_table(title: &str, rows: &BTreeMap<String, Scores>) {
    print!("{title:<42}{:>8}", "n");
    score::FIELDS.iter().for_each(|field| print!("{:>10}", field.chars().take(9).collect::<String>()));
    println!();
    for (name, scores) in rows {
        print!("{name:<42}{:>8}", scores.n_entries());
        for field in score::FIELDS {
            print!("{:>10}", scores.of(field).f1().map_or("-".to_owned(), |f1| format!("{:.1}", 100.0 * f1)));
        }
        println!();
    }
    println!();
}

/// The table of the README: F1 of every field, over each half.
fn print_markdown(halves: &BTreeMap<String, Scores>) {
    let names = score::FIELDS.join(" | ");
    println!("| half | n | {names} |\n|---|--:|{}", "--:|".repeat(score::FIELDS.len()));
    for (half, scores) in halves {
        let percent =
            |field: &&str| scores.of(field).f1().map_or("–".to_owned(), |part| format!("{:.1}", 100.0 * part));
        let figures: Vec<String> = score::FIELDS.iter().map(percent).collect();
        println!("| {half} | {} | {} |", scores.n_entries(), figures.join(" | "));
    }
    println!("\n| half | | {names} |\n|---|---|{}", "--:|".repeat(score::FIELDS.len()));
    for (half, scores) in halves {
        for (word, part) in
            [("precision", score::Count::precision as fn(&score::Count) -> _), ("recall", score::Count::recall)]
        {
            let percent = |field: &&str| {
                part(&scores.of(field)).map_or("–".to_owned(), |part: f64| format!("{:.1}", 100.0 * part))
            };
            let figures: Vec<String> = score::FIELDS.iter().map(percent).collect();
            println!("| {half} | {word} | {} |", figures.join(" | "));
        }
    }
}

fn below_floors(halves: &BTreeMap<String, Scores>) -> Vec<String> {
    let mut below = Vec::new();
    for (half, scores) in halves {
        for (field, floor) in FLOORS {
            let f1 = scores.of(field).f1().unwrap_or(0.0);
            if f1 < floor {
                below.push(format!("{half}: F1 of {field} is {f1:.3}, below {floor}"));
            }
        }
    }
    below
}
