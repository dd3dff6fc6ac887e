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
use wholeplace::appraisal::{Appraisal, Proposals, Ranking};

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
    /// Whose gain ranks proposals: a partner, a boundary of the pack, several with commas between, or all-partners.
    #[arg(long, default_value = "all-partners")]
    boundary: String,
    /// Also every assumption behind the figures, with its source.
    #[arg(long)]
    explain: bool,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let proposals = Proposals::open(&place)?;
    let (_, cube) = data.account(&place)?;
    let Some(code) = &arguments.proposal else {
        let all: Vec<Appraisal> = (proposals.iter())
            .map(|proposal| proposal.appraise(&cube))
            .collect::<Result<_, _>>()?;
        let boundary = arguments.boundary.parse()?;
        writeln!(out, "{}", Ranking::by(&boundary, &all)?.table())?;
        return Ok(());
    };
    let appraisal = proposals.find(code)?.appraise(&cube)?;
    writeln!(out, "{appraisal}")?;
    if arguments.explain {
        writeln!(out, "{}", appraisal.assumptions_table())?;
    }
    Ok(())
}
