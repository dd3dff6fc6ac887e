//! A report for the terminal; its sentences stand on pages too.

mod knowledge;
mod outcome_tables;
mod outcomes;
mod place;

pub use knowledge::{in_short, known_lists};
pub use outcome_tables::{before, how, spend_in_words};
pub use place::{beside_in_words, months_in_short, overview, place_text, two_bases};
