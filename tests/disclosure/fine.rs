//! Small sums that are shared out by residents: their shares are of fractions of a penny, and a figure that is withheld is
//! closed together with others that are shown.

use super::gate::asked;
use super::pack::{POLICY, Under, changed, partners_under};
use std::collections::BTreeSet;
use wholeplace::disclosure::pattern::{Audited, Effort, Move};
use wholeplace::disclosure::{Gate, Plan, Planner, Telling, ToldAnswer};
use wholeplace::money::Pence;

const LEDGERS: [(&str, &str); 3] = [
    (
        "nhs.csv",
        include_str!("../../examples/data/partners/nhs.csv"),
    ),
    (
        "pcc.csv",
        include_str!("../../examples/data/partners/pcc.csv"),
    ),
    (
        "charity.csv",
        include_str!("../../examples/data/partners/charity.csv"),
    ),
];
const PLACE: &str = include_str!("../../examples/data/partners/place.toml");

/// The partners with 10,007 residents, which is a prime, and two sums of all Ludford of some pounds each: no share of
/// them by residents is whole. Pence are added to lines of the private ledgers, by their numbers through all of them.
fn small(by: &[(usize, i64)]) -> Under {
    let place = changed(PLACE, "mass = \"6000\"", "mass = \"6007\"");
    // Against everybody: with so few private sums, two holders together see through all that there is.
    let policy = changed(
        POLICY,
        "looks = [\"anyone\", \"each-partner\", \"each-holder\"]",
        "looks = [\"anyone\"]",
    );
    let mut number = 0;
    let mut files = vec![("place.toml", place), ("disclosure.toml", policy)];
    for (name, text) in LEDGERS {
        let text = match name {
            "nhs.csv" => changed(
                text,
                "26/04/2024,LUDFORD CARE FUND,HOME CARE,ludford,statutory,60000.00",
                "26/04/2024,A CARER,HOME CARE,ludford,statutory,61.00",
            ),
            "pcc.csv" => {
                format!("{text}30/06/2024,A CARER,,VICTIMS,ludford,discretionary,73.00\n")
            }
            _ => text.to_owned(),
        };
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        for row in rows.iter_mut().skip(1) {
            let added: i64 = (by.iter())
                .filter(|(line, _)| *line == number)
                .map(|(_, pence)| pence)
                .sum();
            if added != 0 {
                let (before, amount) = row.rsplit_once(',').unwrap();
                let pence: i64 = amount.replace('.', "").parse().unwrap();
                *row = format!("{before},{}", Pence::new(pence + added).to_plain());
            }
            number += 1;
        }
        files.push((name, rows.join("\n") + "\n"));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, &**text)).collect();
    partners_under(&files)
}

fn lines() -> usize {
    LEDGERS
        .map(|(_, text)| text.lines().count() - 1)
        .iter()
        .sum::<usize>()
        + 1
}

fn plan(under: &Under) -> Plan {
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    for question in asked(under) {
        planner.tell(&question, question.answer().unwrap()).unwrap();
    }
    planner.plan().unwrap()
}

fn sums(under: &Under) -> Vec<i64> {
    let sums = under.private.sums();
    sums.map(|sum| sum.pence().unwrap().get()).collect()
}

/// A line of each sum: changed by itself, it changes that sum alone.
fn lines_of(real: &Under) -> Vec<Option<usize>> {
    let sums_of_real = sums(real);
    let mut found = vec![None; sums_of_real.len()];
    for line in 0..lines() {
        let other = sums(&small(&[(line, 100)]));
        let changed: Vec<usize> = (0..sums_of_real.len())
            .filter(|&sum| other.get(sum) != Some(&sums_of_real[sum]))
            .collect();
        if let ([sum], true) = (&changed[..], other.len() == found.len()) {
            found[*sum].get_or_insert(line);
        }
    }
    found
}

fn answers(under: &Under, plan: &Plan, audited: &Audited) -> Vec<ToldAnswer> {
    let gate = Gate::new(&under.cube, &under.policy, &under.private, plan, audited);
    let tell = |question: wholeplace::cube::Question<'_>| {
        gate.tell(&question, question.answer().unwrap()).unwrap()
    };
    asked(under).into_iter().map(tell).collect()
}

#[test]
fn kinds_with_too_fine_shares_go_as_wholes_and_no_twin_is_told_apart() {
    let real = small(&[]);
    let plan = plan(&real);
    let left_out: Vec<String> = plan.left_out().iter().map(ToString::to_string).collect();
    println!("left out: {left_out:?}");
    assert!(!left_out.is_empty());
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    let told = answers(&real, &plan, &audited);
    let shown = |answers: &[ToldAnswer]| {
        let rows = answers.iter().flat_map(|answer| &answer.rows);
        rows.filter(|row| !row.figure.sum().is_withheld()).count()
    };
    println!("{} rows are shown", shown(&told));
    assert!(shown(&told) > 0);
    let lines = lines_of(&real);
    let protections = &audited.pattern().protections;
    let moves: BTreeSet<Vec<(usize, i64)>> = (protections.iter())
        .flat_map(|protection| &protection.moves)
        .filter_map(|Move { changes }| {
            let line = |(sum, by): &(u32, Pence)| Some((lines[*sum as usize]?, by.get()));
            changes.iter().map(line).collect()
        })
        .collect();
    assert!(!moves.is_empty());
    for by in moves {
        for sign in [1, -1] {
            let by: Vec<(usize, i64)> = by.iter().map(|(line, by)| (*line, by * sign)).collect();
            let twin = small(&by);
            assert_ne!(sums(&twin), sums(&real));
            for (one, other) in told.iter().zip(answers(&twin, &plan, &audited)) {
                assert_eq!(*one, other, "{by:?}");
            }
        }
    }
}
