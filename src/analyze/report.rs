use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Variable};

use crate::{network::Network, store::Answer};

/// What an analysis found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The name of the analysis: `pagerank`.
    pub name: String,
    /// How it was done, for whoever wants to do it again.
    pub method: String,
    /// The parameters with their values.
    pub parameters: Vec<(&'static str, String)>,
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows, what matters most first.
    pub rows: Vec<Vec<Cell>>,
    /// What can be said of nodes from now on.
    pub claims: Vec<Claim>,
    /// What must be known to read it.
    pub notes: Vec<String>,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A node: its number in the network.
    Node(u32),
    /// Words.
    Text(String),
    /// A count.
    Count(u64),
    /// A score.
    Real(f64),
    /// Nothing is known.
    Empty,
}

/// What an analysis says of a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// A node has a value.
    Value {
        /// The node.
        node: u32,
        /// The property.
        predicate: NamedNodeRef<'static>,
        /// The value.
        value: Cell,
    },
    /// Two nodes are related.
    Pair {
        /// The node.
        node: u32,
        /// The relation.
        predicate: NamedNodeRef<'static>,
        /// The other one.
        other: u32,
        /// How much.
        value: Cell,
    },
}

impl Report {
    /// The rows as an answer that can be written in every format, no more than so many of them.
    #[must_use]
    pub fn answer(self, network: &Network, limit: usize) -> Answer {
        let variables = self.columns.iter().map(|name| Variable::new_unchecked(*name)).collect();
        let rows: Vec<_> = self
            .rows
            .into_iter()
            .take(limit)
            .map(|row| Ok(row.into_iter().map(|cell| cell.term(network)).collect()))
            .collect();
        Answer::Rows { variables, rows: Box::new(rows.into_iter()) }
    }
}

impl Cell {
    /// The value as an RDF term: a node as its IRI, or as text where it has none.
    pub(super) fn term(&self, network: &Network) -> Option<Term> {
        Some(match self {
            Self::Node(at) => {
                let iri = &network.nodes[*at as usize].iri;
                NamedNode::new(&**iri).map_or_else(|_| Literal::from(&**iri).into(), Term::from)
            }
            Self::Text(text) => Literal::from(text.as_str()).into(),
            Self::Count(count) => Literal::from(*count).into(),
            Self::Real(number) => Literal::from(*number).into(),
            Self::Empty => return None,
        })
    }

    /// The year of a node, if it is known.
    pub(super) fn year(network: &Network, node: u32) -> Self {
        let year = network.nodes[node as usize].year();
        year.map_or(Self::Empty, |year| Self::Text(year.to_string()))
    }

    /// What a node is called.
    pub(super) fn name(network: &Network, node: u32) -> Self {
        Self::Text(network.nodes[node as usize].caption().into_owned())
    }

    /// A number without a fraction.
    pub(super) fn whole(number: f64) -> Self {
        format!("{number:.0}").parse().map_or(Self::Real(number), Self::Count)
    }

    pub(super) fn count(count: usize) -> Self {
        Self::Count(count as u64)
    }
}
