//! Memory: bytes kept a record, and the most that was ever held, each case in a process of its own
//! so that none sees what another left behind.
//!
//! ```text
//! WHOLEPLACE_BENCH_LINES=10000000 cargo bench --bench memory
//! ```
//!
//! CSV → cube at so many lines, with one thread and with two and at half the lines; Parquet →
//! cube at as many and at five times as many. Seconds are shown and nothing is asserted of them.
//! What is kept is what the process holds beyond what it held with the pack open, so it counts
//! what the allocator has not given back too: of small cubes that is most of it.

mod county;
mod ours;
mod process;

use county::{County, Kind, Outcome};
use std::path::Path;

fn main() -> Outcome {
    if process::is_child()? {
        return Ok(());
    }
    let lines = county::lines()?;
    println!(
        "files    |      lines | threads | seconds |    records | peak MiB | bytes a line at peak | bytes a record kept"
    );
    let cases = [
        (Kind::Csv, lines / 2, vec![2]),
        (Kind::Csv, lines, vec![1, 2]),
        (Kind::Parquet, lines, vec![2]),
        (Kind::Parquet, 5 * lines, vec![2]),
    ];
    for (kind, lines, threads) in cases {
        let county = County::of(lines)?;
        let files = county.files(kind)?;
        for threads in threads {
            show(kind, lines, threads, &files.folder)?;
        }
    }
    Ok(())
}

fn show(kind: Kind, lines: u64, threads: u32, folder: &Path) -> Outcome {
    let one = process::measured(folder, threads)?;
    println!(
        "{:8} | {lines:>10} | {threads:>7} | {:>7.2} | {:>10} | {:>8.0} | {:>20.0} | {:>19.1}",
        kind.ending(),
        one.seconds,
        one.records,
        one.peak / (1 << 20) as f64,
        one.peak / lines as f64,
        one.kept / one.records
    );
    Ok(())
}
