//! Rows that repeat others in every cell are counted, and told with their pence.

use super::packs::Pack;
use wholeplace::money::Pence;

const LAYOUT: &str = "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]";

const HEADINGS: [&str; 4] = ["Service", "Paid", "Net", "Ref"];

fn told(rows: &[&[&str]]) -> Vec<(String, Option<Pence>)> {
    let made = Pack::of_rows(LAYOUT, &HEADINGS, rows).embedded().unwrap();
    let of = made.findings.iter();
    let of = of.filter(|finding| finding.rule == "rows-read-again");
    of.map(|finding| (finding.to_string(), finding.at_stake))
        .collect()
}

#[test]
fn rows_that_repeat_others() {
    let row: &[&str] = &["roads", "2024-04-01", "1.50", "1"];
    let credit: &[&str] = &["parks", "2024-04-01", "-7.00", "2"];
    let other: &[&str] = &["roads", "2024-04-01", "1.50", "2"];
    assert_eq!(told(&[row, other, credit]), []);
    let told = told(&[row, other, row, credit, row, credit]);
    // Two of £1.50 and one of -£7.
    assert_eq!(told.len(), 1);
    let (told, pence) = &told[0];
    assert!(
        told.contains("3 rows of the file repeat others of it in every cell"),
        "{told}"
    );
    assert_eq!(*pence, Some(Pence::new(150 + 150 - 700)));
    // Rows 4, 6 and 7 of the file are the later ones.
    assert!(told.contains("one.parquet:6"), "{told}");
}

/// Whatever the places in the table of rows: rows are told apart by all that they say.
#[test]
fn many_rows_of_which_none_repeats() {
    let rows: Vec<[String; 4]> = (0..5_000)
        .map(|n| ["roads", "2024-04-01", "1.00", &n.to_string()].map(str::to_owned))
        .collect();
    let rows: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect())
        .collect();
    let mut all: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(told(&all), []);
    all.push(&rows[17]);
    assert_eq!(told(&all).len(), 1);
}
