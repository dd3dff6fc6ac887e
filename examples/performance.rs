//! How an area agreement stands, and what its board has to know.
//!
//! ```text
//! cargo run --release --example performance -- --on 2025-06-26
//! ```

mod common;

use clap::Parser;
use common::Data;
use jiff::civil::Date;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::{Boundary, Period};

/// Targets, delivery plans, grants and a board paper, as at a day.
///
/// cargo run --release --example performance -- --on 2025-06-26 --since 2025-03-20
/// cargo run --release --example performance -- --on 2025-06-26 --gap
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// What had come by the end of which day, such as 2025-06-26.
    #[arg(long)]
    on: Date,
    /// What the board knew last, as at which day; its last meeting before when left out.
    #[arg(long)]
    since: Option<Date>,
    /// Of when the account stands beside, such as 2024-25; the period of the pack's reports when left out.
    #[arg(long)]
    period: Option<Period>,
    /// Show what each partner is short of in years to come, and what closes it.
    #[arg(long)]
    gap: bool,
    /// Whose spending stands beside: a partner, a boundary of the pack, or all-partners.
    #[arg(long, default_value = "all-partners")]
    boundary: Boundary,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    let agreement = data.agreement(&place)?;
    let before = agreement.meeting_before(arguments.on).map(|one| one.on);
    let since = arguments.since.or(before).ok_or(
        "no meeting of the pack is before that day; say since when things changed, as --since 2025-03-20",
    )?;
    let paper = agreement.board_paper(since, arguments.on)?;
    for table in paper.tables() {
        writeln!(out, "{table}")?;
    }
    let report = &paper.report;
    writeln!(out, "{}", report.table())?;
    writeln!(out, "{}", report.owed_table())?;
    writeln!(out, "{}", report.grants_table())?;
    writeln!(out, "{}", report.conditions_table())?;
    for grant in &report.grants {
        writeln!(out, "{}\n", grant.reconciliation)?;
    }
    writeln!(out, "{}", agreement.leads_table())?;
    writeln!(out, "{}", agreement.actions_table(arguments.on))?;
    let (account, cube) = data.account(&place)?;
    let matching = agreement.grants_in_account(&account, arguments.on)?;
    data.found(&matching.findings);
    writeln!(out, "{}", matching.table())?;
    writeln!(out, "{}\n", matching.reconciliation)?;
    let period = match arguments.period {
        Some(period) => period,
        None => cube.period_of_reports(wholeplace::Phase::Outturn)?,
    };
    let spent = agreement.spent(&cube, period, &arguments.boundary)?;
    let title = format!(
        "Actions and what the account has there, {period}, inside {}",
        arguments.boundary
    );
    writeln!(out, "{}", agreement.spent_table(&title, &spent))?;
    if !arguments.gap {
        return Ok(());
    }
    let plan = data.medium_term(&place)?;
    let statement = plan.statement()?;
    writeln!(out, "{}", statement.table())?;
    writeln!(out, "{}", statement.totals_table())?;
    writeln!(out, "{}\n", statement.reconciliation)?;
    writeln!(out, "{}", plan.reductions_table())?;
    let phases = plan.phases(&cube, period, &arguments.boundary)?;
    let title = format!(
        "Budget, forecast and outturn, {period}, inside {}",
        arguments.boundary
    );
    writeln!(out, "{}", plan.phases_table(&title, &phases))?;
    Ok(())
}
