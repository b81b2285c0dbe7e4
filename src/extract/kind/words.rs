//! Which kind words name: of a heading, of the head of a column, of a title, of a description, in English and Chinese.

use std::collections::BTreeSet;

use crate::model::{Kind, Topic, normalise};

pub(super) fn kind_of_topic(topic: &Topic) -> Option<Kind> {
    topic.labels.iter().find_map(|label| of_heading_words(&label.text))
}

/// The kind that a heading names: by a word in the plural, or by its last word, before what the things are for.
fn of_heading_words(text: &str) -> Option<Kind> {
    const LEADING_ON: [&str; 11] = ["for", "of", "in", "on", "with", "from", "by", "about", "using", "to", "and"];
    let normal = normalise(text);
    if names_several(text, &normal) {
        return None;
    }
    if !text.is_ascii() && text.chars().any(crate::model::is_han) {
        return kind_of_words(text, &TOPIC_WORDS);
    }
    let head: Vec<&str> = normal.split(' ').take_while(|word| !LEADING_ON[..10].contains(word)).collect();
    let last = head.last().copied().unwrap_or_default();
    let of_word = |word: &str| kind_of_words(word, &TOPIC_WORDS);
    let is_plural = |word: &&&str| word.ends_with('s') || **word == "software";
    let plural = head.iter().rev().filter(is_plural).find_map(|word| of_word(word));
    let of_data = || (last == "data").then_some(Kind::Dataset);
    of_word(last).or_else(of_data).or(plural.filter(|kind| *kind != Kind::Model))
}

/// Whether a heading speaks of data or databases, which in a list of software is software for them.
pub(super) fn is_about_data(text: &str) -> bool {
    let normal = normalise(text);
    normal.split(' ').any(|word| matches!(word, "database" | "databases" | "data")) || text.contains("数据库")
}

/// The kind that the head of a table's column names.
pub(in crate::extract) fn of_heading(head: &str) -> Option<Kind> {
    of_heading_words(head).or_else(|| kind_of_words(head, &COLUMN_WORDS))
}

/// Whether the head of a table's column says that things are named in it.
pub(in crate::extract) fn names_things(head: &str) -> bool {
    const WORDS: [&str; 8] = ["resource", "project", "repository", "repo", "work", "benchmark", "项目", "资源"];
    of_heading(head).is_some() && !head.eq_ignore_ascii_case("data") || WORDS.contains(&normalise(head).as_str())
}

/// Words of a column's head that would say too little in a heading.
const COLUMN_WORDS: [(Kind, &[&str]); 2] = [
    (Kind::Tool, &["method", "methods", "algorithm", "方法"]),
    (Kind::Paper, &["article", "publication", "reference"]),
];

/// The kind that a few words name.
pub(in crate::extract) fn of_words(text: &str) -> Option<Kind> {
    of_heading(text).or_else(|| kind_of_description(text))
}

/// The kind that a label of an entry names: `Type: dataset`.
pub(in crate::extract) fn stated(text: &str) -> Option<Kind> {
    let normal = normalise(text);
    match normal.as_str() {
        "list" | "awesome list" => Some(Kind::List),
        "organization" | "organisation" => Some(Kind::Organization),
        "web page" | "website" | "blog post" => Some(Kind::Article),
        _ if normal.split(' ').count() <= 2 => of_words(text),
        _ => None,
    }
}

/// The kind that the title of a list names, if it names one only.
pub(super) fn kind_of_list(title: &str) -> Option<Kind> {
    let normal = normalise(title);
    let words = || normal.split(' ').filter(|word| !word.starts_with("llm"));
    let kinds: BTreeSet<Kind> = words().filter_map(|word| kind_of_words(word, &TOPIC_WORDS)).collect();
    let mut kinds = kinds.into_iter();
    let named = kinds.next().filter(|_| kinds.next().is_none());
    named.or_else(|| of_heading_words(&words().collect::<Vec<_>>().join(" ")))
}

/// The kind that the first words of a description name: `A Python library for …`, `an open dataset of …`.
pub(super) fn kind_of_description(description: &str) -> Option<Kind> {
    const FIRST_WORDS: usize = 10;
    let normal = normalise(description.split(['.', ';', '。', '；']).next().unwrap_or_default());
    let mut words = normal.split(' ').take(FIRST_WORDS).take_while(|word| {
        !["for", "to", "that", "which", "with", "of", "in", "on", "and", "from", "by"].contains(word)
    });
    let found = words
        .by_ref()
        .filter_map(|word| DESCRIPTION_WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind))
        .last();
    found.or_else(|| {
        let start: String = description.chars().take(24).collect();
        DESCRIPTION_WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|word| !word.is_ascii() && start.contains(word)))
            .map(|(kind, _)| *kind)
    })
}

/// Words by which descriptions say what a thing is.
const DESCRIPTION_WORDS: [(Kind, &[&str]); 9] = [
    (
        Kind::Tool,
        &[
            "library",
            "framework",
            "tool",
            "toolkit",
            "toolbox",
            "package",
            "software",
            "platform",
            "engine",
            "app",
            "application",
            "plugin",
            "extension",
            "cli",
            "sdk",
            "api",
            "server",
            "client",
            "service",
            "database",
            "compiler",
            "editor",
            "generator",
            "parser",
            "implementation",
            "wrapper",
            "module",
            "suite",
            "pipeline",
            "workflow",
            "system",
            "ide",
            "debugger",
            "linter",
            "库",
            "框架",
            "工具",
            "软件",
            "框架",
            "平台",
            "平台",
            "插件",
            "引擎",
        ],
    ),
    (Kind::Dataset, &["dataset", "datasets", "corpus", "benchmark", "数据集", "语料"]),
    (Kind::Model, &["llm", "checkpoint", "大模型", "语言模型"]),
    (Kind::Book, &["book", "textbook", "ebook", "书"]),
    (Kind::Course, &["course", "mooc", "课程", "公开课"]),
    (Kind::Article, &["blog", "tutorial", "article", "guide", "newsletter", "博客", "教程", "文章"]),
    (Kind::Video, &["video", "talk", "podcast", "videos", "视频", "播客"]),
    (Kind::Organization, &["community", "organization", "foundation", "company", "forum", "社区", "组织"]),
    (Kind::List, &["list"]),
];

pub(super) fn kind_of_title(title: &str) -> Option<Kind> {
    if is_awesome(title) {
        return Some(Kind::List);
    }
    if is_event(title) {
        return Some(Kind::Competition);
    }
    kind_of_words(title, &TITLE_WORDS)
}

/// An acronym with a year, such as `CHIP2020`, `KDD Cup 2019`: what happens once a year.
pub(super) fn is_event(title: &str) -> bool {
    let name = title.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = title[name.len()..].parse().is_ok_and(|year: u16| (1990..2050).contains(&year));
    let name = name.trim_end_matches([' ', '-', '_']);
    year && name.len() >= 3
        && name.split(' ').next().is_some_and(|first| first.len() >= 2 && first.chars().all(|c| c.is_ascii_uppercase()))
}

pub(super) fn is_awesome(text: &str) -> bool {
    text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("awesome"))
}

/// `Books and courses`, `工具与课程`: a heading over things of several kinds.
fn names_several(text: &str, normal: &str) -> bool {
    let is_joined = text.contains(['&', '/', ',', '、', '与', '和', '及'])
        || normal.split(' ').any(|word| matches!(word, "and" | "or"));
    let in_words = normal.split(' ').filter_map(|word| kind_of_words(word, &TOPIC_WORDS));
    let in_han = TOPIC_WORDS
        .iter()
        .filter(|(_, words)| words.iter().any(|word| !word.is_ascii() && text.contains(word)))
        .map(|(kind, _)| *kind);
    is_joined && in_words.chain(in_han).collect::<BTreeSet<Kind>>().len() > 1
}

fn kind_of_words(text: &str, table: &[(Kind, &[&str])]) -> Option<Kind> {
    if text.is_ascii() || text.chars().any(|c| c.is_ascii_alphabetic()) {
        let normal = normalise(text);
        let found = normal
            .split(' ')
            .rev()
            .find_map(|word| table.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind));
        if found.is_some() {
            return found;
        }
    }
    table
        .iter()
        .find(|(_, words)| words.iter().any(|word| !word.is_ascii() && text.contains(word)))
        .map(|(kind, _)| *kind)
}

/// Words of headings, English as whole words, Chinese as parts.
const TOPIC_WORDS: [(Kind, &[&str]); 12] = [
    (Kind::Model, &["model", "models", "llm", "llms", "模型", "大模型"]),
    (
        Kind::Dataset,
        &[
            "datensatze",
            "datensätze",
            "donnees",
            "données",
            "datos",
            "データセット",
            "dataset",
            "datasets",
            "database",
            "databases",
            "corpus",
            "corpora",
            "ontologies",
            "terminologies",
            "bases",
            "benchmarks",
            "数据集",
            "数据库",
            "语料",
        ],
    ),
    (
        Kind::Competition,
        &["competition", "competitions", "challenge", "challenges", "contest", "contests", "竞赛", "比赛", "评测任务"],
    ),
    (
        Kind::Course,
        &[
            "cursos",
            "kurse",
            "course",
            "courses",
            "lecture",
            "lectures",
            "mooc",
            "moocs",
            "课程",
            "tutorials and courses",
        ],
    ),
    (
        Kind::Book,
        &["bucher", "bücher", "livres", "libros", "書籍", "book", "books", "textbook", "textbooks", "书籍", "图书"],
    ),
    (Kind::Video, &["video", "videos", "talks", "podcast", "podcasts", "channels", "screencasts", "视频", "播客"]),
    (Kind::Person, &["people", "person", "persons", "researchers", "人物"]),
    (Kind::List, &["lists"]),
    (
        Kind::Paper,
        &["articulos", "artículos", "論文", "paper", "papers", "publications", "surveys", "论文", "文献", "综述"],
    ),
    (
        Kind::Organization,
        &[
            "organizations",
            "organisations",
            "institutes",
            "labs",
            "companies",
            "communities",
            "community",
            "groups",
            "forums",
            "社区",
            "机构",
            "实验室",
            "公司",
        ],
    ),
    (
        Kind::Tool,
        &[
            "herramientas",
            "outils",
            "werkzeuge",
            "ツール",
            "ライブラリ",
            "tool",
            "tools",
            "software",
            "package",
            "packages",
            "library",
            "libraries",
            "toolkit",
            "toolkits",
            "framework",
            "frameworks",
            "工具",
            "软件",
            "框架",
            "平台",
        ],
    ),
    (Kind::Article, &["blog", "blogs", "tutorial", "tutorials", "websites", "newsletters", "博客", "教程"]),
];

/// Words of titles; fewer, since a paper about databases is no database.
const TITLE_WORDS: [(Kind, &[&str]); 6] = [
    (Kind::Tool, &["toolkit", "toolbox", "工具", "工具包", "软件"]),
    (Kind::Dataset, &["dataset", "datasets", "数据集"]),
    (Kind::Course, &["course", "courses", "lectures", "specialization", "课程"]),
    (
        Kind::Competition,
        &["challenge", "competition", "contest", "hackathon", "竞赛", "大赛", "挑战赛", "比赛", "评测"],
    ),
    (Kind::Organization, &["lab", "laboratory", "institute", "实验室", "研究所"]),
    (Kind::Book, &["textbook"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_titles_name_kinds() {
        assert_eq!(kind_of_words("Single-Cell DataSet", &TOPIC_WORDS), Some(Kind::Dataset));
        assert_eq!(kind_of_words("命名实体识别竞赛", &TOPIC_WORDS), Some(Kind::Competition));
        assert_eq!(kind_of_words("Genomics", &TOPIC_WORDS), None);
        assert_eq!(kind_of_title("Awesome-Python"), Some(Kind::List));
        assert_eq!(kind_of_title("Research Center, Theis lab"), Some(Kind::Organization));
    }
}
