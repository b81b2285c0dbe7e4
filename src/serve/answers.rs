//! What is asked for by name, and what comes of it: the same for pages, programs and agents.

use std::sync::Arc;

use oxrdfio::RdfFormat;

use super::{form::Form, problem::Problem, state::Turn, world::World};
use crate::{
    explore::{AnswerError, Findings, Hit, Item},
    export::serialized,
    query::{self, Found, Question, QuestionError},
    search,
    site::{Outcome, Solution},
    store::{Answer, Request, Services, Stopped, StoreError},
};

/// The most hits that are given at a time.
pub(super) const MOST_HITS: usize = 100;
/// The farthest hit that can be asked for.
const FARTHEST: usize = 10_000;
/// The most topics that a search is narrowed down by.
const MOST_TOPICS: usize = 12;
/// Triples that the page shows of a query that gives a graph.
const MOST_TRIPLES: usize = 2_000;

/// What is searched for.
#[derive(Debug, Clone)]
pub struct Sought {
    text: String,
    kind: Option<String>,
    topic: Option<String>,
    year: Option<i32>,
    limit: usize,
    offset: usize,
}

impl Sought {
    /// Reads `q`, `kind`, `topic`, `year`, `from` and `limit`.
    pub(super) fn of(form: &Form, limit: usize) -> Result<Self, Problem> {
        let limit = form.get("limit").map(number).transpose()?.unwrap_or(limit);
        if limit == 0 || limit > MOST_HITS {
            return Err(Problem::bad(format!("limit is {limit}"), format!("give 1 to {MOST_HITS}")));
        }
        let year = form.filled("year").map(|year| {
            let number = year.trim().parse().ok().filter(|year| (-3000..=3000).contains(year));
            number.ok_or_else(|| Problem::bad(format!("no year: {year}"), "write it as 2019"))
        });
        Ok(Self {
            text: form.get("q").unwrap_or_default().to_owned(),
            kind: form.filled("kind").map(str::to_owned),
            topic: form.filled("topic").map(str::to_owned),
            year: year.transpose()?,
            limit,
            offset: offset(form)?,
        })
    }

    /// So many hits for a text, of a kind if one is given.
    #[must_use]
    pub fn new(text: &str, kind: Option<&str>, limit: usize, offset: usize) -> Self {
        Self { text: text.to_owned(), kind: kind.map(str::to_owned), topic: None, year: None, limit, offset }
    }

    /// Only under a topic, and of a year, where they are given.
    #[must_use]
    pub fn narrowed(self, topic: Option<String>, year: Option<i32>) -> Self {
        Self { topic, year, ..self }
    }
}

/// How many hits to leave out: nobody leafs farther than the index counts.
fn offset(form: &Form) -> Result<usize, Problem> {
    let offset = form.filled("from").map(number).transpose()?.unwrap_or(0);
    if offset > FARTHEST {
        return Err(Problem::bad(format!("from is {offset}"), format!("give 0 to {FARTHEST}")));
    }
    Ok(offset)
}

/// A whole number that is not negative.
pub(super) fn number(text: &str) -> Result<usize, Problem> {
    text.trim().parse().map_err(|_| Problem::bad(format!("no whole number: {text}"), "write it in digits"))
}

/// Searches, and names what is found.
pub(super) fn findings(world: &World, sought: &Sought) -> Result<Findings, Problem> {
    let request = search::Request {
        text: sought.text.clone(),
        kind: sought.kind.clone(),
        topic: sought.topic.clone(),
        year: sought.year,
        limit: sought.limit,
        offset: sought.offset,
    };
    let found = world.index()?.search(&request).map_err(|error| unsearchable(&error))?;
    let atlas = &world.atlas;
    let hit = |hit: &search::Hit| {
        let at = atlas.network().find(&hit.iri)?;
        let (n_lists, _) = atlas.weight(at);
        Some(Hit {
            item: atlas.item(at),
            text: atlas.sentence(at),
            topics: atlas.topics(at),
            n_lists,
            score: hit.score,
        })
    };
    let topics = found.topics.iter().take(MOST_TOPICS);
    Ok(Findings {
        query: sought.text.clone(),
        kind: sought.kind.clone(),
        topic: sought.topic.as_deref().map(|topic| atlas.item_of(topic)),
        year: sought.year,
        hits: found.hits.iter().filter_map(hit).collect(),
        total: found.total,
        offset: sought.offset,
        kinds: found.kinds.clone(),
        topics: topics.map(|(topic, count)| (atlas.item_of(topic), *count)).collect(),
        years: found.years.clone(),
    })
}

/// What a text that is not finished may become.
pub(super) fn suggestions(world: &World, text: &str, limit: usize) -> Result<Vec<Item>, Problem> {
    let hits = world.index()?.suggest(text, limit).map_err(|error| unsearchable(&error))?;
    Ok(hits.iter().map(|hit| world.atlas.item_of(&hit.iri)).collect())
}

fn unsearchable(error: &search::SearchError) -> Problem {
    Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "search for other words")
}

/// The IRI of the one thing that a text means: quickly where it is an IRI.
pub(super) fn thing(world: &World, text: &str) -> Result<String, Problem> {
    thing_of(world, text, None)
}

/// The same, of one kind only.
pub(super) fn thing_of(world: &World, text: &str, kind: Option<&str>) -> Result<String, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::bad("no thing is named", "name it: ?iri=…"));
    }
    let known = world.atlas.network().find(text.trim());
    if known.is_some_and(|at| kind.is_none_or(|kind| world.atlas.network().nodes[at as usize].kind == kind)) {
        return Ok(text.trim().to_owned());
    }
    let graph = world.atlas.graph();
    let mut found: Vec<Found> = match kind {
        Some(kind) => query::find_kind(graph, text, kind)?,
        None => query::find(graph, text)?,
    };
    match found.len() {
        1 => Ok(found.remove(0).iri.into_string()),
        0 => Err(QuestionError::NothingFound { value: text.to_owned() }.into()),
        _ => Err(QuestionError::Ambiguous { value: text.to_owned(), candidates: found }.into()),
    }
}

/// The values that a form gives to the parameters of a question.
pub(super) fn given(question: &Question, form: &Form) -> Vec<(String, String)> {
    let is_declared = |name: &str| question.parameters.iter().any(|parameter| parameter.name == name);
    let pairs = form.pairs().iter().filter(|(name, value)| is_declared(name) && !value.trim().is_empty());
    pairs.cloned().collect()
}

/// What comes of a question, for a page.
pub(super) fn outcome(
    world: &World,
    question: &Question,
    given: &[(String, String)],
    most_rows: usize,
    turn: &Turn,
) -> Outcome {
    let is_asked = !given.is_empty() || question.parameters.iter().all(|parameter| parameter.is_optional);
    if !is_asked {
        return Outcome::Unasked;
    }
    match world.atlas.answer(question, given, most_rows, turn.budget.clone()) {
        Ok(answer) => Outcome::Answer(answer),
        Err(AnswerError::Store(error) | AnswerError::Question(QuestionError::Store(error))) => match error {
            StoreError::Stopped(Stopped::Time) => Outcome::TooLong,
            error => Outcome::Failed(Problem::from(error).what),
        },
        Err(AnswerError::Question(error)) => unanswered(world, given, error),
    }
}

fn unanswered(world: &World, given: &[(String, String)], error: QuestionError) -> Outcome {
    let named =
        |value: &str| given.iter().find(|(_, text)| text == value).map_or_else(String::new, |(name, _)| name.clone());
    match error {
        QuestionError::MissingParameter { parameter, .. } => Outcome::Missing { parameter },
        QuestionError::NotANumber { parameter, value } => Outcome::NotANumber { parameter, value },
        QuestionError::NothingFound { value } => Outcome::NothingFound { parameter: named(&value), value },
        QuestionError::Ambiguous { value, candidates } => {
            let candidates = candidates.iter().take(20).map(|found| world.atlas.item_of(found.iri.as_str())).collect();
            Outcome::Ambiguous { parameter: named(&value), value, candidates }
        }
        error => Outcome::Failed(error.to_string()),
    }
}

/// What comes of a query, for a page.
pub(super) fn solution(
    world: &World,
    sparql: &str,
    most_rows: usize,
    turn: &Turn,
    services: Option<Arc<dyn Services>>,
) -> Solution {
    if sparql.trim().is_empty() {
        return Solution::Unasked;
    }
    let request = Request { sparql, services, budget: turn.budget.clone(), ..Request::default() };
    let answer = match world.atlas.graph().ask(&request) {
        Ok(answer) => answer,
        Err(StoreError::Syntax(error)) => {
            let message = error.to_string();
            let place = place_in(&message);
            return Solution::Mistake { message, place };
        }
        Err(error) => return Solution::Failed(Problem::from(error).what),
    };
    let solved = match answer {
        Answer::Boolean(is_so) => Ok(Solution::Truth(is_so)),
        Answer::Triples(triples) => {
            let triples: Result<Vec<_>, StoreError> = triples.take(MOST_TRIPLES).collect();
            triples.map(|triples| {
                let bytes = serialized(&triples, RdfFormat::Turtle);
                Solution::Graph(String::from_utf8_lossy(&bytes).into_owned())
            })
        }
        rows => world.atlas.named(rows, most_rows).map(Solution::Rows),
    };
    solved.unwrap_or_else(|error| Solution::Failed(Problem::from(error).what))
}

/// Line and column in a message of the parser: `error at 3:14: …`.
fn place_in(message: &str) -> Option<(usize, usize)> {
    let rest = &message[message.find("at ")? + 3..];
    let (line, rest) = rest.split_once(':')?;
    let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
    Some((line.trim().parse().ok()?, rest[..digits].parse().ok()?))
}
