//! What the programs share: which place, how their findings are said, and how they end.
//!
//! A program is its arguments and one function, which is given what it opens ([`Data`]) and where its
//! results go:
//!
//! ```text
//! fn main() -> ExitCode {
//!     common::program(|arguments: &Arguments| &arguments.common, run)
//! }
//! ```
#![allow(dead_code, unused_imports, reason = "each example uses a part of this")]

mod data;
mod ending;
mod findings_file;
mod folders;

pub use data::{Data, phase, recorded};
pub use ending::{EXIT_CODES, Wrong, program};

use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The system's allocator makes polars markedly slower.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a program does: it may fail in any way.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The arguments of all programs.
#[derive(clap::Args)]
pub struct CommonArguments {
    /// Folder of the place pack; an example that ships with the library when left out.
    #[arg(long, global = true)]
    pub pack: Option<PathBuf>,
    /// Folder of the data the pack describes, when it is not in the pack.
    #[arg(long, global = true)]
    pub data: Option<PathBuf>,
    /// Write every finding in the data to this file, .csv or .json.
    #[arg(long, global = true, value_name = "FILE")]
    pub findings: Option<PathBuf>,
    /// End with 1 if there is any fault in the data; notices are no faults.
    #[arg(long, global = true)]
    pub strict: bool,
}

/// A folder that ships with the library.
pub fn shipped(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
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

/// A line on standard error. That nobody reads it is no reason to fail, as `eprintln!` would.
pub fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
