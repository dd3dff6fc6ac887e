//! All integration tests, in one binary: with polars, linking each file apart would be slow.
//!
//! By what they prove; each folder says more:
//!
//! - `disclosure`: nothing that must not be told can be worked out from what is
//! - `hostile`: input that was made to do harm, within bounds of time and memory
//! - `packs`: what is read is read rightly, or refused in words that help
//! - `wrong_figures`: files that once gave a wrong figure without a word, and their relatives
//! - `findings`: for every rule of a finding the smallest pack that breaks it, and what its user reads
//! - `spend`: every answer about spending is right, whatever way it was worked out
//! - `lake`: what an engine adds up beside the files is what is read here, or is refused
//! - `statistics`: statistics held to published values, and what must hold for all numbers
//! - `prices`: conversions and discount factors, held to published ones
//! - `appraisal`: settlements held to published divisions, and what must hold of any
//! - `outcomes`: what is known of outcomes, and no more is said than the figures bear
//! - `release`: what people are shown is what the cube answers
//! - `registers`: place plans and premises count every pound once, and join the account
//! - `counties`: the figures of real counties and of the sample, to the penny
//! - `house`: the library keeps its own rules, and its documents are true
//! - `fixtures`: places, partners and shared data that the others are written with

mod appraisal;
mod counties;
mod disclosure;
mod findings;
mod fixtures;
mod hostile;
mod house;
mod lake;
mod outcomes;
mod packs;
mod prices;
mod registers;
mod release;
mod spend;
mod statistics;
mod wrong_figures;
