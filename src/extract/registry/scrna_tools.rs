//! The tables of [scRNA-tools](https://github.com/scRNA-tools/scRNA-tools/tree/master/database): tools, their repositories,
//! categories and papers, and which preprint became which article. They come as one text, each below a line with its name.

use std::collections::{BTreeMap, BTreeSet};

use super::{add_link, grade, grade::Said, ids_of, settle_addresses, tie};
use crate::{
    extract::{dossier::Filed, json::bad_record, markup::plain},
    id::{Identifiers, WebUrl},
    model::{Attribute, Dossier, Evidence, Kind, Lines, LinkRole, Notice, Related, Relation, SubjectTerm, WorkRef},
    read::{Row, rows},
};

pub(super) fn read(text: &str, notices: &mut Vec<Notice>) -> Vec<Filed> {
    let tables = Tables::of(text);
    let works = Works::of(&tables);
    let mut filed = Vec::new();
    let mut said = Vec::new();
    for row in tables.rows("tools.tsv") {
        let lines = Lines { first: row.line, last: row.line };
        let Some(name) = cell(&row.row, "Tool") else {
            notices.push(bad_record(lines, row.text));
            continue;
        };
        let mut own: Vec<&TableRow<'_>> = vec![&row];
        own.extend(tables.rows_of(name));
        let dossier = tool(name, &own, &works);
        said.push(vec![Said::Nothing; dossier.related.len()]);
        filed.push(Filed { lines, text: own.iter().map(|row| row.shown()).collect::<Vec<_>>().join("\n"), dossier });
    }
    notices.extend(
        tables
            .rows("doi-idx.tsv")
            .filter(|row| ids_of(row.row.cell("DOI")).is_none())
            .map(|row| bad_record(Lines { first: row.line, last: row.line }, row.text)),
    );
    let mut tools: Vec<&mut Dossier> = filed.iter_mut().map(|filed| &mut filed.dossier).collect();
    settle_addresses(&mut tools, |_| None);
    grade::grade(&mut filed, &said);
    filed
}

/// The cell of a column, if there is anything in it.
fn cell<'t>(row: &Row<'t>, column: &str) -> Option<&'t str> {
    Some(row.cell(column)).filter(|cell| !cell.is_empty() && *cell != "NA")
}

/// A row with the table that it stands in.
#[derive(Clone)]
struct TableRow<'t> {
    table: &'t str,
    /// Its line in its own file.
    own_line: u32,
    /// Its line in the whole text.
    line: u32,
    text: &'t str,
    row: Row<'t>,
}

impl TableRow<'_> {
    fn shown(&self) -> String {
        format!("{}:{}: {}", self.table, self.own_line, self.text)
    }
}

/// All rows of all tables.
struct Tables<'t> {
    all: Vec<TableRow<'t>>,
    /// Rows about a tool, but for those of the table of tools.
    by_tool: BTreeMap<&'t str, Vec<usize>>,
}

impl<'t> Tables<'t> {
    fn of(text: &'t str) -> Self {
        let mut all = Vec::new();
        let mut above = 0;
        let mut rest = text;
        while !rest.is_empty() {
            let (table, body) = match rest.strip_prefix("==> ").and_then(|section| section.split_once('\n')) {
                Some((heading, body)) => (heading.trim_end_matches(" <==").trim(), body),
                None => ("tools.tsv", rest),
            };
            above += u32::from(body.len() < rest.len());
            let end = body.find("\n==> ").map_or(body.len(), |at| at + 1);
            let (own, next) = body.split_at(end);
            let lines: Vec<&str> = own.lines().collect();
            all.extend(rows(own).map(|row| {
                let text = lines.get(row.line as usize - 1).copied().unwrap_or_default();
                TableRow { table, own_line: row.line, line: above + row.line, text, row }
            }));
            above += u32::try_from(lines.len()).unwrap_or(0);
            rest = next;
        }
        let mut by_tool: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, row) in all.iter().enumerate().filter(|(_, row)| row.table != "tools.tsv") {
            by_tool.entry(row.row.cell("Tool")).or_default().push(at);
        }
        Self { all, by_tool }
    }

    fn rows(&self, table: &'static str) -> impl Iterator<Item = TableRow<'t>> {
        self.all.iter().filter(move |row| row.table == table).cloned()
    }

    fn rows_of(&self, tool: &str) -> impl Iterator<Item = &TableRow<'t>> {
        self.by_tool.get(tool).into_iter().flatten().map(|at| &self.all[*at])
    }
}

/// The papers and their versions.
struct Works<'t> {
    /// What is known of each, by its identifier as written.
    rows: BTreeMap<String, Row<'t>>,
    articles: BTreeMap<String, BTreeSet<&'t str>>,
}

impl<'t> Works<'t> {
    fn of(tables: &Tables<'t>) -> Self {
        let rows = tables.rows("references.tsv").map(|row| (row.row.cell("DOI").to_lowercase(), row.row));
        let mut articles: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for TableRow { row, .. } in tables.rows("reference-links.tsv") {
            if row.cell("Correct").eq_ignore_ascii_case("true") {
                articles.entry(row.cell("Preprint").to_lowercase()).or_default().insert(row.cell("Publication"));
            }
        }
        Self { rows: rows.collect(), articles }
    }

    fn paper(&self, id: &str, ids: Identifiers) -> Dossier {
        let row = self.rows.get(&id.to_lowercase());
        let title = row.and_then(|row| cell(row, "Title")).map(plain).unwrap_or_default();
        let date = row.and_then(|row| cell(row, "Date")).and_then(|date| date.parse().ok());
        Dossier { kind: Kind::Paper, title, ids, date, ..Dossier::default() }
    }

    /// A paper with the article that it became.
    fn with_article(&self, id: &str) -> Option<Dossier> {
        let mut paper = self.paper(id, ids_of(id)?);
        let articles = self.articles.get(&id.to_lowercase()).into_iter().flatten();
        paper.related.extend(articles.filter_map(|article| {
            Some(Related {
                relation: Relation::PreprintOf,
                is_inverse: false,
                other: Box::new(self.paper(article, ids_of(article)?)),
                evidence: Evidence::Registry,
                percent: 95,
                grade: None,
            })
        }));
        Some(paper)
    }
}

fn tool(name: &str, rows: &[&TableRow<'_>], works: &Works<'_>) -> Dossier {
    let of_table = |table: &'static str| rows.iter().filter(move |row| row.table == table).map(|row| &row.row);
    let all = |table: &'static str, column: &'static str| of_table(table).filter_map(move |row| cell(row, column));
    let one = |column: &'static str| all("tools.tsv", column).next();
    let mut dossier = Dossier {
        kind: Kind::Tool,
        name: Some(name.to_owned()),
        description: one("Description").map(plain),
        own: Some(WorkRef::Own(format!("scrna-tools:{name}"))),
        ..Dossier::default()
    };
    for repository in all("repositories.tsv", "GitHub") {
        push_main(&mut dossier, &format!("https://github.com/{repository}"));
    }
    if let Some(code) = one("Code") {
        push_main(&mut dossier, code);
    }
    for (column, page) in PACKAGES {
        for package in all("repositories.tsv", column) {
            // Where there is nothing else, the package is the tool.
            let role = if dossier.links.is_empty() { LinkRole::Main } else { LinkRole::Package };
            if let Ok(url) = page.replace("NAME", package).parse() {
                add_link(&mut dossier.links, role, url);
            }
        }
    }
    let license = one("License").filter(|license| !matches!(*license, "Custom" | "License"));
    dossier.attributes.extend(license.map(|license| (Attribute::License, license.to_owned())));
    let languages = one("Platform").into_iter().flat_map(|platform| platform.split('/'));
    dossier.attributes.extend(languages.map(|language| (Attribute::ProgrammingLanguage, language.trim().to_owned())));
    dossier.attributes.extend(one("Updated").map(|day| (Attribute::Modified, day.to_owned())));
    let categories = all("categories-idx.tsv", "Category");
    dossier.subjects.extend(categories.map(|label| SubjectTerm { label: words_of(label), iri: None }));
    let ids: BTreeSet<&str> = all("doi-idx.tsv", "DOI").collect();
    dossier.related = ids.into_iter().filter_map(|id| works.with_article(id)).map(tie).collect();
    dossier
}

/// The pages of packages, in the columns that name them.
const PACKAGES: [(&str, &str); 4] = [
    ("Bioc", "https://bioconductor.org/packages/NAME"),
    ("CRAN", "https://cran.r-project.org/package=NAME"),
    ("PyPI", "https://pypi.org/project/NAME/"),
    ("Conda", "https://anaconda.org/bioconda/NAME"),
];

/// The first address is the main one; a further one of the same tool is where its code can be had.
fn push_main(tool: &mut Dossier, address: &str) {
    let Ok(url) = address.parse::<WebUrl>() else { return };
    let role = if tool.links.is_empty() { LinkRole::Main } else { LinkRole::Code };
    add_link(&mut tool.links, role, url);
}

/// The name of a category as words: `DimensionalityReduction`.
fn words_of(category: &str) -> String {
    let mut words = String::with_capacity(category.len() + 4);
    let mut before = ' ';
    for character in category.chars() {
        if character.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(character);
        before = character;
    }
    words
}
