//! Reads a file of decisions: what persons said of things once and for all builds.
//!
//! The file is TOML with a table for each decision: `[[same]]` and `[[different]]` with `things`, `[[kind]]` with `thing` and
//! `kind`, `[[implements]]` and `[[not-implements]]` with `tool` and `paper`; and `note`, `by` and `date` wherever one wants
//! them. A file with a fault gives no decision at all, only a notice: to carry out half of it would be worse.

use serde::Deserialize;
use toml::Spanned;

use crate::{
    model::{Decision, Designation, Extraction, Kind, Lines, Notice, NoticeCode, Ruling},
    read::Source,
};

pub(super) fn extract(source: &Source) -> Extraction {
    let (decisions, notices) = match decisions(&source.text) {
        Ok(decisions) => (decisions, Vec::new()),
        Err(notice) => (Vec::new(), vec![notice]),
    };
    Extraction { decisions, notices, ..Extraction::of(source.info.clone(), source.text.clone()) }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    same: Vec<Spanned<Things>>,
    #[serde(default)]
    different: Vec<Spanned<Things>>,
    #[serde(default)]
    kind: Vec<Spanned<OfKind>>,
    #[serde(default)]
    implements: Vec<Spanned<Pair>>,
    #[serde(default)]
    not_implements: Vec<Spanned<Pair>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Things {
    things: Vec<String>,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(rename = "by")]
    _by: Option<String>,
    #[serde(rename = "date")]
    _date: Option<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfKind {
    thing: String,
    kind: String,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(rename = "by")]
    _by: Option<String>,
    #[serde(rename = "date")]
    _date: Option<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    tool: String,
    paper: String,
    #[serde(rename = "note")]
    _note: Option<String>,
    #[serde(rename = "by")]
    _by: Option<String>,
    #[serde(rename = "date")]
    _date: Option<toml::Value>,
}

fn decisions(text: &str) -> Result<Vec<Decision>, Notice> {
    let file: File = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        bad(line_at(text, start), error.message().to_owned())
    })?;
    let mut found = Vec::new();
    let mut add = |start: usize, ruling: Result<Ruling, String>| {
        let lines = lines_of(text, start);
        let ruling = ruling.map_err(|complaint| bad(lines.first, complaint))?;
        found.push(Decision { lines, ruling, text: text_of(text, lines) });
        Ok(())
    };
    for group in file.same {
        add(group.span().start, several(&group.get_ref().things).map(Ruling::Same))?;
    }
    for group in file.different {
        add(group.span().start, several(&group.get_ref().things).map(Ruling::Different))?;
    }
    for of_kind in file.kind {
        add(of_kind.span().start, ruling_of_kind(of_kind.get_ref()))?;
    }
    for pair in file.implements {
        add(pair.span().start, both(pair.get_ref()).map(|(tool, paper)| Ruling::Implements(tool, paper)))?;
    }
    for pair in file.not_implements {
        add(pair.span().start, both(pair.get_ref()).map(|(tool, paper)| Ruling::NotImplements(tool, paper)))?;
    }
    found.sort_by_key(|decision| decision.lines);
    Ok(found)
}

fn several(things: &[String]) -> Result<Vec<Designation>, String> {
    if things.len() < 2 {
        return Err("the decision is about two things or more, and names fewer".to_owned());
    }
    things.iter().map(|text| designation(text)).collect()
}

fn ruling_of_kind(of_kind: &OfKind) -> Result<Ruling, String> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == of_kind.kind).ok_or_else(|| {
        let words: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).collect();
        format!("there is no kind {:?}; there are {}", of_kind.kind, words.join(", "))
    })?;
    Ok(Ruling::Kind(designation(&of_kind.thing)?, kind))
}

fn both(pair: &Pair) -> Result<(Designation, Designation), String> {
    Ok((designation(&pair.tool)?, designation(&pair.paper)?))
}

fn designation(text: &str) -> Result<Designation, String> {
    let designation: Designation = text.parse().map_err(|error: crate::id::IdError| error.to_string())?;
    let is_empty = designation.url.is_none() && designation.ids.is_empty() && designation.title.is_none();
    if is_empty { Err(format!("{text:?} names nothing")) } else { Ok(designation) }
}

fn bad(line: u32, text: String) -> Notice {
    Notice { code: NoticeCode::BadDecision, lines: Lines { first: line, last: line }, text }
}

fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    u32::try_from(1 + before.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// From the header of a decision to its last line, without the comments that belong to the next one.
fn lines_of(text: &str, start: usize) -> Lines {
    let first = line_at(text, start);
    let below = text.lines().zip(1..).skip(usize::try_from(first).unwrap_or(usize::MAX));
    let own = below.take_while(|(line, _)| !line.trim_start().starts_with("[["));
    let said = own.filter(|(line, _)| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    Lines { first, last: said.last().map_or(first, |(_, at)| at) }
}

fn text_of(text: &str, lines: Lines) -> String {
    let own = text.lines().zip(1..).filter(|(_, at)| (lines.first..=lines.last).contains(at));
    own.map(|(line, _)| line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SourceInfo, SourceKind};

    fn read(text: &str) -> Extraction {
        let info = SourceInfo::new("decisions", SourceKind::Decisions);
        extract(&Source::new(info, text))
    }

    #[test]
    fn each_decision_has_its_lines_and_its_text() {
        let text = "# mine\n\n[[different]]\nthings = [\n  \"10.1000/x\",\n  \"On maps\",\n]\ndate = 2026-01-31\n\n# next\n[[kind]]\nthing = \"https://x.org\"\nkind = \"dataset\"\nnote = \"n\"\n\n[[not-implements]]\ntool = \"https://github.com/a/b\"\npaper = \"1812.08434\"\n";
        let found = read(text);
        assert_eq!(found.notices, []);
        let lines: Vec<String> = found.decisions.iter().map(|decision| decision.lines.to_string()).collect();
        assert_eq!(lines, ["3-8", "11-14", "16-18"]);
        assert!(found.decisions[1].text.starts_with("[[kind]]\nthing") && found.decisions[1].text.ends_with("\"n\""));
        assert!(matches!(&found.decisions[0].ruling, Ruling::Different(things) if things.len() == 2));
        assert!(matches!(&found.decisions[2].ruling, Ruling::NotImplements(..)));
    }

    #[test]
    fn a_fault_is_named_with_its_line() {
        for (text, line, part) in [
            ("[[same]]\nthings = [\"a\"", 2, ""),
            ("[[sam]]\nthings = []\n", 1, "sam"),
            ("\n[[same]]\nthings = [\"a\"]\n", 2, "two things"),
            ("[[kind]]\nthing = \"a\"\nkind = \"gadget\"\n", 1, "no kind \"gadget\""),
            ("[[kind]]\nthing = \"…\"\nkind = \"tool\"\n", 1, "names nothing"),
            ("[[implements]]\ntool = \"a\"\n", 1, "paper"),
        ] {
            let found = read(text);
            assert_eq!(found.decisions, [], "{text}");
            assert_eq!(
                (found.notices[0].code, found.notices[0].lines.first),
                (NoticeCode::BadDecision, line),
                "{text}"
            );
            assert!(found.notices[0].text.contains(part), "{}", found.notices[0].text);
        }
        assert_eq!(read("# nothing\n").decisions, []);
    }
}
