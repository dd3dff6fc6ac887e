//! Whatever happened to contributions, every pound is in one place on every day.

use super::{AGREEMENTS, PRIORITIES, PROMISES, PUBLISHED, TRANSACTIONS, plans};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use wholeplace::money::Pence;
use wholeplace::place_plan::{PlacePlans, Standing};

const STATUSES: [&str; 6] = [
    "secured",
    "received",
    "allocated",
    "transferred",
    "spent",
    "returned",
];

/// A row of transactions: contribution, status, pence, first day, how many days it holds (for ever when none).
type Row = (usize, usize, i64, i64, Option<i64>);

fn day(number: i64) -> Date {
    date(2020, 1, 1).checked_add(number.days()).unwrap()
}

fn written(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

fn opened(rows_are: &str, promised: &[i64], assigned: &[i64], rows: &[Row]) -> PlacePlans {
    let mut promises = PROMISES.to_owned();
    for (number, pence) in promised.iter().enumerate() {
        let of = if number % 2 == 0 { "A" } else { "C" };
        promises += &format!("P{number},{of},x,{},,2020-01-01,\n", written(*pence));
    }
    let mut transactions = TRANSACTIONS.to_owned();
    for (number, (of, status, pence, from, holds)) in rows.iter().enumerate() {
        let end = holds.map_or_else(String::new, |holds| day(from + holds).to_string());
        let (status, amount, from) = (STATUSES[*status], written(*pence), day(*from));
        transactions += &format!("T{number},P{of},{status},{amount},,{from},{end}\n");
    }
    // Of the first contribution some is for one priority and some for another; of the second all is for one.
    let mut spec = PUBLISHED.replace("\"steps\"", &format!("\"{rows_are}\""));
    spec += "[[assigned]]\nrows = [\n    { contribution = \"P1\", priority = \"b\" },\n";
    for (priority, pence) in ["a", "b"].iter().zip(assigned) {
        let pounds = written(*pence);
        spec += &format!(
            "    {{ contribution = \"P0\", priority = \"{priority}\", pounds = \"{pounds}\" }},\n"
        );
    }
    spec += "]\n";
    plans(&[
        ("plans.toml", &spec),
        (
            "priorities.csv",
            &format!("{PRIORITIES}a,A,north,local,x,100,,,planned\nb,B,south,local,x,,,,planned\n"),
        ),
        ("agreements.csv", AGREEMENTS),
        ("promises.csv", &promises),
        ("transactions.csv", &transactions),
    ])
}

/// The sum of the rows of a status that hold on a day, worked out from the rows.
fn sum(rows: &[Row], on: i64, statuses: &[&str]) -> i64 {
    let holds = |row: &&Row| row.3 <= on && row.4.is_none_or(|holds| on <= row.3 + holds);
    let of_status = |row: &&Row| statuses.contains(&STATUSES[row.1]);
    rows.iter()
        .filter(holds)
        .filter(of_status)
        .map(|row| row.2)
        .sum()
}

fn nothing_below_nothing(standing: &Standing<Pence>) -> bool {
    let all = [
        standing.asked,
        standing.not_due,
        standing.due,
        standing.above,
        standing.unallocated,
        standing.allocated,
        standing.transferred,
        standing.spent,
        standing.returned,
        standing.ahead,
        standing.secured().unwrap(),
        standing.received().unwrap(),
    ];
    all.iter().all(|pence| *pence >= Pence::ZERO)
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        0..3_usize,
        0..6_usize,
        0..200_000_i64,
        0..700_i64,
        prop::option::weighted(0.2, 0..200_i64),
    );
    prop::collection::vec(row, 0..14)
}

proptest! {
    #[test]
    fn every_pound_is_in_one_place(
        rows in rows(),
        promised in prop::collection::vec(1_000..300_000_i64, 3),
        parts in (0..500_i64, 0..500_i64),
        days in prop::collection::vec(0..900_i64, 3),
        standing_rows in any::<bool>(),
    ) {
        let rows_are = if standing_rows { "standing" } else { "steps" };
        let assigned = [promised[0] * parts.0 / 1_000, promised[0] * parts.1 / 1_000];
        let plans = opened(rows_are, &promised, &assigned, &rows);
        for on in days {
            let statement = plans.statement(day(on)).unwrap();
            prop_assert!(statement.reconciliation.holds(), "{}", statement.reconciliation);
            let total = statement.total;
            let secured: i64 = promised.iter().sum();
            prop_assert_eq!(total.secured().unwrap(), Pence::new(secured));
            // What was spent, transferred and given back is what those rows say, however they are read.
            for (place, status) in [(total.spent, "spent"), (total.transferred, "transferred"), (total.returned, "returned")] {
                prop_assert_eq!(place, Pence::new(sum(&rows, on, &[status])));
            }
            let received = match standing_rows {
                true => sum(&rows, on, &["received", "allocated", "transferred", "spent", "returned"]),
                false => sum(&rows, on, &["received"]),
            };
            prop_assert_eq!(total.received().unwrap(), Pence::new(received));
            if standing_rows {
                prop_assert_eq!(total.ahead, Pence::ZERO);
                prop_assert_eq!(total.due, Pence::new(sum(&rows, on, &["secured"])));
                prop_assert_eq!(total.allocated, Pence::new(sum(&rows, on, &["allocated"])));
                prop_assert_eq!(total.unallocated, Pence::new(sum(&rows, on, &["received"])));
            }
            // Priorities and what is for none are all of it; sources are all of it.
            let parts = statement.priorities.iter().map(|one| one.pounds).chain([statement.unassigned]);
            let parts: Vec<Standing<Pence>> = parts.collect();
            prop_assert!(parts.iter().all(nothing_below_nothing), "{:?}", parts);
            prop_assert_eq!(Standing::total(parts).unwrap(), total);
            let sources = statement.by_source.values().copied();
            prop_assert_eq!(Standing::total(sources).unwrap(), total);
        }
    }

    /// Held before + received - spent - transferred - given back = held after, and after is before of the next day.
    #[test]
    fn years_follow_each_other(rows in rows(), from in 0..400_i64, long in 0..400_i64) {
        let plans = opened("steps", &[1_000, 1_000, 1_000], &[0, 0], &rows);
        let rolls = plans.roll_forward(day(from), day(from + long)).unwrap();
        let next = plans.roll_forward(day(from + long + 1), day(from + long + 9)).unwrap();
        for (source, roll) in &rolls {
            let out = [-roll.spent, -roll.transferred, -roll.returned];
            let closing = Pence::total([roll.opening, roll.received].into_iter().chain(out)).unwrap();
            prop_assert_eq!(closing, roll.closing);
            prop_assert_eq!(next[source].opening, roll.closing);
            // What is set aside and what is for nobody yet is held, unless more was paid out than came.
            let later = plans.statement(day(from + long)).unwrap().by_source[source];
            prop_assert_eq!(roll.set_aside_after, later.allocated);
            prop_assert_eq!(next[source].unallocated_before, later.unallocated);
            let held = later.held().unwrap();
            prop_assert_eq!(Pence::total([held, -later.ahead]).unwrap(), roll.closing);
        }
    }
}
