//! `build`: what lands in the store, and that it is the same however it got there.

use crate::harness::Place;

const A: &str = "# A\n## Cells\n- [CellMap: deep maps of cells](https://doi.org/10.1000/x) Annabel Roesler, Robert Poeschl. Nature, 2019, 5: 1-9.\n";
const B: &str = "# B\n## Tools\n- [cellmap](https://github.com/a/cellmap)\n- [On other cells and maps](https://doi.org/10.1000/y) Annabel Roesler, Robert Poeschl\n";

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order_and_in_any_number_of_parts() {
    let together = Place::new();
    together.write("a.md", A);
    together.write("b.md", B);
    together.ok(&["build", "a.md", "b.md"]);
    let expected = together.quads();
    assert!(expected.lines().is_sorted() && expected.contains("same-name") && expected.contains("shared-coauthors"));
    for steps in [&[&["b.md", "a.md"][..]][..], &[&["a.md"], &["b.md"]], &[&["b.md"], &["a.md"], &["a.md"]]] {
        let place = Place::new();
        place.write("a.md", A);
        place.write("b.md", B);
        for step in steps {
            place.ok(&[&["build"], *step].concat());
        }
        assert_eq!(place.quads(), expected, "{steps:?}");
    }
}

#[test]
fn a_source_that_is_read_again_replaces_what_it_said() {
    let place = Place::new();
    place.write("a.md", A);
    place.ok(&["build", "a.md"]);
    let fresh = place.quads();
    place.write("a.md", "# A\n- [other](https://github.com/a/other)\n");
    assert!(place.ok(&["build", "a.md"]).contains('−'));
    assert!(!place.quads().contains("10.1000"));
    place.write("a.md", A);
    place.ok(&["build", "a.md"]);
    assert_eq!(place.quads(), fresh);
    assert!(place.ok(&["build", "a.md"]).contains("(+0 −0)"));
}

#[test]
fn the_summary_counts_the_things_that_came_went_and_changed() {
    let list = "- [cellmap](https://github.com/a/cellmap) - maps cells\n- [cellnet](https://github.com/a/cellnet)\n";
    let place = Place::new();
    let summary = |text: &str| {
        place.write("l.md", text);
        place.ok(&["build", "l.md"])
    };
    assert!(summary(list).contains("+2 −0 ~0 things"));
    assert!(summary(&format!("\n\n{list}")).contains("+0 −0 ~0 things"), "they only moved");
    assert!(summary(&list.replace("maps cells", "draws cells")).contains("+0 −0 ~1 things"));
    assert!(summary(&list.replace("cellnet", "other")).contains("+1 −1 ~1 things"), "the first is as it was before");
}

#[test]
fn line_ends_byte_order_mark_and_standard_input_make_no_difference() {
    let place = Place::new();
    place.write("plain/stdin.md", A);
    place.ok(&["--store", "one", "build", "plain/stdin.md"]);
    place.write("crlf/stdin.md", format!("\u{feff}{}", A.replace('\n', "\r\n")));
    place.ok(&["--store", "two", "build", "crlf/stdin.md"]);
    assert_eq!(place.run_with(&["--store", "three", "build", "-"], &[], A).status, 0);
    let export = |store: &str| place.ok(&["--store", store, "export", "-f", "nq"]);
    assert_eq!(export("one"), export("two"));
    assert_eq!(export("one"), export("three"));
}

#[test]
fn a_readme_is_called_after_its_folder_and_two_lists_of_one_name_are_refused() {
    let place = Place::new();
    place.write("cells/README.md", A);
    assert!(place.ok(&["build", "cells/README.md"]).starts_with("cells: 1 entries"));
    place.write("other/cells.md", B);
    let ran = place.run(&["build", "cells/README.md", "other/cells.md"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("both called cells"), "{}", ran.stderr);
}

#[test]
fn the_store_may_be_named_by_the_environment_and_the_base_be_changed() {
    let place = Place::new();
    place.write("a.md", A);
    let environment = [("AMML_STORE", "elsewhere")];
    assert_eq!(place.run_with(&["build", "a.md", "--base", "http://example.org/kg"], &environment, "").status, 0);
    let quads = place.run_with(&["export", "-f", "nq"], &environment, "").stdout;
    assert!(
        quads.contains("<http://example.org/kg/id/paper/doi/10.1000/x>") && !quads.contains("w3id.org/amml-graph/id")
    );
}

/// Whatever moment a build is killed at, the store has the old graph or the new one, whole.
#[test]
fn a_kill_in_the_middle_leaves_the_old_graph_or_the_new_one() {
    use std::process::{Command, Stdio};
    let place = Place::new();
    let many = |word: &str| {
        (0..3000).map(|n| format!("- [{word} {n}](https://github.com/{word}/r{n}) - text\n")).collect::<String>()
    };
    place.write("l.md", many("old"));
    place.ok(&["build", "l.md"]);
    let old = place.quads();
    place.write("other/l.md", many("new"));
    place.ok(&["--store", "new.store", "build", "other/l.md"]);
    let new = place.ok(&["--store", "new.store", "export", "-f", "nq"]);
    for wait in [20, 60, 100, 150, 220, 300] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_amml-graph"))
            .args(["build", "other/l.md"])
            .current_dir(place.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        let found = place.quads();
        assert!(found == old || found == new, "killed after {wait} ms: a part of a graph");
    }
}
