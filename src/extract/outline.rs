//! The headings of a list: which are topics, how they hang together, which are about the list itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{entry::RawEntry, flat::Flat, habit::Habits, language};
use crate::{
    id::WebUrl,
    model::{Label, Language, Lines, Topic, is_han, normalise, slug},
    read::{BlockKind, Document},
};

/// What the headings of a list say.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The heading that names the whole list.
    pub(super) title: Option<String>,
    pub(super) topics: TopicTree,
    /// The section that each heading opens, by its block.
    sections: BTreeMap<usize, Section>,
    /// The headings as the anchors of links name them.
    anchors: BTreeSet<String>,
    /// Where the list itself lives.
    address: Option<String>,
}

/// What stands below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) topic: Option<usize>,
    /// Whether its items are about the subject of the list.
    pub(super) is_content: bool,
}

/// A heading that is still open: what comes below may belong to it.
struct Open {
    level: u8,
    number: Option<String>,
    section: Section,
}

impl Outline {
    pub(super) fn of(document: &Document<'_>, address: Option<&WebUrl>, habits: &Habits) -> Self {
        let mut outline = Self { address: address.map(WebUrl::key), ..Self::default() };
        let headings: Vec<(usize, u8, String, Lines)> = document
            .blocks
            .iter()
            .enumerate()
            .filter_map(|(at, block)| match block.kind {
                BlockKind::Heading(level) => Some((at, level, heading_text(document, at), block.lines)),
                _ => None,
            })
            .filter(|(.., text, _)| !text.is_empty())
            .collect();
        outline.anchors = headings.iter().map(|(.., text, _)| anchor(text)).collect();
        let is_numbered = headings.iter().filter(|(.., text, _)| split_number(text).is_some()).count() >= 2;
        let n_first_level = headings.iter().filter(|(_, level, ..)| *level == 1).count();
        let mut open: Vec<Open> = Vec::new();
        for (index, (at, level, text, lines)) in headings.iter().enumerate() {
            let is_above_all = headings[1..].iter().all(|(_, other, ..)| other > level) && *level <= 2;
            if index == 0 && headings.len() > 1 && (*level == 1 || is_above_all)
                || index == 0 && *level == 1 && n_first_level == 1
            {
                outline.title = Some(text.clone());
                outline.sections.insert(*at, Section { topic: None, is_content: true });
                continue;
            }
            let number = if is_numbered { split_number(text) } else { None };
            if habits.is_entry(*at) {
                let above = open.iter().rfind(|above| above.level < *level).map(|above| above.section);
                outline.sections.insert(*at, above.unwrap_or(Section { topic: None, is_content: true }));
                continue;
            }
            outline.add(*at, *level, number, text, *lines, &mut open);
        }
        outline.topics.settle_language();
        outline
    }

    /// The section that the heading at the block opens.
    pub(super) fn section(&self, block: usize) -> Section {
        self.sections.get(&block).copied().unwrap_or(Section { topic: None, is_content: true })
    }

    /// Whether the links of an item lead nowhere but to headings of the list itself.
    pub(super) fn is_contents(&self, flat: &Flat) -> bool {
        let mut links = flat.links.iter().filter(|link| !link.is_image && link.badge.is_none()).peekable();
        links.peek().is_some() && links.all(|link| self.is_own_anchor(&link.url))
    }

    fn is_own_anchor(&self, url: &str) -> bool {
        let Some((page, fragment)) = url.split_once('#') else { return false };
        if page.is_empty() {
            return true;
        }
        let is_own_page =
            self.address.as_deref().is_some_and(|own| page.parse::<WebUrl>().is_ok_and(|page| page.key() == own));
        is_own_page || self.anchors.contains(&anchor(&percent_decode(fragment)))
    }

    fn add(
        &mut self,
        at: usize,
        level: u8,
        number: Option<(&str, &str)>,
        text: &str,
        lines: Lines,
        open: &mut Vec<Open>,
    ) {
        let label = number.map_or(text, |(_, label)| label);
        let number = number.map(|(number, _)| number.to_owned());
        let parent = match &number {
            Some(number) => number_parent(open, number, level),
            None => open.iter().rposition(|above| above.level < level),
        };
        if is_contents_heading(label) {
            self.sections.insert(at, Section { topic: None, is_content: false });
            let above = open.iter().rposition(|above| above.level < level);
            open.truncate(above.map_or(0, |above| above + 1));
            return;
        }
        open.truncate(parent.map_or(0, |parent| parent + 1));
        let above = open.last().map(|above| above.section);
        let is_content = above.is_none_or(|above| above.is_content) && !is_about_the_list(label);
        let topic = is_content.then(|| {
            let parent = above.and_then(|above| above.topic);
            self.topics.add(label, number.clone(), lines, parent)
        });
        let section = Section { topic, is_content };
        self.sections.insert(at, section);
        open.push(Open { level, number, section });
    }
}

/// The open heading whose number is the longest beginning of this one: `2.1` for `2.1.1`.
fn number_parent(open: &[Open], number: &str, level: u8) -> Option<usize> {
    let is_above = |above: &str| number.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
    let numbered = open.iter().rposition(|above| above.number.as_deref().is_some_and(is_above));
    // Numbers that begin anew within a part of the list stand below the heading of that part.
    numbered.or_else(|| open.iter().rposition(|above| above.number.is_none() && above.level < level))
}

/// The topics of a list; no two have the same path.
#[derive(Debug, Clone, Default)]
pub(super) struct TopicTree {
    pub(super) topics: Vec<Topic>,
    /// How many topics wanted each path.
    wanted: BTreeMap<String, u32>,
}

impl TopicTree {
    /// Adds a topic and returns its index.
    pub(super) fn add(&mut self, label: &str, number: Option<String>, lines: Lines, parent: Option<usize>) -> usize {
        let labels = language::split_bilingual(label);
        let english = labels.iter().find(|label| label.text.is_ascii());
        let name = english.or(labels.first()).map(|label: &Label| slug(&label.text)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| "topic".to_owned());
        let wanted = parent.map_or_else(|| name.clone(), |parent| format!("{}/{name}", self.topics[parent].path));
        let path = self.free_path(wanted);
        self.topics.push(Topic { lines, number, labels, parent, path, iri: None });
        self.topics.len() - 1
    }

    /// Headings are too short to show their language, but one list has one: if any is English, the other Latin ones are.
    fn settle_language(&mut self) {
        let is_english =
            self.topics.iter().flat_map(|topic| &topic.labels).any(|label| label.language == Some(Language::En));
        for label in self.topics.iter_mut().flat_map(|topic| &mut topic.labels).filter(|_| is_english) {
            let is_latin = label.text.is_ascii() && label.text.contains(|c: char| c.is_ascii_lowercase());
            if label.language.is_none() && is_latin {
                label.language = Some(Language::En);
            }
        }
    }

    /// The path, with a number where another topic has it already.
    fn free_path(&mut self, wanted: String) -> String {
        let count = self.wanted.entry(wanted.clone()).or_default();
        *count += 1;
        if *count == 1 {
            return wanted;
        }
        let numbered = format!("{wanted}-{count}");
        self.free_path(numbered)
    }
}

/// Drops the topics behind the first ones, which are headings, that no entry stands under: they were no names of groups.
pub(super) fn prune(topics: Vec<Topic>, n_headings: usize, entries: &mut [RawEntry]) -> Vec<Topic> {
    let mut is_kept: Vec<bool> = (0..topics.len()).map(|at| at < n_headings).collect();
    for entry in entries.iter() {
        let mut topic = entry.topic;
        while let Some(at) = topic.filter(|at| !std::mem::replace(&mut is_kept[*at], true)) {
            topic = topics[at].parent;
        }
    }
    let places: Vec<usize> = is_kept
        .iter()
        .scan(0, |next, is_kept| {
            let place = *next;
            *next += usize::from(*is_kept);
            Some(place)
        })
        .collect();
    entries.iter_mut().for_each(|entry| entry.topic = entry.topic.map(|at| places[at]));
    let kept = topics.into_iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|(topic, _)| Topic { parent: topic.parent.map(|at| places[at]), ..topic }).collect()
}

fn heading_text(document: &Document<'_>, block: usize) -> String {
    let flat = Flat::of(document, &document.blocks[block]);
    let text = flat.text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| matches!(c, '#' | '*' | ':' | '：') || c.is_whitespace() || is_pictogram(c)).to_owned()
}

fn is_pictogram(character: char) -> bool {
    matches!(u32::from(character), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0xFE0F | 0x200D | 0x2B00..=0x2BFF)
}

/// `2.3 单细胞`: the number without its last dot, and the label. A year or a count is no number of a section.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let han = text.find(|c: char| !"一二三四五六七八九十".contains(c)).unwrap_or(text.len());
    if han > 0 && text[han..].starts_with(['、', '.', '．', ' ']) {
        let label = text[han..].trim_start_matches(['、', '.', '．', ' ']);
        return (!label.is_empty()).then_some((&text[..han], label));
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number = number.trim_end_matches('.');
    let is_number = !number.is_empty() && number.split('.').all(|part| (1..=2).contains(&part.len()));
    let is_apart =
        text[number.len()..].starts_with(['.', ' ', '、', '\u{3000}', ')', '）']) || rest.starts_with(is_han);
    let label = rest.trim_start_matches(['.', ' ', '、', '\u{3000}', ')', '）', ':', '：', '-']);
    (is_number && is_apart && !label.is_empty()).then_some((number, label))
}

/// The anchor of a heading, in a form that ignores how hosts differ.
fn anchor(text: &str) -> String {
    normalise(text).split(' ').collect()
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        rest = if code.is_some() { &tail[2..] } else { tail };
        bytes.push(code.unwrap_or(first));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Headings over a table of contents. What stands on a deeper level behind it is not a part of it.
pub(super) fn is_contents_heading(label: &str) -> bool {
    const NAMES: [&str; 9] = [
        "contents",
        "table of contents",
        "table of content",
        "catalog",
        "catalogue",
        "content",
        "toc",
        "index",
        "目录",
    ];
    NAMES.contains(&normalise(label).as_str())
}

/// Headings that curators put over what is not a part of the subject.
pub(super) fn is_about_the_list(label: &str) -> bool {
    const ENGLISH: [&str; 34] = [
        "contributing guidelines",
        "contribution guidelines",
        "code of conduct",
        "changelog",
        "change log",
        "news",
        "update news",
        "latest news",
        "updates",
        "latest updates",
        "what s new",
        "roadmap",
        "todo",
        "to do",
        "how to cite",
        "cite",
        "cite us",
        "citing",
        "bibtex",
        "contact",
        "star history chart",
        "sponsors",
        "license",
        "licence",
        "contributing",
        "contribute",
        "contribution",
        "contributions",
        "contributors",
        "acknowledgements",
        "acknowledgments",
        "star history",
        "citation",
        "how to contribute",
    ];
    const CHINESE: [&str; 12] = [
        "贡献",
        "许可",
        "致谢",
        "如何贡献",
        "贡献指南",
        "引用",
        "如何引用",
        "更新",
        "更新日志",
        "许可证",
        "贡献者",
        "联系我们",
    ];
    let name = normalise(label);
    ENGLISH.contains(&name.as_str())
        || CHINESE.contains(&name.as_str())
        || name.starts_with("contributing ")
        || name.starts_with("how to contribute")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::parse;

    fn check(text: &str, expected: &[&str]) {
        let outline = Outline::of(&parse(text), None, &Habits::default());
        let shown: Vec<String> = outline
            .topics
            .topics
            .iter()
            .map(|topic| format!("{} {}", topic.number.as_deref().unwrap_or("_"), topic.path))
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn numbers_give_the_hierarchy_where_the_marks_do_not() {
        check(
            "# List\n## 1. 生物 Biology\n## 2. Genomics\n#### 2.1 Sequence\n    \n- a\n    ##### 2.1.1 Software\n#### 3.1 NER\n#### 3.1.1 Contest",
            &[
                "1 biology",
                "2 genomics",
                "2.1 genomics/sequence",
                "2.1.1 genomics/sequence/software",
                "3.1 ner",
                "3.1.1 ner/contest",
            ],
        );
    }

    #[test]
    fn marks_give_it_elsewhere() {
        check("# T\n## A\n### B\n## C\n### B\n### B", &["_ a", "_ a/b", "_ c", "_ c/b", "_ c/b-2"]);
        check("## 2019\n## 2020", &["_ 2019", "_ 2020"]);
    }

    #[test]
    fn contents_and_licence_are_no_topics() {
        check("# T\n## 目录\n## A\n## License\n## Contributing", &["_ a"]);
        check("# T\n## Contents\n### A\n### B", &["_ a", "_ b"]);
    }
}
