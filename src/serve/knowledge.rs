//! What agents learn of the graph: the same questions as on pages and in the API.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use oxrdfio::RdfFormat;

use super::{
    Options,
    answers::{self, Sought},
    problem::Problem,
    state::State,
    world::World,
};
use crate::{
    agent::{
        Knowledge, Outcome, ParameterCard, ParameterKind, QuestionCard, Refused, Route, Rows, Search, Step, Stop, Ties,
        Vocabulary, Window, Word,
    },
    explore::{Findings, Overview, Page},
    export::{PREFIXES, serialized},
    map::ONTOLOGY,
    query::{self, Question},
    site,
    store::{Answer, Budget, Request, Stopped},
};

/// Triples that an agent is given at most: what it gets is cut shorter still.
const MOST_TRIPLES: usize = 500;

/// The graph as agents may ask it.
pub(super) struct Asked {
    worlds: Worlds,
    time: Duration,
    memory: u64,
}

/// Where the present state of the store is.
enum Worlds {
    /// It does not change.
    One(Arc<World>),
    /// It is what the server serves.
    Served(Arc<State>),
}

impl Asked {
    /// What a server serves.
    pub(super) fn served(state: Arc<State>) -> Self {
        let (time, memory) = (state.options.query_time, state.options.query_memory);
        Self { worlds: Worlds::Served(state), time, memory }
    }

    /// One state of a store.
    pub(super) fn one(world: World, options: &Options) -> Self {
        Self { worlds: Worlds::One(Arc::new(world)), time: options.query_time, memory: options.query_memory }
    }

    fn world(&self) -> Arc<World> {
        match &self.worlds {
            Worlds::One(world) => Arc::clone(world),
            Worlds::Served(state) => state.world(),
        }
    }

    /// What one question may take; it ends, too, when the agent wants it no more.
    fn budget(&self, stop: &Stop) -> Budget {
        let budget = Budget::new(Some(self.time), Some(self.memory));
        let stopped = budget.clone();
        stop.when_requested(move || stopped.stop(Stopped::Unwanted));
        budget
    }

    fn page(&self, text: &str, kind: Option<&str>) -> Result<Page, Refused> {
        let world = self.world();
        let iri = answers::thing_of(&world, text, kind).map_err(|problem| refused(&world, text, problem))?;
        let page = world.atlas.page(&iri, None).map_err(|error| Refused::Failed(error.to_string()))?;
        page.ok_or_else(|| Refused::NotFound(text.to_owned()))
    }

    fn ties(&self, text: &str, kinds: &[&str], key: &str) -> Result<Ties, Refused> {
        let mut page = Err(Refused::NotFound(text.to_owned()));
        for kind in kinds {
            page = self.page(text, Some(kind));
            if !matches!(page, Err(Refused::NotFound(_))) {
                break;
            }
        }
        let page = page?;
        let relation = page.relations.into_iter().find(|relation| relation.key == key);
        Ok(Ties { of: page.thing, members: relation.map(|relation| relation.members).unwrap_or_default() })
    }
}

impl Knowledge for Asked {
    fn search(&self, search: &Search, _: &Stop) -> Result<Findings, Refused> {
        let world = self.world();
        let limit = search.window.limit.clamp(1, answers::MOST_HITS);
        let sought = Sought::new(&search.text, search.kind.as_deref(), limit, search.window.offset);
        answers::findings(&world, &sought).map_err(|problem| refused(&world, &search.text, problem))
    }

    fn describe(&self, thing: &str, _: &Stop) -> Result<Page, Refused> {
        self.page(thing, None)
    }

    fn tools_of(&self, paper: &str, _: &Stop) -> Result<Ties, Refused> {
        self.ties(paper, &["paper"], "implemented-by")
    }

    fn papers_of(&self, tool: &str, _: &Stop) -> Result<Ties, Refused> {
        self.ties(tool, &["tool", "model"], "implements")
    }

    fn path(&self, from: &str, to: &str, _: &Stop) -> Result<Route, Refused> {
        let world = self.world();
        let thing = |text: &str| answers::thing(&world, text).map_err(|problem| refused(&world, text, problem));
        let (from, to) = (thing(from)?, thing(to)?);
        let step = |step: crate::explore::Step| Step {
            relation: said(step.relation.unwrap_or_default(), step.is_backward),
            item: step.item,
            because: Vec::new(),
        };
        let steps = world.atlas.path(&from, &to).into_iter().skip(1).map(step).collect();
        Ok(Route { from: world.atlas.item_of(&from), to: world.atlas.item_of(&to), steps, note: None })
    }

    fn questions(&self) -> Vec<QuestionCard> {
        query::questions().into_iter().map(card).collect()
    }

    fn ask(
        &self,
        question: &str,
        values: &BTreeMap<String, String>,
        window: Window,
        stop: &Stop,
    ) -> Result<Rows, Refused> {
        let world = self.world();
        let asked = query::named(question).ok_or_else(|| Refused::NotFound(question.to_owned()))?;
        let given: Vec<(String, String)> = values.clone().into_iter().collect();
        let answer = world
            .atlas
            .answer(&asked, &given, window.offset.saturating_add(window.limit), self.budget(stop))
            .map_err(|error| refused(&world, question, error.into()))?;
        Ok(windowed(answer, window))
    }

    fn sparql(&self, sparql: &str, window: Window, stop: &Stop) -> Result<Outcome, Refused> {
        let world = self.world();
        let request = Request { sparql, budget: self.budget(stop), ..Request::default() };
        let failed = |problem: Problem| refused(&world, sparql, problem);
        match world.atlas.graph().ask(&request).map_err(|error| failed(error.into()))? {
            Answer::Boolean(is_so) => Ok(Outcome::Truth(is_so)),
            Answer::Triples(triples) => {
                let triples: Result<Vec<_>, _> = triples.take(MOST_TRIPLES).collect();
                let bytes = serialized(&triples.map_err(|error| failed(error.into()))?, RdfFormat::NTriples);
                Ok(Outcome::Triples(String::from_utf8_lossy(&bytes).into_owned()))
            }
            rows @ Answer::Rows { .. } => {
                let answer = world.atlas.named(rows, window.offset.saturating_add(window.limit));
                Ok(Outcome::Rows(windowed(answer.map_err(|error| failed(error.into()))?, window)))
            }
        }
    }

    fn overview(&self) -> Result<Overview, Refused> {
        Ok(self.world().overview().clone())
    }

    fn vocabulary(&self) -> Vocabulary {
        let prefixed = |iri: &str| {
            let found = PREFIXES.into_iter().find(|(_, start)| iri.starts_with(start));
            found.map_or_else(|| format!("<{iri}>"), |(prefix, start)| format!("{prefix}:{}", &iri[start.len()..]))
        };
        let (mut classes, mut properties) = (Vec::new(), Vec::new());
        for term in site::terms() {
            let word = Word { name: prefixed(&term.iri), meaning: term.comment };
            match term.kind.as_str() {
                "class" => classes.push(word),
                "property" => properties.push(word),
                _ => {}
            }
        }
        let prefixes = PREFIXES.into_iter().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).collect();
        Vocabulary { prefixes, classes, properties }
    }

    fn ontology(&self) -> String {
        ONTOLOGY.to_owned()
    }
}

/// A tie in words, read in the direction of the step.
fn said(relation: &str, is_backward: bool) -> String {
    let backward = match relation {
        "implements" => "is implemented by",
        "cites" => "is cited by",
        "preprint of" => "has the preprint",
        "uses" => "is used by",
        "refers to" => "is referred to by",
        "wrote" | "author" => "is author of",
        "topic" => "holds",
        "broader" => "has the subtopic",
        "published in" => "published",
        "listed in" => "lists",
        other => other,
    };
    let forward = match relation {
        "author" => "was written by",
        "topic" => "stands under",
        "broader" => "stands below",
        "published in" => "was published in",
        "listed in" => "is listed in",
        "preprint of" => "is a preprint of",
        "close match" => "says the same as",
        other => other,
    };
    if is_backward { backward } else { forward }.to_owned()
}

fn card(question: Question) -> QuestionCard {
    let parameters = question.parameters.into_iter().map(|parameter| ParameterCard {
        name: parameter.name,
        kind: match parameter.kind {
            query::ParameterKind::Thing => ParameterKind::Thing,
            query::ParameterKind::Text => ParameterKind::Text,
            query::ParameterKind::Number => ParameterKind::Number,
        },
        is_optional: parameter.is_optional,
        description: parameter.description,
    });
    QuestionCard { parameters: parameters.collect(), name: question.name, text: question.text, sparql: question.sparql }
}

fn windowed(mut answer: crate::explore::Answer, window: Window) -> Rows {
    let total = (!answer.is_cut).then_some(answer.rows.len());
    answer.rows.drain(..window.offset.min(answer.rows.len()));
    Rows { answer, total }
}

fn refused(world: &World, text: &str, problem: Problem) -> Refused {
    let candidates = || problem.candidates.iter().map(|(iri, _)| world.atlas.item_of(iri)).collect();
    match problem.status.as_u16() {
        404 => Refused::NotFound(text.to_owned()),
        409 => Refused::Ambiguous(text.to_owned(), candidates()),
        400 | 403 => Refused::Invalid(format!("{}; {}", problem.what, problem.hint)),
        503 => Refused::Limit(format!("{}; {}", problem.what, problem.hint)),
        _ => Refused::Failed(problem.what),
    }
}
