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
use wholeplace::appraisal::uncertain::{Nothing, PerfectInformation, Sampled, Seeded};
use wholeplace::appraisal::{Appraisal, Gain, Proposals, Ranking, switching_table};
use wholeplace::statistic::Confidence;

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
    /// How many times proposals are drawn from their ranges, for chances; with --seed.
    #[arg(long, requires = "seed")]
    draws: Option<u32>,
    /// The seed of the draws; with --draws.
    #[arg(long, requires = "draws")]
    seed: Option<u64>,
    /// Also what was counted beside what was promised; with --confidence.
    #[arg(long, requires_all = ["confidence", "proposal"])]
    observed: bool,
    /// How sure the intervals of what was counted are meant to be, as 0.95; with --observed.
    #[arg(long, requires = "observed")]
    confidence: Option<Confidence>,
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
        let all = proposals.appraise(&cube)?;
        let boundary = arguments.boundary.parse()?;
        writeln!(out, "{}", Ranking::by(&boundary, &all)?.table())?;
        if let (Some(draws), Some(seed)) = (arguments.draws, arguments.seed) {
            worth_of_knowing(&all, Seeded::new(draws, seed)?, out)?;
        }
        return Ok(());
    };
    let appraisal = proposals.find(code)?.appraise(&cube)?;
    writeln!(out, "{appraisal}")?;
    if let (Some(draws), Some(seed)) = (arguments.draws, arguments.seed) {
        how_sure(&appraisal, Seeded::new(draws, seed)?, out)?;
    }
    if let Some(confidence) = arguments.confidence {
        what_was_seen(&appraisal, &proposals, confidence, data, out)?;
    }
    if arguments.explain {
        writeln!(out, "{}", appraisal.assumptions_table())?;
    }
    Ok(())
}

/// Chances, what they hang on, and how far each figure may be off.
fn how_sure(appraisal: &Appraisal, seeded: Seeded, out: &mut dyn Write) -> common::Outcome {
    let sampled = appraisal.draw(seeded)?;
    for table in [
        sampled.chances_table(),
        sampled.no_worse_table(),
        sampled.payback_table(),
    ] {
        writeln!(out, "{table}")?;
    }
    let whole = appraisal.verdict(&"all-partners".parse()?)?.purse;
    writeln!(out, "{}", sampled.drivers_table(&whole, Gain::NetSaving)?)?;
    let tornado = appraisal.tornado(&whole, Gain::NetSaving)?;
    writeln!(out, "{}", tornado.table())?;
    if let [one, other, ..] = &tornado.bars[..] {
        let (down, across) = (&one.source.name, &other.source.name);
        let two_way = appraisal.two_way(&whole, Gain::NetSaving, down, across, 4)?;
        writeln!(out, "{}", two_way.table())?;
    }
    let values = appraisal.switching_values()?;
    for purse in sampled.paying_purses() {
        writeln!(out, "{}", switching_table(&values, purse))?;
    }
    let known = PerfectInformation::between(&[&sampled], &whole, Nothing::IsAnOption)?;
    writeln!(out, "{}", known.table(&whole))?;
    Ok(())
}

/// What was promised beside what was counted, and what indicators say.
fn what_was_seen(
    appraisal: &Appraisal,
    proposals: &Proposals,
    confidence: Confidence,
    data: &mut Data,
    out: &mut dyn Write,
) -> common::Outcome {
    let (contracts, _) = data.contracts(proposals.place())?;
    let observed = data.observed(proposals)?;
    let evaluation = (appraisal.evaluate(&observed, confidence)?).with_contracts(&contracts)?;
    writeln!(out, "{}", evaluation.table())?;
    let indicators = data.indicators(proposals.place())?;
    let indicated = appraisal.indicated(&indicators)?;
    if !indicated.is_empty() {
        writeln!(out, "{}", evaluation.indicated_table(&indicated))?;
    }
    Ok(())
}

/// What it would be worth to know before one of all proposals is chosen.
fn worth_of_knowing(all: &[Appraisal], seeded: Seeded, out: &mut dyn Write) -> common::Outcome {
    let (ranged, sure): (Vec<_>, Vec<_>) =
        (all.iter()).partition(|appraisal| !appraisal.proposal.ranges.is_empty());
    for appraisal in sure {
        let code = &appraisal.proposal.code;
        writeln!(out, "{code} has no ranges and is not drawn.\n")?;
    }
    let sampled: Vec<Sampled> = (ranged.iter())
        .map(|appraisal| appraisal.draw(seeded))
        .collect::<Result<_, _>>()?;
    let options: Vec<&Sampled> = sampled.iter().collect();
    let whole = "the whole public purse";
    let known = PerfectInformation::between(&options, whole, Nothing::IsAnOption)?;
    writeln!(out, "{}", known.table(whole))?;
    Ok(())
}
