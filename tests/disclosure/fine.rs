//! Small sums that are shared out by residents: their shares are of fractions of a penny, and a figure that is withheld is
//! closed together with others that are shown.

use super::gate::asked;
use super::pack::{Under, changed, partners_under};
use wholeplace::disclosure::pattern::{Effort, Move, Part};
use wholeplace::disclosure::{Gate, Plan, Planner, Telling, ToldAnswer};
use wholeplace::money::Pence;

const NHS: &str = include_str!("../../examples/data/partners/nhs.csv");
const PCC: &str = include_str!("../../examples/data/partners/pcc.csv");
const PLACE: &str = include_str!("../../examples/data/partners/place.toml");

/// The partners with 10,007 residents, which is a prime, and two sums of all Ludford of some pounds each: no share of
/// them by residents is whole. `by` is added to the two, in pence.
fn small(by: [i64; 2]) -> Under {
    let place = changed(PLACE, "mass = \"6000\"", "mass = \"6007\"");
    let pounds = |pence: i64| Pence::new(pence).to_plain();
    let nhs = changed(
        NHS,
        "26/04/2024,LUDFORD CARE FUND,HOME CARE,ludford,statutory,60000.00",
        &format!(
            "26/04/2024,A CARER,HOME CARE,ludford,statutory,{}",
            pounds(6_100 + by[0])
        ),
    );
    let pcc = format!(
        "{}30/06/2024,A CARER,,VICTIMS,ludford,discretionary,{}\n",
        PCC,
        pounds(7_300 + by[1])
    );
    partners_under(&[("place.toml", &place), ("nhs.csv", &nhs), ("pcc.csv", &pcc)])
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

/// Which sum each of the two is.
fn own(real: &Under) -> [u32; 2] {
    [[1, 0], [0, 1]].map(|by| {
        let (one, other) = (sums(real), sums(&small(by)));
        let at = (0..one.len()).find(|&sum| one[sum] != other[sum]);
        u32::try_from(at.expect("it is a sum")).unwrap()
    })
}

fn answers(
    under: &Under,
    plan: &Plan,
    audited: &wholeplace::disclosure::pattern::Audited,
) -> Vec<ToldAnswer> {
    let gate = Gate::new(&under.cube, &under.policy, &under.private, plan, audited);
    let tell = |question| gate.tell(&question, question.answer().unwrap()).unwrap();
    asked(under).into_iter().map(tell).collect()
}

#[test]
fn kinds_with_too_fine_shares_go_as_wholes_and_no_twin_is_told_apart() {
    let real = small([0, 0]);
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
    let own = own(&real);
    let mut tried = 0;
    for protection in &audited.pattern().protections {
        let Part::Sum(sum) = protection.part else {
            continue;
        };
        if !own.contains(&sum) {
            continue;
        }
        for Move { changes } in &protection.moves {
            if !changes.iter().all(|(sum, _)| own.contains(sum)) {
                continue;
            }
            let by = own.map(|own| {
                let change = changes.iter().find(|(sum, _)| *sum == own);
                change.map_or(0, |(_, change)| change.get())
            });
            for sign in [1, -1] {
                let twin = small(by.map(|by| by * sign));
                assert_ne!(sums(&twin), sums(&real));
                assert!(answers(&twin, &plan, &audited) == told, "{by:?} × {sign}");
                tried += 1;
            }
        }
    }
    println!("{tried} twins");
    assert!(tried > 0);
}
