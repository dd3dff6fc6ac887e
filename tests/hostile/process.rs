//! What must not end the process: deep stacks, and memory that a few bytes ask for.

use super::{Folder, told};
use polars::prelude::{Column, DataFrame, ParquetWriter};
use wholeplace::axis::Period;
use wholeplace::ledger::Reader;
use wholeplace::money::Pence;

/// A worker that waits for the threads of polars is given the next file to read, on top of its
/// stack.
#[test]
fn a_ledger_of_700_parquet_files() {
    let mut frame = DataFrame::new_infer_height(vec![
        Column::new("Service".into(), ["Parks", "Roads"]),
        Column::new("Paid".into(), ["2022-04-01", "2022-05-01"]),
        Column::new("Net".into(), [12.5, -0.1]),
    ])
    .unwrap();
    let mut folder = Folder::new();
    for number in 0..700 {
        // Each differs, so that none is the extract of another.
        let amounts = [12.5, f64::from(number)];
        frame
            .with_column(Column::new("Net".into(), amounts))
            .unwrap();
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .finish(&mut frame.clone())
            .unwrap();
        folder = folder.with(&format!("{number}.parquet"), bytes);
    }
    let ledger = folder.read("*").unwrap();
    assert_eq!(ledger.len(), 1400);
    assert_eq!(
        ledger.total(),
        Pence::new(700 * 1250 + 100 * (699 * 700 / 2))
    );
}

/// So many small texts, each of which is taken apart by several threads.
#[test]
fn a_ledger_of_3000_texts() {
    let mut folder = Folder::new();
    for number in 0..3_000 {
        let row = format!("Parks,01/04/2022,{number}\n");
        folder = folder.with(&format!("{number}.csv"), format!("Service,Paid,Net\n{row}"));
    }
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(8)
        .build()
        .unwrap();
    let spec = folder.spec("*").unwrap();
    let ledger = threads.install(|| Reader::new().read(&spec)).unwrap();
    assert_eq!(ledger.total(), Pence::new(100 * (2_999 * 3_000 / 2)));
}

#[test]
fn a_period_of_thousands_of_ends() {
    let chain = vec!["2017-18"; 5_000].join(" to ");
    let refused = chain.parse::<Period>().unwrap_err().to_string();
    assert!(refused.len() < 400, "{refused}");
    assert!("2017-18 to 2018-19 to 2019-20".parse::<Period>().is_err());
    assert!("2017-18..2018-19..2019-20".parse::<Period>().is_err());
    assert_eq!("2017-18 to 2019-20".parse::<Period>().unwrap().months(), 36);
    let rows = format!("Service,Paid,Net\nParks,{chain},5\n");
    assert!(told(super::one("a.csv", rows)).contains("date-not-readable"));
}
