//! One account of everything all partners spend in a place.

pub mod axis;
pub mod driver;
pub mod finding;
pub mod money;
pub mod reconciliation;

mod error;

pub use error::Error;
