//! Checking lists: exit status, formats, mending, settings. What each rule finds is tested in the room.

use std::fs;

use serde_json::Value;

use crate::harness::{Place, Ran};

const CLEAN: &str = "# Cells\n\n- [cell](https://github.com/a/cell) - a reader of cells\n";
const NOTE: &str = "# Cells\n\n- [cell](http://github.com/a/cell) - a reader of cells\n";
const WARNING: &str = "# Cells\n\n- [cell](https://github.com/a/cell)\n- [cell](https://github.com/a/cell)\n";
const ERROR: &str = "# Cells\n\n-[cell](http://github.com/a/cell)\n- [map]()\n- [gene](https://github.com/a/gene)\n";

fn lists() -> Place {
    let place = Place::new();
    for (name, text) in [("clean.md", CLEAN), ("note.md", NOTE), ("warning.md", WARNING), ("error.md", ERROR)] {
        place.write(name, text);
    }
    place
}

fn check(place: &Place, arguments: &[&str], status: i32) -> Ran {
    let ran = place.run(&[&["lint"], arguments].concat());
    assert_eq!(ran.status, status, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    ran
}

#[test]
fn the_exit_status_says_whether_there_are_errors() {
    let place = lists();
    assert_eq!(check(&place, &["clean.md"], 0).stdout, "");
    check(&place, &["note.md", "warning.md"], 0);
    let ran = check(&place, &["error.md"], 1);
    assert!(ran.stderr.contains("2 errors, 0 warnings, 1 note in 1 list"), "{}", ran.stderr);
    check(&place, &["warning.md", "--deny", "warnings"], 1);
    check(&place, &["warning.md", "--fail-on", "warning"], 1);
    check(&place, &["note.md", "--deny", "warnings"], 0);
    check(&place, &["note.md", "--fail-on", "note"], 1);
    check(&place, &["."], 1);
    check(&place, &["none.md"], 1);
    for wrong in [
        &[][..],
        &["clean.md", "--format", "xml"],
        &["clean.md", "--fix", "--diff"],
        &["clean.md", "--allow", "http-adress"],
        &["-", "--fix"],
    ] {
        check(&place, wrong, 2);
    }
    assert!(check(&place, &["clean.md", "--allow", "http-adress"], 2).stderr.contains("is it http-address?"));
    assert!(!place.path("amml.store").exists(), "no store is needed");
}

#[test]
fn text_says_where_what_and_what_to_do() {
    let place = lists();
    let printed = check(&place, &["error.md"], 1).stdout;
    for line in [
        "error.md:3:1: error: no blank behind \"-\" [bullet-without-blank, fixable]",
        "error.md:3:9: note: github.com serves https [http-address, fixable]",
        "error.md:4:3: error: this link leads nowhere [empty-address]",
        "  empty-address           add the address, or remove the link",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line}\n{printed}");
    }
    assert!(!check(&place, &["error.md", "--level", "error"], 1).stdout.contains("note"));
    let ran = place.run_with(&["lint", "-"], &[], NOTE);
    assert!(ran.stdout.starts_with("stdin:3:10: note: ") && ran.status == 0, "{}", ran.stdout);
}

#[test]
fn json_has_places_and_edits() {
    let place = lists();
    let found: Value = serde_json::from_str(&check(&place, &["error.md", "-f", "json"], 1).stdout).unwrap();
    assert_eq!(found["counts"], serde_json::json!({ "error": 2, "warning": 0, "note": 1 }));
    let first = &found["findings"][0];
    assert_eq!((&first["rule"], &first["path"]), (&"bullet-without-blank".into(), &"error.md".into()));
    assert_eq!(first["start"], serde_json::json!({ "line": 3, "column": 1 }));
    assert_eq!((first["edits"][0]["fromByte"].as_u64(), first["edits"][0]["text"].as_str()), (Some(10), Some(" ")));
}

/// What the schema of SARIF demands of the parts that are written.
#[test]
fn sarif_names_its_rules_and_regions() {
    let place = lists();
    place.write("细 胞/l.md", ERROR);
    let log: Value = serde_json::from_str(&check(&place, &["error.md", "细 胞", "-f", "sarif"], 1).stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert!(rules.len() > 30 && results.len() == 6);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |name: &str| region[name].as_u64().unwrap();
        assert!(number("startLine") >= 1 && number("endColumn") > number("startColumn"), "{region}");
    }
    let fix = &results[0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(fix["replacements"][0]["insertedContent"]["text"], " ");
    let uri = &results[3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "%E7%BB%86%20%E8%83%9E/l.md");
}

#[test]
fn github_gets_workflow_commands() {
    let place = lists();
    let printed = check(&place, &["error.md", "-f", "github"], 1).stdout;
    let first = printed.lines().next().unwrap();
    assert_eq!(
        first,
        "::error file=error.md,line=3,col=1,endLine=3,endColumn=1,title=bullet-without-blank::no blank behind \"-\"; \
         put a blank behind the mark"
    );
    assert!(printed.contains("\n::notice file=error.md,line=3,col=9,"), "{printed}");
}

#[test]
fn mending_leaves_every_other_byte_alone() {
    let place = Place::new();
    let before = "\u{feff}# Cells\r\n\n-[cell](http://github.com/a/cell?utm_source=x)  \r\n- [map]()\t\n- \u{a0}[b]( https://x.org )";
    let after = "\u{feff}# Cells\r\n\n- [cell](https://github.com/a/cell)  \r\n- [map]()\t\n- \u{a0}[b](https://x.org)";
    let path = place.write("l.md", before);
    let diff = check(&place, &["l.md", "--diff"], 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), before, "--diff writes nothing");
    assert!(diff.stdout.starts_with("--- a/l.md\n+++ b/l.md\n@@ "), "{}", diff.stdout);
    assert!(diff.stdout.contains("\n-- [cell](http:") || diff.stdout.contains("\n--[cell](http:"), "{}", diff.stdout);
    assert!(diff.stdout.contains("\n+- [cell](https://github.com/a/cell)  \r\n"), "{}", diff.stdout);
    let ran = check(&place, &["l.md", "--fix"], 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
    assert!(ran.stderr.contains("l.md: mended 4"), "{}", ran.stderr);
    assert!(ran.stdout.contains("empty-address") && !ran.stdout.contains("fixable"), "{}", ran.stdout);
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    check(&place, &["l.md", "--fix"], 1);
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written, "nothing to do, nothing written");
    assert_eq!(check(&place, &["l.md", "--diff"], 1).stdout, "");
    assert_eq!(fs::read_dir(place.path(".")).unwrap().count(), 1, "no other file is left");
    check(&place, &["l.md", "--fix", "--allow", "empty-address"], 0);
}

#[test]
fn settings_come_from_a_file_beside_the_list_or_the_working_directory() {
    let place = lists();
    place.write("docs/l.md", NOTE);
    place.write("amml-lint.toml", "[rules]\nhttp-address = \"error\"\n");
    check(&place, &["note.md"], 1);
    check(&place, &["docs/l.md"], 1);
    place.write("docs/amml-lint.toml", "[rules]\nhttp-address = \"off\"\n");
    assert_eq!(check(&place, &["docs/l.md"], 0).stdout, "");
    check(&place, &["note.md", "docs/l.md"], 1);
    check(&place, &["note.md", "--config", "docs/amml-lint.toml"], 0);
    check(&place, &["note.md", "--allow", "http-address"], 0);
    check(&place, &["note.md", "--config", "none.toml"], 1);
    place.write("bad.toml", "[rules]\nhttp-adress = \"off\"\n");
    let ran = check(&place, &["note.md", "--config", "bad.toml"], 2);
    assert!(
        ran.stderr.contains("bad.toml: there is no rule http-adress") && ran.stderr.contains("is it http-address?")
    );
}

#[test]
fn all_rules_are_listed() {
    let place = Place::new();
    let printed = check(&place, &["--list-rules"], 0).stdout;
    assert!(printed.contains("duplicate-entry         warning  The same thing twice"), "{printed}");
    assert!(printed.lines().count() >= 70);
}
