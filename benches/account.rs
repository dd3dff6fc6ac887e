//! Coded lines → records.
//!
//! Sketch, 10 M lines: codes and pence of each, about 8 M records. polars groups a
//! frame that is already there, of seven columns of 16 bits, once by all of them and once by one
//! number made of all; its records have no order and are held against nothing.

mod county;
mod ours;
mod plain;

use county::coded::Meanings;
use county::{County, Outcome, short};
use criterion::{BatchSize, Throughput};
use plain::Numbers;
use polars::prelude::*;
use serde_json::json;
use std::hint::black_box;
use wholeplace::cube::group::Reference;
use wholeplace::polars;

/// A way of grouping.
type Way = fn(LazyFrame) -> LazyFrame;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let meanings = Meanings::of(&county)?;
    let numbers = Numbers::new(&meanings.place, meanings.years()?);
    let lines = meanings.lines(&county);
    assert_eq!(lines.len() as u64, county.lines);
    let pairs = lines.iter().map(|(coding, pence)| (coding, pence.get()));
    let frame = plain::frame(&numbers, pairs)?;
    let plain = |how: Way, engine| {
        let lines = black_box(&frame).clone().lazy();
        plain::collect(how(lines), engine)
    };
    let cube = ours::cube(&meanings.place, lines.clone(), &ours::ENGINE)?;
    for how in [plain::grouped, plain::grouped_by_one] {
        plain::agree::records(&cube, &numbers, &plain(how, Engine::InMemory)?)?;
    }
    let (count, total) = (ours::count(&cube), cube.total());
    println!(
        "{} lines, {} records of {total}",
        short(county.lines),
        count
    );
    // The reference engine is there to be right; at ten millions it takes its time.
    if county.lines <= 1_000_000 {
        let judge = ours::cube(&meanings.place, lines.clone(), &Reference)?;
        assert!(ours::records(&judge).eq(ours::records(&cube)));
    }
    drop(cube);

    let mut group = criterion.benchmark_group(format!("coded_to_records/{}", county.size()));
    group.throughput(Throughput::Elements(county.lines));
    group.bench_function("wholeplace", |b| {
        b.iter_batched(
            || lines.clone(),
            |lines| ours::cube(&meanings.place, lines, &ours::ENGINE).unwrap(),
            BatchSize::PerIteration,
        );
    });
    let ways: [(&str, Way); 2] = [
        ("polars", plain::grouped),
        ("polars_one_key", plain::grouped_by_one),
    ];
    for (name, how) in ways {
        for engine in [Engine::InMemory, Engine::Streaming] {
            group.bench_function(format!("{name}_{engine}"), |b| {
                b.iter_with_large_drop(|| plain(how, engine).unwrap());
            });
        }
    }
    group.finish();
    let figures = json!({"pence": total.get(), "records": count});
    county.keep_figures("coded_to_records", figures, || {
        ours::cube(&meanings.place, lines.clone(), &ours::ENGINE).unwrap()
    })?;
    criterion.final_summary();
    Ok(())
}
