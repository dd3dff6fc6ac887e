//! A report for the terminal; its sentences stand on pages too.

mod knowledge;
mod outcome_tables;
mod outcomes;
mod standing_out;
mod place;

pub use knowledge::{in_short, known_lists};
pub use outcome_tables::{before, how, spend_in_words};
pub use place::{
    beside_in_words, between, months_in_short, overview, place_text, summary, two_bases,
};
pub use standing_out::{by_activity, no_alternatives, signed, standing_out, tried_in_words, what};
