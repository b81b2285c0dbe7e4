//! The room at its door: names in, text in, names out.

use std::time::{Duration, Instant};

use super::{Document, Index, Reading, Request, TopicRef};

mod disk;

/// A document from `kind: name / other name`.
fn thing(line: &str) -> Document {
    let (kind, names) = line.split_once(": ").unwrap();
    let mut names = names.split(" / ").map(str::to_owned);
    let name = names.next().unwrap();
    Document {
        iri: name.clone(),
        kind: kind.to_owned(),
        names: vec![name],
        other_names: names.collect(),
        n_lists: 1,
        ..Document::default()
    }
}

fn topic(name: &str) -> TopicRef {
    TopicRef { iri: format!("topic:{name}"), names: vec![name.to_owned()] }
}

fn collection() -> Vec<Document> {
    let text = |line: &str, description: &str| Document { description: description.to_owned(), ..thing(line) };
    vec![
        Document {
            identifiers: vec!["theislab/scanpy".into()],
            topics: vec![topic("Single-cell analysis")],
            year: Some(2018),
            n_lists: 6,
            ..text("tool: Scanpy", "Single-cell analysis in Python")
        },
        Document {
            identifiers: vec!["10.1186/s13059-017-1382-0".into()],
            people: vec!["F. Alexander Wolf".into(), "Fabian J. Theis".into()],
            topics: vec![topic("Single-cell analysis")],
            year: Some(2018),
            n_mentions: 4_000,
            ..text("paper: SCANPY: large-scale single-cell gene expression data analysis", "")
        },
        Document {
            identifiers: vec!["YosefLab/scVI".into()],
            ..text("tool: scVI", "Deep generative modeling of cells")
        },
        text("tool: scvi-tools / scVI", "Variational inference"),
        text(
            "paper: Deep generative modeling for single-cell transcriptomics",
            "Introduces scVI, a tool; scVI scales. scVI!",
        ),
        thing("tool: shap / SHAP values"),
        Document {
            people: vec!["Scott Lundberg".into()],
            ..thing("paper: A unified approach to shap and predictions")
        },
        thing("topic: Single-cell analysis"),
        thing("tool: SingleCellNet"),
        thing("paper: scRNA-seq clustering compared"),
        thing("paper: Benchmarks of scRNAseq tools"),
        thing("dataset: An atlas of scrna seq"),
        thing("person: Fabian J. Theis"),
        thing("person: Jörg Müller"),
        thing("person: Łukasz Øberg"),
        thing("tool: C++"),
        thing("tool: C"),
        thing("tool: R"),
        thing("tool: 3D Slicer"),
        thing("tool: word2vec"),
        thing("tool: CellMarker"),
        Document {
            topics: vec![topic("医学影像")],
            year: Some(2021),
            ..text("dataset: 中文医学影像数据集", "用于肺癌筛查的数据")
        },
        text("paper: 基于深度学习的单细胞聚类方法", "单细胞RNA测序数据分析"),
        thing("tool: 灵枢问仙玄鉴模型"),
        text("tool: Alzheimer's Atlas", "Brains"),
    ]
}

fn hits(index: &Index, text: &str) -> Vec<String> {
    let request = Request { text: text.into(), ..Request::default() };
    index.search(&request).unwrap().hits.into_iter().map(|hit| hit.iri).collect()
}

fn index() -> Index {
    Index::in_memory(collection()).unwrap()
}

/// The text finds these things first, in this order.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    check_in(&index(), text, expected);
}

#[track_caller]
fn check_in(index: &Index, text: &str, expected: &[&str]) {
    let found = hits(index, text);
    let n = expected.len().min(found.len());
    assert_eq!(found[..n], expected[..], "of all found: {found:#?}");
}

/// The text finds this thing, somewhere.
#[track_caller]
fn check_among(text: &str, expected: &[&str]) {
    let found = hits(&index(), text);
    for name in expected {
        assert!(found.iter().any(|iri| iri == name), "{name} is not among {found:#?}");
    }
}

/// The text finds these things and no other.
#[track_caller]
fn check_only(text: &str, expected: &[&str]) {
    let mut found = hits(&index(), text);
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn a_name_in_full_comes_first() {
    check("scVI", &["scVI", "scvi-tools", "Deep generative modeling for single-cell transcriptomics"]);
    check("SHAP", &["shap"]);
    check("scanpy", &["Scanpy", "SCANPY: large-scale single-cell gene expression data analysis"]);
    check("single cell analysis", &["Single-cell analysis"]);
}

#[test]
fn an_identifier_in_any_dress_gives_its_thing_alone() {
    let paper = "SCANPY: large-scale single-cell gene expression data analysis";
    for text in [
        "10.1186/s13059-017-1382-0",
        "doi:10.1186/S13059-017-1382-0",
        "https://doi.org/10.1186/s13059-017-1382-0",
        "http://dx.doi.org/10.1186/s13059-017-1382-0/",
    ] {
        check_only(text, &[paper]);
    }
    for text in ["theislab/scanpy", "https://github.com/theislab/scanpy", "github.com/theislab/scanpy.git"] {
        check(text, &["Scanpy"]);
    }
}

#[test]
fn the_version_of_a_preprint_does_not_matter() {
    let preprint = Document { identifiers: vec!["1802.03426".into()], ..thing("paper: UMAP") };
    let index = Index::in_memory([preprint]).unwrap();
    for text in [
        "1802.03426",
        "arXiv:1802.03426v3",
        "https://arxiv.org/abs/1802.03426v2",
        "https://arxiv.org/pdf/1802.03426v1.pdf",
    ] {
        check_in(&index, text, &["UMAP"]);
    }
}

#[test]
fn hyphens_spaces_and_capitals_within_a_name_do_not_matter() {
    let names = ["An atlas of scrna seq", "Benchmarks of scRNAseq tools", "scRNA-seq clustering compared"];
    for text in ["scRNA-seq", "scRNAseq", "scrna seq", "SCRNA SEQ", "scRNA‐seq"] {
        check_only(text, &names);
    }
    let names = ["SCANPY: large-scale single-cell gene expression data analysis", "Single-cell analysis"];
    for text in ["single cell", "single-cell", "singlecell", "Single Cell", "single_cell"] {
        check_among(text, &names);
    }
    check_among("single cell net", &["SingleCellNet"]);
    check_among("marker", &["CellMarker"]);
    check("alzheimer atlas", &["Alzheimer's Atlas"]);
}

#[test]
fn case_accents_and_width_are_folded() {
    check("Muller", &["Jörg Müller"]);
    check("JÖRG MÜLLER", &["Jörg Müller"]);
    check("lukasz oberg", &["Łukasz Øberg"]);
    check("ｓｃａｎｐｙ", &["Scanpy"]);
    check("Mu\u{308}ller", &["Jörg Müller"]);
    check("scan\u{AD}py", &["Scanpy"]);
}

#[test]
fn names_of_few_signs_are_found() {
    check("C++", &["C++"]);
    check("C", &["C"]);
    check("R", &["R"]);
    check("3D", &["3D Slicer"]);
    check("3-D slicer", &["3D Slicer"]);
    check("word2vec", &["word2vec"]);
}

#[test]
fn stems_are_found_after_the_exact_word() {
    let index = Index::in_memory(["paper: Cluster a", "paper: Clustering a", "paper: Clusters a"].map(thing)).unwrap();
    check_in(&index, "clustering", &["Clustering a"]);
    check_in(&index, "cluster", &["Cluster a"]);
    check_in(&index, "clusters", &["Clusters a"]);
    assert_eq!(hits(&index, "clustered").len(), 3);
}

#[test]
fn names_go_before_topics_and_these_before_descriptions() {
    let named = |name: &str| Document { iri: name.into(), names: vec![name.into()], ..Document::default() };
    let index = Index::in_memory([
        Document { description: "on imputation".into(), ..named("a described") },
        Document { topics: vec![topic("on imputation")], ..named("b classed") },
        Document { people: vec!["Ann Imputation".into()], ..named("c made") },
        named("d imputation"),
    ])
    .unwrap();
    let found = hits(&index, "imputation");
    assert_eq!(found[0], "d imputation");
    assert_eq!(found[3], "a described");
}

#[test]
fn words_that_stand_together_go_first() {
    let index = Index::in_memory(
        [
            "paper: Networks of neural and other graph things",
            "paper: Neural graph matching by plain networks",
            "paper: Things of graph neural networks and other",
        ]
        .map(thing),
    )
    .unwrap();
    check_in(&index, "graph neural network", &["Things of graph neural networks and other"]);
}

#[test]
fn what_more_lists_name_goes_first_but_not_before_a_better_name() {
    let known = |line: &str, n_lists| Document { n_lists, n_mentions: n_lists * 100, ..thing(line) };
    let index = Index::in_memory([
        known("tool: Aligner one", 1),
        known("tool: Aligner two", 15),
        known("tool: Aligner", 0),
        known("tool: Aligner three", 4),
    ])
    .unwrap();
    check_in(&index, "aligner", &["Aligner", "Aligner two", "Aligner three", "Aligner one"]);
}

#[test]
fn all_words_are_wanted_but_most_will_do() {
    check_only("scanpy python", &["Scanpy"]);
    let request = Request { text: "large scale gene expression umbrellas".into(), ..Request::default() };
    let found = index().search(&request).unwrap();
    assert_eq!(found.reading, Reading::SomeWords);
    assert_eq!(found.hits[0].iri, "SCANPY: large-scale single-cell gene expression data analysis");
    check_only("xylophone quokka", &[]);
    check("神经网络的深度算法 xylophone", &["基于深度学习的单细胞聚类方法"]);
}

#[test]
fn slips_are_mended() {
    for text in ["scampy", "scnapy", "scanpyy", "scnpy"] {
        check(text, &["Scanpy"]);
    }
    check_among("transcirptomcs", &["Deep generative modeling for single-cell transcriptomics"]);
    check_among("generatve modelling", &["Deep generative modeling for single-cell transcriptomics"]);
    check("Fabien Theiss", &["Fabian J. Theis"]);
    let found = index().search(&Request { text: "scampy".into(), ..Request::default() }).unwrap();
    assert_eq!(found.reading, Reading::Similar);
}

#[test]
fn what_was_typed_goes_before_what_is_like_it() {
    let index =
        Index::in_memory(["tool: Scampy of all trades", "tool: Scanpy", "tool: Scanpy tool"].map(thing)).unwrap();
    check_in(&index, "scampy", &["Scampy of all trades"]);
    check_in(&index, "scanpy", &["Scanpy", "Scanpy tool"]);
}

#[test]
fn short_words_and_words_with_digits_have_no_slips() {
    let index = Index::in_memory(["tool: GPT4", "tool: RNA"].map(thing)).unwrap();
    assert!(hits(&index, "GPT3").is_empty());
    assert!(hits(&index, "DNA").is_empty());
}

#[test]
fn authors_are_found_with_their_papers() {
    check("Theis", &["Fabian J. Theis", "SCANPY: large-scale single-cell gene expression data analysis"]);
    check_among("lundberg shap", &["A unified approach to shap and predictions"]);
    check_among("theislab", &["Scanpy"]);
}

#[test]
fn chinese_words_are_found() {
    check("医学影像", &["中文医学影像数据集"]);
    check("影像 数据集", &["中文医学影像数据集"]);
    check("肺癌", &["中文医学影像数据集"]);
    check("癌", &["中文医学影像数据集"]);
    check("单细胞 聚类", &["基于深度学习的单细胞聚类方法"]);
    check("深度学习的聚类", &["基于深度学习的单细胞聚类方法"]);
    check("单细胞RNA", &["基于深度学习的单细胞聚类方法"]);
    check("ＲＮＡ测序", &["基于深度学习的单细胞聚类方法"]);
}

#[test]
fn a_word_within_an_unknown_chinese_name_is_found() {
    for text in ["灵枢", "问仙", "枢问", "玄鉴", "仙玄鉴", "灵枢问仙玄鉴模型"] {
        check(text, &["灵枢问仙玄鉴模型"]);
    }
}

#[test]
fn a_long_text_counts_up_to_its_last_whole_word() {
    assert_eq!(hits(&index(), &"single cell ".repeat(1_000)), hits(&index(), "single cell cell single"));
}

#[test]
fn kind_and_year_are_found_as_words() {
    check_only("single cell papers of 2018", &["SCANPY: large-scale single-cell gene expression data analysis"]);
    check_among("tool cells", &["scVI"]);
}

#[test]
fn restrictions_hold_and_facets_ignore_their_own() {
    let index = index();
    let request = Request { text: "single cell".into(), kind: Some("paper".into()), ..Request::default() };
    let found = index.search(&request).unwrap();
    assert_eq!(found.total, found.hits.len());
    assert!(found.kinds.contains(&("tool".into(), 2)), "{:?}", found.kinds);
    assert_eq!(found.topics, [("topic:Single-cell analysis".to_owned(), 1)]);
    assert_eq!(found.years, [(2018, 1)]);
    let n_papers = found.kinds.iter().find(|(kind, _)| kind == "paper").unwrap().1;
    assert_eq!(n_papers, found.total);

    let request = Request { topic: Some("topic:医学影像".into()), year: Some(2021), ..Request::default() };
    let found = index.search(&request).unwrap();
    assert_eq!(found.hits[0].iri, "中文医学影像数据集");
    assert_eq!((found.total, found.years), (1, vec![(2021, 1)]));
    for absent in [
        Request { kind: Some("nothing".into()), ..Request::default() },
        Request { topic: Some("nothing".into()), ..Request::default() },
        Request { year: Some(1), ..Request::default() },
    ] {
        assert_eq!(index.search(&absent).unwrap().total, 0);
    }
}

#[test]
fn no_text_gives_everything_by_weight() {
    let index = index();
    let found = index.search(&Request { text: "  ".into(), limit: 3, ..Request::default() }).unwrap();
    assert_eq!(found.total, collection().len());
    assert_eq!(found.hits[0].iri, "SCANPY: large-scale single-cell gene expression data analysis");
    assert_eq!(found.hits.len(), 3);
    let next = index.search(&Request { limit: 2, offset: 1, ..Request::default() }).unwrap();
    assert_eq!(next.hits, found.hits[1..]);
}

#[test]
fn equals_stand_by_iri_whatever_their_order_was() {
    let mut documents: Vec<Document> =
        (0..40).map(|i| Document { iri: format!("iri:{i:02}"), ..thing("tool: Same thing") }).collect();
    let forward = Index::in_memory(documents.clone()).unwrap();
    documents.reverse();
    let backward = Index::in_memory(documents).unwrap();
    let expected: Vec<String> = (0..20).map(|i| format!("iri:{i:02}")).collect();
    assert_eq!(hits(&forward, "thing"), expected);
    assert_eq!(hits(&backward, "thing"), expected);
}

#[test]
fn suggestions_complete_the_last_word() {
    let index = index();
    let first = |text: &str| index.suggest(text, 5).unwrap().first().map(|hit| hit.iri.clone());
    for (text, expected) in [
        ("sca", "Scanpy"),
        ("single", "SingleCellNet"),
        ("deep gener", "Deep generative modeling for single-cell transcriptomics"),
        ("cell mark", "CellMarker"),
        ("fabian th", "Fabian J. Theis"),
        ("mull", "Jörg Müller"),
        ("scamp", "Scanpy"),
        ("genreati", "Deep generative modeling for single-cell transcriptomics"),
        ("中文医", "中文医学影像数据集"),
        ("玄鉴", "灵枢问仙玄鉴模型"),
        ("c+", "C++"),
    ] {
        assert_eq!(first(text).as_deref(), Some(expected), "for {text}");
    }
    assert_eq!(first(""), None);
    assert_eq!(first("!?"), None);
    assert_eq!(index.suggest("s", 0).unwrap(), []);
}

#[test]
fn hostile_text_is_answered_soon() {
    let index = index();
    let texts = [
        "\0".to_owned(),
        "!!! ??? ()[]{}^~*:\\\"'".to_owned(),
        "name:scvi AND (NOT x) OR \"a b\"~9 title:[* TO *]".to_owned(),
        "😀👩‍🔬🧬".to_owned(),
        "x".repeat(300),
        "scanpy ".repeat(1_000),
        (0..1_000).map(|i| format!("transcriptomx{i} ")).collect(),
        "clusterign ".repeat(500),
        "的".repeat(10_000),
        "单细胞测序".repeat(2_000),
        "a-".repeat(5_000),
        "a.b/c'd_e@".repeat(1_000),
        "+".repeat(10_000),
        "C+".repeat(5_000),
        "\u{300}".repeat(10_000),
        "ﷺ".repeat(10_000),
        "aB".repeat(5_000),
        "\u{202E}\u{FEFF}\u{200D}".to_owned(),
        "ｶﾞｷﾞ ひらがな カタカナ 한국어 العربية".to_owned(),
        "https://".to_owned(),
        "doi:".to_owned(),
        "v1".to_owned(),
        "12345678v".to_owned(),
    ];
    for text in texts {
        let start = Instant::now();
        hits(&index, &text);
        index.suggest(&text, 10).unwrap();
        let elapsed = start.elapsed();
        assert!(elapsed < Duration::from_secs(5), "{elapsed:?} for {:?}…", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn hostile_documents_are_indexed() {
    let long = |text: &str| text.repeat(20_000);
    let strange = Document {
        iri: String::new(),
        names: vec![String::new(), long("a-"), long("医"), long("aB"), "\0".into(), long("é")],
        other_names: vec![long("\u{301}"), ":".into()],
        description: long("word "),
        topics: vec![TopicRef::default(), TopicRef::default()],
        year: Some(i32::MIN),
        n_lists: u32::MAX,
        n_mentions: u32::MAX,
        ..Document::default()
    };
    let index = Index::in_memory([strange, thing("tool: Plain"), Document::default()]).unwrap();
    check_in(&index, "plain", &["Plain"]);
    assert_eq!(index.len(), 3);
}

#[test]
fn an_index_of_nothing_finds_nothing() {
    let index = Index::in_memory([]).unwrap();
    assert!(index.is_empty());
    assert_eq!(index.search(&Request::default()).unwrap().total, 0);
    assert!(hits(&index, "scvi").is_empty());
    assert_eq!(index.suggest("s", 9).unwrap(), []);
}

#[test]
fn paging_far_or_for_nothing_is_harmless() {
    let index = index();
    for (limit, offset) in [(0, 0), (usize::MAX, 0), (5, usize::MAX), (usize::MAX, usize::MAX)] {
        let request = Request { text: "single".into(), limit, offset, ..Request::default() };
        assert!(index.search(&request).unwrap().total > 0);
    }
}
