//! Every engine gives the same records, no order shows, and a wrong engine is refused.

use crate::fixtures::places::{self, Ask, Sketch, Tape, Terms};
use crate::spend::conservation::cases;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Flexibility, Gap, Period, Phase, Placed};
use wholeplace::crosswalk::Coding;
use wholeplace::cube::group::{CodedLine, CodedLines, GroupBy, Polars, Reference, Sorted, Sums};
use wholeplace::cube::{Answer, By, Cube, CubeError, Question};
use wholeplace::driver::{Sharing, SharingRule};
use wholeplace::money::Pence;
use wholeplace::place::Place;

const ANY: Terms = Terms {
    positive: false,
    aligned: false,
};

fn lines_of(account: &PlaceAccount) -> CodedLines {
    account
        .lines()
        .map(|(_, line, coding)| (coding, line.pence()))
        .collect()
}

/// Some answers as text: what a program that stores them would compare.
fn answers(cube: &Cube, sketch: &Sketch, questions: &[u16]) -> Vec<String> {
    let mut tape = Tape::new(questions);
    [0, 1, 2]
        .into_iter()
        .map(|drills| {
            let ask = Ask::drawn(&mut tape, sketch, drills);
            let answer = ask.put(cube).with_complement().answer().unwrap();
            serde_json::to_string(&answer).unwrap()
        })
        .collect()
}

/// The quick answer of a question is that of record by record, to the byte.
pub fn judge(question: &Question<'_>) {
    let (quick, slow) = (question.answer(), question.answer_record_by_record());
    match (&quick, &slow) {
        (Ok(quick), Ok(slow)) => {
            assert_eq!(quick, slow);
            let written = |answer: &Answer| serde_json::to_string(answer).unwrap();
            assert_eq!(written(quick), written(slow));
        }
        _ => assert_eq!(format!("{quick:?}"), format!("{slow:?}")),
    }
}

/// Some questions, with what lies outside and without.
fn judged(cube: &Cube, sketch: &Sketch, questions: &[u16], drills: usize) {
    let mut tape = Tape::new(questions);
    for _ in 0..4 {
        let ask = Ask::drawn(&mut tape, sketch, drills);
        for question in [
            ask.put(cube),
            ask.put(cube).with_complement(),
            ask.put(cube).by([By::Flexibility]),
            ask.put(cube).by([By::Counterparty]),
        ] {
            judge(&question);
        }
    }
}

/// An engine with a fault.
struct Wrong(fn(&mut Sums));

impl GroupBy for Wrong {
    fn name(&self) -> &'static str {
        "wrong"
    }

    fn group(&self, lines: Vec<CodedLine>) -> Result<Sums, CubeError> {
        let mut sums = Reference.group(lines)?;
        (self.0)(&mut sums);
        Ok(sums)
    }
}

/// An engine that loses or repeats a line on its way in.
struct Careless {
    drop: usize,
    double: usize,
}

impl GroupBy for Careless {
    fn name(&self) -> &'static str {
        "careless"
    }

    fn group(&self, lines: Vec<CodedLine>) -> Result<Sums, CubeError> {
        let mut kept = Vec::new();
        for (i, line) in lines.into_iter().enumerate() {
            if i != self.drop {
                kept.push(line);
            }
            if i == self.double {
                kept.push(line);
            }
        }
        Reference.group(kept)
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn all_engines_agree(sketch in places::sketches(ANY)) {
        let built = places::build(&sketch);
        let reference = Cube::build_with(&built.account, &Reference).unwrap();
        for engine in [&Sorted as &dyn GroupBy, &Polars] {
            let other = Cube::build_with(&built.account, engine).unwrap();
            prop_assert_eq!(reference.records(), other.records());
        }
        let lines = lines_of(&built.account);
        let direct = Cube::from_lines(&built.place, lines.clone(), &Sorted).unwrap();
        prop_assert_eq!(direct.records(), reference.records());
        prop_assert_eq!(direct.total(), built.account.total());
        // What went in came out: each key once, with the sum of its lines.
        let mut sums = BTreeMap::new();
        for (coding, pence) in lines.iter() {
            let sum: &mut (i64, u64) = sums.entry(coding).or_default();
            *sum = (sum.0 + pence.get(), sum.1 + 1);
        }
        let records = direct.records().iter();
        let found: Vec<_> = records.map(|r| (r.coding, (r.pence.get(), r.lines))).collect();
        prop_assert_eq!(found, sums.into_iter().collect::<Vec<_>>(), "records are in the order of their places, each once");
    }

    #[test]
    fn a_wrong_engine_is_refused(sketch in places::sketches(ANY), at in any::<u16>()) {
        let built = places::build(&sketch);
        let count = lines_of(&built.account).len();
        prop_assume!(count > 0);
        let at = usize::from(at) % count;
        let never = usize::MAX;
        for (drop, double) in [(at, never), (never, at)] {
            let made = Cube::build_with(&built.account, &Careless { drop, double });
            let refused = matches!(made, Err(CubeError::EngineDisagrees { engine: "careless", .. }));
            prop_assert!(refused);
        }
        let faults: [fn(&mut Sums); 6] = [
            |sums| sums.pence[0] += 1,
            |sums| sums.lines[0] += 1,
            |sums| {
                sums.keys.pop();
                sums.pence.pop();
                sums.lines.pop();
            },
            // The sums are right, and a place stands in two records.
            |sums| {
                sums.keys.push(sums.keys[0]);
                sums.pence.push(0);
                sums.lines.push(0);
            },
            // Coordinates that no line has.
            |sums| sums.keys[0] = u64::MAX,
            |sums| sums.keys.push(u64::MAX),
        ];
        for fault in faults {
            let made = Cube::build_with(&built.account, &Wrong(fault));
            let refused = matches!(made, Err(CubeError::EngineDisagrees { engine: "wrong", .. }));
            prop_assert!(refused);
        }
    }

    /// Lines in another order, and files that change their names.
    #[test]
    fn no_order_shows(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        turn in any::<u16>(),
    ) {
        let write = |swap: bool| {
            let folder = tempfile::tempdir().unwrap();
            sketch.write(folder.path());
            for (i, ledger) in sketch.ledgers.iter().enumerate() {
                let count = ledger.lines.len();
                let mut lines: Vec<usize> = (0..count).collect();
                let (first, second) = {
                    let half = lines.split_off(count / 2);
                    (lines, half)
                };
                let name = |part: &str| folder.path().join(format!("ledger{i}-{part}.csv"));
                let (mut first, mut second) = if swap { (second, first) } else { (first, second) };
                if swap {
                    first.reverse();
                    if !second.is_empty() {
                        let turn = usize::from(turn) % second.len();
                        second.rotate_left(turn);
                    }
                }
                std::fs::write(name("a"), sketch.ledger_rows(i, &first)).unwrap();
                std::fs::write(name("b"), sketch.ledger_rows(i, &second)).unwrap();
            }
            places::open(folder)
        };
        let (one, other) = (write(false), write(true));
        prop_assert_eq!(one.cube.records(), other.cube.records());
        prop_assert_eq!(
            answers(&one.cube, &sketch, &questions),
            answers(&other.cube, &sketch, &questions)
        );
    }

    /// What is computed on one thread is, byte by byte, what is computed on two.
    #[test]
    fn no_number_of_threads_shows(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        sketch.write(folder.path());
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let place = Place::open(folder.path()).unwrap();
                let account = PlaceAccount::load(&place).unwrap();
                let cube = Cube::build(&account).unwrap();
                let findings = serde_json::to_string(account.findings()).unwrap();
                (findings, answers(&cube, &sketch, &questions))
            })
        };
        prop_assert_eq!(run(1), run(2));
    }

    /// Whatever is added up before, and however near a sum is known: not a byte of an answer shows it.
    #[test]
    fn quick_answers_are_those_of_record_by_record(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=4,
    ) {
        let built = places::build(&sketch);
        judged(&built.cube, &sketch, &questions, drills);
        // Nor does it show that the account was let go.
        let total = built.cube.total();
        let cube = Cube::build_from(built.account).unwrap();
        prop_assert_eq!((cube.total(), cube.records()), (total, built.cube.records()));
    }

    /// Ledgers that repeat themselves month after month are kept added up by year; questions for
    /// whole years, and for parts of them, are answered as from the records.
    #[test]
    fn what_is_kept_by_year_does_not_show(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=4,
    ) {
        let built = places::build(&sketch);
        let lines: Vec<_> = lines_of(&built.account).iter().collect();
        let mut monthly = CodedLines::default();
        for (number, (coding, pence)) in lines.iter().enumerate() {
            // Twelve months of one year, a few pence apart, and one of them nothing.
            for month in 0..12i64 {
                let (year, of_year) = (2015 + (number % 3) as i16, (month + 3) % 12 + 1);
                let year = year + i16::from(month >= 9);
                let month_of = Period::month(year, of_year as i8).unwrap();
                let coding = Coding { period: Placed::On(month_of), ..*coding };
                let pence = if month == 5 { 0 } else { pence.get() / 7 + month };
                monthly.push(&coding, Pence::new(pence));
            }
        }
        let cube = Cube::from_lines(&built.place, monthly, &Sorted).unwrap();
        judged(&cube, &sketch, &questions, drills);
    }

    /// What differs only by client group, or by activity within a theme, is kept added up as well;
    /// questions that tell neither apart, and questions that do, are answered as from the records,
    /// under the sharing rules of the place and under others.
    #[test]
    fn what_is_kept_by_theme_does_not_show(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=4,
    ) {
        let built = places::build(&sketch);
        let lines: Vec<_> = lines_of(&built.account).iter().collect();
        let mixes: BTreeSet<_> = lines.iter().map(|(coding, _)| coding.activity).collect();
        let groups: BTreeSet<_> = (lines.iter())
            .map(|(coding, _)| coding.group)
            .chain(built.place.axes().groups.iter().map(|(group, _)| Placed::On(group)))
            .chain([Placed::Gap(Gap::Unknown)])
            .collect();
        let mut spread = CodedLines::default();
        for (number, (coding, pence)) in (0..).zip(&lines) {
            let alike = mixes.iter().flat_map(|mix| groups.iter().map(move |group| (mix, group)));
            for (&activity, &group) in alike {
                let months = [(4, Flexibility::Statutory), (5i8, coding.flexibility)];
                for (month, flexibility) in months {
                    let period = Placed::On(Period::month(2016 + number % 2, month).unwrap());
                    let coding = Coding { period, activity, group, flexibility, ..*coding };
                    spread.push(&coding, Pence::new(pence.get() / 7 + i64::from(month) - 4));
                }
            }
        }
        let cube = Cube::from_lines(&built.place, spread, &Sorted).unwrap();
        judged(&cube, &sketch, &questions, drills);
        let mut tape = Tape::new(&questions);
        let activities = &built.place.axes().activities;
        let activity = activities.find(&tape.pick(&sketch.activities.codes()));
        let rule = |activity, driver| SharingRule {
            partner: None,
            activity,
            period: None,
            driver,
            text: "a rule of this test".to_owned(),
        };
        let other = Sharing::new(vec![
            rule(Some(activity.unwrap()), tape.below(sketch.drivers.len())),
            rule(None, tape.below(sketch.drivers.len())),
        ]);
        judged(&cube.with_sharing(other), &sketch, &questions, drills);
    }

    /// Regions with many years and themes know where each begins; a question that walks only some of
    /// them is answered as from the records.
    #[test]
    fn what_a_large_region_skips_does_not_show(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=4,
    ) {
        let built = places::build(&sketch);
        let lines: Vec<_> = lines_of(&built.account).iter().collect();
        let mut yearly = CodedLines::default();
        // All in the region of the first line, twice in each of thirty years.
        let Some((first, _)) = lines.first().copied() else {
            return Ok(());
        };
        for (coding, pence) in &lines {
            for (year, month) in (1995..2025i16).flat_map(|year| [(year, 5i8), (year, 6)]) {
                let coding = Coding {
                    locality: first.locality,
                    ages: first.ages,
                    group: first.group,
                    period: Placed::On(Period::month(year, month).unwrap()),
                    ..*coding
                };
                yearly.push(&coding, Pence::new(pence.get() / 3 + i64::from(year % 7)));
            }
        }
        let cube = Cube::from_lines(&built.place, yearly, &Sorted).unwrap();
        judged(&cube, &sketch, &questions, drills);
    }

    /// Every subtotal is what the shorter question gives, whichever sums it was made from.
    #[test]
    fn every_subtotal_is_the_shorter_question(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=4,
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, drills);
        let question = ask.put(&built.cube).with_complement();
        let answers = question.every_subtotal().unwrap();
        let axes = question.answer().unwrap().axes;
        prop_assert_eq!(answers.len(), 1 << axes.len());
        for (set, answer) in answers.iter().enumerate() {
            let drawn = (ask.by.iter().enumerate()).filter(|(axis, _)| set >> axis & 1 == 1);
            let shorter = Ask {
                by: drawn.map(|(_, by)| by.clone()).collect(),
                ..ask.clone()
            };
            let expected = shorter.put(&built.cube).with_complement().answer().unwrap();
            prop_assert_eq!(answer, &expected);
        }
    }

    /// Two loads merged are one load of both.
    #[test]
    fn a_merged_cube_is_the_cube_of_both(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        at in any::<u16>(),
    ) {
        let built = places::build(&sketch);
        let all: Vec<_> = lines_of(&built.account).iter().collect();
        let (first, second) = all.split_at(usize::from(at) % (all.len() + 1));
        let cube = |lines: &[_]| {
            let lines: CodedLines = lines.iter().copied().collect();
            Cube::from_lines(&built.place, lines, &Polars).unwrap()
        };
        let merged = cube(first).merge(&cube(second)).unwrap();
        let turned = cube(second).merge(&cube(first)).unwrap();
        prop_assert_eq!(merged.records(), built.cube.records());
        prop_assert_eq!(turned.records(), built.cube.records());
        prop_assert_eq!(merged.total(), built.cube.total());
        prop_assert!(merged.reconciliation().holds(), "{}", merged.reconciliation());
        let mut tape = Tape::new(&questions);
        let ask = Ask::drawn(&mut tape, &sketch, 2);
        let (one, other) = (ask.put(&merged).answer().unwrap(), ask.put(&built.cube).answer().unwrap());
        // Lines that a program places name no ledgers, and so have other months.
        let told = |mut answer: Answer| {
            answer.rows.iter_mut().for_each(|row| row.figure.months = None);
            answer.rows
        };
        prop_assert_eq!(told(one.clone()), told(other));
        prop_assert_eq!(one.rows, ask.put(&cube(&all)).answer().unwrap().rows);
        prop_assert!(one.reconciliation.holds());
    }

    /// An answer that was written down is read as the same answer.
    #[test]
    fn answers_survive_json(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=3,
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, drills);
        let answer = ask.put(&built.cube).with_complement().answer().unwrap();
        let text = serde_json::to_string_pretty(&answer).unwrap();
        let read: Answer = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&read, &answer);
        // By way of a value too, where objects lose their order.
        let value = serde_json::to_value(&answer).unwrap();
        let read: Answer = serde_json::from_value(value.clone()).unwrap();
        prop_assert_eq!(&read, &answer);
        // Money is never a number.
        prop_assert!(value["total"]["amount"].is_string());
        for row in value["rows"].as_array().unwrap() {
            prop_assert!(row["amount"].is_string());
            prop_assert!(row["composition"].as_object().unwrap().values().all(|part| part.is_string()));
        }
    }

    /// A table's rows as a data frame, in the same pence.
    #[test]
    fn frames_hold_the_same_pence(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, 1);
        let answer = ask.put(&built.cube).answer().unwrap();
        let frame = answer.to_frame().unwrap();
        prop_assert_eq!(frame.height(), answer.rows.len());
        let pence: Vec<i64> = frame.column("amount_pence").unwrap().i64().unwrap().into_no_null_iter().collect();
        let rows: Vec<i64> = answer.rows.iter().map(|row| row.figure.amount.get()).collect();
        prop_assert_eq!(pence, rows);
    }

    /// Explanations add up: the contributions are the figure before closing.
    #[test]
    fn explanations_add_up(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, 1);
        let question = ask.put(&built.cube);
        let answer = question.answer().unwrap();
        let millionths = |text: &str| -> i128 {
            let (sign, size) = text.strip_prefix('-').map_or((1, text), |size| (-1, size));
            let (pounds, rest) = size.split_once('.').unwrap();
            sign * (pounds.parse::<i128>().unwrap() * 1_000_000 + rest.parse::<i128>().unwrap())
        };
        for (i, row) in answer.rows.iter().enumerate() {
            let explanation = question.explain(Some(i), &built.account).unwrap();
            prop_assert_eq!(explanation.amount, row.figure.amount);
            let parts = &explanation.contributions;
            let sum: i128 = parts.iter().map(|part| millionths(&part.exact)).sum();
            let off = (sum - millionths(&explanation.exact)).abs();
            prop_assert!(off <= parts.len() as i128, "{}", explanation);
            let rounding = millionths(&explanation.rounding);
            prop_assert!(rounding.abs() < 10_000, "closing adds less than a penny: {}", rounding);
            for part in parts {
                prop_assert_eq!(part.lines.len() as u64, part.line_count);
                let lines: i64 = part.lines.iter().map(|line| line.pence.get()).sum();
                prop_assert_eq!(lines, part.pence.get());
                let weakest = part.shares.iter().map(|share| share.class).max();
                let weakest = weakest.unwrap_or(wholeplace::axis::Evidence::Direct);
                prop_assert_eq!(part.class, weakest, "{}", explanation);
            }
        }
    }
}

#[test]
fn cubes_of_different_places_do_not_merge() {
    let one = places::build(&Sketch::of_seed(1, ANY));
    let other = places::build(&Sketch::of_seed(2, ANY));
    assert!(matches!(
        one.cube.merge(&other.cube),
        Err(CubeError::DifferentPlaces)
    ));
    // One mass changed is another edition of the pack.
    let mut sketch = Sketch::of_seed(1, ANY);
    *sketch.drivers[0].masses.values_mut().next().unwrap() += 1;
    let edition = places::build(&sketch);
    assert!(matches!(
        one.cube.merge(&edition.cube),
        Err(CubeError::DifferentPlaces)
    ));
    // The same pack opened twice is one place, and its extracts are the same.
    let again = places::build(&Sketch::of_seed(1, ANY));
    assert!(matches!(
        one.cube.merge(&again.cube),
        Err(CubeError::HeldTwice { .. })
    ));
}

/// Found by `explanations_add_up`: a class that no share of the explanation had. A code whose rows
/// all mean one activity does so by judgement, and the explanation says it.
#[test]
fn a_judged_code_is_explained_as_judged() {
    let tape: Vec<u16> = Vec::new();
    let mut sketch = Sketch::drawn(&tape, ANY);
    let ledger = &mut sketch.ledgers[0];
    let to = sketch.activities.0[0].code.clone();
    let parts = vec![(Ok(to.clone()), 30), (Ok(to.clone()), 70)];
    let codes = [("n0".to_owned(), places::Target::Mix(parts))];
    ledger.plans.insert(
        "activity",
        places::Plan::Crosswalk {
            codes: codes.into(),
            otherwise: None,
        },
    );
    ledger.lines = vec![places::LineSketch {
        pence: 10_000,
        codes: [("activity", "n0".to_owned())].into(),
        period: Some(0),
        ..places::LineSketch::default()
    }];
    let built = places::build(&sketch);
    let ask = Ask {
        activities: vec![to],
        ..Ask::everything()
    };
    let explanation = ask.put(&built.cube).explain(None, &built.account).unwrap();
    let part = &explanation.contributions[0];
    assert_eq!(part.class, wholeplace::axis::Evidence::Judgement);
    assert_eq!(part.shares.len(), 1, "{explanation}");
    assert_eq!(part.shares[0].by, "choice of the crosswalk");
    assert_eq!(part.shares[0].numerator, part.shares[0].denominator);
}

/// A calendar year at either end of what periods there are lies partly in a financial year that is
/// none of them: it is not that of its other months.
#[test]
fn a_year_at_the_end_of_time_is_no_financial_year() {
    let built = places::build(&Sketch::of_seed(3, ANY));
    let (coding, _) = lines_of(&built.account).iter().next().unwrap();
    for (calendar, financial, months) in [
        (
            "calendar 1948",
            "1948-49",
            [(1948, 5), (1948, 6), (1948, 7)],
        ),
        (
            "calendar 2099",
            "2098-99",
            [(2098, 5), (2098, 6), (2098, 7)],
        ),
    ] {
        let mut lines = CodedLines::default();
        let months = months.map(|(year, month)| Period::month(year, month).unwrap());
        for (number, period) in [calendar.parse().unwrap()]
            .into_iter()
            .chain(months)
            .enumerate()
        {
            let period = Placed::On(period);
            lines.push(
                &Coding { period, ..coding },
                Pence::new(1_200 + number as i64),
            );
        }
        let cube = Cube::from_lines(&built.place, lines, &Sorted).unwrap();
        let question = cube
            .ask()
            .period(financial.parse().unwrap())
            .phase(Phase::Outturn)
            .boundary(Boundary::AllPartners);
        let slow = question.answer_record_by_record().unwrap();
        assert_eq!(question.answer().unwrap(), slow);
        assert_ne!(slow.total.amount, cube.total());
    }
}
