use askama::Template;

use super::{
    Context, SiteError,
    answer::AnswerView,
    item::Named,
    shell::{Door, Shell},
    words::Words,
    written,
};
use crate::{
    explore::{Answer, Item},
    query::{Parameter, ParameterKind, Question},
};

/// A question with what was filled in, and what came of it.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The question.
    pub question: &'a Question,
    /// Names of parameters and the values given.
    pub given: &'a [(String, String)],
    /// What came of it.
    pub outcome: &'a Outcome,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was not asked yet.
    Unasked,
    /// An answer.
    Answer(Answer),
    /// A value is missing.
    Missing {
        /// Of which parameter.
        parameter: String,
    },
    /// A value is no number.
    NotANumber {
        /// Of which parameter.
        parameter: String,
        /// The value.
        value: String,
    },
    /// Nothing is known by the value.
    NothingFound {
        /// Of which parameter.
        parameter: String,
        /// The value.
        value: String,
    },
    /// Several things are.
    Ambiguous {
        /// Of which parameter.
        parameter: String,
        /// The value.
        value: String,
        /// What it may mean.
        candidates: Vec<Item>,
    },
    /// It took too long.
    TooLong,
    /// Anything else, in words.
    Failed(String),
}

#[derive(Template)]
#[template(path = "question.html")]
struct QuestionPage<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    /// The language of the question's words, where it is not that of the page.
    language: Option<&'static str>,
    /// Where the form leads; a static site has none.
    action: Option<String>,
    fields: Vec<Field<'a>>,
    problem: Option<Problem>,
    answer: Option<AnswerView>,
    downloads: Vec<(String, String)>,
    sparql: &'a str,
    editor: Option<String>,
}

struct Field<'a> {
    id: String,
    name: &'a str,
    label: String,
    language: Option<&'static str>,
    kind: ParameterKind,
    is_optional: bool,
    value: String,
    is_wrong: bool,
}

struct Problem {
    text: String,
    /// What may have been meant: the things, each with the address of the question about it.
    candidates: Vec<(Named, String)>,
}

/// A question: its form, and the answer below.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn question(asking: &Asking<'_>, context: &Context) -> Result<String, SiteError> {
    let (w, question) = (context.words(), asking.question);
    let (text, language) = text(question, w);
    let answer = match asking.outcome {
        Outcome::Answer(answer) => Some(AnswerView::of(answer, context)),
        _ => None,
    };
    let download = |format: &str| {
        Some((w.format(format).into_owned(), context.links.answer(&question.name, asking.given, Some(format))?))
    };
    let downloads = match &answer {
        Some(_) => ["csv", "tsv", "json", "xml"].into_iter().filter_map(download).collect(),
        None => Vec::new(),
    };
    let page = QuestionPage {
        shell: Shell::new(context, text.clone(), Door::Questions).described(&text),
        w,
        language,
        action: context.links.is_server().then(|| context.links.question(&question.name)).flatten(),
        fields: question.parameters.iter().map(|parameter| Field::of(parameter, asking, w)).collect(),
        problem: problem(asking, context),
        answer,
        downloads,
        sparql: &question.sparql,
        editor: context.links.sparql(Some(&question.sparql)),
    };
    written("question", &page)
}

/// The words of a question, and their language where it is not the page's.
fn text(question: &Question, w: &Words) -> (String, Option<&'static str>) {
    match w.question(&question.name) {
        Some(translated) => (translated.to_owned(), None),
        None => (question.text.clone(), Some("en")),
    }
}

impl<'a> Field<'a> {
    fn of(parameter: &'a Parameter, asking: &Asking<'_>, w: &Words) -> Self {
        let translated = w.parameter(&parameter.description);
        let given = asking.given.iter().find(|(name, _)| *name == parameter.name);
        Self {
            id: format!("parameter-{}", parameter.name),
            name: &parameter.name,
            label: translated.map_or_else(|| super::index::capitalized(&parameter.description), str::to_owned),
            language: translated.is_none().then_some("en"),
            kind: parameter.kind,
            is_optional: parameter.is_optional,
            value: given.map(|(_, value)| value.clone()).unwrap_or_default(),
            is_wrong: wrong(asking.outcome) == Some(&parameter.name),
        }
    }

    fn is_number(&self) -> bool {
        self.kind == ParameterKind::Number
    }

    fn is_thing(&self) -> bool {
        self.kind == ParameterKind::Thing
    }
}

/// The parameter that the outcome finds fault with.
fn wrong(outcome: &Outcome) -> Option<&String> {
    match outcome {
        Outcome::Missing { parameter }
        | Outcome::NotANumber { parameter, .. }
        | Outcome::NothingFound { parameter, .. }
        | Outcome::Ambiguous { parameter, .. } => Some(parameter),
        Outcome::Unasked | Outcome::Answer(_) | Outcome::TooLong | Outcome::Failed(_) => None,
    }
}

fn problem(asking: &Asking<'_>, context: &Context) -> Option<Problem> {
    let w = context.words();
    let text = match asking.outcome {
        Outcome::Unasked | Outcome::Answer(_) => return None,
        Outcome::Missing { parameter } => w.needs(&label(asking.question, parameter, w)),
        Outcome::NotANumber { value, .. } => w.not_a_number(value),
        Outcome::NothingFound { value, .. } => w.nothing_known_as(value),
        Outcome::Ambiguous { value, .. } => w.may_mean(value),
        Outcome::TooLong => w.took_too_long.to_owned(),
        Outcome::Failed(message) => message.clone(),
    };
    let candidates = match asking.outcome {
        Outcome::Ambiguous { parameter, candidates, .. } => {
            candidates.iter().filter_map(|item| candidate(item, parameter, asking, context)).collect()
        }
        _ => Vec::new(),
    };
    Some(Problem { text, candidates })
}

fn label(question: &Question, parameter: &str, w: &Words) -> String {
    let declared = question.parameters.iter().find(|declared| declared.name == parameter);
    declared
        .map_or(parameter, |declared| w.parameter(&declared.description).unwrap_or(&declared.description))
        .to_owned()
}

/// A thing that may have been meant, with the same question about it.
fn candidate(item: &Item, parameter: &str, asking: &Asking<'_>, context: &Context) -> Option<(Named, String)> {
    let mut given = asking.given.to_vec();
    for (name, value) in &mut given {
        if name == parameter {
            value.clone_from(&item.iri);
        }
    }
    Some((Named::of(item, context), context.links.answer(&asking.question.name, &given, None)?))
}

#[derive(Template)]
#[template(path = "questions.html")]
struct Questions<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    text: &'static str,
    groups: Vec<Group>,
}

struct Group {
    id: String,
    label: &'static str,
    questions: Vec<Listed>,
}

struct Listed {
    href: String,
    text: String,
    language: Option<&'static str>,
    /// What it asks for.
    parameters: Vec<Asked>,
}

struct Asked {
    label: String,
    language: Option<&'static str>,
    is_optional: bool,
}

/// The list of questions, by what they are about; on a static site those whose answers are written.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn questions(all: &[Question], context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let is_server = context.links.is_server();
    let labels = [w.group_tools, w.group_papers, w.group_people, w.group_trust, w.group_curators, w.group_others];
    let group = |(at, label): (usize, &'static str)| Group {
        id: format!("group-{at}"),
        label,
        questions: all
            .iter()
            .filter(|question| group_of(&question.name) == at)
            .filter_map(|question| Listed::of(question, context))
            .collect(),
    };
    let text = if is_server { w.questions_text } else { w.questions_text_static };
    let page = Questions {
        shell: Shell::of_door(context, w.questions, Door::Questions).described(text),
        w,
        text,
        groups: labels.into_iter().enumerate().map(group).filter(|group| !group.questions.is_empty()).collect(),
    };
    written("questions", &page)
}

impl Listed {
    fn of(question: &Question, context: &Context) -> Option<Self> {
        let w = context.words();
        let (text, language) = text(question, w);
        let asked = |parameter: &Parameter| {
            let translated = w.parameter(&parameter.description);
            Asked {
                label: translated.unwrap_or(&parameter.description).to_owned(),
                language: translated.is_none().then_some("en"),
                is_optional: parameter.is_optional,
            }
        };
        let parameters =
            if context.links.is_server() { question.parameters.iter().map(asked).collect() } else { Vec::new() };
        Some(Self { href: context.links.question(&question.name)?, text, language, parameters })
    }
}

/// Which group a question stands in; one that is not named here stands in the last.
fn group_of(name: &str) -> usize {
    match name {
        "tools-and-papers" | "tools-of-paper" | "papers-of-tool" | "tools-without-paper" | "papers-without-tool" => 0,
        "citations" | "papers-by-venue" | "papers-by-year" | "papers-of-topic" | "preprints" | "translations"
        | "retracted" | "datasets" => 1,
        "authors" | "coauthors-of-person" | "papers-of-person" | "topic-tree" => 2,
        "consensus" | "disagreements" | "inferred" | "merges" | "where-from" | "stats" => 3,
        "dead-links" | "duplicate-entries" | "notices" | "other-text" | "papers-without-metadata" => 4,
        _ => 5,
    }
}
