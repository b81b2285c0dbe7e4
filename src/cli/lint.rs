use std::{
    fs,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::ValueEnum;

use super::{
    Place,
    failure::{Hinted, Usage},
    output,
};
use crate::{
    lint::{self, Finding, Format, Report, Rule, Settings, SettingsError, Severity},
    model::Known,
    query,
    read::{self, ReadError},
};

/// Check lists for what their curators should mend
///
/// Prints findings with line and column. Rules are switched off by --allow, in a file amml-lint.toml beside the list or in
/// the working directory ([rules] name = "off"|"note"|"warning"|"error"), or by a comment in the list:
/// <!-- amml-lint-disable RULE… -->, <!-- amml-lint-enable -->, <!-- amml-lint-disable-next-line RULE… -->.
/// Exit status: 1 if errors are found, 0 if not.
///
/// Example: amml-graph lint README.md
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Markdown files, folders of them, or - for standard input
    #[arg(required_unless_present = "list_rules")]
    lists: Vec<String>,
    /// How to print the findings
    #[arg(short, long, value_enum, default_value = "text")]
    format: FormatName,
    /// Mend what can be mended with certainty, and print what is left
    #[arg(long, conflicts_with = "diff")]
    fix: bool,
    /// Print what --fix would change as a unified diff, and change nothing
    #[arg(long, conflicts_with = "format")]
    diff: bool,
    /// Switch a rule off
    #[arg(long, value_name = "RULE")]
    allow: Vec<String>,
    /// Fail also on warnings, or on notes, too
    #[arg(long, value_enum, conflicts_with = "fail_on")]
    deny: Option<Denied>,
    /// Fail on findings of this severity and above
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    fail_on: SeverityName,
    /// Print findings of this severity and above
    #[arg(long, value_enum, default_value = "note", value_name = "SEVERITY")]
    level: SeverityName,
    /// The file of settings; without it, amml-lint.toml beside the list, then in the working directory
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Say also what the store DIR knows: links that are gone or moved (see enrich --links), repositories that were archived or
    /// moved, papers that were retracted. Without it, the text alone is judged
    #[arg(long, value_name = "DIR")]
    known: Option<String>,
    /// Print all rules with their severity and explanation
    #[arg(long)]
    list_rules: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// A line for each finding, then what to do
    Text,
    /// One object with findings and counts
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Workflow commands of GitHub
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SeverityName {
    /// Certainly wrong
    Error,
    /// Probably wrong
    Warning,
    /// Could be better
    Note,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Denied {
    Warnings,
    Notes,
}

const SETTINGS_FILE: &str = "amml-lint.toml";

pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    if args.list_rules {
        return print_rules();
    }
    let allowed = args.allow.iter().map(|name| rule(name)).collect::<anyhow::Result<Vec<Rule>>>()?;
    if args.fix && args.lists.iter().any(|list| list == "-") {
        let message = "standard input cannot be mended in place";
        return Err(Usage::new(message, "use --diff, or give a file").into());
    }
    let known = Arc::new(known(args.known.as_deref())?);
    let mut reports = Vec::new();
    let mut out = output::stdout();
    for list in load(&args.lists)? {
        let mut settings = settings(args, &list.path)?;
        allowed.iter().for_each(|rule| settings.allow(*rule));
        settings.know(Arc::clone(&known));
        let findings = check(args, &list, &settings, &mut out)?;
        reports.push(Report { path: list.name, findings });
    }
    let failed = count(&reports, args.fails_on());
    let summary = summary(&reports);
    for report in &mut reports {
        report.findings.retain(|finding| finding.severity >= args.level.severity());
    }
    if !args.diff {
        lint::write(&reports, args.format.format(), &mut out)?;
    }
    out.flush()?;
    if failed > 0 {
        let hint = "see the rules with: amml-graph lint --list-rules; what is marked fixable is mended by --fix";
        return Err(Hinted::new(summary, hint).into());
    }
    tell!("{summary}");
    Ok(())
}

fn known(store: Option<&str>) -> anyhow::Result<Known> {
    let Some(store) = store else { return Ok(Known::default()) };
    Place(store.to_owned()).read(|graph| query::known(graph).context("cannot read what the store knows"))
}

/// A file to check.
struct List {
    /// As the curator gave it.
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
}

fn load(arguments: &[String]) -> Result<Vec<List>, ReadError> {
    let mut lists = Vec::new();
    for argument in arguments {
        if argument == "-" {
            let path = PathBuf::from("stdin");
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|cause| ReadError::Unreadable { path: path.clone(), cause })?;
            lists.push(List { name: "stdin".to_owned(), path, bytes });
            continue;
        }
        for path in read::paths(argument.as_ref())? {
            let bytes = fs::read(&path).map_err(|cause| ReadError::Unreadable { path: path.clone(), cause })?;
            lists.push(List { name: path.display().to_string(), path, bytes });
        }
    }
    Ok(lists)
}

/// The findings of a list; with --fix those that are left, with --diff the diff is printed.
fn check(args: &Args, list: &List, settings: &Settings, out: &mut impl std::io::Write) -> anyhow::Result<Vec<Finding>> {
    let source = read::decode(&list.path, list.bytes.clone())?;
    let text = String::from_utf8_lossy(&list.bytes);
    if !args.fix && !args.diff {
        return Ok(lint::check(&source, &text, settings));
    }
    let (fixed, n_fixed) = lint::fix(&source, &text, settings);
    if args.diff {
        out.write_all(lint::diff(&list.name, &text, &fixed).as_bytes())?;
        return Ok(lint::check(&source, &text, settings));
    }
    if n_fixed > 0 {
        replace(&list.path, fixed.as_bytes()).with_context(|| format!("cannot write {}", list.name))?;
        tell!("{}: mended {n_fixed}", list.name);
    }
    Ok(lint::check(&read::decode(&list.path, fixed.clone().into_bytes())?, &fixed, settings))
}

/// Puts a whole new file in the place of the old one: whoever reads it sees one or the other.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link to the file stays a link.
    let path = fs::canonicalize(path)?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let written = fs::write(&part, bytes)
        .and_then(|()| fs::set_permissions(&part, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&part, &path));
    if written.is_err() {
        // What was written so far is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&part);
    }
    written
}

/// The settings that hold for a list.
fn settings(args: &Args, list: &Path) -> anyhow::Result<Settings> {
    let beside = list.with_file_name(SETTINGS_FILE);
    let path = match &args.config {
        Some(path) => path.clone(),
        None => match [beside, PathBuf::from(SETTINGS_FILE)].into_iter().find(|path| path.is_file()) {
            Some(path) => path,
            None => return Ok(Settings::default()),
        },
    };
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read the settings {}", path.display()))?;
    Settings::parse(&text).map_err(|error| {
        let hint = match &error {
            SettingsError::Syntax(_) => "write: [rules], and below it lines such as http-address = \"off\"".to_owned(),
            SettingsError::Rule(unknown) => hint_for(&unknown.near_names()),
            SettingsError::Level { .. } => "a level is off, note, warning or error".to_owned(),
        };
        let cause = std::error::Error::source(&error).map_or_else(String::new, |cause| format!(": {cause}"));
        Usage::new(format!("{}: {error}{}", path.display(), cause.trim_end()), hint).into()
    })
}

fn rule(name: &str) -> anyhow::Result<Rule> {
    name.parse::<Rule>().map_err(|unknown| Usage::new(unknown.to_string(), hint_for(&unknown.near_names())).into())
}

fn hint_for(near: &str) -> String {
    let all = "see all names with: amml-graph lint --list-rules";
    if near.is_empty() { all.to_owned() } else { format!("is it {near}? {all}") }
}

impl Args {
    fn fails_on(&self) -> Severity {
        match self.deny {
            Some(Denied::Warnings) => Severity::Warning,
            Some(Denied::Notes) => Severity::Note,
            None => self.fail_on.severity(),
        }
    }
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Text => Format::Text,
            Self::Json => Format::Json,
            Self::Sarif => Format::Sarif,
            Self::Github => Format::Github,
        }
    }
}

impl SeverityName {
    fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}

/// How many findings are at least as severe.
fn count(reports: &[Report], least: Severity) -> usize {
    reports.iter().flat_map(|report| &report.findings).filter(|finding| finding.severity >= least).count()
}

/// `2 errors, 1 warning, 3 notes in 1 list`
fn summary(reports: &[Report]) -> String {
    let count = |severity: Severity| {
        let number = reports.iter().flat_map(|report| &report.findings).filter(|f| f.severity == severity).count();
        plural(severity.word(), number)
    };
    let counts = [count(Severity::Error), count(Severity::Warning), count(Severity::Note)].join(", ");
    format!("{counts} in {}", plural("list", reports.len()))
}

fn plural(word: &str, count: usize) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn print_rules() -> anyhow::Result<()> {
    let mut out = output::stdout();
    for rule in Rule::ALL {
        writeln!(out, "{:<23} {:<8} {}", rule.name(), rule.severity().word(), rule.explanation())?;
        writeln!(out, "{:<32} {}", "", rule.advice())?;
    }
    Ok(out.flush()?)
}
