//! One binary for all integration tests: linking the data frame library once is enough.
//!
//! - `ledgers`: real payment files through their layouts meet their control totals
//! - `hostile_files`: broken, strange and enormous files are errors and findings, never panics

mod hostile_files;
mod ledgers;
