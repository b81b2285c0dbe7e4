//! The named questions in Chinese. Their English words stand in the files of the queries.

/// What the question of a name asks.
pub(super) fn question(name: &str) -> Option<&'static str> {
    QUESTIONS.iter().find(|(question, _)| *question == name).map(|(_, text)| *text)
}

/// A parameter's description, found by the English one.
pub(super) fn parameter(description: &str) -> Option<&'static str> {
    PARAMETERS.iter().find(|(english, _)| *english == description).map(|(_, text)| *text)
}

const QUESTIONS: [(&str, &str); 28] = [
    ("authors", "哪些作者在此处收录的论文最多？"),
    ("citations", "哪篇论文引用了哪篇论文，依据何在？"),
    ("coauthors-of-person", "此人与哪些人合作过，各合作了多少篇论文？"),
    ("consensus", "哪些内容被多份独立清单收录，收录于几份清单、哪些主题之下？"),
    ("datasets", "有哪些数据集？"),
    ("dead-links", "哪些链接已失效或已迁移，位于何处，始于何时，是否有存档副本？"),
    ("disagreements", "各来源对论文的标题、年份、发表处或作者人数有哪些不同说法？"),
    ("duplicate-entries", "哪些内容在同一清单中出现不止一次，位于哪些行？"),
    ("inferred", "哪些关系是推断而非读取所得，依据何在，有多大把握？"),
    ("merges", "哪些对象、人物或主题在没有共同标识符的情况下被合并或关联，依据何在，有多大把握？"),
    ("notices", "清单中有哪些内容看起来有误或未能识别？"),
    ("other-text", "清单中哪些行不是条目，它们是什么？"),
    ("papers-by-venue", "论文发表在哪些期刊和会议？"),
    ("papers-by-year", "每年各有多少篇论文？"),
    ("papers-of-person", "此人写过哪些论文？"),
    ("papers-of-tool", "该工具实现了哪些论文，依据何在？"),
    ("papers-of-topic", "该主题及其下级主题下有哪些论文？"),
    ("papers-without-metadata", "哪些论文缺少标识符、作者、发表处或年份，位于哪一行？"),
    ("papers-without-tool", "哪些论文没有已知的工具？"),
    ("preprints", "哪些预印本已正式发表，发表为哪篇文章？"),
    ("retracted", "哪些论文被撤稿、更正或质疑，哪些工具已归档或迁移，由谁指出？"),
    ("stats", "共有多少对象、关系和四元组？"),
    ("tools-and-papers", "哪些工具实现了哪些论文？"),
    ("tools-of-paper", "哪些工具实现了这篇论文或其某个版本，依据何在？"),
    ("tools-without-paper", "哪些工具没有已知的论文？"),
    ("topic-tree", "有哪些主题，每个主题及其下级主题下有多少论文、工具和数据集？"),
    ("translations", "哪些论文有其他语言的版本，在哪里可以读到？"),
    ("where-from", "关于此对象的说法来自何处：哪个来源、哪些行、依据哪些规则？"),
];

const PARAMETERS: [(&str, &str); 14] = [
    ("only this kind of notice, such as text-not-placed", "仅限此类提示，例如 text-not-placed"),
    (
        "only this kind of text, such as prose, contents, about-the-list, markup",
        "仅限此类文字，例如 prose、contents、about-the-list、markup",
    ),
    ("only links with this evidence, such as same-name", "仅限具有此依据的关系，例如 same-name"),
    ("only this evidence, such as same-title", "仅限此依据，例如 same-title"),
    ("only this evidence, such as title-match", "仅限此依据，例如 title-match"),
    ("not less than so many independent lists; without it, two", "独立清单的最少数量；不填则为 2"),
    ("only papers of this year", "仅限该年的论文"),
    ("the paper", "论文"),
    ("the person", "人物"),
    ("only this: title, year, venue or authors", "仅限其一：title、year、venue 或 authors"),
    ("only these: gone or moved", "仅限其一：gone 或 moved"),
    ("the thing", "对象"),
    ("the tool", "工具"),
    ("the topic", "主题"),
];
