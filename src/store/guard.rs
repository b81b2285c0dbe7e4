//! Keeps queries of strangers from making texts that fill the memory, and finds the other endpoints that they want to ask.
//!
//! A function that makes a longer text does so in one step, before anybody can look. So into the algebra of a query, and
//! never into its text, go calls of a function of our own around the arguments of such functions: it refuses what is too
//! long, which is an error of the expression.

use std::sync::Arc;

use oxigraph::sparql::SparqlEvaluator;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term};
use spargebra::{
    Query,
    algebra::{AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, OrderExpression},
};

use super::{
    StoreError,
    budget::{self, Budget},
    service::{Handler, Services},
};

const NOT_TOO_LONG: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("urn:amml-graph:not-too-long");
/// The longest text that a function may make, in bytes.
const LONGEST: u64 = 16 << 20;
/// After a text of so many bytes the memory is looked at.
const LONG: usize = 64 << 10;
/// The longest replacement that is not written in the query itself, in bytes.
const LONGEST_REPLACEMENT: u64 = 1 << 10;

/// Puts the calls into a query.
///
/// # Errors
///
/// If it joins texts with a separator that is too long.
pub(super) fn guard(query: &mut Query) -> Result<Guard, StoreError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    guard_where(pattern)
}

/// The same for the pattern of an update.
pub(super) fn guard_where(pattern: &mut GraphPattern) -> Result<Guard, StoreError> {
    let mut guard = Guard { service: None, has_long_separator: false };
    guard.pattern(pattern);
    if guard.has_long_separator {
        return Err(StoreError::Excessive("joins texts with a separator that is too long"));
    }
    Ok(guard)
}

/// What was found in a query.
pub(super) struct Guard {
    /// The first other endpoint that is to be asked.
    service: Option<String>,
    has_long_separator: bool,
}

impl Guard {
    /// Refuses a query that asks other endpoints, where that is not allowed.
    pub(super) fn check(self, may_ask: bool) -> Result<(), StoreError> {
        match self.service {
            Some(service) if !may_ask => Err(StoreError::ServiceRefused { service }),
            _ => Ok(()),
        }
    }
}

/// The evaluator that knows the functions.
pub(super) fn evaluator(budget: &Budget, services: Option<Arc<dyn Services>>) -> SparqlEvaluator {
    let mut evaluator = SparqlEvaluator::new().with_cancellation_token(budget.token());
    if let Some(services) = services {
        evaluator = evaluator.with_default_service_handler(Handler(services));
    }
    evaluator.with_custom_function(NOT_TOO_LONG.into_owned(), not_too_long)
}

/// The first argument, if its text has no more bytes than the second says.
fn not_too_long(arguments: &[Term]) -> Option<Term> {
    let [text, most] = arguments else { return None };
    let (Term::Literal(literal), Term::Literal(most)) = (text, most) else { return Some(text.clone()) };
    if literal.value().len() > LONG {
        budget::look();
    }
    (literal.value().len() as u64 <= most.value().parse().ok()?).then(|| text.clone())
}

impl Guard {
    fn pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {}
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter_mut().for_each(|expression| self.expression(expression));
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression);
                self.pattern(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
                self.pattern(inner);
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { name, expr, .. } = aggregate {
                        self.expression(expr);
                        self.aggregate(name, expr);
                    }
                }
                self.pattern(inner);
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. }
            | GraphPattern::Graph { inner, .. } => self.pattern(inner),
            GraphPattern::Service { name, inner, .. } => {
                self.service.get_or_insert_with(|| name.to_string());
                self.pattern(inner);
            }
        }
    }

    /// What joins the texts of many rows.
    fn aggregate(&mut self, function: &AggregateFunction, expression: &mut Expression) {
        if let AggregateFunction::GroupConcat { separator } = function {
            self.has_long_separator |= separator.as_ref().is_some_and(|text| text.len() as u64 > LONGEST_REPLACEMENT);
            limit(expression, LONGEST);
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {}
            Expression::Or(a, b)
            | Expression::And(a, b)
            | Expression::Equal(a, b)
            | Expression::SameTerm(a, b)
            | Expression::Greater(a, b)
            | Expression::GreaterOrEqual(a, b)
            | Expression::Less(a, b)
            | Expression::LessOrEqual(a, b)
            | Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => self.expression(a),
            Expression::In(a, list) => {
                self.expression(a);
                list.iter_mut().for_each(|expression| self.expression(expression));
            }
            Expression::Exists(pattern) => {
                self.pattern(pattern);
            }
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|expression| self.expression(expression)),
            Expression::Coalesce(list) => list.iter_mut().for_each(|expression| self.expression(expression)),
            Expression::FunctionCall(function, arguments) => {
                arguments.iter_mut().for_each(|expression| self.expression(expression));
                shorten(function, arguments);
            }
        }
    }
}

/// Limits the arguments of a function that makes longer texts of them.
fn shorten(function: &Function, arguments: &mut [Expression]) {
    match function {
        Function::Concat => {
            let most = LONGEST / (arguments.len() as u64).max(1);
            arguments.iter_mut().for_each(|argument| limit(argument, most));
        }
        Function::EncodeForUri | Function::UCase | Function::LCase | Function::StrLang | Function::StrDt => {
            arguments.iter_mut().for_each(|argument| limit(argument, LONGEST / 4));
        }
        Function::Replace => {
            if let [text, _, replacement, ..] = arguments {
                let length = match replacement {
                    Expression::Literal(literal) => literal.value().len() as u64,
                    other => {
                        limit(other, LONGEST_REPLACEMENT);
                        LONGEST_REPLACEMENT
                    }
                };
                limit(text, LONGEST / length.max(1));
            }
        }
        _ => {}
    }
}

fn limit(argument: &mut Expression, most: u64) {
    if matches!(argument, Expression::NamedNode(_) | Expression::Literal(_)) {
        return;
    }
    let most = Literal::from(i64::try_from(most).unwrap_or(i64::MAX));
    let text = std::mem::replace(argument, Expression::Literal(false.into()));
    let function = Function::Custom(NamedNode::from(NOT_TOO_LONG));
    *argument = Expression::FunctionCall(function, vec![text, Expression::Literal(most)]);
}
