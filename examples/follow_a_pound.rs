//! One line's way from file to page, each stage printed.

mod common;

use clap::Parser;
use clap::builder::ArgPredicate::IsPresent;
use common::{Data, Wrong};
use std::io::Write;
use std::process::ExitCode;
use wholeplace::axis::{MemberId, Resource};
use wholeplace::{Ages, Boundary, Released};

/// One line's way from file to page: each stage printed, up to the answer and how it was made.
///
/// cargo run --release --example follow_a_pound -- --activity youth-justice --ages 10-17 --locality ludlow
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// Code of the activity whose first line is followed; of another pack, any when left out.
    #[arg(
        long,
        default_value = "youth-justice",
        default_value_if("pack", IsPresent, None)
    )]
    activity: Option<String>,
    /// Ages to ask for; of another pack, everybody when left out.
    #[arg(
        long,
        default_value = "10-17",
        default_value_if("pack", IsPresent, None)
    )]
    ages: Option<String>,
    /// Code of the locality to ask for; of another pack, the whole place when left out.
    #[arg(
        long,
        default_value = "ludlow",
        default_value_if("pack", IsPresent, None)
    )]
    locality: Option<String>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let axes = place.axes();
    let wanted = match &arguments.activity {
        Some(code) => Some(axes.activities.find_named(code)?),
        None => None,
    };
    let locality = match &arguments.locality {
        Some(code) => axes.localities.find_named(code)?,
        None => place.locality(),
    };
    let ages: Option<Ages> = arguments.ages.as_deref().map(str::parse).transpose()?;
    let (name, localities) = (place.name(), axes.localities.len());
    writeln!(out, "THE PLACE   {name}, {localities} localities\n")?;

    let (account, cube) = data.account(&place)?;
    writeln!(
        out,
        "THE ACCOUNT {} on {} lines of {} ledgers",
        account.total(),
        account.line_count(),
        account.ledgers().len()
    )?;
    // The first line of cash that is known to be for the activity, and of when it is.
    let followed = account.lines().find_map(|(mapped, line, coding)| {
        let parts = place.mixes().get(coding.activity).parts.iter();
        let mut activities = parts.filter_map(|(activity, _)| activity.member());
        let of_it =
            |found: &MemberId| wanted.is_none_or(|wanted| axes.activities.contains(wanted, *found));
        let activity = activities.find(of_it)?;
        let period = coding.period.member()?;
        let cash = coding.resource == Resource::Cash;
        cash.then_some((mapped, line, coding, wanted.unwrap_or(activity), period))
    });
    let Some((mapped, line, coding, activity, period)) = followed else {
        let of = arguments.activity.as_deref().unwrap_or("any activity");
        return Err(Wrong::error(format!(
            "this account has no line for {of}; name another with --activity"
        )));
    };
    writeln!(
        out,
        "THE LINE    {} of ledger `{}`: {}",
        line.position(),
        mapped.ledger().id(),
        line.pence()
    )?;
    writeln!(
        out,
        "            its partner knows ages {} and period {period}, and nothing finer\n",
        coding.ages
    )?;
    writeln!(out, "THE CUBE    {} records\n", cube.records().len())?;

    let mut question = (cube.ask())
        .activity(&axes.activities.get(activity).code)
        .locality(axes.localities.code(locality))
        .period(period)
        .phase(coding.phase)
        .boundary(Boundary::AllPartners);
    if let Some(ages) = ages {
        question = question.ages(ages);
    }
    let answer = question.answer()?;
    writeln!(out, "THE ANSWER  {answer}")?;
    writeln!(out, "EXPLAINED   {}\n", question.explain(None, &account)?)?;
    writeln!(out, "RECONCILED\n{}\n", answer.reconciliation)?;

    let released = Released::for_internal_use(answer.table(), "the README of this library")?;
    writeln!(out, "RELEASED    {}", released.terms())?;
    Ok(())
}
