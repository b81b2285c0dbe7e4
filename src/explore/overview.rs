use serde::Serialize;

use super::{Atlas, Item, Source};
use crate::{map::vocab, network::Relation, query::source_name, store::StoreError};

/// The whole store at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// How many things there are of each kind, in the order of kinds.
    pub kinds: Vec<(&'static str, usize)>,
    /// How many ties there are between a tool and a paper that it implements.
    pub n_links: usize,
    /// How many quads the named graphs have.
    pub n_quads: usize,
    /// The lists that were read, with how many things each names; the longest first.
    pub lists: Vec<(Item, usize)>,
    /// The named graphs.
    pub sources: Vec<Source>,
}

impl Atlas {
    /// The whole store at a glance.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn overview(&self) -> Result<Overview, StoreError> {
        let nodes = &self.network().nodes;
        let kinds = vocab::KINDS.map(|(_, kind)| (kind, nodes.iter().filter(|node| node.kind == kind).count()));
        let lists = (0..).zip(nodes).filter(|(_, node)| node.kind == "list");
        let mut lists: Vec<(Item, usize)> =
            lists.map(|(at, _)| (self.item(at), self.sources(at, Relation::Listed).len())).collect();
        lists.retain(|(_, n_things)| *n_things > 0);
        lists.sort_by(|(a, n_a), (b, n_b)| (n_b, &a.name, &a.iri).cmp(&(n_a, &b.name, &b.iri)));
        let names = self.graph().graph_names()?;
        let source = |graph: oxrdf::NamedNode| Source {
            name: source_name(graph.as_str()).to_owned(),
            graph: graph.into_string(),
        };
        Ok(Overview {
            kinds: kinds.into_iter().filter(|(_, count)| *count > 0).collect(),
            n_links: self.network().pairs(Relation::Implements).count(),
            n_quads: self.n_quads(),
            lists,
            sources: names.into_iter().map(source).collect(),
        })
    }
}
