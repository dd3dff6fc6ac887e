//! Ledger → mapped → coded lines → records.
//!
//! Sketch, 1 M lines: mapping looks each distinct code up once (about 700) and then only counts;
//! coding writes 44 bytes a line from 32-bit numbers; grouping makes about 172,000 records. The
//! embedded engine copies the 44 MB into a frame, groups by eight columns, decodes and sorts the
//! records and holds them against the lines; plain polars groups a frame that is already there.

mod county;

use county::plain::{self, Numbers};
use county::{County, Outcome, short};
use criterion::{BatchSize, Throughput};
use polars::prelude::*;
use std::hint::black_box;
use std::time::Duration;
use wholeplace::axis::Period;
use wholeplace::cube::Cube;
use wholeplace::cube::group::{CodedLines, GroupBy, Polars, Reference};
use wholeplace::polars;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::generate()?;
    let place = county.place()?;
    let account = county.account(&place)?;
    assert!(account.reconciliation().holds());
    assert_eq!(account.line_count(), county.lines);
    assert!(county.lines < 100_000 || account.unmapped().len() == 4);
    let coded = || -> CodedLines {
        let lines = account.lines();
        lines
            .map(|(_, line, coding)| (coding, line.pence()))
            .collect()
    };
    let lines = coded();

    let mut group = criterion.benchmark_group(format!("account/map/{}", county.size()));
    // One iteration a sample: each needs a ledger of its own, and reading one takes long.
    group
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_millis(2))
        .throughput(Throughput::Elements(county.lines));
    let plan = &place.ledgers()[0];
    group.bench_function("wholeplace", |b| {
        b.iter_batched(
            || county.ledger(&place).unwrap(),
            |ledger| (plan.crosswalk).map(ledger, plan.phase, place.axes(), place.mixes()),
            BatchSize::PerIteration,
        );
    });
    group.finish();

    let mut group = criterion.benchmark_group(format!("account/load/{}", county.size()));
    group.throughput(Throughput::Elements(county.lines));
    group.bench_function("wholeplace", |b| {
        b.iter(|| county.account(black_box(&place)).unwrap());
    });
    group.finish();

    let mut group = criterion.benchmark_group(format!("account/code/{}", county.size()));
    group.throughput(Throughput::Elements(county.lines));
    group.bench_function("wholeplace", |b| b.iter(|| black_box(coded())));
    group.finish();

    let numbers = Numbers::new(&place, Period::month(2013, 4)?);
    let codes: Vec<[u32; 7]> = lines
        .iter()
        .map(|(coding, _)| numbers.of(&coding))
        .collect();
    let pence: Vec<i64> = lines.pence().map(|pence| pence.get()).collect();
    let frame = plain::frame_of(&codes, &pence)?;
    drop((codes, pence));
    let cube = Cube::from_lines(&place, &lines, &Polars)?;
    assert_eq!(cube.total(), account.total());
    assert_eq!(
        Cube::from_lines(&place, &lines, &Reference)?.records(),
        cube.records(),
        "both engines give the same records"
    );
    assert_same(&cube, &numbers, &grouped(&frame)?)?;
    println!(
        "{} lines, {} records of {}",
        short(county.lines),
        cube.records().len(),
        account.total()
    );

    let mut group = criterion.benchmark_group(format!("account/group/{}", county.size()));
    group.throughput(Throughput::Elements(county.lines));
    let engines: [(&str, &dyn GroupBy); 2] = [("wholeplace", &Polars), ("reference", &Reference)];
    for (name, engine) in engines {
        group.bench_function(name, |b| {
            b.iter(|| Cube::from_lines(&place, black_box(&lines), engine).unwrap());
        });
    }
    group.bench_function("engine_alone", |b| {
        b.iter(|| Polars.group(black_box(&lines)).unwrap());
    });
    group.bench_function("polars", |b| b.iter(|| grouped(black_box(&frame)).unwrap()));
    group.finish();
    criterion.final_summary();
    Ok(())
}

/// The same sums in plain polars, as 128-bit integers.
fn grouped(frame: &DataFrame) -> PolarsResult<DataFrame> {
    let keys: Vec<Expr> = plain::COLUMNS.iter().copied().map(col).collect();
    frame
        .clone()
        .lazy()
        .group_by(keys)
        .agg([
            col("pence").cast(DataType::Int128).sum(),
            len().cast(DataType::UInt64).alias("lines"),
        ])
        .collect()
}

/// To the penny, record by record.
fn assert_same(cube: &Cube, numbers: &Numbers, frame: &DataFrame) -> Outcome {
    let mut ours: Vec<([u32; 7], i128)> = cube
        .records()
        .iter()
        .map(|record| (numbers.of(&record.coding), record.pence.get().into()))
        .collect();
    ours.sort_unstable();
    let mut columns = Vec::new();
    for name in plain::COLUMNS {
        columns.push(frame.column(name)?.u32()?);
    }
    let pence = frame.column("pence")?.i128()?;
    let mut theirs: Vec<([u32; 7], i128)> = (0..frame.height())
        .map(|row| {
            let key = std::array::from_fn(|axis| columns[axis].get(row).unwrap());
            (key, pence.get(row).unwrap())
        })
        .collect();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
    Ok(())
}
