//! One account of everything all partners spend in a place.

pub mod money;
pub mod finding;
pub mod axis;
pub mod reconciliation;
pub mod table;
pub mod sheet;
pub mod ledger;
pub mod crosswalk;
pub mod driver;
pub mod place;
pub mod account;
pub mod cube;
pub mod disclosure;
pub mod report;

mod error;

pub use error::Error;
pub use polars;
