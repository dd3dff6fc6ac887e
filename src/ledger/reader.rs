//! Reading ledgers one after another.

use super::heading::Headings;
use super::read::{self, FileRead, Plan};
use super::seen::Seen;
use super::{Control, Layout, Ledger, LedgerError};
use crate::finding::{Finding, Position, Severity};
use crate::sheet::Blocks;
use rayon::prelude::*;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What is to be read as one ledger.
#[derive(Clone, Debug)]
pub struct LedgerSpec {
    /// The name of the ledger in messages.
    pub id: String,
    /// Each file: where it is, and its name in messages (as the pack writes it, never an absolute
    /// path). [`files`] finds them by pattern.
    pub files: Vec<(PathBuf, String)>,
    /// Which column is what.
    pub layout: Layout,
    /// Figures that the lines must add up to.
    pub controls: Vec<Control>,
    /// Whether rows that were read before may be read again.
    pub repeats: Repeats,
}

/// What to do with rows of an extract that were read before, in this or another ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// They would be counted twice: the ledger is refused.
    #[default]
    Refuse,
    /// They are read again, and a notice says how much.
    Allow,
}

/// How far the reading of a ledger is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The file this is about, as messages show it.
    pub file: String,
    /// Files that are read completely.
    pub files_done: usize,
    /// Files of the ledger.
    pub files: usize,
    /// Bytes of the files that are read completely.
    pub bytes_done: u64,
    /// Bytes of all files of the ledger.
    pub bytes: u64,
}

/// A callback for [`Progress`]; files are read in parallel, so it may be called from any thread.
pub type OnProgress<'a> = dyn Fn(&Progress) + Sync + 'a;

/// Reads ledgers one after another, and remembers which rows of which extracts it has read.
///
/// A row of an extract, told by the fingerprint of the bytes, may be accepted once across all
/// ledgers of a reader. Two ledgers may share a file where their `where` takes different rows.
///
/// # Example
///
/// ```
/// use wholeplace::ledger::{Layout, LedgerSpec, Reader, Repeats};
/// let folder = std::env::temp_dir().join("wholeplace-reader-example");
/// std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("may.csv"), "Service,Paid,Net\nParks,01/05/2022,\"1,250.00\"\n")?;
///
/// let mut reader = Reader::new();
/// let ledger = reader.read(&LedgerSpec {
///     id: "council".into(),
///     files: wholeplace::ledger::files(&folder, &["*.csv".into()])?,
///     layout: toml::from_str("amount = ['Net']\ndate = ['Paid']\ncodes.activity = ['Service']")?,
///     controls: Vec::new(),
///     repeats: Repeats::Refuse,
/// })?;
/// assert_eq!(ledger.total().to_string(), "£1,250.00");
/// assert!(ledger.reconciliation().holds() && ledger.findings().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Default)]
pub struct Reader<'a> {
    progress: Option<&'a OnProgress<'a>>,
    seen: Seen,
    blocks: Blocks,
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}

impl<'a> Reader<'a> {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls back while files are read.
    #[must_use]
    pub fn progress(mut self, callback: &'a OnProgress<'a>) -> Self {
        self.progress = Some(callback);
        self
    }

    /// Divides texts into blocks of so many bytes and windows of so many blocks.
    #[doc(hidden)]
    #[must_use]
    pub fn in_blocks(mut self, bytes: usize, each_window: usize) -> Self {
        self.blocks = Blocks { bytes, each_window };
        self
    }

    /// Reads a ledger: its files in parallel, its lines in the order of the files.
    ///
    /// Faults of rows are in the findings of the ledger. An error leaves what the reader
    /// remembers of other ledgers as it was, except after [`LedgerError::SameExtract`].
    ///
    /// # Errors
    ///
    /// [`LedgerError`] when there are no files, files cannot be read (all are told), have no
    /// header, or repeat an extract that was read before.
    pub fn read(&mut self, spec: &LedgerSpec) -> Result<Ledger, LedgerError> {
        if spec.files.is_empty() {
            return Err(LedgerError::NoFiles {
                ledger: spec.id.clone(),
            });
        }
        if spec.layout.amount.is_empty() {
            return Err(LedgerError::NoAmount {
                ledger: spec.id.clone(),
            });
        }
        let plan = Plan {
            ledger: &spec.id,
            layout: &spec.layout,
            headings: Headings::new(&spec.layout, &spec.controls),
            controls: spec.controls.len(),
            blocks: self.blocks,
        };
        let watch = Watch::new(self.progress, &spec.files);
        let results: Vec<Result<FileRead, LedgerError>> = spec
            .files
            .par_iter()
            .map(|(path, shown)| {
                let read = read::read(&plan, path, shown, &|| watch.tell(shown));
                watch.done(path, shown);
                read
            })
            .collect();
        let mut reads = all_or_every_error(&spec.id, results)?;
        for read in &mut reads {
            self.remember(spec, read)?;
        }
        Ledger::join(spec, reads)
    }

    fn remember(&mut self, spec: &LedgerSpec, read: &mut FileRead) -> Result<(), LedgerError> {
        let rows = read.rows.clone();
        let shown = format!("`{}` of ledger `{}`", read.file.shown, spec.id);
        let Some(repeated) = self.seen.add(&read.file.fingerprint, shown.clone(), rows) else {
            return Ok(());
        };
        if spec.repeats == Repeats::Refuse {
            return Err(LedgerError::SameExtract {
                first: repeated.first,
                second: shown,
                lines: repeated.rows,
            });
        }
        read.findings.push(Finding {
            rule: "extract-read-again".into(),
            severity: Severity::Notice,
            position: Position::file(&read.file.shown),
            found: format!(
                "{} of its rows were already read from {}",
                repeated.rows, repeated.first
            ),
            at_stake: Some(read.file.total),
            remedy: "take one of the two out, unless both are meant".into(),
        });
        Ok(())
    }
}

fn all_or_every_error(
    ledger: &str,
    results: Vec<Result<FileRead, LedgerError>>,
) -> Result<Vec<FileRead>, LedgerError> {
    let (mut reads, mut errors) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(read) => reads.push(read),
            Err(error) => errors.push(error),
        }
    }
    match errors.len() {
        0 => Ok(reads),
        1 => Err(errors.remove(0)),
        _ => Err(LedgerError::Several {
            ledger: ledger.to_owned(),
            errors,
        }),
    }
}

/// What is told to the callback.
struct Watch<'a> {
    callback: Option<&'a OnProgress<'a>>,
    files: usize,
    bytes: u64,
    files_done: AtomicUsize,
    bytes_done: AtomicU64,
}

impl<'a> Watch<'a> {
    fn new(callback: Option<&'a OnProgress<'a>>, files: &[(PathBuf, String)]) -> Self {
        Self {
            callback,
            files: files.len(),
            bytes: files.iter().map(|(path, _)| size(path)).sum(),
            files_done: AtomicUsize::new(0),
            bytes_done: AtomicU64::new(0),
        }
    }

    fn done(&self, path: &Path, shown: &str) {
        self.files_done.fetch_add(1, Ordering::Relaxed);
        self.bytes_done.fetch_add(size(path), Ordering::Relaxed);
        self.tell(shown);
    }

    fn tell(&self, shown: &str) {
        if let Some(callback) = self.callback {
            callback(&Progress {
                file: shown.to_owned(),
                files_done: self.files_done.load(Ordering::Relaxed),
                files: self.files,
                bytes_done: self.bytes_done.load(Ordering::Relaxed),
                bytes: self.bytes,
            });
        }
    }
}

/// A file that is not there has no bytes; reading it says so.
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// Finds files by patterns such as `payments/*.csv` below a folder: each with its path, and its
/// name below the folder, in the order of the patterns and then of the names.
///
/// # Errors
///
/// [`LedgerError::NoFileMatches`] for a pattern that matches no file.
pub fn files(folder: &Path, patterns: &[String]) -> Result<Vec<(PathBuf, String)>, LedgerError> {
    let mut found: Vec<(PathBuf, String)> = Vec::new();
    let base = glob::Pattern::escape(&folder.to_string_lossy());
    for pattern in patterns {
        let nothing = || LedgerError::NoFileMatches {
            pattern: pattern.clone(),
        };
        let paths = glob::glob(&format!("{base}/{pattern}")).map_err(|_| nothing())?;
        let before = found.len();
        let mut known = false;
        for path in paths.flatten().filter(|path| path.is_file()) {
            let shown = path.strip_prefix(folder).unwrap_or(&path);
            let shown = shown.to_string_lossy().replace('\\', "/");
            // Patterns may overlap; a file is still one file.
            if found.iter().any(|(other, _)| *other == path) {
                known = true;
            } else {
                found.push((path, shown));
            }
        }
        if found.len() == before && !known {
            return Err(nothing());
        }
    }
    Ok(found)
}
