//! A query with all that comes with it, and how it is run.

use std::sync::Arc;

use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults};
use oxrdf::{NamedNode, Term, Variable};
use spargebra::{Query, SparqlParser, algebra::QueryDataset};

use super::{
    Answer, Budget, Data, Graph, Services, StoreError, bind, budget::within, depth::is_too_deep, guard,
    snapshot::Dataset,
};

/// A query with all that comes with it.
#[derive(Clone, Default)]
pub struct Request<'q> {
    /// The query.
    pub sparql: &'q str,
    /// Values for some of its variables.
    pub parameters: &'q [(String, Term)],
    /// The graphs that take the place of the default graph; with [`Request::named_graphs`] they go before what the query
    /// itself says ([SPARQL 1.1 Protocol, 2.1.4](https://www.w3.org/TR/sparql11-protocol/#dataset)).
    pub default_graphs: Vec<NamedNode>,
    /// The named graphs that there are.
    pub named_graphs: Vec<NamedNode>,
    /// What relative IRIs in it are relative to.
    pub base: Option<&'q str>,
    /// Who asks other endpoints for it; without, a query that is limited may ask none.
    pub services: Option<Arc<dyn Services>>,
    /// What it may take.
    pub budget: Budget,
}

/// What a query gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `SELECT` and `ASK` give rows, or true or false.
    Table,
    /// `CONSTRUCT` and `DESCRIBE` give triples.
    Triples,
}

impl Form {
    /// The form of a query.
    ///
    /// # Errors
    ///
    /// If it is not valid.
    pub fn of(sparql: &str, base: Option<&str>) -> Result<Self, StoreError> {
        Ok(match parse(sparql, base)? {
            Query::Select { .. } | Query::Ask { .. } => Self::Table,
            Query::Construct { .. } | Query::Describe { .. } => Self::Triples,
        })
    }
}

impl Graph {
    /// Runs a SPARQL 1.1 query with some of its variables bound, over the union of all graphs unless it names its own.
    ///
    /// # Errors
    ///
    /// If the query is not valid, has no such variable, or fails.
    pub fn query(&self, sparql: &str, parameters: &[(String, Term)]) -> Result<Answer, StoreError> {
        self.ask(&Request { sparql, parameters, ..Request::default() })
    }

    /// Runs a SPARQL 1.1 query within a budget. The answer is to be read in the thread that asked: its memory is counted.
    ///
    /// # Errors
    ///
    /// If the query is not valid, has no such variable, fails, or uses up its budget; the last two also later, in a row.
    pub fn ask(&self, request: &Request<'_>) -> Result<Answer, StoreError> {
        let budget = &request.budget;
        budget.begin();
        let mut query = parse(request.sparql, request.base)?;
        for (name, value) in request.parameters {
            let is_bound = Variable::new(name).is_ok_and(|variable| bind::bind(&mut query, &variable, value));
            if !is_bound {
                return Err(StoreError::NoSuchVariable { name: name.clone() });
            }
        }
        request.restrict(&mut query);
        if budget.is_limited() {
            guard::guard(&mut query)?.check(request.services.is_some())?;
        }
        let prepared = guard::evaluator(budget, request.services.clone()).for_query(query);
        let results = within(budget, || self.results(prepared)).map_err(StoreError::Stopped)?;
        answer(results.map_err(|error| failure(budget, error))?, budget)
    }

    fn results(&self, prepared: PreparedSparqlQuery) -> Result<QueryResults<'static>, QueryEvaluationError> {
        match &self.data {
            Data::Store(store) => prepared.on_store(store).execute(),
            Data::Snapshot(snapshot) => prepared.on_queryable_dataset(Dataset(Arc::clone(snapshot))).execute(),
        }
    }
}

impl Request<'_> {
    /// Puts the graphs of the request in the place of those of the query.
    fn restrict(&self, query: &mut Query) {
        if self.default_graphs.is_empty() && self.named_graphs.is_empty() {
            return;
        }
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = query;
        *dataset = Some(QueryDataset { default: self.default_graphs.clone(), named: Some(self.named_graphs.clone()) });
    }
}

fn parse(sparql: &str, base: Option<&str>) -> Result<Query, StoreError> {
    check_depth(sparql)?;
    parser(base).parse_query(sparql).map_err(|error| StoreError::Syntax(Box::new(error)))
}

/// Refuses what would use up the stack, or the time of the optimizer.
fn check_depth(sparql: &str) -> Result<(), StoreError> {
    if is_too_deep(sparql) { Err(StoreError::Excessive("has too many levels or parts")) } else { Ok(()) }
}

/// The parser; a base that is no IRI is none.
pub(super) fn parser(base: Option<&str>) -> SparqlParser {
    let based = base.and_then(|base| SparqlParser::new().with_base_iri(base).ok());
    based.unwrap_or_default()
}

/// The answer, which ends with an error where the query was stopped, and never just ends.
fn answer(results: QueryResults<'static>, budget: &Budget) -> Result<Answer, StoreError> {
    Ok(match results {
        QueryResults::Boolean(answer) => match budget.stopped() {
            Some(reason) => return Err(StoreError::Stopped(reason)),
            None => Answer::Boolean(answer),
        },
        QueryResults::Solutions(solutions) => Answer::Rows {
            variables: solutions.variables().to_vec(),
            rows: whole(solutions.map(|solution| solution.map(|solution| solution.values().to_vec())), budget),
        },
        QueryResults::Graph(triples) => Answer::Triples(whole(triples, budget)),
    })
}

fn whole<T: 'static>(
    items: impl Iterator<Item = Result<T, QueryEvaluationError>> + 'static,
    budget: &Budget,
) -> Box<dyn Iterator<Item = Result<T, StoreError>>> {
    let mut items = Some(items);
    let budget = budget.clone();
    Box::new(std::iter::from_fn(move || {
        let next = within(&budget, || items.as_mut()?.next());
        let next = match (next, budget.stopped()) {
            (Err(reason), _) | (Ok(None), Some(reason)) if items.is_some() => Some(Err(StoreError::Stopped(reason))),
            (Ok(next), _) => next.map(|item| item.map_err(|error| failure(&budget, error))),
            (Err(_), _) => None,
        };
        if !matches!(next, Some(Ok(_))) {
            // After its end, and above all after it was unwound, nobody asks the evaluation again.
            items = None;
        }
        next
    }))
}

/// Why a query failed: that it was stopped, if it was.
fn failure(budget: &Budget, error: QueryEvaluationError) -> StoreError {
    match budget.stopped() {
        Some(reason) => StoreError::Stopped(reason),
        None => StoreError::Evaluation(Box::new(error)),
    }
}
