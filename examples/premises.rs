//! Buildings: what they cost whom, who could share, and what giving one up would free and when.
//!
//! ```text
//! cargo run --release --example premises -- --decided 2025-04-01
//! ```

mod common;

use clap::Parser;
use common::Data;
use jiff::civil::Date;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::premises::Freed;
use wholeplace::{Boundary, Period, Phase};

/// What buildings cost without counting rent between partners, by body and by desk; and what could move.
///
/// cargo run --release --example premises -- --decided 2025-04-01 --boundary public-bodies
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Of which year, such as 2024-25; the period of the pack's reports when left out.
    #[arg(long)]
    year: Option<Period>,
    /// When it is decided to give a building up; the day after the year when left out.
    #[arg(long)]
    decided: Option<Date>,
    /// Between whom rent is no cost: a boundary of the pack, several partners with commas between, or all-partners.
    #[arg(long, default_value = "all-partners")]
    boundary: Boundary,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/partners"))?;
    let premises = data.premises(&place)?;
    let (account, cube) = data.account(&place)?;
    let year = match arguments.year {
        Some(year) => year,
        None => cube.period_of_reports(Phase::Outturn)?,
    };
    writeln!(out, "{}", premises.table())?;
    let costs = premises.costs(year, &arguments.boundary)?;
    writeln!(out, "{}", costs.table(&premises)?)?;
    writeln!(out, "{}", costs.by_body_table(&premises)?)?;
    writeln!(out, "{}", premises.by_day_table()?)?;
    for team in premises.occupiers() {
        let building = &premises.buildings()[team.building].code;
        for other in premises.could_share(building, &team.team)? {
            let near = if other.same_place {
                ", in the same place"
            } else {
                ""
            };
            let (name, left) = (&other.name, other.left);
            writeln!(
                out,
                "{} could move into {name}{near}; desks left on its fullest day: {left}",
                team.team
            )?;
        }
    }
    writeln!(out)?;
    let decided = match arguments.decided {
        Some(day) => day,
        None => year.last_day().tomorrow()?,
    };
    let freed: Vec<Freed> = (premises.buildings().iter())
        .map(|one| premises.freed(&one.code, decided, year, &arguments.boundary))
        .collect::<Result<_, _>>()?;
    let title = format!(
        "What giving up a building frees in a year, decided on {decided}, at the costs of {year}"
    );
    writeln!(out, "{}", premises.freed_table(&title, &freed))?;
    let in_account = premises.in_account(&account, year)?;
    data.found(&in_account.findings);
    writeln!(out, "{}", in_account.reconciliation)?;
    Ok(())
}
