//! Rows by month and by quarter: what is of one month stands there, and what is not stands by itself.

use super::back_ends::judge;
use super::conservation::cases;
use crate::fixtures::partners;
use crate::fixtures::places::{self, Ask, Tape, Terms};
use proptest::prelude::*;
use wholeplace::axis::{Evidence, Period, Placed};
use wholeplace::cube::group::{CodedLines, Sorted};
use wholeplace::cube::{Answer, By, Cube};
use wholeplace::money::Pence;

const ANY: Terms = Terms {
    positive: false,
    aligned: false,
};

const PAYMENTS: &str = "
council | 2024-04-15 | 10     |          |         | youth | north
council | 2024-06-30 | 20     |          |         | youth | north
council | 2024-06-01 | 5      |          |         | youth | south
council | 2024-07-01 | 40     |          |         | youth | south
council | 2025-03-31 | 80     |          |         | youth | north
council | 2025-04-01 | 1000   |          |         | youth | north
returns | 2024-25    | 365    |          |         | roads | county
returns | 2023-24    | 7000   |          |         | roads | county
";

/// Each row as `Jun 2024: 25.00 (direct)`.
fn said(answer: &Answer) -> Vec<String> {
    (answer.rows.iter())
        .map(|row| {
            let known = row.figure.composition.in_words();
            format!(
                "{}: {} ({known})",
                row.keys[0].name,
                row.figure.amount.to_plain()
            )
        })
        .collect()
}

#[test]
fn a_year_is_told_of_no_month() {
    let place = partners::place(PAYMENTS, "");
    let year = place.ask("all-partners", "2024-25");
    let months = year.clone().by([By::Month]);
    let answer = months.answer().unwrap();
    assert_eq!(
        said(&answer),
        [
            "Apr 2024: 10.00 (all direct)",
            "Jun 2024: 25.00 (all direct)",
            "Jul 2024: 40.00 (all direct)",
            "Mar 2025: 80.00 (all direct)",
            "2024-25 as a whole: not told by month: 365.00 (all direct)",
        ]
    );
    assert_eq!(answer.total.amount.to_string(), "£520.00");
    assert_eq!(answer.axes, ["period"]);
    judge(&months);
    let quarters = year.clone().by([By::Quarter]);
    assert_eq!(
        said(&quarters.answer().unwrap()),
        [
            "Q1 2024-25: 35.00 (all direct)",
            "Q2 2024-25: 40.00 (all direct)",
            "Q4 2024-25: 80.00 (all direct)",
            "2024-25 as a whole: not told by quarter: 365.00 (all direct)",
        ]
    );
    judge(&quarters);
    // In a file codes say the same, in words that no spreadsheet takes for a day.
    let csv = months.answer().unwrap().to_csv();
    let firsts: Vec<&str> = csv
        .lines()
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(
        firsts,
        [
            "period",
            "month of Apr 2024",
            "month of Jun 2024",
            "month of Jul 2024",
            "month of Mar 2025",
            "2024-25",
            "total"
        ]
    );
    // A row is explained by its own lines, and a year by all that lies in it.
    let explained = months.explain(Some(1), &place.account).unwrap();
    assert_eq!(explained.contributions.len(), 2);
    let years = year.by([By::FinancialYear]).answer().unwrap();
    assert_eq!(said(&years), ["2024-25: 520.00 (all direct)"]);
}

/// A question for June takes 30 of the 365 days of a return for the year, by judgement; that is no payment of
/// June, and does not stand there.
#[test]
fn days_of_a_year_are_no_month() {
    let place = partners::place(PAYMENTS, "");
    let june = place.ask("all-partners", "Jun 2024").by([By::Month]);
    let answer = june.answer().unwrap();
    assert_eq!(
        said(&answer),
        [
            "Jun 2024: 25.00 (all direct)",
            "2024-25 as a whole, its days of Jun 2024: not told by month: 30.00 (all judgement)",
        ]
    );
    judge(&june);
    let class = answer.rows[1].figure.composition.of(Evidence::Judgement);
    assert_eq!(class, Pence::new(3_000));
}

/// Whose money it was is found year by year, through all hands.
#[test]
fn whoever_is_paid_by_month_cannot_be_followed_by_month() {
    let place = partners::place(PAYMENTS, "");
    let year = place.ask("all-partners", "2024-25");
    for role in [By::Funder, By::Commissioner] {
        let error = year
            .clone()
            .by([role, By::Month])
            .answer()
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("money is followed back year by year"),
            "{error}"
        );
    }
    // Who spends it is known of every line.
    let spent = year.clone().by([By::Deliverer, By::Quarter]);
    assert_eq!(spent.answer().unwrap().rows.len(), 4);
    judge(&spent);
    let error = year
        .by([By::Month, By::FinancialYear])
        .answer()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the axis period is drilled twice"),
        "{error}"
    );
    for (text, wanted) in [
        ("month", By::Month),
        ("period@month", By::Month),
        ("quarter", By::Quarter),
        ("period@quarter", By::Quarter),
        ("year", By::FinancialYear),
        ("financial-year", By::FinancialYear),
        ("period", By::FinancialYear),
        ("period@year", By::FinancialYear),
    ] {
        assert_eq!(text.parse::<By>().unwrap(), wanted);
    }
    assert!("month@year".parse::<By>().is_err() && "period@week".parse::<By>().is_err());
}

proptest! {
    #![proptest_config(cases(40))]

    /// The quick way is the judge's; rows add up to the answer; and what a row comes to is what a cube answers
    /// that has the lines of its time alone.
    #[test]
    fn a_row_is_what_the_lines_of_its_time_come_to(
        sketch in places::sketches(ANY),
        questions in places::questions(),
        drills in 0usize..=2,
    ) {
        let built = places::build(&sketch);
        let mut tape = Tape::new(&questions);
        for _ in 0..3 {
            let mut ask = Ask::drawn(&mut tape, &sketch, drills);
            ask.by.retain(|by| by != "period");
            for (by, months) in [(By::Month, 1), (By::Quarter, 3)] {
                judge(&ask.put(&built.cube).by([by.clone()]));
                judge(&ask.put(&built.cube).with_complement().by([by.clone()]));
                let alone = Ask { by: Vec::new(), ..ask.clone() };
                let answer = alone.put(&built.cube).by([by]).answer().unwrap();
                let whole = alone.put(&built.cube).answer().unwrap();
                prop_assert_eq!(&answer.total, &whole.total);
                let sum = Pence::total(answer.rows.iter().map(|row| row.figure.amount)).unwrap();
                prop_assert_eq!(sum, whole.total.amount);
                for row in &answer.rows {
                    let Ok(time) = row.keys[0].code.parse::<Period>() else {
                        continue;
                    };
                    let span = time.months() == months
                        && (months == 1 || time.quarters() == [time]);
                    let lines: CodedLines = (built.account.lines())
                        .filter(|(_, _, coding)| match coding.period {
                            Placed::On(of) if span => time.contains(of),
                            Placed::On(of) => of == time,
                            Placed::Gap(_) => false,
                        })
                        .map(|(_, line, coding)| (coding, line.pence()))
                        .collect();
                    let cube = Cube::from_lines(&built.place, lines, &Sorted).unwrap();
                    let of_time = alone.put(&cube).answer().unwrap().total;
                    prop_assert_eq!(&of_time.exact, &row.figure.exact, "{}", time);
                    prop_assert_eq!(of_time.lines, row.figure.lines);
                }
            }
        }
    }
}
