//! `build --decisions`, `review`, `why`: what persons decide, what they had better look at, and how all of it is explained.

use crate::harness::Place;

const A: &str =
    "# A\n## Cells\n- [Deep maps of all living cells](https://doi.org/10.1000/x) Annabel Roesler, Robert Poeschl\n";
const B: &str = "# B\n## Cell\n- [Deep maps of all living cells](https://x.org/1.pdf) Roesler A, Poeschl B. Nature, 2019, 5: 1-9.\n- [cellmap](https://github.com/a/cellmap)\n";
const APART: &str =
    "# mine\n[[different]]\nthings = [\"10.1000/x\", \"https://x.org/1.pdf\"]\nby = \"me\"\ndate = 2026-01-31\n";

fn place() -> Place {
    let place = Place::new();
    place.write("a.md", A);
    place.write("b.md", B);
    place.write("apart.toml", APART);
    place
}

#[test]
fn a_decision_stays_in_force_until_it_is_taken_back() {
    let place = place();
    place.ok(&["build", "a.md", "b.md"]);
    let merged = place.quads();
    assert!(merged.contains("same-title") && merged.contains("sameAs"));
    place.ok(&["build", "a.md", "b.md", "--decisions", "apart.toml"]);
    let apart = place.quads();
    assert!(!apart.contains("\"same-title\"") && apart.contains("by = \\\"me\\\""), "{apart}");
    assert!(place.ok(&["build", "b.md"]).contains("(+0 −0)"));
    assert_eq!(place.quads(), apart);
    // Without a source, what is in the store is resolved again.
    place.write("none.toml", "# all taken back\n");
    place.ok(&["build", "--decisions", "none.toml"]);
    assert_eq!(place.quads(), merged);
    place.ok(&["build", "--decisions", "apart.toml"]);
    assert_eq!(place.quads(), apart);
}

#[test]
fn decisions_give_the_same_bytes_in_any_order_and_in_any_number_of_parts() {
    let together = place();
    together.ok(&["build", "a.md", "b.md", "--decisions", "apart.toml"]);
    let expected = together.quads();
    let steps: [&[&[&str]]; 3] = [
        &[&["b.md", "a.md", "--decisions", "apart.toml"]],
        &[&["a.md", "--decisions", "apart.toml"], &["b.md"]],
        &[&["b.md"], &["a.md"], &["--decisions", "apart.toml"]],
    ];
    for steps in steps {
        let place = place();
        for step in steps {
            place.ok(&[&["build"], *step].concat());
        }
        assert_eq!(place.quads(), expected, "{steps:?}");
    }
}

#[test]
fn what_is_wrong_with_a_file_of_decisions_is_told_with_its_line() {
    let place = place();
    place.ok(&["build", "a.md"]);
    let before = place.quads();
    place.write("bad.toml", "[[same]]\nthings = [\"a\", \"b\"]\n\n[[kind]]\nthing = \"a\"\nkind = \"gadget\"\n");
    let ran = place.run(&["build", "b.md", "--decisions", "bad.toml"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("bad.toml:4: there is no kind \"gadget\""), "{}", ran.stderr);
    assert_eq!(place.quads(), before, "nothing was built");
    place.write("vain.toml", "[[same]]\nthings = [\"10.1000/x\", \"10.9999/none\"]\n");
    let ran = place.run(&["build", "--decisions", "vain.toml"]);
    assert_eq!(ran.status, 0);
    assert!(ran.stderr.contains("warning: vain.toml:1-2: unknown-thing: 10.9999/none"), "{}", ran.stderr);
    // The list that names it comes later; the decision waits for it.
    place.write("c.md", "# C\n## Time\n- [Another paper of cells](https://doi.org/10.9999/none)\n");
    let ran = place.run(&["build", "c.md"]);
    assert!(ran.status == 0 && !ran.stderr.contains("warning"), "{}", ran.stderr);
    assert!(place.quads().contains("\"decision\""));
}

#[test]
fn what_review_prints_is_a_file_of_decisions() {
    let place = place();
    place.ok(&["build", "a.md", "b.md"]);
    let review = place.ok(&["review"]);
    assert!(review.contains("# same-title, confidence 0.97; ") && review.contains("#   a:3 - [Deep maps"), "{review}");
    assert!(review.contains("[[kind]]\nthing = ") || review.contains("[[same]]\nthings = "), "{review}");
    place.write("all.toml", &review);
    let ran = place.run(&["build", "--decisions", "all.toml"]);
    assert_eq!((ran.status, ran.stderr.contains("warning")), (0, false), "{}", ran.stderr);
    assert_eq!(place.ok(&["review"]), "", "all is decided");
    place.write("none.toml", review.replace("[[same]]", "[[different]]"));
    let ran = place.run(&["build", "--decisions", "none.toml"]);
    assert_eq!((ran.status, ran.stderr.contains("warning")), (0, false), "{}", ran.stderr);
    assert!(!place.quads().contains("closeMatch>") && place.rows(&["merges"]).is_empty());
}

#[test]
fn why_follows_everything_to_its_line() {
    let place = place();
    place.ok(&["build", "a.md", "b.md"]);
    let why = place.ok(&["why", "10.1000/x"]);
    for part in [
        "name             Deep maps of all living cells",
        "in a:3, b:3",
        "same-title (confidence 0.97)",
        "a:3, read by",
        "  │ - [Deep maps of all living cells](https://x.org/1.pdf) Roesler A",
    ] {
        assert!(why.contains(part), "no {part}: {why}");
    }
    let one = place.ok(&["why", "10.1000/x", "https://x.org/1.pdf"]);
    assert!(one.contains("same-title") && !one.contains("  name  "), "{one}");
    place.ok(&["build", "--decisions", "apart.toml"]);
    let two = place.ok(&["why", "10.1000/x", "https://x.org/1.pdf"]);
    assert!(two.contains("decided in       decisions:2-5") && two.contains("  │ by = \"me\""), "{two}");
    let nothing = place.run(&["why", "10.1000/x", "cellmap"]);
    assert!(
        nothing.stdout.lines().count() == 4 && nothing.stderr.contains("nothing that was read"),
        "{}",
        nothing.stdout
    );
}

#[test]
fn show_says_how_many_lists_name_a_thing() {
    let place = place();
    let many =
        |from: u32| (from..from + 8).map(|n| format!("- [t{n}](https://github.com/a/t{n})\n")).collect::<String>();
    place.write("en.md", format!("# L\n## Tools\n{}", many(0)));
    place.write("zh.md", format!("# L\n## 工具\n{}", many(1)));
    place.write("c.md", "# L\n## Cells\n- [t3](https://github.com/a/t3)\n");
    place.ok(&["build", "en.md", "zh.md", "c.md"]);
    let shown = place.ok(&["show", "t3"]);
    for part in ["named in         3 lists, 2 of them independent", "c under Cells", "zh under 工具 (counts with en)"]
    {
        assert!(shown.contains(part), "no {part}: {shown}");
    }
    let consensus = place.rows(&["consensus"]);
    assert_eq!(consensus, ["t3,2,3,\"c, en, zh\",Cells; Tools; 工具"]);
    assert!(place.ok(&["stats", "-f", "csv"]).contains("things that several lists name,7"));
}
