//! What the examples share: the sample's folder, a progress bar, and how they fail.
#![allow(dead_code, reason = "each example uses a part of this")]

use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::{AskError, Cube};
use wholeplace::finding::{Findings, Severity};
use wholeplace::indicator::IndicatorError;
use wholeplace::ledger::Progress;
use wholeplace::linkage::LinkageError;
use wholeplace::place::Place;

/// The system's allocator makes polars markedly slower.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The sample that ships with the project.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire")
}

/// Which place: the arguments that programs share.
#[derive(clap::Args)]
pub struct PackArguments {
    /// Folder of the place pack; the sample when left out.
    #[arg(long)]
    pack: Option<PathBuf>,
    /// Folder of the data the pack describes, when it is not in the pack.
    #[arg(long)]
    data: Option<PathBuf>,
}

impl PackArguments {
    /// Opens the pack.
    pub fn open(&self) -> Result<Arc<Place>, wholeplace::Error> {
        let pack = self.pack.clone().unwrap_or_else(sample);
        open(&pack, self.data.as_deref())
    }
}

/// Opens a pack, with its data folder if it has one.
pub fn open(pack: &Path, data: Option<&Path>) -> Result<Arc<Place>, wholeplace::Error> {
    Ok(match data {
        Some(data) => Place::open_with_data(pack, data)?,
        None => Place::open(pack)?,
    })
}

/// Reads all ledgers, with a bar on a terminal, and groups their lines.
pub fn load(place: &Arc<Place>) -> Result<(PlaceAccount, Cube), wholeplace::Error> {
    let bar = bar("reading ledgers");
    let account = PlaceAccount::load_with(place, &|progress: &Progress| {
        bar.set_length(progress.bytes);
        bar.set_position(progress.bytes_done);
        bar.set_message(progress.file.clone());
    })?;
    bar.set_message("grouping lines");
    let cube = Cube::build(&account)?;
    bar.finish_and_clear();
    say_faults(&account);
    Ok((account, cube))
}

/// Faults in the data, on standard error: a figure must not look right when its ledger is not.
fn say_faults(account: &PlaceAccount) {
    say_findings(account.findings());
}

/// The faults among findings, on standard error.
pub fn say_findings(findings: &Findings) {
    const SHOWN: usize = 3;
    let faults: Vec<_> = (findings.by_money().into_iter())
        .filter(|finding| finding.severity == Severity::Fault)
        .collect();
    for fault in faults.iter().take(SHOWN) {
        eprintln!("fault: {fault}");
    }
    if faults.len() > SHOWN {
        eprintln!("and {} more faults in the data", faults.len() - SHOWN);
    }
}

/// A bar on standard error; nothing where nobody looks.
pub fn bar(what: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} [{bar:30}] {percent:>3}% {msg}");
    let bar = ProgressBar::new(0).with_prefix(what);
    match style {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}

/// One message on standard error. A question that names what the place does not have ends with
/// 2, as a wrong argument does; anything else with 1.
pub fn end(outcome: Result<(), Box<dyn std::error::Error>>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let asked_wrongly = error.is::<AskError>()
                || error.is::<LinkageError>()
                || matches!(error.downcast_ref(), Some(IndicatorError::Unknown { .. }))
                || matches!(
                    error.downcast_ref(),
                    Some(
                        wholeplace::Error::Ask(_)
                            | wholeplace::Error::Axis(_)
                            | wholeplace::Error::Statistic(_)
                            | wholeplace::Error::Indicator(IndicatorError::Unknown { .. })
                    )
                );
            ExitCode::from(if asked_wrongly { 2 } else { 1 })
        }
    }
}
