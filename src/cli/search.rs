use std::io::Write as _;

use clap::ValueEnum;

use super::{Place, output, part};
use crate::{
    explore::{Findings, Hit},
    serve::{self, Sought},
    store::{Access, Graph},
};

/// Search titles, names, descriptions, topics and authors, the best first
///
/// In English and Chinese, with typing slips forgiven. The index is kept in the store's folder, and made anew when the store
/// has changed. Without words, shows what is best known.
///
/// Example: amml-graph search "deep count autoencodr" --kind paper
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The words
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    /// Only things of this kind: paper, tool, dataset, person, topic …
    #[arg(short, long)]
    kind: Option<String>,
    /// Only things under this topic
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Only things of this year
    #[arg(long)]
    year: Option<i32>,
    /// How many
    #[arg(short = 'n', long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// For people, or for programs
    #[arg(short, long, value_enum)]
    format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each, and how many there are of each kind
    Table,
    /// All that is known of what was found
    Json,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    let graph = Graph::open(&place.path()?, Access::Read)?;
    let topic = args.topic.as_deref().map(|text| part::one(&graph, text, Some("topic"))).transpose()?;
    let sought = Sought::new(&args.text.join(" "), args.kind.as_deref(), args.limit, 0)
        .narrowed(topic.map(oxrdf::NamedNode::into_string), args.year);
    let findings = serve::search(graph, &sought)?;
    let mut out = output::stdout();
    match args.format.unwrap_or(Format::Table) {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&findings)?)?,
        Format::Table => table(&findings, &mut out)?,
    }
    Ok(out.flush()?)
}

fn table(findings: &Findings, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    for Hit { item, .. } in &findings.hits {
        let year = item.year.map(|year| year.to_string()).unwrap_or_default();
        let status = item.status.as_ref().map(|status| format!(" [{status}]")).unwrap_or_default();
        writeln!(out, "{:<12} {year:<4}  {}{status}\n{:<18} {}", item.kind, item.name, "", item.iri)?;
    }
    let left = findings.total.saturating_sub(findings.hits.len());
    if left > 0 {
        let kinds: Vec<String> = findings.kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        tell!("{left} more; of all there are {}", kinds.join(", "));
    }
    if findings.total == 0 {
        tell!("nothing was found");
    }
    Ok(())
}
