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
    check("Zheng, J., Wang, K. Quant Biol 7, 247–254 (2019).", "Zheng J., Wang K. | _ | Quant Biol | 2019 7 _ 247-254 | ");
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
fn prose_is_no_citation() {
    for text in [
        "A fast parser for reference strings, released in 2019.",
        "Python library for Natural Language Processing, Machine Learning and more",
        "Contains 10,000 images (2019) of 5 classes",
    ] {
        check(text, &format!(" | _ | _ | _ _ _ _ | {}", text.trim_end_matches('.').to_owned() + if text.ends_with('.') { "." } else { "" }));
    }
}
