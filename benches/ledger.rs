//! Payment files into a ledger, beside polars reading the same files.
//!
//! Sketch, 1 M lines: 74 MB in five files, read once, block by block: fingerprint, line ends, rows;
//! five of nine columns become 32-bit numbers of texts (35 bytes a line kept), where polars keeps
//! all five as texts. Both read files, or the parts of one, on all cores.
//!
//! polars does less: no row is judged (a total row would be added), no date is checked, no
//! position kept, nothing reconciled, and it reads amounts only in their plain form.

mod county;

use county::{County, Outcome};
use criterion::Throughput;
use polars::prelude::*;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::Arc;
use wholeplace::polars;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::generate()?;
    let place = county.place()?;

    let ledger = county.ledger(&place)?;
    assert_eq!(ledger.len() as u64, county.lines);
    assert!(ledger.reconciliation().holds() && ledger.findings().is_empty());
    let exact = amounts(&frames(&county.files(), DataType::Decimal(18, 2))?)?;
    assert_eq!(exact, i128::from(ledger.total().get()), "to the penny");
    drop(ledger);

    for (unit, throughput) in [
        ("lines", Throughput::Elements(county.lines)),
        ("bytes", Throughput::Bytes(county.bytes)),
    ] {
        let mut group =
            criterion.benchmark_group(format!("ledger/read/{}/in_{unit}", county.size()));
        group.throughput(throughput);
        group.bench_function("wholeplace", |b| {
            b.iter(|| county.ledger(black_box(&place)).unwrap());
        });
        let types = [
            ("polars_decimal", DataType::Decimal(18, 2)),
            ("polars_f64", DataType::Float64),
        ];
        for (name, amount) in types {
            group.bench_function(name, |b| {
                let files = county.files();
                b.iter(|| frames(black_box(&files), amount.clone()).unwrap());
            });
        }
        group.finish();
    }
    criterion.final_summary();
    Ok(())
}

/// The columns that the layout of the ledger names, file by file.
fn frames(files: &[PathBuf], amount: DataType) -> PolarsResult<DataFrame> {
    let types = Schema::from_iter(
        [
            "Payment Date",
            "Body",
            "Service Code",
            "Ages",
            "Client Group",
            "Area",
        ]
        .map(|name| Field::new(name.into(), DataType::String))
        .into_iter()
        .chain([Field::new("Net Amount".into(), amount)]),
    );
    let columns: Arc<[PlSmallStr]> = types.iter_names().cloned().collect();
    let types = Arc::new(types);
    let mut all = DataFrame::empty();
    for file in files {
        let frame = CsvReadOptions::default()
            .with_has_header(true)
            .with_schema_overwrite(Some(types.clone()))
            .with_columns(Some(columns.clone()))
            .try_into_reader_with_file_path(Some(file.clone()))?
            .finish()?;
        if all.width() == 0 {
            all = frame;
        } else {
            all.vstack_mut(&frame)?;
        }
    }
    Ok(all)
}

fn amounts(frame: &DataFrame) -> Result<i128, Box<dyn std::error::Error>> {
    let sum = frame
        .column("Net Amount")?
        .as_materialized_series()
        .sum_reduce()?;
    Ok(sum.value().to_string().replace('.', "").parse()?)
}
