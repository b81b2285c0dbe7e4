//! What an analysis found, as a named graph with how it was found, so that queries can use it.

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::{Claim, Report};
use crate::{
    map::{Minter, vocab},
    network::Network,
};

/// A named graph to write.
pub struct Recorded {
    /// Its name: `graph/analysis/pagerank`.
    pub name: NamedNode,
    /// What stands in it.
    pub quads: Vec<Quad>,
}

/// The claims of a report, and about the graph itself the method, its parameters, the day, and the graphs that it used, after
/// [PROV](https://www.w3.org/TR/prov-o/). A claim about two nodes with a value is also an `rdf:Statement`.
#[must_use]
pub fn recorded(report: &Report, network: &Network, minter: &Minter, day: &str, used: &[NamedNode]) -> Recorded {
    let name = NamedNode::new_unchecked(minter.analysis(&report.name));
    let mut writer = Writer { graph: name.clone(), quads: Vec::new() };
    let activity = NamedNode::new_unchecked(format!("{}#activity", name.as_str()));
    writer.put(&name, vocab::WAS_GENERATED_BY, activity.clone());
    writer.put(&activity, vocab::TYPE, vocab::ANALYSIS.into_owned());
    writer.put(&activity, vocab::RDFS_LABEL, Literal::from(report.method.as_str()));
    writer.put(&activity, vocab::DATE, Literal::new_typed_literal(day, vocab::XSD_DATE));
    for (parameter, value) in &report.parameters {
        writer.put(&activity, vocab::PARAMETER, Literal::from(format!("{parameter}={value}")));
    }
    for graph in used {
        writer.put(&activity, vocab::USED, graph.clone());
    }
    for claim in &report.claims {
        writer.claim(claim, network, minter);
    }
    Recorded { name, quads: writer.quads }
}

struct Writer {
    graph: NamedNode,
    quads: Vec<Quad>,
}

impl Writer {
    fn put(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        let subject = NamedOrBlankNode::from(subject.clone());
        self.quads.push(Quad::new(subject, predicate.into_owned(), object, self.graph.clone()));
    }

    fn claim(&mut self, claim: &Claim, network: &Network, minter: &Minter) {
        // A node without an IRI is of a table, and there is no graph that speaks of it.
        let iri = |node: u32| NamedNode::new(&*network.nodes[node as usize].iri).ok();
        match claim {
            Claim::Value { node, predicate, value } => {
                if let (Some(node), Some(value)) = (iri(*node), value.term(network)) {
                    self.put(&node, *predicate, value);
                }
            }
            Claim::Pair { node, predicate, other, value } => {
                let (Some(node), Some(other)) = (iri(*node), iri(*other)) else { return };
                self.put(&node, *predicate, other.clone());
                let parts =
                    format!("{} {} {} {}", self.graph.as_str(), node.as_str(), predicate.as_str(), other.as_str());
                let statement = NamedNode::new_unchecked(minter.statement(&parts));
                self.put(&statement, vocab::TYPE, vocab::STATEMENT.into_owned());
                self.put(&statement, vocab::RDF_SUBJECT, node);
                self.put(&statement, vocab::RDF_PREDICATE, predicate.into_owned());
                self.put(&statement, vocab::RDF_OBJECT, other);
                if let Some(value) = value.term(network) {
                    self.put(&statement, vocab::STRENGTH, value);
                }
            }
        }
    }
}
