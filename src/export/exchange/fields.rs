//! What is written of nodes and edges, the same in every format: names, types and values.

use crate::network::{Column, ColumnType, Edge, Network, Node};

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum FieldType {
    Text,
    Integer,
    Decimal,
}

/// A field, under the name that it has in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) struct Field {
    pub(in crate::export) name: &'static str,
    pub(in crate::export) kind: FieldType,
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::export) enum Value<'n> {
    Text(&'n str),
    Integer(i64),
    /// In hundredths.
    Decimal(u8),
}

impl Value<'_> {
    /// A number between 0 and 1.
    pub(in crate::export) fn decimal(percent: u8) -> f64 {
        f64::from(percent) / 100.0
    }
}

/// The fields that a network has; those that nothing in it has a value of are left out.
pub(in crate::export) struct Fields {
    pub(in crate::export) nodes: Vec<Field>,
    pub(in crate::export) edges: Vec<Field>,
    has_year: bool,
    /// The place of each column among the fields of nodes.
    places: [Option<usize>; Column::ALL.len()],
    evidence: Option<usize>,
    grade: Option<usize>,
}

const fn text(name: &'static str) -> Field {
    Field { name, kind: FieldType::Text }
}

/// Label and kind.
const N_ALWAYS: usize = 2;

impl Fields {
    pub(in crate::export) fn of(network: &Network) -> Self {
        let mut nodes = vec![text("label"), text("kind")];
        let has_year = network.nodes.iter().any(|node| node.year().is_some());
        if has_year {
            nodes.push(Field { name: "year", kind: FieldType::Integer });
        }
        let mut occurs = [false; Column::ALL.len()];
        for (column, value) in network.nodes.iter().flat_map(|node| &node.values) {
            occurs[*column as usize] |= typed(*column, value).is_some();
        }
        let mut places = [None; Column::ALL.len()];
        for column in Column::ALL.iter().filter(|column| occurs[**column as usize]) {
            places[*column as usize] = Some(nodes.len());
            let kind = match column.kind() {
                ColumnType::Text => FieldType::Text,
                ColumnType::Integer => FieldType::Integer,
            };
            nodes.push(Field { name: column.name(), kind });
        }
        let mut edges = vec![text("relation"), text("predicate"), Field { name: "weight", kind: FieldType::Decimal }];
        let mut optional = |name: &'static str, occurs: bool| {
            occurs.then(|| {
                edges.push(text(name));
                edges.len() - 1
            })
        };
        let mut used = vec![false; network.whys.len()];
        network.edges.iter().for_each(|edge| used[edge.why as usize] = true);
        let whys = || network.whys.iter().zip(&used).filter(|(_, is_used)| **is_used).map(|(why, _)| why);
        let evidence = optional("evidence", whys().any(|why| !why.evidence.is_empty()));
        let grade = optional("grade", whys().any(|why| why.grade.is_some()));
        Self { nodes, edges, has_year, places, evidence, grade }
    }

    /// The values of a node, with the places of their fields, in order.
    pub(in crate::export) fn of_node<'n>(&self, node: &'n Node) -> impl Iterator<Item = (usize, Value<'n>)> {
        let year = node.year().filter(|_| self.has_year).map(|year| (N_ALWAYS, Value::Integer(year.into())));
        let places = self.places;
        let columns = node
            .values
            .iter()
            .filter_map(move |(column, value)| Some((places[*column as usize]?, typed(*column, value)?)));
        [(0, Value::Text(&node.label)), (1, Value::Text(node.kind))].into_iter().chain(year).chain(columns)
    }

    /// The values of an edge, with the places of their fields, in order.
    pub(in crate::export) fn of_edge<'n>(
        &self,
        network: &'n Network,
        edge: &Edge,
    ) -> impl Iterator<Item = (usize, Value<'n>)> {
        let why = network.why(edge);
        let predicate = edge.relation.predicate();
        let always = [
            (0, Value::Text(edge.relation.word())),
            (1, Value::Text(predicate.as_str())),
            (2, Value::Decimal(why.percent)),
        ];
        let evidence = self.evidence.filter(|_| !why.evidence.is_empty());
        let evidence = evidence.map(|at| (at, Value::Text(why.evidence.as_str())));
        let grade = self.grade.zip(why.grade.as_deref()).map(|(at, grade)| (at, Value::Text(grade)));
        always.into_iter().chain(evidence).chain(grade)
    }
}

/// The value of a column; none where a number was expected, and is not there.
fn typed(column: Column, value: &str) -> Option<Value<'_>> {
    match column.kind() {
        ColumnType::Text => Some(Value::Text(value)),
        ColumnType::Integer => value.parse().ok().map(Value::Integer),
    }
}
