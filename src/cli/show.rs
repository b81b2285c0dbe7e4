use std::io::Write as _;

use super::{Place, failure::Hinted, output};
use crate::query::{self, Card, Consensus};

/// Show what is known of one thing
///
/// The thing is found by IRI, DOI, arXiv or PubMed identifier, address, name, or a part of its title; of a topic, also by
/// its number. Where several match, they are listed.
///
/// Example: amml-graph show scVI --why
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The thing
    thing: String,
    /// Print also where each fact comes from: source, lines, rules, evidence, confidence
    #[arg(long)]
    why: bool,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    place.read(|graph| {
        let found = query::find(graph, &args.thing)?;
        let mut out = output::stdout();
        match found.as_slice() {
            [] => {
                let hint =
                    "a thing is found by IRI, DOI, arXiv or PubMed identifier, address, name, or a part of its title";
                Err(Hinted::new(format!("nothing in the store is known as {:?}", args.thing), hint).into())
            }
            [only] => {
                print(&Card::of(graph, only)?, args.why, &mut out)?;
                Ok(out.flush()?)
            }
            several => {
                writeln!(out, "{} things match {:?}:", several.len(), args.thing)?;
                for found in several {
                    writeln!(out, "  {:<12} {}\n  {:<12} {}", found.kind, found.name, "", found.iri.as_str())?;
                }
                Ok(out.flush()?)
            }
        }
    })
}

fn print(card: &Card, why: bool, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    writeln!(out, "{}", card.name)?;
    writeln!(out, "{} <{}>", card.kind, card.iri)?;
    for (label, values) in &card.lines {
        for (at, value) in values.iter().enumerate() {
            let label = if at == 0 { label.as_str() } else { "" };
            writeln!(out, "  {label:<16} {value}")?;
        }
    }
    named_in(&card.consensus, out)?;
    for origin in &card.origins {
        writeln!(out, "  {:<16} {}", "stands in", origin.place)?;
        if why {
            if !origin.rules.is_empty() {
                writeln!(out, "  {:<16} read by {}", "", origin.rules)?;
            }
            for line in origin.text.lines() {
                writeln!(out, "  {:<16} │ {line}", "")?;
            }
        }
    }
    for reason in card.reasons.iter().filter(|_| why) {
        writeln!(out, "  {:<16} {}", "because", reason.link)?;
        writeln!(out, "  {:<16} {} (confidence {})", "", reason.evidence, reason.confidence)?;
        for origin in &reason.origins {
            writeln!(out, "  {:<16} {origin}", "")?;
        }
    }
    Ok(())
}

/// How many lists name it, and under which topics.
fn named_in(consensus: &Consensus, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    if consensus.lists.len() < 2 {
        return Ok(());
    }
    let independent = match consensus.n_independent {
        all if all == consensus.lists.len() => String::new(),
        some => format!(", {some} of them independent"),
    };
    writeln!(out, "  {:<16} {} lists{independent}", "named in", consensus.lists.len())?;
    for naming in &consensus.lists {
        let topics = naming.topics.iter().map(String::as_str).collect::<Vec<_>>().join("; ");
        let under = if topics.is_empty() { String::new() } else { format!(" under {topics}") };
        let kin = naming.counts_with.as_ref().map_or_else(String::new, |with| format!(" (counts with {with})"));
        writeln!(out, "  {:<16} {}{under}{kin}", "", naming.list)?;
    }
    Ok(())
}
