//! Saving, opening, appending and merging.
//!
//! Sketch, 10 M lines, 8 M records of 18 bytes: as Parquet the numbers of regions run, those of matters
//! and periods pack into a few bits, and pence are what they are; 4 bytes a record. Opening reads
//! them, sums them once for the seal (SHA-256, over 1 GB a second where the processor has
//! instructions for it), decodes five columns, walks them twice, and makes the roll-ups that every
//! cube keeps. Appending a month groups its lines; it and merging walk both cubes once and make the
//! roll-ups again.

mod county;

use county::coded::Meanings;
use county::{County, Outcome, short};
use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use wholeplace::axis::Placed;
use wholeplace::crosswalk::Coding;
use wholeplace::cube::Cube;
use wholeplace::cube::group::{CodedLines, Sorted};
use wholeplace::place::Place;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::new()?;
    let meanings = Meanings::of(&county)?;
    let place = &meanings.place;
    let lines = meanings.lines(&county);
    let whole = cube(place, &lines, |_| true)?;
    println!(
        "saved: {} lines, {} records",
        short(county.lines),
        short(whole.records().len() as u64)
    );
    saved_and_opened(&mut criterion, &county, &whole)?;

    let last = meanings.months.last().map(|&month| Placed::On(month));
    let new = |coding: &Coding| Some(coding.period) == last;
    let before = cube(place, &lines, |coding| !new(coding))?;
    let month: CodedLines = lines.iter().filter(|(coding, _)| new(coding)).collect();
    let append = || -> Result<Cube, Box<dyn Error>> {
        Ok(before.merge(&Cube::from_lines(place, month.clone(), &Sorted)?)?)
    };
    assert_eq!(append()?.records(), whole.records());
    group(&mut criterion, "append_a_month", &county)
        .bench_function("wholeplace", |b| b.iter(|| append().unwrap()));
    drop(before);

    // Every other partner is another county's.
    let partners = meanings.partners.iter().map(|(_, partner)| *partner);
    let north: Vec<_> = partners.step_by(2).collect();
    let is_north = |coding: &Coding| north.contains(&coding.partner);
    let south = cube(place, &lines, |coding| !is_north(coding))?;
    let north = cube(place, &lines, is_north)?;
    assert_eq!(north.merge(&south)?.records(), whole.records());
    group(&mut criterion, "merge_two_counties", &county).bench_function("wholeplace", |b| {
        b.iter(|| north.merge(black_box(&south)).unwrap());
    });
    criterion.final_summary();
    Ok(())
}

fn cube(
    place: &Arc<Place>,
    lines: &CodedLines,
    wanted: impl Fn(&Coding) -> bool,
) -> Result<Cube, Box<dyn Error>> {
    let lines = lines.iter().filter(|(coding, _)| wanted(coding));
    Ok(Cube::from_lines(place, lines.collect(), &Sorted)?)
}

fn group<'a>(
    criterion: &'a mut Criterion,
    name: &str,
    county: &County,
) -> BenchmarkGroup<'a, WallTime> {
    criterion.benchmark_group(format!("saved/{name}/{}", county.size()))
}

fn saved_and_opened(criterion: &mut Criterion, county: &County, cube: &Cube) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cube.parquet");
    cube.save(&file)?;
    let opened = Cube::open(&file, cube.place())?;
    assert_eq!(opened.records(), cube.records());
    assert_eq!(opened.total(), cube.total());
    let bytes = file.metadata()?.len();
    println!(
        "saved: {bytes} bytes, {} a record",
        bytes / (cube.records().len() as u64).max(1)
    );
    group(criterion, "save", county).bench_function("wholeplace", |b| {
        b.iter(|| cube.save(black_box(&file)).unwrap());
    });
    let mut group = group(criterion, "open", county);
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("wholeplace", |b| {
        b.iter(|| Cube::open(black_box(&file), cube.place()).unwrap());
    });
    group.bench_function("read_and_hash", |b| {
        b.iter(|| read_and_hash(black_box(&file)))
    });
    group.finish();
    Ok(())
}

/// What no way of opening can do without.
fn read_and_hash(file: &Path) -> u8 {
    use sha2::Digest;
    sha2::Sha256::digest(std::fs::read(file).unwrap())[0]
}
