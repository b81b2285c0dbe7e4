//! What the README shows is what the program does.

use std::fs;

use crate::harness::{Place, project};

fn readme() -> String {
    fs::read_to_string(project("README.md")).unwrap()
}

/// The blocks of code in a language.
fn blocks(language: &str) -> Vec<String> {
    let readme = readme();
    readme
        .split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.strip_prefix(&format!("{language}\n")))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_sparql_examples_give_answers() {
    let place = Place::built();
    place.ok(&["analyze", "pagerank", "--write"]);
    let queries = blocks("sparql");
    assert!(queries.len() >= 5);
    for query in queries {
        assert!(!place.rows(&["-e", &query]).is_empty(), "{query}");
    }
}

/// Lines that begin with `$ amml-graph` are run; what stands below them is what they print.
#[test]
fn the_sessions_are_real() {
    let place = Place::built();
    let mut n_commands = 0;
    for session in blocks("console") {
        for step in session.split("$ ").filter(|step| !step.trim().is_empty()) {
            let (command, shown) = step.split_once('\n').unwrap();
            let arguments = words(command);
            assert_eq!(arguments[0], "amml-graph", "{command}");
            let mut arguments: Vec<&str> = arguments[1..].iter().map(String::as_str).collect();
            if matches!(arguments[0], "query" | "tools" | "papers") {
                arguments.extend(["--format", "table"]);
            }
            let printed = place.ok(&arguments);
            for line in shown.lines().filter(|line| !line.trim().is_empty() && line.trim() != "…") {
                assert!(printed.contains(line.trim_end()), "{command}\n{line}\n{printed}");
            }
            n_commands += 1;
        }
    }
    assert!(n_commands >= 4);
}

/// The decisions that the README shows can be read, and name what the embedded list knows, but for the two tools of one name.
#[test]
fn the_decisions_are_real() {
    let place = Place::built();
    let decisions: Vec<String> = blocks("toml").into_iter().filter(|block| block.contains("[[")).collect();
    place.write("shown.toml", decisions.concat());
    let ran = place.run(&["build", "--decisions", "shown.toml"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("warning").count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("unknown-thing: https://github.com/Diego999/pyGAT"), "{}", ran.stderr);
    assert!(!place.ok(&["query", "tools-and-papers"]).contains("shap"));
}

fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| {
            if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
        })
        .collect()
}

#[test]
fn every_command_is_in_the_table() {
    let place = Place::new();
    let help = place.ok(&["--help"]);
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(readme().contains(&format!("| `{command}")), "{command} is not in the README");
    }
}
