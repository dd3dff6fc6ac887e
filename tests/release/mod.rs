//! What people are shown is what the cube answers, on every page and in every file.
//!
//! - `site`: pages and files of a site, against the cube, and their whole texts
//! - `absent`: what no ledger holds, beside the figures
//! - `differences`: where places differ from the whole, and between what figures lie under other rules
//! - `proposals`: spend to save: pages and tables against the appraisal, and against one another
//! - `scenarios`: moving the money: the account before and after against the cubes of scenarios
//! - `contracts`: paying by results: what is paid and refused, the cliff, payments as they mature
//! - `modes`: how money reaches people, by hand from the ledgers; what a release tells of it
//! - `families`: families with many services by hand, and no more than their tables tell
//! - `place_plans`: what places want and who pays, by hand from the register; what a release tells of it
//! - `premises`: buildings, what they cost whom and what giving one up frees, by hand from the register
//! - `performance`: the board's paper, targets, grants and gaps by hand; what a release tells of them
//! - `data_package`: the descriptor of the files, by the rules of its profile and by frictionless
//! - `changes`: what a release changed since an earlier one, by hand; a release under a policy tells no number anew
//! - `open_formats`: CSV on the Web and SDMX-CSV, by the rules of their standards
//! - `site_browser`: the same pages in a real browser, without a fault

mod data_package;
pub mod site;
mod absent;
mod differences;
mod proposals;
mod scenarios;
mod contracts;
mod modes;
mod families;
mod place_plans;
mod premises;
mod performance;
mod changes;
mod open_formats;
mod site_browser;
