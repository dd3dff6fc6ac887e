//! What is known of outcomes is known, and no more is said of it than its figures bear.
//!
//! - `indicators`: what is known, where, how it moves, and what is wrong with published figures
//! - `linkage`: which spending may stand beside which outcome, and what may be said of a change
//! - `withheld`: figures that must not come out: withheld ones, another place's, another year's
//! - `recovery`: known effects and unit costs of made-up places are found again

pub mod indicators;
mod linkage;
mod recovery;
mod withheld;
