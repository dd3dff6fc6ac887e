//! One account of everything all partners spend in a place.

#[rustfmt::skip]
pub mod money;
#[rustfmt::skip]
pub mod finding;
#[rustfmt::skip]
pub mod axis;
#[rustfmt::skip]
pub mod reconciliation;
#[rustfmt::skip]
pub mod table;
#[rustfmt::skip]
pub mod sheet;
#[rustfmt::skip]
pub mod ledger;
#[rustfmt::skip]
pub mod crosswalk;
#[rustfmt::skip]
pub mod driver;
#[rustfmt::skip]
pub mod place;
#[rustfmt::skip]
pub mod account;
#[rustfmt::skip]
pub mod cube;

mod error;

pub use error::Error;
pub use polars;
