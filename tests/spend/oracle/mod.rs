//! An answer worked out the slow way, from the sketch of a place and not from the library.
//!
//! Line by line, part of a mix by part, month by month, leaf by leaf, age by age: each of these
//! smallest pieces lies in the slice, outside it, or cannot be said. Masses are added up cell by
//! cell of the driver, money is added as fractions of big integers. Nothing here calls the
//! library except to ask it the same question.
//!
//! Covered: mixes of activities and of localities, gaps, unmapped codes, zero mass, drivers by single year, by band, without
//! ages, by client group, with a part of the places; periods that overlap a question in part;
//! members of a second grouping; several members of an axis; drills by one or two axes. Ages of
//! any kind ([`Terms::aligned`] false) are covered too: a driver whose cell would be torn is too
//! coarse. In wide places also: some partners inside and others not, money whose partner nobody
//! knows, payments to one partner or two of which ledgers are held or end before, agency money, what
//! is given in kind, how free money is. Not covered: tags by crosswalk, replaced lines, mixes of
//! evidence, income, repayments, agreed figures of payees ([`crate::spend::consolidation`] has those).
//!
//! - `fraction`: fractions of pence
//! - `region`: leaf by leaf, age by age, group by group: where the people of a line are
//! - `slow`: line by line: what each is to the boundary, and where its money lies

mod fraction;
mod region;
mod slow;

use crate::fixtures::places::{
    self, Ask, DriverSketch, LedgerSketch, LineSketch, PERIODS, Plan, Sketch, Tape, Target, Terms,
    ten_thousandths,
};
use crate::spend::conservation::cases;
use fraction::Fraction;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};
use proptest::prelude::*;
use slow::*;
use std::collections::BTreeMap;
use wholeplace::cube::{Figure, MemorandumSum};

/// Residents of a slice, counted one cell at a time; none where they cannot be counted.
fn heads(sketch: &Sketch, ask: &Ask) -> Option<u64> {
    let driver = &sketch.drivers[sketch.residents?];
    if ask.localities.is_empty() || !ask.groups.is_empty() || ask.tag.is_some() {
        return None;
    }
    let unit = match driver.scale {
        10 if driver.masses.values().any(|mass| mass % 10 != 0) => return None,
        scale => scale,
    };
    let asked =
        |age: u8| ask.ages.is_empty() || ask.ages.iter().any(|&(a, b)| (a..=b).contains(&age));
    let mut persons = 0;
    for leaf in ask.localities.iter().flat_map(|code| sketch.leaves(code)) {
        let mut covered = false;
        for ((_, (a, b), _), mass) in driver
            .masses
            .iter()
            .filter(|((code, _, _), _)| *code == leaf)
        {
            covered = true;
            let inside = (*a..=*b).filter(|&age| asked(age)).count();
            match inside {
                0 => {}
                all if all == usize::from(b - a) + 1 => persons += mass / unit,
                _ => return None,
            }
        }
        if !covered {
            return None;
        }
    }
    (persons > 0).then_some(persons)
}

fn compare(sketch: &Sketch, ask: &Ask) {
    let built = places::build(sketch);
    let answer = ask.put(&built.cube).with_complement().answer().unwrap();
    let shown = answer.to_string();
    let mut undrilled = ask.clone();
    undrilled.by.clear();
    let total = Slow::answer(sketch, &undrilled);
    let none = Vec::new();
    let slice = total
        .rows
        .get(&none)
        .cloned()
        .unwrap_or_else(Fraction::zero);
    let case = || format!("{ask:?}\n{shown}");
    assert_eq!(
        ten_thousandths(&answer.total.exact),
        slice.told(),
        "{}",
        case()
    );
    // Where a conduit keeps a part of a penny, the total of the boundary is rounded before it is
    // closed into the slice and the rest.
    let more = u8::from(!total.whole.is_whole());
    assert!(
        match more {
            0 => slice.is_nearly(answer.total.amount.get()),
            _ => slice.is_within(2, answer.total.amount.get()),
        },
        "{}",
        case()
    );
    let out = answer.complement.as_ref().unwrap();
    assert_eq!(ten_thousandths(&out.exact), total.out.told(), "{}", case());
    assert!(
        total.out.is_within(1 + 2 * more, out.amount.get()),
        "{}",
        case()
    );
    let mut sum = slice.plus(&total.out);
    for ((_, gap), beside) in &total.memoranda {
        sum = sum.plus(beside);
        let found = answer
            .total
            .unshared
            .iter()
            .find(|(found, _)| found.name() == *gap);
        let found = found.map_or(0, |(_, pence)| pence.get());
        assert!(
            beside.is_within(1 + 2 * more, found),
            "{gap} {found}: {}",
            case()
        );
    }
    assert_eq!(sum, total.whole, "the oracle itself");
    if ask.boundary.is_empty() && sketch.ledgers.iter().all(|ledger| !ledger.wide) {
        let recorded = Fraction::new(sketch.whole(ask.phase).into(), 1.into());
        assert_eq!(sum, recorded, "nothing is left out");
    }
    compare_memo(&total, &[], &answer.total, &case());
    for word in WORDS {
        let slow = total
            .memo_out
            .get(word)
            .cloned()
            .unwrap_or_else(Fraction::zero);
        let found = memo(out, word).map_or(0, |sum| sum.amount.get());
        assert!(
            slow.is_within(2, found),
            "{word} {found} outside: {}",
            case()
        );
    }
    assert_eq!(
        heads(sketch, ask),
        answer
            .total
            .per_head
            .as_ref()
            .and_then(|heads| heads.persons),
        "{ask:?}"
    );
    if ask.by.is_empty() {
        return;
    }
    let slow = Slow::answer(sketch, ask);
    let mut expected: BTreeMap<Vec<String>, i128> = slow
        .rows
        .iter()
        .map(|(row, sum)| (row.clone(), sum.told()))
        .collect();
    let mut found: BTreeMap<Vec<String>, i128> = answer
        .rows
        .iter()
        .map(|row| {
            let codes = row.keys.iter().map(|key| key.code.clone()).collect();
            (codes, ten_thousandths(&row.figure.exact))
        })
        .collect();
    assert_eq!(found.len(), answer.rows.len(), "each row once: {}", case());
    // A row may be there for money that only may lie in it, or that is zero.
    expected.retain(|_, sum| *sum != 0);
    found.retain(|_, sum| *sum != 0);
    assert_eq!(found, expected, "{}", case());
    for row in &answer.rows {
        let codes: Vec<String> = row.keys.iter().map(|key| key.code.clone()).collect();
        compare_memo(&slow, &codes, &row.figure, &case());
    }
    for (row, word) in slow.memo.keys() {
        let nothing = (slow.memo[&(row.clone(), *word)].iter()).all(|sum| sum.told() == 0);
        let found =
            (answer.rows.iter()).any(|found| found.keys.iter().map(|key| &key.code).eq(row.iter()));
        assert!(found || nothing, "{row:?} {word}: {}", case());
    }
    for ((row, gap), beside) in &slow.memoranda {
        let found = answer.rows.iter().find(|found| {
            found
                .keys
                .iter()
                .map(|key| key.code.as_str())
                .eq(row.iter().map(String::as_str))
        });
        let beside_found = found
            .and_then(|row| {
                row.figure
                    .unshared
                    .iter()
                    .find(|(found, _)| found.name() == *gap)
            })
            .map_or(0, |(_, pence)| pence.get());
        assert!(
            beside.is_within(1 + 2 * more, beside_found),
            "{row:?} {gap} {beside_found}: {}",
            case()
        );
    }
}

/// The words for what stands beside a total in the places here.
const WORDS: [&str; 5] = [
    "eliminated",
    "agency",
    "in kind",
    "of it outgoing",
    "of it through unheld",
];

fn memo(figure: &Figure, word: &str) -> Option<MemorandumSum> {
    let found = figure
        .memoranda
        .iter()
        .find(|(what, _)| what.name() == word);
    found.map(|(_, sum)| *sum)
}

/// Holds what stands beside a figure against what the slow way has for its row.
fn compare_memo(slow: &Found, row: &[String], figure: &Figure, case: &str) {
    for word in WORDS {
        let known = slow.memo.get(&(row.to_vec(), word)).cloned();
        let [here, unknown] = known.unwrap_or_else(|| [Fraction::zero(), Fraction::zero()]);
        let (amount, unshared) =
            memo(figure, word).map_or((0, 0), |sum| (sum.amount.get(), sum.unshared.get()));
        assert!(here.is_within(2, amount), "{row:?} {word} {amount}: {case}");
        assert!(
            unknown.is_within(2, unshared),
            "{row:?} {word} {unshared} unshared: {case}"
        );
    }
}

/// Every rule that the slow way knows decides about some money of the places and questions here.
#[test]
fn every_rule_is_really_met() {
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..150 {
        let terms = Terms {
            positive: false,
            aligned: true,
        };
        let sketch = Sketch::of_seed(seed, terms).wide(&places::numbers_of(seed + 1000, 1200));
        let numbers = places::numbers_of(seed + 2000, 60);
        let ask = Ask::drawn_wide(&mut Tape::new(&numbers), &sketch, 1);
        for (name, times) in Slow::answer(&sketch, &ask).met {
            *met.entry(name).or_default() += times;
        }
    }
    for rule in RULES.iter().chain(&WORDS) {
        assert!(
            met.get(rule).is_some_and(|times| *times > 0),
            "{rule} never occurs: {met:?}"
        );
    }
}

const RULES: [&str; 12] = [
    "money of several localities",
    "money on an activity above the cut",
    "money without the tag that is asked",
    "money with the tag that is asked",
    "nobody's money, where partners are cut",
    "nobody's money, where some are inside",
    "a period partly inside",
    "a period partly inside, by year",
    "in kind asked",
    "a row of a partner on the other side",
    "two partners on the other side",
    "a row of how free it is",
];

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn totals(
        sketch in places::sketches(Terms { positive: false, aligned: true }),
        questions in places::questions(),
    ) {
        compare(&sketch, &Ask::drawn(&mut Tape::new(&questions), &sketch, 0));
    }

    #[test]
    fn rows(
        sketch in places::sketches(Terms { positive: false, aligned: true }),
        questions in places::questions(),
        drills in 1usize..=2,
    ) {
        compare(&sketch, &Ask::drawn(&mut Tape::new(&questions), &sketch, drills));
    }

    #[test]
    fn rows_with_any_ages(
        sketch in places::sketches(Terms { positive: false, aligned: false }),
        questions in places::questions(),
        drills in 0usize..=2,
    ) {
        compare(&sketch, &Ask::drawn(&mut Tape::new(&questions), &sketch, drills));
    }

    /// Partners who pay each other, boundaries, what is given in kind.
    #[test]
    fn wide_places(
        sketch in places::sketches(Terms { positive: false, aligned: true }),
        more in proptest::collection::vec(any::<u16>(), 0..600),
        questions in places::questions(),
        drills in 0usize..=1,
    ) {
        let sketch = sketch.wide(&more);
        compare(&sketch, &Ask::drawn_wide(&mut Tape::new(&questions), &sketch, drills));
    }
}
