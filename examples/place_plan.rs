//! What places want, what it costs, who pays for it, and what is already spent there on this.
//!
//! ```text
//! cargo run --release --example place_plan -- --on 2025-03-31
//! ```

mod common;

use clap::Parser;
use common::Data;
use jiff::civil::Date;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::{Boundary, Period, Phase};

/// Priorities with their funding, each pound in one place; what a ledger has too is counted once.
///
/// cargo run --release --example place_plan -- --on 2025-03-31 --boundary council
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// At the end of which day, such as 2025-03-31; the last of the period when left out.
    #[arg(long)]
    on: Option<Date>,
    /// Which accounts stand beside: budget, forecast or outturn.
    #[arg(long, default_value = "outturn")]
    phase: Phase,
    /// Of when, such as 2024-25; the period of the pack's reports when left out.
    #[arg(long)]
    period: Option<Period>,
    /// Whose spending stands beside: a partner, a boundary of the pack, or all-partners.
    #[arg(long, default_value = "all-partners")]
    boundary: Boundary,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    let plans = data.plans(&place)?;
    let (account, cube) = data.account(&place)?;
    let period = match arguments.period {
        Some(period) => period,
        None => cube.period_of_reports(arguments.phase)?,
    };
    let on = arguments.on.unwrap_or(period.last_day());
    let statement = plans.statement(on)?;
    writeln!(out, "{}", statement.table()?)?;
    writeln!(out, "{}", statement.units_table()?)?;
    writeln!(out, "{}", statement.by_source_table()?)?;
    writeln!(out, "{}\n", statement.reconciliation)?;
    let rolls = plans.roll_forward(period.first_day(), period.last_day())?;
    let title = format!("What each source held, got and gave, {period}");
    writeln!(out, "{}", plans.roll_table(&title, &rolls))?;
    let matching = plans.matching(&account)?;
    data.found(&matching.findings);
    writeln!(out, "{}", matching.table())?;
    writeln!(out, "{}\n", matching.reconciliation)?;
    let spent = plans.spent_here(
        &cube,
        &account,
        (period, arguments.phase),
        &arguments.boundary,
    )?;
    let title = format!(
        "Spent here already, {period}, {}, inside {}",
        arguments.phase, arguments.boundary
    );
    writeln!(out, "{}", plans.spent_here_table(&title, &spent))?;
    Ok(())
}
