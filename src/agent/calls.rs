//! Calls: arguments read and checked, the knowledge asked, the answer put into lines and data.

use rmcp::model::JsonObject;
use serde::de::DeserializeOwned;

use super::{
    clean::{NAME, clean},
    knowledge::{Knowledge, Refused, Search, Ties, Window},
    profile::profile_reply,
    questions::QuestionCall,
    reply::{ROWS, Reply, fit},
    shapes::{Hit, More, Step, Thing, Tie},
    stop::Stop,
    table::query_reply,
    tools::{
        Found, PaperArguments, PathArguments, QueryArguments, SearchArguments, ThingArguments, Tied, ToolArguments, Way,
    },
};

/// The longest name of a thing that is looked up, in bytes.
const LONGEST_NAME: usize = 2_000;
/// The longest query, in bytes.
const LONGEST_QUERY: usize = 50_000;

/// A call with its arguments, read and checked.
pub(super) enum Call {
    Search(SearchArguments),
    Describe(ThingArguments),
    ToolsOfPaper(PaperArguments),
    PapersOfTool(ToolArguments),
    PathBetween(PathArguments),
    RunSparql(QueryArguments),
    Question(QuestionCall),
}

impl Call {
    /// Reads a call of one of these tools; `None` if the name is none of theirs.
    pub(super) fn read(name: &str, arguments: JsonObject) -> Option<Result<Self, Refused>> {
        Some(match name {
            "search" => read(arguments).map(Self::Search),
            "describe" => read(arguments).map(Self::Describe),
            "tools_of_paper" => read(arguments).map(Self::ToolsOfPaper),
            "papers_of_tool" => read(arguments).map(Self::PapersOfTool),
            "path_between" => read(arguments).map(Self::PathBetween),
            "run_sparql" => read(arguments).map(Self::RunSparql),
            _ => return None,
        })
    }

    /// Whether it may take long.
    pub(super) fn is_query(&self) -> bool {
        matches!(self, Self::RunSparql(_) | Self::Question(_) | Self::PathBetween(_))
    }

    /// Answers it.
    pub(super) fn answer(self, knowledge: &dyn Knowledge, stop: &Stop) -> Result<Reply, Refused> {
        match self {
            Self::Search(arguments) => search(knowledge, arguments, stop),
            Self::Describe(arguments) => profile_reply(&knowledge.describe(&named(arguments.thing)?, stop)?),
            Self::ToolsOfPaper(arguments) => {
                tied(&knowledge.tools_of(&named(arguments.paper)?, stop)?, "no tool of it is known")
            }
            Self::PapersOfTool(arguments) => {
                tied(&knowledge.papers_of(&named(arguments.tool)?, stop)?, "no paper of it is known")
            }
            Self::PathBetween(arguments) => way(knowledge, arguments, stop),
            Self::RunSparql(arguments) => {
                let query = short(arguments.query, LONGEST_QUERY, "query")?;
                let window = Window { offset: arguments.offset, limit: ROWS };
                query_reply(&knowledge.sparql(&query, window, stop)?, window)
            }
            Self::Question(call) => call.answer(knowledge, stop),
        }
    }
}

fn read<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Refused> {
    serde_json::from_value(arguments.into()).map_err(|error| Refused::Invalid(format!("wrong arguments: {error}")))
}

/// A name that may be looked up.
pub(super) fn named(text: String) -> Result<String, Refused> {
    short(text, LONGEST_NAME, "name")
}

fn short(text: String, longest: usize, what: &str) -> Result<String, Refused> {
    if text.trim().is_empty() {
        return Err(Refused::Invalid(format!("the {what} is empty")));
    }
    if text.len() > longest {
        return Err(Refused::Invalid(format!("the {what} has {} bytes, more than {longest}", text.len())));
    }
    Ok(text)
}

fn search(knowledge: &dyn Knowledge, arguments: SearchArguments, stop: &Stop) -> Result<Reply, Refused> {
    let kind = arguments.kind.and_then(|kind| serde_json::to_value(kind).ok()?.as_str().map(ToOwned::to_owned));
    let window = Window { offset: arguments.offset, limit: ROWS };
    let findings = knowledge.search(&Search { text: named(arguments.query)?, kind, window }, stop)?;
    let (hits, mut lines) = fit(findings.hits.iter().map(Hit::from).collect(), Hit::line);
    let next = arguments.offset.saturating_add(hits.len());
    let left_out = findings.total.saturating_sub(next);
    let more = (left_out > 0 && !hits.is_empty()).then(|| More {
        left_out: Some(left_out),
        how: format!("use more words or a kind, or call again with offset {next}"),
    });
    lines.insert(
        0,
        match findings.total {
            0 => "nothing found; try fewer or other words, or no kind".to_owned(),
            total => format!("{total} found"),
        },
    );
    lines.extend(more.as_ref().map(More::line));
    Reply::new(&lines, &Found { total: findings.total, hits, more })
}

fn tied(ties: &Ties, none: &str) -> Result<Reply, Refused> {
    let of = Thing::from(&ties.of);
    let total = ties.members.len();
    let (kept, mut lines) = fit(ties.members.iter().map(Tie::from).collect(), Tie::line);
    let left_out = total - kept.len();
    let how = "run_sparql with this IRI lists all".to_owned();
    let more = (left_out > 0).then_some(More { left_out: Some(left_out), how });
    lines.insert(0, if total == 0 { format!("{}: {none}", of.line()) } else { format!("{}: {total}", of.line()) });
    lines.extend(more.as_ref().map(More::line));
    Reply::new(&lines, &Tied { of, total, ties: kept, more })
}

fn way(knowledge: &dyn Knowledge, arguments: PathArguments, stop: &Stop) -> Result<Reply, Refused> {
    let route = knowledge.path(&named(arguments.from)?, &named(arguments.to)?, stop)?;
    let steps = route.steps.iter().map(|step| Step::new(&step.relation, &step.item, &step.because));
    let (steps, mut lines) = fit(steps.collect(), Step::line);
    let (from, to) = (Thing::from(&route.from), Thing::from(&route.to));
    let is_found = !steps.is_empty() || route.from.iri == route.to.iri;
    lines.insert(0, from.line());
    if !is_found {
        lines.push(format!("no way leads to {}", to.line()));
    }
    let left_out = route.steps.len() - steps.len();
    if left_out > 0 {
        lines.push(format!("… {left_out} more steps to {}", to.line()));
    }
    let note = route.note.as_deref().map(|note| clean(note, 2 * NAME));
    lines.extend(note.clone());
    Reply::new(&lines, &Way { from, to, is_found, steps, note })
}
