//! What a link leads to, by the word that labels it or by its address.

use crate::{
    id::{Forge, Identifiers, Package, RepoSlug, WebUrl},
    model::LinkRole,
};

/// The role that a label names: the word before a link, or a link's text. `None` if it is no label.
pub(super) fn role_of_label(label: &str) -> Option<LinkRole> {
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    if label.is_empty() || label.len() > 32 {
        return None;
    }
    let lower = label.to_lowercase();
    let words = lower.replace(['-', '_'], " ");
    let exact = LABELS.iter().find(|(_, labels)| labels.contains(&words.as_str())).map(|(role, _)| *role);
    exact.or_else(|| by_ending(&words))
}

/// `official code`, `pytorch implementation`, `paper 2010`: a label with a word that narrows it.
fn by_ending(words: &str) -> Option<LinkRole> {
    let parts: Vec<&str> = words.split(' ').filter(|word| !word.bytes().all(|b| b.is_ascii_digit())).collect();
    if parts.len() > 3 {
        return None;
    }
    match (*parts.first()?, *parts.last()?) {
        (_, "code" | "reference" | "implementation" | "repo" | "repository") => Some(LinkRole::Code),
        ("paper", _) | (_, "paper") => Some(LinkRole::Paper),
        (_, "dataset" | "data") => Some(LinkRole::Data),
        (_, "website" | "homepage") => Some(LinkRole::Project),
        _ => None,
    }
}

const LABELS: [(LinkRole, &[&str]); 12] = [
    (LinkRole::Pdf, &["pdf", "full text pdf"]),
    (
        LinkRole::Paper,
        &[
            "paper",
            "article",
            "arxiv",
            "biorxiv",
            "medrxiv",
            "doi",
            "pubmed",
            "preprint",
            "publication",
            "manuscript",
            "abstract",
            "journal",
            "pmc",
            "acl anthology",
            "openreview",
            "论文",
            "文章",
            "原文",
            "论文地址",
            "论文链接",
        ],
    ),
    (
        LinkRole::Code,
        &[
            "code",
            "github",
            "gitlab",
            "repo",
            "repository",
            "source",
            "source code",
            "implementation",
            "pytorch",
            "tensorflow",
            "keras",
            "software",
            "代码",
            "源码",
            "代码地址",
            "项目地址",
        ],
    ),
    (
        LinkRole::Data,
        &["data", "dataset", "datasets", "database", "download", "数据", "数据集", "下载", "下载地址", "数据地址"],
    ),
    (
        LinkRole::Project,
        &[
            "project",
            "project page",
            "homepage",
            "home page",
            "website",
            "web",
            "site",
            "page",
            "webpage",
            "official website",
            "home",
            "link",
            "主页",
            "官网",
            "网站",
            "地址",
            "链接",
        ],
    ),
    (LinkRole::Demo, &["demo", "colab", "notebook", "playground", "try it", "live demo", "app", "演示"]),
    (
        LinkRole::Weights,
        &[
            "model",
            "models",
            "weights",
            "checkpoint",
            "checkpoints",
            "hugging face",
            "huggingface",
            "hf",
            "模型",
            "权重",
            "模型下载",
        ],
    ),
    (LinkRole::Video, &["video", "talk", "youtube", "videos", "视频"]),
    (LinkRole::Slides, &["slides", "poster", "ppt", "presentation"]),
    (
        LinkRole::Documentation,
        &["docs", "documentation", "doc", "manual", "tutorial", "guide", "wiki", "vignette", "文档", "教程"],
    ),
    (LinkRole::Package, &["pypi", "cran", "bioconductor", "conda", "npm", "crate", "crates.io", "docker", "pip"]),
    (
        LinkRole::Translation,
        &[
            "中文",
            "中文版",
            "chinese",
            "english",
            "英文",
            "中文介绍",
            "翻译",
            "译文",
            "translation",
            "中文解读",
            "中文翻译",
            "解读",
        ],
    ),
];

/// The role that an address shows.
pub(super) fn role_of_address(url: &WebUrl) -> LinkRole {
    let path = url.path().to_ascii_lowercase();
    if RepoSlug::from_url(url)
        .is_some_and(|slug| slug.forge != Forge::GitHub || RepoSlug::is_root(url) || path.contains("/tree/"))
    {
        return LinkRole::Code;
    }
    if Package::from_url(url).is_some() {
        return LinkRole::Package;
    }
    match url.host() {
        "youtube.com" | "youtu.be" | "vimeo.com" | "bilibili.com" => return LinkRole::Video,
        "slideshare.net" | "speakerdeck.com" => return LinkRole::Slides,
        "colab.research.google.com" | "mybinder.org" => return LinkRole::Demo,
        "huggingface.co" if path.starts_with("/datasets/") => return LinkRole::Data,
        "huggingface.co" if path.starts_with("/spaces/") => return LinkRole::Demo,
        "img.shields.io" | "badgen.net" | "travis-ci.org" => return LinkRole::Badge,
        host if host.ends_with("readthedocs.io") || host.ends_with("readthedocs.org") => {
            return LinkRole::Documentation;
        }
        _ => {}
    }
    let ids = Identifiers::from_url(url);
    match &ids.doi {
        Some(doi) if doi.is_deposit() => LinkRole::Data,
        None if ids.is_empty() && path.ends_with(".pdf") => LinkRole::Pdf,
        None if ids.is_empty() => LinkRole::Other,
        _ => LinkRole::Paper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_two_languages() {
        for (label, role) in [
            ("github", Some(LinkRole::Code)),
            ("[PDF]", Some(LinkRole::Pdf)),
            ("中文：", Some(LinkRole::Translation)),
            ("PyTorch Reference", Some(LinkRole::Code)),
            ("paper-2010", Some(LinkRole::Paper)),
            ("scVI", None),
            ("Deep learning for genomics", None),
        ] {
            assert_eq!(role_of_label(label), role, "{label}");
        }
    }

    #[test]
    fn addresses_show_their_role() {
        for (url, role) in [
            ("https://github.com/a/b", LinkRole::Code),
            ("https://arxiv.org/abs/1812.08434", LinkRole::Paper),
            ("https://uab.edu/images/x.pdf", LinkRole::Pdf),
            ("https://youtu.be/x", LinkRole::Video),
            ("https://example.org", LinkRole::Other),
        ] {
            assert_eq!(role_of_address(&url.parse().unwrap()), role, "{url}");
        }
    }
}
