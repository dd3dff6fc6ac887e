//! What share of private money each figure is.

use super::pack::{Under, under};
use std::collections::BTreeMap;
use wholeplace::axis::Evidence;
use wholeplace::crosswalk::Coding;
use wholeplace::cube::{By, Figure, FigureShares, Memorandum, Question, Shares};
use wholeplace::disclosure::{Planner, Telling};
use wholeplace::money::{Exact, Pence, Ratio};
use wholeplace::{Ages, Boundary, Cube, Phase};

/// Questions of many kinds to a cube.
pub fn questions<'c>(
    cube: &'c Cube,
    year: &str,
    level: &str,
    places: &[&str],
) -> Vec<Question<'c>> {
    let year = cube
        .ask()
        .period(year.parse().unwrap())
        .phase(Phase::Outturn);
    let all = year.clone().boundary(Boundary::AllPartners);
    let mut asked = vec![all.clone().with_complement()];
    let bys = [
        vec![By::Partner],
        vec![By::Activity(None)],
        vec![By::Activity(Some("theme".to_owned())), By::Partner],
        vec![By::Locality(level.to_owned())],
        vec![By::Ages(None)],
        vec![By::Counterparty],
        vec![By::Deliverer],
        vec![By::Month],
        vec![By::Flexibility, By::Group(None)],
        vec![By::Locality(level.to_owned()), By::Ages(None), By::Partner],
    ];
    asked.extend(bys.into_iter().map(|by| all.clone().by(by)));
    for place in places {
        let here = all.clone().locality(*place).with_complement();
        asked.push(here.clone().by([By::Activity(None)]));
        asked.push(here.ages(Ages::new(0, 15).unwrap()).by([By::Partner]));
    }
    asked
}

/// Shares of pence, added up.
fn times(shares: &Shares, pence: &[Pence]) -> Exact {
    let mut sum = Exact::zero();
    for (record, share) in shares {
        sum.add(&Exact::whole(pence[*record]).times(share));
    }
    sum
}

/// An amount that was closed is less than a penny from its exact sum.
fn near(closed: Pence, exact: &Exact) -> bool {
    let off = |pence: i64| Exact::whole(Pence::new(closed.get() + pence));
    exact.compare(&off(-1)).is_gt() && exact.compare(&off(1)).is_lt()
}

fn held_to(figure: &Figure, shares: &FigureShares, pence: &[Pence], what: &str) {
    let exact = times(&shares.amount, pence);
    assert_eq!(exact.to_pounds(4), figure.exact, "{what}");
    let class = |class: Evidence| match class {
        Evidence::Direct => figure.composition.direct,
        Evidence::Driver => figure.composition.driver,
        Evidence::Population => figure.composition.population,
        Evidence::Judgement => figure.composition.judgement,
    };
    let none = Shares::new();
    for evidence in Evidence::ALL {
        let exact = times(shares.classes.get(&evidence).unwrap_or(&none), pence);
        assert!(near(class(evidence), &exact), "{what}: {evidence}");
    }
    for beside in Memorandum::ALL {
        let exact = times(shares.memoranda.get(&beside).unwrap_or(&none), pence);
        assert!(
            near(figure.memorandum(beside), &exact),
            "{what}: {beside} {}",
            exact.to_pounds(4)
        );
    }
    for (gap, unshared) in &figure.unshared {
        let exact = times(&shares.unshared[gap], pence);
        assert!(near(*unshared, &exact), "{what}: {gap}");
    }
}

/// Every figure is the sum of its shares of all records, aspect by aspect.
#[test]
fn a_figure_is_the_sum_of_its_shares() {
    let mut figures = 0;
    for (pack, year, level, places) in [
        (
            "examples/data/partners",
            "2024-25",
            "area",
            ["hills", "town"],
        ),
        (
            "examples/data/shropshire",
            "2017-18",
            "place-plan-area",
            ["ludlow", "oswestry"],
        ),
    ] {
        let under = under(pack);
        let records: Vec<(Coding, Pence)> = under
            .cube
            .records()
            .iter()
            .map(|record| (record.coding, record.pence))
            .collect();
        let (codings, pence): (Vec<Coding>, Vec<Pence>) = records.into_iter().unzip();
        for question in questions(&under.cube, year, level, &places) {
            let answer = question.answer().unwrap();
            let shares = question.shares_of(&codings).unwrap();
            held_to(&answer.total, &shares.total, &pence, "total");
            figures += 1;
            if let Some(complement) = &answer.complement {
                let exact = times(&shares.complement.amount, &pence);
                assert_eq!(exact.to_pounds(4), complement.exact);
            }
            let rows = shares.rows.expect("none of these follows money back");
            let rows: BTreeMap<Vec<String>, FigureShares> = (rows.into_iter())
                .map(|(keys, shares)| (keys.into_iter().map(|key| key.code).collect(), shares))
                .collect();
            for row in answer.rows.iter().filter(|row| !row.keys.is_empty()) {
                let codes: Vec<String> = row.keys.iter().map(|key| key.code.clone()).collect();
                held_to(&row.figure, &rows[&codes], &pence, &codes.join(" "));
                figures += 1;
            }
        }
    }
    assert!(figures > 400, "{figures} figures");
}

#[test]
fn rows_that_follow_from_amounts_have_no_shares() {
    let under = under("examples/data/partners");
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let question = year.boundary(Boundary::AllPartners).by([By::Funder]);
    let codings: Vec<Coding> = under
        .cube
        .records()
        .iter()
        .map(|record| record.coding)
        .collect();
    let shares = question.shares_of(&codings).unwrap();
    assert_eq!(shares.rows, None);
    assert!(!shares.total.is_empty());
}

fn planner(under: &Under) -> Planner<'_> {
    Planner::new(&under.cube, &under.policy, &under.private)
}

fn tell(planner: &Planner<'_>, question: &Question<'_>) {
    planner.tell(question, question.answer().unwrap()).unwrap();
}

/// The same private part is one line of the system, however it is asked for.
#[test]
fn the_same_private_part_is_one_line() {
    let under = under("examples/data/partners");
    let planner = planner(&under);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let all = year.boundary(Boundary::AllPartners);
    tell(&planner, &all.clone().by([By::Partner]));
    let before = planner.plan().unwrap();
    // The total and its five partners; the total again, and each partner by a question of its own.
    assert_eq!(before.figures(), 6);
    for partner in ["nhs", "charity", "pcc"] {
        tell(&planner, &all.clone().partner(partner));
    }
    let after = planner.plan().unwrap();
    assert_eq!(after.figures(), 9);
    assert_eq!(after.system().lines.len(), before.system().lines.len());
    // A whole of private money is all of each sum, and no share.
    let lines = &after.system().lines;
    assert!(
        lines
            .iter()
            .flat_map(|line| &line.shares)
            .all(|(_, share)| *share == Ratio::one() || *share == Ratio::new(-1, 1))
    );
}

#[test]
fn places_share_what_is_private_of_the_whole() {
    let under = under("examples/data/partners");
    let planner = planner(&under);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    // What the NHS puts into the pool is for all of Ludford: the hills have 2,000 of 10,000 residents.
    let pool = year
        .boundary(Boundary::of(["nhs"]))
        .locality("hills")
        .activity("home-care");
    tell(&planner, &pool);
    let plan = planner.plan().unwrap();
    let shares: Vec<&Ratio> = plan
        .system()
        .lines
        .iter()
        .flat_map(|line| &line.shares)
        .map(|(_, share)| share)
        .collect();
    assert!(shares.contains(&&Ratio::new(1, 5)), "{shares:?}");
    assert!(
        shares.contains(&&Ratio::one()),
        "the hills' own care at home"
    );
}

#[test]
fn a_site_of_public_money_has_nothing_to_protect() {
    let under = under("examples/data/shropshire");
    let planner = planner(&under);
    for question in questions(&under.cube, "2017-18", "place-plan-area", &["ludlow"]) {
        tell(&planner, &question);
        assert!(planner.is_open(&question).unwrap());
    }
    let plan = planner.plan().unwrap();
    assert!(plan.system().sums.is_empty() && plan.system().lines.is_empty());
    assert!(plan.figures() > 300);
    assert!(planner.all_public() && planner.ledger_is_public("returns"));
}
