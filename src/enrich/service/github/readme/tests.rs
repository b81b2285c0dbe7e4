use super::*;
use crate::model::WorkRef;

/// What a README says, one line for each paper: grade, percent, identifiers or title.
fn said(repository: &str, text: &str) -> Vec<String> {
    let slug = RepoSlug::from_url(&format!("https://github.com/{repository}").parse().unwrap()).unwrap();
    let line = |related: crate::model::Related| {
        let ids: Vec<String> = WorkRef::of_identifiers(&related.other.ids).map(|id| id.to_string()).collect();
        let name = if ids.is_empty() { related.other.title.clone() } else { ids.join(" ") };
        format!("{} {} {name}", related.grade.unwrap().word(), related.percent)
    };
    read(&slug, text).into_iter().flat_map(|dossier| dossier.related).map(line).collect()
}

fn check(repository: &str, text: &str, expected: &[&str]) {
    assert_eq!(said(repository, text), expected, "{text}");
}

#[test]
fn an_r_package_with_badges() {
    let text = "# cellmill <img src=\"man/logo.png\" align=\"right\"/>\n<!-- badges: start -->\n\
                [![R-CMD-check](https://github.com/lab/cellmill/x.svg)](https://github.com/lab/cellmill/actions)\n\
                [![DOI](https://zenodo.org/badge/1234.svg)](https://zenodo.org/badge/latestdoi/1234)\n<!-- badges: end -->\n\n\
                Mills cells.\n\n## Installation\n```r\nremotes::install_github(\"lab/cellmill\")\n```\n\n## Citation\n\n\
                > Roe A, Poe B (2021). cellmill: milling single cells. *Journal of Mills* **3**, 1-9. doi: [10.1000/mill](https://doi.org/10.1000/mill)\n";
    check("lab/cellmill", text, &["official 95 doi:10.1000/mill"]);
}

#[test]
fn badges_lead_to_papers_but_not_to_archives() {
    let badge = |doi: &str| {
        format!("# tool\n[![DOI](https://img.shields.io/x.svg)](https://doi.org/{doi})\n\nIt does things.\n## Use\n")
    };
    check("lab/tool", &badge("10.5281/zenodo.123"), &[]);
    check("lab/tool", &badge("10.1101/2021.01.01.425000"), &["official 84 doi:10.1101/2021.01.01.425000"]);
}

#[test]
fn an_official_implementation() {
    let text = "# Grand Unified Net\n\nOfficial PyTorch implementation of [Grand Unified Nets for All](https://arxiv.org/abs/2101.00001) (ICML 2021).\n\
                \n## Requirements\n- torch\n\n## Acknowledgements\nBased on [OtherNet](https://arxiv.org/abs/1901.00002).\n";
    check("roe/gun", text, &["official 90 arxiv:2101.00001"]);
}

#[test]
fn unofficial_implementations() {
    let text = "# GUN-pytorch\n**Unofficial** PyTorch implementation of [Grand Unified Nets](https://arxiv.org/abs/2101.00001).\n\
                ## Citation\n```\n@inproceedings{roe2021,\n title={Grand Unified Nets for All},\n eprint={2101.00001}\n}\n```\n";
    check("someone/GUN-pytorch", text, &["community 81 arxiv:2101.00001"]);
    let text = "# gun-keras\nA Keras implementation of the paper [Grand Unified Nets](https://arxiv.org/abs/2101.00001) by Ann Roe et al. \
                The official implementation is available in [roe/gun](https://github.com/roe/gun).\n";
    check("someone/gun-keras", text, &["community 81 arxiv:2101.00001"]);
    let text = "# Reimplementation of Grand Unified Nets\nThis is a re-implementation of the paper https://arxiv.org/abs/2101.00001.\n";
    check("someone/again", text, &["community 81 arxiv:2101.00001"]);
    let text = "# gun\nThis has been forked from https://github.com/roe/gun.\n## Cite\nPlease cite https://arxiv.org/abs/2101.00001.\n";
    check("someone/gun", text, &["community 81 arxiv:2101.00001"]);
}

#[test]
fn the_authors_write_in_a_framework_too() {
    let text = "# GUN\nGrand Unified Nets in PyTorch. PyTorch implementation of the model.\n\n## Cite\nPlease cite our paper:\n\
                ```\n@article{x, title={Grand unified nets}, doi={10.1000/gun}}\n```\n";
    check("lab/GUN", text, &["official 92 doi:10.1000/gun"]);
    let text = "# Nets\nTensorFlow implementation of nets.\n## Cite\n@article{x, title={Grand unified networks}, doi={10.1000/gun}, author={Roe, Ann}}\n";
    check("annroe/nets", text, &["official 92 doi:10.1000/gun"]);
    check("someone/nets", text, &["community 81 doi:10.1000/gun"]);
}

#[test]
fn a_request_in_a_sentence() {
    for text in [
        "# mill\nIf you use mill in your research, please cite https://doi.org/10.1000/x.\n",
        "# mill\n\nPlease cite the following paper:\n\nRoe A. A way to grind. 2020. https://doi.org/10.1000/x\n",
        "# mill\n\n## Use\nRun it. When using this tool, kindly cite:\n\n* Roe et al. (2020) A way. [doi](http://dx.doi.org/10.1000/X)\n\n* run\n",
        "# mill\n\nTo cite mill, use\n\n@article{roe,\n  title = {A way to go},\n  doi = {10.1000/x}\n}\n",
    ] {
        check("lab/mill", text, &["official 92 doi:10.1000/x"]);
    }
}

#[test]
fn of_several_those_with_the_name_count() {
    let text = "# mill\n## How to cite\nIf you use mill, please cite:\n\n- Roe A (2021). mill: a way to grind. doi:10.1000/mill\n\n\
                mill relies on sieve. If you use the sieve module, please also cite:\n\n- Poe B (2019). Sieves for all. doi:10.1000/sieve\n";
    check("lab/mill", text, &["official 95 doi:10.1000/mill"]);
    let text = "# mill\n## References\n1. Poe, B. Sieves. https://doi.org/10.1000/sieve\n2. Roe, A. Mill: how to. https://doi.org/10.1000/mill\n3. Doe, C. Corn. https://doi.org/10.1000/corn\n";
    check("lab/mill", text, &["official 78 doi:10.1000/mill"]);
}

#[test]
fn of_several_without_the_name_the_first_counts() {
    let text = "# mill\n## Citation\n- Roe (2021) Grinding. https://doi.org/10.1000/a\n- Roe (2022) Grinding more. https://doi.org/10.1000/b\n";
    check("lab/mill", text, &["official 82 doi:10.1000/a"]);
}

#[test]
fn article_and_preprint_are_two() {
    let text = "# mill\n## Cite\nRoe et al. Grinding. [Journal](https://doi.org/10.1000/a) ([preprint](https://www.biorxiv.org/content/10.1101/2020.01.01.425001v2))\n";
    check("lab/mill", text, &["official 92 doi:10.1000/a", "official 92 doi:10.1101/2020.01.01.425001"]);
}

#[test]
fn identifiers_of_one_work_stay_together() {
    let text = "# mill\n## Citing\nRoe A. Grinding. doi:10.1000/a; PMID: 1234567; PMCID: PMC123456.\n";
    check("lab/mill", text, &["official 92 doi:10.1000/a pmcid:PMC123456 pmid:1234567"]);
    check("lab/mill", "# mill\n(https://pubmed.ncbi.nlm.nih.gov/31038689/)\n", &["official 72 pmid:31038689"]);
}

#[test]
fn a_lab_tool_with_our_paper() {
    let text = "# sift\n\nFor details see [our Nature Ways paper](https://www.nature.com/articles/s41586-021-00001-1).\n\n\
                ## Data\nWe tested it on the data of [Poe et al.](https://doi.org/10.1000/poe).\n";
    check("lab/sift", text, &["official 89 doi:10.1038/s41586-021-00001-1"]);
    let text = "# sift\nTo learn more of **sift**, see our manuscript on [bioRxiv](https://www.biorxiv.org/content/10.1101/2023.07.21.550107v1).\n\n\
                ## Install\nIt wraps grind. To understand grind, see our manuscript [on grinding](https://doi.org/10.1000/grind).\n";
    check("lab/sift", text, &["official 89 doi:10.1101/2023.07.21.550107"]);
}

#[test]
fn our_other_paper_is_another() {
    let text = "# sift\nSift grains.\n\n## Notes\nIt goes on from our previous paper (https://doi.org/10.1000/old).\n";
    check("lab/sift", text, &[]);
}

#[test]
fn described_in_a_paper() {
    let text = "sift\n====\n\nsift sorts grains. The method is described in `Roe et al. <https://doi.org/10.1000/sift>`_.\n\nInstall\n-------\n\npip\n";
    check("lab/sift", text, &["official 80 doi:10.1000/sift"]);
    let text = "# sift\nFor details, please read the paper:\nhttps://academic.oup.com/bioinformatics/article/doi/10.1093/bioinformatics/btz592/5540320\n\
                All datasets used in the paper are here: https://example.org\n";
    check("lab/sift", text, &["official 80 doi:10.1093/bioinformatics/btz592"]);
    check("lab/sift", "# sift\nIt uses the datasets described in [Roe](https://doi.org/10.1000/data).\n", &[]);
    check(
        "lab/sift",
        "# sift\nIt implements the algorithm of [Roe (2013)](https://doi.org/10.1000/old) for grains.\n",
        &[],
    );
}

#[test]
fn code_for_a_paper() {
    for text in [
        "# Code for the paper \"Ways to sift\"\n\nhttps://doi.org/10.1000/sift\n",
        "# ways\nThis repository contains the code to the analyses, as described in [Ways](https://doi.org/10.1000/sift).\n",
        "# ways\nScripts for our upcoming article [Ways](https://doi.org/10.1000/sift)\n",
        "# ways\nThis repository accompanies the publication [Ways](https://doi.org/10.1000/sift).\n",
    ] {
        check("lab/ways", text, &["official 90 doi:10.1000/sift"]);
    }
}

#[test]
fn links_in_the_head() {
    let text = "<h1 align=\"center\">\n  Sift\n</h1>\n<p align=\"center\">\n<a href=\"https://arxiv.org/abs/2101.00003\">Paper</a> |\n\
                <a href=\"https://sift.example.org\">Project</a>\n</p>\n\n## Install\n<a href=\"https://arxiv.org/abs/1901.00001\">other</a>\n";
    check("lab/sift", text, &["official 84 arxiv:2101.00003"]);
    check(
        "lab/x",
        "# [A Way to Sift](https://arxiv.org/abs/2101.00003)\n\nThe code.\n",
        &["official 84 arxiv:2101.00003"],
    );
    let text = "# Sift\n### [Paper on arXiv](https://arxiv.org/abs/2101.00003)\n**Before using Sift, have a look at our new tool Strain. \
                The Strain [repository](https://github.com/lab/strain) and [paper](https://arxiv.org/abs/2201.00009).**\n";
    check("lab/sift", text, &["official 84 arxiv:2101.00003"]);
}

#[test]
fn a_list_has_no_paper_of_its_own() {
    let text = "# Awesome sifting\n\n- [Sift](https://arxiv.org/abs/2101.00003)\n## Citation\nPlease cite https://doi.org/10.1000/list\n";
    check("lab/awesome-sifting", text, &[]);
    check(
        "lab/Sifting",
        "# Sifting\nA curated list of papers.\n## Citation\nPlease cite https://doi.org/10.1000/list\n",
        &[],
    );
    let items: Vec<String> = (0..12).map(|n| format!("- Way {n} [paper](https://doi.org/10.1000/{n})")).collect();
    check("lab/sifting", &format!("# Sifting\n\n{}\n", items.join("\n")), &[]);
    check("lab/sifting", &format!("# Sifting\n## Citations\n{}\n", items.join("\n")), &[]);
}

#[test]
fn a_benchmark_names_many_and_asks_for_its_own() {
    let items: Vec<String> = (0..12).map(|n| format!("- Tool{n} [paper](https://doi.org/10.1000/{n})")).collect();
    let text =
        format!("# bench\nIn [our study](https://doi.org/10.1000/own) we compare.\n\n## Tools\n{}\n", items.join("\n"));
    check("lab/bench", &text, &["official 89 doi:10.1000/own"]);
}

#[test]
fn a_dataset() {
    let text = "# GrainSet\n\nGrainSet holds grains, collected from [Poe](https://doi.org/10.1000/poe) and others.\n\n## Citation\n\
                If you use this dataset, please cite:\n```bibtex\n@inproceedings{grainset,\n  title = {GrainSet: a set of grains},\n  doi = {10.1000/grainset}\n}\n```\n\
                Please also cite the original data:\n```bibtex\n@article{poe,\n title = {Grains of the field},\n doi = {10.1000/poe}\n}\n```\n";
    check("lab/grainset", text, &["official 95 doi:10.1000/grainset"]);
}

#[test]
fn chinese() {
    let text = "# 筛子\n\n一个工具。\n\n## 引用\n\n如果本项目对您有帮助，请引用我们的论文：\n\n```\n@article{roe, title={A way to sift grains}, doi={10.1000/sift}}\n```\n";
    check("lab/shai", text, &["official 92 doi:10.1000/sift"]);
    let text = "# sift\n\n本仓库是论文《筛法》（[arXiv:2101.00003](https://arxiv.org/abs/2101.00003)）的官方实现。\n";
    check("lab/sift", text, &["official 90 arxiv:2101.00003"]);
    check(
        "lab/sift",
        "# sift\n\n非官方 PyTorch 实现，论文：https://arxiv.org/abs/2101.00003\n",
        &["community 81 arxiv:2101.00003"],
    );
}

#[test]
fn restructured_text() {
    let text = "|DOI| |Build|\n\nsift - sorts grains\n===================\n\nSorts.\n\nCite\n----\n\nRoe *et al.* (2021) `Sift: how to <https://doi.org/10.1000/sift>`_\n\n\
                .. |DOI| image:: https://zenodo.org/badge/DOI/10.5281/zenodo.12.svg\n   :target: https://doi.org/10.5281/zenodo.12\n";
    check("lab/sift", text, &["official 95 doi:10.1000/sift"]);
    let text = "sift\n====\n\n|Paper|\n\n.. |Paper| image:: https://img.shields.io/x.svg\n    :target: https://doi.org/10.1000/sift\n";
    check("lab/sift", text, &["official 84 doi:10.1000/sift"]);
}

#[test]
fn labels_apart_from_the_text() {
    let text = "# sift\nSee [our paper][1].\n\n## Others\nPowered by [Poe (2018)].\n\n[1]: https://doi.org/10.1000/sift\n[Poe (2018)]: https://doi.org/10.1000/poe\n";
    check("lab/sift", text, &["official 89 doi:10.1000/sift"]);
}

#[test]
fn a_citation_without_identifier_is_known_by_its_title() {
    let text = "# sift\n## Citation\n```\n@inproceedings{roe21,\n title={{Sift}: a way to sort grains},\n author={Roe, Ann and others},\n booktitle={Proc. Grains},\n year={2021}\n}\n```\n";
    check("lab/sift", text, &["official 95 Sift: a way to sort grains"]);
    let text = "# sift\n\"A way to sort grains\" [[arXiv]](https://arxiv.org/abs/2101.00003)\n\n## Citation\n```\n@article{x,\n title={A way to sort grains},\n journal={J}\n}\n```\n";
    check("lab/x", text, &["official 92 arxiv:2101.00003"]);
    check("lab/x", "# x\n## Citation\n@software{x, title={A tool that sorts grains}, year={2020}}\n", &[]);
}

#[test]
fn other_headings_name_works_of_others() {
    for heading in [
        "Cited by",
        "Related work",
        "Papers using sift",
        "Datasets",
        "Other tools",
        "References for the data",
        "Acknowledgements",
    ] {
        check("lab/sift", &format!("# Sift\nIt sorts.\n## {heading}\n- [Poe](https://doi.org/10.1000/poe)\n"), &[]);
    }
}

#[test]
fn a_bibliography_is_none_of_its_own() {
    let items = "- Poe (2018) Grains.\n- Doe (2019) Corn. http://dx.doi.org/10.1000/corn\n".to_owned()
        + &"- Loe (2017) Oats.\n".repeat(8);
    check("lab/sift", &format!("# Sift\nIt sorts.\n## References\n{items}"), &[]);
}

#[test]
fn words_that_only_look_like_requests() {
    check("lab/CITE-sort", "# CITE-sort\n## Run CITE-seq\nData of [Poe](https://doi.org/10.1000/poe).\n", &[]);
    let text = "# sift\nPlease see [our guide](https://example.org) for how to cite it.\n\nIt is powered by [grind](https://doi.org/10.1000/grind). \
                Feel free to open an issue if you find a bug, or want to make a comment or a suggestion.\n";
    check("lab/sift", text, &[]);
    check("lab/sift", "# sift\nIt sifts.\n## Reference genome\nTake [hg38](https://doi.org/10.1000/hg).\n", &[]);
}

#[test]
fn comparisons_are_no_descriptions() {
    let text = "# sift\nFor more of the method see the [publication](https://www.nature.com/nmeth/journal/vaop/ncurrent/full/nmeth.1.html).\n\n\
                For a paper evaluating sift and others, see [the preprint of Poe](https://doi.org/10.1000/poe).\n";
    check("lab/sift", text, &[]);
}

#[test]
fn descriptions() {
    let said = |text: &str| {
        let papers = of_description(&Inline::of(text));
        papers.into_iter().map(|(_, ground)| format!("{ground:?}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(said("Code for the paper \"Ways\" (arXiv:2101.00003)"), "DescriptionOfCode");
    assert_eq!(said("Official implementation of Ways https://arxiv.org/abs/2101.00003"), "DescriptionOfCode");
    assert_eq!(said("PyTorch implementation of Ways https://arxiv.org/abs/2101.00003"), "DescriptionByOthers");
    assert_eq!(said("sift: sorts grains, https://doi.org/10.1000/sift"), "DescriptionOnly");
    assert_eq!(said("Tools based on https://doi.org/10.1000/sift"), "");
    assert_eq!(said("Data: https://doi.org/10.5281/zenodo.1"), "");
    assert_eq!(said("Ways, https://doi.org/10.1000/a and https://doi.org/10.1000/b"), "");
}

#[test]
fn nothing_to_say_and_rubbish() {
    for text in
        ["", "# sift\n\nSorts grains.\n", "\u{0}\u{1}%PDF-1.4", "|||||", "[][][]()", "## \n# \n", "请引用", "@article{"]
    {
        check("lab/sift", text, &[]);
    }
}

#[test]
fn large_and_hostile_readmes_end() {
    let started = std::time::Instant::now();
    for text in [
        "Please cite https://doi.org/10.1000/x. ".repeat(25_000),
        "# Cite\n- [a](https://doi.org/10.1000/x)\n".repeat(25_000),
        "please cite our paper see ".repeat(40_000),
        (0..20_000).map(|n| format!("- [our paper](https://doi.org/10.1000/{n})\n")).collect(),
        (0..5_000)
            .map(|n| format!("@article{{k{n}, title={{A title of number {n}}}, doi={{10.1000/{n}}}}}\n"))
            .collect(),
        "[".repeat(1 << 20),
        "arxiv pmid pmc 10.".repeat(50_000),
    ] {
        let _ = said("lab/sift", &text);
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
