//! Payment files → account → records, beside plain polars on the same files.
//!
//! Sketch, 10 M lines: 750 MB of CSV in five files, or 170 MB of Parquet. The crate reads each file
//! once, block by block: fingerprint, line ends, rows; five of nine columns become 32-bit numbers of
//! texts, and every line is checked, mapped, recognised, and keeps its position; polars scans, joins
//! six columns of texts with what they mean, and groups. Both read files, or the parts of one, on
//! all cores.
//!
//! polars does less: no row is judged (a total row would be added), no date is checked, no
//! position kept, nothing reconciled, and it reads amounts only in their plain form.

mod county;
mod ours;
mod plain;

use county::coded::Meanings;
use county::{County, Files, Kind, Outcome};
use criterion::{Criterion, Throughput};
use plain::Numbers;
use plain::files::Maps;
use polars::prelude::Engine;
use serde_json::json;
use std::hint::black_box;
use wholeplace::cube::Cube;
use wholeplace::polars;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let meanings = Meanings::of(&county)?;
    let numbers = Numbers::new(&meanings.place, meanings.years()?);
    let maps = Maps::new(&meanings, &numbers)?;
    let mut otherwise = serde_json::Map::new();
    for (name, map) in maps.frames() {
        county.keep_frame(name, map)?;
        otherwise.insert(name.to_owned(), maps.otherwise(name).into());
    }
    county.keep_values("otherwise", &otherwise.into())?;
    for kind in [Kind::Csv, Kind::Parquet] {
        let files = county.files(kind)?;
        records(&mut criterion, &county, &files, kind, (&numbers, &maps))?;
    }
    criterion.final_summary();
    Ok(())
}

fn records(
    criterion: &mut Criterion,
    county: &County,
    files: &Files,
    kind: Kind,
    (numbers, maps): (&Numbers, &Maps),
) -> Outcome {
    let place = files.place()?;
    let ours = || -> Cube {
        let account = files.account(black_box(&place)).unwrap();
        ours::cube_of(account).unwrap()
    };
    let plain = |engine| plain::collect(maps.records(black_box(files), kind)?, engine);

    let account = files.account(&place)?;
    assert!(account.reconciliation().holds());
    assert_eq!(account.line_count(), county.lines);
    assert!(county.lines < 100_000 || account.unmapped().len() == 4);
    let paid: u64 = account.recognised().iter().map(|rule| rule.lines).sum();
    assert!(
        paid.abs_diff(county.lines / 20) < county.lines / 200,
        "5 % between partners"
    );
    let total = account.total();
    let cube = ours::cube_of(account)?;
    assert_eq!(cube.total(), total);
    plain::agree::records(&cube, numbers, &plain(Engine::Streaming)?)?;
    let count = ours::count(&cube);
    let ending = kind.ending();
    println!(
        "{ending}: {} lines in {} MB, {count} records of {total}",
        county.lines,
        files.bytes / 1_000_000
    );
    drop(cube);

    let mut group = criterion.benchmark_group(format!("{ending}_to_records/{}", county.size()));
    group.throughput(Throughput::Elements(county.lines));
    group.bench_function("wholeplace", |b| b.iter_with_large_drop(ours));
    group.bench_function("read_alone", |b| {
        b.iter_with_large_drop(|| county::ledger(black_box(&place)).unwrap());
    });
    for (name, engine) in [
        ("polars_streaming", Engine::Streaming),
        ("polars_in_memory", Engine::InMemory),
    ] {
        group.bench_function(name, |b| b.iter_with_large_drop(|| plain(engine).unwrap()));
    }
    group.finish();
    let figures = json!({"pence": total.get(), "records": count, "bytes": files.bytes});
    county.keep_figures(&format!("{ending}_to_records"), figures, ours)
}
