//! Labels: a word that says what follows it or what a link leads to, in place of the thing's own name.
//!
//! A label stands as the text of a link (`[code](…)`), before a link (`Code: https://…`), before a text (`Authors: …`),
//! over a column of a table, or in a badge. It means the same in all of these places.

use super::{flat::Flat, kind};
use crate::{
    id::{Forge, Identifiers, Package, RepoSlug, WebUrl},
    model::{Kind, LinkRole, is_han},
};

/// What a label says of the text or the links behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The title or the name of the thing.
    Title,
    /// Its authors.
    Authors,
    /// Journal, conference, publisher.
    Venue,
    /// When it was published.
    Year,
    /// A text about it.
    Description,
    /// What sort of thing it is.
    Kind,
    /// Links of a role.
    Link(LinkRole),
    /// Something that the graph has no place for: size, license, modality.
    Other,
}

/// The field that a label names. `None` if it is no known label.
pub(super) fn field_of_label(label: &str) -> Option<Field> {
    let label = label.split(['(', '（']).next().unwrap_or_default();
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    if label.is_empty() || label.len() > 48 {
        return None;
    }
    let words = label.to_lowercase().replace(['-', '_', '/'], " ");
    let field = FIELDS.iter().find(|(_, labels)| labels.contains(&words.as_str())).map(|(field, _)| *field);
    field.or_else(|| role_of_label(label).map(Field::Link))
}

const FIELDS: [(Field, &[&str]); 7] = [
    (
        Field::Title,
        &[
            "title",
            "paper title",
            "name",
            "titulo",
            "título",
            "titre",
            "titel",
            "标题",
            "名称",
            "题目",
            "题名",
            "论文标题",
            "论文题目",
            "项目名称",
        ],
    ),
    (Field::Authors, &["author", "authors", "author s", "by", "autores", "auteurs", "autoren", "著者", "作者"]),
    (
        Field::Venue,
        &[
            "venue",
            "journal",
            "conference",
            "journal info",
            "published in",
            "publication venue",
            "publisher",
            "j c",
            "journal conference",
            "conference journal",
            "proceedings",
            "期刊",
            "会议",
            "期刊会议",
            "发表",
            "出版社",
            "venue year",
        ],
    ),
    (
        Field::Year,
        &[
            "year",
            "date",
            "published",
            "publication date",
            "release date",
            "released",
            "publication year",
            "pub date",
            "年份",
            "日期",
            "时间",
            "发布时间",
            "发表时间",
            "发布日期",
        ],
    ),
    (
        Field::Description,
        &[
            "description",
            "summary",
            "abstract",
            "about",
            "tldr",
            "tl;dr",
            "notes",
            "note",
            "introduction",
            "简介",
            "介绍",
            "描述",
            "摘要",
            "说明",
            "备注",
            "项目简介",
        ],
    ),
    (Field::Kind, &["type", "类型"]),
    (
        Field::Other,
        &[
            "license",
            "licence",
            "size",
            "features",
            "other",
            "others",
            "modality",
            "task",
            "tasks",
            "language",
            "languages",
            "stars",
            "tags",
            "keywords",
            "tools methods compared",
            "recommendation",
            "recommendations",
            "additional links",
            "params",
            "parameters",
            "status",
            "platform",
            "许可证",
            "协议",
            "语言",
            "特点",
            "基座模型",
            "数量",
            "模态",
            "院校",
            "算力",
        ],
    ),
];

/// A label at the beginning of a text, and where the text behind it begins: `Paper: …`, `地址：…`, `**Authors:** …`.
pub(super) struct Lead {
    /// What it says; `None` for a word that is no known label.
    pub(super) field: Option<Field>,
    /// Where the labelled text begins.
    pub(super) value: usize,
}

/// The label at the beginning of a text, if a colon ends it.
pub(super) fn lead(flat: &Flat) -> Option<Lead> {
    const LONGEST: usize = 60;
    let text = &flat.text;
    let start = text.find(|c: char| c.is_alphanumeric())?;
    if text[..start].contains(['\n', '[', '(']) {
        return None;
    }
    let (at, colon) = text[start..].char_indices().find(|(_, c)| matches!(c, ':' | '：' | '\n'))?;
    let end = start + at;
    let value = end + colon.len_utf8();
    let label = text[start..end].trim_matches(|c: char| c.is_whitespace() || c == '*');
    let is_label = colon != '\n'
        && label.len() <= LONGEST
        && label.split_whitespace().count() <= 4
        && !text[value..].starts_with("//");
    let is_linked = flat.links.iter().any(|link| link.range.start < end && !link.range.is_empty());
    (is_label && !is_linked && !label.is_empty()).then(|| Lead { field: field_of_label(label), value })
}

/// The field that the last line of a text names, if it is a label with nothing behind it: `相关论文：`.
pub(super) fn trailing(flat: &Flat) -> Option<Field> {
    let text = flat.text.trim_end();
    let line = text.rsplit('\n').next()?;
    field_of_label(line.strip_suffix([':', '：'])?)
}

/// Where the labelled lines of a text begin.
pub(super) fn labelled_lines(flat: &Flat) -> Vec<usize> {
    let lines = flat.text.match_indices('\n').map(|(at, _)| at + 1);
    lines.filter(|at| lead(&flat.slice(*at..flat.text.len())).is_some_and(|lead| lead.field.is_some())).collect()
}

/// Whether a text is a label and could hardly be the name of anything.
pub(super) fn is_label_alone(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace(['-', '_'], " ");
    LABELS.iter().any(|(role, labels)| !matches!(role, LinkRole::Package) && labels.contains(&words.as_str()))
}

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

/// `official code`, `pytorch implementation`, `paper 2010`, `介绍论文`: a label with a word that narrows it.
fn by_ending(words: &str) -> Option<LinkRole> {
    if words.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric()) && words.chars().any(is_han) {
        return HAN_ENDINGS
            .iter()
            .find(|(_, endings)| endings.iter().any(|ending| words.ends_with(ending)))
            .map(|(role, _)| *role);
    }
    let parts: Vec<&str> = words
        .split(' ')
        .filter(|word| !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit()) && word.len() > 1)
        .collect();
    if parts.len() > 4 {
        return None;
    }
    match (*parts.first()?, *parts.last()?) {
        (_, "code" | "reference" | "implementation" | "repo" | "repository" | "github" | "software") => {
            Some(LinkRole::Code)
        }
        ("paper" | "arxiv" | "doi" | "pmid" | "pmc", _) => Some(LinkRole::Paper),
        (_, "paper" | "manuscript" | "article" | "preprint" | "publication") => Some(LinkRole::Paper),
        (_, "dataset" | "data" | "datasets") if parts.len() <= 2 => Some(LinkRole::Data),
        (_, "website" | "homepage" | "webpage") => Some(LinkRole::Project),
        (_, "weights" | "checkpoints") => Some(LinkRole::Weights),
        (_, "notebook" | "demo") => Some(LinkRole::Demo),
        (_, "docs" | "documentation" | "tutorial" | "vignette" | "vignettes") => Some(LinkRole::Documentation),
        (_, "video") => Some(LinkRole::Video),
        (_, "slides") => Some(LinkRole::Slides),
        _ => None,
    }
}

const HAN_ENDINGS: [(LinkRole, &[&str]); 7] = [
    (LinkRole::Paper, &["论文", "文章", "原文"]),
    (LinkRole::Code, &["代码", "源码", "仓库", "项目", "实现"]),
    (LinkRole::Data, &["下载", "数据", "数据集"]),
    (LinkRole::Project, &["主页", "官网", "网站", "网址", "地址", "链接"]),
    (LinkRole::Weights, &["权重", "模型"]),
    (LinkRole::Documentation, &["文档", "教程"]),
    (LinkRole::Video, &["视频"]),
];

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
            "manuscript preprint",
            "pubs",
            "pmid",
            "nature",
            "acl",
            "ieee",
            "springer",
            "link to paper",
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
            "código",
            "codigo",
            "quellcode",
            "implementation",
            "pytorch",
            "tensorflow",
            "keras",
            "software",
            "代码",
            "源码",
            "代码地址",
            "项目地址",
            "official code",
            "official implementation",
            "git",
            "star",
            "stars",
            "github stars",
            "python reference",
        ],
    ),
    (
        LinkRole::Data,
        &[
            "data",
            "dataset",
            "datasets",
            "database",
            "download",
            "downloads",
            "access",
            "db",
            "zenodo",
            "figshare",
            "kaggle",
            "link to data",
            "数据",
            "数据集",
            "下载",
            "下载地址",
            "数据地址",
        ],
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
            "project website",
            "project homepage",
            "information",
            "info",
            "grand challenge",
            "www",
            "url",
            "links",
            "enlaces",
            "enlace",
            "liens",
            "lien",
            "resources",
            "link",
            "here",
            "click here",
            "see here",
            "home",
            "主页",
            "官网",
            "网站",
            "地址",
            "链接",
        ],
    ),
    (
        LinkRole::Demo,
        &[
            "demo",
            "server",
            "web server",
            "webserver",
            "web app",
            "online",
            "colab",
            "notebook",
            "playground",
            "try it",
            "live demo",
            "app",
            "演示",
        ],
    ),
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

/// The role of a link around a badge, by what the badge says.
pub(super) fn role_of_badge(label: &str) -> Option<LinkRole> {
    const STATES: [&str; 18] = [
        "build",
        "build badge",
        "build status",
        "ci",
        "license",
        "licence",
        "coverage",
        "downloads",
        "workflow",
        "issues",
        "last commit",
        "forks",
        "watchers",
        "version",
        "codecov",
        "tests",
        "travis",
        "status",
    ];
    let words = label.to_lowercase().replace(['-', '_'], " ");
    let is_state =
        STATES.contains(&words.trim()) || STATES[..5].iter().any(|state| words.split(' ').any(|word| word == *state));
    if is_state { Some(LinkRole::Badge) } else { role_of_label(label) }
}

/// The role of a link that has a label: a label that only says "here it is" tells less than the address.
pub(super) fn refine(label: LinkRole, url: &WebUrl) -> LinkRole {
    let address = role_of_address(url);
    match (label, address) {
        (LinkRole::Project | LinkRole::Code | LinkRole::Data, LinkRole::Package) => LinkRole::Package,
        (LinkRole::Project, address) if !matches!(address, LinkRole::Other | LinkRole::Pdf) => address,
        (label, _) => label,
    }
}

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
        "huggingface.co" if path.starts_with("/papers/") => return LinkRole::Paper,
        "huggingface.co" if path.split('/').filter(|part| !part.is_empty()).count() == 2 => return LinkRole::Weights,
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
        None if ids.is_empty() => match kind::kind_of_address(url) {
            Some(Kind::Paper) => LinkRole::Paper,
            Some(Kind::Dataset) => LinkRole::Data,
            _ => LinkRole::Other,
        },
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
