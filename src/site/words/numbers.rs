//! Texts with numbers and names in them.

use super::Words;
use crate::site::Language;

/// A number with a comma before each group of three digits, as both languages write it.
pub(in crate::site) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl Words {
    fn say(&self, english: impl FnOnce() -> String, chinese: impl FnOnce() -> String) -> String {
        match self.language {
            Language::En => english(),
            Language::Zh => chinese(),
        }
    }

    fn counted(&self, n: usize, one: &str, many: &str, chinese: &str) -> String {
        let number = grouped(n);
        self.say(|| format!("{number} {}", if n == 1 { one } else { many }), || format!("{number} {chinese}"))
    }

    pub(in crate::site) fn n_results(&self, n: usize) -> String {
        self.counted(n, "result", "results", "条结果")
    }

    pub(in crate::site) fn n_rows(&self, n: usize) -> String {
        self.counted(n, "row", "rows", "行")
    }

    pub(in crate::site) fn n_lists(&self, n: usize) -> String {
        self.counted(n, "list", "lists", "份清单")
    }

    pub(in crate::site) fn n_entries(&self, n: usize) -> String {
        self.counted(n, "entry", "entries", "个条目")
    }

    pub(in crate::site) fn n_links(&self, n: usize) -> String {
        self.counted(n, "tie between a tool and a paper", "ties between tools and papers", "个工具与论文的对应关系")
    }

    pub(in crate::site) fn n_quads(&self, n: usize) -> String {
        self.counted(n, "quad", "quads", "个四元组")
    }

    pub(in crate::site) fn n_left_out(&self, n: usize) -> String {
        self.counted(n, "neighbor is not shown", "neighbors are not shown", "个相邻对象未显示")
    }

    /// `13–24 of 120`
    pub(in crate::site) fn range(&self, first: usize, last: usize, total: usize) -> String {
        let (first, last, total) = (grouped(first), grouped(last), grouped(total));
        self.say(|| format!("{first}–{last} of {total}"), || format!("第 {first}–{last} 项，共 {total} 项"))
    }

    pub(in crate::site) fn lines(&self, first: u32, last: u32) -> String {
        if first == last {
            return self.say(|| format!("line {first}"), || format!("第 {first} 行"));
        }
        self.say(|| format!("lines {first}–{last}"), || format!("第 {first}–{last} 行"))
    }

    pub(in crate::site) fn line_and_column(&self, line: usize, column: usize) -> String {
        self.say(|| format!("Line {line}, column {column}"), || format!("第 {line} 行，第 {column} 列"))
    }

    pub(in crate::site) fn named_by(&self, n_lists: usize, n_independent: usize) -> String {
        let lists = self.n_lists(n_lists);
        self.say(
            || match n_lists {
                0 | 1 => format!("Named by {lists}."),
                _ => format!("Named by {lists}, of which {} count as independent.", grouped(n_independent)),
            },
            || match n_lists {
                0 | 1 => format!("被 {lists}收录。"),
                _ => format!("被 {lists}收录，其中 {} 份相互独立。", grouped(n_independent)),
            },
        )
    }

    pub(in crate::site) fn counts_with(&self, key: &str) -> String {
        self.say(|| format!("counts with {key}"), || format!("与 {key} 合并计数"))
    }

    /// The banner on a thing that was retracted, archived …
    pub(in crate::site) fn status_banner(&self, kind: &str, status: &str) -> String {
        let (kind, word) = (self.kind(kind), self.status(status));
        self.say(
            || match status {
                "moved" => format!("This {kind} has moved"),
                "archived" => format!("This {kind} is archived: nobody works on it any more"),
                _ => format!("This {kind} was {word}"),
            },
            || match status {
                "archived" => format!("该{kind}已归档，不再维护"),
                _ => format!("该{kind}{word}"),
            },
        )
    }

    pub(in crate::site) fn years_summary(&self, first: i32, last: i32, n: usize) -> String {
        let n = grouped(n);
        self.say(
            || format!("{n} works from {first} to {last}, by year"),
            || format!("{first} 年至 {last} 年共 {n} 项，按年份"),
        )
    }

    pub(in crate::site) fn chart_summary(&self, value: &str, year: &str) -> String {
        self.say(|| format!("Bar chart: {value} by {year}"), || format!("柱状图：按{year}统计的{value}"))
    }

    pub(in crate::site) fn works_in_common(&self, relation: &str, n: usize) -> String {
        match relation {
            "co-authors" | "similar" => self.counted(n, "work in common", "works in common", "篇共同作品"),
            "wrote" => self.counted(n, "work", "works", "篇作品"),
            _ => grouped(n),
        }
    }

    pub(in crate::site) fn limits(&self, seconds: u64, n_rows: usize) -> String {
        let rows = grouped(n_rows);
        self.say(
            || format!("A query may take {seconds} seconds; at most {rows} rows are shown here."),
            || format!("每次查询最多 {seconds} 秒；此处最多显示 {rows} 行。"),
        )
    }

    pub(in crate::site) fn nothing_known_as(&self, text: &str) -> String {
        self.say(|| format!("Nothing here is known as “{text}”."), || format!("没有名为“{text}”的内容。"))
    }

    pub(in crate::site) fn may_mean(&self, text: &str) -> String {
        self.say(
            || format!("“{text}” may mean several things. Which one?"),
            || format!("“{text}”可能指以下几项，请选择："),
        )
    }

    pub(in crate::site) fn not_a_number(&self, text: &str) -> String {
        self.say(|| format!("“{text}” is not a whole number."), || format!("“{text}”不是整数。"))
    }

    pub(in crate::site) fn needs(&self, parameter: &str) -> String {
        self.say(|| format!("Please fill in: {parameter}."), || format!("请填写：{parameter}。"))
    }

    pub(in crate::site) fn part_of(&self, part: usize, n_parts: usize) -> String {
        self.say(|| format!("Page {part} of {n_parts}"), || format!("第 {part} 页，共 {n_parts} 页"))
    }

    pub(in crate::site) fn surroundings_of(&self, name: &str) -> String {
        self.say(|| format!("Around “{name}”"), || format!("“{name}”的周边"))
    }

    pub(in crate::site) fn results_for(&self, query: &str) -> String {
        self.say(|| format!("Search: {query}"), || format!("搜索：{query}"))
    }

    pub(in crate::site) fn try_again_in(&self, seconds: u64) -> String {
        self.say(|| format!("Try again in {seconds} seconds."), || format!("请在 {seconds} 秒后重试。"))
    }
}
