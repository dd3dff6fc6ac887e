//! Twenty thousand files with some bytes made wrong, the same in every run: no panic, no waiting, no
//! memory beyond what a file of its size may ask for, and no figure that changes without a word.
//!
//! Memory is what the process takes at its highest, where the system says so. The bound is that of
//! `sheet::packed` and `sheet::parquet_check` for files of a few kilobytes, with room for what other
//! tests take at the same time.

use super::{Folder, made};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};
use wholeplace::ledger::{Ledger, LedgerError, Reader};
use wholeplace::money::Pence;

/// Cases of all formats together.
const CASES: usize = 20_000;
/// No file of a few kilobytes takes longer.
const LONGEST: Duration = Duration::from_secs(10);

/// Reads one file again and again under another content.
struct Reading {
    folder: Folder,
    name: &'static str,
}

impl Reading {
    fn of(name: &'static str) -> Self {
        Self {
            folder: Folder::new().with(name, ""),
            name,
        }
    }

    fn read(&self, bytes: &[u8]) -> Result<Ledger, LedgerError> {
        std::fs::write(self.folder.path().join(self.name), bytes).unwrap();
        let started = Instant::now();
        let ledger = Reader::new().read(&self.folder.spec(self.name)?);
        assert!(
            started.elapsed() < LONGEST,
            "{} took {:?}",
            self.name,
            started.elapsed()
        );
        ledger
    }
}

/// Some bytes of a file made wrong: one changed, one bit, a run of them, some taken out or doubled,
/// the end cut off.
fn mutated(sound: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    const TELLING: [u8; 12] = [
        0, 1, 0x0A, 0x0D, 0x22, 0x2C, 0x7F, 0x80, 0xFE, 0xFF, b'9', b'-',
    ];
    let mut bytes = sound.to_vec();
    for _ in 0..random.random_range(1..4) {
        if bytes.is_empty() {
            break;
        }
        let at = random.random_range(0..bytes.len());
        let end = (at + random.random_range(1..9)).min(bytes.len());
        match random.random_range(0..8) {
            0 | 1 => bytes[at] = random.random(),
            2 => bytes[at] ^= 1 << random.random_range(0..8),
            3 => bytes[at] = TELLING[random.random_range(0..TELLING.len())],
            4 => bytes[at..end].fill(TELLING[random.random_range(0..TELLING.len())]),
            5 => drop(bytes.drain(at..end)),
            6 => bytes.extend_from_within(at..end),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// The most memory that the process has taken so far.
fn highest() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes << 10)
}

#[test]
fn no_mutated_file_ends_the_process() {
    // What is caught is not printed twenty thousand times.
    let before = highest();
    let mut random = ChaCha8Rng::seed_from_u64(0x5EED);
    let formats = [
        ("a.csv", made::csv()),
        ("a.xlsx", made::xlsx()),
        ("a.xls", made::xls()),
        ("a.ods", made::ods()),
        ("a.parquet", made::parquet()),
        (
            "a.parquet",
            made::with_pages(&made::parquet(), made::second_version),
        ),
    ];
    let mut read = 0;
    for (name, sound) in &formats {
        let reading = Reading::of(name);
        for _ in 0..CASES / formats.len() {
            if let Ok(ledger) = reading.read(&mutated(sound, &mut random)) {
                assert!(ledger.reconciliation().holds());
                read += 1;
            }
        }
    }
    assert!(read > CASES / 20, "{read} were read");
    if let Some((before, after)) = before.zip(highest()) {
        assert!(after - before < 3 << 30, "{before} and then {after} bytes");
    }
}

/// A digit of an amount made another one: the total changes by what it says, or there is a finding.
#[test]
fn a_mutated_digit_is_seen_in_the_total_or_told() {
    let sound = String::from_utf8(made::csv()).unwrap();
    let reading = Reading::of("a.csv");
    let ledger = reading.read(sound.as_bytes()).unwrap();
    assert_eq!(
        (ledger.total(), ledger.findings().len()),
        (Pence::new(made::TOTAL), 0)
    );
    let amounts: Vec<(usize, usize)> = (sound.lines().skip(1))
        .map(|line| {
            let start = line.as_ptr() as usize - sound.as_ptr() as usize;
            let at = line.rfind(',').unwrap() + 1;
            (start + at, start + line.len())
        })
        .collect();
    let mut silent = Vec::new();
    for &(start, end) in &amounts {
        let pence = |text: &str| -> Option<i64> {
            let (pounds, pence) = text.split_once('.')?;
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            // A blank may stand behind a sign, and nothing before the point.
            let unsigned = pounds.strip_prefix('-').unwrap_or(pounds).trim();
            let unsigned = if unsigned.is_empty() { "0" } else { unsigned };
            if !digits(unsigned) || !digits(pence) || pence.len() > 2 {
                return None;
            }
            let sum =
                unsigned.parse::<i64>().ok()? * 100 + format!("{pence:0<2}").parse::<i64>().ok()?;
            Some(if pounds.starts_with('-') { -sum } else { sum })
        };
        let before = pence(&sound[start..end]).unwrap();
        for at in start..end {
            for byte in 0x20..0x7F_u8 {
                let mut bytes = sound.clone().into_bytes();
                bytes[at] = byte;
                let said = String::from_utf8(bytes[start..end].to_vec()).unwrap();
                let ledger = match reading.read(&bytes) {
                    Ok(ledger) => ledger,
                    Err(_) => continue,
                };
                if !ledger.findings().is_empty() {
                    continue;
                }
                // An empty cell behind the amount is nothing.
                let plain = said
                    .trim()
                    .trim_end_matches(',')
                    .trim_start_matches(['+', '£']);
                let now = pence(plain).or_else(|| pence(&format!("{plain}.00")));
                let now = now.or_else(|| plain.strip_suffix('-').and_then(pence).map(|sum| -sum));
                let wanted = now.map(|now| Pence::new(made::TOTAL - before + now));
                if Some(ledger.total()) != wanted {
                    silent.push(format!("`{said}` came to {}", ledger.total()));
                }
            }
        }
    }
    assert!(silent.is_empty(), "without a finding: {silent:#?}");
}
