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
    /// Lines that begin with `#` and empty lines are comments; what follows the second column is not read.
    ///
    /// # Errors
    ///
    /// If a line has one column only.
    pub fn from_table(text: &str) -> Result<Self, TableError> {
        let mut numbers: HashMap<&str, u32, RandomState> = HashMap::default();
        let mut pairs = Vec::new();
        for (line, row) in (1..).zip(text.lines()) {
            let row = row.trim();
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let (citing, cited) =
                columns(row).ok_or_else(|| TableError { line, text: row.chars().take(80).collect() })?;
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

fn columns(row: &str) -> Option<(&str, &str)> {
    let separator: &[char] = if row.contains('\t') {
        &['\t']
    } else if row.contains(',') {
        &[',']
    } else {
        &[' ']
    };
    let mut cells = row.split(separator).map(str::trim).filter(|cell| !cell.is_empty());
    Some((cells.next()?, cells.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_any_separator_are_read() {
        for text in ["a\tb\nb\tc\na\tb\n", "# citing,cited\r\na,b\r\nb,c\r\n", "a b\n\nb  c\n"] {
            let network = Network::from_table(text).unwrap();
            let pairs: Vec<_> = network.pairs(Relation::Cites).collect();
            assert_eq!((network.nodes.len(), pairs), (3, vec![(0, 1), (1, 2)]), "{text:?}");
        }
    }

    #[test]
    fn a_line_with_one_column_is_named() {
        let error = Network::from_table("a\tb\nc\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2 does not have two columns: \"c\"");
    }
}
