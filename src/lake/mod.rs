//! Files that stay where they are: a cube from sums that an engine makes beside them.
//!
//! A county fits on a laptop, and ten million lines take its cube a few seconds. The lines of a nation
//! lie as Parquet in somebody's store. Then only texts travel, each once, and sums:
//!
//! ```text
//! engine  the different texts of each column  ─►  here  what each says, by the reader, the crosswalk,
//!                                                       the rules of counterparties: a number for each
//! engine  a table of numbers for each column  ◄─  here  texts that are one to every rule get one number
//! engine  one GROUP BY over these tables      ─►  here  groups, placed by the code that places lines
//! engine  the same sums, asked otherwise      ─►  here  held against the groups
//! ```
//!
//! The cube is the one that [`PlaceAccount::load`] and [`Cube::build`] make of the same files: its
//! records, months, batches and reconciliation are the same.
//!
//! # What an engine is asked
//!
//! To join texts with numbers, to count and to add up whole pence of 128 bits: no division, no rounding,
//! no dates, no patterns, no text of a user in a query ([`Query::sql`]). [`Embedded`] answers the same
//! queries from the files of this machine, by the crate's own reader.
//!
//! # Control before belief
//!
//! Of every file lines, pence, credits and the largest amount are asked once more without any join, and
//! once more by date or period and by kind of amount (none, no number, of more than two decimals, …);
//! where amounts are texts they are added up here. Groups that do not add
//! up to that are [`LakeError::EngineDisagrees`], with both figures, and nothing is made of them. A file
//! that changed while it was asked is refused too. Control totals of publishers are held against the
//! groups as against lines: each that is missed is a fault.
//!
//! # What the order of rows tells
//!
//! Headings below the first row, headings that come once more, and rows that are the sum of rows above
//! them are told by order. An engine that numbers rows ([`Engine::numbers_rows`]) is asked for the few
//! rows that may be such, and for the sums between them; of another, a file that has such rows is
//! refused. Findings name the first row of each kind where rows are numbered, and the file where not.
//!
//! # Many places
//!
//! A nation is a set of packs over one lake: [`SavedCube::cut`] saves the cube of each before the next is
//! begun, and [`SeveralPlaces`] puts one question to all of them and says whose rules each used.
//!
//! # What stays with lines
//!
//! A rule that needs single lines is refused with a sentence that names it
//! ([`LakeError::Refused`]): more rows that may be sums than can be taken apart, headings that move, and
//! coarse lines of which finer ones leave a rest. [`LakeCube::left_out`] says what was not looked for.
//!
//! **Invariant:** nothing is made of an answer that its controls do not meet.
#![deny(clippy::float_arithmetic)]

mod engine;
mod query;
mod window;
mod repeating;
mod embedded;
mod child_process;
mod classes;
mod asked;
mod amounts;
mod headings;
mod groups;
mod file;
mod watch;
mod several;

pub use child_process::ChildProcess;
pub use embedded::Embedded;
pub use engine::{Column, Deadline, Engine, EngineError, Holds, Limits, Value};
pub use query::{Amount, Dimension, Key, Query, Rows};
pub use several::{AnswerOfPlaces, Rules, SavedCube, SeveralError, SeveralPlaces, TwoThings};

use crate::account::{AccountError, PlaceAccount};
use crate::cube::{Cube, CubeError};
use crate::finding::Findings;
use crate::ledger::{Ledger, LedgerError, LedgerSpec, OnProgress};
use crate::money::MoneyError;
use crate::place::{LedgerPlan, Place};
use crate::sheet::{self, SheetError};
use crate::text::counted;
use asked::Asked;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use watch::Watch;

/// A file on an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LakeFile {
    /// Code of the ledger that it is of.
    pub ledger: String,
    /// Its name in messages, as the pack writes it.
    pub shown: String,
    /// Where the engine finds it: a path, or an address such as `s3://…`.
    pub location: String,
    /// SHA-256 of its bytes, as 64 hexadecimal digits: what tells it from any other.
    pub fingerprint: String,
}

/// The files of a place as an engine finds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lake {
    /// Each file; those of one ledger in the order in which they are to be read.
    pub files: Vec<LakeFile>,
}

impl Lake {
    /// The files of a pack, for an engine that sees the folders of this machine.
    ///
    /// # Errors
    ///
    /// [`LakeError::Sheet`] when a file cannot be read.
    pub fn of(place: &Place) -> Result<Self, LakeError> {
        let mut files = Vec::new();
        for plan in place.ledgers() {
            for (path, shown) in &plan.files {
                let source = sheet::open(path, shown, &sheet::ReadOptions::default())?;
                let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
                files.push(LakeFile {
                    ledger: plan.id.clone(),
                    shown: shown.clone(),
                    location: path.display().to_string(),
                    fingerprint: source.fingerprint().to_owned(),
                });
            }
        }
        Ok(Self { files })
    }
}

/// Two figures of an engine that should be one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disagreement {
    /// The engine.
    pub engine: String,
    /// Of which file.
    pub file: String,
    /// Of which of its lines.
    pub of: String,
    /// What was counted or added up.
    pub what: &'static str,
    /// What it gave when asked without a join.
    pub expected: i128,
    /// What its groups add up to.
    pub found: i128,
}

/// Why an engine's answers made no cube.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LakeError {
    /// The engine failed.
    #[error("the {engine} engine, asked about `{file}`, {source}")]
    Engine {
        /// Its name.
        engine: String,
        /// The file it was asked about.
        file: String,
        /// How.
        source: EngineError,
    },
    /// The engine gave other sums than its own controls. No engine is believed.
    #[error(
        "the {} engine gave {} {} for {} of `{}`, and {} when asked otherwise; nothing of it is used",
        .0.engine, .0.found, .0.what, .0.of, .0.file, .0.expected
    )]
    EngineDisagrees(Box<Disagreement>),
    /// A rule of the pack needs lines.
    #[error("ledger `{ledger}` cannot be grouped where it lies: {why}; or read it here")]
    Refused {
        /// The ledger.
        ledger: String,
        /// The rule.
        why: String,
    },
    /// A ledger of the pack of which no file is named.
    #[error("no file of ledger `{ledger}` is named; name each file of the pack with its address")]
    NoFile {
        /// The ledger.
        ledger: String,
    },
    /// Sums too large to be kept.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// As reading the files here.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// As building a cube here.
    #[error(transparent)]
    Cube(#[from] CubeError),
    /// A sum beyond 64 bits of pence.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A file of this machine cannot be read.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}

impl LakeError {
    /// Whether the same may go well another time.
    fn may_pass(&self) -> bool {
        match self {
            Self::EngineDisagrees(_) => true,
            Self::Engine { source, .. } => {
                matches!(
                    source,
                    EngineError::WorkerLost(_) | EngineError::Disagrees(_)
                )
            }
            _ => false,
        }
    }
}

/// A cube that was added up beside the files.
#[derive(Debug)]
pub struct LakeCube {
    /// The cube.
    pub cube: Cube,
    /// What is wrong in the data: with pence, and by file where one line cannot be named.
    pub findings: Findings,
    /// What was not looked for, because it takes lines: a sentence each.
    pub left_out: Vec<&'static str>,
}

/// What only lines can tell.
const LEFT_OUT: [&str; 4] = [
    "rows of one file that repeat those of another",
    "rows with a date, and without some cells that the rows above have, that are the sum of those rows",
    "payments between partners held against each other side by side",
    "dates of a column with month and day the other way round",
];

impl LakeCube {
    /// Asks an engine for the cube of a place. All files must be on it.
    ///
    /// # Errors
    ///
    /// [`LakeError`].
    ///
    /// # Example
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use wholeplace::lake::{Embedded, Lake, LakeCube, Limits};
    /// use wholeplace::place::Place;
    /// let place = Place::open("a/pack/whose/ledgers/are/parquet")?;
    /// let limits = Limits { within: Duration::from_secs(600), again: 1, wait: Duration::ZERO };
    /// let made = LakeCube::build(&place, &Lake::of(&place)?, &mut Embedded::new(), limits)?;
    /// println!("{} records", made.cube.records().len());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn build(
        place: &Arc<Place>,
        lake: &Lake,
        engine: &mut dyn Engine,
        limits: Limits,
    ) -> Result<Self, LakeError> {
        Self::build_with(place, lake, engine, limits, &|_| {})
    }

    /// [`LakeCube::build`], telling how far it is: `progress` is called as each file is grouped.
    ///
    /// # Errors
    ///
    /// [`LakeError`].
    pub fn build_with(
        place: &Arc<Place>,
        lake: &Lake,
        engine: &mut dyn Engine,
        limits: Limits,
        progress: &OnProgress<'_>,
    ) -> Result<Self, LakeError> {
        whole_or_again(limits, |until| {
            let here = |plan: &LedgerPlan| lake.files.iter().any(|file| file.ledger == plan.id);
            if let Some(plan) = place.ledgers().iter().find(|plan| !here(plan)) {
                return Err(LakeError::NoFile {
                    ledger: plan.id.clone(),
                });
            }
            once(place, lake, engine, until, progress)
        })
    }

    /// The cube of some files of a place, such as those of a month: ledgers without any are left out. It
    /// is merged with those of the others by [`Cube::merge`].
    ///
    /// # Errors
    ///
    /// [`LakeError`].
    pub fn build_part(
        place: &Arc<Place>,
        lake: &Lake,
        engine: &mut dyn Engine,
        limits: Limits,
        progress: &OnProgress<'_>,
    ) -> Result<Self, LakeError> {
        whole_or_again(limits, |until| once(place, lake, engine, until, progress))
    }
}

/// Asks for all of it, and once more for all of it where that may help.
fn whole_or_again(
    limits: Limits,
    mut once: impl FnMut(Deadline) -> Result<LakeCube, LakeError>,
) -> Result<LakeCube, LakeError> {
    let until = Deadline::after(limits.within);
    let mut tried = 0;
    loop {
        match once(until) {
            Err(error) if error.may_pass() && tried < limits.again && !until.has_passed() => {
                tried += 1;
                std::thread::sleep(limits.wait.min(until.left()));
            }
            done => return done,
        }
    }
}

/// Asks for all of it once.
fn once(
    place: &Arc<Place>,
    lake: &Lake,
    engine: &mut dyn Engine,
    until: Deadline,
    progress: &OnProgress<'_>,
) -> Result<LakeCube, LakeError> {
    let mut ledgers = Vec::with_capacity(place.ledgers().len());
    let mut watch = Watch::new(progress, &lake.files);
    for plan in place.ledgers() {
        let files: Vec<&LakeFile> = (lake.files.iter())
            .filter(|file| file.ledger == plan.id)
            .collect();
        if files.is_empty() {
            continue;
        }
        let spec = LedgerSpec {
            id: plan.id.clone(),
            files: Vec::new(),
            layout: plan.layout.clone(),
            controls: plan.controls.clone(),
            repeats: plan.repeats.clone(),
        };
        let mut read = Vec::with_capacity(files.len());
        for file in files {
            let mut asked = Asked {
                engine: &mut *engine,
                until,
                file,
                table: format!("wholeplace_{}", watch.files_done()),
                between: None,
            };
            watch.begins(file);
            let grouped = file::grouped(&mut asked, place, plan, &spec, &file.shown)?;
            watch.done(file);
            read.push((grouped, file.fingerprint.clone()));
        }
        ledgers.push((plan, Ledger::of_groups(&spec, read)?));
    }
    taken_once(&ledgers)?;
    let account = PlaceAccount::of_groups(place, ledgers)?;
    if let Some(ledger) = account.rest_by_size() {
        return Err(LakeError::Refused {
            ledger: ledger.to_owned(),
            why: "finer lines lie inside several lines of it that are not alike (`[[replaced]]` with \
                  `rest = \"stays\"`), and the size of each line decides what is left of it"
                .to_owned(),
        });
    }
    let findings = account.findings().clone();
    Ok(LakeCube {
        cube: Cube::build_from(account)?,
        findings,
        left_out: LEFT_OUT.to_vec(),
    })
}

/// Refuses extracts of which more rows were taken than there are: some would be counted twice.
fn taken_once(ledgers: &[(&LedgerPlan, Ledger)]) -> Result<(), LakeError> {
    let mut extracts: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let mut of_ledgers = BTreeSet::new();
    for (plan, ledger) in ledgers.iter().filter(|(plan, _)| !plan.repeats.allowed()) {
        let with_lines = ledger.files().iter().filter(|file| file.counts.lines > 0);
        for file in with_lines {
            let (rows, lines) = extracts.entry(&file.fingerprint).or_default();
            *rows = file.counts.records.max(*rows);
            *lines += file.counts.lines;
            let again = !of_ledgers.insert((&plan.id, &file.fingerprint));
            if again || lines > rows {
                return Err(LakeError::Refused {
                    ledger: plan.id.clone(),
                    why: format!(
                        "`{}` was read before, and some of its {} would be counted twice; name each \
                         extract once, or allow repeats",
                        file.shown,
                        counted(*rows, "row")
                    ),
                });
            }
        }
    }
    Ok(())
}
