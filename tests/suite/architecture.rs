//! The rooms: which may use which.

use std::{fs, path::Path};

use crate::harness::project;

/// Each room with the rooms that it may use. No arrow points back up the pipeline.
const ROOMS: [(&str, &[&str]); 21] = [
    ("id", &[]),
    ("model", &["id"]),
    ("net", &["id"]),
    ("read", &["net", "model", "id"]),
    ("extract", &["read", "model", "id"]),
    ("resolve", &["model", "id"]),
    ("map", &["model", "id"]),
    ("store", &[]),
    ("enrich", &["net", "model", "id"]),
    ("query", &["store", "map", "model", "id", "read"]),
    ("network", &["store", "map", "query"]),
    ("algorithm", &[]),
    ("analyze", &["network", "algorithm", "store", "map", "id"]),
    ("export", &["network", "algorithm", "store", "query", "map", "model", "id"]),
    ("lint", &["read", "extract", "model", "id"]),
    ("search", &[]),
    ("explore", &["search", "lint", "read", "analyze", "network", "store", "query", "map", "model"]),
    ("site", &["explore", "export", "network", "store", "query", "map"]),
    ("agent", &["explore"]),
    ("serve", &["agent", "site", "explore", "search", "export", "network", "query", "store", "map", "net", "id"]),
    (
        "cli",
        &[
            "id",
            "model",
            "net",
            "read",
            "extract",
            "resolve",
            "map",
            "store",
            "enrich",
            "query",
            "network",
            "algorithm",
            "analyze",
            "export",
            "lint",
            "explore",
            "site",
            "serve",
        ],
    ),
];

/// Crates that few rooms may know: most of them one.
const OWNED: [(&str, &[&str]); 26] = [
    ("pulldown_cmark", &["read"]),
    ("glob::", &["read"]),
    ("flate2", &["read", "site"]),
    ("biblatex::", &["extract"]),
    ("oxigraph::", &["store"]),
    ("spargebra", &["store"]),
    ("spareval", &["store"]),
    ("tikv_jemalloc", &["store"]),
    ("clap", &["cli"]),
    ("graphviz_rust", &["export"]),
    ("parquet::", &["export"]),
    ("reqwest", &["net"]),
    ("hyper_util", &["net", "serve"]),
    ("tokio", &["net", "agent", "serve"]),
    ("rustls", &["net"]),
    ("similar::", &["lint"]),
    ("strsim", &["lint", "search"]),
    ("roxmltree", &["enrich"]),
    ("html_escape", &["enrich"]),
    ("saphyr_parser", &["enrich"]),
    ("tantivy", &["search"]),
    ("jieba_rs", &["search"]),
    ("askama", &["site"]),
    ("rmcp", &["agent"]),
    ("axum", &["serve"]),
    ("tower", &["serve"]),
];

fn files(room: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![project(&format!("src/{room}"))];
    let file = project(&format!("src/{room}.rs"));
    if file.exists() {
        found.push((file.display().to_string(), fs::read_to_string(&file).unwrap()));
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !is_test(&path) {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
                found.push((path.display().to_string(), code));
            }
        }
    }
    found
}

/// Whether a file holds tests only.
fn is_test(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("tests.rs"))
        || path.components().any(|part| part.as_os_str() == "tests")
}

/// The rooms that a file names after `crate::`, in single paths and in grouped imports.
fn used_rooms(code: &str) -> Vec<String> {
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let is_room = |name: &str| ROOMS.iter().any(|(room, _)| *room == name);
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for character in group.chars() {
                if depth == 0 && !(character.is_alphanumeric() || character == '_') {
                    used.extend(Some(std::mem::take(&mut word)).filter(|word| is_room(word)));
                }
                match character {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    c if depth == 0 && (c.is_alphanumeric() || c == '_') => word.push(c),
                    _ => {}
                }
            }
        } else {
            used.extend(
                rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .next()
                    .filter(|name| is_room(name))
                    .map(str::to_owned),
            );
        }
    }
    used
}

#[test]
fn a_room_uses_only_what_its_row_names() {
    for (room, allowed) in ROOMS {
        let files = files(room);
        assert!(!files.is_empty(), "the room {room} is gone");
        for (path, code) in files {
            for used in used_rooms(&code) {
                assert!(used == room || allowed.contains(&used.as_str()), "{path} uses {used}, which {room} may not");
            }
        }
    }
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    for (outside, owners) in OWNED {
        for (room, _) in ROOMS.iter().filter(|(room, _)| !owners.contains(room)) {
            for (path, code) in files(room) {
                let uses =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| line.contains(outside));
                assert!(!uses, "{path} uses {outside}, which only {owners:?} may");
            }
        }
    }
}

#[test]
fn only_the_command_line_prints_and_reads_the_environment() {
    for (room, _) in ROOMS.iter().filter(|(room, _)| *room != "cli") {
        for (path, code) in files(room) {
            for forbidden in ["println!", "eprintln!", "env::var", "process::exit"] {
                assert!(!code.contains(forbidden), "{path} has {forbidden}");
            }
        }
    }
}
