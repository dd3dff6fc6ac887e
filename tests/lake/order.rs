//! Headings that stand below the first row, and rows that are sums of those above: an engine that numbers
//! rows tells them, and of one that does not a file that has them is refused.

use super::packs::{LIMITS, Pack, bytes};
use polars::prelude::Column;
use wholeplace::lake::{
    Column as Held, Deadline, Dimension, Embedded, Engine, EngineError, Lake, LakeCube, Query,
    Value,
};
use wholeplace::money::Pence;

const LAYOUT: &str = "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]";

const NAMES: [&str; 5] = ["Service", "Paid", "Net", "Ref", "Text"];

/// Held against the cube that is read here, with all that is told of rows.
fn the_same(pack: &Pack) -> LakeCube {
    let made = pack.embedded().unwrap();
    let here = pack.here();
    assert_eq!(made.cube.records(), here.records());
    let said = |cube: &wholeplace::cube::Cube| cube.reconciliation().to_string();
    assert_eq!(said(&made.cube), said(&here));
    assert_eq!(made.cube.batches(), here.batches());
    assert_eq!(bytes(&made.cube), bytes(&here));
    made
}

fn of_rules(made: &LakeCube, pack: &Pack, rules: &[&str]) -> usize {
    let account = wholeplace::account::PlaceAccount::load(&pack.open()).unwrap();
    let told = |findings: &wholeplace::finding::Findings| -> Vec<String> {
        let of = findings
            .iter()
            .filter(|of| rules.contains(&of.rule.as_str()));
        of.map(ToString::to_string).collect()
    };
    let there = told(&made.findings);
    assert_eq!(there, told(account.findings()));
    there.len()
}

const SUMS: [&str; 4] = [
    "total-row-left-out",
    "total-not-met",
    "amount-alone",
    "line-may-be-a-total",
];

#[test]
fn a_total_at_the_end() {
    let pack = Pack::of_rows(
        LAYOUT,
        &NAMES,
        &[
            &["roads", "2024-04-01", "12.50", "1", "a"],
            &["parks", "2024-04-02", "-2.00", "2", "b"],
            &["parks", "2024-05-02", "0.50", "3", "c"],
            &["Grand total", "", "11.00", "", ""],
        ],
    );
    let made = the_same(&pack);
    assert_eq!(made.cube.total(), Pence::new(1_100));
    assert_eq!(of_rules(&made, &pack, &SUMS), 1);
}

#[test]
fn totals_of_parts_and_of_all_and_one_that_is_wrong() {
    let pack = Pack::of_rows(
        LAYOUT,
        &NAMES,
        &[
            &["roads", "2024-04-01", "12.50", "1", "a"],
            &["roads", "2024-04-01", "1.00", "1", "a"],
            &["Total", "", "13.50", "", ""],
            &["parks", "2024-04-02", "2.00", "2", "b"],
            &["parks", "2024-04-03", "2.00", "2", "b"],
            &["Total", "", "4.00", "", ""],
            &["parks", "2024-04-04", "7.00", "2", "b"],
            // £7.00 stand above it.
            &["Total", "", "7.10", "", ""],
            &["Total Gas", "", "3.00", "", ""],
            // All lines, £27.50 with those of Total Gas.
            &["", "", "27.50", "", ""],
            // No sum of anything.
            &["", "", "0.01", "", ""],
        ],
    );
    let made = the_same(&pack);
    assert_eq!(made.cube.total(), Pence::new(2_750));
    // Two that are met, one that is not, one that may be, one that is alone.
    assert_eq!(of_rules(&made, &pack, &SUMS), 5);
}

#[test]
fn a_word_of_a_total_in_a_column_that_nobody_names() {
    let pack = Pack::of_rows(
        LAYOUT,
        &NAMES,
        &[
            &["roads", "2024-04-01", "12.50", "1", "a"],
            &["", "", "12.50", "Total:", ""],
            // A line, although it has few cells.
            &["parks", "", "3.00", "memo", ""],
        ],
    );
    let made = the_same(&pack);
    assert_eq!(made.cube.total(), Pence::new(1_250 + 300));
}

/// A file whose first row is a title.
fn below(rows: &[[&str; 5]]) -> Pack {
    let names = [
        "Payments of the council",
        "unnamed 2",
        "unnamed 3",
        "unnamed 4",
        "unnamed 5",
    ];
    let columns = names.iter().enumerate().map(|(at, name)| {
        let texts: Vec<&str> = rows.iter().map(|row| row[at]).collect();
        Column::new((*name).into(), texts)
    });
    Pack::of_columns(LAYOUT, columns.collect())
}

#[test]
fn headings_below_a_title() {
    let pack = below(&[
        ["April 2024", "", "", "", ""],
        ["", "", "", "", ""],
        NAMES,
        ["roads", "2024-04-01", "12.50", "1", "a"],
        ["", "", "", "", ""],
        NAMES,
        ["parks", "2024-04-02", "4.50", "2", "b"],
        ["parks", "2024-04-02", "n/a", "3", "c"],
        ["Total", "", "17.00", "", ""],
    ]);
    let made = the_same(&pack);
    assert_eq!(made.cube.total(), Pence::new(1_700));
    assert_eq!(of_rules(&made, &pack, &SUMS), 1);
}

#[test]
fn lines_above_the_headings() {
    let pack = below(&[
        ["April 2024", "", "3", "", ""],
        ["roads", "2024-04-01", "12.50", "1", "a"],
        ["parks", "", "2.50", "2", "b"],
        ["parks", "2024-04-02", "4.50", "2", "b"],
        NAMES,
    ]);
    let made = the_same(&pack);
    // The row of £3 stands above every line; that of £2.50 does not.
    assert_eq!(made.cube.total(), Pence::new(1_250 + 250 + 450));
    assert_eq!(of_rules(&made, &pack, &["amount-above-the-header"]), 1);
}

#[test]
fn headings_that_move() {
    let pack = below(&[
        NAMES,
        ["roads", "2024-04-01", "12.50", "1", "a"],
        ["Net", "Paid", "Service", "Ref", "Text"],
        ["4.50", "2024-04-01", "parks", "1", "a"],
        ["n/a", "2024-04-01", "parks", "2", "a"],
        // The amount stands where nothing stood.
        ["Service", "Paid", "", "Ref", "Net"],
        ["roads", "2024-05-01", "", "3", "1.25"],
        NAMES,
        ["parks", "2024-05-01", "0.25", "3", "b"],
        // £12.50, £4.50, £1.25 and £0.25.
        ["Total", "", "18.50", "", ""],
    ]);
    let made = the_same(&pack);
    assert_eq!(made.cube.total(), Pence::new(1_850));
    assert_eq!(of_rules(&made, &pack, &SUMS), 1);
}

/// An engine that numbers no rows.
struct Unnumbered(Embedded);

impl Engine for Unnumbered {
    fn name(&self) -> &str {
        "unnumbered"
    }

    fn open(&mut self, at: &str, table: &str, until: Deadline) -> Result<Vec<Held>, EngineError> {
        self.0.open(at, table, until)
    }

    fn register(&mut self, dimension: &Dimension, until: Deadline) -> Result<(), EngineError> {
        self.0.register(dimension, until)
    }

    fn run(&mut self, query: &Query, until: Deadline) -> Result<Vec<Vec<Value>>, EngineError> {
        assert!(!query.first_row && !query.sql().contains("at_row"));
        self.0.run(query, until)
    }
}

#[test]
fn without_numbers_of_rows_nothing_is_asked_that_needs_them() {
    let by = |pack: &Pack| {
        let place = pack.open();
        let lake = Lake::of(&place).unwrap();
        LakeCube::build(&place, &lake, &mut Unnumbered(Embedded::new()), LIMITS)
    };
    let plain = Pack::of_rows(
        LAYOUT,
        &NAMES,
        &[
            &["roads", "2024-04-01", "12.50", "1", "a"],
            &["roads", "2024-04-01", "x", "1", "a"],
        ],
    );
    let made = by(&plain).unwrap();
    assert_eq!(bytes(&made.cube), bytes(&plain.here()));
    let told: Vec<String> = made.findings.iter().map(ToString::to_string).collect();
    assert!(
        told.iter()
            .any(|told| told.contains("1 row with what is no amount")),
        "{told:?}"
    );
    let total = Pack::of_rows(
        LAYOUT,
        &NAMES,
        &[
            &["roads", "2024-04-01", "12.50", "1", "a"],
            &["Total", "", "12.50", "", ""],
        ],
    );
    let told = by(&total).unwrap_err().to_string();
    assert!(
        told.contains("1 row of `one.parquet` has words of a total")
            && told.contains("numbers no rows"),
        "{told}"
    );
    let moved = Pack::of_rows(
        LAYOUT,
        &NAMES,
        &[
            &["roads", "2024-04-01", "12.50", "1", "a"],
            &["Net", "Paid", "Service", "Ref", "Text"],
        ],
    );
    let told = by(&moved).unwrap_err().to_string();
    assert!(told.contains("divide the file there"), "{told}");
    let told = by(&below(&[NAMES])).unwrap_err().to_string();
    assert!(
        told.contains("write the headings as the names of the columns"),
        "{told}"
    );
}
