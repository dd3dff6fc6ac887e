//! A case in a process of its own, so that none sees what another left behind.

use crate::county::Outcome;
use crate::ours;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wholeplace::account::PlaceAccount;
use wholeplace::place::Place;

/// What the child is told: the folder with the pack.
const CHILD: &str = "--folder";

/// What files → cube took.
pub struct Measured {
    pub seconds: f64,
    pub records: f64,
    /// The most bytes that were ever held.
    pub peak: f64,
    /// Bytes held at the end beyond those held with the pack open: what the allocator has not given
    /// back too.
    pub kept: f64,
}

/// Measures, if this process is a child, and says so.
pub fn is_child() -> Result<bool, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [first, folder] = arguments.as_slice() else {
        return Ok(false);
    };
    if first != CHILD {
        return Ok(false);
    }
    measure(Path::new(folder))?;
    Ok(true)
}

/// The files of a folder into a cube, on so many threads.
pub fn measured(folder: &Path, threads: u32) -> Result<Measured, Box<dyn Error>> {
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
    Ok(Measured {
        seconds,
        records,
        peak: 1024.0 * peak,
        kept: 1024.0 * kept,
    })
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
