//! What kind of thing an entry is about, from the strongest evidence there is.
//!
//! An address that only papers, repositories or packages have is as good as a statement. A citation is, too. Words in
//! the title and in the heading above are guesses, and so is what most entries under the same heading are.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::RawEntry;
use crate::{
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::{Confidence, Evidence, Kind, KindGuess, LinkRole, Topic, normalise},
};

const CERTAIN: Confidence = Confidence::percent(100);

/// Finds the kind of every entry. Those that nothing speaks for take the kind of their siblings.
pub(super) fn settle(entries: &[RawEntry], topics: &[Topic], list_title: Option<&str>) -> Vec<KindGuess> {
    let by_topic: Vec<Option<Kind>> = topics.iter().map(kind_of_topic).collect();
    let of_list = list_title.and_then(kind_of_list);
    let is_about_data: Vec<bool> =
        topics.iter().map(|topic| topic.labels.iter().any(|label| is_about_data(&label.text))).collect();
    let of_software = topics_of_software(entries, topics.len());
    let guess = |entry: &RawEntry| {
        let is_kept = |at: usize| !(is_about_data[at] && entry.topic.is_some_and(|topic| of_software[topic]));
        let topic = nearest(entry.topic, topics, &by_topic).filter(|(at, _)| is_kept(*at));
        let is_weak = topic.is_some_and(|(at, _)| is_about_data[at]);
        Clues { is_weak, ..Clues::of(entry, topic.map(|(_, kind)| kind), of_list) }.guess()
    };
    let guesses: Vec<Option<KindGuess>> = entries.iter().map(guess).collect();
    let mut siblings: BTreeMap<Option<usize>, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for (entry, guess) in entries.iter().zip(&guesses) {
        if let Some(guess) = guess {
            siblings.entry(entry.topic).or_default().add(guess.kind);
            all.add(guess.kind);
        }
    }
    let settled = |entry: &RawEntry| {
        let near = siblings.get(&entry.topic).and_then(|tally| tally.majority(2, 3));
        by_siblings(entry, near.or_else(|| all.majority(1, 2)))
    };
    entries.iter().zip(guesses).map(|(entry, guess)| guess.unwrap_or_else(|| settled(entry))).collect()
}

/// The topics whose entries are mostly code: under `Databases` they are not data.
fn topics_of_software(entries: &[RawEntry], n_topics: usize) -> Vec<bool> {
    let mut counts = vec![(0_usize, 0_usize); n_topics];
    for entry in entries {
        let Some(count) = entry.topic.and_then(|topic| counts.get_mut(topic)) else { continue };
        count.0 += usize::from(entry.url.as_ref().and_then(kind_of_address) == Some(Kind::Tool));
        count.1 += 1;
    }
    counts.into_iter().map(|(software, all)| 2 * software >= all && software > 0).collect()
}

/// How many things of each kind there are.
#[derive(Default)]
struct Tally(BTreeMap<Kind, usize>);

impl Tally {
    fn add(&mut self, kind: Kind) {
        *self.0.entry(kind).or_default() += 1;
    }

    /// The kind that has at least a part of all.
    fn majority(&self, part: usize, whole: usize) -> Option<Kind> {
        let total: usize = self.0.values().sum();
        self.0.iter().find(|(_, count)| **count >= 2 && **count * whole >= total * part).map(|(kind, _)| *kind)
    }
}

/// A name is what its siblings are; a sentence is a page to read.
fn by_siblings(entry: &RawEntry, majority: Option<Kind>) -> KindGuess {
    let is_named = is_name(entry.title());
    match majority.filter(|kind| *kind != Kind::Paper && (is_named || !kind.is_software())) {
        Some(kind) => KindGuess { kind, evidence: Evidence::KindBySiblings, confidence: Confidence::percent(60) },
        None => {
            let kind = if is_named && entry.url.is_some() { Kind::Tool } else { Kind::Article };
            KindGuess { kind, evidence: Evidence::KindByDefault, confidence: Confidence::percent(40) }
        }
    }
}

/// All that speaks for the kind of one entry.
struct Clues<'e> {
    entry: &'e RawEntry,
    /// The title is a name, and no sentence.
    is_named: bool,
    /// The kind that the head of the column, or else the heading, names.
    heading: Option<Kind>,
    /// The heading speaks of data, which may mean software for it.
    is_weak: bool,
    /// The kind that the title of the list names.
    list: Option<Kind>,
    title: Option<Kind>,
    description: Option<Kind>,
}

impl<'e> Clues<'e> {
    fn of(entry: &'e RawEntry, topic: Option<Kind>, list: Option<Kind>) -> Self {
        Self {
            entry,
            is_named: is_name(entry.title()),
            heading: entry.kind.or(topic),
            is_weak: false,
            list,
            title: kind_of_title(entry.title()).map(|kind| {
                let is_data = entry.kind == Some(Kind::Dataset);
                if kind == Kind::Competition && is_data { Kind::Dataset } else { kind }
            }),
            description: kind_of_description(&entry.description),
        }
    }

    fn guess(&self) -> Option<KindGuess> {
        let by_address = self.entry.url.as_ref().and_then(kind_of_address);
        if let Some(kind) = by_address {
            return Some(self.refine(kind));
        }
        let guess = |kind: Kind, evidence: Evidence, percent: u8| KindGuess {
            kind,
            evidence,
            confidence: Confidence::percent(percent),
        };
        if self.title == Some(Kind::Competition) && self.entry.kind.is_none() {
            return Some(guess(Kind::Competition, Evidence::KindByTitle, 80));
        }
        if self.heading.or(self.list) == Some(Kind::Dataset) && self.entry.url.is_none() && self.has(&[LinkRole::Data])
        {
            return Some(guess(Kind::Dataset, Evidence::KindByTopic, 75));
        }
        let named = self.heading.filter(|kind| self.is_named && *kind != Kind::Paper);
        if let Some(kind) = named.filter(|kind| !kind.is_software() || self.entry.kind.is_some()) {
            return Some(guess(kind, Evidence::KindByTopic, 85));
        }
        let is_of_works = !self.is_weak
            && matches!(self.heading, Some(Kind::Book | Kind::Dataset | Kind::Competition | Kind::Course));
        let is_of_another = self.is_named
            && (self.entry.is_cited_apart
                || self.leads_to_software()
                    && self.entry.citation.authors.is_empty()
                    && self.entry.citation.venue.is_none());
        if self.is_cited() && !is_of_works && !is_of_another {
            return Some(guess(Kind::Paper, Evidence::KindByCitation, 95));
        }
        let title = self.title.map(|kind| guess(kind, Evidence::KindByTitle, 80));
        let heading = self.heading.map(|kind| guess(kind, Evidence::KindByTopic, 80));
        let description = self.description.map(|kind| guess(kind, Evidence::KindByDescription, 70));
        let list = self
            .list
            .filter(|kind| self.is_named == (*kind != Kind::Paper))
            .map(|kind| guess(kind, Evidence::KindByTopic, 60));
        title
            .or_else(|| self.by_links())
            .or(description.filter(|_| heading.is_none()))
            .or(heading)
            .or(description)
            .or(list)
    }

    /// Authors with a place or an identifier, or a place with its year.
    fn is_cited(&self) -> bool {
        let citation = &self.entry.citation;
        !citation.authors.is_empty()
            && (citation.venue.is_some() || citation.year.is_some() || !citation.ids.is_empty())
            || citation.venue.is_some() && citation.year.is_some()
            || !citation.ids.is_empty() && self.entry.url.is_none()
    }

    fn has(&self, roles: &[LinkRole]) -> bool {
        self.entry.links.iter().any(|link| roles.contains(&link.role))
    }

    fn leads_to_software(&self) -> bool {
        self.has(&[LinkRole::Code, LinkRole::Package, LinkRole::Weights])
    }

    /// What the labelled links of an entry without an address of its own say: a sentence with a paper's link is a paper, a
    /// name with a repository a tool.
    fn by_links(&self) -> Option<KindGuess> {
        if self.entry.url.is_some() {
            let is_software =
                self.is_named && self.leads_to_software() && !matches!(self.heading.or(self.list), Some(Kind::Dataset));
            return is_software.then(|| KindGuess {
                kind: Kind::Tool,
                evidence: Evidence::KindByLinks,
                confidence: Confidence::percent(75),
            });
        }
        let has_paper = self.has(&[LinkRole::Paper, LinkRole::Pdf]);
        let software = if self.heading == Some(Kind::Model) || self.heading.is_none() && self.list == Some(Kind::Model)
        {
            Kind::Model
        } else {
            Kind::Tool
        };
        let kind = match self.heading.or(self.list) {
            Some(Kind::Dataset) => Kind::Dataset,
            Some(kind) if self.is_named && kind.is_software() => kind,
            _ if has_paper && !(self.is_named && is_coined(self.entry.title())) => Kind::Paper,
            _ if self.has(&[LinkRole::Data]) && !self.has(&[LinkRole::Package, LinkRole::Weights]) => Kind::Dataset,
            _ if self.leads_to_software() => software,
            _ if has_paper && self.heading != Some(Kind::Paper) && self.list != Some(Kind::Paper) => software,
            _ if has_paper => Kind::Paper,
            _ if self.has(&[LinkRole::Data]) => Kind::Dataset,
            _ => return None,
        };
        Some(KindGuess { kind, evidence: Evidence::KindByLinks, confidence: Confidence::percent(75) })
    }

    /// A repository may hold a list, a dataset, a course, a model: the title, the heading and the description say so.
    fn refine(&self, kind: Kind) -> KindGuess {
        let sure = KindGuess { kind, evidence: Evidence::KindByAddress, confidence: CERTAIN };
        let guess = |kind: Kind, evidence: Evidence, percent: u8| KindGuess {
            kind,
            evidence,
            confidence: Confidence::percent(percent),
        };
        if kind == Kind::Paper
            && self.is_named
            && self.heading.is_some_and(|kind| kind != Kind::Paper)
            && self.entry.kind.is_some()
        {
            return guess(self.heading.unwrap_or(kind), Evidence::KindByTopic, 75);
        }
        if is_event(self.entry.title()) && self.entry.kind.is_none() && kind != Kind::Paper {
            return guess(Kind::Competition, Evidence::KindByTitle, 75);
        }
        let is_product = |kind: Kind| matches!(kind, Kind::Dataset | Kind::Tool | Kind::Model);
        if let Some(product) =
            self.heading.filter(|heading| kind == Kind::Paper && is_product(*heading) && !self.is_weak)
            && is_coined(self.entry.title())
            && self.entry.title().split(' ').count() == 1
        {
            return guess(product, Evidence::KindByTopic, 70);
        }
        if kind == Kind::Competition && self.heading.or(self.list) == Some(Kind::Dataset) {
            return guess(Kind::Dataset, Evidence::KindByTopic, 70);
        }
        if kind != Kind::Tool {
            return sure;
        }
        let slug = self.entry.url.as_ref().and_then(RepoSlug::from_url);
        if self.title == Some(Kind::List) || slug.is_some_and(|slug| is_awesome(slug.name())) {
            return guess(Kind::List, Evidence::KindByTitle, 90);
        }
        let holds = |kind: &Kind| {
            matches!(
                kind,
                Kind::Dataset | Kind::Course | Kind::Competition | Kind::Book | Kind::List | Kind::Model | Kind::Paper
            )
        };
        if let Some(kind) =
            self.heading.filter(|_| !self.is_weak).filter(holds).filter(|kind| *kind != Kind::Paper || !self.is_named)
        {
            return guess(kind, Evidence::KindByTopic, 75);
        }
        if self.description == Some(Kind::Tool) {
            return sure;
        }
        let held = self
            .title
            .or(self.description)
            .filter(|kind| matches!(kind, Kind::Dataset | Kind::Course | Kind::Book | Kind::List));
        if let Some(kind) = held {
            return guess(kind, Evidence::KindByDescription, 70);
        }
        let list = self.list.filter(|kind| self.heading.is_none() && matches!(kind, Kind::Dataset | Kind::Model));
        list.map_or(sure, |kind| guess(kind, Evidence::KindByTopic, 60))
    }
}

/// Whether a name is coined for one thing: one or two words, or one that is written as no ordinary word is.
pub(super) fn is_coined(name: &str) -> bool {
    let is_odd = |word: &str| word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    let is_short = |part: &str| part.split_whitespace().count() <= 2;
    name.split('/').flat_map(|part| part.split(" and ")).all(is_short) || name.split_whitespace().any(is_odd)
}

/// Whether a title is a name, and not a sentence: few words, and none of those that join sentences.
pub(super) fn is_name(title: &str) -> bool {
    const JOINING: [&str; 14] =
        ["a", "an", "the", "for", "with", "using", "via", "by", "from", "in", "on", "towards", "based", "of"];
    const MOST_WORDS: usize = 4;
    const MOST_HAN: usize = 12;
    let words: Vec<&str> = title.split_whitespace().collect();
    let is_joined = words.len() > 2 && words.iter().any(|word| JOINING.contains(&word.to_ascii_lowercase().as_str()));
    let n_han = title.chars().filter(|c| crate::model::is_han(*c)).count();
    words.len() <= MOST_WORDS && !is_joined && n_han <= MOST_HAN && !title.contains(": ")
}

/// The kind that the innermost heading names, else the one above it.
fn nearest(topic: Option<usize>, topics: &[Topic], by_topic: &[Option<Kind>]) -> Option<(usize, Kind)> {
    std::iter::successors(topic, |at| topics[*at].parent).find_map(|at| by_topic[at].map(|kind| (at, kind)))
}

fn kind_of_topic(topic: &Topic) -> Option<Kind> {
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
fn is_about_data(text: &str) -> bool {
    let normal = normalise(text);
    normal.split(' ').any(|word| matches!(word, "database" | "databases" | "data")) || text.contains("数据库")
}

/// The kind that the head of a table's column names.
pub(super) fn of_heading(head: &str) -> Option<Kind> {
    of_heading_words(head).or_else(|| kind_of_words(head, &COLUMN_WORDS))
}

/// Whether the head of a table's column says that things are named in it.
pub(super) fn names_things(head: &str) -> bool {
    const WORDS: [&str; 8] = ["resource", "project", "repository", "repo", "work", "benchmark", "项目", "资源"];
    of_heading(head).is_some() && !head.eq_ignore_ascii_case("data") || WORDS.contains(&normalise(head).as_str())
}

/// Words of a column's head that would say too little in a heading.
const COLUMN_WORDS: [(Kind, &[&str]); 2] = [
    (Kind::Tool, &["method", "methods", "algorithm", "方法"]),
    (Kind::Paper, &["article", "publication", "reference"]),
];

/// The kind that a few words name.
pub(super) fn of_words(text: &str) -> Option<Kind> {
    of_heading(text).or_else(|| kind_of_description(text))
}

/// The kind that the title of a list names, if it names one only.
fn kind_of_list(title: &str) -> Option<Kind> {
    let normal = normalise(title);
    let words = || normal.split(' ').filter(|word| !word.starts_with("llm"));
    let kinds: BTreeSet<Kind> = words().filter_map(|word| kind_of_words(word, &TOPIC_WORDS)).collect();
    let mut kinds = kinds.into_iter();
    let named = kinds.next().filter(|_| kinds.next().is_none());
    named.or_else(|| of_heading_words(&words().collect::<Vec<_>>().join(" ")))
}

/// The kind that the first words of a description name: `A Python library for …`, `an open dataset of …`.
fn kind_of_description(description: &str) -> Option<Kind> {
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

fn kind_of_title(title: &str) -> Option<Kind> {
    if is_awesome(title) {
        return Some(Kind::List);
    }
    if is_event(title) {
        return Some(Kind::Competition);
    }
    kind_of_words(title, &TITLE_WORDS)
}

/// An acronym with a year, such as `CHIP2020`, `KDD Cup 2019`: what happens once a year.
fn is_event(title: &str) -> bool {
    let name = title.trim_end_matches(|c: char| c.is_ascii_digit());
    let year = title[name.len()..].parse().is_ok_and(|year: u16| (1990..2050).contains(&year));
    let name = name.trim_end_matches([' ', '-', '_']);
    year && name.len() >= 3
        && name.split(' ').next().is_some_and(|first| first.len() >= 2 && first.chars().all(|c| c.is_ascii_uppercase()))
}

fn is_awesome(text: &str) -> bool {
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

/// The kind that an address alone shows.
pub(super) fn kind_of_address(url: &WebUrl) -> Option<Kind> {
    let host = url.host().to_ascii_lowercase();
    let path = url.path().to_ascii_lowercase();
    if let Some(ids) = Some(Identifiers::from_url(url)).filter(|ids| !ids.is_empty()) {
        let is_deposit = ids.doi.as_ref().is_some_and(crate::id::Doi::is_deposit);
        return Some(if is_deposit { Kind::Dataset } else { Kind::Paper });
    }
    if RepoSlug::from_url(url).is_some() {
        // A Markdown file says nothing of what it is about; a wiki or a discussion is a page to read, not the software.
        if path.contains("/blob/") && path.ends_with(".md") {
            return None;
        }
        // A wiki or a discussion is a page to read, not the software.
        let is_page = ["/wiki/", "/issues/", "/discussions/"].iter().any(|part| path.contains(part));
        return Some(if is_page { Kind::Article } else { Kind::Tool });
    }
    if Package::from_url(url).is_some() {
        return Some(Kind::Tool);
    }
    let by_host = |hosts: &[&str]| {
        hosts.iter().any(|known| host == *known || host.strip_suffix(known).is_some_and(|sub| sub.ends_with('.')))
    };
    if by_host(&["kaggle.com"]) {
        return Some(if path.starts_with("/c/") || path.starts_with("/competitions") {
            Kind::Competition
        } else {
            Kind::Dataset
        });
    }
    if by_host(&["huggingface.co"]) && path.starts_with("/datasets/") {
        return Some(Kind::Dataset);
    }
    let segments = || path.split('/').filter(|segment| !segment.is_empty());
    if segments().any(|segment| matches!(segment, "competition" | "competitions" | "challenge" | "challenges")) {
        return Some(Kind::Competition);
    }
    if segments().any(|segment| matches!(segment, "dataset" | "datasets")) {
        return Some(Kind::Dataset);
    }
    // The page of a journal is no paper.
    if by_host(&PAPER_HOSTS) && (segments().count() >= 2 || path.contains(|c: char| c.is_ascii_digit())) {
        return Some(Kind::Paper);
    }
    if by_host(&[
        "grand-challenge.org",
        "biendata.com",
        "biendata.xyz",
        "drivendata.org",
        "codalab.org",
        "aicrowd.com",
        "dreamchallenges.org",
    ]) {
        return Some(Kind::Competition);
    }
    if by_host(&["coursera.org", "edx.org", "udacity.com", "udemy.com", "ocw.mit.edu", "fast.ai", "mooc.org"])
        || is_course_code(&host) && (path.trim_matches('/').is_empty() || !host.ends_with(".github.io"))
    {
        return Some(Kind::Course);
    }
    by_host(&["youtube.com", "youtu.be", "vimeo.com", "bilibili.com"]).then_some(Kind::Video)
}

/// Publishers and proceedings whose pages are papers, with addresses that hold no identifier.
const PAPER_HOSTS: [&str; 29] = [
    "papers.nips.cc",
    "proceedings.neurips.cc",
    "openreview.net",
    "aclweb.org",
    "aclanthology.org",
    "aclanthology.info",
    "ieeexplore.ieee.org",
    "sciencedirect.com",
    "academic.oup.com",
    "jmlr.org",
    "proceedings.mlr.press",
    "openaccess.thecvf.com",
    "semanticscholar.org",
    "ssrn.com",
    "hal.archives-ouvertes.fr",
    "link.springer.com",
    "dl.acm.org",
    "pubs.acs.org",
    "onlinelibrary.wiley.com",
    "tandfonline.com",
    "mdpi.com",
    "jamanetwork.com",
    "thelancet.com",
    "nejm.org",
    "pnas.org",
    "sciencemag.org",
    "journals.plos.org",
    "biorxiv.org",
    "medrxiv.org",
];

/// A host named after a course: `mit6874.github.io`, `cs231n.stanford.edu`, `cs224n.github.io`.
fn is_course_code(host: &str) -> bool {
    let label = host.split('.').next().unwrap_or_default();
    let letters = label.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = label[letters..].bytes().take_while(u8::is_ascii_digit).count();
    let tail = label.len() - letters - digits;
    let is_academic =
        host.ends_with(".edu") || host.ends_with(".github.io") || host.contains(".ac.") || host.contains(".edu.");
    is_academic && (2..=4).contains(&letters) && (3..=4).contains(&digits) && tail <= 1 && label.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_say_enough() {
        for (url, kind) in [
            ("https://www.nature.com/articles/nature14248", Some(Kind::Paper)),
            ("https://papers.nips.cc/paper/7062-a-unified-approach", Some(Kind::Paper)),
            ("https://github.com/a/b", Some(Kind::Tool)),
            ("https://github.com/a/b/wiki/Page", Some(Kind::Article)),
            ("https://biendata.com/competition/CCKS2017_2/", Some(Kind::Competition)),
            ("https://mit6874.github.io/", Some(Kind::Course)),
            ("http://cs231n.stanford.edu/", Some(Kind::Course)),
            ("https://www.kaggle.com/c/data-science-bowl-2018", Some(Kind::Competition)),
            ("http://biocc.hrbmu.edu.cn/CellMarker/index.jsp", None),
            ("https://r2d2.example.org/", None),
        ] {
            assert_eq!(kind_of_address(&url.parse().unwrap()), kind, "{url}");
        }
    }

    #[test]
    fn headings_and_titles_name_kinds() {
        assert_eq!(kind_of_words("Single-Cell DataSet", &TOPIC_WORDS), Some(Kind::Dataset));
        assert_eq!(kind_of_words("命名实体识别竞赛", &TOPIC_WORDS), Some(Kind::Competition));
        assert_eq!(kind_of_words("Genomics", &TOPIC_WORDS), None);
        assert_eq!(kind_of_title("Awesome-Python"), Some(Kind::List));
        assert_eq!(kind_of_title("Research Center, Theis lab"), Some(Kind::Organization));
    }
}
