//! One question from the command line.
//!
//! ```text
//! cargo run --release --example ask -- --activity youth-justice --ages 10-17 --locality ludlow \
//!     --period 2017-18 --phase outturn --explain
//! ```

mod common;

use clap::{Parser, ValueEnum};
use common::Data;
use std::io::Write;
use std::process::ExitCode;
use wholeplace::account::Boundary;
use wholeplace::axis::{Ages, Period, Resource};
use wholeplace::cube::{By, Explanation};

/// What do partners spend on an activity, for an audience, in a place?
///
/// cargo run --release --example ask -- --activity youth-justice --ages 10-17 --locality ludlow --period 2017-18 --phase outturn
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Code of a partner; may be repeated.
    #[arg(long)]
    partner: Vec<String>,
    /// Code of an activity; may be repeated.
    #[arg(long)]
    activity: Vec<String>,
    /// Ages such as 10-17 or 65+; may be repeated.
    #[arg(long)]
    ages: Vec<String>,
    /// Code of a client group; may be repeated.
    #[arg(long)]
    group: Vec<String>,
    /// Code of a tag; one at a time.
    #[arg(long)]
    tag: Vec<String>,
    /// Code of a locality; may be repeated.
    #[arg(long)]
    locality: Vec<String>,
    /// A period such as 2017-18.
    #[arg(long)]
    period: String,
    /// budget, forecast or outturn.
    #[arg(long)]
    phase: String,
    /// Who is inside: all-partners, or codes of partners and sets with commas between.
    #[arg(long, default_value = "all-partners")]
    boundary: String,
    /// What is given in kind in the place of cash: staff-time, premises, volunteer-time, goods.
    #[arg(long)]
    resource: Option<String>,
    /// Axes to drill by, such as partner,locality@place-plan-area,activity@theme,ages,period.
    #[arg(long, value_delimiter = ',')]
    by: Vec<String>,
    /// Also everything outside the slice.
    #[arg(long)]
    complement: bool,
    /// How the figure was made, down to ledger lines; of each row, or of the total.
    #[arg(long)]
    explain: bool,
    /// How to write the answer.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    // What can be checked without the ledgers is checked before anything long is done.
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let period: Period = arguments.period.parse()?;
    let phase = common::phase(&place, &arguments.phase)?;
    let boundary: Boundary = arguments.boundary.parse()?;
    boundary.inside(&place)?;
    let resource: Resource = match &arguments.resource {
        Some(resource) => resource.parse()?,
        None => Resource::Cash,
    };
    let by: Vec<By> = (arguments.by.iter())
        .map(|by| by.parse())
        .collect::<Result<_, _>>()?;
    let (account, cube) = data.account(&place)?;
    common::recorded(&account, period, phase)?;
    let mut question = (cube.ask().period(period).phase(phase))
        .boundary(boundary)
        .resource(resource);
    question = arguments
        .partner
        .iter()
        .fold(question, |question, code| question.partner(code));
    question = arguments
        .activity
        .iter()
        .fold(question, |question, code| question.activity(code));
    question = arguments
        .group
        .iter()
        .fold(question, |question, code| question.group(code));
    question = arguments
        .tag
        .iter()
        .fold(question, |question, code| question.tag(code));
    question = arguments
        .locality
        .iter()
        .fold(question, |question, code| question.locality(code));
    for ages in &arguments.ages {
        question = question.ages(ages.parse::<Ages>()?);
    }
    question = question.by(by);
    if arguments.complement {
        question = question.with_complement();
    }
    let answer = question.answer()?;
    let explanations: Vec<Explanation> = if arguments.explain {
        (0..answer.rows.len())
            .map(|row| question.explain(Some(row), &account))
            .collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    match arguments.format.unwrap_or(Format::Table) {
        Format::Table => {
            writeln!(out, "{answer}")?;
            for explanation in &explanations {
                writeln!(out, "{explanation}\n")?;
            }
        }
        Format::Csv => write!(out, "{}", answer.to_csv())?,
        Format::Json => {
            let mut json = serde_json::to_value(&answer)?;
            if arguments.explain {
                json["explanations"] = serde_json::to_value(&explanations)?;
            }
            writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        }
    }
    Ok(())
}
