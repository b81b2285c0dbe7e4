use super::*;
use crate::model::{Entry, SourceInfo, SourceKind};

fn read(text: &str) -> Extraction {
    extract(&Source::new(SourceInfo::new("registry", SourceKind::Registry), text))
}

/// What an entry says, a line for each mention and each relation.
fn shown(entry: &Entry) -> Vec<String> {
    let mentions = entry.mentions.iter().map(|mention| {
        let links: Vec<String> =
            mention.links.iter().map(|link| format!("{}={}", link.role.word(), link.url)).collect();
        let ids: Vec<String> = crate::model::WorkRef::of_identifiers(&mention.ids).map(|id| id.to_string()).collect();
        let authors: Vec<String> = mention.citation.authors.iter().map(crate::model::PersonName::display).collect();
        let date = mention.citation.date.map(|date| date.to_string());
        let all = [vec![mention.kind.kind.word().to_owned(), mention.title.text.clone()], ids, links, authors].concat();
        all.into_iter().chain(mention.citation.venue.clone()).chain(date).collect::<Vec<_>>().join(" ")
    });
    let relations = entry.relations.iter().map(|relation| {
        let grade = relation.grade.map_or("", crate::model::Grade::word);
        let word = relation.evidence.word();
        format!(
            "{} {:?} {} {grade} {} ({word})",
            relation.subject, relation.relation, relation.object, relation.confidence
        )
    });
    mentions.chain(relations).collect()
}

#[test]
fn records_of_biotools() {
    let text = concat!(
        r#"{"biotoolsID":"cellmap","name":"CellMap","description":"Maps &amp; cells","homepage":"https://cellmap.example.org","#,
        r#""link":[{"type":["Repository"],"url":"https://github.com/Roe/CellMap.git"},{"type":["Mailing list"],"url":"https://x.org/list"},{"url":null},7],"#,
        r#""documentation":[{"type":["User manual"],"url":"https://cellmap.example.org/docs"},{"type":["Terms of use"],"url":"https://x.org/terms"}],"#,
        r#""license":"MIT","language":["R","C++"],"version":["1.2"],"#,
        r#""topic":[{"term":"Cell biology","uri":"http://edamontology.org/topic_2229"}],"#,
        r#""function":[{"operation":[{"term":"Clustering","uri":"http://edamontology.org/operation_3432"}]}],"#,
        r#""credit":[{"name":"Ann Roe","orcidid":"https://orcid.org/0000-0002-1825-0097","typeEntity":"Person"},{"name":"Bo Poe"},{"name":"Lab","orcidid":"0000-0002-1694-233X","typeEntity":"Division"}],"#,
        r#""publication":[{"doi":"10.1000/CellMap","pmid":"123","type":["Primary"],"metadata":{"title":"CellMap: maps of <i>cells</i>.","authors":[{"name":"Roe A."},{"name":"De la Poe B.-C."},{"name":"Map Consortium"}],"journal":"Cells","date":"2020-02-01T00:00:00Z","citationCount":7}},"#,
        r#"{"doi":"10.1000/bench","type":["Benchmarking study"]},{"note":"nothing"}]}"#,
        "\n{\"name\": null}\n{\"biotoolsID\":\"bare\",\"name\":\"Bare\"}\n",
    );
    let found = read(text);
    assert_eq!(found.entries.len(), 2);
    assert_eq!(
        shown(&found.entries[0]),
        [
            "tool CellMap main=https://github.com/Roe/CellMap.git project=https://cellmap.example.org \
             documentation=https://cellmap.example.org/docs Ann Roe",
            "paper CellMap: maps of cells doi:10.1000/cellmap pmid:123 A. Roe B.-C. De la Poe Map Consortium Cells 2020-02-01",
            "paper  doi:10.1000/bench",
            "0 Implements 1 official 0.97 (registry)",
            "0 Refers 2 use 0.86 (registry)",
        ]
    );
    let details = found.entries[0].mentions[0].details.as_ref().unwrap();
    let attributes: Vec<String> = details.attributes.iter().map(|(which, text)| format!("{which:?} {text}")).collect();
    assert_eq!(
        attributes,
        [
            "License MIT",
            "ProgrammingLanguage C++",
            "ProgrammingLanguage R",
            "Version 1.2",
            "SameAs https://bio.tools/cellmap"
        ]
    );
    let topics: Vec<&str> = found.topics.iter().map(|topic| topic.iri.as_ref().unwrap().as_ref()).collect();
    assert_eq!(topics, ["http://edamontology.org/topic_2229", "http://edamontology.org/operation_3432"]);
    assert_eq!(found.entries[0].mentions[1].citation.authors[2].family, "Map Consortium");
    assert_eq!(found.notices.iter().map(|notice| notice.lines.first).collect::<Vec<_>>(), [2]);
    assert_eq!((found.entries[1].origin.lines.first, found.entries[1].mentions.len()), (3, 1));
}

#[test]
fn a_repository_of_many_tools_is_none_of_them() {
    let record =
        |id: &str, page: &str| format!("{{\"biotoolsID\":\"{id}\",\"name\":\"{id}\",\"homepage\":\"{page}\"}}\n");
    let text: String = [
        ("suite", "https://github.com/a/suite"),
        ("part", "https://github.com/a/Suite/"),
        ("one", "https://github.com/a/tools"),
        ("two", "https://github.com/a/tools"),
    ]
    .map(|(id, page)| record(id, page))
    .concat();
    let links: Vec<String> = read(&text).entries.iter().map(|entry| shown(entry).remove(0)).collect();
    assert_eq!(
        links,
        [
            "tool suite main=https://github.com/a/suite",
            "tool part main=https://bio.tools/part code=https://github.com/a/Suite/",
            "tool one main=https://bio.tools/one code=https://github.com/a/tools",
            "tool two main=https://bio.tools/two code=https://github.com/a/tools",
        ]
    );
}

const TABLES: &str = "==> tools.tsv <==
Tool\tPlatform\tCode\tDescription\tLicense\tAdded\tUpdated
cellmap\tR/C++\thttps://github.com/roe/cellmap\tMaps \"cells\"\tMIT\t2019-01-01\t2020-02-02
page\tPython\thttps://page.example.org\tNA\tNA\t2019-01-01\tNA
packed\tR\tNA\tNA\tNA\tNA\tNA
\tR\tNA\tNA\tNA\tNA\tNA
==> repositories.tsv <==
Tool\tBioc\tCRAN\tPyPI\tConda\tGitHub
cellmap\tcellMap\tNA\tNA\tNA\tRoe/CellMap
page\tNA\tNA\tpage\tNA\tNA
packed\tNA\tpackR\tNA\tNA\tNA
==> doi-idx.tsv <==
Tool\tDOI
cellmap\t10.1101/000001
cellmap\t10.1000/A
page\tarxiv/2001.00001
page\tno DOI
==> references.tsv <==
DOI\tarXiv\tPreprint\tDate\tTitle
10.1101/000001\tFALSE\tTRUE\t2019-05-05\tMaps of cells
10.1000/a\tFALSE\tFALSE\t2020-06-06\tcellmap: maps of <i>cells</i>
==> reference-links.tsv <==
Preprint\tPublication\tCorrect
10.1101/000001\t10.1000/a\tTRUE
10.1101/000001\t10.1000/b\tFALSE
==> categories-idx.tsv <==
Tool\tCategory
cellmap\tDimensionalityReduction
";

#[test]
fn tables_of_scrna_tools() {
    let found = read(TABLES);
    assert_eq!(
        shown(&found.entries[0]),
        [
            "tool cellmap main=https://github.com/Roe/CellMap package=https://bioconductor.org/packages/cellMap",
            "paper cellmap: maps of cells doi:10.1000/a 2020-06-06",
            "paper Maps of cells doi:10.1101/000001 2019-05-05",
            "paper cellmap: maps of cells doi:10.1000/a 2020-06-06",
            "0 Implements 1 official 0.97 (registry)",
            "0 Implements 2 official 0.92 (registry)",
            "2 PreprintOf 3  0.95 (registry)",
        ]
    );
    assert_eq!(
        shown(&found.entries[1]),
        [
            "tool page main=https://page.example.org package=https://pypi.org/project/page/",
            "paper  arxiv:2001.00001",
            "0 Implements 1 official 0.92 (registry)",
        ]
    );
    assert_eq!(shown(&found.entries[2]), ["tool packed main=https://cran.r-project.org/package=packR"]);
    let entry = &found.entries[0];
    assert_eq!(entry.origin.lines.first, 3);
    let rows: Vec<&str> = entry.text.lines().map(|row| row.split(':').take(2).last().unwrap()).collect();
    assert_eq!(rows, ["2", "2", "2", "3", "2"], "{}", entry.text);
    assert!(entry.text.contains("\ndoi-idx.tsv:3: cellmap\t10.1000/A\n"), "{}", entry.text);
    assert_eq!(found.topics[0].labels[0].text, "Dimensionality Reduction");
    let details = entry.mentions[0].details.as_ref().unwrap();
    assert!(details.attributes.contains(&(crate::model::Attribute::Modified, "2020-02-02".to_owned())));
    assert_eq!(found.notices.iter().map(|notice| notice.lines.first).collect::<Vec<_>>(), [6, 17]);
}

#[test]
fn links_of_papers_with_code() {
    let text = r#"[
{"paper_url":"https://pwc.example.org/paper/maps","paper_title":"Maps of cells","paper_arxiv_id":"2001.00001","paper_url_abs":"https://arxiv.org/abs/2001.00001v2","paper_url_pdf":"https://arxiv.org/pdf/2001.00001v2.pdf","repo_url":"https://github.com/roe/maps","is_official":true,"mentioned_in_paper":true,"mentioned_in_github":false,"framework":"pytorch"},
{"paper_title":"Maps of cells","paper_arxiv_id":null,"paper_url_abs":null,"repo_url":"https://github.com/poe/maps-again","is_official":false,"mentioned_in_github":true,"framework":"none"},
{"paper_title":"No code","repo_url":null}
]"#;
    let found = read(text);
    assert_eq!(
        found.entries.iter().flat_map(shown).collect::<Vec<_>>(),
        [
            "tool maps main=https://github.com/roe/maps",
            "paper Maps of cells arxiv:2001.00001 main=https://arxiv.org/abs/2001.00001v2 \
             pdf=https://arxiv.org/pdf/2001.00001v2.pdf other=https://pwc.example.org/paper/maps",
            "0 Implements 1 official 0.95 (registry)",
            "tool maps-again main=https://github.com/poe/maps-again",
            "paper Maps of cells",
            "0 Implements 1 community 0.75 (registry)",
        ]
    );
    assert_eq!(found.notices.iter().map(|notice| notice.lines.first).collect::<Vec<_>>(), [4]);
}

#[test]
fn a_registry_cut_anywhere_is_no_failure() {
    for at in 0..TABLES.len() {
        let _ = read(&TABLES[..at]);
    }
    let text = r#"{"list":[{"biotoolsID":"a","name":"A","publication":[{"doi":"10.1/x","metadata":{"authors":[{"name":"x"}]}}]}]}"#;
    for at in 0..text.len() {
        let _ = read(&text[..at]);
    }
    for text in ["", "==> ", "==> x <==\n\t\n\n==> ", "{\"biotoolsID\":[]}", "{\"biotoolsID\":{}, \"name\":[\"x\"]}"] {
        let _ = read(text);
    }
}
