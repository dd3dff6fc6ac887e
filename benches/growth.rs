//! How time and memory grow with the lines: Parquet → cube, each size in a process of its own.
//!
//! ```text
//! cargo bench --bench growth                                                     # up to 1 M lines
//! WHOLEPLACE_BENCH_GROWTH=1m,3m,10m,30m,100m cargo bench --bench growth          # 17 GB of disk, half an hour
//! ```
//!
//! Files are written a batch of 250,000 lines at a time, and read a group of as many rows at a time:
//! no size is held whole but the account itself. What is said at the end is the power of the lines with
//! which seconds and peak memory grow, by least squares of the logarithms, and what a line more costs
//! by the two largest sizes: a power of one is a straight line.

mod county;
mod ours;
mod process;

use county::{County, Kind, Outcome};
use process::Measured;

/// The sizes, where nothing else is asked for: a default run is short.
const SIZES: &str = "100k,300k,1m";

fn main() -> Outcome {
    if process::is_child()? {
        return Ok(());
    }
    let asked = std::env::var("WHOLEPLACE_BENCH_GROWTH").unwrap_or_else(|_| SIZES.to_owned());
    let sizes = asked.split(',').map(lines);
    let sizes = sizes.collect::<Result<Vec<u64>, _>>()?;
    let threads = std::thread::available_parallelism()?.get() as u32;
    println!(
        "      lines | seconds |    records | peak MiB | bytes a line at peak | bytes a record kept"
    );
    let mut measured: Vec<(f64, Measured)> = Vec::new();
    for lines in sizes {
        let county = County::of(lines)?;
        let files = county.files(Kind::Parquet)?;
        let one = process::measured(&files.folder, threads)?;
        println!(
            "{lines:>11} | {:>7.2} | {:>10} | {:>8.0} | {:>20.0} | {:>19.1}",
            one.seconds,
            one.records,
            one.peak / (1 << 20) as f64,
            one.peak / lines as f64,
            one.kept / one.records
        );
        measured.push((lines as f64, one));
    }
    let power = |of: fn(&Measured) -> f64| slope(&measured, of);
    if let [.., (fewer, less), (more, most)] = measured.as_slice() {
        let each = |of: fn(&Measured) -> f64| (of(most) - of(less)) / (more - fewer);
        println!(
            "seconds grow with lines to the power of {:.2}, {:.0} ns for each line more",
            power(|one| one.seconds),
            1e9 * each(|one| one.seconds)
        );
        println!(
            "peak memory grows with lines to the power of {:.2}, {:.0} bytes for each line more",
            power(|one| one.peak),
            each(|one| one.peak)
        );
    }
    Ok(())
}

/// `300k`, `10m`, or a number.
fn lines(text: &str) -> Result<u64, std::num::ParseIntError> {
    let text = text.trim();
    let (digits, times) = match text.chars().last() {
        Some('k') => (&text[..text.len() - 1], 1_000),
        Some('m') => (&text[..text.len() - 1], 1_000_000),
        _ => (text, 1),
    };
    Ok(digits.replace('_', "").parse::<u64>()? * times)
}

/// The slope of the straight line that lies nearest to the logarithms, by least squares.
fn slope(measured: &[(f64, Measured)], of: fn(&Measured) -> f64) -> f64 {
    let points: Vec<(f64, f64)> = (measured.iter())
        .map(|(lines, one)| (lines.ln(), of(one).ln()))
        .collect();
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let both: f64 = points
        .iter()
        .map(|point| (point.0 - x) * (point.1 - y))
        .sum();
    let square: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    both / square
}
