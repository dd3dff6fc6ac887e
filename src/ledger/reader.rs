//! Reading ledgers one after another.

use super::heading::Headings;
use super::plan::Plan;
use super::read::{self, FileRead};
use super::repeats::Seen;
use super::{Control, Layout, Ledger, LedgerError};
use crate::finding::{Finding, Position, Severity};
use crate::sheet::{self, Blocks};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What is to be read as one ledger.
#[derive(Clone, Debug)]
pub struct LedgerSpec {
    /// The name of the ledger in messages.
    pub id: String,
    /// Each file: where it is, and its name in messages (as the pack writes it, never an absolute
    /// path). [`files`] finds them by pattern. A file is read once, by however many paths it is named.
    pub files: Vec<(PathBuf, String)>,
    /// Which column is what.
    pub layout: Layout,
    /// Figures that the lines must add up to.
    pub controls: Vec<Control>,
    /// Whether rows that were read before may be read again.
    pub repeats: Repeats,
}

/// What to do with rows of an extract that were read before, in this or another ledger.
///
/// Also for rows that agree with others of the same ledger, in a file of other bytes or further
/// down: a month that was issued again, or the CSV beside its workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// They would be counted twice: the ledger is refused.
    #[default]
    Refuse,
    /// They are read again, and a notice says how much.
    Allow,
    /// Likewise, for a reason that the notice repeats: `repeats = { because = "…" }`.
    Because(String),
}

impl Repeats {
    /// Whether rows may be read again.
    #[must_use]
    pub fn allowed(&self) -> bool {
        *self != Self::Refuse
    }

    /// How bad it is that rows were read again, and what was found with what is said of it.
    pub(crate) fn judged(&self, found: &str) -> (Severity, String) {
        match self {
            Self::Refuse => (
                Severity::Fault,
                format!("{found}; this money is counted twice"),
            ),
            Self::Allow => (Severity::Notice, format!("{found}; `repeats` allows it")),
            Self::Because(reason) => (Severity::Notice, format!("{found}; allowed: {reason}")),
        }
    }
}

/// How far the reading of a ledger is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    #[cfg(test)]
    pub(super) fn in_blocks(mut self, bytes: usize, each_window: usize) -> Self {
        self.blocks.bytes = bytes;
        self.blocks.each_window = each_window;
        self
    }

    /// Reads every row of a Parquet file cell by cell.
    #[cfg(test)]
    fn cell_by_cell(mut self) -> Self {
        self.blocks.by_column = false;
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
        if let Some(once) = named_once(spec) {
            return self.read(&once);
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
        months_elsewhere(&mut reads);
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

/// Where the dates of one file can only have the month first, those of the others of its ledger that
/// may be read both ways are in doubt too.
fn months_elsewhere(reads: &mut [FileRead]) {
    let Some((first, form)) = reads.iter().find_map(|read| {
        let (_, _, form) = read.doubts.swapped.as_ref()?;
        Some((read.file.shown.clone(), *form))
    }) else {
        return;
    };
    for read in reads {
        if read.doubts.swapped.is_none() && read.dates.unsure().is_some() {
            read.findings.push(read::swapped_dates(
                Position::file(&read.file.shown),
                format!(
                    "every date of this file may be read with month and day the other way round, \
                     and those of `{first}` can only be read so"
                ),
                form,
                read.file.total,
            ));
        }
    }
}

/// The same ledger with each file once, where some are named by several paths.
fn named_once(spec: &LedgerSpec) -> Option<LedgerSpec> {
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    let mut files = spec.files.clone();
    // What is not there is told when it is read.
    files.retain(|(path, _)| known.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    (files.len() < spec.files.len()).then(|| LedgerSpec {
        files,
        ..spec.clone()
    })
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
/// [`LedgerError::NoFileMatches`] for a pattern that matches no file, [`LedgerError::LeftOut`] for
/// one that matches something that cannot be read: a broken link, a folder that may not be looked
/// into, a pipe.
pub fn files(folder: &Path, patterns: &[String]) -> Result<Vec<(PathBuf, String)>, LedgerError> {
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    // Patterns may overlap; a file is still one file.
    let mut known: BTreeSet<PathBuf> = BTreeSet::new();
    for pattern in patterns {
        let nothing = || LedgerError::NoFileMatches {
            pattern: pattern.clone(),
        };
        let found = sheet::found(folder, pattern, false).map_err(|_| nothing())?;
        if let Some((file, why)) = found.left_out.into_iter().next() {
            return Err(LedgerError::LeftOut {
                pattern: pattern.clone(),
                file,
                why,
            });
        }
        if found.files.is_empty() {
            return Err(nothing());
        }
        let new = found.files.into_iter();
        files.extend(new.filter(|(path, _)| known.insert(path.clone())));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write as _;

    /// Everything that a ledger says.
    fn told(result: Result<Ledger, LedgerError>) -> String {
        let ledger = match result {
            Ok(ledger) => ledger,
            Err(error) => return error.to_string(),
        };
        let mut told = format!(
            "{} {:?}\n{}\n{}\n{:?}\n",
            ledger.total(),
            ledger.counts(),
            ledger.findings(),
            ledger.reconciliation(),
            ledger.files(),
        );
        for name in ledger.code_names() {
            let (texts, ids) = (ledger.code_texts(name), ledger.code_ids(name));
            let _ = writeln!(told, "{name}: {texts:?} {ids:?}");
        }
        for line in ledger.lines() {
            let (period, day, position) = (line.period(), line.day(), line.position());
            let _ = writeln!(told, "{} {period:?} {day:?} {position}", line.pence());
        }
        told
    }

    /// A row of a payment file, or something that stands between them.
    fn row() -> impl Strategy<Value = String> {
        let cell = prop::sample::select(vec![
            "Parks",
            "Roads and bridges of the county",
            "",
            " ",
            "total",
            "£",
            "\"a, b\"",
            "\"two\nlines\"",
            "\"crlf\r\nhere\"",
            "\"cr\rhere\"",
            "5\" pipe",
            "\"he said \"\"no\"\"\"",
            "\"a\"b\"",
            "\"never closed",
            "\"x,01/04/2022,5,7\ny,02/04/2022,6,8\"",
        ]);
        let amount = prop::sample::select(vec![
            "12.50",
            "12.50",
            "-3",
            "\"1,234.50\"",
            "(5.00)",
            "£7.25",
            "",
            "?",
            "1.005",
            "1e40",
            "1E+40",
        ]);
        let date = prop::sample::select(vec!["01/04/2022", "2/4/22", "2022-05-06", "", "n/a"]);
        let fixed = prop::sample::select(vec![
            "",
            "A title",
            "Paid,Service,Net,Kind",
            "Service,Net,Paid,Kind",
            ",,99.00",
            ",Total,99.00",
            "a,b",
        ]);
        prop_oneof![
            6 => (date, cell.clone(), amount, cell).prop_map(|(date, service, amount, kind)| {
                format!("{date},{service},{amount},{kind}")
            }),
            4 => Just("01/04/2022,Parks,12.50,R".to_owned()),
            1 => fixed.prop_map(str::to_owned),
        ]
    }

    /// A file of such rows, in one of the encodings and with line ends of all kinds.
    fn file() -> impl Strategy<Value = Vec<u8>> {
        let end = prop::sample::select(vec!["\n", "\n", "\r\n", "\r"]);
        let rows = prop::collection::vec((row(), end), 0..60);
        (rows, 0..5, any::<bool>()).prop_map(|(rows, encoding, header)| {
            let mut text = String::from(if header {
                "Paid,Service,Net,Kind\n"
            } else {
                ""
            });
            for (row, end) in rows {
                text.push_str(&row);
                text.push_str(end);
            }
            match encoding {
                0 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
                1 => format!("\u{feff}{text}").into_bytes(),
                2 => (text.encode_utf16()).fold(vec![0xff, 0xfe], |mut bytes, unit| {
                    bytes.extend(unit.to_le_bytes());
                    bytes
                }),
                _ => text.into_bytes(),
            }
        })
    }

    proptest! {
        /// The same bytes give the same ledger, however they are divided and on however many
        /// threads they are read.
        #[test]
        fn blocks_and_threads_change_nothing(
            files in prop::collection::vec(file(), 1..3),
            bytes in 1usize..400,
            each_window in 1usize..4,
            named in prop::sample::select(vec!["", "encoding = 'utf-8'", "where.Kind = ['R']"]),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let mut paths = Vec::new();
            for (number, bytes) in files.iter().enumerate() {
                let shown = format!("{number}.csv");
                std::fs::write(folder.path().join(&shown), bytes).unwrap();
                paths.push((folder.path().join(&shown), shown));
            }
            let layout = format!(
                "amount = ['Net']\ndate = ['Paid']\ncodes.service = ['Service']\n\
                 codes.both = [{{ join = ['Kind', 'Service'] }}]\n{named}"
            );
            let spec = LedgerSpec {
                id: "council".into(),
                files: paths,
                layout: toml::from_str(&layout).unwrap(),
                controls: Vec::new(),
                repeats: Repeats::Allow,
            };
            let on = |threads: usize, mut reader: Reader<'static>| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| told(reader.read(&spec)))
            };
            let whole = on(1, Reader::new().in_blocks(1 << 20, 4));
            for threads in [1, 3] {
                let divided = on(threads, Reader::new().in_blocks(bytes, each_window));
                prop_assert_eq!(&divided, &whole);
            }
        }
    }

    /// A row of a Parquet file: an amount in thousandths of pounds, a day, a service and a kind.
    type TypedRow = (
        Option<i32>,
        Option<i32>,
        Option<&'static str>,
        Option<&'static str>,
    );

    fn typed_row() -> impl Strategy<Value = TypedRow> {
        let amount = prop_oneof![
            6 => (-500i32..500).prop_map(|pounds| Some(pounds * 1_000)),
            4 => (-90_000i32..90_000).prop_map(|pence| Some(pence * 10)),
            1 => any::<i32>().prop_map(Some),
            1 => Just(None),
        ];
        let day = prop_oneof![8 => (19_000i32..19_040).prop_map(Some), 1 => any::<i32>().prop_map(Some), 1 => Just(None)];
        let text = prop::sample::select(vec![
            Some("Parks"),
            Some("Parks"),
            Some("Roads and bridges of the county"),
            Some(" Parks "),
            Some("Total"),
            Some("Service"),
            Some("R"),
            Some("R"),
            Some(""),
            Some(" "),
            None,
        ]);
        (amount, day, text.clone(), text)
    }

    /// The rows as a file, of which amounts and days have one of their types.
    fn typed_file(rows: &[TypedRow], amounts: usize, days: usize) -> Vec<u8> {
        use polars::prelude::{
            Column, DataFrame, DataType, NamedFrom, ParquetCompression, Series, TimeUnit,
        };
        let shown = |thousandths: i32| {
            let (sign, size) = (
                ["", "-"][usize::from(thousandths < 0)],
                thousandths.unsigned_abs(),
            );
            match size % 10 {
                0 => format!("{sign}{}.{:02}", size / 1_000, size % 1_000 / 10),
                _ => format!("{sign}{}.{:03}", size / 1_000, size % 1_000),
            }
        };
        let written: Vec<Option<String>> = rows.iter().map(|row| row.0.map(shown)).collect();
        let texts = Series::new("Net".into(), written);
        let floats = texts.cast(&DataType::Float64).unwrap();
        let amount = match amounts {
            0 => floats.cast(&DataType::Decimal(12, 2)).unwrap(),
            1 => floats.cast(&DataType::Decimal(12, 3)).unwrap(),
            2 => floats.cast(&DataType::Int64).unwrap(),
            3 => floats.cast(&DataType::Int32).unwrap(),
            4 => texts,
            _ => floats,
        };
        let day: Vec<Option<i32>> = rows.iter().map(|row| row.1).collect();
        let date = Series::new("Paid".into(), &day)
            .cast(&DataType::Date)
            .unwrap();
        let date = match days {
            0 | 1 => date,
            2 => {
                let hours = day
                    .iter()
                    .map(|day| day.map(|day| i64::from(day) * 86_400_000 + 3_600_000));
                let hours = Series::new("Paid".into(), hours.collect::<Vec<_>>());
                hours
                    .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))
                    .unwrap()
            }
            _ => {
                let shown = |day: i32| format!("{:02}/04/2022", day.rem_euclid(40));
                let texts = day.iter().map(|day| day.map(shown));
                Series::new("Paid".into(), texts.collect::<Vec<_>>())
            }
        };
        let numbers: Vec<i64> = (0..rows.len() as i64).map(|row| row / 3).collect();
        let columns = vec![
            Column::from(date),
            Column::new(
                "Service".into(),
                rows.iter().map(|row| row.2).collect::<Vec<_>>(),
            ),
            Column::from(amount),
            Column::new(
                "Kind".into(),
                rows.iter().map(|row| row.3).collect::<Vec<_>>(),
            ),
            Column::new("Voucher".into(), numbers),
            Column::new(
                "Note".into(),
                rows.iter().map(|row| row.2).collect::<Vec<_>>(),
            ),
        ];
        let frame = DataFrame::new(rows.len(), columns).unwrap();
        sheet::written(frame, ParquetCompression::Snappy, None).unwrap()
    }

    proptest! {
        /// Columns give what their cells give, whatever their types and however rows are divided.
        #[test]
        fn typed_columns_are_what_their_cells_say(
            rows in prop::collection::vec(typed_row(), 0..80),
            amounts in 0usize..6,
            days in 0usize..4,
            bytes in 1usize..600,
            named in prop::sample::select(vec![
                "", "where.Kind = ['R', 'Parks']", "reference = ['Voucher']", "reference = ['Note']",
                "where_not.Kind = ['R']", "sign = 'income-positive'", "excess_decimals = 'half-even'",
                "dates = ['%d/%m/%Y']", "period = ['Kind']", "amounts_alone = 'lines'",
            ]),
            codes in prop::sample::select(vec![
                "codes.service = ['Service']\ncodes.kind = ['Kind']\ncodes.voucher = ['Voucher']",
                "codes.service = ['Service']\ncodes.both = [{ join = ['Kind', 'Service', 'Voucher'] }]",
                "codes.service = ['Service']\ncodes.other = ['Elsewhere']\ncodes.net = ['Net']",
            ]),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.parquet");
            std::fs::write(&path, typed_file(&rows, amounts, days)).unwrap();
            let layout = format!("amount = ['Net']\ndate = ['Paid']\n{named}\n{codes}");
            let control = |selection: &str| {
                toml::from_str(&format!("name = 'Sum'\ntotal = '12.50'\nlines = 3\n{selection}")).unwrap()
            };
            let spec = LedgerSpec {
                id: "council".into(),
                files: vec![(path, "a.parquet".into())],
                layout: toml::from_str(&layout).unwrap(),
                controls: vec![
                    control(""),
                    control("where.Kind = ['R']\nwhere.Service = ['Parks', '']"),
                ],
                repeats: Repeats::Allow,
            };
            let on = |threads: usize, mut reader: Reader<'static>| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| told(reader.read(&spec)))
            };
            let wanted = on(1, Reader::new().cell_by_cell());
            prop_assert_eq!(&on(1, Reader::new()), &wanted);
            prop_assert_eq!(&on(3, Reader::new().in_blocks(bytes, 2)), &wanted);
        }
    }
}
