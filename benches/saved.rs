//! Saving, opening, appending and merging.
//!
//! Sketch, 10 M records: 18 bytes each in memory, 180 MB; as Parquet the numbers of regions run, those
//! of matters and periods pack into a few bits, and pence are what they are: about half. Opening
//! reads the file, sums it once for the seal (SHA-256, over 1 GB a second where the processor has
//! instructions for it), decodes five columns and walks them twice. Appending and merging walk both
//! cubes once.
//!
//! The county's own lines fall on few places, as those of real ledgers do. For as many records as
//! lines, its lines are scattered over leaves and single years of age.

mod county;

use county::{County, Outcome, short};
use criterion::{Criterion, Throughput};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use wholeplace::account::PlaceAccount;
use wholeplace::axis::{Ages, LocalityId, OLDEST, Placed};
use wholeplace::cube::Cube;
use wholeplace::cube::group::{CodedLines, Sorted};
use wholeplace::place::Place;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::generate()?;
    let place = county.place()?;
    let account = county.account(&place)?;
    let whole = Cube::build(&account)?;

    let scattered = Scattered::of(&place, &account);
    drop(account);
    saved_and_opened(&mut criterion, &whole)?;
    a_file_appended(&mut criterion, &whole)?;

    let many = scattered.cube(&place, |_| true)?;
    saved_and_opened(&mut criterion, &many)?;
    // One line of sixty: a month of five years.
    let (month, rest) = (|i| i % 60 == 0, |i| i % 60 != 0);
    two_cubes(
        &mut criterion,
        "append",
        &many,
        [
            scattered.cube(&place, rest)?,
            scattered.cube(&place, month)?,
        ],
    )?;
    two_cubes(
        &mut criterion,
        "merge",
        &many,
        [
            scattered.cube(&place, |i| i % 2 == 0)?,
            scattered.cube(&place, |i| i % 2 == 1)?,
        ],
    )?;
    criterion.final_summary();
    Ok(())
}

fn size(cube: &Cube) -> String {
    short(cube.records().len() as u64) + "_records"
}

/// Long operations: a few samples are enough.
fn group<'a>(
    criterion: &'a mut Criterion,
    name: &str,
    cube: &Cube,
) -> criterion::BenchmarkGroup<'a, criterion::measurement::WallTime> {
    let mut group = criterion.benchmark_group(format!("saved/{name}/{}", size(cube)));
    group
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1))
        .throughput(Throughput::Elements(cube.records().len() as u64));
    group
}

fn saved_and_opened(criterion: &mut Criterion, cube: &Cube) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("cube.parquet");
    cube.save(&file)?;
    let opened = Cube::open(&file, cube.place())?;
    assert_eq!(opened.records(), cube.records());
    assert_eq!(opened.batches(), cube.batches());
    println!("saved/{}: {} bytes", size(cube), file.metadata()?.len());
    group(criterion, "save", cube).bench_function("wholeplace", |b| {
        b.iter(|| cube.save(black_box(&file)).unwrap());
    });
    group(criterion, "open", cube).bench_function("wholeplace", |b| {
        b.iter(|| Cube::open(black_box(&file), cube.place()).unwrap());
    });
    group(criterion, "read_and_hash", cube).bench_function("plain", |b| {
        b.iter(|| read_and_hash(black_box(&file)));
    });
    Ok(())
}

/// What no way of opening can do without.
fn read_and_hash(file: &Path) -> u8 {
    use sha2::Digest;
    sha2::Sha256::digest(std::fs::read(file).unwrap())[0]
}

/// The newest file of the county, read and appended to a cube of all others.
fn a_file_appended(criterion: &mut Criterion, whole: &Cube) -> Outcome {
    let place = whole.place();
    let files = place.ledgers().iter().flat_map(|plan| &plan.files);
    let newest = files.map(|(_, shown)| shown).max().cloned();
    let newest = newest.ok_or("the county has no files")?;
    let load = |new: bool| PlaceAccount::load_files(place, |_, f| (f == newest) == new, &|_| ());
    let before = Cube::build(&load(false)?)?;
    let after = before.append(&load(true)?)?;
    assert_eq!(after.records(), whole.records());
    assert_eq!(after.batches(), whole.batches());
    assert!(after.reconciliation().holds());
    let new = load(true)?;
    group(criterion, "append_a_file", whole).bench_function("wholeplace", |b| {
        b.iter(|| before.append(black_box(&new)).unwrap());
    });
    Ok(())
}

fn two_cubes(criterion: &mut Criterion, name: &str, both: &Cube, cubes: [Cube; 2]) -> Outcome {
    let [one, other] = &cubes;
    assert_eq!(one.merge(other)?.records(), both.records());
    group(criterion, name, both).bench_function("wholeplace", |b| {
        b.iter(|| one.merge(black_box(other)).unwrap());
    });
    Ok(())
}

/// The lines of the county on as many places.
struct Scattered(CodedLines);

impl Scattered {
    fn of(place: &Place, account: &PlaceAccount) -> Self {
        let localities = &place.axes().localities;
        let leaves: Vec<LocalityId> = (localities.all_leaves().iter())
            .filter_map(|leaf| localities.find(localities.leaf_code(leaf)).ok())
            .collect();
        let ages = (0..=OLDEST).filter_map(|age| Ages::new(age, age).ok());
        let ages: Vec<Ages> = ages.collect();
        let scattered = account
            .lines()
            .enumerate()
            .map(|(i, (_, line, mut coding))| {
                coding.locality = Placed::On(leaves[i % leaves.len()]);
                coding.ages = Placed::On(ages[i / leaves.len() % ages.len()]);
                (coding, line.pence())
            });
        Self(scattered.collect())
    }

    fn cube(
        &self,
        place: &Arc<Place>,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Cube, Box<dyn Error>> {
        let lines = self.0.iter().enumerate().filter(|(i, _)| wanted(*i));
        let lines: CodedLines = lines.map(|(_, line)| line).collect();
        Ok(Cube::from_lines(place, lines, &Sorted)?)
    }
}
