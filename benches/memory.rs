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

use county::{County, Kind, Outcome};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wholeplace::account::PlaceAccount;
use wholeplace::place::Place;

/// What the child is told: the folder with the pack.
const CHILD: &str = "--folder";

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, folder] = arguments.as_slice()
        && first == CHILD
    {
        return measure(Path::new(folder));
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
    let child = |purged: bool| -> Result<Vec<f64>, Box<dyn Error>> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args([CHILD.as_ref(), folder.as_os_str()])
            .env("RAYON_NUM_THREADS", threads.to_string())
            .env("POLARS_MAX_THREADS", threads.to_string())
            .stderr(Stdio::inherit());
        if purged {
            // What is freed goes back at once, so that what stays is what is kept.
            command.env("MIMALLOC_PURGE_DELAY", "0");
        }
        let output = command.output()?;
        let text = String::from_utf8(output.stdout)?;
        if !output.status.success() {
            return Err(format!("a case failed: {}", output.status).into());
        }
        let numbers = text.split_whitespace().map(str::parse);
        Ok(numbers.collect::<Result<_, _>>()?)
    };
    let [seconds, records, peak, _] = child(false)?[..] else {
        return Err("a case told nothing".into());
    };
    let [.., kept] = child(true)?[..] else {
        return Err("a case told nothing".into());
    };
    println!(
        "{:8} | {lines:>10} | {threads:>7} | {seconds:>7.2} | {records:>10} | {:>8.0} | {:>20.0} | {:>19.1}",
        kind.ending(),
        peak / 1024.0,
        peak * 1024.0 / lines as f64,
        kept * 1024.0 / records
    );
    Ok(())
}

/// One case: seconds, records, peak and kept kilobytes.
fn measure(folder: &Path) -> Outcome {
    let place = Place::open(PathBuf::from(folder))?;
    let before = status("VmRSS")?;
    let start = Instant::now();
    let account = PlaceAccount::load(&place)?;
    let total = account.total();
    let cube = ours::cube_of(account)?;
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(cube.total(), total);
    let peak = status("VmHWM")?;
    // Threads give back what they hold when they next look.
    std::thread::sleep(Duration::from_millis(300));
    let kept = status("VmRSS")?.saturating_sub(before);
    println!("{seconds} {} {peak} {kept}", ours::count(&cube));
    Ok(())
}

/// A line of `/proc/self/status`, in kilobytes; 0 where there is none.
fn status(name: &str) -> Result<u64, Box<dyn Error>> {
    let Ok(text) = std::fs::read_to_string("/proc/self/status") else {
        return Ok(0);
    };
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.trim_start_matches(':').split_whitespace().next());
    Ok(number.map_or(Ok(0), str::parse)?)
}
