//! One line's way from file to page, each stage printed.

mod common;

use std::error::Error;
use std::process::ExitCode;
use wholeplace::{Ages, Boundary, Cube, Phase, PlaceAccount, Released};

fn main() -> ExitCode {
    common::end(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    let place = common::open(&common::sample(), None)?;
    println!(
        "THE PLACE   {}, {} localities\n",
        place.name(),
        place.axes().localities.len()
    );

    let account = PlaceAccount::load(&place)?;
    println!(
        "THE ACCOUNT {} on {} lines of {} ledgers",
        account.total(),
        account.line_count(),
        account.ledgers().len()
    );
    let youth_justice = place.axes().activities.find("youth-justice")?;
    let (mapped, line, coding) = account
        .lines()
        .find(|(_, _, coding)| {
            let parts = &place.mixes().get(coding.activity).parts;
            parts
                .iter()
                .any(|(activity, _)| activity.member() == Some(youth_justice))
        })
        .ok_or("the sample has no line on youth justice")?;
    println!(
        "THE LINE    {} of ledger `{}`: {}",
        line.position(),
        mapped.ledger().id(),
        line.pence()
    );
    println!(
        "            its partner knows ages {} and period {}, and nothing finer\n",
        coding.ages, coding.period
    );

    let cube = Cube::build(&account)?;
    println!("THE CUBE    {} records\n", cube.records().len());

    let question = cube
        .ask()
        .activity("youth-justice")
        .ages(Ages::new(10, 17)?)
        .locality("ludlow")
        .period("2017-18".parse()?)
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners);
    let answer = question.answer()?;
    println!("THE ANSWER  {answer}");
    println!("EXPLAINED   {}\n", question.explain(None, &account)?);
    println!("RECONCILED\n{}\n", answer.reconciliation);

    let released = Released::for_internal_use(answer.table(), "the README of this library")?;
    println!("RELEASED    {}", released.terms());
    Ok(())
}
