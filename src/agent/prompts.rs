//! Two tasks that are worth a prepared start.

use rmcp::{
    ErrorData,
    model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role},
};

use super::clean::{NAME, clean, quote};

struct Task {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    argument: &'static str,
    meaning: &'static str,
    text: &'static str,
}

const TASKS: [Task; 2] = [
    Task {
        name: "choose_tool",
        title: "Choose a tool for a task",
        description: "Which tools the lists know for a task, with the papers behind them",
        argument: "task",
        meaning: "What is to be done, such as: denoise single-cell RNA-seq counts",
        text: "Find tools for this task: {}. Use `search` (kind tool, then kind topic), `describe` the best five, and \
               `papers_of_tool` for each. Compare them in a table: what it does, paper and year, confidence of the tie, \
               status (archived, retracted), how many independent lists name it. Cite an IRI and a source line for each \
               statement, and say what the graph does not know.",
    },
    Task {
        name: "check_tie",
        title: "Check why a tool and a paper are tied",
        description: "The evidence for what is said of a tool or paper, and whether it holds",
        argument: "thing",
        meaning: "A tool or paper: IRI, identifier or name",
        text: "What is this thing tied to, and why: {}? Use `describe`, then `tools_of_paper` or `papers_of_tool`. For each \
               tie say the evidence, the confidence and the source lines, where sources disagree, and whether you would \
               trust it. Do not add ties from your own memory.",
    },
];

pub(super) fn list() -> Vec<Prompt> {
    let prompt = |task: &Task| {
        let argument = PromptArgument::new(task.argument).with_description(task.meaning).with_required(true);
        Prompt::new(task.name, Some(task.description), Some(vec![argument])).with_title(task.title)
    };
    TASKS.iter().map(prompt).collect()
}

pub(super) fn get(name: &str, arguments: &JsonObject) -> Result<GetPromptResult, ErrorData> {
    let task = TASKS.iter().find(|task| task.name == name);
    let task = task.ok_or_else(|| ErrorData::invalid_params(format!("unknown prompt: {}", clean(name, NAME)), None))?;
    let value = arguments.get(task.argument).and_then(serde_json::Value::as_str);
    let value = value.ok_or_else(|| {
        ErrorData::invalid_params(
            format!("the prompt {name} needs the text `{}`: {}", task.argument, task.meaning),
            None,
        )
    })?;
    let text = task.text.replace("{}", &quote(value, 2 * NAME));
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).with_description(task.description))
}
