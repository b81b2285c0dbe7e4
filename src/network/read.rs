//! From the store: one walk over all triples finds the nodes, a second one what is said of them.

use std::collections::BTreeMap;

use oxrdf::NamedNodeRef;

use super::{Column, ColumnType, Edge, Network, Node, Relation, Why, node::JOINT, number};
use crate::{
    map::vocab,
    store::{Graph, Scan, StoreError},
};

/// No node.
const NONE: u32 = u32::MAX;

/// Evidence that is our own inference from names and titles alone.
const INFERRED: [&str; 4] = ["same-name", "title-match", "title-and-owner", "owner-is-author"];

impl Network {
    /// Everything that a store says of things, persons, topics, venues and lists.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn read(graph: &Graph) -> Result<Self, StoreError> {
        Ok(Self::of(&graph.scan()?))
    }

    /// The same, of what was read already.
    #[must_use]
    pub fn of(scan: &Scan) -> Self {
        let reader = Reader::new(scan);
        let terms = reader.things();
        let mut node_of = vec![NONE; scan.n_terms()];
        for (at, (term, _)) in (0..).zip(&terms) {
            node_of[*term as usize] = at;
        }
        let mut nodes = Vec::with_capacity(terms.len());
        let mut edges = Vec::new();
        for (at, (term, kind)) in (0..).zip(&terms) {
            let rows = scan.about(*term);
            nodes.push(reader.node(*term, kind, rows));
            edges.extend(rows.iter().filter_map(|[_, predicate, object]| {
                let relation = *reader.relations.get(predicate)?;
                let to = node_of[*object as usize];
                (to != NONE && relation != Relation::Listed).then_some(Edge { from: at, to, relation, why: 0 })
            }));
        }
        reader.listed(&node_of, &mut edges);
        edges.sort_unstable();
        edges.dedup();
        let whys = reader.explain(&node_of, &mut edges);
        Self { nodes, edges, whys }
    }
}

/// The numbers of the terms that matter.
struct Reader<'s> {
    scan: &'s Scan,
    relations: BTreeMap<u32, Relation>,
    columns: BTreeMap<u32, Column>,
    /// The place of each class in the order of kinds.
    classes: BTreeMap<u32, usize>,
    terms: Terms,
}

/// The numbers of the properties and classes that make the network, as far as they occur.
struct Terms {
    kind: Option<u32>,
    derived_from: Option<u32>,
    venue: Option<u32>,
    item: Option<u32>,
    mentions: Option<u32>,
    list: Option<u32>,
    list_item: Option<u32>,
    identifier: Option<u32>,
    label: Option<u32>,
    name: Option<u32>,
    topic_label: Option<u32>,
    same_as: Option<u32>,
    statement: Option<u32>,
    subject: Option<u32>,
    predicate: Option<u32>,
    object: Option<u32>,
    evidence: Option<u32>,
    confidence: Option<u32>,
    grade: Option<u32>,
}

impl Terms {
    fn of(scan: &Scan) -> Self {
        let number = |term: NamedNodeRef<'_>| scan.number(term);
        Self {
            kind: number(vocab::TYPE),
            derived_from: number(vocab::WAS_DERIVED_FROM),
            venue: number(vocab::IS_PART_OF),
            item: number(vocab::ITEM),
            mentions: number(vocab::MENTIONS),
            list: number(vocab::DCTERMS_IS_PART_OF),
            list_item: number(vocab::LIST_ITEM),
            identifier: number(vocab::IDENTIFIER),
            label: number(vocab::RDFS_LABEL),
            name: number(vocab::NAME),
            topic_label: number(vocab::PREF_LABEL),
            same_as: number(vocab::SAME_AS),
            statement: number(vocab::STATEMENT),
            subject: number(vocab::RDF_SUBJECT),
            predicate: number(vocab::RDF_PREDICATE),
            object: number(vocab::RDF_OBJECT),
            evidence: number(vocab::EVIDENCE),
            confidence: number(vocab::CONFIDENCE),
            grade: number(vocab::GRADE),
        }
    }
}

/// The objects of a property, of the triples of one subject.
fn objects(rows: &[[u32; 3]], property: Option<u32>) -> impl Iterator<Item = u32> + '_ {
    rows.iter().filter(move |row| property == Some(row[1])).map(|row| row[2])
}

impl<'s> Reader<'s> {
    fn new(scan: &'s Scan) -> Self {
        let number = |term: NamedNodeRef<'_>| scan.number(term);
        let relations = Relation::ALL.iter().filter_map(|relation| Some((number(relation.predicate())?, *relation)));
        let columns = Column::ALL.iter().filter_map(|column| Some((number(column.predicate())?, *column)));
        let classes = (0..).zip(vocab::KINDS).filter_map(|(at, (class, _))| Some((number(class)?, at)));
        Self {
            scan,
            relations: relations.collect(),
            columns: columns.collect(),
            classes: classes.collect(),
            terms: Terms::of(scan),
        }
    }

    /// The terms that are nodes, with the words for their kinds, in the order of their IRIs.
    fn things(&self) -> Vec<(u32, &'static str)> {
        let mut venues = vec![false; self.scan.n_terms()];
        for row in self.scan.triples().iter().filter(|row| Some(row[1]) == self.terms.venue) {
            venues[row[2] as usize] = true;
        }
        let mut found: Vec<(&str, u32, &'static str)> = Vec::new();
        for rows in self.scan.triples().chunk_by(|a, b| a[0] == b[0]) {
            let subject = rows[0][0];
            let kind = objects(rows, self.terms.kind).filter_map(|class| self.classes.get(&class)).min();
            let Some((_, kind)) = kind.and_then(|at| vocab::KINDS.get(*at)) else { continue };
            // A page that only translates another, and the file of a work, are said by no entry.
            let is_said = objects(rows, self.terms.derived_from).next().is_some();
            let is_source = *kind == "list" && objects(rows, self.terms.identifier).next().is_some();
            let is_node = is_said || is_source || matches!(*kind, "person" | "topic") || venues[subject as usize];
            let is_group = *kind == "organization";
            if let Some(iri) = self.scan.iri(subject).filter(|_| is_node || is_group) {
                found.push((iri, subject, kind));
            }
        }
        found.sort_unstable();
        found.into_iter().map(|(_, term, kind)| (term, kind)).collect()
    }

    fn node(&self, term: u32, kind: &'static str, rows: &[[u32; 3]]) -> Node {
        let mut values: BTreeMap<Column, Vec<&str>> = BTreeMap::new();
        for [_, predicate, object] in rows {
            if let Some(column) =
                self.columns.get(predicate).filter(|column| **column != Column::Line || kind == "topic")
            {
                values.entry(*column).or_default().push(self.scan.text(*object));
            }
        }
        let resolvable = objects(rows, self.terms.same_as).map(|object| self.scan.text(object)).min();
        if let Some(address) = resolvable {
            values.entry(Column::Url).or_insert_with(|| vec![address]);
        }
        let values: Vec<(Column, Box<str>)> =
            values.into_iter().map(|(column, values)| (column, one_value(column, values))).collect();
        let mut node = Node { iri: self.scan.text(term).into(), kind, label: "".into(), values };
        node.label = self.label(&node, rows);
        node
    }

    /// The name shown first; for a topic its number and its labels; without a name an identifier.
    fn label(&self, node: &Node, rows: &[[u32; 3]]) -> Box<str> {
        let texts = |term| {
            let mut texts: Vec<&str> = objects(rows, term).map(|object| self.scan.text(object)).collect();
            texts.sort_unstable();
            texts
        };
        if node.kind == "topic" {
            let labels = texts(self.terms.topic_label).join(" / ");
            let number = node.get(Column::Notation).map(|number| format!("{number} ")).unwrap_or_default();
            return format!("{number}{labels}").into();
        }
        let name = [self.terms.label, self.terms.name].into_iter().find_map(|term| texts(term).first().copied());
        let identifier = || {
            let doi = node.get(Column::Doi).map(|doi| format!("doi:{doi}"));
            doi.or_else(|| node.get(Column::Arxiv).map(|id| format!("arXiv:{id}")))
        };
        match name.filter(|name| !name.is_empty()) {
            Some(name) => name.into(),
            None => identifier().unwrap_or_else(|| node.iri.to_string()).into(),
        }
    }

    /// Which things have an entry in which lists, or are named in one.
    fn listed(&self, node_of: &[u32], edges: &mut Vec<Edge>) {
        for rows in self.scan.triples().chunk_by(|a, b| a[0] == b[0]) {
            if !objects(rows, self.terms.kind).any(|class| Some(class) == self.terms.list_item) {
                continue;
            }
            let lists: Vec<u32> = objects(rows, self.terms.list).collect();
            let things = objects(rows, self.terms.item).chain(objects(rows, self.terms.mentions));
            for from in things.map(|thing| node_of[thing as usize]).filter(|thing| *thing != NONE) {
                let lists = lists.iter().map(|list| node_of[*list as usize]).filter(|list| *list != NONE);
                edges.extend(lists.map(|to| Edge { from, to, relation: Relation::Listed, why: 0 }));
            }
        }
    }

    /// Finds the statements about edges, and gives the table of what edges rest on.
    fn explain(&self, node_of: &[u32], edges: &mut [Edge]) -> Vec<Why> {
        let mut said: BTreeMap<usize, Vec<Why>> = BTreeMap::new();
        for rows in self.scan.triples().chunk_by(|a, b| a[0] == b[0]) {
            if objects(rows, self.terms.kind).any(|class| Some(class) == self.terms.statement)
                && let Some((edge, why)) = self.statement(rows, node_of)
                && let Ok(at) = edges.binary_search(&edge)
            {
                said.entry(at).or_default().push(why);
            }
        }
        let mut table = vec![Why::stated()];
        let mut places: BTreeMap<Why, u32> = BTreeMap::new();
        for (at, whys) in said {
            let why = surest(whys);
            let place = *places.entry(why).or_insert_with_key(|why| {
                table.push(why.clone());
                number(table.len() - 1)
            });
            edges[at].why = place;
        }
        table
    }

    /// The edge that a statement is about, and what it says.
    fn statement(&self, rows: &[[u32; 3]], node_of: &[u32]) -> Option<(Edge, Why)> {
        let end = |term| {
            let node = node_of[objects(rows, term).next()? as usize];
            (node != NONE).then_some(node)
        };
        let text = |term| objects(rows, term).next().map(|object| self.scan.text(object));
        let relation = *self.relations.get(&objects(rows, self.terms.predicate).next()?)?;
        let edge = Edge { from: end(self.terms.subject)?, to: end(self.terms.object)?, relation, why: 0 };
        let evidence = text(self.terms.evidence)?;
        let why = Why {
            percent: text(self.terms.confidence).map_or(100, percent),
            evidence: evidence.to_owned(),
            grade: text(self.terms.grade).map(str::to_owned),
            is_stated: !INFERRED.contains(&evidence),
        };
        Some((edge, why))
    }
}

/// One of several values, whoever says it: the greatest number, the first text; of what has no order, all. Names and dates
/// are those that the store prefers already.
fn one_value(column: Column, mut values: Vec<&str>) -> Box<str> {
    values.sort_unstable();
    values.dedup();
    match column {
        Column::Status | Column::License | Column::ProgrammingLanguage => values.join(JOINT).into(),
        // Of days the latest: they are written so that they sort as they follow one another.
        Column::Modified => values.into_iter().next_back().unwrap_or_default().into(),
        _ if column.kind() == ColumnType::Integer => {
            values.into_iter().max_by_key(|value| value.parse::<i64>().unwrap_or(i64::MIN)).unwrap_or_default().into()
        }
        _ => values.into_iter().next().unwrap_or_default().into(),
    }
}

/// `0.92` as 92.
fn percent(text: &str) -> u8 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let hundredths = format!("{fraction:0<2}").get(..2).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    if whole.parse::<u8>().unwrap_or(0) >= 1 { 100 } else { hundredths }
}

/// What several statements about one edge say together: the greatest confidence, all evidence, the closest grade.
fn surest(mut whys: Vec<Why>) -> Why {
    whys.sort();
    let mut evidence: Vec<&str> = whys.iter().rev().map(|why| why.evidence.as_str()).collect();
    let mut seen = std::collections::BTreeSet::new();
    evidence.retain(|word| seen.insert(*word));
    let rank = |grade: &str| ["official", "community", "use"].iter().position(|word| *word == grade);
    Why {
        percent: whys.iter().map(|why| why.percent).max().unwrap_or(100),
        evidence: evidence.join(JOINT),
        grade: whys.iter().filter_map(|why| why.grade.clone()).min_by_key(|grade| rank(grade).unwrap_or(usize::MAX)),
        is_stated: whys.iter().any(|why| why.is_stated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_hundredths() {
        for (text, expected) in [("1", 100), ("1.0", 100), ("0.92", 92), ("0.9", 90), ("0.085", 8), ("", 0)] {
            assert_eq!(percent(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_surest_of_several_statements_counts() {
        let why = |percent, evidence: &str, grade: Option<&str>, is_stated| Why {
            percent,
            evidence: evidence.to_owned(),
            grade: grade.map(str::to_owned),
            is_stated,
        };
        let whys = vec![why(80, "same-name", Some("use"), false), why(95, "registry", Some("official"), true)];
        assert_eq!(surest(whys), why(95, "registry; same-name", Some("official"), true));
    }
}
