use super::*;
use crate::model::{Entry, SourceInfo, SourceKind, WorkRef};

fn read(text: &str) -> Extraction {
    extract(&Source::new(SourceInfo::new("refs", SourceKind::Bibliography), text))
}

/// What an entry says of its first thing.
fn shown(entry: &Entry) -> String {
    let mention = &entry.mentions[0];
    let citation = &mention.citation;
    let authors: Vec<String> = citation
        .authors
        .iter()
        .map(
            |name| {
                if name.is_group { format!("[{}]", name.family) } else { format!("{}, {}", name.family, name.given) }
            },
        )
        .collect();
    let et_al = if citation.et_al { " et al." } else { "" };
    let place = [&citation.venue, &citation.volume, &citation.issue, &citation.pages]
        .map(|part| part.clone().unwrap_or_default());
    let ids: Vec<String> = WorkRef::of_identifiers(&mention.ids).map(|id| id.to_string()).collect();
    let links: Vec<String> = mention.links.iter().map(|link| format!("{}={}", link.role.word(), link.url)).collect();
    let date = citation.date.map(|date| date.to_string()).unwrap_or_default();
    format!(
        "{} {} | {} | {}{et_al} | {} | {date} | {} {}",
        entry.origin.lines,
        mention.kind.kind.word(),
        mention.title.text,
        authors.join("; "),
        place.join("/"),
        ids.join(" "),
        links.join(" ")
    )
}

fn check(text: &str, expected: &[&str]) {
    let found = read(text);
    assert_eq!(found.entries.iter().map(shown).collect::<Vec<_>>(), expected);
}

fn bad_lines(text: &str) -> Vec<u32> {
    read(text).notices.iter().map(|notice| notice.lines.first).collect()
}

#[test]
fn bibtex() {
    let text = r#"% Encoding: UTF-8
@string{nat = "Nature"}
@Article{roe2020,
  author = {Roe, Ann and {van Poe}, B. and Ludwig von Moe and {Map Consortium} and {Terry M Doe} and others},
  title = {{CellMap}: Maps of {\"o}dd cells},
  journal = nat # " Methods", volume = 5, number = {2}, pages = {10--19}, year = 2020, month = apr,
  doi = {https://doi.org/10.1000/X\_1}, url = {https://github.com/roe/cellmap},
  keywords = {cells; maps}, abstract = {We map.}
}
@misc{poe2019, title = "A preprint", author = "Poe, B", howpublished = {\url{https://example.org/a_b}},
  eprint = {1901.00001}, archiveprefix = {arXiv}, year = {2019}}
@inproceedings{child, title = {A part}, crossref = {whole}, pages = {7}}
@article{scholar, title={By Scholar}, journal={arXiv preprint arXiv:1503.03832}, year={2015}}
@manual{pkg, title = {cellpack: Packs cells}, note = {R package version 1.0}, url = {https://cran.r-project.org/package=cellpack}}
@online{page, title = {A page}, url = {https://example.org/page}, urldate = {2020-01-01}}
@proceedings{whole, title = {Proceedings of Maps}, year = {2018}}
"#;
    check(
        text,
        &[
            "3-9 paper | CellMap: Maps of ödd cells | Roe, Ann; van Poe, B.; von Moe, Ludwig; [Map Consortium]; Doe, Terry M et al. \
             | Nature Methods/5/2/10-19 | 2020-04 | doi:10.1000/x_1 code=https://github.com/roe/cellmap",
            "10-11 paper | A preprint | Poe, B | /// | 2019 | arxiv:1901.00001 main=https://example.org/a_b",
            "12 paper | A part |  | Proceedings of Maps///7 | 2018 |  ",
            "13 paper | By Scholar |  | arXiv/// | 2015 | arxiv:1503.03832 ",
            "14 tool | cellpack: Packs cells |  | /// |  |  main=https://cran.r-project.org/package=cellpack",
            "15 article | A page |  | /// |  |  main=https://example.org/page",
            "16 book | Proceedings of Maps |  | /// | 2018 |  ",
        ],
    );
    let found = read(text);
    assert!(found.entries[0].text.starts_with("@Article{roe2020,\n") && found.entries[0].text.ends_with("\n}"));
    assert_eq!(found.entries[4].mentions[0].name.as_deref(), Some("cellpack"));
    let details = found.entries[0].mentions[0].details.as_ref().unwrap();
    assert_eq!(details.attributes.len(), 3, "{:?}", details.attributes);
    assert!(found.notices.is_empty(), "{:?}", found.notices);
}

#[test]
fn broken_bibtex_is_told_and_the_rest_is_read() {
    let text = "@article{a, title = {Open\n@article{b, title = {Whole}, doi = {10.1002/(SICI)1<87::AID>3.0}}\n@misc{c, note = {x}}\n";
    check(text, &["1 paper | Open |  | /// |  |  ", "2 paper | Whole |  | /// |  |  "]);
    assert_eq!(bad_lines(text), [1, 3]);
    assert_eq!(bad_lines("Only prose."), [1]);
}

#[test]
fn ris() {
    let text = "\u{feff}Provider: X\n\nTY  - JOUR\nTI  - Maps of cells\n  and of more\nAU  - Roe, Ann\nA1  - Poe, Bo, Jr\nJF  - Nature\nJO  - Nat\n\
        VL  - 5\nIS  - 2\nSP  - 10\nEP  - 19\nPY  - 2020\nDA  - 2020/04/01/\nDO  - 10.1000/x\nUR  - https://example.org/x\nKW  - cells\n\
        KW  - maps\nAB  - We map.\nID  - 7\nER  - \n\nTY  - COMP\nTI  - cellpack\nUR  - https://github.com/roe/cellpack\n\
        TY  - CONF\nT1  - A talk\nT2  - Proceedings of Maps\nY1  - 2019///\nER  -\nstray\nTY  - GEN\nER  - \n";
    check(
        text,
        &[
            "3-22 paper | Maps of cells and of more | Roe, Ann; Poe, Bo | Nature/5/2/10-19 | 2020-04-01 | doi:10.1000/x main=https://example.org/x",
            "24-26 tool | cellpack |  | /// |  |  main=https://github.com/roe/cellpack",
            "27-31 paper | A talk |  | Proceedings of Maps/// | 2019 |  ",
        ],
    );
    assert_eq!(bad_lines(text), [32, 33]);
    assert!(read(text).entries[0].text.starts_with("TY  - JOUR\nTI  - Maps of cells\n  and of more\n"));
}

#[test]
fn csl_json() {
    let text = r#"[
  {"id":"a","type":"article-journal","title":"Maps of <i>cells</i>","container-title":"Nature","volume":5,"issue":"2","page":"10–19",
   "author":[{"family":"Moe","given":"Ludwig","non-dropping-particle":"von"},{"literal":"Map Consortium"},{"family":"Roe","ORCID":"https://orcid.org/0000-0002-1825-0097"}],
   "issued":{"date-parts":[["2020",4]]},"DOI":"10.1000/X","PMID":"123","PMCID":"PMC45","URL":"https://doi.org/10.1000/X","note":"arXiv: 1901.00001"},
  {"id":"b","type":"article","title":"A preprint","publisher":"arXiv","number":"arXiv:1901.00002","issued":{"raw":"May 2019"}},
  {"id":"c","type":"software","title":"cellpack","URL":"https://github.com/roe/cellpack"},
  {"id":"d","type":"book","title":["A book"],"author":null,"issued":{"date-parts":[[null]]}},
  {"id":"e","type":"webpage"}
]"#;
    check(
        text,
        &[
            "2-4 paper | Maps of cells | von Moe, Ludwig; [Map Consortium]; Roe,  | Nature/5/2/10-19 | 2020-04 | \
             doi:10.1000/x arxiv:1901.00001 pmcid:PMC45 pmid:123 main=https://doi.org/10.1000/X",
            "5 paper | A preprint |  | arXiv/// | 2019-05 | arxiv:1901.00002 ",
            "6 tool | cellpack |  | /// |  |  main=https://github.com/roe/cellpack",
            "7 book | A book |  | /// |  |  ",
        ],
    );
    assert_eq!(bad_lines(text), [8]);
    assert!(read(text).entries[0].mentions[0].citation.authors[2].orcid.is_some());
}

#[test]
fn zotero() {
    let item = r#"{"itemType":"journalArticle","title":"Maps","creators":[{"creatorType":"editor","name":"X"},{"creatorType":"author","firstName":"Ann","lastName":"Roe"},{"creatorType":"author","name":"Map Consortium"}],"publicationTitle":"Nature","date":"2020-04-01","DOI":"10.1000/x","extra":"PMID: 123\nfree text","tags":[{"tag":"cells"}]}"#;
    let expected = "Maps | Roe, Ann; [Map Consortium] | Nature/// | 2020-04-01 | doi:10.1000/x pmid:123 ";
    let of_interface = format!(
        "[{{\"key\":\"A\",\"version\":1,\"library\":{{}},\"data\":{item}}},\n{{\"key\":\"B\",\"library\":{{}},\"data\":{{\"itemType\":\"note\"}}}}]"
    );
    check(&of_interface, &[&format!("1 paper | {expected}")]);
    assert!(bad_lines(&of_interface).is_empty(), "a note is no fault");
    check(&format!("{{\"config\":{{}},\n\"items\":[\n{item}]}}"), &[&format!("3 paper | {expected}")]);
}

#[test]
fn a_bibliography_cut_anywhere_is_no_failure() {
    for text in [
        "@article{é, title = {Ü {\\\"o}}, author = {A and B}, year = \"20\" # x}",
        "TY  - JOUR\nTI  - é\nSP  - –\nPY  - 20é\nER  - \n",
        r#"{"items":[{"id":"é","type":"book","title":"T","issued":{"date-parts":[[2020,-1]]},"author":[[]]}]}"#,
        r#"[{"itemType":"book","title":7,"creators":[{"name":[]}],"date":"é20201"}]"#,
    ] {
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let _ = read(&text[..at]);
            let _ = read(&text[at..]);
        }
    }
}
