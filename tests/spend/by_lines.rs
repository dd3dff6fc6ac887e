//! Rows by ledger and by the codes that partners wrote, which only lines have.

use super::back_ends::judge;
use super::conservation::cases;
use crate::fixtures::places::{self, Ask, Built, Tape, Terms};
use proptest::prelude::*;
use std::collections::BTreeMap;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::group::{CodedLines, Sorted};
use wholeplace::cube::{Answer, AskError, By, Cube, Question, Row};
use wholeplace::money::Pence;
use wholeplace::place::Place;

const ANY: Terms = Terms {
    positive: false,
    aligned: false,
};

struct Sample {
    account: PlaceAccount,
    cube: Cube,
}

fn sample(pack: &str) -> Sample {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/");
    let place = Place::open(format!("{folder}{pack}")).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    Sample { account, cube }
}

impl Sample {
    fn year(&self, year: &str) -> Question<'_> {
        (self.cube.ask().phase(Phase::Outturn))
            .period(year.parse().unwrap())
            .boundary(Boundary::AllPartners)
            .of_lines(&self.account)
    }
}

fn by(text: &str) -> Vec<By> {
    text.split(',').map(|by| by.parse().unwrap()).collect()
}

/// Each row as `council YOUTH 60000.00 (90000.00)`, with what is eliminated beside it.
fn rows(answer: &Answer) -> Vec<String> {
    let row = |row: &Row| {
        let keys: Vec<&str> = row.keys.iter().map(|key| key.code.as_str()).collect();
        let beside = row
            .figure
            .memorandum(wholeplace::cube::Memorandum::Eliminated);
        let amount = row.figure.amount.to_plain();
        format!("{} {amount} ({})", keys.join(" "), beside.to_plain())
    };
    answer.rows.iter().map(row).collect()
}

fn adds_up(answer: &Answer) {
    let sum = Pence::total(answer.rows.iter().map(|row| row.figure.amount)).unwrap();
    assert_eq!(sum, answer.total.amount);
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
}

/// Added up with a pencil from the five files of the pack.
#[test]
fn the_codes_of_five_partners() {
    let sample = sample("partners");
    let answer = sample.year("2024-25").by(by("code")).answer().unwrap();
    assert_eq!(answer.axes, ["ledger", "code"]);
    assert_eq!(
        rows(&answer),
        [
            "pcc VICTIMS 180000.00 (0.00)",
            "pcc YOUTH 70000.00 (150000.00)",
            // £25,000 of the council, £104,000 of the pool in the same file.
            "council HOME CARE 129000.00 (40000.00)",
            "council ROADS 310000.00 (0.00)",
            "council TAX 0.00 (0.00)",
            "council YOUTH 60000.00 (90000.00)",
            "nhs HOME CARE 45000.00 (60000.00)",
            "charity YOUTH 84997.00 (0.00)",
            "charity-time YOUTH 0.00 (0.00)",
        ]
    );
    adds_up(&answer);
    let without = sample.year("2024-25").answer().unwrap();
    assert_eq!(answer.total, without.total);
    assert_eq!(answer.total.amount.to_string(), "£878,997.00");
    judge(&sample.year("2024-25").by(by("code")));
    // The code comes where it was asked for, with its ledger before it.
    let answer = sample.year("2024-25").by(by("activity@theme,code"));
    assert_eq!(
        answer.answer().unwrap().axes,
        ["activity", "ledger", "code"]
    );
    let by_ledger = sample.year("2024-25").by(by("ledger")).answer().unwrap();
    assert_eq!(
        rows(&by_ledger),
        [
            "pcc 250000.00 (150000.00)",
            "council 499000.00 (130000.00)",
            "nhs 45000.00 (60000.00)",
            "charity 84997.00 (0.00)",
            "charity-time 0.00 (0.00)",
        ]
    );
    assert_eq!(
        by_ledger.rows[0].keys[0].name,
        "Payments and receipts of the commissioner"
    );
}

/// Of youth justice £126,710.00 is published for the county, and 924 of its 27,635 residents of 10 to 17 live
/// in Ludlow: what a code comes to is its share, and all rows together the answer.
#[test]
fn a_code_in_a_place_is_its_share() {
    let sample = sample("shropshire");
    let ludlow = sample.year("2017-18").locality("ludlow");
    let answer = ludlow.clone().by(by("code")).answer().unwrap();
    adds_up(&answer);
    assert_eq!(answer.total, ludlow.answer().unwrap().total);
    let of = |code: &str| {
        let mut rows = answer.rows.iter().filter(|row| row.keys[1].code == code);
        let row = rows.next().unwrap();
        assert!(rows.next().is_none());
        (
            row.figure.amount.to_string(),
            row.figure.composition.in_words(),
        )
    };
    assert_eq!(
        of("YouthJusticeFinance"),
        ("£4,236.66".to_owned(), "all population".to_owned())
    );
    // What has no code of that name stands in one row a ledger, and says so.
    let unnamed: Vec<&Row> = (answer.rows.iter())
        .filter(|row| row.keys[1].code.is_empty())
        .collect();
    assert_eq!(unnamed.len(), 2);
    assert_eq!(
        unnamed[0].keys[1].name,
        "(the ledger has no code `activity`)"
    );
    // Maintained schools in Ludlow, as their file has them.
    assert_eq!(unnamed[0].figure.amount.to_string(), "£1,620,945.21");
    // A row is explained by its own lines.
    let question = ludlow.by(by("code"));
    let wanted = (answer.rows.iter())
        .position(|row| row.keys[1].code == "YouthJusticeFinance")
        .unwrap();
    let explained = question.explain(Some(wanted), &sample.account).unwrap();
    assert_eq!(explained.contributions.len(), 1);
    assert_eq!(explained.contributions[0].lines.len(), 1);
    assert_eq!(
        explained.contributions[0].lines[0].position,
        "children.csv:8"
    );
    assert_eq!(explained.exact, "4236.657861");
}

#[test]
fn a_payee_may_be_a_person() {
    let sample = sample("partners");
    let year = || sample.year("2024-25");
    let answer = year().by(by("code@counterparty")).answer().unwrap();
    adds_up(&answer);
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.contains("a payee may be a person"))
    );
    let json = serde_json::to_string(&answer.rows).unwrap();
    assert!(
        json.contains("x xxxxxxxx") && !json.contains("supplier"),
        "{json}"
    );
    // A reference is no payee. A cell that is empty and a layout without the code are two things.
    let answer = year().by(by("code@reference")).answer().unwrap();
    let said: Vec<(&str, &str)> = (answer.rows.iter())
        .map(|row| (row.keys[0].code.as_str(), row.keys[1].name.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("pcc", "PCC-24-01"),
            ("pcc", "PCC-24-02"),
            ("pcc", "(left empty)"),
            ("council", "T-1"),
            ("council", "T-2"),
            ("council", "(left empty)"),
            ("nhs", "(the ledger has no code `reference`)"),
            ("charity", "(left empty)"),
            ("charity-time", "(the ledger has no code `reference`)"),
        ]
    );
}

#[test]
fn what_cannot_be_told_is_said() {
    let sample = sample("partners");
    let year = || sample.year("2024-25");
    let wrong = |question: Question<'_>, wanted: &str| {
        let error = question.answer().unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    };
    let alone = (sample.cube.ask().phase(Phase::Outturn))
        .period("2024-25".parse().unwrap())
        .boundary(Boundary::AllPartners);
    assert_eq!(
        alone.clone().by([By::Ledger]).answer(),
        Err(AskError::NoLines)
    );
    wrong(alone.by([By::Code(None)]), "a cube holds no ledgers");
    wrong(
        year().by(by("code@refrence")),
        "names a code `refrence`, which `code@<name>` may say; did you mean `reference`?",
    );
    wrong(
        year().by(by("code,code@reference")),
        "the axis code is drilled twice",
    );
    wrong(
        year().by(by("ledger,ledger")),
        "the axis ledger is drilled twice",
    );
    assert!("code@".parse::<By>().is_err());
    // The lines of another account.
    let other = self::sample("shropshire");
    let question = year().of_lines(&other.account).by(by("ledger"));
    wrong(question, "give the account that the cube was built from");
}

/// Other sharing rules move money between places and not between codes.
#[test]
fn what_if_and_ranges_by_code() {
    let sample = sample("shropshire");
    let place = sample.cube.place();
    let question = sample.year("2017-18").by(by("ledger"));
    let what_if = question
        .under(&place.all_by("households").unwrap())
        .unwrap();
    assert!(
        what_if
            .rows
            .iter()
            .all(|row| row.change.difference == Pence::ZERO)
    );
    let ludlow = question.clone().locality("ludlow");
    let what_if = ludlow.under(&place.all_by("households").unwrap()).unwrap();
    let of_rows = Pence::total(what_if.rows.iter().map(|row| row.change.difference)).unwrap();
    assert_eq!(of_rows, what_if.total.difference);
    assert_ne!(of_rows, Pence::ZERO);
    let ranged = ludlow.over(place.alternatives()).unwrap();
    assert_eq!(ranged.answer, ludlow.answer().unwrap());
    let every = ludlow.every_subtotal().unwrap();
    assert_eq!(every.len(), 2);
    assert_eq!(every[1], ranged.answer);
}

/// The sum of some lines of the account, asked of a cube that has no others.
fn of_lines_alone(built: &Built, ask: &Ask, wanted: impl Fn(&str, Option<&str>) -> bool) -> String {
    let lines: CodedLines = (built.account.lines())
        .filter(|(mapped, line, _)| wanted(mapped.ledger().id(), line.code("line")))
        .map(|(_, line, coding)| (coding, line.pence()))
        .collect();
    let cube = Cube::from_lines(&built.place, lines, &Sorted).unwrap();
    ask.put(&cube).answer().unwrap().total.exact
}

proptest! {
    #![proptest_config(cases(40))]

    /// Rows by ledger and code, with other axes before them or behind, add up to the answer; and what a ledger
    /// or a code comes to is what a cube answers that has its lines alone.
    #[test]
    fn rows_are_what_their_lines_alone_come_to(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=2,
    ) {
        let built = places::build(&sketch);
        let mut tape = Tape::new(&questions);
        for _ in 0..3 {
            let ask = Ask::drawn(&mut tape, &sketch, drills);
            let total = Ask { by: Vec::new(), ..ask.clone() };
            let whole = total.put(&built.cube).answer().unwrap();
            for axes in ["ledger", "code@line"] {
                let question = ask.put(&built.cube).of_lines(&built.account).by(by(axes));
                judge(&question);
                let answer = question.answer().unwrap();
                adds_up(&answer);
                prop_assert_eq!(&answer.total, &whole.total);
                // Of the outer axes subtotals are what the question without lines says.
                let mut outer: BTreeMap<Vec<String>, i64> = BTreeMap::new();
                for row in &answer.rows {
                    let keys = row.keys[..ask.by.len()].iter().map(|key| key.code.clone());
                    *outer.entry(keys.collect()).or_default() += row.figure.amount.get();
                }
                for row in &ask.put(&built.cube).answer().unwrap().rows {
                    let keys: Vec<String> = row.keys.iter().map(|key| key.code.clone()).collect();
                    prop_assert_eq!(outer.remove(&keys).unwrap_or_default(), row.figure.amount.get());
                }
                prop_assert!(outer.values().all(|left| *left == 0));
            }
            let by_code = total.put(&built.cube).of_lines(&built.account).by(by("code@line"));
            for row in &by_code.answer().unwrap().rows {
                let (ledger, code) = (&row.keys[0].code, &row.keys[1].code);
                let alone = of_lines_alone(&built, &total, |id, line| {
                    id == ledger && line.unwrap_or_default() == code
                });
                prop_assert_eq!(&alone, &row.figure.exact, "{} {}", ledger, code);
            }
            let by_ledger = total.put(&built.cube).of_lines(&built.account).by(by("ledger"));
            for row in &by_ledger.answer().unwrap().rows {
                let ledger = &row.keys[0].code;
                let alone = of_lines_alone(&built, &total, |id, _| id == ledger);
                prop_assert_eq!(&alone, &row.figure.exact, "{}", ledger);
            }
        }
    }
}
