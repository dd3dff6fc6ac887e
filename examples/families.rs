//! How many families are known to how many agencies, and what they cost together.
//!
//! ```text
//! cargo run --release --example families
//! ```

mod common;

use clap::Parser;
use common::Data;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::Boundary;

/// Families by the agencies that know them: groups of few are never told, and numbers are rounded down.
///
/// cargo run --release --example families -- --boundary public-bodies
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Whose spending is shared out: a partner, a boundary of the pack, or all-partners.
    #[arg(long, default_value = "all-partners")]
    boundary: Boundary,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    let families = data.families(&place)?;
    let told = families.overlaps();
    writeln!(out, "{}", families.by_agencies_table(&told))?;
    writeln!(out, "{}", families.agencies_table(&told))?;
    writeln!(out, "{}", families.pairs_table(&told))?;
    let (_, cube) = data.account(&place)?;
    let costs = families.costs(&told, &cube, &arguments.boundary)?;
    writeln!(out, "{}", families.costs_table(&told, &costs))?;
    Ok(())
}
