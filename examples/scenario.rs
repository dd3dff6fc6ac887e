//! Money moved between cells of the account, and what the account then says.
//!
//! ```text
//! cargo run --release --example scenario -- --scenario earlier-help
//! ```

mod common;

use clap::Parser;
use common::Data;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::appraisal::scenario::{Scenario, SideBySide};
use wholeplace::{Boundary, By, Period, Phase};

/// What may be moved, what holds the rest, and what everybody then has. Without --scenario: all side by side.
///
/// cargo run --release --example scenario -- --scenario earlier-help --by locality@area
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Code of a scenario.
    #[arg(long)]
    scenario: Option<String>,
    /// Which accounts: budget, forecast or outturn.
    #[arg(long, default_value = "outturn")]
    phase: Phase,
    /// Of when, such as 2024-25; the period of the pack's reports when left out.
    #[arg(long)]
    period: Option<Period>,
    /// Whose spending: a partner, a boundary of the pack, several with commas between, or all-partners.
    #[arg(long, default_value = "all-partners")]
    boundary: Boundary,
    /// By what to drill: partner, activity@theme, locality@place-plan-area, ages, flexibility, funder …
    #[arg(long, default_value = "partner")]
    by: By,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    let scenarios = data.scenarios(&place)?;
    let (_, cube) = data.account(&place)?;
    let plans = match &arguments.scenario {
        Some(code) => vec![scenarios.find(code)?],
        None => scenarios.iter().collect(),
    };
    let made: Vec<Scenario> = (plans.into_iter())
        .map(|plan| plan.apply(&cube))
        .collect::<Result<_, _>>()?;
    for scenario in &made {
        writeln!(out, "{}", scenario.table())?;
    }
    let period = match arguments.period {
        Some(period) => period,
        None => cube.period_of_reports(arguments.phase)?,
    };
    let made: Vec<&Scenario> = made.iter().collect();
    let beside = SideBySide::of(&cube, &made, |cube| {
        cube.ask()
            .period(period)
            .phase(arguments.phase)
            .boundary(arguments.boundary.clone())
            .by([arguments.by.clone()])
    })?;
    let title = format!(
        "{period}, {}, inside {}",
        arguments.phase, arguments.boundary
    );
    writeln!(out, "{}", beside.table(&title))?;
    Ok(())
}
