//! What kind of thing an entry is about, from the strongest evidence there is.
//!
//! An address that only papers, repositories or packages have is as good as a statement. A citation is, too. Words in
//! the title and in the heading above are guesses, and so is what most entries under the same heading are.

use std::collections::BTreeMap;

use super::entry::RawEntry;
use crate::{
    id::{Identifiers, Package, RepoSlug, WebUrl},
    model::{Confidence, Evidence, Kind, KindGuess, LinkRole, Topic, normalise},
};

const CERTAIN: Confidence = Confidence::percent(100);

/// Finds the kind of every entry. Those that nothing speaks for take the kind of their siblings.
pub(super) fn settle(entries: &[RawEntry], topics: &[Topic]) -> Vec<KindGuess> {
    let by_topic: Vec<Option<Kind>> = topics.iter().map(kind_of_topic).collect();
    let known: Vec<Option<KindGuess>> = entries.iter().map(|entry| guess(entry, topics, &by_topic)).collect();
    let mut siblings: BTreeMap<Option<usize>, BTreeMap<Kind, usize>> = BTreeMap::new();
    for (entry, guess) in entries.iter().zip(&known) {
        if let Some(guess) = guess {
            *siblings.entry(entry.topic).or_default().entry(guess.kind).or_default() += 1;
        }
    }
    let majority = |entry: &RawEntry| {
        let counts = siblings.get(&entry.topic)?;
        let total: usize = counts.values().sum();
        counts.iter().find(|(_, count)| **count >= 2 && **count * 3 >= total * 2).map(|(kind, _)| *kind)
    };
    entries.iter().zip(known).map(|(entry, guess)| guess.unwrap_or_else(|| by_siblings(majority(entry)))).collect()
}

fn by_siblings(majority: Option<Kind>) -> KindGuess {
    match majority {
        Some(kind) if kind != Kind::Paper => {
            KindGuess { kind, evidence: Evidence::KindBySiblings, confidence: Confidence::percent(60) }
        }
        _ => KindGuess { kind: Kind::Article, evidence: Evidence::KindByDefault, confidence: Confidence::percent(40) },
    }
}

fn guess(entry: &RawEntry, topics: &[Topic], by_topic: &[Option<Kind>]) -> Option<KindGuess> {
    let topic_kind = entry.kind.or_else(|| nearest(entry.topic, topics, by_topic));
    let by_title = kind_of_title(entry.title());
    if let Some(kind) = entry.url.as_ref().and_then(kind_of_address) {
        return Some(refine(kind, entry, topic_kind, by_title));
    }
    let citation = &entry.citation;
    let is_cited = !citation.authors.is_empty()
        && (citation.venue.is_some() || citation.year.is_some() || !citation.ids.is_empty())
        || citation.venue.is_some() && citation.year.is_some()
        || !citation.ids.is_empty() && entry.url.is_none();
    let is_named = is_name(entry.title());
    let is_other = matches!(topic_kind, Some(Kind::Book | Kind::Dataset | Kind::Competition | Kind::Course))
        || is_named && entry.kind.is_some();
    if is_cited && !is_other {
        return Some(KindGuess {
            kind: Kind::Paper,
            evidence: Evidence::KindByCitation,
            confidence: Confidence::percent(95),
        });
    }
    let title =
        by_title.map(|kind| KindGuess { kind, evidence: Evidence::KindByTitle, confidence: Confidence::percent(80) });
    let topic =
        topic_kind.map(|kind| KindGuess { kind, evidence: Evidence::KindByTopic, confidence: Confidence::percent(80) });
    title.or(topic.filter(|_| entry.kind.is_some())).or_else(|| by_links(entry, topic_kind, is_named)).or(topic)
}

/// What the labelled links of an entry without an address of its own say: a sentence with a paper's link is a paper, a name with a
/// repository a tool.
fn by_links(entry: &RawEntry, topic: Option<Kind>, is_named: bool) -> Option<KindGuess> {
    let has = |roles: &[LinkRole]| entry.links.iter().any(|link| roles.contains(&link.role));
    if entry.url.is_some() {
        return None;
    }
    let has_paper = has(&[LinkRole::Paper, LinkRole::Pdf]);
    let kind = match topic {
        Some(kind) if is_named && !(kind == Kind::Paper && has(&[LinkRole::Code])) => kind,
        Some(Kind::Dataset) => Kind::Dataset,
        _ if has_paper && !is_named => Kind::Paper,
        _ if has(&[LinkRole::Code, LinkRole::Package]) => Kind::Tool,
        _ if has_paper => Kind::Paper,
        _ if has(&[LinkRole::Data]) => Kind::Dataset,
        _ => return None,
    };
    Some(KindGuess { kind, evidence: Evidence::KindByLinks, confidence: Confidence::percent(80) })
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

/// A repository may hold a list, a dataset or a course: the title and the heading say so.
fn refine(kind: Kind, entry: &RawEntry, topic: Option<Kind>, title: Option<Kind>) -> KindGuess {
    let sure = KindGuess { kind, evidence: Evidence::KindByAddress, confidence: CERTAIN };
    if kind != Kind::Tool {
        return sure;
    }
    let is_list = title == Some(Kind::List)
        || entry.url.as_ref().and_then(RepoSlug::from_url).is_some_and(|slug| is_awesome(slug.name()));
    if is_list {
        return KindGuess { kind: Kind::List, evidence: Evidence::KindByTitle, confidence: Confidence::percent(90) };
    }
    match topic
        .filter(|topic| matches!(topic, Kind::Dataset | Kind::Course | Kind::Competition | Kind::Book | Kind::List))
    {
        Some(kind) => KindGuess { kind, evidence: Evidence::KindByTopic, confidence: Confidence::percent(75) },
        None => sure,
    }
}

/// The kind that the innermost heading names, else the one above it.
fn nearest(topic: Option<usize>, topics: &[Topic], by_topic: &[Option<Kind>]) -> Option<Kind> {
    std::iter::successors(topic, |at| topics[*at].parent).find_map(|at| by_topic[at])
}

fn kind_of_topic(topic: &Topic) -> Option<Kind> {
    topic.labels.iter().find_map(|label| kind_of_words(&label.text, &TOPIC_WORDS))
}

/// The kind that the head of a table's column names.
pub(super) fn of_heading(head: &str) -> Option<Kind> {
    kind_of_words(head, &TOPIC_WORDS).or_else(|| kind_of_words(head, &COLUMN_WORDS))
}

/// Whether the head of a table's column says that things are named in it.
pub(super) fn names_things(head: &str) -> bool {
    const WORDS: [&str; 8] = ["resource", "project", "repository", "repo", "work", "benchmark", "项目", "资源"];
    of_heading(head).is_some() || WORDS.contains(&normalise(head).as_str())
}

/// Words of a column's head that would say too little in a heading.
const COLUMN_WORDS: [(Kind, &[&str]); 2] = [
    (Kind::Tool, &["method", "methods", "algorithm", "方法"]),
    (Kind::Paper, &["article", "publication", "reference"]),
];

fn kind_of_title(title: &str) -> Option<Kind> {
    if is_awesome(title) {
        return Some(Kind::List);
    }
    kind_of_words(title, &TITLE_WORDS)
}

fn is_awesome(text: &str) -> bool {
    text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("awesome"))
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
const TOPIC_WORDS: [(Kind, &[&str]); 10] = [
    (Kind::Model, &["model", "models", "llm", "llms", "模型", "大模型"]),
    (Kind::Dataset, &["dataset", "datasets", "database", "databases", "corpus", "corpora", "数据集", "数据库", "语料"]),
    (
        Kind::Competition,
        &["competition", "competitions", "challenge", "challenges", "contest", "contests", "竞赛", "比赛", "评测任务"],
    ),
    (Kind::Course, &["course", "courses", "lecture", "lectures", "mooc", "moocs", "课程"]),
    (Kind::Book, &["book", "books", "textbook", "textbooks", "书籍", "图书"]),
    (Kind::Video, &["video", "videos", "talks", "视频"]),
    (Kind::Paper, &["paper", "papers", "publications", "surveys", "论文", "文献", "综述"]),
    (
        Kind::Organization,
        &["organizations", "organisations", "institutes", "labs", "companies", "机构", "实验室", "公司"],
    ),
    (
        Kind::Tool,
        &[
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
        ],
    ),
    (Kind::Article, &["blog", "blogs", "tutorial", "tutorials", "websites", "newsletters", "博客", "教程"]),
];

/// Words of titles; fewer, since a paper about databases is no database.
const TITLE_WORDS: [(Kind, &[&str]); 5] = [
    (Kind::Dataset, &["dataset", "datasets", "数据集"]),
    (Kind::Course, &["course", "courses", "lectures", "specialization", "课程"]),
    (Kind::Competition, &["challenge", "competition", "竞赛"]),
    (Kind::Organization, &["lab", "laboratory", "institute", "实验室", "研究所"]),
    (Kind::Book, &["textbook"]),
];

/// The kind that an address alone shows.
fn kind_of_address(url: &WebUrl) -> Option<Kind> {
    let host = url.host().to_ascii_lowercase();
    let path = url.path().to_ascii_lowercase();
    if let Some(ids) = Some(Identifiers::from_url(url)).filter(|ids| !ids.is_empty()) {
        let is_deposit = ids.doi.as_ref().is_some_and(crate::id::Doi::is_deposit);
        return Some(if is_deposit { Kind::Dataset } else { Kind::Paper });
    }
    if RepoSlug::from_url(url).is_some() {
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
    if by_host(&PAPER_HOSTS) {
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
        || is_course_code(&host)
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
