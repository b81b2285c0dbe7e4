//! Changes by strangers' hands: SPARQL 1.1 Update, and graphs that are handed over whole.
//!
//! An update runs on a copy of the store in memory. Only when it has run to its end are the graphs that differ replaced,
//! all at once. So an update that fails or is stopped changes nothing, and a kill at any moment leaves the store as it was
//! before or as it is after.
//!
//! # Rationale
//!
//! The copy takes a second for half a million quads, where a transaction of the database would take milliseconds. But the
//! default graph is kept as the union of all others, which no transaction of a stranger keeps, and updates are rare.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::{sparql::UpdateEvaluationError, store::Store};
use oxrdf::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, QuadRef};
use spargebra::{GraphUpdateOperation, Update, algebra::GraphTarget, term::GraphNamePattern};

use super::{
    Budget, Change, Data, Graph, NamedGraph, StoreError, depth::is_update_too_deep, failed, guard, request::parser,
};

/// An update with all that comes with it.
#[derive(Debug, Clone)]
pub struct UpdateRequest<'q> {
    /// The operations.
    pub sparql: &'q str,
    /// What relative IRIs in them are relative to.
    pub base: Option<&'q str>,
    /// The graph that stands for the default graph in what is inserted and deleted, since a store's own default graph is
    /// the union of the others.
    pub default_graph: &'q NamedNode,
    /// `using-graph-uri` ([SPARQL 1.1 Protocol, 2.2.3](https://www.w3.org/TR/sparql11-protocol/#update-dataset)).
    pub using_graphs: Vec<NamedNode>,
    /// `using-named-graph-uri`.
    pub using_named_graphs: Vec<NamedNode>,
    /// How much time it may take, as far as it reads; who may write is trusted not to make it join what it has read for hours.
    pub budget: Budget,
}

impl Graph {
    /// The triples of a named graph.
    pub fn graph(&self, name: NamedNodeRef<'_>) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        let found: Box<dyn Iterator<Item = Result<Quad, StoreError>>> = match &self.data {
            Data::Store(store) => {
                let quads = store.quads_for_pattern(None, None, None, Some(name.into()));
                Box::new(quads.map(|quad| quad.map_err(failed("read the store"))))
            }
            Data::Snapshot(snapshot) => Box::new(snapshot.graph(name).map(Ok)),
        };
        found
    }

    /// The names of the named graphs, sorted.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn graph_names(&self) -> Result<Vec<NamedNode>, StoreError> {
        let mut names = match &self.data {
            Data::Snapshot(snapshot) => snapshot.graph_names(),
            Data::Store(store) => {
                let named = |name: Result<NamedOrBlankNode, _>| match name {
                    Ok(NamedOrBlankNode::NamedNode(name)) => Some(Ok(name)),
                    Ok(NamedOrBlankNode::BlankNode(_)) => None,
                    Err(cause) => Some(Err(failed("read the store")(cause))),
                };
                store.named_graphs().filter_map(named).collect::<Result<Vec<_>, _>>()?
            }
        };
        names.sort();
        Ok(names)
    }

    /// Runs a SPARQL 1.1 Update.
    ///
    /// # Errors
    ///
    /// If it is not valid, loads from elsewhere, fails, uses up its budget, or the store cannot be written to; nothing is
    /// changed then.
    pub fn update(&mut self, request: &UpdateRequest<'_>) -> Result<Change, StoreError> {
        request.budget.begin();
        if is_update_too_deep(request.sparql) {
            return Err(StoreError::Excessive("has too many levels"));
        }
        let mut update =
            parser(request.base).parse_update(request.sparql).map_err(|error| StoreError::Syntax(Box::new(error)))?;
        request.prepare(&mut update)?;
        let copy = self.copy()?;
        let mut prepared = guard::evaluator(&request.budget, None).for_update(update);
        prepared.using_datasets_mut().filter(|dataset| dataset.is_default_dataset()).for_each(|dataset| {
            dataset.set_default_graph_as_union();
        });
        let run = prepared.on_store(&copy).execute();
        if let Some(reason) = request.budget.stopped() {
            return Err(StoreError::Stopped(reason));
        }
        run.map_err(|error: UpdateEvaluationError| StoreError::Update(Box::new(error)))?;
        let changed = self.changed(&copy)?;
        self.replace(changed)
    }

    /// All named graphs in a store of their own.
    fn copy(&self) -> Result<Store, StoreError> {
        let copy = Store::new().map_err(failed("copy the store"))?;
        let mut loader = copy.bulk_loader();
        for quad in self.quads() {
            loader.load_quads([quad?]).map_err(failed("copy the store"))?;
        }
        loader.commit().map_err(failed("copy the store"))?;
        Ok(copy)
    }

    /// The graphs in which the copy differs.
    fn changed(&self, copy: &Store) -> Result<Vec<NamedGraph>, StoreError> {
        let mut quads: BTreeMap<NamedNode, Vec<Quad>> = BTreeMap::new();
        for name in self.graph_names()? {
            quads.insert(name, Vec::new());
        }
        for quad in copy.quads_for_pattern(None, None, None, None) {
            let quad = quad.map_err(failed("read the copy"))?;
            let GraphName::NamedNode(name) = quad.graph_name.clone() else { continue };
            quads.entry(name).or_default().push(quad);
        }
        let mut changed = Vec::new();
        for (name, quads) in quads {
            let triple = |quad: &Quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object);
            let now: BTreeSet<String> = quads.iter().map(triple).collect();
            let before: Result<BTreeSet<String>, _> =
                self.graph(name.as_ref()).map(|quad| quad.map(|quad| triple(&quad))).collect();
            if now != before? {
                changed.push(named_graph(&name, quads.iter().map(Quad::as_ref)));
            }
        }
        Ok(changed)
    }
}

impl UpdateRequest<'_> {
    /// Refuses what reaches outside, and puts the graphs of the request in their places.
    fn prepare(&self, update: &mut Update) -> Result<(), StoreError> {
        for operation in &mut update.operations {
            match operation {
                GraphUpdateOperation::Load { source, .. } => {
                    return Err(StoreError::LoadRefused { source_iri: source.as_str().to_owned() });
                }
                GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } => {
                    let is_named = !self.using_graphs.is_empty() || !self.using_named_graphs.is_empty();
                    if is_named && using.is_some() {
                        return Err(StoreError::TwoDatasets);
                    }
                    if is_named {
                        *using = Some(spargebra::algebra::QueryDataset {
                            default: self.using_graphs.clone(),
                            named: Some(self.using_named_graphs.clone()),
                        });
                    }
                    guard::guard_where(pattern)?.check(false)?;
                    delete.iter_mut().for_each(|quad| self.name(&mut quad.graph_name));
                    insert.iter_mut().for_each(|quad| self.name(&mut quad.graph_name));
                }
                GraphUpdateOperation::InsertData { data } => {
                    let ours =
                        data.iter_mut().filter(|quad| quad.graph_name == spargebra::term::GraphName::DefaultGraph);
                    ours.for_each(|quad| quad.graph_name = self.default_graph.clone().into());
                }
                GraphUpdateOperation::DeleteData { data } => {
                    let ours =
                        data.iter_mut().filter(|quad| quad.graph_name == spargebra::term::GraphName::DefaultGraph);
                    ours.for_each(|quad| quad.graph_name = self.default_graph.clone().into());
                }
                GraphUpdateOperation::Clear { graph, silent } | GraphUpdateOperation::Drop { graph, silent } => {
                    if *graph == GraphTarget::DefaultGraph {
                        // It is always there, also while nothing is in it.
                        *silent = true;
                        *graph = GraphTarget::NamedNode(self.default_graph.clone());
                    }
                }
                GraphUpdateOperation::Create { .. } => {}
            }
        }
        Ok(())
    }

    /// Puts the graph that stands for the default graph where none is named.
    fn name(&self, graph: &mut GraphNamePattern) {
        if *graph == GraphNamePattern::DefaultGraph {
            *graph = GraphNamePattern::NamedNode(self.default_graph.clone());
        }
    }
}

fn named_graph<'q>(name: &NamedNode, quads: impl Iterator<Item = QuadRef<'q>>) -> NamedGraph {
    NamedGraph::collect(name, |sink| quads.for_each(sink))
}
