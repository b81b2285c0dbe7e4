//! The room at its door: a list in, what should be mended out.

use super::*;

fn findings(text: &str, settings: &Settings) -> Vec<Finding> {
    super::check(&source(text), text, settings)
}

fn source(text: &str) -> Source {
    crate::read::decode("test.md".as_ref(), text.as_bytes().to_vec()).unwrap()
}

/// Shows each finding as `line:column-column rule`, with its edits as `{old→new}`.
fn shown(text: &str, settings: &Settings) -> Vec<String> {
    let show = |finding: &Finding| {
        let mut shown = format!("{}:{}-", finding.start.line, finding.start.column);
        if finding.end.line > finding.start.line {
            shown += &format!("{}:", finding.end.line);
        }
        shown += &format!("{} {}", finding.end.column, finding.rule.name());
        for edit in &finding.edits {
            shown += &format!(" {{{}→{}}}", &text[edit.range.clone()], edit.text);
        }
        shown
    };
    findings(text, settings).iter().map(show).collect()
}

/// A list is checked without what would be said of any small list.
fn check(text: &str, expected: &[&str]) {
    let mut settings = Settings::default();
    settings.allow(Rule::NoEntries);
    assert_eq!(shown(text, &settings), expected, "{text}");
}

fn fixed(text: &str) -> String {
    fix(&source(text), text, &Settings::default()).0
}

#[test]
fn what_was_meant_as_a_link_and_is_none() {
    check("- [cell] (https://x.org/a)\n", &["1:3-27 gap-in-link { →}"]);
    check("- [cell]\n(https://x.org/a)\n", &["1:3-2:18 gap-in-link"]);
    check("- [cell](https://x.org/a\n", &["1:3-25 unclosed-link {→)}"]);
    check("- [cell](https://x.org/a_(b)\n", &["1:3-29 unclosed-link {→)}"]);
    check("- [cell](https://x.org/a Roe A. Nature.\n", &["1:3-40 unclosed-link"]);
    check("- [cell](https://x.org/a b)\n", &["1:3-28 blank-in-address"]);
    check("- [细胞]（https://x.org/a）\n", &["1:3-24 full-width-brackets {（https://x.org/a）→(https://x.org/a)}"]);
    check("- [cell]((https://x.org/a))\n", &["1:10-27 brackets-in-address {(https://x.org/a)→https://x.org/a}"]);
    check(
        "- [cell]([https://x.org/a](https://x.org/a))\n",
        &["1:10-44 brackets-in-address {[https://x.org/a](https://x.org/a)→https://x.org/a}"],
    );
    check("- [cell]([a map](https://x.org/a))\n", &["1:3-35 brackets-in-address"]);
    check("- [cell]( https://x.org/a )\n", &["1:10-27 blank-around-address { →} { →}"]);
    check("- [cell]()\n", &["1:3-11 empty-address"]);
    check("- [](https://x.org/a) cell\n", &["1:3-22 empty-link-text"]);
}

#[test]
fn brackets_that_are_meant_as_they_are() {
    check("- [1] (https://x.org/a), [x](see below), `[cell] (https://x.org)`, \\[cell] (https://x.org)\n", &[]);
    check("- [ ] [a](https://x.org/a)\n- [x] [b](https://x.org/b) [c]\n", &[]);
    check(
        "- [cell](https://x.org/a_(b)) and [![b](https://x.org/b.svg)](https://x.org) [c](<https://x.org/a b>)\n",
        &[],
    );
    check("    [cell] (https://x.org/a)\n\n```\n-[cell](https://x.org/a b)\n```\n", &[]);
    check("[10th Oct., 2019][MICCAI Workshop, 2019] and a[i][j]\n", &[]);
}

#[test]
fn addresses_that_cannot_work() {
    check("- [cell](www.cell.org)\n", &["1:10-22 missing-scheme"]);
    check("- [cell](github.com/a/cell)\n", &["1:10-27 missing-scheme {→https://}"]);
    check("- [cell](docs/a.md) [b](LICENSE) [c](../x.com/y.py) [d](/e) [f](mailto:a@b.org)\n", &[]);
    check("- [cell](ttps://x.org/a)\n", &["1:10-24 malformed-address"]);
    check("- [cell](https://https://x.org/a)\n", &["1:10-33 malformed-address {https://→}"]);
    check("- [cell](http://x.org/a%3C/p%3E)\n", &["1:10-32 malformed-address {%3C/p%3E→}"]);
    check("- [cell](https://nohost/a)\n", &["1:10-26 malformed-address"]);
    check("- [cell](http://localhost:80/a) https://web.archive.org/web/2010/http://x.org\n", &[]);
}

#[test]
fn addresses_that_have_a_better_form() {
    check("- [cell](http://github.com/a/cell)\n", &["1:10-34 http-address {→s}"]);
    check("- [cell](http://cell.example.org)\n", &[]);
    check("- [On cells](http://dx.doi.org/10.1000/x)\n", &["1:14-41 doi-address {://dx.→s://}"]);
    check(
        "- [On cells](https://arxiv.org/pdf/1812.08434v3.pdf)\n",
        &["1:14-52 arxiv-address {pdf/1812.08434v3.pdf→abs/1812.08434}"],
    );
    check("- [On cells](https://arxiv.org/abs/1812.08434v3)\n", &["1:14-48 arxiv-address {v3→}"]);
    check("- [On cells](https://arxiv.org/abs/1812.08434) [PDF](https://arxiv.org/pdf/1812.08434)\n", &[]);
    check("- [cell](https://x.org/a?utm_source=x&id=1#b)\n", &["1:25-43 tracking-parameter {utm_source=x&→}"]);
    check("- [cell](https://x.org/a?utm_source=x)\n", &["1:25-38 tracking-parameter {?utm_source=x→}"]);
    check(
        "- [On all the cells](https://www.nature.com/articles/nature14248) Roe A, Poe B, Doe C. Nature, 2015.\n",
        &["1:3-66 derivable-identifier"],
    );
    check(
        "- [On all the cells](https://www.nature.com/articles/nature14248) Roe A. Nature, 2015. doi:10.1038/nature14248\n",
        &[],
    );
}

#[test]
fn reference_links_and_their_definitions() {
    check("- [cell][1] [map][maps]\n\n[1]: https://x.org/a\n", &["1:13-24 undefined-reference"]);
    check("- [cell][cells] and [map][]\n", &["1:3-16 undefined-reference", "1:21-28 undefined-reference"]);
    check(
        "- [cell] [Map][] [a][B]\n\n[CELL]: http://github.com/a/cell\n[map]: https://x.org\n[b]: https://x.org/b\n",
        &["3:9-33 http-address {→s}"],
    );
    check("- [cell](https://x.org)\n\n[1]: https://x.org/a\n[//]: # (a comment)\n", &["3:1-21 unused-definition"]);
    check("- [cell][1]\n\n[1]: https://x.org/a\n[1]: https://x.org/b\n", &["4:1-21 repeated-definition"]);
}

#[test]
fn links_to_places_in_the_list() {
    let list = "# Cells\n- [工具 Tools](#工具-tools)\n- [A & B](#a--b)\n- [C](#c-1)\n- [Gone](#gone)\n- [up](#top)\n- [x](#X)\n\n\
                ## 工具 Tools\n- a\n## A & B\n- b\n## C\n- c\n## C\n- c\n<a id=\"x\"></a>\n";
    check(list, &["5:11-15 unknown-anchor", "7:8-9 anchor-case {X→x}"]);
    check("# L\n- [Tools](#tool)\n## Tools\n- a\n", &["2:12-16 unknown-anchor {→s}"]);
    check("# L\n- [Tools]($tools)\n## Tools\n- a\n", &["2:11-17 unknown-anchor {$→#}"]);
    check("# L [![b](https://x.org/b.svg)](https://x.org)\n- [up](#l-) [up](#l)\n", &[]);
    let own = |anchors: [&str; 4]| {
        let links = anchors.map(|anchor| format!("- [{anchor}](https://github.com/a/l#{anchor})\n")).concat();
        format!("# L\n{links}\n## a\n- x\n## b\n- x\n## c\n- x\n")
    };
    check(&own(["a", "b", "c", "c"]), &[]);
    check(&own(["a", "b", "c", "d"]), &["5:30-31 unknown-anchor"]);
}

#[test]
fn contents_name_every_heading_of_a_level_or_none() {
    let list = |contents: &str| {
        let sections =
            ["A", "B", "C", "D", "E", "License"].map(|name| format!("## {name}\n- x\n### sub {name}\n- x\n"));
        format!("# L\n{contents}\n{}", sections.concat())
    };
    check(&list("- [A](#a)\n- [B](#b)\n- [C](#c)\n- [D](#d)\n"), &["23:4-5 contents-incomplete"]);
    check(&list("- [A](#a)\n"), &[]);
    check(
        "# L\n- [A](#a)\n- [B](#b)\n- [C](#c)\n- [D](#d)\n- [E](#e)\n## A\n- x\n## B\n- x\n## C\n- x\n## D\n- x\n\
           <a name=\"e\"></a>\n## Other name\n- x\n",
        &[],
    );
}

#[test]
fn headings() {
    check(
        "# L\n## A\n## B\n- [b](https://x.org)\n## C\n<!-- nothing -->\n",
        &["2:4-5 empty-section", "5:4-5 empty-section"],
    );
    check("# L\n## 1 A\n## 1.1 B\n- b\n## C\n![p](https://x.org/p.png)\n", &[]);
    check("# L\n- [a](https://x.org/a)\n    ## B\n    - [c](https://x.org/c)\n", &["3:8-9 heading-in-item"]);
    check("# L\n### A\n- a\n# M\n### B\n- b\n", &["2:5-6 heading-level"]);
    let numbered = |numbers: [&str; 4]| {
        numbers.map(|number| format!("## {number} cells\n- [a](https://x.org/{number})\n")).concat()
    };
    check(&numbered(["1", "2", "3", "4"]), &[]);
    check(&numbered(["1", "2", "4", "5"]), &["5:4-11 heading-number"]);
    check(
        &numbered(["1", "2.1", "2.1", "3"]),
        &["5:4-13 heading-number", "6:3-25 entry-in-two-sections", "7:4-11 heading-number"],
    );
}

#[test]
fn bullets_need_a_blank() {
    check(
        "-[cell](https://x.org/a)\n-[map](https://x.org/b)\n",
        &["1:1-2 bullet-without-blank {→ }", "2:1-2 bullet-without-blank {→ }"],
    );
    check(
        "*[cell](https://x.org/a)\n\n1.[cell](https://x.org/b)\n\n-**[map](https://x.org/c)** a\n",
        &["1:1-2 bullet-without-blank {→ }", "3:1-3 bullet-without-blank {→ }", "5:1-2 bullet-without-blank {→ }"],
    );
    check("*[cell](https://x.org/a)* and -[map](https://x.org/b)\n", &[]);
}

#[test]
fn the_same_thing_twice() {
    let doi = "- [On the maps of cells](https://doi.org/10.1000/x)\n";
    check(
        &format!("{doi}- [On the maps of cells](https://example.org/doi/10.1000/x)\n"),
        &["2:3-60 derivable-identifier", "2:3-60 duplicate-entry"],
    );
    check(&format!("## A\n{doi}## B\n{doi}"), &["4:3-52 entry-in-two-sections"]);
    check(
        "- [On cells](https://arxiv.org/abs/1812.08434)\n- [On cells.](https://doi.org/10.48550/arXiv.1812.08434)\n",
        &["2:3-57 duplicate-entry"],
    );
    check(
        "- [cell](https://github.com/A/cell)\n- [cell](https://github.com/a/cell.git)\n- [Cell](https://github.com/a/cell/tree/main)\n\
         - [cell wiki](https://github.com/a/cell/wiki/x)\n",
        &["2:3-40 duplicate-entry", "3:3-46 duplicate-entry"],
    );
    check(
        "- [atlas](https://x.org/a)\n- [Atlas](https://www.x.org/a/?utm_id=1)\n",
        &["2:3-41 duplicate-entry", "2:31-40 tracking-parameter {?utm_id=1→}"],
    );
    check(
        "- [On the maps of cells](https://arxiv.org/abs/1812.08434)\n- [On the maps of cells](https://doi.org/10.1000/x)\n",
        &["2:3-52 duplicate-entry"],
    );
    check(
        "- [On the maps of cells](https://doi.org/10.1000/y)\n- [On the maps of cells](https://doi.org/10.1000/x)\n",
        &[],
    );
    check("- [cell](https://github.com/a/cell)\n- [cell](https://github.com/b/cell)\n", &[]);
    check("- [MMLU (Medicine)](https://x.org/a)\n- [MMLU (Biology)](https://x.org/a)\n", &[]);
    check(&format!("{doi}- [Genes and their many networks](https://doi.org/10.1000/x)\n"), &["2:3-61 shared-address"]);
}

#[test]
fn citations_that_contradict_their_links() {
    check(
        "- [On the maps of cells](https://doi.org/10.1000/x) Roe A, Poe B, Doe C. Nature, 2015. doi:10.1000/abc\n",
        &["1:92-103 conflicting-identifiers"],
    );
    check(
        "- [On the maps of cells](https://www.biorxiv.org/content/10.1101/365007v2) Roe A, Poe B, Doe C. Nature, 2015. doi:10.1000/abc\n",
        &[],
    );
    check(
        "- [On the maps of cells](https://arxiv.org/abs/1901.00596) Roe A, Poe B, Doe C. arXiv preprint, 2017.\n",
        &["1:97-101 conflicting-year"],
    );
    check("- [On the maps of cells](https://arxiv.org/abs/1901.00596) Roe A, Poe B, Doe C. Nature, 2018.\n", &[]);
    check(
        "- [On the maps of cells](https://arxiv.org/abs/1812.08434) Roe A, et al. Nature, 2019.\n",
        &["1:60-65 truncated-authors"],
    );
    let short =
        |number: u8| format!("- [On maps {number}](https://doi.org/10.1000/{number}) Roe A, et al. Nature, 2019.\n");
    let found = shown(&(1..=5).map(short).collect::<String>(), &Settings::default());
    assert_eq!(found, ["1:42-47 truncated-authors"], "a habit is said once");
}

#[test]
fn what_the_other_papers_of_a_section_tell() {
    let paper = |number: u8, citation: &str| {
        format!(
            "- [On the maps of cells {number}](https://arxiv.org/abs/1812.0{number}) Roe A, Poe B, Doe C.{citation}\n"
        )
    };
    let list = |last: &str| {
        (100..105).map(|number| paper(number, " Nature, 2019, 5: 1-2.")).collect::<String>() + &paper(105, last)
    };
    check(&list(""), &["6:3-62 missing-year", "6:3-62 missing-venue"]);
    check(&list(" Nature, 2020."), &[]);
    check(&list(" in 2020 at the great meeting"), &[]);
    check(&(paper(101, " Nature, 2019.") + &paper(105, "")), &[]);
}

#[test]
fn sorted_sections_stay_sorted() {
    let list = |names: &str| {
        let items = names.split(' ').map(|name| format!("- [{name}](https://x.org/{name})\n"));
        items.collect::<String>()
    };
    check(&list("aa bb cc Dd ee mm ff gg hh ii jj"), &["6:3-25 unsorted-entry"]);
    check(&list("aa bb cc Dd ee ff gg hh ii jj"), &[]);
    check(&list("mm bb cc xx ee aa ff zz hh ii jj"), &[]);
    check(&list("ab a-c abd cc dd ee ff gg hh ii jj"), &[]);
}

#[test]
fn what_the_reader_did_not_understand() {
    check(
        "# L\n- [a](https://x.org/a)\n- ![picture](https://x.org/b.svg) [](https://x.org/b)\n",
        &["3:1-54 not-understood", "3:35-54 empty-link-text"],
    );
    check(
        "- [On cells](https://doi.org/10.1000/x) Roe A, Poe B, Doe C. Nature, 2015, 518: 317-330. Really good stuff\n",
        &["1:90-107 text-not-placed"],
    );
    assert_eq!(shown("# L\n\nWords.\n", &Settings::default()), ["1:1-4 no-entries"]);
    let bytes = b"- [caf\xe9](http://github.com/a/cafe)\n";
    let source = crate::read::decode("l.md".as_ref(), bytes.to_vec()).unwrap();
    let text = String::from_utf8_lossy(bytes);
    let found = super::check(&source, &text, &Settings::default());
    let names: Vec<&str> = found.iter().map(|finding| finding.rule.name()).collect();
    assert_eq!(names, ["invalid-utf8", "http-address"]);
    assert!(found.iter().all(|finding| finding.edits.is_empty()), "bytes that are not the text's are not touched");
    let rows = crate::read::decode("l.tsv".as_ref(), b"a\tb\n1\t2\n".to_vec()).unwrap();
    let found = super::check(&rows, "a\tb\n1\t2\n", &Settings::default());
    assert!(found.iter().any(|finding| finding.rule == Rule::BadRow), "{found:?}");
}

#[test]
fn comments_switch_rules_off_and_on() {
    let off = |before: &str, after: &str| {
        let link = "- [a](http://github.com/a/a)\n";
        shown(&format!("{before}\n\n{link}\n{after}\n\n{}", link.replace("/a", "/b")), &Settings::default())
    };
    let second = ["7:7-28 http-address {→s}"];
    assert_eq!(off("<!-- amml-lint-disable http-address -->", "<!-- amml-lint-enable http-address -->"), second);
    assert_eq!(off("<!-- amml-lint-disable -->", "<!-- amml-lint-enable -->"), second);
    assert_eq!(off("<!-- amml-lint-disable-next-line http-address -->", ""), second);
    assert_eq!(off("[//]: # (amml-lint-disable http-address, doi-address)", "[//]: # (amml-lint-enable)"), second);
    assert_eq!(off("<!-- amml-lint-disable http-address -- the mirror has no https -->", ""), [] as [&str; 0]);
    assert_eq!(off("<!-- amml-lint-disable doi-address -->", "").len(), 2);
    assert_eq!(off("`<!-- amml-lint-disable -->`", "").len(), 2);
    let unknown = findings("<!-- amml-lint-disable http-adress -->\n- [a](https://x.org)\n", &Settings::default());
    assert_eq!((unknown[0].rule, unknown[0].start.column), (Rule::UnknownRule, 24));
    assert_eq!(unknown[0].message, "there is no rule http-adress; is it http-address?");
}

#[test]
fn settings_change_severities() {
    let text = "- [a](http://github.com/a/a)\n- [b]()\n";
    let with = |settings: &str| {
        let found = findings(text, &Settings::parse(settings).unwrap());
        found.iter().map(|f| format!("{} {}", f.severity.word(), f.rule.name())).collect::<Vec<_>>()
    };
    assert_eq!(with(""), ["note http-address", "error empty-address"]);
    assert_eq!(with("[rules]\nhttp-address = \"error\"\nempty-address = \"off\"\n"), ["error http-address"]);
    for (settings, message) in [
        ("[rules]\nhttp-addres = \"off\"", "there is no rule http-addres"),
        ("[rules]\nhttp-address = \"loud\"", "\"loud\" is no level for the rule http-address"),
        ("[other]\n", "not valid settings"),
        ("rules", "not valid settings"),
    ] {
        assert_eq!(Settings::parse(settings).unwrap_err().to_string(), message);
    }
}

#[test]
fn every_rule_has_a_name_of_its_own() {
    let mut names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    for name in &names {
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
        assert_eq!(name.parse::<Rule>().unwrap().name(), *name);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Rule::ALL.len());
}

#[test]
fn mending_ends_and_overlapping_edits_are_made_in_turn() {
    assert_eq!(
        fixed("-[cell](http://https://github.com/a/cell?utm_source=x)\n"),
        "- [cell](https://github.com/a/cell)\n"
    );
    assert_eq!(fixed("- [x]( http://dx.doi.org/10.1000/x?utm_id=1 )"), "- [x](https://doi.org/10.1000/x)");
    assert_eq!(fixed("- [ab] (http://arxiv.org/pdf/1812.08434v2)"), "- [ab](https://arxiv.org/abs/1812.08434)");
}

/// A list with every flaw that can be mended, and some that cannot.
const FLAWED: &str = "# 细胞 Cells\n\n- [Tools](#tool)\n- [Maps]($maps)\n\n## Tools\n-[a](http://github.com/a/a)\n\
    - [b]((https://x.org/b)) 细胞 [c] (https://x.org/c)\n- [d]( http://dx.doi.org/10.1000/d )\n- [e](https://arxiv.org/pdf/1812.08434v3.pdf)\n\
    ## Maps\n- [f](https://x.org/f?utm_source=a&b=1)\n- [细胞]（https://x.org/g）\n- [h](https://x.org/h\n\n- [i]()\n- [j](https://https://x.org/j)\n\n\
    <!-- amml-lint-disable -->\n- [k](http://github.com/k/k)\n";

/// What curators' editors make of one text.
fn variants(text: &str) -> Vec<String> {
    let plain = [text.to_owned(), text.trim_end().to_owned(), format!("{text}\n\n"), text.replace("\n- [", "\n  * [")];
    let plain = plain.into_iter().chain([
        text.replace('\n', "  \n"),
        text.replace("\n- ", "\n1. "),
        text.replace('\n', "\n\n"),
    ]);
    plain
        .flat_map(|text| {
            let crlf = text.replace('\n', "\r\n");
            let mixed = text.replacen('\n', "\r\n", 5);
            [text.replace('\n', "\r"), format!("\u{feff}{text}"), format!("\u{feff}{crlf}"), mixed, crlf, text]
        })
        .collect()
}

#[test]
fn mending_changes_only_what_its_edits_name_and_has_nothing_to_do_the_second_time() {
    for text in variants(FLAWED) {
        let settings = Settings::default();
        let found = findings(&text, &settings);
        let n_edits = found.iter().map(|finding| finding.edits.len()).sum::<usize>();
        assert!(n_edits >= 9, "{n_edits}: {text:?}");
        for edit in found.iter().flat_map(|finding| &finding.edits) {
            assert_ne!(&text[edit.range.clone()], edit.text, "an edit that changes nothing: {text:?}");
        }
        let (once, n_made) = fixing::apply(&text, &found);
        assert!(n_made > 0 && once != text);
        assert_eq!(outside(&text, &found, false), outside(&once, &found, true), "{text:?}");
        let whole = fixed(&text);
        assert_eq!(fixed(&whole), whole, "{text:?}");
        assert!(findings(&whole, &settings).iter().all(|finding| finding.edits.is_empty()), "{whole:?}");
        assert_eq!(whole.matches('\r').count(), text.matches('\r').count());
        assert_eq!(whole.matches('\n').count(), text.matches('\n').count());
        assert_eq!(whole.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
        assert!(whole.contains("http://github.com/k/k"), "switched off: {whole:?}");
    }
}

/// The parts of a text between the edits, before they are made or after.
fn outside(text: &str, findings: &[Finding], is_made: bool) -> Vec<String> {
    let mut chosen: Vec<&Edit> = Vec::new();
    for finding in findings.iter().filter(|finding| !finding.edits.is_empty()) {
        if finding.edits.iter().all(|edit| fixing::is_free(edit, &chosen)) {
            chosen.extend(&finding.edits);
            chosen.sort_by_key(|edit| edit.range.start);
        }
    }
    let mut parts = Vec::new();
    let (mut at, mut moved) = (0, 0_isize);
    for edit in chosen {
        let start = edit.range.start.checked_add_signed(moved).unwrap();
        parts.push(text[at..start].to_owned());
        let length = if is_made { edit.text.len() } else { edit.range.len() };
        at = start + length;
        if is_made {
            moved += isize::try_from(edit.text.len()).unwrap() - isize::try_from(edit.range.len()).unwrap();
        }
    }
    parts.push(text[at..].to_owned());
    parts
}

#[test]
fn hostile_input_ends_soon_and_without_panic() {
    let inputs = [
        String::new(),
        "\u{feff}".to_owned(),
        "[](\n[".to_owned(),
        "[a](http://x ".repeat(20_000),
        "- [".repeat(20_000),
        "[a][b]".repeat(20_000),
        "[a] (http://x.org/".repeat(20_000),
        "<!-- amml-lint-disable x".repeat(5_000),
        (0..5_000).map(|n| format!("# h{n}\n[x{n}](#g{n})\n")).collect(),
        "## a\n[a](#b)\n".repeat(5_000),
        "<h1><a name=".repeat(5_000),
        "[//]: # (amml-lint-disable)\n".repeat(5_000),
        "- [a](http://github.com/a/b)\n".repeat(5_000),
        (0..5_000).map(|n| format!("[d{n}]: http://x.org/{n}\n")).collect(),
        "（[细](".repeat(10_000),
        "-[a](http://github.com/".repeat(5_000),
    ];
    for input in inputs {
        let start = std::time::Instant::now();
        let _ = fixed(&input);
        assert!(
            start.elapsed().as_secs() < 10,
            "{:?}: {}",
            start.elapsed(),
            input.chars().take(40).collect::<String>()
        );
    }
}

/// What a store may know of a list.
fn known() -> crate::model::Known {
    let mut known = crate::model::Known::default();
    for (address, more) in [
        (
            "https://x.org/gone",
            r#""state":"gone","why":"not-found","archived_at":"https://web.archive.org/web/2020/https://x.org/gone","history":[["2026-11-01","alive"],["2026-11-20","gone"]]"#,
        ),
        ("https://x.org/unclear", r#""state":"unclear","why":"blocked""#),
        ("https://x.org/old", r#""state":"alive","moved_to":"https://y.org/new""#),
        ("https://x.org/brackets", r#""state":"alive","moved_to":"https://y.org/new)""#),
        ("https://x.org/there", r#""state":"alive","moved_to":"https://x.org/back""#),
        ("https://x.org/back", r#""state":"alive","moved_to":"https://x.org/there""#),
        ("https://github.com/a/old", r#""state":"alive","moved_to":"https://github.com/b/new""#),
    ] {
        let line = format!(r#"{{"url":"{address}","as_of":"2026-11-22",{more}}}"#);
        known.links.insert(address.parse().unwrap(), serde_json::from_str(&line).unwrap());
    }
    let moved_to = "https://github.com/b/new".parse().ok();
    let repositories = &mut known.repositories;
    repositories.insert("github/a/old".to_owned(), crate::model::KnownRepository { moved_to, is_archived: true });
    known.retracted.push(crate::model::RetractedPaper {
        status: "retracted".to_owned(),
        ids: ["doi:10.1000/bad".parse().unwrap()].into(),
        titles: ["on bad cells".to_owned()].into(),
        addresses: ["y.org/bad".to_owned()].into(),
        notice: "https://doi.org/10.1000/notice".parse().ok(),
        sources: ["crossref".to_owned()].into(),
    });
    known
}

#[test]
fn what_a_store_knows_of_links_and_papers() {
    let mut settings = Settings::default();
    settings.know(known().into());
    let check = |text: &str, expected: &[&str]| assert_eq!(shown(text, &settings), expected, "{text}");
    let message = |text: &str| findings(text, &settings).remove(0).message;
    let gone = "- [cell](https://x.org/gone#part)\n";
    check(gone, &["1:10-33 dead-link"]);
    assert_eq!(
        message(gone),
        "gone since 2026-11-20 (not-found); a copy is at https://web.archive.org/web/2020/https://x.org/gone"
    );
    check("- [cell](https://x.org/unclear)\n- [map](https://x.org/unknown)\n", &[]);
    check("- [cell](https://x.org/old)\n", &["1:10-27 moved-link {x.org/old→y.org/new}"]);
    check("- [cell](https://x.org/old#part \"cell\")\n", &["1:10-32 moved-link {x.org/old→y.org/new}"]);
    check("- [cell][1]\n\n[1]: https://x.org/old\n", &["3:6-23 moved-link {x.org/old→y.org/new}"]);
    check(
        "- cell, see https://x.org/old.\n- [map](https://x.org/map)\n",
        &["1:13-30 moved-link {x.org/old→y.org/new}"],
    );
    check("- [cell](https://x.org/brackets)\n", &["1:10-32 moved-link"]);
    check("- [cell](https://x.org/there) [map](https://x.org/back)\n", &[]);
    check(
        "- [cell](https://github.com/A/old)\n",
        &["1:10-34 moved-repository {A/old→b/new}", "1:10-34 archived-repository"],
    );
    check(
        "- [cell](https://github.com/a/old/tree/main)\n",
        &["1:10-44 moved-repository", "1:10-44 archived-repository"],
    );
    check("- [cell](https://github.com/a/old/issues)\n", &[]);
    let bad = "- [On cells](https://doi.org/10.1000/bad) Roe A, Poe B, Doe C. Nature, 2015.\n";
    check(bad, &["1:3-42 retracted-paper"]);
    assert_eq!(message(bad), "the paper was retracted, says crossref; see https://doi.org/10.1000/notice");
    let paper = |title: &str, address: &str| format!("- [{title}]({address}) Roe A, Poe B, Doe C. Nature, 2015.\n");
    check(&paper("On bad cells", "https://y.org/bad"), &["1:3-36 retracted-paper"]);
    check(&paper("On bad cells", "https://y.org/other"), &[]);
    check(&paper("On other cells", "https://y.org/bad"), &[]);
    check(&paper("On bad cells", "https://doi.org/10.1000/good"), &[]);
    let off = "<!-- amml-lint-disable dead-link -->\n- [cell](https://x.org/gone)\n";
    check(off, &[]);
    assert_eq!(fix(&source(gone), gone, &settings), (gone.to_owned(), 0));
    let old = "- [cell](https://x.org/old) <a href=\"https://github.com/a/old\">x</a>\n";
    assert_eq!(
        fix(&source(old), old, &settings).0,
        "- [cell](https://y.org/new) <a href=\"https://github.com/b/new\">x</a>\n"
    );
}
