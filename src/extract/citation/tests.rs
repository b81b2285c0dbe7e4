//! The parser at its door: text in, fields out.

use super::parse;

/// Shows a citation as `authors | title | venue | year volume issue pages | rest`.
fn check(text: &str, expected: &str) {
    let citation = parse(text);
    let mut authors: Vec<String> =
        citation.authors.iter().map(|name| format!("{} {}", name.family, name.given).trim().to_owned()).collect();
    if citation.et_al {
        authors.push("+".to_owned());
    }
    let part = |part: Option<String>| part.unwrap_or_else(|| "_".to_owned());
    let shown = format!(
        "{} | {} | {} | {} {} {} {} | {}",
        authors.join(", "),
        part(citation.title),
        part(citation.venue),
        part(citation.year.map(|year| year.to_string())),
        part(citation.volume),
        part(citation.issue),
        part(citation.pages),
        citation.rest
    );
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn nature() {
    check(
        " Eraslan, G., Avsec, Ž., Gagneur, J. et al. Nat Rev Genet 20, 389–403 (2019). https://doi.org/10.1038/s41576-019-0122-6",
        "Eraslan G., Avsec Ž., Gagneur J., + | _ | Nat Rev Genet | 2019 20 _ 389-403 | ",
    );
    check(
        "Zheng, J., Wang, K. Quant Biol 7, 247–254 (2019).",
        "Zheng J., Wang K. | _ | Quant Biol | 2019 7 _ 247-254 | ",
    );
}

#[test]
fn gb_t_7714() {
    check(
        " Zhou J, Troyanskaya O G. Nature methods, 2015, 12(10): 931-934.",
        "Zhou J, Troyanskaya O G | _ | Nature methods | 2015 12 10 931-934 | ",
    );
    check(
        " Lyu B, Haque A. //Proceedings of the 2018 ACM international conference on bioinformatics, computational biology, and health informatics. 2018: 89-96.",
        "Lyu B, Haque A | _ | Proceedings of the 2018 ACM international conference on bioinformatics, computational biology, and health informatics | 2018 _ _ 89-96 | ",
    );
    check(
        " Lundberg S M, Lee S I. Advances in neural information processing systems. 2017: 4765-4774.",
        "Lundberg S M, Lee S I | _ | Advances in neural information processing systems | 2017 _ _ 4765-4774 | ",
    );
    check(
        "Lin C, Jain S, Kim H, et al. Nucleic acids research, 2017, 45(17): e156-e156.",
        "Lin C, Jain S, Kim H, + | _ | Nucleic acids research | 2017 45 17 e156-e156 | ",
    );
}

#[test]
fn preprints() {
    check(
        "Jiahua Rao, Xiang Zhou, Yutong Lu, Huiying Zhao, Yuedong Yang\nbioRxiv 2020.02.05.935296; doi: https://doi.org/10.1101/2020.02.05.935296",
        "Rao Jiahua, Zhou Xiang, Lu Yutong, Zhao Huiying, Yang Yuedong | _ | bioRxiv | _ _ _ _ | ",
    );
    check(
        " Veličković P, Cucurull G, Casanova A, et al. . arXiv preprint arXiv:1710.10903, 2017.",
        "Veličković P, Cucurull G, Casanova A, + | _ | arXiv | 2017 _ _ _ | ",
    );
}

#[test]
fn authors_alone() {
    check(
        " Jie Zhou, Ganqu Cui, Zhengyan Zhang, Cheng Yang, Philip S. Yu",
        "Zhou Jie, Cui Ganqu, Zhang Zhengyan, Yang Cheng, Yu Philip S. | _ | _ | _ _ _ _ | ",
    );
    check(
        " M.C.Liu1, G.R.Oxnard, E.A.Klein, C.Swanton, M.V.Seiden, https://doi.org/10.1016/j.annonc.2020.02.011",
        "Liu M.C., Oxnard G.R., Klein E.A., Swanton C., Seiden M.V. | _ | _ | _ _ _ _ | ",
    );
}

#[test]
fn with_the_title_inside() {
    check(
        "Zhou J, Troyanskaya OG. Predicting effects of noncoding variants with deep learning. Nat Methods. 2015 Oct;12(10):931-4. doi: 10.1038/nmeth.3547. PMID: 26301843",
        "Zhou J, Troyanskaya OG | Predicting effects of noncoding variants with deep learning | Nat Methods | 2015 12 10 931-4 | ",
    );
    check(
        "J. Zhou and O. G. Troyanskaya, \"Predicting effects of noncoding variants,\" Nature Methods, vol. 12, no. 10, pp. 931–934, 2015.",
        "Zhou J., Troyanskaya O. G. | Predicting effects of noncoding variants | Nature Methods | 2015 12 10 931-934 | ",
    );
    check(
        "Zhou, J., & Troyanskaya, O. G. (2015). Predicting effects of noncoding variants. Nature Methods, 12(10), 931–934.",
        "Zhou J., Troyanskaya O. G. | Predicting effects of noncoding variants | Nature Methods | 2015 12 10 931-934 | ",
    );
}

#[test]
fn half_a_citation() {
    check("Nature Methods, 2019", " | _ | Nature Methods | 2019 _ _ _ | ");
    check("NeurIPS 2017", " | _ | NeurIPS | 2017 _ _ _ | ");
    check("(Nat Commun 2020)", " | _ | Nat Commun | 2020 _ _ _ | ");
    check("in ICML 2018", " | _ | ICML | 2018 _ _ _ | ");
    check("Zhou et al., Nature Methods 2019", "Zhou, + | _ | Nature Methods | 2019 _ _ _ | ");
}

#[test]
fn the_year_may_come_first() {
    check(
        "[2018 Nature Biotechnology, Mutual Neighbors]",
        " | _ | Nature Biotechnology | 2018 _ _ _ | Mutual Neighbors",
    );
    check(
        "[2019 Genome biology] Building networks from maps",
        " | Building networks from maps | Genome biology | 2019 _ _ _ | ",
    );
    check(
        "(2019-12) Deep learning of maps [Briefings in Bioinformatics]",
        " | Deep learning of maps | Briefings in Bioinformatics | 2019 _ _ _ | ",
    );
    check("A. Li, B. Wu. Posted October 24, 2022. bioRxiv.", "Li A., Wu B. | _ | bioRxiv | 2022 _ _ _ | ");
}

#[test]
fn a_venue_that_is_all_of_the_text_need_not_be_known() {
    check("[JCO CCI, 2023]", " | _ | JCO CCI | 2023 _ _ _ | ");
    check("WI 2005.", " | _ | WI | 2005 _ _ _ | ");
    check("ICCV2023", " | _ | ICCV | 2023 _ _ _ | ");
    check("Visual Studio 2019", " | _ | _ | _ _ _ _ | Visual Studio 2019");
}

#[test]
fn the_title_ends_where_a_sentence_does() {
    check(
        "Hill D L. Image registration now. Phys. Med. Biol. 46, 3–9 (2001).",
        "Hill D L | Image registration now | Phys. Med. Biol. | 2001 46 _ 3-9 | ",
    );
    check(
        "Li J. Maps of the genome[J]. Neurospine, 2019, 16(4): 6-8.",
        "Li J | Maps of the genome | Neurospine | 2019 16 4 6-8 | ",
    );
    check(
        "Li A, Wu B, A human disease map, Science, Volume 32, Issue 5, 2008, Pages 7–8",
        "Li A, Wu B | A human disease map | Science | 2008 32 5 7-8 | ",
    );
    check(
        "Li, A. (2018) ‘Maps of the genome’, SoftwareX, 9(1), pp. 4–7.",
        "Li A. | Maps of the genome | SoftwareX | 2018 9 1 4-7 | ",
    );
    check(
        "Li, Jie. \"Maps of the genome\" https://doi.org/10.1234/x Nature 5, no. 6 (June 19, 2019)",
        "Li Jie | Maps of the genome | Nature | 2019 5 6 _ | ",
    );
}

#[test]
fn proceedings_lose_publisher_and_town() {
    check(
        "Li J. //Proceedings of Health, Inference, and Learning. New York: ACM, 2022: 4-9.",
        "Li J | _ | Proceedings of Health, Inference, and Learning | 2022 _ _ 4-9 | New York: ACM",
    );
    check(
        "Jie Li and Bo Wu. 2017. In Proceedings of the Conference on Mining (ICDM ’17). ACM, New York, USA, 41–44.",
        "Li Jie, Wu Bo | _ | Proceedings of the Conference on Mining | 2017 _ _ 41-44 | (ICDM ’17). ACM, New York, USA",
    );
    check(
        "A. Li and B. Wu, “Maps of the genome,” in Proceedings of the Workshop on Maps, Feb. 2022, pp. 6–9.",
        "Li A., Wu B. | Maps of the genome | Proceedings of the Workshop on Maps | 2022 _ _ 6-9 | ",
    );
}

#[test]
fn an_identifier_may_stand_before_the_year() {
    check("Jie Li, Bo Wu. CoRR, abs/2306.08387, 2023.", "Li Jie, Wu Bo | _ | CoRR | 2023 _ _ _ | ");
}

#[test]
fn chinese() {
    check(
        "吕志强, 宋刚. 医学图像分割综述研究[J]. 电子学报, 2023, 25(10): 17-19.",
        "吕 志强, 宋 刚 | 医学图像分割综述研究 | 电子学报 | 2023 25 10 17-19 | ",
    );
}

#[test]
fn hostile_text_takes_linear_time() {
    const BYTES: usize = 100_000;
    let pieces = [
        ",",
        "A. ",
        "深度学习",
        "e\u{301}\u{302}",
        "\0",
        "(",
        ")",
        "[ (",
        "\" a ",
        "Smith J, ",
        "Jie Zhou, ",
        "12(3), ",
        "2019. ",
        "In ",
        "10.1/",
        "10.1234/",
        "doi: ",
        "www.",
        "http://a) ",
        "Nature. ",
        "vol. ",
        "Title of it. ",
        "PMC",
        "et al. ",
        "Authors: ",
        "arXiv:",
        "1-",
        "a-",
        "van ",
        "(2019) ",
        "Nature 1(2):3 ",
    ];
    for piece in pieces {
        let start = std::time::Instant::now();
        parse(&piece.repeat(BYTES / piece.len()));
        assert!(start.elapsed().as_secs() < 5, "{piece}");
    }
    for text in
        ["\"(", "’", "‘’16", "(((2019", "A.-", "[J", "://", "Zhou J,", "12(", "’1", "\u{301}", "等", "1.", "vol.", "(’"]
    {
        parse(text);
    }
}

#[test]
fn prose_is_no_citation() {
    for text in [
        "A fast parser for reference strings, released in 2019.",
        "Python library for Natural Language Processing, Machine Learning and more",
        "Contains 10,000 images (2019) of 5 classes",
        "A Python library for Natural Language Processing, released in 2019",
        "Code for Data Science at Olin College, Spring 2014.",
        "The ACM Conference on Bioinformatics. Held annually since 2010.",
        "Collection of tools curated by Keith Crandall and Claus White, aimed at all",
        "Winner of the 2018 Data Science Bowl, with notes in version 2.1",
    ] {
        check(
            text,
            &format!(
                " | _ | _ | _ _ _ _ | {}",
                text.trim_end_matches('.').to_owned() + if text.ends_with('.') { "." } else { "" }
            ),
        );
    }
}

#[test]
fn a_description_on_the_lines_before_the_authors_is_not_the_title() {
    let citation = parse(
        "A fast reader of cell maps\nPaper\nRoe, A., Poe, B. et al. On all the maps of cells. Nat Methods 12, 931–934 (2015).",
    );
    assert_eq!(citation.title.as_deref(), Some("On all the maps of cells"));
    assert_eq!(citation.authors.len(), 2);
}
