//! What a contract that pays by results pays, what it refuses, and what it pays when nothing works.
//!
//! ```text
//! cargo run --release --example contract -- --contract youth-reoffending --on 2019-03-31
//! ```

mod common;

use clap::Parser;
use common::Data;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::appraisal::contract::{Contract, Contracts};
use wholeplace::indicator::Indicators;
use wholeplace::statistic::Simulation;
use wholeplace::table::{Align, Table};

/// What does a contract pay, and what when nothing works? Without --contract: all of them side by side.
///
/// cargo run --release --example contract -- --contract youth-reoffending --on 2019-03-31
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Code of a contract.
    #[arg(long)]
    contract: Option<String>,
    /// Also where claims stand at the end of this day, such as 2019-03-31.
    #[arg(long, value_name = "DAY")]
    on: Option<jiff::civil::Date>,
    /// Draw results so many times; as the contract says when left out.
    #[arg(long, requires = "seed")]
    draws: Option<u32>,
    /// Draw results from this number; as the contract says when left out.
    #[arg(long, requires = "draws")]
    seed: Option<u64>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let (contracts, register) = data.contracts(&place)?;
    for finding in contracts.findings().iter().chain(register.findings()) {
        writeln!(out, "{finding}\n")?;
    }
    let Some(code) = &arguments.contract else {
        writeln!(out, "{}", side_by_side(&contracts)?)?;
        if let Some(on) = arguments.on {
            writeln!(
                out,
                "{}",
                register.standing(on, None)?.table("all contracts")
            )?;
        }
        return Ok(());
    };
    let contract = contracts.find(code)?;
    let reported = contracts.reported(contract);
    writeln!(out, "{}", contract.terms_table())?;
    let indicators = match place.outcomes_file() {
        Some(_) => Some(Indicators::open(&place)?),
        None => None,
    };
    if let Some(indicators) = indicators {
        let known = contract.known_outcomes(&indicators)?;
        if !known.is_empty() {
            let localities = &place.axes().localities;
            writeln!(out, "{}", contract.known_table(&known, localities))?;
        }
    }
    if !reported.is_empty() {
        let payment = contract.pay(reported)?;
        writeln!(out, "{}", contract.payment_table(&payment))?;
        writeln!(out, "{}", contract.refused_table(&payment))?;
        let cliffs = contract.cliffs(reported)?;
        if !cliffs.is_empty() {
            writeln!(out, "{}", contract.cliffs_table(&cliffs))?;
        }
    }
    drawn(arguments, contract, out)?;
    if let Some(on) = arguments.on {
        let standing = register.standing(on, Some(code))?;
        writeln!(out, "{}", standing.table(&contract.name))?;
    }
    Ok(())
}

/// What it pays when results scatter.
fn drawn(arguments: &Arguments, contract: &Contract, out: &mut dyn Write) -> common::Outcome {
    let simulation = match (arguments.draws, arguments.seed) {
        (Some(draws), Some(seed)) => Some(Simulation::new(draws, seed)?),
        _ => contract.simulation,
    };
    let Some(simulation) = simulation else {
        return Ok(());
    };
    let drawn = contract.simulate(simulation)?;
    writeln!(out, "{}", contract.chances_table(&drawn))?;
    writeln!(out, "{}", contract.term_chances_table(&drawn))?;
    if contract.terms.iter().any(|term| term.has_cliff()) {
        writeln!(
            out,
            "As expected, without noise:\n\n{}",
            contract.cliffs_table(&drawn.cliffs)
        )?;
    }
    for finding in &drawn.findings {
        writeln!(out, "{finding}\n")?;
    }
    Ok(())
}

/// All contracts, with what they pay for what was reported so far.
fn side_by_side(contracts: &Contracts) -> Result<Table, Box<dyn std::error::Error>> {
    let mut table = Table::new("Contracts that pay by results");
    table.column("", Align::Left);
    table.column("place", Align::Left);
    table.column("terms", Align::Right);
    table.column("pays so far", Align::Right);
    for contract in contracts.iter() {
        let payment = contract.pay(contracts.reported(contract))?;
        table.row([
            contract.code.clone(),
            contract.place.clone(),
            contract.terms.len().to_string(),
            payment.total.to_string(),
        ]);
    }
    Ok(table)
}
