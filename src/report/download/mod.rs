//! Tables to take away: tidy CSV, JSON, Parquet, a workbook a page, and a descriptor for the set.
//!
//! Every table of a page is one [`Dataset`]: the page and all its files are written from it, so that
//! none can differ from another.

pub mod csv;
pub mod csvw;
pub mod json;
pub mod package;
pub mod sdmx;
pub mod parquet;
pub mod workbook;
mod report;

pub use report::{findings_to_csv, outcomes_to_csv, to_csv, to_json};

use crate::report::content::ReportError;

/// A failure to write, in words.
fn failed(format: &'static str) -> impl Fn(String) -> ReportError {
    move |reason| ReportError::Write { format, reason }
}
