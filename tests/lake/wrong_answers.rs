//! Engines that give wrong answers with a success status: each was seen, or is of a kind that was.

use super::packs::{LIMITS, Pack};
use std::time::Duration;
use wholeplace::lake::{
    Column, Deadline, Dimension, Embedded, Engine, EngineError, Key, Lake, LakeCube, LakeError,
    Query, Value,
};

/// What an engine makes of its rows.
type Spoil = fn(&Query, Vec<Vec<Value>>) -> Result<Vec<Vec<Value>>, EngineError>;

/// An engine whose answers pass through other hands.
struct Proxy {
    inner: Embedded,
    spoil: Spoil,
    opened: usize,
    /// A column is gone when a file is opened again.
    loses_column: bool,
    /// How many answers it still loses a worker in.
    losses: usize,
}

impl Proxy {
    fn new(spoil: Spoil) -> Self {
        Self {
            inner: Embedded::new(),
            spoil,
            opened: 0,
            loses_column: false,
            losses: 0,
        }
    }
}

impl Engine for Proxy {
    fn name(&self) -> &str {
        "proxy"
    }

    fn open(&mut self, at: &str, table: &str, until: Deadline) -> Result<Vec<Column>, EngineError> {
        let mut columns = self.inner.open(at, table, until)?;
        self.opened += 1;
        if self.loses_column && self.opened > 1 {
            columns.pop();
        }
        Ok(columns)
    }

    fn numbers_rows(&self, table: &str) -> bool {
        self.inner.numbers_rows(table)
    }

    fn register(&mut self, dimension: &Dimension, until: Deadline) -> Result<(), EngineError> {
        self.inner.register(dimension, until)
    }

    fn run(&mut self, query: &Query, until: Deadline) -> Result<Vec<Vec<Value>>, EngineError> {
        if is_grouping(query) && self.losses > 0 {
            self.losses -= 1;
            return Err(EngineError::WorkerLost("executor 2 is gone".to_owned()));
        }
        (self.spoil)(query, self.inner.run(query, until)?)
    }
}

fn is_grouping(query: &Query) -> bool {
    (query.keys.iter()).any(|key| matches!(key, Key::Filled { .. }))
}

fn pack() -> Pack {
    Pack::of_rows(
        "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]",
        &["Service", "Paid", "Net", "Ref"],
        &[
            &["roads", "2024-04-01", "12.50", "1"],
            &["roads", "2024-05-01", "-2.50", "2"],
            &["parks", "2024-04-01", "90000000000.00", "3"],
            &["parks", "2024-05-01", "5.00", "4"],
        ],
    )
}

fn refused(proxy: &mut Proxy) -> String {
    let error = pack().by(proxy).unwrap_err();
    error.to_string()
}

/// Adds to a figure of each grouping row that a closure picks.
fn with_figure(
    query: &Query,
    mut rows: Vec<Vec<Value>>,
    figure: usize,
    change: impl Fn(usize, i128) -> i128,
) -> Vec<Vec<Value>> {
    if is_grouping(query) {
        for (number, row) in rows.iter_mut().enumerate() {
            let at = query.keys.len() + figure;
            if let Value::Integer(value) = row[at] {
                row[at] = Value::Integer(change(number, value));
            }
        }
    }
    rows
}

#[test]
fn untouched_answers_are_taken() {
    let made = pack().by(&mut Proxy::new(|_, rows| Ok(rows))).unwrap();
    assert_eq!(made.cube.records(), pack().here().records());
}

#[test]
fn lost_cells() {
    let told = refused(&mut Proxy::new(|query, mut rows| {
        if is_grouping(query) {
            rows.pop();
        }
        Ok(rows)
    }));
    assert!(
        told.starts_with(
            "the proxy engine gave 3 lines for all groups of `one.parquet`, and 4 when"
        ),
        "{told}"
    );
}

#[test]
fn a_group_that_is_given_twice() {
    let told = refused(&mut Proxy::new(|query, mut rows| {
        if is_grouping(query) {
            rows.push(rows[0].clone());
        }
        Ok(rows)
    }));
    assert!(told.contains("the same group twice"), "{told}");
}

#[test]
fn lines_counted_twice() {
    let doubled: Spoil = |query, rows| Ok(with_figure(query, rows, 0, |_, n| n * 2));
    let told = refused(&mut Proxy::new(doubled));
    assert!(told.contains("gave 8 lines for all groups"), "{told}");
}

#[test]
fn money_counted_twice_with_the_right_lines() {
    let doubled: Spoil = |query, rows| Ok(with_figure(query, rows, 1, |_, pence| pence * 2));
    let told = refused(&mut Proxy::new(doubled));
    assert!(told.contains(" pence for all groups"), "{told}");
}

#[test]
fn one_row_of_nothing() {
    let told = refused(&mut Proxy::new(|query, rows| match is_grouping(query) {
        true => Ok(vec![vec![Value::Nothing; query.keys.len() + 5]]),
        false => Ok(rows),
    }));
    assert!(told.contains("no value where a sum should be"), "{told}");
}

#[test]
fn a_sum_of_nothing_beside_a_count() {
    let told = refused(&mut Proxy::new(|query, mut rows| {
        if query.keys.is_empty() {
            rows[0][1] = Value::Nothing;
        }
        Ok(rows)
    }));
    assert!(told.contains("no value where a sum should be"), "{told}");
}

#[test]
fn sums_that_wrapped() {
    // As a sum in 32 bits would.
    let wrapped: Spoil = |query, rows| {
        Ok(with_figure(query, rows, 1, |_, pence| {
            i128::from(pence as i32)
        }))
    };
    let told = refused(&mut Proxy::new(wrapped));
    assert!(told.contains(" pence for all groups"), "{told}");
}

#[test]
fn pence_that_moved_to_another_month() {
    // All sums of the whole file are right.
    let moved: Spoil = |query, rows| {
        let by = |number| match number {
            0 => 1,
            1 => -1,
            _ => 0,
        };
        Ok(with_figure(query, rows, 1, |number, pence| {
            pence + by(number)
        }))
    };
    let told = refused(&mut Proxy::new(moved));
    assert!(
        told.contains("9000000001251 pence for Apr 2024 of `one.parquet`, and 9000000001250"),
        "{told}"
    );
}

/// Lines, pence, credits and every month are right.
#[test]
fn rows_that_moved_to_another_kind_of_amount() {
    let pack = Pack::of_rows(
        "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]",
        &["Service", "Paid", "Net", "Ref"],
        &[
            &["roads", "2024-04-01", "12.50", "1"],
            &["roads", "2024-04-02", "0.00", "2"],
            &["parks", "2024-04-01", "n/a", "3"],
            &["parks", "2024-04-01", "n/a", "4"],
        ],
    );
    // Those without an amount are told as lines of £0.
    let mut proxy = Proxy::new(|query, mut rows| {
        if is_grouping(query) {
            let kinds: Vec<Value> = rows.iter().map(|row| row[2].clone()).collect();
            let read = kinds.iter().min().unwrap();
            for row in &mut rows {
                row[2] = read.clone();
            }
        }
        Ok(rows)
    });
    let told = pack.by(&mut proxy).unwrap_err().to_string();
    assert!(
        told.contains("lines for rows with an amount of `one.parquet`, and 2 when")
            || told.contains("lines for rows with what is no amount of `one.parquet`, and 2 when"),
        "{told}"
    );
}

#[test]
fn a_number_that_no_text_has() {
    let told = refused(&mut Proxy::new(|query, mut rows| {
        if is_grouping(query) {
            rows[0][0] = Value::Integer(99);
        }
        Ok(rows)
    }));
    assert!(told.contains("a number that no text has"), "{told}");
}

#[test]
fn rows_that_were_added_while_it_was_asked() {
    let told = refused(&mut Proxy::new(|query, mut rows| {
        if matches!(query.keys.as_slice(), [Key::Text(columns)] if columns == &[1]) {
            rows.pop();
        }
        Ok(rows)
    }));
    assert!(told.contains("lines for the texts of `Paid`"), "{told}");
}

#[test]
fn a_schema_that_changed() {
    let mut proxy = Proxy::new(|_, rows| Ok(rows));
    proxy.loses_column = true;
    let told = refused(&mut proxy);
    assert!(
        told.contains("columns that changed while it was asked"),
        "{told}"
    );
}

#[test]
fn a_deadline_that_passed() {
    let pack = pack();
    let place = pack.open();
    let lake = Lake::of(&place).unwrap();
    let mut limits = LIMITS;
    limits.within = Duration::ZERO;
    let error = LakeCube::build(&place, &lake, &mut Embedded::new(), limits).unwrap_err();
    let told = error.to_string();
    assert!(
        told.contains("did not answer within the time allowed"),
        "{told}"
    );
}

#[test]
fn a_worker_that_was_lost_once_is_asked_again_as_a_whole() {
    let pack = pack();
    let place = pack.open();
    let lake = Lake::of(&place).unwrap();
    let ask = |losses, again| {
        let mut proxy = Proxy::new(|_, rows| Ok(rows));
        proxy.losses = losses;
        let mut limits = LIMITS;
        limits.again = again;
        LakeCube::build(&place, &lake, &mut proxy, limits)
    };
    assert_eq!(ask(1, 1).unwrap().cube.records(), pack.here().records());
    let lost = ask(1, 0).unwrap_err();
    assert!(
        lost.to_string()
            .contains("lost a worker: executor 2 is gone"),
        "{lost}"
    );
    assert!(matches!(
        ask(2, 1),
        Err(LakeError::Engine {
            source: EngineError::WorkerLost(_),
            ..
        })
    ));
}
