//! Comments in a list that switch rules off and on again.

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, Remark, Rule};

/// On which lines which rules are off.
#[derive(Debug, Default)]
pub(super) struct Switches {
    /// From which line on a rule is off (or on again), in the order of the lines.
    turns: BTreeMap<Rule, Vec<(u32, bool)>>,
    /// Rules that are off on one line.
    lines: BTreeSet<(u32, Rule)>,
    /// Comments that name what is no rule.
    pub(super) unknown: Vec<Remark>,
}

impl Switches {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut switches = Self::default();
        for comment in &page.comments {
            let written = &page.text[comment.clone()];
            let words = written.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | '"'));
            let mut words = words.skip_while(|word| !word.starts_with("amml-lint-"));
            let Some(command) = words.next() else { continue };
            let names: Vec<&str> = words.take_while(|word| !word.starts_with("--")).filter(|w| !w.is_empty()).collect();
            let rules = switches.rules(page, comment.start, &names);
            let line = page.line_of(comment.start);
            match command {
                "amml-lint-disable" => switches.turn(line, &rules, true),
                "amml-lint-enable" => switches.turn(line, &rules, false),
                "amml-lint-disable-next-line" => {
                    let next = next_line(page, page.line_of(comment.end.max(1) - 1));
                    switches.lines.extend(rules.into_iter().map(|rule| (next, rule)));
                }
                _ => {
                    let message = format!("{command} is none of -disable, -enable, -disable-next-line");
                    switches.unknown.push(Remark::new(Rule::UnknownRule, comment.clone(), message));
                }
            }
        }
        switches
    }

    /// Whether a rule is off on a line.
    pub(super) fn is_off(&self, rule: Rule, line: u32) -> bool {
        let turns = self.turns.get(&rule).map_or(&[][..], Vec::as_slice);
        let before = turns.partition_point(|(from, _)| *from <= line);
        self.lines.contains(&(line, rule)) || turns[..before].last().is_some_and(|(_, is_off)| *is_off)
    }

    fn turn(&mut self, line: u32, rules: &[Rule], is_off: bool) {
        for rule in rules {
            self.turns.entry(*rule).or_default().push((line, is_off));
        }
    }

    /// The rules that a comment names; all, if it names none.
    fn rules(&mut self, page: &Page<'_>, at: usize, names: &[&str]) -> Vec<Rule> {
        if names.is_empty() {
            return Rule::ALL.to_vec();
        }
        let mut rules = Vec::new();
        for name in names {
            match name.parse::<Rule>() {
                Ok(rule) => rules.push(rule),
                Err(unknown) => {
                    let found = page.text[at..].find(name).unwrap_or_default();
                    let range = at + found..at + found + name.len();
                    self.unknown.push(Remark::new(Rule::UnknownRule, range, unknown.advised()));
                }
            }
        }
        rules
    }
}

/// The next line that is not blank.
fn next_line(page: &Page<'_>, line: u32) -> u32 {
    (line + 1..=page.n_lines()).find(|next| !page.text[page.line(*next)].trim().is_empty()).unwrap_or(line + 1)
}
