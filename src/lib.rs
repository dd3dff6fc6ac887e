//! One account of everything all partners spend in a place.

pub mod money;
pub mod finding;
pub mod axis;
pub mod sheet;
pub mod ledger;
pub mod reconciliation;

mod error;

pub use error::Error;
