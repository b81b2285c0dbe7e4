//! Other endpoints, where a query may ask them (`SERVICE`).

use std::sync::Arc;

use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter};
use oxrdf::{NamedNode, Variable};
use sparesults::{QueryResultsFormat, QueryResultsParser, QuerySolution, SliceQueryResultsParserOutput};
use spargebra::{Query, algebra::GraphPattern};

/// Asks other endpoints. Which of them may be asked is for whoever implements it to say.
pub trait Services: Send + Sync {
    /// Sends a query, and gives the answer in the
    /// [JSON format](https://www.w3.org/TR/sparql11-results-json/) of SPARQL.
    ///
    /// # Errors
    ///
    /// If the endpoint may not be asked, or does not answer.
    fn ask(&self, endpoint: &str, sparql: &str) -> Result<Vec<u8>, ServiceError>;
}

/// Why another endpoint gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// It may not be asked.
    #[error("the endpoint {endpoint} may not be asked")]
    Refused {
        /// Which.
        endpoint: String,
    },
    /// It did not answer.
    #[error("the endpoint {endpoint} did not answer: {reason}")]
    Silent {
        /// Which.
        endpoint: String,
        /// What it did instead.
        reason: String,
    },
    /// Its answer is no table.
    #[error("the answer of {endpoint} is not in the JSON format of SPARQL")]
    Unreadable {
        /// Which.
        endpoint: String,
    },
}

/// What the evaluator calls.
pub(super) struct Handler(pub(super) Arc<dyn Services>);

impl DefaultServiceHandler for Handler {
    type Error = ServiceError;

    fn handle(
        &self,
        name: &NamedNode,
        pattern: &GraphPattern,
        base_iri: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, ServiceError> {
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base_iri.cloned() };
        let answer = self.0.ask(name.as_str(), &query.to_string())?;
        let unreadable = || ServiceError::Unreadable { endpoint: name.as_str().to_owned() };
        let parsed = QueryResultsParser::from_format(QueryResultsFormat::Json).for_slice(&answer);
        let SliceQueryResultsParserOutput::Solutions(solutions) = parsed.map_err(|_| unreadable())? else {
            return Err(unreadable());
        };
        let variables: Arc<[Variable]> = solutions.variables().into();
        let rows: Vec<Result<QuerySolution, QueryEvaluationError>> =
            solutions.map(|row| row.map_err(|error| QueryEvaluationError::Service(Box::new(error)))).collect();
        Ok(QuerySolutionIter::new(variables, rows))
    }
}
