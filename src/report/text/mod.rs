//! A report for the terminal; its sentences stand on pages too.

mod outcome_tables;
mod outcomes;
mod place;

pub use outcome_tables::{before, how, spend_in_words};
pub use place::{beside_in_words, overview, place_text};
