/// A row of a table of tab-separated values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its line, from 1.
    pub line: u32,
    /// Its cells by the names of the columns, in the order of the header.
    pub cells: Vec<(&'a str, &'a str)>,
}

impl<'a> Row<'a> {
    /// The cell of a column; empty if the row ends before it.
    #[must_use]
    pub fn cell(&self, column: &str) -> &'a str {
        self.cells.iter().find(|(name, _)| *name == column).map_or("", |(_, cell)| cell)
    }
}

/// The rows below the header line. Lines that begin with `#` before the header, and empty lines, are skipped.
pub fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let header: Vec<&str> = lines
        .by_ref()
        .find(|(_, line)| !line.starts_with('#'))
        .map_or_else(Vec::new, |(_, line)| line.split('\t').collect());
    lines.map(move |(at, line)| Row {
        line: u32::try_from(at + 1).unwrap_or(u32::MAX),
        cells: header.iter().copied().zip(line.split('\t').map(str::trim)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_cells_and_counts_all_lines() {
        let found: Vec<Row<'_>> = rows("# note\na\tb\n1\t2\n\n3\n").collect();
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].line, found[0].cell("b")), (3, "2"));
        assert_eq!((found[1].line, found[1].cell("b")), (5, ""));
    }
}
