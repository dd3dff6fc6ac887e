//! The judge: record by record, exact fractions.

pub mod explain;
pub mod tally;
pub mod walk;

pub use explain::{Contribution, Explanation, LineShown, ShareStep};
pub use tally::Tally;
