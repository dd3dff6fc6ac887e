//! One binary for all integration tests: linking the data frame library once is enough.
//!
//! - `sample`: the figures of the sample place that ships with the project
//! - `shropshire`: the whole published data, its control totals, and engines that agree
//! - `ledgers`: real payment files through their layouts meet their control totals
//! - `hostile_files`: broken, strange and enormous files are errors and findings, never panics

mod hostile_files;
mod ledgers;
mod sample;
mod shropshire;
