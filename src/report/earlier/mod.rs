//! An earlier release of a site, and what a new one changed of it.
//!
//! Both are compared as they were published: table by table, by the CSV files that everybody has. So nothing of it is
//! anybody's secret: what the earlier release did not tell is not known here, and what the new one does not tell is not
//! either.
//!
//! ```text
//! folder of the earlier site ─► EarlierRelease { each CSV, as its descriptor has it }
//! Dataset of the new one     ─► the same text as CSV ─► compared row by row ─► TableCompared ─► a page, two tables
//! ```
//!
//! A row is known again by the codes and words before its first number; where names have codes beside them, by the codes
//! alone. Of a release under a policy no number is said that it does not tell itself: a figure that is withheld now is
//! named without what it was, and rows that are gone are only counted.

mod release;
mod reasons;
mod compare;
mod tables;

pub use compare::{TableCompared, What};
pub use release::EarlierRelease;
pub use tables::{CHANGES, changed_figures, changed_tables};
