use std::io::Write as _;

use super::{
    Place,
    output::{self, FormatName},
};
use crate::query;

/// Count things by kind, links and quads
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// table, csv, tsv, json, xml
    #[arg(short, long)]
    format: Option<FormatName>,
}

pub(super) fn run(args: &Args, place: &Place) -> anyhow::Result<()> {
    place.read(|graph| {
        let question = query::named("stats").expect("the question is embedded");
        let mut out = output::stdout();
        query::write(
            graph.query(&question.sparql, &[])?,
            output::format_or_default(args.format),
            output::width(),
            &mut out,
        )?;
        out.flush()?;
        Ok(())
    })
}
