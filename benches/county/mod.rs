//! A county that does not exist, made from a seed: a complete place pack and its payments, as CSV
//! files, as Parquet files, or as coded lines without any file.
//!
//! ```text
//! cargo bench                                      # 1,000,000 lines
//! WHOLEPLACE_BENCH_LINES=10000000 cargo bench      # 10,000,000 lines
//! WHOLEPLACE_BENCH_LINES=20000 cargo bench --benches -- --test    # each once, as CI does
//! WHOLEPLACE_BENCH_KEEP=folder cargo bench         # files and figures are left there
//! ```
//!
//! The same seed and number of lines give the same bytes on every machine: integers only, and a
//! ChaCha stream each for what the county is, for its cost centres and for the payments of each
//! year. A county of more lines is the same county with more cost centres.
//!
//! # Sketch of bytes and passes, 10 M lines
//!
//! | What | Rows | Bytes |
//! |---|---|---|
//! | CSV files, one a financial year, 9 columns | 10,000,000 | 750 MB |
//! | Parquet files, the same columns, dates and decimals as such | 10,000,000 | 170 MB |
//! | coded lines | 10,000,000 | 52 B a line |
//! | records | about 8,000,000 | |
//! | residents | 206 leaves × 91 ages | 150 kB |
//!
//! # What is like a real ledger
//!
//! Payments come from cost centres that pay again month after month, a few of them most of the
//! time; there is one for every 16 lines, so that most lines are records of their own. 40 %
//! state no age; localities are coarse (half county or police force) and fine (place-plan areas,
//! wards, LSOAs); 3 % are credits; 5 % are paid to another partner, whom the pack's rules
//! recognise and the boundary eliminates; one code in seven means several activities; a few codes
//! are gaps and a few are in no crosswalk.
#![allow(dead_code, reason = "no bench uses all of it")]

use criterion::Criterion;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::ledger::{Ledger, LedgerSpec, Reader, Repeats};
use wholeplace::place::Place;

mod centres;
pub mod coded;
mod files;
pub mod kept;
pub mod pack;
mod payments;
pub mod proposals;
mod random;

use centres::{Centre, Words};
pub use files::Kind;
pub use payments::{FIRST_YEAR, YEARS};
use payments::{Payment, Payments};
pub use random::Random;

/// polars is markedly slower with the system allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub type Outcome = Result<(), Box<dyn Error>>;

const SEED: u64 = 0x5745_4c4c_2053_4f4d;

/// The county; its files are gone when this is dropped, unless they are to be kept.
pub struct County {
    folder: PathBuf,
    temporary: Option<TempDir>,
    pub lines: u64,
    centres: Vec<Centre>,
    words: Words,
}

/// Its payments in files of one kind, beside a pack that reads them.
pub struct Files {
    pub folder: PathBuf,
    /// In the order of the years.
    pub files: Vec<PathBuf>,
    /// Of all files together.
    pub bytes: u64,
}

/// How many lines: `WHOLEPLACE_BENCH_LINES`, or a million.
pub fn lines() -> Result<u64, Box<dyn Error>> {
    match std::env::var("WHOLEPLACE_BENCH_LINES") {
        Ok(text) => Ok(text.replace('_', "").parse()?),
        Err(_) => Ok(1_000_000),
    }
}

impl County {
    /// Draws the county; of its payments nothing yet.
    pub fn new() -> Result<Self, Box<dyn Error>> {
        Self::of(lines()?)
    }

    /// The county of so many lines.
    pub fn of(lines: u64) -> Result<Self, Box<dyn Error>> {
        let (folder, temporary) = match kept::folder()? {
            Some(folder) => (folder.join(short(lines)), None),
            None => {
                let folder = tempfile::Builder::new()
                    .prefix("wholeplace-county-")
                    .tempdir()?;
                (folder.path().to_owned(), Some(folder))
            }
        };
        Ok(Self {
            folder,
            temporary,
            lines,
            centres: centres::of(lines, &mut Random::stream(SEED, 1)),
            words: Words::new(),
        })
    }

    /// `1m_lines`: the size in the name of a bench.
    pub fn size(&self) -> String {
        short(self.lines) + "_lines"
    }

    /// Writes the payments, a file a financial year; files that were kept are not written again.
    pub fn files(&self, kind: Kind) -> Result<Files, Box<dyn Error>> {
        let folder = self.pack(kind.ending(), kind.ending())?;
        let path = |year| folder.join(format!("payments-{year}.{}", kind.ending()));
        let files: Vec<PathBuf> = YEARS.iter().map(path).collect();
        let written = folder.join("written");
        if !written.exists() {
            files::write(self, kind, &files)?;
            fs::write(written, "")?;
        }
        let mut bytes = 0;
        for file in &files {
            bytes += fs::metadata(file)?.len();
        }
        Ok(Files {
            folder,
            files,
            bytes,
        })
    }

    /// A folder with the pack in it.
    fn pack(&self, name: &str, ending: &str) -> Result<PathBuf, Box<dyn Error>> {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder)?;
        pack::write(&folder, ending, &mut Random::stream(SEED, 0))?;
        // The years of payments have the streams from 2 on.
        proposals::write(&folder, &mut Random::stream(SEED, 1_000))?;
        Ok(folder)
    }

    /// Where figures and frames go that are kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn payments(&self, year: usize) -> Payments<'_> {
        Payments::of_year(SEED, &self.centres, self.lines, year)
    }
}

impl Files {
    pub fn place(&self) -> Result<Arc<Place>, Box<dyn Error>> {
        Ok(Place::open(&self.folder)?)
    }

    pub fn account(&self, place: &Arc<Place>) -> Result<PlaceAccount, Box<dyn Error>> {
        Ok(PlaceAccount::load(place)?)
    }
}

/// Reads the payment files of a place as one ledger, and no more.
pub fn ledger(place: &Place) -> Result<Ledger, Box<dyn Error>> {
    let plan = &place.ledgers()[0];
    let spec = LedgerSpec {
        id: plan.id.clone(),
        files: plan.files.clone(),
        layout: plan.layout.clone(),
        controls: plan.controls.clone(),
        repeats: Repeats::Refuse,
    };
    Ok(Reader::new().read(&spec)?)
}

/// `20k`, `1m`: three digits at most.
pub fn short(count: u64) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => format!("{}k", count / 1_000),
        _ => format!("{}m", count / 1_000_000),
    }
}

/// Few and short samples: one operation takes between a thousandth of a second and half a minute.
pub fn criterion() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args()
}
