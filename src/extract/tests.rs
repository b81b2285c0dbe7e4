//! The room at its door: a list in, what was read of each entry out.

use super::*;
use crate::model::{SourceInfo, SourceKind};

fn read(text: &str) -> Extraction {
    let info = SourceInfo::new("test", SourceKind::List);
    extract(&Source::new(info, text))
}

/// Shows each mention as `lines kind | title | name | ids | authors | venue year | roles`, relations behind the entry.
fn check(text: &str, expected: &[&str]) {
    let extraction = read(text);
    let mut shown = Vec::new();
    for entry in &extraction.entries {
        for mention in &entry.mentions {
            let citation = &mention.citation;
            let authors: Vec<&str> = citation.authors.iter().map(|name| name.family.as_str()).collect();
            let ids: Vec<String> = [
                mention.ids.doi.as_ref().map(ToString::to_string),
                mention.ids.arxiv.as_ref().map(ToString::to_string),
                mention.ids.pmcid.as_ref().map(ToString::to_string),
            ]
            .into_iter()
            .flatten()
            .collect();
            let roles: Vec<&str> = mention.links.iter().map(|link| link.role.word()).collect();
            let year = citation.year.map(|year| year.to_string()).unwrap_or_default();
            shown.push(format!(
                "{} {} | {} | {} | {} | {} | {} {year} | {}",
                entry.origin.lines,
                mention.kind.kind.word(),
                mention.title.text,
                mention.name.as_deref().unwrap_or("_"),
                ids.join(" "),
                authors.join(" "),
                citation.venue.as_deref().unwrap_or("_"),
                roles.join(" ")
            ));
        }
        for relation in &entry.relations {
            let word = relation.evidence.word();
            shown.push(format!("  {} {:?} {} ({word})", relation.subject, relation.relation, relation.object));
        }
    }
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn a_citation_may_stand_on_the_next_unindented_line_or_be_glued_to_the_link() {
    check(
        "- [On cells and maps](https://www.nature.com/articles/nature14248)\nRoe A, Poe B. Nature, 2015, 518: 317-330.\n\
         - [On maps and cells](https://www.nature.com/articles/nature11247)Roe A, Poe B. Nature, 2012, 489: 57-74.\n",
        &[
            "1-2 paper | On cells and maps | _ | 10.1038/nature14248 | Roe Poe | Nature 2015 | main",
            "3 paper | On maps and cells | _ | 10.1038/nature11247 | Roe Poe | Nature 2012 | main",
        ],
    );
}

#[test]
fn follow_up_links_get_their_role_from_the_word_before_them() {
    check(
        "- [On cells](https://arxiv.org/abs/1812.08434) Ann Roe, Bob Poe\n[PDF](https://x.org/a.pdf)  中文：[论细胞](https://x.cn/b)\n\
         github: [cellmap](https://github.com/a/cellmap)\n",
        &[
            "1-3 paper | On cells | _ | 1812.08434 | Roe Poe | _  | main pdf translation code",
            "1-3 tool | cellmap | cellmap |  |  | _  | main",
            "  1 Implements 0 (same-entry-link)",
        ],
    );
}

#[test]
fn a_repository_with_a_citation_is_a_tool_and_its_paper() {
    check(
        "- [Cell mapping networks](https://github.com/a/CMN) Roe A, Poe B, et al. . arXiv preprint arXiv:1710.10903, 2017.\n",
        &[
            "1 tool | Cell mapping networks | _ |  |  | _  | main",
            "1 paper | Cell mapping networks | _ | 1710.10903 | Roe Poe | arXiv 2017 | ",
            "  0 Implements 1 (citation-of-repository)",
        ],
    );
}

#[test]
fn a_preprint_with_a_journal_citation_is_one_work_in_two_versions() {
    check(
        "- [Inferring cell maps](https://www.biorxiv.org/content/10.1101/365007v2.full) Roe A, Poe B. Genome Research, 2019, 16(2): 27-58.\n",
        &[
            "1 paper | Inferring cell maps | _ |  | Roe Poe | Genome Research 2019 | main",
            "1 paper | Inferring cell maps | _ | 10.1101/365007 | Roe Poe | _  | main",
            "  1 PreprintOf 0 (preprint-link-with-journal-citation)",
        ],
    );
}

#[test]
fn kinds_come_from_address_title_heading_and_siblings() {
    check(
        "# L\n## Datasets\n- [CellAtlas](http://x.org/atlas)\n- [a/b](https://github.com/a/b)\n\
         ## 竞赛 Contest\n- [NER 2017](https://x.org/ner)\n## Other\n- [Awesome cells](https://github.com/x/awesome-cells)\n\
         - [Cell course](http://cs231n.stanford.edu/)\n- [Roe Lab](https://x.org/roe)\n- [a wiki page](https://github.com/a/b/wiki/P)\n",
        &[
            "3 dataset | CellAtlas | CellAtlas |  |  | _  | main",
            "4 dataset | a/b | b |  |  | _  | main",
            "6 competition | NER 2017 | _ |  |  | _  | main",
            "8 list | Awesome cells | _ |  |  | _  | main",
            "9 course | Cell course | _ |  |  | _  | main",
            "10 organization | Roe Lab | _ |  |  | _  | main",
            "11 article | a wiki page | _ |  |  | _  | main",
        ],
    );
}

#[test]
fn a_label_says_what_kind_a_thing_is() {
    check(
        "# L\n## Papers\n- [Cells of all tissues](https://example.org/cells)\n  - Type: dataset\n- [Maps](https://github.com/a/maps)\n  - 类型：模型\n",
        &["3-4 dataset | Cells of all tissues | _ |  |  | _  | main", "5-6 model | Maps | Maps |  |  | _  | main"],
    );
}

#[test]
fn the_table_of_contents_is_no_content() {
    check(
        "# L\n## 目录\n- [1 单细胞 Cells](https://github.com/x/l#1-单细胞-cells)\n## 1 单细胞 Cells\n- [cell](https://github.com/a/cell)\n- [top](#l)\n",
        &["5 tool | cell | cell |  |  | _  | main"],
    );
}

#[test]
fn dates_and_tags_before_the_title_are_not_the_title() {
    check(
        "- 2019 - [cell](https://github.com/a/cell) - text\n- [2021 Nature Methods] **On cells and maps** [[paper]](https://doi.org/10.1000/x)\n\
         - `Text` *NeurIPS 2020* [**On maps**](https://doi.org/10.1000/y)\n",
        &[
            "1 tool | cell | cell |  |  | _ 2019 | main",
            "2 paper | On cells and maps | _ | 10.1000/x |  | Nature Methods 2021 | paper",
            "3 paper | On maps | _ | 10.1000/y |  | NeurIPS 2020 | main",
        ],
    );
}

#[test]
fn a_title_that_is_a_whole_citation_is_taken_apart() {
    check(
        "- [Roe A, Poe B. On the maps of all cells. Nat Methods. 2015 Oct;12(10):931-4.](https://doi.org/10.1000/x)\n",
        &["1 paper | On the maps of all cells | _ | 10.1000/x | Roe Poe | Nat Methods 2015 | main"],
    );
}

#[test]
fn a_description_is_neither_citation_nor_lost() {
    let extraction = read("- [cell](https://github.com/a/cell) - A fast reader of cells, released in 2019.\n");
    let mention = &extraction.entries[0].mentions[0];
    assert_eq!(mention.description.as_ref().unwrap().text, "A fast reader of cells, released in 2019.");
    assert!(mention.citation.is_empty() && extraction.entries[0].mentions.len() == 1);
}

#[test]
fn what_was_not_understood_is_reported_with_its_line() {
    let extraction = read(
        "# L\n## A\n- [On cells](https://www.nature.com/articles/nature14248) Roe A, Poe B. Nature, 2015, 518: 317-330. Really good stuff\n\
         - no link at all\n\nSee [this](https://x.org) for more.\n\n- [a](https://x.org/a)\n    ## B\n    - [c](https://x.org/c)\n",
    );
    let shown: Vec<String> = extraction
        .notices
        .iter()
        .map(|notice| format!("{} {} {}", notice.lines, notice.code.word(), notice.text))
        .collect();
    assert_eq!(
        shown,
        [
            "3 text-not-placed Really good stuff",
            "4 not-an-entry - no link at all",
            "6 not-an-entry See [this](https://x.org) for more.",
            "9 heading-inside-item B",
        ]
    );
}

#[test]
fn nested_items_that_only_label_a_link_belong_to_the_item_above() {
    check(
        "- [On cells](https://arxiv.org/abs/1812.08434)\n  - [Paper](https://doi.org/10.1000/x1)\n  - Code: [here](https://github.com/a/cell)\n\
         - Groups\n  - [one](https://github.com/a/one)\n",
        &[
            "1-3 paper | On cells | _ | 10.1000/x1 1812.08434 |  | _  | main paper code",
            "1-3 tool | cell | cell |  |  | _  | main",
            "  1 Implements 0 (same-entry-link)",
            "5 tool | one | one |  |  | _  | main",
        ],
    );
}

#[test]
fn hostile_input_ends_soon_and_without_panic() {
    let deep: String = (0..1000).map(|depth| format!("{}- [x](https://x.org/{depth})\n", "  ".repeat(depth))).collect();
    let inputs = [
        String::new(),
        "\0\u{feff}\n- \n* [](\n[".to_owned(),
        "- [a](http://x) ".to_owned() + &"Roe A, ".repeat(20_000),
        "- [".repeat(20_000),
        "a".repeat(1_000_000),
        "- [单细胞](https://例え.jp/あ（b）) 张三，李四等。《自然》，2019，10（2）：1-2。\n".repeat(100),
        "#".repeat(5_000) + "\n",
        "## A\n".repeat(3_000),
        deep,
    ];
    let start = std::time::Instant::now();
    for input in inputs {
        let _ = read(&input);
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_heading_with_labelled_lines_below_it_is_an_entry() {
    check(
        "# L\n## Methods\n### Alpha\nSoftware: https://github.com/x/alpha\n\nManuscript: [On cells and on maps](https://doi.org/10.1000/a)\n\
         ### Beta\nSoftware: https://github.com/x/beta\n",
        &[
            "3-6 tool | Alpha | Alpha |  |  | _  | code",
            "3-6 paper | On cells and on maps | _ | 10.1000/a |  | _  | main",
            "  0 Implements 1 (same-entry-link)",
            "7-8 tool | Beta | Beta |  |  | _  | code",
        ],
    );
}

#[test]
fn a_bold_line_is_a_title_over_text_and_a_group_over_a_list() {
    check(
        "# L\n## Papers\n**On cells and on maps**  \nRoe A, Poe B.  \n*Nature, May 2020.*  \n[[10.1000/a](https://doi.org/10.1000/a)]\n\n\
         **Tools**\n\n- [cell](https://github.com/x/cell)\n",
        &[
            "3-6 paper | On cells and on maps | _ | 10.1000/a | Roe Poe | Nature 2020 | paper",
            "10 tool | cell | cell |  |  | _  | main",
        ],
    );
}

#[test]
fn a_row_says_what_the_heads_of_its_columns_say() {
    check(
        "# L\n## Data\n| Year | Dataset | Paper | Code |\n|-|-|-|-|\n| 2019 | [Cells](https://x.org/cells) | [link](https://doi.org/10.1000/a) | [here](https://github.com/x/cells) |\n\
         | 2020 | Maps | - | - |\n",
        &[
            "5 dataset | Cells | Cells |  |  | _ 2019 | main code",
            "5 paper |  | _ | 10.1000/a |  | _  | main",
            "5 tool | cells | cells |  |  | _  | main",
            "  2 Implements 1 (same-entry-link)",
            "6 dataset | Maps | Maps |  |  | _ 2020 | ",
        ],
    );
}

#[test]
fn names_before_a_linked_title_are_its_authors() {
    check(
        "- J. Roe, [On cells and on maps](https://doi.org/10.1000/a), 1998.\n",
        &["1 paper | On cells and on maps | _ | 10.1000/a | Roe | _ 1998 | main"],
    );
}

#[test]
fn the_record_of_another_work_is_an_entry_of_its_own() {
    check(
        "# L\n## P\n**On cells and on maps**\n*Ann Roe, Bo Poe*\nNature 2020. [[paper](https://doi.org/10.1000/a)]\n\n```bibtex\n\
         @article{x, title={Maps alone}, author={Low, Cy}, journal={Science}, year={2021}}\n```\n",
        &[
            "3-5 paper | On cells and on maps | _ | 10.1000/a | Roe Poe | Nature 2020 | paper",
            "8 paper | Maps alone | _ |  | Low | Science 2021 | ",
        ],
    );
}

#[test]
fn every_line_is_in_an_entry_a_heading_or_a_notice() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accuracy/lists");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let extraction = read(&text);
        let document = crate::read::parse(&text);
        let is_heading = |block: &&crate::read::Block| matches!(block.kind, crate::read::BlockKind::Heading(_));
        let headings = document.blocks.iter().filter(is_heading).map(|block| block.lines);
        let entries = extraction.entries.iter().map(|entry| entry.origin.lines);
        let notices = extraction.notices.iter().map(|notice| notice.lines);
        let covered: Vec<Lines> = headings.chain(entries).chain(notices).collect();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let is_covered = covered.iter().any(|lines| (lines.first..=lines.last).contains(&number));
            assert!(is_covered, "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn what_stands_behind_a_table_in_html_is_not_of_its_last_row() {
    check(
        "# L\n## A\n<table>\n<tr><td><a href=\"https://arxiv.org/abs/1505.04597\">On cells and on maps</a></td><td>Ann Roe</td></tr>\n</table>\n\n\
         See <a href=\"https://x.org\">x</a> for more.\n",
        &["4 paper | On cells and on maps | _ | 1505.04597 |  | _  | main"],
    );
}
