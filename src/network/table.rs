use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::{Edge, Network, Node, Relation, Why, number};

/// Why a table of citations cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} does not have two columns: {text:?}")]
pub struct TableError {
    /// Which line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

impl Network {
    /// Reads a table of citations: on each line who cites, and who is cited, with a tab, a comma or blanks between them.
    /// Lines that begin with `#`, empty lines and a first line with the names of the columns are no citations; what follows
    /// the second column is not read.
    ///
    /// # Errors
    ///
    /// If a line has one column only.
    pub fn from_table(text: &str) -> Result<Self, TableError> {
        let mut numbers: HashMap<&str, u32, RandomState> = HashMap::default();
        let mut pairs = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (line, row) in (1..).zip(text.lines()) {
            let row = row.trim();
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let (citing, cited) =
                columns(row).ok_or_else(|| TableError { line, text: row.chars().take(80).collect() })?;
            if pairs.is_empty() && is_header((citing, cited)) {
                continue;
            }
            let mut place = |name| {
                let next = number(numbers.len());
                *numbers.entry(name).or_insert(next)
            };
            pairs.push((place(citing), place(cited)));
        }
        let mut names: Vec<(&str, u32)> = numbers.into_iter().collect();
        names.sort_unstable();
        let mut places = vec![0; names.len()];
        for (place, (_, as_read)) in (0..).zip(&names) {
            places[*as_read as usize] = place;
        }
        let node = |name: &str| Node { iri: name.into(), kind: "paper", label: name.into(), values: Vec::new() };
        let edge = |(citing, cited): &(u32, u32)| {
            let (from, to) = (places[*citing as usize], places[*cited as usize]);
            Edge { from, to, relation: Relation::Cites, why: 0 }
        };
        let mut edges: Vec<Edge> = pairs.iter().map(edge).collect();
        edges.sort_unstable();
        edges.dedup();
        let nodes = names.iter().map(|(name, _)| node(name)).collect();
        Ok(Self { nodes, edges, whys: vec![Why::stated()] })
    }
}

/// The first two cells of a row; none if there are not two, or one is empty.
fn columns(row: &str) -> Option<(&str, &str)> {
    let separator = ['\t', ','].into_iter().find(|separator| row.contains(*separator));
    let (first, rest) = cell(row, separator)?;
    let (second, _) = cell(rest, separator)?;
    Some((first, second))
}

/// A cell, which may stand between quotation marks, and what follows its separator; blanks separate where nothing else does.
fn cell(row: &str, separator: Option<char>) -> Option<(&str, &str)> {
    let row = row.trim_start_matches(' ');
    let quoted = row.strip_prefix('"').and_then(|row| row.split_once('"'));
    let (cell, rest) = match (quoted, separator) {
        (Some((cell, rest)), Some(separator)) => (cell, rest.trim_start().strip_prefix(separator).unwrap_or(rest)),
        (Some(cell_and_rest), None) => cell_and_rest,
        (None, Some(separator)) => row.split_once(separator).unwrap_or((row, "")),
        (None, None) => row.split_once(' ').unwrap_or((row, "")),
    };
    let cell = cell.trim();
    (!cell.is_empty()).then_some((cell, rest))
}

/// Names of columns, as the first line of many tables has them.
fn is_header((citing, cited): (&str, &str)) -> bool {
    let is = |cell: &str, names: &[&str]| names.iter().any(|name| cell.eq_ignore_ascii_case(name));
    is(citing, &["citing", "source", "from"]) && is(cited, &["cited", "target", "to"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_any_separator_are_read() {
        for text in [
            "a\tb\nb\tc\na\tb\n",
            "\u{feff}# citing,cited\r\na,b\r\nb,c\r\n",
            "a b\n\nb  c\n",
            "source,target,year\n\"a\",\"b\",1\nb,c,2\n",
        ] {
            let network = Network::from_table(text).unwrap();
            let pairs: Vec<_> = network.pairs(Relation::Cites).collect();
            assert_eq!((network.nodes.len(), pairs), (3, vec![(0, 1), (1, 2)]), "{text:?}");
        }
    }

    #[test]
    fn a_line_with_one_column_is_named() {
        assert_eq!(Network::from_table("a,,b\n").unwrap_err().line, 1, "an empty cell is no name");
        assert_eq!(&*Network::from_table("\"x, y\",z\n").unwrap().nodes[0].iri, "x, y");
        let error = Network::from_table("a\tb\nc\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2 does not have two columns: \"c\"");
    }
}
