use std::{io, process::ExitCode};

use crate::{
    export::RenderError,
    net::Failure,
    query::{OutputError, QuestionError},
    read::ReadError,
    store::StoreError,
};

/// A command that was called in a way that cannot work; exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Usage {
    message: String,
    hint: String,
}

impl Usage {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// A failure for which there is something to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(super) struct Hinted {
    message: String,
    hint: String,
}

impl Hinted {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

/// Prints why the command failed and what to do, and gives the exit status. A closed pipe is no failure.
pub(super) fn report(error: &anyhow::Error) -> ExitCode {
    if error.chain().any(is_closed_pipe) {
        return ExitCode::SUCCESS;
    }
    tell!("error: {}", told(error.as_ref()));
    if let Some(hint) = error.chain().find_map(hint) {
        tell!("hint: {hint}");
    }
    let is_usage = error.chain().any(|cause| {
        cause.is::<Usage>()
            || matches!(
                cause.downcast_ref(),
                Some(
                    QuestionError::MissingParameter { .. }
                        | QuestionError::UnknownParameter { .. }
                        | QuestionError::NotANumber { .. }
                )
            )
            || matches!(cause.downcast_ref(), Some(StoreError::NoSuchVariable { .. }))
            || matches!(cause.downcast_ref(), Some(OutputError::WrongFormat { .. }))
    });
    ExitCode::from(if is_usage { 2 } else { 1 })
}

/// An error with all its causes, in one line.
pub(super) fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = String::new();
    for cause in std::iter::successors(Some(error), |error| error.source()) {
        let text = cause.to_string();
        if !told.ends_with(&text) {
            told = if told.is_empty() { text } else { format!("{told}: {text}") };
        }
    }
    told
}

fn is_closed_pipe(cause: &(dyn std::error::Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// What to do about it.
fn hint(cause: &(dyn std::error::Error + 'static)) -> Option<String> {
    if let Some(error) = cause.downcast_ref::<Usage>() {
        return Some(error.hint.clone());
    }
    if let Some(error) = cause.downcast_ref::<Hinted>() {
        return Some(error.hint.clone());
    }
    if let Some(error) = cause.downcast_ref::<StoreError>() {
        return store_hint(error);
    }
    if let Some(error) = cause.downcast_ref::<QuestionError>() {
        return question_hint(error);
    }
    if let Some(error) = cause.downcast_ref::<ReadError>() {
        return read_hint(error);
    }
    if let Some(OutputError::WrongFormat { .. }) = cause.downcast_ref() {
        return Some(
            "rows can be table, csv, tsv, json or xml; graphs can be ttl, nt, nq, trig, jsonld or rdfxml".to_owned(),
        );
    }
    if let Some(RenderError::NoGraphviz { .. }) = cause.downcast_ref() {
        return Some(
            "install it (on Debian: apt-get install graphviz), or write --format svg, which needs nothing, or --dot"
                .to_owned(),
        );
    }
    if let Some(RenderError::TooSlow { .. }) = cause.downcast_ref() {
        return Some("draw fewer with --max-nodes, use --engine sfdp, or give it more --time-limit".to_owned());
    }
    cause
        .downcast_ref::<io::Error>()
        .filter(|error| error.kind() == io::ErrorKind::StorageFull)
        .map(|_| "free some room on the disk; the store is as it was".to_owned())
}

fn read_hint(error: &ReadError) -> Option<String> {
    Some(match error {
        ReadError::Unreadable { .. } => "check the name and that the file can be read".to_owned(),
        ReadError::Binary { .. } => "give a Markdown file, such as the README.md of a list".to_owned(),
        ReadError::UnknownJson { .. } => {
            "give CSL-JSON, an export of Zotero, records of bio.tools or the links of Papers with Code".to_owned()
        }
        ReadError::TooLarge { .. } => "unpack it, and give the part that you need".to_owned(),
        ReadError::EmptyFolder { .. } => "give a folder with .md files, a file, or a pattern such as lists/**/*.md".to_owned(),
        ReadError::NothingMatches { .. } => "* stands for a part of a name, ** for any folders".to_owned(),
        ReadError::BadPattern { .. } => "check the name; a pattern is such as lists/**/*.md".to_owned(),
        ReadError::Absent { .. } => {
            "check the name; for a list in another file write github:owner/repo/path.md; for a private one set GITHUB_TOKEN"
                .to_owned()
        }
        ReadError::NotMarkdown { .. } => {
            "give the address of a Markdown file, such as github:owner/repo/docs/list.md".to_owned()
        }
        ReadError::Unfetched { cause, .. } => return network_hint(cause),
    })
}

fn network_hint(failure: &Failure) -> Option<String> {
    Some(match failure {
        Failure::Unreachable { .. } => {
            "check the address and the connection; with --offline, what was fetched before is read again".to_owned()
        }
        Failure::Status { status: 401 | 403, .. } => "check GITHUB_TOKEN".to_owned(),
        Failure::Status { .. } => "try again later; with --offline, what was fetched before is read again".to_owned(),
        Failure::LongWait { .. } => "try again after that time; with GITHUB_TOKEN set, GitHub allows more".to_owned(),
        Failure::TooLarge { .. } => "if it is a list, download it and give the file".to_owned(),
        Failure::TooManyRedirects { .. } | Failure::BadRedirect { .. } => {
            "open the address in a browser, and give the one that it ends at".to_owned()
        }
        Failure::NotPublic { .. } => {
            "check the address; only public ones are asked when they come from data".to_owned()
        }
        Failure::GivenUp { .. } => "try again later; what was told so far is kept".to_owned(),
        Failure::OutOfTime { .. } => {
            "run it again: what was told so far is kept, and is not asked for again".to_owned()
        }
        Failure::NotKept { .. } => "fetch it once without --offline; the cache is named by --cache DIR".to_owned(),
        Failure::Unkeepable { .. } => "give another folder with --cache DIR".to_owned(),
        Failure::NoClient { .. } => {
            "check that ca-certificates are installed (on Debian: apt-get install ca-certificates)".to_owned()
        }
    })
}

fn store_hint(error: &StoreError) -> Option<String> {
    Some(match error {
        StoreError::Missing { .. } => "make it with: amml-graph build".to_owned(),
        StoreError::NotAStore { .. } => "give another place with --store DIR; a new folder is made".to_owned(),
        StoreError::OtherVersion { .. } => {
            "use the version of amml-graph that wrote it, or remove the folder and build again".to_owned()
        }
        StoreError::Busy { .. } => "wait until the other process is done, or use another --store DIR".to_owned(),
        StoreError::Unlockable { .. } => "check that the folder can be made and written to".to_owned(),
        StoreError::Unreadable { .. } => {
            "if it was written by another version or is damaged, remove the folder and build again".to_owned()
        }
        StoreError::Failed { .. } => "check that the disk has room; the store is as it was".to_owned(),
        StoreError::NoSuchVariable { .. } => {
            "a parameter is the name of a variable of the query, without its question mark".to_owned()
        }
        StoreError::Syntax(_) => {
            "see https://www.w3.org/TR/sparql11-query/ and the examples of: amml-graph query --list".to_owned()
        }
        StoreError::Stopped(_) => "give it more with --query-timeout and --query-memory, or ask for less".to_owned(),
        StoreError::Evaluation(_)
        | StoreError::Update(_)
        | StoreError::LoadRefused { .. }
        | StoreError::TwoDatasets
        | StoreError::ServiceRefused { .. }
        | StoreError::Excessive(_)
        | StoreError::ReadOnly => return None,
    })
}

fn question_hint(error: &QuestionError) -> Option<String> {
    Some(match error {
        QuestionError::MissingParameter { parameter, .. } => format!("add --param {parameter}=…"),
        QuestionError::UnknownParameter { question, .. } => {
            format!("see its parameters with: amml-graph query --list {question}")
        }
        QuestionError::NotANumber { parameter, .. } => format!("write --param {parameter}=2019"),
        QuestionError::NothingFound { .. } => {
            "a thing is found by IRI, DOI, arXiv or PubMed identifier, address, name, or a part of its title".to_owned()
        }
        QuestionError::Ambiguous { .. } => "give more of the title, or the IRI".to_owned(),
        QuestionError::Store(error) => return store_hint(error),
    })
}
