use std::io::Write;

use super::{Place, failure::Hinted, output};
use crate::{
    query::{self, Chain, Found},
    store::Graph,
};

/// Show the chain behind what is said of a thing, down to the lines
///
/// Every fact with the places that say it; everything inferred with its evidence and confidence; the decisions about it; and
/// the text of each line, with the rules by which it was read. With OTHER, only what ties the two things, or, if both names
/// mean one thing, why it is one.
///
/// Example: amml-graph why scVI 10.1038/s41592-018-0229-2
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The thing
    thing: String,
    /// Another thing
    other: Option<String>,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    place.read(|graph| {
        let thing = one(graph, &args.thing)?;
        let mut out = output::stdout();
        let other = args.other.as_ref().map(|other| one(graph, other)).transpose()?;
        title(&thing, &mut out)?;
        let chain = match &other {
            None => Chain::of(graph, &thing)?,
            Some(other) => {
                if other.iri != thing.iri {
                    title(other, &mut out)?;
                }
                Chain::between(graph, &thing, other)?
            }
        };
        print(&chain, &mut out)?;
        out.flush()?;
        if chain.is_empty() {
            tell!(
                "nothing that was read, inferred or decided ties {:?} to {:?}",
                args.thing,
                args.other.as_deref().unwrap_or_default()
            );
        }
        Ok(())
    })
}

/// The one thing that a text means.
fn one(graph: &Graph, text: &str) -> anyhow::Result<Found> {
    let mut found = query::find(graph, text)?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => {
            let hint =
                "a thing is found by IRI, DOI, arXiv or PubMed identifier, address, name, or a part of its title";
            Err(Hinted::new(format!("nothing in the store is known as {text:?}"), hint).into())
        }
        _ => {
            let names: Vec<String> =
                found.iter().take(5).map(|found| format!("{} <{}>", found.name, found.iri.as_str())).collect();
            let hint = "give more of the name, or the IRI";
            Err(Hinted::new(format!("{text:?} may mean {}", names.join(", ")), hint).into())
        }
    }
}

fn title(thing: &Found, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{}", thing.name)?;
    Ok(writeln!(out, "{} <{}>", thing.kind, thing.iri.as_str())?)
}

fn print(chain: &Chain, out: &mut impl Write) -> anyhow::Result<()> {
    for fact in &chain.facts {
        writeln!(out, "  {:<16} {}", fact.label, fact.value)?;
        let places: Vec<&str> = fact.places.iter().map(String::as_str).collect();
        writeln!(out, "  {:<16}   in {}", "", places.join(", "))?;
    }
    for reason in &chain.reasons {
        writeln!(out, "  {:<16} {}", "because", reason.link)?;
        writeln!(out, "  {:<16}   {} (confidence {})", "", reason.evidence, reason.confidence)?;
        for ground in &reason.grounds {
            writeln!(out, "  {:<16}   in {}", "", ground.place)?;
        }
    }
    for decision in &chain.decisions {
        writeln!(out, "  {:<16} {}", "decided in", decision.place)?;
    }
    for (place, origin) in &chain.texts {
        let rules = if origin.rules.is_empty() { String::new() } else { format!(", read by {}", origin.rules) };
        writeln!(out, "{place}{rules}")?;
        for line in origin.text.lines() {
            writeln!(out, "  │ {line}")?;
        }
    }
    Ok(())
}
