//! Who pays, who saves, when, in cash, and who settles with whom.
//!
//! ```text
//! cargo run --release --example appraise -- --proposal youth-diversion
//! ```

mod common;

use clap::Parser;
use common::Data;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::appraisal::Appraisal;
use wholeplace::table::{Align, Table};

/// Is a proposal worth doing, and for whom? Without --proposal: all of them side by side.
///
/// cargo run --release --example appraise -- --proposal youth-diversion
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Code of a proposal.
    #[arg(long)]
    proposal: Option<String>,
    /// Also every assumption behind the figures, with its source.
    #[arg(long)]
    explain: bool,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let proposals = data.proposals(&place)?;
    let (_, cube) = data.account(&place)?;
    let Some(code) = &arguments.proposal else {
        let all: Vec<Appraisal> = (proposals.iter())
            .map(|proposal| proposal.appraise(&cube))
            .collect::<Result<_, _>>()?;
        writeln!(out, "{}", side_by_side(&all)?)?;
        return Ok(());
    };
    let appraisal = proposals.find(code)?.appraise(&cube)?;
    writeln!(out, "{appraisal}")?;
    if arguments.explain {
        writeln!(out, "{}", appraisal.assumptions_table())?;
    }
    Ok(())
}

/// All proposals, by what the whole purse gains: never by a ratio alone.
fn side_by_side(all: &[Appraisal]) -> Result<Table, Box<dyn std::error::Error>> {
    let mut rows = Vec::with_capacity(all.len());
    for appraisal in all {
        let whole = appraisal.verdict(&"all-partners".parse()?)?;
        rows.push((appraisal.proposal, whole));
    }
    rows.sort_by(|(_, one), (_, other)| other.net_saving.cmp(&one.net_saving));
    let mut table = Table::new("Proposals, by what the whole public purse gains");
    table.column("", Align::Left);
    for heading in ["saves less pays", "return", "in cash", "pays back"] {
        table.column(heading, Align::Right);
    }
    for (proposal, whole) in rows {
        table.row([
            proposal.code.clone(),
            whole.net_saving_in_pounds(),
            whole.fiscal_return.to_string(),
            whole.cash_return.to_string(),
            whole.payback.stays_discounted.to_string(),
        ]);
    }
    Ok(table)
}
