//! Puts values in the place of variables, in the algebra of a query and never in its text.
//!
//! The value takes the variable's place wherever it occurs, in sub-queries, filters and aggregates, too, as the
//! pre-binding of [SHACL-SPARQL](https://www.w3.org/TR/shacl/#pre-binding) does. Oxigraph's own substitution reaches only
//! variables that the query selects.

use oxrdf::{Term, Variable};
use spargebra::{
    Query,
    algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression},
    term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern},
};

/// Replaces the variable in the whole query; false if it does not occur.
pub(super) fn bind(query: &mut Query, variable: &Variable, value: &Term) -> bool {
    let mut binder = Binder { variable, value, found: false };
    match query {
        Query::Select { pattern, .. } | Query::Describe { pattern, .. } | Query::Ask { pattern, .. } => {
            binder.pattern(pattern);
        }
        Query::Construct { template, pattern, .. } => {
            template.iter_mut().for_each(|triple| binder.triple(triple));
            binder.pattern(pattern);
        }
    }
    binder.found
}

struct Binder<'v> {
    variable: &'v Variable,
    value: &'v Term,
    found: bool,
}

impl Binder<'_> {
    fn pattern(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter_mut().for_each(|triple| self.triple(triple)),
            GraphPattern::Path { subject, object, .. } => {
                self.term(subject);
                self.term(object);
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::Lateral { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter_mut().for_each(|expression| self.expression(expression));
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Graph { name, inner } | GraphPattern::Service { name, inner, .. } => {
                self.name(name);
                self.pattern(inner);
            }
            GraphPattern::Extend { .. } | GraphPattern::Values { .. } => self.assignment(pattern),
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                    self.expression(expression);
                }
            }
            GraphPattern::Project { inner, variables } => {
                self.pattern(inner);
                if variables.contains(self.variable) {
                    self.show(inner);
                }
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
                self.pattern(inner);
            }
            GraphPattern::Group { inner, variables, aggregates } => {
                self.pattern(inner);
                variables.retain(|variable| variable != self.variable);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
        }
    }

    /// A column that shows the value where the query selects the variable.
    fn show(&mut self, inner: &mut GraphPattern) {
        self.found = true;
        let Some(expression) = self.constant() else { return };
        let bare = std::mem::take(inner);
        *inner = GraphPattern::Extend { inner: Box::new(bare), variable: self.variable.clone(), expression };
    }

    /// `BIND(… AS ?v)` and `VALUES ?v {…}` with the variable itself: what they give must be the value.
    fn assignment(&mut self, pattern: &mut GraphPattern) {
        match pattern {
            GraphPattern::Extend { inner, variable, expression } => {
                self.pattern(inner);
                self.expression(expression);
                let Some(constant) = self.constant().filter(|_| variable == self.variable) else { return };
                self.found = true;
                let expr = Expression::SameTerm(
                    Box::new(constant),
                    Box::new(std::mem::replace(expression, Expression::Literal(true.into()))),
                );
                *pattern = GraphPattern::Filter { expr, inner: Box::new(std::mem::take(&mut **inner)) };
            }
            GraphPattern::Values { variables, bindings } => {
                let Some(column) = variables.iter().position(|variable| variable == self.variable) else { return };
                self.found = true;
                let value = self.value.to_string();
                bindings.retain(|row| row[column].as_ref().is_none_or(|term| term.to_string() == value));
                variables.remove(column);
                for row in bindings {
                    row.remove(column);
                }
            }
            _ => {}
        }
    }

    fn triple(&mut self, triple: &mut TriplePattern) {
        self.term(&mut triple.subject);
        self.name(&mut triple.predicate);
        self.term(&mut triple.object);
    }

    fn term(&mut self, term: &mut TermPattern) {
        if matches!(term, TermPattern::Variable(variable) if variable == self.variable) {
            self.found = true;
            *term = self.value.clone().into();
        }
    }

    fn name(&mut self, name: &mut NamedNodePattern) {
        if let (NamedNodePattern::Variable(variable), Term::NamedNode(node)) = (&name, self.value)
            && variable == self.variable
        {
            self.found = true;
            *name = NamedNodePattern::NamedNode(node.clone());
        }
    }

    fn constant(&self) -> Option<Expression> {
        match GroundTerm::try_from(self.value.clone()).ok()? {
            GroundTerm::NamedNode(node) => Some(Expression::NamedNode(node)),
            GroundTerm::Literal(literal) => Some(Expression::Literal(literal)),
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        match expression {
            Expression::Variable(variable) if variable == self.variable => {
                self.found = true;
                if let Some(constant) = self.constant() {
                    *expression = constant;
                }
            }
            Expression::Bound(variable) if variable == self.variable => {
                self.found = true;
                *expression = Expression::Literal(true.into());
            }
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
            Expression::Exists(pattern) => self.pattern(pattern),
            Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|expression| self.expression(expression)),
            Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                list.iter_mut().for_each(|expression| self.expression(expression));
            }
        }
    }
}
