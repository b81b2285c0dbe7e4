use oxrdf::{Term, Triple, vocab::xsd};
use serde::Serialize;

use super::{Atlas, Link};
use crate::{
    query::{Question, QuestionError},
    store::{self, Budget, Request, StoreError},
};

/// The answer to a question, with the things in it named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Option<Cell>>>,
    /// Whether there are more rows than these.
    pub is_cut: bool,
}

/// A value in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The text; of a thing its name.
    pub text: String,
    /// Where it leads.
    pub link: Option<Link>,
    /// The language of the text, where it is known.
    pub language: Option<String>,
    /// Whether it is a number.
    pub is_number: bool,
}

/// The columns of triples.
const OF_TRIPLES: [&str; 3] = ["subject", "predicate", "object"];

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// It cannot be asked.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// It was asked in vain.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// So many bytes of text a whole answer may have: it is shown, not kept.
const LONGEST: usize = 8 << 20;

impl Atlas {
    /// Asks a question, and gives so many rows at most.
    ///
    /// # Errors
    ///
    /// If a value is missing or fits nothing, or if the query fails or uses up its budget.
    pub fn answer(
        &self,
        question: &Question,
        given: &[(String, String)],
        most_rows: usize,
        budget: Budget,
    ) -> Result<Answer, AnswerError> {
        let parameters = question.bind(self.graph(), given)?;
        let request = Request { sparql: &question.sparql, parameters: &parameters, budget, ..Request::default() };
        Ok(self.named(self.graph().ask(&request)?, most_rows)?)
    }

    /// The rows of an answer with the things in them named: true or false is one row, triples have three columns.
    ///
    /// # Errors
    ///
    /// If the query fails or uses up its budget.
    pub fn named(&self, answer: store::Answer, most_rows: usize) -> Result<Answer, StoreError> {
        let text = |text: &str| vec![text.to_owned()];
        match answer {
            store::Answer::Boolean(is_so) => {
                let cell = Cell { text: is_so.to_string(), link: None, language: None, is_number: false };
                Ok(Answer { columns: text("answer"), rows: vec![vec![Some(cell)]], is_cut: false })
            }
            store::Answer::Rows { variables, rows } => {
                let columns = variables.iter().map(|variable| variable.as_str().to_owned()).collect();
                self.rows(columns, rows, most_rows)
            }
            store::Answer::Triples(triples) => {
                let row = |triple: Triple| {
                    vec![Some(triple.subject.into()), Some(triple.predicate.into()), Some(triple.object)]
                };
                let columns = OF_TRIPLES.map(str::to_owned).to_vec();
                self.rows(columns, triples.map(|triple| triple.map(row)), most_rows)
            }
        }
    }

    fn rows(
        &self,
        columns: Vec<String>,
        rows: impl Iterator<Item = Result<Vec<Option<Term>>, StoreError>>,
        most_rows: usize,
    ) -> Result<Answer, StoreError> {
        let mut answer = Answer { columns, ..Answer::default() };
        let mut length = 0;
        for row in rows {
            if answer.rows.len() >= most_rows || length > LONGEST {
                answer.is_cut = true;
                break;
            }
            let cells: Vec<Option<Cell>> = row?.into_iter().map(|term| term.map(|term| self.cell(&term))).collect();
            length += cells.iter().flatten().map(|cell| cell.text.len()).sum::<usize>();
            answer.rows.push(cells);
        }
        Ok(answer)
    }

    /// A term as it is shown in an answer.
    #[must_use]
    pub fn cell(&self, term: &Term) -> Cell {
        let cell = |text: String, link, language: Option<&str>, is_number| Cell {
            text,
            link,
            language: language.map(str::to_owned),
            is_number,
        };
        match term {
            Term::NamedNode(node) => {
                let link = self.link(node.as_str());
                let text = match &link {
                    Some(Link::Thing(iri)) => self.item_of(iri).name,
                    _ => node.as_str().to_owned(),
                };
                cell(text, link, None, false)
            }
            Term::BlankNode(node) => cell(node.to_string(), None, None, false),
            Term::Literal(literal) => {
                let numbers = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];
                let is_number = numbers.contains(&literal.datatype());
                cell(literal.value().to_owned(), None, literal.language(), is_number)
            }
        }
    }
}
