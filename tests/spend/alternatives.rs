//! Other choices of drivers: what each comes to alone, and between what a figure lies over all.

use super::conservation::cases;
use crate::fixtures::places::{self, Ask, Sketch, Tape, Terms};
use proptest::prelude::*;
use wholeplace::cube::{Answer, AskError, RangedAnswer};
use wholeplace::driver::{Alternative, Sharing, SharingRule};
use wholeplace::money::{Pence, Units};
use wholeplace::place::Place;

const ANY: Terms = Terms {
    positive: false,
    aligned: false,
};

/// Other rules for a place, as many as are drawn.
fn drawn(tape: &mut Tape<'_>, sketch: &Sketch, place: &Place) -> Vec<Alternative> {
    let axes = place.axes();
    (0..1 + tape.below(4))
        .map(|number| {
            let partner = tape.pick(&sketch.partners);
            let activity = tape.pick(&sketch.activities.codes());
            let mut rule = |partner: Option<&String>, activity: Option<&String>| SharingRule {
                partner: partner.map(|code| axes.partners.find(code).unwrap()),
                activity: activity.map(|code| axes.activities.find(code).unwrap()),
                period: None,
                driver: tape.below(sketch.drivers.len()),
                text: "a rule of this test".to_owned(),
            };
            let rules = vec![
                rule(Some(&partner), None),
                rule(None, Some(&activity)),
                rule(None, None),
            ];
            let code = number.to_string();
            Alternative::new(&code, &format!("other {number}"), Sharing::new(rules))
        })
        .collect()
}

/// The amount of a row by its keys; nothing where there is no such row.
fn amount(answer: &Answer, codes: &[&str]) -> Pence {
    let is = |row: &&wholeplace::cube::Row| {
        row.keys
            .iter()
            .map(|key| key.code.as_str())
            .eq(codes.iter().copied())
    };
    answer
        .rows
        .iter()
        .find(is)
        .map(|row| row.figure.amount)
        .unwrap_or_default()
}

fn check(ranged: &RangedAnswer, own: &Answer, others: &[Answer]) {
    assert_eq!(&ranged.answer, own);
    let all = || std::iter::once(own).chain(others);
    let totals: Vec<Pence> = all().map(|answer| answer.total.amount).collect();
    assert_eq!(Some(&ranged.total.lowest), totals.iter().min());
    assert_eq!(Some(&ranged.total.highest), totals.iter().max());
    let mut seen = 0;
    for row in &ranged.rows {
        let codes: Vec<&str> = row.keys.iter().map(|key| key.code.as_str()).collect();
        let amounts: Vec<Pence> = all().map(|answer| amount(answer, &codes)).collect();
        assert_eq!(row.range.central, amounts[0]);
        assert_eq!(Some(&row.range.lowest), amounts.iter().min());
        assert_eq!(Some(&row.range.highest), amounts.iter().max());
        assert!(row.range.lowest <= row.range.central && row.range.central <= row.range.highest);
        // Who makes it, makes it.
        for (by, wanted) in [
            (&row.range.lowest_by, row.range.lowest),
            (&row.range.highest_by, row.range.highest),
        ] {
            let place = by.as_ref().map_or(0, |name| {
                1 + ranged
                    .alternatives
                    .iter()
                    .position(|known| known == name)
                    .unwrap()
            });
            assert_eq!(amounts[place], wanted);
        }
        seen += 1;
    }
    // No row of any of them is left out.
    for answer in all() {
        for row in &answer.rows {
            assert!(ranged.rows.iter().any(|known| known.keys == row.keys));
        }
    }
    assert!(seen >= own.rows.len());
}

proptest! {
    #![proptest_config(cases(60))]

    /// All at once is each alone; the range holds the central figure and each of the others; and a
    /// wider set never narrows it.
    #[test]
    fn a_range_is_that_of_the_answers_alone(
        sketch in places::sketches(ANY),
        others in places::questions(),
        questions in places::questions(),
        drills in 0usize..=3,
    ) {
        let built = places::build(&sketch);
        let alternatives = drawn(&mut Tape::new(&others), &sketch, &built.place);
        let mut tape = Tape::new(&questions);
        for _ in 0..3 {
            let ask = Ask::drawn(&mut tape, &sketch, drills);
            let own = ask.put(&built.cube).answer().unwrap();
            let alone: Vec<Answer> = (alternatives.iter())
                .map(|other| {
                    let cube = built.cube.with_sharing(other.sharing.clone());
                    let answer = ask.put(&cube).answer().unwrap();
                    // Under each set of rules alone parts add up.
                    let rows = Pence::total(answer.rows.iter().map(|row| row.figure.amount)).unwrap();
                    assert_eq!(rows, answer.total.amount);
                    answer
                })
                .collect();
            let ranged = ask.put(&built.cube).over(&alternatives).unwrap();
            check(&ranged, &own, &alone);
            let fewer = ask.put(&built.cube).over(&alternatives[..1]).unwrap();
            for row in &fewer.rows {
                let wider = ranged.rows.iter().find(|wider| wider.keys == row.keys).unwrap();
                prop_assert!(wider.range.lowest <= row.range.lowest);
                prop_assert!(wider.range.highest >= row.range.highest);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// What would be stands beside what is, row by row, and none of either is left out; in thousands each column
    /// adds up as it is said.
    #[test]
    fn what_if_is_both_answers_with_their_difference(
        sketch in places::sketches(ANY),
        others in places::questions(),
        questions in places::questions(),
        drills in 0usize..=2,
    ) {
        let built = places::build(&sketch);
        let other = &drawn(&mut Tape::new(&others), &sketch, &built.place)[0];
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, drills);
        let own = ask.put(&built.cube).answer().unwrap();
        let cube = built.cube.with_sharing(other.sharing.clone());
        let under = ask.put(&cube).answer().unwrap();
        let what_if = ask.put(&built.cube).under(other).unwrap();
        prop_assert_eq!(&what_if.own, &own);
        prop_assert_eq!(&what_if.answer, &under);
        prop_assert_eq!(what_if.total.own, own.total.amount);
        prop_assert_eq!(what_if.total.what_if, under.total.amount);
        for row in &what_if.rows {
            let codes: Vec<&str> = row.keys.iter().map(|key| key.code.as_str()).collect();
            prop_assert_eq!(row.change.own, amount(&own, &codes));
            prop_assert_eq!(row.change.what_if, amount(&under, &codes));
            let difference = row.change.what_if.get() - row.change.own.get();
            prop_assert_eq!(row.change.difference.get(), difference);
        }
        for row in own.rows.iter().chain(&under.rows) {
            prop_assert!(what_if.rows.iter().any(|known| known.keys == row.keys));
        }
        let table = what_if.in_units(Units::Thousands);
        let number = |text: &str| -> i64 {
            let plain = text.replace(',', "");
            if plain.contains("under") || plain.contains("over") { 0 } else { plain.parse().unwrap() }
        };
        let first = own.axes.len().max(1);
        for column in first..first + 2 {
            let mut said: Vec<i64> = table.rows().iter().map(|row| number(&row[column])).collect();
            let total = said.pop().unwrap();
            if !own.axes.is_empty() {
                prop_assert_eq!(said.iter().sum::<i64>(), total);
            }
        }
    }
}

#[test]
fn without_alternatives_there_is_no_range() {
    let sketch = Sketch::of_seed(1, ANY);
    let built = places::build(&sketch);
    let error = Ask::everything().put(&built.cube).over(&[]).unwrap_err();
    assert_eq!(error, AskError::NoAlternatives);
    assert!(error.to_string().contains("`[[alternative]]`"), "{error}");
}
