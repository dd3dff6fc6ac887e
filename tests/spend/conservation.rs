//! No pound is lost, made, or counted twice: properties of answers over random places.
//!
//! Amounts are compared to the penny. Where exact sums are compared it is by their texts, which
//! are rounded to four decimals: each is at most half a ten-thousandth of a pound from what it
//! stands for, so that a sum of `n` texts and another text differ by no more than `(n + 1) / 2`
//! ten-thousandths. The tolerances here are whole: `n`, or a little more.

use crate::fixtures::places::{self, Ask, Built, Sketch, Tape, Terms, ten_thousandths};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use wholeplace::axis::Evidence;
use wholeplace::cube::{Answer, Figure, KeyPart};
use wholeplace::driver::{Sharing, SharingRule};
use wholeplace::money::Pence;

/// So many cases, or as many as `PROPTEST_CASES` says.
pub fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(count),
        failure_persistence: None,
        max_shrink_iters: 3_000,
        ..ProptestConfig::default()
    }
}

const ANY: Terms = Terms {
    positive: false,
    aligned: false,
};
/// Ages in records, drivers and questions are made of the same bands, so that no driver is too
/// coarse for one question and fine enough for a narrower one.
const ALIGNED: Terms = Terms {
    positive: false,
    aligned: true,
};
const POSITIVE: Terms = Terms {
    positive: true,
    aligned: true,
};

fn wide(pence: Pence) -> i128 {
    i128::from(pence.get())
}

fn unshared(figure: &Figure) -> i128 {
    figure.unshared.values().map(|&pence| wide(pence)).sum()
}

fn answer(built: &Built, ask: &Ask) -> Answer {
    ask.put(&built.cube).with_complement().answer().unwrap()
}

fn exact(answer: &Answer) -> i128 {
    ten_thousandths(&answer.total.exact)
}

/// What must hold in every answer, whatever it is about.
pub fn check(answer: &Answer, whole: i128) {
    let total = &answer.total;
    let complement = answer.complement.as_ref().unwrap();
    assert_eq!(
        wide(total.amount) + wide(complement.amount) + unshared(total),
        whole,
        "slice + complement + what cannot be said = everything of the phase"
    );
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    let rows: i128 = answer.rows.iter().map(|row| wide(row.figure.amount)).sum();
    assert_eq!(rows, wide(total.amount), "rows sum to the total");
    let mut beside = BTreeMap::new();
    for row in &answer.rows {
        for (gap, pence) in &row.figure.unshared {
            *beside.entry(*gap).or_insert(0) += wide(*pence);
        }
    }
    beside.retain(|_, pence| *pence != 0);
    let whole_beside: BTreeMap<_, _> = total
        .unshared
        .iter()
        .map(|(gap, pence)| (*gap, wide(*pence)))
        .collect();
    assert_eq!(
        beside, whole_beside,
        "what lies beside the rows lies beside the total"
    );
    let exact_rows: i128 = answer
        .rows
        .iter()
        .map(|row| ten_thousandths(&row.figure.exact))
        .sum();
    assert!(
        (exact_rows - ten_thousandths(&total.exact)).abs() <= answer.rows.len() as i128,
        "exact rows sum to the exact total: {exact_rows}, {}",
        total.exact
    );
    let rows = answer.rows.iter().map(|row| &row.figure);
    for figure in rows.chain([total, complement]) {
        let classes: i128 = Evidence::ALL
            .iter()
            .map(|&class| wide(figure.composition.of(class)))
            .sum();
        assert_eq!(
            classes,
            wide(figure.amount),
            "the composition sums to the amount"
        );
        let off = (wide(figure.amount) * 100 - ten_thousandths(&figure.exact)).abs();
        assert!(
            off <= 100,
            "closed to {} from {}",
            figure.amount,
            figure.exact
        );
    }
}

fn keys_of(answer: &Answer, depth: usize) -> BTreeMap<Vec<Arc<KeyPart>>, i128> {
    let mut sums = BTreeMap::new();
    for row in &answer.rows {
        *sums.entry(row.keys[..depth].to_vec()).or_insert(0) += wide(row.figure.amount);
    }
    // A row of nothing in one table need not stand in the other.
    sums.retain(|_, sum| *sum != 0);
    sums
}

/// Rows of a drilled answer by the code of their only key, exact.
fn exact_rows(answer: &Answer) -> BTreeMap<String, i128> {
    let rows = answer.rows.iter();
    rows.map(|row| {
        let code = row
            .keys
            .iter()
            .map(|key| key.code.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        (code, ten_thousandths(&row.figure.exact))
    })
    .collect()
}

/// An axis as a drill by its leaves.
fn by(axis: &str) -> String {
    match axis {
        "locality" => "locality@leaf".to_owned(),
        axis => axis.to_owned(),
    }
}

/// Money that the drilled table has in rows that are no member of the partition: gaps, members
/// above the leaves.
fn in_no_member(rows: &BTreeMap<String, i128>, members: &[String]) -> (i128, i128) {
    let others = rows.iter().filter(|(code, _)| !members.contains(code));
    others.fold((0, 0), |(sum, count), (_, exact)| (sum + exact, count + 1))
}

/// Drilled age bands print without their zero ends, so members are named as answers name them.
fn printed(axis: &str, member: &str) -> String {
    match axis {
        "ages" => member
            .parse::<wholeplace::axis::Ages>()
            .unwrap()
            .to_string(),
        _ => member.to_owned(),
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_answer_holds_together(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let mut tape = Tape::new(&questions);
        for drills in [0, 1, 2, 3] {
            let ask = Ask::drawn(&mut tape, &sketch, drills);
            check(&answer(&built, &ask), sketch.whole(ask.phase));
        }
    }

    #[test]
    fn the_account_is_all_lines_of_all_ledgers(sketch in places::sketches(ANY)) {
        let built = places::build(&sketch);
        let whole = sketch.whole("outturn") + sketch.whole("budget");
        prop_assert_eq!(wide(built.account.total()), whole);
        prop_assert_eq!(wide(built.cube.total()), whole);
        prop_assert!(built.cube.reconciliation().holds());
        let lines: usize = sketch.ledgers.iter().map(|ledger| ledger.lines.len()).sum();
        prop_assert_eq!(built.account.line_count(), lines as u64);
    }

    /// Lines that a pack takes out as no spending are in no figure: the place answers as one whose files
    /// never had them, and what was read is the account and what was taken out.
    #[test]
    fn what_is_not_spending_is_in_no_figure(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let mut without = sketch.clone();
        let mut pack = sketch.place_toml();
        let mut out = 0;
        for (number, ledger) in sketch.ledgers.iter().enumerate() {
            let is_out = |line: &usize| *line > 0 && questions[line % questions.len()] % 3 == 0;
            let lines: Vec<usize> = (0..ledger.lines.len()).filter(is_out).collect();
            if lines.is_empty() {
                continue;
            }
            out += lines.iter().map(|&line| i128::from(ledger.lines[line].pence)).sum::<i128>();
            let codes: Vec<String> = lines.iter().map(|line| format!("\"{number}/{line}\"")).collect();
            pack += &format!(
                "[[excluded]]\nledger = \"l{number}\"\ncodes.line = [{}]\nreason = \"treasury\"\n",
                codes.join(", ")
            );
            let kept = (0..ledger.lines.len()).filter(|line| !is_out(line));
            without.ledgers[number].lines = kept.map(|line| ledger.lines[line].clone()).collect();
        }
        let folder = tempfile::tempdir().unwrap();
        sketch.write(folder.path());
        std::fs::write(folder.path().join("place.toml"), pack).unwrap();
        let built = places::open(folder);
        let whole = without.whole("outturn") + without.whole("budget");
        prop_assert_eq!(wide(built.account.total()), whole);
        let taken: i128 = built.account.excluded().map(|money| wide(money.pence)).sum();
        prop_assert_eq!(taken, out);
        let ledgers = built.account.ledgers().iter();
        let read: i128 = ledgers.map(|mapped| wide(mapped.ledger().total())).sum();
        prop_assert_eq!(read, whole + out);
        prop_assert!(built.cube.reconciliation().holds());
        let never = places::build(&without);
        let mut tape = Tape::new(&questions);
        for drills in [0, 1, 2] {
            let ask = Ask::drawn(&mut tape, &sketch, drills);
            let (found, wanted) = (answer(&built, &ask), answer(&never, &ask));
            check(&found, without.whole(ask.phase));
            // A month of which only such lines were read was read.
            let without_months = |figure: &Figure| {
                let mut figure = figure.clone();
                figure.months = None;
                figure
            };
            prop_assert_eq!(without_months(&found.total), without_months(&wanted.total));
            prop_assert_eq!(found.rows.len(), wanted.rows.len());
            for (found, wanted) in found.rows.iter().zip(&wanted.rows) {
                prop_assert_eq!(&found.keys, &wanted.keys);
                prop_assert_eq!(without_months(&found.figure), without_months(&wanted.figure));
            }
        }
    }

    #[test]
    fn subtotals_are_the_rows_of_the_shorter_question(
        sketch in places::sketches(ANY),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, 3);
        let deep = answer(&built, &ask);
        for depth in [1, 2] {
            let mut shorter = ask.clone();
            shorter.by.truncate(depth);
            let shorter = answer(&built, &shorter);
            prop_assert_eq!(&shorter.total, &deep.total);
            prop_assert_eq!(keys_of(&shorter, depth), keys_of(&deep, depth));
        }
    }
}

proptest! {
    #![proptest_config(cases(96))]

    /// Asked one by one, the members of an axis and what lies in none of them are the whole.
    #[test]
    fn a_partition_is_the_whole(
        sketch in places::sketches(ALIGNED),
        questions in places::questions(),
        axis in proptest::sample::select(places::AXES.to_vec()),
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, 0).uncut(axis);
        // A driver that knows client groups shares a branch over its groups when one of them is
        // asked for, and drilled rows keep it as recorded.
        prop_assume!(axis != "group" || sketch.drivers.iter().all(|d| d.groups.is_empty()));
        let whole = answer(&built, &ask);
        let drilled = answer(&built, &ask.drilled(&[&by(axis)]));
        let rows = exact_rows(&drilled);
        let members = sketch.partition(axis);
        let printed: Vec<String> = members.iter().map(|m| printed(axis, m)).collect();
        let (mut sum, others) = in_no_member(&rows, &printed);
        for (member, code) in members.iter().zip(&printed) {
            let part = exact(&answer(&built, &ask.only(axis, member)));
            prop_assert!(
                (part - rows.get(code).copied().unwrap_or(0)).abs() <= 1,
                "the row of {} is what its own question gives", code
            );
            sum += part;
        }
        let tolerance = members.len() as i128 + others + 1;
        prop_assert!((sum - exact(&whole)).abs() <= tolerance, "{} {}", sum, whole.total.exact);
    }

    /// The same over two axes at once: members × members.
    #[test]
    fn a_joint_partition_is_the_whole(
        sketch in places::sketches(ALIGNED),
        questions in places::questions(),
        outer in proptest::sample::select(vec!["locality", "activity", "partner"]),
    ) {
        let inner = "ages";
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, 0).uncut(outer).uncut(inner);
        let whole = answer(&built, &ask);
        let drilled = answer(&built, &ask.drilled(&[&by(outer), inner]));
        let rows = exact_rows(&drilled);
        let (mut sum, mut terms) = (0, 1);
        let mut members = Vec::new();
        for first in sketch.partition(outer) {
            for second in sketch.partition(inner) {
                let one = ask.only(outer, &first).only(inner, &second);
                let part = exact(&answer(&built, &one));
                sum += part;
                terms += 1;
                members.push(format!("{} {}", first, printed(inner, &second)));
            }
        }
        let (beside, others) = in_no_member(&rows, &members);
        sum += beside;
        terms += others;
        prop_assert!((sum - exact(&whole)).abs() <= terms, "{} {}", sum, whole.total.exact);
    }

    /// Cutting one more axis, or the same one narrower, never raises what is left.
    #[test]
    fn narrowing_never_raises(
        sketch in places::sketches(POSITIVE),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let ask = Ask::drawn(&mut Tape::new(&questions), &sketch, 0);
        let mut narrow = ask.clone();
        // From everything down to the question, axis by axis.
        for axis in ["period", "locality", "ages", "activity", "partner", "group"] {
            let wider = match axis {
                "period" => Ask { period: 5, ..narrow.clone() },
                axis => narrow.uncut(axis),
            };
            // Of two periods the wider holds the narrower, or nothing is said.
            if axis == "period" && !places::within(places::PERIODS[ask.period], places::PERIODS[5]) {
                continue;
            }
            let (less, more) = (answer(&built, &narrow), answer(&built, &wider));
            prop_assert!(less.total.amount <= more.total.amount, "{} {:?}", axis, narrow);
            prop_assert!(exact(&less) <= exact(&more), "{} {:?}", axis, narrow);
            narrow = wider;
        }
        // One of several members is narrower than all of them.
        for axis in ["locality", "ages", "activity", "partner"] {
            let members: Vec<String> = match axis {
                "locality" => ask.localities.clone(),
                "activity" => ask.activities.clone(),
                "partner" => ask.partners.clone(),
                _ => ask.ages.iter().map(|(a, b)| format!("{a}-{b}")).collect(),
            };
            if let [first, _, ..] = members.as_slice() {
                let (less, more) = (answer(&built, &ask.only(axis, first)), answer(&built, &ask));
                prop_assert!(less.total.amount <= more.total.amount, "{} {:?}", axis, ask);
                prop_assert!(exact(&less) <= exact(&more), "{} {:?}", axis, ask);
            }
        }
    }

    /// Whatever the ages and the drivers: what a narrower question finds was in the wider one, or
    /// stood beside it because a driver was too coarse to say.
    #[test]
    fn what_narrowing_finds_was_there(
        sketch in places::sketches(Terms { positive: true, aligned: false }),
        questions in places::questions(),
    ) {
        let built = places::build(&sketch);
        let narrow = Ask::drawn(&mut Tape::new(&questions), &sketch, 0);
        for axis in places::AXES {
            let wider = narrow.uncut(axis);
            let (less, more) = (answer(&built, &narrow), answer(&built, &wider));
            let reach = wide(more.total.amount) + unshared(&more.total);
            prop_assert!(wide(less.total.amount) <= reach + 1, "{} {:?}", axis, narrow);
        }
    }

    /// A measure that is zero everywhere shares nothing, and the money stays in sight.
    #[test]
    fn zero_mass_keeps_the_pot_visible(
        sketch in places::sketches(ALIGNED),
        questions in places::questions(),
    ) {
        let mut sketch = sketch;
        for driver in &mut sketch.drivers {
            driver.masses.values_mut().for_each(|mass| *mass = 0);
        }
        let built = places::build(&sketch);
        let mut tape = Tape::new(&questions);
        for drills in [0, 1, 2] {
            let ask = Ask::drawn(&mut tape, &sketch, drills);
            let answer = answer(&built, &ask);
            check(&answer, sketch.whole(ask.phase));
            // Nothing was shared by a measure, except by those that people chose: mixes, days.
            for figure in answer.rows.iter().map(|row| &row.figure).chain([&answer.total]) {
                prop_assert_eq!(figure.composition.driver, Pence::ZERO);
                prop_assert_eq!(figure.composition.population, Pence::ZERO);
            }
        }
        // The whole place needs no measure: everything of the phase that has a period is there.
        let everything = answer(&built, &Ask::everything());
        check(&everything, sketch.whole("outturn"));
    }

    /// Other rules are another answer and the same place: everything conserves, and no total of
    /// the whole place moves.
    #[test]
    fn other_sharing_rules_move_no_total_of_the_whole(
        sketch in places::sketches(ANY),
        other in places::questions(),
        questions in places::questions(),
    ) {
        let mut built = places::build(&sketch);
        let mut tape = Tape::new(&other);
        let axes = built.place.axes();
        let rule = |partner: Option<&String>, activity: Option<&String>, driver| SharingRule {
            partner: partner.map(|code| axes.partners.find(code).unwrap()),
            activity: activity.map(|code| axes.activities.find(code).unwrap()),
            period: None,
            driver,
            text: "a rule of this test".to_owned(),
        };
        let activity = tape.pick(&sketch.activities.codes());
        let sharing = Sharing::new(vec![
            rule(Some(&tape.pick(&sketch.partners)), None, tape.below(sketch.drivers.len())),
            rule(None, Some(&activity), tape.below(sketch.drivers.len())),
            rule(None, None, tape.below(sketch.drivers.len())),
        ]);
        let whole = answer(&built, &Ask::everything());
        let before = built.cube.clone();
        built.cube = built.cube.with_sharing(sharing);
        prop_assert_eq!(built.cube.records(), before.records());
        let other = answer(&built, &Ask::everything());
        prop_assert_eq!(other.total.amount, whole.total.amount);
        prop_assert_eq!(&other.total.exact, &whole.total.exact);
        let mut tape = Tape::new(&questions);
        for drills in [0, 1, 2] {
            let ask = Ask::drawn(&mut tape, &sketch, drills);
            check(&answer(&built, &ask), sketch.whole(ask.phase));
        }
    }
}

/// The generator itself: what the properties above rely on is really drawn, and often enough.
#[test]
fn the_places_are_not_trivial() {
    let mut seen = BTreeMap::<&str, u32>::new();
    for seed in 0..60 {
        let sketch = Sketch::of_seed(seed, ANY);
        let built = places::build(&sketch);
        let mut count = |what: &'static str, there: bool| {
            *seen.entry(what).or_default() += u32::from(there);
        };
        count("lines", built.account.line_count() > 0);
        count("several ledgers", built.account.ledgers().len() > 1);
        count("unmapped codes", !built.account.unmapped().is_empty());
        count(
            "mixes",
            built
                .place
                .mixes()
                .iter()
                .any(|(_, mix)| mix.parts.len() > 1),
        );
        count(
            "drivers by groups",
            built.place.drivers().iter().any(|d| d.knows_groups()),
        );
        count(
            "a place within a force",
            sketch.localities.0[0].code == "force",
        );
        let drawn = Ask::drawn(
            &mut Tape::new(&places::numbers_of(seed + 999, 60)),
            &sketch,
            1,
        );
        let answer = answer(&built, &drawn);
        count("money", answer.total.amount != Pence::ZERO);
        count(
            "shared",
            answer.total.composition.direct != answer.total.amount,
        );
        count("beside", !answer.total.unshared.is_empty());
        count("several rows", answer.rows.len() > 1);
    }
    for (what, times) in seen {
        assert!(times >= 6, "{what}: only {times} of 60 places");
    }
}

/// Questions without an answer say why, and never give nought instead.
#[test]
fn questions_that_cannot_be_answered() {
    let mut numbers = vec![0; 4];
    numbers.extend(places::numbers_of(7, 800));
    let sketch = Sketch::drawn(&numbers, ANY);
    let built = places::build(&sketch);
    let ask = || {
        built
            .cube
            .ask()
            .phase("outturn".parse().unwrap())
            .boundary(wholeplace::account::Boundary::AllPartners)
            .period("2017-18".parse().unwrap())
    };
    let says = |question: wholeplace::cube::Question<'_>, wanted: &str| {
        let message = question.answer().unwrap_err().to_string();
        assert!(message.contains(wanted), "{message}");
    };
    says(
        built
            .cube
            .ask()
            .phase("outturn".parse().unwrap())
            .boundary(wholeplace::account::Boundary::AllPartners),
        "names no period",
    );
    says(
        built.cube.ask().period("2017-18".parse().unwrap()),
        "names no phase",
    );
    says(
        (built.cube.ask().period("2017-18".parse().unwrap())).phase("outturn".parse().unwrap()),
        "names no boundary",
    );
    says(ask().locality("plaec"), "did you mean `place`");
    says(
        ask().locality("place").locality("leaf0"),
        "overlap on the axis locality",
    );
    says(
        ask().partner("p0").partner("p0"),
        "overlap on the axis partner",
    );
    says(
        ask()
            .ages("0-17".parse().unwrap())
            .ages("17-20".parse().unwrap()),
        "overlap on the axis ages",
    );
    says(ask().tag("t0").tag("t0"), "never summed");
    says(
        ask().by(["locality@parish".parse().unwrap()]),
        "`parish` is not a level",
    );
    says(
        ask().by(["partner".parse().unwrap(), "partner".parse().unwrap()]),
        "drilled twice",
    );
    says(
        ask().by(["ages@0-15/17+".parse().unwrap()]),
        "overlap or leave ages out",
    );
    // What is recorded nowhere is nothing, with the reason.
    let nothing = built
        .cube
        .ask()
        .phase("forecast".parse().unwrap())
        .boundary(wholeplace::account::Boundary::AllPartners)
        .period("2017-18".parse().unwrap());
    let nothing = nothing.answer().unwrap();
    assert_eq!(nothing.total.amount, Pence::ZERO);
    assert_eq!(
        nothing.emptiness,
        Some(wholeplace::cube::Emptiness::NothingRecorded)
    );
}
