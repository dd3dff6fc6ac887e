//! Tables to take away: tidy CSV, JSON, Parquet, a workbook a page, and a descriptor for the set.
//!
//! Every table of a page is one [`Dataset`]: the page and all its files are written from it, so that
//! none can differ from another.

mod csv;
mod dataset;
mod json;
mod package;
mod parquet;
mod workbook;

pub(in crate::report) use csv::to_csv;
pub(in crate::report) use dataset::{Dataset, Kind, Value};
pub(in crate::report) use json::to_json;
pub(in crate::report) use package::{PackageTerms, package};
pub(in crate::report) use parquet::to_parquet;
pub(in crate::report) use workbook::workbook;

use super::ReportError;

/// A failure to write, in words.
fn failed(format: &'static str) -> impl Fn(String) -> ReportError {
    move |reason| ReportError::Write { format, reason }
}
