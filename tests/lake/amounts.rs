//! Amounts in other units, of either sign, in other currencies, and as numbers of any type: the cube is
//! the one that is read here.

use super::packs::{Pack, bytes};
use polars::prelude::{Column, DataType, NamedFrom, Series};
use wholeplace::lake::LakeCube;
use wholeplace::money::Pence;

const LAYOUT: &str = "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]";

/// Held against the cube that is read here, which it must be.
fn the_same(pack: &Pack) -> LakeCube {
    let made = pack.embedded().unwrap();
    let here = pack.here();
    assert_eq!(made.cube.total(), here.total());
    assert_eq!(made.cube.records(), here.records());
    assert_eq!(bytes(&made.cube), bytes(&here));
    made
}

fn told(made: &LakeCube) -> String {
    let told: Vec<String> = made.findings.iter().map(ToString::to_string).collect();
    told.join("\n")
}

#[test]
fn in_thousands_and_millions() {
    let layout = format!(
        "{LAYOUT}\nunits.Unit = {{ \"£\" = \"1\", \"£000\" = \"1000\", \"£m\" = \"1000000\" }}\n\
         excess_decimals = \"half-even\"\nwhere_not.Kind = [\"memo\"]"
    );
    let rows: [&[&str]; 8] = [
        &["roads", "2024-04-01", "1.25", "£000", "a"],
        &["roads", "2024-04-02", "1.25", "£", "a"],
        // £1,234.5678 and £0.0012 of a million, which is £1,200.
        &["parks", "2024-04-01", "1.2345678", "£000", "a"],
        &["parks", "2024-05-01", "0.0012", "£m", "a"],
        &["parks", "2024-05-01", "-2", "£m", "a"],
        &["parks", "2024-05-01", "7", "tons", "a"],
        &["parks", "2024-05-01", "9", "£m", "memo"],
        &["parks", "2024-05-01", "", "£m", "a"],
    ];
    let headings = ["Service", "Paid", "Net", "Unit", "Kind"];
    let made = the_same(&Pack::of_rows(&layout, &headings, &rows));
    assert_eq!(
        made.cube.total(),
        Pence::new(125_000 + 125 + 123_457 + 120_000 - 200_000_000)
    );
    let told = told(&made);
    assert!(told.contains("one.parquet:7"), "{told}");
    assert!(
        told.contains("the unit of the amount is none that the layout gives"),
        "{told}"
    );
    assert!(told.contains("£7.00"), "{told}");
}

#[test]
fn with_signs_in_a_column_of_their_own() {
    let layout = format!(
        "{LAYOUT}\nsigns.Type = {{ spending = [\"D\", \"\"], income = [\"C\"] }}\n\
         units.Unit = {{ \"\" = \"1\", k = \"1000\" }}"
    );
    let rows: [&[&str]; 7] = [
        &["roads", "2024-04-01", "10", "D", ""],
        &["roads", "2024-04-01", "4", "C", ""],
        &["roads", "2024-04-03", "4", "C", "k"],
        &["parks", "2024-04-01", "-3", "D", ""],
        &["parks", "2024-04-01", "-5", "C", ""],
        &["parks", "2024-04-01", "6", "?", ""],
        &["parks", "2024-04-01", "0", "C", ""],
    ];
    let headings = ["Service", "Paid", "Net", "Type", "Unit"];
    let made = the_same(&Pack::of_rows(&layout, &headings, &rows));
    // £10 less £4 less £4,000 less £3; the credit that is below zero already is refused, and what is
    // neither is too.
    assert_eq!(made.cube.total(), Pence::new(1_000 - 400 - 400_000 - 300));
    let told = told(&made);
    assert!(
        told.contains("the cell beside it says income too") && told.contains("-£5.00"),
        "{told}"
    );
    assert!(
        told.contains("says neither") && told.contains("£6.00"),
        "{told}"
    );
}

#[test]
fn with_income_that_is_positive_and_signs() {
    let layout = format!(
        "{LAYOUT}\nsign = \"income-positive\"\n\
         signs.Type = {{ spending = [\"D\"], income = [\"C\"] }}"
    );
    let rows: [&[&str]; 3] = [
        &["roads", "2024-04-01", "-10", "D", "a"],
        &["roads", "2024-04-01", "-4", "C", "b"],
        &["parks", "2024-04-01", "5", "C", "b"],
    ];
    let headings = ["Service", "Paid", "Net", "Type", "Ref"];
    let made = the_same(&Pack::of_rows(&layout, &headings, &rows));
    assert_eq!(made.cube.total(), Pence::new(1_000 - 400));
}

#[test]
fn in_other_currencies() {
    let layout = format!("{LAYOUT}\ncurrency = [\"Cur\"]\nwhere.Kind = [\"R\"]");
    let rows: [&[&str]; 4] = [
        &["roads", "2024-04-01", "10", "GBP", "R"],
        &["roads", "2024-04-01", "4", "EUR", "R"],
        &["roads", "2024-04-01", "4", "EUR", "C"],
        &["parks", "2024-04-01", "5", "", "R"],
    ];
    let headings = ["Service", "Paid", "Net", "Cur", "Kind"];
    let made = the_same(&Pack::of_rows(&layout, &headings, &rows));
    assert_eq!(made.cube.total(), Pence::new(1_500));
    let told = told(&made);
    assert!(
        told.contains("in another currency than pounds") && told.contains("£4.00"),
        "{told}"
    );
    assert!(told.contains("one.parquet:3"), "{told}");
}

#[test]
fn beside_columns_that_nobody_named() {
    let rows: [&[&str]; 5] = [
        &["roads", "2024-04-01", "10", "GBP", "Dr"],
        &["roads", "2024-04-01", "4", "EUR", "Cr"],
        &["roads", "2024-04-01", "-4", "GBP", "Cr"],
        &["parks", "2024-04-01", "-7", "USD", ""],
        &["parks", "2024-04-01", "5", "", "Cr"],
    ];
    let headings = ["Service", "Paid", "Net", "Currency", "Dr/Cr"];
    let pack = Pack::of_rows(LAYOUT, &headings, &rows);
    let made = the_same(&pack);
    assert_eq!(made.cube.total(), Pence::new(800));
    // The same faults as reading them gives, each at its first row and with its pence.
    let here = wholeplace::account::PlaceAccount::load(&pack.open()).unwrap();
    let unnamed = |findings: &wholeplace::finding::Findings| -> Vec<String> {
        let of = findings
            .iter()
            .filter(|of| of.rule == "column-changes-amounts");
        of.map(ToString::to_string).collect()
    };
    let there = unnamed(&made.findings);
    assert_eq!(there, unnamed(here.findings()));
    // £4 and £7 in other currencies; £4 and £5 with `Cr` above zero.
    assert_eq!(there.len(), 2);
    assert!(
        there[0].contains("£11.00") && there[1].contains("£9.00"),
        "{there:?}"
    );
}

/// A pack whose amounts are a column of this type.
fn typed(amounts: Series, layout: &str) -> Pack {
    let rows = amounts.len();
    let cycle = |texts: &[&str]| -> Vec<String> {
        let of = |row: usize| texts[row % texts.len()].to_owned();
        (0..rows).map(of).collect()
    };
    let columns = vec![
        Column::new("Service".into(), cycle(&["roads", "parks", "roads"])),
        Column::new("Paid".into(), cycle(&["2024-04-01", "2024-05-02"])),
        Column::from(amounts),
        Column::new("Ref".into(), (0..rows as i64).collect::<Vec<_>>()),
    ];
    Pack::of_columns(layout, columns)
}

fn pounds(texts: &[Option<&str>], to: &DataType) -> Series {
    let texts = Series::new("Net".into(), texts);
    match to {
        DataType::String => texts,
        to => {
            let floats = texts.cast(&DataType::Float64).unwrap();
            floats.cast(to).unwrap()
        }
    }
}

#[test]
fn as_numbers_of_any_type() {
    let whole = [
        Some("12"),
        Some("-5"),
        None,
        Some("90000000000"),
        Some("12"),
    ];
    for to in [DataType::Int64, DataType::Int32, DataType::Decimal(18, 0)] {
        let small = whole.map(|text| match (&to, text) {
            (DataType::Int32, Some("90000000000")) => Some("9"),
            _ => text,
        });
        let made = the_same(&typed(pounds(&small, &to), LAYOUT));
        let last = if to == DataType::Int32 {
            9
        } else {
            90_000_000_000
        };
        assert_eq!(made.cube.total(), Pence::new((12 - 5 + last + 12) * 100));
        assert!(told(&made).contains("1 row without an amount"), "{to:?}");
    }
    let parts = [
        Some("12.50"),
        Some("-0.01"),
        Some("0.00"),
        None,
        Some("7.1"),
    ];
    for to in [
        DataType::Decimal(18, 2),
        DataType::Decimal(38, 2),
        DataType::Decimal(12, 4),
        DataType::Float64,
        DataType::String,
    ] {
        let made = the_same(&typed(pounds(&parts, &to), LAYOUT));
        assert_eq!(made.cube.total(), Pence::new(1_250 - 1 + 710), "{to:?}");
    }
}

#[test]
fn as_numbers_whose_income_is_positive_and_of_which_some_are_not_selected() {
    let layout = format!("{LAYOUT}\nsign = \"income-positive\"\nwhere.Service = [\"roads\"]");
    let amounts = [
        Some("12.50"),
        Some("-0.01"),
        Some("-3.00"),
        None,
        Some("7.10"),
    ];
    let made = the_same(&typed(pounds(&amounts, &DataType::Decimal(18, 2)), &layout));
    // The first, third and fourth rows are roads, and the fourth has no amount.
    assert_eq!(made.cube.total(), Pence::new(-1_250 + 300));
}

#[test]
fn rounded_where_only_some_rows_are_selected() {
    let layout = format!("{LAYOUT}\nexcess_decimals = \"half-even\"\nwhere.Ref = [\"x\"]");
    let rows: [&[&str]; 5] = [
        &["roads", "2024-04-01", "1.005", "x", "a"],
        &["roads", "2024-04-01", "1.005", "y", "a"],
        &["roads", "2024-04-01", "1.015", "x", "a"],
        &["parks", "2024-04-01", "0.333333333333333", "x", "a"],
        &["parks", "2024-04-01", "-8", "x", "a"],
    ];
    let headings = ["Service", "Paid", "Net", "Ref", "Text"];
    let made = the_same(&Pack::of_rows(&layout, &headings, &rows));
    // Half to even: £1.00, £1.02, £0.33.
    assert_eq!(made.cube.total(), Pence::new(100 + 102 + 33 - 800));
}
